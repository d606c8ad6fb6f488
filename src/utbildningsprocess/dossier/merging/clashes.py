"""Lines that two sides have written differently, between the lines that git writes round such."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.dossier.merging.three_ways import Said

_APART = 3
"""Lines in common that keep two conflicts apart; fewer stand within one."""


class Labels(NamedTuple):
    """What the sides are called in a conflict; the base by nothing where it is not to be shown."""

    ours: str = ""
    theirs: str = ""
    base: str | None = None


def with_conflicts(said: Said[Sequence[str]], labels: Labels) -> list[str]:
    """The lines of both sides, and conflict lines round what differs; the base in them where it is shown."""
    result: list[str] = []
    mine, yours, before = said
    done, passed, gone = 0, 0, 0
    for first, start, at, length in [*_shared(said, labels), (len(mine), len(yours), len(before), 0)]:
        ours, theirs, base = mine[done:first], yours[passed:start], before[gone:at]
        if ours or theirs:
            result += _conflict(ours, theirs, base, labels)
        result += mine[first : first + length]
        done, passed, gone = first + length, start + length, at + length
    return result


def _shared(said: Said[Sequence[str]], labels: Labels) -> Iterator[tuple[int, int, int, int]]:
    """The lines in common: where they begin in ours, theirs and the base, and how many they are."""
    mine, yours, before = said
    in_base = _places(mine, before) if labels.base is not None else {}
    ends = len(mine), len(yours)
    for first, start, length in SequenceMatcher(None, mine, yours, autojunk=False).get_matching_blocks():
        if labels.base is not None:
            at = in_base.get(first, -1)
            stands = all(in_base.get(first + number) == at + number for number in range(length))
            if at < 0 or not stands:
                continue
        at_edge = first == start == 0 or (first + length, start + length) == ends
        if length >= _APART or (at_edge and length):
            yield first, start, in_base.get(first, 0), length


def _places(lines: Sequence[str], before: Sequence[str]) -> dict[int, int]:
    """Where lines stand in what was before, by where they stand now."""
    blocks = SequenceMatcher(None, lines, before, autojunk=False).get_matching_blocks()
    return {block.a + number: block.b + number for block in blocks for number in range(block.size)}


def _conflict(ours: Sequence[str], theirs: Sequence[str], base: Sequence[str], labels: Labels) -> list[str]:
    shown = [] if labels.base is None else [f"||||||| {labels.base}".rstrip(), *base]
    first, last = f"<<<<<<< {labels.ours}".rstrip(), f">>>>>>> {labels.theirs}".rstrip()
    return [first, *ours, *shown, "=======", *theirs, last]
