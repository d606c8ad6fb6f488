"""Rules for Analys: that the decision and the actions answer to the causes."""

from __future__ import annotations

import re

from utbildningsprocess.addresses import (
    ACTIVITIES,
    CONCLUSION,
    DECISION,
    OTHER_ACTIONS,
    PEOPLE_ASKED,
    WANTED_BEHAVIOURS,
)
from utbildningsprocess.answers.cells import filled_rows, text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.checks.case import Case, Hit, Hits, row_hit
from utbildningsprocess.diagnosis.counting import NOTHING_TO_PLAN
from utbildningsprocess.steps import CONCEPT
from utbildningsprocess.swedish import joined, nfc

_ONLY_DEMAND, _DEMAND_ADDED = "BARA_KRAVET", "OBLIGATORISK_BAS"
_NO_PLAN = (_ONLY_DEMAND, *NOTHING_TO_PLAN)
"""Outcomes whose causes need no action of their own."""
_AGAINST = {
    "koncept_larande": ("INTE_UTBILDNING", *NOTHING_TO_PLAN),
    "koncept_mix": NOTHING_TO_PLAN,
    "avsluta": (_ONLY_DEMAND, _DEMAND_ADDED),
}
"""By decision, the outcomes and additions it goes against."""
_NO_ACTION = ("avsluta", "undersok_mer", "pausa")
_TO_CONCEPT = ("koncept_larande", "koncept_mix", "")
"""Decisions after which activities are planned; an open one may become either."""
_MOST_MAIN = 3
"""More main actions than this at once is hard to bear: only the causes of the first are asked about."""
_EVERY_ACTIVITY = "utbildning"
"""The kind of action that an activity is, whatever its form."""
_INVISIBLE = {
    "förståelse": r"\bförståelse",
    "förstå": r"\bförstå",
    "känna till": r"\bkänn(?:a|er) till\b",
    "kunskap om": r"\bkunskap(?:er)? om\b",
    "medveten": r"\bmedvet",
    "fokus": r"\bfokus\b",
    "insikt": r"\binsikt",
}
"""What cannot be seen or heard, as we say it, and how it is written."""


def invisible(text: str) -> str:
    """The first of our words for what cannot be seen that stands in a text; empty when none does."""
    plain = nfc(text)
    return next((ours for ours in _INVISIBLE if re.search(_INVISIBLE[ours], plain, re.IGNORECASE)), "")


def nobody_asked_in_the_group(case: Case) -> Hits:
    """An analysis without the people it is about."""
    asked = case.several(PEOPLE_ASKED)
    if asked and "medarbetare" not in asked:
        yield Hit(PEOPLE_ASKED)


def invisible_behaviours(case: Case) -> Hits:
    """Behaviours that can be neither seen nor heard."""
    for row in case.filled(WANTED_BEHAVIOURS):
        behaviour = text_in(row, "gor")
        if invisible(behaviour):
            yield row_hit(WANTED_BEHAVIOURS, row, {"gor": behaviour})


def decision_against_diagnosis(case: Case) -> Hits:
    """A decision that the answers point away from."""
    outcome, decision = case.diagnosis.outcome, case.text(DECISION)
    against = _AGAINST.get(decision, ())
    if outcome is not None and not {outcome, *case.diagnosis.additions}.isdisjoint(against):
        name, label = case.diagnosis_model.outcome(outcome).name, case.label(DECISION, decision)
        yield Hit(DECISION, words={"utfall": f"”{name}”", "beslut": f"”{label}”"})


def unmet_causes(case: Case) -> Hits:
    """Strong causes behind the first main actions that no planned action meets."""
    if not _is_to_act(case):
        return
    planned = _planned(case)
    place = OTHER_ACTIONS if case.is_asked(OTHER_ACTIONS) else ACTIVITIES
    first = case.diagnosis.main[:_MOST_MAIN]
    for cause in case.diagnosis.strong:
        if cause.meets.first in first and planned.isdisjoint((cause.meets.first, *cause.meets.also)):
            yield Hit(place, cause.id, {"orsak": cause.name})


def _is_to_act(case: Case) -> bool:
    """Whether it is settled that something will be done, so that a plan can be asked for."""
    decision = case.text(DECISION)
    settled = bool(decision) or case.begun(CONCEPT)
    return settled and decision not in _NO_ACTION and case.diagnosis.outcome not in _NO_PLAN


def _planned(case: Case) -> set[str]:
    """The kinds of action there are plans for, or that activities still to be planned can be.

    Other actions that stand there count though they are no longer asked for: they meet the cause as well.
    """
    kinds = {text_in(row, "typ") for row in filled_rows(given_rows(case.sheet.answers, OTHER_ACTIONS))}
    known = case.diagnosis_model.forms
    forms = [text_in(row, "form") for row in case.filled(ACTIVITIES)]
    if ACTIVITIES not in case.applying and case.text(DECISION) in _TO_CONCEPT:
        forms = list(known)
    if forms:
        kinds.add(_EVERY_ACTIVITY)
    return kinds.union(*(known[form].actions for form in forms if form in known))


def actions_nobody_owns(case: Case) -> Hits:
    """Other actions without a role that answers for them, or a date."""
    for row in case.filled(OTHER_ACTIONS):
        if not (text_in(row, "ansvarig_roll") and row.values.get("klart")):
            yield row_hit(OTHER_ACTIONS, row)


def conclusion_left_behind(case: Case) -> Hits:
    """A conclusion that does not name the actions the answers now point at."""
    conclusion, model = case.text(CONCLUSION), case.diagnosis_model
    main = case.diagnosis.main[:_MOST_MAIN]
    unnamed = [action for action in main if not model.mentions(action, conclusion)]
    if conclusion and unnamed:
        names = joined(f"”{model.action(action).name}”" for action in unnamed)
        yield Hit(CONCLUSION, words={"insats": names})
