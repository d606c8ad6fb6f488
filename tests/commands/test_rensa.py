"""`utb rensa`: what lies outside the dossiers is shown, and goes only when somebody says so; dossiers never."""

from __future__ import annotations

import os
import time

import pytest

from utbildningsprocess.files.drafts import read_draft, save_draft
from utbildningsprocess.files.passed_over import keep_passed_over


def littered(utb, tmp_path):
    """A dossier with one of everything outside it; its path and the temp files."""
    path = utb.example_with_documents()
    utb("svar", "trygg", "behov.varfor", "Nytt")
    utb("lista")
    save_draft(path, "behov.varfor", "halvskrivet")
    keep_passed_over(path, "", ["annan uppfoljning.lardomar:R1"])
    folders = (path.parent, utb.folder / "dokument/trygg-start", tmp_path / "tillstand/utkast")
    temps = [folder / ".utb-0123456789ab.tmp" for folder in folders]
    for temp in temps:
        temp.write_text("rest")
        os.utime(temp, (time.time() - 7200,) * 2)
    return path, temps


def everything(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("args", [(), ("--visa",), ("allt", "--visa")])
def test_shown_with_age_and_size_and_nothing_goes(utb, tmp_path, args):
    path, _ = littered(utb, tmp_path)
    before = everything(tmp_path)
    outcome = utb("rensa", *args)
    assert outcome.code == 0
    assert "Utkast: 1 fil, " in outcome.out
    assert f"({path}, behov.varfor): alldeles ny, " in outcome.out
    assert "Lärdomar: 1 fil, " in outcome.out
    assert "Uträknat: 1 fil, " in outcome.out
    assert "Tempfiler: 3 filer, 12 byte" in outcome.out
    assert "insatser/.utb-0123456789ab.tmp: 2 timmar gammal, 4 byte" in outcome.out
    assert everything(tmp_path) == before


def test_only_the_kind_that_is_named_goes(utb, tmp_path):
    path, temps = littered(utb, tmp_path)
    before = everything(tmp_path)
    assert utb("rensa", "tempfiler").err == "Tempfiler: 3 filer, 12 byte borttagna.\n"
    assert everything(tmp_path) == {name: data for name, data in before.items() if name not in temps}
    assert utb("rensa", "utkast").code == 0
    assert read_draft(path, "behov.varfor") is None


def test_with_everything_gone_dossiers_and_documents_stand_and_work(utb, tmp_path):
    littered(utb, tmp_path)
    before = everything(utb.folder)
    assert utb("rensa", "allt").code == 0
    assert {name: data for name, data in before.items() if name.suffix != ".tmp"} == everything(utb.folder)
    assert list((tmp_path / "tillstand").rglob("*.*")) == []
    assert utb("svar", "trygg", "behov.varfor", "Ännu nyare").code == 0
    assert utb("dokument", "alla", "--format", "md").code == 0


def test_a_temp_file_of_somebody_who_saves_just_now_is_left(utb):
    temp = utb.example().with_name(".utb-aaaaaaaaaaaa.tmp")
    temp.touch()
    utb("rensa", "allt")
    assert temp.exists()


def test_a_copy_from_before_a_mend_that_was_left_is_listed_and_can_go(utb):
    copy = utb.example().with_name("trygg-start.md.fore-lagning2")
    copy.write_text("som den var")
    assert "Kopior från innan utb laga: 1 fil, 11 byte" in utb("rensa").out
    utb("rensa", "kopior")
    assert not copy.exists()


@pytest.mark.parametrize("word", ["dossierer", "insatser", "utkst", "*"])
def test_what_is_no_such_kind_is_refused(utb, word):
    outcome = utb("rensa", word)
    assert (outcome.code, "Dossierer tas aldrig bort." in outcome.err) == (2, True)


def test_without_a_state_folder_there_is_nothing(utb, monkeypatch, tmp_path):
    (tmp_path / "fil").touch()
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "fil" / "inget"))
    assert "Utkast: inga." in utb("rensa").out


@pytest.mark.parametrize(
    "command", [("svar", "trygg", "behov.varfor", "Nytt"), ("dokument", "alla", "--format", "md")]
)
def test_every_command_that_writes_sweeps_the_folder_it_writes_in(utb, tmp_path, command):
    _, temps = littered(utb, tmp_path)
    swept = temps[0] if command[0] == "svar" else temps[1]
    utb("svar", "trygg", "behov.varfor", "Annat")
    from utbildningsprocess.files import atomic

    atomic.sweep_once.cache_clear()
    assert utb(*command).code == 0
    assert not swept.exists()
