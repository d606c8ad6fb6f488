"""The menu of a group's rows: shown, and added, changed, copied, moved or removed; and changes undone."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.table_rows import is_pasted_table
from utbildningsprocess.conversation.face import Ask, Back, Choice, Pass, PastedTable
from utbildningsprocess.conversation.table import rows_pasted, rows_typed
from utbildningsprocess.conversation.talk import UNDER_WAY, under_way

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from utbildningsprocess.conversation.kept_rows import KeptRows
    from utbildningsprocess.conversation.row_words import RowWords
    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import Question, Row

_ADD, _DONE, _CHANGE, _REMOVE = "lagg_till", "klart", "andra", "ta_bort"
_COPY, _MOVE, _PASTE, _MORE = "kopiera", "flytta", "klistra_in", "mer"
_UNDO, _SKIP = "angra", "hoppa"
_LAST = "sist"


class RowMenu(NamedTuple):
    """What there is to do with the rows of one group. A way has the same number at every visit."""

    talk: Talk
    question: Question
    asked: Ask
    kept: KeptRows
    words: RowWords
    add_rows: Callable[[], None]
    change_row: Callable[[Row], None]
    fill_copy: Callable[[Row], None]
    fill_in_more: Callable[[], None]

    def ask(self) -> None:
        """Shows the rows, and does what the person wants with them, until they are done."""
        self.kept.rows = self.kept.said()
        acts = {
            _ADD: self._add,
            _CHANGE: self._change,
            _REMOVE: self._remove,
            _COPY: self._copy,
            _MOVE: self._move,
            _PASTE: lambda: self._add_table(rows_typed(self.talk, self.question)),
            _MORE: self._fill_in_more,
            _UNDO: self._undo,
        }
        while True:
            self.talk.store.draft_write(under_way(self.question.qid), UNDER_WAY)
            self._show()
            is_table = partial(is_pasted_table, self.question, None)
            ask = replace(
                self.asked,
                text="Vad vill du göra?",
                heading="",
                reminders=(),
                is_table=is_table,
                is_in_passing=True,
            )
            try:
                way = self.talk.face.ask_choice(ask, self._ways(), _DONE if self.kept.rows else _ADD)
            except PastedTable as pasted:
                self._add_table(rows_pasted(self.talk, self.question, pasted))
                continue
            if way == _DONE:
                return
            if way == _SKIP:
                raise Pass
            try:
                acts[way]()
            except Back:
                continue

    def _show(self) -> None:
        self.talk.face.say()
        self.talk.face.say("Det här finns nu:" if self.kept.rows else "Här finns inget än.")
        if self.kept.rows:
            self.talk.face.show_rows(*self.words.table(self.kept.rows))

    def _ways(self) -> list[Choice[str]]:
        """The ways, of which only the last come and go."""
        name = self.question.row_name
        undo = [Choice(_UNDO, "Ångra den senaste ändringen")] if self.kept.can_undo else []
        add = Choice(_ADD, f"Lägg till ({name})")
        paste = Choice(_PASTE, "Klistra in en tabell")
        if not self.kept.rows:
            skip = Choice(_SKIP, "Hoppa över frågan")
            return [add, Choice(_DONE, "Gå vidare utan svar"), skip, paste, *undo]
        return [
            add,
            Choice(_DONE, "Klart"),
            Choice(_CHANGE, f"Ändra ({name})"),
            Choice(_REMOVE, f"Ta bort ({name})"),
            Choice(_COPY, f"Kopiera ({name})"),
            Choice(_MOVE, f"Flytta ({name})"),
            paste,
            *([Choice(_MORE, "Fyll i fler uppgifter")] if self._has_folded() else []),
            *undo,
        ]

    def _add(self) -> None:
        before = self.kept.rows
        if self._has_room():
            self.add_rows()
            if self.kept.rows == before:
                self.talk.face.say("Inget blev ifyllt, så inget lades till.")

    def _has_room(self) -> bool:
        if self.kept.is_full:
            self.talk.face.say(f"Här får det inte stå fler än {self.question.most_rows}.")
        return not self.kept.is_full

    def _change(self) -> None:
        self.change_row(self._which("Vilken vill du ändra?"))

    def _remove(self) -> None:
        row = self._which("Vilken vill du ta bort?")
        for sentence in self.words.pointed_at(row):
            self.talk.face.say(sentence)
        ask = Ask(f"Ta bort {self.words.label(row)}?", can_go_back=True)
        if self.talk.face.ask_yes_no(ask, default=False):
            self.kept.keep([kept for kept in self.kept.rows if kept != row])

    def _copy(self) -> None:
        """Puts a copy after a row, and asks what is different in it."""
        if not self._has_room():
            return
        row = self._which("Vilken vill du kopiera?")
        copy, place = self.kept.copy_of(row), self.kept.rows.index(row) + 1
        with self.kept.change():
            if copy.said:
                self.kept.keep([*self.kept.rows[:place], copy, *self.kept.rows[place:]])
            self.talk.face.say(f"{self.words.name(copy)} är en kopia av {self.words.label(row)}.")
            self.fill_copy(copy)

    def _move(self) -> None:
        if len(self.kept.rows) == 1:
            self.talk.face.say("Det finns bara en, så det finns inget att flytta den förbi.")
            return
        moved = self._which("Vilken vill du flytta?")
        staying = [row for row in self.kept.rows if row != moved]
        options = [Choice(row.id, f"Före {self.words.label(row)}") for row in staying]
        ask = Ask("Vart ska den?", can_go_back=True)
        before = self.talk.face.ask_choice(ask, [*options, Choice(_LAST, "Sist")], _LAST)
        place = next((place for place, row in enumerate(staying) if row.id == before), len(staying))
        self.kept.keep([*staying[:place], moved, *staying[place:]])

    def _add_table(self, rows: Sequence[Row]) -> None:
        """Adds the rows of a table, if the person wanted any."""
        if rows:
            self.kept.add(rows)

    def _has_folded(self) -> bool:
        """Whether the rows have fields that are not asked at first, filled in or not."""
        first = self.talk.interview.first_of(self.question)
        return any(field not in first and not (field.late or field.retired) for field in self.question.fields)

    def _fill_in_more(self) -> None:
        if not self.talk.interview.lacking(self.question):
            self.talk.face.say("Alla uppgifter är ifyllda.")
        self.fill_in_more()

    def _undo(self) -> None:
        self.talk.face.say(self.words.undone(*self.kept.undo()))

    def _which(self, text: str) -> Row:
        if len(self.kept.rows) == 1:
            return self.kept.rows[0]
        options = [Choice(row.id, self.words.label(row)) for row in self.kept.rows]
        row_id = self.talk.face.ask_choice(Ask(text, can_go_back=True), options)
        return next(row for row in self.kept.rows if row.id == row_id)
