"""How one changed answer would change the diagnosis: every such change, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import OBSTACLES
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.diagnosis.counting import SINGLE_QUESTIONS, diagnose, statement_answers
from utbildningsprocess.model import Given, given_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.model import Answers, AnswerSheet, Question

    _Changes = Iterator[tuple["TippingPoint", Given]]
    """Answers given otherwise, before it is known what that changes, with the answer to the question."""

_MIDDLE = 0.5
"""The factor that a statement without an answer is taken to have."""


@dataclass(frozen=True)
class TippingPoint:
    """One answer that, given otherwise, would give another outcome or other main actions."""

    qid: str
    statement: str
    """The statement changed; empty when the whole question was."""
    before: str | bool | None
    after: str | bool
    distance: float
    """How far the answers lie apart: 0.5 between ”stämmer” and ”stämmer delvis”, 1 for a whole question."""
    outcome: str | None = None
    """The code of the outcome it would give."""
    changes_outcome: bool = False


def tipping_points(model: DiagnosisModel, sheet: AnswerSheet) -> tuple[TippingPoint, ...]:
    """Every single change that tips the diagnosis: those of the outcome first, then the nearest."""
    now = diagnose(model, sheet.answers)
    points = []
    for change, answer in _changes(model, sheet):
        then = diagnose(model, {**sheet.answers, change.qid: answer})
        changes_outcome = then.outcome != now.outcome
        if changes_outcome or set(then.main) != set(now.main):
            points.append(replace(change, outcome=then.outcome, changes_outcome=changes_outcome))
    return tuple(sorted(points, key=lambda point: (not point.changes_outcome, point.distance)))


def _changes(model: DiagnosisModel, sheet: AnswerSheet) -> _Changes:
    for question in filter(None, map(sheet.battery.question, SINGLE_QUESTIONS)):
        yield from _of_single(question, sheet.answers)
    if obstacles := sheet.battery.question(OBSTACLES):
        yield from _of_statements(model, obstacles, sheet.answers)


def _of_single(question: Question, answers: Answers) -> _Changes:
    before = given_value(answers.get(question.qid))
    known = before if isinstance(before, (str, bool)) else None
    for after in handling(question.kind).possible(question):
        if after != known:
            yield TippingPoint(question.qid, "", known, after, 1.0), Given(after)


def _of_statements(model: DiagnosisModel, question: Question, answers: Answers) -> _Changes:
    given = statement_answers(answers)
    for statement in question.statements:
        before = given.get(statement.id)
        for after in (option.id for option in question.options):
            if after != before:
                distance = abs(model.factor[after] - model.factor.get(before or "", _MIDDLE))
                point = TippingPoint(question.qid, statement.id, before, after, distance)
                yield point, Given({**given, statement.id: after})
