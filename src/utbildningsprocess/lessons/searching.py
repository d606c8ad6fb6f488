"""A search among lessons: those that hold every word as it is written, and those that come near."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.lessons.model import Reasons, Recalled
from utbildningsprocess.lessons.nearness import parts_sought
from utbildningsprocess.lessons.weighing import Texts
from utbildningsprocess.lessons.words import telling_words
from utbildningsprocess.swedish import uniform

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.lessons.model import Earlier, EarlierLesson
    from utbildningsprocess.lessons.weighing import Met

_OF_CONTEXT = 0.4
"""What a word weighs that stands in what the initiative was about, beside one of the lesson itself."""
_LEAST, _LEAST_OF_BEST = 0.12, 0.35


class Found(NamedTuple):
    """What a search gives, the best first."""

    exact: list[Recalled]
    """The lessons that hold every word as it is written, they or what their initiative was about."""
    near: list[Recalled]
    """Others that come near: other forms, compounds, other words for it, misspellings."""

    @property
    def in_order(self) -> list[Recalled]:
        """Everything in the order it is shown."""
        return [*self.exact, *self.near]


class Search:
    """The lessons of earlier initiatives, to be searched."""

    def __init__(self, earlier: Iterable[Earlier]) -> None:
        """Counts the words of the lessons once."""
        self._lessons = [(initiative, lesson) for initiative in earlier for lesson in initiative.lessons]
        self._sayings = Texts(_saying(lesson) for _, lesson in self._lessons)
        self._contexts = Texts(
            (initiative.situation.title, *_context(initiative)) for initiative, _ in self._lessons
        )

    def find(self, text: str) -> Found:
        """What a search finds. Any text is a search."""
        words = uniform(text).split()
        ranked = self._ranked(text)
        exact = self._exact(words, {id(hit.lesson): hit for hit in ranked})
        held = {id(hit.lesson) for hit in exact}
        return Found(exact, [hit for hit in ranked if id(hit.lesson) not in held])

    def _exact(self, words: Sequence[str], ranked: dict[int, Recalled]) -> list[Recalled]:
        hits = []
        for initiative, lesson in self._lessons:
            parts = (*_saying(lesson), *_context(initiative))
            if words and all(any(holds_word(part, word) for part in parts) for word in words):
                own = sum(any(holds_word(part, word) for part in _saying(lesson)) for word in words)
                score = ranked[id(lesson)].score if id(lesson) in ranked else 0.0
                hits.append(
                    Recalled(initiative, lesson, own + score / (1 + score), Reasons(words=tuple(words)))
                )
        return sorted(hits, key=lambda hit: -hit.score)

    def _ranked(self, text: str) -> list[Recalled]:
        """Every lesson that holds some of the words or comes near, the best first."""
        whole = list(dict.fromkeys(telling_words(text)))
        known = {*self._sayings.vocabulary, *self._contexts.vocabulary}
        parts = [part for word in whole for part in parts_sought(word, known)]
        fewest = len(parts) if len(whole) == 1 else 1
        asked = zip(self._lessons, self._sayings.ask(parts), self._contexts.ask(parts), strict=True)
        recalled = [_hit(lesson, said, around, parts) for lesson, said, around in asked]
        hits = sorted((hit for hit, met in recalled if met >= fewest), key=lambda hit: -hit.score)
        return [hit for hit in hits if hit.score >= max(_LEAST, _LEAST_OF_BEST * hits[0].score)]


def holds_word(text: str, word: str) -> bool:
    """Whether a text holds a word as it is written, apart from capitals: not as a part of another word."""
    text, word = uniform(text), uniform(word)
    place = text.find(word)
    while place >= 0:
        around = text[max(0, place - 1) : place] + word[0], word[-1] + text[place + len(word) :][:1]
        if not any(len(pair) == len("ab") and pair.isalnum() for pair in around):
            return True
        place = text.find(word, place + 1)
    return False


def held_outside(hit: Recalled) -> str:
    """What the initiative was about, where that holds a sought word and the lesson does not; else nothing."""
    lacking = [
        word for word in hit.reasons.words if not any(holds_word(part, word) for part in _saying(hit.lesson))
    ]
    held = (part for word in lacking for part in _context(hit.earlier) if holds_word(part, word))
    return next(held, "")


def _saying(lesson: EarlierLesson) -> tuple[str, ...]:
    return lesson.text, lesson.applies


def _context(initiative: Earlier) -> tuple[str, ...]:
    about = initiative.situation
    told = (*about.groups, about.problem, *about.activities)
    return about.title, *told, *initiative.goals, *initiative.keywords


def _hit(
    where: tuple[Earlier, EarlierLesson], said: Sequence[Met], around: Sequence[Met], parts: Sequence[str]
) -> tuple[Recalled, int]:
    """A lesson with what its words weigh, less when some are missing; and how many of them are there."""
    met = len({each.sought for each in (*said, *around)})
    weight = sum(each.weight for each in said) + _OF_CONTEXT * sum(each.weight for each in around)
    words = dict.fromkeys(each.word for each in (*said, *around))
    return Recalled(*where, weight * met / max(1, len(parts)), Reasons(words=tuple(words))), met
