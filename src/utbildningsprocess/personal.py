"""Traces of real people in a text: personal identity numbers, e-mail addresses and telephone numbers."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from utbildningsprocess.swedish import plain_dashes

_DAY = r"((?:1[89]|20)?[0-9]{2})[ -]?([0-9]{2})[ -]?([0-9]{2})"
_NUMBER = re.compile(rf"(?<![0-9]){_DAY}( ?[-+/]? ?)([0-9]{{4}})(?![0-9])")
_BLANKS = re.compile(r"\s+")
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(r"(?<![\w+.,:-])(?:\+46|0046|0)[ -]?(?:\(0\) ?)?[1-9](?:[ -]?[0-9]){6,9}(?![\w])")
_COORDINATION = 60
"""Added to the day in a coordination number."""


def personal_numbers(text: str) -> tuple[str, ...]:
    """The personal identity and coordination numbers in a text, with plain digits, blanks and hyphens.

    Ten or twelve digits, whatever stands between day and number, whose date exists and whose last digit is
    the check digit (Luhn) of the nine before it. Eight digits, a blank and four are a date and a time.
    """
    matches = _NUMBER.finditer(_plain(text))
    return tuple(match[0] for match in matches if _is_personal(*match.groups()))


def _plain(text: str) -> str:
    """The text with every kind of digit, dash and blank as the plain one, and invisible characters gone."""
    if text.isascii():
        return _BLANKS.sub(" ", text)
    shown = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
    return _BLANKS.sub(" ", plain_dashes("".join(shown)))


def _is_personal(year: str, month: str, day: str, between: str, last: str) -> bool:
    if len(year) > 2 and between == " ":  # noqa: PLR2004  two digits
        return False
    years = [int(year)] if len(year) > 2 else [1900 + int(year), 2000 + int(year)]  # noqa: PLR2004  as above
    exists = any(_exists(possible, int(month), int(day) % _COORDINATION) for possible in years)
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
    has_mail = "@" in text and _MAIL.search(text) is not None
    has_number = any(not personal_numbers(match[0]) for match in _PHONE.finditer(text))
    kinds = (("en e-postadress", has_mail), ("ett telefonnummer", has_number))
    return tuple(kind for kind, is_there in kinds if is_there)
