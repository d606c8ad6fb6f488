"""Rows of groups: their ids, their names, what points at them, and what can be chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DERIVED
from utbildningsprocess.model import Row, given_value
from utbildningsprocess.swedish import clean_line, did_you_mean, running, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.model import Answers, AnswerSheet, GroupField, Item, Question

_TELLING = 25
"""Characters: a shorter first text ("Ny undersköterska") does not tell one row from another."""


class Reference(NamedTuple):
    """A field of a row that points at another row by its key. Rows are counted from 0."""

    qid: str
    row: int
    field: GroupField
    key: str


def numbered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Rows of a group without ids, called by their place: 1, 2, 3."""
    return tuple(Row(str(number), row.values, row.unfit) for number, row in enumerate(rows, 1))


def _next_id(prefix: str, taken: set[str]) -> str:
    """The id after the highest one taken."""
    numbers = [int(row_id[len(prefix) :]) for row_id in taken if re.fullmatch(rf"{prefix}\d+", row_id)]
    return f"{prefix}{max(numbers, default=0) + 1}"


def with_ids(question: Question, rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, those without an id given the next free one; in a group without ids all get their place."""
    if not question.row_prefix:
        return numbered(rows)
    taken = {row.id for row in rows}
    result = []
    for row in rows:
        row_id = row.id or _next_id(question.row_prefix, taken)
        taken.add(row_id)
        result.append(Row(row_id, row.values, row.unfit))
    return tuple(result)


def given_rows(answers: Answers, qid: str) -> tuple[Row, ...]:
    """The rows answered to a group, none when it is not answered."""
    return rows_in(given_value(answers.get(qid)))


def rows_in(value: object) -> tuple[Row, ...]:
    """The rows that a value is made of, none when it is something else."""
    return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()


def row_key(question: Question, row: Row) -> str:
    """What a reference to the row holds: its id, or its first field where the group has no ids."""
    if question.row_prefix:
        return row.id
    return clean_line(str(row.values.get(question.fields[0].id, "")))


def row_label(question: Question, row: Row) -> str:
    """The row in a few words: its id and its first text, with the next one when the first says little.

    A row that begins with a choice is called by that while its first text is empty: a later text, as the
    role that answers for it, is no name.
    """
    if chosen := _chosen(question, row):
        return f"{row.id} {chosen}" if question.row_prefix else chosen
    words = [running(str(row.values[field.id])) for field in naming_fields(question, row)]
    row_id = row.id if question.row_prefix else ""
    return " ".join(filter(None, [row_id, ": ".join(words)])) or f"Rad {row.id}"


def naming_fields(question: Question, row: Row) -> list[GroupField]:
    """The fields that give the row its name."""
    if _chosen(question, row):
        return [question.fields[0]]
    given = [field for field in question.fields if field.kind.is_text and row.values.get(field.id)]
    says_little = bool(given) and len(running(str(row.values[given[0].id]))) < _TELLING
    return given[: 2 if question.row_prefix and says_little else 1]


def _chosen(question: Question, row: Row) -> str:
    """What is chosen in the first field of a row without its first text; empty for other rows."""
    first = question.fields[0]
    name = next((field for field in question.fields if field.kind.is_text), None)
    if name and row.values.get(name.id):
        return ""
    return next((option.label for option in first.options if option.id == row.values.get(first.id)), "")


def choices(item: Item, sheet: AnswerSheet) -> tuple[tuple[str, str], ...]:
    """What can be chosen, as (key, label): the options, or the rows a reference may point at."""
    if not item.kind.is_reference:
        return tuple((option.id, option.label) for option in item.options)
    groups = filter(None, map(sheet.battery.question, item.points_at))
    rows = [(group, row) for group in groups for row in given_rows(sheet.answers, group.qid)]
    return tuple((row_key(group, row), row_label(group, row)) for group, row in rows if row_key(group, row))


def new_row_id(question: Question, sheet: AnswerSheet) -> str:
    """The id of a row to come: never one in use, nor one that some reference still points at."""
    rows = given_rows(sheet.answers, question.qid)
    if not question.row_prefix:
        return str(len(rows) + 1)
    pointed_at = {reference.key for reference in references(sheet)}
    return _next_id(question.row_prefix, {row.id for row in rows} | pointed_at)


def prefilled(question: Question, sheet: AnswerSheet) -> tuple[Row, ...]:
    """The rows of a group, and one more for each row of its source that none of them points at."""
    rows = given_rows(sheet.answers, question.qid)
    source = sheet.battery.question(question.prefill.source) if question.prefill else None
    if question.prefill is None or source is None:
        return rows
    target = question.prefill.target
    present = {row.values.get(target) for row in rows}
    keys = [row_key(source, row) for row in given_rows(sheet.answers, source.qid)]
    added = [Row("", {target: key}) for key in keys if key and key not in present]
    return with_ids(question, [*rows, *added])


def proposed(question: Question, sheet: AnswerSheet) -> tuple[str, ...]:
    """The options that what is computed proposes rows for; none for groups that propose nothing."""
    source = question.prefill.source if question.prefill else ""
    if source not in DERIVED or question.prefill is None:
        return ()
    known = [option.id for option in question.field(question.prefill.target).options]
    value = given_value(sheet.battery.derive(sheet.answers).get(source))
    return tuple(str(key) for key in value if key in known) if isinstance(value, tuple) else ()


def references(sheet: AnswerSheet) -> Iterator[Reference]:
    """Every reference in the rows that are answered."""
    for question in sheet.battery.questions():
        fields = [field for field in question.fields if field.kind.is_reference]
        for number, row in enumerate(given_rows(sheet.answers, question.qid) if fields else ()):
            for field in fields:
                value = row.values.get(field.id, ())
                keys = value if isinstance(value, tuple) else (value,)
                yield from (Reference(question.qid, number, field, str(key)) for key in keys if key)


def dangling(sheet: AnswerSheet) -> list[tuple[Reference, str]]:
    """The references whose row does not exist, each with a sentence about it."""
    pointing_nowhere = []
    known: dict[tuple[str, ...], list[str]] = {}
    for reference in references(sheet):
        field, key = reference.field, reference.key
        if field.points_at not in known:
            known[field.points_at] = [known_key for known_key, _ in choices(field, sheet)]
        keys = known[field.points_at]
        if key not in keys and not any(same(key, known_key) for known_key in keys):
            sentence = f"”{field.text}” pekar på ”{key}”, som inte finns. {did_you_mean(key, keys)}".strip()
            pointing_nowhere.append((reference, sentence))
    return pointing_nowhere
