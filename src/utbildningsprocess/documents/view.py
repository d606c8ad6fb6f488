"""What a template may ask for: an answer, a row of a group and a field of it.

Names are Swedish, for templates are written by people who know the questions and not the code. Docs:
`docs/mallar.md`. Questions and fields are found by name when a template asks for them. Mypy does not see
those names: code asks by address, or by a class that declares the fields it reads, as in `plan`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from typing import TYPE_CHECKING, TypeVar, assert_never

from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.rows import choices, given_rows, row_key, row_label
from utbildningsprocess.answers.unknown import is_unknown, not_yet
from utbildningsprocess.documents.groups import rows_in_markdown
from utbildningsprocess.documents.sources import IN_SETTINGS, kept, source_of, traced, traced_blocks
from utbildningsprocess.documents.text import (
    Answered,
    Safe,
    as_sentence,
    first_sentences,
    in_document,
    paragraphs,
    printed,
    without_stop,
)
from utbildningsprocess.model import Given, Period, Row, Skipped, Unfit, Unknown
from utbildningsprocess.pages.page import UNANSWERED, UNREAD
from utbildningsprocess.swedish import format_number, joined, shortened

if TYPE_CHECKING:
    from utbildningsprocess.model import AnswerSheet, Item, Question, Value, When


_View = TypeVar("_View", bound="RowView")


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
    def text(self) -> str:
        """The value in words, on one line."""
        return traced(self._words, self.kalla) if self._is_said else self._words

    @property
    @abstractmethod
    def _words(self) -> str:
        """The value in words, without its source."""

    @property
    @abstractmethod
    def _is_said(self) -> bool:
        """Whether the words come from what somebody has said."""

    @abstractmethod
    def kalla(self) -> str:
        """Where it is said."""

    @property
    def tal(self) -> str:
        """A number without its unit."""
        number = self._value
        return traced(format_number(number), self.kalla) if isinstance(number, (int, float)) else self.text

    def sagt(self, words: str) -> str:
        """Other words for the value, which come from it."""
        return traced(words, self.kalla)

    @property
    def stycken(self) -> Safe:
        """The value as the paragraphs, lists and tables that somebody has written."""
        chosen = self._item.options or self._item.points_at
        typed = self._value if self.finns and not chosen else self._words
        if not isinstance(typed, Answered):
            return Safe(printed(self.text))
        blocks = paragraphs(typed.typed)
        return Safe(traced_blocks(blocks, self.kalla)) if self._is_said else blocks

    def kort(self, longest: int = 300) -> str:
        """The text on one line, cut between words."""
        return kept(shortened, self.text, longest)

    def meningar(self, longest: int = 300) -> str:
        """The first sentences, as many as there is room for; the first one cut if it is too long alone."""
        return kept(first_sentences, self.text, longest)

    def utan_punkt(self, longest: int | None = None) -> str:
        """The text on one line, cut if it is too long, for a template that goes on after it."""
        return kept(without_stop, self.text if longest is None else self.kort(longest))

    def mening(self, longest: int | None = None) -> str:
        """The text on one line, cut if it is too long, with a full stop unless it has an end of its own."""
        return kept(as_sentence, self.text if longest is None else self.kort(longest))


class FieldView(ValueView):
    """The value of one field of a row; what stands there and is no value is told instead."""

    def __init__(self, item: Item, row: Row, sheet: AnswerSheet, question: Question) -> None:
        super().__init__(item, row.values.get(item.id), sheet)
        self._row, self._question = row, question

    @property
    def olast(self) -> bool:
        """Whether something stands there that cannot be read."""
        return self._item.id in self._row.unfit and not self.finns

    @property
    def ar_okand(self) -> bool:
        """Whether it is said that nobody knows yet."""
        return self._item.id in self._row.unknown

    @property
    def vem_vet(self) -> str:
        """Who can know what nobody knows yet; empty when that is not said."""
        return traced(self._row.unknown.get(self._item.id, ""), self.kalla)

    @property
    def alternativ(self) -> list[str]:
        """The ids of what can be chosen."""
        return [option.id for option in self._item.options]

    @property
    def _is_said(self) -> bool:
        return self.finns or self.ar_okand

    def kalla(self) -> str:
        """Where it is said."""
        return source_of(self._sheet, self._question, self._row, self._item)

    @property
    def _words(self) -> str:
        """The value in words; a reference by what it points at."""
        if self._item.id in self._row.unknown:
            return not_yet(self._row.unknown[self._item.id])
        if self._value is None or not self.finns:
            return UNREAD if self.olast else UNANSWERED
        if self._item.kind.is_reference:
            return "; ".join(self.namn)
        return in_document(self._item, self._value)

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
        self.id, self.qid = row.id if question.row_prefix else "", question.qid
        self.rubrik = traced(row_label(question, row), lambda: source_of(sheet, question, row))
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
            return FieldView(question.field(name), self._row, self._sheet, question)

    def ihop(self, *names: str, longest: int = 300) -> str:
        """What is written in the fields of those ids, with commas between; empty when nothing is."""
        fields: list[FieldView] = [getattr(self, name) for name in names]
        return ", ".join(field.utan_punkt(longest) for field in fields if field.finns)

    def falt(self) -> list[tuple[str, FieldView]]:
        """Every field with its label."""
        shown = (one for one in self._question.fields if not one.retired or one.id in self._row.said)
        return [(field.name, getattr(self, field.id)) for field in shown]

    @property
    def ifyllt(self) -> dict[str, str]:
        """The fields that are filled in, by name, in Markdown on one line; of a reference the ids."""
        told = {}
        for name, field in self.falt():
            ids = [row.id for row in field.rader if row.id]
            if field.finns or field.olast:
                is_named = ids and len(ids) == len(field.namn)
                told[name] = printed(field.sagt(", ".join(ids)) if is_named else field)
        return told


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
    def ar_besvarad(self) -> bool:
        """Whether anything has been said about it."""
        return self._words != UNANSWERED

    @property
    def ar_karna(self) -> bool:
        """Whether the fast track asks it."""
        return self._question.core

    @property
    def galler(self) -> bool:
        """Whether the question applies, given the other answers; one that is not asked here does not."""
        is_known = self._sheet.battery.question(self._question.qid) is not None
        return is_known and is_relevant(self._question, self._sheet)

    @property
    def _is_said(self) -> bool:
        return self._answer is not None

    def kalla(self) -> str:
        """Where it is said."""
        return source_of(self._sheet, self._question)

    @property
    def _words(self) -> str:
        """The answer on one line; what is known of a question without one."""
        match self._answer:
            case Given(value):
                return in_document(self._question, value)
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
    def ar_okand(self) -> bool:
        """Whether it is said that nobody knows yet."""
        return is_unknown(self._answer)

    @property
    def vem_vet(self) -> str:
        """Who can know what nobody knows yet; empty when that is not said."""
        return traced(self._answer.who, self.kalla) if isinstance(self._answer, Unknown) else ""

    @property
    def rader(self) -> list[RowView]:
        """The rows of a group; none without an answer."""
        rows = given_rows(self._sheet.answers, self._question.qid)
        return [RowView(self._question, row, self._sheet) for row in rows]

    @property
    def uppstalld(self) -> Safe:
        """The rows of a group as a table, or as a card for each; what is known where there are none."""
        rows = [(row.id, row.ifyllt) for row in self.rader]
        return rows_in_markdown(rows) if rows else Safe(printed(self))

    @property
    def punkter(self) -> list[str]:
        """The parts of a list or of a choice of several, in words."""
        return [traced(item, self.kalla) for item in self._items]

    @property
    def _items(self) -> list[str]:
        items = self._value if isinstance(self._value, tuple) else ()
        return [show(self._question, (item,)) for item in items if not isinstance(item, Row)]

    @property
    def uppraknat(self) -> str:
        """The parts in a sentence: 3, 10 och 21."""
        return traced(joined(self._items), self.kalla) or self.text

    @property
    def pastaenden(self) -> list[tuple[str, str]]:
        """The answered statements, as (answer, statement)."""
        chosen = self._value if isinstance(self._value, dict) else {}
        labels = {option.id: option.label for option in self._question.options}
        return [
            (traced(labels.get(chosen[statement.id], chosen[statement.id]), self.kalla), statement.text)
            for statement in self._question.statements
            if statement.id in chosen
        ]

    @property
    def datum(self) -> When | None:
        """The answer as a date, as exactly as it is said, when it is one."""
        return self._value if isinstance(self._value, (date, Period)) else None


def rows_of(sheet: AnswerSheet, address: str, view: type[_View]) -> list[_View]:
    """The rows answered to a group, each as such a view; none when the battery has no such question."""
    question = sheet.battery.question(address)
    return [view(question, row, sheet) for row in given_rows(sheet.answers, address)] if question else []


def answered(sheet: AnswerSheet, address: str, otherwise: str) -> str:
    """The answer to a question in words; what utb.yaml says where there is none, or no such question."""
    question, answer = sheet.battery.question(address), sheet.answers.get(address)
    if question and isinstance(answer, Given):
        return traced(in_document(question, answer.value), lambda: source_of(sheet, question))
    return traced(otherwise, lambda: IN_SETTINGS)
