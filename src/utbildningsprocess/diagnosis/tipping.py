"""How one changed answer would change the diagnosis: every such change, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import OBSTACLES
from utbildningsprocess.diagnosis.outcome import SINGLE, Diagnosis, diagnose
from utbildningsprocess.model import Given, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.model import Answer, Answers, AnswerSheet, Question

MIDDLE = 0.5


@dataclass(frozen=True)
class TippingPoint:
    """One answer that, given otherwise, would give another outcome or other main actions."""

    qid: str
    statement: str
    """The statement changed, or nothing when the whole question was."""
    before: str | bool | None
    after: str | bool
    outcome: str | None
    main: tuple[str, ...]
    changes_outcome: bool
    distance: float
    """How far the answers lie from each other; half a step between ”stämmer” and ”stämmer delvis”."""


def tipping_points(rules: DiagnosisModel, sheet: AnswerSheet) -> tuple[TippingPoint, ...]:
    """Every single change that tips the diagnosis: those of the outcome first, then the nearest."""
    now = diagnose(rules, sheet.answers)
    changes = _changes(rules, sheet)
    found = [point for change in changes if (point := _tips(rules, sheet.answers, now, change))]
    return tuple(sorted(found, key=lambda point: (not point.changes_outcome, point.distance)))


@dataclass(frozen=True)
class _Change:
    qid: str
    statement: str
    before: str | bool | None
    after: str | bool
    answer: Answer
    distance: float


def _changes(rules: DiagnosisModel, sheet: AnswerSheet) -> Iterator[_Change]:
    for qid in SINGLE:
        question = sheet.battery.question(qid)
        if question is not None:
            yield from _of_single(question, sheet.answers)
    hinder = sheet.battery.question(OBSTACLES)
    if hinder is not None:
        yield from _of_statements(rules, hinder, sheet.answers)


def _of_single(question: Question, answers: Answers) -> Iterator[_Change]:
    answer = answers.get(question.qid)
    before = answer.value if isinstance(answer, Given) else None
    known = before if isinstance(before, (str, bool)) else None
    possible: list[str | bool] = [option.id for option in question.options]
    if question.kind is Kind.YES_NO:
        possible = [True, False]
    for after in possible:
        if after != known:
            yield _Change(question.qid, "", known, after, Given(after), 1.0)


def _of_statements(rules: DiagnosisModel, question: Question, answers: Answers) -> Iterator[_Change]:
    answer = answers.get(question.qid)
    given = answer.value if isinstance(answer, Given) and isinstance(answer.value, dict) else {}
    for statement in question.statements:
        before = given.get(statement.id)
        for after in (option.id for option in question.options):
            if after != before:
                distance = abs(rules.factor[after] - rules.factor.get(before or "", MIDDLE))
                changed = Given({**given, statement.id: after})
                yield _Change(question.qid, statement.id, before, after, changed, distance)


def _tips(rules: DiagnosisModel, answers: Answers, now: Diagnosis, change: _Change) -> TippingPoint | None:
    then = diagnose(rules, {**answers, change.qid: change.answer})
    if then.outcome == now.outcome and set(then.main) == set(now.main):
        return None
    return TippingPoint(
        change.qid,
        change.statement,
        change.before,
        change.after,
        then.outcome,
        then.main,
        then.outcome != now.outcome,
        change.distance,
    )
