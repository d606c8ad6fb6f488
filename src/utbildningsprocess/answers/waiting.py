"""What waits for somebody to find out: questions nobody can answer yet, and such fields of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.rows import given_rows, row_label
from utbildningsprocess.answers.unknown import is_unknown
from utbildningsprocess.model import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import AnswerSheet, GroupField, Question, Row, Stage


class Awaited(NamedTuple):
    """A question, or a field of one of its rows, with who can know; empty when that is not said."""

    question: Question
    who: str
    row: Row | None = None
    field: GroupField | None = None

    @property
    def words(self) -> str:
        """What is waited for: the question, or the row and its field."""
        if self.row is None or self.field is None:
            return self.question.text
        return f"{row_label(self.question, self.row)}: {self.field.name}"


def awaited(stage: Stage, sheet: AnswerSheet) -> Iterator[Awaited]:
    """What nobody knows yet in a stage, of what applies: the questions first, then the fields of rows."""
    applying = [question for question in stage.questions if is_relevant(question, sheet)]
    for question in applying:
        if is_unknown(answer := sheet.answers.get(question.qid)):
            yield Awaited(question, answer.who if isinstance(answer, Unknown) else "")
    for question in applying:
        for row in given_rows(sheet.answers, question.qid):
            fields = (field for field in question.fields if field.id in row.unknown)
            yield from (Awaited(question, row.unknown[field.id], row, field) for field in fields)
