"""The measurements to come, for templates: which is when, what is overdue, and what is unsure of them."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import date_in, several_in, text_in
from utbildningsprocess.answers.periods import day_in_words
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.plan import PlanRow, PlanView
from utbildningsprocess.documents.sources import source_at, traced
from utbildningsprocess.documents.view import RowView, rows_of
from utbildningsprocess.model import Period, given_value, last_day
from utbildningsprocess.plan.due import as_one, coming, without_day
from utbildningsprocess.plan.reached import GoalState, promised_effects, state_of_effect
from utbildningsprocess.plan.thread import says_measured
from utbildningsprocess.swedish import same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.documents.view import FieldView
    from utbildningsprocess.model import AnswerSheet, Row, When
    from utbildningsprocess.plan.due import Due

_FOLLOW_UP = "uppfoljning."
"""What the addresses of the last step begin with."""
_LATE = "Skulle ha mätts senast"


class _ResultRow(RowView):
    datum: FieldView
    utfall: FieldView


class MeasuringView:
    """The measurements that are not made: when each is to be, and which should have been."""

    kanda = ("gors", "nasta", "overtid", "sen", "start")

    def __init__(self, sheet: AnswerSheet, today: date) -> None:
        self._sheet, self._today, self._plan = sheet, today, PlanView(sheet, today)
        self._dues = [
            due
            for due in as_one(sheet, coming(sheet, today))
            if due.qid in (addresses.MEASURES, addresses.NEXT_MEASUREMENT)
        ]

    def __str__(self) -> str:
        """When the next is made."""
        return self.nasta

    @property
    def start(self) -> str:
        """That nothing is measured yet, and when the first time is, while something is planned."""
        begun = any(qid.startswith(_FOLLOW_UP) for qid in self._sheet.answers)
        if begun or not (self._dues or without_day(self._sheet)):
            return ""
        late = [due for due in self._dues if due.overdue]
        first = f"{_LATE} {self._named(self._dues[0])}, inte mätt" if late else self._first()
        return f"Uppföljningen är inte påbörjad: {first[:1].lower()}{first[1:]}."

    def _first(self) -> str:
        if self._dues:
            return f"första mätningen är {self._named(self._dues[0])}"
        return "ingen mätning har en dag än"

    @property
    def nasta(self) -> str:
        """When the next measurement is made, and what is measured; empty when nobody has said."""
        return self._named(self._dues[0]) if self._dues else ""

    @property
    def sen(self) -> str:
        """That the next measurement should have been made; empty while it is to come."""
        due = self._dues[0] if self._dues else None
        return f"{_LATE} {self._named(due)}. Inte mätt" if due and due.overdue else ""

    def gors(self, rad: PlanRow) -> str:
        """When a measure, or what measures an effect, is measured or should have been; empty if unknown."""
        theirs = _measures_of(self._sheet, rad.id)
        ids = [rad.id] if rad.qid == addresses.MEASURES else [row.id for row in theirs]
        due = next((due for due in self._dues if (due.measure or due.row) in ids), None)
        waiting = [row for row in without_day(self._sheet) if row.id in ids]
        if due is None and waiting:
            rows = rows_of(self._sheet, addresses.MEASURES, PlanRow)
            when = next(self._plan.mats(row) for row in rows if row.id == waiting[0].id)
            return f"Ska mätas {when}"
        return self._state(due) if due else ""

    def overtid(self, rad: _ResultRow) -> str:
        """That a result that says nothing measured has a day that has passed; empty otherwise."""
        day = rad.datum.varde
        is_late = isinstance(day, (date, Period)) and last_day(day) < self._today
        return f"{_LATE} {rad.datum}, inte mätt" if is_late and not says_measured(rad.utfall.text) else ""

    def _state(self, due: Due) -> str:
        day = self._plan.dag(due)
        return f"{_LATE} {day}, inte mätt" if due.overdue else f"Ska mätas {day}"

    def _named(self, due: Due) -> str:
        """The day and what is measured on it."""
        rows = rows_of(self._sheet, addresses.MEASURES, PlanRow)
        row = next((row for row in rows if row.id == (due.measure or due.row)), None)
        return ", ".join(
            filter(None, [self._plan.dag(due), f"{row.id} {row.metod.utan_punkt()}" if row else ""])
        )


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
        measures = _measures_of(sheet, effect.id)
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


def _measures_of(sheet: AnswerSheet, effect: str) -> Sequence[Row]:
    """The measures of the plan that are about an effect."""
    rows = given_rows(sheet.answers, addresses.MEASURES)
    return [row for row in rows if any(same(name, effect) for name in several_in(row, "avser"))]


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
