"""The cells of a workbook: what one may hold, how it looks, and how large it has to be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from utbildningsprocess.swedish import clean, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

WHOLE, TWO_DECIMALS, SHARE = "#,##0", "#,##0.00", "0.0%"
"""How numbers are shown; office programs put the marks of the reader's own language in them."""
_DECIMALS, _DAY = "#,##0.0##", "yyyy-mm-dd"
_FIRST_DAY, _DAY_ZERO = date(1900, 3, 1), date(1899, 12, 30)
"""Workbooks count their days from 1900, and wrongly before the first of these: earlier days are text."""
_LARGEST = 10**15
"""Numbers are exact below it; above it, and what is no number at all, is text."""
LONGEST_CELL = 32_767
"""What a cell holds, in the units of UTF-16."""
_LONGEST_TITLE = 100
_NARROWEST, _WIDEST, _SHEET, _ARROW, _MARGIN = 8, 34, 150, 4, 3
"""In characters: columns, the sheet that they share, a filter's arrow, a cell's margins."""
_WIDTHS = (
    dict.fromkeys("m w % — …", 1.6)
    | dict.fromkeys("M W @", 1.8)
    | dict.fromkeys("f i j l r t I . , : ; ! ' | ( ) [ ] -", 0.6)
)
"""Of letters that are narrower or wider than most, in digits."""
_BOLD = 1.1
_ONE_LINE = 14
"""Characters of a heading that is not divided."""
_LINE, _TALLEST = 15, 409
"""Points: the height of a line, and of the highest row that a workbook may have."""
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Formula(NamedTuple):
    """What a cell computes, and what that comes to: programs that compute nothing show the value."""

    text: str
    value: float | date


Content: TypeAlias = str | float | date | Formula
"""What a cell holds: text, a number, a day, or how one of these is computed."""


class Column(NamedTuple):
    """A heading, and how the numbers under it are shown; empty where each shows the decimals that it has."""

    head: str
    form: str = ""


class FilledColumn(NamedTuple):
    """A heading with the cells under it."""

    head: str
    cells: Sequence[Content]


@dataclass(frozen=True)
class SheetTable:
    """What a sheet shows: headings, and under each its cells."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Content]]
    sums: frozenset[int] = frozenset()
    """The rows that add up others, counted from 0."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What formulas call some of its cells, and where these are: $F$9."""


def place(row: int, column: int, *, fixed: bool = True) -> str:
    """The name of a cell in a table, whose rows are counted from 0 under its headings: $C$2, or C2."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    return cast("str", xl_rowcol_to_cell(row + 1, column, row_abs=fixed, col_abs=fixed))


def is_countable(value: object) -> bool:
    """Whether a value is a number that a workbook can count with."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < _LARGEST


def is_day(value: object) -> bool:
    """Whether a value is a day that a workbook can count with."""
    return isinstance(value, date) and value >= _FIRST_DAY


# ------------------------------------------------------------------------ texts


def cell_text(words: str) -> str:
    """A text as a cell can hold it.

    XlsxWriter takes a text from <r> to </r> for its own and writes it raw; a blank after it prevents that.
    """
    plain = _NO_XML.sub("", clean(words))
    units = plain.encode("utf-16-le")
    if len(units) > 2 * LONGEST_CELL:
        plain = units[: 2 * LONGEST_CELL - 2].decode("utf-16-le", "ignore") + "…"
    return f"{plain} " if plain.endswith("</r>") else plain


def short_text(title: str) -> str:
    """A title as it fits in what a file says of itself, and at the foot of its pages."""
    return shortened(_NO_XML.sub("", title), _LONGEST_TITLE)


# ------------------------------------------------------------------------ looks


