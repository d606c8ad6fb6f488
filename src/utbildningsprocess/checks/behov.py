"""Rules for Behov: a need that can be seen, counted and felt by Esther."""

from __future__ import annotations

from utbildningsprocess.addresses import (
    AIM,
    DEMAND,
    DEMAND_SOURCE,
    EFFECT_MEASURES,
    IF_NOTHING_IS_DONE,
    NEEDED_BY,
    TRIGGERS,
    VALUE_FOR_ESTHER,
    WHY,
)
from utbildningsprocess.answers.cells import is_said
from utbildningsprocess.answers.unknown import is_unknown
from utbildningsprocess.checks.case import Case, Hit, Hits, row_hit
from utbildningsprocess.checks.wording import is_empty_value, solution_in
from utbildningsprocess.model import given_value
from utbildningsprocess.steps import NEED
from utbildningsprocess.swedish import joined

DEMANDS = ("lag_foreskrift", "avtal_certifiering", "internt_beslut")
_SHOULD_SAY = {"nulage": "nuläge", "mal": "mål", "nar": "datum"}


def no_effect_measure(case: Case) -> Hits:
    """A need without anything to measure it by."""
    if case.begun(NEED) and not case.filled(EFFECT_MEASURES):
        yield Hit(EFFECT_MEASURES)


def incomplete_effect_measures(case: Case) -> Hits:
    """Measures that do not say from what, to what and when; the date when all is to work is theirs too."""
    has_date = NEEDED_BY in case.applying and bool(given_value(case.applying[NEEDED_BY]))
    for row in case.filled(EFFECT_MEASURES):
        said = {"nar"} if has_date else set()
        said.update(field for field in _SHOULD_SAY if is_said(row, field))
        if missing := [words for field, words in _SHOULD_SAY.items() if field not in said]:
            yield row_hit(EFFECT_MEASURES, row, saknas=joined(missing))


def solution_as_need(case: Case) -> Hits:
    """Needs that already name their solution."""
    for qid in (WHY, AIM):
        if word := solution_in(case.text(qid)):
            yield Hit(qid, raw={"ord": word})


def little_about_esther(case: Case) -> Hits:
    """A benefit for Esther in too few words with content to picture it."""
    answer = case.text(VALUE_FOR_ESTHER)
    if answer and is_empty_value(answer, case.sheet.battery.esther):
        yield Hit(VALUE_FOR_ESTHER)


def demand_without_source(case: Case) -> Hits:
    """A demand that nobody has looked up, or a law that is named though nobody knows which."""
    demand = case.text(DEMAND)
    if demand in DEMANDS and not case.text(DEMAND_SOURCE):
        yield Hit(DEMAND_SOURCE)
    named = "lagkrav" in case.several(TRIGGERS) or case.text(IF_NOTHING_IS_DONE) == "kravbrott"
    if is_unknown(case.applying.get(DEMAND)) and named:
        yield Hit(DEMAND)
