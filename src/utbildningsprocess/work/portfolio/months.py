"""What many initiatives have to do, month by month: first what is late, and last what is far away."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DECISIONS
from utbildningsprocess.answers.periods import month_period
from utbildningsprocess.pages.portfolio import DueEntry, Month
from utbildningsprocess.personal import without_people

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utbildningsprocess.work.portfolio.facts import Dated
    from utbildningsprocess.work.portfolio.listing import Listed

_NEAR_MONTHS, _MONTHS = 3, 12
"""How many months stand open when the page does, and how many there are."""
_MOST_OPENED = 60
"""How many dates of a month are shown before somebody asks for them."""
_LATE = ""
"""What comes before all months."""


class Calendar(NamedTuple):
    """What is due within a year, and a sentence about what comes after it."""

    months: tuple[Month, ...]
    end: str
    """The month after the last of them, in words."""
    number_later: int
    """How much is to come from then on."""


class _Awaited(NamedTuple):
    """A date of an initiative, and the month it belongs to, as ISO."""

    month: str
    dated: Dated
    anchor: str
    title: str


def calendar_of(listed: Sequence[Listed], anchors: Sequence[str], today: date) -> Calendar:
    """What is late and what is to come, by date; `anchors` are what links call the initiatives."""
    day, end = today.isoformat(), _month_after(today, _MONTHS)
    dues = [
        _Awaited(_LATE if dated.last < day else dated.last[:7], dated, anchor, _titled(initiative))
        for initiative, anchor in zip(listed, anchors, strict=True)
        for dated in initiative.facts.waiting(day)
    ]
    within = [due for due in dues if due.month < end]
    within.sort(key=lambda due: (due.month, due.dated.last, due.anchor))
    together = groupby(within, key=lambda due: due.month)
    return Calendar(
        tuple(_month(month, list(of_month), today) for month, of_month in together),
        _name(end),
        len(dues) - len(within),
    )


def _titled(initiative: Listed) -> str:
    return f"{initiative.title} (vilar)" if initiative.life == "vilande" else initiative.title


def _month(month: str, dues: Sequence[_Awaited], today: date) -> Month:
    day, near = today.isoformat(), _month_after(today, _NEAR_MONTHS)
    return Month(
        name="Försenat" if month == _LATE else _name(month).capitalize(),
        number=len(dues),
        initiatives=len({due.anchor for due in dues}),
        dues=tuple(entry(due.dated, day, due.anchor, due.title) for due in dues),
        is_late=month == _LATE,
        is_opened=month < near and len(dues) <= _MOST_OPENED,
    )


def entry(dated: Dated, day: str, anchor: str = "", title: str = "") -> DueEntry:
    """A date as it stands on the page."""
    said = "I dag" if dated.first == dated.last == day else dated.spelled
    is_decision = dated.qid == DECISIONS
    who = "" if dated.what.endswith(dated.who) else dated.who
    what, who, whose = map(without_people, (dated.what, who, title))
    iso = dated.first if dated.first == dated.last else ""
    return DueEntry(said, what, who, is_decision, anchor, whose, iso)


def _month_after(today: date, months: int) -> str:
    """The month so many months later, as ISO."""
    years, month = divmod(today.month - 1 + months, 12)
    return f"{today.year + years:04}-{month + 1:02}"


def _name(month: str) -> str:
    year, number = map(int, month.split("-"))
    return str(month_period(year, number))
