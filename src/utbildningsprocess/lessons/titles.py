"""Titles that are nearly the same, so that somebody may be about to do again what has been done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.lessons.words import EMPTY_WORDS, is_same_word, telling_words
from utbildningsprocess.swedish import slug

if TYPE_CHECKING:
    from collections.abc import Iterable

_FEWEST_SHARED, _MOST_MORE = 2, 1
_EMPTY = frozenset(map(slug, EMPTY_WORDS))
"""The words that say nothing, as they stand in the name of a file: *pa* for *på*."""


def nearly_called(title: str, names: Iterable[str]) -> list[str]:
    """The file names that are nearly the title: the same words but for numbers, or one word more."""
    ours = _words(slug(title))
    return [name for name in names if _is_near(ours, _words(name))]


def _words(name: str) -> list[str]:
    """The words that say something. What tells a year from another tells no initiative from another."""
    words = dict.fromkeys(telling_words(name.replace("-", " ")))
    return [word for word in words if word not in _EMPTY and not any(map(str.isdigit, word))]


def _is_near(ours: list[str], theirs: list[str]) -> bool:
    few, many = sorted((ours, theirs), key=len)
    shared = all(any(is_same_word(word, near) for near in many) for word in few)
    more = len(many) - len(few)
    return bool(few) and shared and more <= _MOST_MORE and (not more or len(few) >= _FEWEST_SHARED)
