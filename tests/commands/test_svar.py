"""`utb svar`: one answer, read or written."""

from __future__ import annotations

import json

import pytest

from making import BATTERY


@pytest.fixture
def ny(utb):
    utb.dossier("Ny")
    return utb


@pytest.mark.parametrize(
    ("question", "value", "shown"),
    [
        ("behov.varfor", "Två\nrader", "Två\nrader"),
        ("varfor", "Kort", "Kort"),
        ("klart_senast", "2025-06-01", "2025-06-01"),
        ("utlosare", "avvikelse, egna ord", "Avvikelse eller händelse\negna ord"),
        ("behov.krav", "lag_foreskrift", "Ja, lag eller föreskrift"),
        (
            "malgrupper",
            '[{"namn": "Nya", "antal": 6}]',
            '[{"namn": "Nya", "antal": 6}]',
        ),
    ],
)
def test_what_was_written_is_read_back(ny, question, value, shown):
    written = ny("svar", "ny", question, value)
    assert (written.code, written.out) == (0, "")
    assert written.err.startswith("Sparat i insatser/ny.md: ")
    assert ny("svar", "ny", question) == (0, f"{shown}\n", "")
    assert ny("svar", "ny", question, shown).code == 0
    assert ny("svar", "ny", question) == (0, f"{shown}\n", "")


def test_a_list_from_a_word_processor_becomes_a_list_and_that_is_told(ny):
    written = ny("svar", "ny", "varfor", "-", stdin="Vi ser:\n•\ten\n•\ttvå\n")
    assert written.err.startswith("Raderna med punkter blev en lista.\nSparat i ")
    assert ny("svar", "ny", "varfor").out == "Vi ser:\n- en\n- två\n"
    assert "lista" not in ny("svar", "ny", "varfor", "- en\n- två").err


def test_a_long_text_can_come_from_a_pipe(ny):
    ny("svar", "ny", "varfor", "-", stdin="Åtta\n\nrader\n")
    assert ny("svar", "ny", "varfor").out == "Åtta\n\nrader\n"


@pytest.mark.parametrize(
    ("question", "value", "told"),
    [
        ("klart_senast", "1 juni 27", "När behöver det fungera i vardagen? tisdag 1 juni 2027"),
        ("aktiv_andel", "ca 80 %", "80 procent. ”ca” sparas inte."),
    ],
)
def test_it_is_told_how_a_date_or_a_number_was_understood(ny, question, value, told):
    assert ny("svar", "ny", question, value).err.endswith(f"{told}\n")


@pytest.mark.parametrize("value", ["v. 22", "2026-12", "hösten 2027"])
def test_a_day_that_nobody_said_is_asked_about_and_nothing_is_saved(ny, value):
    refused = ny("svar", "ny", "tillfallen", f'[{{"datum": "{value}"}}]')
    assert (refused.code, refused.out) == (2, "")
    assert "Vilken dag " in refused.err
    assert ny("svar", "ny", "tillfallen").out == ""


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--hoppa", "Gäller inte oss"], "Frågan är överhoppad: Gäller inte oss\n"),
        (["--vet-inte", "Chefen"], "Vet inte än: Chefen\n"),
        (["Chefen", "--vet-inte"], "Vet inte än: Chefen\n"),
        (["--vet-inte"], "Vet inte än.\n"),
    ],
    ids=" ".join,
)
def test_a_question_can_be_passed_over(ny, options, told):
    assert ny("svar", "ny", "varfor", *options).code == 0
    assert ny("svar", "ny", "varfor") == (0, "", told)


def test_no_answer_is_said_and_not_printed(ny):
    assert ny("svar", "ny", "esther") == (0, "", "Frågan är inte besvarad än.\n")


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("behov.varfro", "Frågan ”behov.varfro” finns inte. Menade du behov.varfor?"),
        ("varfro", "Frågan ”varfro” finns inte. Menade du behov.varfor?"),
        ("analys.varfor", "Frågan ”analys.varfor” finns inte. Menade du behov.varfor?"),
        ("xyzzy", "Frågan ”xyzzy” finns inte. Skriv adressen som steg.fraga."),
    ],
)
def test_a_misspelt_question_is_answered_with_what_was_meant(ny, question, sentence):
    assert ny("svar", "ny", question) == (2, "", f"Fel: {sentence}\n")


