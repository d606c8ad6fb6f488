"""Counting what is answered and found, and choosing the next step."""

from __future__ import annotations

from datetime import date

import pytest

from small import BEHOV, KONCEPT, SMALL, _q, stage
from utbildningsprocess.checks.model import Deviation, Finding, Grade
from utbildningsprocess.model import AnswerSheet, Battery, Given, Kind, Row, Skipped, Unfit, Unknown
from utbildningsprocess.plan.due import Due
from utbildningsprocess.work import outlook
from utbildningsprocess.work.outlook import stage_to_go_on_with, standings

REASON = Given("Därför")
CORE = {"behov.varfor": REASON, "behov.krav": Given("nej")}
ACCEPTED = Deviation("R01", "", "Vi vet bättre", "Chefen", None)
ANALYS = stage("analys", 2, "Analys", _q("analys", "beslut", "Hur går ni vidare?", "text", karna=True))
UPPFOLJNING = stage(
    "uppfoljning",
    6,
    "Uppföljning",
    _q("uppfoljning", "lardomar", "Vad ska vi behålla?", "text"),
    _q("uppfoljning", "varde", "Gav det värde?", "text", karna=True),
)
WHOLE = Battery((BEHOV, ANALYS, KONCEPT, UPPFOLJNING))
ENDED = "Ni har beslutat att avsluta efter analysen."
LATE = Due(date(2026, 3, 1), "Mät M4 Enkät", "koncept.matt", "M4", overdue=True)


def next_step(sheet, findings=(), dues=()):
    return outlook.next_step(sheet, standings(sheet), findings, dues)


def everything(battery=SMALL, value=REASON):
    return {question.qid: value for question in battery.questions()}


def finding(stage_id, grade=Grade.RED, deviation=None):
    return Finding("R01", grade, stage_id, f"{stage_id}.x", "", "Fynd", "Fynd", deviation)


# --------------------------------------------------------------------- standings


def test_only_relevant_questions_count_and_unfit_text_is_still_open():
    answers = {
        "behov.varfor": REASON,
        "behov.kort": Skipped("Gäller inte"),
        "behov.bradskar": Unknown("Chefen"),
        "behov.klart": Unfit("snart", "inget datum"),
    }
    first = standings(AnswerSheet(SMALL, answers))[0]
    # Thirteen questions, of which one applies only when there is a law.
    assert first[:-1] == (BEHOV, 1, 1, 1, 9, 1, 0, 0, True)
    assert standings(AnswerSheet(SMALL, {**answers, "behov.krav": Given("lag")}))[0][1:6] == (2, 1, 1, 9, 0)


def test_statements_that_are_answered_in_part_are_open_and_counted_once():
    (asked,) = (question for question in SMALL.questions() if question.kind is Kind.STATEMENTS)
    answers = {asked.qid: Given({asked.statements[0].id: asked.options[0].id})}
    (part,) = (one for one in standings(AnswerSheet(SMALL, answers)) if one.stage.id == asked.stage)
    assert (part.answered, part.is_begun) == (0, True)
    assert part.open == standings(AnswerSheet(SMALL, {}))[0].open


def test_findings_count_in_their_stage_unless_accepted():
    found = [
        finding("behov"),
        finding("behov", deviation=ACCEPTED),
        finding("behov", Grade.YELLOW),
        finding("koncept", Grade.YELLOW),
        finding("koncept", Grade.TIP),
    ]
    assert [(one.red, one.yellow) for one in standings(AnswerSheet(SMALL, {}), found)] == [(1, 1), (0, 1)]


# ------------------------------------------------------------ what is to be answered


def test_a_new_initiative_begins_at_the_beginning():
    assert next_step(AnswerSheet(SMALL, {})) == (BEHOV, "Inget steg är påbörjat än.", False)


def test_a_stage_under_way_is_finished_first():
    assert next_step(AnswerSheet(SMALL, {"behov.varfor": REASON}))[:2] == (
        BEHOV,
        "11 frågor i Behov är inte besvarade än.",
    )


def test_when_the_core_is_answered_the_rest_can_be():
    assert next_step(AnswerSheet(SMALL, CORE))[:2] == (
        BEHOV,
        "Det viktigaste är besvarat. 10 frågor i Behov är inte besvarade än.",
    )


def test_when_a_stage_is_done_the_next_one_is_due():
    answers = {qid: answer for qid, answer in everything().items() if qid.startswith("behov.")}
    step = next_step(AnswerSheet(SMALL, answers))
    assert (step.stage, step.reason) == (
        KONCEPT,
        "Det viktigaste är besvarat. 3 frågor i Koncept är inte besvarade än.",
    )


def test_what_nobody_knew_is_asked_last():
    answers = {**everything(), "behov.kort": Unknown("")}
    assert next_step(AnswerSheet(SMALL, answers))[:2] == (
        BEHOV,
        "En fråga i Behov väntar på svar: ”vet inte än”.",
    )


