"""The options of a choice: which are offered, and which do not go together."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.rows import rows_in
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.model import Item, Option, Question, Value


class Clash(NamedTuple):
    """Options that are chosen together and do not go together, in a sentence, and the row they stand in."""

    row_id: str
    sentence: str


def clashes(question: Question, value: Value) -> Iterator[Clash]:
    """Every clash in an answer; it is read as it stands, for it may have been written before it was one."""
    yield from (Clash("", sentence) for sentence in _clash(question, value))
    excluding = [field for field in question.fields if any(option.excludes for option in field.options)]
    for row in rows_in(value) if excluding else ():
        for field in excluding:
            sentences = _clash(field, row.values.get(field.id, ()))
            yield from (Clash(row.id, f"{field.name}: {sentence}") for sentence in sentences)


def _clash(item: Item, value: object) -> Iterator[str]:
    for option in beside_others(item, value if isinstance(value, tuple) else ()):
        yield f"”{option.label}” går inte ihop med andra val. Ta bort det ena."


def beside_others(item: Item, chosen: Sequence[object]) -> list[Option]:
    """The chosen options that exclude all others, when there are others."""
    return [option for option in item.options if option.excludes and option.id in chosen and len(chosen) > 1]


def without_excluding(item: Item, chosen: Sequence[str]) -> tuple[list[str], str]:
    """What is chosen without the options that exclude others, and a sentence when there were such ones.

    Nothing is left when all of them exclude each other.
    """
    gone = beside_others(item, chosen)
    kept = [key for key in chosen if key not in [option.id for option in gone]]
    names = joined(f"”{option.label}”" for option in gone)
    if not gone:
        return kept, ""
    if not kept:
        return kept, f"{names} går inte ihop. Välj ett av dem."
    return kept, f"{names} går inte ihop med andra val och togs bort."
