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
        rf"(?:(?:den )?[0-9]{{1,2}}(?::?e)? |i )?(?:{'|'.join(MONTHS)})(?: {_YEAR})?",
        rf"(?:vecka|v\.?|kvartal) ?[0-9]{{1,2}}(?: {_YEAR})?",
        rf"{_SEASON}(?:en|n|terminen)? {_YEAR}",
        rf"(?:förra|nästa) (?:år|månad|veck|kvartal|termin|{_SEASON})\w*",
        rf"i (?:år|fjol|{_SEASON}|våras|somras|höstas|vintras)",
        rf"på (?:{'|'.join(WEEKDAYS)})",
        _YEAR,
    )
)
_COUNT = (
    rf"(?:(?!{_YEAR}\b)[1-9][0-9]*(?: [0-9]{{3}})*|{'|'.join(word for word in COUNTS if COUNTS[word] > 1)})"
)
_NO_PEOPLE = (
    r"\w*(?:dagar|timmar|minuter|sekunder|månader|veckor|kvällar|nätter|morgnar|gånger|kronor"
    r"|uppgifter|handlingar|åtgärder|orsaker|saker|frågor|punkter|meningar|sidor|bilagor|flikar|bilder|filmer|sekvenser"
    r"|delar|nivåer|kopplingar|läsningar|övningar|träffar|kontroller|resor|högar)|svar|efter|eller|under|över|per|innehåller"
)
"""Words that end as those for people do."""
_PEOPLE = (
    rf"{_COUNT} av (?:de )?{_COUNT}"
    rf"|{_COUNT} (?!(?:{_NO_PEOPLE})\b)(?:(?:nya|andra|fasta|olika|nyanställda|legitimerade) )?"
    r"(?:[^\W\d]{2,}(?:or|ar|er|are)|anställda|barn|man)"
)


class OfItsTime(NamedTuple):
    """What of each kind a text mentions, as it stands there."""

    dates: tuple[str, ...]
    people: tuple[str, ...]


def of_its_time(text: str) -> OfItsTime:
    """The dates and years, and the numbers of people, that a text mentions."""
    return OfItsTime(*(_mentioned(pattern, text) for pattern in (_DATES, _PEOPLE)))


def _mentioned(pattern: str, text: str) -> tuple[str, ...]:
    seen = re.finditer(rf"(?<![\w/.,-])(?:{pattern})(?![\w-])", text, re.IGNORECASE)
    return tuple(dict.fromkeys(" ".join(match[0].split()) for match in seen))
