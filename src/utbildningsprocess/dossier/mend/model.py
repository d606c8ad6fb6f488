"""What a mend is: a place that is wrong, and the ways to put it right; and how lines are changed."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.markers import split_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NEWLINE = re.compile(r"\r\n|\r|\n")


class Way(NamedTuple):
    """One way to put a place right: what it does, in words, and the whole text afterwards."""

    label: str
    text: str


class Version(NamedTuple):
    """What one side of a conflict says, and whose it is."""

    name: str
    text: str


@dataclass(frozen=True)
class Mend:
    """Something that can be put right. `line` counts from 1; the first way is the one proposed."""

    line: int
    what: str
    ways: tuple[Way, ...]
    sure: bool = False
    """Whether the first way cannot be wrong."""
    versions: tuple[Version, ...] = ()
    """The texts to choose between, where there are several."""
    anew: Callable[[str], str] | None = None
    """The whole text when the person writes the place anew. Raises Invalid for what cannot stand there."""
    draft: str = ""
    """What writing anew begins from."""


class Change(NamedTuple):
    """Lines that one text has in the place of those of another. `line` counts from 1 in the old text."""

    line: int
    gone: tuple[str, ...]
    new: tuple[str, ...]


def changes(old: str, new: str) -> list[Change]:
    """What is changed from one text to another, lines by lines."""
    before, after = old.split("\n"), new.split("\n")
    return [
        Change(first + 1, tuple(before[first:end]), tuple(after[start:stop]))
        for tag, first, end, start, stop in _matched(before, after).get_opcodes()
        if tag != "equal"
    ]


def _matched(before: Sequence[str], after: Sequence[str]) -> difflib.SequenceMatcher[str]:
    return difflib.SequenceMatcher(None, before, after, autojunk=False)


def with_lines(lines: Sequence[str], first: int, end: int, new: Sequence[str]) -> str:
    """The text with the lines [first, end) replaced."""
    return "\n".join([*lines[:first], *new, *lines[end:]])


def set_apart(lines: Sequence[str], number: int, new: Sequence[str]) -> str:
    """The text with lines put in before a line, a blank line on each side."""
    before = [""] if number > 0 and lines[number - 1].strip() else []
    after = [""] if number >= len(lines) or lines[number].strip() else []
    return with_lines(lines, number, number, [*before, *new, *after])


def lf_text(raw: str) -> str:
    """A text of a file with LF between its lines and without a byte order mark, as mends see it."""
    return "\n".join(split_lines(raw))


def as_in_file(raw: str, text: str) -> str:
    """A mended text as it is to stand in the file: kept lines end as they did, new ones as most lines do."""
    mark = "\ufeff" if raw.startswith("\ufeff") else ""
    endings = _NEWLINE.findall(raw)
    usual = max(("\n", "\r\n", "\r"), key=endings.count)
    lines = text.split("\n")
    ends = [usual] * len(lines)
    for first, start, length in _matched(split_lines(raw), lines).get_matching_blocks():
        for offset in range(min(length, len(endings) - first)):
            ends[start + offset] = endings[first + offset]
    return mark + "".join(map(str.__add__, lines, [*ends[:-1], ""]))
