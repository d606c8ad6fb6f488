"""What has come in, settled: a person chooses what each answer is to be where only a person can."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.conversation.face import Ask, Back, Choice, quoted
from utbildningsprocess.conversation.personal_numbers import ask_guarded
from utbildningsprocess.model import Given, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.model import Answer, Item

_KEEP, _WRITE = "behall", "skriv"


class PossibleAnswer(NamedTuple):
    """One thing that an answer can be: in words, and as an answer."""

    label: str
    answer: Answer


class Unsettled(NamedTuple):
    """An answer that only a person can decide, and what it can be."""

    address: str
    item: Item
    """What decides which answers it can have."""
    takes_text: bool
    """Whether an answer can be typed as one text."""
    text: str
    """The question as it was asked."""
    lines: tuple[str, ...]
    """What to know before choosing."""
    ways: tuple[PossibleAnswer, ...]
    keep: str
    """What it is called to change nothing."""
    draft: str = ""
    """What to begin from when they write it themselves; nothing when that is not possible."""


def settle(
    face: Face, unsettled: Iterable[Unsettled], today: date | None
) -> Iterator[tuple[str, Answer | None]]:
    """What the person chooses, by address, as they choose it; None for what is to stay as it is.

    May raise Leave.
    """
    for matter in unsettled:
        yield matter.address, _settled(face, matter, today)


def _settled(face: Face, matter: Unsettled, today: date | None) -> Answer | None:
    face.say()
    for line in (matter.text, *matter.lines):
        face.say(line)
    ways = [Choice(str(place), way.label) for place, way in enumerate(matter.ways)]
    own = [Choice(_WRITE, "Skriv svaret själv")] if matter.takes_text else []
    while True:
        value = face.ask_choice(Ask("Vad ska svaret vara?"), [*ways, *own, Choice(_KEEP, matter.keep)])
        if value == _KEEP:
            return None
        if value != _WRITE:
            return matter.ways[int(value)].answer
        try:
            return _written(face, matter, today)
        except Back:
            continue


def _written(face: Face, matter: Unsettled, today: date | None) -> Answer:
    def check(text: str) -> str | None:
        try:
            accept(matter.item, text, today)
        except Invalid as error:
            return str(error)
        return None

    ask = Ask(matter.text, draft=matter.draft, check=check, can_go_back=True)
    text = ask_guarded(face, ask, matter.draft, long=matter.item.kind is Kind.LONG_TEXT)
    return Given(accept(matter.item, text, today))


def ask_who(face: Face, name: str, roles: Iterable[tuple[str, str]]) -> str:
    """The role of whoever has answered, when the letter does not tell; empty when nobody knows."""
    options = [*(Choice(role, label) for role, label in roles), Choice("", "Det vet jag inte")]
    return face.ask_choice(Ask(f"Vem har svarat i {name}?"), options)


def ask_where(face: Face, words: str, questions: Mapping[str, str]) -> str:
    """The address, among those given, that loose words belong to; empty for none. May raise Leave."""
    options = [*(Choice(address, text) for address, text in questions.items()), Choice("", "Ingen av dem")]
    face.say()
    face.say("Det här gick inte att placera:")
    face.say(quoted(words))
    return face.ask_choice(Ask("Hör det till någon fråga?"), options)
