"""What is coming up, what is overdue, and what nobody can know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from small import SMALL
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.battery import load_battery
from utbildningsprocess.files.roots import battery_texts, find_root
from utbildningsprocess.model import AnswerSheet, Given, Row, Unfit
from utbildningsprocess.plan.due import Due, as_one, coming, counted_from_last, responsible, without_day

ROOT = Path(__file__).parent.parent
BATTERY = load_battery(battery_texts(find_root(ROOT)))
EXAMPLE = read_answers_file(
    (ROOT / "questions" / "exempel.yaml").read_text("utf-8"), "exempel.yaml", BATTERY, date(2025, 6, 1)
).answers
TODAY = date(2026, 5, 15)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


def group(prefix, *values):
    return Given(tuple(Row(f"{prefix}{number}", one) for number, one in enumerate(values, 1)))


def measured_after(days, *results):
    """One measure so many days after occasions yesterday and a week ago, and its results."""
    return {
        "genomforande.tillfallen": group(
            "", {"datum": TODAY - timedelta(days=7)}, {"datum": YESTERDAY}, {"lage": "installt"}
        ),
        "koncept.matt": group("M", {"metod": "Punktmätning", "nar_dagar": days}),
        **({"uppfoljning.resultat": group("", *results)} if results else {}),
    }


def said(answers, today=TODAY):
    return [(due.what, due.overdue) for due in coming(AnswerSheet(BATTERY, answers), today)]


# ---------------------------------------------------------------------- decisions


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"senast": TOMORROW}, [("Beslut behövs: D1 Handledartid", False)]),
        ({"senast": YESTERDAY}, [("Beslut behövs: D1 Handledartid", True)]),
        ({"senast": YESTERDAY, "utfall": "nej"}, []),
        ({"senast": TOMORROW, "datum": YESTERDAY}, []),
        ({}, []),
    ],
)
def test_a_decision_is_due_until_it_is_taken(more, expected):
    rows = group("D", {"galler": "Handledartid", **more})
    assert said({"analys.beslut": Given("annan_insats"), "analys.beslutsgang": rows}) == expected


# ----------------------------------------------------------------------- measures


def test_a_measure_is_due_so_many_days_after_the_last_occasion():
    assert coming(AnswerSheet(BATTERY, measured_after(31)), TODAY) == (
        Due(date(2026, 6, 14), "Mät M1 Punktmätning", "koncept.matt", "M1"),
    )


def test_the_next_measurement_is_the_measure_that_is_left_where_only_one_is():
    measure = {"metod": "Punktmätning", "nar_dagar": 0, "ansvarig_roll": "HR"}
    answers = measured_after(0) | {"uppfoljning.nasta_matning": Given(TOMORROW)}

    def told(*measures):
        sheet = AnswerSheet(BATTERY, answers | {"koncept.matt": group("M", *measures)})
        return [(due.what, responsible(sheet.answers, due)) for due in as_one(sheet, coming(sheet, TODAY))]

    assert told(measure) == [("Nästa mätning: M1 Punktmätning", "HR")]
    assert told(measure, measure) == [
        ("Mät M1 Punktmätning", "HR"),
        ("Mät M2 Punktmätning", "HR"),
        ("Nästa mätning", ""),
    ]


def test_a_measure_without_a_result_is_overdue_the_day_after():
    assert said(measured_after(1)) == [("Mät M1 Punktmätning", False)]
    assert said(measured_after(0)) == [("Mät M1 Punktmätning", True)]


@pytest.mark.parametrize("outcome", ["", "ej mätt", "Ej mätt än"])
def test_a_result_that_says_nothing_leaves_the_measure_overdue(outcome):
    assert said(measured_after(0, {"matt": "M1", "utfall": outcome})) == [("Mät M1 Punktmätning", True)]


def test_a_measure_with_an_outcome_is_done():
    assert said(measured_after(0, {"matt": "M1", "utfall": "86 %"})) == []


@pytest.mark.parametrize("days", [None, "snart", True, 10**12, float("inf"), float("nan")])
def test_a_measure_without_a_day_that_can_be_counted_has_no_date(days):
    assert said(measured_after(days)) == []


def test_a_measure_has_no_date_while_an_occasion_has_none():
    answers = measured_after(31)
    told = answers["genomforande.tillfallen"].value
    answers["genomforande.tillfallen"] = Given((*told, Row("9", {"plats": "Sal 3"})))
    assert said(answers) == []
    waiting = without_day(AnswerSheet(BATTERY, answers))
    assert [row.id for row in waiting] == ["M1"]
    assert counted_from_last(answers, "31 dagar efter") == (
        "31 dagar efter sista tillfället; alla tillfällen har inte datum än"
    )


def test_without_occasions_no_measure_has_a_date():
    assert said({"koncept.matt": group("M", {"metod": "Enkät", "nar_dagar": 30})}) == []


# --------------------------------------------------------------- everything else


@pytest.mark.parametrize(
    ("qid", "field", "more", "what"),
    [
        ("behov.effektmatt", "nar", {"matt": "Andel"}, "Mål att nå: 1 Andel"),
        ("produktion.material", "klart", {"titel": "Fickkort"}, "Material klart: 1 Fickkort"),
        ("genomforande.tillfallen", "datum", {"aktivitet": "A7"}, "Tillfälle: A7"),
        ("genomforande.tillfallen", "datum", {}, "Tillfälle"),
    ],
)
def test_what_may_have_been_done_is_coming_but_never_overdue(qid, field, more, what):
    for day, found in ((TOMORROW, [(what, False)]), (TODAY, [(what, False)]), (YESTERDAY, [])):
        assert said({qid: group("", {field: day, **more})}) == found


def test_an_occasion_is_called_by_its_activity():
    answers = {
        "koncept.aktiviteter": group("A", {"titel": "Startdag"}),
        "genomforande.tillfallen": group("", {"aktivitet": "A1", "datum": TODAY}),
    }
    assert said(answers) == [("Tillfälle: A1 Startdag", False)]


@pytest.mark.parametrize(
    ("day", "overdue"), [(YESTERDAY, True), (TODAY, False), (TOMORROW, False)], ids=["past", "today", "ahead"]
)
def test_what_is_known_to_remain_is_overdue_when_its_day_has_passed(day, overdue):
    answers = {
        "uppfoljning.nasta_matning": Given(day),
        "produktion.sakgranskning": group("", {"roll": "Överläkare", "giltigt_till": day}),
        "analys.andra_insatser": group("I", {"insats": "Schema", "klart": day}),
    }
    assert said(answers) == [
        ("Insats klar: I1 Schema", overdue),
        ("Ny sakgranskning: Överläkare", overdue),
        ("Nästa mätning", overdue),
    ]


@pytest.mark.parametrize(("status", "done"), [("klar", True), ("pagar", False), ("ej_gjord", False)])
def test_another_action_is_done_when_somebody_says_so(status, done):
    answers = {
        "analys.andra_insatser": group("I", {"insats": "Schema", "klart": YESTERDAY}),
        "uppfoljning.andra_insatser_status": group("", {"insats": "I1", "status": status}),
    }
    assert said(answers) == ([] if done else [("Insats klar: I1 Schema", True)])


def test_the_day_it_has_to_work_is_coming():
    assert said({"behov.klart_senast": Given(TOMORROW)}) == [("Det ska fungera i vardagen", False)]
    assert said({"behov.klart_senast": Given(YESTERDAY)}) == []


def test_what_is_no_date_or_no_longer_asked_is_left_out():
    assert said({"behov.klart_senast": Unfit("snart", "inget datum")}) == []
    assert said({"behov.effektmatt": group("E", {"nar": "i vår"})}) == []
    no_other_action = replace(BATTERY, derive=lambda _answers: {"diagnos.utfall": Given("LARANDE")})
    answers = {"analys.andra_insatser": group("I", {"insats": "Schema", "klart": TOMORROW})}
    assert len(coming(AnswerSheet(BATTERY, answers), TODAY)) == 1
    assert coming(AnswerSheet(no_other_action, answers), TODAY) == ()


def test_a_battery_without_the_questions_has_no_dates():
    assert coming(AnswerSheet(SMALL, EXAMPLE), TODAY) == ()


# -------------------------------------------------------------------- the example


def test_the_example_after_its_first_follow_up():
    found = coming(AnswerSheet(BATTERY, EXAMPLE), date(2025, 9, 15))
    assert [(due.on.isoformat(), due.row, due.overdue) for due in found] == [
        ("2025-03-01", "I1", True),
        ("2025-09-30", "E2", False),
        ("2026-02-28", "1", False),
        ("2026-03-31", "E1", False),
        ("2026-03-31", "", False),
        ("2026-04-06", "M6", False),
    ]


@drawn(st.dates())
def test_dates_come_in_order_and_what_is_ahead_is_never_overdue(today):
    found = coming(AnswerSheet(BATTERY, EXAMPLE), today)
    assert [due.on for due in found] == sorted(due.on for due in found)
    assert all(due.overdue is (due.on < today) for due in found)
