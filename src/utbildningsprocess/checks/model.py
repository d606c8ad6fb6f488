"""The nouns of the thread check: what a rule says, where it hit, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003  the tests evaluate the annotations
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Grade(StrEnum):
    """How much a finding matters: the thread is broken, a risk, or a tip."""

    RED = "rod"
    YELLOW = "gul"
    TIP = "tips"


@dataclass(frozen=True)
class RuleText:
    """What there is to say of a rule; its logic is the function of the same id."""

    id: str
    grade: Grade
    stage: str
    """The stage that must be begun for the rule to apply; `alla` for every one."""
    title: str
    condition: str
    text: str
    """The sentence of a finding, with `{names}` for what the rule found."""
    why: str
    source: str


@dataclass(frozen=True)
class Hit:
    """One place where a rule applies. `words` fill the names in its sentence.

    `raw` are the words that come from answers as they stand: they are left out where findings are
    published, as in the annotations of a forge.
    """

    qid: str
    row: str = ""
    """The id of the row, as `L1`; in groups without ids the row's place, as `2`."""
    words: Mapping[str, str] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Deviation:
    """A finding accepted for a reason. Without a row it holds for the whole rule."""

    rule: str
    row: str
    reason: str
    role: str
    on: date | None


@dataclass(frozen=True)
class Finding:
    """A hit with its sentence, and the deviation that accepts it, if any."""

    rule: str
    grade: Grade
    stage: str
    qid: str
    row: str
    text: str
    public_text: str
    """The sentence without any words of an answer."""
    deviation: Deviation | None = None
