"""What an initiative is about, what an earlier one learnt, and what of that is worth showing."""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003  pydantic evaluates the annotations
from dataclasses import dataclass, field
from datetime import date  # noqa: TC003  as above
from typing import NamedTuple


@dataclass(frozen=True)
class Situation:
    """What an initiative is about, as far as it has come: the same of an earlier one and of a new one."""

    title: str
    groups: tuple[str, ...] = ()
    problem: str = ""
    causes: Mapping[str, str] = field(default_factory=dict)
    """What stands in the way: the id of each strong cause, and what it is called."""
    statements: Mapping[str, str] = field(default_factory=dict)
    """The statements that hinder much: id and text."""
    activities: tuple[str, ...] = ()
    """What is planned or was done, in words."""


@dataclass(frozen=True)
class EarlierLesson:
    """Something an earlier initiative found out, in its own words."""

    key: str
    """Where it stands: the address of the answer, and the id of its row."""
    kind: str
    """What sort it is, in words: ”Ändra”, ”Där det inte blev av”."""
    text: str
    applies: str = ""
    """Whom it concerns, where somebody has said so."""


@dataclass(frozen=True)
class Earlier:
    """An earlier initiative: what it was about, and what it learnt."""

    name: str
    situation: Situation
    lessons: tuple[EarlierLesson, ...]
    goals: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    when: date | None = None
    """The latest day that its answers tell of and that has been; None when they tell of none."""
    what_then: str = ""
    """What that day was, in words: ”mätt 2 september 2025”."""


@dataclass(frozen=True)
class Reasons:
    """Why a lesson is shown, in the words people wrote."""

    obstacles: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    """Those of the earlier initiative that met."""


@dataclass(frozen=True)
class Recalled:
    """A lesson that meets a situation or a search."""

    earlier: Earlier
    lesson: EarlierLesson
    score: float
    reasons: Reasons


class Suggested(NamedTuple):
    """A lesson worth reading here."""

    key: str
    """Which it is, among all there are."""
    in_short: tuple[str, str]
    """What it says, and where it is from and why it fits: a line each."""
    whole: str
    noted: str
    """What to write of it where somebody says that it is used."""


class Recollection(NamedTuple):
    """What fits a situation."""

    lessons: tuple[Suggested, ...] = ()
    unread: str = ""
    """A sentence about what there was no time to read."""
