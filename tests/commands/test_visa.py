"""`utb visa`: a reading copy, and the answers for machines."""

from __future__ import annotations

import json

import pytest
import yaml

from conftest import EXAMPLE


def data(utb, *args):
    return json.loads(utb("visa", *args, "--format", "json").out)


def test_the_json_holds_exactly_what_was_answered(utb):
    utb.dossier(
        "Ny", varfor="Därför", krav="nej", utlosare="[avvikelse, egna ord]", klart_senast="2025-06-01"
    )
    utb("svar", "ny", "esther", "--vet-inte", "Chefen")
    utb("svar", "ny", "omfattas", "--hoppa", "Gäller inte")
    outcome = utb("visa", "ny", "--format", "json")
    assert outcome.err == ""
    assert outcome.out == (
        '{"format": 1, "titel": "Ny", "svar": {"behov": {"varfor": "Därför", '
        '"utlosare": ["avvikelse", "egna ord"], "krav": "nej", "klart_senast": "2025-06-01"}}, '
        '"hoppade": {"behov.omfattas": "Gäller inte"}, "okanda": {"behov.esther": "Chefen"}, "problem": []}\n'
    )


def test_every_answer_of_the_example_comes_back_equal(utb):
    utb.example()
    given = yaml.load(EXAMPLE.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  gives texts only
    shown = data(utb, "trygg-start")["svar"]
    about = {key: value for key, value in given["initiativ"].items() if key != "titel"}
    assert as_text(shown["om"]) == about
    assert as_text(shown.get("avsteg", {}).get("godtagna", [])) == given.get("avsteg", [])
    for stage, answers in given["svar"].items():
        assert as_text(shown[stage]).keys() == answers.keys()
        for key, value in answers.items():
            assert as_text(shown[stage][key]) == value, f"{stage}.{key}"


def as_text(value):
    """Every scalar as the file spells it."""
    if isinstance(value, dict):
        return {key: as_text(one) for key, one in value.items()}
    if isinstance(value, list):
        return [as_text(one) for one in value]
    return ("nej", "ja")[value] if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_what_is_shown_is_an_answers_file(utb, form):
    utb.example()
    utb("svar", "trygg-start", "behov.esther", "--vet-inte", "Chefen")
    utb("svar", "trygg-start", "behov.varfor", "Rad ett\n\n  - indragen: ja\n# inte rubrik\n\n[länk](<x>)")
    (utb.folder / "ut").write_text(utb("visa", "trygg-start", "--format", form).out, "utf-8")
    assert utb("ny", "Kopia", "--svar", "ut").code == 0
    assert {**data(utb, "kopia"), "titel": "Trygg start"} == data(utb, "trygg-start")


def test_one_stage_can_be_shown(utb):
    utb.example()
    assert list(data(utb, "trygg", "koncept")["svar"]) == ["koncept"]
    assert utb("visa", "trygg", "Uppföljning").out.startswith("## Uppföljning\n")


def test_elsewhere_than_in_a_terminal_the_copy_is_plain_markdown(utb):
    utb.dossier("Ny", varfor="'*Därför* <b>nu</b>'")
    outcome = utb("visa", "ny", "behov")
    assert outcome.out.endswith("### Varför vill ni göra den här insatsen?\n\n*Därför* <b>nu</b>\n")
    assert "utb:" not in outcome.out
    assert "Vem/vilka" not in outcome.out


def test_in_colour_nothing_of_an_answer_is_lost(utb, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    utb.dossier("Ny", varfor="'[/x] <b>nu</b> [röd]text'")
    outcome = utb("visa", "ny", "behov")
    assert "\x1b[" in outcome.out
    assert "[/x] <b>nu</b> [röd]text" in outcome.out


def test_without_colour_there_are_no_colour_codes(utb, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    utb.dossier("Ny")
    assert "\x1b[3" not in utb("visa", "ny").out


def test_an_unknown_initiative_is_answered_with_those_there_are(utb):
    utb.dossier("Ny insats")
    assert utb("visa", "ny-insast").err == "Fel: Insatsen ”ny-insast” finns inte. Menade du ny-insats?\n"


def test_problems_have_line_and_text(utb):
    path = utb.dossier("Ny", krav="nej")
    text = path.read_text("utf-8")
    path.write_text(text.replace("Nej, inget krav", "Kanske") if "Nej, inget krav" in text else text, "utf-8")
    problems = data(utb, "ny")["problem"]
    assert [set(one) for one in problems] == [{"rad", "text"}] * len(problems)
