"""Asks the rows of a group, field by field, saved after every field."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.composite import in_field_order
from utbildningsprocess.answers.rows import given_rows, new_row_id, prefilled, proposed, with_ids
from utbildningsprocess.answers.table_rows import is_pasted_table
from utbildningsprocess.answers.unknown import known_by, not_yet
from utbildningsprocess.conversation.face import (
    Ask,
    Back,
    Cell,
    Choice,
    DontKnow,
    Onward,
    Pass,
    PastedTable,
    SaidUnknown,
    present,
)
from utbildningsprocess.conversation.row_ways import Way, ways_with_rows
from utbildningsprocess.conversation.row_words import RowWords
from utbildningsprocess.conversation.table import TableTaken, rows_pasted, rows_typed
from utbildningsprocess.conversation.talk import UNDER_WAY, WHO_KNOWS, under_way
from utbildningsprocess.conversation.value import ask_value, in_prompt, nothing_to_choose
from utbildningsprocess.interview import field_in_words
from utbildningsprocess.model import Given, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import GroupField, Question, Value

_LAST = "sist"
_EMPTY, _DONT_KNOW = "tom", "vet_inte"
_WAYS = [Choice(_EMPTY, "Lämna tom"), Choice(_DONT_KNOW, "Vet inte än (vem vet?)")]
_NO_MORE = "Lämna tomt om det inte är fler."
_PROPOSED = "Diagnosen pekar på de här insatserna. Vilka vill ni ta med? Ni kan ändra senare."


def ask_group(talk: Talk, question: Question, ask: Ask) -> None:
    """Lets the person work with the rows until they are done, and goes on to the next question.

    Raises Back and Pass as any question does.
    """
    editor = _RowEditor(talk, question, ask)
    present(talk.face, ask)
    if question.most_rows == 1:
        editor.ask_single()
    else:
        with suppress(_LeftEmptyError):
            if editor.fill_in():
                editor.add_rows()
            else:
                editor.ask_what_to_do()
    if editor.rows:
        talk.interview.settle(Given(editor.rows))
    else:
        talk.leave_open()


class _LeftEmptyError(Exception):
    """The field that begins a new row was left empty: there are no more rows to fill in."""


class _How(NamedTuple):
    """How the fields of a row are asked: the row is new, was begun by itself, or may be one too many."""

    is_new: bool = True
    is_prefilled: bool = False
    may_be_none: bool = False
    """Whether there is no such row when its first field is left empty."""
    begin: str = ""
    """The field to begin with, where the person was."""


class _RowEditor:
    """Lets a person work with the rows of one group."""

    def __init__(self, talk: Talk, question: Question, ask: Ask) -> None:
        self.talk = talk
        self.question = question
        self.asked = ask
        self.rows = given_rows(talk.interview.answers, question.qid)
        self._place = under_way(question.qid)
        self._of_table: tuple[Sequence[Row], Sequence[Row]] = ((), ())
        """The rows before and after the table that was added last."""
        self._told: set[str] = set()
        self._begun: set[str] = set()
        """The rows that were there from the start and are not saved until something more is said in them."""
        self.prefilled_field = question.field(question.prefill.target) if question.prefill else None
        self.words = RowWords(talk.interview, question, self.prefilled_field)

    def ask_single(self) -> None:
        """Asks the fields of the only row a group has."""
        if not self._resume():
            self._fields(self.rows[0] if self.rows else self._new_row(), _How(is_new=not self.rows))

    def fill_in(self) -> bool:
        """Goes on where the person was, through the rows there from the start, or begins the first.

        Says whether the rows were begun now, so that more are to be expected. Raises _LeftEmptyError.
        """
        was_empty = not self._said()
        try:
            resumed = self._resume()
        except Back:
            if not self._said():
                raise
            return False
        before = {row.id for row in self._said() if not (resumed and self._is_as_prefilled(row))}
        if not before:
            self._begin_with_proposed()
        if not resumed:
            self._take_prefilled()
        for row in [row for row in self.rows if row.id not in before]:
            self.talk.face.say(f"{self.words.name(row)}: {self.words.begun_with(row)}")
            try:
                self._fields(row, _How(is_prefilled=True))
            except Back:
                return False
        if not self.rows:
            with suppress(TableTaken):
                self._fields(self._new_row(), _How(may_be_none=True))
                return True
            return False
        return was_empty and self.prefilled_field is None

    def add_rows(self) -> None:
        """Adds one row after the other, until one is left empty. Back leads to the choice of what to do."""
        while not self._is_full():
            try:
                self._fields(self._new_row(), _How(may_be_none=True))
            except Back:
                self.ask_what_to_do()
                return

    def _is_full(self) -> bool:
        """Whether the group can have no more rows."""
        return self.question.most_rows is not None and len(self.rows) >= self.question.most_rows

    def _take_prefilled(self) -> None:
        saved = {row.id for row in given_rows(self.talk.interview.answers, self.question.qid)}
        self.rows = prefilled(self.question, self.talk.interview.sheet)
        self._begun = {row.id for row in self.rows} - saved

    def _said(self) -> list[Row]:
        """The rows without those that only the prefilling has said anything in."""
        return [row for row in self.rows if row.id not in self._begun or not self._is_as_prefilled(row)]

    def _resume(self) -> bool:
        """Asks on from the row and field that the person left half-way; False when there is none."""
        handle, _, field_id = (self.talk.store.draft_read(self._place) or "").rpartition("/")
        if not handle:
            return False
        before = self.rows
        self._take_prefilled()
        row = next((row for row in self.rows if self._handle(row) == handle), None) or self._new_row()
        if self._handle(row) != handle:
            self.rows, self._begun = before, set()
            return False
        label = self.words.label(row)
        name = f"{self.question.row_name} {row.id}" if label == f"Rad {row.id}" else label
        self.talk.face.say(f"Ni fortsätter i {name}.")
        self._fields(row, _How(is_prefilled=True, begin=field_id))
        return True

    def _handle(self, row: Row) -> str:
        """What a row is known by until the next time: its id, or what began it while it is not saved."""
        if self.prefilled_field is None or row.id not in self._begun or not self._is_as_prefilled(row):
            return row.id
        return f"={row.values.get(self.prefilled_field.id, '')}"

    def _is_as_prefilled(self, row: Row) -> bool:
        return self.prefilled_field is not None and row.said <= {self.prefilled_field.id}

    def _begin_with_proposed(self) -> None:
        """Begins the rows that the person wants of those the diagnosis points at."""
        keys = proposed(self.question, self.talk.interview.sheet)
        if not keys or self.prefilled_field is None:
            return
        labels = {option.id: option.label for option in self.prefilled_field.options}
        ask = replace(self.asked, text=_PROPOSED, heading="", reminders=())
        chosen = self.talk.face.ask_several(ask, [Choice(key, labels[key]) for key in keys])
        self._keep([Row("", {self.prefilled_field.id: key}) for key in chosen])

    def ask_what_to_do(self) -> None:
        """Shows the rows, and adds, changes, removes or moves one, until the person is done."""
        self.rows, is_table = tuple(self._said()), partial(is_pasted_table, self.question, None)
        while True:
            self.talk.store.draft_write(self._place, UNDER_WAY)
            self.talk.face.say()
            self.talk.face.say("Det här finns nu:" if self.rows else "Här finns inget än.")
            for row in self.rows:
                self.talk.face.say(f"  {self.words.label(row)}")
            ask = replace(self.asked, text="Vad vill du göra?", heading="", reminders=(), is_table=is_table)
            ways = ways_with_rows(self.question, self.rows, self._of_table[1], is_full=self._is_full())
            try:
                way = self.talk.face.ask_choice(ask, ways, Way.DONE if self.rows else Way.ADD)
            except PastedTable as pasted:
                self._add_table(rows_pasted(self.talk, self.question, pasted, self._place))
                continue
            if way == Way.DONE:
                return
            if way == Way.SKIP:
                raise Pass
            try:
                self._acts()[way]()
            except Back:
                continue

    def _acts(self) -> dict[Way, Callable[[], None]]:
        """What is done in each way."""
        return {
            Way.ADD: self._add,
            Way.CHANGE: self._change,
            Way.REMOVE: self._remove,
            Way.MOVE: self._move,
            Way.PASTE: lambda: self._add_table(rows_typed(self.talk, self.question)),
            Way.UNDO: lambda: self._keep(self._of_table[0]),
        }

    def _add_table(self, rows: Sequence[Row]) -> None:
        """Adds the rows of a table after those that something is said in."""
        if rows:
            before = tuple(self._said())
            self._keep([*before, *rows])
            self._of_table = before, self.rows

    def _add(self) -> None:
        before = self.rows
        self._fields(self._new_row(), _How())
        if self.rows == before:
            self.talk.face.say("Inget blev ifyllt, så inget lades till.")

    def _change(self) -> None:
        self._fields(self._which("Vilken vill du ändra?"), _How(is_new=False))

    def _remove(self) -> None:
        row = self._which("Vilken vill du ta bort?")
        for sentence in self.words.pointed_at(row):
            self.talk.face.say(sentence)
        ask = Ask(f"Ta bort {self.words.label(row)}?", can_go_back=True)
        if self.talk.face.ask_yes_no(ask, default=False):
            self._keep([kept for kept in self.rows if kept != row])

    def _move(self) -> None:
        moved = self._which("Vilken vill du flytta?")
        staying = [row for row in self.rows if row != moved]
        options = [Choice(row.id, f"Före {self.words.label(row)}") for row in staying]
        ask = Ask("Vart ska den?", can_go_back=True)
        before = self.talk.face.ask_choice(ask, [*options, Choice(_LAST, "Sist")], _LAST)
        place = next((place for place, row in enumerate(staying) if row.id == before), len(staying))
        self._keep([*staying[:place], moved, *staying[place:]])

    def _which(self, text: str) -> Row:
        if len(self.rows) == 1:
            return self.rows[0]
        options = [Choice(row.id, self.words.label(row)) for row in self.rows]
        row_id = self.talk.face.ask_choice(Ask(text, can_go_back=True), options)
        return next(row for row in self.rows if row.id == row_id)

    def _fields(self, row: Row, how: _How) -> None:
        """Asks the fields of a row, back and forth; Back from the first is raised.

        Which fields apply can change with every answer. Raises _LeftEmptyError when the first field of a row
        that need not be is left empty.
        """
        order = [field.id for field in self.question.fields]
        fields = self._askable(row, how)
        number = next((number for number, field in enumerate(fields) if field.id == how.begin), 0)
        while number < len(fields):
            field = fields[number]
            try:
                row = self._field(row, field, fields, how)
            except Back as way:
                if number == 0 or isinstance(way, TableTaken):
                    raise
                number -= 1
                continue
            if how.may_be_none and number == 0 and not row.said:
                raise _LeftEmptyError
            fields = self._askable(row, how)
            number = sum(order.index(passed.id) <= order.index(field.id) for passed in fields)
        if row.said and self.talk.face.draws_rows:
            self.talk.face.say(f"\n{self.words.name(row)}: {self.words.label(row)}")

    def _askable(self, row: Row, how: _How) -> list[GroupField]:
        """The fields of a row to ask now; of one that has nothing to choose among it is said once."""
        wanted = self.talk.interview.fields(self.question, row, is_new=how.is_new)
        askable = []
        for field in self.question.fields:
            is_known = how.is_prefilled and field is self.prefilled_field
            if field.id != how.begin and (is_known or field not in wanted):
                continue
            reason = nothing_to_choose(self.talk, field)
            if reason and field.id not in self._told:
                self.talk.face.say(reason)
                self._told.add(field.id)
            elif not reason:
                askable.append(field)
        return askable

    def _field(self, row: Row, field: GroupField, fields: Sequence[GroupField], how: _How) -> Row:
        """The row with a field asked. Raises Pass where it is the question that is passed over."""
        earlier = row.values.get(field.id)
        handle = self._handle(row)
        place = f"{self.question.qid}/{handle}/{field.id}"
        self.talk.store.draft_write(self._place, f"{handle}/{field.id}")
        ask = self._ask(row, field, fields, how)
        begin = row.unfit.get(field.id) if earlier is None else earlier
        while True:
            try:
                value = ask_value(self.talk, field, ask, place, begin)
            except Onward:
                return row
            except PastedTable as pasted:
                if rows := rows_pasted(self.talk, self.question, pasted, place, field):
                    self._add_table(rows)
                    raise TableTaken from None
            except Pass as way:
                if fields[0] == field and not self.rows:
                    raise
                with suppress(Back):
                    return self._passed(row, field, way, place)
            else:
                with self.talk.draft_until_saved(place, in_prompt(field, value)):
                    return self._put(
                        row, field, value, "" if value is not None else row.unknown.get(field.id)
                    )

    def _ask(self, row: Row, field: GroupField, fields: Sequence[GroupField], how: _How) -> Ask:
        who, number = row.unknown.get(field.id), fields.index(field)
        cells = [Cell(near.name, field_in_words(near, row)) for near in fields]
        beside = [near for near in self.question.fields if near != field]
        return Ask(
            field.text if field.unit in field.text.casefold() else f"{field.text} ({field.unit})",
            heading=f"{self.words.name(row)}, uppgift {number + 1} av {len(fields)}",
            example=_NO_MORE if how.may_be_none and self.rows and number == 0 and not row.said else "",
            row=(cells[:number], cells[number + 1 :]),
            reminders=() if who is None else (f"Det står: {not_yet(who)}",),
            help="\n".join(filter(None, [field.help, self.asked.help])),
            method=self.asked.method,
            is_table=partial(is_pasted_table, self.question, field),
            beside=[in_prompt(near, row.values.get(near.id)) for near in beside],
            can_go_back=number > 0 or self.asked.can_go_back or bool(self.rows),
            can_skip=True,
            has_map=True,
        )

    def _passed(self, row: Row, field: GroupField, way: Pass, place: str) -> Row:
        """The row with a field left empty, or said not to be known. Raises Back, to the field."""
        ask = Ask(f"Hur vill du göra med uppgiften ”{field.name}”?", can_go_back=True)
        chosen = _DONT_KNOW if isinstance(way, DontKnow) else self.talk.face.ask_choice(ask, _WAYS, _EMPTY)
        sure = Ask(f"Ta bort det som står i ”{field.text}”?", can_go_back=True)
        if field.id in row.values and not self.talk.face.ask_yes_no(sure, default=False):
            return row
        self.talk.drop_draft(place)
        if chosen == _EMPTY:
            return self._put(row, field, None, None)
        where, who = f"{place}/{_DONT_KNOW}", way.text if isinstance(way, SaidUnknown) else ""
        who = known_by(who or self.talk.ask_text(Ask(WHO_KNOWS, can_go_back=True), where, ""))
        with self.talk.draft_until_saved(where, who):
            return self._put(row, field, None, who)

    def _put(self, row: Row, field: GroupField, value: Value | None, who: str | None) -> Row:
        """The row with a value in a field, or with who can know it, or with nothing there; saved."""
        values = {key: kept for key, kept in row.values.items() if key != field.id}
        unfit = {key: text for key, text in row.unfit.items() if key != field.id or value is who is None}
        unknown = {key: kept for key, kept in row.unknown.items() if key != field.id}
        if value is not None:
            values[field.id] = value
        elif who is not None:
            unknown[field.id] = who
        changed = Row(row.id, in_field_order(self.question, values), unfit, unknown)
        if any(kept.id == row.id for kept in self.rows):
            self._keep([changed if kept.id == row.id else kept for kept in self.rows])
        elif changed.values or changed.unknown:
            self._keep([*self.rows, changed])
        return changed

    def _keep(self, rows: Sequence[Row]) -> None:
        spent = self.talk.interview.sheet.spent.get(self.question.qid, 0)
        self.rows = with_ids(self.question, rows, spent)
        said = tuple(self._said())
        self.talk.put(self.question.qid, Given(said) if said else None)

    def _new_row(self) -> Row:
        return Row(new_row_id(self.question, self.talk.interview.sheet), {})
