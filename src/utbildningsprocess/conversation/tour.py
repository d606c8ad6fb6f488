"""What somebody who learns is asked to try: told before a question, and noticed when it is done."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from utbildningsprocess.conversation.face import Back, Leave, Signal, StatementPage, ToMap
from utbildningsprocess.model import Given, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from utbildningsprocess.conversation.face import Ask, Face
    from utbildningsprocess.conversation.saving import Store
    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Answer

REVIEW = "genomgang"
"""What stands in place of a question where they have all been asked."""


class Deed(StrEnum):
    """What there is to try."""

    ANSWER = "svar"
    ROW = "rad"
    BACK = "tillbaka"
    MAP = "karta"
    UNKNOWN = "vet_inte"
    LEAVE = "lamna"


_SIGNALS: dict[type[Signal], Deed] = {Back: Deed.BACK, ToMap: Deed.MAP, Leave: Deed.LEAVE}


class Moment(NamedTuple):
    """Something to try at a question, and how it is said."""

    question: str
    deed: Deed
    words: str


class Tour:
    """What is left to try. At each question there is one thing at a time; whoever does another goes on."""

    def __init__(self, moments: Iterable[Moment]) -> None:
        self._left = list(moments)
        self._told: Moment | None = None
        self._done = False

    def at(self, question: str) -> Moment | None:
        """What to try at a question; None when nothing is left there."""
        return next((moment for moment in self._left if moment.question == question), None)

    def has_left(self, deed: Deed) -> bool:
        """Whether something is still to be tried."""
        return any(moment.deed is deed for moment in self._left)

    def tell(self, question: str, *, again: bool) -> str:
        """What to say before a question is asked; nothing when that has just been said."""
        moment = self.at(question)
        if moment is None or (moment is self._told and not again):
            return ""
        praise, self._told, self._done = "Bra. " if self._done else "", moment, False
        return f"Guiden: {praise}{moment.words}"

    def notice(self, question: str, deed: Deed) -> bool:
        """Takes in what the person did at a question; whether it was what they were to try."""
        moment = self.at(question)
        if moment is None:
            return False
        as_asked = moment.deed is deed
        if as_asked or deed in (Deed.ANSWER, Deed.ROW, Deed.UNKNOWN):
            self._left.remove(moment)
            self._done = as_asked
        return as_asked


def guided(face: Face, tour: Tour, interview: Interview) -> Face:
    """The face, which tells what to try before it asks, and notices how a question is left."""
    return cast("Face", _GuidedFace(face, tour, interview))


def noticing(store: Store, tour: Tour) -> Store:
    """The store, which notices what is saved."""

    def save(qid: str, answer: Answer | None) -> object:
        saved = store.save(qid, answer)
        if answer is not None:
            tour.notice(qid.partition(".")[2], _deed(answer))
        return saved

    return replace(store, save=save)


def _deed(answer: Answer) -> Deed:
    if isinstance(answer, Unknown):
        return Deed.UNKNOWN
    return Deed.ROW if isinstance(answer, Given) and isinstance(answer.value, tuple) else Deed.ANSWER


class _GuidedFace:
    """Does what the face does, whatever that is."""

    def __init__(self, face: Face, tour: Tour, interview: Interview) -> None:
        self._face, self._tour, self._interview = face, tour, interview

    def __getattr__(self, name: str) -> Any:
        what = getattr(self._face, name)
        return partial(self._ask, what) if name.startswith("ask_") and what else what

    def _ask(
        self, put: Callable[..., object], asked: Ask | StatementPage, *more: Any, **named: Any
    ) -> object:
        ask = asked.ask if isinstance(asked, StatementPage) else asked
        current = self._interview.current
        question = current.id if current else REVIEW
        if ask.has_map or current is None:
            again = current is not None and ask.row is None
            if words := self._tour.tell(question, again=again):
                self._face.say()
                self._face.say(words)
        try:
            return put(asked, *more, **named)
        except Signal as signal:
            for kind, deed in _SIGNALS.items():
                if isinstance(signal, kind):
                    self._tour.notice(question, deed)
            raise
