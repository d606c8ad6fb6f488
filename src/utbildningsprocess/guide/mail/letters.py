"""A text as its letters and figures alone, each with its place: what no line break changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Letters(NamedTuple):
    """The letters and figures of a text without case, and where in the text each stands."""

    text: str
    places: Sequence[int]
    source: str

    def all_of(self, words: str, first: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
        """Every place [start, end) among the letters where words stand whole, between other signs."""
        wanted = letters_in(words).text
        last = len(self.text) if end is None else end
        start = self.text.find(wanted, first, last) if wanted else -1
        while start >= 0:
            if self._stands_whole(start, start + len(wanted)):
                yield start, start + len(wanted)
            start = self.text.find(wanted, start + 1, last)

    def _stands_whole(self, start: int, end: int) -> bool:
        before = self.places[start] - 1
        after = self.places[end - 1] + 1
        return not (
            (before >= 0 and self.source[before].isalnum())
            or (after < len(self.source) and self.source[after].isalnum())
        )


def letters_in(text: str) -> Letters:
    """The letters and figures of a text, without case."""
    lowered = text.casefold()
    if len(lowered) != len(text):
        lowered = "".join(folded if len(folded := char.casefold()) == 1 else char for char in text)
    places = [place for place, char in enumerate(lowered) if char.isalnum()]
    return Letters("".join(lowered[place] for place in places), places, text)
