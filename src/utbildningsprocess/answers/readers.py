"""One raw value -> one valid value: a reader for each kind of answer that is a single value or a list.

Raw is text as somebody typed it, or a value from YAML, JSON or a dossier. A reader raises Invalid with a
sentence about what it cannot take.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING

from utbildningsprocess.answers.by_name import find_option
from utbildningsprocess.answers.dates import in_our_time, parse_date, parse_when
from utbildningsprocess.answers.faults import wrong
from utbildningsprocess.answers.numbers import ask_about_marks, ask_about_thousands, read_number
from utbildningsprocess.answers.pasted_lists import divided_by_bullets, with_lists, without_list_marks
from utbildningsprocess.answers.times import parse_time_span
from utbildningsprocess.data_files.spelled import Spelled
from utbildningsprocess.model import Period, TimeSpan, first_day, last_day
from utbildningsprocess.swedish import clean, clean_line, did_you_mean, fold, format_number

if TYPE_CHECKING:
    from utbildningsprocess.model import Item, When

_NOTHING = re.compile(r"[-+]?\.(?i:nan|inf)|nan|NaN|-?inf|-Infinity")
"""What programs write where a number is missing or has no end."""
_HOW_IN_WORDS = "Egna ord går också bra, som text på en enda rad."
YES = ("ja", "j", "true", "sant")
NO = ("nej", "n", "false", "falskt")


def read_long_prose(raw: object, *, stored: bool) -> str:
    """A text as `read_prose` reads it, whose pasted lists are lists; what is stored stays as it is."""
    return read_prose(raw if stored or not isinstance(raw, str) else with_lists(raw))


def read_prose(raw: object) -> str:
    """A text in the person's own words, cleaned."""
    if isinstance(raw, (bool, Mapping)) or not isinstance(raw, (str, int, float, date)):
        raise wrong("Här behövs en text.")
    _refuse_nothing(raw)
    if isinstance(raw, (int, float)):
        return _number_as_text(raw)
    return clean(raw.isoformat() if isinstance(raw, date) else raw)


def _number_as_text(raw: object) -> str:
    """A number as it was written, or as people write it; all else as it is."""
    if isinstance(raw, float) and isfinite(raw) and not isinstance(raw, Spelled):
        return format_number(raw)
    return str(raw)


def _refuse_nothing(raw: object) -> None:
    """Raises Invalid for what a program has written where there was no value."""
    if _NOTHING.fullmatch(str(raw).strip()):
        raise wrong(f"”{raw}” är inget svar: så skriver program där ett värde saknas. Ta bort det.")


def read_choice(item: Item, raw: object) -> str:
    """The id of one of the options, or a line of one's own words where the question takes them."""
    text = clean_line(raw) if isinstance(raw, str) else str(raw)
    if option := find_option(item.options, text):
        return option.id
    if item.own_words and isinstance(raw, str) and "\n" not in raw.strip():
        _refuse_nothing(raw)
        return text
    known = "; ".join(option.label for option in item.offered)
    hint = did_you_mean(text, [option.id for option in item.offered])
    words = _HOW_IN_WORDS if item.own_words else ""
    raise wrong(" ".join(filter(None, [f"”{text}” finns inte bland alternativen: {known}.", hint, words])))


def read_choices(item: Item, raw: object) -> tuple[str, ...]:
    """The ids of some of the options, and the words of one's own where the question takes them."""
    if isinstance(raw, str) and find_option(item.options, clean_line(raw)):
        raw = [raw]
    return tuple(dict.fromkeys(read_choice(item, text) for text in _texts(raw)))


def read_yes_no(raw: object) -> bool:
    """Yes or no, in a word."""
    if isinstance(raw, bool):
        return raw
    word = fold(str(raw))
    if word not in (*YES, *NO):
        raise wrong(f"”{raw}” är varken ja eller nej.")
    return word in YES


