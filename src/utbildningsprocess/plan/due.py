"""The dates of an initiative: what is coming up, and what should have happened and has not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import (
    ACTIVITIES,
    EFFECT_MEASURES,
    EXPERT_REVIEW,
    MATERIAL,
    MEASURES,
    NEEDED_BY,
    NEXT_MEASUREMENT,
    OCCASIONS,
    OTHER_ACTIONS,
    OTHER_ACTIONS_STATUS,
)
from utbildningsprocess.answers.cells import text_in
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import given_value
from utbildningsprocess.plan.thread import LONGEST, is_measured, named
from utbildningsprocess.swedish import same, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import Answers, AnswerSheet, Row

DONE = "klar"


class Due(NamedTuple):
    """Something that has a date. `overdue` says that the date has passed and it has not been done."""

    on: date
    what: str
    qid: str
    row: str = ""
    overdue: bool = False


class _Plan(NamedTuple):
    """A date, and whether it is known that what it is for remains to be done."""

    on: date
    what: str
    qid: str
    row: str = ""
    remains: bool = False


def coming(sheet: AnswerSheet, today: date) -> tuple[Due, ...]:
    """What is due today or later, and what is overdue, by date.

    What has passed is left out unless it is known to remain: an occasion may well have been held.
    """
    plans = [plan for plan in _plans(sheet.answers) if plan.on >= today or plan.remains]
    asked = {qid for qid in {plan.qid for plan in plans} if _is_asked(sheet, qid)}
    found = [
        Due(plan.on, plan.what, plan.qid, plan.row, overdue=plan.on < today)
        for plan in plans
        if plan.qid in asked
    ]
    return tuple(sorted(found, key=lambda due: due.on))


def _is_asked(sheet: AnswerSheet, qid: str) -> bool:
    question = sheet.battery.question(qid)
    return question is not None and is_relevant(question, sheet)


def _plans(answers: Answers) -> Iterator[_Plan]:
    yield from _single(answers, NEEDED_BY, "Det ska fungera i vardagen")
    yield from _effects(answers)
    yield from _actions(answers)
    yield from _materials(answers)
    yield from _reviews(answers)
    yield from _occasions(answers)
    yield from _measures(answers)
    yield from _single(answers, NEXT_MEASUREMENT, "Nästa mätning", remains=True)


def _single(answers: Answers, qid: str, what: str, *, remains: bool = False) -> Iterator[_Plan]:
    on = given_value(answers.get(qid))
    if isinstance(on, date):
        yield _Plan(on, what, qid, remains=remains)


def _effects(answers: Answers) -> Iterator[_Plan]:
    for row in given_rows(answers, EFFECT_MEASURES):
        if on := _date(row, "nar"):
            yield _Plan(on, f"Mål att nå: {named(row, 'matt')}", EFFECT_MEASURES, row.id)


def _actions(answers: Answers) -> Iterator[_Plan]:
    """The other actions, until somebody says that they are done."""
    done = [row for row in given_rows(answers, OTHER_ACTIONS_STATUS) if text_in(row, "status") == DONE]
    for row in given_rows(answers, OTHER_ACTIONS):
        is_done = any(same(text_in(one, "insats"), row.id) for one in done)
        if (on := _date(row, "klart")) and not is_done:
            yield _Plan(on, f"Insats klar: {named(row, 'insats')}", OTHER_ACTIONS, row.id, remains=True)


def _materials(answers: Answers) -> Iterator[_Plan]:
    for row in given_rows(answers, MATERIAL):
        if on := _date(row, "klart"):
            yield _Plan(on, f"Material klart: {named(row, 'titel')}", MATERIAL, row.id)


def _reviews(answers: Answers) -> Iterator[_Plan]:
    for row in given_rows(answers, EXPERT_REVIEW):
        if on := _date(row, "giltigt_till"):
            who = shortened(text_in(row, "roll"), LONGEST)
            yield _Plan(
                on,
                f"Ny sakgranskning{f': {who}' if who else ''}",
                EXPERT_REVIEW,
                row.id,
                remains=True,
            )


def _occasions(answers: Answers) -> Iterator[_Plan]:
    activities = given_rows(answers, ACTIVITIES)
    for row in given_rows(answers, OCCASIONS):
        meant = text_in(row, "aktivitet")
        name = next(
            (named(one, "titel") for one in activities if same(one.id, meant)), shortened(meant, LONGEST)
        )
        if on := _date(row, "datum"):
            yield _Plan(on, f"Tillfälle{f': {name}' if name else ''}", OCCASIONS, row.id)


def _measures(answers: Answers) -> Iterator[_Plan]:
    """The measures without an outcome, so many days after the last occasion."""
    dates = [on for row in given_rows(answers, OCCASIONS) if (on := _date(row, "datum"))]
    for row in given_rows(answers, MEASURES):
        on = _after(max(dates), row.values.get("nar_dagar")) if dates else None
        if on and not is_measured(answers, row):
            yield _Plan(on, f"Mät {named(row, 'metod')}", MEASURES, row.id, remains=True)


def _after(last: date, days: object) -> date | None:
    """The day so many days later; None when no number is given, or one beyond all calendars."""
    if isinstance(days, bool) or not isinstance(days, (int, float)):
        return None
    try:
        return last + timedelta(days=days)
    except (OverflowError, ValueError):
        return None


def _date(row: Row, field: str) -> date | None:
    value = row.values.get(field)
    return value if isinstance(value, date) else None
