"""Reads an answer as the tree of blocks that it means, where people may not have meant any Markdown at all.

What would change the page around it does not: a heading is a bold line, and a line between parts is left out.
What would be told otherwise than it is typed is text like any other: HTML, ”1. maj”, ”5*3*2”. An answer is
read alone: it defines nothing for others.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from utbildningsprocess.markdown.links import WEB_LETTERS, linked, without_ending
from utbildningsprocess.markdown.page_tree import PICTURE, PageParser, block_of, line_of, tree_of
from utbildningsprocess.pages.page import Block, Inline, plain_text

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.tree import SyntaxTreeNode

    from utbildningsprocess.pages.page import Line

_NOT_MEANT = ["html_block", "html_inline", "reference", "code", "entity"]
_LITERAL = re.compile(
    r"(?<=[^\W_])\*+(?=[^\W_])|(?<!\S)\\\\(?=\w)"
    rf"|(?:(?<=\bhttp)|(?<=\bhttps))://(?P<address>{WEB_LETTERS}+)"
)
"""What stands as it is typed within a line: 5*3*2, \\\\server, and the signs of an address."""
_BETWEEN_CELLS = re.compile(r"(?<!\\)\|")
_DEEPEST = 24
"""How deep blocks may lie within each other, an item as two; a deeper text is shown line by line."""


def answer_blocks(text: str) -> tuple[Block, ...]:
    """The blocks of an answer: paragraphs, lists, quotes, tables and code."""
    tokens = _parser().parse(text)
    if any(token.level > _DEEPEST for token in tokens):
        return tuple(map(_as_lines, filter(str.strip, re.split(r"\n\s*\n", text))))
    lines = text.split("\n")
    for token in tokens:
        if token.type in ("table_open", "hr") and token.map:
            token.meta["typed"] = "\n".join(lines[slice(*token.map)])
    return _blocks(tree_of(tokens))


def answer_line(text: str) -> Line:
    """An answer of one line as running text: it has no blocks."""
    return line_of(tree_of(_parser().parseInline(text)))


@lru_cache(maxsize=1)
def _parser() -> PageParser:
    parser = PageParser()
    parser.inline.ruler.before("escape", "as_typed", _as_typed)
    parser.disable(_NOT_MEANT)
    return parser


def _as_typed(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  as markdown-it calls it
    literal = _LITERAL.match(state.src, state.pos, state.posMax)
    if literal is None:
        return False
    words = without_ending(literal[0]) if literal["address"] else literal[0]
    if not silent:
        state.pending += words
    state.pos += len(words)
    return True


def _as_lines(text: str) -> Block:
    """A paragraph of the lines as they are typed."""
    typed = [line.strip() for line in text.split("\n") if line.strip()]
    pieces = (piece for line in typed for piece in (Inline("break"), *linked(line)))
    return Block("paragraph", line=tuple(pieces)[1:])


def _blocks(node: SyntaxTreeNode) -> tuple[Block, ...]:
    """The blocks within a node, without the lines between them; one of _ may be a line to write on."""
    parts = [child for child in node.children if child.type != "hr" or child.markup[0] == "_"]
    return tuple(block for child in parts or node.children for block in _typed(child))


def _typed(node: SyntaxTreeNode) -> tuple[Block, ...]:  # noqa: PLR0911  a return for each kind of block
    """A node as blocks: the block that it is, or its text with the marks as they are typed."""
    match node.type:
        case "heading":
            return _heading(node)
        case "hr":
            return _marked("_" * node.meta["typed"].count("_") or node.markup[0] * 3, ())
        case "fence" if node.info.strip() == PICTURE:
            return (Block("code", text=node.content.rstrip("\n")),)
        case "fence" if not node.content.strip() or " " in node.info.strip():
            above = f"{node.markup}{node.info}\n"
            return (_as_lines(above + node.content),)
        case "table" if _has_spare_cells(node):
            return (_as_lines(node.meta["typed"]),)
        case "blockquote" if _begins_in_number(node):
            return _marked(">", _blocks(node))
        case "bullet_list" if len(node.children) == 1 and _begins_in_number(node.children[0]):
            return _marked(node.markup, _blocks(node.children[0]))
        case "ordered_list" if not _counts(node):
            items = [(f"{item.info}{item.markup}", _blocks(item)) for item in node.children]
            return tuple(block for mark, blocks in items for block in _marked(mark, blocks))
        case _:
            return (block_of(node, _blocks),)


def _heading(node: SyntaxTreeNode) -> tuple[Block, ...]:
    """A heading as a bold line; lines above one that divides as they are, and ”# 5” as it is typed."""
    line = line_of(node)
    is_number = node.markup == "#" and plain_text(line)[:1].isdigit()
    if is_number or not line:
        return _marked(node.markup, (Block("paragraph", line=line),))
    is_several = "\n" in node.children[0].content
    return (Block("paragraph", line=line if is_several else (Inline("strong", children=_even(line)),)),)


def _even(line: Line) -> Line:
    """Running text without emphasis: all of it is to be bold."""
    pieces = [piece for inline in line for piece in _unstyled(inline)]
    joined = (tuple(alike) for _, alike in groupby(pieces, lambda piece: piece.kind == "text" or id(piece)))
    return tuple(Inline("text", plain_text(alike)) if len(alike) > 1 else alike[0] for alike in joined)


def _unstyled(inline: Inline) -> Line:
    if inline.kind in ("strong", "emphasis"):
        return _even(inline.children)
    return (replace(inline, children=_even(inline.children)),)


def _begins_in_number(node: SyntaxTreeNode) -> bool:
    """Whether what looks like a mark may be a sign before a number: ”> 5 dagar”, ”- 5 grader”."""
    first = next(iter(node.children), None)
    return first is not None and first.type == "paragraph" and plain_text(line_of(first))[:1].isdigit()


def _has_spare_cells(table: SyntaxTreeNode) -> bool:
    """Whether a row of a table has more cells than its header, which would not be shown."""
    columns = len(table.children[0].children[0].children)
    rows = (line.strip("> ").strip("|") for line in table.meta["typed"].split("\n"))
    return any(len(_BETWEEN_CELLS.findall(row)) >= columns for row in rows)


def _counts(node: SyntaxTreeNode) -> bool:
    """Whether the numbers of a list are those it will be shown with: ”1. maj” and ”2025. Vi ser” are none."""
    numbers = [int(item.info) for item in node.children]
    follow = all(after == before + 1 for before, after in pairwise(numbers))
    return len(numbers) > 1 and (follow or set(numbers) == {1})


def _marked(mark: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Blocks of which the first paragraph begins in a mark; the mark alone before others."""
    match blocks:
        case (Block("paragraph", (Inline("text", words), *line)), *following):
            return (Block("paragraph", line=(Inline("text", f"{mark} {words}"), *line)), *following)
        case (Block("paragraph", line), *following):
            space = " " if line else ""
            return (Block("paragraph", line=(Inline("text", mark + space), *line)), *following)
        case _:
            return (Block("paragraph", line=(Inline("text", mark),)), *blocks)
