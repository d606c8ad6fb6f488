"""What the boxes of a Word file are called: by the number of the question, and the part of it."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.mail.letters import letters_in

if TYPE_CHECKING:
    from collections.abc import Iterable

ANSWER, OR_WRITE, OWN = "Svar", "Eller skriv här", "Annat, eller skriv här"
"""What stands before a box for words, where the name of its field does not."""
_SEPARATOR = "__"
_BEGINS = "utb"
_TICK, _LIST = "k", "v"
_NAME = re.compile(r"utb__\d\w*")
_CHECKED = 6


class Unit(NamedTuple):
    """What one answer belongs to: a question by its number, a statement of it, or a field of a row."""

    number: int
    place: str = ""
    """A statement, or a row: its id, or `ny1` for the first new one."""
    field: str = ""

    @property
    def name(self) -> str:
        """The name of its box for words."""
        return _SEPARATOR.join(filter(None, [_BEGINS, str(self.number), self.place, self.field]))

    def tick(self, option: str) -> str:
        """The name of the box that chooses an option."""
        return _SEPARATOR.join([self.name, _TICK, option])

    @property
    def listed(self) -> str:
        """The name of the box with a list to choose from."""
        return _SEPARATOR.join([self.name, _LIST])

    def tag(self, stage_id: str) -> str:
        """What its row is known by, to see."""
        return f"[{' '.join(filter(None, [stage_id, str(self.number), self.place, self.field]))}]"


class BoxName(NamedTuple):
    """The name of a box, taken apart."""

    unit: Unit
    option: str = ""
    """What a tick chooses."""
    is_list: bool = False


def box_name(name: str) -> BoxName | None:
    """What a name says; None when it is none of ours."""
    if not _NAME.fullmatch(name):
        return None
    said = name.split(_SEPARATOR)[1:]
    option, is_list = "", False
    if len(said) > 2 and said[-2] == _TICK:  # noqa: PLR2004  a number, the sign of a tick, an option
        option, said = said[-1], said[:-2]
    elif len(said) > 1 and said[-1] == _LIST:
        is_list, said = True, said[:-1]
    if not said[0].isdecimal() or len(said) > len(Unit._fields):
        return None
    return BoxName(Unit(int(said[0][:4]), *said[1:]), option, is_list)


def short_checksum(text: str) -> str:
    """A short checksum of the letters of a text, which no line break changes."""
    return sha256(letters_in(text).text.encode()).hexdigest()[:_CHECKED]


def unit_said(ticked: Iterable[str], words: Iterable[str]) -> str:
    """What is said in the boxes of one answer, to compare."""
    return "|".join([" ".join(sorted(ticked)), *(" ".join(text.split()) for text in words)]).strip("|")
