"""The process that initiatives follow, for whoever has just come."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.work.pace import minutes_to_type

if TYPE_CHECKING:
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.workspace import Workspace


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
