"""What comes back, whatever it came as: who says what at which address, and what only a person can decide."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from utbildningsprocess.model import Answer


class Purpose(StrEnum):
    """What the answers in a file are for."""

    ANSWER = "svar"
    """They go into the dossier."""
    ALONE = "enskilt"
    """They are those of one among several who answer each on their own."""
    SURVEY = "enkat"
    PROMISE = "lofte"
    """They say what has become of something promised."""


class Suggestion(NamedTuple):
    """Something that may be meant, in words, and as an answer where it can be one."""

    words: str
    answer: Answer | None


class Stated(NamedTuple):
    """What is said at one address: an answer that is clear, or proposals and why a person has to choose.

    An address leads to a question, `analys.kan_idag`, to a statement, `analys.hinder.s10`, to a cell of a
    row, `koncept.larandemal.L1.kunna`, or to a new row, `koncept.larandemal.+1`, whose answer is that row.
    """

    address: str
    text: str
    """The question as it was asked."""
    words: str
    """What was written in answer to it, as it was written."""
    answer: Answer | None
    doubt: str = ""
    proposals: tuple[Suggestion, ...] = ()
    beside: str = ""
    """Written that belong to the question and have no room in the answer."""
    stood: str = ""
    """A checksum of what the dossier said when the question was asked; empty where it said nothing."""
    takes_away: bool = False
    """Whether the answer is what the person was shown, with something taken away from it."""


class Reply(NamedTuple):
    """What came back: only what a person has said or changed. An answer left as it was is none."""

    name: str
    """What the file is called."""
    answer_id: str
    """What tells this answer from every other, also when it comes again, perhaps changed."""
    day: date | None
    """When it was sent or saved; dates without a year are read against it."""
    role: str
    """Who was asked; empty where that was not said."""
    is_role_sure: bool
    """Whether whoever was asked is also who answers."""
    said: tuple[Stated, ...]
    asked: tuple[str, ...] = ()
    """The addresses that were asked, answered or not."""
    unplaced: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    purpose: Purpose = Purpose.ANSWER
    saved: str = ""
    """What sorts after that of an earlier save of the same answer; empty where a file does not tell."""
    notes: tuple[str, ...] = ()
    """What else to know of how it was read, a sentence each."""
