"""What is unsure of the measurements to come, for templates: goals not measured in time, and two days."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import date_in, several_in, text_in
from utbildningsprocess.answers.periods import day_in_words
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.sources import source_at, traced
from utbildningsprocess.model import Period, given_value, last_day
from utbildningsprocess.plan.due import coming, without_day
from utbildningsprocess.plan.reached import GoalState, promised_effects, state_of_effect
from utbildningsprocess.swedish import same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.model import AnswerSheet, Row, When
    from utbildningsprocess.plan.due import Due


def unsure_measurements(sheet: AnswerSheet, today: date) -> list[str]:
    """What somebody has to decide of the measurements to come, a sentence each."""
    return [*_not_measured_in_time(sheet, today), *_two_days(sheet, today)]


def _not_measured_in_time(sheet: AnswerSheet, today: date) -> Iterator[str]:
    """The goals with a last day to come and no measurement until then, with who measured them last."""
    is_planned = bool(given_rows(sheet.answers, addresses.MEASURES))
    for effect in promised_effects(sheet.answers) if is_planned else ():
        until = date_in(effect, "nar")
        if (
            until is None
            or last_day(until) < today
            or state_of_effect(sheet.answers, effect) is GoalState.REACHED
        ):
            continue
        measures = _measures_of(sheet, effect)
        if not _is_measured_by(sheet, measures, today, until):
            day = _said(sheet, addresses.EFFECT_MEASURES, effect, "nar")
            lacks = f"{effect.id} ska nås senast {day}, men ingen mätning är planerad till dess."
            yield " ".join([lacks, *_measured_before(sheet, measures)])


def _is_measured_by(sheet: AnswerSheet, measures: Sequence[Row], today: date, until: When) -> bool:
    """Whether something is to be measured in time, by plan or as the next, or a result has a day ahead."""
    ids = [row.id for row in measures]
    waits = any(row.id in ids for row in without_day(sheet))
    dues = [
        due.on for due in coming(sheet, today) if due.qid == addresses.NEXT_MEASUREMENT or _is_of(due, ids)
    ]
    is_told = any(last_day(on) >= today for _, on in _results(sheet, measures))
    return waits or is_told or any(last_day(on) <= last_day(until) for on in dues)


def _is_of(due: Due, measures: Sequence[str]) -> bool:
    return due.qid == addresses.MEASURES and due.row in measures


def _measures_of(sheet: AnswerSheet, effect: Row) -> Sequence[Row]:
    """The measures of the plan that are about an effect."""
    rows = given_rows(sheet.answers, addresses.MEASURES)
    return [row for row in rows if any(same(name, effect.id) for name in several_in(row, "avser"))]


def _results(sheet: AnswerSheet, measures: Sequence[Row]) -> list[tuple[Row, When]]:
    """The results of some measures that have a day, each with that."""
    rows = given_rows(sheet.answers, addresses.RESULTS)
    theirs = [row for row in rows if any(same(text_in(row, "matt"), measure.id) for measure in measures)]
    return [(row, on) for row in theirs if (on := date_in(row, "datum"))]


def _measured_before(sheet: AnswerSheet, measures: Sequence[Row]) -> Iterator[str]:
    """When and by whom a goal was measured the last time, as far as it is said."""
    for row, _ in sorted(_results(sheet, measures), key=lambda result: last_day(result[1]))[-1:]:
        measure = next(measure for measure in measures if same(text_in(row, "matt"), measure.id))
        day, role = _said(sheet, addresses.RESULTS, row, "datum"), text_in(measure, "ansvarig_roll")
        by = traced(role, partial(source_at, sheet, addresses.MEASURES, measure.id, "ansvarig_roll"))
        yield f"{measure.id} mättes {day}.{f' Ansvarig: {by}.' if by else ''}"


def _two_days(sheet: AnswerSheet, today: date) -> Iterator[str]:
    """That the next measurement has a day, and the first measurement in the plan another."""
    said = given_value(sheet.answers.get(addresses.NEXT_MEASUREMENT))
    planned = [due for due in coming(sheet, today) if due.qid == addresses.MEASURES]
    if not isinstance(said, (date, Period)) or last_day(said) < today or not planned:
        return
    first = said.first if isinstance(said, Period) else said
    if any(first <= last_day(due.on) <= last_day(said) for due in planned):
        return
    due = planned[0]
    answer = traced(day_in_words(said), lambda: source_at(sheet, addresses.NEXT_MEASUREMENT))
    counted = traced(day_in_words(due.on), lambda: source_at(sheet, addresses.MEASURES, due.row, "nar_dagar"))
    yield f"Nästa mätning är {answer}, men i planen mäts {due.row} {counted}. Bestäm vilken dag som gäller."


def _said(sheet: AnswerSheet, address: str, row: Row, field: str) -> str:
    """The day in a field of a row, in words."""
    day = date_in(row, field)
    return traced(day_in_words(day), lambda: source_at(sheet, address, row.id, field)) if day else ""
