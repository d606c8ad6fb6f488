"""A form that comes back: only what a person changed is said, nothing is lost, and no file can do harm."""

from __future__ import annotations

import codecs
import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import COSTLIEST
from every import every_case
from forms import (
    ANSWER_ID,
    BLOCK,
    DAY,
    answers_in,
    asking,
    file_of,
    form_of,
    read,
    said_in,
    saved_as,
    with_answers,
)
from making import BATTERY
from small import SMALL
from utbildningsprocess.errors import UtbError
from utbildningsprocess.exports.form_html import json_in_page, no_answers
from utbildningsprocess.exports.html import html_text
from utbildningsprocess.guide.form.definition import definition, questions_for_form
from utbildningsprocess.guide.form.saved import is_form, saved_form
from utbildningsprocess.guide.mail.key import key_in
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.model import AnswerSheet, Battery, Given, Kind, Row, Skipped, Unknown
from utbildningsprocess.work.comparing import compared
from utbildningsprocess.work.form_sheets import form_bytes

ROWS = {
    "koncept.larandemal": Given(
        (Row("L1", {"kunna": "Läsa av", "niva": "lag"}), Row("L2", {"kunna": "Larma"}))
    )
}
TEXT = {"behov.kort": {"text": "En mening."}}


def koncept(**more):
    return form_of(asking(SMALL, "koncept", {**ROWS, **more}))


def behov(answers=None, **more):
    return form_of(asking(SMALL, "behov", answers), **more)


def asked(form, address):
    return next(table for table in definition(form)["questions"] if table["address"] == address)


# -------------------------------------------------------- what a form begins from


def test_what_the_dossier_says_stands_in_the_form_and_says_nothing_when_it_is_left():
    answers = {
        "behov.varfor": Given("Först.\\\nSedan."),
        "behov.krav": Given("lag"),
        "behov.utlosare": Given(("nej", "eget ord")),
        "behov.bradskar": Given(value=True),
        "behov.andel": Given(12.5),
        "behov.hinder": Given({"s01": "stammer"}),
        "behov.klart": Unknown("chefen"),
    }
    form = behov(answers)
    before = {table["address"]: table["before"] for table in definition(form)["questions"] if table["before"]}
    assert before["behov.varfor"] == {"text": "Först.\nSedan."}
    assert before["behov.utlosare"] == {"chosen": ["nej", "annat"], "own": "eget ord"}
    assert before["behov.klart"] == {"unknown": "chefen"}
    assert said_in(form, before) == {}
    changed = {**before, "behov.hinder": {"statements": {"s01": "stammer", "s02": "inte"}}}
    assert said_in(form, changed) == {"behov.hinder.s02": Given("inte")}


def test_a_row_of_the_dossier_is_said_cell_by_cell_and_a_new_one_whole():
    form = koncept()
    rows = asked(form, "koncept.larandemal")["before"]["rows"]
    rows[0]["cells"]["kunna"] = {"text": "Läsa av och tolka"}
    rows[1]["cells"]["klart"] = {"text": "12/3"}
    rows.append(
        {"id": "", "key": "n1", "cells": {"kunna": {"text": "Dokumentera"}, "niva": {"unknown": "chefen"}}}
    )
    said = said_in(form, {"koncept.larandemal": {"rows": rows}})
    assert said["koncept.larandemal.L1.kunna"] == Given("Läsa av och tolka")
    assert str(said["koncept.larandemal.L2.klart"].value) == "2027-03-12"
    assert said["koncept.larandemal.+1"] == Given(
        (Row("", {"kunna": "Dokumentera"}, {}, {"niva": "chefen"}),)
    )
    assert len(said) == 3


def test_a_proposed_row_says_nothing_until_somebody_has_filled_it_in():
    form = koncept()
    rows = asked(form, "koncept.status")["before"]["rows"]
    assert [row["id"] for row in rows] == ["", ""]
    assert said_in(form, {"koncept.status": {"rows": rows}}) == {}
    rows[1]["cells"]["utfall"] = {"text": "68 %"}
    filled = Given((Row("", {"mal": "L2", "utfall": "68 %"}),))
    assert said_in(form, {"koncept.status": {"rows": rows}}) == {"koncept.status.+1": filled}


