"""Stage names in every spelling."""

from __future__ import annotations

import unicodedata

import pytest

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.steps import parse_step, step_name


@pytest.mark.parametrize(
    "spelling",
    ["uppföljning", "uppfoljning", "UPPFÖLJNING", unicodedata.normalize("NFD", "Uppföljning"), "6", " 6 "],
)
def test_a_step_is_known_in_every_spelling(spelling):
    assert parse_step(spelling) == "uppfoljning"


def test_the_facts_beside_the_process_are_reached_like_a_step():
    assert parse_step("Om") == "om"
    assert (step_name("genomforande"), step_name("om")) == ("Genomförande", "Om insatsen")


@pytest.mark.parametrize(
    ("wrong", "hint"), [("analyz", "Menade du analys?"), ("7", "Stegen är: Behov, Analys")]
)
def test_a_misspelt_step_is_answered_with_what_was_perhaps_meant(wrong, hint):
    with pytest.raises(WrongUse, match=hint.replace("?", r"\?")):
        parse_step(wrong)
