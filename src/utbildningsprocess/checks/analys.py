"""Rules for Analys: that the decision and the actions answer to the causes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

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
from utbildningsprocess.checks.model import Hit
from utbildningsprocess.steps import CONCEPT
from utbildningsprocess.swedish import joined, nfc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.checks.case import Case

_NOT_YET = ("GOR_INGENTING", "UNDERSOK_FORST")
"""Outcomes without any action to plan."""
_AGAINST = {"koncept_larande": ("INTE_UTBILDNING", *_NOT_YET), "koncept_mix": _NOT_YET}
"""By decision, the outcomes it goes against."""
_NO_ACTION = ("avsluta", "undersok_mer")
_TO_CONCEPT = ("koncept_larande", "koncept_mix", "")
"""Decisions after which activities are planned; an open one may become either."""
_MEETS = 25
"""Percent of a cause's matrix: an action with at least this meets the cause."""
_EVERY_ACTIVITY = "utbildning"
"""The kind of action that an activity is, whatever its form."""
_INVISIBLE = {
    ours: re.compile(rf"\b{pattern}\b", re.IGNORECASE)
    for ours, pattern in (
        ("förståelse", r"förståelse\w*"),
        ("förstå", r"förstå\w*"),
        ("känna till", r"känn(?:a|er) till"),
        ("kunskap om", r"kunskap(?:er)? om"),
        ("medveten", r"medvet\w*"),
        ("fokus", r"fokus"),
        ("insikt", r"insikt\w*"),
    )
}
"""What cannot be seen or heard, as we say it, and how it is written."""


def invisible(words: str) -> str:
    """The first of our words for what cannot be seen that stands in a text; empty when none does."""
    plain = nfc(words)
    matching = (ours for ours, pattern in _INVISIBLE.items() if pattern.search(plain))
    return next(matching, "")


def nobody_asked_in_the_group(case: Case) -> Iterator[Hit]:
    """An analysis without the people it is about."""
    asked = case.several(PEOPLE_ASKED)
    if asked and "medarbetare" not in asked:
        yield Hit(PEOPLE_ASKED)


def invisible_behaviours(case: Case) -> Iterator[Hit]:
    """Behaviours that can be neither seen nor heard."""
    for row in filled_rows(case.rows(WANTED_BEHAVIOURS)):
        if invisible(text_in(row, "gor")):
            yield Hit(WANTED_BEHAVIOURS, row.id, {"id": row.id}, {"gor": text_in(row, "gor")})


def decision_against_diagnosis(case: Case) -> Iterator[Hit]:
    """A decision to train where the answers point elsewhere."""
    outcome, decision = case.diagnosis.outcome, case.text(DECISION)
    if outcome is not None and outcome in _AGAINST.get(decision, ()):
        name, label = case.diagnosis_model.outcome_name(outcome), case.label(DECISION, decision)
        yield Hit(DECISION, words={"utfall": f"”{name}”", "beslut": f"”{label}”"})


def unmet_causes(case: Case) -> Iterator[Hit]:
    """Strong causes that no planned action meets."""
    if not _is_to_act(case):
        return
    planned = _planned(case)
    place = OTHER_ACTIONS if case.is_asked(OTHER_ACTIONS) else ACTIVITIES
    for cause in case.diagnosis.causes:
        shares = case.diagnosis_model.matrix.get(cause.id, {})
        if cause.is_strong and not any(shares.get(kind, 0) >= _MEETS for kind in planned):
            yield Hit(place, cause.id, {"orsak": cause.name})


def _is_to_act(case: Case) -> bool:
    """Whether it is settled that something will be done, so that a plan can be asked for."""
    decision = case.text(DECISION)
    settled = bool(decision) or case.begun(CONCEPT)
    return settled and decision not in _NO_ACTION and case.diagnosis.outcome not in _NOT_YET


def _planned(case: Case) -> set[str]:
    """The kinds of action there are plans for, or that activities still to be planned can be.

    Other actions that stand there count though they are no longer asked for: they meet the cause as well.
    """
    kinds = {text_in(row, "typ") for row in filled_rows(given_rows(case.answers, OTHER_ACTIONS))}
    forms = [text_in(row, "form") for row in filled_rows(case.rows(ACTIVITIES))]
    if ACTIVITIES not in case.applying and case.text(DECISION) in _TO_CONCEPT:
        forms = list(case.diagnosis_model.forms)
    for form in forms:
        kinds |= {_EVERY_ACTIVITY, *case.diagnosis_model.counts_as(form)}
    return kinds


def actions_nobody_owns(case: Case) -> Iterator[Hit]:
    """Other actions without a role that answers for them, or a date."""
    for row in filled_rows(case.rows(OTHER_ACTIONS)):
        if not (text_in(row, "ansvarig_roll") and row.values.get("klart")):
            yield Hit(OTHER_ACTIONS, row.id, {"id": row.id})


def conclusion_left_behind(case: Case) -> Iterator[Hit]:
    """A conclusion that does not name the actions the answers now point at."""
    conclusion = case.text(CONCLUSION)
    unnamed = [
        action for action in case.diagnosis.main if not case.diagnosis_model.mentions(action, conclusion)
    ]
    if conclusion and unnamed:
        names = joined(f"”{case.diagnosis_model.action_name(action)}”" for action in unnamed)
        yield Hit(CONCLUSION, words={"insats": names})