def test_a_row_that_cannot_be_read_whole_is_asked_about_with_what_could_be_read():
    form = behov()
    rows = [{"id": "", "key": "n1", "cells": {"namn": {"text": "Nya"}, "antal": {"text": "många"}}}]
    (said,) = read(form, saved_as(form, {"behov.malgrupper": {"rows": rows}})).said
    assert said.answer is None
    assert said.doubt.startswith("Antal: ”många” är inte ett tal")
    assert said.words == "Namn: Nya\nAntal: många"
    assert said.proposals[0].answer == Given((Row("", {"namn": "Nya"}),))


def test_others_voices_never_stand_in_a_form_for_one_of_several():
    answers = {"behov.kort": Given("Chefens ord"), "behov.varfor": Given("Chefens skäl"), **ROWS}
    for purpose in (Purpose.ALONE, Purpose.SURVEY):
        alone = [form_of(asking(SMALL, stage, answers), purpose=purpose) for stage in ("behov", "koncept")]
        data = b"".join(map(file_of, alone))
        assert b"Chefens" not in data
        assert all(table["before"] is None for table in definition(alone[0])["questions"])


def test_a_passed_question_is_passed_over_or_unknown():
    said = said_in(
        behov(),
        {
            "behov.kort": {"unknown": "Enhetschefen"},
            "behov.krav": {"skipped": "Vet inte vad det betyder"},
            "behov.hinder": {"skipped": ""},
            "behov.malgrupper": {"unknown": ""},
        },
    )
    assert said == {
        "behov.kort": Unknown("Enhetschefen"),
        "behov.krav": Skipped("Vet inte vad det betyder"),
        "behov.hinder": Skipped(""),
        "behov.malgrupper": Unknown(""),
    }


# ------------------------------------------------------------------ which questions


def test_a_question_that_an_answer_in_the_form_decides_is_there_with_its_condition():
    about = asking(SMALL, "behov", {"behov.kort": Given("En mening.")})
    form = form_of(about, only_open=True)
    assert "behov.kort" not in form.addresses
    assert asked(form, "behov.kalla")["when"] == {"address": "behov.krav", "in": ["lag"]}
    decided = asking(SMALL, "behov", {"behov.krav": Given("nej")})
    assert "behov.kalla" not in [
        question.qid for question in questions_for_form(decided, about.stage, only_open=True)
    ]


def test_the_form_says_how_many_questions_there_are_and_that_they_may_be_fewer():
    form = behov()
    about, stage = form.asking, form.asking.stage
    alone = form_of(about, chosen=stage.model_copy(update={"questions": stage.questions[:1]}))
    assert (
        definition(form)["how_long"] == "Det är högst 12 frågor och 4 påståenden. Du får hoppa över frågor."
    )
    assert definition(alone)["how_long"] == "Det är en fråga. Du får hoppa över frågor."


def test_a_form_of_statements_counts_them_and_the_time_they_take():
    about = asking(BATTERY, "analys")
    statements = next(question for question in about.stage.questions if question.kind is Kind.STATEMENTS)
    form = form_of(about, chosen=about.stage.model_copy(update={"questions": (statements,)}))
    said = "Det är 20 påståenden att ta ställning till, på en sida. Det tar ungefär 7 minuter."
    assert definition(form)["how_long"] == said


def test_statements_show_what_they_are_about_to_one_of_several_too():
    wanted = Given((Row("B1", {"vem": "Nya", "gor": "Rapporterar enligt SBAR"}),))
    for answers, shown in (({"analys.onskat_beteende": wanted}, True), ({}, False)):
        form = form_of(asking(BATTERY, "analys", answers), purpose=Purpose.ALONE)
        recalled = asked(form, "analys.hinder")["recalled"]
        said = ["Vem: Nya; Gör: Rapporterar enligt SBAR"] if shown else []
        assert [table["answer"] for table in recalled] == said
        assert asked(form, "analys.kan_idag")["recalled"] == []


def test_a_form_says_that_a_role_is_kept_only_where_it_is():
    told = {
        purpose: " ".join(definition(form_of(asking(BATTERY, "analys"), purpose=purpose))["who_sees"])
        for purpose in (Purpose.ANSWER, Purpose.ALONE)
    }
    assert "Dossiern säger det inte." in told[Purpose.ANSWER]
    assert "Din roll står med svaren." in told[Purpose.ALONE]
    assert "Din roll står med svaren." not in told[Purpose.ANSWER]
    assert all("dossiern, en fil om insatsen." in words for words in told.values())


def test_only_the_statements_without_an_answer_are_asked():
    about = asking(SMALL, "behov", {"behov.hinder": Given({"s01": "inte", "s03": "inte"})})
    form = form_of(about, only_open=True)
    assert [told["id"] for told in asked(form, "behov.hinder")["statements"]] == ["s02", "s04"]
    assert key_in(definition(form)["key"]).places


