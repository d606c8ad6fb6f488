"""A form that has come back, as a reply: what is said or changed, and what only a person can place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.answers.by_name import find_statement
from utbildningsprocess.answers.composite import in_field_order
from utbildningsprocess.answers.rows import given_rows, row_label
from utbildningsprocess.guide.choosing import address_of
from utbildningsprocess.guide.completing import is_less
from utbildningsprocess.guide.form.understanding import ReadAgainst, Understood, understood_state
from utbildningsprocess.guide.mail.asking import place_of
from utbildningsprocess.guide.mail.key import checksum_of
from utbildningsprocess.guide.places import cell_address, new_row_address
from utbildningsprocess.guide.replies import Purpose, Reply, Stated, Suggestion
from utbildningsprocess.model import Given, Kind, Row, Unknown, given_value
from utbildningsprocess.swedish import clean_line, joined, shortened, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from utbildningsprocess.guide.form.saved import SavedForm
    from utbildningsprocess.guide.form.states import State
    from utbildningsprocess.model import AnswerSheet, GroupField, Item, Question, Stage, Value

_LONG = 300
_PASSED = ("unknown", "skipped")
"""What says something of an answer also when it is empty."""
_ODD_SIGNS = "Filen hade tecken som inte går att spara. De är borttagna ur svaren."


def form_reply(
    name: str, form: SavedForm, stage: Stage, sheet: AnswerSheet, saved: date | None = None
) -> Reply:
    """What a form that has come back says to the questions of a stage.

    `saved` is when its file was saved, where it does not say so itself.
    """
    is_survey = form.key.purpose == Purpose.SURVEY
    reader = _FormReader(form, stage, ReadAgainst(sheet, form.day or saved))
    said = tuple(reader.said())
    return Reply(
        name=name,
        answer_id=form.answer_id,
        day=None if is_survey else form.day or saved,
        role=form.role,
        is_role_sure=bool(form.role) or is_survey,
        said=said,
        asked=tuple(question.qid for question in stage.questions if question.qid in form.questions),
        unplaced=tuple(reader.unplaced),
        beside=tuple(reader.set_aside()),
        purpose=Purpose(form.key.purpose),
        saved="" if is_survey or form.day is None else form.saved or form.day.isoformat(),
        notes=tuple(reader.notes()),
    )


class _FormReader:
    """Reads one form against the questions as they are today."""

    def __init__(self, form: SavedForm, stage: Stage, reading: ReadAgainst) -> None:
        self._form = form
        self._stage = stage
        self._reading = reading
        self._questions = {question.qid: question for question in stage.questions}
        self.unplaced: list[str] = []
        self._gone: list[str] = []

    def said(self) -> Iterator[Stated]:
        """What is said at each address, in the order of the questions; the remainder is unplaced."""
        for question in self._stage.questions:
            state = self._form.answers.get(question.qid)
            if state is not None and _bare(state) != _bare(self._before(question.qid)):
                yield from self._of_question(question, state)
        for address, state in self._form.answers.items():
            if address not in self._questions:
                self._gone.append(self._asked_text(address))
                self.unplaced += _lines_of(self._form, address, state)

    def _of_question(self, question: Question, state: State) -> Iterator[Stated]:
        is_passed = any(isinstance(state.get(way), str) for way in _PASSED)
        if question.kind is Kind.STATEMENTS and not is_passed:
            yield from self._of_statements(question, state)
        elif question.kind is Kind.GROUP and not is_passed:
            yield from self._of_rows(question, state)
        elif is_passed and question.kind.is_composite:
            yield from self._passed(question, state)
        else:
            said = understood_state(question, state, self._reading)
            if said:
                stated = self._stated(question.qid, self._asked_text(question.qid), said)
                yield self._with_less(stated, question, self._before(question.qid))
            elif _is_something(state):
                self.unplaced += _lines_of(self._form, question.qid, state)

    def _passed(self, question: Question, state: State) -> Iterator[Stated]:
        """That nobody knows, or that a question with parts is passed over: an answer to all of it."""
        text = question.model_copy(update={"kind": Kind.TEXT})
        said = understood_state(text, state, self._reading)
        if said:
            yield self._stated(question.qid, self._asked_text(question.qid), said)

    def _stated(self, address: str, text: str, said: Understood) -> Stated:
        stood = self._form.key.stood.get(place_of(self._stage, address), "")
        return Stated(
            address,
            text,
            said.words,
            said.answer,
            said.doubt,
            said.proposals,
            beside=said.beside,
            stood=stood,
        )

    def _with_less(self, stated: Stated, item: Item, before: object) -> Stated:
        """What is said, known as a change where something is taken away from what the form began with."""
        shown = understood_state(item, _table(before), self._reading)
        return stated._replace(takes_away=is_less(item, shown.answer if shown else None, stated.answer))

    # ------------------------------------------------------------ statements

    def _of_statements(self, question: Question, state: State) -> Iterator[Stated]:
        before = _table(_table(self._before(question.qid)).get("statements"))
        for key, option in _table(state.get("statements")).items():
            if not isinstance(option, str) or not option or before.get(key) == option:
                continue
            statement = next((asked for asked in question.statements if asked.id == key), None)
            label = shortened(clean_line(question.label(option)), _LONG)
            told = self._statement_text(question.qid, key)
            if statement is None:
                self._gone.append(told)
                self.unplaced.append(f"{told}: {label}")
                continue
            is_known = any(known.id == option for known in question.offered)
            answer = Given(option) if is_known else None
            doubt = "" if is_known else f"”{label}” är inget av svaren"
            if told and find_statement(question, told) is not statement:
                answer, doubt = None, "påståendet hade andra ord i formuläret"
            yield self._stated(
                address_of(question, statement),
                statement.text,
                Understood(
                    label, answer, doubt, (Suggestion(label, Given(option)),) if is_known and doubt else ()
                ),
            )

    def _statement_text(self, address: str, key: str) -> str:
        """A statement as it was asked."""
        asked = self._form.questions.get(address, {}).get("statements")
        tables = [table for table in asked if isinstance(table, dict)] if isinstance(asked, list) else []
        text = next((table.get("text") for table in tables if table.get("id") == key), "")
        return shortened(clean_line(text), _LONG) if isinstance(text, str) else ""

    # ------------------------------------------------------------------ rows

    def _of_rows(self, question: Question, state: State) -> Iterator[Stated]:
        rows = state.get("rows")
        tables = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        before = self._rows_before(question.qid)
        tells = "before" in self._form.questions.get(question.qid, {})
        there = given_rows(self._reading.sheet.answers, question.qid)
        known = {*before, *(row.id for row in there if not tells)} - {""}
        new = 0
        for row in tables:
            row_id, cells = str(row.get("id") or ""), _table(row.get("cells"))
            earlier = before.get(row_id or str(row.get("key") or ""), {})
            if row_id in known:
                yield from self._of_cells(question, row_id, cells, earlier)
            elif _bare(cells) != _bare(earlier) and any(map(_is_something, map(_table, cells.values()))):
                new += 1
                yield from self._new_row(question, new, cells)

    def _rows_before(self, address: str) -> dict[str, Mapping[str, object]]:
        """The cells of each row that the form began with, by its id, or by its key where it had none."""
        rows = _table(self._before(address)).get("rows")
        tables = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        return {str(row.get("id") or row.get("key") or ""): _table(row.get("cells")) for row in tables}

    def _of_cells(
        self, question: Question, row_id: str, cells: Mapping[str, object], earlier: Mapping[str, object]
    ) -> Iterator[Stated]:
        """What is changed in a row that the dossier has, or had."""
        there = given_rows(self._reading.sheet.answers, question.qid)
        name = next((row_label(question, row) for row in there if row.id == row_id), row_id)
        for field, said in self._cells(question, _changed(cells, earlier)):
            text = f"{question.name}, {name}: {field.name}"
            stood = _stood(field, _table(earlier.get(field.id)), self._reading)
            stated = self._stated(cell_address(question, row_id, field), text, said)._replace(stood=stood)
            yield self._with_less(stated, field, earlier.get(field.id))

    def _cells(
        self, question: Question, cells: Mapping[str, object]
    ) -> Iterator[tuple[GroupField, Understood]]:
        """What is said in each field of a row; what has no field is unplaced."""
        fields = {field.id: field for field in question.fields}
        for key, cell in cells.items():
            said = understood_state(fields[key], _table(cell), self._reading) if key in fields else None
            if said:
                yield fields[key], said
            elif _is_something(_table(cell)):
                self.unplaced.append(" ".join(_plain_words(_table(cell))))

    def _new_row(self, question: Question, number: int, cells: Mapping[str, object]) -> Iterator[Stated]:
        read = list(self._cells(question, cells))
        values: dict[str, Value] = {}
        unknown: dict[str, str] = {}
        for field, said in read:
            value = given_value(said.answer)
            if isinstance(said.answer, Unknown):
                unknown[field.id] = said.answer.who
            elif value is not None:
                values[field.id] = value
        if not read:
            return
        words = "\n".join(f"{field.name}: {said.words}" for field, said in read)
        doubts = "; ".join(f"{field.name}: {said.doubt}" for field, said in read if said.doubt)
        row = Row("", in_field_order(question, values), {}, unknown)
        answer = Given((row,)) if values or unknown else None
        text = f"{question.name}: ny rad"
        proposals = (Suggestion("Raden utan det", answer),) if doubts and answer else ()
        said = Understood(words, None if doubts else answer, doubts, proposals)
        yield self._stated(new_row_address(question, number), text, said)

    # ------------------------------------------------------- around the answers

    def _before(self, address: str) -> object:
        return self._form.questions.get(address, {}).get("before")

    def _asked_text(self, address: str) -> str:
        """A question as it was asked."""
        text = self._form.questions.get(address, {}).get("text")
        if isinstance(text, str) and text:
            return shortened(clean_line(text), _LONG)
        known = self._questions.get(address)
        return known.text if known else shortened(clean_line(address), _LONG)

    def set_aside(self) -> Iterator[str]:
        """What a person has said to questions that no longer applied when the form was saved."""
        for address, state in self._form.set_aside.items():
            if _bare(state) != _bare(self._set_aside_before(address)):
                yield from _lines_of(self._form, address, state)

    def _set_aside_before(self, address: str) -> object:
        """What the form began with at a question, or in a cell."""
        if address in self._form.questions:
            return self._before(address)
        qid, row_id, field_id = [*address.rsplit(".", 2), "", ""][:3]
        return self._rows_before(qid).get(row_id, {}).get(field_id)

    def notes(self) -> Iterator[str]:
        """What else to know, once everything is read."""
        if self._form.has_odd_signs:
            yield _ODD_SIGNS
        for question in self._stage.questions:
            told = self._asked_text(question.qid)
            names = {uniform(name) for name in (question.text, *question.former)}
            if question.qid in self._form.answers and uniform(told) not in names:
                yield f"Frågan ”{question.text}” hade andra ord i formuläret: ”{told}”"
        if self._gone:
            gone = joined(f"”{name}”" for name in dict.fromkeys(self._gone))
            yield f"Det här ställs inte längre i {self._stage.title}: {gone}"
        if any(self.set_aside()):
            yield "Några svar hör till frågor som inte längre gällde när formuläret sparades. De är inte med."


def _table(value: object) -> State:
    return value if isinstance(value, dict) else {}


def _stood(field: GroupField, earlier: State, reading: ReadAgainst) -> str:
    """A checksum of what the dossier said in a field when the form was made; empty where it said nothing."""
    said = understood_state(field, earlier, reading)
    return checksum_of([str(said.answer.value)]) if said and isinstance(said.answer, Given) else ""


def _changed(cells: Mapping[str, object], earlier: Mapping[str, object]) -> dict[str, object]:
    return {key: cell for key, cell in cells.items() if _bare(cell) != _bare(earlier.get(key))}


def _bare(value: object, deepest: int = 8) -> object:
    """A state without what is empty in it, to compare: a page may leave out what says nothing."""
    if isinstance(value, str):
        return value.strip()
    if not isinstance(value, dict) or not deepest:
        return value
    bare = {key: _bare(item, deepest - 1) for key, item in value.items()}
    return {
        key: item for key, item in bare.items() if item not in ("", [], {}) or key in ("unknown", "skipped")
    }


def _is_something(state: Mapping[str, object]) -> bool:
    """Whether a state holds any words at all."""
    return any(_plain_words(state))


def _plain_words(value: object, deepest: int = 8) -> Iterator[str]:
    """The words in a state whose question is not known, each as it stands."""
    if not deepest:
        return
    match value:
        case str():
            yield from filter(None, [value.strip()])
        case list():
            for item in value:
                yield from _plain_words(item, deepest - 1)
        case dict():
            for key, item in value.items():
                yield from _plain_words(item, deepest - 1) if key not in ("id", "key") else ()
        case _:
            yield from ()


def _lines_of(form: SavedForm, address: str, state: State) -> Iterator[str]:
    """What a state says where it cannot be read as an answer, below the question as it was asked."""
    asked = form.questions.get(address) or form.questions.get(".".join(address.split(".")[:2]), {})
    labels = _labels_in(asked)
    words = "; ".join(labels.get(word, word) for word in _plain_words(state))
    text = asked.get("text")
    if words:
        yield f"{shortened(clean_line(text), _LONG)} {words}" if isinstance(text, str) else words


def _labels_in(asked: Mapping[str, object]) -> dict[str, str]:
    """What the options of a question were called in the form, by id."""
    options = asked.get("options")
    tables = [option for option in options if isinstance(option, dict)] if isinstance(options, list) else []
    return {str(option.get("id")): clean_line(str(option.get("label"))) for option in tables}
