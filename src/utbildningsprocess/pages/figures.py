"""What a picture shows, before it is drawn: the same values become SVG, Mermaid, a table or a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TypeAlias

from utbildningsprocess.swedish import clean, format_number

_PHASES = {"fore": "Före", "under": "Under", "efter": "Efter"}
_MOST_COLUMNS = 11
"""How many activities a matrix has a column each for; more of them are listed in one column."""
GAP = "saknas"
"""What stands where a goal has no activities, measures or results."""
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Activity:
    """One activity in a learning journey: in which phase and week, and how long it takes."""

    id: str
    title: str
    phase: str
    """fore, under or efter; anything else when nobody has said."""
    week: float | None
    minutes: float | None

    @property
    def week_in_words(self) -> str:
        """Its week as people write it: 3 or −1; empty when nobody has said."""
        return "" if self.week is None else format_number(self.week).replace("-", "−")

    def __str__(self) -> str:
        """Its week, id and title: ”v. 3: A2 Simulering”."""
        week = f"v. {self.week_in_words}: " if self.week_in_words else ""
        return f"{week}{self.id} {self.title}".strip()


@dataclass(frozen=True)
class Timeline:
    """The learning journey: for each target group its activities, in the order they happen."""

    lanes: tuple[tuple[str, tuple[Activity, ...]], ...]

    @property
    def phases(self) -> tuple[tuple[str, str], ...]:
        """The phases to show, as (id, name); one more when some activity has none."""
        loose = any(in_phase(lane, "") for _, lane in self.lanes)
        return (*_PHASES.items(), *([("", "Fas ej vald")] if loose else []))


def in_phase(lane: tuple[Activity, ...], phase: str) -> tuple[Activity, ...]:
    """The activities of a phase; those that have none when the phase is empty."""
    return tuple(
        activity for activity in lane if phase == (activity.phase if activity.phase in _PHASES else "")
    )


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
    """What was promised and what happened, measure by measure."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Goal:
    """One goal of a matrix: the activities that train it and the measures that follow it up, by id."""

    id: str
    text: str
    activities: tuple[str, ...] | None
    """None where activities do not apply: an effect is measured, not trained."""
    measures: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """Goals by activities, with the measures of each goal."""

    goals: tuple[Goal, ...]
    activities: tuple[tuple[str, str], ...]
    """As (id, title), in the order they happen."""
    measures: tuple[tuple[str, str], ...]
    """As (id, how it is measured)."""

    @property
    def is_wide(self) -> bool:
        """Whether there are too many activities for a column each."""
        return len(self.activities) > _MOST_COLUMNS

    @property
    def loose(self) -> tuple[str, ...]:
        """The ids of the activities that train no goal."""
        training = {activity for goal in self.goals for activity in goal.activities or ()}
        return tuple(activity for activity, _ in self.activities if activity not in training)


Drawing: TypeAlias = "Timeline | Bars | Pairs | Matrix"


@dataclass(frozen=True)
class Picture:
    """A picture with its name, its title, and the same in words for those who do not see it."""

    name: str
    title: str
    words: str
    drawing: Drawing


def label_text(words: str) -> str:
    """The words on one line, without what XML cannot hold."""
    return " ".join(_NO_XML.sub("", clean(words)).split())


def decimal(value: float) -> str:
    """A number with at most one decimal, as SVG and Mermaid write it."""
    return f"{value:.1f}".rstrip("0").rstrip(".")
