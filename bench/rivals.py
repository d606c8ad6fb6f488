"""The plain answers to Behov typed in other wizards, for `samtal.py`: copier and commitizen.

Neither can ask for rows or statements, so they get the questions that a line of text answers, as text.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

from pty_terminal import Terminal
from typist import ENTER, SINGLY, Stroke, Tally, flat, in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

PROGRAMS = {"copier": "copier", "commitizen": "cz"}
"""Each rival and the command it is started by."""


def plain_answers(battery: Sequence[Mapping[str, Any]], plan: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The questions of Behov that text answers, each with what is typed."""
    asked = [question for question in battery if question["stage"] == "behov"]
    return [
        (flat(question["text"]), in_words(plan[f"behov.{question['id']}"]))
        for question in asked
        if f"behov.{question['id']}" in plan and not {"falt", "pastaenden", "alternativ"} & question.keys()
    ]


def rival_talk(name: str, program: str, answers: Sequence[tuple[str, str]], folder: Path) -> Tally:
    """The questions asked by another wizard, and answered."""
    tally = Tally()
    terminal = Terminal(
        _session(name, program, [text for text, _ in answers], folder), folder, variables_of_person()
    )
    terminal.settle()
    for _, answer in answers:
        tally.see("behov")
        for keys in [*answer[:SINGLY], *filter(None, [answer[SINGLY:]]), ENTER]:
            milliseconds, painted = terminal.press(keys)
            is_text = keys != ENTER
            tally.add("behov", Stroke(len(keys), is_text, len(keys) == 1, milliseconds, painted))
    terminal.close()
    return tally


def variables_of_person() -> dict[str, str]:
    """The variables that a wizard is started with: those that every person has."""
    kept = ("PATH", "HOME", "TERM", "LANG")
    return {name: value for name, value in os.environ.items() if name in kept}


def _session(name: str, program: str, texts: Sequence[str], folder: Path) -> list[str]:
    """The command that asks the questions, with what it needs in a folder."""
    if name == "copier":
        template = folder / "mall"
        template.mkdir()
        questions = {f"svar{number}": {"type": "str", "help": text} for number, text in enumerate(texts)}
        (template / "copier.yml").write_text(json.dumps(questions), encoding="utf-8")
        return [program, "copy", str(template), str(folder / "ny")]
    git = shutil.which("git") or "git"
    subprocess.run([git, "init", "-q", str(folder)], check=True)
    asked = [{"type": "input", "name": f"svar{n}", "message": text} for n, text in enumerate(texts)]
    message = " ".join(f"{{{{svar{n}}}}}" for n in range(len(texts)))
    settings = {"name": "cz_customize", "customize": {"message_template": message, "questions": asked}}
    (folder / ".cz.json").write_text(json.dumps({"commitizen": settings}), encoding="utf-8")
    return [program, "commit", "--dry-run"]
