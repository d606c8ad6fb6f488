"""Swedish text as people write it: cleaning, folding, file names and dates."""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

TAB_STOP = 4
SLUG_LENGTH = 60
MOST_QUOTED = 60
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_BOUND = re.compile(r"(?<=\d) (?=[%‰§])|(?<=§) (?=\d)")
_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")
_WINDOWS_NAMES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
_MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_DAY_MONTH = r"(\d{1,2})(?::?[ae])? ([a-z]{3,9})\.?"
_WEEK = r"(?:v|vecka)\.? ?(\d{1,2})"
_SINGULAR = {
    "dagar": "dag",
    "gånger": "gång",
    "kronor": "krona",
    "minuter": "minut",
    "månader": "månad",
    "personer": "person",
    "platser": "plats",
    "sidor": "sida",
    "timmar": "timme",
    "veckor": "vecka",
}
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


def nfc(text: str) -> str:
    """Text in composed form, so that å is one character whatever wrote it."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Text for comparing: no case, no diacritics, no surrounding blanks."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def same(one: str, other: str) -> bool:
    """Whether two labels are the same to a person: composed form, no case, blanks as one."""
    return _label(one) == _label(other)


def _label(text: str) -> str:
    return " ".join(nfc(text).casefold().split())


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """A sentence with the closest known name, or nothing when none is close."""
    by_fold = {fold(name): name for name in known}
    close = difflib.get_close_matches(fold(wanted), list(by_fold), n=1, cutoff=0.6)
    return f"Menade du {by_fold[close[0]]}?" if close else ""


def clean(text: str) -> str:
    r"""Text as it enters the tool, cleaned once so that no Markdown tool has anything left to change.

    Newlines become LF, characters composed, control and direction characters go, tabs become
    blanks to stops of four, trailing blanks go (a hard break of two blanks becomes a backslash)
    and so do blank lines around the text.
    """
    if text.isprintable():  # one line, and nothing in it that goes
        return nfc(text).rstrip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = "".join(char for char in text.translate(_BIDI) if _keeps(char))
    lines = [line.expandtabs(TAB_STOP) for line in nfc(text).split("\n")]
    return "\n".join(_without_trailing_blanks(lines)).strip("\n")


def _keeps(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")


def _without_trailing_blanks(lines: list[str]) -> list[str]:
    result = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        bare = line.rstrip()
        hard_break = line.endswith("  ") and bare != "" and following.strip() != ""
        result.append(bare + "\\" if hard_break else bare)
    return result


def clean_line(text: str) -> str:
    """Text cleaned for a single line: a pasted newline becomes a blank."""
    return " ".join(clean(text).split())


def slug(title: str) -> str:
    """A file name for a title: at most 60 ASCII characters, never empty, never a Windows device."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:SLUG_LENGTH].strip("-")
    if not name:
        return "insats"
    return f"{name}-insats" if name in _WINDOWS_NAMES else name


def running(text: str) -> str:
    """Text cleaned for a single line of something to read: as `clean_line`, but no-break blanks stay."""
    return _BREAKING.sub(" ", clean(text)).strip()


def bound(text: str) -> str:
    """The text with blanks that do not break between a number and its sign: 79 %, 19 §, § 4."""
    return _BOUND.sub("\u00a0", text)


