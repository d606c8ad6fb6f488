"""Rules for Genomförande: that people can come, leave with a plan, and are caught up when they could not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ACTIVITIES,
    MISSED,
    OCCASIONS,
    OWN_PLANS,
    PARTICIPATION,
    STAFFING,
    TARGET_GROUPS,
)
from utbildningsprocess.answers.cells import meaningful, number_in, pointing, text_in
from utbildningsprocess.checks.case import Case, Hit, Hits, row_hit
from utbildningsprocess.plan.cost import takes_part
from utbildningsprocess.plan.due import is_cancelled
from utbildningsprocess.swedish import grouped

if TYPE_CHECKING:
    from utbildningsprocess.model import Row

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
        groups = [row for row in case.rows(TARGET_GROUPS) if takes_part(text_in(row, "namn"), activity)]
        people = sum(number_in(row, "antal") or 0 for row in groups)
        seats = _seats(case, activity)
        if seats is not None and seats < people:
            words = {"aktivitet": activity.id, "platser": grouped(seats), "antal": grouped(people)}
            title = text_in(activity, "titel")
            yield row_hit(ACTIVITIES, activity, {"aktivitet": title} if title else {}, **words)


def _seats(case: Case, activity: Row) -> float | None:
    """The seats of the occasions that are held; None when there are none, or one does not say."""
    held = [row for row in case.filled(OCCASIONS) if not is_cancelled(row)]
    occasions = pointing(held, "aktivitet", activity)
    seats = [number_in(row, "platser") for row in occasions]
    known = [count for count in seats if count is not None]
    return sum(known) if known and len(known) == len(seats) else None


def missed_without_plan(case: Case) -> Hits:
    """Groups in which many did not complete, and nobody has said what happens to them."""
    if meaningful(case.text(MISSED)):
        return
    for row in case.filled(PARTICIPATION):
        invited, completed = number_in(row, "inbjudna"), number_in(row, "fullfoljt")
        if invited and completed is not None and completed * 100 < invited * _MOST:
            words = {"andel": grouped(int(completed * 100 / invited)), "malgrupp": f"rad {row.id}"}
            name = text_in(row, "malgrupp")
            yield Hit(PARTICIPATION, row.id, words, {"malgrupp": name} if name else {})
