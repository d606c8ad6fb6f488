"""Traces of real people in a text: personal identity numbers, e-mail addresses and telephone numbers."""

from __future__ import annotations

import re
from datetime import date

_NUMBER = re.compile(
    r"(?<![0-9])((?:1[89]|20)?[0-9]{2})([0-9]{2})([0-9]{2})[ \u00a0]?[-+–−]?[ \u00a0]?([0-9]{4})(?![0-9])"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w+.,:-])(?:\+46|0046|0)[ -]?(?:\(0\) ?)?[1-9](?:[ -]?[0-9]){6,9}(?![\w])")
COORDINATION = 60
"""Added to the day in a coordination number."""


def personal_numbers(text: str) -> tuple[str, ...]:
    """The personal identity and coordination numbers in a text, as they stand.

    Ten or twelve digits, with or without hyphen or plus, whose date exists and whose last digit is the check
    digit (Luhn) of the nine before it.
    """
    return tuple(found[0] for found in _NUMBER.finditer(text) if _is_personal(*found.groups()))


def _is_personal(year: str, month: str, day: str, last: str) -> bool:
    number = int(day) - COORDINATION if int(day) > COORDINATION else int(day)
    years = [int(year)] if len(year) > 2 else [1900 + int(year), 2000 + int(year)]  # noqa: PLR2004  two digits
    exists = any(_exists(one, int(month), number) for one in years)
    return exists and _checks(f"{year[-2:]}{month}{day}{last}")


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _checks(digits: str) -> bool:
    """Whether the sum of the digits, every other one doubled from the first, is a whole number of tens."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def contacts(text: str) -> tuple[str, ...]:
    """What kinds of contact details stand in a text, in words."""
    numbers = [found[0] for found in _PHONE.finditer(text) if not personal_numbers(found[0])]
    kinds = (("en e-postadress", bool(_MAIL.search(text))), ("ett telefonnummer", bool(numbers)))
    return tuple(kind for kind, found in kinds if found)
