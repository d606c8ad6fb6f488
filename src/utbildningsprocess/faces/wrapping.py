"""How wide a text may be in a terminal, and where its lines break."""

from __future__ import annotations

import re
import textwrap

NARROWEST_TEXT = 10
_WIDEST_TEXT = 100
_BEFORE_WORDS = re.compile(r"^\s*(?:\d+\. |- )?")


def text_columns(columns: int) -> int:
    """The columns that text takes in a terminal of so many columns."""
    return min(_WIDEST_TEXT, columns - 1)


def wrap_words(text: str, width: int) -> str:
    """Text wrapped between words, further lines as far in as the words of the first, past its number."""
    lines: list[str] = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(_BEFORE_WORDS.sub("", line)))
        wide = max(width, NARROWEST_TEXT)
        lines += textwrap.wrap(line, wide, subsequent_indent=indent, break_on_hyphens=False) or [""]
    return "\n".join(lines)
