"""A table -> rows of a group: which column is which field, and what does not fit, said before it is saved."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import accept, told_of
from utbildningsprocess.answers.by_name import find_field
from utbildningsprocess.answers.composite import in_field_order, unknown_said
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.readers import read_references
from utbildningsprocess.answers.rows import (
    choices,
    dangling,
    given_rows,
    naming_fields,
    new_row_id,
    number_of,
    row_key,
    with_ids,
)
from utbildningsprocess.answers.tables import pasted_table, table_in
from utbildningsprocess.model import Given, Kind, Row
from utbildningsprocess.swedish import fold, joined, without_odd_characters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from utbildningsprocess.answers.tables import Table
    from utbildningsprocess.model import AnswerSheet, GroupField, Question, Value

UNUSED = ""
"""What a column is whose cells go into no field."""
_NAMES = ("titel", "namn")
"""The labels of what a row is called."""
_UNIT = re.compile(r"\s*\(([^()]*)\)\s*$")
_OF_TIME = re.compile(r"s$|sek|min|h$|tim|d$|dag|v$|vec|man|ar$")
_LEFT = "Fältet lämnas tomt."


class _Line(NamedTuple):
    """A line of a table: its texts by field, its row, and what does not fit by the name of the field."""

    texts: Mapping[str, str]
    row: Row
    misfits: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class TablePreview:
    """The rows that a table would add to a group. Nothing is saved by making one."""

    question: Question
    sheet: AnswerSheet
    table: Table
    columns: tuple[str, ...]
    """The id of the field that each column goes into, or UNUSED."""
    has_heading: bool
    """Whether the first line names the columns, and is no row."""
    today: date | None
    cleaned: str = ""
    """What was cleaned of the text, in words."""

    def with_column(self, place: int, field_id: str) -> TablePreview:
        """The preview with a column in another field; a field has one column."""
        others = (UNUSED if field_id and column == field_id else column for column in self.columns)
        columns = tuple(field_id if number == place else column for number, column in enumerate(others))
        return replace(self, columns=columns)

    def with_heading(self, *, has_heading: bool) -> TablePreview:
        """The preview with the first line as the names of the columns, or as a row."""
        return replace(self, has_heading=has_heading)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the table calls its columns; empty where it says nothing."""
        return self.table.cells[0] if self.has_heading else ("",) * self.table.width

    @property
    def left_out(self) -> tuple[int, ...]:
        """The columns, from 0, that hold something and go into no field."""
        lines = self._lines
        return tuple(
            place
            for place, column in enumerate(self.columns)
            if column == UNUSED and any(line[place] for line in lines)
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """The new rows, with ids of their own."""
        before = given_rows(self.sheet.answers, self.question.qid)
        spent = number_of(new_row_id(self.question, self.sheet)) - 1
        rows = [line.row for line in self._read if line.row.said]
        return with_ids(self.question, [*before, *rows], spent)[len(before) :]

    @property
    def answer(self) -> Given:
        """The rows that are there, as they are, and the new ones after them."""
        return Given((*given_rows(self.sheet.answers, self.question.qid), *self.rows))

    @cached_property
    def misfits(self) -> tuple[str, ...]:
        """What is not as its field wants it, in sentences; it stands as it is unless it is said otherwise."""
        numbers = _numbers(self._read)
        wrong = [
            (number, f"{_place(number)}, {name}: {sentence}")
            for number, line in zip(numbers, self._read, strict=True)
            for name, sentence in line.misfits
        ]
        in_order = sorted([*wrong, *self._pointing_nowhere()], key=lambda told: told[0])
        return tuple(sentence for _, sentence in in_order)

    @cached_property
    def understood(self) -> tuple[str, ...]:
        """How texts were understood that do not stand as they were written."""
        told = told_of(self.question, [line.texts for line in self._read if line.row.said], self.rows)
        return tuple(f"{sentence[:1].upper()}{sentence[1:]}" for sentence in told)

    @property
    def lines(self) -> int:
        """How many lines the table has below its heading."""
        return len(self._lines)

    @property
    def too_many(self) -> int:
        """How many rows there is no room for."""
        most, before = self.question.most_rows, given_rows(self.sheet.answers, self.question.qid)
        return max(0, len(before) + len(self.rows) - most) if most is not None else 0

    # ------------------------------------------------------------- reading

    @property
    def _lines(self) -> Sequence[tuple[str, ...]]:
        return self.table.cells[1 if self.has_heading else 0 :]

    @cached_property
    def _read(self) -> list[_Line]:
        return [self._line(cells) for cells in self._lines]

    def _line(self, cells: Sequence[str]) -> _Line:
        texts = {column: cell for cell, column in zip(cells, self.columns, strict=True) if cell and column}
        values: dict[str, Value] = {}
        unfit: dict[str, str] = {}
        unknown: dict[str, str] = {}
        misfits = []
        for column, cell in texts.items():
            field = self.question.field(column)
            if (who := unknown_said(field, cell)) is not None:
                unknown[column] = who
                continue
            try:
                values[column] = self._value(field, cell)
            except Invalid as error:
                stays = _is_unfit(field, cell)
                unfit |= {column: cell} if stays else {}
                misfits.append((field.name, str(error) if stays else f"{error} {_LEFT}"))
        return _Line(texts, Row("", in_field_order(self.question, values), unfit, unknown), misfits)

    def _value(self, field: GroupField, cell: str) -> Value:
        if not field.kind.is_reference:
            return accept(field, cell, self.today)
        if field.kind is Kind.REFERENCE:
            return self._key(field, cell) or accept(field, cell, self.today)
        names = [cell] if self._key(field, cell) else read_references(cell)
        return tuple(dict.fromkeys(self._key(field, name) or name for name in names))

    # ---------------------------------------------------------- references

    def _key(self, field: GroupField, name: str) -> str:
        """The key of the row that a text names, by its key or in words; empty where it is not one."""
        named = self._named(field, name)
        return named[0] if len(named) == 1 else ""

    def _named(self, field: GroupField, name: str) -> list[str]:
        keys = [key for key, names in self._targets[field.id].items() if fold(name) in names]
        by_key = [key for key in keys if fold(key) == fold(name)]
        return by_key or keys

    @cached_property
    def _targets(self) -> Mapping[str, Mapping[str, set[str]]]:
        """By field, the rows that it can point at, by key, each with all that it can be called."""
        fields = map(self.question.field, filter(None, self.columns))
        return {field.id: self._rows_of(field) for field in fields if field.kind.is_reference}

    def _rows_of(self, field: GroupField) -> Mapping[str, set[str]]:
        called = {key: {fold(key), fold(label)} for key, label in choices(field, self.sheet)}
        for group in filter(None, map(self.sheet.battery.question, field.points_at)):
            for row in given_rows(self.sheet.answers, group.qid):
                given = (row.values.get(named.id) for named in naming_fields(group, row))
                texts = [str(text) for text in given if text]
                if (key := row_key(group, row)) in called:
                    called[key] |= {fold(" ".join(text.split())) for text in [*texts, ": ".join(texts)]}
        return called

    def _pointing_nowhere(self) -> Iterator[tuple[int, str]]:
        numbers = {row.id: number for number, row in enumerate(self.rows, 1)}
        after = self.sheet.with_answers({self.question.qid: self.answer})
        for reference, nowhere in dangling(after):
            if reference.qid == self.question.qid and reference.row_id in numbers:
                number = numbers[reference.row_id]
                several = joined(self._named(reference.field, reference.key), "eller")
                either = f"”{reference.field.text}”: ”{reference.key}” kan vara {several}."
                yield number, f"{_place(number)}: {either if several else nowhere}"


def _numbers(lines: Sequence[_Line]) -> list[int]:
    """The number of the row that each line becomes, from 1; 0 for a line that becomes none."""
    count, numbers = 0, []
    for line in lines:
        count += bool(line.row.said)
        numbers.append(count if line.row.said else 0)
    return numbers


def _place(number: int) -> str:
    return f"Rad {number}" if number else "En rad som inte blir någon rad"


def _is_unfit(field: GroupField, cell: str) -> bool:
    """Whether a text is no answer in a file either, where it then can stand as it is."""
    try:
        accept(field, cell, None)
    except Invalid:
        return True
    return False


def is_pasted_table(question: Question, field: GroupField | None, text: str) -> bool:
    """Whether a text that is pasted in a field of a row, or among the rows, is several rows."""
    of_lines = field is not None and field.kind in (Kind.LONG_TEXT, Kind.LIST)
    return question.most_rows != 1 and pasted_table(text, lines_too=not of_lines) is not None


def rows_from_table(
    question: Question, table: Table, sheet: AnswerSheet, today: date | None, begin: str = ""
) -> TablePreview:
    """What a table would add to a group: its columns by their names, or else field by field from `begin`.

    The first line is names when at least half of what it says is.
    """
    first = table.cells[0] if table.cells else ()
    named = [_field_called(question, cell) for cell in first]
    has_heading = 2 * sum(map(bool, named)) >= sum(map(bool, first)) > 0
    columns = _once_each(named) if has_heading else _in_order(question, len(first), begin)
    return TablePreview(question, sheet, table, columns, has_heading, today)


def rows_from_paste(
    question: Question, text: str, sheet: AnswerSheet, today: date | None, begin: str = ""
) -> TablePreview | None:
    """As `rows_from_table`, of a text that is pasted in the field `begin`; None when it holds no table."""
    text, cleaned = without_odd_characters(text)
    table = pasted_table(text, lines_too=True)
    return replace(rows_from_table(question, table, sheet, today, begin), cleaned=cleaned) if table else None


def rows_from_file(question: Question, text: str, sheet: AnswerSheet, today: date | None) -> TablePreview:
    """As `rows_from_table`, of the text of a file."""
    text, cleaned = without_odd_characters(text)
    table = table_in(text, lambda name: bool(_field_called(question, name)))
    return replace(rows_from_table(question, table, sheet, today), cleaned=cleaned)


def _field_called(question: Question, name: str) -> str:
    """The id of the field that a column is named by, its label or its id, however spelt; empty for none.

    A unit in parentheses is no part of the name; a time in another unit than the field's is another field.
    """
    if (called := _field_named(question, name)) or not (said := _UNIT.search(name)):
        return called
    called = _field_named(question, name[: said.start()])
    own, unit = fold(question.field(called).unit) if called else "", fold(said[1]).rstrip(".")
    return UNUSED if own and _OF_TIME.match(unit) and not own.startswith(unit) else called


def _field_named(question: Question, name: str) -> str:
    """The id of the field with that name: what a row is called is its title, and a label may be cut short."""
    if not name:
        return UNUSED
    if field := find_field(question, name):
        return field.id
    folded = fold(name).rstrip(" .:?")
    called = [field.id for field in question.fields if folded in (fold(field.id), fold(field.name))]
    asked = [field for field in question.fields if not field.retired]
    if not called and folded == fold(question.row_name):
        called = [field.id for field in asked if fold(field.name) in _NAMES]
    if not called:
        begun = [field.id for field in asked if fold(field.name).startswith(f"{folded} ")]
        called = begun if len(begun) == 1 else []
    return next(iter(called), UNUSED)


def _once_each(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(UNUSED if column in columns[:place] else column for place, column in enumerate(columns))


def _in_order(question: Question, width: int, begin: str) -> tuple[str, ...]:
    """The fields of columns without names: from the one where the person is, if there are so many after it.

    A single column goes into that field, or into the first text. What is answered later comes last.
    """
    asked = sorted((field for field in question.fields if not field.retired), key=lambda field: field.late)
    ids = [field.id for field in asked]
    if width == 1 and begin not in ids:
        begin = next((field.id for field in asked if field.kind.is_text), ids[0])
    place = ids.index(begin) if begin in ids else 0
    fitting = ids[place:] if place + width <= len(ids) else ids
    return tuple([*fitting, *[UNUSED] * width][:width])
