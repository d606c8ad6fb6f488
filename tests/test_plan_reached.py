"""Whether goals are reached, by the level of what measures them."""

from __future__ import annotations

import pytest

from utbildningsprocess.model import Given, Row
from utbildningsprocess.plan.reached import GoalState, judged_measures

REACHED, MISSED, INCOMPARABLE, UNMEASURED = GoalState
SHARE = {"nulage": "68 %", "mal": "90 %"}


def answers(effects=(), measures=(), results=()):
    groups = {
        "behov.effektmatt": [Row(f"E{at}", said) for at, said in enumerate(effects, 1)],
        "koncept.matt": [Row(f"M{at}", said) for at, said in enumerate(measures, 1)],
        "uppfoljning.resultat": [Row("", {"matt": of, "utfall": outcome}) for of, outcome in results],
    }
    return {qid: Given(tuple(rows)) for qid, rows in groups.items() if rows}


def states_of(said):
    return [(measure.level, measure.state) for measure in judged_measures(said)]


def test_a_measure_has_the_words_of_its_goal_with_it():
    effect = {"matt": "Andel", **SHARE}
    measure = {"avser": ("E1",), "niva": "8_effekt", "metod": "Räkna"}
    (judged,) = judged_measures(answers([effect], [measure], [("M1", "92 %")]))
    assert judged[2:] == ("M1 Räkna", "68 %", "90 %", "92 %")


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        ("92 %", REACHED),
        ("90 %", REACHED),
        ("86 %", MISSED),
        ("46 av 50", REACHED),
        ("Bättre än förut", INCOMPARABLE),
        ("12 timmar", INCOMPARABLE),
        ("ej mätt", UNMEASURED),
        ("", UNMEASURED),
    ],
)
def test_a_measure_has_the_goal_of_the_effect_it_is_about(outcome, state):
    measure = {"avser": ("E1",), "niva": "7_tillampning"}
    assert states_of(answers([SHARE], [measure], [("M1", outcome)])) == [("7_tillampning", state)]


def test_a_measure_of_what_has_no_goal_in_numbers_is_measured_and_not_compared():
    measures = ({"avser": ("L1",), "niva": "4_kunskap"}, {"niva": "3_upplevelse"})
    said = states_of(answers([], measures, [("M1", "9 av 10"), ("M2", "ej mätt")]))
    assert said == [("4_kunskap", INCOMPARABLE), ("3_upplevelse", UNMEASURED)]


def test_a_measure_of_two_effects_is_not_compared_with_either():
    measure = {"avser": ("E1", "E2"), "niva": "8_effekt"}
    said = states_of(answers([SHARE, SHARE], [measure], [("M1", "95 %")]))
    assert said == [("8_effekt", INCOMPARABLE)]


def test_a_goal_is_counted_once_with_its_measure_or_by_itself_without_a_level():
    measure = {"avser": ("E1",), "niva": "8_effekt"}
    said = states_of(
        answers([SHARE, SHARE, {"matt": "Trivsel"}], [measure], [("E1", "91 %"), ("E2", "70 %")])
    )
    assert said == [("8_effekt", REACHED), ("", MISSED)]
