"""Deviations: which finding a row of `avsteg.godtagna` accepts, and the rows with one more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from small import SMALL
from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.battery import load_battery
from utbildningsprocess.checks.deviations import Target, accepting, deviations, target, with_deviation
from utbildningsprocess.checks.model import Deviation
from utbildningsprocess.model import Answers, AnswerSheet, Given, Kind, Row, Skipped

DAY = date(2026, 3, 12)
WHOLE = Deviation("R11", "", "Målet övas i arbetet", "Vårdenhetschef", DAY)
ONE_ROW = Deviation("R11", "L3", "L3 övas hos grannen", "", None)


def sheet(given: Answers) -> AnswerSheet:
    return AnswerSheet(SMALL, given)


def answers(*rows: dict[str, object]) -> dict[str, Given]:
    return {DEVIATIONS: Given(tuple(Row(str(place), row) for place, row in enumerate(rows, 1)))}


def written(deviation: Deviation) -> dict[str, object]:
    (row,) = with_deviation(sheet({}), deviation)
    return dict(row.values)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("R24", Target("R24", "")),
        (" r24. ", Target("R24", "")),
        ("24", Target("R24", "")),
        ("R 1", Target("R01", "")),
        ("R11 L3", Target("R11", "L3")),
        ("r11:l3", Target("R11", "L3")),
        ("R11, L3", Target("R11", "L3")),
        ("R31 2", Target("R31", "2")),
        ("R16 före", Target("R16", "fore")),
        ("R09 sällanuppgift", Target("R09", "sallanuppgift")),
        ("R11 för mål L3", None),
        ("R11L3", None),
        ("Tiden", None),
        ("", None),
    ],
)
def test_what_a_rule_field_means(text: str, meant: Target | None) -> None:
    assert target(text) == meant


def test_a_row_is_read_whole() -> None:
    row = {"regel": "R11:L3", "skal": "Övas i\narbetet", "roll": "Chef", "datum": DAY}
    assert deviations(answers(row)) == (Deviation("R11", "L3", "Övas i arbetet", "Chef", DAY),)


@pytest.mark.parametrize(
    "row",
    [
        {"regel": "R11"},
        {"regel": "R11", "skal": "  "},
        {"skal": "Därför"},
        {"regel": "Allt", "skal": "Därför"},
        {},
    ],
)
def test_without_a_rule_and_a_reason_nothing_is_accepted(row: dict[str, object]) -> None:
    assert deviations(answers(row)) == ()


def test_a_question_nobody_answered_accepts_nothing() -> None:
    assert deviations({}) == ()
    assert deviations({DEVIATIONS: Skipped("Inga")}) == ()


def test_the_whole_rule_is_accepted_for_every_row_and_a_row_for_itself() -> None:
    assert accepting([WHOLE], "R11", "L3") == WHOLE
    assert accepting([WHOLE], "R11", "") == WHOLE
    assert accepting([ONE_ROW], "R11", "L3") == ONE_ROW
    assert accepting([ONE_ROW], "R11", "l3") == ONE_ROW
    assert accepting([ONE_ROW], "R11", "L2") is None
    assert accepting([ONE_ROW], "R11", "") is None
    assert accepting([WHOLE], "R12", "L3") is None


def test_a_deviation_from_a_row_that_was_known_by_its_number_holds_when_the_row_has_an_id() -> None:
    old = Deviation("R31", "2", "Bokas senare", "Chef", DAY)
    assert accepting([old], "R31", "T2") == old
    assert accepting([old], "R31", "T12") is None
    assert accepting([old], "R31", "L2") is None


def test_the_rows_own_reason_is_shown_before_the_whole_rules() -> None:
    assert accepting([WHOLE, ONE_ROW], "R11", "L3") == ONE_ROW
    assert accepting([WHOLE, ONE_ROW], "R11", "L2") == WHOLE


def test_a_personal_number_is_never_accepted() -> None:
    assert accepting([Deviation("R32", "", "Därför", "Chef", DAY)], "R32", "") is None


def test_a_deviation_is_written_with_what_is_known_of_it() -> None:
    assert written(WHOLE) == {
        "regel": "R11",
        "skal": "Målet övas i arbetet",
        "roll": "Vårdenhetschef",
        "datum": DAY,
    }
    assert written(ONE_ROW) == {"regel": "R11 L3", "skal": "L3 övas hos grannen"}


def test_a_deviation_more_is_a_row_more() -> None:
    before = answers({"regel": "R24", "skal": "Värt det"}, {"regel": "r11 l3", "skal": "Annat"})
    rows = with_deviation(sheet(before), WHOLE)
    assert rows[:2] == before[DEVIATIONS].value
    assert [row.id for row in rows] == ["1", "2", "3"]
    assert deviations({DEVIATIONS: Given(rows)})[2] == WHOLE


def test_a_new_reason_takes_the_place_of_the_old_one_and_nothing_else() -> None:
    old = Row("2", {"regel": "r11 l3", "skal": "Annat"}, {"datum": "i våras", "Not": "fråga HR"})
    before = (Row("1", {"regel": "R24", "skal": "Värt det"}), old, Row("3", {"regel": "R11", "skal": "Allt"}))
    newer = Deviation("R11", "L3", "Nytt skäl", "Chef", DAY)
    rows = with_deviation(sheet({DEVIATIONS: Given(before)}), newer)
    assert (rows[0], rows[2]) == (before[0], before[2])
    assert rows[1].values == {"regel": "R11 L3", "skal": "Nytt skäl", "roll": "Chef", "datum": DAY}
    assert rows[1].unfit == {"Not": "fråga HR"}


def test_saying_the_same_another_day_changes_nothing() -> None:
    rows = with_deviation(sheet({}), WHOLE)
    later = Deviation(WHOLE.rule, WHOLE.row, WHOLE.reason, WHOLE.role, date(2026, 9, 1))
    assert with_deviation(sheet({DEVIATIONS: Given(rows)}), later) == rows


def test_the_fields_are_those_of_the_shipped_question() -> None:
    folder = Path(__file__).parent.parent / "questions"
    battery = load_battery({"7-avsteg.yaml": (folder / "7-avsteg.yaml").read_text("utf-8")})
    fields = {field.id: field.kind for field in battery.questions()[0].fields}
    assert list(fields) == ["regel", "skal", "roll", "datum"]
    assert set(written(WHOLE)) == set(fields)
    assert fields["datum"] is Kind.DATE
