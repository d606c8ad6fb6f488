"""What a template may ask for: the answers by stage and question, and what they come to.

Names are Swedish, for templates are written by people who know the questions and not the code. Docs:
`docs/mallar.md`. Questions and fields are found by name when a template asks for them. Mypy does not see
those names: code asks by address, or by a class that declares the fields it reads, as in `plan`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.conditions import is_asked, is_relevant
from utbildningsprocess.answers.rows import choices, given_rows, row_key, row_label
from utbildningsprocess.answers.unknown import not_yet
from utbildningsprocess.documents.text import Safe, as_sentence, paragraphs, without_stop
from utbildningsprocess.model import Given, Period, Row, Skipped, Unfit, Unknown
from utbildningsprocess.pages.page import UNANSWERED, UNREAD
from utbildningsprocess.swedish import joined, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import AnswerSheet, Item, Question, Stage, Value, When


class ValueView(ABC):
    """What an answer and a field of a row have in common; prints as a person would say it."""

    def __init__(self, item: Item, value: Value | None, sheet: AnswerSheet) -> None:
        self._item, self._value, self._sheet = item, value, sheet

    def __str__(self) -> str:
        """The text, also to a filter."""
        return self.text

    @property
    def finns(self) -> bool:
        """Whether anything is answered."""
        return self._value not in (None, "", ())

    @property
    def varde(self) -> Value | None:
        """The value itself: an option's id, a number, a date, True or False, keys of rows; or None."""
        return self._value

    @property
    @abstractmethod
    def text(self) -> str:
        """The value in words, on one line."""

    @property
    def stycken(self) -> Safe:
        """The value as paragraphs and lists."""
        chosen = self._item.options or self._item.points_at
        typed = self._value if self.finns and not chosen else None
        return paragraphs(typed if isinstance(typed, str) else self.text)

    def kort(self, longest: int = 300) -> str:
        """The text on one line, cut between words."""
        return shortened(self.text, longest)

    def utan_punkt(self, longest: int | None = None) -> str:
        """The text on one line, cut if it is too long, for a template that goes on after it."""
        return without_stop(self.text if longest is None else self.kort(longest))

    def mening(self, longest: int | None = None) -> str:
        """The text on one line, cut if it is too long, with a full stop unless it has an end of its own."""
        return as_sentence(self.text if longest is None else self.kort(longest))


class FieldView(ValueView):
    """The value of one field of a row; what stands there and is no value is told instead."""

    def __init__(self, item: Item, row: Row, sheet: AnswerSheet) -> None:
        super().__init__(item, row.values.get(item.id), sheet)
        self._row = row

    @property
    def olast(self) -> bool:
        """Whether something stands there that cannot be read."""
        return self._item.id in self._row.unfit and not self.finns

    @property
    def alternativ(self) -> list[str]:
        """The ids of what can be chosen."""
        return [option.id for option in self._item.options]

    @property
    def text(self) -> str:
        """The value in words; a reference by what it points at."""
        if self._item.id in self._row.unknown:
            return not_yet(self._row.unknown[self._item.id])
        if self._value is None or not self.finns:
            return UNREAD if self.olast else UNANSWERED
        if self._item.kind.is_reference:
            return "; ".join(self.namn)
        return show(self._item, self._value)

    @property
    def _keys(self) -> tuple[object, ...]:
        value = self._value if self.finns else ()
        return value if isinstance(value, tuple) else (value,)

    @property
    def namn(self) -> list[str]:
        """What the references of the field point at, as people read it."""
        labels = dict(choices(self._item, self._sheet))
        return [labels.get(str(key), str(key)) for key in self._keys]

    @property
    def rader(self) -> list[RowView]:
        """The rows that the references of the field point at."""
        questions = filter(None, map(self._sheet.battery.question, self._item.points_at))
        return [
            RowView(question, row, self._sheet)
            for question in questions
            for row in given_rows(self._sheet.answers, question.qid)
            if row_key(question, row) in self._keys
        ]


