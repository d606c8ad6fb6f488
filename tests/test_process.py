"""The process description is kept: every sentence is a promise with something behind it, or said to be none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from making import BATTERY, WORKSPACE
from utbildningsprocess.checks.registry import CHECKS
from utbildningsprocess.cli.app import command
from utbildningsprocess.documents.kinds import DOCUMENTS
from utbildningsprocess.settings import Settings
from utbildningsprocess.steps import STEP_IDS

TESTS = Path(__file__).parent
PROCESS = (TESTS / "cases" / "processen.txt").read_text("utf-8")
PAGE = (TESTS.parent / "docs" / "processen.md").read_text("utf-8")
BACKGROUND = PAGE.partition("\n## Det som inte är löften\n")[2]
KEPT_BY = re.compile(r"`([^`]+)`|\[([^]]+)\]\(\.\./questions/metoder/([^)]+)\)")
"""An id, or a learning object by its title and its file."""


class Promise(NamedTuple):
    """A row of the tables: a sentence of the process, how it is kept, and by what."""

    sentence: str
    how: str
    where: str


ROWS = [Promise(*line.strip("| ").split(" | ")) for line in PAGE.splitlines() if line.startswith("| ")]
PROMISES = [row for row in ROWS if row.sentence not in ("Ur processen", "---")]
OPTIONS = {name: {opt for one in cmd.params for opt in one.opts} for name, cmd in command().commands.items()}
SETTINGS = {str(field.alias or name) for name, field in Settings.model_fields.items()}
METHODS = {method.file: method.title for method in WORKSPACE.learning_objects}

each = pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.sentence[:40])


def sentences(text: str) -> list[str]:
    """The sentences of a text, a heading or a point in a list being one."""
    lines = [line.strip().removeprefix("•").strip() for line in text.splitlines()]
    return [part for line in lines if line for part in re.split(r"(?<=[.?!])\s+(?=[A-ZÅÄÖ“])", line)]


def exists(name: str) -> bool:
    """Whether there is such a question, rule, setting, command or document."""
    if not name.startswith("utb "):
        setting = name.endswith(":") and name.removesuffix(":") in SETTINGS
        return name in CHECKS or BATTERY.question(name) is not None or setting
    _, verb, *words = name.split()
    objects = {"dokument": {kind.id for kind in DOCUMENTS}, "steg": STEP_IDS, "samtal": STEP_IDS}
    return verb in OPTIONS and all(word in {*OPTIONS[verb], *objects.get(verb, ())} for word in words)


def test_every_sentence_of_the_process_is_a_promise_or_said_to_be_none() -> None:
    listed = re.findall(r"^- (.+)$", BACKGROUND, re.MULTILINE)
    assert sorted([*(row.sentence for row in PROMISES), *listed]) == sorted(sentences(PROCESS))


@each
def test_a_promise_is_kept_by_something_that_exists(promise: Promise) -> None:
    kept_by = KEPT_BY.findall(promise.where)
    assert kept_by
    assert KEPT_BY.sub("", promise.where).strip(" ,") == ""
    assert [name for name, title, file in kept_by if name and not exists(name)] == []
    assert [file for name, title, file in kept_by if not name and METHODS.get(file) != title] == []


@each
def test_how_a_promise_is_kept_is_said_in_whole_sentences(promise: Promise) -> None:
    assert re.fullmatch(r"[A-ZÅÄÖ][^|]{10,}\.", promise.how)


def test_a_question_of_the_process_is_kept_by_the_question_that_asks_it() -> None:
    asked = {question.text: question.qid for question in BATTERY.questions() if question.origin == "seed"}
    assert len(asked) == 7
    kept = {text: promise.where for text in asked for promise in PROMISES if promise.sentence.endswith(text)}
    assert [text for text, qid in asked.items() if f"`{qid}`" not in kept.get(text, "")] == []


@pytest.mark.parametrize(
    "name", ["behov.ester", "R99", "utb leta", "utb dokument protokoll", "utb steg --fort", "telefon:"]
)
def test_what_does_not_exist_keeps_no_promise(name: str) -> None:
    assert not exists(name)
