"""Counting what is answered, and choosing the next step."""

from __future__ import annotations

from small import BEHOV, KONCEPT, SMALL
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown
from utbildningsprocess.status import next_step, standings

REASON = Given("Därför")
CORE = {"behov.varfor": REASON, "behov.krav": Given("nej")}


def everything(value=REASON):
    return {question.qid: value for question in SMALL.questions()}


def test_only_relevant_questions_count_and_unfit_text_is_still_open():
    answers = {
        "behov.varfor": REASON,
        "behov.kort": Skipped("Gäller inte"),
        "behov.bradskar": Unknown("Chefen"),
        "behov.klart": Unfit("snart", "inget datum"),
    }
    first = standings(SMALL, answers)[0]
    # Twelve questions, of which one applies only when there is a law.
    assert first == (BEHOV, 1, 1, 1, 8, 1)
    assert standings(SMALL, {**answers, "behov.krav": Given("lag")})[0][1:] == (2, 1, 1, 8, 0)


def test_a_new_initiative_begins_at_the_beginning():
    assert next_step(SMALL, {}) == (BEHOV, "Inget steg är påbörjat än.")


def test_a_stage_under_way_is_finished_first():
    assert next_step(SMALL, {"behov.varfor": REASON}) == (BEHOV, "10 frågor i Behov är inte besvarade än.")


def test_when_the_core_is_answered_the_rest_can_be():
    assert next_step(SMALL, CORE) == (
        BEHOV,
        "Det viktigaste är besvarat. 9 frågor i Behov är inte besvarade än.",
    )


def test_when_a_stage_is_done_the_next_one_is_due():
    answers = {qid: answer for qid, answer in everything().items() if qid.startswith("behov.")}
    step = next_step(SMALL, answers)
    assert (step.stage, step.reason) == (
        KONCEPT,
        "Det viktigaste är besvarat. 3 frågor i Koncept är inte besvarade än.",
    )


def test_what_nobody_knew_is_asked_last():
    answers = {**everything(), "behov.kort": Unknown("")}
    assert next_step(SMALL, answers) == (BEHOV, "En fråga i Behov väntar på svar: ”vet inte än”.")


def test_when_all_is_said_there_is_no_next_step():
    assert next_step(SMALL, everything()).stage is None
