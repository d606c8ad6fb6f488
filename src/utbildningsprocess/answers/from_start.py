"""Amounts counted from a start, as weeks from the first occasion: 2 före, 4 veckor efter, samma vecka.

Their unit says what they are counted from: veckor från första tillfället. Other units are of no concern here.
"""

from __future__ import annotations

import re

from utbildningsprocess.answers.periods import MONTHS
from utbildningsprocess.swedish import plain_dashes, singular, uniform, with_unit

ON = ("efter", "senare")
_BACK = ("före", "innan")
_SHORT = {"veckor": ("v", "v.")}
# Patterns are compiled when they are first used: most commands read no number that anybody typed.
_WEEK_BEFORE = r"^v(?:ecka)?\.? ?(?=[+-][0-9]|0$)"
"""The word week before a number that no week of a calendar has."""
_MONTH = rf"\b(?:{'|'.join(name[:end] for name in MONTHS for end in range(3, len(name) + 1))})\b"
_IN_CALENDAR = (
    rf"(?!.*\b(?:{'|'.join((*ON, *_BACK))})\b)"
    rf"(?:(?:i )?v(?:ecka|eckan)?\.? ?[1-9].*|[0-9]{{4}}-w?[0-9].*|[0-9]{{1,2}}/[0-9]{{1,2}}.*|.*{_MONTH}.*)"
)


def start_of(unit: str) -> str:
    """What a unit is counted from, första tillfället; empty for other units."""
    return unit.partition(" från ")[2]


def amounts_from_start(unit: str) -> dict[str, int]:
    """What may follow the number, före or veckor efter första tillfället: and 1 for on, -1 for back."""
    many, _, start = unit.partition(" från ")
    names = ("", many, uniform(singular(many)), *_SHORT.get(many, ())) if start else ()
    ways = {"": 1, "från": 1, **dict.fromkeys(ON, 1), **dict.fromkeys(_BACK, -1)}
    return {
        " ".join(filter(None, [name, word, end])): way
        for name in names
        for word, way in ways.items()
        for end in (("", start) if word else ("",))
    }


def bare_from_start(unit: str, text: str) -> str:
    """A text without the word week before a number from the start, and with samma vecka as a number."""
    many, _, start = uniform(unit).partition(" från ")
    if not start:
        return text
    bare = re.sub(_WEEK_BEFORE, "", plain_dashes(uniform(text)))
    at_start = f"samma {uniform(singular(many))}"
    return "0" if bare in (at_start, f"{at_start} som {start}") else bare


def said_from_start(number: float, unit: str) -> str:
    """A number in words: 2 veckor före första tillfället. Empty for the start itself, and for other units."""
    many, _, start = unit.partition(" från ")
    way = "före" if number < 0 else "efter"
    return f"{with_unit(abs(number), many)} {way} {start}" if start and number else ""


def is_in_calendar(unit: str, text: str) -> bool:
    """Whether a text is a week, a day or a month of the calendar, where it is counted from a start."""
    return bool(start_of(unit) and re.fullmatch(_IN_CALENDAR, plain_dashes(uniform(text))))
