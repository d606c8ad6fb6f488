"""Lessons that come back in a conversation: told once, read or noted with a key, and gone when passed over."""

from __future__ import annotations

import pytest

from making import BATTERY, TODAY
from scripted import KEEP, Scripted
from test_conversation import Shelf
from utbildningsprocess.conversation.face import Back, NoteLesson, ReadLessons
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.conversation.talk import Commentary
from utbildningsprocess.interview import Interview
from utbildningsprocess.lessons.model import Recollection, Suggested
from utbildningsprocess.lessons.titles import nearly_called
from utbildningsprocess.model import AnswerSheet, Battery, Given, Unfit, Unknown

BUILDS_ON = "om.bygger_pa"
FIRST = Suggested(
    "a 1", ("Ändra: Fråga först (Gamla, 2025)", "Samma hinder: tiden; ord: natt"), "Hela den ena", "a.md: Ett"
)
SECOND = Suggested(
    "b 2", ("Behåll: Öva (Äldre, 2024)", "Samma hinder: tiden; ord: larm"), "Hela den andra", "b.md: Två"
)
HEADING = "Lärdomar från tidigare insatser som kan passa här:"
DONE = "klart"


def only(stage_id, question_id):
    """A stage with one question, of a row only its first field, and the battery with what lessons are noted in."""
    stage = BATTERY.stage(stage_id)
    (asked,) = (question for question in stage.questions if question.id == question_id)
    short = asked.model_copy(update={"prefill": None, "fields": asked.fields[:1]})
    stage = stage.model_copy(update={"questions": (short,)})
    return stage, Battery((BATTERY.stage("om"), stage))


def hold(face, stage_id, question, *lessons, shelf=None):
    """Holds a stage of one question where these lessons fit; gives what is stored, and what was passed over."""
    shelf, passed = shelf or Shelf(), []
    stage, battery = only(stage_id, question)
    commentary = Commentary(recall=lambda: Recollection(lessons), pass_over=passed.extend)
    interview = Interview(stage, AnswerSheet(battery, dict(shelf.answers)), today=TODAY)
    ask_stage(interview, face, shelf.store(), commentary)
    return shelf.answers, passed


def test_before_the_activities_they_are_told_and_nothing_more_needs_to_be_pressed():
    face = Scripted("", DONE)
    answers, passed = hold(face, "koncept", "aktiviteter", FIRST, SECOND)
    told = next(line for line in face.said if HEADING in line)
    assert told.count("\n") == 5
    assert "2. Behåll: Öva (Äldre, 2024)\n   Samma hinder: tiden; ord: larm" in told
    assert [ask.text for ask in face.asked][:1] == ["Titel"]
    assert face.asked[0].has_lessons
    assert (answers, {*passed}) == ({}, {"a 1", "b 2"})


def test_without_any_that_fits_nothing_is_said_and_the_keys_do_nothing():
    face = Scripted("", DONE)
    _, passed = hold(face, "koncept", "aktiviteter")
    assert not any("lärdom" in line.casefold() for line in face.said)
    assert not any(ask.has_lessons for ask in face.asked)
    assert passed == []


def test_a_question_before_the_activities_is_asked_without_looking_for_lessons():
    def recall():
        raise AssertionError

    stage, battery = only("koncept", "befintligt")
    interview = Interview(stage, AnswerSheet(battery, {}), today=TODAY)
    ask_stage(interview, Scripted("Inget", DONE), Shelf().store(), Commentary(recall=recall))


def test_one_key_shows_them_whole_and_what_is_half_typed_stays():
    face = Scripted(ReadLessons("Halva titeln"), KEEP, "", DONE)
    answers, _ = hold(face, "koncept", "aktiviteter", FIRST, SECOND)
    assert "\n1. Hela den ena\n\n2. Hela den andra" in face.said
    assert answers["koncept.aktiviteter"].value[0].values["titel"] == "Halva titeln"
    assert sum(HEADING in line for line in face.said) == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, ("b.md: Två",)),
        (Given(("c.md: Tre",)), ("c.md: Tre", "b.md: Två")),
        (Given(("b.md: Två",)), ("b.md: Två",)),
        (Unknown("Chefen"), ("b.md: Två",)),
    ],
)
def test_one_key_notes_that_one_is_used_after_what_stands_there(before, after):
    shelf = Shelf({BUILDS_ON: before} if before else {})
    face = Scripted(NoteLesson(), SECOND, "", DONE)
    answers, _ = hold(face, "koncept", "aktiviteter", FIRST, SECOND, shelf=shelf)
    assert answers[BUILDS_ON] == Given(after)


def test_the_only_one_is_noted_at_once():
    answers, _ = hold(Scripted(NoteLesson(), "", DONE), "koncept", "aktiviteter", FIRST)
    assert answers[BUILDS_ON] == Given(("a.md: Ett",))


@pytest.mark.parametrize("way", [Back(), "Ingen av dem"])
def test_who_wanted_to_note_one_may_change_their_mind(way):
    answers, _ = hold(Scripted(NoteLesson(), way, "", DONE), "koncept", "aktiviteter", FIRST, SECOND)
    assert answers == {}


def test_what_cannot_be_read_as_an_answer_is_never_written_over():
    shelf = Shelf({BUILDS_ON: Unfit("?", "Det går inte att läsa.")})
    face = Scripted(NoteLesson(), "", DONE)
    answers, _ = hold(face, "koncept", "aktiviteter", FIRST, shelf=shelf)
    assert answers == shelf.answers
    assert any("går inte att läsa, så lärdomen är inte noterad" in line for line in face.said)


def test_after_analys_they_come_with_the_findings_and_the_same_keys():
    face = Scripted("Svårt", DONE, ReadLessons(), NoteLesson(), DONE)
    answers, passed = hold(face, "analys", "forebilder", FIRST)
    assert answers[BUILDS_ON] == Given(("a.md: Ett",))
    assert face.offered[-1] == ["Klart, gå vidare"]
    assert {*passed} == {"a 1"}


def test_after_another_stage_none_comes():
    face = Scripted("Inget", DONE)
    hold(face, "koncept", "befintligt", FIRST)
    assert not any(HEADING in line for line in face.said)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Trygg start 2027", "trygg-start"),
        ("Brandövning 2026", "brandovning-2027"),
        ("Introduktion på natten", "introduktion-pa-natt"),
        ("Samtal om döden", "samtalet-om-doden"),
        ("Introduktion av nya sjuksköterskor", "introduktion-av-nya-sjukskoterskor-pa-akuten"),
        ("Larm från hemmet", "larm-hemmet"),
    ],
)
def test_titles_are_nearly_the_same(title, name):
    assert nearly_called(title, ["annat", name]) == [name]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Trygg start", "trygg-hemgang"),
        ("Introduktion", "introduktion-natt"),
        ("2027", "2028"),
        ("Handledning på natten", "natten"),
    ],
)
def test_one_word_alone_makes_no_title_near(title, name):
    assert nearly_called(title, [name]) == []
