"""What an SVG is put together from: labels whose words fit a width, and boxes."""

from __future__ import annotations

import html
import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.swedish import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT, LINE_HEIGHT = 13, 17
"""The size of the letters, and from one line to the next."""
_NARROW, _UPPER, _COMMON, _BROAD, _FULL = 0.32, 0.74, 0.6, 0.95, 1.1
"""How wide letters are, as parts of their size and rather too much: what draws the SVG chooses the font."""
_MOST_LINES = 3
"""Lines of a label; SVG does not wrap, so that labels are divided here."""
BOLD = ' font-weight="bold"'
CENTRED = ' text-anchor="middle"'
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SLIM = frozenset("iljtfrI.,:;'|!()[] ’”")
_STOUT = frozenset("mwMWÆŒæœ@%—…")


class Colour(StrEnum):
    """The colours of a picture, by what is drawn in them."""

    INK = "#1a1a1a"
    QUIET = "#4d4d4d"
    FILL = "#1f5a7a"
    PALE = "#e6eef2"
    MARK = "#8a3b00"
    PAPER = "#ffffff"


class Drawn(NamedTuple):
    """Shapes as SVG, and how far down the picture they reach."""

    shapes: list[str]
    end: float


def label_text(words: str) -> str:
    """The words on one line, without what XML cannot hold."""
    return " ".join(_NO_XML.sub("", clean(words)).split())


def xml_text(words: str) -> str:
    """The words on one line, escaped for XML."""
    return html.escape(label_text(words))


def fitted(words: str, width: float, most: int = _MOST_LINES) -> list[str]:
    """The words as lines that fit a width, escaped; what does not fit in the last one becomes an ellipsis."""
    remaining = label_text(words)
    lines: list[str] = []
    while remaining and len(lines) < most:
        fits = _fitting(remaining, width)
        lines.append(remaining[:fits].rstrip())
        remaining = remaining[fits:].lstrip()
    if remaining:
        last = lines[-1]
        lines[-1] = f"{last[: _fitting(f'{last}…', width - _advance('…'))].rstrip()}…"
    return [html.escape(line) for line in lines]


def _fitting(line: str, width: float) -> int:
    """How many letters of the line fit in a width, up to a blank when there is one."""
    reached = 0.0
    for place, char in enumerate(line):
        reached += _advance(char)
        if reached > width:
            return max(line.rfind(" ", 0, place + 1), 0) or max(place, 1)
    return len(line)


def _advance(char: str) -> float:
    """About how wide a letter is drawn."""
    if char in _SLIM:
        return _NARROW * FONT
    if char in _STOUT:
        return _BROAD * FONT
    if unicodedata.east_asian_width(char) in "WF":
        return _FULL * FONT
    return (_UPPER if char.isupper() else _COMMON) * FONT


def decimal(value: float) -> str:
    """A number with at most one decimal, as SVG and Mermaid write it."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def label(x: float, y: float, words: str, *, colour: Colour = Colour.INK, more: str = "") -> str:
    """A text at a place; its words are escaped already."""
    return f'<text x="{decimal(x)}" y="{decimal(y)}" fill="{colour}"{more}>{words}</text>'


def labels(x: float, y: float, lines: Sequence[str], *, colour: Colour = Colour.INK, more: str = "") -> Drawn:
    """Texts below each other from a height on; their words are escaped already."""
    shapes = [
        label(x, y + LINE_HEIGHT * (place + 0.75), line, colour=colour, more=more)
        for place, line in enumerate(lines)
    ]
    return Drawn(shapes, y + LINE_HEIGHT * len(lines))


def box(x: float, y: float, width: float, height: float, colour: Colour) -> str:
    """A box with its upper left corner at a place."""
    place = f'x="{decimal(x)}" y="{decimal(y)}" width="{decimal(width)}" height="{decimal(height)}"'
    return f'<rect {place} rx="3" fill="{colour}"/>'