# ------------------------------------------------------- what a person must decide


@every_case(
    "state, doubt, proposed",
    [
        ({"behov.krav": {"chosen": ["nej", "lag"]}}, "flera alternativ är valda, och frågan tar ett", 2),
        ({"behov.krav": {"chosen": ["borta"]}}, "”borta” finns inte", 0),
        ({"behov.utlosare": {"chosen": ["nej", "borta"]}}, "”borta” finns inte", 1),
        (
            {"behov.andel": {"text": "många"}},
            "”många” är inte ett tal. Skriv med siffror hur många procent, till exempel 12 eller 12,5",
            0,
        ),
        ({"behov.andel": {"text": "9" * 5000}}, "", 0),
        ({"behov.klart": {"text": "31 februari"}}, "", 0),
    ],
)
def test_what_cannot_be_read_is_asked_about_in_the_words_that_were_written(state, doubt, proposed):
    form = behov()
    (said,) = read(form, saved_as(form, state)).said
    assert said.answer is None
    assert said.doubt
    assert doubt in ("", said.doubt)
    assert len(said.proposals) == proposed
    assert said.words


def test_words_beside_a_choice_that_takes_none_are_kept_beside_it():
    form = behov()
    (said,) = read(
        form, saved_as(form, {"behov.krav": {"chosen": ["lag"], "own": "men inte på natten"}})
    ).said
    assert (said.answer, said.beside) == (Given("lag"), "men inte på natten")


def test_an_option_and_a_statement_that_are_asked_no_longer_are_told():
    form = behov()
    data = saved_as(
        form,
        {
            "behov.krav": {"chosen": ["lag"]},
            "behov.kort": {"text": "En mening."},
            "behov.hinder": {"statements": {"s01": "inte", "s04": "stammer"}},
            "behov.andel": {"text": "12"},
        },
    )
    today = []
    for question in form.asking.stage.questions:
        changes = {
            "behov.krav": {
                "options": tuple(
                    option.model_copy(update={"retired": option.id == "lag"}) for option in question.options
                )
            },
            "behov.kort": {"text": "Hur låter det i två meningar?"},
            "behov.hinder": {"statements": question.statements[:3]},
        }
        if question.qid != "behov.andel":
            today.append(question.model_copy(update=changes.get(question.qid, {})))
    stage = form.asking.stage.model_copy(update={"questions": tuple(today)})
    now = form._replace(asking=form.asking._replace(stage=stage, sheet=AnswerSheet(Battery((stage,)), {})))
    came = read(now, data)
    told = {said.address: said.doubt or said.answer for said in came.said}
    assert told == {
        "behov.krav": "”Lag eller föreskrift” har utgått",
        "behov.kort": Given("En mening."),
        "behov.hinder.s01": Given("inte"),
    }
    assert came.unplaced == ("Påstående nummer 4 om vardagen.: Stämmer", "Hur stor andel? 12")
    assert came.notes == (
        "Frågan ”Hur låter det i två meningar?” hade andra ord i formuläret: ”Hur låter det i en mening?”",
        "Det här ställs inte längre i Behov: ”Påstående nummer 4 om vardagen.” och ”Hur stor andel?”",
    )


def test_an_answer_whose_condition_has_fallen_is_shown_and_not_taken():
    form = behov()
    came = read(form, saved_as(form, TEXT, set_aside={"behov.kalla": {"text": "Patientlagen"}}))
    assert [said.address for said in came.said] == ["behov.kort"]
    assert came.beside == ("Vilket krav? Patientlagen",)
    assert came.notes == (
        "Några svar hör till frågor som inte längre gällde när formuläret sparades. De är inte med.",
    )


def test_what_the_form_began_with_is_no_answer_when_it_is_set_aside():
    form = behov({"behov.kalla": Given("Patientlagen"), "behov.krav": Given("lag")})
    came = read(form, saved_as(form, TEXT, set_aside={"behov.kalla": {"text": "Patientlagen "}}))
    assert (came.beside, came.notes) == ((), ())
    goals = koncept()
    cells = asked(goals, "koncept.larandemal")["before"]["rows"][0]["cells"]
    aside = {"koncept.larandemal.L1.kunna": cells["kunna"], "koncept.larandemal.L1.klart": {"text": "12/3"}}
    came = read(goals, saved_as(goals, {"koncept.larandemal": {"unknown": ""}}, set_aside=aside))
    assert came.beside == ("Vad ska deltagarna kunna göra? 12/3",)


