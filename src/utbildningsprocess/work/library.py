"""The learning objects as people find them: listed, or the one that is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.learning_objects import find_method, method_markdown, of_stage
from utbildningsprocess.steps import STEPS, step_meant, step_name
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.learning_objects import Method
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.workspace import Workspace

_WIDE = 110
"""Columns in which the longest line of the list has room."""


def method_to_read(workspace: Workspace, topic: str | None) -> str:
    """The text of the only learning object about a topic, as Markdown; empty when several are meant.

    Raises WrongUse when none is about it.
    """
    if not topic or step_meant(topic):
        return ""
    methods = find_method(workspace.learning_objects, topic)
    if not methods:
        raise WrongUse(f"Ingen metod handlar om ”{topic}”. Se alla med: utb metod")
    settings = workspace.settings
    return method_markdown(methods[0], settings.contact, settings.library) if len(methods) == 1 else ""


def listed_methods(workspace: Workspace, topic: str | None, display: Display) -> str:
    """The learning objects of a stage, those about a topic, or all: a line each, two in a narrow window."""
    methods = workspace.learning_objects
    if not topic:
        return _listed(methods, "Metoderna bakom frågorna", display)
    if stage := step_meant(topic):
        return _listed(of_stage(methods, stage), f"Metoder i {step_name(stage)}", display)
    return _listed(find_method(methods, topic), f"Flera metoder handlar om ”{topic}”", display)


def _listed(methods: Sequence[Method], heading: str, display: Display) -> str:
    longest = max((len(method.name) for method in methods), default=0)
    gap = "\n    " if display.columns < _WIDE else ""
    lines = [
        f"  {method.name if gap else method.name.ljust(longest)}  {gap}{method.title} ({_steps(method)})"
        for method in methods
    ]
    return "\n".join([heading, "", *lines, "", "Läs en med: utb metod ÄMNE"])


def _steps(method: Method) -> str:
    whole = len(method.stages) == len(STEPS)
    return "alla steg" if whole else joined(step_name(stage) for stage in method.stages)
