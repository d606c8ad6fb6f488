"""Which initiatives somebody wants to see, the most urgent first, and a word looked for in their texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import alphabetical, clean_line, did_you_mean, fold, nfc
from utbildningsprocess.work.portfolio.facts import LIVES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from pathlib import Path

    from utbildningsprocess.work.portfolio.listing import Listed

_FIELD = re.compile(r"[-*+] \*\*[^*]+:\*\* ?(.*)")
"""What stands after the name of a field."""
_PLAIN = re.compile(rb"[a-z0-9]+")
FOLDED_TO_ASCII = tuple(
    map(
        str.encode,
        "\xdf\u0130\u0149\u017f\u01f0\u1e96\u1e97\u1e98\u1e99\u1e9a\u1e9e\u212a\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06",
    )
)
"""What `folded` makes plain letters of; without these, a plain letter of the word stands in the bytes."""
_LEADS = tuple(dict.fromkeys(letter[:2] for letter in FOLDED_TO_ASCII))
"""What those begin with, which is less to look for; a few other letters begin so, too."""
_NEVER = "9999"
"""A day after all others."""


class Wanted(NamedTuple):
    """What an initiative must be to be shown; what is empty leaves none out."""

    overdue: bool = False
    until: str = ""
    """The last day, as ISO, on or before which something is to be done or is late."""
    step: str = ""
    life: str = ""
    role: str = ""
    group: str = ""
    cause: str = ""


class LineFound(NamedTuple):
    """A line in which the word stands, counted from 1."""

    number: int
    text: str


def life_meant(text: str) -> str:
    """The life that a person means. Raises WrongUse with a suggestion when there is none."""
    if fold(text) in LIVES:
        return fold(text)
    hint = did_you_mean(text, LIVES) or f"Skriv {', '.join(LIVES[:-1])} eller {LIVES[-1]}."
    raise WrongUse(f"Statusen ”{text}” finns inte. {hint}")


def last_day_meant(text: str, today: date) -> str:
    """The last day of the date or the period that a person means. Raises WrongUse when it cannot be read."""
    from utbildningsprocess.answers.dates import parse_when
    from utbildningsprocess.answers.faults import Invalid
    from utbildningsprocess.model.whens import last_day

    try:
        return last_day(parse_when(text, today)).isoformat()
    except Invalid as error:
        raise WrongUse(f"--fore: {' '.join(fault.placed for fault in error.faults)}") from None


def chosen(listed: Iterable[Listed], wanted: Wanted, today: date) -> list[Listed]:
    """Those that are wanted, the most urgent first."""
    day = today.isoformat()
    return by_urgency((initiative for initiative in listed if _is_wanted(initiative, wanted, day)), today)


def by_urgency(listed: Iterable[Listed], today: date) -> list[Listed]:
    """Those that go on before those that rest or have ended; then by date, so what is late comes first."""
    day = today.isoformat()

    def place(initiative: Listed) -> tuple[int, str, int, tuple[str, str], str]:
        first = initiative.facts.next_date(day)
        # What is late has an earlier day than what is to come.
        return (
            LIVES.index(initiative.life),
            first.last if first else _NEVER,
            -initiative.facts.red,
            alphabetical(initiative.title),
            initiative.path.name,
        )

    return sorted(listed, key=place)


def _is_wanted(initiative: Listed, wanted: Wanted, day: str) -> bool:
    facts = initiative.facts
    first = facts.next_date(day)
    return (
        (not wanted.overdue or bool(facts.overdue(day)))
        and (not wanted.until or (first is not None and first.last <= wanted.until))
        and wanted.step in ("", facts.stage)
        and wanted.life in ("", initiative.life)
        and _holds(wanted.role, facts.roles)
        and _holds(wanted.group, facts.groups)
        and _holds(wanted.cause, facts.causes)
    )


def _holds(word: str, texts: Collection[str]) -> bool:
    return not word or any(fold(word) in fold(text) for text in texts)


class TextSearch:
    """Looks for a word in the texts of dossiers as they are read, but not in the words of the questions."""

    def __init__(self, word: str, ours: frozenset[str]) -> None:
        self._word = folded(clean_line(word))
        if not self._word:
            raise WrongUse("Skriv ett ord att söka efter: --sok ORD")
        self._ours = ours
        self._sign = max(_PLAIN.findall(self._word.encode()), key=len, default=b"")
        self.lines: dict[Path, list[LineFound]] = {}
        """The lines in which the word stands, by file."""

    def look(self, path: Path, data: bytes) -> None:
        """Notes where the word stands in a file."""
        if self._sign not in data.lower() and not any(lead in data for lead in _LEADS):
            return
        text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        whole, pieces = folded(text), self._word.split()
        if not all(piece in whole for piece in pieces):
            return
        lines = zip(text.split("\n"), whole.split("\n"), strict=True)
        holding = [
            (number, self._said(line))
            for number, (line, plain) in enumerate(lines, 1)
            if all(piece in plain for piece in pieces)
        ]
        hits = [LineFound(number, said) for number, said in holding if self._word in folded(said)]
        if hits:
            self.lines[path] = hits

    def _said(self, line: str) -> str:
        """What somebody has written on a line; empty where there are only our own words."""
        bare = nfc(" ".join(line.split()))
        field = _FIELD.fullmatch(bare)
        said = field[1] if field else bare
        return "" if bare.startswith("<!--") or {bare, said} & self._ours else said


def folded(text: str) -> str:
    """Text to search in: in composed form and without case; å, ä and ö are letters of their own."""
    return nfc(text).casefold()
