"""Rules for Analys: that the decision and the actions answer to the causes."""

from __future__ import annotations

from utbildningsprocess.addresses import (
    ACTIVITIES,
    AID_AT_HAND,
    CONCLUSION,
    DECISION,
    DECISIONS,
    MATERIAL,
    OBSTACLES,
    OTHER_ACTIONS,
    PEER_SUPPORT,
    PEOPLE_ASKED,
    WANTED_BEHAVIOURS,
)
from utbildningsprocess.answers.cells import filled_rows, is_said, several_in, text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.checks.case import Case, Hit, Hits, row_hit, statements_in_quotes
from utbildningsprocess.checks.wording import invisible
from utbildningsprocess.diagnosis.conclusion import proposed_outcome
from utbildningsprocess.diagnosis.counting import NOTHING_TO_PLAN, statement_answers
from utbildningsprocess.diagnosis.respondents import DONT_KNOW, MUCH, people_asked
from utbildningsprocess.diagnosis.sentences import inside
from utbildningsprocess.plan.thread import LONGEST_NAME
from utbildningsprocess.steps import CONCEPT
from utbildningsprocess.swedish import fold, in_quotation_marks, joined

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
_DECIDED_TO_LEARN = ("koncept_larande", "koncept_mix")
_TO_CONCEPT = (*_DECIDED_TO_LEARN, "")
"""Decisions after which activities are planned; an open one may become either."""
_TO_LEARN = {"utbildning", "ovning"}
"""The kinds of action that such a decision holds."""
_IN_THE_WORK, _AID = "handledning", "verktyg"
_TALKS = ("samtal", "mote")
"""Forms that are learning in the work when their title says so, as a group that reflects."""
_NO_AID = ("nej", "inget", "inga", "ingen", "saknas")
_MOST_MAIN = 3
"""More main actions than this at once is hard to bear: only the causes of the first are asked about."""
_SEVERAL = 2
_EVERY_ACTIVITY = "utbildning"
"""The kind of action that an activity is, whatever its form."""


def nobody_asked_in_the_group(case: Case) -> Hits:
    """An analysis without the people it is about."""
    asked = people_asked(case.sheet.answers)
    if asked and "medarbetare" not in asked:
        yield Hit(PEOPLE_ASKED)


def invisible_behaviours(case: Case) -> Hits:
    """Behaviours that can be neither seen nor heard."""
    for row in case.filled(WANTED_BEHAVIOURS):
        behaviour = text_in(row, "gor")
        if word := invisible(behaviour):
            quoted = in_quotation_marks(behaviour, LONGEST_NAME)
            yield row_hit(WANTED_BEHAVIOURS, row, {"gor": quoted, "ord": word})


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
    planned, model = _planned(case), case.diagnosis_model
    place = OTHER_ACTIONS if case.is_asked(OTHER_ACTIONS) else ACTIVITIES
    first = case.diagnosis.main[:_MOST_MAIN]
    for cause in case.diagnosis.strong:
        meets = [action for action in (cause.meets.first, *cause.meets.also) if _can_be_planned(case, action)]
        if cause.meets.first in first and meets and planned.isdisjoint(meets):
            actions = joined((f"”{model.action(action).name}”" for action in meets), "eller")
            much = [key for key, answer in cause.answers.items() if answer == MUCH]
            words = {"orsak": cause.name, "svar": statements_in_quotes(case, much), "insatser": actions}
            yield Hit(place, cause.id, words)


def _is_to_act(case: Case) -> bool:
    """Whether it is settled that something will be done, so that a plan can be asked for."""
    decision = case.text(DECISION)
    settled = bool(decision) or case.begun(CONCEPT)
    return settled and decision not in _NO_ACTION and case.diagnosis.outcome not in _NO_PLAN


def _planned(case: Case) -> set[str]:
    """The kinds of action there are plans for, or that activities still to be planned can be.

    Other actions that stand there count though they are no longer asked for: they meet the cause as well.
    """
    kinds = _kinds_beside(case)
    if ACTIVITIES not in case.applying and case.text(DECISION) in _TO_CONCEPT:
        forms = case.diagnosis_model.forms.values()
        return kinds.union({_EVERY_ACTIVITY}, *(form.actions for form in forms))
    return kinds | _in_activities(case)


