"""What an answer is made of in the text: items, statements, rows and fields, each with its lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import accept, show
from utbildningsprocess.answers.faults import wrong
from utbildningsprocess.answers.numbers import not_kept
from utbildningsprocess.answers.rows import number_of
from utbildningsprocess.errors import LineFault
from utbildningsprocess.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.dossier.traces import NewName
    from utbildningsprocess.markdown import Outline
    from utbildningsprocess.model import Answer, Item, Value

BULLET = re.compile(r"^( {0,3}(?:[-*+]|\d{1,9}[.)]))( {1,4}(?=\S)| ?)")
LABELLED = re.compile(r"^(?:\*\*|__)(.+?)\s*:?\s*(?:\*\*|__)[ \t]*:?[ \t]*(.*)$", re.DOTALL)


class Piece(NamedTuple):
    """An item, a statement, a row or a field as it stands: its key, its value, and its lines [first, end)."""

    key: object
    value: object
    first: int
    end: int
    fields: tuple[Piece, ...] = ()
    """Of a row, its fields."""


class Decoded(NamedTuple):
    """An answer, or None when there is none, and what was wrong; lines count from 0 in the body."""

    answer: Answer | None
    faults: tuple[LineFault, ...] = ()
    grave: tuple[LineFault, ...] = ()
    """The faults that make it uncertain what was said: nothing is written while they stand."""
    pieces: tuple[Piece, ...] = ()
    """What the answer is made of; none where it has no pieces or they cannot be told apart."""
    loose: tuple[tuple[int, int], ...] = ()
    """Lines [first, end) beside the pieces, which every write keeps."""
    traces: tuple[str, ...] = ()
    """The ids of removed rows that a group tells of."""
    new_names: tuple[NewName, ...] = ()
    """The names that its rows have had."""

    @property
    def spent(self) -> int:
        """The highest number that a removed row has had."""
        return max(map(number_of, self.traces), default=0)


def accept_written(item: Item, text: str) -> Value:
    """The valid value of a question or field in a text from a file. Raises Invalid.

    What is one number, date or name stands on one line: two lines are two answers.
    """
    one_line = (Kind.YES_NO, Kind.NUMBER, Kind.DATE, Kind.TIME_SPAN, Kind.REFERENCE)
    if item.kind in one_line and "\n" in text.strip():
        raise wrong("Här står mer än en rad. Behåll ett svar.")
    return accept(item, text, None)


def left_out(item: Item, text: str, value: Value) -> str:
    """What is said of a number in a file, and is no part of the answer: that it is not exact. Else empty."""
    loose = not_kept(text) if item.kind is Kind.NUMBER else ""
    return f"”{loose}” räknas inte: talet är {show(item, value)}." if loose else ""


def unseen(lines: Sequence[str], seen: Outline) -> list[tuple[int, int]]:
    """The lines [first, end) that Markdown shows nothing of, as link definitions: no block holds them."""
    held = {number for block in seen.blocks for number in range(block.first, block.end)}
    written = [number for number, line in enumerate(lines) if line.strip() and number not in held]
    firsts = [number for number in written if number - 1 not in written]
    ends = [number + 1 for number in written if number + 1 not in written]
    return list(zip(firsts, ends, strict=True))


def item_text(lines: Sequence[str]) -> str:
    """The text of one list item, without its bullet and the indentation below it."""
    offset = _offset(lines[0])
    if len(lines) == 1:
        return lines[0][offset:]
    return "\n".join([lines[0][offset:], *(line[min(offset, _set_in(line)) :] for line in lines[1:])])


def _set_in(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


def _offset(line: str) -> int:
    bullet = BULLET.match(line)
    return bullet.end() if bullet else 0


def lazy_lines(lines: Sequence[str], first: int) -> list[LineFault]:
    """The lines of an item, which begins at a line, that are not set in below its bullet."""
    if len(lines) == 1:
        return []
    offset = len(lines[0]) - len(lines[0].lstrip()) + 1
    why = "Raden är inte indragen och läses som en del av punkten ovanför. Dra in den, eller skriv en punkt."
    return [
        LineFault(first + number, why)
        for number, line in enumerate(lines)
        if number and line.strip() and len(line) - len(line.lstrip()) < offset
    ]
