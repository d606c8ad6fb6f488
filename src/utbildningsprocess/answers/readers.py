"""One raw value -> one valid value: a reader for each kind of answer that is a single value or a list.

Raw is text as somebody typed it, or a value from YAML, JSON or a dossier. A reader raises Invalid with a
sentence about what it cannot take.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from utbildningsprocess.answers.dates import parse_date, parse_time_span
from utbildningsprocess.answers.faults import wrong
from utbildningsprocess.model import TimeSpan
from utbildningsprocess.swedish import (
    clean,
    clean_line,
    did_you_mean,
    fold,
    format_number,
    same,
    shortened,
    singular,
)

if TYPE_CHECKING:
    from utbildningsprocess.answers.faults import Invalid
    from utbildningsprocess.model import Item, Option

YES = ("ja", "j", "true", "sant")
NO = ("nej", "n", "false", "falskt")
_TOO_LARGE = 10**15
"""Numbers are exact below it."""


def read_prose(raw: object) -> str:
    """A text in the person's own words, cleaned."""
    if isinstance(raw, (bool, Mapping)) or not isinstance(raw, (str, int, float, date)):
        raise wrong("Här behövs en text.")
    if isinstance(raw, (int, float)):
        return format_number(raw)
    return clean(raw.isoformat() if isinstance(raw, date) else raw)


def read_choice(item: Item, raw: object) -> str:
    """The id of one of the options."""
    text = clean_line(raw) if isinstance(raw, str) else str(raw)
    if option := find_option(item.options, text):
        return option.id
    known = "; ".join(option.label for option in item.options)
    hint = did_you_mean(text, [option.id for option in item.options])
    raise wrong(f"”{text}” finns inte bland alternativen: {known}. {hint}".strip())


def read_choices(item: Item, raw: object) -> tuple[str, ...]:
    """The ids of some of the options, and the words of one's own where the question takes them."""
    if isinstance(raw, str) and find_option(item.options, clean_line(raw)):
        raw = [raw]
    chosen = []
    for text in _texts(raw):
        own_words = item.own_words and not find_option(item.options, text)
        chosen.append(text if own_words else read_choice(item, text))
    return tuple(dict.fromkeys(chosen))


def find_option(options: Sequence[Option], text: str) -> Option | None:
    """The option with that id, label or former label, in any case and composition."""
    for option in options:
        if option.id == text or any(same(text, name) for name in (option.label, option.id, *option.former)):
            return option
    return None


def read_yes_no(raw: object) -> bool:
    """Yes or no, in a word."""
    if isinstance(raw, bool):
        return raw
    word = fold(str(raw))
    if word not in (*YES, *NO):
        raise wrong(f"”{raw}” är varken ja eller nej.")
    return word in YES


def read_number(item: Item, raw: object) -> int | float:
    """A number within the question's bounds, with or without its unit."""
    number = raw if isinstance(raw, (int, float)) else parse_number(_without_unit(str(raw), item.unit))
    if isinstance(raw, bool) or not abs(number) < _TOO_LARGE:  # also what is no number compares as false
        raise _no_number(str(raw))
    if item.at_least is not None and number < item.at_least:
        raise wrong(f"{format_number(number)} är för lite: minst {format_number(item.at_least)}.")
    if item.at_most is not None and number > item.at_most:
        raise wrong(f"{format_number(number)} är för mycket: högst {format_number(item.at_most)}.")
    return int(number) if float(number).is_integer() else round(number, 12)


def parse_number(text: str) -> int | float:
    """A number as people write it: 12, 12,5, 1 200, −3. Raises Invalid."""
    bare = re.sub(r"\s", "", text).replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", bare):
        raise _no_number(text)
    number = float(bare)
    return int(number) if number.is_integer() else number


def _no_number(text: str) -> Invalid:
    """The fault of a text that is no number; of a long one its beginning is quoted."""
    return wrong(f"”{shortened(text, 60)}” är inte ett tal. Skriv med siffror, till exempel 12 eller 12,5.")


def _without_unit(text: str, unit: str) -> str:
    bare = clean_line(text)
    for ending in filter(None, (unit, singular(unit), "%" if unit == "procent" else "", "st")):
        if fold(bare).endswith(fold(ending)):
            return bare[: -len(ending)].strip()
    return bare


def read_date(raw: object, today: date | None) -> date:
    """A day; one without a year only when it is known what day it is."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    return parse_date(str(raw), today)


def read_time_span(raw: object) -> TimeSpan:
    """When something begins, and perhaps ends. A number is a whole hour: 8.3 may mean more than one time."""
    if isinstance(raw, TimeSpan):
        return raw
    if isinstance(raw, float) and not raw.is_integer():
        raise wrong(f'Utan citattecken är {raw} ett tal och ingen tid. Skriv till exempel "08.30–16.00".')
    return parse_time_span(str(int(raw) if isinstance(raw, float) else raw))


def read_list(item: Item, raw: object) -> tuple[str | int | float, ...]:
    """Several short texts, or numbers."""
    texts = _texts(raw)
    return tuple(read_number(item, text) for text in texts) if item.of_numbers else tuple(texts)


def read_reference(raw: object) -> str:
    """The key of one row."""
    if isinstance(raw, (bool, Mapping, list, tuple)):
        raise wrong("Här behövs ett enda namn eller id på en rad.")
    return clean_line(str(raw))


def read_references(raw: object) -> tuple[str, ...]:
    """The keys of some rows, each once."""
    return tuple(dict.fromkeys(_texts(raw)))


def _texts(raw: object) -> list[str]:
    """The items of a list, or of a text divided by lines, semicolons or commas."""
    if isinstance(raw, str):
        divider = next((mark for mark in ("\n", ";", ",") if mark in raw.strip(" ")), ",")
        raw = [re.sub(r"^\s*[-*+]\s+", "", text) for text in raw.split(divider)]
    elif isinstance(raw, (int, float)) and not isinstance(raw, bool):
        raw = [raw]
    if not isinstance(raw, (list, tuple)):
        raise wrong("Här behövs en lista.")
    if any(isinstance(item, (Mapping, list, tuple, bool)) for item in raw):
        raise wrong("Listan får bara innehålla enkla värden.")
    texts = [format_number(item) if isinstance(item, (int, float)) else clean_line(str(item)) for item in raw]
    return [text for text in texts if text]