@pytest.mark.parametrize(
    ("question", "value", "sentence"),
    [
        ("klart_senast", "31/2", "behov.klart_senast: Det datumet finns inte: ”31/2”."),
        ("malgrupper", "Nya", "behov.malgrupper tar flera värden och skrivs som JSON"),
        (
            "malgrupper",
            '[{"nam": "Nya"}]',
            "behov.malgrupper: rad 1: Fältet ”nam” finns inte. Menade du namn?",
        ),
        (
            "larandemal",
            '[{"malgrupp": "Alla"}]',
            "koncept.larandemal: ”Målgrupp” pekar på ”Alla”, som inte finns.",
        ),
    ],
)
def test_a_value_that_does_not_fit_changes_nothing(ny, question, value, sentence):
    path = ny.folder / "insatser" / "ny.md"
    before = path.read_bytes()
    outcome = ny("svar", "ny", question, value)
    assert outcome.code == 2
    assert outcome.err.startswith(f"Fel: {sentence}")
    assert path.read_bytes() == before


def test_two_answers_at_once_are_one_too_many(ny):
    assert ny("svar", "ny", "varfor", "x", "--hoppa", "y").err == (
        "Fel: Ange ett svar, --hoppa, --vet-inte eller --tabell, inte flera av dem.\n"
    )


def one_of_each_kind(qids):
    return {BATTERY.question(qid).kind: qid for qid in qids}.values()


@pytest.mark.parametrize("chosen", [one_of_each_kind, pytest.param(list, marks=pytest.mark.experiment)])
def test_an_answer_of_the_example_can_be_read_and_given_back(utb, chosen):
    path = utb.example()
    before = path.read_bytes()
    stages = json.loads(utb("visa", "trygg", "--format", "json").out)["svar"]
    for qid in chosen(f"{stage}.{question}" for stage, answers in stages.items() for question in answers):
        text = utb("svar", "trygg", qid).out.removesuffix("\n")
        assert utb("svar", "trygg", qid, "--", text).code == 0, qid
    assert path.read_bytes() == before


def test_a_field_that_stands_twice_in_a_row_is_refused(utb):
    path = utb.dossier("Ny")
    before = path.read_bytes()
    outcome = utb("svar", "ny", "behov.malgrupper", '[{"namn": "Alfa", "namn": "Beta", "antal": 5}]')
    assert (outcome.code, outcome.err) == (2, "Fel: ”namn” står två gånger. Behåll ett av värdena.\n")
    assert path.read_bytes() == before


def test_it_is_told_how_the_numbers_and_days_of_rows_were_understood(utb):
    utb.dossier("Ny")
    rows = '[{"namn": "Nya", "antal": "ca 40"}, {"namn": "Gamla", "antal": 7}]'
    outcome = utb("svar", "ny", "behov.malgrupper", rows)
    assert outcome.err.startswith("rad 1, Antal personer: Talet är 40 personer. ”ca” sparas inte.\nSparat i ")


def test_an_answers_file_is_told_of_line_by_line(utb):
    text = "svar:\n  koncept:\n    kostnadsunderlag:\n      - {externt_kr: ca 25 tkr, restid_min: 90}\n  behov:\n    klart_senast: 1 juni 2027\n"
    (utb.folder / "svar.yaml").write_text("initiativ: {titel: Ny}\n" + text, "utf-8")
    told = utb("ny", "--svar", "svar.yaml").err
    assert "svar.yaml:4: koncept.kostnadsunderlag: rad 1, " in told
    assert "Talet är 25\u00a0000 kronor. ”ca” sparas inte.\n" in told
    assert "svar.yaml:7: behov.klart_senast: Datumet är tisdag 1 juni 2027.\n" in told
    assert "restid" not in told


@pytest.mark.parametrize("rows", ["[{}]", "{}", '[{"id": "1"}]', '[{"namn": ""}]', '[{"namn": "Nya"}, {}]'])
def test_an_empty_row_is_no_answer(utb, rows):
    path = utb.dossier("Trygg start")
    before = path.read_bytes()
    outcome = utb("svar", "trygg", "behov.malgrupper", rows)
    said = "behov.malgrupper: En rad är tom. Fyll i minst ett fält i den, eller ta bort raden.\n"
    assert outcome == (2, "", f"Fel: {said}")
    assert path.read_bytes() == before
    assert utb("visa", "trygg", "--format", "yaml").code == 0
