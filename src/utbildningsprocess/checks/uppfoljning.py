"""Rules for Uppföljning: that what was planned is followed up, and that something is learnt from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    GOALS_REACHED,
    LESSONS,
    MEASURES,
    NEXT_MEASUREMENT,
    OTHER_ACTIONS,
    OTHER_ACTIONS_STATUS,
    RESULTS,
)
from utbildningsprocess.answers.cells import filled_rows, number_in, pointing, text_in
from utbildningsprocess.checks.koncept import APPLICATION
from utbildningsprocess.checks.model import Hit
from utbildningsprocess.plan.thread import is_measured
from utbildningsprocess.steps import FOLLOW_UP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.model import Row

_IN_THE_WORK = (APPLICATION, "8_effekt")
_A_MONTH = 30
"""Days after the last occasion before it shows whether something is used."""


def application_measured_too_soon(case: Case) -> Iterator[Hit]:
    """A plan to measure, but nothing in the work once a month has passed."""
    measures = filled_rows(case.rows(MEASURES))
    late = any(
        text_in(row, "niva") == APPLICATION and (number_in(row, "nar_dagar") or 0) >= _A_MONTH
        for row in measures
    )
    if case.begun(FOLLOW_UP) and measures and not late:
        yield Hit(MEASURES)


def measures_without_result(case: Case) -> Iterator[Hit]:
    """Measures that were planned and came to nothing."""
    results = [row for row in case.rows(RESULTS) if text_in(row, "utfall")]
    yield from _not_followed_up(case, MEASURES, results, "matt")


def actions_without_status(case: Case) -> Iterator[Hit]:
    """Other actions of which nobody says whether they were done."""
    known = [row for row in case.rows(OTHER_ACTIONS_STATUS) if text_in(row, "status")]
    yield from _not_followed_up(case, OTHER_ACTIONS, known, "insats")


def _not_followed_up(case: Case, planned: str, followed: list[Row], field: str) -> Iterator[Hit]:
    if case.begun(FOLLOW_UP):
        for row in filled_rows(case.rows(planned)):
            if not pointing(followed, field, row):
                yield Hit(planned, row.id, {"id": row.id})


def success_not_measured(case: Case) -> Iterator[Hit]:
    """Goals said to be reached, with nothing measured in the work that says so."""
    if case.text(GOALS_REACHED) != "ja":
        return
    in_the_work = [row for row in case.rows(MEASURES) if text_in(row, "niva") in _IN_THE_WORK]
    if not any(is_measured(case.applying, row) for row in in_the_work):
        yield Hit(GOALS_REACHED)


def no_lesson(case: Case) -> Iterator[Hit]:
    """A follow-up from which nothing is learnt."""
    if case.begun(FOLLOW_UP) and not any(text_in(row, "lardom") for row in case.rows(LESSONS)):
        yield Hit(LESSONS)


def no_next_measurement(case: Case) -> Iterator[Hit]:
    """A follow-up after which nobody looks again."""
    if case.begun(FOLLOW_UP) and case.value(NEXT_MEASUREMENT) is None:
        yield Hit(NEXT_MEASUREMENT)
