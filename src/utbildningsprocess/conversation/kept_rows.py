"""The rows of a group while it is asked: begun, kept and saved as they change, and taken back."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from utbildningsprocess.answers.composite import in_field_order
from utbildningsprocess.answers.rows import given_rows, new_row_id, prefilled, with_ids
from utbildningsprocess.model import Given, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import GroupField, Question, Value


class KeptRows:
    """The rows of one group, saved whenever something is said in them."""

    def __init__(self, talk: Talk, question: Question) -> None:
        self._talk = talk
        self._question = question
        self.rows = given_rows(talk.interview.answers, question.qid)
        self.begun: set[str] = set()
        """The rows that were there from the start and are not saved until something more is said in them."""
        self.prefilled_field = question.field(question.prefill.target) if question.prefill else None
        self._changes = talk.row_changes[question.qid]
        self._is_changing = False
        self._before: tuple[Row, ...] = ()
        """The rows before the change that is being made."""

    @property
    def is_full(self) -> bool:
        """Whether the group can have no more rows."""
        return self._question.most_rows is not None and len(self.rows) >= self._question.most_rows

    def take_prefilled(self) -> None:
        """Begins the rows that are to be there from the start."""
        saved = {row.id for row in given_rows(self._talk.interview.answers, self._question.qid)}
        self.rows = prefilled(self._question, self._talk.interview.sheet)
        self.begun = {row.id for row in self.rows} - saved

    def said(self) -> tuple[Row, ...]:
        """The rows without those that only the prefilling has said anything in."""
        return tuple(row for row in self.rows if row.id not in self.begun or not self.is_as_prefilled(row))

    def is_as_prefilled(self, row: Row) -> bool:
        """Whether nothing is said in a row but what it may have been begun with."""
        return self.prefilled_field is not None and row.said <= {self.prefilled_field.id}

    def handle(self, row: Row) -> str:
        """What a row is known by until the next time: its id, or what began it while it is not saved."""
        if self.prefilled_field is None or row.id not in self.begun or not self.is_as_prefilled(row):
            return row.id
        return f"={row.values.get(self.prefilled_field.id, '')}"

    def new_row(self) -> Row:
        """A row that is kept once something is said in it."""
        return Row(new_row_id(self._question, self._talk.interview.sheet), {})

    def copy_of(self, row: Row) -> Row:
        """A new row that says the same, without what comes later and the name that tells rows apart."""
        named = () if self._question.row_prefix else (self._question.fields[0].id,)
        left_out = {*named, *(field.id for field in self._question.fields if field.late)}
        values = {key: value for key, value in row.values.items() if key not in left_out}
        unknown = {key: who for key, who in row.unknown.items() if key not in left_out}
        return replace(self.new_row(), values=values, unknown=unknown)

    # -------------------------------------------------------------- changing

    def put(self, row: Row, field: GroupField, value: Value | None, who: str | None) -> Row:
        """The row with a value in a field, or with who can know it, or with nothing there; saved."""
        values = {key: kept for key, kept in row.values.items() if key != field.id}
        unfit = {key: text for key, text in row.unfit.items() if key != field.id or value is who is None}
        unknown = {key: kept for key, kept in row.unknown.items() if key != field.id}
        if value is not None:
            values[field.id] = value
        elif who is not None:
            unknown[field.id] = who
        changed = Row(row.id, in_field_order(self._question, values), unfit, unknown)
        if any(kept.id == row.id for kept in self.rows):
            self.keep([changed if kept.id == row.id else kept for kept in self.rows])
        elif changed.values or changed.unknown:
            self.keep([*self.rows, changed])
        return changed

    def drop_if_emptied(self, row_id: str) -> None:
        """Takes away a row that says nothing and has not been there from the start."""
        if any(row.id == row_id and not row.said for row in self.said()):
            self.keep([row for row in self.rows if row.id != row_id])

    def keep(self, rows: Sequence[Row]) -> None:
        """Makes these the rows of the group, and saves those that something is said in."""
        with self.change():
            spent = self._talk.interview.sheet.spent.get(self._question.qid, 0)
            self.rows = with_ids(self._question, rows, spent)
            said = self.said()
            # A row that has been saved has used up its id, and stays when it is emptied again.
            self.begun -= {row.id for row in said}
            self._talk.put(self._question.qid, Given(said) if said else None)

    @contextmanager
    def change(self) -> Iterator[None]:
        """Makes all that is done to the rows meanwhile one change, to be taken back as one."""
        if self._is_changing:
            yield
            return
        self._is_changing, self._before = True, self.said()
        try:
            yield
        finally:
            self._end_change()
            self._is_changing = False

    def _end_change(self) -> None:
        """Remembers what has changed so far, so that it can be taken back by itself."""
        if self._is_changing and self.said() != self._before:
            self._changes.append((self._before, self.said()))
        self._before = self.said()

    def add(self, rows: Sequence[Row]) -> None:
        """Adds rows after those that something is said in, as a change of its own."""
        self._end_change()
        self.keep([*self.said(), *rows])
        self._end_change()
        self.begun.clear()

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back, and nothing else has changed the rows since."""
        return bool(self._changes) and self._changes[-1][1] == self.said()

    def undo(self) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
        """Takes the last change back; gives the rows as they were with it, and as they are again."""
        earlier, now = self._changes.pop()
        self._is_changing = True
        try:
            self.keep(earlier)
        finally:
            self._is_changing = False
        return now, self.said()
