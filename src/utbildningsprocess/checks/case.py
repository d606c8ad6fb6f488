"""What the rules look at: an initiative's answers, asked for by what they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from utbildningsprocess.answers.conditions import is_relevant, that_apply
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.diagnosis import diagnose
from utbildningsprocess.model import given_value
from utbildningsprocess.plan.cost import price

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utbildningsprocess.diagnosis import Diagnosis, DiagnosisModel
    from utbildningsprocess.model import Answers, AnswerSheet, Battery, Row, Value
    from utbildningsprocess.plan.cost import Price
    from utbildningsprocess.settings import Cost


@dataclass(frozen=True)
class Case:
    """One initiative to check, and what it is checked against."""

    sheet: AnswerSheet
    diagnosis_model: DiagnosisModel
    """The rules of the diagnosis."""
    cost: Cost
    limits: Mapping[str, float]
    today: date
    outside: str = ""
    """The title, and what is written outside the answers."""

    @property
    def battery(self) -> Battery:
        """The questions."""
        return self.sheet.battery

    @property
    def answers(self) -> Answers:
        """All answers, also those to questions that are no longer asked."""
        return self.sheet.answers

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What the answers point at."""
        return diagnose(self.diagnosis_model, self.answers)

    @cached_property
    def price(self) -> Price | None:
        """What the participants' time costs; None while nothing can be counted."""
        return price(self.answers, self.cost)

    @cached_property
    def applying(self) -> Answers:
        """The answers to what is relevant; those to other questions stand there and say nothing here."""
        return that_apply(self.sheet)

    def is_asked(self, qid: str) -> bool:
        """Whether a question is relevant; an address that is no question is."""
        question = self.battery.question(qid)
        return question is None or is_relevant(question, self.sheet)

    def begun(self, stage: str) -> bool:
        """Whether anybody has said anything in the stage."""
        return any(qid.startswith(f"{stage}.") for qid in self.answers)

    def value(self, qid: str) -> Value | None:
        """The answer given to a question, or None."""
        return given_value(self.applying.get(qid))

    def text(self, qid: str) -> str:
        """The text, or the id of the option, answered; empty when there is none."""
        value = self.value(qid)
        return value if isinstance(value, str) else ""

    def number(self, qid: str) -> float | None:
        """The number answered, or None."""
        value = self.value(qid)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def several(self, qid: str) -> tuple[object, ...]:
        """The parts of a list or a choice of several; none when it is not answered."""
        value = self.value(qid)
        return value if isinstance(value, tuple) else ()

    def rows(self, qid: str) -> tuple[Row, ...]:
        """The rows of a group."""
        return given_rows(self.applying, qid)

    def label(self, qid: str, key: str, field: str = "") -> str:
        """What people read for an option of a question, or of a field of a group."""
        question = self.battery.question(qid)
        item = question.field(field) if question and field else question
        options = item.options if item else ()
        return next((option.label for option in options if option.id == key), key)