class RowView:
    """One row of a group: its fields by id."""

    def __init__(self, question: Question, row: Row, sheet: AnswerSheet) -> None:
        self._question, self._row, self._sheet = question, row, sheet
        self.id = row.id if question.row_prefix else ""
        self.rubrik = row_label(question, row)
        self.kanda = tuple(field.id for field in question.fields if not field.retired)

    def __str__(self) -> str:
        """The row in a few words."""
        return self.rubrik

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> FieldView:
            """The field of that id."""
            question = self._sheet.battery.known(self._question.qid) or self._question
            if name not in [field.id for field in question.fields]:
                raise AttributeError(f"fältet ”{name}” finns inte i {self._question.qid}")
            return FieldView(question.field(name), self._row, self._sheet)

    def ihop(self, *names: str, longest: int = 300) -> str:
        """What is written in the fields of those ids, with commas between; empty when nothing is."""
        fields: list[FieldView] = [getattr(self, name) for name in names]
        return ", ".join(field.utan_punkt(longest) for field in fields if field.finns)

    def falt(self) -> list[tuple[str, FieldView]]:
        """Every field with its label."""
        shown = (one for one in self._question.fields if not one.retired or one.id in self._row.said)
        return [(field.name, getattr(self, field.id)) for field in shown]


class AnswerView(ValueView):
    """The answer to one question."""

    def __init__(self, question: Question, sheet: AnswerSheet) -> None:
        self._question, self._answer = question, sheet.answers.get(question.qid)
        value = self._answer.value if isinstance(self._answer, Given) else None
        super().__init__(question, value, sheet)

    @property
    def fraga(self) -> str:
        """The question."""
        return self._question.text

    @property
    def galler(self) -> bool:
        """Whether the question applies, given the other answers; one that is not asked here does not."""
        is_known = self._sheet.battery.question(self._question.qid) is not None
        return is_known and is_relevant(self._question, self._sheet)

    @property
    def text(self) -> str:
        """The answer on one line; what is known of a question without one."""
        match self._answer:
            case Given(value):
                return show(self._question, value)
            case Skipped(reason):
                return f"Överhoppad: {reason}" if reason else "Överhoppad"
            case Unknown(who):
                return not_yet(who)
            case Unfit(text):
                return text
            case None:
                return UNANSWERED
            case _:
                assert_never(self._answer)

    @property
    def rader(self) -> list[RowView]:
        """The rows of a group; none without an answer."""
        rows = given_rows(self._sheet.answers, self._question.qid)
        return [RowView(self._question, row, self._sheet) for row in rows]

    @property
    def punkter(self) -> list[str]:
        """The parts of a list or of a choice of several, in words."""
        items = self._value if isinstance(self._value, tuple) else ()
        return [show(self._question, (item,)) for item in items if not isinstance(item, Row)]

    @property
    def uppraknat(self) -> str:
        """The parts in a sentence: 3, 10 och 21."""
        return joined(self.punkter) or self.text

    @property
    def pastaenden(self) -> list[tuple[str, str]]:
        """The answered statements, as (answer, statement)."""
        chosen = self._value if isinstance(self._value, dict) else {}
        labels = {option.id: option.label for option in self._question.options}
        return [
            (labels.get(chosen[statement.id], chosen[statement.id]), statement.text)
            for statement in self._question.statements
            if statement.id in chosen
        ]

    @property
    def datum(self) -> When | None:
        """The answer as a date, as exactly as it is said, when it is one."""
        return self._value if isinstance(self._value, (date, Period)) else None


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
    def finns(self) -> bool:
        """Whether any question of the stage has an answer."""
        return any(answer.finns for answer in self)

    @property
    def besvarade(self) -> list[AnswerView]:
        """The questions about which something has been said."""
        return [answer for answer in self if answer.text != UNANSWERED]

    @property
    def obesvarade(self) -> list[str]:
        """The questions that apply and about which nothing has been said."""
        return [
            question.text
            for question in self._stage.questions
            if question.qid not in self._sheet.answers and is_asked(question, self._sheet)
        ]


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

    def __iter__(self) -> Iterator[StageView]:
        """Every stage, in the order of the process."""
        return (StageView(stage, self._sheet) for stage in self._sheet.battery.stages)


def answered(sheet: AnswerSheet, address: str, otherwise: str) -> str:
    """The answer to a question in words; `otherwise` where there is none, or no such question."""
    question, answer = sheet.battery.question(address), sheet.answers.get(address)
    return show(question, answer.value) if question and isinstance(answer, Given) else otherwise
