"""What the rules take for no answer: a lone dash, and a question that is skipped for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from test_checks import BATTERY, EXAMPLE, QUESTIONS, case, fields, given
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.checks.findings import check
from utbildningsprocess.checks.texts import load_rules
from utbildningsprocess.model import Given, Kind, Row

if TYPE_CHECKING:
    from utbildningsprocess.model import Answers

RULES = load_rules((QUESTIONS / "rod-trad.yaml").read_text("utf-8"), "rod-trad.yaml")
DASHES = ("–", "...")
WORDS = (Kind.TEXT, Kind.LONG_TEXT, Kind.MEASURE)
TEXTS = [
    question.qid for question in BATTERY.questions() if question.kind in WORDS and question.qid in EXAMPLE
]
CELLS = [
    (question.qid, field.id)
    for question in BATTERY.questions()
    for field in question.fields
    if field.kind in WORDS and any(field.id in row.values for row in given_rows(EXAMPLE, question.qid))
]


def found(answers: Answers) -> list[tuple[str, str, str]]:
    """The findings, by rule, question and row; what is quoted of an answer is no matter here."""
    return [(finding.rule, finding.qid, finding.row) for finding in check(case(answers), RULES)]


@pytest.mark.parametrize("qid", TEXTS)
@pytest.mark.parametrize("dash", DASHES)
def test_a_lone_dash_says_as_little_as_no_answer(qid: str, dash: str) -> None:
    assert found(given(**{qid: dash})(EXAMPLE)) == found(given(**{qid: None})(EXAMPLE))


@pytest.mark.parametrize(("qid", "field"), CELLS)
def test_a_lone_dash_in_a_row_says_as_little_as_an_empty_field(qid: str, field: str) -> None:
    without = found(fields(qid, **{field: None})(EXAMPLE))
    assert [dash for dash in DASHES if found(fields(qid, **{field: dash})(EXAMPLE)) != without] == []


@pytest.mark.parametrize("qid", [question.qid for question in BATTERY.questions() if question.fields])
def test_a_row_of_dashes_is_no_row(qid: str) -> None:
    question = BATTERY.question(qid)
    assert question is not None
    cells = {field.id: "–" for field in question.fields if field.kind in WORDS}
    dashes = Given((Row(f"{question.row_prefix or ''}1", cells),))
    assert found({**EXAMPLE, qid: dashes}) == found({**EXAMPLE, qid: Given(())})
