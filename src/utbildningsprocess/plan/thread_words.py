"""The red thread as text: in aligned columns, below each other, and in Markdown."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING

from utbildningsprocess.markdown import escaped
from utbildningsprocess.pages.figures import GAP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.plan.thread import Strand

_HEADINGS = ("Mål", "Aktiviteter", "Mått", "Resultat")
_NOT_APPLICABLE, _INDENT = "–", "  "
LEAST_WIDTH = 72
"""Characters on a line of the terminal that four columns need."""
_SHORTEST_LINE, _GUTTER, _WIDEST_MEASURE = 20, 2, 14
"""Characters: of the shortest line, between columns, and in the column of measures."""
_SHARES = (0.31, 0.37, 0.32)
"""How the other columns divide what the measures leave."""


def as_table(threads: Sequence[Strand], width: int, *, columns: bool = True) -> str:
    """The strands in four aligned columns; below each other when `width` has no room, or without columns."""
    if width < LEAST_WIDTH or not columns:
        return "\n\n".join("\n".join(_stacked(strand, width)) for strand in threads)
    rows = [_cells(strand) for strand in threads]
    widths = _widths(rows, width)
    head = [[(heading,) for heading in _HEADINGS], [("-" * column,) for column in widths]]
    headings, rule, *following = ["\n".join(_lines(row, widths)) for row in (*head, *rows)]
    return f"{headings}\n{rule}\n" + "\n\n".join(following)


def _cells(strand: Strand) -> tuple[tuple[str, ...], ...]:
    return tuple(_shown(cell) for cell in ((strand.goal,) if strand.goal else (), *strand[1:]))


def _shown(cell: tuple[str, ...] | None) -> tuple[str, ...]:
    return (_NOT_APPLICABLE,) if cell is None else cell or (GAP,)


def _widths(rows: Sequence[Sequence[Sequence[str]]], whole: int) -> list[int]:
    """The columns' widths, none wider than what stands in it."""
    goal, activity, measure, result = (
        max(map(len, (heading, *(text for row in rows for text in row[place]))))
        for place, heading in enumerate(_HEADINGS)
    )
    measure = min(measure, _WIDEST_MEASURE)
    room = whole - measure - _GUTTER * len(_SHARES)
    shares = zip((goal, activity, result), _SHARES, strict=True)
    goal, activity, result = (min(most, int(room * share)) for most, share in shares)
    return [goal, activity, measure, result]


def _lines(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    columns = [
        [line for text in cell for line in _wrapped(text, width)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for line in zip_longest(*columns, fillvalue=""):
        padded = [words.ljust(width) for words, width in zip(line, widths, strict=True)]
        yield (" " * _GUTTER).join(padded).rstrip()


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """The text as lines, those after the first set in."""
    set_in = f"{indent}{_INDENT}"
    return wrap(text, width, initial_indent=indent, subsequent_indent=set_in, break_on_hyphens=False)


def _stacked(strand: Strand, width: int) -> Iterator[str]:
    width = max(width, _SHORTEST_LINE)
    yield from _wrapped(strand.goal or f"{_HEADINGS[0]} {GAP}", width)
    for heading, cell in zip(_HEADINGS[1:], strand[1:], strict=True):
        in_one = f"{_INDENT}{heading}: {'; '.join(_shown(cell))}"
        if cell and len(in_one) > width:
            yield f"{_INDENT}{heading}:"
            yield from (line for text in cell for line in _wrapped(f"- {text}", width, _INDENT))
        elif cell is not None:
            yield in_one


# ------------------------------------------------------------------ Markdown


def as_markdown(threads: Sequence[Strand], *, columns: bool = True) -> str:
    """The strands as a Markdown table, or without columns as a list for each.

    Whatever an answer says, it stays text in its place.
    """
    if not columns:
        return "\n\n".join("\n".join(_listed(strand)) for strand in threads)
    rows = [[_in_markdown(cell) for cell in _cells(strand)] for strand in threads]
    return "\n".join(f"| {' | '.join(row)} |" for row in [_HEADINGS, ["---"] * len(_HEADINGS), *rows])


def _listed(strand: Strand) -> Iterator[str]:
    yield f"**{escaped(strand.goal) or f'{_HEADINGS[0]} {GAP}'}**"
    yield ""
    for heading, cell in zip(_HEADINGS[1:], strand[1:], strict=True):
        if cell is not None:
            yield f"- {heading}: {_in_markdown(_shown(cell))}"


def _in_markdown(cell: Sequence[str]) -> str:
    return escaped("; ".join(cell))
