"""Boxes to answer in, on a page that is to be filled in and come back."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.pages.page import Block, Page


class BoxKind(StrEnum):
    """What a box takes, and what it says as long as nobody has written in it."""

    LINE = "Klicka och skriv här"
    LINES = "Klicka här och skriv svaret"
    BESIDE = "Eller klicka och skriv här"
    DATE = "Klicka och skriv ett datum"
    LIST = "Klicka och välj ur listan"
    TICK = "☐"


TICKED = "☒"
_LONGEST_NAME = 40
"""Signs in the name of a bookmark of Word, at most."""


class Box(NamedTuple):
    """Somewhere to answer."""

    name: str
    """What it is known by, in a file: letters, figures and `_`."""
    kind: BoxKind
    label: str
    """What it is for, to hear where it cannot be seen."""
    text: str = ""
    """What stands in it from the start; of a tick, anything at all where it is ticked."""
    choices: tuple[str, ...] = ()


class BoxCell(NamedTuple):
    """A cell of a table to fill in: words, with the tag that its row is known by, or a box."""

    words: str = ""
    tag: str = ""
    box: Box | None = None
    span: int = 1
    """How many columns it takes."""


class BoxTable(NamedTuple):
    """A table to fill in; its columns share the width of the text."""

    rows: tuple[tuple[BoxCell, ...], ...]
    shares: tuple[float, ...]
    has_header: bool = False


class TickLine(NamedTuple):
    """A box to tick, and the words beside it."""

    box: Box
    words: str


PagePiece: TypeAlias = "Block | BoxTable | TickLine"


class FillInPage(NamedTuple):
    """A page to fill in, and what its file says of it where no reader sees it."""

    page: Page
    """With its heading and what stands round the text, but nothing to fill in."""
    pieces: tuple[PagePiece, ...]
    key: str
    """The last line of the page."""
    told: Mapping[str, str]
    """What the file holds besides, by name."""


def bookmark_name(name: str) -> str:
    """The name of the bookmark round a box: its own, or a shorter one that follows from it."""
    return name if len(name) <= _LONGEST_NAME else f"utb__h{sha256(name.encode()).hexdigest()[:16]}"
