"""What a rule looks at, an initiative's answers asked for by what they are; and the hits it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from utbildningsprocess.addresses import INITIATIVE_TITLE, OBSTACLES, stage_of
from utbildningsprocess.answers.cells import filled_rows, meaningful, pointing, points_at_any
from utbildningsprocess.answers.conditions import is_relevant, that_apply
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.checks.written import written_texts
from utbildningsprocess.diagnosis.counting import diagnose
from utbildningsprocess.model import Skipped, given_value
from utbildningsprocess.plan.cost import balance, price
from utbildningsprocess.plan.cost_sums import arithmetic
from utbildningsprocess.plan.due import as_one, every_due, of_interest
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.model import Answers, AnswerSheet, Row, Value
    from utbildningsprocess.plan.cost import Balance, Price
    from utbildningsprocess.plan.cost_sums import Arithmetic
    from utbildningsprocess.plan.due import Due
    from utbildningsprocess.settings import Cost

_OUTSIDE, _FILE_NAME = "titeln eller texten utanför svaren", "filens namn"


@dataclass(frozen=True)
class Case:
    """One initiative to check, and what it is checked against."""

    sheet: AnswerSheet
    """All answers, also those to questions that are no longer asked; `applying` has only the others."""
    diagnosis_model: DiagnosisModel
    cost: Cost
    limits: Mapping[str, float]
    today: date
    outside: str = ""
    """The title, and what is written outside the answers."""
    file_name: str = ""
    """What the file is called, where that is looked at."""

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """What the answers point at."""
        return diagnose(self.diagnosis_model, self.sheet.answers)

    @cached_property
    def price(self) -> Price | None:
        """What the participants' time costs; None while nothing can be counted."""
        return price(self.sheet.answers, self.cost)

    @cached_property
    def arithmetic(self) -> Arithmetic:
        """What the price is counted from. Raises LookupError while there is none."""
        if self.price is None:
            raise LookupError
        forms = self.diagnosis_model.everyday_forms()
        return arithmetic(self.price, self.sheet.answers, self.cost, forms)

    @cached_property
    def balance(self) -> Balance:
        """How the participants' hours divide between kinds of learning."""
        return balance(self.sheet.answers, self.diagnosis_model.everyday_forms())

    @cached_property
    def dues(self) -> tuple[Due, ...]:
        """Everything that has a date, by date."""
        return as_one(self.sheet, every_due(self.sheet))

    @cached_property
    def coming(self) -> tuple[Due, ...]:
        """What is due today or later, and what is overdue, by date."""
        return of_interest(self.dues, self.today)

    @cached_property
    def applying(self) -> Answers:
        """The answers to what is relevant; those to other questions stand there and say nothing here."""
        return that_apply(self.sheet)

    @cached_property
    def texts(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        """Every question, or row of one, with what is written there; first what is outside answers."""
        return (
            (INITIATIVE_TITLE, "", {_OUTSIDE: self.outside}),
            (INITIATIVE_TITLE, "", {_FILE_NAME: self.file_name}),
            *(
                (qid, row, texts)
                for qid, answer in self.sheet.answers.items()
                for row, texts in written_texts(self.sheet.battery.known(qid), qid, answer)
            ),
        )

    def is_asked(self, qid: str) -> bool:
        """Whether a question is relevant; an address that is no question is."""
        question = self.sheet.battery.question(qid)
        return question is None or is_relevant(question, self.sheet)

    def is_skipped(self, qid: str) -> bool:
        """Whether somebody has passed a question over, for a reason."""
        answer = self.applying.get(qid)
        return isinstance(answer, Skipped) and bool(meaningful(answer.reason))

    def begun(self, stage: str) -> bool:
        """Whether anybody has said anything in the stage."""
        return stage in self._begun

    @cached_property
    def _begun(self) -> frozenset[str]:
        return frozenset(map(stage_of, self.sheet.answers))

    def value(self, qid: str) -> Value | None:
        """The answer given to a question, or None."""
        return given_value(self.applying.get(qid))

    def text(self, qid: str) -> str:
        """The text, or the id of the option, answered; empty when there is none, or a lone dash."""
        value = self.value(qid)
        return value if isinstance(value, str) and meaningful(value) else ""

    def number(self, qid: str) -> float | None:
        """The number answered, or None."""
        value = self.value(qid)
        return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None

    def several(self, qid: str) -> tuple[object, ...]:
        """The parts of a list or a choice of several; none when it is not answered."""
        value = self.value(qid)
        return value if isinstance(value, tuple) else ()

    def rows(self, qid: str) -> tuple[Row, ...]:
        """The rows of a group, also those in which nothing is written."""
        return given_rows(self.applying, qid)

    def filled(self, qid: str) -> tuple[Row, ...]:
        """The rows of a group in which anything at all is said."""
        return filled_rows(self.rows(qid))

    def label(self, qid: str, key: str) -> str:
        """What people read for an option of a question."""
        question = self.sheet.battery.question(qid)
        return question.label(key) if question else key


@dataclass(frozen=True)
class Hit:
    """One place where a rule applies. `words` fill the names in its sentence.

    `raw` are the words that come from answers as they stand, and are used in place of `words` where there
    are any. They are left out where findings are published, as in the annotations of a forge.
    """

    qid: str
    row: str = ""
    """The id of the row, as `L1`; in groups without ids the row's place, as `2`."""
    words: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    opens: str = ""
    """The question to open where it is another than the one that is hit."""
    lacks: str = ""
    """The question whose answer would mend it, where it is another than the one to open."""


Hits: TypeAlias = Iterable[Hit]
"""The places where a rule applies; none when it does not."""


def row_hit(qid: str, row: Row, raw: Mapping[str, str] | None = None, opens: str = "", **words: str) -> Hit:
    """A hit on a row, which the sentence calls by its id."""
    return Hit(qid, row.id, {"id": row.id, **words}, raw or {}, opens)


def unmet_rows(case: Case, qid: str, by: str, field: str) -> Hits:
    """A hit on each row of a group that no row of another, which is not skipped, points at from a field."""
    targets = () if case.is_skipped(by) else case.filled(qid)
    unmet = (target for target in targets if not pointing(case.rows(by), field, target))
    return (replace(row_hit(qid, target), lacks=by) for target in unmet)


def rows_without_target(case: Case, qid: str, field: str, to: str) -> Hits:
    """A hit on each row of a group whose field points at no row of another, which is not skipped."""
    rows = () if case.is_skipped(to) else case.filled(qid)
    return (row_hit(qid, row) for row in rows if not points_at_any(row, field, case.filled(to)))


def statements_in_quotes(case: Case, keys: Collection[str], most: int = 3) -> str:
    """What people read for the first of some statements of what hinders, in quotes, and the number left."""
    question = case.sheet.battery.question(OBSTACLES)
    statements = question.statements if question else ()
    return joined((f"”{said.text.rstrip('.')}”" for said in statements if said.id in keys), most=most)
