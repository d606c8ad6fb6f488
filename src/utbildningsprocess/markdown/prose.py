"""Running text and Markdown: a text that stays in its place, and whether one is no more than prose."""

from __future__ import annotations

import re
from functools import lru_cache

from markdown_it import MarkdownIt

_MARKUP = re.compile(r"([\\`*_\[\]<>&|~])")
_BLOCK_START = re.compile(r"^(\d{1,9})([.)])|^([#+=-])")
_PROSE = {
    *("paragraph_open", "bullet_list_open", "ordered_list_open", "list_item_open", "blockquote_open"),
    *("inline", "text", "softbreak", "hardbreak", "strong_open", "em_open", "code_inline", "link_open"),
}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def escaped(text: str) -> str:
    """A text as one line of Markdown that says just the text; its blanks stay as they are."""
    line = _MARKUP.sub(r"\\\1", " ".join(text.splitlines()))
    return _BLOCK_START.sub(lambda start: f"{start[1]}\\{start[2]}" if start[1] else f"\\{start[3]}", line)


def is_prose(text: str) -> bool:
    """Whether a text holds paragraphs, lists and quotes only: no heading, table, code, HTML or picture."""
    tokens = _parser().parse(text)
    every = [*tokens, *(child for token in tokens for child in token.children or ())]
    return all(token.type in _PROSE or token.nesting == -1 for token in every)


def render(text: str) -> str:
    """The text as HTML."""
    return str(_parser().render(text))