@every_case(
    "saved, day, kept",
    [
        ("2026-11-28T17:20:05", DAY, "2026-11-28T17:20:05"),
        ("2026-11-28", DAY, "2026-11-28"),
        ("2026-13-40T99:00:00", None, ""),
        ("i går", None, ""),
        (["2026-11-28"], None, ""),
    ],
)
def test_a_file_says_when_it_was_saved(saved, day, kept):
    came = read(behov(), saved_as(behov(), TEXT, saved=saved))
    assert (came.day, came.saved) == (day, kept)


# -------------------------------------------------------------------- the file


@every_case(
    "changed",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: codecs.BOM_UTF8 + data,
        lambda data: codecs.BOM_UTF16_LE + data.decode().encode("utf-16-le"),
        lambda data: unicodedata.normalize("NFD", data.decode()).encode(),
        lambda data: data.replace(
            b'type="application/json" id="utb-svar"', b"id=utb-svar type='application/json'"
        ),
        lambda data: data.replace(
            b"<!doctype html>", b"<!-- saved from url=(0014)about:internet -->\n<html>"
        ),
    ],
)
def test_a_file_is_known_however_it_was_saved(changed):
    form = behov()
    answers = {"behov.kort": {"text": "På tavlan."}, "behov.ord": {"text": "rätt, väg"}}
    data = changed(saved_as(form, answers))
    assert is_form(data)
    came = read(form, data, name="svar.html.txt")
    assert {said.address for said in came.said if said.answer} == set(answers)
    assert (came.answer_id, came.role, came.day) == (ANSWER_ID, "chef", DAY)


HOSTILE = "</script><script>alert(1)</script><!--<script>]]>&amp;{{ svar }}\u2028\u2029\x7f"


def test_hostile_words_come_back_as_words_and_end_nothing_in_the_page():
    form = behov()
    data = saved_as(form, {"behov.kort": {"text": HOSTILE}})
    page = data.decode()
    assert page.count("<script") == file_of(form).decode().count("<script")
    assert "alert(1)</script>" not in page
    (said,) = read(form, data).said
    assert said.words == HOSTILE
    assert said.answer.value.startswith("</script><script>alert(1)</script><!--<script>]]>&amp;{{ svar }}")


def test_signs_that_no_file_can_hold_are_taken_away_and_told():
    form = behov()
    said = json.dumps(
        {**answers_in(saved_as(form, TEXT)), "answers": {"behov.kort": {"text": "a\0b\ud800c😀"}}}
    )
    came = read(form, with_answers(file_of(form), said))
    assert came.said[0].words == "abc😀"
    assert came.notes == ("Filen hade tecken som inte går att spara. De är borttagna ur svaren.",)


def test_the_title_of_a_dossier_is_no_markup_in_the_page():
    about = asking(SMALL, "behov")._replace(title="</title><script>alert(1)</script>")
    assert b"<script>alert" not in file_of(form_of(about))


def test_the_form_for_paper_has_each_question_its_alternatives_and_lines_to_write_on():
    paper = form_bytes(behov()).decode().partition('<main id="papper">')[2]
    assert all(html_text(question.text) in paper for question in SMALL.stage("behov").questions)
    assert "Lag eller föreskrift" in paper
    assert '<span class="linje"></span>' in paper
    assert "……" not in paper


def nested(depth):
    return '{"rows":' + "[" * depth + "]" * depth + "}"


@every_case(
    "answers",
    [
        {"behov.kort": "text"},
        {"behov.kort": {"text": 12}},
        {"behov.kort": {"text": ["a"]}},
        {"behov.krav": {"chosen": "lag"}},
        {"behov.krav": {"chosen": [{"id": "lag"}]}},
        {"behov.hinder": {"statements": ["s01"]}},
        {"behov.hinder": {"statements": {"s01": {"a": 1}}}},
        {"behov.malgrupper": {"rows": {"id": "1"}}},
        {"behov.malgrupper": {"rows": ["1", {"cells": "x"}, {"id": 3, "cells": {"namn": "Nya"}}]}},
        {"behov.malgrupper": {"rows": [{"id": "../1", "cells": {"namn": {"text": 1}}}]}},
        {"../../etc/passwd": {"unknown": None}},
        {"": {}},
    ],
)
def test_answers_of_another_shape_say_nothing_and_stop_nothing(answers):
    form = behov()
    came = read(form, saved_as(form, {**answers, "behov.varfor": {"text": "Det står kvar."}}))
    assert [said.address for said in came.said] == ["behov.varfor"]


