"""Rounds for templates: what happens when in each of them, by real days and weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import addresses
from utbildningsprocess.answers.periods import day_in_words, week_period
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.occasions import NO_DAY, days_before, gatherings
from utbildningsprocess.documents.plan import PlanRow, PlanView, shared
from utbildningsprocess.documents.sources import kept, plain, source_at, traced
from utbildningsprocess.documents.text import with_capital
from utbildningsprocess.documents.view import rows_of
from utbildningsprocess.model import last_day
from utbildningsprocess.pages.page import UNANSWERED
from utbildningsprocess.plan.weeks import round_key, week_counted, week_zeros
from utbildningsprocess.swedish import joined, same, shortened, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.documents.occasions import Gathering
    from utbildningsprocess.documents.plan import Part
    from utbildningsprocess.model import AnswerSheet, Period
    from utbildningsprocess.plan.weeks import WeekZero

_FOR_ALL = "Alla omgångar"
_WHERE = f"{addresses.OCCASIONS}, {addresses.ACTIVITIES}"
_LONGEST_TITLE = 50
_BEEN, _ROOM_FOR_ALL = "Har varit", 10_000
_UNTIL_THE_LAST = ("fore", "under")
"""The phases of what is done before the last occasion has been, or on it."""


class Happening(NamedTuple):
    """What happens on one day, or in one week."""

    nar: str
    vad: str
    dag: date
    """To sort by; the last of all for what has no day."""
    sista: date
    """After it, it has been."""
    mer: str = ""
    """Where it is, or how long it takes, where there is room for that."""


class RoundsView:
    """The rounds: their occasions by day, and by week the activities that have no occasion."""

    def __init__(self, sheet: AnswerSheet, today: date) -> None:
        self._today, self._left = today, gatherings(sheet, today)
        self._plan = PlanView(sheet, date.min)
        self._gatherings = gatherings(sheet)
        self._sheet, self._zeros = sheet, week_zeros(sheet.answers)
        self._activities = rows_of(sheet, addresses.ACTIVITIES, PlanRow)
        occasions = given_rows(sheet.answers, addresses.OCCASIONS)
        self._with_occasions = [str(row.values.get("aktivitet")) for row in occasions]
        self._names = list(
            {round_key(met.omgang): met.omgang for met in self._gatherings if met.omgang}.values()
        )

    def __str__(self) -> str:
        """What they are called."""
        return ", ".join(self._names)

    @property
    def alla_har_varit(self) -> bool:
        """Whether there have been occasions, and none is left."""
        return bool(self._gatherings) and not self._left

    @property
    def nasta(self) -> str:
        """The day of the next occasion; empty when it has none."""
        return self._left[0].day_in_words if self._left else ""

    def senast(self, dagar_fore: float) -> str:
        """The day so many days before the next occasion; empty when that has no day or it has passed."""
        met = self._left[0] if self._left else None
        if met is None or not isinstance(met.dag, date) or met.dag - timedelta(days=dagar_fore) < self._today:
            return ""
        return days_before(met, dagar_fore, source_at(self._sheet, addresses.REGISTRATION))

    def omgangar(self, rum: int) -> list[Part[Happening]]:
        """Each round, named with what it counts from, and what happens in it: at most so many happenings."""
        if not self._names:
            only = (self._heading(""), self._happenings("", self._gatherings))
            return _in_order(shared([only], rum, _WHERE))
        for_all = self._in_turn([*map(_met, self._of(""))])
        rounds = [(self._heading(name), self._happenings(name, self._of(name))) for name in self._names]
        return _in_order(shared([(_FOR_ALL, for_all), *rounds], rum, _WHERE))

    def veckor(self, rad: PlanRow) -> str:
        """The weeks of something that is counted in weeks from the first occasion, one for each round."""
        if not isinstance(rad.vecka.varde, (int, float)):
            return ""
        weeks = self._weeks(rad)
        if not weeks:
            return self._plan.nar(rad)
        left = [week for week in weeks.values() if week.last >= self._today]
        over = [week for week in weeks.values() if week.last < self._today]
        been = "har varit: " if left else ""
        told = [_weeks_in_words(left) if left else "", f"{been}{_weeks_in_words(over)}" if over else ""]
        return traced(
            "; ".join(filter(None, told)), lambda: " ".join(self._counted(name, rad) for name in weeks)
        )

    def har_varit(self, rad: PlanRow) -> bool:
        """Whether it is past: its weeks are, or for what has none and is done before, all occasions."""
        if weeks := self._weeks(rad):
            return all(week.last < self._today for week in weeks.values())
        return self.alla_har_varit and rad.fas.varde in _UNTIL_THE_LAST

    def _weeks(self, row: PlanRow) -> dict[str, Period]:
        """The calendar weeks of something, by round."""
        return {name: week for name in self._zeros if (week := self._week(name, row))}

    @property
    def allt_har_varit(self) -> str:
        """Until when all of it has been; empty while anything is to come, or has no day."""
        told = [what for part in self.omgangar(_ROOM_FOR_ALL) for what in part.rader]
        over = [what for what in told if what.nar == _BEEN]
        if not over or len(over) < len(told):
            return ""
        return max(over, key=lambda what: what.sista).vad

    def _counted(self, name: str, row: PlanRow) -> str:
        """How the calendar week of something is counted."""
        zero, weeks = self._zero(name), row.vecka.varde
        if zero is None or not isinstance(weeks, (int, float)):
            return ""
        week, first = str(self._week(name, row)).capitalize(), day_in_words(zero.said)
        sign, many = "−" if weeks < 0 else "+", with_unit(abs(weeks), "veckor")
        counted = f"{week} = veckan för {first} {sign} {many}."
        return f"{counted} Dagen: {self._said_at(zero)}. Veckorna: {row.vecka.kalla()}."

    def _said_at(self, zero: WeekZero) -> str:
        return source_at(self._sheet, zero.address, zero.row, "datum")

    def _heading(self, name: str) -> str:
        zero = self._zero(name)
        day = traced(day_in_words(zero.said), lambda: self._said_at(zero)) if zero else ""
        counted = f"räknat från {day}" if day else ""
        named = next((met.said(name, "omgang") for met in self._of(name) if name), "")
        heading = ", ".join(filter(None, [named, counted]))
        return kept(with_capital, heading)

    def _of(self, name: str) -> list[Gathering]:
        return [gathering for gathering in self._gatherings if round_key(gathering.omgang) == round_key(name)]

    def _zero(self, name: str) -> WeekZero | None:
        """The day that the weeks of a round are counted from; None when nobody has said it."""
        return self._zeros.get(round_key(name))

    def _week(self, name: str, row: PlanRow) -> Period | None:
        """The calendar week of something, in a round."""
        weeks, zero = row.vecka.varde, self._zero(name)
        if zero is None or not isinstance(weeks, (int, float)):
            return None
        return week_counted(zero, weeks)

    def _happenings(self, name: str, members: Iterable[Gathering]) -> list[Happening]:
        """What happens in a round, its occasions first; what is in the same week stands together."""
        by_week: dict[tuple[date, str], list[PlanRow]] = {}
        for row in self._activities:
            if not any(same(activity, row.id) for activity in self._with_occasions):
                week = self._week(name, row)
                key = (week.first, str(week)) if week else (date.max, plain(self._plan.nar(row)))
                by_week.setdefault(key, []).append(row)
        weeks = [self._in_week(name, *key, rows) for key, rows in by_week.items()]
        return self._in_turn([*map(_met, members), *sorted(weeks, key=_day_of)])

    def _in_turn(self, happenings: Sequence[Happening]) -> list[Happening]:
        """What is to come, and last until when it has been."""
        coming = [what for what in happenings if what.sista >= self._today]
        over = [what for what in happenings if what.sista < self._today]
        last = max(over, key=lambda what: what.sista, default=None)
        been = last and Happening(_BEEN, f"allt till och med {last.nar}", date.max, last.sista)
        return [*coming, *filter(None, [been])]

    def _in_week(self, name: str, day: date, words: str, rows: Sequence[PlanRow]) -> Happening:
        """What happens in one week of a round; its day is the last of all where nobody can count it."""
        if day == date.max:
            when = self._plan.nar(rows[0])
        else:
            when = traced(words, lambda: " ".join(self._counted(name, row) for row in rows))
        last = day if day == date.max else last_day(week_period(*day.isocalendar()[:2]))
        titles = "; ".join(row.titel.utan_punkt(_LONGEST_TITLE) for row in rows)
        only = rows[0].minuter if len(rows) == 1 else None
        return Happening(when, titles, day, last, str(only) if only and only.finns else "")


def _day_of(happening: Happening) -> date:
    return happening.dag


def _in_order(rounds: Iterable[Part[Happening]]) -> list[Part[Happening]]:
    return [part._replace(rader=sorted(part.rader, key=_day_of)) for part in rounds]


def _weeks_in_words(weeks: Sequence[Period]) -> str:
    """Weeks in a sentence, with their year once when it is the same: vecka 9, 14 och 19 2026."""
    years = {str(week).rpartition(" ")[2] for week in weeks}
    if len(years) > 1:
        return joined(map(str, weeks))
    return f"vecka {joined(str(week).split()[1] for week in weeks)} {years.pop()}"


def _met(gathering: Gathering) -> Happening:
    row, day = gathering.aktivitet, gathering.dag
    what = (
        "Tillfälle"
        if row is None
        else row.titel.utan_punkt(_LONGEST_TITLE)
        if gathering.tid
        else _titled(row)
    )
    last = last_day(day) if day else date.max
    place = gathering.said(shortened(gathering.plats, _LONGEST_TITLE), "plats")
    return Happening(gathering.nar or NO_DAY, what, last, last, place)


def _titled(row: PlanRow) -> str:
    """An activity with how long it takes."""
    return row.ihop("titel", "minuter", longest=_LONGEST_TITLE) or row.id or UNANSWERED
