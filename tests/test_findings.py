"""Findings: which rules are applied, what their sentences say, and in what order they come."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from small import SMALL
from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.checks.case import Case, Hit
from utbildningsprocess.checks.findings import applying, check, most_important
from utbildningsprocess.checks.model import Finding, Grade, RuleText
from utbildningsprocess.model import AnswerSheet, Given, Row, Skipped, Unknown
from utbildningsprocess.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Check = Callable[[Case], Iterable[Hit]]

BEGUN = {"behov.varfor": Given("Därför"), "koncept.status": Skipped("")}


def case(answers: dict[str, Any] | None = None) -> Case:
    settings = Settings()
    nothing: Any = None
    return Case(
        AnswerSheet(SMALL, BEGUN if answers is None else answers),
        nothing,
        settings.cost,
        settings.limits,
        date(2026, 3, 1),
    )


def text(rule_id: str, sentence: str = "Text.", stage: str = "behov", grade: Grade = Grade.RED) -> RuleText:
    return RuleText(rule_id, grade, stage, "Titel", "villkor", sentence, "Därför.", "Källa")


def hits(*given: Hit) -> Check:
    return lambda _: given


def found(*rules: tuple[RuleText, Check], answers: dict[str, Any] | None = None) -> tuple[Finding, ...]:
    texts = {rule.id: rule for rule, _ in rules}
    return check(case(answers), texts, {rule.id: function for rule, function in rules})


def sentence(of: str, hit: Hit) -> tuple[str, str]:
    (finding,) = found((text("R01", of), hits(hit)))
    return finding.text, finding.public_text


# ---------------------------------------------------------- what is applied


def broken(_: Case) -> list[Hit]:
    raise AssertionError("a rule whose stage nobody has begun is not asked")


def test_a_rule_is_applied_only_when_its_stage_is_begun() -> None:
    assert found((text("R01", stage="analys"), broken)) == ()
    assert len(found((text("R01", stage="behov"), hits(Hit("behov.varfor"))))) == 1


@pytest.mark.parametrize("answer", [Given("Ja"), Skipped("Nej"), Unknown("Chefen")])
def test_any_answer_begins_a_stage(answer: object) -> None:
    stages = [text("R01"), text("R02", stage="koncept"), text("R03", stage="alla")]
    applied = applying(case({"koncept.status": answer}), {one.id: one for one in stages})
    assert [one.id for one in applied] == ["R02", "R03"]


def test_nothing_is_applied_to_nothing() -> None:
    assert found((text("R01", stage="alla"), broken), (text("R02"), broken), answers={}) == ()


def test_a_rule_that_has_no_text_is_not_applied() -> None:
    assert check(case(), {}, {"R01": broken}) == ()


def test_nobody_is_told_to_mend_a_question_that_is_no_longer_asked() -> None:
    rule = text("R01"), hits(Hit("behov.kalla"))
    demand = {**BEGUN, "behov.kalla": Given("Socialtjänstlagen"), "behov.krav": Given("lag")}
    assert len(found(rule, answers=demand)) == 1
    assert found(rule, answers={**demand, "behov.krav": Given("nej")}) == ()


def test_what_stands_in_a_question_no_longer_asked_is_still_looked_through_for_traces_of_people() -> None:
    rule = text("R01", stage="alla"), hits(Hit("behov.kalla"))
    assert len(found(rule, answers={**BEGUN, "behov.krav": Given("nej")})) == 1


def test_rules_do_not_see_the_answer_to_a_question_no_longer_asked() -> None:
    answers = {"behov.krav": Given("lag"), "behov.kalla": Given("Socialtjänstlagen")}
    assert case(answers).text("behov.kalla") == "Socialtjänstlagen"
    assert case({**answers, "behov.krav": Given("nej")}).text("behov.kalla") == ""


# ------------------------------------------------------------ what is said


def test_words_fill_the_sentence() -> None:
    hit = Hit("behov.varfor", words={"id": "L1", "dagar": "16"})
    assert sentence("Mål {id} dröjer {dagar} dagar.", hit) == ("Mål L1 dröjer 16 dagar.",) * 2


def test_a_word_the_rule_did_not_give_is_a_dash() -> None:
    assert sentence("{id} och {annat}.", Hit("behov.varfor", words={"id": ""})) == ("– och –.", "– och –.")


def test_words_of_an_answer_are_not_published() -> None:
    hit = Hit("behov.varfor", words={"id": "B1"}, raw={"gor": "förstår Anna"})
    assert sentence("{id}: ”{gor}” syns inte.", hit) == (
        "B1: ”förstår Anna” syns inte.",
        "B1: ”…” syns inte.",
    )


def test_a_rule_may_say_what_to_publish_in_place_of_an_answer() -> None:
    hit = Hit("behov.varfor", words={"aktivitet": "A3"}, raw={"aktivitet": "Hos Anna"})
    assert sentence("Platser i {aktivitet}.", hit) == ("Platser i Hos Anna.", "Platser i A3.")


def test_what_fills_a_sentence_is_never_looked_into() -> None:
    hit = Hit("behov.varfor", words={"id": "{gor} %s {0}"}, raw={"gor": "{id} \\1 {__class__}"})
    assert sentence("{id} {gor}", hit)[0] == "{gor} %s {0} {id} \\1 {__class__}"


def test_braces_that_name_nothing_stay() -> None:
    assert sentence("{} {0} {Å} { {id", Hit("behov.varfor"))[0] == "{} {0} {Å} { {id"


def test_an_answer_is_quoted_on_one_line_and_not_at_length() -> None:
    hit = Hit("behov.varfor", raw={"gor": "ett\n\ntvå " + "tre " * 50})
    quoted = sentence("{gor}", hit)[0]
    assert quoted == f"ett. två {'tre ' * 17}…"


# ------------------------------------------------------------ accepting


def test_a_finding_shows_the_deviation_that_accepts_it() -> None:
    accepted = Given((Row("1", {"regel": "R01 L2", "skal": "Övas i arbetet"}),))
    two = hits(Hit("koncept.larandemal", "L1"), Hit("koncept.larandemal", "L2"))
    first, second = found((text("R01"), two), answers={**BEGUN, DEVIATIONS: accepted})
    assert first.deviation is None
    assert second.deviation is not None
    assert second.deviation.reason == "Övas i arbetet"


def test_a_personal_number_stays_whatever_the_dossier_says() -> None:
    accepted = Given((Row("1", {"regel": "R32", "skal": "Vi vill"}),))
    (finding,) = found(
        (text("R32", stage="alla"), hits(Hit("behov.varfor"))),
        answers={**BEGUN, DEVIATIONS: accepted},
    )
    assert finding.deviation is None


# ---------------------------------------------------------------- order


def test_findings_come_by_stage_then_grade_then_rule_then_row() -> None:
    rows = [Hit("koncept.larandemal", row) for row in ("L10", "L2", "")]
    order = found(
        (text("R11", stage="koncept"), hits(*rows)),
        (text("R02", stage="koncept", grade=Grade.TIP), hits(Hit("koncept.larandemal"))),
        (text("R09", stage="koncept"), hits(Hit("koncept.larandemal"))),
        (text("R20"), hits(Hit("behov.varfor"))),
        (text("R01", grade=Grade.YELLOW), hits(Hit("behov.varfor"))),
    )
    assert [(one.rule, one.row) for one in order] == [
        *(("R20", ""), ("R01", "")),
        *(("R09", ""), ("R11", ""), ("R11", "L2"), ("R11", "L10"), ("R02", "")),
    ]


def test_a_rule_for_every_stage_is_shown_in_the_stage_where_it_hit() -> None:
    places = ["avsteg.godtagna", "koncept.status", "om.status", "behov.varfor"]
    order = found((text("R33", stage="alla"), hits(*map(Hit, places))))
    assert [one.stage for one in order] == ["om", "behov", "koncept", "avsteg"]


def test_the_most_important_are_a_few_of_the_stage_that_nobody_has_accepted() -> None:
    accepted = Given((Row("1", {"regel": "R02", "skal": "Därför"}),))
    order = found(
        (text("R01", grade=Grade.TIP), hits(Hit("behov.varfor"))),
        (text("R02"), hits(Hit("behov.varfor"))),
        (text("R03", grade=Grade.YELLOW), hits(Hit("behov.varfor"))),
        (text("R04"), hits(Hit("behov.varfor"), Hit("behov.kort"))),
        (text("R05", stage="koncept"), hits(Hit("koncept.status"))),
        answers={**BEGUN, DEVIATIONS: accepted},
    )
    assert [one.rule for one in most_important(reversed(order), "behov")] == ["R04", "R04", "R03"]
    assert [one.rule for one in most_important(order, "behov", 9)] == ["R04", "R04", "R03", "R01"]
    assert most_important(order, "analys") == ()
