"""The plan as those who meet it need it: what is for whom, when it happens, and what there is no room for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import MATERIAL, MEASURES, NEEDED_BY, OCCASIONS, RESULTS
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.view import AnswersView
from utbildningsprocess.pages.page import UNANSWERED
from utbildningsprocess.plan.due import coming
from utbildningsprocess.swedish import format_number, joined, running, same, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.documents.view import RowView
    from utbildningsprocess.model import AnswerSheet

FIRST_TIME = "det första gemensamma tillfället"
OTHERS, EVERYBODY = "Övriga", "Alla"
NOWHERE = "–"
LONGEST_NAME = 40
"""Letters of the activity that weeks are counted from: it stands on many lines."""


class Part(NamedTuple):
    """Some rows that belong together, as many as there is room for."""

    namn: str
    rader: Sequence[RowView]
    fler: int
    """How many were left out."""


@dataclass(frozen=True)
class Group:
    """A target group, with the goals and the activities that are for it."""

    namn: str
    """Empty when all are one group."""
    mal: Sequence[RowView]
    aktiviteter: Sequence[RowView]


@dataclass(frozen=True)
class Gathering:
    """An activity with its occasions."""

    titel: str
    grupp: str
    """Whom it is for; empty for everybody."""
    dagar: tuple[date, ...]
    plats: str

    @property
    def flera(self) -> bool:
        """Whether it happens more than once."""
        return len(self.dagar) > 1

    def datum(self, flest: int = 0) -> str:
        """Its dates in words, at most so many."""
        return in_order(self.dagar, flest)


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

    kanda = (
        "grupper",
        "tillfallen",
        "tidplan",
        "vecka_noll",
        "per_grupp",
        "delat",
        "ihop",
        "nagra",
        "nar",
        "dagar_efter",
    )

    def __init__(self, sheet: AnswerSheet) -> None:
        self._sheet = sheet
        self._svar = AnswersView(sheet)

    def __str__(self) -> str:
        """The groups of the plan."""
        return ", ".join(filter(None, (group.namn for group in self.grupper)))

    # ------------------------------------------------------------- for whom

    @property
    def grupper(self) -> list[Group]:
        """Every target group that has a goal or an activity; one without a name unless there are several."""
        goals, activities = self._svar.koncept.larandemal.rader, self._svar.koncept.aktiviteter.rader
        names = self._names([*goals, *activities])
        if len(names) < 2:  # noqa: PLR2004  nothing to tell apart
            return [Group("", goals, activities)] if goals or activities else []
        return [Group(name, _for(name, goals), _for(name, activities)) for name in names]

    def _names(self, rows: Iterable[RowView]) -> list[str]:
        """The groups that rows point at, in the order of the question about groups."""
        found = list(dict.fromkeys(name for row in rows for name in row.malgrupp.namn))
        known = [row.namn.text for row in self._svar.behov.malgrupper.rader]
        return sorted(found, key=lambda name: known.index(name) if name in known else len(known))

    def per_grupp(self, rader: Sequence[RowView], rum: int) -> list[Part]:
        """Rows by whom they are for, the room shared between the groups."""
        order = self._names(rader)
        found: dict[tuple[str, ...], list[RowView]] = {}
        for row in rader:
            found.setdefault(tuple(sorted(row.malgrupp.namn, key=order.index)), []).append(row)
        keys = sorted(found, key=lambda names: [order.index(name) for name in names] or [len(order)])
        return shared([(joined(names), found[names]) for names in keys], rum)

    def delat(self, rader: Sequence[RowView], falt: str, rum: int) -> list[Part]:
        """Rows by what is chosen in a field, in the order of its options, the room shared between them."""
        first = getattr(rader[0], falt) if rader else None
        keys = [*first.alternativ, None] if first else []
        return shared(
            [(str(key or ""), [row for row in rader if getattr(row, falt).varde == key]) for key in keys], rum
        )

    def ihop(self, del_: Part, falt: str, langd: int = 300) -> str:
        """What the rows of a part say in a field, and how many were left out, in a sentence."""
        said = "; ".join(getattr(row, falt).utan_punkt(langd) for row in del_.rader)
        return " och ".join(filter(None, [said, f"{del_.fler} till" if del_.fler else ""]))

    def nagra(self, rader: Sequence[RowView], falt: str, flest: int, langd: int = 300) -> str:
        """What the first rows say in a field, in a sentence; empty without rows."""
        return self.ihop(Part("", rader[:flest], max(len(rader) - flest, 0)), falt, langd)

    # ----------------------------------------------------------------- when

    @property
    def vecka_noll(self) -> str:
        """The activity that weeks are counted from; empty when none is said to be it."""
        rows = self._svar.koncept.aktiviteter.rader
        return next((row.titel.utan_punkt() for row in rows if row.vecka.varde == 0 and row.titel.finns), "")

    def nar(self, rad: RowView, flest: int = 4) -> str:
        """When an activity happens: its dates, else its week in words."""
        days = _days(one for one in self._occasions if same(one.aktivitet.varde or "", rad.id))
        return in_order(days, flest) if days else self.vecka(rad)

    def vecka(self, rad: RowView) -> str:
        """The week of an activity, counted from the first time together."""
        week = rad.vecka.varde
        if not isinstance(week, (int, float)):
            return UNANSWERED
        zero = shortened(self.vecka_noll or FIRST_TIME, LONGEST_NAME)
        if week == 0:
            return "vecka 0" if self.vecka_noll in ("", rad.titel.utan_punkt()) else f"samma vecka som {zero}"
        many = "veckan" if abs(week) == 1 else f"{format_number(abs(week))} veckor"
        return f"{many} {'före' if week < 0 else 'efter'} {zero}"

    @property
    def _occasions(self) -> list[RowView]:
        return self._svar.genomforande.tillfallen.rader

    def tillfallen(self, flest: int | None = None) -> list[Gathering]:
        """Every activity that has occasions, or at most so many, shared between groups; earliest first."""
        found: dict[str, list[RowView]] = {}
        for row in self._occasions:
            found.setdefault(row.aktivitet.text, []).append(row)
        gatherings = sorted(map(_gathering, found.values()), key=_first_day)
        return gatherings if flest is None else _chosen(gatherings, flest)

    @property
    def tidplan(self) -> list[Planned]:
        """Materials, occasions, measurements and the day it must work, by date."""
        days = self._known_days()
        lines = [
            *(_material(row, days.get(key)) for key, row in self._rows(MATERIAL)),
            *(_occasion(row, days.get(key)) for key, row in self._rows(OCCASIONS)),
            *(_measure(row, days.get(key)) for key, row in self._rows(MEASURES)),
        ]
        if needed := days.get((NEEDED_BY, "")):
            lines.append(_line(needed, "Det ska fungera i vardagen", NOWHERE, NOWHERE))
        return sorted(lines, key=lambda line: line.dag)

    def _known_days(self) -> dict[tuple[str, str], date]:
        """The days of the plan, also of what has happened since."""
        planned = self._sheet.without({RESULTS})
        return {(due.qid, due.row): due.on for due in coming(planned, date.min)}

    def _rows(self, qid: str) -> list[tuple[tuple[str, str], RowView]]:
        stage, _, name = qid.partition(".")
        views = getattr(getattr(self._svar, stage), name).rader
        return [
            ((qid, row.id), view)
            for row, view in zip(given_rows(self._sheet.answers, qid), views, strict=True)
            if any(cell.finns for _, cell in view.falt())
        ]

    def dagar_efter(self, rad: RowView) -> str:
        """When a measurement is made, counted from the last occasion."""
        return days_after(rad)


# ------------------------------------------------------------------- sharing


def shared(groups: Sequence[tuple[str, Sequence[RowView]]], room: int) -> list[Part]:
    """The groups that have rows, each with its share of the room; what is left out is counted."""
    groups = [(name, rows) for name, rows in groups if rows]
    shares = shares_of([len(rows) for _, rows in groups], room)
    parts = [
        Part(name, rows[:share], len(rows) - share)
        for (name, rows), share in zip(groups, shares, strict=True)
        if share
    ]
    lost = sum(len(rows) for (_, rows), share in zip(groups, shares, strict=True) if not share)
    return [*parts, Part(OTHERS, [], lost)] if lost else parts


def shares_of(sizes: Sequence[int], room: int) -> list[int]:
    """How many of each there is room for, dealt out one at a time."""
    shares = [0] * len(sizes)
    while room > 0 and shares != list(sizes):
        for place, size in enumerate(sizes):
            if shares[place] < size and room > 0:
                shares[place], room = shares[place] + 1, room - 1
    return shares


def _for(name: str, rows: Iterable[RowView]) -> list[RowView]:
    """The rows that are for a group: those that name it, and those that name none."""
    return [row for row in rows if not row.malgrupp.finns or name in row.malgrupp.namn]


# ------------------------------------------------------------------ in words


def in_order(days: Sequence[date], most: int = 0) -> str:
    """Dates in words, at most so many; all when there is no limit."""
    words = [day.isoformat() for day in days]
    if not words:
        return UNANSWERED
    if most and len(words) > most:
        return f"{', '.join(words[:most])} och {len(words) - most} till"
    return joined(words)


def days_after(row: RowView) -> str:
    """When a measurement is made, counted from the last occasion."""
    if row.nar_dagar.varde == 0:
        return "direkt efter"
    return f"{row.nar_dagar} efter" if row.nar_dagar.finns else UNANSWERED


def _days(rows: Iterable[RowView]) -> tuple[date, ...]:
    found = (row.datum.varde for row in rows)
    return tuple(sorted({day for day in found if isinstance(day, date)}))


def _gathering(rows: Sequence[RowView]) -> Gathering:
    activity = next(iter(rows[0].aktivitet.rader), None)
    title = activity.titel.utan_punkt() if activity and activity.titel.finns else ""
    places = dict.fromkeys(row.plats.utan_punkt() for row in rows if row.plats.finns)
    return Gathering(
        title or (rows[0].aktivitet.utan_punkt() if rows[0].aktivitet.finns else "Tillfälle"),
        joined(activity.malgrupp.namn) if activity else "",
        _days(rows),
        "; ".join(places),
    )


def _first_day(one: Gathering) -> date:
    return one.dagar[0] if one.dagar else date.max


def _chosen(gatherings: Sequence[Gathering], room: int) -> list[Gathering]:
    groups = dict.fromkeys(one.grupp for one in gatherings)
    by_group = [[one for one in gatherings if one.grupp == group] for group in groups]
    shares = shares_of([len(found) for found in by_group], room)
    chosen = [one for found, share in zip(by_group, shares, strict=True) for one in found[:share]]
    return sorted(chosen, key=_first_day)


def _line(day: date | None, what: str, place: object, role: object, otherwise: str = UNANSWERED) -> Planned:
    return Planned(day.isoformat() if day else otherwise, what, str(place), str(role), day or date.max)


def _material(row: RowView, day: date | None) -> Planned:
    return _line(day, f"Material klart: {_called(row.id, row.titel)}", NOWHERE, row.ansvarig_roll)


def _occasion(row: RowView, day: date | None) -> Planned:
    return _line(day, row.aktivitet.text, row.plats, row.ledare_roll)


def _measure(row: RowView, day: date | None) -> Planned:
    after = days_after(row)
    when = after if after == UNANSWERED else f"{after} sista tillfället"
    return _line(day, f"Mätning: {_called(row.id, row.metod)}", NOWHERE, row.ansvarig_roll, when)


def _called(row_id: str, text: object) -> str:
    return running(f"{row_id} {text}")
