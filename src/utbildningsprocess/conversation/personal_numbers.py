"""Personal identity numbers are caught before a text is saved: the one finding that waits for a yes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import Ask, Choice, Signal
from utbildningsprocess.personal import personal_numbers
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.conversation.face import Face

CHANGE, KEEP = "andra", "spara"
WHY = (
    "Skriv roller och situationer i stället, så att ingen går att känna igen. Det som har sparats kan finnas "
    "kvar i historiken även om det tas bort senare."
)
_WAYS = [Choice(CHANGE, "Ändra texten"), Choice(KEEP, "Spara ändå")]


def typed(face: Face, put: Callable[[Ask], str], ask: Ask, earlier: str = "") -> str:
    """What the person types, asked again while it holds a personal identity number they do not insist on.

    A number that stands in the `earlier` answer has been insisted on before.
    """
    while True:
        text = put(ask)
        found = [number for number in personal_numbers(text) if number not in personal_numbers(earlier)]
        if not found or _insists(face, text, found):
            return text
        ask = replace(ask, draft=text, draft_name="")


def _insists(face: Face, text: str, found: list[str]) -> bool:
    """Whether the text is to be saved all the same. Leaving here takes the text along, as half-typed."""
    several = "personnummer" if len(found) == 1 else "flera personnummer"
    face.say(f"Texten ser ut att innehålla {several}: {joined(found)}.")
    face.say(WHY)
    try:
        return face.ask_choice(Ask("Vad vill du göra?", can_go_back=True), _WAYS, CHANGE) == KEEP
    except Signal as leaving:
        leaving.text = text
        raise
