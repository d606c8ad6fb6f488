"""Rules for the whole dossier: no traces of real people in what is written, and Esther from first to last."""

from __future__ import annotations

from itertools import chain, combinations
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import ESTHER_ASKED, ESTHER_IN_PLAN, VALUE_GAINED
from utbildningsprocess.checks.case import Case, Hit, Hits
from utbildningsprocess.checks.wording import mentions_people
from utbildningsprocess.diagnosis.respondents import people_asked
from utbildningsprocess.personal import contacts, divided_numbers, may_hold_number, personal_numbers
from utbildningsprocess.steps import CONCEPT
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


def personal_number_in_text(case: Case) -> Hits:
    """Texts with a personal identity number, which is not said again."""
    for qid, row, texts in case.texts:
        if names := fields_with_numbers(texts):
            yield Hit(qid, row, {"falt": _quoted(names)})


def contact_in_text(case: Case) -> Hits:
    """Texts with an e-mail address or a telephone number."""
    for qid, row, texts in case.texts:
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
    if not may_hold_number(texts.values()):
        return []
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
