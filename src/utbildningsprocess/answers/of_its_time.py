"""What a text says that may have been true only when it was written: a date, a year, a number of people."""

from __future__ import annotations

import re
from typing import NamedTuple

from utbildningsprocess.answers.numbers import COUNTS
from utbildningsprocess.answers.periods import MONTHS, SEASONS, WEEKDAYS

# Patterns are compiled when they are first used: most commands read no draft.
_YEAR = r"(?:19|20)[0-9]{2}"
_SEASON = rf"(?:{'|'.join(SEASONS)}|vinter)"
_DATES = "|".join(
    (
        rf"{_YEAR}-[0-9]{{2}}(?:-[0-9]{{2}})?",
        r"[0-9]{1,2}/[0-9]{1,2}(?![0-9/])",
        rf"(?:[0-9]{{1,2}}(?::?e)? |i |under |sedan |före |efter |från |till )?(?:{'|'.join(MONTHS)})(?: {_YEAR})?",
        rf"(?:vecka|v\.|kvartal) ?[0-9]{{1,2}}(?: {_YEAR})?",
        rf"{_SEASON}(?:en|n)?(?:terminen)? {_YEAR}",
        rf"(?:förra|nästa|i) (?:året?|månade?n?|veckan?|kvartalet?|terminen?|{_SEASON}(?:en|n|as|ras)?)",
        rf"på {'|på '.join(WEEKDAYS)}",
        r"i fjol|förfjol|i våras|i somras|i höstas|i vintras|i dag|i morgon",
        rf"(?:år |sedan |under )?{_YEAR}",
    )
)
_UNITS = (
    "min|minut(?:er)?|tim|timm(?:e|ar)|h|dag(?:ar)?|dygn|veck(?:a|or)|v|månad(?:er)?|år|kvartal|gång(?:er)?"
    "|procent|kr|kronor|tkr|mkr|sidor?|steg|meter|poäng|nivåer|frågor|delar|stycken? papper"
)
_PEOPLE = (
    rf"(?:[1-9][0-9]*(?: [0-9]{{3}})*|{'|'.join(word for word in COUNTS if word not in ('noll', 'ett', 'en'))})"
    rf" (?!(?:{_UNITS})\b)(?:(?:av|nya|andra|fasta|olika|nyanställda|legitimerade) )?"
    r"(?:[^\W\d]+(?:or|ar|er|are|ra|na|s?personal|deltagande|anställda|chefer)|barn|st)"
)


class OfItsTime(NamedTuple):
    """The first of each kind that a text mentions, as it stands there; empty where there is none."""

    date: str
    people: str


def of_its_time(text: str) -> OfItsTime:
    """The date or year, and the number of people, that a text mentions."""
    return OfItsTime(*(_first(pattern, text) for pattern in (_DATES, _PEOPLE)))


def _first(pattern: str, text: str) -> str:
    seen = re.search(rf"(?<![\w/.-])(?:{pattern})(?![\w-])", text, re.IGNORECASE)
    return " ".join(seen[0].split()) if seen else ""
