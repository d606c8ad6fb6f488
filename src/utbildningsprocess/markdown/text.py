"""A text as every Markdown tool sees it: where its top-level blocks lie, and how it stays just text."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.token import Token

_MARKUP = re.compile(r"([\\`*_\[\]<>&|~])")
_BLOCK_START = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([#+=-])")


class TopBlock(NamedTuple):
    """A top-level block: markdown-it's name for it, its tag, and its lines [first, end), counted from 0."""

    kind: str
    tag: str
    first: int
    end: int
    content: str


class Outline(NamedTuple):
    """The top-level blocks of a text, the items of its top-level lists, and the link labels it defines."""

    blocks: tuple[TopBlock, ...]
    items: tuple[TopBlock, ...]
    links: Mapping[str, str]


@lru_cache(maxsize=1)
def _block_parser() -> MarkdownIt:
    """CommonMark and tables, without the inline pass: only where blocks lie is asked."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def outline(text: str) -> Outline:
    """Where the top-level blocks of the text lie."""
    env: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _block_parser().parse(text, env)
    links = {label: link.get("href", "") for label, link in env.get("references", {}).items()}
    placed = list(enumerate(tokens))
    blocks = tuple(_block(tokens, place) for place, token in placed if token.level == 0 and token.map)
    items = [place for place, token in placed if token.type == "list_item_open" and token.level == 1]
    return Outline(blocks, tuple(_block(tokens, place) for place in items), links)


def _block(tokens: list[Token], place: int) -> TopBlock:
    token = tokens[place]
    first, end = token.map or (0, 0)
    inline = tokens[place + 1] if token.type == "heading_open" else token
    return TopBlock(token.type.removesuffix("_open"), token.tag, first, end, inline.content)


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def escaped(text: str) -> str:
    """A text as one line of Markdown that says just the text; its blanks stay as they are."""
    return escaped_start(escaped_within(" ".join(text.splitlines())))


def escaped_within(text: str) -> str:
    """A text without what Markdown would take for marks within a line."""
    return _MARKUP.sub(r"\\\1", text)


def escaped_start(line: str) -> str:
    """A line of Markdown that begins no heading, list or rule."""
    return _BLOCK_START.sub(lambda start: f"{start[1]}\\{start[2]}" if start[1] else f"\\{start[3]}", line)


def render(text: str) -> str:
    """The text as HTML."""
    return str(_parser().render(text))


def with_hard_breaks(text: str) -> str:
    """A typed text whose line breaks within paragraphs are said to Markdown: a backslash ends the line.

    Without it a document would run the lines together. Where that would mean something else the text
    stays as it is.
    """
    lines = text.split("\n")
    tokens = _parser().parse(text)
    for opening, token in pairwise(tokens):
        first, end = token.map or (0, 0)
        for number in range(first, end - 1) if opening.type == "paragraph_open" else ():
            lines[number] = lines[number].rstrip(" ").removesuffix("\\") + "\\"
    broken = "\n".join(lines)
    return broken if _without_breaks(broken) == _without_breaks(text) else text


def without_hard_breaks(text: str) -> str:
    """A text as a person would type it: without the backslashes that `with_hard_breaks` gives it."""
    typed = text.replace("\\\n", "\n")
    return typed if typed != text and with_hard_breaks(typed) == text else text


def _without_breaks(text: str) -> str:
    return render(text).replace("<br />\n", "\n")
