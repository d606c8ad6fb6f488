"""A document that nobody has touched is made anew wherever and whenever it was made; one that is touched never."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import date

import pytest

from utbildningsprocess.work import documents
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace


def changed(path):
    path.write_text(path.read_text("utf-8").replace("Trygg start", "Tryggare start", 1), "utf-8")


def made(utb):
    return {path.name: path.read_bytes() for path in sorted((utb.folder / "dokument/trygg-start").iterdir())}


def test_what_a_colleague_made_on_another_machine_is_made_anew(utb, monkeypatch, tmp_path):
    path = utb.example()
    assert all(saved_on(utb.folder, date(2025, 2, 3)).values())
    changed(path)
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "annans"))
    before = made(utb)
    outcome = utb("dokument", "lardomar", "--format", "md")
    assert (outcome.code, "ersatt" in outcome.err) == (0, False)
    saved_on(utb.folder, date(2025, 2, 3))
    assert {name for name, data in made(utb).items() if data != before[name]} >= {
        "lardomar.md",
        "lardomar.docx",
    }


def test_without_a_place_for_notes_a_document_is_made_anew(utb, monkeypatch, tmp_path):
    (tmp_path / "fil").touch()
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "fil" / "gar-inte"))
    path = utb.example()
    utb("dokument", "lardomar", "--format", "md")
    changed(path)
    assert utb("dokument", "lardomar", "--format", "md").code == 0


def saved_on(folder, day, kinds=("lardomar", "tabeller", "kalender")):
    initiative = Initiative.open(Workspace.open(folder, day), "trygg")
    every = documents.Documents(initiative)
    forms = {"lardomar": ("md", "html", "docx", "pdf"), "tabeller": ("xlsx",), "kalender": ("ics",)}
    return {(kind, form): every.save(kind, form).is_new for kind in kinds for form in forms[kind]}


def test_another_day_alone_changes_no_file(utb):
    utb.example()
    assert all(saved_on(utb.folder, date(2025, 2, 3)).values())
    before = made(utb)
    assert not any(saved_on(utb.folder, date(2025, 2, 4)).values())
    assert made(utb) == before


def test_a_checkout_with_other_newlines_changes_no_file_and_hides_no_edit(utb):
    path = utb.example()
    for form in ("md", "html"):
        utb("dokument", "lardomar", "--format", form)
    for file in (utb.folder / "dokument/trygg-start").iterdir():
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    before = made(utb)
    assert utb("dokument", "lardomar", "--format", "md").err == "Filen fanns redan och är likadan.\n"
    assert utb("dokument", "lardomar", "--format", "html").err == "Filen fanns redan och är likadan.\n"
    assert made(utb) == before
    changed(path)
    (utb.folder / "dokument/trygg-start/lardomar.md").write_bytes(before["lardomar.md"] + b"Eget.\r\n")
    assert utb("dokument", "lardomar", "--format", "md").code == 4
    assert utb("dokument", "lardomar", "--format", "html").code == 0


def test_the_environment_can_ask_for_the_same_bytes_every_day(utb, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    utb.example()
    assert "Gjord: 14 november 2023" in utb("dokument", "lardomar", "-o", "-").out


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.experiment)])
def test_killed_at_any_moment_the_next_run_makes_them_all_and_no_file_is_cut(utb, record_property, kills):
    path = utb.example()
    rng = random.Random(kills)  # noqa: S311  moments, not secrets
    begun = 0
    for number in range(kills):
        path.write_text(path.read_text("utf-8").replace("start", f"start {number}", 1), "utf-8")
        command = [sys.executable, "-m", "utbildningsprocess", "dokument", "alla", "--format", "md"]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=dict(os.environ)
        )
        for _ in range(rng.randrange(1, 4)):
            begun += bool(process.stdout.readline())
        time.sleep(rng.uniform(0, 0.01))
        process.kill()
        process.communicate()
        for file in (utb.folder / "dokument/trygg-start").glob("*.md"):
            assert file.read_text("utf-8").endswith(" -->\n")
        assert utb("dokument", "alla", "--format", "md").code == 0
    record_property(
        "kills while documents were made", f"{kills}, after {begun} files; every next run made them all"
    )
