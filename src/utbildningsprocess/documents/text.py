"""Answers as Markdown that stays in its place: no answer can become a heading, HTML or another cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, assert_never

from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.periods import day_in_words, spoken_time
from utbildningsprocess.documents.budget import refuse_unsayable
from utbildningsprocess.documents.sources import kept, kept_outside
from utbildningsprocess.markdown import answer_markdown, line_markdown, plain_line
from utbildningsprocess.model import AnswerSheet, Given, Period, Row, Skipped, TimeSpan, Unfit, Unknown
from utbildningsprocess.pages.page import UNANSWERED
from utbildningsprocess.swedish import format_number, running, shortened, time_in_words

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer, Item, Value

_ABBREVIATED = re.compile(r"(\.\w+|\.)\.$")
_CLAUSE_ENDS = (", ", "; ", ": ", " – ")
"""Where a sentence that is cut reads best, when that is past its middle."""
_SENTENCE_END = re.compile(r"(?<!\b\w)(?<!\.\w\w)[.!?…][”\"’')»]*(?= [A-ZÅÄÖ”])")
"""Where a sentence ends and another begins, which is not after t.ex. or bl.a."""
_CLOSING = "”\"’')»"


def in_document(item: Item, value: Value) -> str:
    """A value as documents say it: a day with its weekday, and many minutes as hours."""
    if isinstance(value, (date, Period)):
        return day_in_words(value)
    if isinstance(value, TimeSpan):
        return spoken_time(value)
    if item.unit == "minuter" and isinstance(value, (int, float)):
        return time_in_words(value)
    return show(item, value)


class Safe(str):
    """Markdown that a template prints as it is; any other text is escaped."""

    __slots__ = ()


def printed(value: object) -> str:
    """What a template prints for a value: text as just that text, on one line."""
    return value if isinstance(value, Safe) else kept_outside(one_line, _in_words(value))


def _in_words(value: object) -> str:
    """Any value that a template can reach, as a person would say it. TypeError for what cannot be said."""
    inline = getattr(value, "text", value)
    if inline is None:
        return UNANSWERED
    if isinstance(inline, bool):
        return "Ja" if inline else "Nej"
    if isinstance(inline, (int, float)):
        return format_number(inline)
    if isinstance(inline, (list, tuple, Iterator)):
        return ", ".join(map(_in_words, inline))
    return str(refuse_unsayable(inline))


def one_line(text: str) -> str:
    """A text as Markdown on one line, which shows just what it says."""
    return line_markdown(running(text))


def paragraphs(text: str) -> Safe:
    """A typed text as the blocks of Markdown that it means."""
    return Safe(answer_markdown(text))


class Answered(str):
    """What somebody has written, as it reads on one line; `typed` is how it stands in the dossier."""

    __slots__ = ("typed",)

    typed: str

    @classmethod
    def of(cls, typed: str) -> Answered:
        """The text as it reads on one line."""
        made = cls(plain_line(typed))
        made.typed = typed
        return made


def as_read(sheet: AnswerSheet) -> AnswerSheet:
    """The answers with every text as it reads on one line."""
    answers = {qid: _read(answer) for qid, answer in sheet.answers.items()}
    return AnswerSheet(sheet.battery, answers, sheet.spent)


def _read(answer: Answer) -> Answer:
    match answer:
        case Given(value):
            return Given(_value_read(value))
        case Skipped(reason):
            return Skipped(plain_line(reason))
        case Unknown(who):
            return Unknown(plain_line(who))
        case Unfit(text, why):
            return Unfit(Answered.of(text), why)
        case _:
            assert_never(answer)


def _value_read(value: Any) -> Any:
    """A value, a part of it or a row, whose texts are as they read; ids and keys read as they are."""
    if isinstance(value, str):
        return Answered.of(value)
    if isinstance(value, tuple):
        return tuple(map(_value_read, value))
    if isinstance(value, Row):
        values, *told = (
            {key: _value_read(text) for key, text in fields.items()}
            for fields in (value.values, value.unfit, value.unknown)
        )
        return Row(value.id, values, *told)
    return value


def without_stop(text: str) -> str:
    """A text on one line without its full stop, so that a sentence can go on; m.m. and … keep theirs."""
    line = running(text)
    return line if _ABBREVIATED.search(line) else line.removesuffix(".")


def with_capital(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def as_sentence(text: str) -> str:
    """A text on one line with a full stop, unless it ends in one, in ? or in !, also inside a quotation."""
    line = running(text)
    return line if line.rstrip(_CLOSING).endswith((".", "?", "!", "…")) else f"{line}."


def first_sentences(text: str, longest: int) -> str:
    """The first whole sentences of a text on one line of at most so many letters; at least a piece of one."""
    line = running(text)
    ends = [match.end() for match in _SENTENCE_END.finditer(line) if match.end() <= longest]
    if len(line) <= longest or ends:
        return line if len(line) <= longest else line[: max(ends)]
    piece = shortened(line, longest)
    clause = max(map(piece.rfind, _CLAUSE_ENDS))
    return f"{piece[:clause]} …" if clause > len(piece) // 2 else piece


def cut(value: object, longest: int) -> str:
    """A value in words on one line, cut between words to so many letters at most."""
    return kept(shortened, _in_words(value), longest)
