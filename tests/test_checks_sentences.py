"""The rules that look at words, held to sentences that people write: what is fair is left in peace.

A table in `cases/larm/` has at least sixty sentences that are no fault (`goda`) and twenty-five that are
(`daliga`). What a rule is known to get wrong stands under `missas` or `larmar` as well, so that both figures
are in sight. The last of each table were written by somebody who had not seen the patterns.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from every import every_case
from utbildningsprocess.battery import load_battery
from utbildningsprocess.checks.case import Case
from utbildningsprocess.checks.registry import CHECKS
from utbildningsprocess.diagnosis.loading import fitting, read_diagnosis
from utbildningsprocess.files.roots import battery_texts, find_root
from utbildningsprocess.model import AnswerSheet, Given, Row
from utbildningsprocess.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utbildningsprocess.model import Answers

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tests" / "cases" / "larm"
BATTERY = load_battery(battery_texts(find_root(ROOT)))
DIAGNOSIS = fitting(
    read_diagnosis((ROOT / "questions" / "diagnos.yaml").read_text("utf-8"), "diagnos.yaml"), BATTERY
)
FEWEST_FAIR, FEWEST_FAULTY = 60, 25
MOST_MISSED, MOST_SCOLDED = 0.1, 0.02

ONE_ACTIVITY = Given((Row("A1", {"titel": "Övning", "fas": "under", "form": "workshop"}),))
STATEMENTS = tuple(f"s{number:02}" for number in range(1, 21))
STRONG = {
    "utbildning": "s01",
    "ovning": "s04",
    "handledning": "s03",
    "verktyg": "s08",
    "organisation": "s12",
    "bemanning": "s10",
    "ledarskap": "s15",
}
"""By action the statement that, alone, makes it the main one; information is when it fits on a page."""


def about_action(action: str, sentence: str) -> Answers:
    """An analysis that points at one action, and a conclusion."""
    statement = STRONG.get(action, "s01")
    answers = {key: "stammer" if key == statement else "stammer_inte" for key in STATEMENTS}
    return {
        "behov.noll": Given("risk_skada"),
        "analys.gap_belagg": Given("matt"),
        "analys.kan_idag": Given("nej"),
        "analys.en_a4": Given(action == "information"),
        "analys.hinder": Given(answers),
        "analys.slutsats": Given(sentence),
    }


SAID: dict[str, Callable[[str], Answers]] = {
    "R03": lambda text: {"behov.varfor": Given(text)},
    "R04": lambda text: {"behov.esther": Given(text)},
    "R07": lambda text: {"analys.onskat_beteende": Given((Row("B1", {"gor": text}),))},
    "R14": lambda text: {"koncept.larandemal": Given((Row("L1", {"kunna": text, "kriterium": "alltid"}),))},
    "R32": lambda text: {"behov.signal": Given(text)},
    "R33": lambda text: {"behov.signal": Given(text)},
    "R47": lambda text: {
        "behov.esther_tillfragad": Given(("ja_narstaende",)),
        "uppfoljning.varde": Given(text),
    },
    "R48": lambda text: {
        "behov.krav": Given("lag_foreskrift"),
        "behov.krav_kalla": Given(text),
        "koncept.aktiviteter": ONE_ACTIVITY,
    },
    "R49": lambda text: {
        "koncept.chef_handlingar": Given((Row("H1", {"fas": "efter", "handling": text}),)),
        "koncept.aktiviteter": ONE_ACTIVITY,
    },
}
"""By rule the smallest initiative in which only the sentence matters."""
SAME_TABLE = {"R14": "R07", "R32": "R33"}
"""Rules that are held to another's sentences; of these two, only to the fair ones for personal numbers."""


@cache
def table(rule: str) -> dict[str, Any]:
    path = TABLES / f"{SAME_TABLE.get(rule, rule)}.yaml"
    content: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return content


def finds(rule: str, answers: Answers) -> bool:
    settings = Settings()
    sheet = AnswerSheet(BATTERY, answers)
    case = Case(sheet, DIAGNOSIS, settings.cost, settings.limits, date(2025, 6, 1))
    return any(True for _ in CHECKS[rule](case))


def answers_of(rule: str, sentence: object) -> Answers:
    if isinstance(sentence, list):
        return about_action(*sentence)
    return SAID[rule](str(sentence))


def sentences(kind: str, rules: tuple[str, ...]) -> Iterator[Any]:
    for rule in rules:
        yield from ((rule, sentence) for sentence in table(rule)[kind])


FAIR = [*sentences("goda", (*SAID, "R44"))]
FAULTY = [*sentences("daliga", (*(rule for rule in SAID if rule != "R32"), "R44"))]


@every_case("rule, sentence", FAIR)
def test_a_fair_sentence_is_left_in_peace_unless_it_is_known_to_be_scolded(
    rule: str, sentence: object
) -> None:
    known = sentence in table(rule).get("larmar", []) and rule != "R32"
    assert finds(rule, answers_of(rule, sentence)) == known


@every_case("rule, sentence", FAULTY)
def test_a_faulty_sentence_is_found_unless_it_is_known_to_be_missed(rule: str, sentence: object) -> None:
    assert finds(rule, answers_of(rule, sentence)) == (sentence not in table(rule).get("missas", []))


@pytest.mark.parametrize("path", sorted(TABLES.iterdir()), ids=lambda path: path.stem)
def test_a_table_is_long_enough_and_few_of_its_faults_are_missed(path: Path) -> None:
    content = table(path.stem)
    assert len({*map(str, content["goda"])}) >= FEWEST_FAIR
    assert len({*map(str, content["daliga"])}) >= FEWEST_FAULTY
    assert len(content.get("missas", [])) <= MOST_MISSED * len(content["daliga"])
    assert len(content.get("larmar", [])) <= MOST_SCOLDED * len(content["goda"])
    assert [missed for missed in content.get("missas", []) if missed not in content["daliga"]] == []


def test_every_table_is_of_a_rule_that_is_tried() -> None:
    tried = {SAME_TABLE.get(rule, rule) for rule in (*SAID, "R44")}
    assert {path.stem for path in TABLES.iterdir()} == tried
    assert tried <= set(CHECKS)
