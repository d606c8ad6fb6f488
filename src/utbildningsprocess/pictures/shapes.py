"""What an SVG is put together from: words that fit a width, boxes and dots."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING

from utbildningsprocess.swedish import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

FONT, LINE = 13, 17
"""The size of the letters, and from one line to the next."""
NARROW, UPPER, COMMON, BROAD, FULL = 0.32, 0.74, 0.6, 0.95, 1.1
"""How wide letters are, as parts of their size and rather too much: what draws the SVG chooses the font."""
MOST_LINES = 3
"""Lines of a label; SVG does not wrap, so that labels are divided here."""
INK, QUIET, FILL, PALE, MARK, PAPER = "#1a1a1a", "#4d4d4d", "#1f5a7a", "#e6eef2", "#8a3b00", "#ffffff"
BOLD = ' font-weight="bold"'
CENTRED = ' text-anchor="middle"'
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SLIM = frozenset("iljtfrI.,:;'|!()[] ’”")
_STOUT = frozenset("mwMWÆŒæœ@%—…")


def plain(words: str) -> str:
    """The words on one line, without what XML cannot hold."""
    return " ".join(_NO_XML.sub("", clean(words)).split())


def text(words: str) -> str:
    """The words on one line, escaped."""
    return html.escape(plain(words))


def wrapped(words: str, width: float, most: int = MOST_LINES) -> list[str]:
    """The words as lines that fit, escaped; what does not fit in the last one becomes an ellipsis."""
    left = plain(words)
    found: list[str] = []
    while left and len(found) < most:
        fits = _fitting(left, width)
        found.append(left[:fits].rstrip())
        left = left[fits:].lstrip()
    if left:
        last = found[-1]
        found[-1] = f"{last[: _fitting(f'{last}…', width - _advance('…'))].rstrip()}…"
    return [html.escape(line) for line in found]


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
        return NARROW * FONT
    if char in _STOUT:
        return BROAD * FONT
    if unicodedata.east_asian_width(char) in "WF":
        return FULL * FONT
    return (UPPER if char.isupper() else COMMON) * FONT


def number(value: float) -> str:
    """A measure with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


def label(x: float, y: float, words: str, *, colour: str = INK, more: str = "") -> str:
    """Words that are escaped already, at a place."""
    return f'<text x="{number(x)}" y="{number(y)}" fill="{colour}"{more}>{words}</text>'


def lines(
    x: float, y: float, words: Sequence[str], *, colour: str = INK, more: str = ""
) -> tuple[list[str], float]:
    """Lines below each other from a height on, and the height that they reach."""
    return [
        label(x, y + LINE * (place + 0.75), line, colour=colour, more=more)
        for place, line in enumerate(words)
    ], y + LINE * len(words)


def dot(x: float, y: float, width: float, colour: str) -> str:
    """A dot with its middle at a place."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(width / 2)}" fill="{colour}"/>'


def box(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A box with its upper left corner at a place."""
    place = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {place} rx="3" fill="{colour}"/>'
