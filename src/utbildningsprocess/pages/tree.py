"""A page as a tree of blocks: what every format is made from, and all that a page can hold.

There is no HTML in it and no raw markup of any format: a renderer writes the texts as data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

Styling = Literal["text", "strong", "emphasis", "code", "link", "break"]
Shape = Literal[
    "heading", "paragraph", "bullets", "numbers", "item", "quote", "code", "table", "rule", "figure"
]


@dataclass(frozen=True)
class Inline:
    """A piece of running text. `text` and `code` hold text, `link` an address too, the others children."""

    kind: Styling
    text: str = ""
    href: str = ""
    """Only https, http and mailto; other addresses are plain text."""
    children: tuple[Inline, ...] = ()


Line: TypeAlias = tuple[Inline, ...]
"""Running text: a paragraph, a heading, a cell."""


@dataclass(frozen=True)
class Block:
    """A block of a page.

    heading: `level` 1–6 and `line` · paragraph: `line` · bullets, numbers (from `start`): `children` are
    items · item and quote: `children` · code: `text` · table: `rows`, the first one its header · rule:
    nothing, and on paper a new page · figure: `text` is the name of a picture.
    """

    kind: Shape
    line: Line = ()
    children: tuple[Block, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()
    text: str = ""
    level: int = 0
    start: int = 1
    ticked: bool | None = None
    """Of an item that is a box to tick: whether it is ticked."""


def plain_text(line: Line) -> str:
    """Running text without its styling."""
    return "".join(map(_plain, line))


def _plain(inline: Inline) -> str:
    match inline.kind:
        case "text" | "code":
            return inline.text
        case "strong" | "emphasis" | "link":
            return plain_text(inline.children)
        case "break":
            return "\n"
        case _:
            assert_never(inline.kind)
