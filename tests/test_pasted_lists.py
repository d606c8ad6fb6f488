"""A list as a word processor or a letter leaves it becomes a list in an answers file, as it does in a conversation."""

from __future__ import annotations

from datetime import date

import pytest

from small import SMALL
from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.answers.pasted_lists import BECAME_LIST
from utbildningsprocess.model import Given

TODAY = date(2026, 3, 1)


def test_a_pasted_list_in_a_file_is_a_list_and_that_is_told():
    text = "svar:\n  behov:\n    varfor: |\n      Så här:\n      •\tEtt\n      •\tTvå\n      Slut.\n"
    read = read_answers_file(text, "a.yaml", SMALL, TODAY)
    assert read.answers == {"behov.varfor": Given("Så här:\n- Ett\n- Två\n\nSlut.")}
    assert read.notes == (f"a.yaml:3: behov.varfor: {BECAME_LIST}",)


def test_what_stands_in_a_dossier_stays_as_it_is():
    assert accept(SMALL.question("behov.varfor"), "• Ett\n• Två", None) == "• Ett\n• Två"


@pytest.mark.parametrize(
    "pasted",
    [
        "•\tett\n•\ttvå, tre",
        "- ett\n- två, tre",
        "1) ett\n2) två, tre",
        "1. ett\n2. två, tre",
        "• ett • två, tre",
    ],
)
def test_the_items_of_a_list_lose_the_marks_they_were_pasted_with(pasted):
    assert accept(SMALL.question("behov.ord"), pasted, TODAY) == ("ett", "två, tre")


@pytest.mark.parametrize("kept", ["1) ett", "ett • två", "2. klass\nett"])
def test_what_only_looks_like_a_mark_is_a_word(kept):
    assert accept(SMALL.question("behov.ord"), kept, TODAY) == tuple(kept.split("\n"))


def test_ticks_can_be_pasted_with_their_marks():
    assert accept(SMALL.question("behov.utlosare"), "1) Lag eller föreskrift\n2) eget", TODAY) == (
        "lag",
        "eget",
    )
