"""What is wrong with a value: one sentence for each fault, with its place in the value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Fault(NamedTuple):
    """One thing wrong with a value; `path` leads into it: row number, field id."""

    path: tuple[str | int, ...]
    sentence: str


class Invalid(ValueError):
    """The value is no answer to the question."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """What is wrong, for a person."""
        return " ".join(fault.sentence for fault in self.faults)


def wrong(sentence: str) -> Invalid:
    """That a value as a whole is no answer, in a sentence."""
    return Invalid([Fault((), sentence)])
