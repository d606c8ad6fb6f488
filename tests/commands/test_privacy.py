"""Personal identity numbers are stopped before a save in every way in; only a consent lets them through."""

from __future__ import annotations

import pytest

NUMBER = "19121212-1212"
CONSENT = "--medge-personuppgift"


def dossiers(utb):
    return list((utb.folder / "insatser").glob("*.md"))


def answers_file(utb, text):
    (utb.folder / "svar.yaml").write_text(text, "utf-8")
    return "svar.yaml"


def test_svar_refuses_and_says_what_to_do(utb):
    path = utb.dossier("Ny")
    before = path.read_bytes()
    outcome = utb("svar", "ny", "signal", f"Patienten {NUMBER} föll")
    assert (outcome.code, outcome.out) == (2, "")
    assert "behov.signal: ”Vad ser eller hör ni" in outcome.err
    assert "innehåller ett personnummer." in outcome.err
    assert CONSENT in outcome.err
    assert NUMBER not in outcome.err
    assert path.read_bytes() == before


def test_svar_saves_with_consent_and_then_lets_the_number_stand(utb):
    path = utb.dossier("Ny")
    assert utb("svar", "ny", "signal", f"Nr {NUMBER}", CONSENT).code == 0
    assert NUMBER in path.read_text("utf-8")
    assert utb("svar", "ny", "signal", f"Nr {NUMBER}, ändrat").code == 0
    assert utb("svar", "ny", "signal", f"Nr {NUMBER} och 121212+1212").code == 2


@pytest.mark.parametrize(
    "more",
    [("--hoppa", f"Se {NUMBER}"), (f"Fråga {NUMBER}", "--vet-inte")],
)
def test_reasons_and_who_knows_are_looked_at_too(utb, more):
    utb.dossier("Ny")
    assert utb("svar", "ny", "signal", *more).code == 2
    assert utb("svar", "ny", "signal", *more, CONSENT).code == 0


def test_rows_of_groups_are_looked_at(utb):
    utb.dossier("Ny")
    rows = f'[{{"namn": "Nya", "antal": 2}}, {{"namn": "{NUMBER}"}}]'
    outcome = utb("svar", "ny", "malgrupper", rows)
    assert outcome.code == 2
    assert "behov.malgrupper 2: ”" in outcome.err


def test_an_answers_file_is_looked_at_before_anything_is_written(utb):
    name = answers_file(utb, f"svar:\n  behov:\n    varfor: Enligt {NUMBER}\n    noll: irritation\n")
    assert utb("ny", "Ny", "--svar", name).code == 2
    assert dossiers(utb) == []
    assert utb("ny", "Ny", "--svar", name, CONSENT).code == 0
    path = utb.dossier("Annan")
    before = path.read_bytes()
    assert utb("steg", "behov", "annan", "--svar", name).code == 2
    assert path.read_bytes() == before
    assert utb("steg", "behov", "annan", "--svar", name, CONSENT).code == 0


def test_a_title_becomes_a_file_name_and_is_looked_at(utb):
    name = answers_file(utb, f"initiativ:\n  titel: Vård av {NUMBER}\nsvar:\n  behov:\n    varfor: x\n")
    for args in (("ny", f"Vård av {NUMBER}", "--svar", name), ("ny", "--svar", name)):
        outcome = utb(*args)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith("Fel: Titeln innehåller ett personnummer.")
    assert dossiers(utb) == []


def test_a_title_is_asked_again(utb):
    outcome = utb("ny", stdin=f"Vård {NUMBER}\n1\nVård av de sköra\n:s\n")
    assert "Texten ser ut att innehålla personnummer" in outcome.err
    assert [path.name for path in dossiers(utb)] == ["vard-av-de-skora.md"]


def test_a_deviation_is_looked_at(utb):
    path = utb.example()
    before = path.read_bytes()
    accept = ("granska", "trygg", "--avsteg", "R24", "--skal", f"Enligt {NUMBER}")
    assert utb(*accept).code == 2
    assert path.read_bytes() == before
    assert utb(*accept, CONSENT).code == 0


def test_a_number_in_a_title_or_between_the_answers_is_found(utb):
    path = utb.dossier("Ny")
    for before, after in (("# Ny", f"# Ny {NUMBER}"), ("## Analys", f"## Analys\n\nFråga {NUMBER}.")):
        text = path.read_text("utf-8")
        path.write_text(text.replace(before, after, 1), "utf-8")
        assert "R32" in utb("granska", "ny", "--format", "json").out
        assert NUMBER not in utb("granska", "ny", "--format", "github").out
        path.write_text(text, "utf-8")


def test_numbers_and_divided_numbers_in_rows_are_looked_at(utb):
    path = utb.dossier("Ny")
    before = path.read_bytes()
    as_a_number = '[{"namn": "Nya", "antal": 191212121212}]'
    divided = '[{"namn": "Nya 121212", "antal": 1212}]'
    for rows in (divided, as_a_number):
        outcome = utb("svar", "ny", "malgrupper", rows)
        assert (outcome.code, outcome.out) == (2, "")
        assert "innehåller ett personnummer." in outcome.err
        assert path.read_bytes() == before
    assert utb("svar", "ny", "malgrupper", divided, CONSENT).code == 0
    assert "R32" in utb("granska", "ny", "--format", "json").out
    assert utb("svar", "ny", "malgrupper", divided.replace("Nya ", "De nya ")).code == 0


def test_an_answer_to_a_question_that_does_not_exist_is_looked_at(utb):
    path = utb.dossier("Ny")
    strange = f"<!-- utb:behov.egen -->\n{NUMBER}\n<!-- /utb:behov.egen -->\n\n## Analys"
    path.write_text(path.read_text("utf-8").replace("## Analys", strange, 1), "utf-8")
    outcome = utb("granska", "ny", "--format", "json")
    assert "R32" in outcome.out
    assert NUMBER not in outcome.out


@pytest.mark.parametrize(
    "command", [("dokument", "beslutsunderlag", "ny"), ("dokument", "alla", "ny"), ("samtal", "behov", "ny")]
)
def test_a_file_is_not_called_by_a_number(utb, command):
    utb.dossier("Ny")
    outcome = utb(*command, "-o", f"{NUMBER}.md")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Fel: Filens namn innehåller ett personnummer.")
    assert not (utb.folder / f"{NUMBER}.md").exists()


def test_an_ordinary_number_is_no_hindrance(utb):
    utb.dossier("Ny")
    assert (
        utb("svar", "ny", "signal", "Diarienummer 2025-01-1234, org 556036-0793, tel 08-123 456 78").code == 0
    )
