"""All stages are written from the first day, and what becomes relevant later finds its place."""

from __future__ import annotations

import re

import pytest

from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.dossier.document import read
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace

MARKER = re.compile(r"<!-- utb:(\w+\.\w+) -->")


@pytest.fixture
def initiative(utb):
    return Initiative.start(Workspace.open(), "Trygg start")


def text_of(initiative):
    return initiative.path.read_text("utf-8")


def test_a_new_dossier_has_the_questions_of_all_stages_in_their_order(initiative):
    battery = initiative.workspace.battery
    written = MARKER.findall(text_of(initiative))
    nothing = AnswerSheet(battery, {})
    always = [question.qid for question in battery.questions() if is_relevant(question, nothing)]
    assert written == [qid for qid in always if not qid.startswith("avsteg.")]
    assert all(
        f"## {stage.title}\n\n{stage.purpose}\n" in text_of(initiative)
        for stage in battery.stages
        if stage.is_step
    )
    assert initiative.problems == ()


@pytest.mark.parametrize("stage", ["om", "behov", "analys", "koncept", "uppfoljning"])
def test_opening_a_stage_writes_nothing(initiative, stage):
    before = text_of(initiative)
    initiative.open_stage(stage)
    assert text_of(initiative) == before


def test_a_stage_of_an_old_dossier_gets_its_questions_when_it_is_opened(initiative):
    text = text_of(initiative)
    old = text[: text.index("### ", text.index("## Koncept"))] + text[text.index("## Produktion") :]
    initiative.path.write_text(old, "utf-8")
    initiative.reread()
    initiative.open_stage("koncept")
    assert text_of(initiative) == text


def test_a_question_that_an_answer_makes_relevant_is_written_with_it_also_in_another_stage(initiative):
    initiative.answer("produktion.simulering", "fullskala")
    written = MARKER.findall(text_of(initiative))
    assert written[written.index("produktion.simulering") + 1] == "produktion.debriefing"
    initiative.answer("behov.krav", "lag_foreskrift")
    written = MARKER.findall(text_of(initiative))
    assert written[written.index("behov.krav") + 1] == "behov.krav_kalla"
    assert read(text_of(initiative), initiative.workspace.battery).problems == ()


def test_a_question_that_no_longer_applies_stays_where_it_is(initiative):
    initiative.answer("produktion.simulering", "fullskala")
    initiative.answer("produktion.simulering", "nej")
    assert "produktion.debriefing" in MARKER.findall(text_of(initiative))
