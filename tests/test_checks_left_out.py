"""No rule scolds for what an organisation does not ask: each question and field of ours left out in turn."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from making import BATTERY, TODAY, WORKSPACE
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.checks.findings import check
from utbildningsprocess.checks.registry import CHECKS
from utbildningsprocess.model import AnswerSheet, Given, Row

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer, Answers, Battery, Question

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


def without(address: str) -> Battery:
    """The battery of an organisation that asks everything but one question, or one field of a group."""
    stage_id, name, *field = address.split(".")

    def kept(question: Question) -> Question | None:
        if (question.stage, question.id) != (stage_id, name):
            return question
        fields = tuple(one for one in question.fields if one.id not in field)
        return question.model_copy(update={"fields": fields}) if field else None

    stages = tuple(
        stage.model_copy(update={"questions": tuple(filter(None, map(kept, stage.questions)))})
        for stage in BATTERY.stages
    )
    named = {question.qid: question for question in BATTERY.questions()}
    return replace(BATTERY, stages=stages, named=named)


def as_read(answers: Answers, address: str) -> Answers:
    """The answers as they are read where that is not asked: a value of a field stands there as mere text."""
    stage_id, name, *field = address.split(".")
    qid = f"{stage_id}.{name}"
    if qid not in answers:
        return answers
    if not field:
        return {key: answer for key, answer in answers.items() if key != qid}
    return {**answers, qid: _without_field(answers[qid], qid, field[0])}


def _without_field(answer: Answer, qid: str, field: str) -> Answer:
    question = BATTERY.question(qid)
    if not isinstance(answer, Given) or not isinstance(answer.value, tuple) or question is None:
        return answer
    rows = (row for row in answer.value if isinstance(row, Row))
    return Given(
        tuple(
            replace(
                row,
                values={key: value for key, value in row.values.items() if key != field},
                unfit=row.unfit
                | {
                    key: show(question.field(key), value) for key, value in row.values.items() if key == field
                },
            )
            for row in rows
        )
    )


def found(path: Path, address: str = "") -> set[str]:
    """The rules that find fault, with everything asked or with one thing left out."""
    answers = as_read(SAID[path], address) if address else SAID[path]
    sheet = AnswerSheet(without(address) if address else BATTERY, answers)
    rules = {finding.rule for finding in check(WORKSPACE.case(sheet), WORKSPACE.thread_rules)}
    own = path.parent.name
    return rules & {own} if own in CHECKS else rules


BEFORE = {path: found(path) for path in GOOD}


@pytest.mark.parametrize("address", LEFT_OUT)
def test_what_is_not_asked_gives_no_finding_that_was_not_there(address: str) -> None:
    touched = [path for path in GOOD if address.rpartition(".")[0] in SAID[path] or address in SAID[path]]
    new = {path.relative_to(ROOT).as_posix(): found(path, address) - BEFORE[path] for path in touched}
    assert {path: rules for path, rules in new.items() if rules} == {}
