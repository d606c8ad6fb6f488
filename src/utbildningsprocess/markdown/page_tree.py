"""Reads a page of Markdown as the tree of blocks that every format is made from."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLinkText
from markdown_it.tree import SyntaxTreeNode

from utbildningsprocess.markdown.links import linked
from utbildningsprocess.pages.page import Block, Inline, plain_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from utbildningsprocess.pages.page import Line, Shape, Styling

    Blocks = tuple[Block, ...]

PICTURE = "utb-bild"
"""The info string of a fence that stands for a picture; its text is the picture's name."""
_BOXES = {"[ ] ": False, "[x] ": True, "[X] ": True}
_STYLES: Mapping[str, Styling] = {"strong": "strong", "em": "emphasis", "link": "link", "image": "link"}
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


class PageParser(MarkdownIt):
    """CommonMark and tables where HTML is text like any other, and an address is shown as it is written."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "maxNesting": _MOST_NESTED})
        self.enable("table").disable(["html_block", "html_inline"])

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  the name it has in markdown-it
        """The words of an address that stands alone."""
        return link


@lru_cache(maxsize=1)
def _parser() -> PageParser:
    return PageParser()


def page_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a page written in Markdown."""
    return blocks_of(tree_of(_parser().parse(text)))


def tree_of(tokens: Sequence[Token]) -> SyntaxTreeNode:
    """Tokens as a tree, in which no styles lie deeper within each other than can be followed."""
    for token in tokens:
        inline = token.children or ()
        token.children = [piece for piece in inline if piece.level < _MOST_STYLED or not piece.nesting]
    return SyntaxTreeNode(tokens)


def blocks_of(node: SyntaxTreeNode) -> Blocks:
    """The blocks within a node of the tree."""
    return tuple(block_of(child, blocks_of) for child in node.children)


def block_of(  # noqa: PLR0911  a return for each kind of block
    node: SyntaxTreeNode, within: Callable[[SyntaxTreeNode], Blocks]
) -> Block:
    """A node of the tree as a block; `within` gives the blocks that lie in it."""
    match node.type:
        case "heading":
            return Block("heading", line=line_of(node), level=int(node.tag[1:]))
        case "paragraph":
            return Block("paragraph", line=line_of(node))
        case "table":
            rows = (row for section in node.children for row in section.children)
            return Block("table", rows=tuple(tuple(map(line_of, row.children)) for row in rows))
        case "list_item":
            return _item(node, within(node))
        case "fence" if node.info.strip() == PICTURE:
            return Block("figure", text=node.content.strip())
        case "fence" | "code_block":
            return Block("code", text=node.content.rstrip("\n"))
        case kind:
            return Block(_SHAPES[kind], children=within(node), start=int(node.attrs.get("start", 1)))


def _item(node: SyntaxTreeNode, children: Blocks) -> Block:
    """An item, and whether it is a box to tick."""
    match children:
        case (Block("paragraph", (Inline("text", words), *line)), *blocks) if words[:4] in _BOXES:
            # What begins in a backslash is no box.
            if node.children[0].children[0].content[:4] == words[:4]:
                pieces = (Inline("text", words[4:]), *line) if words[4:] else tuple(line)
                paragraph = Block("paragraph", line=pieces)
                return Block("item", children=(paragraph, *blocks), ticked=_BOXES[words[:4]])
    return Block("item", children=children)


def line_of(node: SyntaxTreeNode) -> Line:
    """The running text of a heading, a paragraph or a cell."""
    return tuple(_running(inline for content in node.children for inline in _inlines(content)))


def _running(inlines: Iterable[Inline], *, in_link: bool = False) -> Iterator[Inline]:
    """Pieces of text that follow each other as one, with its bare addresses as links."""
    for is_text, pieces in groupby(inlines, lambda inline: inline.kind == "text"):
        if not is_text:
            yield from pieces
        elif text := "".join(piece.text for piece in pieces):
            yield from (Inline("text", text),) if in_link else linked(text)


def _with_address(words: Line, href: str) -> Iterator[Inline]:
    """The words of a link that is no address on the web, and where it leads, to read."""
    address = normalizeLinkText(href)
    yield from words
    if address and address not in plain_text(words):
        yield Inline("text", f" ({address})" if words else address)


def _inlines(node: SyntaxTreeNode) -> Iterator[Inline]:
    """What a node holds, a picture as a link to it: nothing is fetched."""
    for child in node.children:
        style, href = _STYLES.get(child.type), str(child.attrs.get("href", child.attrs.get("src", "")))
        words = tuple(_running(_inlines(child), in_link=style == "link")) if style else ()
        if style == "link" and not href.lower().startswith(_ADDRESSES):
            yield from _with_address(words, href)
        elif style:
            yield Inline(style, href=href, children=words or _named(href))
        elif child.type == "softbreak":
            yield Inline("text", " ")
        elif child.type == "hardbreak":
            yield Inline("break")
        elif child.content:
            yield Inline("code" if child.type == "code_inline" else "text", child.content)


def _named(href: str) -> Line:
    """The address itself, of a link that has no words."""
    return (Inline("text", href),) if href else ()
