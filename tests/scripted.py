"""A face that answers from a script, and remembers what it was asked and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import Leave, Signal

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from utbildningsprocess.conversation.face import Ask, Choice, T

KEEP = object()
"""A reply that takes what is offered: the draft, the default."""


class Scripted:
    """Replies in turn, by an option's value or label; a Signal is raised, and after the last reply the person leaves."""

    draws_rows = False
    ask_page = None

    def __init__(self, *replies: object) -> None:
        self.replies = list(replies)
        self.asked: list[Ask] = []
        self.offered: list[list[str]] = []
        self.said: list[str] = []

    def say(self, text: str = "") -> None:
        self.said.append(text)

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.said += [f"  {' | '.join(cells)}" for cells in (heads, *rows)]

    def saved(self) -> None:
        self.said.append("Sparat.")

    def ask_text(self, ask: Ask) -> str:
        return self._text(ask)

    def ask_long(self, ask: Ask) -> str:
        return self._text(ask)

    def ask_choice(self, ask: Ask, options: Sequence[Choice[T]], default: T | None = None) -> T:
        reply = self._next(ask, options)
        labelled = {option.label: option.value for option in options}
        chosen = default if reply is KEEP else labelled.get(reply, reply)
        assert chosen in labelled.values(), (ask.text, chosen, options)
        return chosen

    def ask_several(self, ask: Ask, options: Sequence[Choice[T]], defaults: Collection[T] = ()) -> list[T]:
        reply = self._next(ask, options)
        chosen = list(defaults) if reply is KEEP else reply
        assert isinstance(chosen, list), (ask.text, chosen)
        assert {*chosen} <= {option.value for option in options}, (ask.text, chosen, options)
        return chosen

    def ask_yes_no(self, ask: Ask, default: bool | None = None) -> bool:
        reply = self._next(ask)
        chosen = default if reply is KEEP else reply
        assert isinstance(chosen, bool), (ask.text, chosen)
        return chosen

    def _text(self, ask: Ask) -> str:
        while True:
            reply = self._next(ask)
            text = ask.draft if reply is KEEP else reply
            assert isinstance(text, str), (ask.text, text)
            wrong = ask.check(text)
            if wrong is None:
                return text
            self.say(f"Fel: {wrong}")

    def _next(self, ask: Ask, options: Sequence[Choice[object]] = ()) -> object:
        self.asked.append(ask)
        self.offered.append([option.label for option in options])
        reply = self.replies.pop(0) if self.replies else Leave()
        if isinstance(reply, Signal):
            raise reply
        return reply
