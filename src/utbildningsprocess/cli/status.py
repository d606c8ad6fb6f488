"""`utb status`: where an initiative stands, what is open, and what to do next."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from utbildningsprocess import dossier, files
from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.workspace import meant_dossier, open_workspace
from utbildningsprocess.conditions import is_relevant
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import Unknown
from utbildningsprocess.screen import table
from utbildningsprocess.status import next_step, standings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.dossier import Dossier
    from utbildningsprocess.model import Answers, Battery, Stage
    from utbildningsprocess.status import Standing

WIDE = 60
MOST_LISTED = 5
_HEADINGS = ("Steg", "Besvarade", "Hoppade", "Vet inte än", "Öppna")


def show_status(initiative: str | None) -> None:
    """Shows the status of an initiative."""
    workspace = open_workspace()
    path = meant_dossier(workspace, initiative)
    content = dossier.read(files.read_dossier(path).text, workspace.battery)
    parts = [
        f"{content.title or path.stem}\n{shown(path)}",
        _overview(standings(workspace.battery, content.answers)),
        _what_is_open(workspace.battery, content.answers),
        _problems(content),
        recommendation(workspace, path, content.answers),
    ]
    result("\n\n".join(part for part in parts if part))


def recommendation(workspace: Workspace, path: Path, answers: Answers) -> str:
    """The next step as a command, and why."""
    step = next_step(workspace.battery, answers)
    if step.stage is None:
        return f"{step.reason}\nLäs dossiern med: {PROGRAM} visa {workspace.name(path)}"
    return f"Nästa steg: {workspace.step_command(step.stage, path)}\n{step.reason}"


def _overview(found: Sequence[Standing]) -> str:
    numbers = [(one.answered, one.skipped, one.unknown, one.open) for one in found]
    if shutil.get_terminal_size().columns < WIDE:
        return "\n".join(_in_words(one) for one in found)
    rows = [[one.stage.title, *map(str, each)] for one, each in zip(found, numbers, strict=True)]
    return table([_HEADINGS, *rows])


def _in_words(one: Standing) -> str:
    states = (
        (one.answered, "besvarade"),
        (one.skipped, "hoppade"),
        (one.unknown, "vet inte än"),
        (one.open, "öppna"),
    )
    return f"{one.stage.title}: {', '.join(f'{number} {word}' for number, word in states if number)}"


def _what_is_open(battery: Battery, answers: Answers) -> str:
    """The open questions of the stage to go to, and what somebody else was to find out."""
    step = next_step(battery, answers)
    parts = [_open_questions(step.stage, answers)] if step.stage else []
    unknown = [
        f"- {question.text}{f' ({answer.who})' if answer.who else ''}"
        for question in battery.questions()
        if isinstance(answer := answers.get(question.qid), Unknown)
    ]
    if unknown:
        parts.append("\n".join(["Väntar på svar:", *_some(unknown)]))
    return "\n\n".join(filter(None, parts))


def _open_questions(stage: Stage, answers: Answers) -> str:
    waiting = [
        f"- {question.text}"
        for question in stage.questions
        if question.qid not in answers and is_relevant(question, answers)
    ]
    return "\n".join([f"Öppna frågor i {stage.title}:", *_some(waiting)]) if waiting else ""


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_LISTED
    return lines if more <= 1 else [*lines[:MOST_LISTED], f"- och {more} till"]


def _problems(content: Dossier) -> str:
    if not content.problems:
        return ""
    lines = [f"rad {problem.line}: {problem.text}" for problem in content.problems]
    return "\n".join(["Att se över i filen:", *lines])
