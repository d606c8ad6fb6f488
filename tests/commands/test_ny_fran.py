"""`utb ny --fran`: an initiative that begins from an earlier one, whose answers are drafts there."""

from __future__ import annotations

import json
import re

import pytest

from conftest import EXAMPLE
from scripted import KEEP, Scripted
from utbildningsprocess.answers.rows import dangling
from utbildningsprocess.conversation.face import Onward, Pass
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace

NOTE = "trygg-start.md: svaren som utkast"
START = ":s\n"
"""The conversation is left at its first question: the dossier is there."""


def answers_in(utb, path):
    return json.loads(utb("visa", str(path), "--format", "json").out)["svar"]


@pytest.fixture
def begun(utb):
    """An initiative that begins from the example; gives its path."""
    utb.example()
    assert utb("ny", "Natt", "--fran", "trygg-start", stdin=START).code == 0
    return utb.folder / "insatser" / "natt.md"


def test_only_the_note_is_written_and_what_does_not_follow_is_told_in_a_sentence(utb):
    utb.example()
    outcome = utb("ny", "Natt", "--fran", "trygg", stdin=START)
    assert (
        "Följer inte med ur ”Trygg start”: datum, antal personer, beslut, det som bara gällde då, "
        "genomförandet och uppföljningen.\n" in outcome.err
    )
    assert answers_in(utb, "natt") == {"om": {"bygger_pa": [NOTE]}}


def test_enter_takes_a_draft_and_what_it_mentions_is_asked_about(utb, begun):
    outcome = utb("steg", "behov", "natt", stdin="\n\n:s\n")
    assert "Till 10 frågor finns ett utkast ur ”Trygg start”. Inget sparas förrän ni godtar det." in outcome.err
    assert (
        "Utkast ur ”Trygg start”. Utkastet nämner ett datum (”förra året”) och ett antal "
        "(”62 undersköterskor”): stämmer det nu?\n  Av 62 undersköterskor" in outcome.err
    )
    assert "Tom rad godtar. Skriv annars ett nytt svar." in outcome.err
    theirs = answers_in(utb, "trygg-start")["behov"]
    assert answers_in(utb, begun)["behov"] == {key: theirs[key] for key in ("vem_vill", "varfor")}


class TakesAll(Scripted):
    """A face that takes every draft as it is, and passes by what has none."""

    def _next(self, ask, options=()):
        self.asked.append(ask)
        return KEEP

    def ask_choice(self, ask, options, default=None):
        if "Hur vill du göra" in ask.text:
            return "hoppa"
        if default is None:
            raise Pass
        return super().ask_choice(ask, options, default)

    def ask_yes_no(self, ask, default=None):
        if default is None:
            raise Onward
        return super().ask_yes_no(ask, default)


def walked(name, face, *stages):
    """An initiative after these stages, in a talk with a face."""
    initiative = Initiative.open(Workspace.open(), name)
    for stage in stages:
        ask_stage(initiative.interview(stage), face, initiative.store())
    return initiative


def test_no_date_of_the_earlier_one_stands_in_the_new_file_and_references_lead_right(utb, begun):
    new = walked("natt", TakesAll(), "behov", "analys", "koncept", "produktion")
    text = begun.read_text("utf-8")
    assert re.findall(r"\b20\d\d-\d\d-\d\d\b", text) == []
    assert "**Antal personer:**" not in text
    assert (new.problems, dangling(new.sheet)) == ((), [])
    old = Initiative.open(new.workspace, "trygg-start").answers
    for qid in ("behov.varfor", "analys.hinder", "koncept.matt", "koncept.larandemal"):
        assert new.answers[qid] == old[qid]
    rows = new.answers["produktion.material"].value
    assert [row.values["aktivitet"] for row in rows] == [
        row.values["aktivitet"] for row in old["produktion.material"].value
    ]
