"""Rules for Genomförande: that people can come, leave with a plan, and are caught up when they could not."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ACTIVITIES,
    DEMAND,
    DEMAND_RECORD,
    GOALS,
    MISSED,
    OCCASIONS,
    OWN_PLANS,
    PARTICIPATION,
    STAFFING,
    TARGET_GROUPS,
)
from utbildningsprocess.answers.cells import date_in, number_in, pointing, several_in, text_in
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.checks.behov import DEMANDS
from utbildningsprocess.checks.case import Case, Hit, Hits
from utbildningsprocess.model import last_day
from utbildningsprocess.plan.due import is_cancelled
from utbildningsprocess.steps import DELIVERY
from utbildningsprocess.swedish import grouped, same, with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.model import Row

_EVERYBODY = " (ingen målgrupp är vald, så alla är räknade)"
_TWO_WEEKS = timedelta(days=14)
_MOST = 80
"""Percent of a group who should complete, or there should be a plan for the rest."""


def few_own_plans(case: Case) -> Hits:
    """Participants who leave without a plan of their own."""
    if case.text(OWN_PLANS) in ("nagra", "nej"):
        yield Hit(OWN_PLANS)


def staffing_not_solved(case: Case) -> Hits:
    """Training that nobody covers for, or that is done in people's own time."""
    if not {"ej_lost", "egen_tid"}.isdisjoint(case.several(STAFFING)):
        yield Hit(STAFFING)


def too_few_seats(case: Case) -> Hits:
    """Activities with fewer seats than people who are to take part."""
    for activity in case.filled(ACTIVITIES):
        groups, people, seats = _groups(case, activity), _people(case, activity), _seats(case, activity)
        if seats is not None and seats < people:
            wanting = f"{grouped(people)} personer{'' if groups else _EVERYBODY}"
            words = {"aktivitet": activity.id, "platser": grouped(seats), "antal": wanting}
            title = text_in(activity, "titel")
            yield Hit(ACTIVITIES, activity.id, words, {"aktivitet": title} if title else {}, OCCASIONS)


def seats_lacking(case: Case, activity_id: str) -> str:
    """How many have no seat in an activity and, where all occasions hold as many, how many more it takes."""
    activity = next((row for row in case.filled(ACTIVITIES) if row.id == activity_id), None)
    seats = _seats(case, activity) if activity else None
    if activity is None or seats is None:
        return ""
    lacking = _people(case, activity) - seats
    held = {number_in(row, "platser") for row in _held(case, activity)}
    each_holds = held.pop() if len(held) == 1 else None
    if not each_holds:
        return f"{grouped(lacking)} saknar plats."
    more = with_unit(ceil(lacking / each_holds), "tillfällen")
    return f"{grouped(lacking)} saknar plats; med {grouped(each_holds)} per tillfälle behövs {more} till."


def _people(case: Case, activity: Row) -> float:
    """How many are to take part in an activity."""
    groups = _groups(case, activity) or case.rows(TARGET_GROUPS)
    return sum(number_in(row, "antal") or 0 for row in groups)


def _held(case: Case, activity: Row) -> Sequence[Row]:
    """The occasions of an activity that are held."""
    held = [row for row in case.filled(OCCASIONS) if not is_cancelled(row)]
    return pointing(held, "aktivitet", activity)


def _groups(case: Case, activity: Row) -> list[Row]:
    """The target groups of an activity, its own or those of the goals it trains; none when nobody says."""
    named = several_in(activity, "malgrupp")
    goals = [goal for goal in case.rows(GOALS) if pointing([activity], "mal", goal)]
    for_whom = named or [name for goal in goals for name in several_in(goal, "malgrupp")]
    groups = case.rows(TARGET_GROUPS)
    return [row for row in groups if any(same(text_in(row, "namn"), name) for name in for_whom)]


def _seats(case: Case, activity: Row) -> float | None:
    """The seats of the occasions that are held; None when there are none, or one does not say."""
    seats = [number_in(row, "platser") for row in _held(case, activity)]
    known = [count for count in seats if count is not None]
    return sum(known) if known and len(known) == len(seats) else None


def missed_without_plan(case: Case) -> Hits:
    """Groups in which many did not complete, and nobody has said what happens to them."""
    if case.text(MISSED):
        return
    for row in case.filled(PARTICIPATION):
        invited, completed = number_in(row, "inbjudna"), number_in(row, "fullfoljt")
        if invited and completed is not None and completed * 100 < invited * _MOST:
            words = {"andel": grouped(int(completed * 100 / invited)), "malgrupp": f"rad {row.id}"}
            name = text_in(row, "malgrupp")
            yield Hit(PARTICIPATION, row.id, words, {"malgrupp": name} if name else {}, MISSED)


def nobody_counted(case: Case) -> Hits:
    """An occasion some time ago, after which nobody has said how many completed."""
    if any(number_in(row, "fullfoljt") is not None for row in case.rows(PARTICIPATION)):
        return
    held = [row for row in case.filled(OCCASIONS) if not is_cancelled(row)]
    days = [last_day(on) for row in held if (on := date_in(row, "datum"))]
    past = [day for day in days if day + _TWO_WEEKS <= case.today]
    if past:
        yield Hit(PARTICIPATION, words={"datum": date_in_short(max(past))})


def demand_nobody_records(case: Case) -> Hits:
    """A demand that is met, without anybody to keep a record of it."""
    if case.begun(DELIVERY) and case.text(DEMAND) in DEMANDS and not case.text(DEMAND_RECORD):
        yield Hit(DEMAND_RECORD)
