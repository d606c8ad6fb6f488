"""What somebody has written in an answer, row by row and field by field, whatever the answer is."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.model import Given, Row, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utbildningsprocess.model import Answer, Question

_OWN_FIELD = "ett eget fält"


def written_texts(
    question: Question | None, qid: str, answer: Answer
) -> Iterator[tuple[str, dict[str, str]]]:
    """What somebody has written: each row with its texts by field; at last, as row "", what is in no row."""
    match answer:
        case Given(value):
            names = {field.id: field.text for field in question.fields} if question else {}
            rows = value if isinstance(value, tuple) else ()
            yield from ((row.id, _cells(names, row)) for row in rows if isinstance(row, Row))
            words = _words(value)
        case Skipped(words) | Unknown(words) | Unfit(words):
            pass
        case _:
            assert_never(answer)
    yield "", {question.text if question else qid: words}


def _cells(names: Mapping[str, str], row: Row) -> dict[str, str]:
    """The texts of a row by the name of their field, those that do not fit with the others.

    A field that somebody has made up is not named: its name is their own words.
    """
    written = [
        *((key, _words(value)) for key, value in row.values.items()),
        *row.unfit.items(),
        *row.unknown.items(),
    ]
    cells: dict[str, str] = {}
    for key, words in written:
        if key in names and names[key] not in cells:
            cells[names[key]] = words
            continue
        name = names.get(key, _OWN_FIELD)
        label = "" if key in names else key
        cells[name] = "\n".join(filter(None, [cells.get(name), label, words]))
    return cells


def _words(value: object) -> str:
    """The texts and numbers that a value holds, one a line."""
    if isinstance(value, str):
        return value
    values = value if isinstance(value, tuple) else (value,)
    return "\n".join(
        text if isinstance(text, str) else format_number(text)
        for text in values
        if isinstance(text, str | int | float) and not isinstance(text, bool)
    )
