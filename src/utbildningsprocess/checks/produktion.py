"""Rules for Produktion: material that is needed, usable by everybody, and right for some time yet."""

from __future__ import annotations

from utbildningsprocess.addresses import (
    ACCESSIBILITY,
    ACTIVE_SHARE,
    ACTIVITIES,
    DEBRIEFING,
    EXPERT_REVIEW,
    MATERIAL,
    MEASURES,
    REPETITION_DAYS,
    SIMULATION,
    SURVEY_ANSWERS,
)
from utbildningsprocess.answers.cells import date_in, several_in
from utbildningsprocess.checks.case import Case, Hit, Hits, rows_without_target
from utbildningsprocess.checks.koncept import is_survey
from utbildningsprocess.model import last_day
from utbildningsprocess.steps import CONCEPT, PRODUCTION
from utbildningsprocess.swedish import grouped

_HALF = 50
_FEWEST_REPETITIONS = 2
_ON_SCREEN = {"digitalt", "film", "ljud", "presentation"}
_NEEDS_DEBRIEFING = {"fullskala", "in_situ"}


def material_without_activity(case: Case) -> Hits:
    """Material that no activity needs."""
    if case.begun(CONCEPT):
        yield from rows_without_target(case, MATERIAL, "aktivitet", ACTIVITIES)


def passive_participants(case: Case) -> Hits:
    """Participants who mostly listen."""
    share = case.number(ACTIVE_SHARE)
    if share is not None and share < _HALF:
        yield Hit(ACTIVE_SHARE, words={"procent": grouped(int(share))})


def too_few_repetitions(case: Case) -> Hits:
    """Fewer occasions to recall what was learnt than make it last."""
    if case.begun(PRODUCTION) and len(case.several(REPETITION_DAYS)) < _FEWEST_REPETITIONS:
        yield Hit(REPETITION_DAYS)


def accessibility_not_checked(case: Case) -> Hits:
    """Material on screens that nobody has checked for accessibility."""
    checked = case.several(ACCESSIBILITY)
    on_screen = any(_ON_SCREEN.intersection(several_in(row, "format")) for row in case.rows(MATERIAL))
    if on_screen and (not checked or "ej_kontrollerat" in checked):
        yield Hit(ACCESSIBILITY)


def simulation_without_debriefing(case: Case) -> Hits:
    """A simulation with no time to reflect on it."""
    if _NEEDS_DEBRIEFING.intersection(case.several(SIMULATION)) and not case.text(DEBRIEFING):
        yield Hit(DEBRIEFING)


def review_missing_or_out_of_date(case: Case) -> Hits:
    """Content that nobody has reviewed, or whose review holds no longer."""
    if not case.begun(PRODUCTION):
        return
    reviews = case.filled(EXPERT_REVIEW)
    if not reviews:
        yield Hit(EXPERT_REVIEW, "", {"vad": "Sakgranskning saknas"})
    for row in reviews:
        until = date_in(row, "giltigt_till")
        if until is None or last_day(until) < case.today:
            what = "saknas" if until is None else "har passerat"
            yield Hit(EXPERT_REVIEW, row.id, {"vad": f"Bäst före-datumet för innehållet {what}"})


def survey_answers_not_settled(case: Case) -> Hits:
    """A survey, without a word of how its answers are handled."""
    if (
        case.begun(PRODUCTION)
        and any(map(is_survey, case.filled(MEASURES)))
        and not case.text(SURVEY_ANSWERS)
    ):
        yield Hit(SURVEY_ANSWERS)
