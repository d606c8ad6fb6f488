"""Batteries: the shipped ones keep their promises, broken ones give every error with its line."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from utbildningsprocess.battery import load_battery
from utbildningsprocess.errors import BROKEN, Broken
from utbildningsprocess.model import (
    Condition,
    GroupField,
    Item,
    Kind,
    Option,
    Prefill,
    Question,
    Stage,
    Statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from utbildningsprocess.model import Battery

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "cases" / "batterier"


def cases(folder: str) -> list[Path]:
    return sorted(path for path in (CASES / folder).iterdir() if path.suffix != ".txt")


def texts() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in (ROOT / "questions").glob("[0-9]-*.yaml")}


@pytest.fixture(scope="module")
def battery() -> Battery:
    return load_battery(texts())


# ----------------------------------------------------------------- case files


@pytest.mark.parametrize("path", cases("bra"), ids=lambda path: path.stem)
def test_a_good_battery_loads(path: Path) -> None:
    assert load_battery({path.name: path.read_text("utf-8")}).questions()


@pytest.mark.parametrize("path", cases("fel"), ids=lambda path: path.stem)
def test_a_bad_battery_gives_all_its_errors(path: Path) -> None:
    with pytest.raises(Broken) as caught:
        load_battery({path.name: path.read_text("utf-8")})
    assert f"{caught.value}\n" == path.with_suffix(".txt").read_text("utf-8")
    assert caught.value.exit_code == BROKEN


# ------------------------------------------------------------ across the files

QUESTION = "  - id: {}\n    typ: text\n    text: {}?\n"


def stage(stage_id: str, number: int, *questions: str) -> str:
    head = f"format: 1\nsteg: {stage_id}\nnummer: {number}\ntitel: {stage_id.title()}\nfragor:\n"
    return head + "".join(questions)


def errors(files: dict[str, str]) -> list[str]:
    with pytest.raises(Broken) as caught:
        load_battery(files)
    return str(caught.value).splitlines()


def test_stages_come_in_the_order_of_their_numbers() -> None:
    files = {
        "a.yaml": stage("sist", 2, QUESTION.format("a", "A")),
        "b.yaml": stage("forst", 1, QUESTION.format("b", "B")),
    }
    assert [question.qid for question in load_battery(files).questions()] == ["forst.b", "sist.a"]


def test_errors_of_all_files_come_sorted_by_file_and_line() -> None:
    wrong = QUESTION.format("Å", "A") + QUESTION.format("Ä", "B")
    files = {"b.yaml": stage("b", 2, wrong), "a.yaml": stage("a", 1, wrong), "c.yaml": "a: [b\n"}
    assert [line.split(": ")[0] for line in errors(files)] == [
        *("a.yaml:6", "a.yaml:9", "b.yaml:6", "b.yaml:9", "c.yaml:1")
    ]


def test_two_files_cannot_hold_the_same_stage_or_number() -> None:
    one = stage("a", 1, QUESTION.format("a", "A"))
    assert errors({"x.yaml": one, "y.yaml": one}) == [
        "y.yaml:2: steget ”a” finns redan i x.yaml.",
        "y.yaml:3: nummer 1 används redan av x.yaml.",
    ]


def test_a_condition_may_look_into_another_stage() -> None:
    asked = QUESTION.format("b", "B") + "    visas_om:\n      fraga: a.{}\n      besvarad: true\n"
    files = {"x.yaml": stage("a", 1, QUESTION.format("a", "A"))}
    assert load_battery({**files, "y.yaml": stage("b", 2, asked.format("a"))}).question("b.b")
    assert errors({**files, "y.yaml": stage("b", 2, asked.format("aa"))}) == [
        "y.yaml:10: frågan ”a.aa” finns inte. Menade du a.a?"
    ]


def test_text_means_the_same_however_its_letters_are_composed() -> None:
    text = stage("a", 1, QUESTION.format("a", "Är det för långt"))
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert load_battery({"x.yaml": decomposed}).stages == load_battery({"x.yaml": text}).stages


def test_a_file_that_cannot_be_read_brings_no_errors_elsewhere() -> None:
    asked = QUESTION.format("b", "B") + "    paminn: [a.a]\n"
    assert errors({"x.yaml": "steg: [b\n", "y.yaml": stage("b", 2, asked)}) == [
        "x.yaml:1: listan inom [ ] saknar ett kommatecken eller sin avslutning."
    ]


def test_a_question_that_cannot_be_read_brings_no_errors_elsewhere() -> None:
    broken = "  - id: a\n    typ: val\n    text: A?\n    fel: ja\n"
    asked = QUESTION.format("b", "B") + "    visas_om:\n      fraga: a.a\n      ar: lag\n"
    found = errors({"x.yaml": stage("a", 1, broken + asked)})
    assert [line.partition(". ")[0] for line in found] == ["x.yaml:9: nyckeln ”fel” finns inte här"]


# --------------------------------------------------------- the shipped batteries

SEED = {
    "behov.vem_vill": "Vem/vilka vill göra den här insatsen?",
    "behov.varfor": "Varför vill ni göra den här insatsen?",
    "behov.uppna_losa": "Vad vill ni uppnå med den här insatsen och vad ska den lösa?",
    "behov.omfattas": "Vem/vilka omfattas av insatsen?",
    "behov.esther": "På vilket sätt bidrar den här insatsen till att det blir bäst för Esther?",
    "uppfoljning.natt_malen": "Har vi nått målen?",
    "uppfoljning.varde": "Gav insatsen värde för verksamheten och Esther?",
}
"""The questions of the process description, word for word."""

IDS = {
    "om": "organisation processledare_roll kontakt ord_esther id skapad ersatter bygger_pa status fardig_roll fardig_datum",
    "behov": "vem_vill varfor uppna_losa omfattas esther esther_tillfragad signal utlosare malgrupper "
    "effektmatt klart_senast noll krav krav_kalla krav_intervall krav_bevis",
    "analys": "onskat_beteende nulage_beteende forebilder tillfragade gap_belagg kan_idag "
    "vardagslarande en_a4 svarande roster hinder andra_insatser slutsats alternativ beslut risker "
    "beslutsgang",
    "koncept": "befintligt larandemal krav_kortast forsta_tillfalle aktiviteter chef_handlingar "
    "kollegastod stod_i_stunden tillampning_dagar vardag_kvar esther_i_planen matt samverkan "
    "kostnadsunderlag",
    "produktion": "minsta_innehall fall esther_granskat aktiv_andel simulering debriefing material "
    "repetition_dagar tillganglighet sakgranskning pilot enkat_svar enkat_minsta",
    "genomforande": "tillfallen bemanning anmalan inbjudan oppning chef_fore_klart egen_plan deltagande "
    "missade krav_registrering hinder_pa_vagen efter_status",
    "uppfoljning": "enkatsvar resultat tillampning natt_malen varde vardag_blev andra_insatser_status "
    "framgangsfall hinderfall annan_forklaring lardomar nyckelord nasta_steg krav_nasta "
    "nasta_matning overlamning",
    "avsteg": "godtagna",
}
"""Ids are contracts: answers in dossiers hang on them, so this table only ever grows."""

PREFIXES = {
    "behov.effektmatt": "E",
    "analys.onskat_beteende": "B",
    "analys.svarande": "SV",
    "analys.roster": "RO",
    "analys.andra_insatser": "I",
    "analys.beslutsgang": "D",
    "koncept.larandemal": "L",
    "koncept.aktiviteter": "A",
    "koncept.chef_handlingar": "H",
    "koncept.matt": "M",
    "produktion.material": "P",
    "genomforande.tillfallen": "T",
    "uppfoljning.lardomar": "R",
}

REFERENCES = {
    "koncept.larandemal.malgrupp": ("behov.malgrupper",),
    "koncept.larandemal.beteende": ("analys.onskat_beteende",),
    "koncept.aktiviteter.malgrupp": ("behov.malgrupper",),
    "koncept.aktiviteter.mal": ("koncept.larandemal",),
    "koncept.matt.avser": ("koncept.larandemal", "behov.effektmatt"),
    "koncept.kostnadsunderlag.resor": ("koncept.aktiviteter",),
    "produktion.material.aktivitet": ("koncept.aktiviteter",),
    "genomforande.tillfallen.aktivitet": ("koncept.aktiviteter",),
    "genomforande.deltagande.malgrupp": ("behov.malgrupper",),
    "uppfoljning.enkatsvar.mal": ("koncept.larandemal",),
    "uppfoljning.enkatsvar.malgrupp": ("behov.malgrupper",),
    "uppfoljning.resultat.matt": ("koncept.matt", "behov.effektmatt"),
    "uppfoljning.andra_insatser_status.insats": ("analys.andra_insatser",),
}

PREFILLED = {
    "analys.andra_insatser": ("diagnos.andra", "typ"),
    "koncept.larandemal": ("analys.onskat_beteende", "beteende"),
    "koncept.aktiviteter": ("alternativ", "fas"),
    "koncept.chef_handlingar": ("alternativ", "fas"),
    "genomforande.deltagande": ("behov.malgrupper", "malgrupp"),
    "uppfoljning.resultat": ("koncept.matt", "matt"),
    "uppfoljning.andra_insatser_status": ("analys.andra_insatser", "insats"),
}

CONDITIONAL = {
    "om.fardig_roll",
    "om.fardig_datum",
    "behov.krav_kalla",
    "behov.krav_intervall",
    "behov.krav_bevis",
    "analys.andra_insatser",
    "analys.risker",
    "koncept.krav_kortast",
    "koncept.samverkan",
    "produktion.debriefing",
    "produktion.tillganglighet",
    "produktion.enkat_minsta",
    "genomforande.missade",
    "genomforande.krav_registrering",
    "uppfoljning.andra_insatser_status",
    "uppfoljning.hinderfall",
    "uppfoljning.krav_nasta",
    "uppfoljning.overlamning",
}

ENGLISH = re.compile(
    r"\b(the|and|of|with|your|you|what|how|not|must|should|is|are|this|that|value|field|input|error|expected"
    r"|valid|string|list|key|mapping|skip|learning|training)\b",
    re.IGNORECASE,
)


def step_questions(battery: Battery) -> list[Question]:
    return [question for stage in battery.stages if stage.is_step for question in stage.questions]


def items(battery: Battery) -> Iterator[tuple[str, Item]]:
    for question in battery.questions():
        yield question.qid, question
        yield from ((f"{question.qid}.{field.id}", field) for field in question.fields)


def shown(battery: Battery) -> Iterator[str]:
    for stage in battery.stages:
        yield from (stage.title, stage.purpose)
    for _, item in items(battery):
        yield from (item.text, item.help, item.unit)
        yield from (text for option in item.options for text in (option.label, option.help))
        if isinstance(item, Question):
            yield from (item.weak_example, item.strong_example, item.row_name)
            yield from (statement.text for statement in item.statements)


def test_the_shipped_questions_are_these_in_this_order(battery: Battery) -> None:
    found = {stage.id: " ".join(question.id for question in stage.questions) for stage in battery.stages}
    assert found == IDS
    assert list(found) == list(IDS)
    assert len(step_questions(battery)) == 88


def test_the_questions_of_the_process_description_are_verbatim(battery: Battery) -> None:
    seeds = {question.qid: question.text for question in battery.questions() if question.origin == "seed"}
    assert seeds == SEED


def test_every_question_of_a_step_has_help_and_method(battery: Battery) -> None:
    assert [one.qid for one in step_questions(battery) if not (one.help and one.method)] == []


def test_every_question_of_a_step_knows_who_can_answer_it(battery: Battery) -> None:
    assert [one.qid for one in step_questions(battery) if not one.who] == []


def test_every_core_question_in_words_has_a_weak_and_a_strong_example(battery: Battery) -> None:
    in_words = [
        one for one in step_questions(battery) if one.core and one.kind in (Kind.TEXT, Kind.LONG_TEXT)
    ]
    assert in_words
    assert [one.qid for one in in_words if not (one.weak_example and one.strong_example)] == []


def test_labels_are_words_and_not_ids(battery: Battery) -> None:
    labels = [(qid, option.id, option.label) for qid, item in items(battery) for option in item.options]
    labels += [(qid, item.id, item.text) for qid, item in items(battery)]
    assert [one for one in labels if one[2] == one[1] or "_" in one[2] or one[2][0] in "abcdefghijklmn"] == []


def test_references_prefills_and_row_ids_hold_the_thread_together(battery: Battery) -> None:
    questions = battery.questions()
    assert {one.qid: one.row_prefix for one in questions if one.row_prefix} == PREFIXES
    assert {path: item.points_at for path, item in items(battery) if item.points_at} == REFERENCES
    prefilled = {one.qid: (one.prefill.source, one.prefill.target) for one in questions if one.prefill}
    assert prefilled == PREFILLED


def test_every_number_has_a_least_and_a_most(battery: Battery) -> None:
    numbers = [(path, item) for path, item in items(battery) if item.kind is Kind.NUMBER or item.of_numbers]
    assert [path for path, item in numbers if item.at_least is None or item.at_most is None] == []


def test_only_these_questions_depend_on_others(battery: Battery) -> None:
    assert {one.qid for one in battery.questions() if one.relevant_if} == CONDITIONAL


def test_the_follow_up_reminds_of_what_was_promised(battery: Battery) -> None:
    reminded = {one.qid: one.reminds for one in battery.stage("uppfoljning").questions if one.reminds}
    assert reminded["uppfoljning.natt_malen"] == ("behov.uppna_losa", "behov.effektmatt")
    assert reminded["uppfoljning.varde"] == ("behov.esther",)
    assert reminded["uppfoljning.resultat"] == ("behov.effektmatt", "koncept.larandemal", "koncept.matt")


def test_a_reminder_quotes_only_what_has_already_been_asked(battery: Battery) -> None:
    order = [question.qid for question in battery.questions()]
    late = [
        (question.qid, qid)
        for question in battery.questions()
        for qid in question.reminds
        if order.index(qid) >= order.index(question.qid)
    ]
    assert late == []


def test_nothing_shown_is_english(battery: Battery) -> None:
    expected = [
        line for path in cases("fel") for line in path.with_suffix(".txt").read_text("utf-8").splitlines()
    ]
    assert [text for text in (*shown(battery), *expected) if ENGLISH.search(text)] == []


def test_texts_use_swedish_quotes_and_one_ellipsis(battery: Battery) -> None:
    assert [text for text in shown(battery) if re.search(r"[\"“]|\.\.\.|  |\s$", text)] == []


# ------------------------------------------------------------------------ docs

MODELS: tuple[type[BaseModel], ...] = (Stage, Question, GroupField, Option, Statement, Condition, Prefill)


def keys() -> set[str]:
    return {info.alias or name for model in MODELS for name, info in model.model_fields.items()}


def test_every_key_and_kind_has_its_line_in_the_docs() -> None:
    text = (ROOT / "docs" / "fragebatterier.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE))
    assert {"format", *keys(), *map(str, Kind)} == explained
