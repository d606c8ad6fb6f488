"""What every part of the conversation shares: who it talks with, where answers go, and half-typed texts."""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import Ask, Back, Signal, quoted
from utbildningsprocess.conversation.personal_numbers import ask_guarded
from utbildningsprocess.conversation.saving import Saver
from utbildningsprocess.errors import UtbError
from utbildningsprocess.lessons.model import Recollection

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from utbildningsprocess.checks.model import Finding
    from utbildningsprocess.conversation.face import Choice, Face
    from utbildningsprocess.conversation.saving import Store
    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Answer, AnswerSheet, Row


UNDER_WAY = "pågår"
"""Kept where a question with parts is under way, unless it says in which of them."""
LEFT_OPEN = "Frågan lämnas obesvarad."
_LEFT_AS_IT_IS = "Frågan lämnas som den är."


@dataclass(frozen=True)
class Commentary:
    """What a conversation can say beside its questions; without any of it, it only asks."""

    method: Callable[[str], str] = lambda _qid: ""
    """The method behind a question, as text to read; empty when there is none."""
    remark: Callable[[str, AnswerSheet], str] = lambda _qid, _sheet: ""
    """What the answers so far come to, in a line, where a question calls for it."""
    summary: Callable[[AnswerSheet], str] = lambda _sheet: ""
    """What a stage comes to when it is done."""
    advice: Callable[[AnswerSheet], Sequence[Finding]] = lambda _sheet: ()
    """The findings of the stage, those that matter most first."""
    recall: Callable[[], Recollection] = Recollection
    """The lessons of earlier initiatives that fit the answers so far."""
    pass_over: Callable[[Sequence[str]], object] = lambda _keys: None
    """Keeps which lessons were shown and need not come back."""


class Talk:
    """One conversation under way: its interview, its face, where answers go, and what is said beside."""

    def __init__(self, interview: Interview, face: Face, store: Store, commentary: Commentary) -> None:
        self.interview = interview
        self.face = face
        self.store = store
        self.commentary = commentary
        self.saver = Saver(interview, face, store)
        self.half_typed: dict[str, str] = {}
        """What was left half-typed in this conversation, by place; kept for the next time."""
        self._taken: set[str] = set()
        """The places where what was left the last time is taken: what belongs there comes along."""
        self.recalled: Recollection | None = None
        """The lessons that fit; None while nobody has looked for any."""
        self.row_changes: defaultdict[str, list[tuple[tuple[Row, ...], tuple[Row, ...]]]] = defaultdict(list)
        """By group the changes made in this conversation, the last one last: the rows before and after."""

    def put(self, qid: str, answer: Answer | None) -> None:
        """Stores an answer without going on to the next question, and saves it."""
        self.interview.put(qid, answer)
        self.saver.save(qid, answer)

    def leave_open(self) -> None:
        """Leaves the current question as it is, says so, and goes on."""
        question = self.interview.current
        is_open = question is None or self.interview.answers.get(question.qid) is None
        self.face.say(LEFT_OPEN if is_open else _LEFT_AS_IT_IS)
        self.interview.keep()

    def ask_text(self, ask: Ask, place: str, earlier: str, *, long: bool = False) -> str:
        """What the person types, beginning from what they left half-typed at `place` or the earlier answer.

        Raises the Signal they leave with; what is half-typed then waits at the place.
        """
        ask = self._with_draft(ask, place, earlier, "skriva det här")
        with self._kept_when_left(place, earlier):
            return ask_guarded(self.face, ask, earlier, long=long)

    def ask_several(
        self, ask: Ask, place: str, options: Sequence[Choice[str]], chosen: Collection[str]
    ) -> list[str]:
        """The options that the person ticks, beginning as in `ask_text`; they wait at the place until saved.

        Raises the Signal they leave with; what is ticked then waits there, too.
        """
        earlier = "\n".join(option.label for option in options if option.value in chosen)
        ask = self._with_draft(ask, place, earlier, "kryssa för det här")
        begun = ask.draft.split("\n")
        with self._kept_when_left(place, earlier):
            ticked = self.face.ask_several(
                ask, options, [option.value for option in options if {option.value, option.label} & {*begun}]
            )
        text = "\n".join(option.label for option in options if option.value in ticked)
        if text not in ("", earlier):
            self.keep_draft(place, text)
        return ticked

    @contextmanager
    def _kept_when_left(self, place: str, earlier: str) -> Iterator[None]:
        """Keeps what is half-typed at a place when the person leaves it with a Signal."""
        try:
            yield
        except Signal as leaving:
            if leaving.text.strip() and leaving.text != earlier:
                self.keep_draft(place, leaving.text)
            raise

    def _with_draft(self, ask: Ask, place: str, earlier: str, did: str) -> Ask:
        """The question with the text to begin from, kept as it changes."""
        draft = self._beginning(ask, place, earlier, did)
        return replace(
            ask,
            draft=draft,
            draft_name=ask.draft_name if draft == earlier else "",
            is_begun=draft != earlier,
            on_draft=lambda text: self.store.draft_write(place, text),
        )

    def _beginning(self, ask: Ask, place: str, earlier: str, did: str) -> str:
        """The text to begin from: what was half-typed here, if the person wants it, or the earlier answer."""
        if place in self.half_typed:
            return self.half_typed[place]
        draft = self.store.draft_read(place)
        if not draft or draft == earlier:
            return earlier
        if place.rpartition("/")[0] in self._taken:
            return draft
        self.face.say(f"”{ask.text}” Ni hann {did} förra gången:")
        self.face.say(quoted(draft))
        if self.face.ask_yes_no(Ask("Ta med det?", can_go_back=ask.can_go_back), default=True):
            self._taken.add(place)
            return draft
        self.drop_draft(place)
        return earlier

    @contextmanager
    def draft_until_saved(self, place: str, text: str) -> Iterator[None]:
        """Keeps the text as a draft if it cannot be saved, and drops the draft once it is."""
        try:
            yield
        except UtbError:
            if text.strip():
                self.keep_draft(place, text)
            raise
        self.drop_draft(place)

    def keep_draft(self, place: str, text: str) -> None:
        """Keeps a text as half-typed at a place."""
        self.half_typed[place] = text
        self.store.draft_write(place, text)

    def drop_draft(self, place: str) -> None:
        """Forgets a half-typed text: it is saved, or not wanted."""
        self.half_typed.pop(place, None)
        self.store.draft_drop(place)


WHO_KNOWS = "Vem kan veta? (Tomt går bra.)"


def under_way(qid: str) -> str:
    """The place of what is kept while a question with parts is under way: the row and field, as L1/kunna."""
    return f"{qid}/pagar"


def back_and_forth(first: int, count: int, ask: Callable[[int], None]) -> None:
    """Asks parts of a question in order, one back at Back. Raises Back from the very first part."""
    number = first
    while number < count:
        try:
            ask(number)
        except Back:
            if number == 0:
                raise
            number -= 1
        else:
            number += 1
