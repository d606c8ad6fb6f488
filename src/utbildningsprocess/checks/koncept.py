"""Rules for Koncept: that goals, activities and measures hang together before, during and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ACTIVITIES,
    CONSULTATION,
    DAYS_UNTIL_USE,
    GAP_EVIDENCE,
    GOALS,
    MANAGER_ACTIONS,
    MEASURES,
    OTHER_ACTIONS,
    WANTED_BEHAVIOURS,
)
from utbildningsprocess.answers.cells import number_in, pointing, text_in
from utbildningsprocess.checks.case import Case, Hit, Hits, row_hit, rows_without_target, unmet_rows
from utbildningsprocess.checks.wording import invisible
from utbildningsprocess.model import Unknown
from utbildningsprocess.plan.cost_words import rounded_sum, shifts_in_words, stated_hours
from utbildningsprocess.steps import ANALYSIS, CONCEPT
from utbildningsprocess.swedish import format_number, grouped, joined

if TYPE_CHECKING:
    from utbildningsprocess.model import Row

PHASE_WORDS = {"fore": "före", "under": "under", "efter": "efter"}
_TO_BE_DONE = ("tillampa", "utfora", "samspela", "valja_att_gora", "analysera", "vardera", "skapa")
"""Levels of a goal above remembering and understanding."""
APPLICATION = "7_tillampning"
_WEEK_DAYS, _TWO_WEEKS = 7, 14
_DIGITAL = ("digital", "distans")
_ACTIVE_FORMS = (
    *("handledning", "larpar", "auskultation", "forbattring"),
    *("fardighetstraning", "simulering", "workshop"),
)
"""Forms in which the participant does something, where nobody has said otherwise."""
_CHANGING_WORK = ("organisation", "bemanning")
_NOT_CLEAR = ("", "vet_inte", "behovs_inte")
_UNSURE = ("vi_tror", "nytt_arbetssatt", "vet_inte")


def goals_without_activity(case: Case) -> Hits:
    """Learning goals that no activity trains."""
    return unmet_rows(case, GOALS, case.rows(ACTIVITIES), "mal")


def goals_without_measure(case: Case) -> Hits:
    """Learning goals that nothing measures."""
    return unmet_rows(case, GOALS, case.rows(MEASURES), "avser")


def goals_without_behaviour(case: Case) -> Hits:
    """Learning goals that lead to no behaviour of the analysis."""
    if case.begun(ANALYSIS):
        yield from rows_without_target(case, GOALS, "beteende", case.filled(WANTED_BEHAVIOURS))


def goals_that_cannot_be_judged(case: Case) -> Hits:
    """Learning goals that do not say how well, or what to look for."""
    for goal in case.filled(GOALS):
        word = invisible(text_in(goal, "kunna"))
        lacks = [] if text_in(goal, "kriterium") else ["saknar kriterium"]
        unseen = ["börjar med något som inte syns"] if word else []
        if lacks or unseen:
            quoted = joined([*lacks, *(f"{words} (”{word}”)" for words in unseen)])
            yield row_hit(GOALS, goal, {"brist": quoted}, brist=joined([*lacks, *unseen]))


def activities_without_goal(case: Case) -> Hits:
    """Activities that train no goal."""
    return rows_without_target(case, ACTIVITIES, "mal", case.filled(GOALS))


def phases_without_activity(case: Case) -> Hits:
    """The parts of the journey, before, during or after, in which nothing happens."""
    if activities := case.filled(ACTIVITIES):
        yield from _missing_phases(ACTIVITIES, {text_in(activity, "fas") for activity in activities})


def everything_at_once(case: Case) -> Hits:
    """Activities so close in time that they are one occasion."""
    weeks = [number_in(activity, "vecka") for activity in case.filled(ACTIVITIES)]
    known = [week for week in weeks if week is not None]
    if not known or len(known) < len(weeks):
        return
    days = (max(known) - min(known)) * _WEEK_DAYS
    if days < _TWO_WEEKS:
        yield Hit(ACTIVITIES, words={"dagar": grouped(max(days, _WEEK_DAYS))})


def goals_without_practice(case: Case) -> Hits:
    """Goals that are to be done, trained only by activities in which nobody does anything."""
    for goal in case.filled(GOALS):
        training = pointing(case.rows(ACTIVITIES), "mal", goal)
        active = any(activity.values.get("aktiv", _by_form(activity)) is True for activity in training)
        if text_in(goal, "niva") in _TO_BE_DONE and training and not active:
            yield row_hit(GOALS, goal)


def _by_form(activity: Row) -> bool:
    """Whether an activity of its form is one where the participant does something."""
    return text_in(activity, "form") in _ACTIVE_FORMS


def no_measure_of_application(case: Case) -> Hits:
    """A plan to measure, but nothing in the work itself."""
    measures = case.filled(MEASURES)
    if measures and not any(text_in(measure, "niva") == APPLICATION for measure in measures):
        yield Hit(MEASURES)


def phases_without_manager(case: Case) -> Hits:
    """The parts of the journey in which the nearest manager has nothing to do."""
    if case.filled(ACTIVITIES):
        done = [row for row in case.rows(MANAGER_ACTIONS) if text_in(row, "handling")]
        yield from _missing_phases(MANAGER_ACTIONS, {text_in(row, "fas") for row in done})


def long_until_use(case: Case) -> Hits:
    """A long wait until what was learnt is used."""
    days = case.number(DAYS_UNTIL_USE)
    if days is not None and days > _TWO_WEEKS:
        yield Hit(DAYS_UNTIL_USE, words={"dagar": format_number(days)})


def consultation_not_clear(case: Case) -> Hits:
    """Changes of organisation or staffing that have not been consulted on."""
    changes = any(text_in(row, "typ") in _CHANGING_WORK for row in case.rows(OTHER_ACTIONS))
    if case.begun(CONCEPT) and changes and case.text(CONSULTATION) in _NOT_CLEAR:
        yield Hit(CONSULTATION)


def much_time(case: Case) -> Hits:
    """So many participants' hours that their value should be said."""
    price = case.price
    if price and price.hours > case.limits["tidsvarning_timmar"]:
        worth = rounded_sum(price.time_value)
        words = {"timmar": stated_hours(price), "pass": shifts_in_words(price), "kr": worth}
        yield Hit(ACTIVITIES, words=words)


def much_time_on_a_guess(case: Case) -> Hits:
    """So many participants' hours, for a need nobody has seen, that a pilot should come first."""
    evidence = "vet_inte" if isinstance(case.applying.get(GAP_EVIDENCE), Unknown) else case.text(GAP_EVIDENCE)
    limit = case.limits["pilotgrans_timmar"]
    if case.price and case.price.hours > limit and evidence in _UNSURE:
        words = {"grans": grouped(limit), "belagg": case.label(GAP_EVIDENCE, evidence)}
        yield Hit(GAP_EVIDENCE, words=words)


def all_of_one_kind(case: Case) -> Hits:
    """Activities that are all digital, or none of them."""
    forms = [text_in(activity, "form") for activity in case.filled(ACTIVITIES)]
    digital = sum(form in _DIGITAL for form in forms)
    if len(forms) > 1 and all(forms) and digital in (0, len(forms)):
        yield Hit(ACTIVITIES)


def _missing_phases(qid: str, present: set[str]) -> Hits:
    missing = (phase for phase in PHASE_WORDS if phase not in present)
    return (Hit(qid, phase, {"fas": PHASE_WORDS[phase]}) for phase in missing)
