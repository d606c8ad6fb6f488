"""Questions that help a talk on, that come from a file, and groups made of the statements of another question."""

from __future__ import annotations

from datetime import date

import pytest

from scripted import Scripted
from small import stage
from utbildningsprocess.answers.accept import plain_value
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.battery import load_battery
from utbildningsprocess.conversation.face import Leave
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_at_start, ask_stage
from utbildningsprocess.documents.stage_views import AnswersView
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.errors import Broken, Interrupted
from utbildningsprocess.guide.page import guide
from utbildningsprocess.guide.printing import questions_on_paper
from utbildningsprocess.guide.reading import filled_in
from utbildningsprocess.interview import USUAL, Interview
from utbildningsprocess.model import AnswerSheet, Battery, Given, Kind, Row
from utbildningsprocess.work.outlook import standings

TODAY = date(2026, 3, 1)
ANALYSIS = """\
format: 1
steg: analys
nummer: 2
titel: Analys
fragor:
  - id: svarande
    typ: grupp
    text: "Vilka har svarat var för sig?"
    rad_id: SV
    rad_namn: svarande
    falt:
      - {id: roll, typ: text, text: Roll}
      - {id: datum, typ: datum, text: "Svarade den", tid: bakat}
    falt_ur: analys.hinder
  - id: hinder
    typ: pastaenden
    text: "Hur väl stämmer påståendena?"
    alternativ:
      - {id: stammer, text: "Stämmer helt", tidigare: ["Stämmer"]}
      - {id: inte, text: "Stämmer inte"}
      - {id: vet_inte, text: "Vet inte än"}
    pastaenden:
      - {id: s01, text: "De vet vad som förväntas."}
      - {id: s02, text: "De hinner göra det, också när det är många patienter.", tidigare: ["Det finns tid."]}
"""
BATTERY = load_battery({"2-analys.yaml": ANALYSIS})
PERSONS, TOGETHER = "analys.svarande", "analys.hinder"


def drafts_store(saved, drafts=None) -> Store:
    drafts = {} if drafts is None else drafts
    return Store(saved.__setitem__, drafts.get, drafts.__setitem__, lambda place: drafts.pop(place, None))


# ----------------------------------------------- a field for each statement


def test_a_group_has_a_field_for_each_statement_of_another_question():
    group, statements = BATTERY.question(PERSONS), BATTERY.question(TOGETHER)
    assert [field.id for field in group.fields] == ["roll", "datum", "s01", "s02"]
    assert group.field("s01").kind is Kind.CHOICE
    assert group.field("s01").options == statements.options
    assert [question.id for question in BATTERY.stage("analys").questions] == ["svarande", "hinder"]


def dossier(*fields: str) -> str:
    rows = "\n".join(["#### SV1", "", *fields])
    lines = ["<!-- utb:dossier 1 -->", "# Titel", "## Analys", f"<!-- utb:{PERSONS} -->", rows]
    last = f"<!-- /utb:{PERSONS} -->", f"<!-- utb:{TOGETHER} -->", f"<!-- /utb:{TOGETHER} -->"
    return "\n\n".join([*lines, *last]) + "\n"


def test_its_rows_are_read_by_the_statements_and_by_those_they_were():
    text = dossier(
        "- **Roll:** Chef", "- **Det finns tid:** Stämmer", "- **De vet vad som förväntas.:** vet inte än"
    )
    content = read(text, BATTERY)
    assert content.problems == ()
    row = Row("SV1", {"roll": "Chef", "s01": "vet_inte", "s02": "stammer"})
    assert content.answers[PERSONS] == Given((row,))
    second = Row("SV2", {"roll": "Sjuksköterska", "s01": "inte", "s02": "inte"})
    new = with_answer(text, BATTERY, PERSONS, Given((row, second)))
    assert new.startswith(text.partition("\n\n<!-- /utb")[0])
    assert "- **De hinner göra det, också när det är många patienter:** Stämmer inte" in new
    assert read(new, BATTERY).answers[PERSONS] == Given((row, second))


