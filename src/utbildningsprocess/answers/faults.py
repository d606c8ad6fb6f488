"""What is wrong with a value: one sentence for each fault, with its place in the value."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Fault(NamedTuple):
    """One thing wrong with a value; `path` leads into it: row number, field id."""

    path: tuple[str | int, ...]
    sentence: str

    @property
    def placed(self) -> str:
        """The sentence, with the number of the row it is about before it."""
        numbers = [step for step in self.path if isinstance(step, int)]
        return f"rad {numbers[0] + 1}: {self.sentence}" if numbers else self.sentence


class Invalid(ValueError):
    """The value is no answer to the question; the text says all that is wrong, for a person."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(" ".join(fault.sentence for fault in faults))
        self.faults = tuple(faults)


def wrong(sentence: str) -> Invalid:
    """That a value as a whole is no answer, in a sentence."""
    return Invalid([Fault((), sentence)])
