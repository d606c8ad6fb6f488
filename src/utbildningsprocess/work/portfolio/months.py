"""What many initiatives have to do, month by month: first what is late, and last what is far away."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DECISIONS
from utbildningsprocess.answers.periods import month_period
from utbildningsprocess.pages.portfolio import DueEntry, Month
from utbildningsprocess.personal import without_people

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from utbildningsprocess.work.portfolio.facts import Dated, Facts
    from utbildningsprocess.work.portfolio.listing import Listed

_NEAR_MONTHS, _MONTHS = 3, 12
"""How many months are shown before somebody asks for more, and how many are told apart."""
_LATE, _LATER = "", "9999"
"""What comes before all months, and after them."""


class _OfMonth(NamedTuple):
    """A date of an initiative, and the month it belongs to, as ISO."""

    month: str
    dated: Dated
    anchor: str
    title: str


def months_of(listed: Sequence[Listed], anchors: Sequence[str], today: date) -> Iterator[Month]:
    """What is late and what is to come, by date; `anchors` are what links call the initiatives."""
    day, near, last = today.isoformat(), _month_after(today, _NEAR_MONTHS), _month_after(today, _MONTHS)
    dues = [
        _OfMonth(_month(dated, day, last), dated, anchor, initiative.title)
        for initiative, anchor in zip(listed, anchors, strict=True)
        for dated in waiting(initiative.facts, day)
    ]
    dues.sort(key=lambda due: (due.month, due.dated.last, due.anchor))
    for month, together in groupby(dues, key=lambda due: due.month):
        within = list(together)
        yield Month(
            _name(month, last),
            len(within),
            len({due.anchor for due in within}),
            tuple(entry(due.dated, day, due.anchor, due.title) for due in within),
            is_late=not month,
            is_near=month < near,
        )


def waiting(facts: Facts, day: str) -> list[Dated]:
    """What is late and what is to come of an initiative, by date."""
    return [dated for dated in facts.dates if dated.remains or dated.last >= day]


def entry(dated: Dated, day: str, anchor: str = "", title: str = "") -> DueEntry:
    """A date as it stands on the page."""
    said = "I dag" if dated.first == dated.last == day else dated.said
    is_decision = dated.qid == DECISIONS
    return DueEntry(said, without_people(dated.what), is_decision, anchor, without_people(title))


def _month(dated: Dated, day: str, last: str) -> str:
    if dated.last < day:
        return _LATE
    return dated.last[:7] if dated.last[:7] <= last else _LATER


def _month_after(today: date, months: int) -> str:
    """The month so many months later, as ISO."""
    years, month = divmod(today.month - 1 + months, 12)
    return f"{today.year + years:04}-{month + 1:02}"


def _name(month: str, last: str) -> str:
    if month == _LATE:
        return "Försenat"
    year, number = map(int, (last if month == _LATER else month).split("-"))
    name = str(month_period(year, number))
    return f"Efter {name}" if month == _LATER else name.capitalize()
