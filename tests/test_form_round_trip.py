"""Whatever is answered in a form comes back as what the terminal would have stored: by file, and by the text it gives."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import DAY, Page, asking, form_of, read, read_text, saved_as
from small import SMALL
from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.answers.composite import unknown_said
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.rows import choices
from utbildningsprocess.guide.form.definition import definition
from utbildningsprocess.markdown import with_hard_breaks
from utbildningsprocess.model import AnswerSheet, Given, Kind, Row, Unknown
from utbildningsprocess.swedish import is_blank
from utbildningsprocess.work.workspace import Workspace

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="Node is not installed")
ROWS = {
    "behov.malgrupper": Given((Row("1", {"namn": "Nya"}), Row("2", {"namn": "Vana, på natten; sällan"}))),
    "koncept.larandemal": Given(
        (Row("L1", {"kunna": "Läsa av"}), Row("L2", {"kunna": "Larma, och säga till"}))
    ),
}
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"))
TYPED = st.text(LETTERS, min_size=1, max_size=60) | st.sampled_from(
    (
        "1,5",
        "ca 60",
        "22.11.2026",
        "12 mars",
        "i morgon",
        "hösten 2027",
        "8.30-16",
        "13",
        "0, 30 och 90",
        "68 %",
        "a; b, c",
        "# Rubrik",
        "- ett\n- två",
        "Först.\n\nSedan.\nStrax.",
        "</script>",
        "<!--<script>",
        "]]>",
        "{{ svar }}",
    )
)


@pytest.fixture(scope="module")
def page():
    opened = Page()
    yield opened
    opened.close()


def as_typed(item, text):
    """What the terminal would store for a typed text; None where it would ask again."""
    try:
        value = accept(item, text, DAY)
    except Invalid:
        return None
    return Given(with_hard_breaks(value) if item.kind is Kind.LONG_TEXT else value)


@st.composite
def states(draw, item, sheet):
    """A state of a question or a field, and the answer that it is."""
    if item.kind in (Kind.CHOICE, Kind.REFERENCE):
        key = draw(st.sampled_from(keys_of(item, sheet)))
        return {"chosen": [key], "own": ""}, Given(key)
    if item.kind in (Kind.MULTIPLE, Kind.REFERENCES):
        keys = draw(st.lists(st.sampled_from(keys_of(item, sheet)), min_size=1, max_size=3, unique=True))
        keys.sort(key=keys_of(item, sheet).index)
        return {"chosen": keys, "own": ""}, Given(tuple(keys))
    if item.kind is Kind.YES_NO:
        said = draw(st.booleans())
        return {"chosen": ["ja" if said else "nej"], "own": ""}, Given(said)
    text = draw(TYPED)
    return {"text": text}, as_typed(item, text)


def keys_of(item, sheet):
    return [key for key, _ in choices(item, sheet)]


QUESTIONS = [question for question in SMALL.questions() if not question.kind.is_composite]


@given(st.data())
def test_an_answer_of_any_kind_comes_back_as_the_terminal_stores_it(data):
    question = data.draw(st.sampled_from(QUESTIONS))
    form = form_of(asking(SMALL, question.stage, ROWS))
    state, answer = data.draw(states(question, form.asking.sheet))
    came = read(form, saved_as(form, {question.qid: state}))
    if is_blank(state.get("text", "något")):
        assert came.said == ()
        return
    (said,) = came.said
    assert said.answer == answer
    assert bool(said.doubt) is (answer is None)
    assert said.words


@given(st.data())
def test_a_row_of_any_fields_comes_back_as_the_terminal_stores_it(data):
    group = data.draw(st.sampled_from([question for question in SMALL.questions() if question.fields]))
    form = form_of(
        asking(SMALL, group.stage, {**ROWS, group.qid: Given((Row("1", {}), Row("L1", {"kunna": "Läsa"})))})
    )
    cells = {
        field.id: data.draw(states(field, form.asking.sheet))
        for field in group.fields
        if keys_of(field, form.asking.sheet) or not field.kind.is_reference
    }
    rows = [
        {
            "id": "1" if not group.row_prefix else "L1",
            "key": "x",
            "cells": {key: state for key, (state, _) in cells.items()},
        }
    ]
    came = read(form, saved_as(form, {group.qid: {"rows": rows}}))
    told = {said.address.rpartition(".")[2]: said for said in came.said}
    for key, (state, answer) in cells.items():
        text = state.get("text", "något")
        who = unknown_said(group.field(key), text)
        is_said = not is_blank(text) and not (key == "kunna" and text.strip() == "Läsa")
        assert (key in told) is is_said
        assert key not in told or told[key].answer == (answer if who is None else Unknown(who))


# ------------------------------------------------- every question there is


@cache
def battery():
    return Workspace.open().battery


def sample(item, sheet):
    """An answer that a person may give."""
    if item.options or item.kind.is_reference:
        several = item.kind in (Kind.MULTIPLE, Kind.REFERENCES)
        keys = [
            key for key in keys_of(item, sheet) if not any(o.id == key and o.excludes for o in item.options)
        ]
        return {"chosen": keys[-2:] if several else keys[-1:], "own": ""} if keys else None
    texts = {
        Kind.NUMBER: str(max(1, int(item.at_least or 0))),
        Kind.DATE: "12/3",
        Kind.TIME_SPAN: "8.30-16",
        Kind.MEASURE: "högst 15 minuter",
        Kind.LIST: "30, 90" if item.of_numbers else "Tavlan; mötet, på måndagar",
        Kind.LONG_TEXT: "Först det ena.\nSedan det andra.\n\n- punkt\n- till",
    }
    if item.kind is Kind.YES_NO:
        return {"chosen": ["ja"], "own": ""}
    return {"text": texts.get(item.kind, "På mötet efter passet.")}


def sample_of(question, sheet):
    if question.kind is Kind.STATEMENTS:
        return {
            "statements": {statement.id: question.offered[0].id for statement in question.asked_statements}
        }
    if question.kind is Kind.GROUP:
        cells = {
            field["id"]: sample(question.field(field["id"]), sheet) for field in fields_of(question, sheet)
        }
        return {
            "rows": [{"id": "", "key": "n1", "cells": {key: cell for key, cell in cells.items() if cell}}]
        }
    return sample(question, sheet)


def fields_of(question, sheet):
    form = form_of(asking(battery(), question.stage, sheet.answers))
    asked = next(table for table in definition(form)["questions"] if table["address"] == question.qid)
    return [field for field in asked["fields"] if field["when"] is None]


@needs_node
def test_every_question_of_every_stage_comes_back_by_file_and_by_text(page):
    count = 0
    for stage in battery().stages:
        form = form_of(asking(battery(), stage.id))
        sheet = AnswerSheet(battery(), {})
        answers = {question.qid: sample_of(question, sheet) for question in form.questions}
        by_file = read(form, saved_as(form, answers))
        assert [said.address for said in by_file.said if said.doubt] == []
        assert {".".join(said.address.split(".")[:2]) for said in by_file.said} == set(answers)
        whole = {address: {**state} for address, state in answers.items()}
        by_text = read_text(form, page.text(without_conditions(form), whole))
        assert [(said.address, said.answer) for said in by_text.said] == [
            (said.address, said.answer) for said in by_file.said
        ]
        assert (by_text.unplaced, by_text.beside, by_text.answer_id) == ((), (), by_file.answer_id)
        count += len(answers)
    assert count > 80


def without_conditions(form):
    """The form with all its questions asked, whatever is answered to others."""
    questions = tuple(question.model_copy(update={"relevant_if": None}) for question in form.questions)
    return form._replace(questions=questions)


@needs_node
@given(data=st.data())
def test_the_text_to_paste_says_what_the_file_says(page, data):
    stage = data.draw(st.sampled_from(SMALL.stages))
    form = without_conditions(form_of(asking(SMALL, stage.id, ROWS)))
    answers = {
        question.qid: data.draw(states(question, form.asking.sheet))[0]
        for question in form.questions
        if not question.kind.is_composite
    }
    answers |= {
        question.qid: {
            "rows": [{"id": "", "key": "n1", "cells": data.draw(cells(question, form.asking.sheet))}]
        }
        for question in form.questions
        if question.fields
    }
    by_file, by_text = read(form, saved_as(form, answers)), read_text(form, page.text(form, answers))
    assert {said.address: said.answer for said in by_text.said} == {
        said.address: said.answer for said in by_file.said
    }


def test_a_whole_initiative_stands_in_its_forms_and_says_nothing_when_nobody_touches_them():
    text = (Path(__file__).parent / "cases" / "goda" / "klinik.yaml").read_text("utf-8")
    answers = read_answers_file(text, "klinik.yaml", battery(), DAY).answers
    stood = 0
    for stage in battery().stages:
        form = form_of(asking(battery(), stage.id, answers))
        left = {
            table["address"]: table["before"] for table in definition(form)["questions"] if table["before"]
        }
        assert {question.qid for question in form.questions if question.qid in answers} <= {*left}
        assert not left or read(form, saved_as(form, left)).said == ()
        stood += len(left)
    assert stood > 60


def test_a_choice_that_is_offered_no_longer_is_still_named_where_the_dossier_has_it():
    answers = {"behov.malgrupper": Given((Row("1", {"namn": "Nya", "arbetstid": ("blandat",)}),))}
    form = form_of(asking(battery(), "behov", answers))
    fields = next(table for table in definition(form)["questions"] if table["address"] == "behov.malgrupper")[
        "fields"
    ]
    options = next(field for field in fields if field["id"] == "arbetstid")["options"]
    assert [option["label"] for option in options if option["id"] == "blandat"] == ["Blandat"]
    assert "blandat" not in str(definition(form_of(asking(battery(), "behov"))))


@needs_node
def test_what_stood_in_the_form_and_is_left_says_nothing_as_text_either(page):
    answers = {
        "behov.varfor": Given("Först.\\\nSedan."),
        "behov.utlosare": Given(("nej", "eget ord")),
        "behov.andel": Given(12.5),
        "behov.hinder": Given({"s01": "stammer", "s02": "inte"}),
    }
    form = form_of(asking(SMALL, "behov", answers))
    left = {table["address"]: table["before"] for table in definition(form)["questions"] if table["before"]}
    text = page.text(form, {**left, "behov.andel": {"text": "13"}})
    moved_on = AnswerSheet(
        SMALL, {**answers, "behov.varfor": Given("Något nytt."), "behov.utlosare": Given(("lag",))}
    )
    assert {said.address: said.answer for said in read_text(form, text, moved_on).said} == {
        "behov.andel": Given(13)
    }


@needs_node
def test_the_text_says_the_role_that_was_chosen_in_the_form_and_when_it_was_made(page):
    form = form_of(asking(SMALL, "behov"))
    answers = {"behov.klart": {"text": "12 mars"}}
    text = page.text(form, answers, role="medarbetare", saved="2027-02-03T17:20:05")
    came = read_text(form, text)
    assert (came.role, came.is_role_sure) == ("medarbetare", True)
    assert (came.saved, str(came.day)) == ("2027-02-03T17:20:05", "2027-02-03")
    assert [str(said.answer.value) for said in came.said] == ["2027-03-12"]
    without = read_text(form, text.replace(" medarbetare 2027-02-03T17:20:05]", "]"))
    assert (without.role, without.is_role_sure, without.answer_id) == ("", False, came.answer_id)
    forged = read_text(form, text.replace(" medarbetare ", " kejsare "))
    assert (forged.role, forged.is_role_sure, forged.unplaced) == ("", False, ())


@needs_node
def test_rows_as_text_never_undo_what_has_been_written_since(page):
    form = form_of(asking(SMALL, "koncept", ROWS))
    left = {table["address"]: table["before"] for table in definition(form)["questions"] if table["before"]}
    text = page.text(form, left)
    newer = {
        **ROWS,
        "koncept.larandemal": Given((Row("L1", {"kunna": "Läsa av"}), Row("L2", {"kunna": "Nytt"}))),
    }
    assert read_text(form, text).said == read_text(form, text, AnswerSheet(SMALL, newer)).said == ()


@needs_node
def test_the_text_is_read_where_a_mail_has_quoted_broken_and_signed_it(page):
    form = without_conditions(form_of(asking(SMALL, "behov")))
    answers = {question.qid: sample_of_small(question) for question in form.questions if not question.fields}
    lines = page.text(form, answers).split("\n")
    quoted = "\n".join(["Hej!", "Se nedan.", "", "Mvh Kim", "", *(f"> {line}".rstrip() for line in lines)])
    signed = "\n".join([*lines, "", "Med vänlig hälsning", "Lo Ek", "Enhetschef"])
    wanted = {said.address: said.answer for said in read(form, saved_as(form, answers)).said}
    for text in (quoted, signed, "\r\n".join(lines)):
        came = read_text(form, text)
        assert {said.address: said.answer for said in came.said} == wanted
    assert read_text(form, signed).beside == ("Med vänlig hälsning", "Lo Ek", "Enhetschef")


def sample_of_small(question):
    if question.kind is Kind.STATEMENTS:
        return {"statements": {statement.id: question.offered[0].id for statement in question.statements}}
    return sample(question, AnswerSheet(SMALL, ROWS))


@st.composite
def cells(draw, group, sheet):
    fields = [field for field in group.fields if keys_of(field, sheet) or not field.kind.is_reference]
    return {field.id: draw(states(field, sheet))[0] for field in fields}
