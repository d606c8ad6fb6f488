"""Which deeds somebody wants to read of: those of some days, and of one question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import DECISION, DECISIONS, DEVIATIONS, STATUS, WHAT_HAPPENS_NOW
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.model import first_day, last_day
from utbildningsprocess.work.workspace import question_meant

if TYPE_CHECKING:
    from datetime import date

    from utbildningsprocess.dossier.alterations import Alteration
    from utbildningsprocess.model import When
    from utbildningsprocess.work.history.deeds import RecordedDeed
    from utbildningsprocess.work.workspace import Workspace

DECIDING = (DECISION, DECISIONS, STATUS, WHAT_HAPPENS_NOW, DEVIATIONS)
"""The questions whose answers are decisions."""


@dataclass(frozen=True)
class Selection:
    """What is to be told: from a day through another, where they are given, and of which questions."""

    first: date | None = None
    last: date | None = None
    qids: tuple[str, ...] = ()
    """Empty for all of them, and for what became of the file."""

    def chosen(self, deeds: list[RecordedDeed], today: date) -> list[RecordedDeed]:
        """The deeds to tell of, each with what of it is to be told."""
        of_days = (deed for deed in deeds if self._is_of_days(deed.commit.day if deed.commit else today))
        narrowed = (self._narrowed(deed) for deed in of_days) if self.qids else of_days
        return [deed for deed in narrowed if not self.qids or deed.altered or deed.kept]

    def _is_of_days(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def _narrowed(self, deed: RecordedDeed) -> RecordedDeed:
        def asked(altered: tuple[Alteration, ...]) -> tuple[Alteration, ...]:
            return tuple(alteration for alteration in altered if alteration.place.qid in self.qids)

        return replace(deed, altered=asked(deed.altered), kept=asked(deed.kept))


def choice_meant(
    workspace: Workspace, since: str | None, until: str | None, question: str | None, *, decisions: bool
) -> Selection:
    """What a person means to read of. Raises WrongUse for a date or a question that cannot be understood."""
    first = first_day(_when(since, "--sedan", workspace.today)) if since is not None else None
    last = last_day(_when(until, "--till", workspace.today)) if until is not None else None
    if first and last and last < first:
        raise WrongUse(f"--till ({last}) är före --sedan ({first}). Byt plats på dem.")
    qids = (question_meant(workspace.battery, question).qid,) if question is not None else ()
    if decisions and qids:
        raise WrongUse("Ange --beslut eller --fraga, inte båda.")
    return Selection(first, last, DECIDING if decisions else qids)


def _when(text: str, flag: str, today: date) -> When:
    from utbildningsprocess.answers.dates import parse_when
    from utbildningsprocess.answers.faults import Invalid

    try:
        return parse_when(text, today, "bakat")
    except Invalid as error:
        raise WrongUse(f"{flag}: {' '.join(fault.placed for fault in error.faults)}") from None
