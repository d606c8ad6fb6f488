"""The plan for templates: what is for which target group, when it happens, and how much there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import date_in, text_in
from utbildningsprocess.answers.periods import day_in_words
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.sources import kept, left_over, plain, source_at, traced
from utbildningsprocess.documents.text import as_sentence
from utbildningsprocess.documents.view import RowView, rows_of
from utbildningsprocess.model import last_day
from utbildningsprocess.pages.page import UNANSWERED
from utbildningsprocess.plan.cost import EVERYBODY
from utbildningsprocess.plan.due import (
    ACTION_DONE,
    as_one,
    coming,
    counted_from_last,
    days_from,
    is_cancelled,
    last_occasion,
    measured_on,
    without_day,
)
from utbildningsprocess.swedish import format_number, joined, running, same, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.documents.view import FieldView
    from utbildningsprocess.model import AnswerSheet, Row, When
    from utbildningsprocess.plan.due import Due

_FIRST_TIME = "det första gemensamma tillfället"
_ROLES = ("ansvarig_roll", "ledare_roll", "roll")
"""The fields that name who does what a row says."""
_OTHERS, _NOWHERE = "Övriga", "–"
_SOON = timedelta(days=60)
"""What has its day within these is what whoever takes over has to begin with."""
_LONGEST_NAME = 40
"""Letters of the activity that weeks are counted from: it stands on many lines."""
_Member = TypeVar("_Member")


class PlanRow(RowView):
    """A row of the plan, with the fields that are read here, so that mypy finds one that is misspelt.

    A goal, an activity, an occasion … has those of them that its question has; so has a template's row.
    """

    aktivitet: FieldView
    ansvarig_roll: FieldView
    datum: FieldView
    fas: FieldView
    insats: FieldView
    ledare_roll: FieldView
    malgrupp: FieldView
    metod: FieldView
    namn: FieldView
    nar_dagar: FieldView
    minuter: FieldView
    plats: FieldView
    titel: FieldView
    vecka: FieldView


class Part(NamedTuple, Generic[_Member]):
    """Some rows that belong together, as many as there is room for."""

    namn: str
    rader: Sequence[_Member]
    fler: int
    """How many were left out."""
    where: str = ""
    """The address where they all stand."""

    @property
    def till(self) -> str:
        """How many were left out, as it is said."""
        return left_over(len(self.rader) + self.fler, len(self.rader), self.where) if self.fler else ""


@dataclass(frozen=True)
class TargetGroup:
    """A target group, with the goals and the activities that are for it."""

    namn: str
    """Empty when all are one group."""
    mal: Sequence[PlanRow]
    aktiviteter: Sequence[PlanRow]


class Planned(NamedTuple):
    """One line of the timetable."""

    datum: str
    vad: str
    plats: str
    ansvarig: str
    dag: date
    """The day to sort by; the last of all for what has none."""


class Promised(NamedTuple):
    """Something with a date ahead, or that should have been done."""

    datum: str
    vad: str
    ansvarig: str
    """The role; empty when none is named."""
    forsenat: bool = False
    snart: bool = False
    """Whether it is overdue, or within the coming days."""
    rad: str = ""
    namn: str = ""
    """What it is, without how far it has come."""
    lage: str = ""
    """How far it has come, in short."""


class PlanView:
    """The plan: groups, gatherings, timetable, and when each activity happens."""

    def __init__(self, sheet: AnswerSheet, today: date) -> None:
        self._sheet, self._today = sheet, today
        self.kanda = tuple(name for name in dir(PlanView) if not name.startswith("_"))

    def __str__(self) -> str:
        """The groups of the plan."""
        return ", ".join(filter(None, (group.namn for group in self.grupper)))

    def _rows(self, address: str) -> list[PlanRow]:
        return rows_of(self._sheet, address, PlanRow)

    # ------------------------------------------------------------- for whom

    @property
    def grupper(self) -> list[TargetGroup]:
        """Every target group that has a goal or an activity; one without a name unless there are several."""
        goals = rows_of(self._sheet, addresses.GOALS, PlanRow)
        activities = rows_of(self._sheet, addresses.ACTIVITIES, PlanRow)
        known = known_groups(self._sheet)
        names = [name for name in self._names([*goals, *activities]) if name in known]
        if len(names) < 2:  # noqa: PLR2004  nothing to tell apart
            return [TargetGroup("", goals, activities)] if goals or activities else []
        return [TargetGroup(name, _for(name, goals), _for(name, activities)) for name in names]

    def _names(self, rows: Iterable[PlanRow]) -> list[str]:
        """The groups that rows point at, in the order of the question about groups."""
        names = dict.fromkeys(name for row in rows for name in row.malgrupp.namn)
        known = known_groups(self._sheet)
        return sorted(names, key=lambda name: known.index(name) if name in known else len(known))

    def per_grupp(self, rader: Sequence[PlanRow], rum: int) -> list[Part[PlanRow]]:
        """The rows by the target groups they are for, at most `rum` rows in all, shared between the parts."""
        order = self._names(rader)
        by_names: dict[tuple[str, ...], list[PlanRow]] = {}
        for row in rader:
            by_names.setdefault(tuple(sorted(row.malgrupp.namn, key=order.index)), []).append(row)
        keys = sorted(by_names, key=lambda names: [order.index(name) for name in names] or [len(order)])
        return shared([(self._named(names), by_names[names]) for names in keys], rum, _address(rader))

    def _named(self, names: Iterable[str]) -> str:
        """The names of target groups, in a sentence."""
        return traced(joined(names), lambda: source_at(self._sheet, addresses.TARGET_GROUPS))

    def delat(self, rader: Sequence[PlanRow], falt: str, rum: int) -> list[Part[PlanRow]]:
        """The rows by what is chosen in a field, in the order of its options, at most `rum` rows in all."""
        fields: list[FieldView] = [getattr(row, falt) for row in rader]
        pairs = [(field.varde, row) for field, row in zip(fields, rader, strict=True)]
        keys = [*fields[0].alternativ, None] if fields else []
        groups = [(key or "", [row for chosen, row in pairs if chosen == key]) for key in keys]
        return shared(groups, rum, _address(rader))

    def ihop(self, del_: Part[PlanRow], falt: str, langd: int = 300) -> str:
        """What the rows of a part say in a field, and how many were left out, in a sentence."""
        fields: list[FieldView] = [getattr(row, falt) for row in del_.rader]
        said = "; ".join(field.utan_punkt(langd) for field in fields)
        return " och ".join(filter(None, [said, f"{del_.till} till" if del_.fler else ""]))

    def nagra(self, rader: Sequence[PlanRow], falt: str, flest: int, langd: int = 300) -> str:
        """What the first rows say in a field, in a sentence; empty without rows."""
        return self.ihop(Part("", rader[:flest], max(len(rader) - flest, 0), _address(rader)), falt, langd)

    # ----------------------------------------------------------------- when

    @property
    def vecka_noll(self) -> str:
        """The title of the activity in week 0, from which weeks are counted; empty when there is none."""
        rows = rows_of(self._sheet, addresses.ACTIVITIES, PlanRow)
        return next((row.titel.utan_punkt() for row in rows if row.vecka.varde == 0 and row.titel.finns), "")

    def nar(self, rad: PlanRow, flest: int = 4) -> str:
        """When an activity happens: its dates, else its week in words."""
        held = [row for row in given_rows(self._sheet.answers, addresses.OCCASIONS) if not is_cancelled(row)]
        days = self._days(row for row in held if same(text_in(row, "aktivitet"), rad.id))
        return joined(days, most=flest or None) if days else self._week(rad)

    def _days(self, rows: Iterable[Row]) -> list[str]:
        """The days of some occasions in words, in order."""
        days = {day: row.id for row in rows if (day := date_in(row, "datum"))}
        return [
            self._said_of(addresses.OCCASIONS, days[day], "datum", day) for day in sorted(days, key=last_day)
        ]

    def _said_of(self, address: str, row_id: str, field: str, day: When) -> str:
        """A day in words, from a field of a row."""
        return traced(day_in_words(day), lambda: source_at(self._sheet, address, row_id, field))

    def _week(self, row: PlanRow) -> str:
        """The week of an activity, counted from the first time together."""
        week = row.vecka.varde
        if not isinstance(week, (int, float)):
            return UNANSWERED
        zero = kept(shortened, self.vecka_noll or _FIRST_TIME, _LONGEST_NAME)
        if week == 0:
            itself = plain(self.vecka_noll) in ("", plain(row.titel.utan_punkt()))
            return row.vecka.sagt("vecka 0") if itself else f"samma vecka som {zero}"
        many = "veckan" if abs(week) == 1 else f"{format_number(abs(week))} veckor"
        return f"{row.vecka.sagt(many)} {'före' if week < 0 else 'efter'} {zero}"

    @property
    def tidplan(self) -> list[Planned]:
        """Occasions, measurements and the day it must work, by date; materials have a list of their own."""
        planned = self._sheet.without({addresses.RESULTS})  # what has been measured was planned too
        days = {(due.qid, due.row): (due.on, self.dag(due)) for due in coming(planned, date.min)}
        told = {addresses.OCCASIONS: _occasion, addresses.MEASURES: _measure}
        lines = [
            line_of(view, *(days.get((qid, row.id)) or (None, self._undated(view))))
            for qid, line_of in told.items()
            for row, view in zip(
                given_rows(self._sheet.answers, qid), rows_of(self._sheet, qid, PlanRow), strict=False
            )
            if any(field.finns for _, field in view.falt()) and not is_cancelled(row)
        ]
        if needed := days.get((addresses.NEEDED_BY, "")):
            lines.append(_line(*needed, "Det ska fungera i vardagen", _NOWHERE, _NOWHERE))
        return sorted(lines, key=lambda line: line.dag)

    def _undated(self, row: PlanRow) -> str:
        return self.mats(row) if row.qid == addresses.MEASURES else UNANSWERED

    @property
    def kommande(self) -> list[Promised]:
        """What is promised or planned from today on, and what should have been done; last what has no day."""
        waiting = {row.id for row in without_day(self._sheet)}
        dues = as_one(self._sheet, coming(self._sheet, self._today))
        told = [due.measure for due in dues if due.measure]
        measures = {row.id: row for row in rows_of(self._sheet, addresses.MEASURES, PlanRow)}
        undated = [
            Promised(self.mats(row), running(f"Mät {row.id} {row.metod}"), _said(row.ansvarig_roll))
            for row in measures.values()
            if row.id in waiting and row.id not in told
        ]
        return [*(self._promised(due, measures.get(due.measure)) for due in dues), *undated]

    def _promised(self, due: Due, measure: PlanRow | None) -> Promised:
        """What is due; the next measurement is of the only measure that is left, where just one is."""
        is_soon = due.overdue or last_day(due.on) <= self._today + _SOON
        what, role = (
            (running(f"Nästa mätning: {measure.id} {measure.metod}"), _said(measure.ansvarig_roll))
            if measure
            else (self._what(due), self._role(due))
        )
        named = traced(due.what.removeprefix(ACTION_DONE), lambda: source_at(self._sheet, due.qid, due.row))
        state = self._state(due)
        far = state.ihop("status") if state else ""
        return Promised(self.dag(due), what, role, due.overdue, is_soon, due.row, named, far)

    def dag(self, due: Due) -> str:
        """The day of what is due in words: an answer, or so many days after the last occasion."""
        return traced(day_in_words(due.on), lambda: self._day_source(due))

    def _day_source(self, due: Due) -> str:
        question = self._sheet.battery.known(due.qid)
        row = next((row for row in given_rows(self._sheet.answers, due.qid) if row.id == due.row), None)
        fields = [name for name, value in row.values.items() if value == due.on] if row else []
        if question is None or row is None or fields or due.qid != addresses.MEASURES:
            return source_at(self._sheet, due.qid, due.row, next(iter(fields), ""))
        return self._counted_from_last(PlanRow(question, row, self._sheet), day_in_words(due.on))

    def _counted_from_last(self, row: PlanRow, day: str) -> str:
        """How the day of a measurement is counted, and from which answers."""
        days, last = row.nar_dagar, last_occasion(self._sheet.answers)
        if last is None:
            return days.kalla()
        occasion = source_at(self._sheet, addresses.OCCASIONS, last[1].id, "datum")
        sign = "−" if isinstance(days.varde, (int, float)) and days.varde < 0 else "+"
        counted = f"{day} = {day_in_words(last[0])} {sign} {plain(str(days)).lstrip('-−')}. " if day else ""
        return f"{counted}Det sista tillfället: {occasion}. Dagarna: {days.kalla()}"

    def _what(self, due: Due) -> str:
        what = traced(due.what, lambda: source_at(self._sheet, due.qid, due.row))
        state = self._state(due)
        said = state.ihop("status", "kommentar") if state else ""
        return f"{kept(as_sentence, what)} Läge: {said}" if said else what

    def _state(self, due: Due) -> PlanRow | None:
        """What is said of how far another action has come."""
        states = self._rows(addresses.OTHER_ACTIONS_STATUS) if due.qid == addresses.OTHER_ACTIONS else []
        return next((row for row in states if same(str(row.insats.varde), due.row)), None)

    def _role(self, due: Due) -> str:
        """The role that has promised what is due; empty when none is named."""
        row = next((row for row in given_rows(self._sheet.answers, due.qid) if row.id == due.row), None)
        field = next((field for field in _ROLES if row and text_in(row, field)), "")
        words = text_in(row, field) if row else ""
        return traced(words, lambda: source_at(self._sheet, due.qid, due.row, field))

    @staticmethod
    def dagar_efter(rad: PlanRow) -> str:
        """When a measurement is made, counted from the last occasion."""
        days = rad.nar_dagar.varde
        if isinstance(days, (int, float)):
            return rad.nar_dagar.sagt(days_from(days))
        return f"{rad.nar_dagar} efter" if rad.nar_dagar.finns else UNANSWERED

    def mats(self, rad: PlanRow) -> str:
        """When a measurement is made: so long after the last occasion, and its day when it can be counted."""
        days, after = rad.nar_dagar.varde, self.dagar_efter(rad)
        if not isinstance(days, (int, float)):
            return after
        if day := measured_on(self._sheet.answers, days):
            words = day_in_words(day)
            return f"{after} sista tillfället, {traced(words, lambda: self._counted_from_last(rad, words))}"
        words = counted_from_last(self._sheet.answers, plain(after))
        return traced(words, lambda: self._counted_from_last(rad, ""))


# ------------------------------------------------------------------- sharing


def shared(
    groups: Sequence[tuple[str, Sequence[_Member]]], room: int, where: str = ""
) -> list[Part[_Member]]:
    """The groups that have rows, each with its share of the room; what is left out is counted."""
    shares = _shares([len(rows) for _, rows in groups], room)
    dealt = list(zip(groups, shares, strict=True))
    parts = [Part(name, rows[:share], len(rows) - share, where) for (name, rows), share in dealt if share]
    lost = sum(len(rows) for (_, rows), share in dealt if not share)
    return [*parts, Part(_OTHERS, [], lost, where)] if lost else parts


def _address(rows: Sequence[RowView]) -> str:
    """The address of the group that rows stand in; empty without rows."""
    return rows[0].qid if rows else ""


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """How many of each there is room for, dealt out in turn."""
    shares = [0] * len(sizes)
    while room > 0 and shares != list(sizes):
        for place, size in enumerate(sizes):
            if shares[place] < size and room > 0:
                shares[place], room = shares[place] + 1, room - 1
    return shares


def _for(name: str, rows: Iterable[PlanRow]) -> list[PlanRow]:
    """The rows that are for a group: those that name it, those for everybody, and those that name none."""
    return [row for row in rows if not row.malgrupp.finns or is_for(row, [name])]


def is_for(row: PlanRow, groups: Iterable[str]) -> bool:
    """Whether a row names one of some target groups, or everybody."""
    return any(same(named, group) for group in (*groups, EVERYBODY) for named in row.malgrupp.namn)


def known_groups(sheet: AnswerSheet) -> list[str]:
    """The names of the target groups that the initiative is for."""
    return [plain(row.namn.text) for row in rows_of(sheet, addresses.TARGET_GROUPS, PlanRow)]


# ------------------------------------------------------------------ in words


def _said(field: FieldView) -> str:
    """What a field says; empty when nobody has said it."""
    return field.text if field.finns else ""


def _line(day: When | None, words: str, what: str, place: object, role: object) -> Planned:
    return Planned(words, what, str(place), str(role), last_day(day) if day else date.max)


def _occasion(row: PlanRow, day: When | None, words: str) -> Planned:
    return _line(day, words, row.aktivitet.text, row.plats, row.ledare_roll)


def _measure(row: PlanRow, day: When | None, words: str) -> Planned:
    what = running(f"Mätning: {row.id} {row.metod}")
    return _line(day, words, what, _NOWHERE, row.ansvarig_roll)
