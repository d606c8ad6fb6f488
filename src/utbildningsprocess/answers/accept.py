"""An answer in and out: a raw value accepted, or refused with a sentence, and a valid value in words.

What somebody types, what stands in a dossier and what an answers file holds all go through `accept`, so no
way in takes what another refuses. How each kind of question does it stands in `kinds.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.answers.faults import Fault, Invalid
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.model import Question

if TYPE_CHECKING:
    from datetime import date

    from utbildningsprocess.model import Item, Value


def accept(item: Item, raw: object, today: date | None) -> Value:
    """The valid answer in `raw`: text as typed, or a value from YAML or JSON.

    Without `today`, dates must say their year. Raises Invalid with every fault of a group at once.
    """
    value = handling(item.kind).read(item, raw, today)
    if isinstance(item, Question) and value in ("", ()):
        raise Invalid([Fault((), "Svaret är tomt. Skriv något, eller hoppa över frågan.")])
    return value


def editable(item: Item, value: Value | None) -> str:
    """A value as the text a person edits; what stands in a file but is no answer is such a text already."""
    if value is None or isinstance(value, str):
        return value or ""
    return handling(item.kind).edit(value)


def show(item: Item, value: Value) -> str:
    """The value in one line of plain text, as a person would say it."""
    return handling(item.kind).show(item, value)


def plain_value(item: Item, value: Value) -> object:
    """The value as JSON holds it: dates in ISO form, rows with their id where the group has ids."""
    return handling(item.kind).plain(item, value)