def test_when_all_is_said_there_is_no_next_step():
    assert next_step(AnswerSheet(SMALL, everything())).stage is None


# -------------------------------------------------------------------- a decision


def test_the_facts_documents_need_are_what_is_left_when_all_steps_are_answered():
    about = stage(
        "om", 0, "Om insatsen", _q("om", "status", "Färdig?", "text"), _q("om", "id", "Nummer?", "text")
    )
    sheet = AnswerSheet(Battery((about, BEHOV)), everything(Battery((BEHOV,))))
    assert next_step(sheet) == (
        about,
        "Alla sex stegen är besvarade. En fråga om initiativet återstår.",
        False,
    )
    assert next_step(sheet.with_answers({"om.status": REASON})).stage is None


def test_a_decision_to_end_leads_no_further_and_welcomes_a_lesson():
    answers = {"analys.beslut": Given("avsluta")}
    assert next_step(AnswerSheet(WHOLE, answers), [finding("analys")], [LATE]) == (
        None,
        f"{ENDED} En lärdom i Uppföljning är ändå välkommen: då har nästa nytta av det ni kom fram till.",
        False,
    )
    answers["uppfoljning.lardomar"] = REASON
    assert next_step(AnswerSheet(WHOLE, answers)).reason == ENDED


def test_a_decision_to_look_closer_leads_back_to_the_analysis():
    step = next_step(
        AnswerSheet(WHOLE, {**everything(WHOLE), "analys.beslut": Given("undersok_mer")}), [finding("behov")]
    )
    assert step == (
        ANALYS,
        "Ni har beslutat att undersöka mer först. Gå tillbaka till Analys när ni vet mer.",
        False,
    )


def test_to_do_something_else_than_learning_leads_past_the_steps_of_learning():
    answers = CORE | {"analys.beslut": Given("annan_insats")}
    sheet = AnswerSheet(WHOLE, answers)
    step = next_step(sheet)
    assert (step.stage, step.reason) == (
        UPPFOLJNING,
        "Ni har beslutat att göra något annat än utbildning. Uppföljning tar ni när insatserna är gjorda.",
    )
    assert stage_to_go_on_with(sheet, ANALYS) is None
    without_need = AnswerSheet(WHOLE, {"analys.beslut": Given("annan_insats")})
    assert next_step(without_need).stage == BEHOV
    followed_up = AnswerSheet(WHOLE, {**answers, "uppfoljning.varde": REASON})
    assert next_step(followed_up).stage != KONCEPT


def test_something_else_that_should_have_been_done_is_asked_after():
    sheet = AnswerSheet(WHOLE, CORE | {"analys.beslut": Given("annan_insats")})
    late = [
        Due(date(2026, 10, day), "Insats klar", "analys.andra_insatser", f"I{day}", True) for day in (1, 2)
    ]
    told = "I1 skulle ha varit klar 1 oktober 2026. Säg i Uppföljning om insatsen blev av."
    assert next_step(sheet, (), late) == (UPPFOLJNING, told, False)


@pytest.mark.parametrize("decision", ["avsluta", "undersok_mer"])
def test_a_decision_nobody_has_taken_leads_nowhere(decision):
    assert (
        next_step(AnswerSheet(WHOLE, {"analys.beslut": Unfit(decision, "inget alternativ")})).stage == BEHOV
    )
    assert next_step(AnswerSheet(SMALL, {"analys.beslut": Given("undersok_mer")})).stage == BEHOV


def decided(*rows, **more):
    named = (Row(f"D{number}", row) for number, row in enumerate(rows, 1))
    return {**everything(WHOLE), "analys.beslutsgang": Given(tuple(named)), **more}


WAITING = {"utfall": "pausat", "datum": date(2026, 3, 2), "skal": "Vi tar upp det i höst."}
PAUSED = (None, "Initiativet är pausat. Vi tar upp det i höst.", False)


def test_a_pause_stands_with_its_reason_until_something_else_is_decided():
    later = {"utfall": "ja", "datum": date(2026, 9, 1)}
    for rows in (
        (WAITING,),
        ({**later, "datum": date(2026, 2, 1)}, WAITING),
        (later | {"datum": date.min}, WAITING),
    ):
        assert next_step(AnswerSheet(WHOLE, decided(*rows)), [finding("behov")], [LATE]) == PAUSED
    for rows in ((WAITING, later), (later, WAITING), (WAITING, {"utfall": "ja"})):
        assert "paus" not in next_step(AnswerSheet(WHOLE, decided(*rows))).reason
    asked_only = {"galler": "Handledartid", "senast": date(2026, 9, 1)}
    assert next_step(AnswerSheet(WHOLE, decided(WAITING, asked_only))) == PAUSED


