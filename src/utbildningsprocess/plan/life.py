"""Whether an initiative goes on: what its decisions and its follow-up say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from utbildningsprocess.addresses import DECISION, DECISIONS, STATUS, WHAT_HAPPENS_NOW
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import When, first_day, given_value

if TYPE_CHECKING:
    from utbildningsprocess.model import Answers, Row

Life = Literal["aktiv", "vilande", "avslutad", "ersatt"]
_AFTER_FOLLOW_UP: dict[str, Life] = {"avsluta": "avslutad", "ersatt": "ersatt"}
_BY_OUTCOME: dict[str, Life] = {"pausat": "vilande", "avslutat_i_fortid": "avslutad"}
_ENDED, _PAUSED = "avsluta", "pausa"
"""Decisions after the analysis. One to pause holds until another decision has been taken."""


def life_of(answers: Answers) -> Life:
    """Whether it is active, rests, has ended or is replaced, by what was said last in the process."""
    after = _AFTER_FOLLOW_UP.get(str(given_value(answers.get(WHAT_HAPPENS_NOW))))
    decision, last = given_value(answers.get(DECISION)), latest_decision(answers)
    taken = _BY_OUTCOME.get(str(last.values["utfall"])) if last else None
    ended: Life | None = "avslutad" if decision == _ENDED else None
    paused: Life | None = "vilande" if decision == _PAUSED and not last else None
    return after or taken or ended or paused or "aktiv"


def is_finished(answers: Answers) -> bool:
    """Whether somebody has said that the dossier is finished."""
    return given_value(answers.get(STATUS)) == "fardigstalld"


def latest_decision(answers: Answers) -> Row | None:
    """The decision taken last that has an outcome; one without a day is as old as the one written before."""
    last, latest = None, date.min
    for row in given_rows(answers, DECISIONS):
        day = row.values.get("datum", latest)
        if row.values.get("utfall") and isinstance(day, When) and first_day(day) >= latest:
            last, latest = row, first_day(day)
    return last
