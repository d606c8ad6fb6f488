"""What commands make of a damaged dossier, and what machines hear of what could not be read."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

CONFLICT = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"
START, END = "<!-- utb:behov.varfor -->\n", "<!-- /utb:behov.varfor -->\n"
DAMAGE = {
    "a conflict": lambda text: text.replace(START, f"{START}\n{CONFLICT}"),
    "an end marker gone": lambda text: text.replace(END, ""),
    "both markers gone": lambda text: text.replace(START, "").replace(END, ""),
    "the end cut off": lambda text: text.partition("## Produktion")[0],
    "a row twice": lambda text: text.replace("#### L2\n", "#### L1\n"),
}
MAKING = [
    ("dokument",),
    ("dokument", "beslutsunderlag"),
    ("dokument", "alla"),
    ("dokument", "tabeller"),
    ("samtal", "behov"),
    ("svar", "trygg", "behov.noll"),
]


def damaged(utb, damage):
    path = utb.example()
    path.write_text(damage(path.read_text("utf-8")), "utf-8")
    return path


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
@pytest.mark.parametrize("command", MAKING, ids=" ".join)
def test_nothing_is_made_of_a_damaged_dossier_unasked(utb, command, damage):
    damaged(utb, damage)
    made = utb(*command)
    assert (made.code, made.out) == (3, "")
    assert "behöver lagas innan" in made.err
    assert "\nrad " in made.err
    assert "Laga den med: utb laga trygg-start" in made.err
    assert not (utb.folder / "dokument").exists()


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=list(DAMAGE))
def test_a_document_made_of_a_damaged_dossier_says_so_at_its_top(utb, damage):
    damaged(utb, damage)
    made = utb("dokument", "dossier", "--anda", "-o", "-")
    assert made.code == 0
    assert "*Skadad fil: Dossiern behöver lagas på rad " in made.out
    assert "Går inte att läsa: filen är skadad vid rad " in made.out


def test_a_question_whose_answer_is_damaged_is_never_said_to_be_unanswered(utb):
    damaged(utb, DAMAGE["an end marker gone"])
    paper = utb("dokument", "dossier", "--anda", "-o", "-").out
    assert "**Ej besvarad:**" not in paper.partition("## Behov")[2]
    invitation = utb("dokument", "uppdragsbeskrivning", "--anda", "-o", "-").out
    assert "Ej besvarad" not in invitation.partition("## ")[2].partition("## ")[0]


def test_a_talk_sheet_of_a_damaged_dossier_says_so(utb):
    damaged(utb, DAMAGE["an end marker gone"])
    sheet = utb("samtal", "behov", "--anda")
    assert sheet.code == 0
    assert "(dossiern är skadad)" in sheet.out.split("\n")[3]
    assert "filen är skadad vid rad" in sheet.out


def test_no_table_or_calendar_is_made_of_a_damaged_dossier(utb):
    damaged(utb, DAMAGE["an end marker gone"])
    assert utb("dokument", "tabeller", "--anda").code == 3
    assert utb("dokument", "kalender", "--anda").code == 3


def test_a_field_that_cannot_be_read_is_not_said_to_be_unanswered(utb):
    path = utb.example()
    path.write_text(
        path.read_text("utf-8").replace(
            "- **Antal personer:** 60\n", "- **Antal personer:** två dussin\n", 1
        ),
        "utf-8",
    )
    assert "Går inte att läsa" in utb("dokument", "dossier", "-o", "-").out


# ------------------------------------------------- what machines hear

PRIVATE = "60 (Anna Svensson vet), 19811228-9874"


@pytest.fixture
def slipped(utb):
    path = utb.dossier("Ny", klart_senast="2026-12-01")
    text = path.read_text("utf-8").replace(
        "<!-- utb:behov.klart_senast -->\n\n2026-12-01", f"<!-- utb:behov.klart_senast -->\n\n{PRIVATE}"
    )
    path.write_text(text, "utf-8")
    return next(number for number, line in enumerate(text.split("\n"), 1) if line == PRIVATE)


@pytest.mark.parametrize("form", ["github", "junit"])
def test_what_could_not_be_read_is_published_without_its_words(utb, slipped, form):
    reviewed = utb("granska", "--format", form)
    assert "Anna" not in reviewed.out + reviewed.err
    assert "9874" not in reviewed.out + reviewed.err
    assert (
        f"insatser/ny.md:{slipped}: behov.klart_senast: Här står något som inte går att läsa" in reviewed.err
    )
    assert (reviewed.code, utb("granska", "--strikt", "--format", form).code) == (0, 1)


def test_what_could_not_be_read_is_an_annotation_at_its_line(utb, slipped):
    lines = utb("granska", "--format", "github").out.splitlines()
    assert f"::warning file=insatser/ny.md,line={slipped},title=Text som inte läses::" in "".join(
        line.partition("behov.klart_senast")[0] for line in lines
    )


def test_what_could_not_be_read_is_a_failure_in_junit_and_an_entry_in_json(utb, slipped):
    root = ET.fromstring(utb("granska", "--format", "junit").out)  # noqa: S314  our own text
    (case,) = [case for case in root.iter("testcase") if case.get("name") == "Text som inte läses"]
    assert case.find("failure").text.startswith(f"rad {slipped}: ")
    entries = json.loads(utb("granska", "--format", "json").out)
    assert [entry["rad"] for entry in entries if entry["grad"] == "las"] == [slipped]


def test_paths_are_told_from_the_top_of_the_repository(utb, slipped, monkeypatch):
    monkeypatch.chdir(utb.folder / "insatser")
    (utb.folder / "utb.yaml").write_text("mapp: insatser\n", "utf-8")
    assert f"file=insatser/ny.md,line={slipped}," in utb("granska", "--format", "github").out


def test_what_an_answers_file_replaces_is_told(utb, slipped):
    (utb.folder / "svar.yaml").write_text("svar: {behov: {klart_senast: 2026-12-02}}\n", "utf-8")
    assert f"inte gick att läsa: ”{PRIVATE}”" in utb("steg", "behov", "ny", "--svar", "svar.yaml").err


def test_what_an_answer_replaces_is_told(utb, slipped):
    saved = utb("svar", "ny", "behov.klart_senast", "2026-12-02")
    assert saved.code == 0
    assert f"Svaret ersätter en text i dossiern som inte gick att läsa: ”{PRIVATE}”" in saved.err


def test_a_number_beyond_what_is_now_taken_stops_nothing_and_is_told_with_its_line(utb):
    path = utb.example()
    text = path.read_text("utf-8")
    days = "- **Dagar efter sista tillfället:** "
    before, after = text.split(f"{days}300")
    path.write_text(f"{before}{days}99999{after}", encoding="utf-8")
    told = f":{before.count(chr(10)) + 1}: koncept.matt: Dagar efter sista tillfället: 99999 är för mycket"
    reviewed = utb("granska", "trygg")
    assert reviewed.code == 0
    assert told in reviewed.err
    assert utb("svar", "trygg", "behov.varfor", "Ett nytt skäl").code == 0
    assert f"{days}99999" in path.read_text("utf-8")
    assert utb("dokument", "uppdrag", "trygg").code == 0
