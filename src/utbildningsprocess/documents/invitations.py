"""Invitations for templates: one for each target group, and what they leave out, since nobody has said it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import number_in, text_in
from utbildningsprocess.answers.numbers import COUNTS
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.addressed import text_for
from utbildningsprocess.documents.occasions import by_title, days_before, gatherings
from utbildningsprocess.documents.plan import PlanRow, PlanView, TargetGroup, is_for, known_groups, shared
from utbildningsprocess.documents.sources import kept, plain, source_at, source_of, traced, traced_blocks
from utbildningsprocess.documents.text import Answered, Safe, paragraphs, without_stop
from utbildningsprocess.documents.view import rows_of
from utbildningsprocess.model import Given, given_value, last_day
from utbildningsprocess.personal import contacts
from utbildningsprocess.plan.weeks import round_key
from utbildningsprocess.swedish import fold, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.documents.occasions import Gathering
    from utbildningsprocess.documents.plan import Part
    from utbildningsprocess.model import Row

_LENGTH = re.compile(rf"\b(\d+|{'|'.join(COUNTS)})\s*(min(?:ut(?:er)?)?|timm(?:e|ar)|tim)\b", re.IGNORECASE)
"""A length of time as a text names it."""
_MOST_DAYS = 4
"""As many last days to register are told; one of more rounds is counted by who reads."""
_SAID = {
    addresses.INVITATION: "en text till deltagarna",
    addresses.REGISTRATION: "anmälan",
    addresses.STAFFING: "arbetstid",
}
"""What an invitation is made of besides its occasions, as it is called where it is missed."""


def _reachable(own: str, otherwise: str) -> str:
    """Whom to ask; where only a role stands, also the contact that has an address or a number."""
    role, contact = plain(own), plain(otherwise)
    if contacts(role) or not contacts(contact):
        return own
    return (
        otherwise
        if fold(without_stop(role)) in fold(contact)
        else f"{kept(without_stop, own)}, eller {otherwise}"
    )


@dataclass(frozen=True)
class Letter:
    """The invitation to one target group."""

    grupp: str
    """Empty when all get the same."""
    titel: str
    """What one is invited to: the only thing that happens, else the initiative."""
    mal: Sequence[PlanRow]
    aktiviteter: Sequence[PlanRow]
    """Those that are not among the occasions."""
    alla_tillfallen: Sequence[Gathering]
    anmalan: str = ""
    """Where it is said how many days before one registers."""
    idag: date = date.min
    varit: Sequence[Gathering] = ()
    """The occasions there have been, where none is left."""
    ar_over: bool = False
    """Whether there were occasions, and none is left to invite to."""
    har_bara_eget: bool = False
    """Whether it is to a group that has no part in the occasions, and that the text to all is not about."""
    text: str = ""
    """What the invitation is to say, as far as it is for this group; empty when nobody has said."""

    @property
    def sista_varit(self) -> str:
        """The day of the last occasion there has been, where none is left; empty when it has no day."""
        days = [met for met in self.varit if met.dag]
        return max(days, key=lambda met: last_day(met.dag or date.min)).day_in_words if days else ""

    def tillfallen(self, flest: int) -> list[Part[Gathering]]:
        """The occasions by what happens, at most so many, shared between them."""
        return shared([*by_title(self.alla_tillfallen).items()], flest, addresses.OCCASIONS)

    def flera(self, dagar_fore: float | None) -> bool:
        """Whether the same thing happens more than once, while one can still register."""
        ahead = [met for met in self.alla_tillfallen if not self.marke(met, dagar_fore)]
        return any(len(members) > 1 for members in by_title(ahead).values())

    def marke(self, tillfalle: Gathering, dagar_fore: float | None) -> str:
        """That an occasion is today, or is no longer to register for; empty where either is to come."""
        day = tillfalle.dag
        if day is None:
            return ""
        is_late = dagar_fore is not None and last_day(day) - timedelta(days=dagar_fore) < self.idag
        is_told = dagar_fore is not None and self.ar_sent(dagar_fore)
        late = "sista dagen för anmälan har passerat" if is_late and not is_told else ""
        return ", ".join(filter(None, ["i dag" if day == self.idag else "", late]))

    def sista_dag(self, dagar_fore: float) -> str:
        """The days so many days before the first occasion of each round, or the only one, that are to come.

        Empty where there are several occasions without a round, or one has no day.
        """
        first = {round_key(met.omgang): met for met in reversed(self.alla_tillfallen)}
        if len(self.alla_tillfallen) != 1 and "" in first:
            return ""
        days = {met.dag: met for met in reversed(first.values()) if isinstance(met.dag, date)}
        left = [met for day, met in days.items() if day - timedelta(days=dagar_fore) >= self.idag]
        if len(first) == 1:
            return days_before(next(iter(first.values())), dagar_fore, self.anmalan)
        told = [
            f"{days_before(met, dagar_fore, self.anmalan)} ({met.said(met.omgang, 'omgang')})" for met in left
        ]
        return joined(told) if len(days) == len(first) <= _MOST_DAYS else ""

    @property
    def har_omgangar(self) -> bool:
        """Whether there are several rounds, each with a last day of its own."""
        return len({round_key(met.omgang) for met in self.alla_tillfallen}) > 1

    def ar_sent(self, dagar_fore: float) -> bool:
        """Whether the last day to register has passed for all the occasions, as far as they have days."""
        days = [last_day(met.dag) for met in self.alla_tillfallen if met.dag]
        return bool(days) and all(day - timedelta(days=dagar_fore) < self.idag for day in days)


class InvitationView:
    """The invitation of each target group, whom to ask, and what nobody has answered."""

    def __init__(self, case: Case, title: str, contact: str) -> None:
        sheet = case.sheet
        self._sheet, self._title = sheet, title
        self._planned, self._remaining = gatherings(sheet), gatherings(sheet, case.today)
        self._today = case.today
        said = given_rows(sheet.answers, addresses.REGISTRATION)
        own = next((row for row in said if text_in(row, "kontakt")), None)
        self.kontakt = kept(without_stop, _reachable(self._contact(own), contact) if own else contact)

    def _contact(self, row: Row) -> str:
        source = partial(source_at, self._sheet, addresses.REGISTRATION, row.id, "kontakt")
        return traced(text_in(row, "kontakt"), source)

    def __str__(self) -> str:
        """Who is invited."""
        return ", ".join(letter.grupp for letter in self.brev)

    @property
    def brev(self) -> list[Letter]:
        """One for each target group that the plan has anything for."""
        groups = PlanView(self._sheet, date.min).grupper or [TargetGroup("", (), ())]
        return [self._letter(group, [other.namn for other in groups]) for group in groups]

    def _over(self, group: str, left: Sequence[Gathering]) -> list[Gathering]:
        """The occasions there have been for a group; none while any is left."""
        return [] if left else _theirs(group, self._planned)

    def _letter(self, group: TargetGroup, names: Sequence[str]) -> Letter:
        name = group.namn
        theirs = _theirs(name, self._remaining)
        titles = {plain(gathering.titel): gathering.titel for gathering in reversed(theirs)}
        with_a_day = {met.aktivitet.id for met in _theirs(name, self._planned) if met.aktivitet}
        elsewhere = [activity for activity in group.aktiviteter if activity.id not in with_a_day]
        only = next(iter(titles.values())) if len(titles) == 1 else ""
        title = only if plain(only) not in ("", plain(self._title)) else self._title
        known_as = traced(name, partial(source_at, self._sheet, addresses.TARGET_GROUPS))
        return Letter(
            grupp=known_as,
            titel=title,
            mal=group.mal,
            aktiviteter=elsewhere,
            alla_tillfallen=theirs,
            anmalan=source_at(self._sheet, addresses.REGISTRATION),
            idag=self._today,
            varit=self._over(name, theirs),
            ar_over=not theirs and self._had(name),
            har_bara_eget=self._is_of_others(name, names),
            text=self._text(name, names),
        )

    def _text(self, group: str, names: Sequence[str]) -> Safe:
        """The text to all as it is for one group, as the paragraphs that somebody has written."""
        question = self._sheet.battery.question(addresses.INVITATION)
        typed = "" if self._is_of_others(group, names) else self._typed(group, names)
        source = partial(source_of, self._sheet, question) if question else str
        return Safe(traced_blocks(paragraphs(typed), source)) if typed else Safe("")

    def _typed(self, group: str, names: Sequence[str]) -> str:
        said = given_value(self._sheet.answers.get(addresses.INVITATION))
        typed = said.typed if isinstance(said, Answered) else str(said or "")
        return text_for(group, names, typed) if len(names) > 1 else typed

    def _is_of_others(self, group: str, names: Sequence[str]) -> bool:
        """Whether the text tells of what only others have: a time, for a group that has no occasion."""
        has_none = len(names) > 1 and bool(self._planned) and not _theirs(group, self._planned)
        groups = PlanView(self._sheet, date.min).grupper if has_none else []
        return any(self._odd_times(known, names) for known in groups if known.namn == group)

    @property
    def saknas(self) -> list[str]:
        """What an invitation says, and this one cannot: nobody has answered it."""
        unsaid = [what for address, what in _SAID.items() if not self._is_said(address)]
        return [
            *self._unknown_of_occasions(),
            *unsaid,
            *self._for_nobody(),
            *([] if self.kontakt else ["kontakt"]),
        ]

    def _for_nobody(self) -> Iterator[str]:
        """The activities in no letter: they name only groups that the initiative is not said to be for."""
        known = known_groups(self._sheet)
        rows = rows_of(self._sheet, addresses.ACTIVITIES, PlanRow) if len(self.brev) > 1 else []
        if alone := [row.id for row in rows if row.malgrupp.finns and not is_for(row, known)]:
            yield f"vilka {joined(alone)} är till för"

    @property
    def passerat(self) -> str:
        """That there is nothing left to invite to, or not for some groups; empty while there is."""
        over = [brev.grupp for brev in self.brev if not brev.alla_tillfallen and self._had(plain(brev.grupp))]
        whom = f" till {joined(over)}" if self._remaining else ""
        told = f"Inbjudan{whom} har inget tillfälle att bjuda in till, för alla har varit eller är inställda."
        return " ".join(filter(None, [told if over else "", self._too_late()]))

    @property
    def att_veta(self) -> str:
        """What else whoever makes the invitations must know, in sentences; empty when nothing."""
        return " ".join(filter(None, [self.passerat, self._times_of_others(), self._left_out()]))

    def _left_out(self) -> str:
        """Which groups the text to all is not sent to; empty when it is sent to everybody."""
        names = [group.namn for group in PlanView(self._sheet, date.min).grupper]
        without = [name for name in names if self._is_of_others(name, names)]
        named = f"Texten i inbjudan är inte med till {joined(without)}: den säger en tid som de inte har."
        return named if without else ""

    def _times_of_others(self) -> str:
        """That the text to all groups says a length that a group has nothing of; empty when it does not."""
        groups = PlanView(self._sheet, date.min).grupper
        names = [group.namn for group in groups]
        odd = {
            group.namn: self._odd_times(group, names)
            for group in groups
            if not self._is_of_others(group.namn, names)
        }
        named = "; ".join(f"{joined(words)} för {name}" for name, words in odd.items() if words)
        if len(groups) == 1 or not named:
            return ""
        return f"Inbjudan säger en tid som aktiviteterna inte har: {named}."

    def _odd_times(self, group: TargetGroup, names: Sequence[str]) -> list[str]:
        """The times in the text to a group that it has nothing of."""
        said = _LENGTH.finditer(self._typed(group.namn, names))
        told = {hit[0]: _minutes(hit) for hit in said}
        return [words for words, long in told.items() if long not in self._lengths(group)]

    def _lengths(self, group: TargetGroup) -> set[float]:
        """How many minutes the activities of a group take, each and together, and its occasions."""
        said = [row.minuter.varde for row in group.aktiviteter]
        minutes = [float(many) for many in said if isinstance(many, (int, float))]
        spans = [(met.tid.start, met.tid.end) for met in _theirs(group.namn, self._planned) if met.tid]
        return {*minutes, sum(minutes), *(float(end - start) for start, end in spans if end)}

    def _too_late(self) -> str:
        """Which groups the last day to register has passed for; empty when it has for none."""
        said = given_rows(self._sheet.answers, addresses.REGISTRATION)
        before = next((days for row in said if (days := number_in(row, "dagar_fore")) is not None), None)
        late = [] if before is None else [brev.grupp for brev in self.brev if brev.ar_sent(before)]
        whom = f" för {joined(late)}" if any(late) else ""
        return f"Sista dagen för anmälan har passerat{whom}." if late else ""

    def _had(self, group: str) -> bool:
        """Whether there have been occasions for a group; for all, also such that are cancelled."""
        planned = given_rows(self._sheet.answers, addresses.OCCASIONS)
        return bool(_theirs(group, self._planned)) or (bool(planned) and not self._remaining)

    def _is_said(self, address: str) -> bool:
        return isinstance(self._sheet.answers.get(address), Given)

    def _unknown_of_occasions(self) -> Iterator[str]:
        without = [
            letter.grupp
            for letter in self.brev
            if not letter.alla_tillfallen and not self._had(plain(letter.grupp))
        ]
        if without:
            yield f"tillfällen för {joined(without)}" if self._remaining else "tillfällen"
        for field, what in (("dag", "datum"), ("tid", "tid"), ("plats", "plats")):
            lacking = [gathering.id for gathering in self._remaining if not getattr(gathering, field)]
            if lacking:
                which = "tillfällena" if len(lacking) == len(self._remaining) else joined(lacking)
                yield f"{what} för {which}"
        said = str(given_value(self._sheet.answers.get(addresses.INVITATION)) or "")
        unjoined = [met.id for met in self._remaining if met.lacks_link and "://" not in said]
        if unjoined:
            yield f"hur man ansluter till {joined(unjoined)}"


def _minutes(hit: re.Match[str]) -> float:
    many = hit[1].lower()
    return float(COUNTS.get(many) or many) * (60 if hit[2].lower().startswith("t") else 1)


def _theirs(group: str, met: Iterable[Gathering]) -> list[Gathering]:
    """The occasions for a group, those for everybody among them."""
    return [gathering for gathering in met if not (group and gathering.grupper) or group in gathering.grupper]