def read_date(item: Item, raw: object, today: date | None) -> When:
    """A day, or a period where the question takes it; without a year only when it is known what day it is."""
    if isinstance(raw, Mapping) and set(raw) <= {"ord", "forsta", "sista"}:
        return _from_machine(item, raw)
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, Period) and not item.approximate:
        raw = str(raw)
    if isinstance(raw, (date, Period)):
        return in_our_time(raw)
    if isinstance(raw, float) and not raw.is_integer():
        raise wrong(f'Utan citattecken är {raw} ett tal och inget datum. Skriv till exempel "2026-03-12".')
    text = str(int(raw) if isinstance(raw, float) else raw)
    return (parse_when if item.approximate else parse_date)(text, today, item.looks)


def _from_machine(item: Item, raw: Mapping[object, object]) -> When:
    """A date as JSON holds it where it may be approximate: its words, and its first and last day."""
    when = read_date(item, raw.get("ord", raw.get("forsta", "")), None)
    days = {"forsta": first_day(when), "sista": last_day(when)}
    if any(str(raw.get(key, day)) != str(day) for key, day in days.items()):
        raise wrong(f"”{when}” är inte dagarna som står bredvid. Låt ord stå ensamt: {{ord: {when}}}.")
    return when


def read_time_span(raw: object) -> TimeSpan:
    """When something begins, and perhaps ends. A number is a whole hour: 8.3 may mean more than one time."""
    if isinstance(raw, TimeSpan):
        return raw
    if isinstance(raw, float) and not raw.is_integer():
        raise wrong(f'Utan citattecken är {raw} ett tal och ingen tid. Skriv till exempel "08.30–16.00".')
    return parse_time_span(str(int(raw) if isinstance(raw, float) else raw))


def read_list(item: Item, raw: object, *, stored: bool = False) -> tuple[str | int | float, ...]:
    """Several short texts, or numbers."""
    if not item.of_numbers:
        if isinstance(raw, str) and not stored:
            raw = divided_by_bullets(raw)
        is_one = isinstance(raw, str) and not re.search(r"[;\n]", raw.strip()) and runs_on(raw.strip())
        texts = tuple(_texts([raw] if is_one else raw))
        for text in texts:
            _refuse_nothing(text)
        return texts
    if isinstance(raw, str):
        ask_about_marks(raw)
        raw = re.sub(r"\s(?:och|&)\s", ", " if ";" not in raw else "; ", raw)
    if isinstance(raw, (list, tuple)):
        raw = [float(item) if isinstance(item, Spelled) else item for item in raw]
    said = _texts(raw)
    for text in said:
        ask_about_thousands(text)
    return tuple(read_number(item, text, stored=stored) for text in said)


def read_reference(raw: object) -> str:
    """The key of one row."""
    if isinstance(raw, (bool, Mapping, list, tuple)):
        raise wrong("Här behövs ett enda namn eller id på en rad.")
    return clean_line(str(raw))


def read_references(raw: object) -> tuple[str, ...]:
    """The keys of some rows, each once."""
    return tuple(dict.fromkeys(_texts(raw)))


def runs_on(text: str) -> bool:
    """Whether a text goes on after a sentence or a colon: a comma in it is its own, and divides nothing."""
    return re.search(r"[:!?] |\. [A-ZÅÄÖ]", text) is not None


def _texts(raw: object) -> list[str]:
    """The items of a list, or of a text divided by lines, semicolons or commas."""
    if isinstance(raw, str):
        bare = without_list_marks(raw) if "\n" in raw.strip() else raw
        divider = next((mark for mark in ("\n", ";", ",") if mark in raw.strip(" ")), ",")
        if bare == raw:  # else a mark that is part of the text would go too
            bare = re.sub(r"^\s*[-*+]\s+", "", raw, flags=re.MULTILINE)
        raw = bare.split(divider)
    elif isinstance(raw, (int, float)) and not isinstance(raw, bool):
        raw = [raw]
    if not isinstance(raw, (list, tuple)):
        raise wrong("Här behövs en lista.")
    if any(isinstance(item, (Mapping, list, tuple, bool)) for item in raw):
        raise wrong("Listan får bara innehålla enkla värden.")
    texts = [clean_line(_number_as_text(item)) for item in raw]
    return [text for text in texts if text]
