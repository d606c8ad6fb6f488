"""Asks the rows of a group, field by field, saved after every field."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.rows import proposed, rows_in
from utbildningsprocess.answers.table_rows import is_pasted_table
from utbildningsprocess.answers.unknown import chooses_unknown, known_by
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
    Signal,
    present,
)
from utbildningsprocess.conversation.kept_rows import KeptRows
from utbildningsprocess.conversation.row_menu import RowMenu
from utbildningsprocess.conversation.row_words import RowWords
from utbildningsprocess.conversation.table import TableTaken, rows_pasted, rows_waiting
from utbildningsprocess.conversation.talk import WHO_KNOWS, under_way
from utbildningsprocess.conversation.value import ask_value, in_prompt, nothing_to_choose
from utbildningsprocess.interview import field_in_words
from utbildningsprocess.model import Given, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import GroupField, Question

_EMPTY, _DONT_KNOW = "tom", "vet_inte"
_WAYS = [Choice(_EMPTY, "Lämna tom"), Choice(_DONT_KNOW, "Vet inte än (vem vet?)")]
_NO_MORE, _NO_MORE_TO_CHOOSE = "Lämna tomt om det inte är fler.", "Hoppa över om det inte är fler."
_CARRIED = "Vilka rader vill ni ta med?"
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
        editor.ask_rows()
    if editor.kept.rows:
        talk.interview.settle(Given(editor.kept.rows))
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
    is_carried: bool = False
    """Whether only what the row lacks is asked: the rest of it is taken over."""
    begin: str = ""
    """The field to begin with, where the person was."""


class _RowEditor:
    """Lets a person work with the rows of one group."""

    def __init__(self, talk: Talk, question: Question, ask: Ask) -> None:
        self.talk = talk
        self.question = question
        self.asked = ask
        self.kept = KeptRows(talk, question)
        self._place = under_way(question.qid)
        self._told: set[str] = set()
        self._goes_on = False
        """Whether the last row was being filled in, so that more are to be expected."""
        self._unfolded: dict[str, set[str]] = {}
        """By row the fields that are asked last, for the person has unfolded them."""
        self.words = RowWords(talk.interview, question, self.kept.prefilled_field)

    def ask_single(self) -> None:
        """Asks the fields of the only row a group has."""
        if self._resume() is None:
            rows = self.kept.rows
            self._fields(rows[0] if rows else self.kept.new_row(), _How(is_new=not rows))

    def ask_rows(self) -> None:
        """Asks row after row while more are to be expected, else what to do with those there are."""
        try:
            if self._fill_in():
                self._add_rows()
                return
        except _LeftEmptyError:
            return
        except Back:
            if not self.kept.said():
                raise
        menu = RowMenu(
            self.talk,
            self.question,
            self.asked,
            self.kept,
            self.words,
            add_rows=self._add_rows,
            fill_in_more=self._fill_in_more,
            change_row=lambda row: self._fields(row, _How(is_new=False)),
            fill_copy=lambda row: self._fields(row, _How()),
        )
        menu.ask()

    def _fill_in(self) -> bool:
        """Goes on where the person was, through the rows there from the start.

        Says whether more rows are to be expected: none is there, or the last one was being filled in. Where
        the rows there from the start each have what begins a row, they are all there are.
        """
        was_empty = not self.kept.said()
        resumed = self._resume()
        if rows := rows_waiting(self.talk, self.question):
            self.kept.add(rows)
        before = {row.id for row in self.kept.said() if resumed is None or not self.kept.is_as_prefilled(row)}
        if not before:
            before = self._begin_with_carried()
            was_empty = not before
            self._begin_with_proposed()
        if resumed is None:
            self.kept.take_prefilled()
        for row in [row for row in self.kept.rows if row.id not in before]:
            self.talk.face.say(f"{self.words.name(row)}: {self.words.begun_with(row)}")
            self._fields(row, _How(is_prefilled=True))
        goes_on, begun = was_empty or self._goes_on, self.kept.prefilled_field
        if begun is None or not self.kept.rows:
            return goes_on
        return goes_on and begun != self.question.fields[0] and bool(self.kept.said())

    def _add_rows(self) -> None:
        """Adds one row after the other, until one is left empty. Raises Back from the first field of one."""
        with suppress(_LeftEmptyError):
            while not self.kept.is_full:
                self._fields(self.kept.new_row(), _How(may_be_none=True))

    def _fill_in_more(self) -> None:
        """Asks what is not yet said in the rows, beginning in each at the first field it lacks."""
        for row in self.kept.rows:
            if folded := self.talk.interview.folded(self.question, row):
                self._fields(row, _How(is_new=False, begin=folded[0].id))

    def _resume(self) -> str | None:
        """Asks on from the row and field that the person left half-way; gives its id, None without any."""
        handle, _, field_id = (self.talk.store.draft_read(self._place) or "").rpartition("/")
        if not handle:
            return None
        before = self.kept.rows
        self.kept.take_prefilled()
        handled = (row for row in self.kept.rows if self.kept.handle(row) == handle)
        row = next(handled, None) or self.kept.new_row()
        if self.kept.handle(row) != handle:
            self.kept.rows, self.kept.begun = before, set()
            return None
        label = self.words.label(row)
        name = f"{self.question.row_name} {row.id}" if label == f"Rad {row.id}" else label
        self.talk.face.say(f"Ni fortsätter i {name}.")
        is_new, is_carried = row not in self.kept.rows, row.id in self._carried()
        later = self.kept.rows[self.kept.rows.index(row) + 1 :] if is_carried and not is_new else ()
        self._fields(row, _How(is_prefilled=True, is_carried=is_carried, may_be_none=is_new, begin=field_id))
        self._fill_carried(later)
        late = [field.id for field in self.question.fields if field.late]
        is_last = [kept.id for kept in self.kept.rows[-1:]] == [row.id]
        self._goes_on = is_last and field_id not in late and not is_carried
        return row.id

    def _begin_with_carried(self) -> set[str]:
        """Takes over the rows that the person wants of an earlier initiative, and asks what they lack.

        Gives their ids.
        """
        proposal = self.talk.interview.proposal(self.question)
        rows = rows_in(proposal.value) if proposal else ()
        if not proposal or not rows:
            return set()
        options = [Choice(row.id, *self.words.in_full(row)) for row in rows]
        ask = replace(self.asked, text=_CARRIED, heading="", reminders=(), draft_name=proposal.named)
        place = f"{self.question.qid}/utkast"
        chosen = self.talk.ask_several(ask, place, options, [row.id for row in rows])
        self.kept.keep([row for row in rows if row.id in chosen])
        self.talk.drop_draft(place)
        self._fill_carried(self.kept.rows)
        return set(chosen)

    def _carried(self) -> set[str]:
        """The ids of the rows that an earlier initiative has to offer."""
        proposal = self.talk.interview.carried(self.question)
        return {row.id for row in rows_in(proposal.value)} if proposal else set()

    def _fill_carried(self, rows: Sequence[Row]) -> None:
        """Asks what the rows lack that are taken over."""
        carried, how = self._carried(), _How(is_carried=True)
        for row in rows:
            if row.id in carried and self._askable(row, how):
                self._fields(row, how)

    def _begin_with_proposed(self) -> None:
        """Begins the rows that the person wants of those the diagnosis points at."""
        begun = self.kept.prefilled_field
        present = [begun and row.values.get(begun.id) for row in self.kept.rows]
        keys = [key for key in proposed(self.question, self.talk.interview.sheet) if key not in present]
        if not keys or begun is None:
            return
        labels = {option.id: option.label for option in begun.options}
        ask = replace(self.asked, text=_PROPOSED, heading="", reminders=())
        place = f"{self.question.qid}/forslag"
        chosen = self.talk.ask_several(ask, place, [Choice(key, labels[key]) for key in keys], [])
        self.kept.keep([*self.kept.rows, *(Row("", {begun.id: key}) for key in chosen)])
        self.talk.drop_draft(place)

    def _fields(self, row: Row, how: _How) -> None:
        """Asks the fields of a row, back and forth; Back from the first is raised.

        Which fields apply can change with every answer. Raises _LeftEmptyError when the first field of a row
        that need not be is left empty.
        """
        with self.kept.change():
            try:
                row = self._asked_through(row, how)
            except (Signal, _LeftEmptyError):
                self._drop_if_emptied(row)
                raise
            self._drop_if_emptied(row)
        if row.said and self.talk.face.draws_rows:
            label = self.words.label(row).removeprefix(f"{row.id} ")
            self.talk.face.say(f"\n{self.words.name(row)}: {label}")

    def _drop_if_emptied(self, row: Row) -> None:
        """Takes away a row in which nothing is said any longer, unless something is half-typed there."""
        begun = f"{self.question.qid}/{row.id}/"
        if not any(place.startswith(begun) for place in self.talk.half_typed):
            self.kept.drop_if_emptied(row.id)

    def _asked_through(self, row: Row, how: _How) -> Row:
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
            number = sum(self._place_of(passed, row) <= self._place_of(field, row) for passed in fields)
        return row

    def _place_of(self, field: GroupField, row: Row) -> tuple[bool, int]:
        """Where a field comes in its row: those that were unfolded after the others."""
        return field.id in self._unfolded.get(row.id, ()), self.question.fields.index(field)

    def _unfold(self, row: Row) -> None:
        """Has all fields of a row asked, those that are not asked now after the others."""
        shown = self.talk.interview.fields(self.question, row, is_new=True)
        self._unfolded[row.id] = {field.id for field in self.question.fields if field not in shown}

    def _askable(self, row: Row, how: _How) -> list[GroupField]:
        """The fields of a row to ask now; of one that has nothing to choose among it is said once."""
        wanted = self.talk.interview.fields(
            self.question, row, is_new=how.is_new, unfolded=row.id in self._unfolded
        )
        askable = []
        for field in self.question.fields:
            is_known = how.is_prefilled and field is self.kept.prefilled_field
            is_known = is_known or (how.is_carried and field.id in row.said)
            if field.id != how.begin and (is_known or field not in wanted):
                continue
            reason = nothing_to_choose(self.talk, field)
            if reason and field.id not in self._told:
                self.talk.face.say(reason)
                self._told.add(field.id)
            elif not reason:
                askable.append(field)
        return sorted(askable, key=lambda field: self._place_of(field, row))

    def _field(self, row: Row, field: GroupField, fields: Sequence[GroupField], how: _How) -> Row:
        """The row with a field asked. Raises Pass where it is the question that is passed over."""
        earlier = row.values.get(field.id)
        place = self._draft_place(row, field)
        self.talk.store.draft_write(self._place, f"{self.kept.handle(row)}/{field.id}")
        ask = self._ask(row, field, fields, how)
        begin = row.unfit.get(field.id) if earlier is None else earlier
        while True:
            try:
                value = ask_value(self.talk, field, ask, place, begin)
                if chooses_unknown(field, value) and not self.question.fields_of:
                    raise SaidUnknown
            except Onward:
                return row
            except PastedTable as pasted:
                if rows := rows_pasted(self.talk, self.question, pasted, field, place):
                    return self._field(self._beside_table(row, field, rows), field, fields, how)
            except Pass as way:
                if fields[0] == field and not self.kept.rows:
                    raise
                with suppress(Back):
                    return self._passed(row, field, way, place)
            else:
                with self.talk.draft_until_saved(place, in_prompt(field, value)):
                    return self.kept.put(
                        row, field, value, "" if value is not None else row.unknown.get(field.id)
                    )

    def _beside_table(self, row: Row, field: GroupField, rows: Sequence[Row]) -> Row:
        """The row with a half-typed field, to go on in, when the rows of a table are added.

        Where nothing is said in it yet, one of them may have got its id. Raises TableTaken where nothing is
        half-typed either.
        """
        is_kept = any(kept.id == row.id for kept in self.kept.said())
        place = self._draft_place(row, field)
        text = self.talk.half_typed.get(place)
        self.kept.add(rows)
        if text is None:
            raise TableTaken
        if not is_kept:
            row = replace(row, id=self.kept.new_row().id)
            self.talk.drop_draft(place)
            self.talk.keep_draft(self._draft_place(row, field), text)
        self.talk.face.say(f"Raderna är tillagda. Ni fortsätter i {self.words.name(row)}.")
        return row

    def _draft_place(self, row: Row, field: GroupField) -> str:
        """The place of what is half-typed in a field of a row."""
        return f"{self.question.qid}/{self.kept.handle(row)}/{field.id}"

    def _ask(self, row: Row, field: GroupField, fields: Sequence[GroupField], how: _How) -> Ask:
        number = fields.index(field)
        said = [field_in_words(field, row)] if field.id not in row.values else []
        cells = [Cell(near.name, field_in_words(near, row)) for near in fields]
        beside = [near for near in self.question.fields if near != field]
        no_more = _NO_MORE_TO_CHOOSE if field.offered else _NO_MORE
        return Ask(
            field.text if field.unit in field.text.casefold() else f"{field.text} ({field.unit})",
            heading=f"{self.words.name(row)}, uppgift {number + 1} av {len(fields)}",
            example=no_more if how.may_be_none and self.kept.rows and number == 0 and not row.said else "",
            row=(cells[:number], cells[number + 1 :]),
            folded=[
                near.name for near in self.talk.interview.folded(self.question, row) if near not in fields
            ],
            unfold=lambda: self._unfold(row),
            reminders=tuple(f"Det står: {words}" for words in said if words),
            help="\n".join(filter(None, [field.help, self.asked.help])),
            method=self.asked.method,
            is_table=partial(is_pasted_table, self.question, field),
            beside=[in_prompt(near, row.values.get(near.id)) for near in beside],
            can_go_back=number > 0 or self.asked.can_go_back or bool(self.kept.rows),
            can_skip=True,
            has_map=True,
            has_lessons=self.asked.has_lessons,
        )

    def _passed(self, row: Row, field: GroupField, way: Pass, place: str) -> Row:
        """The row with a field left empty, or said not to be known. Raises Back, to the field."""
        ask = Ask(f"Hur vill du göra med uppgiften ”{field.name}”?", can_go_back=True)
        chosen = _DONT_KNOW if isinstance(way, DontKnow) else self.talk.face.ask_choice(ask, _WAYS, _EMPTY)
        sure = Ask(f"Ta bort det som står i ”{field.text}”?", can_go_back=True)
        is_said = isinstance(way, SaidUnknown) or field.id not in row.values
        if not is_said and not self.talk.face.ask_yes_no(sure, default=False):
            return row
        self.talk.drop_draft(place)
        if chosen == _EMPTY:
            return self.kept.put(row, field, None, None)
        where, who = f"{place}/{_DONT_KNOW}", way.text if isinstance(way, SaidUnknown) else ""
        who = known_by(
            who or self.talk.ask_text(Ask(WHO_KNOWS, is_in_passing=True, can_go_back=True), where, "")
        )
        with self.talk.draft_until_saved(where, who):
            return self.kept.put(row, field, None, who)
