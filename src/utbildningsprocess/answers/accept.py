"""An answer in and out: a raw value accepted, or refused with a sentence, and a valid value in words.

What somebody types, what stands in a dossier and what an answers file holds all go through `accept`, so no
way in takes what another refuses. How each kind of question does it stands in `kinds.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.answers.faults import wrong
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.answers.options import clashes
from utbildningsprocess.answers.periods import spoken_date
from utbildningsprocess.answers.unknown import UNKNOWN_FIELDS
from utbildningsprocess.model import Period, Question, Row, TimeSpan, first_day, last_day

if TYPE_CHECKING:
    from utbildningsprocess.model import Item, Value

EMPTY_ANSWER = "Svaret är tomt. Skriv något, eller hoppa över frågan."


def accept(item: Item, raw: object, today: date | None) -> Value:
    """The valid answer in `raw`: text as typed, or a value from YAML or JSON.

    Without `today`, dates must say their year. Raises Invalid with every fault of a group at once.
    """
    value = handling(item.kind).read(item, raw, today)
    if isinstance(item, Question) and value in ("", ()):
        raise wrong(EMPTY_ANSWER)
    return value


def editable(item: Item, value: Value | None) -> str:
    """A value as the text a person edits; what stands in a file but is no answer is such a text already."""
    if value is None or isinstance(value, str):
        return value or ""
    return handling(item.kind).edit(value)


def show(item: Item, value: Value) -> str:
    """The value in one line of plain text, as a person would say it."""
    return handling(item.kind).show(item, value)


def understood(item: Item, text: str, value: Value) -> str:
    """What to say of how a typed text was understood; empty when there is nothing to say."""
    return handling(item.kind).echo(item, text, value)


def told_of(question: Question, raw: object, value: Value) -> list[str]:
    """What to say of how the texts in a raw value were understood, of each row by its number."""
    return [*_told_of_texts(question, raw, value), *(clash.sentence for clash in clashes(question, value))]


def _told_of_texts(question: Question, raw: object, value: Value) -> list[str]:
    if not isinstance(raw, (list, tuple)):
        echo = _told(question, raw, value) if isinstance(raw, str) else ""
        return [echo] if echo else []
    told = []
    rows = value if isinstance(value, tuple) else ()
    for number, (given, row) in enumerate(zip(raw, rows, strict=False), 1):
        if not isinstance(given, Mapping) or not isinstance(row, Row):
            continue
        for field in question.fields:
            text, cell = given.get(field.id), row.values.get(field.id)
            echo = _told(field, text, cell) if isinstance(text, str) and cell is not None else ""
            told += [f"rad {number}, {field.name}: {echo}"] if echo else []
    return told


def _told(item: Item, text: str, value: Value) -> str:
    if isinstance(value, (date, Period)):
        return "" if text.strip() == str(value) else f"Datumet är {spoken_date(value)}."
    return understood(item, text, value)


def plain_value(item: Item, value: Value) -> object:
    """The value as JSON holds it: dates in ISO form, rows with their id where the group has ids.

    A date that may be approximate is its words, its first and its last day, also where the day is known.
    """
    match value:
        case date() | Period() if item.approximate:
            return {"ord": str(value), "forsta": str(first_day(value)), "sista": str(last_day(value))}
        case date() | Period() | TimeSpan():
            return str(value)
        case tuple():
            return [_plain_row(item, row) if isinstance(row, Row) else row for row in value]
        case str() | bool() | int() | float() | dict():
            return value
        case _:
            assert_never(value)


def _plain_row(item: Item, row: Row) -> dict[str, object]:
    if not isinstance(item, Question):
        raise TypeError(item.kind)  # only a question has rows
    fields = {key: plain_value(item.field(key), value) for key, value in row.values.items()}
    unknown = {UNKNOWN_FIELDS: dict(row.unknown)} if row.unknown else {}
    return {**({"id": row.id} if item.row_prefix else {}), **fields, **unknown}
