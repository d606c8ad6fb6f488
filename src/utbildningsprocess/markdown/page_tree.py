"""Reads a page of Markdown as the tree of blocks that every format is made from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from utbildningsprocess.pages.tree import Block, Inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from utbildningsprocess.pages.tree import Line, Shape, Styling

PICTURE = "utb-bild"
"""The info string of a fence that stands for a picture; its text is the picture's name."""
_BOXES = {"[ ] ": False, "[x] ": True, "[X] ": True}
_STYLES: Mapping[str, Styling] = {"strong_open": "strong", "em_open": "emphasis", "link_open": "link"}
_SHAPES: Mapping[str, Shape] = {
    "bullet_list_open": "bullets",
    "ordered_list_open": "numbers",
    "blockquote_open": "quote",
}
_MOST_NESTED = 100
"""How deep blocks may lie within each other; below, their text would be lost. A list item is two."""
_ADDRESSES = ("https://", "http://", "mailto:")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark and tables where HTML is text like any other, and no picture is fetched."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MOST_NESTED}).enable("table")
    return parser.disable(["html_block", "html_inline", "image"])


def page_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a page written in Markdown."""
    return tuple(_blocks(_Tokens(_parser().parse(text))))


class _Tokens:
    """The tokens of a page, read one by one."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def __bool__(self) -> bool:
        return self._at < len(self._tokens)

    def next(self) -> Token:
        """The next token, which is then passed."""
        self._at += 1
        return self._tokens[self._at - 1]

    def until(self, kind: str) -> _Tokens:
        """The tokens inside what was just opened; the one that closes it, of that kind, is passed."""
        start, level = self._at, self._tokens[self._at - 1].level
        while not (self._tokens[self._at].type == kind and self._tokens[self._at].level == level):
            self._at += 1
        self._at += 1
        return _Tokens(self._tokens[start : self._at - 1])


def _blocks(tokens: _Tokens) -> Iterator[Block]:
    while tokens:
        token = tokens.next()
        if token.nesting == 1:
            yield _container(token, tokens.until(token.type.replace("_open", "_close")))
        elif token.type == "fence" and token.info.strip() == PICTURE:
            yield Block("figure", text=token.content.strip())
        elif token.type in ("fence", "code_block"):
            yield Block("code", text=token.content.rstrip("\n"))
        elif token.type == "hr":
            yield Block("rule")


def _container(token: Token, inner: _Tokens) -> Block:
    if token.type in ("heading_open", "paragraph_open"):
        line = _line(inner.next().children or []) if inner else ()
        if token.type == "paragraph_open":
            return Block("paragraph", line=line)
        return Block("heading", line=line, level=int(token.tag[1:]))
    if token.type == "table_open":
        return Block("table", rows=tuple(_rows(inner)))
    children = tuple(_blocks(inner))
    if token.type == "list_item_open":
        return _item(children)
    return Block(_SHAPES[token.type], children=children, start=int(token.attrs.get("start", 1) or 0))


def _item(children: tuple[Block, ...]) -> Block:
    """An item, and whether it is a box to tick."""
    match children:
        case (Block("paragraph", (Inline("text", words), *line)), *blocks) if words[:4] in _BOXES:
            paragraph = Block("paragraph", line=(Inline("text", words[4:]), *line))
            return Block("item", children=(paragraph, *blocks), ticked=_BOXES[words[:4]])
        case _:
            return Block("item", children=children)


def _rows(tokens: _Tokens) -> Iterator[tuple[Line, ...]]:
    row: list[Line] = []
    while tokens:
        token = tokens.next()
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(_line(token.children or []))
        elif token.type == "tr_close":
            yield tuple(row)


def _line(children: Sequence[Token]) -> Line:
    return tuple(_inlines(_Tokens(children)))


def _inlines(tokens: _Tokens) -> Iterator[Inline]:
    while tokens:
        token = tokens.next()
        if style := _STYLES.get(token.type):
            inner = tuple(_inlines(tokens.until(token.type.replace("_open", "_close"))))
            yield from _styled(style, str(token.attrs.get("href", "")), inner)
        elif token.type == "softbreak":
            yield Inline("text", " ")
        elif token.type == "hardbreak":
            yield Inline("break")
        elif token.content:
            yield Inline("code" if token.type == "code_inline" else "text", token.content)


def _styled(style: Styling, href: str, inner: Line) -> Iterator[Inline]:
    if style == "link" and not href.lower().startswith(_ADDRESSES):
        yield from inner
    else:
        yield Inline(style, href=href, children=inner)
