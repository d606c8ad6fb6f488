"""Questions that have been changed: dossiers, guides and answers files written before are read as they stand."""

from __future__ import annotations

from datetime import date

import pytest

from scripted import KEEP, Scripted
from small import stage
from utbildningsprocess.answers.accept import plain_value
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.dossier.mend.headings import heading_mends
from utbildningsprocess.guide.page import guide
from utbildningsprocess.guide.printing import questions_on_paper
from utbildningsprocess.guide.reading import filled_in
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Battery, Given, Row

TODAY = date(2026, 3, 1)
STAGE = stage(
    "koncept",
    3,
    "Koncept",
    {
        "steg": "koncept",
        "id": "plan",
        "typ": "grupp",
        "text": "Vad ska hända?",
        "tidigare": ["Vilka aktiviteter ingår?"],
        "rad_id": "A",
        "falt": [
            {"id": "titel", "typ": "text", "text": "Titel", "tidigare": ["Namn"]},
            {"id": "vecka", "typ": "tal", "text": "Veckor från första tillfället", "tidigare": ["Vecka?"]},
        ],
    },
)
BATTERY = Battery((STAGE,))
PLAN = "koncept.plan"


def dossier(heading: str, *body: str) -> str:
    lines = ["<!-- utb:dossier 1 -->", "# Titel", "## Koncept", f"### {heading}"]
    return "\n\n".join([*lines, f"<!-- utb:{PLAN} -->", *body, f"<!-- /utb:{PLAN} -->"]) + "\n"


OLD = dossier(
    "Vilka aktiviteter ingår?",
    "#### A1\n\n- **Namn:** Samtal\n- **Vecka:** 40",
    "#### A2\n\n- **Namn:** Träff\n- **Vecka:** 2",
)


# ----------------------------------------------------------- texts they have had


def test_a_field_is_read_by_the_label_it_had():
    content = read(OLD, BATTERY)
    assert content.problems == ()
    assert [row.values for row in content.answers[PLAN].value] == [
        {"titel": "Samtal", "vecka": 40},
        {"titel": "Träff", "vecka": 2},
    ]


def test_only_the_field_that_is_changed_gets_its_new_label():
    rows = read(OLD, BATTERY).answers[PLAN].value
    changed = Given((Row("A1", {**rows[0].values, "vecka": -2}), rows[1]))
    new = with_answer(OLD, BATTERY, PLAN, changed)
    assert new == OLD.replace("- **Vecka:** 40", "- **Veckor från första tillfället:** -2")
    assert read(new, BATTERY).answers[PLAN] == changed


def test_a_field_under_its_old_and_its_new_label_is_the_same_field_twice():
    text = dossier("Vad ska hända?", "#### A1\n\n- **Namn:** Samtal\n- **Titel:** Träff")
    (problem,) = read(text, BATTERY).problems
    assert problem.structural
    assert "finns två gånger i raden" in problem.text


def test_a_label_that_another_field_has_now_is_that_field():
    fields = [
        {"id": "a", "typ": "text", "text": "Start", "tidigare": ["Vecka"]},
        {"id": "b", "typ": "tal", "text": "Vecka"},
    ]
    question = {
        "steg": "koncept",
        "id": "plan",
        "typ": "grupp",
        "text": "Vad?",
        "rad_id": "A",
        "falt": fields,
    }
    battery = Battery((stage("koncept", 3, "Koncept", question),))
    (row,) = read(dossier("Vad?", "#### A1\n\n- **Vecka:** 40"), battery).answers[PLAN].value
    assert row.values == {"b": 40}


@pytest.mark.parametrize("heading", ["Vad ska hända?", "Vilka aktiviteter ingår?"])
def test_a_question_that_has_lost_its_markers_is_known_by_its_old_text_too(heading):
    text = dossier(heading, "#### A1\n\n- **Namn:** Samtal")
    bare = "\n".join(line for line in text.split("\n") if PLAN not in line)
    assert any("saknar sina markörer" in problem.text for problem in read(bare, BATTERY).problems)
    (mend,) = heading_mends(bare, BATTERY)
    assert read(mend.ways[0].text, BATTERY).answers[PLAN].value[0].values == {"titel": "Samtal"}


