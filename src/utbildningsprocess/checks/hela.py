"""Rules for the whole dossier: no traces of real people in anything anybody has written."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.addresses import INITIATIVE_TITLE
from utbildningsprocess.checks.model import Hit
from utbildningsprocess.model import Given, Row, Skipped, Unfit, Unknown
from utbildningsprocess.personal import contacts, personal_numbers
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.model import Answer, Question

    Find = Callable[[str], tuple[str, ...]]

_OWN_FIELD = "ett eget fält"
_OUTSIDE = "”titeln eller texten utanför svaren”"


def personal_number_in_text(case: Case) -> Iterator[Hit]:
    """Texts with a personal identity number."""
    for place in _places(case, personal_numbers):
        yield Hit(place.qid, place.row, {"falt": place.fields})


def contact_in_text(case: Case) -> Iterator[Hit]:
    """Texts with an e-mail address or a telephone number."""
    for place in _places(case, contacts):
        yield Hit(place.qid, place.row, {"falt": place.fields, "vad": place.kinds})


class _Place(NamedTuple):
    """Where people have left traces: a question or one row of it, the fields, and what kinds of traces."""

    qid: str
    row: str
    fields: str
    kinds: str


def _places(case: Case, find: Find) -> Iterator[_Place]:
    """Every place where `find` finds anything: the text outside the answers, a question, a row."""
    if outside := find(case.outside):
        yield _Place(INITIATIVE_TITLE, "", _OUTSIDE, joined(dict.fromkeys(outside)))
    for qid, answer in case.answers.items():
        question = case.battery.question(qid)
        for row, texts in written_texts(question, qid, answer):
            traces = {name: finds for name, words in texts.items() if (finds := find(words))}
            if traces:
                kinds = dict.fromkeys(chain.from_iterable(traces.values()))
                yield _Place(qid, row, joined(f"”{name}”" for name in traces), joined(kinds))


def written_texts(
    question: Question | None, qid: str, answer: Answer
) -> Iterator[tuple[str, dict[str, str]]]:
    """What somebody has written: each row with its texts by field; at last, as row "", what is in no row."""
    match answer:
        case Given(value):
            rows = value if isinstance(value, tuple) else ()
            yield from ((row.id, _cells(question, row)) for row in rows if isinstance(row, Row))
            words = _words(value)
        case Skipped(words) | Unknown(words) | Unfit(words):
            pass
        case _:
            assert_never(answer)
    yield "", {question.text if question else qid: words}


def _cells(question: Question | None, row: Row) -> dict[str, str]:
    """The texts of a row by the name of their field, those that do not fit with the others.

    A field that somebody has made up is not named: its name is their own words.
    """
    names = {field.id: field.text for field in question.fields} if question else {}
    written = [*((key, _words(value)) for key, value in row.values.items()), *row.unfit.items()]
    cells: dict[str, str] = {}
    for key, words in written:
        name = names.get(key, _OWN_FIELD)
        label = "" if key in names else key
        cells[name] = "\n".join(filter(None, [cells.get(name), label, words]))
    return cells


def _words(value: object) -> str:
    """The texts that a value holds, one a line."""
    values = value if isinstance(value, tuple) else (value,)
    return "\n".join(text for text in values if isinstance(text, str))
