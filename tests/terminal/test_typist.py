"""The typist of the measurements walks a stage by what stands on the screen."""

from __future__ import annotations

import os
import sys

import pytest

from small import BEHOV, SMALL
from utbildningsprocess.dossier import document
from utbildningsprocess.files.dossier_file import read_dossier
from utbildningsprocess.model import Row

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what a program waits for")
if sys.platform == "linux":
    from pty_terminal import Terminal
    from terminal.screens import ASKING, TESTS
    from typist import Tally, Typist

PLAN = {
    "behov.varfor": "För att Esther ska bli sedd.",
    "behov.krav": "lag",
    "behov.kalla": "Arbetsmiljölagen",
    "behov.utlosare": ["lag", "en händelse"],
    "behov.malgrupper": [{"namn": "Nya", "antal": 12}, {"namn": "Handledare"}],
    "behov.bradskar": True,
    "behov.andel": 40,
    "behov.hinder": {"s01": "stammer", "s03": "inte"},
}

LETTERS = sum(
    map(
        len,
        ["För att Esther ska bli sedd.", "Arbetsmiljölagen", "en händelse", "Nya", "12", "Handledare", "40"],
    )
)


def test_the_typist_gives_every_planned_answer_and_passes_by_the_others(tmp_path) -> None:
    tally = Tally()
    battery = [question.model_dump(by_alias=True, exclude_none=True) for question in BEHOV.questions]
    typist = Typist([{**question, "stage": "behov"} for question in battery], PLAN, tally, tabs=True)
    path = tmp_path / "trygg.md"
    variables = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(str(TESTS.parent / part) for part in ("src", "tests")),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "UTB_STATE_DIR": str(tmp_path / "state"),
    }
    terminal = Terminal([sys.executable, str(ASKING), str(path), "behov"], tmp_path, variables)
    typist.talk(terminal)
    assert terminal.close() == 0
    answers = document.read(read_dossier(path).text, SMALL).answers
    assert {qid: answer.value for qid, answer in answers.items()} == PLAN | {
        "behov.utlosare": ("lag", "en händelse"),
        "behov.malgrupper": (Row("1", {"namn": "Nya", "antal": 12}), Row("2", {"namn": "Handledare"})),
    }
    assert sum(stroke.keys for stroke in tally.strokes["behov"] if stroke.is_text) == LETTERS
    questions, rows, own_words, review = 12, 3, 1, 1  # the last row is left empty
    assert tally.screens == {"behov": questions + rows + own_words + review}