def test_a_guide_and_an_answers_file_with_old_labels_are_read():
    filled = filled_in(OLD, STAGE, AnswerSheet(BATTERY, {}))
    assert filled.problems == ()
    assert filled.answers[PLAN] == read(OLD, BATTERY).answers[PLAN]
    given = read_answers_file(
        "svar:\n  koncept:\n    plan:\n      - {Namn: A, Vecka: 2}\n", "s", BATTERY, TODAY
    )
    assert given.answers[PLAN].value[0].values == {"titel": "A", "vecka": 2}


# ------------------------------------------------------------ one has become several

MET = [
    {"id": "ja", "text": "Samtal", "tidigare": ["Ja, någon med egen erfarenhet"]},
    {
        "id": "enkat",
        "text": "Enkät, klagomål eller patientråd",
        "tidigare": ["Ja, genom enkät eller klagomål"],
    },
    {"id": "gammalt", "text": "Blandat", "utgar": True},
    {"id": "planerat", "text": "Inte än, men det är planerat", "utesluter": True},
    {"id": "nej", "text": "Nej", "utesluter": True},
]
ASKED = "behov.esther"
SEVERAL = stage(
    "behov",
    1,
    "Behov",
    {"steg": "behov", "id": "esther", "typ": "flerval", "text": "Hur har ni frågat?", "alternativ": MET},
    {
        "steg": "behov",
        "id": "material",
        "typ": "grupp",
        "text": "Vilket material?",
        "rad_id": "P",
        "falt": [
            {"id": "titel", "typ": "text", "text": "Titel"},
            {"id": "satt", "typ": "flerval", "text": "Sätt", "alternativ": MET},
            {"id": "sort", "typ": "val", "text": "Sort", "alternativ": MET[:3]},
        ],
    },
)
NOW_SEVERAL = Battery((SEVERAL,))


def about_behov(qid: str, body: str) -> str:
    lines = ["<!-- utb:dossier 1 -->", "# Titel", "## Behov", "### Har ni frågat Esther?"]
    after = ["<!-- utb:behov.material -->", "<!-- /utb:behov.material -->"] if qid == ASKED else []
    return "\n\n".join([*lines, f"<!-- utb:{qid} -->", body, f"<!-- /utb:{qid} -->", *after]) + "\n"


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("Samtal", ("ja",)),
        ("Ja, någon med egen erfarenhet", ("ja",)),
        ("ja, någon med egen\nerfarenhet", ("ja",)),
        ("Ja, genom enkät eller klagomål", ("enkat",)),
        ("Enkät, klagomål eller patientråd", ("enkat",)),
        ("- [x] Ja, någon med egen erfarenhet\n- [ ] Nej", ("ja",)),
        ("Blandat", ("gammalt",)),
        ("nej", ("nej",)),
    ],
)
def test_a_single_old_choice_is_one_of_several(written, means):
    text = about_behov(ASKED, written)
    content = read(text, NOW_SEVERAL)
    assert (content.problems, content.answers) == ((), {ASKED: Given(means)})
    assert with_answer(text, NOW_SEVERAL, ASKED, Given(means)) == text
    filled = filled_in(text, SEVERAL, AnswerSheet(NOW_SEVERAL, {}))
    assert (filled.problems, filled.answers) == ((), {ASKED: Given(means)})


def test_a_single_old_choice_in_a_field_is_one_of_several_and_stays_as_it_is_written():
    body = "#### P1\n\n- **Titel:** A\n- **Sätt:** Ja, någon med egen erfarenhet"
    text = about_behov("behov.material", body)
    content = read(text, NOW_SEVERAL)
    (row,) = content.answers["behov.material"].value
    assert (content.problems, row.values) == ((), {"titel": "A", "satt": ("ja",)})
    changed = Given((Row("P1", {"titel": "B", "satt": ("ja",)}),))
    assert with_answer(text, NOW_SEVERAL, "behov.material", changed) == text.replace("** A", "** B")


@pytest.mark.parametrize("written", ["ja", "Samtal", '"Ja, någon med egen erfarenhet"', "[ja]"])
def test_a_single_old_choice_in_an_answers_file_is_a_list_in_what_machines_read(written):
    given = read_answers_file(f"svar:\n  behov:\n    esther: {written}\n", "s", NOW_SEVERAL, TODAY)
    assert plain_value(NOW_SEVERAL.question(ASKED), given.answers[ASKED].value) == ["ja"]


