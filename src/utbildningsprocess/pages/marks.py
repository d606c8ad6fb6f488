"""Marks in the text of a page that say which of its sources a value comes from: characters that nobody sees.

One stands before the value and one after it, and both carry the number of the source, from 1. They are
of the planes that Unicode leaves to private use, where no letter of any language is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_BEFORE, _AFTER = 0x10_0000, 0xF_0000
_ANY = re.compile("[\U000f0000-\U0010ffff]")
_LATER = re.compile("[\U000f0000-\U000fffff]+")
_EARLIER = re.compile("[\U00100000-\U0010ffff]")


def marked(text: str, number: int) -> str:
    """A text between the marks of a source."""
    return f"{chr(_BEFORE + number)}{text}{chr(_AFTER + number)}"


def unmarked(text: str) -> str:
    """A text without marks."""
    return _ANY.sub("", text)


def is_marked(text: str) -> bool:
    """Whether there is any mark in a text."""
    return _ANY.search(text) is not None


def begins(char: str) -> bool:
    """Whether a mark stands before its value."""
    return ord(char) >= _BEFORE


def source_number(char: str) -> int:
    """The number of the source that a mark carries."""
    return ord(char) & 0xFFFF


def pair_of(char: str) -> str:
    """The mark after a value, of the one before it."""
    return chr(_AFTER + source_number(char))


def renumbered(text: str, numbers: dict[int, int]) -> str:
    """A text whose marks carry other numbers."""
    return _ANY.sub(lambda mark: chr((ord(mark[0]) & ~0xFFFF) + numbers[source_number(mark[0])]), text)


def numbers_after(text: str) -> list[int]:
    """The numbers that are to be read in a text, in order, each as often as it stands there."""
    return [source_number(char) for run in _LATER.findall(text) for char in run]


def shown_after(text: str, shown: Callable[[str, list[int]], str]) -> str:
    """A text with what is shown for each run of marks after a value; `shown` gets the character before."""
    visible = _EARLIER.sub("", text)
    return _LATER.sub(
        lambda run: shown(visible[: run.start()][-1:], list(dict.fromkeys(map(source_number, run[0])))),
        visible,
    )
