"""Replies of several, whatever they came as, as rows of the dossier."""

from __future__ import annotations

from datetime import date

import pytest

from making import BATTERY
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.guide.replies import Purpose, Reply, Stated
from utbildningsprocess.model import AnswerSheet, Battery, Given, Row, Skipped, Unknown
from utbildningsprocess.work.respondents import voices_taken

GOAL = Given((Row("L1", {"kunna": "Byta förband"}),))


def came(*said, role="chef", answer_id="a1", day=3):
    """A reply of one of several; each saying is an address, words and an answer."""
    stated = tuple(Stated(address, f"Frågan om {address}", words, answer) for address, words, answer in said)
    return Reply("svar", answer_id, date(2026, 3, day), role, True, stated, purpose=Purpose.ALONE)


def taken(*replies, **answers):
    sheet = AnswerSheet(BATTERY, {"koncept.larandemal": GOAL, **answers})
    return voices_taken(sheet, replies, None)


def test_what_is_said_of_a_row_stays_a_voice_and_the_row_is_as_it_was():
    outcome = taken(
        came(
            ("koncept.larandemal.L1.kunna", "Byta förband själv", Given("Byta förband själv")),
            ("koncept.larandemal.+1", "Be om hjälp", Given((Row("", {"kunna": "Be om hjälp"}),))),
        )
    )
    assert outcome.sheet.answers["koncept.larandemal"] == GOAL
    said = [row.values["sagt"] for row in given_rows(outcome.answers, "analys.roster")]
    assert len(said) == 2
    assert "Byta förband själv" in said
    assert any("Be om hjälp" in words for words in said)


def test_not_to_know_is_an_answer_to_a_statement_and_a_voice_on_another_question():
    outcome = taken(
        came(
            ("analys.hinder.s10", "vet inte", Unknown("")), ("behov.varfor", "chefen vet", Unknown("chefen"))
        )
    )
    (row,) = given_rows(outcome.answers, "analys.svarande")
    (voice,) = given_rows(outcome.answers, "analys.roster")
    assert row.values["s10"] == "vet_inte"
    assert voice.values["sagt"] == "Vet inte än. chefen"


def test_what_one_of_several_skips_is_told_and_never_a_voice():
    outcome = taken(
        came(
            ("analys.hinder", "Hoppar över", Skipped("")),
            ("behov.varfor", "Hoppar över: för tidigt", Skipped("för tidigt")),
        )
    )
    assert outcome.answers == {}
    assert outcome.lines[-2:] == [
        "  Hoppade över ”Frågan om analys.hinder”. Inget sparas om det.",
        "  Hoppade över ”Frågan om behov.varfor”. Inget sparas om det. Skälet: ”för tidigt”",
    ]


def test_a_role_that_the_rows_have_no_choice_for_is_told_in_words():
    outcome = taken(came(("analys.hinder.s10", "a", Given("stammer")), role="processledare"))
    (row,) = given_rows(outcome.answers, "analys.svarande")
    assert (row.values["roll"], row.values["vem"]) == ("annan", "processledare")


def test_rows_typed_by_hand_stand_first_as_they_were():
    typed = (Row("SV2", {"roll": "esther", "s10": "delvis"}), Row("SV1", {"roll": "chef", "s10": "delvis"}))
    replies = [came(("analys.hinder.s10", "a", Given("stammer")), answer_id=key) for key in ("b", "a")]
    outcome = taken(*replies, **{"analys.svarande": Given(typed)})
    rows = given_rows(outcome.answers, "analys.svarande")
    assert rows[:2] == typed
    assert {row.id for row in rows} & {"SV1", "SV2"} == {"SV1", "SV2"}
    assert len(rows) == 4


def test_questions_without_room_for_several_voices_are_told():
    analysis = BATTERY.stage("analys")
    kept = tuple(question for question in analysis.questions if question.id not in ("svarande", "roster"))
    narrow = Battery((analysis.model_copy(update={"questions": kept}),))
    reply = came(("analys.hinder.s10", "a", Given("stammer")))
    with pytest.raises(WrongUse, match=r"era egna frågor har inte frågan analys\.svarande"):
        voices_taken(AnswerSheet(narrow, {}), [reply], None)
