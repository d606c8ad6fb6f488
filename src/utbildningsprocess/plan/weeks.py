"""Week 0: the day that weeks are counted from, in each round, the same for every document and picture."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import ACTIVITIES, FIRST_OCCASION, OCCASIONS
from utbildningsprocess.answers.cells import date_in, number_in, text_in
from utbildningsprocess.answers.periods import week_period
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import Period, given_value
from utbildningsprocess.plan.due import is_cancelled
from utbildningsprocess.swedish import fold, same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.model import Answers, Row, When

_WEEK = 7


class WeekZero(NamedTuple):
    """A day in week 0, as it is said, and where."""

    day: date
    said: When
    address: str
    row: str = ""


def exact(when: When) -> date | None:
    """The first day of a date that is known to the week."""
    if isinstance(when, Period):
        return when.first if (when.last - when.first).days < _WEEK else None
    return when


def round_key(name: str) -> str:
    """A round's name for comparing."""
    return fold(name).removesuffix(".")


def week_zeros(answers: Answers) -> dict[str, WeekZero]:
    """The day that each round counts from, by the key of its name; by "" where no round has a day.

    It is the first day of what happens in week 0. What is answered about the first occasion may be a guess,
    so it counts only where no such day is known.
    """
    held = [row for row in given_rows(answers, OCCASIONS) if not is_cancelled(row)]
    first = [row.id for row in given_rows(answers, ACTIVITIES) if number_in(row, "vecka") == 0]
    dated = [
        WeekZero(on, on, OCCASIONS, row.id)
        for row in held
        if isinstance(on := date_in(row, "datum"), date) and (not first or _is_of(row, first))
    ]
    names = {row.id: round_key(text_in(row, "omgang")) for row in held}
    by_round = {name: [zero for zero in dated if names[zero.row] == name] for name in names.values()}
    for_all = by_round.pop("", [])
    counted = {name: _first(own or for_all) for name, own in by_round.items() if own or for_all}
    return counted or _of_all(answers, dated)


def week_counted(zero: WeekZero, weeks: float) -> Period | None:
    """The calendar week so many weeks from week 0; None beyond all calendars."""
    try:
        year, week, _ = (zero.day + timedelta(weeks=weeks)).isocalendar()
        return week_period(year, week)
    except (OverflowError, ValueError):
        return None


def first_week_zero(answers: Answers) -> WeekZero | None:
    """The day that weeks are counted from where the rounds are shown as one: that of the first of them."""
    zeros = week_zeros(answers)
    return _first([*zeros.values()]) if zeros else None


def _first(zeros: Sequence[WeekZero]) -> WeekZero:
    return min(zeros, key=lambda zero: zero.day)


def _is_of(occasion: Row, activities: Sequence[str]) -> bool:
    return any(same(text_in(occasion, "aktivitet"), activity) for activity in activities)


def _of_all(answers: Answers, dated: Sequence[WeekZero]) -> dict[str, WeekZero]:
    if dated:
        return {"": _first(dated)}
    said = given_value(answers.get(FIRST_OCCASION))
    day = exact(said) if isinstance(said, (date, Period)) else None
    return {"": WeekZero(day, said, FIRST_OCCASION)} if day and isinstance(said, (date, Period)) else {}
