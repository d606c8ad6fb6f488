"""Rules for Uppföljning: that what was planned is followed up, and that something is learnt from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.answers.cells import filled, number, pointing, text
from utbildningsprocess.checks.analys import OTHER_ACTIONS
from utbildningsprocess.checks.koncept import APPLICATION, MEASURES
from utbildningsprocess.checks.model import Hit
from utbildningsprocess.plan.thread import is_measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.model import Row

REACHED, RESULTS, STATUS = (
    "uppfoljning.natt_malen",
    "uppfoljning.resultat",
    "uppfoljning.andra_insatser_status",
)
LESSONS, NEXT_TIME = "uppfoljning.lardomar", "uppfoljning.nasta_matning"
IN_THE_WORK = (APPLICATION, "8_effekt")
A_MONTH = 30
"""Days after the last occasion before it shows whether something is used."""


def application_measured_too_soon(case: Case) -> Iterator[Hit]:
    """A plan to measure, but nothing in the work once a month has passed."""
    measures = filled(case.rows(MEASURES))
    late = any(
        text(one, "niva") == APPLICATION and (number(one, "nar_dagar") or 0) >= A_MONTH for one in measures
    )
    if case.begun("uppfoljning") and measures and not late:
        yield Hit(MEASURES)


def measures_without_result(case: Case) -> Iterator[Hit]:
    """Measures that were planned and came to nothing."""
    results = [row for row in case.rows(RESULTS) if text(row, "utfall")]
    yield from _not_followed_up(case, MEASURES, results, "matt")


def actions_without_status(case: Case) -> Iterator[Hit]:
    """Other actions of which nobody says whether they were done."""
    known = [row for row in case.rows(STATUS) if text(row, "status")]
    yield from _not_followed_up(case, OTHER_ACTIONS, known, "insats")


def _not_followed_up(case: Case, planned: str, followed: list[Row], field: str) -> Iterator[Hit]:
    if case.begun("uppfoljning"):
        for row in filled(case.rows(planned)):
            if not pointing(followed, field, row):
                yield Hit(planned, row.id, {"id": row.id})


def success_not_measured(case: Case) -> Iterator[Hit]:
    """Goals said to be reached, with nothing measured in the work that says so."""
    if case.text(REACHED) != "ja":
        return
    in_the_work = [one for one in case.rows(MEASURES) if text(one, "niva") in IN_THE_WORK]
    if not any(is_measured(case.applying, one) for one in in_the_work):
        yield Hit(REACHED)


def no_lesson(case: Case) -> Iterator[Hit]:
    """A follow-up from which nothing is learnt."""
    if case.begun("uppfoljning") and not any(text(row, "lardom") for row in case.rows(LESSONS)):
        yield Hit(LESSONS)


def no_next_measurement(case: Case) -> Iterator[Hit]:
    """A follow-up after which nobody looks again."""
    if case.begun("uppfoljning") and case.value(NEXT_TIME) is None:
        yield Hit(NEXT_TIME)
