"""The plan for templates: what is for which target group, when it happens, and how much there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar, cast

from utbildningsprocess import addresses
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.view import RowView
from utbildningsprocess.model import Period, last_day
from utbildningsprocess.pages.page import UNANSWERED
from utbildningsprocess.plan.due import coming, is_cancelled
from utbildningsprocess.swedish import format_number, joined, running, same, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.documents.view import FieldView
    from utbildningsprocess.model import AnswerSheet, Row, When

_FIRST_TIME = "det första gemensamma tillfället"
_OTHERS, _NOWHERE = "Övriga", "–"
_NO_PLACE = "plats ej besvarad"
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
    ledare_roll: FieldView
    malgrupp: FieldView
    metod: FieldView
    namn: FieldView
    nar_dagar: FieldView
    plats: FieldView
    titel: FieldView
    vecka: FieldView


class Part(NamedTuple, Generic[_Member]):
    """Some rows that belong together, as many as there is room for."""

    namn: str
    rader: Sequence[_Member]
    fler: int
    """How many were left out."""


@dataclass(frozen=True)
class TargetGroup:
    """A target group, with the goals and the activities that are for it."""

    namn: str
    """Empty when all are one group."""
    mal: Sequence[PlanRow]
    aktiviteter: Sequence[PlanRow]


@dataclass(frozen=True)
class Gathering:
    """An activity with its occasions."""

    titel: str
    grupp: str
    """Whom it is for; empty for everybody."""
    dagar: tuple[When, ...]
    plats: str
    skilda: tuple[tuple[str, tuple[When, ...]], ...]
    """The places, each with its dates, unless all of it happens in one place."""

    @property
    def flera(self) -> bool:
        """Whether it happens more than once."""
        return len(self.dagar) > 1

    def datum(self, flest: int = 0) -> str:
        """Its dates in words, at most so many."""
        return _in_order(self.dagar, flest)

    def datum_och_plats(self, flest: int, langd: int) -> str:
        """The dates of each place in words, at most so many, when it is not one place."""
        return "; ".join(
            f"{_in_order(days, flest)}, {shortened(place, langd)}" for place, days in self.skilda
        )


class Planned(NamedTuple):
    """One line of the timetable."""

    datum: str
    vad: str
    plats: str
    ansvarig: str
    dag: date
    """The day to sort by; the last of all for what has none."""


class PlanView:
    """The plan: groups, gatherings, timetable, and when each activity happens."""

    def __init__(self, sheet: AnswerSheet) -> None:
        self._sheet = sheet
        self.kanda = tuple(name for name in dir(PlanView) if not name.startswith("_"))

    def __str__(self) -> str:
        """The groups of the plan."""
        return ", ".join(filter(None, (group.namn for group in self.grupper)))

    def _rows(self, address: str) -> list[PlanRow]:
        """The rows answered to a group; none when the battery has no such question."""
        question = self._sheet.battery.question(address)
        if question is None:
            return []
        return [PlanRow(question, row, self._sheet) for row in given_rows(self._sheet.answers, address)]

    # ------------------------------------------------------------- for whom

    @property
    def grupper(self) -> list[TargetGroup]:
        """Every target group that has a goal or an activity; one without a name unless there are several."""
        goals, activities = self._rows(addresses.GOALS), self._rows(addresses.ACTIVITIES)
        names = self._names([*goals, *activities])
        if len(names) < 2:  # noqa: PLR2004  nothing to tell apart
            return [TargetGroup("", goals, activities)] if goals or activities else []
        return [TargetGroup(name, _for(name, goals), _for(name, activities)) for name in names]

    def _names(self, rows: Iterable[PlanRow]) -> list[str]:
        """The groups that rows point at, in the order of the question about groups."""
        names = dict.fromkeys(name for row in rows for name in row.malgrupp.namn)
        known = [row.namn.text for row in self._rows(addresses.TARGET_GROUPS)]
        return sorted(names, key=lambda name: known.index(name) if name in known else len(known))

    def per_grupp(self, rader: Sequence[PlanRow], rum: int) -> list[Part[PlanRow]]:
        """The rows by the target groups they are for, at most `rum` rows in all, shared between the parts."""
        order = self._names(rader)
        by_names: dict[tuple[str, ...], list[PlanRow]] = {}
        for row in rader:
            by_names.setdefault(tuple(sorted(row.malgrupp.namn, key=order.index)), []).append(row)
        keys = sorted(by_names, key=lambda names: [order.index(name) for name in names] or [len(order)])
        return _shared([(joined(names), by_names[names]) for names in keys], rum)

    def delat(self, rader: Sequence[PlanRow], falt: str, rum: int) -> list[Part[PlanRow]]:
        """The rows by what is chosen in a field, in the order of its options, at most `rum` rows in all."""
        fields: list[FieldView] = [getattr(row, falt) for row in rader]
        pairs = [(field.varde, row) for field, row in zip(fields, rader, strict=True)]
        keys = [*fields[0].alternativ, None] if fields else []
        return _shared([(key or "", [row for chosen, row in pairs if chosen == key]) for key in keys], rum)

    def ihop(self, del_: Part[PlanRow], falt: str, langd: int = 300) -> str:
        """What the rows of a part say in a field, and how many were left out, in a sentence."""
        fields: list[FieldView] = [getattr(row, falt) for row in del_.rader]
        said = "; ".join(field.utan_punkt(langd) for field in fields)
        return " och ".join(filter(None, [said, f"{del_.fler} till" if del_.fler else ""]))

    def nagra(self, rader: Sequence[PlanRow], falt: str, flest: int, langd: int = 300) -> str:
        """What the first rows say in a field, in a sentence; empty without rows."""
        return self.ihop(Part("", rader[:flest], max(len(rader) - flest, 0)), falt, langd)

    # ----------------------------------------------------------------- when

    @property
    def vecka_noll(self) -> str:
        """The title of the activity in week 0, from which weeks are counted; empty when there is none."""
        rows = self._rows(addresses.ACTIVITIES)
        return next((row.titel.utan_punkt() for row in rows if row.vecka.varde == 0 and row.titel.finns), "")

    def nar(self, rad: PlanRow, flest: int = 4) -> str:
        """When an activity happens: its dates, else its week in words."""
        occasions = self._rows(addresses.OCCASIONS)
        days = _days(row for row in occasions if same(str(row.aktivitet.varde or ""), rad.id))
        return _in_order(days, flest) if days else self._week(rad)

    def _week(self, row: PlanRow) -> str:
        """The week of an activity, counted from the first time together."""
        week = row.vecka.varde
        if not isinstance(week, (int, float)):
            return UNANSWERED
        zero = shortened(self.vecka_noll or _FIRST_TIME, _LONGEST_NAME)
        if week == 0:
            return "vecka 0" if self.vecka_noll in ("", row.titel.utan_punkt()) else f"samma vecka som {zero}"
        many = "veckan" if abs(week) == 1 else f"{format_number(abs(week))} veckor"
        return f"{many} {'före' if week < 0 else 'efter'} {zero}"

    def tillfallen(self, flest: int | None = None) -> list[Gathering]:
        """Every activity that has occasions, or at most so many, shared between groups; earliest first."""
        by_activity: dict[str, list[PlanRow]] = {}
        for row, given in zip(self._rows(addresses.OCCASIONS), self._occasions(), strict=True):
            if is_cancelled(given):
                continue
            by_activity.setdefault(row.aktivitet.text, []).append(row)
        gatherings = sorted(map(_gathering, by_activity.values()), key=_first_day)
        if flest is None:
            return gatherings
        by_group: dict[str, list[Gathering]] = {}
        for gathering in gatherings:
            by_group.setdefault(gathering.grupp, []).append(gathering)
        chosen = [members for _, members, _ in _shared([*by_group.items()], flest)]
        return sorted(chain(*chosen), key=_first_day)

    def _occasions(self) -> tuple[Row, ...]:
        return given_rows(self._sheet.answers, addresses.OCCASIONS)

    @property
    def tidplan(self) -> list[Planned]:
        """Materials, occasions, measurements and the day it must work, by date."""
        planned = self._sheet.without({addresses.RESULTS})  # what has been measured was planned too
        days = {(due.qid, due.row): due.on for due in coming(planned, date.min)}
        told = {addresses.MATERIAL: _material, addresses.OCCASIONS: _occasion, addresses.MEASURES: _measure}
        lines = [
            line_of(view, days.get((qid, row.id)))
            for qid, line_of in told.items()
            for row, view in zip(given_rows(self._sheet.answers, qid), self._rows(qid), strict=False)
            if any(field.finns for _, field in view.falt()) and not is_cancelled(row)
        ]
        if needed := days.get((addresses.NEEDED_BY, "")):
            lines.append(_line(needed, "Det ska fungera i vardagen", _NOWHERE, _NOWHERE))
        return sorted(lines, key=lambda line: line.dag)

    @staticmethod
    def dagar_efter(rad: PlanRow) -> str:
        """When a measurement is made, counted from the last occasion."""
        if rad.nar_dagar.varde == 0:
            return "direkt efter"
        return f"{rad.nar_dagar} efter" if rad.nar_dagar.finns else UNANSWERED


# ------------------------------------------------------------------- sharing


def _shared(groups: Sequence[tuple[str, Sequence[_Member]]], room: int) -> list[Part[_Member]]:
    """The groups that have rows, each with its share of the room; what is left out is counted."""
    shares = _shares([len(rows) for _, rows in groups], room)
    dealt = list(zip(groups, shares, strict=True))
    parts = [Part(name, rows[:share], len(rows) - share) for (name, rows), share in dealt if share]
    lost = sum(len(rows) for (_, rows), share in dealt if not share)
    return [*parts, Part(_OTHERS, [], lost)] if lost else parts


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """How many of each there is room for, dealt out in turn."""
    shares = [0] * len(sizes)
    while room > 0 and shares != list(sizes):
        for place, size in enumerate(sizes):
            if shares[place] < size and room > 0:
                shares[place], room = shares[place] + 1, room - 1
    return shares


def _for(name: str, rows: Iterable[PlanRow]) -> list[PlanRow]:
    """The rows that are for a group: those that name it, and those that name none."""
    return [row for row in rows if not row.malgrupp.finns or name in row.malgrupp.namn]


# ------------------------------------------------------------------ in words


def _in_order(days: Sequence[When], most: int = 0) -> str:
    """Dates in words, at most so many; all when there is no limit."""
    return joined(map(str, days), most=most or None) or UNANSWERED


def _days(rows: Iterable[PlanRow]) -> tuple[When, ...]:
    days = (row.datum.varde for row in rows)
    return tuple(sorted({day for day in days if isinstance(day, (date, Period))}, key=last_day))


def _gathering(rows: Sequence[PlanRow]) -> Gathering:
    activity = next(iter(cast("list[PlanRow]", rows[0].aktivitet.rader)), None)
    title = activity.titel.utan_punkt() if activity and activity.titel.finns else ""
    by_place: dict[str, list[PlanRow]] = {}
    for row in rows:
        by_place.setdefault(row.plats.utan_punkt() if row.plats.finns else _NO_PLACE, []).append(row)
    places = tuple((place, _days(there)) for place, there in by_place.items())
    return Gathering(
        title or (rows[0].aktivitet.utan_punkt() if rows[0].aktivitet.finns else "Tillfälle"),
        joined(activity.malgrupp.namn) if activity else "",
        _days(rows),
        "" if [*by_place] == [_NO_PLACE] else "; ".join(by_place),
        places if len(places) > 1 else (),
    )


def _first_day(gathering: Gathering) -> date:
    return last_day(gathering.dagar[0]) if gathering.dagar else date.max


def _line(day: When | None, what: str, place: object, role: object, otherwise: str = UNANSWERED) -> Planned:
    by = last_day(day) if day else date.max
    return Planned(str(day or otherwise), what, str(place), str(role), by)


def _material(row: PlanRow, day: When | None) -> Planned:
    return _line(day, running(f"Material klart: {row.id} {row.titel}"), _NOWHERE, row.ansvarig_roll)


def _occasion(row: PlanRow, day: When | None) -> Planned:
    return _line(day, row.aktivitet.text, row.plats, row.ledare_roll)


def _measure(row: PlanRow, day: When | None) -> Planned:
    after = PlanView.dagar_efter(row)
    when = after if after == UNANSWERED else f"{after} sista tillfället"
    return _line(day, running(f"Mätning: {row.id} {row.metod}"), _NOWHERE, row.ansvarig_roll, when)
