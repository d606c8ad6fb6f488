"""A dossier, a status and tables as people read them in a terminal."""

from __future__ import annotations

import os
import re
import sys
from types import MappingProxyType
from typing import TYPE_CHECKING

from utbildningsprocess.dossier.first_lines import IDENTITY_LINE
from utbildningsprocess.dossier.markers import scan
from utbildningsprocess.dossier.traces import is_trace, without_traces
from utbildningsprocess.markdown import escaped, outline, page_blocks
from utbildningsprocess.pages.page import plain_text
from utbildningsprocess.screen.looks import WIDEST_LINE
from utbildningsprocess.swedish import clean, same, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.markdown import Markdown

    from utbildningsprocess.dossier.markers import Scan
    from utbildningsprocess.pages.page import Line

_MARKER = re.compile(r"^ {0,3}<!--[ \t]*/?utb:.*-->[ \t]*$")


# --------------------------------------------------------------- reading copy


def reading_copy(text: str, stage_title: str = "", remarks: Mapping[str, str] = MappingProxyType({})) -> str:
    """The dossier, or one stage of it, as Markdown for reading: no markers, no unanswered questions.

    `remarks` are words to put above answers, by address.
    """
    seen = scan(text)
    hidden = _hidden(seen)
    answered = {number for span in seen.spans.values() for number in range(span.opening + 1, span.closing)}
    above = {seen.spans[qid].opening: words for qid, words in remarks.items() if qid in seen.spans}
    lines = [
        above.get(number, line)
        for number, line in _of_stage(seen, stage_title)
        if number not in hidden
        and (number in above or not (is_trace(line) if number in answered else _is_ours(line)))
    ]
    return re.sub(r"\n{3,}", "\n\n", clean("\n".join(lines))) + "\n"


def _of_stage(seen: Scan, title: str) -> Iterator[tuple[int, str]]:
    """The lines of one stage with their numbers, or all of them."""
    edges = [heading for heading in seen.headings if heading.tag in ("h1", "h2")]
    starts = [edge.first for edge in edges if edge.tag == "h2" and same(edge.content, title)]
    start = starts[0] if title and starts else 0
    ends = [edge.first for edge in edges if edge.first > start] if title else []
    if not title or starts:
        yield from list(enumerate(seen.lines))[start : ends[0] if ends else None]


def _hidden(seen: Scan) -> set[int]:
    """The lines of questions that nobody has answered, headings included."""
    headings = [heading.first for heading in seen.headings if heading.tag == "h3"]
    hidden: set[int] = set()
    for qid, span in seen.spans.items():
        if not without_traces(seen.body(qid)).strip():
            first = max((line for line in headings if line < span.opening), default=span.opening)
            shared = any(first < above.opening < span.opening for above in seen.spans.values())
            hidden.update(range(span.opening if shared else first, span.closing + 1))
    return hidden


def _is_ours(line: str) -> bool:
    return bool(_MARKER.match(line) or IDENTITY_LINE.match(line))


# -------------------------------------------------------------------- showing


def is_read() -> bool:
    """Whether somebody reads what is written to stdout, rather than a file or another program."""
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def show_markdown(text: str, *, plain: bool = False) -> None:
    """Shows Markdown on stdout, as `set_markdown` sets it."""
    sys.stdout.write(set_markdown(text, plain=plain))
    sys.stdout.flush()


def set_markdown(text: str, *, plain: bool = False) -> str:
    """Markdown as stdout is to have it: set for the terminal, or in plain lines; as it is for elsewhere."""
    text = visible(text)
    if plain or not is_read():
        return _without_tables(text) if is_read() else text
    from rich.console import Console

    from utbildningsprocess.screen.tables import THEME, FittingMarkdown

    console = Console(file=sys.stdout, highlight=False, theme=THEME)
    console.width = min(console.width, WIDEST_LINE)
    with console.capture() as captured:
        # Links are written out: a terminal's clickable link hides where it leads.
        console.print(_as_it_is_read(FittingMarkdown(text, hyperlinks=False)))
    return captured.get()


def _as_it_is_read(page: Markdown) -> Markdown:
    """The page with HTML shown as the text it is, which rich would leave out, and each address said once."""
    for token in page.parsed:
        if token.type == "html_block":
            token.type = "code_block"
        for child in token.children or ():
            if child.type == "html_inline":
                child.type = "text"
        if token.children:
            token.children = [child for child in token.children if child.markup != "autolink"]
    return page


def _without_tables(text: str) -> str:
    """The Markdown for those who listen: each row of a table as an item, every cell with its heading."""
    lines = text.split("\n")
    for block in reversed(outline(text).blocks):
        if block.kind == "table":
            (table,) = page_blocks("\n".join(lines[block.first : block.end]))
            lines[block.first : block.end] = [*_items(table.rows), ""]
    return "\n".join(lines)


def _items(rows: tuple[tuple[Line, ...], ...]) -> Iterator[str]:
    heads, *rows_below = [[escaped(plain_text(cell)) for cell in row] for row in rows]
    for row in rows_below:
        for place, (head, cell) in enumerate(zip(heads, row, strict=True)):
            yield f"{'  ' if place else ''}- {head}: {cell}"


def aligned_table(rows: Sequence[Sequence[str]]) -> str:
    """Rows as lines of text in columns: the first column to the left, the numbers after it to the right."""
    columns = []
    for place, cells in enumerate(zip(*rows, strict=True)):
        padded = str.rjust if place else str.ljust
        width = max(map(len, cells))
        columns.append([padded(cell, width) for cell in cells])
    return "\n".join("  ".join(row).rstrip() for row in zip(*columns, strict=True))
