"""`utb dokument inbjudan --format ics`: a file for each occasion, with one entry to send to those invited."""

from __future__ import annotations

import sys

import pytest

from test_exports_ics import read
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace

ROWS = (
    '[{"datum": "2099-03-01", "tid": "09.00–16.00", "plats": "Sal 3", "platser": 12, "ledare_roll": "Lärare"}',
    '{"datum": "2099-03-02"}]',
)
SAVE = ("dokument", "inbjudan", "--format", "ics")
FILES = ("dokument/ny/inbjudan-T1.ics", "dokument/ny/inbjudan-T2.ics")
NOTHING = "Inget tillfälle som kommer har en dag att bjuda in till. Ingen fil har sparats.\n"


@pytest.fixture
def invited(utb):
    utb.dossier("Ny")
    assert utb("svar", "ny", "tillfallen", ", ".join(ROWS)).code == 0
    return utb


def only_entry(utb, name):
    (entry,) = read((utb.folder / name).read_bytes()).all("VEVENT")
    return entry


def test_each_occasion_is_a_file_with_one_entry(invited):
    assert invited(*SAVE) == (0, "\n".join([*FILES, ""]), "")
    first, second = (only_entry(invited, name) for name in FILES)
    assert first.lines["SUMMARY"] == second.lines["SUMMARY"] == "Tillfälle (Ny)"
    assert first.lines["DTSTART;TZID=Europe/Stockholm"] == "20990301T090000"
    assert (first.lines["LOCATION"], first.lines["DESCRIPTION"]) == ("Sal 3", "Leds av: Lärare\nNy")
    assert [alarm.lines["DESCRIPTION"] for alarm in first.parts] == ["I morgon: Tillfälle"]
    assert second.lines["DTSTART;VALUE=DATE"] == "20990302"
    assert not any(b"X-WR-" in (invited.folder / name).read_bytes() for name in FILES)


def test_an_entry_is_the_same_one_in_the_invitation_and_in_the_calendar(invited):
    invited(*SAVE)
    invited("dokument", "kalender")
    whole = read((invited.folder / "dokument/ny/kalender.ics").read_bytes()).all("VEVENT")
    assert [entry.lines["UID"] for entry in whole] == [
        only_entry(invited, name).lines["UID"] for name in FILES
    ]


def test_saved_again_without_a_change_nothing_is_new(invited):
    invited(*SAVE)
    before = [(invited.folder / name).read_bytes() for name in FILES]
    assert invited(*SAVE).err == "2 filer fanns redan och är likadana.\n"
    assert [(invited.folder / name).read_bytes() for name in FILES] == before


def test_the_invitation_to_an_occasion_that_is_not_held_says_so(invited):
    invited(*SAVE)
    revisions = [int(only_entry(invited, name).lines["SEQUENCE"]) for name in FILES]
    cancelled = ROWS[0].replace("{", '{"id": "T1", "lage": "installt", ') + "]"
    assert invited("svar", "ny", "tillfallen", cancelled).code == 0
    assert invited(*SAVE).out == "\n".join([*FILES, ""])
    for name, before in zip(FILES, revisions, strict=True):
        assert only_entry(invited, name).lines["SUMMARY"] == "INSTÄLLT: Tillfälle (Ny)"
        assert int(only_entry(invited, name).lines["SEQUENCE"]) > before
    assert invited(*SAVE).err == "2 filer fanns redan och är likadana.\n"


def test_a_file_of_another_name_or_an_occasion_that_has_passed_is_left_alone(invited):
    folder = invited.folder / "dokument/ny"
    folder.mkdir(parents=True)
    for name in ("inbjudan-karin.ics", "inbjudan.ics", "inbjudan-T9.ics"):
        (folder / name).write_bytes(b"Eget\n")
    assert invited("svar", "ny", "tillfallen", '[{"datum": "2020-03-01"}, {"plats": "x"}]').code == 0
    assert invited(*SAVE) == (0, "", NOTHING)
    assert {path.read_bytes() for path in folder.iterdir()} == {b"Eget\n"}


def test_a_file_that_somebody_has_edited_stops_no_other(invited):
    invited(*SAVE)
    path = invited.folder / FILES[0]
    path.write_bytes(path.read_bytes().replace(b"Sal 3", b"Sal 4"))
    outcome = invited(*SAVE)
    assert (outcome.code, outcome.out) == (4, f"{FILES[1]}\n")
    assert f"Fel: {FILES[0]} finns redan och ser annorlunda ut." in outcome.err
    assert invited(*SAVE, "--ersatt").code == 0
    assert only_entry(invited, FILES[0]).lines["LOCATION"] == "Sal 3"


@pytest.mark.parametrize("command", [(*SAVE, "ny"), ("dokument", "alla", "--format", "ICS", "ny")])
def test_they_are_saved_in_a_folder(invited, command):
    assert invited(*command, "-o", "ut").code == 0
    assert {path.name for path in (invited.folder / "ut").iterdir()} >= {
        "inbjudan-T1.ics",
        "inbjudan-T2.ics",
    }
    for out in ("x.ics", "-"):
        refused = invited(*command, "-o", out)
        assert (refused.code, refused.out) == (2, "")
        assert "en mapp" in refused.err


def test_the_name_of_a_file_for_calendars_is_no_name_of_several(invited):
    refused = invited("dokument", "inbjudan", "-o", "x.ics")
    assert (refused.code, "flera filer" in refused.err) == (2, True)


def test_without_the_library_there_is_one_sentence(invited, monkeypatch):
    invited(*SAVE)
    monkeypatch.setitem(sys.modules, "icalendar", None)
    outcome = invited(*SAVE)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 2)
    assert outcome.err.startswith("Kalenderfiler kräver ett tillägg")


def test_a_program_asks_for_one_occasion(invited):
    documents = Initiative.open(Workspace.open(invited.folder), "ny").documents
    assert len(read(documents.make("inbjudan", "ics", occasion="T2").data).all("VEVENT")) == 1
    for missing in ("", "T9"):
        with pytest.raises(WrongUse, match="gäller ett tillfälle som kommer"):
            documents.make("inbjudan", "ics", occasion=missing)
