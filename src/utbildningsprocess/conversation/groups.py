"""Groups: rows that are added, changed, removed and moved, field by field, saved after every field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from utbildningsprocess.answers.accept import editable
from utbildningsprocess.answers.rows import (
    choices,
    given_rows,
    new_row_id,
    prefilled,
    proposed,
    references,
    row_key,
    row_label,
    with_ids,
)
from utbildningsprocess.conversation.face import Ask, Back, Choice, Pass, opening
from utbildningsprocess.conversation.simple import ask_item, nothing_to_choose
from utbildningsprocess.conversation.talk import back_and_forth
from utbildningsprocess.model import Given, Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import GroupField, Question, Value

ADD, CHANGE, REMOVE, MOVE, DONE, SKIP = "lagg_till", "andra", "ta_bort", "flytta", "klart", "hoppa"
LAST = "sist"
PROPOSED = "Diagnosen pekar på de här insatserna. Vilka vill ni ta med? Ni kan ändra senare."


def ask_group(talk: Talk, question: Question, ask: Ask) -> None:
    """Lets the person work with the rows until they are done, and goes on to the next question.

    Raises Back and Pass as any question does.
    """
    Group(talk, question, ask).ask()


class Group:
    """One group being answered."""

    def __init__(self, talk: Talk, question: Question, ask: Ask) -> None:
        self.talk = talk
        self.question = question
        self.asked = ask
        self.rows = given_rows(talk.interview.answers, question.qid)

    def ask(self) -> None:
        for line in (*opening(self.asked), self.asked.text):
            self.talk.face.say(line)
        if self.question.most_rows == 1:
            self._ask_single()
        else:
            self._fill_in()
            self._menu()
        self.talk.interview.submit(self.rows)

    # -------------------------------------------------------------- whole

    def _ask_single(self) -> None:
        row = self.rows[0] if self.rows else self._new_row()
        self._fields(row, self.question.fields)
        if not self.rows:
            raise Pass

    def _fill_in(self) -> None:
        """Goes through the rows that are there from the start, or begins the first one."""
        before = {row.id for row in self.rows}
        if not self.rows:
            self._begin_with_proposed()
        self.rows = prefilled(self.question, self.talk.interview.sheet)
        target = self.question.prefill.target if self.question.prefill else ""
        fields = [field for field in self.question.fields if field.id != target]
        for row in [row for row in self.rows if row.id not in before]:
            self.talk.face.say(f"{self._name(row)}: {self._begun_with(row)}")
            try:
                self._fields(row, fields)
            except Back:
                return
        if not self.rows:
            self._fields(self._new_row(), self.question.fields)

    def _begin_with_proposed(self) -> None:
        """Begins the rows that the person wants of those the diagnosis points at."""
        keys = proposed(self.question, self.talk.interview.sheet)
        if not keys or self.question.prefill is None:
            return
        target = self.question.prefill.target
        labels = {option.id: option.label for option in self.question.field(target).options}
        ask = replace(self.asked, text=PROPOSED, heading="", reminders=())
        chosen = self.talk.face.ask_several(ask, [Choice(key, labels[key]) for key in keys], keys)
        self._keep([Row("", {target: key}) for key in chosen])

    def _menu(self) -> None:
        while True:
            self._list()
            ask = replace(self.asked, text="Vad vill du göra?", heading="", reminders=())
            way = self.talk.face.ask_choice(ask, self._ways(), DONE if self.rows else ADD)
            if way == DONE:
                return
            if way == SKIP:
                raise Pass
            try:
                {ADD: self._add, CHANGE: self._change, REMOVE: self._remove, MOVE: self._move}[way]()
            except Back:
                continue

    def _ways(self) -> list[Choice]:
        name = self.question.row_name
        add = Choice(ADD, f"Lägg till ({name})")
        if not self.rows:
            return [add, Choice(SKIP, "Hoppa över frågan")]
        ways = [Choice(CHANGE, f"Ändra ({name})"), Choice(REMOVE, f"Ta bort ({name})")]
        if len(self.rows) > 1:
            ways.append(Choice(MOVE, f"Flytta ({name})"))
        full = self.question.most_rows is not None and len(self.rows) >= self.question.most_rows
        return [*([] if full else [add]), *ways, Choice(DONE, "Klart")]

    def _list(self) -> None:
        self.talk.face.say()
        self.talk.face.say("Det här finns nu:" if self.rows else "Här finns inget än.")
        for row in self.rows:
            self.talk.face.say(f"  {self._label(row)}")

    # ---------------------------------------------------------------- ways

    def _add(self) -> None:
        row = self._new_row()
        self._fields(row, self.question.fields)
        if self._row(row.id) is None:
            self.talk.face.say("Inget blev ifyllt, så inget lades till.")

    def _change(self) -> None:
        self._fields(self._which("Vilken vill du ändra?"), self.question.fields)

    def _remove(self) -> None:
        row = self._which("Vilken vill du ta bort?")
        self._warn_of_references(row)
        ask = Ask(f"Ta bort {self._label(row)}?", can_go_back=True)
        if self.talk.face.ask_yes_no(ask, default=False):
            self._keep([one for one in self.rows if one != row])

    def _move(self) -> None:
        row = self._which("Vilken vill du flytta?")
        others = [one for one in self.rows if one != row]
        options = [Choice(one.id, f"Före {self._label(one)}") for one in others]
        ask = Ask("Vart ska den?", can_go_back=True)
        before = self.talk.face.ask_choice(ask, [*options, Choice(LAST, "Sist")], LAST)
        place = next((n for n, one in enumerate(others) if one.id == before), len(others))
        self._keep([*others[:place], row, *others[place:]])

    def _which(self, text: str) -> Row:
        if len(self.rows) == 1:
            return self.rows[0]
        options = [Choice(row.id, self._label(row)) for row in self.rows]
        row_id = self.talk.face.ask_choice(Ask(text, can_go_back=True), options)
        return next(row for row in self.rows if row.id == row_id)

    def _warn_of_references(self, row: Row) -> None:
        interview = self.talk.interview
        key = row_key(self.question, row)
        pointing = [reference.qid for reference in references(interview.sheet) if reference.key == key]
        for qid in dict.fromkeys(pointing):
            asked = interview.battery.question(qid)
            if asked and any(self.question.qid in field.points_at for field in asked.fields):
                self.talk.face.say(f"Svaret på ”{asked.text}” hänvisar till {key}.")

    # -------------------------------------------------------------- fields

    def _fields(self, row: Row, fields: Sequence[GroupField]) -> None:
        """Asks the fields of a row, back and forth. Raises Back from the first."""
        askable = [field for field in fields if self._askable(field)]

        def ask_field(number: int) -> None:
            nonlocal row
            row = self._field(row, askable[number], number, len(askable))

        back_and_forth(0, len(askable), ask_field)

    def _askable(self, field: GroupField) -> bool:
        reason = nothing_to_choose(self.talk, field)
        if reason:
            self.talk.face.say(reason)
        return reason is None

    def _field(self, row: Row, field: GroupField, number: int, total: int) -> Row:
        earlier = row.values.get(field.id)
        place = f"{self.question.qid}/{row.id}/{field.id}"
        ask = Ask(
            f"{field.text} ({field.unit})" if field.unit else field.text,
            heading=f"{self._name(row)}, uppgift {number + 1} av {total}",
            help="\n".join(filter(None, [field.help, self.asked.help])),
            method=self.asked.method,
            can_go_back=number > 0 or self.asked.can_go_back or bool(self.rows),
            can_skip=True,
        )
        begin = row.unfit.get(field.id) if earlier is None else earlier
        try:
            value = ask_item(self.talk, field, ask, place, begin)
        except Pass:
            if number == 0 and not self.rows:
                # Nothing is answered yet: it is the question that is passed over.
                raise
            value = None if earlier is None or self._empties(field) else earlier
        with self.talk.saving(place, editable(field, value)):
            return self._set(row, field, value)

    def _empties(self, field: GroupField) -> bool:
        return self.talk.face.ask_yes_no(Ask(f"Ta bort det som står i ”{field.text}”?"), default=False)

    def _set(self, row: Row, field: GroupField, value: Value | None) -> Row:
        values = {**row.values, field.id: value}
        kept = {one.id: values[one.id] for one in self.question.fields if values.get(one.id) is not None}
        unfit = {key: text for key, text in row.unfit.items() if key != field.id or value is None}
        changed = Row(row.id, {key: each for key, each in kept.items() if each is not None}, unfit)
        present = self._row(row.id) is not None
        if present:
            self._keep([changed if one.id == row.id else one for one in self.rows])
        elif changed.values:
            self._keep([*self.rows, changed])
        return changed

    # ------------------------------------------------------------- helpers

    def _keep(self, rows: Sequence[Row]) -> None:
        self.rows = with_ids(self.question, rows)
        self.talk.put(self.question.qid, Given(self.rows) if self.rows else None)

    def _row(self, row_id: str) -> Row | None:
        return next((row for row in self.rows if row.id == row_id), None)

    def _new_row(self) -> Row:
        return Row(new_row_id(self.question, self.talk.interview.sheet), {})

    def _name(self, row: Row) -> str:
        name = self.question.row_name
        return f"{name[:1].upper()}{name[1:]} {row.id}"

    def _label(self, row: Row) -> str:
        """The row in a few words; one with no words of its own by what it was prefilled with."""
        label, begun = row_label(self.question, row), self._begun_with(row)
        bare = label in (row.id, f"Rad {row.id}")
        if not (bare and begun):
            return label
        return f"{row.id} {begun}" if self.question.row_prefix else begun

    def _begun_with(self, row: Row) -> str:
        """What a prefilled row was begun with, as people read it; empty for other rows."""
        if self.question.prefill is None:
            return ""
        field = self.question.field(self.question.prefill.target)
        labels = dict(choices(field, self.talk.interview.sheet))
        key = str(row.values.get(field.id, ""))
        return labels.get(key, key)
