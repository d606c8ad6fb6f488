"""What stands beside the questions: a number caught, a method read, a diagnosis drafted, a finding accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scripted import KEEP, Scripted
from small import BEHOV, SMALL, stage
from test_conversation import Shelf, only
from utbildningsprocess.checks.model import Finding, Grade
from utbildningsprocess.conversation.end_of_stage import BEFORE_GOING_ON
from utbildningsprocess.conversation.face import Back, Leave, Pass
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.conversation.talk import Commentary
from utbildningsprocess.errors import Interrupted
from utbildningsprocess.interview import COMPUTED, Interview
from utbildningsprocess.model import AnswerSheet, Battery, Given, Row, Skipped, Unknown

TODAY = date(2026, 3, 1)
NUMBER = "19121212-1212"
ACCEPTED = "avsteg.godtagna"
CHANGE = "Ändra svaret på ”Hur låter det i en mening?”"
ACCEPT = "Skriv ett avsteg från råd 1 (R04)"


def hold(face, commentary=None, *, about=BEHOV, battery=SMALL, shelf=None, everything=False) -> Shelf:  # noqa: PLR0913
    shelf = shelf or Shelf()
    interview = Interview(
        about, AnswerSheet(battery, dict(shelf.answers)), everything=everything, today=TODAY
    )
    ask_stage(interview, face, shelf.store(), commentary or Commentary())
    return shelf


def finding(rule="R04", qid="behov.kort", row="", text="Nyttan är kort beskriven."):
    return Finding(rule, Grade.YELLOW, "behov", qid, row, text, text, opens=qid)


# --------------------------------------------------- personal identity numbers


def test_a_personal_number_is_caught_before_the_text_is_saved_and_can_be_taken_out():
    face = Scripted(f"Kalla {NUMBER} på lördag", "andra", "Kalla patienten på lördag", "klart")
    shelf = hold(face, **only("kort"))
    assert shelf.answers == {"behov.kort": Given("Kalla patienten på lördag")}
    assert f"Texten ser ut att innehålla personnummer: {NUMBER}." in face.said
    assert face.asked[2].draft == f"Kalla {NUMBER} på lördag"


def test_a_personal_number_that_is_divided_between_two_fields_is_caught():
    face = Scripted("Nya 121212", "1212", "andra", "12", "", "klart")
    shelf = hold(face, **only("malgrupper"))
    assert shelf.answers["behov.malgrupper"] == Given((Row("1", {"namn": "Nya 121212", "antal": 12}),))
    assert any("ser ut att innehålla personnummer" in line for line in face.said)


def test_a_personal_number_is_saved_only_by_a_yes_and_then_not_asked_about_again():
    face = Scripted(f"Kalla {NUMBER}", "spara", "behov.kort", f"Kalla {NUMBER} nu", "klart")
    assert hold(face, **only("kort")).answers == {"behov.kort": Given(f"Kalla {NUMBER} nu")}
    assert sum(NUMBER in line for line in face.said) == 1


def test_leaving_at_the_caught_number_keeps_the_text_as_half_typed():
    shelf = Shelf()
    with pytest.raises(Interrupted):
        hold(Scripted(f"Kalla {NUMBER}", Leave()), shelf=shelf, **only("kort"))
    assert shelf.answers == {}
    assert shelf.drafts == {"behov.kort": f"Kalla {NUMBER}"}


def test_a_number_is_caught_in_fields_of_rows_own_words_reasons_and_who_knows():
    face = Scripted(
        *(Pass(), "hoppa", NUMBER, "andra", "Gäller inte"),
        *(["annat"], NUMBER, "andra", "Ny chef"),
        *(NUMBER, "andra", "Nya", "62", ""),
        *(Pass(), "vet_inte", NUMBER, "andra", "Chefen", "klart"),
    )
    assert hold(face, **only("utlosare", "malgrupper", "kort", "ord")).answers == {
        "behov.utlosare": Given(("Ny chef",)),
        "behov.malgrupper": Given((Row("1", {"namn": "Nya", "antal": 62}),)),
        "behov.kort": Skipped("Gäller inte"),
        "behov.ord": Unknown("Chefen"),
    }
    assert face.replies == []


# --------------------------------------------------------------- closing


def test_a_stage_without_findings_ends_with_the_review():
    face = Scripted("x", "klart")
    hold(face, Commentary(advice=lambda _sheet: ()), **only("kort"))
    assert BEFORE_GOING_ON not in "\n".join(face.said)
    assert face.replies == []


def test_the_summary_of_a_stage_is_said_after_its_review():
    face = Scripted("x", "klart")
    hold(face, Commentary(summary=lambda sheet: f"{len(sheet.answers)} svar."), **only("kort"))
    assert face.said[-1] == "\n1 svar."


def test_findings_are_said_kindly_and_enter_goes_on():
    face = Scripted("x", "klart", KEEP)
    hold(face, Commentary(advice=lambda _sheet: (finding(),)), **only("kort"))
    said = "\n".join(face.said)
    assert BEFORE_GOING_ON in said
    assert "  1. Nyttan är kort beskriven. (R04)" in said
    assert "Det är råd, inte krav." in said
    assert face.offered[-1] == [
        "Klart, gå vidare",
        "Ändra svaret på ”Hur låter det i en mening?”",
        "Skriv ett avsteg från råd 1 (R04)",
    ]


@pytest.mark.parametrize(("row", "name"), [("forvantan", "R04"), ("2", "R04"), ("L2", "R04 L2")])
def test_a_row_is_named_only_where_people_see_its_name(row, name):
    face = Scripted("x", "klart", KEEP)
    hold(face, Commentary(advice=lambda _sheet: (replace(finding(), row=row),)), **only("kort"))
    assert face.offered[-1][-1] == f"Skriv ett avsteg från råd 1 ({name})"


def test_a_finding_that_is_mended_in_another_stage_says_where():
    elsewhere = replace(
        finding(), opens="koncept.matt", place="Koncept, frågan ”Hur ser vi att det fungerar?”"
    )
    face = Scripted("x", "klart", KEEP)
    hold(face, Commentary(advice=lambda _sheet: (elsewhere,)), **only("kort"))
    assert "     Öppna: Koncept, frågan ”Hur ser vi att det fungerar?”." in face.said
    assert face.offered[-1] == ["Klart, gå vidare", "Skriv ett avsteg från råd 1 (R04)"]


def test_the_answer_behind_a_finding_is_changed_also_in_another_stage():
    face = Scripted("x", "klart", "Ändra svaret på ”Hur gick det?”", Back(), "klart", KEEP)
    elsewhere = replace(finding(), opens="koncept.status")
    shelf = hold(face, Commentary(advice=lambda _sheet: (elsewhere,)), **only("kort"))
    assert (shelf.answers, face.replies) == ({"behov.kort": Given("x")}, [])
    assert "Hur gick det?" in face.said


def test_all_findings_are_reached_the_most_important_first():
    many = tuple(finding(row=f"L{number}") for number in range(1, 6))
    face = Scripted("x", "klart", "Visa alla råd (2 till)", KEEP)
    hold(face, Commentary(advice=lambda _sheet: many), **only("kort"))
    assert [len([label for label in offered if "avsteg" in label]) for offered in face.offered[-2:]] == [3, 5]


def test_a_finding_can_be_mended_at_once():
    def advice(sheet):
        return () if len(sheet.answers["behov.kort"].value) > 3 else (finding(),)

    face = Scripted("x", "klart", CHANGE, "längre", "klart")
    assert hold(face, Commentary(advice=advice), **only("kort")).answers == {"behov.kort": Given("längre")}
    assert face.replies == []


def test_a_finding_can_be_accepted_with_a_reason_which_the_dossier_keeps():
    def advice(sheet):
        return () if ACCEPTED in sheet.answers else (finding(row="L1"),)

    face = Scripted("x", "klart", ACCEPT.replace("R04", "R04 L1"), "", "Vi vet vad vi gör", "Chefen")
    answers = hold(face, Commentary(advice=advice), **only("kort")).answers
    given = {"regel": "R04 L1", "skal": "Vi vet vad vi gör", "roll": "Chefen", "datum": TODAY}
    assert answers[ACCEPTED] == Given((Row("1", given),))
    assert any(line.startswith("Fel: Skriv skälet") for line in face.said)


def test_back_from_the_role_leads_to_the_reason_which_is_still_there():
    def advice(sheet):
        return () if ACCEPTED in sheet.answers else (finding(),)

    face = Scripted("x", "klart", ACCEPT, "Vi vet", Back(), KEEP, "Chefen")
    answers = hold(face, Commentary(advice=advice), **only("kort")).answers
    assert answers[ACCEPTED].value[0].values["skal"] == "Vi vet"
    assert face.asked[-2].draft == "Vi vet"


def test_a_half_typed_reason_waits_for_the_next_time():
    shelf = Shelf()
    face = Scripted("x", "klart", ACCEPT, Leave("Vi ve"))
    with pytest.raises(Interrupted) as left:
        hold(face, Commentary(advice=lambda _sheet: (finding(),)), shelf=shelf, **only("kort"))
    assert shelf.drafts == {"avsteg/R04": "Vi ve"}
    assert "Ett halvfärdigt svar väntar" in str(left.value)


def test_leaving_a_menu_promises_no_half_typed_text():
    face = Scripted("x", "klart", Leave())
    with pytest.raises(Interrupted) as left:
        hold(face, Commentary(advice=lambda _sheet: (finding(),)), **only("kort"))
    assert str(left.value) == "Avbrutet. Allt du har svarat är sparat."


def test_back_from_the_findings_leads_to_the_review():
    face = Scripted("x", "klart", Back(), "behov.kort", "y", "klart", KEEP)
    commentary = Commentary(advice=lambda _sheet: (finding(),))
    assert hold(face, commentary, **only("kort")).answers == {"behov.kort": Given("y")}


def test_going_back_from_a_deviation_writes_none():
    face = Scripted("x", "klart", ACCEPT, Back(), KEEP)
    answers = hold(face, Commentary(advice=lambda _sheet: (finding(),)), **only("kort")).answers
    assert ACCEPTED not in answers


def test_a_personal_number_cannot_be_accepted_away():
    face = Scripted("x", "klart", KEEP)
    hold(face, Commentary(advice=lambda _sheet: (finding(rule="R32"),)), **only("kort"))
    assert all("avsteg" not in label for label in face.offered[-1])


# --------------------------------------------- what is computed, and offered


def with_diagnosis(**facts):
    """A battery whose last questions begin from what is computed."""
    kinds = [{"id": one, "text": one.title()} for one in ("verktyg", "ledarskap", "bemanning")]
    rows = {
        "steg": "analys",
        "id": "andra",
        "text": "Vilka andra insatser?",
        "typ": "grupp",
        "rad_id": "I",
        "visas_om": {"fraga": "diagnos.andra", "besvarad": True},
        "forifyll": {"fran": "diagnos.andra", "till": "typ"},
        "falt": [
            {"id": "typ", "text": "Typ", "typ": "val", "alternativ": kinds},
            {"id": "vad", "text": "Vad", "typ": "text"},
        ],
    }
    end = {
        "steg": "analys",
        "id": "slutsats",
        "text": "Vad pekar det på?",
        "typ": "lang_text",
        "forslag": "diagnos.slutsats",
    }
    about = stage("analys", 2, "Analys", rows, end)
    computed = {f"diagnos.{key}": Given(value) for key, value in facts.items()}
    return {"about": about, "battery": Battery((about,), derive=lambda _sheet: computed)}


def test_the_rows_the_diagnosis_points_at_are_proposed_and_chosen_by_the_person():
    face = Scripted(["verktyg", "bemanning"], "Fickkort", "Mer tid", "klart", "Slutsats", "klart")
    shelf = hold(face, **with_diagnosis(andra=("verktyg", "ledarskap", "bemanning")))
    assert face.offered[0] == ["Verktyg", "Ledarskap", "Bemanning"]
    assert "Rad I1: Verktyg" in face.said
    assert shelf.answers["analys.andra"] == Given(
        (
            Row("I1", {"typ": "verktyg", "vad": "Fickkort"}),
            Row("I2", {"typ": "bemanning", "vad": "Mer tid"}),
        )
    )


def test_nothing_computed_is_written_when_nobody_chooses_it():
    face = Scripted([], Pass(), "hoppa", "", "Slutsats", "klart")
    shelf = hold(face, **with_diagnosis(andra=("verktyg",)))
    assert shelf.answers["analys.andra"] == Skipped("")


def test_a_question_that_hangs_on_the_diagnosis_is_not_asked_without_it():
    face = Scripted("Egen slutsats", "klart")
    assert hold(face, **with_diagnosis()).answers == {"analys.slutsats": Given("Egen slutsats")}


def test_the_diagnosis_is_the_draft_of_the_conclusion_and_the_person_owns_it():
    face = Scripted(KEEP, "analys.slutsats", "Vår egen", "klart")
    shelf = hold(face, **with_diagnosis(slutsats="Analysen pekar på tid."))
    assert face.asked[0].draft == "Analysen pekar på tid."
    assert face.asked[0].draft_name == COMPUTED
    assert face.asked[2].draft_name == ""
    assert shelf.answers == {"analys.slutsats": Given("Vår egen")}


def test_a_proposal_that_nobody_confirms_is_not_saved():
    shelf = Shelf()
    with pytest.raises(Interrupted):
        hold(
            Scripted(Leave("Analysen pekar på tid.")),
            shelf=shelf,
            **with_diagnosis(slutsats="Analysen pekar på tid."),
        )
    assert (shelf.answers, shelf.drafts) == ({}, {})


def test_what_the_answers_come_to_is_said_after_the_answer():
    face = Scripted("12", "klart")
    hold(face, Commentary(remark=lambda qid, sheet: f"{qid}: {sheet.answers[qid].value}"), **only("andel"))
    assert "behov.andel: 12" in face.said


def test_every_part_of_a_question_leads_to_its_method():
    face = Scripted("Nya", "62", "", "stammer", "inte", "stammer", "inte", "klart")
    hold(face, Commentary(method=lambda qid: f"Om {qid}"), **only("malgrupper", "hinder"))
    methods = [ask.method() for ask in face.asked]
    assert methods == ["Om behov.malgrupper"] * 3 + ["Om behov.hinder"] * 4 + [""]
