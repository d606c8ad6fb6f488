"""What every face of the conversation can do, and the ways a person leaves a question unanswered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

FIRST = "Det här är den första frågan. Det finns ingen att gå tillbaka till."
UNSKIPPABLE = "Den här frågan går inte att hoppa över."


class Signal(Exception):
    """The person left the question; `text` is what was half-typed."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.text = text


class Back(Signal):
    """To the question before."""


class Pass(Signal):
    """Past the question; the conversation asks whether it is skipped or not yet known."""


class DontKnow(Pass):
    """Past the question, which cannot be answered yet."""


class Leave(Signal):
    """Out of the whole conversation, to go on another time."""


class Choice(NamedTuple):
    """One alternative: `key` is what comes back, `label` what people read."""

    key: str
    label: str
    help: str = ""


def _anything(_text: str) -> str | None:
    return None


def _nothing(_text: str) -> None:
    return None


def _no_text() -> str:
    return ""


@dataclass(frozen=True)
class Ask:
    """One thing to ask.

    `check` says in a sentence what is wrong with a text; `on_draft` is told what is half-typed, often
    enough that a killed process loses at most a second of it.
    """

    text: str
    heading: str = ""
    reminders: Sequence[str] = ()
    """Lines to read before the question, as they are."""
    help: str = ""
    method: Callable[[], str] = _no_text
    """The method behind the question, to read when help is asked for a second time."""
    draft: str = ""
    """An earlier answer, or half of one, to edit."""
    draft_name: str = ""
    """What the draft is, when it is no earlier answer."""
    check: Callable[[str], str | None] = _anything
    on_draft: Callable[[str], object] = _nothing
    can_go_back: bool = False
    can_skip: bool = False


class Face(Protocol):
    """Puts questions to a person. Every method may raise a Signal."""

    def say(self, text: str = "") -> None:
        """Shows lines of plain text."""

    def saved(self) -> None:
        """Tells that an answer is saved, where the person cannot see it."""

    def ask_text(self, ask: Ask) -> str:
        """One line of text that `ask.check` accepts."""

    def ask_long(self, ask: Ask) -> str:
        """Text of any number of lines that `ask.check` accepts."""

    def ask_choice(self, ask: Ask, options: Sequence[Choice], default: str | None = None) -> str:
        """The key of one option."""

    def ask_several(self, ask: Ask, options: Sequence[Choice], defaults: Collection[str] = ()) -> list[str]:
        """The keys of any number of options, in their order."""

    def ask_yes_no(self, ask: Ask, default: bool | None = None) -> bool:  # noqa: FBT001  the answer given before
        """Yes or no."""


def opening(ask: Ask) -> Iterator[str]:
    """The lines that come before a question: where we are, and what to read it against."""
    if ask.heading or ask.reminders:
        yield ""
    if ask.heading:
        yield ask.heading
    yield from ask.reminders


def refusal(ask: Ask, signal: Signal) -> str | None:
    """Why the signal does not apply to this question, or None when it does."""
    if isinstance(signal, Back) and not ask.can_go_back:
        return FIRST
    return UNSKIPPABLE if isinstance(signal, Pass) and not ask.can_skip else None