def test_an_address_that_is_forged_is_shown_and_answers_nothing():
    form = behov()
    forged = {
        "om.titel": {"text": "Ny titel"},
        "behov.malgrupper.1.namn": {"text": "x"},
        "a.b\n<c>": {"text": "y"},
    }
    came = read(form, saved_as(form, forged))
    assert came.said == ()
    assert came.unplaced == ("Ny titel", "Hur många är det i varje grupp? x", "y")


def data_with(said):
    return with_answers(file_of(behov()), said)


@every_case(
    "data, why",
    [
        (data_with('{"format":1'), "är skadad, och svaren i den går inte att läsa"),
        (data_with("[" * 100_000), "är skadad, och svaren i den går inte att läsa"),
        (data_with('{"format":' + "9" * 10_000 + "}"), "är skadad"),
        (data_with(json.dumps({"format": 1, "form_id": "en annan"})), "svaren hör inte ihop med frågorna"),
        (file_of(behov()), "har inga sparade svar"),
        (BLOCK.sub("", saved_as(behov(), TEXT).decode()).encode(), "är skadad"),
        (saved_as(behov(), TEXT).replace(b"[nyckel ", b"[nyckel x"), "svaren hör inte ihop med frågorna"),
        (saved_as(behov(), TEXT, format=2), "kan läsa. Uppdatera utb."),
        (saved_as(behov(), TEXT, format=["1"]), "kan läsa. Uppdatera utb."),
        (saved_as(behov(), TEXT) + b" " * 6_000_000, "är större än 5 MB"),
    ],
)
def test_a_damaged_an_empty_and_a_huge_file_give_one_sentence(data, why):
    assert is_form(data)
    with pytest.raises(UtbError) as raised:
        saved_form(data, "svar.html")
    assert why in str(raised.value)
    assert str(raised.value).startswith("svar.html ")


def test_depth_within_an_answer_is_no_trouble():
    form = behov()
    said = json.dumps({**answers_in(saved_as(form, TEXT)), "answers": "HÄR"})
    deep = '{"behov.malgrupper":' + nested(300) + ',"borta":' + nested(300) + "}"
    came = read(form, with_answers(file_of(form), said.replace('"H\\u00c4R"', deep)))
    assert (came.said, came.unplaced) == ((), ())


def test_a_role_that_is_none_is_asked_for():
    came = read(behov(), saved_as(behov(), TEXT, role="<b>chef</b>"))
    assert (came.role, came.is_role_sure) == ("", False)


def test_a_survey_keeps_no_day_and_asks_for_no_role():
    form = form_of(asking(SMALL, "behov"), purpose=Purpose.SURVEY)
    came = read(form, saved_as(form, TEXT, saved="", role=""))
    assert (came.day, came.role, came.is_role_sure, came.saved) == (None, "", True, "")
    assert came.purpose is Purpose.SURVEY


_LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(("lag", "s01", "1", "", "x"))
)
_KEYS = st.sampled_from(
    ("text", "chosen", "own", "rows", "id", "key", "cells", "namn", "statements", "s01", "unknown", "before")
)
_ANYTHING = st.recursive(
    _LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@COSTLIEST
@given(st.data())
def test_data_of_any_shape_ends_in_a_reply_or_in_a_sentence(data):
    form = behov()
    page = file_of(form).decode()
    asked = definition(form)
    for told in asked["questions"]:
        changed = st.dictionaries(st.sampled_from(("before", "text", "options", "statements")), _ANYTHING)
        told.update(data.draw(changed))
    addresses = st.sampled_from([*form.addresses, "behov.malgrupper.1.namn", ""])
    said = {
        **no_answers(asked),
        "answers": data.draw(st.dictionaries(addresses, _ANYTHING, max_size=6)),
        "set_aside": data.draw(_ANYTHING),
        **data.draw(st.dictionaries(st.sampled_from(("id", "role", "saved")), _ANYTHING)),
    }
    page = page.replace(json_in_page(definition(form)), json_in_page(asked))
    try:
        came = read(form, with_answers(page.encode(), json_in_page(said)))
    except UtbError:
        return
    assert {".".join(address.split(".")[:2]) for address in compared(form.asking.sheet, [came]).voices} <= {
        *form.addresses
    }
