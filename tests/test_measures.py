"""A value with its unit, or words: kept as it is written, and a number only when it is exactly one."""

from __future__ import annotations

from datetime import date

import pytest

from scripted import Scripted
from small import stage
from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.answers.measures import Amount, amount_in, measure_echo
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.guide.reading import filled_in
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Battery, Given, Item, Kind, Row

TODAY = date(2026, 3, 1)
ITEM = Item(id="nulage", text="Nuläge", typ=Kind.MEASURE)
FIELDS = [
    {"id": "matt", "typ": "text", "text": "Mått"},
    {"id": "nulage", "typ": "varde", "text": "Nuläge"},
    {"id": "mal", "typ": "varde", "text": "Mål"},
]
STAGE = stage(
    "behov",
    1,
    "Behov",
    {"steg": "behov", "id": "matten", "typ": "grupp", "text": "Vilka mått?", "rad_id": "E", "falt": FIELDS},
    {"steg": "behov", "id": "utfall", "typ": "varde", "text": "Vad blev det?"},
)
BATTERY = Battery((STAGE,))
MEASURES, OUTCOME = "behov.matten", "behov.utfall"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("68 %", Amount(68, "%")),
        ("68%", Amount(68, "%")),
        ("68,5 procent", Amount(68.5, "procent")),
        ("27 % (17 av 62)", Amount(27, "%")),
        ("0 % (mäts inte)", Amount(0, "%")),
        ("86 % (mål 90 %, nuläge 68 %)", Amount(86, "%")),
        ("högst 15 %", Amount(15, "%", "högst")),
        ("Högst 15 %.", Amount(15, "%", "högst")),
        ("minst 3 dagar", Amount(3, "dagar", "minst")),
        ("under 20 minuter", Amount(20, "minuter", "under")),
        ("över 4", Amount(4, bound="över")),
        ("cirka 12 fall/månad", Amount(12, "fall/månad", "cirka")),
        ("ca 12 fall per månad", Amount(12, "fall per månad", "ca")),
        ("46 av 51", Amount(46, whole=51)),
        ("46 av 51 deltagare", Amount(46, "deltagare", whole=51)),
        ("0 av 12", Amount(0, whole=12)),
        ("25 000 kronor", Amount(25000, "kronor")),
        ("25 tkr", Amount(25, "tkr")),
        ("40 timmar", Amount(40, "timmar")),
        ("7", Amount(7)),
        ("−2", Amount(-2)),
        ("3,5 (skala 1–6)", Amount(3.5)),
    ],
)
def test_exactly_one_number_is_read_as_it(text, amount):
    assert amount_in(text) == amount
    assert measure_echo(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ej mätt",
        "ungefär hälften",
        "vet inte",
        "86 % i rätt tid",
        "vecka 40",
        "nästan alla (9 av 10)",
        "25.000 kronor",
        "3.000",
        "62 av 51",
        "0 av 0",
        "högst",
        "15 % högst",
        "% 15",
        "1e5",
        "68 % (av dem) nu",
    ],
)
def test_everything_else_is_words(text):
    assert amount_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "68 % i vår, 90 % i höst",
        "60 % före, 86 % efter",
        "dag 86 %, natt 79 %",
        "3 fall i vår och 5 fall i höst",
        "86 % på avdelning 3, 79 % på avdelning 4",
        "68 % 2024, 86 % 2025",
        "från 40 till 25 minuter",
        "46 av 51 på kursen, 12 av 40 i arbetet",
        "från 68 % till 90 %",
        "86 % och 12 dagar",
        "17 av 62 (27 %), 40 kvar",
    ],
)
def test_several_values_are_words_and_that_is_said(text):
    assert amount_in(text) is None
    assert measure_echo(text) == "Det står två värden här. En rad är ett mått."


