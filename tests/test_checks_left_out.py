"""No rule scolds for what an organisation does not ask: each question and field left out in turn."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from every import every_case
from making import BATTERY, TODAY, WORKSPACE
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.battery.shipped import with_ours
from utbildningsprocess.checks.findings import EVERY_STAGE, check, switched_off
from utbildningsprocess.checks.registry import CHECKS
from utbildningsprocess.model import AnswerSheet, Given, Question, Row

if TYPE_CHECKING:
    from utbildningsprocess.model import Answers, Battery, Item

_AnItem = TypeVar("_AnItem", bound="Item")
ROOT = Path(__file__).parent.parent
GOOD = [
    ROOT / "questions" / "exempel.yaml",
    *sorted((ROOT / "tests" / "cases" / "goda").glob("*.yaml")),
    *sorted((ROOT / "tests" / "cases" / "regler").glob("*/bra.yaml")),
]
"""Initiatives that give no finding, or only fair ones; of the cases of the rules, each as its rule sees it."""
SAID = {path: read_answers_file(path.read_text("utf-8"), path.name, BATTERY, TODAY).answers for path in GOOD}


FIELDS = [f"{question.qid}.{field.id}" for question in BATTERY.questions() for field in question.fields]
LEFT_OUT = [*(question.qid for question in BATTERY.questions()), *FIELDS]


@cache
def without(address: str, asked: Battery = BATTERY) -> Battery:
    """The battery of an organisation that asks everything but one question, one field or one option."""
    stage_id, name, *part = address.split(".")

    qid = f"{stage_id}.{name}"
    qids = {question.qid for question in asked.questions()} - ({qid} if not part else set())

    def kept(question: Question) -> Question | None:
        left = _with_less(question, part) if question.qid == qid else question
        return with_ours(left, question, qids) if question.qid in qids else None

    stages = tuple(
        stage.model_copy(update={"questions": tuple(filter(None, map(kept, stage.questions)))})
        for stage in asked.stages
    )
    named = {question.qid: question for question in BATTERY.questions()}
    return replace(BATTERY, stages=stages, named=named)


def _with_less(item: _AnItem, part: list[str]) -> _AnItem:
    update: dict[str, Any] = {"options": tuple(one for one in item.options if [one.id] != part)}
    if isinstance(item, Question):
        fields = (one for one in item.fields if [one.id] != part)
        update["fields"] = tuple(_with_less(one, part[1:] if [one.id] == part[:1] else []) for one in fields)
    return item.model_copy(update=update)


def never_asked(answers: Answers, address: str) -> Answers:
    """The answers of somebody who was never asked that question, or that field."""
    stage_id, name, *field = address.split(".")
    qid = f"{stage_id}.{name}"
    answer = answers.get(qid)
    left = {key: given for key, given in answers.items() if key != qid}
    if not field or not isinstance(answer, Given) or not isinstance(answer.value, tuple):
        return left
    rows = (row for row in answer.value if isinstance(row, Row))
    kept = (
        replace(row, values={key: value for key, value in row.values.items() if key not in field})
        for row in rows
    )
    return {**left, qid: Given(tuple(kept))}


def found(path: Path, address: str = "") -> set[str]:
    """The rules that find fault, with everything asked or with one thing left out."""
    answers = never_asked(SAID[path], address) if address else SAID[path]
    sheet = AnswerSheet(without(address) if address else BATTERY, answers)
    own, texts = path.parent.name, WORKSPACE.thread_rules
    heard = {own: texts[own]} if own in CHECKS else texts
    return {finding.rule for finding in check(WORKSPACE.case(sheet), heard)}


BEFORE = {path: found(path) for path in GOOD}


@every_case("address", LEFT_OUT[::3])
def test_what_is_not_asked_gives_no_finding_that_was_not_there(address: str) -> None:
    assert new_findings(address) == {}


@pytest.mark.experiment
@every_case("address", LEFT_OUT)
def test_nothing_that_is_not_asked_gives_a_finding_that_was_not_there(address: str) -> None:
    assert new_findings(address) == {}


def new_findings(address: str) -> dict[str, set[str]]:
    """The findings that come of one thing left out, by the initiative they come in."""
    touched = [
        path
        for path in GOOD
        if SAID[path] != (left := never_asked(SAID[path], address)) and rows_are_left(left)
    ]
    new = {path.relative_to(ROOT).as_posix(): found(path, address) - BEFORE[path] for path in touched}
    return {path: rules for path, rules in new.items() if rules}


def rows_are_left(answers: Answers) -> bool:
    """Whether every row still says something: one that only held what is left out would not be there."""
    values = (answer.value for answer in answers.values() if isinstance(answer, Given))
    rows = (row for value in values if isinstance(value, tuple) for row in value if isinstance(row, Row))
    return all(row.values for row in rows)


@pytest.mark.parametrize(
    ("rule", "option"),
    [
        ("R06", "analys.tillfragade.medarbetare"),
        ("R16", "koncept.aktiviteter.fas.efter"),
        ("R19", "koncept.matt.niva.7_tillampning"),
        ("R43", "koncept.aktiviteter.form.digital"),
        ("R50", "koncept.larandemal.niva.tillampa"),
        ("R57", "koncept.aktiviteter.form.digital"),
    ],
)
def test_no_rule_asks_for_an_option_that_nobody_can_choose(rule: str, option: str) -> None:
    case = ROOT / "tests" / "cases" / "regler" / rule / "fel.yaml"
    answers = read_answers_file(case.read_text("utf-8"), case.name, BATTERY, TODAY).answers
    for battery, expected in ((BATTERY, True), (without(option), False)):
        findings = check(WORKSPACE.case(AnswerSheet(battery, answers)), WORKSPACE.thread_rules)
        assert (rule in {finding.rule for finding in findings}) is expected


def test_an_action_that_nobody_can_plan_is_not_missed() -> None:
    """Staffing too short is met by staffing or organisation; without both there is no row to write."""
    case = ROOT / "tests" / "cases" / "regler" / "R09" / "fel.yaml"
    answers = read_answers_file(case.read_text("utf-8"), case.name, BATTERY, TODAY).answers
    action = "analys.andra_insatser.typ"
    fewer = without(f"{action}.bemanning")
    fewest = without(f"{action}.organisation", fewer)
    for battery, is_found in ((BATTERY, True), (fewer, True), (fewest, False)):
        findings = check(WORKSPACE.case(AnswerSheet(battery, answers)), WORKSPACE.thread_rules)
        assert ("R09" in {finding.rule for finding in findings}) is is_found


# ------------------------------------------------------------- what is said to be off

RULES = ROOT / "tests" / "cases" / "regler"
BAD = {
    path.parent.name: read_answers_file(path.read_text("utf-8"), path.name, BATTERY, TODAY).answers
    for path in sorted(RULES.glob("*/fel.yaml"))
}
WORKS_OTHERWISE = {
    ("R05", "behov.krav_kalla"): "a law that is named, though nobody knows which",
    ("R09", "analys.beslut"): "it is settled as well once the plan is begun",
    ("R33", "behov.vem_vill"): "every text is looked at",
    ("R47", "uppfoljning.varde"): "somebody who was to be asked, and was not",
    ("R53", "koncept.tillampning_dagar"): "any answer begins the plan",
    ("R54", "koncept.matt.metod"): "a level can say that it is a survey",
    ("R61", "analys.svarande.s10"): "any statement",
}
"""What only the bad case of a rule hangs on: the rule finds as much in other ways."""


SCOLDS = {
    ("R18", "koncept.aktiviteter.form"): "the form says that something is done, where nobody has said it",
    ("R25", "koncept.aktiviteter.malgrupp"): "everybody is counted in every activity, as in R24",
    ("R54", "produktion.enkat_svar"): "the answers can be coded, and need not be of so many",
}
"""What a rule would find fault with for no fault, though no good case shows it."""


def hits_at_what_is_asked(rule: str, answers: Answers, battery: Battery) -> bool:
    """Whether a rule, off or not, finds what somebody can mend."""
    case = WORKSPACE.case(AnswerSheet(battery, answers))
    left_out = battery.leaves_out
    return any(
        case.is_asked(hit.qid) and not (left_out(hit.qid) or left_out(hit.opens or hit.qid))
        for hit in CHECKS[rule](case)
    )


@every_case("address", LEFT_OUT)
def test_a_rule_is_said_to_be_off_where_it_finds_nothing_without_something_or_too_much(address: str) -> None:
    battery = without(address)
    off = switched_off(battery, CHECKS)
    good = [never_asked(answers, address) for answers in SAID.values()]
    silent, wrongly = [], []
    for rule, bad in BAD.items():
        left = never_asked(bad, address)
        finds = hits_at_what_is_asked(rule, left, battery)
        if rule in off:
            scolds = (rule, address) in SCOLDS or (
                finds and any(hits_at_what_is_asked(rule, answers, battery) for answers in good)
            )
            wrongly += [rule] if finds and not scolds else []
        elif not finds and rows_are_left(left) and is_begun(rule, left):
            silent += [rule] if (rule, address) not in WORKS_OTHERWISE else []
    assert (silent, wrongly) == ([], [])


def is_begun(rule: str, answers: Answers) -> bool:
    stage = WORKSPACE.thread_rules[rule].stage
    return stage == EVERY_STAGE or any(qid.startswith(f"{stage}.") for qid in answers)
