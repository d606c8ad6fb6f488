"""What a picture shows, before it is drawn: the same values become SVG, Mermaid, a table or a list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from utbildningsprocess.swedish import clean

_MOST_COLUMNS = 11
"""How many activities a matrix has a column each for; more of them are listed in one column."""
GAP = "saknas"
"""What stands where a goal has no activities, measures or results."""
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Week:
    """A week of a journey in which something happens."""

    name: str
    """Its number: ”v. 10”, with its year where that is another; ”vecka” where no date is known."""
    day: str
    """The date of its Monday, ”3/3”, or how many weeks it is from the first time together: ”−2”."""
    words: str
    follows: bool = False
    """Whether nothing lies between it and the week before it."""

    @property
    def heading(self) -> str:
        """The week in short, on one line."""
        return f"{self.name} {self.day}"


class Flag(NamedTuple):
    """What is followed up on a date of its own."""

    day: str
    """The date in short: ”24/8”."""
    words: str
    what: tuple[str, ...]


@dataclass(frozen=True)
class Lane:
    """What one role does or gets in a journey."""

    role: str
    names: tuple[str, ...] = ()
    """Which groups it is about; empty when nobody needs to be told."""
    boxes: tuple[tuple[int, str], ...] = ()
    """What happens in a week, as (its place among the weeks, what), in order."""
    lines: tuple[str, ...] = ()
    """What has no week."""
    flags: tuple[Flag, ...] = ()
    """What has dates of its own, in order."""

    @property
    def heading(self) -> str:
        """The role and its groups on one line."""
        return ": ".join(filter(None, [self.role, ", ".join(self.names)]))


@dataclass(frozen=True)
class Journey:
    """The learning journey: a lane for each role along the weeks in which something happens."""

    title: str
    promise: tuple[str, str]
    """What goes before it, and what becomes better for Esther; the latter is empty when nobody has said."""
    weeks: tuple[Week, ...]
    lanes: tuple[Lane, ...]
    years: str = ""
    """The year or years of the weeks; empty when no date is known."""
    note: str = ""
    """How the weeks have been counted; empty when nothing has been."""

    def told(self, lane: Lane, *, briefly: bool = False) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What stands in a lane as (when in words, what), the weeks first; without a when what has none."""
        names = [week.heading if briefly else week.words for week in self.weeks]
        by_week = [tuple(what for at, what in lane.boxes if at == place) for place in range(len(names))]
        weeks = tuple((when, what) for when, what in zip(names, by_week, strict=True) if what)
        flags = ((flag.day if briefly else flag.words, flag.what) for flag in lane.flags)
        return (*weeks, *flags, *([("", lane.lines)] if lane.lines else []))


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


Drawing: TypeAlias = "Journey | Bars | Pairs | Matrix"


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
