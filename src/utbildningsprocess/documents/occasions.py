"""The occasions as they are planned, each with its own day, time and place; a cancelled one is none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import date_in, text_in
from utbildningsprocess.answers.periods import spoken_date, spoken_time
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.plan import PlanRow
from utbildningsprocess.documents.sources import kept, plain, source_at, traced
from utbildningsprocess.documents.text import with_capital, without_stop
from utbildningsprocess.documents.view import rows_of
from utbildningsprocess.model import TimeSpan, last_day
from utbildningsprocess.plan.due import is_cancelled
from utbildningsprocess.swedish import format_number, same, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from utbildningsprocess.model import AnswerSheet, Row, When

NO_DAY = "dagen är inte angiven"
_HELD = "genomfort"
_AT = re.compile(r"(?:På|I|Hos|Vid|Via) (?=[a-zåäö])")
_UNNAMED = "Tillfälle"
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_ONLINE = re.compile(r"\b(?:digitalt|teams|zoom|skype|online|på distans|videomöte\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Gathering:
    """One occasion, with its own day, time and place; each may be unknown."""

    id: str
    titel: str
    """Of the activity; empty when the occasion says none."""
    grupper: tuple[str, ...]
    """Whom it is for; empty for everybody."""
    aktivitet: PlanRow | None
    omgang: str
    dag: When | None
    tid: TimeSpan | None
    plats: str
    source: Callable[[str], str]
    """Where it stands, by field."""

    @property
    def nar(self) -> str:
        """The day and the time in words, as far as they are known."""
        time = self.said(spoken_time(self.tid), "tid") if self.tid else ""
        return " ".join(filter(None, [self.day_in_words, time]))

    @property
    def day_in_words(self) -> str:
        """The day in words; empty when it is not known."""
        return self.said(spoken_date(self.dag), "datum") if self.dag else ""

    @property
    def har_lank(self) -> bool:
        """Whether its place holds an address on the web, which is of no use when it is cut."""
        return _LINK.search(self.plats) is not None

    @property
    def lacks_link(self) -> bool:
        """Whether it is held on the web, and its place does not say where."""
        return _ONLINE.search(self.plats) is not None and not self.har_lank

    def said(self, words: str, field: str) -> str:
        """The words for a field, with where they come from."""
        return traced(words, partial(self.source, field))

    def i_ord(self, langd: int) -> str:
        """The round, when and where, as far as they are known; the place cut to so many letters."""
        when = self.nar if self.dag else " ".join(filter(None, [NO_DAY, self.nar]))
        length = self.aktivitet.minuter if self.aktivitet and not self.tid else None
        place = self.plats if self.har_lank else _within(shortened(self.plats, langd))
        lasts = str(length) if length and length.finns else ""
        told = ", ".join(filter(None, [when, lasts, self.said(place, "plats")]))
        named = self.said(shortened(self.omgang, langd), "omgang")
        return f"{named}: {told}" if named and told else named or kept(with_capital, told)


def _within(place: str) -> str:
    """A place as it stands within a sentence: ”på boendet”, but ”Kommunhuset, stora salen”."""
    return f"{place[:1].lower()}{place[1:]}" if _AT.match(place) else place


def gatherings(sheet: AnswerSheet, today: date | None = None) -> list[Gathering]:
    """The occasions that are not cancelled, the first one first; of a day, those still to come."""
    activities = rows_of(sheet, addresses.ACTIVITIES, PlanRow)
    rows = (
        given_rows(sheet.answers, addresses.OCCASIONS) if sheet.battery.question(addresses.OCCASIONS) else ()
    )
    kept = [row for row in rows if not is_cancelled(row) and not (today and _is_over(row, today))]
    return sorted((_gathering(sheet, row, activities) for row in kept), key=_when)


def days_before(met: Gathering, days: float, where: str) -> str:
    """The day so many days before an occasion, which say where they are said; empty unless it has a day."""
    if not isinstance(met.dag, date):
        return ""
    words = spoken_date(met.dag - timedelta(days=days))
    counted = f"{words} = {spoken_date(met.dag)} − {format_number(days)} dagar"
    return traced(words, lambda: f"{counted}. Dagen: {met.source('datum')}. Dagarna: {where}")


def _is_over(occasion: Row, today: date) -> bool:
    day = date_in(occasion, "datum")
    return text_in(occasion, "lage") == _HELD or (day is not None and last_day(day) < today)


def _gathering(sheet: AnswerSheet, occasion: Row, activities: Iterable[PlanRow]) -> Gathering:
    meant, time = text_in(occasion, "aktivitet"), occasion.values.get("tid")
    activity = next((row for row in activities if same(row.id, meant)), None)
    return Gathering(
        occasion.id,
        activity.titel.utan_punkt() if activity and activity.titel.finns else "",
        tuple(activity.malgrupp.namn) if activity else (),
        activity,
        without_stop(text_in(occasion, "omgang")),
        date_in(occasion, "datum"),
        time if isinstance(time, TimeSpan) else None,
        without_stop(text_in(occasion, "plats")),
        partial(source_at, sheet, addresses.OCCASIONS, occasion.id),
    )


def _when(gathering: Gathering) -> tuple[date, int]:
    day = last_day(gathering.dag) if gathering.dag else date.max
    return day, gathering.tid.start if gathering.tid else 0


def by_title(members: Iterable[Gathering]) -> dict[str, list[Gathering]]:
    """The occasions of each activity, by its title."""
    titles: dict[str, list[Gathering]] = {}
    for gathering in members:
        titles.setdefault(plain(gathering.titel), []).append(gathering)
    return {gatherings_of[0].titel or _UNNAMED: gatherings_of for gatherings_of in titles.values()}
