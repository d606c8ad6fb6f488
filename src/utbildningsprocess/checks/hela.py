"""Rules for the whole dossier: no traces of real people in what is written, and Esther from first to last."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.addresses import (
    ESTHER_ASKED,
    ESTHER_IN_PLAN,
    INITIATIVE_TITLE,
    VALUE_GAINED,
)
from utbildningsprocess.checks.case import Case, Hit, Hits
from utbildningsprocess.checks.wording import mentions_people
from utbildningsprocess.diagnosis.respondents import people_asked
from utbildningsprocess.model import Given, Row, Skipped, Unfit, Unknown
from utbildningsprocess.personal import contacts, divided_numbers, personal_numbers
from utbildningsprocess.steps import CONCEPT
from utbildningsprocess.swedish import format_number, joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from utbildningsprocess.model import Answer, Question

_OWN_FIELD = "ett eget fält"
_OUTSIDE = "titeln eller texten utanför svaren"


def personal_number_in_text(case: Case) -> Hits:
    """Texts with a personal identity number, which is not said again."""
    for qid, row, texts in _texts(case):
        if names := fields_with_numbers(texts):
            yield Hit(qid, row, {"falt": _quoted(names)})


def contact_in_text(case: Case) -> Hits:
    """Texts with an e-mail address or a telephone number."""
    for qid, row, texts in _texts(case):
        if traces := {name: ways for name, text in texts.items() if (ways := contacts(text))}:
            written = dict(chain.from_iterable(traces.values()))
            quoted = joined(f"{kind} (”{text}”)" for kind, text in written.items())
            yield Hit(qid, row, {"falt": _quoted(traces), "vad": joined(written)}, {"vad": quoted})


def esther_only_at_first(case: Case) -> Hits:
    """Somebody of own experience who was to be asked and was not, or who has no part in what came of it."""
    esther = case.sheet.battery.esther
    asked = {*map(str, case.several(ESTHER_ASKED)), case.text(ESTHER_ASKED)}
    is_in_plan = "esther" in people_asked(case.sheet.answers) or case.text(ESTHER_IN_PLAN)
    if "nej_men_planerat" in asked and case.begun(CONCEPT) and not is_in_plan:
        yield Hit(ESTHER_ASKED, words={"lage": f"Ni planerade att fråga {esther}, men det är inte gjort än"})
    was_asked = any(answer.startswith("ja_") for answer in asked)
    value = case.text(VALUE_GAINED)
    if was_asked and value and not mentions_people(value, esther):
        yield Hit(VALUE_GAINED, words={"lage": f"Svaret om värde säger inte vad {esther} märker"})


def fields_with_numbers(texts: Mapping[str, str], known: Collection[str] = ()) -> list[str]:
    """The names of the texts with a personal identity number that is not known; two, when it is divided."""
    alone = [name for name, text in texts.items() if {*personal_numbers(text)} - {*known}]
    divided = [
        name
        for pair in combinations(texts, 2)
        if not {*pair} & {*alone} and {*divided_numbers(*(texts[name] for name in pair))} - {*known}
        for name in pair
    ]
    return list(dict.fromkeys([*alone, *divided]))


def _quoted(names: Iterable[str]) -> str:
    return joined(f"”{name}”" for name in names)


def _texts(case: Case) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Every question, or row of one, with what is written there; first what stands outside the answers."""
    yield INITIATIVE_TITLE, "", {_OUTSIDE: case.outside}
    for qid, answer in case.sheet.answers.items():
        for row, texts in written_texts(case.sheet.battery.known(qid), qid, answer):
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
    written = [
        *((key, _words(value)) for key, value in row.values.items()),
        *row.unfit.items(),
        *row.unknown.items(),
    ]
    cells: dict[str, str] = {}
    for key, words in written:
        name = names.get(key, _OWN_FIELD)
        label = "" if key in names else key
        cells[name] = "\n".join(filter(None, [cells.get(name), label, words]))
    return cells


def _words(value: object) -> str:
    """The texts and numbers that a value holds, one a line."""
    values = value if isinstance(value, tuple) else (value,)
    return "\n".join(
        text if isinstance(text, str) else format_number(text)
        for text in values
        if isinstance(text, str | int | float) and not isinstance(text, bool)
    )
