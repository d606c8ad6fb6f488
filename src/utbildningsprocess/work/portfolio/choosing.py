"""Which initiatives somebody wants to see, the most urgent first, and a word looked for in their texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.steps import parse_step, step_name
from utbildningsprocess.swedish import alphabetical, clean_line, did_you_mean, fold, joined, nfc
from utbildningsprocess.work.portfolio.facts import LIVES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from utbildningsprocess.work.portfolio.facts import Dated, Facts
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
    archived: bool = False
    """Whether those that are put away are wanted too; a life that is asked for wants them anyway."""
    until: str = ""
    """The last day, as ISO, on or before which something is to be done or is late."""
    step: str = ""
    life: str = ""
    role: str = ""
    group: str = ""
    cause: str = ""


class Promises(NamedTuple):
    """What is due in initiatives, by file: until a day and for a role, where these are asked for."""

    until: str
    role: str
    due: Mapping[Path, Sequence[Dated]]


class LineFound(NamedTuple):
    """A line in which the word stands, counted from 1."""

    number: int
    text: str


def as_meant(said: Wanted, today: date) -> Wanted:
    """What a person wants, whose words are understood. Raises WrongUse for what cannot be."""
    for flag, word in (("--roll", said.role), ("--malgrupp", said.group), ("--orsak", said.cause)):
        if word and not word.strip():
            raise WrongUse(f"{flag} är tomt. Skriv vad insatserna ska ha gemensamt, eller ta bort flaggan.")
    return said._replace(
        until=said.until and last_day_meant(said.until, today),
        step=said.step and parse_step(said.step),
        life=said.life and _life_meant(said.life),
    )


def _life_meant(text: str) -> str:
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


def selection_in_words(wanted: Wanted, word: str | None) -> str:
    """What an initiative had to be to be shown; empty when all are."""
    named = (
        ("det som är försenat", wanted.overdue),
        (f"det som ska ske till och med {wanted.until}", wanted.until),
        (f"steget {step_name(wanted.step)}", wanted.step),
        (f"status {wanted.life}", wanted.life),
        (f"rollen ”{wanted.role}”", wanted.role),
        (f"målgruppen ”{wanted.group}”", wanted.group),
        (f"orsaken ”{wanted.cause}”", wanted.cause),
        (f"ordet ”{word}”", word),
    )
    return joined(name for name, value in named if value)


def chosen(listed: Iterable[Listed], wanted: Wanted, today: date) -> list[Listed]:
    """Those that are wanted, the most urgent first."""
    return by_urgency((initiative for initiative in listed if _is_wanted(initiative, wanted, today)), today)


def by_urgency(listed: Iterable[Listed], today: date) -> list[Listed]:
    """Those that go on before those that rest or have ended; then by date, so what is late comes first."""
    day = today.isoformat()

    def place(initiative: Listed) -> tuple[int, str, int, tuple[str, str], str]:
        # What has ended and is to be learnt again goes on, and its other dates are no news.
        again = None if initiative.goes_on else initiative.facts.demand_ahead(today)
        first = again or initiative.facts.next_date(day)
        # What is late has an earlier day than what is to come.
        return (
            0 if again else LIVES.index(initiative.life),
            first.last if first else _NEVER,
            -initiative.facts.red,
            alphabetical(initiative.title),
            initiative.path.name,
        )

    return sorted(listed, key=place)


def promises_of(listed: Sequence[Listed], wanted: Wanted, today: date) -> Promises | None:
    """What is due in initiatives, where somebody asks for a day or a role; else what comes first will do."""
    if not (wanted.until or wanted.role):
        return None
    due = {initiative.path: _promised(initiative.facts, wanted, today) for initiative in listed}
    return Promises(wanted.until, wanted.role, due)


def _promised(facts: Facts, wanted: Wanted, today: date) -> list[Dated]:
    """What is overdue and what is to come of what is wanted, by date.

    A role sees what it is to see to itself, and everything in an initiative that it leads.
    """
    day, leads = today.isoformat(), _holds(wanted.role, [facts.leader])
    return [
        dated
        for dated in facts.waiting(day)
        if (not wanted.overdue or dated.last < day)
        and (not wanted.until or dated.last <= wanted.until)
        and (leads or _holds(wanted.role, [dated.who]))
    ]


def _is_wanted(initiative: Listed, wanted: Wanted, today: date) -> bool:
    facts = initiative.facts
    return (
        (not initiative.archived or _is_looked_for(initiative, wanted, today))
        and (not (wanted.overdue or wanted.until) or bool(_promised(facts, wanted, today)))
        and wanted.step in ("", facts.stage)
        and wanted.life in ("", initiative.life)
        and _holds(wanted.role, facts.roles)
        and _holds(wanted.group, facts.groups)
        and _holds(wanted.cause, facts.causes)
    )


def _is_looked_for(initiative: Listed, wanted: Wanted, today: date) -> bool:
    """Whether somebody looks for what is put away, or has to for what is to be learnt again."""
    return wanted.archived or bool(wanted.life) or initiative.facts.demand_ahead(today) is not None


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
