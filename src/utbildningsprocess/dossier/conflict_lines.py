"""The lines that git writes round what two people have changed, and what stands between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7}|={7})(?: (.*))?$")
_COMMIT = re.compile(r"^([0-9a-f]{7})[0-9a-f]{33}(?:[0-9a-f]{24})?$")
_KNOWN_NAMES = {
    "HEAD": "den utcheckade versionen",
    "Updated upstream": "den hämtade versionen",
    "Stashed changes": "de undanlagda ändringarna",
}
"""What git writes where it has no branch to name."""


def names_in_words(names: tuple[str, str]) -> tuple[str, str]:
    """What people call each side of a conflict."""
    ours, theirs = (_KNOWN_NAMES.get(name, _COMMIT.sub(r"ändringen \1", name)) for name in names)
    return ours or "den ena sidan", theirs or "den andra sidan"


class GitConflict(NamedTuple):
    """One conflict in the lines of a file: its lines [first, end), whose sides they are, and their lines."""

    first: int
    end: int
    names: tuple[str, str]
    sides: tuple[Sequence[str], Sequence[str], Sequence[str]]
    has_base: bool


def whole_conflicts(lines: Sequence[str]) -> Iterator[GitConflict]:
    """The conflicts that are whole, from their first line to their last; a torn one is left as text."""
    marks: list[tuple[str, int, str]] = []
    for number, line in enumerate(lines):
        if line[:1] not in tuple("<|=>") or not (match := _CONFLICT.match(line)):
            continue
        sign = match[1][0]
        if sign == "=" and "=" in (mark for mark, _, _ in marks):
            continue  # the line below a heading
        marks = [*([] if sign == "<" else marks), (sign, number, match[2] or "")]
        signs = "".join(mark for mark, _, _ in marks)
        if signs in ("<=>", "<|=>"):
            yield _conflict_of(lines, marks)
            marks = []
        elif signs not in ("<", "<|", "<=", "<|="):
            marks = []


def _conflict_of(lines: Sequence[str], marks: Sequence[tuple[str, int, str]]) -> GitConflict:
    at = {sign: number for sign, number, _ in marks}
    base = at.get("|", at["="])
    ours, theirs = lines[at["<"] + 1 : base], lines[at["="] + 1 : at[">"]]
    sides, names = (ours, lines[base + 1 : at["="]], theirs), (marks[0][2], marks[-1][2])
    return GitConflict(at["<"], at[">"] + 1, names, sides, has_base="|" in at)
