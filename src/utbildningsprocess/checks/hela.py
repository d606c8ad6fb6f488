"""Rules for the whole dossier: no traces of real people in anything anybody has written."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.addresses import INITIATIVE_TITLE
from utbildningsprocess.checks.case import Case, Hit, Hits
from utbildningsprocess.model import Given, Row, Skipped, Unfit, Unknown
from utbildningsprocess.personal import contacts, personal_numbers
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utbildningsprocess.model import Answer, Question

_OWN_FIELD = "ett eget fält"
_OUTSIDE = "titeln eller texten utanför svaren"


def personal_number_in_text(case: Case) -> Hits:
    """Texts with a personal identity number, which is not said again."""
    return _hits(case, personal_numbers)


def contact_in_text(case: Case) -> Hits:
    """Texts with an e-mail address or a telephone number."""
    return _hits(case, contacts, says_what=True)


def _hits(case: Case, find: Callable[[str], tuple[str, ...]], *, says_what: bool = False) -> Hits:
    """A hit on every question, or row of one, in whose texts anything is found."""
    for qid, row, texts in _texts(case):
        if traces := {name: finds for name, text in texts.items() if (finds := find(text))}:
            kinds = joined(dict.fromkeys(chain.from_iterable(traces.values())))
            fields = {"falt": joined(f"”{name}”" for name in traces)}
            yield Hit(qid, row, fields | {"vad": kinds} if says_what else fields)


def _texts(case: Case) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every question, or row of one, with what is written there; first what stands outside the answers."""
    yield INITIATIVE_TITLE, "", {_OUTSIDE: case.outside}
    for qid, answer in case.sheet.answers.items():
        for row, texts in written_texts(case.sheet.battery.question(qid), qid, answer):
            yield qid, row, texts


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
