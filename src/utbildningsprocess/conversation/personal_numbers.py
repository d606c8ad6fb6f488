"""Personal identity numbers are caught before a text is saved: the one finding that waits for a yes."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import Ask, Choice, Signal
from utbildningsprocess.personal import divided_numbers, personal_numbers
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.conversation.face import Face

_CHANGE, _KEEP = "andra", "spara"
_WAYS = [Choice(_CHANGE, "Ändra texten"), Choice(_KEEP, "Spara ändå")]
_WHY = (
    "Skriv roller och situationer i stället, så att ingen går att känna igen. Det som har sparats kan finnas "
    "kvar i historiken även om det tas bort senare."
)


def ask_guarded(face: Face, ask: Ask, earlier: str = "", *, long: bool = False) -> str:
    """What the person types, asked again while it holds a personal identity number they do not insist on.

    A number that stands in the `earlier` answer has been insisted on before.
    """
    while True:
        text = face.ask_long(ask) if long else face.ask_text(ask)
        known = _numbers(earlier, ask.beside)
        numbers = [number for number in _numbers(text, ask.beside) if number not in known]
        if not numbers or insists(face, text, numbers):
            return text
        ask = replace(ask, draft=text, draft_name="", is_begun=False)


def numbers_beside(texts: Sequence[str]) -> list[str]:
    """The numbers in the texts of a row, and those that two of them are the halves of."""
    numbers = chain.from_iterable(_numbers(text, texts[:place]) for place, text in enumerate(texts))
    return list(dict.fromkeys(numbers))


def _numbers(text: str, beside: Sequence[str]) -> list[str]:
    """The numbers in a text, and those that it is half of."""
    divided = [divided_numbers(text, near) for near in beside]
    return [*personal_numbers(text), *chain.from_iterable(divided)]


def insists(face: Face, text: str, numbers: list[str]) -> bool:
    """Whether the text is to be saved all the same. Leaving here takes the text along, as half-typed."""
    several = "personnummer" if len(numbers) == 1 else "flera personnummer"
    face.say(f"Texten ser ut att innehålla {several}: {joined(numbers)}.")
    face.say(_WHY)
    try:
        return face.ask_choice(Ask("Vad vill du göra?", can_go_back=True), _WAYS, _CHANGE) == _KEEP
    except Signal as leaving:
        leaving.text = text
        raise
