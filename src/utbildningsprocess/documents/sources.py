"""Where what a document says comes from: values that carry their source through a template, and the list.

While a document is traced, every value that reaches it stands between two marks with the number of its
source. They live through `~`, joins and filters, and count nowhere, for what there is room for is decided
without them. At all other times these functions do nothing.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.rows import given_rows, row_label
from utbildningsprocess.pages.marks import (
    begins,
    is_marked,
    marked,
    numbers_after,
    pair_of,
    renumbered,
    unmarked,
)
from utbildningsprocess.swedish import format_number, in_quotation_marks, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from utbildningsprocess.model import AnswerSheet, Item, Question, Row

_TRACED: ContextVar[dict[str, int] | None] = ContextVar("traced", default=None)
_LEAD = re.compile(r"(?:\s*(?:(?:[-*+]|\d{1,9}[.)])\s+|>\s?))*\s*(?:\[[ xX]\] )?")
"""What makes a line of Markdown a quotation or an item of a list."""
_ENDS = re.compile("([\U000f0000-\U0010ffff]*)(.*?)([\U000f0000-\U0010ffff]*)", re.DOTALL)
_LONGEST_QUESTION, _LONGEST_ROW = 200, 60
IN_SETTINGS = "Inställningarna i utb.yaml"


@contextmanager
def tracing() -> Iterator[dict[str, int]]:
    """A while in which values carry their source; gives the sources by their words, as they come."""
    listed: dict[str, int] = {}
    before = _TRACED.set(listed)
    try:
        yield listed
    finally:
        _TRACED.reset(before)


def traced(text: str, source: Callable[[], str]) -> str:
    """A text that carries its source, as the list of sources says it, while anybody wants to know."""
    listed = _TRACED.get()
    if listed is None or not text:
        return text
    return marked(text, listed.setdefault(source(), len(listed) + 1))


def traced_blocks(text: str, source: Callable[[], str]) -> str:
    """Blocks of Markdown that carry their source: its marks stand within the first block and the last."""
    lead = _LEAD.match(text)
    begin = lead.end() if lead else 0
    end = len(text) - text.endswith("\\")
    return text[:begin] + traced(text[begin:end], source) + text[end:]


class Figure(int):
    """A number that is said with its source."""

    source: Callable[[], str]

    @classmethod
    def of(cls, number: float, source: Callable[[], str]) -> Figure:
        """A number rounded to a whole one, and its source."""
        figure = cls(round(number))
        figure.source = source
        return figure

    @property
    def text(self) -> str:
        """The number in words."""
        return traced(format_number(int(self)), self.source)

    def __str__(self) -> str:
        """The number in words, also where a text is put together."""
        return self.text


def with_source(number: float, words: str) -> str:
    """The words for a number, with its source if it is one that has any."""
    return traced(words, number.source) if isinstance(number, Figure) else words


def counted_in_answers(number: int, what: str) -> str:
    """A number that is counted in the answers, as a template says of what."""
    return traced(str(number), lambda: f"Räknat i svaren: {number} {what}.")


def left_over(every: int, told: int, where: str = "") -> str:
    """How many of some things are left when so many are told of, and the address where they stand."""
    return traced(
        str(every - told),
        lambda: (
            f"Räknat i svaren{f' ({where})' if where else ''}: "
            f"{every - told} = {every} i allt − {told} som står i texten."
        ),
    )


# --------------------------------------------------------------- texts with marks


def plain(text: str) -> str:
    """A text without the marks of its sources, to compare it with another."""
    return text if _TRACED.get() is None else unmarked(text)


def kept(change: Callable[..., str], text: str, *how: object) -> str:
    """What a change gives that shortens a text or ends it otherwise, with the marks where they were."""
    if _TRACED.get() is None or not is_marked(text):
        return change(text, *how)
    changed, place, pieces = change(unmarked(text), *how), 0, list[str]()
    for before, mark in _at_marks(text):
        pieces += [changed[place : place + len(before)], mark]
        place += len(before)
    pieces.insert(len(pieces) - is_marked(text[-1]), changed[place:])
    return balanced("".join(pieces))


def _at_marks(text: str) -> Iterator[tuple[str, str]]:
    """The marks of a text, each with what stands before it."""
    before = ""
    for char in text:
        if is_marked(char):
            yield before, char
            before = ""
        else:
            before += char


def kept_outside(change: Callable[[str], str], text: str) -> str:
    """What a change gives that looks at how a text begins, with the marks around it around that too."""
    ends = _ENDS.fullmatch(text) if _TRACED.get() is not None else None
    return f"{ends[1]}{change(ends[2])}{ends[3]}" if ends else change(text)


def balanced(text: str) -> str:
    """A text in which each mark has its pair: what was cut off from it ends where the text does."""
    if _TRACED.get() is None or not is_marked(text):
        return text
    waiting, pieces = list[str](), list[str]()
    for char in text:
        if not is_marked(char):
            pieces.append(char)
        elif begins(char):
            waiting.append(pair_of(char))
            pieces.append(char)
        elif char in waiting:
            waiting.remove(char)
            pieces.append(char)
    return _without_empty("".join([*pieces, *reversed(waiting)]))


def _without_empty(text: str) -> str:
    """A text without marks that have nothing between them."""
    for before, after in {(char, pair_of(char)) for char in text if is_marked(char) and begins(char)}:
        text = text.replace(before + after, "")
    return text


class Sourced(NamedTuple):
    """Texts whose marks count from 1 in the order they are read, and the sources in that order."""

    texts: Sequence[str]
    sources: tuple[str, ...]


def in_order(listed: Mapping[str, int], texts: Sequence[str]) -> Sourced:
    """The texts of a document with the numbers of its sources in the order they are read."""
    words = {number: source for source, number in listed.items()}
    order = {old: new for new, old in enumerate(dict.fromkeys(numbers_after("".join(texts))), 1)}
    return Sourced([renumbered(text, order) for text in texts], tuple(words[old] for old in order))


# ------------------------------------------------------------------ in words


def source_of(
    sheet: AnswerSheet, question: Question, row: Row | None = None, field: Item | None = None
) -> str:
    """Where an answer stands: step, question, row and field as people see them, and the address."""
    step = next((stage.title for stage in sheet.battery.stages if stage.id == question.stage), question.stage)
    which = [_row_name(question, row)] if row else []
    where = ", ".join([*which, *([field.name] if field else [])])
    asked = in_quotation_marks(question.text, _LONGEST_QUESTION)
    return f"{step}, {asked}{f': {where}' if where else ''} ({question.qid})"


def _row_name(question: Question, row: Row) -> str:
    return row.id if question.row_prefix else shortened(row_label(question, row), _LONGEST_ROW)


def source_at(sheet: AnswerSheet, address: str, row_id: str = "", field: str = "") -> str:
    """The same of an address, the id of a row and that of a field; the address where there is no such."""
    question = sheet.battery.known(address)
    if question is None:
        return address
    answer = given_rows(sheet.answers, address) if row_id else ()
    row = next((row for row in answer if row.id == row_id), None)
    known = next((known for known in question.fields if known.id == field), None)
    return source_of(sheet, question, row, known)
