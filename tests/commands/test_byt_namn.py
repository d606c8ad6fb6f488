"""`utb byt-namn`: title and file get another name, drafts and documents follow, and nothing is ever lost."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from test_exports_ics import read, stamps
from utbildningsprocess.files.drafts import read_draft, save_draft

NEW = "Säker start för alla"


def begun(utb):
    """The example with documents, a draft, and other files that name it; its path."""
    path = utb.example_with_documents()
    save_draft(path, "behov.varfor", "halvskrivet")
    return path


def test_title_and_file_change_and_what_belongs_to_them_follows(utb):
    old = begun(utb)
    outcome = utb("byt-namn", "trygg", NEW)
    new = old.with_name("saker-start-for-alla.md")
    assert (outcome.code, outcome.out) == (0, "insatser/saker-start-for-alla.md\n")
    assert "Insatsen heter nu ”Säker start för alla”." in outcome.err
    assert not old.exists()
    assert f"# {NEW}\n" in new.read_text("utf-8")
    assert read_draft(new, "behov.varfor").text == "halvskrivet"
    assert read_draft(old, "behov.varfor") is None
    assert [path.name for path in (utb.folder / "dokument").iterdir()] == ["saker-start-for-alla"]
    assert utb("dokument", "alla", "--format", "md").code == 0


def test_everything_but_the_title_stays_byte_for_byte(utb):
    old = begun(utb)
    before = old.read_text("utf-8")
    utb("byt-namn", "trygg", NEW)
    after = old.with_name("saker-start-for-alla.md").read_text("utf-8")
    assert [line for line in after.splitlines() if not line.startswith("# ")] == [
        line for line in before.splitlines() if not line.startswith("# ")
    ]


def test_a_calendar_goes_on_under_the_new_name(utb):
    utb.example()
    utb("dokument", "kalender")
    before = stamps(read((utb.folder / "dokument/trygg-start/kalender.ics").read_bytes()))
    assert utb("byt-namn", "trygg", NEW).code == 0
    outcome = utb("dokument", "kalender")
    assert outcome == (0, "dokument/saker-start-for-alla/kalender.ics\n", "")
    after = stamps(read((utb.folder / "dokument/saker-start-for-alla/kalender.ics").read_bytes()))
    assert set(after) == set(before) != set()
    assert all(int(after[uid][0]) > int(before[uid][0]) for uid in before)


def test_what_else_names_it_is_told_and_left_as_it_is(utb):
    begun(utb)
    other = utb.dossier("Handhygien", varfor="Se trygg-start och Trygg starten")
    (utb.folder / "las.txt").write_text("a\nlänk: insatser/trygg-start.md\ntrygg-start-2\n", "utf-8")
    before = other.read_bytes()
    said = utb("byt-namn", "trygg-start", NEW).err
    line = before.decode().splitlines().index("Se trygg-start och Trygg starten") + 1
    assert "Det gamla namnet står kvar på 2 ställen, som utb inte ändrar:\n" in said
    assert f"  insatser/handhygien.md:{line}\n" in said
    assert "  las.txt:2\n" in said
    assert other.read_bytes() == before


def test_a_name_that_another_has_is_refused_and_nothing_is_changed(utb):
    begun(utb)
    utb.dossier("Handhygien")
    before = {path: path.read_bytes() for path in utb.folder.rglob("*.md")}
    outcome = utb("byt-namn", "trygg", "Handhygien!")
    assert (outcome.code, "Välj en annan titel" in outcome.err) == (4, True)
    assert {path: path.read_bytes() for path in utb.folder.rglob("*.md")} == before


@pytest.mark.parametrize("title", ["", "  ", "Anna 19811228-9874"])
def test_what_is_no_title_is_refused(utb, title):
    path = begun(utb)
    before = path.read_bytes()
    assert utb("byt-namn", "trygg", title).code == 2
    assert path.read_bytes() == before


def test_a_title_that_gives_the_same_file_name_changes_only_the_title(utb):
    path = begun(utb)
    assert utb("byt-namn", "trygg", "Trygg: start!").code == 0
    assert "# Trygg: start!\n" in path.read_text("utf-8")
    assert read_draft(path, "behov.varfor").text == "halvskrivet"


def test_documents_that_are_in_the_way_are_left_where_they_are(utb):
    begun(utb)
    (utb.folder / "dokument/saker-start-for-alla").mkdir()
    outcome = utb("byt-namn", "trygg", NEW)
    assert outcome.code == 0
    assert "Dokumenten ligger kvar i dokument/trygg-start" in outcome.err
    assert (utb.folder / "dokument/trygg-start/lardomar.md").exists()


_END_AT = """
import os, sys
left, places = int(sys.argv.pop(1)), tuple(sys.argv.pop(1).split("|"))
def count(event, args):
    global left
    writes = event in ("os.rename", "os.remove", "os.link", "os.mkdir") or (event == "open" and args[2] & 3)
    if writes and str(args[0]).startswith(places):
        left -= 1
        if left == 0:
            os._exit(9)
sys.addaudithook(count)
from utbildningsprocess.cli import main
sys.exit(main())
"""
"""Ends the program, as a kill does, when it is about to change the disk for so many a time."""


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.experiment)])
def test_ended_before_any_change_to_the_disk_nothing_is_lost_and_the_next_run_comes_to_the_end(
    utb, tmp_path, record_property, step
):
    begun(utb)
    ended, code = 0, 9
    while code == 9:
        (before,) = (utb.folder / "insatser").glob("*.md")
        body = before.read_text("utf-8").partition("\n## ")[2]
        command = ["byt-namn", before.stem, f"Namn {ended}"]
        code = subprocess.run(
            [sys.executable, "-c", _END_AT, str(ended + 1), str(tmp_path), *command],
            stdout=subprocess.DEVNULL,
            env=dict(os.environ),
            check=False,
        ).returncode
        (there,) = (utb.folder / "insatser").glob("*.md")
        assert there.read_text("utf-8").partition("\n## ")[2] == body
        assert read_draft(there, "behov.varfor").text == "halvskrivet"
        for claim in there.parent.glob(".utb-*"):  # five seconds later it would be taken for left behind
            claim.unlink()
        assert utb("byt-namn", there.stem, f"Namn {ended}").code == 0
        assert (utb.folder / f"dokument/namn-{ended}/lardomar.md").exists()
        assert read_draft(utb.folder / f"insatser/namn-{ended}.md", "behov.varfor").text == "halvskrivet"
        ended += step
    assert code == 0
    record_property(
        f"renamings ended before each change to the disk, in steps of {step}", f"{ended - step}, nothing lost"
    )
    assert ended > 8
