"""How one changed answer would change the diagnosis: every such change, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import OBSTACLES
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.diagnosis.outcome import SINGLE, Diagnosis, diagnose
from utbildningsprocess.model import Given, given_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.diagnosis.rules import Rules
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


def tipping_points(rules: Rules, sheet: AnswerSheet) -> tuple[TippingPoint, ...]:
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


def _changes(rules: Rules, sheet: AnswerSheet) -> Iterator[_Change]:
    for qid in SINGLE:
        question = sheet.battery.question(qid)
        if question is not None:
            yield from _of_single(question, sheet.answers)
    hinder = sheet.battery.question(OBSTACLES)
    if hinder is not None:
        yield from _of_statements(rules, hinder, sheet.answers)


def _of_single(question: Question, answers: Answers) -> Iterator[_Change]:
    before = given_value(answers.get(question.qid))
    known = before if isinstance(before, (str, bool)) else None
    for after in handling(question.kind).possible(question):
        if after != known:
            yield _Change(question.qid, "", known, after, Given(after), 1.0)


def _of_statements(rules: Rules, question: Question, answers: Answers) -> Iterator[_Change]:
    value = given_value(answers.get(question.qid))
    given = value if isinstance(value, dict) else {}
    for statement in question.statements:
        before = given.get(statement.id)
        for after in (option.id for option in question.options):
            if after != before:
                distance = abs(rules.factor[after] - rules.factor.get(before or "", MIDDLE))
                changed = Given({**given, statement.id: after})
                yield _Change(question.qid, statement.id, before, after, changed, distance)


def _tips(rules: Rules, answers: Answers, now: Diagnosis, change: _Change) -> TippingPoint | None:
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
