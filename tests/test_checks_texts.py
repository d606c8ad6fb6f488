"""What the rules say: the shipped texts keep their promises, a broken file gives every error with its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from utbildningsprocess.checks.deviations import NEVER_ACCEPTED
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.checks.registry import CHECKS
from utbildningsprocess.checks.texts import _Rule, load_rules
from utbildningsprocess.errors import BROKEN, Broken
from utbildningsprocess.steps import STEP_IDS

FILE = Path(__file__).parent.parent / "questions" / "rod-trad.yaml"
RULE = """\
  - id: {id}
    grad: {grad}
    steg: koncept
    titel: Mål utan aktivitet
    villkor: inget pekar på målet
    text: Mål {{id}} saknar aktivitet.
    darfor: Utan övning ingen förändring.
    kalla: Egen bedömning
"""


def rule(rule_id: str = "R11", grade: str = "rod") -> str:
    return RULE.format(id=rule_id, grad=grade)


def whole(*rules: str) -> str:
    return "".join(["format: 1\nregler:\n", *rules])


def errors(text: str) -> list[str]:
    with pytest.raises(Broken) as caught:
        load_rules(text, "rod-trad.yaml")
    assert caught.value.exit_code == BROKEN
    return str(caught.value).splitlines()


# ------------------------------------------------------------------ reading


def test_a_rule_is_read_as_it_stands() -> None:
    (found,) = load_rules(whole(rule()), "x.yaml").values()
    assert (found.id, found.grade, found.stage) == ("R11", Grade.RED, "koncept")
    assert (found.title, found.condition) == ("Mål utan aktivitet", "inget pekar på målet")
    assert (found.text, found.why) == ("Mål {id} saknar aktivitet.", "Utan övning ingen förändring.")
    assert found.source == "Egen bedömning"


def test_rules_keep_the_order_of_the_file_and_may_be_left_out() -> None:
    assert list(load_rules(whole(rule("R12"), rule("R10"), rule("R11")), "x.yaml")) == ["R12", "R10", "R11"]


def test_keys_may_be_spelt_with_diacritics() -> None:
    text = whole(rule()).replace("darfor:", "därför:").replace("kalla:", "källa:")
    assert load_rules(text, "x.yaml") == load_rules(whole(rule()), "x.yaml")


# ------------------------------------------------------------------- errors


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["1: filen ska ha nycklarna ”format” och ”regler”."]),
        ("- R01\n", ["1: filen ska ha nycklarna ”format” och ”regler”."]),
        ("regler: []\n", ["1: den här versionen läser bara format 1. Skriv format: 1."]),
        ("format: 2\nregler: []\n", ["1: den här versionen läser bara format 1. Skriv format: 1."]),
        ("format: true\nregler: []\n", ["1: den här versionen läser bara format 1. Skriv format: 1."]),
        ("format: 1\n", ["1: nyckeln ”regler” saknas."]),
        ("format: 1\nregler: R01\n", ["2: ”regler” ska vara en lista."]),
        ("format: 1\nregel: []\nregler: []\n", ["2: nyckeln ”regel” finns inte här. Menade du regler?"]),
        (
            "format: 1\nregler:\n  - R01\n",
            ["3: en regel ska ha nycklar, till exempel ”id” och ”text”."],
        ),
        (
            whole(rule("R11", "röd")),
            ["4: ”grad” ska vara något av rod, gul eller tips."],
        ),
        (
            whole(rule().replace("steg: koncept", "steg: koncpt")),
            ["5: ”steg” ska vara något av behov, analys, koncept, produktion, genomforande, uppfoljning eller alla."],
        ),
        (
            whole(rule().replace("titel:", "tittel:")),
            ["3: nyckeln ”titel” saknas.", "6: nyckeln ”tittel” finns inte här. Menade du titel?"],
        ),
        (whole(rule().replace("kalla: Egen bedömning", "kalla: 1962")), ["10: ”kalla” ska vara en text. Sätt citattecken om."]),
        (whole(rule().replace("kalla: Egen bedömning", "kalla: ' '")), ["10: ”kalla” är tom. Skriv det som ska läsas."]),
        (whole(rule().replace("kalla: Egen bedömning", "kalla:")), ["10: ”kalla” saknar värde. Skriv något, eller ta bort raden."]),
        (whole(rule(), rule()), ["11: regeln R11 finns redan i filen. Ta bort den ena."]),
        (whole(rule("R111")), ["3: regeln ”R111” finns inte. Menade du R11? Reglerna är R01–R64."]),
        (whole(rule("Målet")), ["3: regeln ”Målet” finns inte. Reglerna är R01–R64."]),
        (whole(rule()) + "    kalla: Två gånger\n", ["11: nyckeln ”kalla” står redan på rad 10. Ta bort den ena."]),
    ],
)  # fmt: skip
def test_an_error_is_told_with_its_line(text: str, told: list[str]) -> None:
    assert errors(text) == [f"rod-trad.yaml:{one}" for one in told]


def test_all_errors_come_at_once_in_the_order_of_the_file() -> None:
    text = whole(rule("R11", "brandgul"), rule("R12").replace("titel:", "titl:"), rule("R99"), rule("R11"))
    assert [line.split(": ")[0] for line in errors(text.replace("format: 1", "format: 3"))] == [
        *("rod-trad.yaml:1", "rod-trad.yaml:4", "rod-trad.yaml:11", "rod-trad.yaml:14"),
        *("rod-trad.yaml:19", "rod-trad.yaml:27"),
    ]


def test_a_name_that_the_rule_does_not_fill_in_is_told_with_those_it_does() -> None:
    text = whole(rule().replace("{id}", "{idd} {esther} {0} {").replace("titel: Mål", "titel: Mål {id}"))
    assert errors(text) == [
        "rod-trad.yaml:6: {id} fylls inte i här. Skriv det som ska läsas, utan klamrar.",
        "rod-trad.yaml:8: {esther} fylls inte i här. Skriv Esther, så byts det mot ert eget ord.",
        "rod-trad.yaml:8: {idd} fylls inte i här. Menade du id?",
    ]


def test_braces_around_anything_else_stand_as_they_are() -> None:
    text = whole(rule().replace("{id}", "{0} { {}"))
    assert load_rules(text, "x.yaml")["R11"].text == "Mål {0} { {} saknar aktivitet."


# -------------------------------------------------------- the shipped texts

TEXTS = load_rules(FILE.read_text("utf-8"), FILE.name)
LEVELS = {
    Grade.RED: "R01 R05 R08 R09 R11 R12 R16 R19 R20 R25 R29 R30 R32 R34 R37 R38",
    Grade.TIP: "R42 R43 R49 R56 R57 R60 R61",
}
"""Grades are what people plan by, so a change is made here too."""


def test_every_function_has_a_text_and_no_text_lacks_a_function() -> None:
    assert set(TEXTS) == set(CHECKS)
    assert len(TEXTS) == 64


def test_grades_are_the_ones_agreed_on() -> None:
    for grade, ids in LEVELS.items():
        assert " ".join(sorted(one.id for one in TEXTS.values() if one.grade is grade)) == ids


def test_rules_stand_together_by_stage_in_the_order_of_the_process() -> None:
    stages = [one.stage for one in TEXTS.values()]
    assert list(dict.fromkeys(stages)) == [*STEP_IDS, "alla"]
    assert stages == sorted(stages, key=[*STEP_IDS, "alla"].index)


def test_the_stages_of_a_rule_are_those_of_the_process() -> None:
    assert get_args(_Rule.model_fields["stage"].annotation) == (*STEP_IDS, "alla")


def test_titles_are_short_and_sentences_whole() -> None:
    assert [one.id for one in TEXTS.values() if not 3 <= len(one.title.split()) <= 7] == []
    texts = [text for one in TEXTS.values() for text in (one.text, one.why)]
    assert [text for text in texts if not text.rstrip("”").endswith((".", "?"))] == []
    assert [one.id for one in TEXTS.values() if one.condition.endswith(".")] == []


def test_only_traces_of_people_have_to_be_mended() -> None:
    assert [one.id for one in TEXTS.values() if "inte går att godta" in one.why] == list(NEVER_ACCEPTED)


def lix(text: str) -> float:
    """Words per sentence plus the percentage of words longer than six letters."""
    words = re.findall(r"\w+", text)
    sentences = [part for part in re.split(r"[.!?:](?:\W|$)", text) if re.search(r"\w", part)]
    return len(words) / len(sentences) + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_every_rule_is_easy_to_read() -> None:
    heavy = {one.id: round(lix(f"{one.text} {one.why}")) for one in TEXTS.values()}
    assert {rule_id: found for rule_id, found in heavy.items() if found >= 45} == {}
