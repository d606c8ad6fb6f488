"""Markdown for those who listen: tables as lists, so that every cell is heard with its heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.markdown import escaped, outline, page_blocks
from utbildningsprocess.pages.page import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.pages.page import Line


def without_tables(text: str) -> str:
    """The Markdown with each row of a table as an item, its other cells below the first."""
    lines = text.split("\n")
    for block in reversed(outline(text).blocks):
        if block.kind == "table":
            (table,) = page_blocks("\n".join(lines[block.first : block.end]))
            lines[block.first : block.end] = [*_items(table.rows), ""]
    return "\n".join(lines)


def _items(rows: tuple[tuple[Line, ...], ...]) -> Iterator[str]:
    heads = [escaped(plain_text(head)) for head in rows[0]]
    for row in rows[1:]:
        for place, (head, cell) in enumerate(zip(heads, row, strict=True)):
            yield f"{'  ' if place else ''}- {head}: {escaped(plain_text(cell))}"
