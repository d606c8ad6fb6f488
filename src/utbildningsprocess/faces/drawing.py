"""Words on the terminal: wrapped for the width there is, and shown in windows that are just as high."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from functools import lru_cache
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app
from prompt_toolkit.layout import Dimension, FormattedTextControl, Window

from utbildningsprocess.screen.looks import DONE, WIDEST_LINE, coloured, shows_colours
from utbildningsprocess.swedish import clean, shortened, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from utbildningsprocess.conversation.face import Cell

NARROWEST_TEXT = 10
"""The columns that lines are set in no further than to leave for words."""
_GUTTER = "  "
_NARROWEST_COLUMN = 10
_BEFORE_WORDS = re.compile(rf"^\s*(?:\d+\. |[-{DONE}] )?")


def text_columns() -> int:
    """The columns that text takes in this terminal."""
    return min(WIDEST_LINE, shutil.get_terminal_size().columns - 1)


@lru_cache(maxsize=256)
def wrap_words(text: str, width: int) -> str:
    """Text wrapped between words, further lines as far in as the words of the first, past its number."""
    lines: list[str] = []
    for line in visible(text).split("\n"):
        indent = " " * (len(line) - len(_BEFORE_WORDS.sub("", line)))
        indent = indent if len(indent) <= width - NARROWEST_TEXT else ""
        lines += textwrap.wrap(line, max(width, 1), subsequent_indent=indent, break_on_hyphens=False) or [""]
    return "\n".join(lines)


def write_wrapped(text: str) -> None:
    """Writes plain text to the terminal, wrapped between words; below an empty line if it begins so."""
    space = "\n" if text.startswith("\n") else ""
    words = wrap_words(clean(text), text_columns())
    sys.stderr.write(f"{space}{coloured(words) if shows_colours(sys.stderr) else words}\n")
    sys.stderr.flush()


def window(*parts: tuple[str, Callable[[], str]], width: Callable[[], Dimension] | None = None) -> Window:
    """A window just as high as its words, each with a style; gone when there are none.

    Words are asked for once each time the screen is drawn: the toolkit asks for heights many times over.
    """

    @lru_cache(maxsize=1)
    def drawn(_time: int) -> StyleAndTextTuples:
        return [(style, text) for style, words in parts if (text := words())]

    def height() -> int:
        return sum(fragment[1].count("\n") + 1 for fragment in drawn(get_app().render_counter))

    def lines() -> StyleAndTextTuples:
        """The words with a new line between one and the next."""
        fragments = drawn(get_app().render_counter)
        return [piece for fragment in fragments for piece in (("", "\n"), fragment)][1:]

    return Window(
        FormattedTextControl(lines),
        height=height,
        width=width,
        dont_extend_height=True,
        always_hide_cursor=True,
    )


def as_many_as_fit(hints: Mapping[str, str], width: int) -> str:
    """As many keys as one line holds, the most needed first."""
    line = ""
    for key, does in hints.items():
        longer = f"{line} · {key} {does}" if line else f"{key} {does}"
        line = longer if len(longer) <= width else line
    return line


def all_that_fit(words: Sequence[str], width: int) -> str:
    """Words in one line; nothing where there is no room for all of them."""
    line = "  ".join(words)
    return line if len(line) <= width else ""


def cells_shown(cells: Sequence[Cell], most: int, width: int, *, last: bool = False) -> str:
    """The first fields of a row as lines, or the last, name and answer in columns, and how many more."""
    if len(cells) > most:
        kept = cells[max(0, len(cells) - most + 1) :] if last else cells[: max(0, most - 1)]
        more = [f"  … {len(cells) - len(kept)} till"] if most else []
    else:
        kept, more = cells, []
    wide = min(max((len(cell.name) for cell in kept), default=0), width // 3)
    lines = [
        f"  {shortened(cell.name, wide):{wide}}  {shortened(cell.shown, max(1, width - wide - 4))}".rstrip()
        for cell in kept
    ]
    return "\n".join([*more, *lines] if last else [*lines, *more])


def in_columns(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Rows as lines with their cells in columns, set in; what has no room is cut, the last columns first."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    room = width - len(_GUTTER)
    while len(widths) > 1 and sum(min(wide, _NARROWEST_COLUMN) for wide in widths) > room - _gutters(widths):
        widths.pop()
    while sum(widths) > room - _gutters(widths):
        widths[widths.index(max(widths))] -= 1
    return [
        _GUTTER
        + _GUTTER.join(
            f"{shortened(cell, wide):{wide}}" for cell, wide in zip(row, widths, strict=False)
        ).rstrip()
        for row in rows
    ]


def _gutters(widths: Sequence[int]) -> int:
    return len(_GUTTER) * (len(widths) - 1)
