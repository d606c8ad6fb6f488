"""What an initiative's answers give to those that come after it."""

from datetime import date

from making import BATTERY, READ, WORKSPACE
from utbildningsprocess.diagnosis.counting import diagnose
from utbildningsprocess.lessons.gathering import earlier_of, situation_of
from utbildningsprocess.model import AnswerSheet, Given, Row, Skipped

LATER = date(2026, 6, 1)


def earlier(today=LATER, **changed):
    answers = {**READ.answers, **{qid.replace("_", ".", 1): answer for qid, answer in changed.items()}}
    answers = {qid: answer for qid, answer in answers.items() if answer is not None}
    diagnosis = diagnose(WORKSPACE.diagnosis_model, answers)
    return earlier_of("trygg-start", READ.title, AnswerSheet(BATTERY, answers), diagnosis, today)


def test_each_lesson_is_told_with_where_it_stands_and_whom_it_concerns():
    lessons = {lesson.key: lesson for lesson in earlier().lessons}
    kept = lessons["uppfoljning.lardomar:R2"]
    assert (kept.kind, kept.applies) == ("Ändra", "Verksamhetschefer")
    assert kept.text == "Handledartid måste ligga i schemat innan anställningen börjar"
    assert lessons["uppfoljning.hinderfall"].kind == "Där det inte blev av"
    assert "analys.slutsats" in lessons
    assert "analys.alternativ" not in lessons


def test_while_it_goes_on_its_analysis_is_no_lesson():
    going_on = earlier(uppfoljning_lardomar=None, uppfoljning_hinderfall=None, uppfoljning_framgangsfall=None)
    assert {lesson.key for lesson in going_on.lessons} == {"genomforande.hinder_pa_vagen"}


def test_one_that_ended_after_the_analysis_tells_what_was_passed_over():
    ended = earlier(analys_beslut=Given("avsluta"), uppfoljning_lardomar=Skipped("avslutad"))
    assert {"analys.slutsats", "analys.alternativ"} <= {lesson.key for lesson in ended.lessons}


def test_only_what_was_measured_is_a_result_and_has_a_day():
    initiative = earlier()
    assert "M3 Punktmätning NEWS2 på pass med nya: 86 % (mål 90 %, nuläge 68 %)" in initiative.results
    assert not any("ej mätt" in result for result in initiative.results)
    assert (initiative.when, initiative.what_then) == (date(2025, 9, 2), "mätt 2 september 2025")


def test_a_day_to_come_is_no_day_of_what_has_been():
    assert earlier(today=date(2025, 5, 20)).what_then == "mätt 13 maj 2025"
    assert earlier(today=date(2020, 1, 1)).when is None
    assert earlier(uppfoljning_resultat=None).what_then.startswith("genomfört ")


def test_an_occasion_of_today_has_not_been_held_yet():
    days = [earlier(today=date(2025, 5, day), uppfoljning_resultat=None).what_then for day in (13, 14)]
    assert days == ["genomfört 6 maj 2025", "genomfört 13 maj 2025"]


def test_its_situation_has_the_strong_causes_and_the_statements_that_hinder_much():
    situation = earlier().situation
    assert situation.causes["tid"] == "Tid eller bemanning räcker inte"
    assert "Tiden är för knapp." in situation.statements.values()
    assert "Nya undersköterskor" in situation.groups


def test_an_initiative_without_answers_gives_nothing_and_meets_nothing():
    nothing = AnswerSheet(BATTERY, {})
    situation = situation_of("Ny", nothing, diagnose(WORKSPACE.diagnosis_model, {}))
    assert (situation.causes, situation.statements, situation.problem) == ({}, {}, "")
    half = AnswerSheet(BATTERY, {"uppfoljning.lardomar": Given((Row("R1", {"typ": "andra"}),))})
    assert earlier_of("ny", "Ny", half, diagnose(WORKSPACE.diagnosis_model, {}), LATER).lessons == ()