# ------------------------------------------- options that exclude, and that are retired


def test_an_option_that_excludes_others_is_read_beside_them_with_a_notice():
    text = about_behov(ASKED, "- Samtal\n- Nej")
    content = read(text, NOW_SEVERAL)
    (problem,) = content.problems
    assert content.answers[ASKED] == Given(("ja", "nej"))
    assert (problem.is_notice, problem.structural, problem.line) == (True, False, 11)
    assert problem.text == "behov.esther: ”Nej” går inte ihop med andra val. Ta bort det ena."


def test_in_a_row_the_notice_names_the_field_at_the_line_of_the_row():
    text = about_behov("behov.material", "#### P1\n\n- **Titel:** A\n\n#### P2\n\n- **Sätt:** Samtal, Nej")
    (problem,) = read(text, NOW_SEVERAL).problems
    assert problem.line == text.split("\n").index("#### P2") + 1
    assert "Sätt: ”Nej” går inte ihop" in problem.text


def test_a_filled_in_guide_with_both_is_asked_about_and_not_taken():
    filled = filled_in(about_behov(ASKED, "- [x] Samtal\n- [x] Nej"), SEVERAL, AnswerSheet(NOW_SEVERAL, {}))
    assert filled.answers == {}
    assert "går inte ihop med andra val" in filled.problems[0].text


def test_an_answers_file_with_both_is_read_and_it_is_said():
    given = read_answers_file("svar:\n  behov:\n    esther: [ja, nej]\n", "s", NOW_SEVERAL, TODAY)
    assert given.answers[ASKED] == Given(("ja", "nej"))
    assert given.notes == ("s:3: behov.esther: ”Nej” går inte ihop med andra val. Ta bort det ena.",)


def talked(face, answers=None, qid=ASKED):
    about = SEVERAL.model_copy(update={"questions": (NOW_SEVERAL.question(qid),)})
    saved = dict(answers or {})
    interview = Interview(about, AnswerSheet(NOW_SEVERAL, dict(saved)), everything=True, today=TODAY)
    drafts: dict[str, str] = {}
    ask_stage(
        interview,
        face,
        Store(saved.__setitem__, drafts.get, drafts.__setitem__, lambda key: drafts.pop(key, None)),
    )
    return saved


def test_choosing_another_takes_away_what_excludes_it():
    face = Scripted(["ja", "nej"], "klart")
    assert talked(face) == {ASKED: Given(("ja",))}
    assert "”Nej” går inte ihop med andra val och togs bort." in face.said


def test_two_that_exclude_each_other_are_asked_about_again():
    face = Scripted(["planerat", "nej"], ["nej"], "klart")
    assert talked(face) == {ASKED: Given(("nej",))}
    assert "”Inte än, men det är planerat” och ”Nej” går inte ihop. Välj ett av dem." in face.said


def test_a_retired_option_is_offered_only_where_it_is_chosen_already():
    face = Scripted(["ja"], "klart")
    talked(face)
    assert "Blandat" not in face.offered[0]
    face = Scripted(KEEP, "klart")
    assert talked(face, {ASKED: Given(("gammalt",))}) == {ASKED: Given(("gammalt",))}
    assert face.offered[0].count("Blandat") == 1


def test_a_retired_option_of_a_field_stays_until_another_is_chosen():
    rows = Given((Row("P1", {"titel": "A", "sort": "gammalt"}),))
    face = Scripted("andra", KEEP, [], KEEP, "klart", "klart")
    assert talked(face, {"behov.material": rows}, "behov.material")["behov.material"] == rows
    assert "Blandat" in face.offered[3]


def test_a_guide_offers_no_retired_option_and_takes_one_from_an_older_page():
    sheet = AnswerSheet(NOW_SEVERAL, {})
    for page in (guide("T", SEVERAL, sheet, command="utb"), questions_on_paper(SEVERAL.questions, sheet)):
        assert "- [ ] Nej" in page
        assert "Blandat" not in page
    filled = filled_in(about_behov(ASKED, "- [x] Blandat\n- [ ] Nej"), SEVERAL, sheet)
    assert (filled.problems, filled.answers) == ((), {ASKED: Given(("gammalt",))})
