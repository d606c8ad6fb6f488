"""What the rules take for no answer: a lone dash, and a question that is skipped for a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from test_checks import BATTERY, CASES, EXAMPLE, QUESTIONS, case, fields, given, hits, read
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.checks.findings import check
from utbildningsprocess.checks.registry import NOT_SETTLED_BY_SKIPPING
from utbildningsprocess.checks.texts import load_rules
from utbildningsprocess.model import Given, Kind, Row, Skipped, Unknown

if TYPE_CHECKING:
    from test_checks import Change
    from utbildningsprocess.model import Answers

RULES = load_rules((QUESTIONS / "rod-trad.yaml").read_text("utf-8"), "rod-trad.yaml")
DASHES = ("–", "...")
WORDS = (Kind.TEXT, Kind.LONG_TEXT, Kind.MEASURE)
TEXTS = [
    question.qid for question in BATTERY.questions() if question.kind in WORDS and question.qid in EXAMPLE
]
CELLS = [
    (question.qid, field.id)
    for question in BATTERY.questions()
    for field in question.fields
    if field.kind in WORDS and any(field.id in row.values for row in given_rows(EXAMPLE, question.qid))
]


def found(answers: Answers) -> list[tuple[str, str, str]]:
    """The findings, by rule, question and row; what is quoted of an answer is no matter here."""
    return [(finding.rule, finding.qid, finding.row) for finding in check(case(answers), RULES)]


@pytest.mark.parametrize("qid", TEXTS)
@pytest.mark.parametrize("dash", DASHES)
def test_a_lone_dash_says_as_little_as_no_answer(qid: str, dash: str) -> None:
    assert found(given(**{qid: dash})(EXAMPLE)) == found(given(**{qid: None})(EXAMPLE))


@pytest.mark.parametrize(("qid", "field"), CELLS)
def test_a_lone_dash_in_a_row_says_as_little_as_an_empty_field(qid: str, field: str) -> None:
    without = found(fields(qid, **{field: None})(EXAMPLE))
    assert [dash for dash in DASHES if found(fields(qid, **{field: dash})(EXAMPLE)) != without] == []


@pytest.mark.parametrize("qid", [question.qid for question in BATTERY.questions() if question.fields])
def test_a_row_of_dashes_is_no_row(qid: str) -> None:
    question = BATTERY.question(qid)
    assert question is not None
    cells = {field.id: "–" for field in question.fields if field.kind in WORDS}
    dashes = Given((Row(f"{question.row_prefix or ''}1", cells),))
    assert found({**EXAMPLE, qid: dashes}) == found({**EXAMPLE, qid: Given(())})


# ------------------------------------------------------------- skipped for a reason


def skipped(qid: str, answers: Answers = EXAMPLE) -> set[str]:
    """The rules that ask for a question that is skipped for a reason."""
    sheet = {**answers, qid: Skipped("Det avgör kommunen, inte vi.")}
    return {finding.rule for finding in check(case(sheet), RULES) if qid in (finding.qid, finding.opens)}


@pytest.mark.parametrize("qid", sorted(EXAMPLE))
def test_nobody_is_asked_again_for_what_is_skipped_for_a_reason(qid: str) -> None:
    assert skipped(qid) - {*NOT_SETTLED_BY_SKIPPING} == set()


@pytest.mark.parametrize(
    ("rule", "qid"),
    [
        ("R11", "koncept.aktiviteter"),
        ("R12", "koncept.matt"),
        ("R13", "analys.onskat_beteende"),
        ("R15", "koncept.larandemal"),
        ("R26", "koncept.aktiviteter"),
        ("R40", "uppfoljning.andra_insatser_status"),
    ],
)
def test_no_row_is_missed_of_a_question_that_is_skipped_for_a_reason(rule: str, qid: str) -> None:
    for answer, is_missed in ((Unknown(), True), (Skipped("Det avgör kommunen."), False)):
        findings = check(case({**EXAMPLE, qid: answer}), RULES)
        assert (rule in {finding.rule for finding in findings}) == is_missed


@pytest.mark.parametrize(
    ("rule", "qid", "change"),
    [
        ("R05", "behov.krav_kalla", given()),
        ("R09", "analys.andra_insatser", given()),
        ("R23", "koncept.samverkan", given()),
        ("R29", "produktion.tillganglighet", given()),
        ("R39", "uppfoljning.resultat", given(uppfoljning__natt_malen="ja")),
    ],
)
def test_skipping_does_not_settle_what_the_law_asks_or_what_is_said_elsewhere(
    rule: str, qid: str, change: Change
) -> None:
    assert rule in skipped(qid, change(EXAMPLE))


@pytest.mark.parametrize("reason", ["", "–"])
def test_skipping_without_a_reason_leaves_the_finding(reason: str) -> None:
    findings = check(case({**EXAMPLE, "koncept.kollegastod": Skipped(reason)}), RULES)
    assert "R46" in {finding.rule for finding in findings}


def test_every_rule_that_skipping_does_not_settle_exists() -> None:
    assert {*NOT_SETTLED_BY_SKIPPING} <= {*RULES}


def test_of_a_demand_nothing_is_missed_that_is_skipped_for_a_reason() -> None:
    demand = read(CASES / "R48" / "fel.yaml")
    assert [
        hit.words["saknas"] for hit in hits("R48", {**demand, "behov.krav_bevis": Skipped("Står ej.")})
    ] == ["hur ofta det görs om"]
    both = dict.fromkeys(("behov.krav_bevis", "behov.krav_intervall"), Skipped("Står ej."))
    assert hits("R48", {**demand, **both}) == []
