"""What is promised, when it is due, and what has an answer: each sort of promise by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from every import every_case
from utbildningsprocess.battery import load_battery
from utbildningsprocess.files.roots import battery_texts, find_root
from utbildningsprocess.model import AnswerSheet, Given, Row
from utbildningsprocess.plan.promises import every_promise, late_promises, untold_promises

BATTERY = load_battery(battery_texts(find_root(Path(__file__).parent.parent)))
TODAY = date(2026, 10, 12)
ACTIONS, MEASURES, RESULTS = "koncept.chef_handlingar", "koncept.matt", "uppfoljning.resultat"
OCCASION = {"datum": date(2026, 3, 10)}
ROUNDS = ({"datum": date(2026, 3, 10), "omgang": "Ett"}, {"datum": date(2026, 9, 8), "omgang": "Två"})


def group(prefix, *values):
    return Given(tuple(Row(f"{prefix}{number}", cells) for number, cells in enumerate(values, 1)))


def sheet(answers):
    return AnswerSheet(BATTERY, answers)


def action(weeks, *occasions):
    return {
        ACTIONS: group("H", {"handling": "Fråga", "vecka": weeks}),
        "genomforande.tillfallen": group("", *occasions),
    }


def measure(days, *results, again=None):
    return {
        MEASURES: group("M", {"metod": "Punktmätning", "nar_dagar": days}),
        "genomforande.tillfallen": group("", OCCASION),
        **({RESULTS: group("", *results)} if results else {}),
        **({"uppfoljning.nasta_matning": Given(again)} if again else {}),
    }


CASES = {
    "a week after the first occasion": (action(8, OCCASION), ["H1 vecka 19 2026"]),
    "with several rounds the week of the last": (action(1, *ROUNDS), ["H1 vecka 38 2026"]),
    "no occasion, no day": (action(8), []),
    "a measure so many days after the last occasion": (measure(30), ["M1 2026-04-09"]),
    "a measure with an outcome": (measure(30, {"matt": "M1", "utfall": "86 %"}), []),
    "a measure that was not measured": (measure(30, {"matt": "M1", "utfall": "ej mätt"}), []),
    "a measure that is to be measured once more": (
        measure(30, {"matt": "M1", "utfall": "ej mätt"}, again=date(2026, 9, 30)),
        ["M1 2026-09-30"],
    ),
    "the only measure left follows the next measurement": (measure(30, again=date(2026, 12, 1)), []),
}


@every_case("answers, expected", CASES.values())
def test_a_promise_is_due_on_its_day_until_somebody_has_answered(answers, expected):
    due = untold_promises(sheet(answers), TODAY)
    assert [f"{promise.row.id} {promise.on}" for promise in due] == expected


def test_no_two_promises_have_the_same_place():
    answers = {
        **action(8, OCCASION),
        **measure(30),
        "uppfoljning.lardomar": group("R", {"lardom": "Tid", "anvands": "nu"}),
    }
    places = [promise.place for promise in every_promise(sheet(answers))]
    assert len(places) == len(set(places)) == 3


def test_nobody_is_late_in_an_initiative_that_has_ended_or_a_dossier_that_is_finished():
    answers = action(8, OCCASION)
    assert late_promises(sheet(answers), TODAY)
    assert not late_promises(sheet({**answers, "om.status": Given("fardigstalld")}), TODAY)
    assert not late_promises(sheet({**answers, "uppfoljning.nasta_steg": Given("avsluta")}), TODAY)
