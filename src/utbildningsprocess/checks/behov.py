"""Rules for Behov: a need that can be seen, counted and felt by Esther."""

from __future__ import annotations

import re

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
from utbildningsprocess.answers.cells import meaningful, text_in
from utbildningsprocess.checks.case import Case, Hit, Hits, row_hit
from utbildningsprocess.model import given_value
from utbildningsprocess.steps import NEED
from utbildningsprocess.swedish import nfc

_DEMANDS = ("lag_foreskrift", "avtal_certifiering", "internt_beslut")
_SHORT = 60
"""Characters: less than this about Esther says little."""
_SOLUTION = re.compile(r"\b(?:(?:utbild|webbutbild|kurs|föreläs|workshop)\w*|e-learning)\b", re.IGNORECASE)


def no_effect_measure(case: Case) -> Hits:
    """A need without anything to measure it by."""
    if case.begun(NEED) and not case.filled(EFFECT_MEASURES):
        yield Hit(EFFECT_MEASURES)


def incomplete_effect_measures(case: Case) -> Hits:
    """Measures that do not say from what, to what and when; the date when all is to work is theirs too."""
    has_date = NEEDED_BY in case.applying and bool(given_value(case.applying[NEEDED_BY]))
    for row in case.filled(EFFECT_MEASURES):
        if not (text_in(row, "nulage") and text_in(row, "mal") and (row.values.get("nar") or has_date)):
            yield row_hit(EFFECT_MEASURES, row)


def solution_as_need(case: Case) -> Hits:
    """Needs that already name their solution."""
    for qid in (WHY, AIM):
        if word := _SOLUTION.search(nfc(case.text(qid))):
            yield Hit(qid, raw={"ord": word[0]})


def little_about_esther(case: Case) -> Hits:
    """A benefit for Esther in too few words to picture it."""
    answer = case.text(VALUE_FOR_ESTHER)
    if answer and len(meaningful(answer)) < _SHORT:
        yield Hit(VALUE_FOR_ESTHER)


def demand_without_source(case: Case) -> Hits:
    """A demand that nobody has looked up, or a law that is named though nobody knows which."""
    demand = case.text(DEMAND)
    if demand in _DEMANDS and not meaningful(case.text(DEMAND_SOURCE)):
        yield Hit(DEMAND_SOURCE)
    named = "lagkrav" in case.several(TRIGGERS) or case.text(IF_NOTHING_IS_DONE) == "kravbrott"
    if demand == "vet_inte" and named:
        yield Hit(DEMAND)
