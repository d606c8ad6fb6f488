"""What a picture shows, before it is drawn: the same values become SVG, Mermaid, a table or text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Occasion:
    """One activity in a learning journey."""

    id: str
    title: str
    phase: str
    """fore, under or efter; empty when nobody has said."""
    week: float | None
    minutes: float | None


@dataclass(frozen=True)
class Timeline:
    """The learning journey: for each target group its activities, in the order they happen."""

    lanes: tuple[tuple[str, tuple[Occasion, ...]], ...]


@dataclass(frozen=True)
class Bars:
    """Values side by side: a label, the value, and in words how much that is."""

    bars: tuple[tuple[str, float, str], ...]
    most: float
    """The value of a whole bar."""


@dataclass(frozen=True)
class Pair:
    """One measure: what it was, what it was to become, and what it became; None where nobody has said.

    The numbers are percent; what cannot be read as percent stands in words only.
    """

    label: str
    before: float | None
    goal: float | None
    after: float | None
    words: tuple[str, str, str]
    """The same three as they were written."""


@dataclass(frozen=True)
class Pairs:
    """Promised and happened, measure by measure."""

    pairs: tuple[Pair, ...]


Drawing: TypeAlias = "Timeline | Bars | Pairs"


@dataclass(frozen=True)
class Picture:
    """A picture with its name, its title, and the same in words for those who do not see it."""

    name: str
    title: str
    words: str
    drawing: Drawing
