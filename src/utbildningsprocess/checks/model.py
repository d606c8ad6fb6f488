"""The nouns of the thread check: what there is to say of a rule, and what came of it where it hit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from utbildningsprocess.model import When  # noqa: TC001  the tests evaluate the annotations


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
class Deviation:
    """A finding accepted for a reason. Without a row it holds for the whole rule."""

    rule: str
    row: str
    reason: str
    role: str
    on: When | None


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
    line: int = 0
    """The line in the file where it is, from 1; 0 while nobody has looked there."""
    opens: str = ""
    """The address of the question to open, which may be another than the one that is hit."""
    place: str = ""
    """The stage and the question to open, in words; empty when it is no question."""
    lacks: str = ""
    """The address of the question that nobody has answered yet, where that is why it is found."""
