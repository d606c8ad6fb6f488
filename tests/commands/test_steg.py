"""`utb steg`: one stage, asked or from a file."""

from __future__ import annotations

import json
import unicodedata

import pytest

from conftest import EXAMPLE
from utbildningsprocess.files.dossier_file import save


def data(utb, name="trygg-start"):
    return json.loads(utb("visa", name, "--format", "json").out)


def test_the_same_file_a_second_time_changes_no_byte(utb):
    path = utb.dossier("Trygg start")
    first = utb("steg", "koncept", "trygg", "--svar", str(EXAMPLE))
    before = path.read_bytes()
    second = utb("steg", "koncept", "trygg", "--svar", str(EXAMPLE))
    assert first.out == second.out == "insatser/trygg-start.md\n"
    assert first.err.splitlines()[1] == "14 svar skrevs i avsnittet Koncept."
    assert second.err.splitlines()[1] == "Inget ändrades i avsnittet Koncept."
    assert path.read_bytes() == before


def test_only_the_stage_s_answers_are_taken_from_a_file(utb):
    utb.dossier("Trygg start")
    utb("steg", "analys", "--svar", str(EXAMPLE))
    assert list(data(utb)["svar"]) == ["behov", "analys"]
    assert data(utb)["svar"]["behov"] == {"varfor": "Därför"}


def test_a_file_without_answers_for_the_stage_is_no_use(utb):
    utb.dossier("Trygg start")
    (utb.folder / "s.yaml").write_text("svar: {behov: {varfor: Annat}}", "utf-8")
    assert utb("steg", "analys", "--svar", "s.yaml") == (
        2,
        "",
        "Fel: s.yaml har inga svar i Analys. Inget har ändrats.\n",
    )


@pytest.mark.parametrize(
    "name", ["uppfoljning", "Uppföljning", unicodedata.normalize("NFD", "uppföljning"), "6"]
)
def test_the_stage_is_known_in_every_spelling(utb, name):
    utb.dossier("Trygg start")
    assert "Uppföljning\n" in utb("steg", name, stdin=":s\n").err


def test_the_stage_tells_its_purpose_and_how_many_questions(utb):
    utb.dossier("Trygg start")
    lines = utb("steg", "behov", stdin=":s\n").err.splitlines()
    assert lines[0] == "Behov"
    assert lines[1].startswith("Klargöra varför")
    assert lines[2].endswith("frågor är kvar.")
    assert lines[4].startswith("Fråga 1 av ")


def test_only_the_open_questions_are_asked_unless_all_are_wanted(utb):
    utb.dossier("Trygg start", vem_vill="Cheferna", varfor="Därför")
    assert "Vad vill ni uppnå" in utb("steg", "behov", stdin=":s\n").err.split("Fråga")[1]
    assert "Vem/vilka vill" in utb("steg", "behov", "--alla", stdin=":s\n").err.split("Fråga")[1]


def test_everything_answered_leads_to_the_review(utb):
    utb.example()
    outcome = utb("steg", "koncept", "trygg", stdin="\n")
    assert outcome.code == 0, outcome.err
    assert "Alla 14 frågor är besvarade. Här är svaren." in outcome.err
    assert outcome.out == "insatser/trygg-start.md\n"


def test_a_dossier_that_is_broken_is_not_written(utb):
    path = utb.dossier("Trygg start")
    path.write_text(path.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", ""), "utf-8")
    before = path.read_bytes()
    outcome = utb("steg", "behov", stdin="nej\n")
    assert outcome.code == 3
    assert outcome.err.startswith("insatser/trygg-start.md behöver lagas innan den kan ändras:\nrad ")
    assert "Laga den med: utb laga trygg-start\n" in outcome.err
    assert path.read_bytes() == before


def change_before_the_save(path, monkeypatch, before, after):
    """Lets somebody else change an answer just before ours is saved; the save itself is the real one."""
    real = save
    meddled = []

    def meddling(target, text, fingerprint, root=None):
        if not meddled and "Cheferna" in text:
            meddled.append(True)
            path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
        return real(target, text, fingerprint, root)

    monkeypatch.setattr("utbildningsprocess.work.open_dossier.save", meddling)


def test_a_change_by_somebody_else_in_another_question_is_taken_in(utb, monkeypatch):
    path = utb.dossier("Trygg start")
    change_before_the_save(path, monkeypatch, "Därför", "Annat skäl")
    outcome = utb("steg", "behov", stdin="Cheferna\n.\n:s\n")
    assert "Någon annan har ändrat andra svar i filen. De är inlästa" in outcome.err
    assert data(utb)["svar"]["behov"] == {"vem_vill": "Cheferna", "varfor": "Annat skäl"}


def test_a_change_by_somebody_else_in_the_same_question_is_met_with_a_choice(utb, monkeypatch):
    path = utb.dossier("Trygg start", vem_vill="Vi")
    change_before_the_save(path, monkeypatch, "Vi\n", "De\n")
    outcome = utb("steg", "behov", "--alla", stdin="Cheferna\n.\n2\n1\n1\n:s\n")
    assert "har ändrats av någon annan" in outcome.err
    assert "-De\n+Cheferna" in outcome.err
    assert data(utb)["svar"]["behov"]["vem_vill"] == "Cheferna"


def test_an_answer_can_be_saved_beside(utb, monkeypatch):
    path = utb.dossier("Trygg start", vem_vill="Vi")
    change_before_the_save(path, monkeypatch, "Vi\n", "De\n")
    outcome = utb("steg", "behov", "--alla", stdin="Cheferna\n.\n3\n:s\n")
    assert "insatser/trygg-start.kopia1.md" in outcome.err
    assert data(utb, "insatser/trygg-start.kopia1.md")["svar"]["behov"]["vem_vill"] == "Cheferna"
    assert data(utb, "insatser/trygg-start.md")["svar"]["behov"]["vem_vill"] == "De"


def test_several_dossiers_need_a_name(utb):
    utb.dossier("En")
    utb.dossier("Två")
    assert utb("steg", "behov", stdin="x\n") == (
        2,
        "",
        "Fel: Det finns flera insatser: en och tva. Skriv vilken du menar.\n",
    )


def test_a_keyboard_interrupt_is_a_sentence(utb, monkeypatch):
    utb.dossier("Trygg start")

    def interrupted(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("utbildningsprocess.work.open_dossier.read_dossier", interrupted)
    assert utb("status") == (130, "", "\nAvbrutet. Det som redan var sparat finns kvar.\n")


def test_findings_do_not_hide_the_next_stage(utb):
    path = utb.example()
    text = path.read_text("utf-8").partition("## Produktion")[0]
    steps = ("Produktion", "Genomförande", "Uppföljning", "Avsteg")
    path.write_text(text + "\n\n".join(f"## {name}" for name in steps) + "\n", "utf-8")
    (utb.folder / "svar.yaml").write_text("hoppade: {koncept.aktiviteter: Inga}\n", "utf-8")
    said = utb("steg", "koncept", "--svar", "svar.yaml").err
    assert "\nNästa steg: utb granska trygg-start\n" in said
    assert "\nEller gå vidare: utb steg produktion trygg-start\n" in said
