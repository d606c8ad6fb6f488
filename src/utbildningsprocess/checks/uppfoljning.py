"""Rules for Uppföljning: that what was planned is followed up, and that something is learnt from it."""

from __future__ import annotations

from utbildningsprocess.addresses import (
    GOALS_REACHED,
    LESSONS,
    MEASURES,
    NEXT_MEASUREMENT,
    OTHER_ACTIONS,
    OTHER_ACTIONS_STATUS,
)
from utbildningsprocess.answers.cells import number_in, text_in
from utbildningsprocess.checks.case import Case, Hit, Hits, row_hit, unmet_rows
from utbildningsprocess.checks.koncept import APPLICATION
from utbildningsprocess.plan.thread import all_outcomes, is_measured
from utbildningsprocess.steps import FOLLOW_UP

_IN_THE_WORK = (APPLICATION, "8_effekt")
_A_MONTH = 30
"""Days after the last occasion before it shows whether something is used."""


def application_measured_too_soon(case: Case) -> Hits:
    """A plan to measure, but nothing in the work once a month has passed."""
    measures = case.filled(MEASURES)
    late = any(
        text_in(row, "niva") == APPLICATION and (number_in(row, "nar_dagar") or 0) >= _A_MONTH
        for row in measures
    )
    if case.begun(FOLLOW_UP) and measures and not late:
        yield Hit(MEASURES)


def measures_without_result(case: Case) -> Hits:
    """Measures that were planned and came to nothing."""
    if case.begun(FOLLOW_UP):
        missing = (row for row in case.filled(MEASURES) if not all_outcomes(case.applying, row))
        yield from (row_hit(MEASURES, row) for row in missing)


def actions_without_status(case: Case) -> Hits:
    """Other actions of which nobody says whether they were done."""
    if case.begun(FOLLOW_UP):
        known = [row for row in case.rows(OTHER_ACTIONS_STATUS) if text_in(row, "status")]
        yield from unmet_rows(case, OTHER_ACTIONS, known, "insats")


def success_not_measured(case: Case) -> Hits:
    """Goals said to be reached, with nothing measured in the work that says so."""
    if case.text(GOALS_REACHED) != "ja":
        return
    in_the_work = [row for row in case.rows(MEASURES) if text_in(row, "niva") in _IN_THE_WORK]
    if not any(is_measured(case.applying, row) for row in in_the_work):
        yield Hit(GOALS_REACHED)


def no_lesson(case: Case) -> Hits:
    """A follow-up from which nothing is learnt."""
    if case.begun(FOLLOW_UP) and not any(text_in(row, "lardom") for row in case.rows(LESSONS)):
        yield Hit(LESSONS)


def no_next_measurement(case: Case) -> Hits:
    """A follow-up after which nobody looks again."""
    if case.begun(FOLLOW_UP) and case.value(NEXT_MEASUREMENT) is None:
        yield Hit(NEXT_MEASUREMENT)
