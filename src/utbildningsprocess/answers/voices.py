"""What several have said each on their own of one question, kept beside each other: never its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import VOICES
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.swedish import same

if TYPE_CHECKING:
    from utbildningsprocess.model import AnswerSheet, Question, Row


class SaidAlone(NamedTuple):
    """What one of several has said."""

    who: str
    said: str


def said_alone(question: Question, sheet: AnswerSheet) -> tuple[SaidAlone, ...]:
    """What several have said of a question, known by the words it has, or has had."""
    known = (question.text, *question.former)
    rows = given_rows(sheet.answers, VOICES)
    return tuple(
        SaidAlone(who_says(row, sheet), str(row.values.get("sagt", "")))
        for row in rows
        if any(same(str(row.values.get("fraga", "")), text) for text in known)
    )


def who_says(row: Row, sheet: AnswerSheet) -> str:
    """The role of whoever a row is about, as closely as it is told; the row's own name where it is not."""
    if closer := row.values.get("vem"):
        return str(closer)
    question, role = sheet.battery.question(VOICES), str(row.values.get("roll", ""))
    label = question.field("roll").label(role) if question and role else ""
    return label or row.id
