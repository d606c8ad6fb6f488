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
        '"utlosare": ["avvikelse", "egna ord"], "klart_senast": {"ord": "2025-06-01", "forsta": "2025-06-01", '
        '"sista": "2025-06-01"}, "krav": "nej"}}, '
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
            assert without_new_ids(as_text(shown[stage][key]), value) == value, f"{stage}.{key}"


def without_new_ids(shown, value):
    """Rows without the ids that the file lets the program give; one choice of several may stand bare there."""
    if isinstance(shown, list) and isinstance(value, str):
        return shown[0] if len(shown) == 1 else shown
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return shown
    return [
        {key: without_new_ids(row[key], given[key]) for key in row if key in given}
        for row, given in zip(shown, value, strict=True)
    ]


def as_text(value):
    """Every scalar as the file spells it."""
    if isinstance(value, dict) and value.keys() == {"ord", "forsta", "sista"}:
        return value["ord"]
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


# ----------------------------------------------------------- what is computed


COMPUTED = "\n---\n\n## Uträknat ur svaren (står inte i filen)\n\n"
DIAGNOSIS, PRICE, THREAD = "### Diagnosen\n\n", "### Tid och kostnad\n\n", "### Den röda tråden\n\n"


@pytest.mark.parametrize(
    ("step", "headings"),
    [
        (None, [DIAGNOSIS, PRICE, THREAD]),
        ("analys", [DIAGNOSIS]),
        ("koncept", [PRICE, THREAD]),
        *((step, []) for step in ("om", "behov", "produktion", "genomforande", "uppfoljning")),
    ],
)
def test_what_follows_from_the_answers_stands_last_and_apart(utb, step, headings):
    path = utb.example()
    copy, rule, computed = utb("visa", "trygg", *([step] if step else [])).out.partition(COMPUTED)
    assert copy.startswith("# " if step is None else "## ")
    assert bool(rule) is bool(headings)
    assert [one for one in (DIAGNOSIS, PRICE, THREAD) if one in computed] == headings
    assert COMPUTED.split("\n")[3] not in path.read_text("utf-8")


def test_the_diagnosis_is_a_paragraph_that_says_where_to_read_more(utb):
    utb.example()
    assert utb("visa", "trygg", "analys").out.endswith(
        f"{COMPUTED}{DIAGNOSIS}"
        "Diagnosen pekar på: en mix (vardagslärande och handledning, bemanning och resurser, utbildning). "
        "Ett krav ska uppfyllas oavsett analys. Gör den delen så kort och så nära uppgiften som kravet tillåter. "
        "Rimligt underlag. Orsakerna, och svaren bakom dem, ser du med: utb diagnos trygg-start\n"
    )


def test_a_gate_is_told_with_its_reason(utb):
    utb.dossier("Ny", noll="inget_markbart")
    out = utb("visa", "ny").out
    assert "Diagnosen pekar på: att låta bli. Inget märkbart händer om ni låter bli." in out
    assert PRICE not in out
    assert THREAD not in out


def test_the_price_and_the_thread_are_told_as_elsewhere(utb):
    utb.example()
    (utb.folder / "utb.yaml").write_text("esther: invånaren\n", "utf-8")
    out = utb("visa", "trygg", "koncept").out
    assert "Kostnaden är ungefär 448\u00a0000 kronor" in out
    assert (
        "och värde för invånaren.\n\n### Den röda tråden\n\n| Mål | Aktiviteter | Mått | Resultat |\n" in out
    )
    assert (
        "\n| E1 Andel nya undersköterskor som slutar inom 12 månader | – | M6 (nivå 8) | M6: ej mätt |\n"
        in out
    )


def test_in_a_narrow_terminal_the_thread_is_a_list(utb, monkeypatch):
    utb.example()
    monkeypatch.setenv("COLUMNS", "40")
    out = utb("visa", "trygg", "koncept").out
    assert "| Mål |" not in out
    assert "**L4 ge konkret återkoppling med observationskort**\n\n- Aktiviteter: A1 " in out


def test_an_evil_name_changes_nothing_but_itself(utb):
    utb.example()
    evil = "# Rubrik | <b>fet</b>"
    utb("svar", "trygg", "malgrupper", json.dumps([{"namn": evil, "antal": 10}]))
    activity = {"titel": evil, "malgrupp": [evil], "minuter": 60, "mal": ["L1"]}
    utb("svar", "trygg", "aktiviteter", json.dumps([activity]))
    out = utb("visa", "trygg", "koncept").out
    assert "\n- \\# Rubrik \\| \\<b\\>fet\\</b\\>: 10 personer" in out
    assert "| A1 # Rubrik \\| \\<b\\>fet\\</b\\> |" in out


def test_machines_get_the_answers_only(utb):
    utb.example()
    for form in ("json", "yaml"):
        assert "Uträknat" not in utb("visa", "trygg", "--format", form).out


# ------------------------------------------------------------------- on screen


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


def test_an_answer_that_no_longer_applies_is_marked_for_people_and_for_machines(utb):
    path = utb.dossier(krav="lag_foreskrift", krav_kalla="Patientsäkerhetslagen")
    assert "Gäller inte" not in utb("visa", "ny", "behov").out
    assert utb("svar", "ny", "behov.krav", "nej").code == 0
    marked = "### Vilket krav, och vad kräver det ordagrant?\n\n*Gäller inte med de andra svaren"
    assert marked in utb("visa", "ny", "behov").out
    assert data(utb, "ny")["galler_inte"] == ["behov.krav_kalla"]
    assert "galler_inte" not in data(utb, "ny", "koncept")
    assert "*Gäller inte med" in utb("dokument", "dossier", "ny", "-o", "-").out
    assert "Patientsäkerhetslagen" in path.read_text("utf-8")


def test_a_damaged_dossier_is_shown_with_the_damage_told(utb):
    path = utb.dossier()
    path.write_text(path.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", ""), "utf-8")
    shown = utb("visa", "ny")
    assert shown.code == 0
    assert "innan behov.varfor på rad" in shown.err
    assert "utb laga ny-insats" in shown.err


def test_answers_to_questions_that_are_no_more_are_in_every_copy(utb):
    path = utb.dossier("Ny")
    section = "<!-- utb:behov.{0} -->\n\n{1}\n\n<!-- /utb:behov.{0} -->\n\n"
    text = path.read_text("utf-8")
    old = section.format("gammal", "Det *gamla* svaret") + section.format("tom", "")
    path.write_text(text.replace("### ", f"### Gammal\n\n{old}### ", 1), "utf-8")
    assert data(utb, "ny")["utan_fraga"] == {"behov.gammal": "Det *gamla* svaret"}
    assert "utan_fraga" not in data(utb, "ny", "koncept")
    out = utb("visa", "ny", "--format", "yaml").out
    assert 'utan_fraga:\n  behov.gammal: "Det *gamla* svaret"\nproblem:\n  - rad: ' in out
    (utb.folder / "kopia.yaml").write_text(out, "utf-8")
    assert utb("ny", "Kopia", "--svar", "kopia.yaml").code == 0
    out = utb("dokument", "dossier", "ny", "-o", "-").out
    assert "## Svar på frågor som inte finns längre\n\n### behov.gammal\n\nDet *gamla* svaret\n" in out
