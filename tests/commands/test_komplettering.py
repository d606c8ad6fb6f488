"""`utb komplettering`, and what is offered when the tab key is pressed."""

from __future__ import annotations

import pytest

from utbildningsprocess.cli.completion import SHELLS, offer, steps


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("upp", ["uppfoljning"]),
        ("Upp", ["Uppföljning"]),
        ("uppfö", ["uppföljning"]),
        ("uppfo\u0308", ["uppfo\u0308ljning"]),
        ("UPPF", ["UPPFoljning"]),
        ("geno", ["genomforande"]),
        ("x", []),
        ("", ["behov", "analys", "koncept", "produktion", "genomforande", "uppfoljning", "om"]),
    ],
)
def test_steps_are_spelt_on_from_what_was_typed(typed, offered):
    assert steps(typed) == offered


def test_what_is_offered_begins_as_typed():
    assert offer(["trygg-start", "hlr"], "TRY") == ["TRYgg-start"]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_its_script(utb, shell):
    outcome = utb("komplettering", shell)
    assert (outcome.code, outcome.err) == (0, "")
    assert "_UTB_COMPLETE" in outcome.out


def test_the_shell_in_use_is_found(utb, monkeypatch):
    monkeypatch.setenv("SHELL", "/usr/bin/fish")
    assert utb("komplettering").out.startswith("complete --command utb")


@pytest.mark.parametrize(("shell", "told"), [("bash", ".bashrc"), ("zsh", ".zshrc"), ("fish", ".config")])
def test_the_script_is_put_in_place(utb, monkeypatch, tmp_path, shell, told):
    monkeypatch.setenv("HOME", str(tmp_path))
    outcome = utb("komplettering", shell, "--installera")
    assert outcome.code == 0
    assert outcome.out == ""
    assert outcome.err.startswith(f"Kompletteringen för {shell} ligger nu i {tmp_path}")
    assert (tmp_path / told).exists()


def test_powershell_is_left_to_the_person(utb):
    assert utb("komplettering", "pwsh", "--installera") == (
        2,
        "",
        "Fel: I PowerShell lägger du själv till skriptet: utb komplettering pwsh >> $PROFILE\n",
    )


def test_an_unknown_shell_is_answered_with_those_that_work(utb):
    assert utb("komplettering", "csh").err == "Fel: Skalet ”csh” kan inte komplettera. Menade du zsh?\n"


def test_a_strange_question_from_a_shell_is_refused(utb, monkeypatch):
    monkeypatch.setenv("_UTB_COMPLETE", "source_perl")
    assert utb().code == 2


def offered(utb, monkeypatch, line):
    with monkeypatch.context() as patch:
        patch.setenv("_UTB_COMPLETE", "complete_bash")
        patch.setenv("_UTB_LINE", line)
        return utb().out.split()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("utb steg o", ["om"]),
        ("utb samtal o", ["olika"]),
        ("utb samtal lö", ["löfte"]),
        ("utb metod si", ["simulering-och-debriefing"]),
        ("utb metod ana", ["analys"]),
        ("utb metod xyz", []),
        ("utb svar x behov.vem", ["behov.vem_vill"]),
        ("utb svar x varfo", ["varfor"]),
        ("utb granska --regel R3", [f"R3{number}" for number in range(10)]),
        ("utb granska --avsteg r40", ["r40"]),
        ("utb granska --format ", ["text", "json", "github", "junit"]),
        ("utb diagnos --format ", ["text", "json"]),
        ("utb metod --format j", ["json"]),
        ("utb visa x --format y", ["yaml"]),
        ("utb samtal behov --format d", ["docx"]),
        ("utb dokument --format x", ["xlsx"]),
    ],
)
def test_what_a_value_can_be_is_offered(utb, monkeypatch, line, words):
    assert offered(utb, monkeypatch, line) == words


def test_the_organisation_s_own_questions_are_offered(utb, monkeypatch):
    (utb.folder / "utb.yaml").write_text("fragor: egna # våra\n", "utf-8")
    (utb.folder / "egna").mkdir()
    own = "steg: behov\nfragor:\n- id: brattom\n  alternativ:\n  - id: inte_alls\n"
    (utb.folder / "egna" / "1-behov.yaml").write_text(own, "utf-8")
    assert offered(utb, monkeypatch, "utb svar x behov.") == ["behov.brattom"]
