"""What a template may ask for: the answers by stage and question, and what they come to.

Names are Swedish, for templates are written by people who know the questions and not the code. Docs:
`docs/mallar.md`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, assert_never

from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.rows import choices, given_rows, row_key, row_label
from utbildningsprocess.documents.text import Safe, as_sentence, paragraphs, without_stop
from utbildningsprocess.model import Given, Row, Skipped, Unfit, Unknown, given_value
from utbildningsprocess.pages.page import UNANSWERED
from utbildningsprocess.swedish import joined, running, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import Answer, AnswerSheet, GroupField, Item, Question, Stage


class Said:
    """What can be said in a sentence: the text as it is, cut, or with the end that its place asks for."""

    text: str

    def __str__(self) -> str:
        """The text, also to a filter."""
        return self.text

    def kort(self, longest: int = 300) -> str:
        """The text on one line, cut between words."""
        return shortened(self.text, longest)

    def utan_punkt(self, longest: int | None = None) -> str:
        """The text on one line, cut if it is too long, for a template that goes on after it."""
        return without_stop(self.text if longest is None else self.kort(longest))

    def mening(self, longest: int | None = None) -> str:
        """The text on one line, cut if it is too long, with a full stop unless it has an end of its own."""
        return as_sentence(self.text if longest is None else self.kort(longest))


class Cell(Said):
    """The value of one field of a row; prints as a person would say it."""

    def __init__(self, item: Item, value: object, sheet: AnswerSheet) -> None:
        self._item, self._value, self._sheet = item, value, sheet

    @property
    def finns(self) -> bool:
        """Whether anything is written."""
        return self._value not in (None, "", ())

    @property
    def varde(self) -> Any:
        """The value itself: an option's id, a number, a date, True or False, keys of rows."""
        return self._value

    @property
    def alternativ(self) -> list[str]:
        """The ids of what can be chosen."""
        return [option.id for option in self._item.options]

    @property
    def text(self) -> str:  # type: ignore[override]
        """The value in words; a reference by what it points at."""
        if not self.finns:
            return UNANSWERED
        if self._item.kind.is_reference:
            return "; ".join(self.namn)
        return show(self._item, self._value)  # type: ignore[arg-type]

    @property
    def namn(self) -> list[str]:
        """What the references of the field point at, as people read it."""
        keys = self._value if isinstance(self._value, tuple) else (self._value,) if self.finns else ()
        labels = dict(choices(self._item, self._sheet))
        return [labels.get(str(key), str(key)) for key in keys]

    @property
    def rader(self) -> list[RowView]:
        """The rows that the references of the field point at."""
        keys = self._value if isinstance(self._value, tuple) else (self._value,)
        questions = [one for qid in self._item.points_at if (one := self._sheet.battery.question(qid))]
        return [
            RowView(question, row, self._sheet)
            for question in questions
            for row in given_rows(self._sheet.answers, question.qid)
            if row_key(question, row) in keys
        ]

    @property
    def stycken(self) -> Safe:
        """The value as paragraphs."""
        return (
            paragraphs(str(self._value)) if isinstance(self._value, str) and self.finns else Safe(self.text)
        )


class RowView:
    """One row of a group: its fields by id."""

    def __init__(self, question: Question, row: Row, sheet: AnswerSheet) -> None:
        self._question, self._row, self._sheet = question, row, sheet
        self.id = row.id if question.row_prefix else ""
        self.rubrik = row_label(question, row)
        self.kanda = tuple(field.id for field in question.fields)

    def __str__(self) -> str:
        """The row in a few words."""
        return self.rubrik

    def __getattr__(self, name: str) -> Cell:
        """The field of that id."""
        field = next((one for one in self._question.fields if one.id == name), None)
        if field is None:
            raise AttributeError(f"fältet ”{name}” finns inte i {self._question.qid}")
        return Cell(field, self._row.values.get(name), self._sheet)

    def ihop(self, *names: str, longest: int = 300) -> str:
        """What is written in the fields of those ids, with commas between; empty when nothing is."""
        cells = [getattr(self, name) for name in names]
        return ", ".join(cell.utan_punkt(longest) for cell in cells if cell.finns)

    def falt(self) -> list[tuple[str, Cell]]:
        """Every field with its label."""
        return [(_label(field), getattr(self, field.id)) for field in self._question.fields]


def _label(field: GroupField) -> str:
    return field.text.rstrip(":?")


