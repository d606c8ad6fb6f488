"""Questions that have been changed: dossiers, guides and answers files written before are read as they stand."""

from __future__ import annotations

from datetime import date

import pytest

from small import stage
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.dossier.mend.headings import heading_mends
from utbildningsprocess.guide.reading import filled_in
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
