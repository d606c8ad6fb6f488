"""The review at the end of a stage: every question with its answer, any of which can be changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import Ask, Back, Choice
from utbildningsprocess.swedish import shortened

if TYPE_CHECKING:
    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.interview import ReviewLine

_DONE = "klart"
_SHORT = 60


def choose_to_change(talk: Talk) -> str | None:
    """The address of a question the person wants to open, or None when they are done."""
    options = [Choice(line.qid, _in_short(line)) for line in talk.interview.review()]
    ask = Ask("Så här ser svaren ut. Välj en fråga för att ändra svaret.", heading="Genomgång")
    try:
        chosen = talk.face.ask_choice(ask, [*options, Choice(_DONE, "Klart")], _DONE)
    except Back:
        return None
    return None if chosen == _DONE else chosen


def _in_short(line: ReviewLine) -> str:
    shown = shortened(line.shown, _SHORT)
    return f"{line.text} {line.state.capitalize()}{f': {shown}' if shown else ''}"