class Styles:
    """How cells look in a workbook."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, bool, bool], Any] = {}
        self._cell = {"text_wrap": True, "valign": "top", "align": "left", "indent": 1, "border": 1}
        self._cell["border_color"] = "#C9D3D8"
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format()
        self.head = book.add_format({**self._cell, "bold": True, "bg_color": "#E6EEF2"})

    def of(self, value: str | float | date, form: str, *, is_sum: bool) -> Any:
        """How a value looks, a number in its column's form.

        A text that would become a formula if somebody edited its cell and pressed Enter is guarded.
        """
        shown = "" if isinstance(value, str) else _form(value, form)
        key = (shown, is_sum, isinstance(value, str) and value.startswith(("=", "+", "-", "@")))
        if key not in self._made:
            look = {**self._cell, "num_format": shown} if shown else self._cell
            if shown not in ("", _DAY):
                look = {**look, "text_wrap": False, "align": "right"}
            strong = {"bold": True, "bg_color": "#F3F6F8"} if is_sum else {}
            self._made[key] = self._book.add_format({**look, **strong, "quote_prefix": key[2]})
        return self._made[key]


def _form(value: float | date, form: str) -> str:
    if isinstance(value, date):
        return _DAY
    return form or (WHOLE if float(value).is_integer() else _DECIMALS)


def _write(sheet: Any, row: int, column: int, value: Content, style: Callable[..., Any]) -> None:
    """A value as what it is, where a workbook can hold that, and else as text; `style` gives its look."""
    match value:
        case Formula(text, result) if is_day(result) or is_countable(result):
            counted = (result - _DAY_ZERO).days if isinstance(result, date) else result
            sheet.write_formula(row, column, text, style(result), counted)
        case date() if is_day(value):
            sheet.write_datetime(row, column, value, style(value))
        case int() | float() if is_countable(value):
            sheet.write_number(row, column, value, style(value))
        case _:
            text = cell_text(str(value))
            sheet.write_string(row, column, text, style(text))


def write_table(sheet: Any, table: SheetTable, styles: Styles, top: int = 0) -> None:
    """The table from a row on; its columns and rows as large as what stands in them.

    Excel gives rows their height by itself, LibreOffice does not.
    """
    heads = [column.head for column in table.columns]
    shown = [[*map(_shown, row, table.columns)] for row in table.rows]
    widths = _widths(heads, [[row[at] for row in shown] for at in range(len(heads))])
    for at, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(top, at, cell_text(head), styles.head)
    sheet.set_row(top, _height(heads, [(width - _ARROW) / _BOLD for width in widths]))
    for number, row in enumerate(table.rows):
        is_sum = number in table.sums
        rooms = [(width - _MARGIN) / (_BOLD if is_sum else 1) for width in widths]
        sheet.set_row(top + 1 + number, _height(shown[number], rooms))
        for at, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            style = partial(styles.of, form=column.form, is_sum=is_sum)
            _write(sheet, top + 1 + number, at, value, style)


# ----------------------------------------------------------------------- sizes


def _shown(value: Content, column: Column) -> str:
    """About what a reader sees of a cell."""
    match value:
        case Formula(_, result):
            return _shown(result, column)
        case int() | float() if is_countable(value):
            form = _form(value, column.form)
            decimals = len(form.partition(".")[2])
            return f"{value:.1%}" if form == SHARE else f"{value:,.{decimals}f}"
        case _:
            return str(value)


def _size(text: str) -> float:
    """About how wide a text is, in digits; wider than it is, rather than cut."""
    return sum(_WIDTHS.get(char, 1.2 if char.isupper() else 1 if char < "\u0250" else 2) for char in text)


def _widths(heads: Sequence[str], columns: Sequence[Sequence[str]]) -> list[int]:
    """As wide as what stands there; columns that want much share what the others leave of the sheet."""
    wanted = [_width(head, cells) for head, cells in zip(heads, columns, strict=True)]
    wide = [width for width in wanted if width > _WIDEST]
    room = (_SHEET - sum(wanted) + sum(wide)) // max(1, len(wide))
    return [min(width, max(_WIDEST, room)) for width in wanted]


def _width(head: str, cells: Sequence[str]) -> int:
    """As wide as the longest line; a long heading breaks between its words."""
    words = [head] if len(head) <= _ONE_LINE else head.split()
    heading = max((max(len(word), _size(word) * _BOLD) for word in words), default=0) + _ARROW + 1
    lines = max((_size(line) for cell in cells for line in cell.split("\n")), default=0)
    return max(_NARROWEST, ceil(heading), ceil(lines * _BOLD) + _MARGIN)


def _height(cells: Sequence[str], rooms: Sequence[float]) -> int:
    return min(_TALLEST, _LINE * max(map(_lines, cells, rooms)))


def _lines(text: str, room: float) -> int:
    """How many lines a text takes in so much room; a word that is longer than a line is broken."""
    lines = 0
    for line in text.split("\n"):
        lines, used = lines + 1, 0.0
        for word in line.split(" "):
            size = _size(word)
            if used and used + size > room:
                lines, used = lines + 1, 0.0
            broken = max(0, ceil(size / max(room, 1)) - 1)
            lines, used = lines + broken, used + size - broken * room + _WIDTHS[" "]
    return lines
