"""Traces of real people in a text: personal identity numbers, e-mail addresses and telephone numbers."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from utbildningsprocess.swedish import plain_dashes

if TYPE_CHECKING:
    from collections.abc import Iterable

_SIGN = r"(?:[^\w %]|_)"
"""A sign that may stand within a number: no percent sign, for that ends a figure."""
_NUMBER = re.compile(
    rf"""(?<![0-9])(?<![0-9][.,])(?:
    (?P<year>(?:(?:18|19|20)[ -]?)?[0-9]{{2}})
    (?: (?P<day>[0-9]{{4}}) | (?P<inner>\ ?{_SIGN}\ ?|\ )(?P<month>[0-9]{{2}})(?P=inner)(?P<date>[0-9]{{2}})
      | (?<=[0-9]{{4}})\ (?P<late_day>[0-9]{{4}}) )
    (?P<sign>\ ?{_SIGN}{{0,3}}\ ?
      | [^0-9]{{0,40}}\b(?:sista|fyra|slutar|slutsiff|kontrollsiff)[^0-9]{{0,40}})
    (?P<last>[0-9]{{4}} | [0-9]{{2}}\ ?{_SIGN}?\ ?[0-9]{{2}} | [0-9]{{3}}[ -][0-9] | [0-9](?:\ [0-9]){{3}})
    | (?P<singles>(?:[0-9](?:\ [-+/]\ |[-+/_.]|\ )){{9}}(?:[0-9]\ [0-9]\ )?[0-9])
    )(?![0-9])""",
    re.VERBOSE | re.IGNORECASE,
)
_GROUPED = re.compile(
    r"(?<![0-9+])(?<![0-9][ .,:-])(?:[0-9]{1,11}[ .-]{1,3}){1,5}[0-9]{1,11}(?![ .,:/-]?[0-9])"
)
_AMOUNT = re.compile(r"[0-9]{1,3}(?:[ .][0-9]{3})+")
"""Digits by threes, as in 1 201 010 000."""
_MARKUP = re.compile(r"<[^<>]*>|[*`~\\]")
_BRACKETS_AND_BLANKS = re.compile(r"[\s()\[\]{}\"'”’]+")
_NAMED = re.compile(r"person-?n(?:umme)?r|\bp\.? ?n\.?r|samordningsn|\bfödd", re.IGNORECASE)
_CASE = re.compile(r"\b(?:dnr|diarien\w*|ärende\w*)[.:]? ?(?:[A-ZÅÄÖ]+[ -])*$", re.IGNORECASE)
_CALL = re.compile(
    r"\b(?:tel|tfn|telefon\w*|mobil\w*|ring|sms\w*|nås på|fax)[.:]* ?(?:på |till )?$", re.IGNORECASE
)
_LATER_DAY = re.compile(r"-[0-9]{2}-[0-9]{2}(?![0-9])")
_BEFORE = 30
"""How many characters before a number that can say what it is."""
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(r"(?<![\w+.,:-])(?:\+46|0046|0)[ -]?(?:\(0\) ?)?[1-9](?:[ -]?[0-9]){6,9}(?![\w])")
_CONTACT_SIGNS = ("@", "0", "+46")
"""One of them stands in every address and telephone number."""
_TIME_OF_DAY = "(?:[01][0-9]|2[0-4]) ?[0-5][0-9]"
_IS_TIME = re.compile(rf"{_TIME_OF_DAY} ?- ?{_TIME_OF_DAY}|0 (?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}")
"""A shift, or a zero before a date."""
_COORDINATION = 60
"""Added to the day in a coordination number."""
_SHORTEST, _LONGEST = 10, 12
_MEETINGS = range(2020, 2036)
"""The years whose days are more often those of a meeting, with its time, than of a birth."""
_WRITTEN_DAYS = range(2000, _MEETINGS.stop)
"""The years of a case number, or of a day that is written with its time."""


def personal_numbers(text: str) -> tuple[str, ...]:
    """The personal identity and coordination numbers in a text, with plain digits, blanks and hyphens.

    Ten or twelve digits, whatever stands between day and number, whose date exists and whose last digit is
    the check digit (Luhn) of the nine before it. What is written as a date with a time, a telephone number or
    a case number is none, unless the words before it say that it is.
    """
    if _number_of_digits(text) < _SHORTEST:
        return ()
    plain = _plain(text)
    numbers, place = [], 0
    while match := _NUMBER.search(plain, place):
        is_personal = _is_personal(match) and not _is_something_else(match)
        if is_personal:
            numbers.append(match[0])
        place = match.end() if is_personal else match.start() + 1
    grouped = [match[0] for match in _GROUPED.finditer(plain) if _is_grouped(match)]
    return (*numbers, *(number for number in grouped if not any(seen in number for seen in numbers)))


def may_hold_number(texts: Iterable[str]) -> bool:
    """Whether there are digits enough, in texts taken together, for a personal identity number."""
    return sum(map(_number_of_digits, texts)) >= _SHORTEST


def _is_grouped(match: re.Match[str]) -> bool:
    """Whether digits in any groups are a personal number, and are written as no other number is."""
    digits = _digits(match[0])
    if len(digits) not in (_SHORTEST, _LONGEST) or _NUMBER.fullmatch(match[0]) or not _is_personal(match):
        return False
    if len(digits) == _LONGEST and digits[:2] not in ("18", "19", "20"):
        return False
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    if _NAMED.search(before):
        return True
    is_other = digits.startswith("0") or _AMOUNT.fullmatch(match[0]) or re.fullmatch(r"[0-9.]+", match[0])
    is_recent = len(digits) == _LONGEST and int(digits[:4]) in _WRITTEN_DAYS
    return not (is_other or is_recent or _CALL.search(before) or _CASE.search(before))


def divided_numbers(text: str, beside: str) -> tuple[str, ...]:
    """The personal identity numbers with their day in one of two texts and their last four in the other."""
    if _number_of_digits(text) + _number_of_digits(beside) < _SHORTEST:
        return ()
    whole = {*personal_numbers(text), *personal_numbers(beside)}
    together = [*personal_numbers(f"{text} {beside}"), *personal_numbers(f"{beside} {text}")]
    return tuple(number for number in together if number not in whole)


@lru_cache(maxsize=1024)
def _number_of_digits(text: str) -> int:
    """How many digits are in a text, which is asked of it once for each text it stands beside."""
    return sum(map(str.isdigit, html.unescape(text)))


def _plain(text: str) -> str:
    """The text with plain digits, dashes and blanks; markup, brackets and invisible signs gone."""
    text = _MARKUP.sub("", html.unescape(text))
    if not text.isascii():
        shown = (char for char in unicodedata.normalize("NFKC", text) if unicodedata.category(char) != "Cf")
        text = plain_dashes("".join(str(unicodedata.decimal(char, char)) for char in shown))
    return _BRACKETS_AND_BLANKS.sub(" ", text)


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


def _years(match: re.Match[str]) -> list[int]:
    """The years of birth that a number can mean."""
    digits = _digits(match[0])
    if len(digits) == _LONGEST:
        return [int(digits[:4])]
    return [1900 + int(digits[:2]), 2000 + int(digits[:2])]


def _is_personal(match: re.Match[str]) -> bool:
    digits = _digits(match[0])[-_SHORTEST:]
    month, day = int(digits[2:4]), int(digits[4:6]) % _COORDINATION
    return any(_exists(year, month, day) for year in _years(match)) and _checks(digits)


def _is_something_else(match: re.Match[str]) -> bool:
    """Whether the number is written as other numbers are, and nothing before it says that it is personal."""
    before = match.string[max(0, match.start() - _BEFORE) : match.start()]
    if _NAMED.search(before) or match["singles"]:
        return False
    return (
        _is_date_and_time(match)
        or _is_list(match)
        or _LATER_DAY.match(match.string, match.end()) is not None
        or _CALL.search(before) is not None
        or (_CASE.search(before) is not None and any(year in _WRITTEN_DAYS for year in _years(match)))
    )


def _is_date_and_time(match: re.Match[str]) -> bool:
    """Whether the last four are a time of day, and written as one or after the day of a meeting."""
    last, years = _digits(match["last"]), _years(match)
    if int(last[:2]) > 23 or int(last[2:]) > 59:  # noqa: PLR2004  hours, minutes
        return False
    if ":" in match["last"] or "." in match["last"]:
        return True
    is_loose = match["sign"] != "" and match["sign"].strip() in ("", ",", "_", ":", ".")
    if match["inner"] and is_loose:
        return any(year in _WRITTEN_DAYS for year in years)
    is_stamp = match["sign"] == "" and len(_digits(match[0])) == _LONGEST
    return (is_loose or is_stamp) and any(year in _MEETINGS for year in years)


def _is_list(match: re.Match[str]) -> bool:
    """Whether two digits follow two digits in the same way throughout, as weeks do."""
    pairs = re.fullmatch(r"[0-9]{2}(?:([^0-9]+)[0-9]{2})(?:\1[0-9]{2}){3}", match[0])
    return pairs is not None and "-" not in pairs[1]


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


class Contact(NamedTuple):
    """A way to reach somebody that stands in a text: what kind it is, in words, and as it is written."""

    kind: str
    written: str


def contacts(text: str) -> tuple[Contact, ...]:
    """The first e-mail address and the first telephone number in a text. A shift or a day is no number."""
    if not any(sign in text for sign in _CONTACT_SIGNS):
        return ()
    mail = _MAIL.search(text) if "@" in text else None
    numbers = (match for match in _PHONE.finditer(text) if not personal_numbers(match[0]))
    number = next((match for match in numbers if not _IS_TIME.fullmatch(match[0])), None)
    kinds = (("en e-postadress", mail), ("ett telefonnummer", number))
    return tuple(Contact(kind, match[0]) for kind, match in kinds if match)


def without_people_in(values: object) -> Any:
    """Values with every text in them as `without_people` leaves it, and all else as it is."""
    match values:
        case str():
            return without_people(values)
        case dict():
            return {key: without_people_in(value) for key, value in values.items()}
        case list():
            return [without_people_in(value) for value in values]
        case _:
            return values


def without_people(text: str) -> str:
    """A text for others than those who work on it: without ways to reach somebody.

    One with a personal identity number is left out whole, for the number can be written in many ways.
    """
    if personal_numbers(text):
        return "[Texten visas inte. Den innehåller ett personnummer.]"
    while ways := contacts(text):
        for way in ways:
            text = text.replace(way.written, f"[{way.kind.partition(' ')[2]}]")
    return text
