"""Good initiatives that are not ours, from wards, offices, a school and home care: the rules leave them in peace."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from making import ROOT, WORKSPACE
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.checks.case import Case
from utbildningsprocess.checks.findings import check
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.documents.basis import Source
from utbildningsprocess.documents.compose import compose
from utbildningsprocess.documents.kinds import PAGES, DocumentKind
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import AnswerSheet, Given, Question, Row

FOLDER = Path(__file__).parent / "cases" / "goda"
TODAY = date(2025, 5, 1)
FAIR: dict[str, set[tuple[str, str]]] = {
    "klinik.yaml": set(),
    # One manager and one officer saw it differently, and together they chose one side: worth a sentence.
    "kontor.yaml": {("R61", "")},
    "skola.yaml": set(),
    # 369 hours of people's time is worth a sentence on what it gives, even where it gives much.
    "hemtjanst.yaml": {("R24", "")},
    "registratur.yaml": set(),
    # Few left with a plan of their own, and on weekends little came of it: five minutes might have helped.
    "vardavdelning.yaml": {("R22", "")},
}
"""By file the findings, rule and row, that a colleague would call fair."""
OUTCOMES = {
    "klinik.yaml": "MIX",
    "kontor.yaml": "INTE_UTBILDNING",
    "skola.yaml": "MIX",
    "hemtjanst.yaml": "MIX",
    "registratur.yaml": "INTE_UTBILDNING",
    "vardavdelning.yaml": "INTE_UTBILDNING",
}


def case_of(name: str) -> tuple[str, Case]:
    read = read_answers_file((FOLDER / name).read_text("utf-8"), name, WORKSPACE.battery, TODAY)
    settings = ROOT.settings
    sheet = AnswerSheet(WORKSPACE.battery, read.answers)
    return read.title, Case(sheet, WORKSPACE.diagnosis_model, settings.cost, settings.limits, TODAY)


def test_every_file_is_held_to_the_rules() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(FAIR) == set(OUTCOMES)


@pytest.mark.parametrize("name", FAIR)
def test_it_is_read_as_it_was_meant_with_no_choice_taken_for_words_of_their_own(name: str) -> None:
    read = read_answers_file((FOLDER / name).read_text("utf-8"), name, WORKSPACE.battery, TODAY)
    assert read.notes == ()
    triggers = read.answers["behov.utlosare"]
    assert isinstance(triggers, Given)
    assert set(triggers.value) <= {one.id for one in WORKSPACE.battery.question("behov.utlosare").options}


@pytest.mark.parametrize("name", FAIR)
def test_a_good_initiative_gets_no_finding_but_fair_ones(name: str) -> None:
    _, case = case_of(name)
    assert {(one.rule, one.row) for one in check(case, WORKSPACE.thread_rules)} == FAIR[name]


@pytest.mark.parametrize("name", FAIR)
def test_the_diagnosis_says_what_its_people_concluded(name: str) -> None:
    _, case = case_of(name)
    assert case.diagnosis.outcome == OUTCOMES[name]


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.id)
@pytest.mark.parametrize("name", FAIR)
def test_every_document_can_be_made_of_it(name: str, kind: DocumentKind) -> None:
    title, case = case_of(name)
    found = check(case, WORKSPACE.thread_rules)
    source = Source(title, case, found, (), WORKSPACE.thread_rules, ROOT.settings)
    made = compose(kind, template_text(ROOT, kind.template), kind.template, source)
    assert title in made.text


@pytest.mark.parametrize(
    ("name", "qid", "rule"),
    [
        ("klinik.yaml", "koncept.kollegastod", "R46"),
        ("kontor.yaml", "analys.beslutsgang", "R53"),
        ("skola.yaml", "koncept.matt", "R12"),
    ],
)
def test_taking_something_good_away_is_found(name: str, qid: str, rule: str) -> None:
    _, case = case_of(name)
    answers = {key: answer for key, answer in case.sheet.answers.items() if key != qid}
    poorer = replace(case, sheet=AnswerSheet(WORKSPACE.battery, answers))
    assert rule in {one.rule for one in check(poorer, WORKSPACE.thread_rules)}


def on_the_fast_track(answer: Given, question: Question) -> Given:
    """The answer as the fast track leaves it: of rows only the fields that it asks."""
    core = {field.id for field in question.fields if field.core}
    if not core or not isinstance(answer.value, tuple):
        return answer
    prefilled = {question.prefill.target} if question.prefill else set()
    rows = (row for row in answer.value if isinstance(row, Row))
    kept = core | prefilled
    return Given(
        tuple(replace(row, values={k: v for k, v in row.values.items() if k in kept}) for row in rows)
    )


@pytest.mark.parametrize("name", FAIR)
def test_a_concept_from_the_fast_track_has_no_red_finding(name: str) -> None:
    _, case = case_of(name)
    asked = {question.qid: question for question in WORKSPACE.battery.questions() if question.core}
    answers = {
        qid: on_the_fast_track(answer, asked[qid])
        for qid, answer in case.sheet.answers.items()
        if qid in asked and qid.startswith(("behov.", "analys.", "koncept.")) and isinstance(answer, Given)
    }
    fast = replace(case, sheet=AnswerSheet(WORKSPACE.battery, answers))
    found = check(fast, WORKSPACE.thread_rules)
    assert {one.rule for one in found if one.grade is Grade.RED} == set()
