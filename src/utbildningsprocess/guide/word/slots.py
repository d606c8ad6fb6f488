"""Where answers go in a Word file: what can be chosen or written at each question, statement and field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.rows import given_rows, row_label
from utbildningsprocess.answers.unknown import not_yet
from utbildningsprocess.guide.form.definition import begun_from, choices_in_form, fields_in_form
from utbildningsprocess.guide.word.names import Unit, unit_said
from utbildningsprocess.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utbildningsprocess.guide.form.definition import Form
    from utbildningsprocess.guide.form.states import State
    from utbildningsprocess.model import GroupField, Item, Question, Statement

NEW = "ny"
"""What the names of new rows begin with."""
_EMPTY_ROWS = 2
_TICKED = (Kind.CHOICE, Kind.MULTIPLE, Kind.YES_NO)
_LISTED = (Kind.CHOICE, Kind.YES_NO, Kind.REFERENCE)


class Filling(NamedTuple):
    """What stands in the boxes of one answer."""

    ticked: frozenset[str] = frozenset()
    listed: str = ""
    words: str = ""

    @property
    def said(self) -> str:
        """It all, to compare."""
        return unit_said(self.ticked, [self.listed, self.words])


class Slot(NamedTuple):
    """Room for one answer: its boxes to tick, its list to choose from, and always a box to write in."""

    unit: Unit
    question: Question
    item: Item
    label: str
    ticks: Mapping[str, str]
    """What can be ticked, by id, in words."""
    listed: Mapping[str, str]
    """What can be chosen from a list, by id, in words."""
    begun: Filling
    """What the dossier says."""

    @property
    def names(self) -> list[str]:
        """The names of its boxes, as they stand."""
        ticks = [self.unit.tick(option) for option in self.ticks]
        return [*ticks, *([self.unit.listed] if self.listed else []), self.unit.name]


class RowOfSlots(NamedTuple):
    """A row of a group to fill in: what it is called in names and in words, and room for its fields."""

    place: str
    label: str
    slots: tuple[Slot, ...]


def question_slots(form: Form, number: int, question: Question) -> Iterator[Slot]:
    """Room for the answers to a question: one, or one for each statement, or each field of each row."""
    begun = begun_from(form, question) or {}
    if question.kind is Kind.STATEMENTS:
        given = begun.get("statements")
        for statement in question.asked_statements:
            option = given.get(statement.id) if isinstance(given, dict) else None
            yield _of_statement(Unit(number, statement.id), question, statement, option)
    elif question.kind is Kind.GROUP:
        for row in rows_of_slots(form, number, question):
            yield from row.slots
    else:
        ticks = choices_in_form(question, form.known) if question.kind in _TICKED else {}
        written = _written(question, begun, ticks, {})
        yield Slot(Unit(number), question, question, question.name, ticks, {}, written)


def _of_statement(unit: Unit, question: Question, statement: Statement, option: object) -> Slot:
    ticks = {offered.id: offered.label for offered in question.offered}
    ticked = frozenset({option} if isinstance(option, str) else set[str]())
    return Slot(unit, question, question, statement.text, ticks, {}, Filling(ticked))


def rows_of_slots(form: Form, number: int, question: Question) -> Iterator[RowOfSlots]:
    """The rows of a group: those of the dossier, those it proposes, and some that are empty."""
    rows = (begun_from(form, question) or {}).get("rows")
    known = {row.id: row for row in given_rows(form.known.answers, question.qid)}
    fields = fields_in_form(question, form.asking.sheet)
    tables = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    room = (question.most_rows or len(tables) + _EMPTY_ROWS) - len(tables)
    tables += [{} for _ in range(min(_EMPTY_ROWS, max(0, room)))]
    new = 0
    for table in tables:
        row_id, cells = str(table.get("id") or ""), table.get("cells")
        new += not row_id
        place = row_id or f"{NEW}{new}"
        label = row_label(question, known[row_id]) if row_id in known else f"Ny rad ({question.row_name})"
        said = cells if isinstance(cells, dict) else {}
        unit = Unit(number, place)
        slots = (_of_field(form, unit, question, field, said.get(field.id)) for field in fields)
        yield RowOfSlots(place, label, tuple(slots))


def _of_field(form: Form, unit: Unit, question: Question, field: GroupField, cell: object) -> Slot:
    listed = choices_in_form(field, form.asking.sheet) if field.kind in _LISTED else {}
    written = _written(field, cell if isinstance(cell, dict) else {}, {}, listed)
    return Slot(unit._replace(field=field.id), question, field, field.name, {}, listed, written)


def _written(item: Item, state: State, ticks: Mapping[str, str], listed: Mapping[str, str]) -> Filling:
    """What the dossier says, as it stands in the boxes."""
    if isinstance(state.get("unknown"), str):
        return Filling(words=not_yet(str(state["unknown"])))
    if isinstance(state.get("text"), str):
        return Filling(words=str(state["text"]))
    keys = state.get("chosen")
    chosen = [str(key) for key in keys] if isinstance(keys, list) else []
    own = str(state.get("own") or "")
    if ticks:
        return Filling(frozenset(chosen) & frozenset(ticks), words=own)
    if listed and len(chosen) == 1 and chosen[0] in listed:
        return Filling(listed=listed[chosen[0]], words=own)
    labels = [key if item.kind.is_reference else item.label(key) for key in chosen]
    return Filling(words="; ".join([*labels, *filter(None, [own])]))
