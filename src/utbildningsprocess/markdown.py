"""The only home of markdown-it: how a Markdown tool sees a text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

from utbildningsprocess.pages.tree import Block as Part
from utbildningsprocess.pages.tree import Inline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from utbildningsprocess.pages.tree import Line, Shape, Styling


class Block(NamedTuple):
    """A top-level block: markdown-it's name for it, its tag, and its lines [first, end), counted from 0."""

    kind: str
    tag: str
    first: int
    end: int
    content: str


class Blocks(NamedTuple):
    """The top-level blocks of a text, its items of top-level lists, and the link labels it defines."""

    blocks: tuple[Block, ...]
    items: tuple[Block, ...]
    links: Mapping[str, str]


@lru_cache(maxsize=1)
def _block_parser() -> MarkdownIt:
    """CommonMark and tables, without the inline pass: only where blocks lie is asked."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.disable(["inline", "text_join"])
    return parser


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def blocks(text: str) -> Blocks:
    """Where the top-level blocks of the text lie."""
    env: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _block_parser().parse(text, env)
    links = {label: link.get("href", "") for label, link in env.get("references", {}).items()}
    return Blocks(
        tuple(_block(tokens, place) for place, token in enumerate(tokens) if token.level == 0 and token.map),
        tuple(_block(tokens, place) for place, token in enumerate(tokens) if _is_top_item(token)),
        links,
    )


def _is_top_item(token: Token) -> bool:
    return token.type == "list_item_open" and token.level == 1


def _block(tokens: list[Token], place: int) -> Block:
    token = tokens[place]
    first, end = token.map or (0, 0)
    inline = tokens[place + 1] if token.type == "heading_open" else token
    return Block(token.type.removesuffix("_open"), token.tag, first, end, inline.content)


def render(text: str) -> str:
    """The text as HTML."""
    return str(_renderer().render(text))


_MARKUP = re.compile(r"([\\`*_\[\]<>&|~])")
_BLOCK_START = re.compile(r"^(\d{1,9})([.)])|^([#+=-])")


def escaped(text: str) -> str:
    """A text as one line of Markdown that says just the text; its blanks stay as they are."""
    line = _MARKUP.sub(r"\\\1", " ".join(text.splitlines()))
    return _BLOCK_START.sub(lambda start: f"{start[1]}\\{start[2]}" if start[1] else f"\\{start[3]}", line)


_PROSE = {
    *("paragraph_open", "bullet_list_open", "ordered_list_open", "list_item_open", "blockquote_open"),
    *("inline", "text", "softbreak", "hardbreak", "strong_open", "em_open", "code_inline", "link_open"),
}


def is_prose(text: str) -> bool:
    """Whether a text holds paragraphs, lists and quotes only: no heading, table, code, HTML or picture."""
    tokens = _renderer().parse(text)
    every = [*tokens, *(child for token in tokens for child in token.children or ())]
    return all(token.type in _PROSE or token.nesting == -1 for token in every)


# ---------------------------------------------------------------------- pages

PICTURE = "utb-bild"
"""The info string of a fence that stands for a picture; its text is the picture's name."""
_BOXES = {"[ ] ": False, "[x] ": True, "[X] ": True}
_STYLES: Mapping[str, Styling] = {"strong_open": "strong", "em_open": "emphasis", "link_open": "link"}
_SHAPES: Mapping[str, Shape] = {
    "bullet_list_open": "bullets",
    "ordered_list_open": "numbers",
    "list_item_open": "item",
    "blockquote_open": "quote",
}
MOST_NESTED = 100
"""How deep blocks may lie within each other; below, their text would be lost. A list item is two."""
_ADDRESSES = ("https://", "http://", "mailto:")


@lru_cache(maxsize=1)
def _page_parser() -> MarkdownIt:
    """CommonMark and tables where HTML is text like any other, and no picture is fetched."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MOST_NESTED}).enable("table")
    return parser.disable(["html_block", "html_inline", "image"])


def page(text: str) -> tuple[Part, ...]:
    """A page of Markdown as a tree of blocks."""
    return tuple(_parts(_Tokens(_page_parser().parse(text))))


class _Tokens:
    """The tokens of a page, read one by one."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def __bool__(self) -> bool:
        return self._at < len(self._tokens)

    def next(self) -> Token:
        """The next token, which is then behind."""
        self._at += 1
        return self._tokens[self._at - 1]

    def until(self, kind: str) -> _Tokens:
        """The tokens up to the one that closes what was just opened, which is passed over."""
        start, level = self._at, self._tokens[self._at - 1].level
        while not (self._tokens[self._at].type == kind and self._tokens[self._at].level == level):
            self._at += 1
        self._at += 1
        return _Tokens(self._tokens[start : self._at - 1])


def _parts(tokens: _Tokens) -> Iterator[Part]:
    while tokens:
        token = tokens.next()
        if token.nesting == 1:
            yield _container(token, tokens.until(token.type.replace("_open", "_close")))
        elif token.type == "fence" and token.info.strip() == PICTURE:
            yield Part("figure", text=token.content.strip())
        elif token.type in ("fence", "code_block"):
            yield Part("code", text=token.content.rstrip("\n"))
        elif token.type == "hr":
            yield Part("rule")


def _container(token: Token, inner: _Tokens) -> Part:
    if token.type in ("heading_open", "paragraph_open"):
        line = _line(inner.next().children or []) if inner else ()
        if token.type == "paragraph_open":
            return Part("paragraph", line=line)
        return Part("heading", line=line, level=int(token.tag[1:]))
    if token.type == "table_open":
        return Part("table", rows=tuple(_rows(inner)))
    children = tuple(_parts(inner))
    if token.type == "list_item_open":
        return _item(children)
    return Part(_SHAPES[token.type], children=children, start=int(token.attrs.get("start", 1) or 0))


def _item(children: tuple[Part, ...]) -> Part:
    """An item, and whether it is a box to tick."""
    first = children[0] if children and children[0].kind == "paragraph" else None
    begins = first.line[0] if first and first.line and first.line[0].kind == "text" else None
    mark = next((box for box in _BOXES if begins and begins.text.startswith(box)), None)
    if first is None or begins is None or mark is None:
        return Part("item", children=children)
    line = (Inline("text", begins.text[len(mark) :]), *first.line[1:])
    return Part("item", children=(Part("paragraph", line=line), *children[1:]), ticked=_BOXES[mark])


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
