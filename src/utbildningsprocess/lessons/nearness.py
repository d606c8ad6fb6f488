"""How near one word is to another: the same, misspelt, another word for it, or a part of a compound."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from utbildningsprocess.lessons.words import is_same_word

if TYPE_CHECKING:
    from collections.abc import Collection

SAME, MISSPELT, OTHER_WORD, LAST_PART = 1.0, 0.9, 0.85, 0.75
SORT_OF_OTHER, FIRST_PART, ONLY_FIRST_PART = 0.65, 0.6, 0.3
"""A compound says most about what it ends with. Of a longer one that is sought, its first part alone is
next to nothing, as *lön* of *löneförhandling*."""
_SHORTEST_PART, _SHORTEST_OF_COMPOUND = 4, 3
_SHORTEST_MISSPELT, _ALIKE, _FEWER_LETTERS = 6, 0.9, 2
_BINDING = (
    *("an", "av", "be", "fram", "för", "in", "ned", "om", "sam", "till", "und", "under", "upp", "ut"),
    *("åter", "över"),
)
"""What stands before a verb and makes it another, so that *förhandling* is no sort of *handling*."""
_NO_PARTS = ("ring", "ning", "ande", "else")
"""Endings that look like words: *evakuering* is no sort of *ring*."""
_OTHER_WORDS = (
    ("chef", "ledare", "ledning"),
    ("checklista", "instruktion", "lathund", "manual", "minneslista"),
    ("debriefing", "efterprat", "reflektion", "återblick"),
    ("fadder", "handledare", "instruktör", "mentor"),
    ("hjärtlungräddning", "hjärtstopp", "hlr"),
    ("inskolning", "introduktion"),
    ("apparat", "maskin", "pump", "utrustning"),
    ("ekurs", "nätkurs", "nätprov", "nätutbildning", "webbkurs", "webbtest", "webbutbildning"),
    ("app", "program", "system"),
    ("rollspel", "scenario", "simulering"),
    ("bemanning", "schema"),
    ("evakuering", "utrymning"),
    ("timanställd", "timvikarie", "vikarie"),
    ("feedback", "återföring", "återkoppling"),
    ("träning", "övning"),
)
"""Words of workplaces and of learning that stand for the same thing."""
_PEOPLE = ("chef", "ledare", "handledare", "mentor")
_ANYBODY = "personal"


@lru_cache(maxsize=262144)
def nearness(sought: str, word: str) -> float:
    """How near a word of a text is to one that is sought, from 0 to 1."""
    if sought[0] != word[0] and sought[:_SHORTEST_PART] not in word and word[:_SHORTEST_PART] not in sought:
        # Nothing below but a word that stands for the same can be near: most pairs of words end here.
        return _as_other_word(sought, word)
    if is_same_word(sought, word):
        return SAME
    if _is_misspelt(sought, word):
        return MISSPELT
    as_part = LAST_PART if ends_with(word, sought) or ends_with(sought, word) else 0.0
    as_first = FIRST_PART if begins_with(word, sought) else 0.0
    return max(as_part, as_first, _as_other_word(sought, word)) or (
        ONLY_FIRST_PART if begins_with(sought, word) else 0.0
    )


def begins_with(compound: str, word: str) -> bool:
    """Whether the first part of a compound is a form of the word."""
    beginning = word[: max(_SHORTEST_PART - 1, len(word) - 4)]
    if len(word) < _SHORTEST_PART or not compound.startswith(beginning):
        return False
    ends = range(len(compound) - _SHORTEST_OF_COMPOUND, _SHORTEST_PART - 1, -1)
    return any(is_same_word(word, compound[:end]) for end in ends)


def ends_with(compound: str, word: str) -> bool:
    """Whether the last part of a compound is a form of the word."""
    if len(word) < _SHORTEST_PART:
        return False
    place = compound.find(word[:_SHORTEST_PART], _SHORTEST_OF_COMPOUND)
    return place > 0 and _may_part(compound, place) and is_same_word(word, compound[place:])


def _may_part(compound: str, place: int) -> bool:
    return not compound[:place].endswith(_BINDING) and not compound[place:].startswith(_NO_PARTS)


def parts_sought(word: str, vocabulary: Collection[str]) -> tuple[str, ...]:
    """The parts of a compound that no text holds whole, when both are known: brand and övning.

    What people are called is kept whole: *avdelningschef* meets every *chef*. *Personal* is everybody.
    """
    if any(nearness(word, known) >= OTHER_WORD for known in vocabulary):
        return (word,)
    for place in range(_SHORTEST_OF_COMPOUND, len(word) - _SHORTEST_OF_COMPOUND + 1):
        first, last = word[:place], word[place:]
        if _may_part(word, place) and _are_known(first, last, vocabulary):
            if is_same_word(last, _ANYBODY):
                return (first,)
            return (word,) if any(is_same_word(last, people) for people in _PEOPLE) else (first, last)
    return (word,)


def _are_known(first: str, last: str, vocabulary: Collection[str]) -> bool:
    return any(is_same_word(last, known) for known in vocabulary) and any(
        is_same_word(first, known) or begins_with(known, first) for known in vocabulary
    )


def _as_other_word(sought: str, word: str) -> float:
    if not (ours := _kin(sought)) or not (theirs := _kin(word)) or ours[0] != theirs[0]:
        return 0.0
    return OTHER_WORD if ours[1] and theirs[1] else SORT_OF_OTHER


@lru_cache(maxsize=65536)
def _kin(word: str) -> tuple[int, bool] | None:
    """The group that a word belongs to, and whether it does whole: a *handledare* is no sort of *ledare*."""
    for whole, belongs in ((True, is_same_word), (False, ends_with)):
        for number, group in enumerate(_OTHER_WORDS):
            if any(known[:_SHORTEST_OF_COMPOUND] in word and belongs(word, known) for known in group):
                return number, whole
    return None


def _is_misspelt(sought: str, word: str) -> bool:
    """Whether the words are nearly the same by letters, as Ratcliff and Obershelp (1988) match them."""
    lengths = (len(sought), len(word))
    if (
        sought[0] != word[0]
        or min(lengths) < _SHORTEST_MISSPELT
        or max(lengths) - min(lengths) > _FEWER_LETTERS
    ):
        return False
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, sought, word)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
