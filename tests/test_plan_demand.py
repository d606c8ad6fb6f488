"""A demand that comes back: the day is counted from the last occasion, shown as it is counted, and proposed."""

from __future__ import annotations

from datetime import date

import pytest

from making import BATTERY
from scripted import KEEP, Scripted
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Given, Period, Row
from utbildningsprocess.plan.demand import counted_demand
from utbildningsprocess.plan.due import coming

INTERVAL, OCCASIONS, NEXT = "behov.krav_intervall", "genomforande.tillfallen", "uppfoljning.krav_nasta"
DEMAND = Given("lag_foreskrift")
PERIOD = Period(date(2026, 3, 1), date(2026, 3, 31), "mars 2026")
TODAY = date(2026, 6, 1)


def answers(interval, *days, more=None):
    rows = tuple(Row(str(number), {"datum": day} if day else {}) for number, day in enumerate(days, 1))
    given = {"behov.krav": DEMAND, INTERVAL: Given(interval), OCCASIONS: Given(rows)}
    return {**given, **(more or {})}


@pytest.mark.parametrize(
    ("interval", "days", "expected"),
    [
        ("varje_ar", [date(2026, 1, 8), date(2026, 3, 12)], date(2027, 3, 12)),
        ("vartannat_ar", [date(2026, 3, 12)], date(2028, 3, 12)),
        ("varje_ar", [date(2024, 2, 29)], date(2025, 2, 28)),
        ("varje_ar", [], None),
        ("varje_ar", [date(2026, 3, 12), None], None),
        ("varje_ar", [PERIOD], None),
        ("varje_ar", [date(9999, 1, 1)], None),
        ("glesare", [date(2026, 3, 12)], None),
        ("en_gang", [date(2026, 3, 12)], None),
    ],
)
def test_the_day_is_counted_only_where_the_answers_say_from_when_and_how_often(interval, days, expected):
    counted = counted_demand(answers(interval, *days))
    assert (counted and counted.on) == expected


def test_the_day_is_proposed_with_how_it_is_counted_and_an_enter_takes_it():
    saved = answers("varje_ar", date(2026, 3, 12))
    stage = BATTERY.stage("uppfoljning")
    alone = stage.model_copy(update={"questions": (BATTERY.question(NEXT),)})
    face, drafts = Scripted(KEEP, "klart"), {}
    interview = Interview(alone, AnswerSheet(BATTERY, dict(saved)), today=TODAY)
    store = Store(saved.__setitem__, drafts.get, drafts.__setitem__, lambda place: drafts.pop(place, None))
    ask_stage(interview, face, store)
    assert saved[NEXT] == Given(date(2027, 3, 12))
    assert face.asked[0].draft == "2027-03-12"
    assert face.asked[0].draft_name.startswith("Ett förslag: senast 12 mars 2026 + 1 år.")


def test_the_day_that_is_answered_is_coming_and_late_when_it_has_passed():
    sheet = AnswerSheet(BATTERY, answers("varje_ar", more={NEXT: Given(date(2026, 5, 1))}))
    assert [(due.what, due.overdue) for due in coming(sheet, TODAY)] == [("Kravet ska uppfyllas igen", True)]
    once = AnswerSheet(BATTERY, answers("en_gang", more={NEXT: Given(date(2026, 5, 1))}))
    assert coming(once, TODAY) == ()
