"""Twelve initiatives of different kinds, steps and ages: what the list says of them on one morning."""

from __future__ import annotations

import json
import shutil
from datetime import timedelta

import pytest

from making import BATTERY
from twelve import CASES, COPIED, DAMAGED, MORNING, twelve, with_copy, with_damage, with_notes
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.dossier.document import read

# The order of the morning: late, today, tomorrow and later; then what rests, has ended or is replaced.
EXPECTED = (
    ("diariet", "koncept", "aktiv", "2026-09-30", 2),
    ("handhygien", "analys", "aktiv", "2026-10-15", 1),
    ("sekreterare-introduktion", "produktion", "aktiv", "2026-11-01", 1),
    ("arendesystem-nytt", "analys", "aktiv", "2026-11-20", 1),
    ("bussforare", "genomforande", "aktiv", "2026-11-28", 0),
    ("larmcentral", "genomforande", "aktiv", "2026-11-29", 0),
    ("kok-livsmedelshygien", "uppfoljning", "aktiv", "mars 2027", 0),
    ("tandvard-tolk", "behov", "aktiv", "våren 2027", 0),
    ("asih-introduktion", "behov", "aktiv", "2027-06-01", 0),
    ("folkhogskola-npf", "koncept", "vilande", "juni 2027", 0),
    ("akuten-introduktion", "uppfoljning", "avslutad", "2027-03-01", 0),
    ("arendesystem-webbkurs", "produktion", "ersatt", "", 0),
)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory):
    return twelve(tmp_path_factory.mktemp("region"))


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    """What is kept between commands: what one test has had computed need not be so again."""
    return tmp_path_factory.mktemp("tillstand")


@pytest.fixture
def dossiers(utb, made_once, state, monkeypatch):
    """The twelve in the folder of `utb`, each by the name of its answers file."""
    monkeypatch.setenv("UTB_STATE_DIR", str(state))
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: MORNING)
    folder = utb.folder / "insatser"
    shutil.copytree(next(iter(made_once.values())).parent, folder)
    return {name: folder / path.name for name, path in made_once.items()}


def shown(utb, dossiers, *args):
    """The names of the answers files of those that the list shows."""
    names = {path.stem: name for name, path in dossiers.items()}
    return [names[entry["insats"]] for entry in json.loads(utb("lista", "--format", "json", *args).out)]


def test_every_answer_of_the_twelve_stands_in_a_dossier_without_faults(made_once):
    assert sorted(made_once) == sorted(name for name, *_ in EXPECTED)
    for name, path in made_once.items():
        dossier = read(path.read_text("utf-8"), BATTERY)
        file = CASES / f"{name}.yaml"
        meant = read_answers_file(file.read_text("utf-8"), file.name, BATTERY, MORNING)
        assert not dossier.structural_problems
        assert (dossier.title, dossier.sheet.answers) == (meant.title, meant.answers)


def test_the_morning_shows_each_with_its_step_life_and_next_date_the_most_urgent_first(utb, dossiers):
    code, out, err = utb("lista", "--format", "json")
    asked = "2 insatser har löften som ingen har svarat på. Fråga med: utb samtal lofte INSATS\n"
    assert (code, err) == (0, f"12 insatser.\n{asked}")
    names = {path.stem: name for name, path in dossiers.items()}
    listed = tuple(
        (names[row["insats"]], row["steg"], row["status"], due["datum"]["ord"], row["forsenat"])
        for row in json.loads(out)
        for due in [row["nasta"] or {"datum": {"ord": ""}}]
    )
    assert listed == EXPECTED


def test_what_is_due_today_is_late_tomorrow_only_where_it_is_known_not_to_be_done(utb, dossiers, monkeypatch):
    """An occasion that has passed may have been held; a decision that has no outcome has not been taken."""
    assert shown(utb, dossiers, "--fore", "i dag")[4] == "bussforare"
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: MORNING + timedelta(days=14))
    late = shown(utb, dossiers, "--forsenat")
    assert "bussforare" not in late
    rows = {row["insats"]: row["forsenat"] for row in json.loads(utb("lista", "--format", "json").out)}
    assert rows[dossiers["arendesystem-nytt"].stem] == 2


def test_who_leads_and_what_this_month_asks_for_pick_theirs(utb, dossiers):
    assert shown(utb, dossiers, "--roll", "utvecklingsledare") == [
        "diariet",
        "arendesystem-nytt",
        "bussforare",
    ]
    this_month = [name for name, _, life, said, _ in EXPECTED if said < "2026-12" and life == "aktiv"]
    assert shown(utb, dossiers, "--fore", "denna månad", "--status", "aktiv") == this_month


def test_status_says_how_to_tell_that_what_is_late_is_done_unless_that_is_the_next_step(utb, dossiers):
    said = (
        "\n- 2026-11-15 Insats klar: I2 Knapp i mejlen: skicka till diariet\nÄr en insats klar? Säg det med: "
    )
    out = utb("status", dossiers["diariet"].stem).out
    assert f"{said}utb steg uppfoljning {dossiers['diariet'].stem}\n\nKommande datum:" in out
    out = utb("status", dossiers["handhygien"].stem).out
    assert "Är en insats klar?" not in out
    assert "I1 skulle ha varit klar 15 oktober 2026. Säg i Uppföljning om insatsen blev av." in " ".join(
        out.split()
    )


def test_what_is_replaced_and_waits_for_nothing_leaves_no_line_and_no_cell_empty(utb, dossiers, monkeypatch):
    replaced = "Webbkurs ärendesystemet\n  Ersatt, Produktion, 9 röda fynd\n  Processledare: Utbildningssamordnare IT\n"
    assert utb("lista", "--status", "ersatt").out == replaced
    monkeypatch.setenv("COLUMNS", "130")
    assert "Produktion  –  " in utb("lista", "--status", "ersatt").out


def test_a_copy_a_torn_file_and_notes_are_named_and_in_no_sum(utb, dossiers):
    copy = with_copy(dossiers[COPIED])
    with_damage(dossiers[DAMAGED])
    notes = with_notes(copy.parent)
    assert shown(utb, dossiers) == [name for name, *_ in EXPECTED if name != DAMAGED]
    code, _, err = utb("lista")
    assert code == 3
    assert f"insatser/{notes.name} är ingen dossier och visas inte.\n" in err
    assert f"insatser/{copy.name} är en kopia av {dossiers[COPIED].name} och räknas inte. En rad" in err
    assert f"Fel: insatser/{dossiers[DAMAGED].name}:" in err