@pytest.mark.parametrize(
    "text",
    [
        "86 % i rätt tid (mål 90 %, nuläge 68 %)",
        "ej mätt (mål 90 %, nuläge 68 %)",
        "46 av 51 klarade det i första försöket, övriga efter omtag",
        "82 % klarar NEWS2 själva",
        "4–6",
        "70–80 %",
        "86 % i mars 2025",
        "86 % den 12 mars",
        "86 % (dag 3) i mars",
        "ej mätt förrän 2026-01-10",
        "mäts vecka 40",
        "86 % vecka 40–42",
        "86 % v. 7",
        "86 % den 12/5",
        "4,2 på en skala 1–5",
        "4 på skalan 1 till 6",
        "86 % larmade inom 2 timmar",
        "86 % efter 3 månader",
        "86 % under 6 veckor",
        "86 % av nya 2025",
        "86 % hösten 2025",
        "86 % dag 30",
        "86 % på avdelning 3",
        "86 % nådde nivå 2",
        "86 % kl. 14.30",
        "46/51",
        "12 stycken, den 3:e i ordningen",
    ],
)
def test_a_share_in_words_and_numbers_in_a_comment_or_a_name_are_one_value(text):
    assert measure_echo(text) == ""


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("15 %", 15),
        ("15 procent", 15),
        ("46 av 51", 4600 / 51),
        ("15 minuter", None),
        ("15 st", None),
        ("15", None),
    ],
)
def test_a_share_is_known_in_percent(text, percent):
    assert amount_in(text).percent == percent


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("25 tkr", "kronor", 25_000),
        ("30 min", "timmar", 0.5),
        ("40 timmar", "timmar", 40),
        ("1 timme", "timmar", 1),
        ("40 timmar", "kronor", None),
        ("40", "timmar", None),
        ("40 st", "timmar", None),
        ("46 av 51", "timmar", None),
    ],
)
def test_an_amount_is_counted_in_a_unit_only_where_it_says_one(text, unit, number):
    assert amount_in(text).counted_in(unit) == number


def dossier(before: str, goal: str) -> str:
    rows = f"#### E1\n\n- **Mått:** Andel\n- **Nuläge:** {before}\n- **Mål:** {goal}"
    lines = ["<!-- utb:dossier 1 -->", "# Titel", "## Behov", f"<!-- utb:{MEASURES} -->", rows]
    last = f"<!-- utb:{OUTCOME} -->", "86 %,  eller så", f"<!-- /utb:{OUTCOME} -->"
    return "\n\n".join([*lines, f"<!-- /utb:{MEASURES} -->", *last]) + "\n"


@pytest.mark.parametrize(
    "old", ["27 % (17 av 62)", "Mäts *inte*  än", "högst 15 %.", "ja: 3 av 4", "- en punkt", "2027"]
)
def test_an_old_text_is_a_value_as_it_stands(old):
    text = dossier(old, "90 %")
    content = read(text, BATTERY)
    assert content.problems == ()
    (row,) = content.answers[MEASURES].value
    assert row.values["nulage"] == old
    changed = Given((Row("E1", {**row.values, "mal": "högst 95 %"}),))
    new = with_answer(text, BATTERY, MEASURES, changed)
    assert new == text.replace("** 90 %", "** högst 95 %")
    assert filled_in(new, STAGE, AnswerSheet(BATTERY, {})).answers == read(new, BATTERY).answers


def test_a_value_is_kept_as_it_is_typed_and_two_of_them_are_told_of():
    assert accept(ITEM, "Högst 15 %", TODAY) == "Högst 15 %"
    assert accept(ITEM, 68, TODAY) == "68"
    saved: dict[str, object] = {}
    face = Scripted("Andel", "68 % i vår, 90 % i höst", "", "", "86 %", "klart")
    drafts: dict[str, str] = {}
    interview = Interview(STAGE, AnswerSheet(BATTERY, {}), today=TODAY)
    store = Store(saved.__setitem__, drafts.get, drafts.__setitem__, lambda place: drafts.pop(place, None))
    ask_stage(interview, face, store)
    assert face.said.count("Det står två värden här. En rad är ett mått.") == 1
    assert saved[MEASURES].value[0].values["nulage"] == "68 % i vår, 90 % i höst"
    assert saved[OUTCOME] == Given("86 %")


def test_an_answers_file_tells_of_two_values_with_its_line():
    text = "svar:\n  behov:\n    matten:\n      - {matt: Andel, nulage: 68, mal: 80 % eller 90 %}\n"
    given = read_answers_file(text, "s", BATTERY, TODAY)
    assert given.answers[MEASURES].value[0].values == {
        "matt": "Andel",
        "nulage": "68",
        "mal": "80 % eller 90 %",
    }
    assert "rad 1, Mål: Det står två värden här. En rad är ett mått." in given.notes[0]
