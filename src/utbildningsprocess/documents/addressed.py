"""What of a text to all groups is for which of them, as far as it says: ”Du som är ny … Du som handleder”."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from utbildningsprocess.swedish import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_TO_SOME = re.compile(r"(?:^|(?<=[.!?:] )|(?<=\n))(?:(?:Till|För) )?(?:du|dig|ni|er) som ", re.IGNORECASE)
"""Where a text turns to some of those who read it."""
_SENTENCE_OF = re.compile(r"[^,.:;!?\n]*")
_SAYS_NOTHING = {"är", "ska", "har", "arbetar", "jobbar", "som", "en", "ett", "på", "med", "i", "till"}
_MOST_WORDS = 3
"""Among how many words the group is looked for, of those that say something."""
_LONGEST_ENDING = 3
_SHORTEST_STEM, _SHORT_WORD = 5, 3


def text_for(group: str, groups: Sequence[str], text: str) -> str:
    """The text without what turns to just one of the other groups, until it turns to some again."""
    starts = [hit.start() for hit in _TO_SOME.finditer(text)]
    pieces = [text[begin:end] for begin, end in zip([0, *starts], [*starts, len(text)], strict=True)]
    first, *addressed = pieces
    kept = [piece for piece in addressed if _group_of(piece, groups) in ("", group)]
    return "".join([first, *kept]).strip()


def _group_of(piece: str, groups: Sequence[str]) -> str:
    """The only group that a piece turns to by a word of its name; empty when there is none, or several."""
    opening = _SENTENCE_OF.match(_TO_SOME.sub("", piece, count=1))
    words = [word for word in _words(opening[0] if opening else "") if word not in _SAYS_NOTHING]
    meant = [group for group in groups if _is_named(group, words[:_MOST_WORDS])]
    return meant[0] if len(meant) == 1 else ""


def _is_named(group: str, words: Sequence[str]) -> bool:
    return any(_alike(word, name) for word in words for name in _words(group))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _alike(word: str, name: str) -> bool:
    """Whether two words are forms of one: ny and nya, handleder and handledare."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(fold(word), fold(name), strict=False))
    stem = len(list(alike))
    if min(len(word), len(name)) <= _SHORT_WORD:
        return stem == min(len(word), len(name)) and abs(len(word) - len(name)) <= 1
    return stem >= _SHORTEST_STEM and stem >= max(len(word), len(name)) - _LONGEST_ENDING
