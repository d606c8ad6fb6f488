"""Rules for Koncept: that goals, activities and measures hang together before, during and after."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ACTIVITIES,
    CONSULTATION,
    DAYS_UNTIL_USE,
    DEMAND,
    DEMAND_INTERVAL,
    DEMAND_PROOF,
    DEMAND_SOURCE,
    EVERYDAY_AFTERWARDS,
    FEWEST_IN_SURVEY,
    GAP_EVIDENCE,
    GOALS,
    MANAGER_ACTIONS,
    MEASURES,
    OTHER_ACTIONS,
    PEER_SUPPORT,
    SHORTEST_FOR_DEMAND,
    SURVEY_ANSWERS,
    TARGET_GROUPS,
    WANTED_BEHAVIOURS,
)
from utbildningsprocess.answers.cells import is_said, number_in, pointing, several_in, text_in
from utbildningsprocess.answers.unknown import UNKNOWN_OPTION, is_unknown
from utbildningsprocess.checks.case import (
    Case,
    Hit,
    Hits,
    row_hit,
    rows_without_target,
    statements_in_quotes,
    unmet_rows,
)
from utbildningsprocess.checks.wording import asks_in_writing, goes_on, invisible, says_no_course_is_asked
from utbildningsprocess.diagnosis.respondents import MUCH
from utbildningsprocess.plan.cost_words import rounded_sum, shifts_in_words, stated_hours
from utbildningsprocess.steps import ANALYSIS, CONCEPT
from utbildningsprocess.swedish import format_number, grouped, joined, same, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.model import Row

PHASE_WORDS = {"fore": "före", "under": "under", "efter": "efter"}
_TO_BE_DONE = ("tillampa", "utfora", "samspela", "valja_att_gora", "analysera", "vardera", "skapa")
"""Levels of a goal above remembering and understanding."""
APPLICATION = "7_tillampning"
_WEEK_DAYS, _TWO_WEEKS = 7, 14
_DIGITAL = ("digital", "distans")
_ALL_DIGITAL, _NONE_DIGITAL = "Alla aktiviteter är digitala", "Ingen aktivitet är digital"
_ACTIVE_FORMS = (
    *("handledning", "larpar", "auskultation", "forbattring"),
    *("fardighetstraning", "simulering", "workshop"),
)
"""Forms in which the participant does something, where nobody has said otherwise."""
_CHANGING_WORK = ("organisation", "bemanning")
_NOT_CLEAR = ("", "vet_inte", "behovs_inte")
_FROM_OUTSIDE = ("lag_foreskrift", "avtal_certifiering")
_OF_THE_YEAR = 20
"""A first occasion as many weeks from the start is rather in a week of the calendar."""
_LASTING = ("handledning", "bemanning", "organisation", "ledarskap")
"""Other actions that change every day."""
_ABLE_TO_DO = ("s03", "s04", "s05", "s18")
"""The statements that something is hard to do, rare, done together or said under pressure."""
_TO_KNOW = ("minnas", "forsta")
_FEWEST = 5
"""People in a group that answers a survey, unless another number is answered."""
_SPREAD_ENOUGH = ("", "arbetsplatsen", "digitalt")
"""Rooms to be alone with: at work is where it is used, and all digital is another finding."""
_UNSURE = ("vi_tror", "nytt_arbetssatt", "vet_inte")


def goals_without_activity(case: Case) -> Hits:
    """Learning goals that no activity trains."""
    return unmet_rows(case, GOALS, ACTIVITIES, "mal")


def goals_without_measure(case: Case) -> Hits:
    """Learning goals that nothing measures."""
    return unmet_rows(case, GOALS, MEASURES, "avser")


def goals_without_behaviour(case: Case) -> Hits:
    """Learning goals that lead to no behaviour of the analysis."""
    if case.begun(ANALYSIS):
        yield from rows_without_target(case, GOALS, "beteende", WANTED_BEHAVIOURS)


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
    return rows_without_target(case, ACTIVITIES, "mal", GOALS)


def phases_without_activity(case: Case) -> Hits:
    """The parts of the journey, before, during or after, in which nothing happens."""
    phases = {text_in(activity, "fas") for activity in case.filled(ACTIVITIES)}
    if phases and "" not in phases:
        yield from _missing_phases(ACTIVITIES, phases)


def activities_without_phase(case: Case) -> Hits:
    """Activities of which nobody has said whether they come before, during or after."""
    for activity in case.filled(ACTIVITIES):
        if not text_in(activity, "fas"):
            yield row_hit(ACTIVITIES, activity)


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
    evidence = UNKNOWN_OPTION if is_unknown(case.applying.get(GAP_EVIDENCE)) else case.text(GAP_EVIDENCE)
    limit = case.limits["pilotgrans_timmar"]
    if case.price and case.price.hours > limit and evidence in _UNSURE:
        words = {"grans": grouped(limit), "belagg": case.label(GAP_EVIDENCE, evidence)}
        yield Hit(GAP_EVIDENCE, words=words)


def all_of_one_kind(case: Case) -> Hits:
    """Activities that are all digital, or none of them."""
    forms = [text_in(activity, "form") for activity in case.filled(ACTIVITIES)]
    digital = sum(form in _DIGITAL for form in forms)
    if len(forms) > 1 and all(forms) and digital in (0, len(forms)):
        yield Hit(ACTIVITIES, words={"former": _ALL_DIGITAL if digital else _NONE_DIGITAL})


def _missing_phases(qid: str, present: set[str]) -> Hits:
    missing = (phase for phase in PHASE_WORDS if phase not in present)
    return (Hit(qid, phase, {"fas": PHASE_WORDS[phase]}) for phase in missing)


def weeks_against_phase(case: Case) -> Hits:
    """Activities in a week that is not of their phase, or that looks like a week of the year."""
    joint = [row for row in case.filled(ACTIVITIES) if text_in(row, "fas") == "under"]
    for row in case.filled(ACTIVITIES):
        phase, week = text_in(row, "fas"), number_in(row, "vecka")
        if week is None or phase not in PHASE_WORDS:
            continue
        own = [held for held in joint if {*several_in(held, "mal")} & {*several_in(row, "mal")}]
        first, last = min((week, *_weeks(joint, 0))), max((0, *_weeks(own or joint, math.inf)))
        too_late = (phase == "fore" and week > last) or (phase != "efter" and first >= _OF_THE_YEAR)
        too_early = phase != "fore" and week < 0
        if too_late or too_early:
            yield row_hit(ACTIVITIES, row, fas=PHASE_WORDS[phase], vecka=format_number(week))


def _weeks(rows: Sequence[Row], unknown: float) -> Iterator[float]:
    """The week of each row, and what to take for one that nobody has said."""
    return (unknown if (week := number_in(row, "vecka")) is None else week for row in rows)


def no_peer_support(case: Case) -> Hits:
    """A plan in which nothing is said of how colleagues help each other."""
    if case.filled(ACTIVITIES) and not case.text(PEER_SUPPORT):
        yield Hit(PEER_SUPPORT)


def demand_without_proof(case: Case) -> Hits:
    """A demand to be met by activities, of which nobody has said how it is shown or how often it recurs."""
    settled = case.text(SHORTEST_FOR_DEMAND) or says_no_course_is_asked(case.text(DEMAND_SOURCE))
    if case.text(DEMAND) not in _FROM_OUTSIDE or settled or not case.filled(ACTIVITIES):
        return
    open_questions = {
        DEMAND_PROOF: ("hur det visas", case.several(DEMAND_PROOF) in ((), ("vet_inte",))),
        DEMAND_INTERVAL: ("hur ofta det görs om", case.text(DEMAND_INTERVAL) in ("", "vet_inte")),
    }
    left_out = case.sheet.battery.leaves_out
    if lacking := {
        qid: words
        for qid, (words, is_open) in open_questions.items()
        if is_open and not (left_out(qid) or case.is_skipped(qid))
    }:
        yield Hit(next(iter(lacking)), words={"saknas": joined(lacking.values())})


def nothing_left_in_everyday_work(case: Case) -> Hits:
    """A plan in which all learning lies in the activities, and nothing goes on when they are over."""
    activities = case.filled(ACTIVITIES)
    if not activities or case.text(EVERYDAY_AFTERWARDS):
        return
    everyday = case.diagnosis_model.everyday_forms()
    after = [text_in(row, "form") for row in activities if text_in(row, "fas") == "efter"]
    if not any(everyday.get(form) for form in after) and not any(map(goes_on, _afterwards(case))):
        yield Hit(EVERYDAY_AFTERWARDS)


def _afterwards(case: Case) -> Iterator[str]:
    """What is said of the time after the occasions, outside the activities."""
    managers = (row for row in case.rows(MANAGER_ACTIONS) if text_in(row, "fas") == "efter")
    yield from (text_in(row, "handling") for row in managers)
    yield case.text(PEER_SUPPORT)
    lasting = (row for row in case.rows(OTHER_ACTIONS) if text_in(row, "typ") in _LASTING)
    yield from (text_in(row, "insats") for row in lasting)


def goals_that_stop_at_knowing(case: Case) -> Hits:
    """Behaviours that people must be able to do, whose every goal is to remember or understand."""
    much = [key for key in _ABLE_TO_DO if case.diagnosis.statements.get(key) == MUCH]
    if not much:
        return
    for behaviour in case.filled(WANTED_BEHAVIOURS):
        levels = [text_in(goal, "niva") for goal in pointing(case.filled(GOALS), "beteende", behaviour)]
        if levels and all(level in _TO_KNOW for level in levels):
            words = {"svar": statements_in_quotes(case, much, most=1), "nivaer": _levels(case, levels)}
            yield Hit(WANTED_BEHAVIOURS, behaviour.id, {"id": behaviour.id, **words}, opens=GOALS)


def _levels(case: Case, levels: Sequence[str]) -> str:
    """What people read for levels of goals, each once, in quotes."""
    question = case.sheet.battery.question(GOALS)
    field = question.field("niva") if question else None
    return joined(f"”{field.label(level) if field else level}”" for level in dict.fromkeys(levels))


def measures_nobody_owns(case: Case) -> Hits:
    """Measures without a role that measures."""
    for row in case.filled(MEASURES):
        if not is_said(row, "ansvarig_roll"):
            yield row_hit(MEASURES, row)


def survey_of_a_few(case: Case) -> Hits:
    """Surveys of so few that it can be worked out who said what."""
    fewest = case.number(FEWEST_IN_SURVEY) or _FEWEST
    if case.text(SURVEY_ANSWERS) not in ("", "anonyma"):
        return
    for row in case.filled(MEASURES):
        goals = [goal for goal in case.rows(GOALS) if pointing([row], "avser", goal)]
        names = [text_in(goal, "malgrupp") for goal in goals] if is_survey(row) else []
        for group in case.rows(TARGET_GROUPS):
            people, name = number_in(group, "antal"), text_in(group, "namn")
            if people and people < fewest and any(same(name, named) for named in names):
                yield row_hit(
                    MEASURES, row, {"grupp": name}, grupp="en målgrupp", antal=with_unit(people, "personer")
                )
                break


def is_survey(measure: Row) -> bool:
    """Whether a measure is taken by asking people in writing."""
    return asks_in_writing(text_in(measure, "metod"), usually=text_in(measure, "niva") == "3_upplevelse")


def all_in_the_same_room(case: Case) -> Hits:
    """Activities that are all away from the work, and all in the same sort of place."""
    forms = [text_in(activity, "form") for activity in case.filled(ACTIVITIES)]
    known = case.diagnosis_model.forms
    rooms = [known[form].room if form in known else "" for form in forms if form]
    if all(forms) and len(rooms) > 1 and len({*rooms}) == 1 and rooms[0] not in _SPREAD_ENOUGH:
        yield Hit(ACTIVITIES)
