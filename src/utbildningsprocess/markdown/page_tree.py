"""Reads a page of Markdown as the tree of blocks that every format is made from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from utbildningsprocess.pages.page import Block, Inline, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utbildningsprocess.pages.page import Line, Shape, Styling

PICTURE = "utb-bild"
"""The info string of a fence that stands for a picture; its text is the picture's name."""
_BOXES = {"[ ] ": False, "[x] ": True, "[X] ": True}
_STYLES: Mapping[str, Styling] = {"strong": "strong", "em": "emphasis", "link": "link"}
_SHAPES: Mapping[str, Shape] = {
    "bullet_list": "bullets",
    "ordered_list": "numbers",
    "blockquote": "quote",
    "hr": "rule",
}
_MOST_NESTED = 100
"""How deep blocks may lie within each other; below, their text would be lost. A list item is two."""
_MOST_STYLED = 20
"""How many styles may lie within each other, as deep as every format can follow; of more the text stays."""
_ADDRESSES = ("https://", "http://", "mailto:")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark and tables where HTML is text like any other, and no picture is fetched."""
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MOST_NESTED}).enable("table")
    return parser.disable(["html_block", "html_inline", "image"])


def page_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a page written in Markdown."""
    tokens = _parser().parse(text)
    for token in tokens:
        inline = token.children or ()
        token.children = [piece for piece in inline if piece.level < _MOST_STYLED or not piece.nesting]
    return _blocks(SyntaxTreeNode(tokens))


def _blocks(node: SyntaxTreeNode) -> tuple[Block, ...]:
    return tuple(map(_block, node.children))


def _block(node: SyntaxTreeNode) -> Block:  # noqa: PLR0911  a return for each kind of block
    match node.type:
        case "heading":
            return Block("heading", line=_line(node), level=int(node.tag[1:]))
        case "paragraph":
            return Block("paragraph", line=_line(node))
        case "table":
            rows = (row for section in node.children for row in section.children)
            return Block("table", rows=tuple(tuple(map(_line, row.children)) for row in rows))
        case "list_item":
            return _item(_blocks(node))
        case "fence" if node.info.strip() == PICTURE:
            return Block("figure", text=node.content.strip())
        case "fence" | "code_block":
            return Block("code", text=node.content.rstrip("\n"))
        case kind:
            return Block(_SHAPES[kind], children=_blocks(node), start=int(node.attrs.get("start", 1)))


def _item(children: tuple[Block, ...]) -> Block:
    """An item, and whether it is a box to tick."""
    match children:
        case (Block("paragraph", (Inline("text", words), *line)), *blocks) if words[:4] in _BOXES:
            paragraph = Block("paragraph", line=(Inline("text", words[4:]), *line))
            return Block("item", children=(paragraph, *blocks), ticked=_BOXES[words[:4]])
        case _:
            return Block("item", children=children)


def _line(node: SyntaxTreeNode) -> Line:
    """The running text of a heading, a paragraph or a cell."""
    return tuple(inline for content in node.children for inline in _inlines(content))


def _with_address(node: SyntaxTreeNode, href: str) -> Iterator[Inline]:
    """The words of a link that is no address on the web, and where it leads, to read."""
    words, address = tuple(_inlines(node)), _parser().normalizeLinkText(href)
    yield from words
    if address and address not in plain_text(words):
        yield Inline("text", f" ({address})")


def _inlines(node: SyntaxTreeNode) -> Iterator[Inline]:
    for child in node.children:
        style, href = _STYLES.get(child.type), str(child.attrs.get("href", ""))
        if style == "link" and not href.lower().startswith(_ADDRESSES):
            yield from _with_address(child, href)
        elif style:
            yield Inline(style, href=href, children=tuple(_inlines(child)))
        elif child.type == "softbreak":
            yield Inline("text", " ")
        elif child.type == "hardbreak":
            yield Inline("break")
        elif child.content:
            yield Inline("code" if child.type == "code_inline" else "text", child.content)
