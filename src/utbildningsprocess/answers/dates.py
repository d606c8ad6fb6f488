"""Dates, and times of a day, as people say them."""

from __future__ import annotations

import re
from calendar import isleap
from datetime import date, timedelta

from utbildningsprocess.answers.faults import wrong
from utbildningsprocess.model import TimeSpan
from utbildningsprocess.swedish import nfc, plain_dashes, shortened, uniform

_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_DAY_MONTH = r"(\d{1,2})(?::?[ae])? ([a-z]{3,9})\.?"
_WEEK = r"(?:v|vecka)\.? ?(\d{1,2})"
_NEAR = {
    "i dag": 0,
    "idag": 0,
    "i morgon": 1,
    "imorgon": 1,
    "i övermorgon": 2,
    "övermorgon": 2,
    "i går": -1,
    "igår": -1,
}
_CLOCK = r"(?:kl(?:ockan|\.)? ?)?([0-9]{1,2})(?:[.:]?([0-9]{2}))?"
_SPAN = re.compile(rf"(?:från )?{_CLOCK}(?: ?(?:-|till) ?{_CLOCK})?\.?", re.IGNORECASE)
_EXAMPLE = "Skriv till exempel 08.30–16.00, eller 13.00."
_MIDNIGHT = 24 * 60


def parse_date(text: str, today: date | None) -> date:
    """A date as people write it: 2026-03-12, 12/3, 12 mars, v. 11, på fredag, i morgon.

    A date without a year is the nearest one not more than a month past; without `today`, as in a
    file read on any day, it is refused. Raises Invalid.
    """
    wanted = uniform(text).rstrip(".").removeprefix("den ")
    try:
        day = _dated(wanted)
        if day is None and today is not None:
            day = _relative(wanted, today)
    except ValueError:
        raise wrong(f"Det datumet finns inte: ”{text}”.") from None
    if day is None:
        asked = "som datum" if today else "som datum med årtal"
        raise wrong(f"”{text}” går inte att läsa {asked}. Skriv till exempel 2026-03-12.")
    return day


def _dated(text: str) -> date | None:
    """A date that says its year."""
    if match := re.fullmatch(r"(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})", text):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/. -](\d{4}|\d{2})", text):
        return date(_year(match[3]), int(match[2]), int(match[1]))
    if (match := re.fullmatch(rf"{_DAY_MONTH} (\d{{4}})", text)) and (month := _month(match[2])):
        return date(int(match[3]), month, int(match[1]))
    if match := re.fullmatch(rf"{_WEEK},? (\d{{4}})", text):
        return date.fromisocalendar(int(match[2]), int(match[1]), 1)
    return None


def _relative(text: str, today: date) -> date | None:
    """A date that leans on today's."""
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    if match := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})", text):
        return _nearest(int(match[2]), int(match[1]), today)
    if (match := re.fullmatch(_DAY_MONTH, text)) and (month := _month(match[2])):
        return _nearest(month, int(match[1]), today)
    if match := re.fullmatch(_WEEK, text):
        return _nearest_week(int(match[1]), today)
    if match := re.fullmatch(rf"(?:på |nästa )?({'|'.join(_WEEKDAYS)})", text):
        return today + timedelta(days=(_WEEKDAYS.index(match[1]) - today.weekday()) % 7 or 7)
    return None


def _month(name: str) -> int | None:
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), None)


def _nearest_week(week: int, today: date) -> date:
    year = today.isocalendar().year
    this_year = date.fromisocalendar(year, week, 1)
    recent = this_year >= today - timedelta(days=31)
    return this_year if recent else date.fromisocalendar(year + 1, week, 1)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)  # noqa: PLR2004


def _nearest(month: int, day: int, today: date) -> date:
    if (month, day) == (2, 29):
        return next(date(year, 2, 29) for year in range(today.year, today.year + 9) if isleap(year))
    this_year = date(today.year, month, day)
    return this_year if this_year >= today - timedelta(days=31) else date(today.year + 1, month, day)


def parse_time_span(text: str) -> TimeSpan:
    """A start and perhaps an end: 8.30-16, kl. 08:30 till 16:00, 0830-1600, 13. Raises Invalid."""
    clocks = _SPAN.fullmatch(" ".join(plain_dashes(nfc(text)).split()))
    if clocks is None:
        raise wrong(f"”{shortened(text, 60)}” går inte att läsa som en tid. {_EXAMPLE}")
    start = _minutes(clocks[1], clocks[2])
    end = _minutes(clocks[3], clocks[4]) if clocks[3] else None
    if start == _MIDNIGHT:
        raise wrong(f"En dag börjar 00.00 och slutar 24.00. {_EXAMPLE}")
    if end is not None and end <= start:
        raise wrong(f"Slutet i ”{text.strip()}” är inte senare än starten. {_EXAMPLE}")
    return TimeSpan(start, end)


def _minutes(hours: str, minutes: str | None) -> int:
    """The minutes from midnight to a time of the day, or to the end of it."""
    whole = int(hours) * 60 + int(minutes or 0)
    if whole > _MIDNIGHT or int(minutes or 0) > 59:  # noqa: PLR2004  minutes of an hour
        raise wrong(f"Klockslaget {hours}.{minutes or '00'} finns inte. {_EXAMPLE}")
    return whole
