"""How long it takes to type the answers of a stage: an estimate from what sorts of questions it asks."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from utbildningsprocess.answers.conditions import is_asked
from utbildningsprocess.model import Kind

if TYPE_CHECKING:
    from utbildningsprocess.model import AnswerSheet, Question, Stage

SECONDS = {
    Kind.LONG_TEXT: 60,
    Kind.TEXT: 20,
    Kind.LIST: 20,
    Kind.MULTIPLE: 12,
    Kind.DATE: 10,
    Kind.TIME_SPAN: 10,
    Kind.MEASURE: 10,
    Kind.CHOICE: 8,
    Kind.NUMBER: 8,
    Kind.STATEMENTS: 8,
    Kind.REFERENCES: 8,
    Kind.REFERENCE: 6,
    Kind.YES_NO: 5,
}
"""An answer of each sort, a statement, or a field of a row. Our own estimate; never measured on people."""
ROWS = 2
"""Rows in a group, as a small initiative has them."""


def minutes_to_type(stage: Stage, sheet: AnswerSheet, *, core_only: bool = False) -> int:
    """About how many minutes it takes to type what a stage asks, besides the talk about it."""
    asked = (question for question in stage.questions if is_asked(question, sheet))
    return ceil(sum(_seconds(question, core_only) for question in asked if question.core >= core_only) / 60)


def _seconds(question: Question, core_only: bool) -> int:  # noqa: FBT001  passed on
    if question.kind is Kind.GROUP:
        core = [field for field in question.fields if field.core] if core_only else []
        typed = [field for field in core or question.fields if not (field.late or field.retired)]
        return ROWS * sum(SECONDS[field.kind] for field in typed)
    return SECONDS[question.kind] * max(1, len(question.statements))
