"""Rules for Behov: a need that can be seen, counted and felt by Esther."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ACTIVITIES,
    AIM,
    DEMAND,
    DEMAND_SOURCE,
    EFFECT_MEASURES,
    FIRST_OCCASION,
    IF_NOTHING_IS_DONE,
    NEEDED_BY,
    TRIGGERS,
    VALUE_FOR_ESTHER,
    WHY,
)
from utbildningsprocess.answers.cells import date_in, is_said, number_in
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.answers.unknown import is_unknown
from utbildningsprocess.checks.case import Case, Hit, Hits, row_hit
from utbildningsprocess.checks.wording import is_empty_value, solution_in
from utbildningsprocess.model import When, first_day, given_value, last_day
from utbildningsprocess.plan.weeks import first_week_zero
from utbildningsprocess.steps import NEED
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from datetime import date

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


def due_before_it_begins(case: Case) -> Hits:
    """Effects that are to be there before anybody has begun to learn."""
    begins, start = _begins(case)
    if begins is None:
        return
    for row in case.filled(EFFECT_MEASURES):
        if (on := date_in(row, "nar")) and last_day(on) < begins:
            words = {"vad": f"Måttet {row.id}", "datum": date_in_short(on), "start": start}
            yield Hit(EFFECT_MEASURES, row.id, words)
    needed = case.value(NEEDED_BY)
    if isinstance(needed, When) and last_day(needed) < begins:
        words = {"vad": "Svaret om när det ska fungera", "datum": date_in_short(needed), "start": start}
        yield Hit(NEEDED_BY, words=words)


def _begins(case: Case) -> tuple[date | None, str]:
    """The first day of the learning, of what comes before the occasions too, and the day in words.

    None when nobody has said it; where only a month or so is said, it is the earliest that it can be.
    """
    said, zero = case.value(FIRST_OCCASION), first_week_zero(case.applying)
    day = zero.day if zero else first_day(said) if isinstance(said, When) else None
    weeks = (number_in(row, "vecka") or 0 for row in case.filled(ACTIVITIES))
    try:
        begins = day + timedelta(weeks=min(0, 0, *weeks)) if day else None
    except OverflowError:
        begins = None
    if begins is None:
        return None, ""
    return begins, date_in_short(begins) if zero else f"tidigast {date_in_short(begins)}"
