"""Renaming a row takes with it what points at it, in the same save, and tells."""

from __future__ import annotations

import json

import pytest

from scripted import Scripted
from utbildningsprocess.answers.rows import dangling, given_rows
from utbildningsprocess.conversation.talk import Commentary, Talk
from utbildningsprocess.model import Given, Row
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace

GROUPS = "behov.malgrupper"
GOALS = "koncept.larandemal"
NEW = "Nya undersköterskor"


@pytest.fixture
def example(utb):
    return Initiative(Workspace.open(), utb.example())


def names(initiative):
    return [row.values["namn"] for row in given_rows(initiative.answers, GROUPS)]


def renamed(initiative, name):
    first, *below = given_rows(initiative.answers, GROUPS)
    return Given((Row(first.id, {**first.values, "namn": name}), *below))


def test_references_follow_a_row_with_another_name_in_the_same_save_and_are_counted(example):
    pointing = example.path.read_text("utf-8").count(NEW)
    example.save({GROUPS: renamed(example, "Nyanställda")})
    assert dangling(example.sheet) == []
    assert example.followed.sentence == (
        f"{sum(example.followed.counts.values())} hänvisningar till ”{NEW}” följde med till ”Nyanställda”."
    )
    example.reread()
    assert [problem for problem in example.problems if "pekar på" in problem.text] == []
    assert example.path.read_text("utf-8").count("Nyanställda") > 8 < pointing


def test_a_conversation_says_what_followed_and_goes_on_from_it(example):
    interview = example.interview("behov", everything=True)
    interview.goto(GROUPS)
    talk = Talk(interview, Scripted(), example.store(), Commentary())
    talk.put(GROUPS, renamed(example, "Nyanställda"))
    assert talk.face.said[-1].endswith(f"hänvisningar till ”{NEW}” följde med till ”Nyanställda”.")
    assert dangling(interview.sheet) == []
    talk.put(GROUPS, renamed(example, NEW))
    assert given_rows(interview.answers, GOALS)[0].values["malgrupp"] == NEW


def test_rows_that_only_move_take_no_references_with_them(example):
    rows = given_rows(example.answers, GROUPS)
    before = example.answers[GOALS]
    example.save({GROUPS: Given(tuple(reversed(rows)))})
    assert example.answers[GOALS] == before
    assert example.followed.sentence == ""


def test_two_rows_that_change_names_with_each_other_are_not_taken_for_renamed(example):
    first, second, *below = given_rows(example.answers, GROUPS)
    swapped = (
        Row(first.id, {**first.values, "namn": second.values["namn"]}),
        Row(second.id, {**second.values, "namn": first.values["namn"]}),
    )
    example.save({GROUPS: Given((*swapped, *below))})
    assert example.followed.sentence == ""


def test_the_command_line_says_how_many_followed(utb):
    utb.example()
    rows = json.loads(utb("svar", "trygg", GROUPS).out)
    rows[0]["namn"] = "Nyanställda"
    outcome = utb("svar", "trygg", GROUPS, json.dumps(rows))
    assert f"hänvisningar till ”{NEW}” följde med till ”Nyanställda”." in outcome.err


def test_a_row_put_before_the_others_by_a_list_without_ids_leaves_each_its_id(utb, example):
    rows = json.loads(utb("svar", "trygg", GROUPS).out)
    example.answer(GROUPS, json.dumps([{"namn": "Läkare"}, *rows]))
    assert [row.id for row in given_rows(example.answers, GROUPS)] == ["4", "1", "2", "3"]
    assert example.followed.sentence == ""


def test_a_reference_that_points_nowhere_is_told_at_its_row(example):
    text = example.path.read_text("utf-8").replace(
        "#### L3\n\n- **Målgrupp:** Nya undersköterskor", "#### L3\n\n- **Målgrupp:** Gamla"
    )
    example.path.write_text(text, "utf-8")
    example.reread()
    (problem,) = [problem for problem in example.problems if "Gamla" in problem.text]
    assert text.split("\n")[problem.line - 1] == "#### L3"
