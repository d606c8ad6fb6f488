"""Markdown in a terminal: its look, and tables in columns where they have room, else row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE
from rich.default_styles import DEFAULT_STYLES
from rich.markdown import Markdown, TableElement
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.theme import Theme

from utbildningsprocess.screen.looks import Look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console, ConsoleOptions, RenderableType

_GUTTER = 3
"""Columns of the terminal between two columns of a table."""
_HEADER = "markdown.table.header"
_BOLD = ("h1", "h2", "h3", "h4", "h5", "h6", "strong", "code", "table.header")
_SIGNS = ("item.bullet", "item.number")
THEME = Theme(
    {name: "none" for name in DEFAULT_STYLES if name.startswith("markdown.")}
    | {f"markdown.{part}": Look.QUESTION.rich for part in _BOLD}
    | dict.fromkeys((f"markdown.{part}" for part in _SIGNS), Look.HERE.rich)
    | {"markdown.link": "underline"}
)
"""The look of Markdown: rich's own has colours that cannot be read on a light or a dark ground."""


class _FittingTable(TableElement):
    """A table of which no word is cut."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        """The table in columns, or its rows as lists with the heading of each cell."""
        heads = [cell.content for cell in self.header.row.cells] if self.header and self.header.row else []
        rows = [[cell.content for cell in row.cells] for row in self.body.rows] if self.body else []
        widths = [max(map(_longest_word, cells)) for cells in zip(heads, *rows, strict=True)]
        if sum(widths) + _GUTTER * len(widths) <= options.max_width:
            yield _columns(heads, rows, widths)
        else:
            yield Text()
            yield from (line for row in rows for line in _record(heads, row))


def _longest_word(cell: Text) -> int:
    return max((Text(word).cell_len for word in cell.plain.split()), default=0)


def _columns(heads: Sequence[Text], rows: Sequence[Sequence[Text]], widths: Sequence[int]) -> Table:
    table = Table(box=SIMPLE, pad_edge=False, style="markdown.table.border", collapse_padding=True)
    for head, width in zip(heads, widths, strict=True):
        titled = head.copy()
        titled.stylize(_HEADER)
        table.add_column(titled, overflow="fold", min_width=width)
    for row in rows:
        table.add_row(*row)
    return table


def _record(heads: Sequence[Text], row: Sequence[Text]) -> Iterator[RenderableType]:
    """A row by itself: its first cell, and below it the others with their headings."""
    for place, (head, cell) in enumerate(zip(heads, row, strict=True)):
        named = Text.assemble((f"{head.plain}: ", _HEADER), cell)
        yield Padding(named, (0, 0, 0, 0 if place == 0 else 2))
    yield Text()


class FittingMarkdown(Markdown):
    """Markdown whose tables lose no word, however narrow the terminal is."""

    elements = {**Markdown.elements, "table_open": _FittingTable}  # noqa: RUF012  as its base has it
