"""Trouble a command cannot get past: each kind has its exit code, each error one Swedish sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

OK = 0
FINDINGS = 1
WRONG_USE = 2
BROKEN = 3
CONFLICT = 4
INTERRUPTED = 130


TO_COPY = "\n    "
"""What stands before a command to copy that is too long for a line of text: it is never broken."""


class UtbError(Exception):
    """Something the user must know of and can mend; the text says what, where and what to do."""

    exit_code = WRONG_USE


class WrongUse(UtbError):
    """The command, or an answer given to it, cannot be used as it stands."""


class LineFault(NamedTuple):
    """What is wrong at a line of a text, in a sentence."""

    line: int
    sentence: str


class LineNotice(LineFault):
    """What is told of a line of a text that may be just as a person wants it."""


class Broken(UtbError):
    """A file or a battery cannot be read, or cannot be written without losing something."""

    exit_code = BROKEN

    def __init__(self, sentence: str, faults: Iterable[LineFault] = ()) -> None:
        super().__init__(sentence)
        self.faults = tuple(faults) or (LineFault(1, sentence),)
        """What is wrong in the file, by line from 1."""


NOT_UTF_8 = "är inte i teckenkodningen UTF-8, så å, ä och ö går inte att läsa."
"""What is wrong with a text whose bytes are something else."""


class Conflict(UtbError):
    """Somebody else changed the file, or holds it right now."""

    exit_code = CONFLICT


class Interrupted(UtbError):
    """The user, or the system, left in the middle; everything confirmed is saved."""

    exit_code = INTERRUPTED


class SavedAndLeft(Interrupted):
    """The user asked to save and leave, which is done."""

    exit_code = OK
