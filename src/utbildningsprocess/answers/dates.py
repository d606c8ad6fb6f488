"""Dates as people say them: a day, or the week, month, quarter, season or year that somebody said instead."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.faults import Invalid, wrong
from utbildningsprocess.answers.numbers import counted
from utbildningsprocess.answers.periods import (
    MONTHS,
    SEASONS,
    THIRDS,
    WEEKDAYS,
    month_of,
    month_period,
    quarter_period,
    season_period,
    spoken_date,
    third_period,
    week_period,
    which_day,
    year_period,
)
from utbildningsprocess.model import Period, first_day, last_day
from utbildningsprocess.swedish import plain_dashes, shortened, uniform

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.model import Looks, When

    Make = Callable[[re.Match[str], int], When]

_ANY_EXAMPLE = 2026
"""The year of a day that is shown as an example where no day is today."""
_EARLIEST, _LATEST = 1990, 2100
_PAST = timedelta(days=31)
"""How long ago it may be, said without its year, when it is said of something to come."""
_NEAR_YEARS = 10
"""Years to look at on both sides: between leap days, and between years with a week 53, are fewer."""
_LONGEST = 60
"""Characters: what is longer is no date that anybody said."""
_WEEK_DAYS = 7
_LAST_WEEK = 53
_DECEMBER = 12

# ---------------------------------------------------------------- what is said
# Patterns are compiled when they are first used: most commands read no date that anybody typed.

_YEAR = r"(?P<year>[0-9]{4})"
_ANY_YEAR = r"(?:år )?(?P<year>[0-9]{4}|['’-]?[0-9]{2})"
_CLEAR_YEAR = r"(?:år )?(?P<year>[0-9]{4}|['’-][0-9]{2})"
"""A year of two digits only with a mark before, where they might be something else."""
_IN = r"(?:i |under |till )?"
_WEEKDAY = "|".join(name[:end] for end in range(7, 2, -1) for name in WEEKDAYS if end <= len(name))
"""The days of the week, and what they are cut to, the longest first: torsdag, tors, tor."""
_ORDINALS = ("första", "andra", "tredje", "fjärde")
_NEAR = {"i förrgår": -2, "i går": -1, "i dag": 0, "i morgon": 1, "i övermorgon": 2, "övermorgon": 2}
_SHIFTS = {"förra": -1, "denna": 0, "den här": 0, "detta": 0, "det här": 0, "i": 0, "nästa": 1}
_BYGONE = {"i våras": "vår", "i somras": "sommar", "i höstas": "höst"}
_CHRISTMAS = r"(?:julen|(?:i|till|före|innan|vid) jul(?:en)?)"
_JULY_OR_CHRISTMAS = r"jul\.?(?: ?[’'-]?[0-9]{2})?"
_WINTER = rf"{_IN}(?:den här |nästa |förra )?(?:vinter|vintern|vintras)(?: .*)?"
_DISTANCE = (
    r"(?:om|för) (?P<count>[0-9]{1,3}|[a-zåäö]+) "
    r"(?P<unit>d|v|mån|dag|vecka|månad|år|dagar|veckor|månader)\.?(?P<ago> se(?:da)?n)?"
)
_SHIFTED = rf"(?:i )?(?P<which>{'|'.join(_SHIFTS)}) (?P<unit>vecka|månad|kvartal|år)(?:n|en|et)?"
_ON_WEEKDAY = (
    rf"(?P<before>på |nu på |nästa |i |)(?P<name>{_WEEKDAY})\.?(?P<ending>en|s|)(?:,? (?:den )?(?P<said>.+))?"
)
_TWO_BY_TWO = r"([0-9]{2})-([0-9]{2})-([0-9]{2})"
_DAY_FIRST = r"([0-9]{2})[./]([0-9]{2})[./]([0-9]{2})"
"""With a dash before the year, as in 26/11-25, nobody puts the year first."""


class _Shape(NamedTuple):
    """One way to say a date: its patterns with a year, its pattern without, and what comes of a year."""

    make: Make
    with_year: tuple[str, ...]
    without: str | None = None


def _day(match: re.Match[str], year: int) -> date:
    said, month = match["day"], _month(match)
    if said.isdigit():
        return date(year, month, int(said))
    return date(year, month, 1) if said.startswith("f") else month_period(year, month).last


def _month(match: re.Match[str]) -> int:
    month = match["month"]
    return int(month) if month.isdigit() else month_of(month) or 0


def _quarter(match: re.Match[str], year: int) -> Period:
    ordinal = match["quarter"]
    number = _ORDINALS.index(ordinal) + 1 if ordinal in _ORDINALS else int(ordinal[0])
    return quarter_period(year, number)


_NAME = rf"(?P<month>{'|'.join(name[:end] for name in MONTHS for end in range(3, len(name) + 1))})\.?"
_FIRST_OR_LAST = r"först[ae]|sist[ae](?: dagen)?(?: i)?"
_NAMED = rf"(?P<day>[0-9]{{1,2}}|{_FIRST_OR_LAST})(?: ?:?[ae]\b|\.)? ?{_NAME}"
_NUMBERED = r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})"
_WEEK = r"(?:i )?(?:v|vecka|veckan)\.? ?(?P<week>[0-9]{1,2})"
_WEEKS = rf"{_WEEK}(?P<apart> ?(?:-|–|/|och|&|till) ?)(?:v\.? ?)?(?P<last>[0-9]{{1,2}})"
_QUARTER = rf"{_IN}(?:q|k|kv\.?|kvartal) ?(?P<quarter>[1-4])"
_ORDINAL = rf"{_IN}(?P<quarter>{'|'.join(_ORDINALS)}|[1-4]:?[ae]) kvartalet"
_THIRD = rf"{_IN}(?P<third>{'|'.join(THIRDS)}) av"
_SEASON = rf"{_IN}(?P<season>{'|'.join(SEASONS)})(?:en)?"

_SHAPES = (
    _Shape(
        _day,
        (
            rf"{_YEAR}(?P<mark>[-./ ])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})",
            rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
            rf"(?P<day>[0-9]{{1,2}})(?P<mark>[-/. ])(?P<month>[0-9]{{1,2}})(?P=mark){_YEAR}",
            rf"{_NUMBERED}[/. -]{_ANY_YEAR}",
        ),
        _NUMBERED,
    ),
    _Shape(_day, (rf"{_NAMED}(?:,? |(?=-)){_ANY_YEAR}",), _NAMED),
    _Shape(
        lambda match, year: week_period(year, int(match["week"])),
        (rf"{_WEEK}(?:,? |/){_CLEAR_YEAR}", rf"{_YEAR}-?w(?P<week>[0-9]{{1,2}})", rf"{_YEAR}[- ]{_WEEK}"),
        _WEEK,
    ),
    _Shape(
        lambda match, year: third_period(year, _month(match), match["third"]),
        (rf"{_THIRD} {_NAME},? {_CLEAR_YEAR}",),
        rf"{_THIRD} {_NAME}",
    ),
    _Shape(
        lambda _, year: month_period(year, _DECEMBER),
        (rf"(?:jul|{_CHRISTMAS}),? {_CLEAR_YEAR}",),
        _CHRISTMAS,
    ),
    _Shape(
        lambda match, year: month_period(year, _month(match)),
        (
            rf"{_IN}{_NAME},? {_CLEAR_YEAR}",
            rf"{_YEAR}[-/](?P<month>[0-9]{{1,2}})",
            rf"(?P<month>[0-9]{{1,2}})[-/]{_YEAR}",
        ),
        rf"{_IN}{_NAME}",
    ),
    _Shape(_quarter, (rf"{_QUARTER},? {_ANY_YEAR}", rf"{_YEAR}[- ]?{_QUARTER}"), _QUARTER),
    _Shape(_quarter, (rf"{_ORDINAL},? {_ANY_YEAR}",), _ORDINAL),
    _Shape(lambda match, year: season_period(year, match["season"]), (rf"{_SEASON},? {_ANY_YEAR}",), _SEASON),
    _Shape(lambda _, year: year_period(year), (rf"{_IN}(?:år )?{_YEAR}",)),
)


# --------------------------------------------------------------------- reading


@lru_cache(maxsize=512)
def parse_when(text: str, today: date | None, looks: Looks = "framat") -> When:
    """A day as people say it: 2026-03-12, 12/3, lördag 14 mars, om två veckor. Or a period: v. 22, Q4 2027.

    What is said without a year is the nearest not more than a month past; of something that looks back,
    the latest that is not after today; without `today`, as in a file read on any day, it is refused.
    Raises Invalid.
    """
    spoken = plain_dashes(uniform(text)).rstrip(".")
    spoken = re.sub(r" eller så$", "", spoken)
    spoken = re.sub(r"^(i ?)mor(?:ron|n|rn)$", r"\1morgon", spoken)
    spoken = re.sub(r"^i(?=dag$|går$|morgon$)", "i ", re.sub(r"^den (?=[0-9fs])", "", spoken))
    if re.fullmatch(_WINTER, spoken):
        raise wrong("Vintern ligger i två år. Skriv månaden i stället, till exempel januari 2027.")
    if re.fullmatch(_JULY_OR_CHRISTMAS, spoken):
        raise wrong("Menar ni juli eller julen? Skriv ett av dem.")
    try:
        said = _read(spoken, today, looks) if len(spoken) <= _LONGEST else None
    except Invalid:
        raise
    except (ValueError, OverflowError):
        raise wrong(f"Det datumet finns inte: ”{shortened(text, _LONGEST)}”.") from None
    if said is None:
        asked = "som datum" if today else "som datum med årtal"
        year = today.year + (1 if looks == "framat" else -1) if today else _ANY_EXAMPLE
        raise wrong(
            f"”{shortened(text, _LONGEST)}” går inte att läsa {asked}. Skriv till exempel {year}-03-12."
        )
    return in_our_time(said)


def parse_date(text: str, today: date | None, looks: Looks = "framat") -> date:
    """A day, as `parse_when` reads it. A period is refused with the question which day. Raises Invalid."""
    said = parse_when(text, today, looks)
    if isinstance(said, Period):
        raise wrong(which_day(said))
    return said


def in_our_time(when: When) -> When:
    """The date itself. Raises Invalid when its year is one that nobody can mean."""
    year = first_day(when).year
    if not _EARLIEST <= year <= _LATEST:
        raise wrong(f"Menar ni verkligen år {year}? Skriv ett datum mellan {_EARLIEST} och {_LATEST}.")
    return when


def _read(spoken: str, today: date | None, looks: Looks) -> When | None:
    if short := re.fullmatch(_TWO_BY_TWO, spoken):
        return _short_date(int(short[1]), int(short[2]), int(short[3]), today)
    if short := re.fullmatch(_DAY_FIRST, spoken):
        return _day_first(int(short[1]), int(short[2]), int(short[3]), today)
    if (weeks := re.fullmatch(_WEEKS, spoken)) and not _is_year(weeks["last"], weeks["apart"], today):
        raise wrong(f"”{spoken}” är flera veckor, och här ryms en. Skriv till exempel v. {weeks['week']}.")
    if on_weekday := re.fullmatch(_ON_WEEKDAY, spoken):
        return _on_weekday(on_weekday, today, looks)
    for shape in _SHAPES:
        for pattern in shape.with_year:
            if match := re.fullmatch(pattern, spoken):
                return shape.make(match, _year(match["year"]))
        if today and shape.without and (match := re.fullmatch(shape.without, spoken)):
            return _nearest(shape.make, match, today, looks)
    return _relative(spoken, today) if today else None


def _year(text: str) -> int:
    digits = text.lstrip("'’-")
    return int(digits) if len(digits) == len("2027") else 2000 + int(digits)


def _nearest(make: Make, match: re.Match[str], today: date, looks: Looks) -> When:
    """What is meant by a date without its year."""
    said = []
    for year in range(today.year - _NEAR_YEARS, today.year + _NEAR_YEARS + 1):
        try:
            said.append(make(match, year))
        except ValueError:
            continue
    if looks == "bakat":
        return max((when for when in said if first_day(when) <= today), key=first_day)
    return min((when for when in said if last_day(when) >= today - _PAST), key=first_day)


def _short_date(first: int, middle: int, last: int, today: date | None) -> date:
    """A date of two digits three times: the year stands first. Refused where it might as well stand last."""
    meant = date(2000 + first, middle, last)
    try:
        turned = date(2000 + last, middle, first)
    except ValueError:
        return meant
    distances = [abs(day.year - today.year) for day in (meant, turned)] if today else [0, 0]
    if meant != turned and not distances[0] <= _NEAR_YEARS < distances[1]:
        raise _which_way(meant, turned)
    return meant


def _day_first(first: int, middle: int, last: int, today: date | None) -> date:
    """A date of two digits three times with points: the day first, unless the other way is nearer today.

    Without today it is refused where it can be read both ways.
    """
    meant = date(2000 + last, middle, first)
    try:
        turned = date(2000 + first, middle, last)
    except ValueError:
        return meant
    if meant != turned and (today is None or abs(turned - today) < abs(meant - today)):
        raise _which_way(meant, turned)
    return meant


def _which_way(meant: date, turned: date) -> Invalid:
    return wrong(f"Menar ni {spoken_date(meant)} eller {spoken_date(turned)}? Skriv året med fyra siffror.")


def _is_year(digits: str, apart: str, today: date | None) -> bool:
    """Whether two digits after a week are its year and no later week: v. 11 -26, said about that year."""
    if int(digits) > _LAST_WEEK:
        return True
    return apart == " -" and today is not None and abs(2000 + int(digits) - today.year) <= 1


def _on_weekday(match: re.Match[str], today: date | None, looks: Looks) -> When | None:
    weekday = next(number for number, name in enumerate(WEEKDAYS) if name.startswith(match["name"]))
    before, ending = match["before"].strip(), match["ending"]
    if match["said"]:
        return _that_weekday(weekday, _read(match["said"], today, looks))
    if today is None or (before == "i") != (ending == "s"):
        return None
    ahead = (weekday - today.weekday()) % _WEEK_DAYS or _WEEK_DAYS
    coming = today + timedelta(days=ahead)
    if before == "nästa" and today.weekday() < weekday:
        later = coming + timedelta(days=_WEEK_DAYS)
        raise wrong(f"Menar ni {spoken_date(coming)} eller {spoken_date(later)}? Skriv datumet.")
    if before == "i" or (looks == "bakat" and not before):
        gone = coming - timedelta(days=_WEEK_DAYS)
        return gone - timedelta(days=_WEEK_DAYS) if before == "i" and gone == today else gone
    return coming


def _that_weekday(weekday: int, said: When | None) -> When | None:
    """A date said with its weekday, or a weekday of a week."""
    if said is None:
        return None
    if isinstance(said, Period):
        if said.last - said.first != timedelta(days=_WEEK_DAYS - 1):
            return None
        return said.first + timedelta(days=weekday)
    if said.weekday() != weekday:
        raise wrong(
            f"{said} är en {WEEKDAYS[said.weekday()]}, inte en {WEEKDAYS[weekday]}. Vilken dag menar ni?"
        )
    return said


def _relative(spoken: str, today: date) -> When | None:
    """What leans on today without being named."""
    if spoken in _NEAR:
        return today + timedelta(days=_NEAR[spoken])
    if spoken in _BYGONE:
        season = _BYGONE[spoken]
        this_year = season_period(today.year, season)
        return this_year if this_year.first <= today else season_period(today.year - 1, season)
    if shifted := re.fullmatch(_SHIFTED, spoken):
        return _shifted(shifted["unit"], _SHIFTS[shifted["which"]], today)
    distance = re.fullmatch(_DISTANCE, spoken)
    if distance is None or spoken.startswith("om ") == bool(distance["ago"]):
        return None
    word = distance["count"]
    count = int(word) if word.isdigit() else counted(word)
    if count is None:
        return None
    return _distant(distance["unit"], -count if distance["ago"] else count, today)


def _distant(unit: str, count: int, today: date) -> When:
    """So many days or weeks from today, a day; so many months or years, a month."""
    if unit.startswith(("d", "v")):
        return today + timedelta(days=count * (1 if unit.startswith("d") else _WEEK_DAYS))
    return _shifted("månad", count * (1 if unit.startswith("m") else 12), today)


def _shifted(unit: str, steps: int, today: date) -> Period:
    """The week, month, quarter or year so many steps from the one that today is in."""
    if unit == "vecka":
        year, week, _ = (today + timedelta(days=_WEEK_DAYS * steps)).isocalendar()
        return week_period(year, week)
    if unit == "år":
        return year_period(today.year + steps)
    months = today.year * 12 + today.month - 1
    if unit == "månad":
        return month_period(*_year_and_number(months + steps, 12))
    return quarter_period(*_year_and_number(months // 3 + steps, 4))


def _year_and_number(counted: int, a_year: int) -> tuple[int, int]:
    year, number = divmod(counted, a_year)
    return year, number + 1