def _in_activities(case: Case) -> set[str]:
    """The kinds of action that the activities are: learning, and what their forms or titles say."""
    model, kinds = case.diagnosis_model, set[str]()
    for activity in case.filled(ACTIVITIES):
        form, title = text_in(activity, "form"), text_in(activity, "titel")
        kinds.add(_EVERY_ACTIVITY)
        kinds.update(model.forms[form].actions if form in model.forms else ())
        if not form:
            kinds.update(action for action in model.actions if model.mentions(action, title))
        elif form in _TALKS and model.mentions(_IN_THE_WORK, title):
            kinds.add(_IN_THE_WORK)
    return kinds


def _can_be_planned(case: Case, action: str) -> bool:
    """Whether there is a place for an action: as a choice among other actions, or as some activity."""
    forms = case.diagnosis_model.forms.values()
    in_activities = action == _EVERY_ACTIVITY or any(action in form.actions for form in forms)
    return in_activities or not case.sheet.battery.leaves_out(f"{OTHER_ACTIONS}.typ.{action}")


def _kinds_beside(case: Case) -> set[str]:
    """The kinds of action planned beside the activities: other actions, colleagues' help, aids at hand."""
    kinds = {text_in(row, "typ") for row in filled_rows(given_rows(case.sheet.answers, OTHER_ACTIONS))}
    if case.diagnosis_model.mentions(_IN_THE_WORK, case.text(PEER_SUPPORT)):
        kinds.add(_IN_THE_WORK)
    aid = fold(case.text(AID_AT_HAND))
    has_aid = aid and aid.split()[0].rstrip(".,") not in _NO_AID
    if has_aid or any("lathund" in several_in(row, "format") for row in case.filled(MATERIAL)):
        kinds.add(_AID)
    return kinds


def actions_nobody_owns(case: Case) -> Hits:
    """Other actions without a role that answers for them, or a date."""
    for row in case.filled(OTHER_ACTIONS):
        if not (is_said(row, "ansvarig_roll") and is_said(row, "klart")):
            yield row_hit(OTHER_ACTIONS, row)


def conclusion_left_behind(case: Case) -> Hits:
    """A conclusion that leaves out actions the answers now point at, and that no plan holds either."""
    conclusion, model = case.text(CONCLUSION), case.diagnosis_model
    main = case.diagnosis.main[:_MOST_MAIN]
    planned = {text_in(row, "typ") for row in case.filled(OTHER_ACTIONS)}
    planned |= _in_activities(case) | (_TO_LEARN if case.text(DECISION) in _DECIDED_TO_LEARN else set())
    unnamed = [action for action in main if action not in planned and not model.mentions(action, conclusion)]
    if conclusion and unnamed:
        names = joined(f"”{model.action(action).name}”" for action in unnamed)
        yield Hit(CONCLUSION, words={"insats": names})


def conclusion_of_before(case: Case) -> Hits:
    """A conclusion where the draft's own words still name another outcome than the answers now give."""
    model, now = case.diagnosis_model, case.diagnosis.outcome
    before = proposed_outcome(model, case.text(CONCLUSION))
    if before and now and before != now:
        words = {"forr": inside(model.outcome(before).name), "nu": inside(model.outcome(now).name)}
        yield Hit(CONCLUSION, words=words)


def decision_without_role_or_day(case: Case) -> Hits:
    """A decision that is acted on, though nobody has said who takes it or when."""
    decision = case.text(DECISION)
    if not decision or decision == "undersok_mer" or not case.begun(CONCEPT):
        return
    said = [
        {"roll": is_said(row, "roll"), "dag": is_said(row, "datum") or is_said(row, "senast")}
        for row in case.filled(DECISIONS)
    ]
    if any(all(row.values()) for row in said):
        return
    lacking = [what for what in ("roll", "dag") if not any(row[what] for row in said)] or ["roll", "dag"]
    yield Hit(DECISIONS, words={"beslut": case.label(DECISION, decision), "saknas": joined(lacking)})


def joint_answer_apart(case: Case) -> Hits:
    """A joint answer about what hinders that parts from what those said who answered one by one."""
    weighed, joint = case.diagnosis.weighed, statement_answers(case.applying)
    if weighed is None or len(weighed.voices) < _SEVERAL or not joint:
        return
    both = [key for key in joint if DONT_KNOW not in (joint[key], weighed.answers.get(key, DONT_KNOW))]
    apart = [key for key in both if joint[key] != weighed.answers[key]]
    if apart:
        yield Hit(OBSTACLES, words={"pastaenden": statements_in_quotes(case, apart)})
