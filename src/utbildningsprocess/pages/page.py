"""A finished page, and the blocks it is made of: what every format is made from, and all a page can hold.

There is no HTML in it and no raw markup of any format: a renderer writes the texts as data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utbildningsprocess.pages.figures import Picture

LANGUAGE = "sv"
UNANSWERED = "Ej besvarad"
"""What a document says where there is no answer."""
UNREAD = "Går inte att läsa"
"""What stands where something is answered that does not fit its question."""
SOURCES = "Källor"
"""The heading of the list of sources."""
REMINDER = "Skriv roller i stället för namn, och inga uppgifter om enskilda personer."
"""What stands at the foot of every page."""
NUMBER_FACT, STATUS_FACT, LEADER_FACT = "Beteckning", "Status", "Processledare"
"""What facts at the head are called; the first two return on every page of a paper."""

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


@dataclass(frozen=True)
class Logo:
    """An organisation's logo, in which nothing runs or is fetched."""

    data: bytes
    form: Literal["svg", "png"]
    words: str
    """Whose it is, for those who do not see it."""


@dataclass(frozen=True)
class Page:
    """One document about one initiative. The first block of its body is its heading, of level 1."""

    kind: str
    """What sort of document it is, for a header: ”Beslutsunderlag”."""
    title: str
    """The initiative's title."""
    head: tuple[tuple[str, str], ...]
    """Facts to show at the top, as (name, value): status, role, contact."""
    body: tuple[Block, ...]
    made: date
    """The day that its files say that they are made."""
    foot: str = REMINDER
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """The pictures of its figures, by name."""
    organisation: str = ""
    sources: tuple[str, ...] = ()
    """Where what it says comes from, counted from 1 by the marks in its texts; none when that is not told."""
    logo: Logo | None = None
    is_one: bool = False
    """Whether it is promised to be one page, so that its lines are as long as a page is wide."""
    in_parts: bool = False
    """Whether it is letters or forms to hand out each for itself: no page of one is a page of them all."""


def plain_text(line: Line) -> str:
    """Running text without its styling; a break becomes a newline."""
    return "".join(
        "\n" if inline.kind == "break" else inline.text + plain_text(inline.children) for inline in line
    )


def unsaid_address(link: Inline) -> str:
    """Where a link leads, to read; empty when its words say it."""
    words, address = plain_text(link.children) or link.text, link.href.removeprefix("mailto:")
    bare = re.sub(r"^https?://|/$", "", address)
    return "" if bare in words or unquote(bare) in words else address
