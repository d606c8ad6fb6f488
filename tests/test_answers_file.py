"""Answers files: a whole initiative in, every error at once, JSON as well as YAML."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from small import SMALL
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.battery import load_battery
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.model import AnswerSheet, Given, Row, Skipped, Unknown

TOP = Path(__file__).parents[1]
TODAY = date(2026, 3, 12)
SHIPPED = load_battery(
    {path.name: path.read_text("utf-8") for path in (TOP / "questions").glob("[0-9]*.yaml")}
)


def errors(text: str, name: str = "svar.yaml") -> list[str]:
    with pytest.raises(WrongUse) as error:
        read_answers_file(text, name, SMALL, TODAY)
    return str(error.value).split("\n")


def test_the_shipped_example_fills_all_six_steps_and_every_answer_comes_back():
    source = (TOP / "questions" / "exempel.yaml").read_text("utf-8")
    example = read_answers_file(source, "exempel.yaml", SHIPPED, TODAY)
    text = new_dossier(
        (TOP / "templates" / "dossier.md.j2").read_text("utf-8"), example.title, AnswerSheet(SHIPPED, {})
    )
    for qid, answer in example.answers.items():
        text = with_answer(text, SHIPPED, qid, answer)
    dossier = read(text, SHIPPED)
    assert dossier.answers == example.answers
    assert (dossier.title, dossier.problems) == (example.title, ())
    assert {qid.split(".")[0] for qid in example.answers} == {
        "om",
        *(s.id for s in SHIPPED.stages if s.is_step),
    }


def test_json_is_read_with_its_states():
    text = json.dumps(
        {
            "titel": "T",
            "svar": {
                "behov": {"krav": "lag", "andel": 12.5},
                "koncept": {"larandemal": [{"id": "L2", "klart": "2026-01-02"}]},
            },
            "hoppade": {"behov.kort": "för tidigt"},
            "okanda": {"behov.klart": "chefen"},
        }
    )
    read_back = read_answers_file(text, "svar.json", SMALL, TODAY)
    assert read_back.title == "T"
    assert read_back.answers == {
        "behov.krav": Given("lag"),
        "behov.andel": Given(12.5),
        "koncept.larandemal": Given((Row("L2", {"klart": date(2026, 1, 2)}),)),
        "behov.kort": Skipped("för tidigt"),
        "behov.klart": Unknown("chefen"),
    }


@pytest.mark.parametrize(
    "said",
    ["1.10", "2.0", "1e3", "007", "0x1F", "1_000", "yes", "12:30", "12345678901234567890", "-0.50", "1.000"],
)
@pytest.mark.parametrize("name", ["svar.yaml", "svar.json"])
def test_a_text_that_looks_like_a_number_keeps_its_spelling(said, name):
    bare = name.endswith("yaml") or said in ("1.10", "2.0", "1e3", "12345678901234567890", "-0.50", "1.000")
    word = said if bare else json.dumps(said)
    text = f'{{"titel": {word}, "svar": {{"behov": {{"varfor": {word}, "ord": [{word}]}}}}}}'
    result = read_answers_file(text, name, SMALL, TODAY)
    assert result.title == said
    assert result.answers == {"behov.varfor": Given(said), "behov.ord": Given((said,))}


def test_every_error_is_told_at_once_with_line_and_suggestion():
    text = """initiativ: {titel: T}
svar:
  behov:
    varför: x
    krav: lagg
    andel: 101
    malgrupper:
      - namn: Nya
        antal: många
  konsept: {}
  koncept:
    larandemal:
      - {kunna: larma, malgrupp: Nyaa}
hopade: {}
hoppade: {behov.kortt: x}
"""
    found = errors(text)
    assert [line.split(": ")[0] for line in found] == [
        f"svar.yaml:{number}" for number in (4, 5, 6, 9, 10, 13, 14, 15)
    ]
    assert [hint for line in found if (hint := line.partition("Menade du ")[2])] == [
        "varfor?", "lag?", "koncept?", "hoppade?", "behov.kort?",
    ]  # fmt: skip


def test_references_may_point_at_rows_that_are_already_in_the_dossier():
    text = "svar: {koncept: {aktiviteter: [{titel: Öva, mal: [L3]}]}}"
    there = {"koncept.larandemal": Given((Row("L3", {"kunna": "larma"}),))}
    assert read_answers_file(text, "svar.yaml", SMALL, TODAY, there).answers
    assert "pekar på ”L3”" in errors(text)[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a", "nycklarna initiativ och svar"),
        ("svar: 3", "Under ”svar” ska det stå nycklar"),
        ("svar: {behov: 3}", "Under ”behov” ska det stå frågor"),
        ("avsteg: [{regel: R24}]", "finns inte"),
    ],
)
def test_a_file_of_another_shape_gets_a_sentence(text, sentence):
    assert sentence in errors(text)[0]


@pytest.mark.parametrize("number", [".nan", ".inf", "-.inf", ".NaN", "1e400", "9" * 400])
def test_what_yaml_calls_a_number_but_people_do_not_is_refused_with_its_line(number):
    told = errors(f"svar:\n  behov:\n    andel: {number}\n    malgrupper: [{{namn: x, antal: {number}}}]\n")
    assert [line.partition(": ”")[0] for line in told] == [
        "svar.yaml:3: behov.andel",
        "svar.yaml:4: behov.malgrupper: rad 1",
    ]
    assert "är inte ett tal. Skriv med siffror hur många procent, till exempel 12 eller 12,5." in told[0]
    assert told[1].endswith("är inte ett tal. Skriv med siffror, till exempel 12 eller 12,5.")
    assert all(len(line) < 200 for line in told)


def test_a_point_before_three_digits_in_an_answers_file_is_asked_about():
    told = errors("svar:\n  behov:\n    andel: 25.000\n    malgrupper: [{namn: x, antal: 1.200}]\n")
    assert told == [
        "svar.yaml:3: behov.andel: ”25.000” kan läsas på två sätt. Menar ni 25 000 eller 25 procent?",
        "svar.yaml:4: behov.malgrupper: rad 1: ”1.200” kan läsas på två sätt. Menar ni 1 200 eller 1,2?",
    ]


@pytest.mark.parametrize("rows", ["[{}]", "{}", "[{namn: ''}, {}]", "[{id: 1}]"])
def test_rows_that_say_nothing_are_no_answer(rows):
    read_file = read_answers_file(
        f"svar: {{behov: {{kort: Ja, malgrupper: {rows}}}}}", "a.yaml", SMALL, TODAY
    )
    assert dict(read_file.answers) == {"behov.kort": Given("Ja")}
