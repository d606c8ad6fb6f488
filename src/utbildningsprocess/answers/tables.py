"""A table as people paste it or save it: bytes -> text -> cells, with the mark that divides them."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.pasted_lists import without_list_marks
from utbildningsprocess.errors import Broken
from utbildningsprocess.swedish import clean

if TYPE_CHECKING:
    from collections.abc import Callable

Cells = tuple[tuple[str, ...], ...]
TAB, SEMICOLON, COMMA, NONE = "\t", ";", ",", ""
_SEPARATOR = re.compile(r'"?sep=(.)"?[ \t]*\n')
"""The first line with which a program tells Excel what divides the cells."""
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NEVER = "\x1f"
"""A mark that no text has, where there is only one cell a line."""
_BINARY = re.compile("[\0-\x08\x0e-\x1a\x1c-\x1f]")
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Table(NamedTuple):
    """Cells in lines, all of the same width, and the mark that divided them."""

    cells: Cells
    divider: str

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.cells[0]) if self.cells else 0


class TableText(NamedTuple):
    """The text of a file with a table, and the encoding it was read with."""

    text: str
    encoding: str


def table_text(data: bytes, name: str) -> TableText:
    """The text in the bytes of a file: UTF-8, UTF-16 that says so, or else what Windows used to write.

    Raises Broken when it is no text in any of them: no other encoding is guessed.
    """
    if data.startswith(_WORKBOOK):
        raise Broken(
            f"{name} är ett kalkylblad. Öppna det, kopiera raderna och klistra in dem i samtalet, "
            "eller spara bladet som CSV (UTF-8)."
        )
    encodings = (
        {"utf-16": "UTF-16"} if data.startswith(_MARKS) else {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}
    )
    for codec, encoding in encodings.items():
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if _BINARY.search(text) is None:
            return TableText(text, encoding)
    raise Broken(f"{name} går inte att läsa som text. Spara tabellen som CSV (UTF-8) och försök igen.")


def table_in(text: str, is_name: Callable[[str], int]) -> Table:
    """The table in the text of a file. `is_name` says of a cell whether, or how much, it is a name.

    The cells are divided by the mark with which most of the first line are names of fields, else by the one
    that gives most lines as many cells as the first.
    """
    text = _with_newlines(text)
    if said := _SEPARATOR.match(text):
        return Table(_cells(text[said.end() :], said[1]), said[1])
    tables = [Table(_cells(text, divider), divider) for divider in (NONE, TAB, SEMICOLON, COMMA)]

    def worth(table: Table) -> tuple[int, float, int]:
        widths = [_said_width(line) for line in table.cells]
        even = widths.count(widths[0]) / len(widths) if widths and widths[0] > 1 else 0.0
        return sum(map(is_name, table.cells[0])) if widths else 0, even, table.width if even else 0

    return max(tables, key=worth)


def _said_width(line: tuple[str, ...]) -> int:
    return max((place for place, cell in enumerate(line, 1) if cell), default=0)


def pasted_table(text: str, *, lines_too: bool) -> Table | None:
    """The table that is pasted where one value is asked for; None when it is a text.

    Tabs make a table of any line, semicolons of several; `lines_too` makes rows of one cell of other lines.
    """
    text = without_list_marks(_with_newlines(text).strip("\n"))
    if any(TAB in line.strip() for line in text.split("\n")):
        return Table(_cells(text, TAB), TAB)
    divided = _cells(text, SEMICOLON)
    if len(divided) > 1 and all(sum(map(bool, line)) > 1 for line in divided):
        return Table(divided, SEMICOLON)
    lines = _cells(text, NONE)
    return Table(lines, NONE) if lines_too and len(lines) > 1 else None


def _with_newlines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _cells(text: str, divider: str) -> Cells:
    """The lines of cells, without empty lines and without the empty columns they end in.

    Quoted cells may hold newlines; where the quotation marks do not pair, they are part of the text.
    """
    lines = text.split("\n")
    try:
        read = list(csv.reader((f"{line}\n" for line in lines), delimiter=divider or _NEVER, strict=True))
    except csv.Error:
        read = [line.split(divider) if divider else [line] for line in lines]
    cleaned = [[clean(cell).strip() for cell in line] for line in read]
    width = max((_said_width(tuple(line)) for line in cleaned), default=0)
    return tuple((*line[:width], *[""] * (width - len(line))) for line in cleaned if any(line))
