"""What documents are made of: one initiative, what its answers come to, and the settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import ORGANISATION
from utbildningsprocess.documents.sources import plain
from utbildningsprocess.documents.view import answered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.checks.model import Deviation, Finding, RuleText
    from utbildningsprocess.settings import Settings


@dataclass(frozen=True)
class Source:
    """What documents are made of: an initiative's title and answers, what they come to, and the settings."""

    title: str
    case: Case
    findings: tuple[Finding, ...]
    deviations: tuple[Deviation, ...]
    rules: Mapping[str, RuleText]
    settings: Settings
    damage: tuple[int, ...] = ()
    """The lines where the dossier is damaged."""
    unasked: Mapping[str, str] = field(default_factory=dict)
    """What stands as answers to questions that are no more, by address."""
    room: int = 4
    """How much a template may say at the most, where words or lines are counted; at the least 0."""

    @property
    def organisation(self) -> str:
        """Whose initiative it is, as answered, else as the settings say."""
        return plain(answered(self.case.sheet, ORGANISATION, self.settings.organisation))
