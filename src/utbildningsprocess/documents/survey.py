"""The survey for templates: the questions of the plan's own measures, and the groups to choose among."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import number_in, text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.plan import PlanRow, PlanView
from utbildningsprocess.documents.sources import plain, source_at, traced
from utbildningsprocess.documents.view import rows_of
from utbildningsprocess.guide.survey.asking import (
    ANONYMOUS,
    ANOTHER_GROUP,
    CODED,
    NAMED,
    NO_SURVEY,
    own_questions,
)
from utbildningsprocess.model import given_value
from utbildningsprocess.swedish import same

if TYPE_CHECKING:
    from utbildningsprocess.model import AnswerSheet

_UNNAMED = (ANONYMOUS, CODED)
_SEVERAL = 2
_TO_WRITE = {
    ANONYMOUS: "Skriv i enkäten vem som ser svaren.",
    CODED: "Skriv i enkäten vem som ser svaren.",
    NAMED: "Skriv i enkäten vem som ser svaren och hur de skyddas.",
    NO_SURVEY: "Enligt planen används ingen enkät.",
}
"""What whoever makes the survey must know, by how the answers are handled; no question asks for it."""


class Asked(NamedTuple):
    """A question that a measure of the plan asks in writing."""

    id: str
    """That of the measure."""
    fraga: str


class SurveyView:
    """What the survey asks besides its standing questions."""

    kanda = ("fragor", "grupper")

    def __init__(self, sheet: AnswerSheet, contact: str) -> None:
        self._sheet, self._contact = sheet, contact
        self._handling = given_value(sheet.answers.get(addresses.SURVEY_ANSWERS))

    def __str__(self) -> str:
        """The groups to choose among."""
        return ", ".join(self.grupper)

    def fragor(self, fran: float, till: float) -> list[Asked]:
        """What the measures ask in writing that are taken so many days after the last occasion."""
        views = {view.id: view for view in rows_of(self._sheet, addresses.MEASURES, PlanRow)}
        return [
            Asked(row.id, views[row.id].metod.sagt(question))
            for row, question in own_questions(self._sheet, fran, till)
        ]

    @property
    def grupper(self) -> list[str]:
        """The groups to choose among; none unless results are shown by group and each holds enough people."""
        fewest = given_value(self._sheet.answers.get(addresses.FEWEST_IN_SURVEY))
        if self._handling not in _UNNAMED or not isinstance(fewest, (int, float)):
            return []
        people = self._people()
        large = [name for name, many in people.items() if many >= fewest]
        small = [many for many in people.values() if many < fewest]
        too_few = small and (not all(small) or sum(small) < fewest)
        if too_few or len(large) + bool(small) < _SEVERAL:
            return []
        told = [traced(name, lambda: source_at(self._sheet, addresses.TARGET_GROUPS)) for name in large]
        return [*told, *([ANOTHER_GROUP] if small else [])]

    @property
    def saknas(self) -> list[str]:
        """What those who answer would look for, and nobody has said."""
        return [*([] if self._handling else ["hur svaren hanteras"]), *([] if self._contact else ["kontakt"])]

    @property
    def att_skriva(self) -> str:
        """What is left to whoever makes the survey, in a sentence; empty while nothing is."""
        return _TO_WRITE.get(str(self._handling), "")

    def _people(self) -> dict[str, float]:
        """How many there are in each group that the plan has anything for; 0 where nobody has said."""
        known = given_rows(self._sheet.answers, addresses.TARGET_GROUPS)
        names = [plain(group.namn) for group in PlanView(self._sheet, date.min).grupper if group.namn]
        return {
            name: next((number_in(row, "antal") or 0 for row in known if same(text_in(row, "namn"), name)), 0)
            for name in names
        }
