"""Rules for Behov: a need that can be seen, counted and felt by Esther."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import AIM, DEMAND, DEMAND_SOURCE, EFFECT_MEASURES, VALUE_FOR_ESTHER, WHY
from utbildningsprocess.answers.cells import filled_rows, meaningful, text_in
from utbildningsprocess.checks.model import Hit
from utbildningsprocess.steps import NEED
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.checks.case import Case

_DEMANDS = ("lag_foreskrift", "avtal_certifiering", "internt_beslut")
_SHORT = 60
"""Characters: less than this about Esther says little."""
_SOLUTION = re.compile(r"\b(?:(?:utbild|webbutbild|kurs|föreläs|workshop)\w*|e-learning)\b", re.IGNORECASE)


def no_effect_measure(case: Case) -> Iterator[Hit]:
    """A need without anything to measure it by."""
    if case.begun(NEED) and not filled_rows(case.rows(EFFECT_MEASURES)):
        yield Hit(EFFECT_MEASURES)


def incomplete_effect_measures(case: Case) -> Iterator[Hit]:
    """Measures that do not say from what, to what and when."""
    for row in filled_rows(case.rows(EFFECT_MEASURES)):
        if not (text_in(row, "nulage") and text_in(row, "mal") and row.values.get("nar")):
            yield Hit(EFFECT_MEASURES, row.id, {"id": row.id})


def solution_as_need(case: Case) -> Iterator[Hit]:
    """Needs that already name their solution."""
    for qid in (WHY, AIM):
        if word := _SOLUTION.search(nfc(case.text(qid))):
            yield Hit(qid, raw={"ord": word[0]})


def little_about_esther(case: Case) -> Iterator[Hit]:
    """A benefit for Esther in too few words to picture it."""
    answer = case.text(VALUE_FOR_ESTHER)
    if answer and len(meaningful(answer)) < _SHORT:
        yield Hit(VALUE_FOR_ESTHER)


def demand_without_source(case: Case) -> Iterator[Hit]:
    """A demand that nobody has looked up."""
    if case.text(DEMAND) in _DEMANDS and not meaningful(case.text(DEMAND_SOURCE)):
        yield Hit(DEMAND_SOURCE)