def test_an_early_end_and_a_pause_in_the_analysis_lead_no_further():
    ended = decided({"utfall": "avslutat_i_fortid"})
    assert next_step(AnswerSheet(WHOLE, ended)).reason == "Initiativet är avslutat i förtid."
    paused = {**everything(WHOLE), "analys.beslut": Given("pausa")}
    reason = "Ni har beslutat att pausa och ta upp frågan senare."
    assert next_step(AnswerSheet(WHOLE, paused)) == (None, reason, False)
    taken_up = decided({"utfall": "ja"}, **{"analys.beslut": Given("pausa")})
    assert "paus" not in next_step(AnswerSheet(WHOLE, taken_up)).reason


# ------------------------------------------------------------------- going on


def test_the_next_stage_is_the_next_with_something_open_in_its_core():
    assert stage_to_go_on_with(AnswerSheet(WHOLE, {}), BEHOV) == ANALYS
    answered = AnswerSheet(WHOLE, {"analys.beslut": Given("koncept_mix")})
    assert stage_to_go_on_with(answered, BEHOV) not in (BEHOV, ANALYS)
    assert stage_to_go_on_with(AnswerSheet(WHOLE, {}), UPPFOLJNING) is None
    for decision in ("avsluta", "pausa", "undersok_mer"):
        assert stage_to_go_on_with(AnswerSheet(WHOLE, {"analys.beslut": Given(decision)}), ANALYS) is None


# --------------------------------------------------------------- a broken thread


def test_a_broken_thread_is_mended_before_the_next_stage():
    behov = {qid: answer for qid, answer in everything().items() if qid.startswith("behov.")}
    assert next_step(AnswerSheet(WHOLE, behov), [finding("behov")]) == (
        BEHOV,
        "Ett rött fynd i Behov. Det är lättare att laga nu än senare.",
        True,
    )


def test_but_not_before_the_core_of_what_is_begun_is_answered():
    step = next_step(AnswerSheet(SMALL, {"behov.varfor": REASON}), [finding("behov")])
    assert (step.stage, step.review) == (BEHOV, False)


@pytest.mark.parametrize(
    ("stages", "reason"),
    [
        (["behov", "behov"], "2 röda fynd i Behov. De är lättare att laga nu än senare."),
        (
            ["behov", "koncept", "koncept"],
            "3 röda fynd: 1 i Behov och 2 i Koncept. De är lättare att laga nu än senare.",
        ),
        (["om"], "Ett rött fynd i om. Det är lättare att laga nu än senare."),
    ],
)
def test_the_reason_says_how_many_and_where(stages, reason):
    assert next_step(AnswerSheet(SMALL, CORE), [finding(one) for one in stages])[1:] == (reason, True)


@pytest.mark.parametrize(
    "harmless",
    [finding("behov", Grade.YELLOW), finding("behov", Grade.TIP), finding("behov", deviation=ACCEPTED)],
)
def test_only_red_findings_nobody_has_accepted_are_in_the_way(harmless):
    assert not next_step(AnswerSheet(SMALL, CORE), [harmless]).review


# ------------------------------------------------------------- a late measurement


def test_a_late_measurement_comes_before_questions_and_findings():
    step = next_step(AnswerSheet(WHOLE, CORE), [finding("behov")], [LATE])
    assert step == (UPPFOLJNING, "M4 skulle ha mätts 1 mars 2026, och det finns inget resultat.", False)


@pytest.mark.parametrize(
    ("number", "rest"), [(2, "ett mått till saknar resultat."), (3, "2 mått till saknar resultat.")]
)
def test_several_late_measurements_are_counted(number, rest):
    late = [LATE._replace(row=f"M{4 + one}") for one in range(number)]
    assert (
        next_step(AnswerSheet(WHOLE, CORE), [], late).reason == f"M4 skulle ha mätts 1 mars 2026, och {rest}"
    )


def test_once_the_follow_up_is_finished_a_late_measurement_comes_last():
    answers = everything(WHOLE)
    assert next_step(AnswerSheet(WHOLE, answers), [finding("behov")], [LATE]).review
    assert next_step(AnswerSheet(WHOLE, {**answers, "behov.kort": Unknown("")}), [], [LATE]).stage == BEHOV
    assert next_step(AnswerSheet(WHOLE, answers), [], [LATE]).stage == UPPFOLJNING


def test_other_late_dates_are_no_step_of_their_own():
    other = Due(date(2026, 3, 1), "Nästa mätning", "uppfoljning.nasta_matning", overdue=True)
    assert next_step(AnswerSheet(WHOLE, CORE), [], [other, LATE._replace(overdue=False)]).stage == ANALYS
    assert next_step(AnswerSheet(SMALL, CORE), [], [LATE]).stage == BEHOV


def test_the_only_open_question_is_named():
    answers = everything(WHOLE)
    del answers["uppfoljning.lardomar"]
    reason = next_step(AnswerSheet(WHOLE, answers)).reason
    assert reason.endswith("En fråga i Uppföljning är inte besvarad än: Vad ska vi behålla?")
