"""How much the words that are sought weigh in each of some texts.

BM25 after Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the
nearness of words, and the rarity of a word as a share of the highest there is among so many texts.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.lessons.nearness import FIRST_PART, nearness
from utbildningsprocess.lessons.words import telling_words, words_of
from utbildningsprocess.swedish import uniform

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

_SATURATION, _LENGTH = 1.2, 0.5
"""k1 and b: how soon a word said again says no more, and how much a long text answers for its length."""


@dataclass(frozen=True)
class Met:
    """A word that was sought, the nearest word of a text, and what that weighs: about 1 for a rare word."""

    sought: str
    word: str
    weight: float


class Texts:
    """Some texts to ask, each in parts; a part that counts double stands there twice."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        """Counts the words of the texts once, for all questions."""
        texts = list(map(tuple, texts))
        several = dict.fromkeys(texts)  # the lessons of an initiative have what it was about in common
        written = (word for parts in several for part in parts for word in words_of(part))
        self._abbreviations = {uniform(word): word for word in written if word.isupper()}
        counted = {
            parts: Counter(word for part in parts for word in telling_words(part)) for parts in several
        }
        self._counts = [counted[parts] for parts in texts]
        self._lengths = [counts.total() for counts in self._counts]
        self._usual = sum(self._lengths) / max(1, len(self._lengths)) or 1.0
        self._places: dict[str, list[int]] = {}
        for place, counts in enumerate(self._counts):
            for word in counts:
                self._places.setdefault(word, []).append(place)

    @property
    def vocabulary(self) -> Collection[str]:
        """Every word that says something in some of the texts."""
        return self._places.keys()

    def ask(self, sought: Iterable[str]) -> list[list[Met]]:
        """For each text, the sought words that it holds."""
        met: list[list[Met]] = [[] for _ in self._counts]
        for asked in dict.fromkeys(sought):
            near = self._nearest(asked)
            rare = _rarity(len(near), len(met))
            for place, (nearest, word) in near.items():
                times = sum(
                    self._counts[place][alike]
                    for alike in self._counts[place]
                    if nearness(asked, alike) == nearest
                )
                weight = rare * nearest * self._saturated(times, self._lengths[place])
                met[place].append(Met(asked, self._abbreviations.get(word, word), weight))
        return met

    def _nearest(self, asked: str) -> dict[int, tuple[float, str]]:
        """By the place of each text that holds a word, how near its nearest word is, and which that is."""
        near: dict[int, tuple[float, str]] = {}
        for word, places in self._places.items():
            if (value := nearness(asked, word)) >= FIRST_PART:
                for place in places:
                    near[place] = max(near.get(place, (0.0, "")), (value, word))
        return near

    def _saturated(self, times: int, length: int) -> float:
        measure = _SATURATION * (1 - _LENGTH + _LENGTH * length / self._usual)
        return times * (_SATURATION + 1) / (times + measure)


def _rarity(holding: int, texts: int) -> float:
    """How much it says that a text holds a word: 1 where no other does, however many texts there are."""
    return math.log(1 + (texts - holding + 0.5) / (holding + 0.5)) / math.log(1 + (texts - 0.5) / 1.5)
