"""`utb arkivera`: a finished initiative is put away, and is still found by those who look for it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from icalendar import Calendar

from commands.test_lista import TODAY, WHY, decisions, due, titles, write

ARCHIVE = Path("insatser", "arkiv")
ENDED = decisions(galler="Allt", utfall="Avslutat i förtid")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: TODAY)


def shown(utb, *args):
    return titles(utb("lista", "--format", "json", *args))


def test_one_that_has_ended_is_moved_whole_and_can_be_taken_back(utb):
    path = write(utb, "klar", answers=ENDED)
    data = path.read_bytes()
    outcome = utb("arkivera", "klar")
    assert (outcome.code, outcome.out, path.exists()) == (0, "insatser/arkiv/klar.md\n", False)
    assert (ARCHIVE / "klar.md").read_bytes() == data
    assert "Ta tillbaka den med: utb arkivera klar --tillbaka" in outcome.err
    assert "ligger redan i arkivet" in utb("arkivera", "klar").err
    assert utb("arkivera", "klar", "--tillbaka")[:2] == (0, "insatser/klar.md\n")
    assert path.read_bytes() == data
    assert utb("arkivera", "klar", "--tillbaka").err == "Insatsen ligger inte i arkivet.\n"


def test_one_that_goes_on_is_asked_about(utb):
    path = write(utb, "pagar", "Larma i tid")
    outcome = utb("arkivera", "pagar")
    said = "Fel: ”Larma i tid” är inte avslutad. Lägg till --ja för att arkivera den ändå.\n"
    assert (outcome.code, outcome.err) == (2, said)
    assert "Insatsen är inte arkiverad. Inget har ändrats." in utb("arkivera", "pagar", stdin="n\n").err
    assert path.exists()
    assert utb("arkivera", "pagar", stdin="j\n").code == 0
    assert not path.exists()
    utb("arkivera", "pagar", "--tillbaka")
    assert utb("arkivera", "--ja").code == 0


def test_the_list_hides_what_is_put_away_until_somebody_asks(utb):
    write(utb, "klar", answers=ENDED)
    write(utb, "pagar")
    utb("arkivera", "klar")
    assert shown(utb) == ["pagar"]
    assert shown(utb, "--arkiv") == shown(utb, "--arkiv", "--sok", "Därför") == ["pagar", "klar"]
    assert shown(utb, "--status", "avslutad") == ["klar"]
    err = utb("lista").err
    assert err == "1 av 2 insatser visas.\n1 insats ligger i arkivet. Visa också det: utb lista --arkiv\n"
    assert "Avslutad, i arkivet" in utb("lista", "--arkiv").out


def test_where_all_are_put_away_nobody_is_told_that_there_has_been_none(utb):
    write(utb, "klar", answers=ENDED)
    utb("arkivera", "klar")
    assert utb() == (
        0,
        "1 insats ligger i arkivet. Visa också det: utb lista --arkiv\nStarta en ny: utb ny\n",
        "",
    )
    assert "Se arkivet med ”utb lista --arkiv”." in utb("status").err


def test_what_is_put_away_is_still_read_and_learnt_from(utb):
    write(utb, "pagar")
    lesson = {"uppfoljning.lardomar": "#### R1\n\n- **Lärdom:** Öva på natten med handledare"}
    write(utb, "klar", "Trygg natt", {**ENDED, **lesson})
    utb("arkivera", "klar")
    assert "Trygg natt" in utb("visa", "klar").out
    assert "Öva på natten med handledare" in utb("erfarenheter", "handledare").out
    assert utb("status").code == 0


def test_its_name_is_given_to_no_other(utb):
    utb.dossier("Larma i tid")
    utb("arkivera", "larma-i-tid", "--ja")
    assert utb.dossier("Larma i tid").name == "larma-i-tid-2.md"
    utb.dossier("Annan")
    outcome = utb("byt-namn", "annan", "Larma i tid")
    assert (outcome.code, "En annan insats har redan filnamnet larma-i-tid." in outcome.err) == (4, True)
    assert utb("arkivera", "larma-i-tid-2", "--tillbaka").err == "Insatsen ligger inte i arkivet.\n"


def test_its_documents_stay_and_its_entries_in_a_calendar_are_the_same(utb):
    write(utb, "larm", "Larma i tid", due("2025-10-01"))
    utb("lista", "-o", "forst.ics")
    made = utb("dokument", "dossier", "larm", "--format", "md").out
    utb("arkivera", "larm", "--ja")
    assert utb("dokument", "dossier", "larm", "--format", "md").out == made == "dokument/larm/dossier.md\n"
    utb("lista", "--arkiv", "-o", "sedan.ics")
    first, then = (Calendar.from_ical(Path(name).read_bytes()) for name in ("forst.ics", "sedan.ics"))
    assert [entry["uid"] for entry in first.events] == [entry["uid"] for entry in then.events]


def test_entries_of_one_that_is_put_away_are_not_forgotten_in_silence(utb):
    for title in ("larm", "annan"):
        write(utb, title, answers=due("2025-10-01"))
    utb("lista", "-o", "alla.ics")
    utb("arkivera", "larm", "--ja")
    gone = "En post i den förra kalendern är inte med längre. Ta bort posten ur kalendern för hand."
    assert utb("lista", "-o", "alla.ics").err.splitlines()[0] == gone
    assert gone not in utb("lista", "-o", "alla.ics").err


def test_what_cannot_be_moved_is_said_in_a_sentence(utb):
    path = write(utb, "klar", answers=ENDED)
    ARCHIVE.mkdir()
    (ARCHIVE / "klar.md").write_text(path.read_text("utf-8").replace("Därför", "Annat"), "utf-8")
    outcome = utb("arkivera", "klar")
    assert (outcome.code, "insatser/arkiv/klar.md finns redan." in outcome.err) == (4, True)
    assert "utb byt-namn klar" in outcome.err
    assert utb("arkivera", "--tillbaka").code == 2
    assert json.loads(utb("visa", str(path), "--format", "json").out)
    assert WHY in path.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_nothing_is_moved_out_of_the_folder_by_a_link(utb, tmp_path_factory):
    path, outside = write(utb, "klar", answers=ENDED), tmp_path_factory.mktemp("utanfor")
    ARCHIVE.symlink_to(outside)
    assert utb("arkivera", "klar").code == 3
    assert (path.exists(), list(outside.iterdir())) == (True, [])
