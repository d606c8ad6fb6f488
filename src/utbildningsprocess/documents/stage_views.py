"""What a template may ask for: the answers by stage and question, found by the names that a template uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.answers.conditions import is_asked
from utbildningsprocess.answers.waiting import awaited
from utbildningsprocess.documents.view import AnswerView, FieldView, RowView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.answers.waiting import Awaited
    from utbildningsprocess.model import AnswerSheet, Stage


class StageView:
    """The answers of one stage, by question."""

    def __init__(self, stage: Stage, sheet: AnswerSheet) -> None:
        self._stage, self._sheet = stage, sheet
        self.titel = stage.title
        self.kanda = tuple(question.id for question in stage.questions)

    def __str__(self) -> str:
        """What the stage is called."""
        return self.titel

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> AnswerView:
            """The answer to the question of that id."""
            question = self._sheet.battery.known(f"{self._stage.id}.{name}")
            if question is None:
                raise AttributeError(f"frågan ”{self._stage.id}.{name}” finns inte")
            return AnswerView(question, self._sheet)

    def __iter__(self) -> Iterator[AnswerView]:
        """Every question of the stage, in its order."""
        return (AnswerView(question, self._sheet) for question in self._stage.questions)

    @property
    def ar_steg(self) -> bool:
        """Whether it is one of the six steps, and not facts or deviations beside them."""
        return self._stage.is_step

    @property
    def finns(self) -> bool:
        """Whether any question of the stage has an answer."""
        return any(answer.finns for answer in self)

    @property
    def besvarade(self) -> list[AnswerView]:
        """The questions about which something has been said."""
        return [answer for answer in self if answer.ar_besvarad]

    @property
    def okanda(self) -> list[tuple[str, str]]:
        """What nobody knows yet, each with who can know: questions, and fields of rows with their row."""
        return [self._waits(what) for what in awaited(self._stage, self._sheet)]

    def _waits(self, what: Awaited) -> tuple[str, str]:
        """What nobody knows yet, and who can know, each with its source."""
        if what.row is None or what.field is None:
            return what.question.text, AnswerView(what.question, self._sheet).vem_vet
        row = RowView(what.question, what.row, self._sheet)
        who = FieldView(what.field, what.row, self._sheet, what.question).vem_vet
        return f"{row.rubrik}: {what.field.name}", who

    @property
    def obesvarade(self) -> list[str]:
        """The questions that apply and about which nothing has been said."""
        return [
            question.text
            for question in self._stage.questions
            if question.qid not in self._sheet.answers and is_asked(question, self._sheet)
        ]

    @property
    def oppna(self) -> list[str]:
        """The questions without an answer, also those passed over; those of the fast track first."""
        without = [
            view
            for question, view in zip(self._stage.questions, self, strict=True)
            if not view.finns and (view.ar_besvarad or is_asked(question, self._sheet))
        ]
        return [view.fraga for view in sorted(without, key=lambda view: not view.ar_karna)]


class AnswersView:
    """All answers, by stage."""

    def __init__(self, sheet: AnswerSheet) -> None:
        self._sheet = sheet
        self.kanda = tuple(stage.id for stage in sheet.battery.stages)

    def __str__(self) -> str:
        """What the stages are called."""
        return ", ".join(stage.titel for stage in self)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> StageView:
            """The stage of that id."""
            if name not in self.kanda:
                raise AttributeError(f"steget ”{name}” finns inte")
            return StageView(self._sheet.battery.stage(name), self._sheet)

    @property
    def okanda(self) -> list[tuple[str, str]]:
        """What nobody knows yet in any stage, each with who can know."""
        return [unknown for stage in self for unknown in stage.okanda]

    def __iter__(self) -> Iterator[StageView]:
        """Every stage, in the order of the process."""
        return (StageView(stage, self._sheet) for stage in self._sheet.battery.stages)
