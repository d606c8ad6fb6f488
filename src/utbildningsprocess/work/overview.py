"""The initiatives of a folder in short, and the process they follow, for whoever has just come."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from utbildningsprocess.errors import UtbError
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.work.open_dossier import OpenDossier
from utbildningsprocess.work.outlook import next_step
from utbildningsprocess.work.pace import minutes_to_type

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.workspace import Workspace

MOST_SHOWN = 10


def initiatives_in_short(workspace: Workspace) -> str:
    """Each initiative with the stage it has come to and the command to go on with; the first when many."""
    paths = workspace.paths()
    lines = [line for path in paths[:MOST_SHOWN] for line in _in_short(workspace, path)]
    if more := len(paths) - MOST_SHOWN:
        lines += [f"Och {more} till i {shown(workspace.root.dossiers)}."] if more > 0 else []
    return "\n".join([*lines, "", "Se mer om en: utb status INSATS", "Starta en ny: utb ny"])


def _in_short(workspace: Workspace, path: Path) -> tuple[str, str]:
    try:
        dossier = OpenDossier(workspace, path)
    except UtbError:
        return path.stem, "  Filen går inte att läsa."
    if dossier.content.structural_problems:
        return dossier.title, f"  Filen är skadad. Laga den med: {dossier.mend_command}"
    step = next_step(dossier.sheet)
    if step.stage is None:
        return dossier.title, f"  {step.reason}"
    return dossier.title, f"  {step.stage.title}. Fortsätt med: {workspace.step_command(step.stage, path)}"


def title_of(workspace: Workspace, path: Path) -> str:
    """What an initiative is called; its file's name where the dossier cannot be read."""
    try:
        return OpenDossier(workspace, path).title
    except UtbError:
        return path.stem


def process_in_words(workspace: Workspace, display: Display) -> str:
    """What each step of the process is for, how much it asks, and about how long it takes to type."""
    empty = AnswerSheet(workspace.battery, {})
    entries = []
    for stage in workspace.battery.stages:
        if stage.is_step:
            much = (
                f"{len(stage.questions)} frågor, ungefär {minutes_to_type(stage, empty)} minuter att skriva."
            )
            entries.append(f"{stage.number}. {stage.title}\n{fill(f'{stage.purpose} {much}', display.width)}")
    return "\n\n".join(entries)
