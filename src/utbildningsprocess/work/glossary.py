"""The words of the process and of the program as people look them up, from the page of the glossary."""

from __future__ import annotations

from fnmatch import fnmatchcase
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.shipped import glossary_text
from utbildningsprocess.learning_objects import find_method
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.pages.page import plain_text
from utbildningsprocess.swedish import clean_line, did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.workspace import Workspace

_LOOKED_UP = ("Term", "Förkortning")
"""What the first column is called in the tables of words that are explained."""


class Word(NamedTuple):
    """A word of the glossary: what it means, and the words that are not used in its place."""

    term: str
    meaning: str
    avoided: tuple[str, ...] = ()
    """With a star where such a word may end in any way."""

    def in_words(self, display: Display) -> str:
        """The word and its meaning, set for the terminal."""
        return fill(f"{self.term}: {self.meaning}", display.width, subsequent_indent="  ")


def glossary() -> tuple[Word, ...]:
    """The words that are explained, in the order of the page."""
    return tuple(_words())


def _words() -> Iterator[Word]:
    for block in page_blocks(glossary_text()):
        (head, *rows) = block.rows or [()]
        if head and plain_text(head[0]) in _LOOKED_UP:
            for term, meaning, *more in ([plain_text(cell) for cell in row] for row in rows):
                avoided = [fold(word) for cell in more for word in cell.split(",") if word.strip()]
                yield Word(term, meaning, tuple(avoided))


def word_meant(wanted: str) -> Word | None:
    """The word of that name, or the one that is used in place of it; None when there is none."""
    words, name = glossary(), fold(wanted)
    named = (word for word in words if fold(word.term) == name)
    instead = (word for word in words if any(fnmatchcase(name, pattern) for pattern in word.avoided))
    return next(named, None) or next(instead, None)


def looked_up(workspace: Workspace, wanted: str, display: Display) -> str:
    """What a word means, and what to read about it. WrongUse points on when it is not in the glossary."""
    wanted = clean_line(wanted)
    word = word_meant(wanted)
    methods = find_method(workspace.learning_objects, word.term if word else wanted)
    read = f"Läs mer: utb metod {methods[0].name}" if len(methods) == 1 else ""
    if word is None:
        hint = did_you_mean(wanted, [known.term for known in glossary()]) or read or "Se alla med: utb ord"
        raise WrongUse(f"Ordet ”{wanted}” står inte i ordlistan. {hint}")
    instead = "" if fold(word.term) == fold(wanted) else f"Här skriver vi {word.term} i stället för {wanted}."
    return "\n".join(filter(None, [instead, word.in_words(display), read]))


def listed_words(display: Display) -> str:
    """Every word with its meaning, in the order of the alphabet."""
    words = sorted(glossary(), key=lambda word: _in_order(word.term))
    return "\n".join(word.in_words(display) for word in words)


def _in_order(term: str) -> str:
    """Å, ä and ö last, as in Swedish."""
    return term.casefold().replace("å", "{").replace("ä", "|").replace("ö", "}")