class Answered(Said):
    """The answer to one question; prints as a person would say it."""

    def __init__(self, question: Question, sheet: AnswerSheet) -> None:
        self._question, self._sheet = question, sheet
        self._answer: Answer | None = sheet.answers.get(question.qid)

    @property
    def fraga(self) -> str:
        """The question."""
        return self._question.text

    @property
    def finns(self) -> bool:
        """Whether there is an answer."""
        return isinstance(self._answer, Given)

    @property
    def galler(self) -> bool:
        """Whether the question applies, given the other answers."""
        return is_relevant(self._question, self._sheet)

    @property
    def varde(self) -> Any:
        """The answer itself, None without one."""
        return given_value(self._answer)

    @property
    def text(self) -> str:  # type: ignore[override]
        """The answer on one line; what is known of a question without one."""
        match self._answer:
            case Given(value) if isinstance(value, str) and not self._question.options:
                return running(value)
            case Given(value):
                return show(self._question, value)
            case Skipped(reason):
                return f"Överhoppad: {reason}" if reason else "Överhoppad"
            case Unknown(who):
                return f"Vet inte än: {who}" if who else "Vet inte än"
            case Unfit(text):
                return text
            case None:
                return UNANSWERED
            case answer:
                assert_never(answer)

    @property
    def stycken(self) -> Safe:
        """The answer as paragraphs and lists."""
        value = self.varde
        return paragraphs(value if isinstance(value, str) and not self._question.options else self.text)

    @property
    def rader(self) -> list[RowView]:
        """The rows of a group; none without an answer."""
        value = self.varde if isinstance(self.varde, tuple) else ()
        rows = [row for row in value if isinstance(row, Row)]
        return [RowView(self._question, row, self._sheet) for row in rows]

    @property
    def punkter(self) -> list[str]:
        """The parts of a list or of a choice of several, in words."""
        value = self.varde if isinstance(self.varde, tuple) else ()
        return [show(self._question, (part,)) for part in value if isinstance(part, (str, int, float))]

    @property
    def uppraknat(self) -> str:
        """The parts in a sentence: 3, 10 och 21."""
        return joined(self.punkter) or self.text

    @property
    def pastaenden(self) -> list[tuple[str, str]]:
        """The answered statements, as (answer, statement)."""
        value = self.varde if isinstance(self.varde, dict) else {}
        labels = {option.id: option.label for option in self._question.options}
        return [
            (str(labels.get(value[one.id], value[one.id])), one.text)
            for one in self._question.statements
            if one.id in value
        ]

    @property
    def datum(self) -> date | None:
        """The answer as a date, when it is one."""
        return self.varde if isinstance(self.varde, date) else None


class StageView:
    """The answers of one stage, by question."""

    def __init__(self, stage: Stage, sheet: AnswerSheet) -> None:
        self._stage, self._sheet = stage, sheet
        self.titel = stage.title
        self.kanda = tuple(question.id for question in stage.questions)

    def __str__(self) -> str:
        """What the stage is called."""
        return self.titel

    def __getattr__(self, name: str) -> Answered:
        """The answer to the question of that id."""
        question = self._sheet.battery.question(f"{self._stage.id}.{name}")
        if question is None:
            raise AttributeError(f"frågan ”{self._stage.id}.{name}” finns inte")
        return Answered(question, self._sheet)

    def __iter__(self) -> Iterator[Answered]:
        """Every question of the stage, in its order."""
        for question in self._stage.questions:
            yield Answered(question, self._sheet)

    @property
    def finns(self) -> bool:
        """Whether any question of the stage has an answer."""
        return any(one.finns for one in self)

    @property
    def besvarade(self) -> list[Answered]:
        """The questions about which something has been said."""
        return [one for one in self if one.text != UNANSWERED]

    @property
    def obesvarade(self) -> list[str]:
        """The questions that apply and about which nothing has been said."""
        return [
            question.text
            for question in self._stage.questions
            if question.qid not in self._sheet.answers and is_relevant(question, self._sheet)
        ]


class AnswersView:
    """All answers, by stage."""

    def __init__(self, sheet: AnswerSheet) -> None:
        self._sheet = sheet
        self.kanda = tuple(stage.id for stage in sheet.battery.stages)

    def __str__(self) -> str:
        """What the stages are called."""
        return ", ".join(stage.titel for stage in self)

    def __getattr__(self, name: str) -> StageView:
        """The stage of that id."""
        if name not in self.kanda:
            raise AttributeError(f"steget ”{name}” finns inte")
        return StageView(self._sheet.battery.stage(name), self._sheet)

    def __iter__(self) -> Iterator[StageView]:
        """Every stage, in the order of the process."""
        for stage in self._sheet.battery.stages:
            yield StageView(stage, self._sheet)