def test_its_rows_are_asked_in_the_guide_and_in_files_as_others():
    sheet = AnswerSheet(BATTERY, {})
    text = guide("Titel", BATTERY.stage("analys"), sheet, command="utb")
    assert text.count("- **De vet vad som förväntas:**") == 2
    filled = filled_in(
        text.replace("förväntas:**\n", "förväntas:** Stämmer inte\n", 1), BATTERY.stage("analys"), sheet
    )
    assert filled.answers == {PERSONS: Given((Row("SV1", {"s01": "inte"}),))}
    given = read_answers_file("svar: {analys: {svarande: [{roll: Chef, s02: inte}]}}", "s", BATTERY, TODAY)
    value = given.answers[PERSONS].value
    assert plain_value(BATTERY.question(PERSONS), value) == [{"id": "SV1", "roll": "Chef", "s02": "inte"}]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            "falt_ur: analys.hinder",
            "falt_ur: analys.hindren",
            "frågan ”analys.hindren” finns inte. Menade du",
        ),
        ("falt_ur: analys.hinder", "falt_ur: analys.svarande", "Här behövs en fråga av typen pastaenden."),
        ("{id: roll,", "{id: s01,", "id ”s01” finns redan i listan."),
        ("text: Roll}", 'text: "De vet vad som förväntas"}', "betyder redan"),
    ],
)
def test_what_is_wrong_with_it_is_said_with_its_line(old, new, fault):
    with pytest.raises(Broken) as error:
        load_battery({"2-analys.yaml": ANALYSIS.replace(old, new)})
    assert fault in str(error.value)
    assert all(line.startswith("2-analys.yaml:") for line in str(error.value).splitlines())


# ------------------------------------------------- what helps, and what is not asked


FOLLOWED = stage(
    "behov",
    1,
    "Behov",
    {
        "steg": "behov",
        "id": "varfor",
        "typ": "text",
        "text": "Varför?",
        "foljdfragor": ["Hur märks det?", "Vem märker det?"],
        "vid_start": True,
    },
    {
        "steg": "behov",
        "id": "enkat",
        "typ": "grupp",
        "text": "Vad svarade de?",
        "fylls_av": "import",
        "falt": [
            {"id": "fraga", "typ": "text", "text": "Fråga"},
            {"id": "antal", "typ": "tal", "text": "Antal"},
        ],
    },
)
BEHOV = Battery((FOLLOWED,))
SURVEY = {"behov.enkat": Given((Row("1", {"fraga": "Hur gick det?"}),))}


def test_follow_up_questions_stand_in_the_guide_and_in_the_help():
    sheet = AnswerSheet(BEHOV, {})
    for page in (guide("T", FOLLOWED, sheet, command="utb"), questions_on_paper(FOLLOWED.questions, sheet)):
        assert "> Följdfrågor: Hur märks det? Vem märker det?" in page
    face = Scripted("Därför", "klart")
    ask_stage(Interview(FOLLOWED, sheet, today=TODAY), face, drafts_store({}))
    assert "Följdfrågor: Hur märks det? Vem märker det?" in face.asked[0].help


def test_a_group_that_comes_from_a_file_is_not_asked_and_not_missed():
    sheet = AnswerSheet(BEHOV, {})
    face = Scripted("Därför", "klart")
    ask_stage(Interview(FOLLOWED, sheet, today=TODAY), face, drafts_store({}))
    assert face.asked[0].text == "Varför?"
    assert not any("Vad svarade de?" in label for offered in face.offered for label in offered)
    assert "### Vad svarade de?" not in guide("T", FOLLOWED, sheet, command="utb")
    assert AnswersView(sheet).behov.obesvarade == ["Varför?"]
    (standing,) = standings(AnswerSheet(BEHOV, {"behov.varfor": Given("Därför")}))
    assert standing.open == 0


def test_a_group_that_came_from_a_file_is_in_the_review_and_can_be_changed():
    saved = {"behov.varfor": Given("A"), **SURVEY}
    face = Scripted("behov.enkat", "andra", "Hur gick det?", "12", "klart", "klart")
    ask_stage(Interview(FOLLOWED, AnswerSheet(BEHOV, dict(saved)), today=TODAY), face, drafts_store(saved))
    assert saved["behov.enkat"] == Given((Row("1", {"fraga": "Hur gick det?", "antal": 12}),))


# ------------------------------------------------------------------ at the start


def test_what_is_asked_at_the_start_is_answered_by_enter_when_something_is_proposed():
    saved: dict[str, object] = {}
    about = FOLLOWED.model_copy(update={"questions": FOLLOWED.questions[:1]})
    interview = Interview(about, AnswerSheet(BEHOV, {}), today=TODAY, proposals={"behov.varfor": "Som sist"})
    face = Scripted("Som sist")
    ask_at_start(interview, face, drafts_store(saved))
    assert (face.asked[0].draft, face.asked[0].draft_name) == ("Som sist", USUAL)
    assert saved == {"behov.varfor": Given("Som sist")}


def test_leaving_at_the_start_keeps_what_is_half_typed():
    drafts: dict[str, str] = {}
    about = FOLLOWED.model_copy(update={"questions": FOLLOWED.questions[:1]})
    with pytest.raises(Interrupted):
        ask_at_start(
            Interview(about, AnswerSheet(BEHOV, {}), today=TODAY),
            Scripted(Leave("Där")),
            drafts_store({}, drafts),
        )
    assert drafts == {"behov.varfor": "Där"}
