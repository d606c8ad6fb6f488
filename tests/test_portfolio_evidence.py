"""What an organisation's own initiatives show: never of fewer than five, and always with how it is counted."""

from __future__ import annotations

import pytest

from utbildningsprocess.model import Given, Row
from utbildningsprocess.plan.reached import GoalState, goals_in_work
from utbildningsprocess.work.portfolio.evidence import FEWEST, evidence_in
from utbildningsprocess.work.portfolio.learnt import ShownByOne

LEARNING, STAFF, LEADING = "Planerat lärande", "Bemanning och resurser", "Ledarskap och återkoppling"
TIME, SKILL = "Tid eller bemanning räcker inte", "Kunskap saknas"


def facts(*actions, causes=(TIME,), compared=1, reached=1):
    return ShownByOne(causes, actions, compared, reached)


def lines(evidence):
    return evidence.in_words(lambda text, indent: indent + text).split("\n")


def test_each_cause_is_told_with_what_was_chosen_and_how_many_goals_were_reached():
    both = [facts(LEARNING, STAFF, compared=2) for _ in range(6)]
    alone = [facts(LEARNING, reached=0) for _ in range(5)]
    evidence = evidence_in([*both, *alone, facts(compared=0)])
    assert lines(evidence)[:6] == [
        "Av 12 insatser har 11 minst ett mål i arbetet som är mätt i tal.",
        "",
        f"{TIME}: 11 insatser, av 17 mätta mål är 6 nådda",
        "  Valt: planerat lärande i 11 och bemanning och resurser i 6",
        "  Lärande och annat: 6 insatser, av 12 mätta mål är 6 nådda",
        "  Bara lärande: 5 insatser, av 5 mätta mål är 0 nådda",
    ]
    assert "färre än 5 insatser visas inte" in lines(evidence)[-3]
    assert lines(evidence)[-1].startswith("Det är inget bevis")


def test_of_fewer_than_five_nothing_is_told_not_even_as_what_is_left():
    assert evidence_in([facts(LEARNING)] * (FEWEST - 1)).causes == ()
    assert "Ingen orsak finns i minst 5 av dem, så det går inte att säga något." in lines(
        evidence_in([facts()])
    )
    (of_cause,) = evidence_in([facts(LEARNING)] * 6 + [facts(STAFF)] * 4).causes
    assert of_cause.mixes == ()
    (of_cause,) = evidence_in(
        [facts(LEARNING)] * 7 + [facts(STAFF)] * 5 + [facts(LEARNING, STAFF)] * 4
    ).causes
    assert [mix for mix, _ in of_cause.mixes] == ["Bara lärande"]
    assert [sort for sort, _ in of_cause.chosen] == [LEARNING, STAFF]


def test_a_mix_that_all_chose_is_said_so():
    assert "  Bara annat än lärande: alla" in lines(evidence_in([facts(STAFF, LEADING)] * 5))
    assert "  Inget valt: alla" in lines(evidence_in([facts()] * 5))


def test_a_line_for_whoever_has_the_same_cause_says_what_it_is_worth():
    evidence = evidence_in([facts(LEARNING)] * 5)
    assert evidence.of([SKILL]) == []
    assert evidence.of([SKILL, TIME]) == [
        f"{TIME}, 5 insatser: av 5 mätta mål är 5 nådda. Vanligast valt: planerat lärande (5).",
        "Det är inget bevis. Så är det räknat: utb erfarenheter --orsaker",
    ]


def effect(mal, nulage="50 %", utfall=""):
    result = (Row("1", {"matt": "E1", "utfall": utfall}),) if utfall else ()
    return {
        "behov.effektmatt": Given((Row("E1", {"matt": "Andel", "nulage": nulage, "mal": mal}),)),
        "uppfoljning.resultat": Given(result),
    }


def criterion(kriterium, utfall, niva="7_tillampning", avser=("L1",)):
    return {
        "koncept.larandemal": Given((Row("L1", {"kunna": "larma", "kriterium": kriterium}),)),
        "koncept.matt": Given((Row("M1", {"avser": avser, "niva": niva}),)),
        "uppfoljning.resultat": Given((Row("1", {"matt": "M1", "utfall": utfall}),)),
    }


@pytest.mark.parametrize(
    ("answers", "standings"),
    [
        (effect("90 %", utfall="91 %"), [GoalState.REACHED]),
        (effect("90 %", utfall="89 %"), [GoalState.MISSED]),
        (effect("90 %", utfall="bättre"), [GoalState.INCOMPARABLE]),
        (effect("90 %", utfall="ej mätt"), [GoalState.UNMEASURED]),
        (effect("90 %"), [GoalState.UNMEASURED]),
        (effect(""), []),
        (criterion("minst 80 %", "85 %"), [GoalState.REACHED]),
        (criterion("minst 80 %", "60 %"), [GoalState.MISSED]),
        (criterion("80 %", "85 %"), [GoalState.INCOMPARABLE]),
        (criterion("minst 80 %", "85 %", niva="4_kunskap"), []),
        (criterion("minst 80 %", "85 %", avser=("L1", "E1")), []),
    ],
)
def test_a_goal_counts_where_a_number_in_the_work_can_be_held_against_a_number(answers, standings):
    assert list(goals_in_work(answers)) == standings
