"""Rules for Uppföljning: that what was planned is followed up, and that something is learnt from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    EFFECT_MEASURES,
    GOALS_REACHED,
    LESSONS,
    MEASURES,
    NEXT_MEASUREMENT,
    OCCASIONS,
    OTHER_ACTIONS,
    OTHER_ACTIONS_STATUS,
    RESULTS,
)
from utbildningsprocess.answers.cells import is_said, number_in, pointing, text_in
from utbildningsprocess.answers.measures import states_two_values
from utbildningsprocess.checks.case import Case, Hit, Hits, row_hit
from utbildningsprocess.checks.koncept import APPLICATION
from utbildningsprocess.model import last_day
from utbildningsprocess.plan.due import coming, without_day
from utbildningsprocess.plan.thread import LONGEST_NAME, all_outcomes, is_measured, says_measured
from utbildningsprocess.steps import FOLLOW_UP
from utbildningsprocess.swedish import format_number, in_quotation_marks, joined

if TYPE_CHECKING:
    from utbildningsprocess.model import Row

_IN_THE_WORK = (APPLICATION, "8_effekt")
_TAKEN_ON = {"ansvarig_roll": "ansvarig roll", "klart": "datum"}
_A_MONTH = 30
"""Days after the last occasion before it shows whether something is used."""


def application_measured_too_soon(case: Case) -> Hits:
    """A plan to measure, but nothing in the work once a month has passed."""
    measures = case.filled(MEASURES)
    days = {
        row.id: number_in(row, "nar_dagar") or 0 for row in measures if text_in(row, "niva") == APPLICATION
    }
    nearest = max(days, key=lambda row_id: days[row_id], default="")
    if case.begun(FOLLOW_UP) and measures and days.get(nearest, 0) < _A_MONTH:
        words = f"{nearest}, dag {format_number(days[nearest])}" if nearest else "inget mått på nivå 7"
        yield Hit(MEASURES, words={"narmast": words})


def measures_without_result(case: Case) -> Hits:
    """Measures that were planned and came to nothing, once their day has come."""
    if case.begun(FOLLOW_UP):
        due = (due for due in coming(case.sheet, case.today) if due.qid == MEASURES)
        waiting = {measure.row for measure in due if last_day(measure.on) > case.today}
        if case.rows(OCCASIONS):  # one of them has no day yet
            waiting |= {measure.id for measure in without_day(case.sheet)}
        for row in case.filled(MEASURES):
            if row.id not in waiting and not all_outcomes(case.applying, row):
                yield Hit(MEASURES, row.id, {"matt": row.id}, {"matt": _with_method(row)}, RESULTS)


def _with_method(measure: Row) -> str:
    how = text_in(measure, "metod")
    return f"{measure.id} ({how})" if how else measure.id


def actions_without_status(case: Case) -> Hits:
    """Other actions of which nobody says whether they were done."""
    if case.begun(FOLLOW_UP):
        known = [row for row in case.rows(OTHER_ACTIONS_STATUS) if text_in(row, "status")]
        for action in case.filled(OTHER_ACTIONS):
            if not pointing(known, "insats", action):
                yield row_hit(OTHER_ACTIONS, action, opens=OTHER_ACTIONS_STATUS)


def success_not_measured(case: Case) -> Hits:
    """Goals said to be reached, with nothing measured in the work that says so."""
    if case.text(GOALS_REACHED) != "ja":
        return
    in_the_work = [row for row in case.rows(MEASURES) if text_in(row, "niva") in _IN_THE_WORK]
    if not any(is_measured(case.applying, row) for row in in_the_work):
        yield Hit(GOALS_REACHED, opens=RESULTS)


def no_lesson(case: Case) -> Hits:
    """A follow-up from which nothing is learnt."""
    if case.begun(FOLLOW_UP) and not any(text_in(row, "lardom") for row in case.rows(LESSONS)):
        yield Hit(LESSONS)


def no_next_measurement(case: Case) -> Hits:
    """A follow-up after which nobody looks again."""
    if case.begun(FOLLOW_UP) and case.value(NEXT_MEASUREMENT) is None:
        yield Hit(NEXT_MEASUREMENT)


def results_without_day(case: Case) -> Hits:
    """Results that do not say when they were measured."""
    for row in case.filled(RESULTS):
        if says_measured(text_in(row, "utfall")) and not is_said(row, "datum"):
            yield _result(case, row)


def several_values_in_a_result(case: Case) -> Hits:
    """Results that hold more than one value, so that none of them can be compared."""
    for row in case.filled(RESULTS):
        measures = [measure for measure in case.filled(MEASURES) if pointing([row], "matt", measure)]
        effects = [effect for effect in case.filled(EFFECT_MEASURES) if pointing(measures, "avser", effect)]
        outcome = text_in(row, "utfall")
        if says_measured(outcome) and (states_two_values(outcome) or len(effects) > 1):
            yield _result(case, row)


def _result(case: Case, row: Row) -> Hit:
    """A hit on a result, which the sentence calls by its measure, and by its row where there is none."""
    planned = (_with_method(measure) for measure in case.filled(MEASURES) if pointing([row], "matt", measure))
    name = next(planned, text_in(row, "matt"))
    return Hit(RESULTS, row.id, {"matt": f"i rad {row.id}"}, {"matt": f"för {name}"} if name else {})


def lessons_nobody_acts_on(case: Case) -> Hits:
    """Lessons for now, about what to change, that nobody has taken on."""
    for row in case.filled(LESSONS):
        is_for_now = text_in(row, "anvands") in ("nu", "bada") and text_in(row, "typ") in ("andra", "sluta")
        lacking = [words for field, words in _TAKEN_ON.items() if not is_said(row, field)]
        if is_for_now and lacking:
            lesson = text_in(row, "lardom")
            words = {"lardom": f"i rad {row.id}", "saknas": joined(lacking)}
            raw = {"lardom": in_quotation_marks(lesson, LONGEST_NAME)} if lesson else {}
            yield Hit(LESSONS, row.id, words, raw)
