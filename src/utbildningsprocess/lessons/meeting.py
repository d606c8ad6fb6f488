"""The lessons of earlier initiatives that meet a new situation: at most three, each with two kinds of reason.

One of them is what stands in the way, and the other is words. That is what keeps it silent: the same group
and the same topic with another obstacle is the trap, and one word that two texts share says nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from utbildningsprocess.lessons.model import Reasons, Recalled
from utbildningsprocess.lessons.weighing import Texts
from utbildningsprocess.lessons.words import is_same_word, telling_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from utbildningsprocess.lessons.model import Earlier, EarlierLesson, Situation
    from utbildningsprocess.lessons.weighing import Met

MOST_SUGGESTED = 3
_COVERED, _ENOUGH_OBSTACLE = 0.6, 0.5
_ENOUGH_WORDS, _FEWEST_WORDS, _WEAK = 1.2, 2, 0.3
"""A word that one initiative alone has weighs about 1, and one word never suffices."""
_OF_INITIATIVE, _OF_LESSON, _HALF = 0.5, 0.35, 1.5
"""What words may add beside the obstacle, which is at most 1; and the weight that gives half of it."""
_LEAST_OF_BEST = 0.8
_MOST_WORDS = 4


class Meeting:
    """Earlier initiatives with lessons, to be met by new situations."""

    def __init__(self, earlier: Iterable[Earlier]) -> None:
        """Counts the words and the obstacles of the earlier initiatives once."""
        self._earlier = [initiative for initiative in earlier if initiative.lessons]
        about = [initiative.situation for initiative in self._earlier]
        self._having = Counter(each for met in about for each in {*met.causes, *met.statements})
        self._lessons = [
            (place, lesson) for place, initiative in enumerate(self._earlier) for lesson in initiative.lessons
        ]

    @cached_property
    def _subjects(self) -> Texts:
        return Texts(_subject(initiative) for initiative in self._earlier)

    @cached_property
    def _sayings(self) -> Texts:
        return Texts((lesson.text, lesson.applies) for _, lesson in self._lessons)

    def suggestions(self, situation: Situation) -> list[Recalled]:
        """What is worth reading, the best first; nothing for a situation whose obstacles are not known."""
        obstacles = [self._obstacle(situation, initiative.situation) for initiative in self._earlier]
        if not any(weight >= _ENOUGH_OBSTACLE for _, weight in obstacles):
            return []
        sought = _sought(situation)
        by_subject, by_saying = self._subjects.ask(sought), self._sayings.ask(sought)
        hits = [
            hit
            for (place, lesson), said in zip(self._lessons, by_saying, strict=True)
            if (hit := _meet(self._earlier[place], lesson, obstacles[place], by_subject[place], said))
        ]
        hits.sort(key=lambda hit: -hit.score)
        return [hit for hit in hits if hit.score >= _LEAST_OF_BEST * hits[0].score][:MOST_SUGGESTED]

    def _obstacle(self, situation: Situation, earlier: Situation) -> tuple[tuple[str, ...], float]:
        """The obstacles that two situations share, and how much of all theirs that is, the rare ones most."""
        ours, theirs = situation.causes, earlier.causes
        if situation.statements and earlier.statements:
            ours, theirs = {**situation.statements, **ours}, {**earlier.statements, **theirs}
        shared = ours.keys() & theirs.keys()
        if not shared:
            return (), 0.0
        covered = self._weight(shared) / self._weight(ours)
        alike = self._weight(shared) / self._weight(ours.keys() | theirs.keys())
        return _most_telling(shared, earlier), _COVERED * covered + (1 - _COVERED) * alike

    def _weight(self, obstacles: Collection[str]) -> float:
        """By how few of the earlier initiatives had them."""
        return sum(math.log(1 + len(self._earlier) / max(1, self._having[each])) for each in obstacles)


def _meet(
    initiative: Earlier,
    lesson: EarlierLesson,
    met: tuple[tuple[str, ...], float],
    subject: list[Met],
    said: list[Met],
) -> Recalled | None:
    """The lesson with its reasons, where both the obstacle and the words are enough."""
    shared, obstacle = met
    telling = [word for word in _heaviest([*said, *subject]) if word.weight >= _WEAK]
    enough = len(telling) >= _FEWEST_WORDS and sum(word.weight for word in telling) >= _ENOUGH_WORDS
    if obstacle < _ENOUGH_OBSTACLE or not enough:
        return None
    score = obstacle + _OF_INITIATIVE * _bounded(subject) + _OF_LESSON * _bounded(said)
    words = dict.fromkeys(word.word for word in telling)
    return Recalled(initiative, lesson, score, Reasons(shared, tuple(words)[:_MOST_WORDS]))


def _subject(initiative: Earlier) -> tuple[str, ...]:
    """What an initiative was about; its title counts double."""
    about = initiative.situation
    return about.title, about.title, about.problem, *about.activities, *initiative.goals, *initiative.keywords


def _sought(situation: Situation) -> list[str]:
    """The words of a situation, but for those that name its target groups: the same people meet anything."""
    groups = {word for group in situation.groups for word in telling_words(group)}
    words = telling_words(" ".join((situation.title, situation.problem, *situation.activities)))
    return [word for word in words if not any(is_same_word(word, group) for group in groups)]


def _most_telling(shared: Collection[str], earlier: Situation) -> tuple[str, ...]:
    """The shared statements in words, else the shared causes."""
    said = (_named(shared, earlier.statements), _named(shared, earlier.causes))
    return next(filter(None, said), ())


def _named(shared: Collection[str], names: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for each, name in names.items() if each in shared)


def _heaviest(met: Iterable[Met]) -> list[Met]:
    """Each sought word once, by where it weighs most; the heaviest first."""
    by_weight = sorted(met, key=lambda each: -each.weight)
    return list({each.sought: each for each in reversed(by_weight)}.values())[::-1]


def _bounded(met: Iterable[Met]) -> float:
    """The weight of words as a share of 1, which more and more words come near but never reach."""
    weight = sum(each.weight for each in met)
    return weight / (weight + _HALF)
