"""Where the top-level blocks of a text lie, as every Markdown tool sees them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markdown_it.token import Token


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
def _parser() -> MarkdownIt:
    """CommonMark and tables, without the inline pass: only where blocks lie is asked."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


def outline(text: str) -> Outline:
    """Where the top-level blocks of the text lie."""
    env: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _parser().parse(text, env)
    links = {label: link.get("href", "") for label, link in env.get("references", {}).items()}
    return Outline(
        tuple(_block(tokens, place) for place, token in enumerate(tokens) if token.level == 0 and token.map),
        tuple(_block(tokens, place) for place, token in enumerate(tokens) if _is_top_item(token)),
        links,
    )


def _is_top_item(token: Token) -> bool:
    return token.type == "list_item_open" and token.level == 1


def _block(tokens: list[Token], place: int) -> TopBlock:
    token = tokens[place]
    first, end = token.map or (0, 0)
    inline = tokens[place + 1] if token.type == "heading_open" else token
    return TopBlock(token.type.removesuffix("_open"), token.tag, first, end, inline.content)
