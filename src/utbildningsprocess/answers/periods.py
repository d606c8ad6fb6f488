"""Days, weeks, months, quarters, seasons and years in words, and the first and last day of each."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from utbildningsprocess.model import Period, TimeSpan, When

MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
SEASONS = {"vår": (1, 5), "sommar": (6, 8), "höst": (9, 12)}
"""The first and last month of each; the winter lies in two years."""
_WEDNESDAY = 2
_WEEK = 7


def month_of(name: str) -> int | None:
    """The number of the month with that name, or of the first that begins so."""
    return next((number for number, month in enumerate(MONTHS, 1) if month.startswith(name)), None)


def week_period(year: int, week: int) -> Period:
    """A week of a year. Raises ValueError, as all these, for what does not exist."""
    first = date.fromisocalendar(year, week, 1)
    return Period(first, first + timedelta(days=_WEEK - 1), f"vecka {week} {year}")


def month_period(year: int, month: int) -> Period:
    """A month of a year."""
    return _months(year, month, month, f"{MONTHS[month - 1]} {year}" if 1 <= month <= len(MONTHS) else "")


def quarter_period(year: int, quarter: int) -> Period:
    """A quarter of a year, 1 to 4."""
    return _months(year, quarter * 3 - 2, quarter * 3, f"kvartal {quarter} {year}")


def season_period(year: int, season: str) -> Period:
    """A season of a year: vår, sommar or höst."""
    return _months(year, *SEASONS[season], f"{season}en {year}")


def year_period(year: int) -> Period:
    """A whole year."""
    return _months(year, 1, 12, str(year))


def _months(year: int, first: int, last: int, words: str) -> Period:
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]), words)


def spoken_date(when: When) -> str:
    """A date as people say it, with weekday and year: tisdag 8 december 2026. Of a period also its days."""
    if isinstance(when, Period):
        return f"{when} ({_days_of(when)})"
    return f"{WEEKDAYS[when.weekday()]} {_day(when)} {when.year}"


def date_in_short(when: When) -> str:
    """A date without its weekday, for what nobody has to be there for: 8 december 2026. A period by name."""
    return str(when) if isinstance(when, Period) else f"{_day(when)} {when.year}"


def day_in_words(when: When) -> str:
    """A date as `spoken_date` says it, but a period by its name alone: vecka 22 2027."""
    return str(when) if isinstance(when, Period) else spoken_date(when)


def spoken_time(span: TimeSpan) -> str:
    """Times of a day as people say them: kl. 9.00–12.00, kl. 22.00–6.00 (nästa dag), or kl. 13.00."""
    return f"kl. {span.said('{}.{:02}')}"


def which_day(period: Period) -> str:
    """The question which day of a period is meant, with an example."""
    week = period.last - period.first == timedelta(days=_WEEK - 1)
    words = str(period).rpartition(" ")[0] if week else str(period)
    where = "i" if week or period.first.month == period.last.month else "under"
    example = period.first + timedelta(days=(_WEDNESDAY - period.first.weekday()) % _WEEK)
    return f"Vilken dag {where} {words} ({_days_of(period)})? Skriv till exempel {example}."


def _days_of(period: Period) -> str:
    """The first and last day of a period, without saying anything twice."""
    first, last = period.first, period.last
    if first.year != last.year:
        return f"{_day(first)} {first.year}–{_day(last)} {last.year}"
    start = str(first.day) if first.month == last.month else _day(first)
    return f"{start}–{_day(last)} {last.year}"


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]}"