def parse_number(text: str) -> int | float:
    """A number as people write it: 12, 12,5, 1 200, −3. Raises ValueError with a sentence."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", bare):
        raise ValueError(no_number(text))
    number = float(bare)
    return int(number) if number.is_integer() else number


def no_number(text: str) -> str:
    """What is said of a text that is no number; of a long one its beginning is quoted."""
    quoted = text if len(text) <= MOST_QUOTED else f"{text[:MOST_QUOTED].rstrip()} …"
    return f"”{quoted}” är inte ett tal. Skriv med siffror, till exempel 12 eller 12,5."


def format_number(number: float) -> str:
    """A number the way Swedish text writes it, without grouping: 12 or 12,5."""
    if float(number).is_integer():
        return str(int(number))
    return f"{number:.12f}".rstrip("0").replace(".", ",")


def with_unit(number: float, unit: str) -> str:
    """A number with its unit as it is said: 1 dag, 7,5 timmar, 25 000 kronor. Without unit as it is: 2025."""
    if not unit:
        return format_number(number)
    whole, comma, decimals = format_number(number).partition(",")
    whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "\u00a0", whole)
    return f"{whole}{comma}{decimals} {singular(unit) if number == 1 else unit}"


def singular(unit: str) -> str:
    """One of a unit: dag for dagar. What is not known stays as it is."""
    return _SINGULAR.get(unit, unit)


def grouped(number: float) -> str:
    """A number as a whole one, its thousands apart by a blank that does not break: 328 650."""
    return f"{math.floor(number + 0.5):,}".replace(",", "\u00a0")


def parse_date(text: str, today: date | None) -> date:
    """A date as people write it: 2026-03-12, 12/3, 12 mars, v. 11, på fredag, i morgon.

    A date without a year is the nearest one not more than a month past; without `today`, as in a
    file read on any day, it is refused. Raises ValueError with a sentence.
    """
    wanted = " ".join(nfc(text).casefold().split()).rstrip(".")
    wanted = wanted.removeprefix("den ")
    try:
        found = _dated(wanted)
        if found is None and today is not None:
            found = _relative(wanted, today)
    except ValueError:
        raise ValueError(f"Det datumet finns inte: ”{text}”.") from None
    if found is None:
        asked = "som datum" if today else "som datum med årtal"
        raise ValueError(f"”{text}” går inte att läsa {asked}. Skriv till exempel 2026-03-12.")
    return found


def _dated(text: str) -> date | None:
    """A date that says its year."""
    if found := re.fullmatch(r"(\d{4})[-./ ]?(\d{1,2})[-./ ]?(\d{1,2})", text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})[/. -](\d{4}|\d{2})", text):
        return date(_year(found[3]), int(found[2]), int(found[1]))
    if (found := re.fullmatch(rf"{_DAY_MONTH} (\d{{4}})", text)) and (month := _month(found[2])):
        return date(int(found[3]), month, int(found[1]))
    if found := re.fullmatch(rf"{_WEEK},? (\d{{4}})", text):
        return date.fromisocalendar(int(found[2]), int(found[1]), 1)
    return None


def _relative(text: str, today: date) -> date | None:
    """A date that leans on today's."""
    if text in _NEAR:
        return today + timedelta(days=_NEAR[text])
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{1,2})", text):
        return _nearest(int(found[2]), int(found[1]), today)
    if (found := re.fullmatch(_DAY_MONTH, text)) and (month := _month(found[2])):
        return _nearest(month, int(found[1]), today)
    if found := re.fullmatch(_WEEK, text):
        return _nearest_week(int(found[1]), today)
    found = re.fullmatch(r"(?:på |nästa )?([a-zåäö]+dag)", text)
    return _next_weekday(found[1], today) if found and found[1] in _WEEKDAYS else None


def _month(name: str) -> int | None:
    return next((number for number, month in enumerate(_MONTHS, 1) if month.startswith(name)), None)


def _nearest_week(week: int, today: date) -> date:
    year = today.isocalendar().year
    this_year = date.fromisocalendar(year, week, 1)
    recent = this_year >= today - timedelta(days=31)
    return this_year if recent else date.fromisocalendar(year + 1, week, 1)


def _next_weekday(name: str, today: date) -> date:
    return today + timedelta(days=(_WEEKDAYS.index(name) - today.weekday()) % 7 or 7)


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)  # noqa: PLR2004


def _nearest(month: int, day: int, today: date) -> date:
    if (month, day) == (2, 29):
        return next(date(year, 2, 29) for year in range(today.year, today.year + 9) if _leap(year))
    this_year = date(today.year, month, day)
    return this_year if this_year >= today - timedelta(days=31) else date(today.year + 1, month, day)


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def joined(names: Iterable[str]) -> str:
    """Names in a sentence: a, b och c."""
    names = list(names)
    return " och ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
