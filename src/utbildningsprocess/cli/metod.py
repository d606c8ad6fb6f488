"""`utb metod`: the learning objects, listed or read."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.support import is_plain
from utbildningsprocess.cli.workspace import open_workspace
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.learning_objects import find_method, of_stage, to_read
from utbildningsprocess.screen import show_markdown
from utbildningsprocess.steps import STEPS, step_meant, step_name
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.learning_objects import Method

WIDE = 110
"""Columns in which the longest line of the list has room."""


def show_methods(wanted: str | None) -> None:
    """Lists the methods, those of a step, or shows the one that is meant."""
    workspace = open_workspace()
    if not wanted:
        result(_listed(workspace.methods, "Metoderna bakom frågorna"))
        return
    if stage := step_meant(wanted):
        result(_listed(of_stage(workspace.methods, stage), f"Metoder i {step_name(stage)}"))
        return
    found = find_method(workspace.methods, wanted)
    if not found:
        raise WrongUse(f"Ingen metod handlar om ”{wanted}”. Se alla med: {PROGRAM} metod")
    if len(found) > 1:
        result(_listed(found, f"Flera metoder handlar om ”{wanted}”"))
        return
    _read(workspace, found[0])


def _read(workspace: Workspace, method: Method) -> None:
    settings = workspace.root.settings
    show_markdown(to_read(method, settings.contact, settings.library), plain=is_plain(workspace))


def _listed(methods: Sequence[Method], heading: str) -> str:
    """What there is to read: a line each, or two in a narrow window."""
    longest = max((len(method.name) for method in methods), default=0)
    gap = "\n    " if shutil.get_terminal_size().columns < WIDE else ""
    lines = [
        f"  {method.name if gap else method.name.ljust(longest)}  {gap}{method.title} ({_steps(method)})"
        for method in methods
    ]
    return "\n".join([heading, "", *lines, "", f"Läs en med: {PROGRAM} metod ÄMNE"])


def _steps(method: Method) -> str:
    whole = len(method.stages) == len(STEPS)
    return "alla steg" if whole else joined(step_name(stage) for stage in method.stages)
