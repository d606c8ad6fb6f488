"""An initiative is known by letters in its dossier, which never change."""

from __future__ import annotations

import re

import pytest

from small import SMALL
from utbildningsprocess.dossier.document import read, with_answer, with_title
from utbildningsprocess.dossier.first_lines import identity_in, letters_from, with_first_lines
from utbildningsprocess.model import Given

OLD = """\
<!-- utb:dossier 1 -->

# Trygg start

## Behov

<!-- utb:behov.varfor -->

Hej.

<!-- /utb:behov.varfor -->

## Koncept
"""


def _written(text: str, chance: bytes = b"") -> str:
    return with_first_lines(text, text, chance)


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_letters_stand_below_the_first_line_and_nothing_else_changes(start, newline):
    text = start + OLD.replace("\n", newline)
    written = _written(text)
    line = f"<!-- insats: {read(written, SMALL).identity} -->"
    assert written.replace(f"{newline}{line}{newline}", "", 1) == text
    assert written.split(newline)[:4] == [f"{start}<!-- utb:dossier 1 -->", "", line, ""]
    assert [problem.text for problem in read(written, SMALL).problems] == [
        problem.text for problem in read(text, SMALL).problems
    ]


def test_two_branches_give_an_old_dossier_the_same_letters_also_with_other_line_ends():
    assert (
        identity_in(_written(OLD, b"one")) == identity_in(_written(OLD.replace("\n", "\r\n"), b"two")) != ""
    )


def test_two_dossiers_without_answers_get_letters_of_their_own():
    empty = OLD.replace("Hej.", "")
    assert identity_in(_written(empty, b"one")) != identity_in(_written(empty, b"two"))


def test_answers_and_another_title_leave_the_letters_as_they_are():
    text = _written(OLD)
    changed = with_title(with_answer(text, SMALL, "behov.varfor", Given("Nytt.")), "Annat namn")
    assert identity_in(with_first_lines(changed, text, b"new")) == identity_in(text)


def test_a_text_that_looks_like_the_line_is_no_identity_inside_an_answer():
    assert identity_in(OLD.replace("Hej.", "<!-- insats: bcdfghjkmn -->")) == ""


@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_the_number_is_raised_in_its_place_and_never_lowered(start):
    trace = start + OLD.replace("Hej.", "<!-- borttagen: L2 -->")
    assert _written(trace).startswith(f"{start}<!-- utb:dossier 2 -->\n")
    assert _written(start + OLD.replace("dossier 1", "dossier 2")).startswith(
        f"{start}<!-- utb:dossier 2 -->\n"
    )


def test_letters_spell_no_words():
    assert re.fullmatch(r"[bcdfghjkmnpqrstvwxz]{10}", letters_from(b"seed"))


def test_a_new_dossier_has_letters_and_an_old_one_gets_them_with_its_first_answer(utb):
    path = utb.example()
    letters = identity_in(path.read_text("utf-8"))
    assert len(letters) == len("bcdfghjkmn")
    path.write_text(path.read_text("utf-8").replace(f"<!-- insats: {letters} -->\n\n", ""), "utf-8")
    utb("svar", "trygg", "behov.varfor", "Nytt skäl")
    given = identity_in(path.read_text("utf-8"))
    assert given not in ("", letters)
    moved = path.rename(path.with_name("annat-namn.md"))
    utb("svar", "annat-namn", "behov.varfor", "Ännu ett skäl")
    assert identity_in(moved.read_text("utf-8")) == given
