"""The learning objects as people find them: what to read for a stage, listed, or the one that is meant."""

from __future__ import annotations

from shlex import quote
from textwrap import fill
from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.learning_objects import find_method, method_markdown, reading_order
from utbildningsprocess.steps import STEPS, step_meant, step_name
from utbildningsprocess.swedish import joined, with_unit
from utbildningsprocess.work.glossary import word_meant

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.learning_objects import Method
    from utbildningsprocess.model import Question
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.workspace import Workspace

_WIDE = 110
"""Columns in which the longest line of the list has room."""
_READ_ONE = "Läs en med: utb metod ÄMNE"


def method_to_read(workspace: Workspace, topic: str | None) -> str:
    """The text of the only learning object about a topic, as Markdown; empty when several are meant.

    Raises WrongUse when none is about it.
    """
    methods = _meant(workspace, topic)
    settings = workspace.settings
    is_sought = topic and not step_meant(topic) and len(methods) == 1
    return method_markdown(methods[0], settings.contact, settings.library) if is_sought else ""


def listed_methods(workspace: Workspace, topic: str | None, display: Display) -> str:
    """What to read for a stage, or the learning objects about a topic, or all: to choose from."""
    if topic and (stage_id := step_meant(topic)):
        reading = reading_order(workspace.learning_objects, workspace.battery.stage(stage_id))
        return _in_reading_order(reading, f"Att läsa om {step_name(stage_id)}", display)
    heading = f"Flera metoder handlar om ”{topic}”" if topic else "Metoderna bakom frågorna"
    return _listed(_meant(workspace, topic), heading, display)


def methods_as_data(workspace: Workspace, topic: str | None) -> list[dict[str, object]]:
    """The same learning objects in the same order, with their texts, ready for JSON."""
    return [
        {
            "namn": method.name,
            "titel": method.title,
            "steg": list(method.stages),
            "fragor": list(method.questions),
            "minuter": method.minutes,
            "text": method.body,
        }
        for method in _meant(workspace, topic)
    ]


def _meant(workspace: Workspace, topic: str | None) -> tuple[Method, ...]:
    """The learning objects of a stage in reading order, those about a topic, or all."""
    methods = workspace.learning_objects
    if not topic:
        return methods
    if stage_id := step_meant(topic):
        return tuple(reading_order(methods, workspace.battery.stage(stage_id)))
    if found := find_method(methods, topic):
        return found
    if word_meant(topic):
        raise WrongUse(
            f"Ingen metod handlar om ”{topic}”, men ordet står i ordlistan: utb ord {quote(topic)}"
        )
    raise WrongUse(f"Ingen metod handlar om ”{topic}”. Se alla med: utb metod")


def _in_reading_order(reading: dict[Method, tuple[Question, ...]], heading: str, display: Display) -> str:
    explaining = [method for method, questions in reading.items() if questions]
    others = [method for method in reading if method not in explaining]
    texts = [heading]
    for words, methods in (
        ("Läs först", explaining[:1]),
        ("Läs sedan", explaining[1:]),
        ("Hör också hit", others),
    ):
        if methods:
            takes = with_unit(sum(method.minutes for method in methods), "minuter")
            texts += [f"{words} (ungefär {takes})"]
            texts += [_entry(method, reading[method], display) for method in methods]
    return "\n\n".join([*texts, _READ_ONE])


def _entry(method: Method, questions: Iterable[Question], display: Display) -> str:
    """The name to type, the title, and the questions that are explained."""
    asked = [
        fill(f"- {question.text}", display.width, initial_indent="    ", subsequent_indent="      ")
        for question in questions
    ]
    return "\n".join([f"  {method.name}", f"    {method.title}", *asked])


def _listed(methods: Sequence[Method], heading: str, display: Display) -> str:
    longest = max((len(method.name) for method in methods), default=0)
    gap = "\n    " if display.columns < _WIDE else ""
    lines = [
        f"  {method.name if gap else method.name.ljust(longest)}  {gap}{method.title} ({_steps(method)})"
        for method in methods
    ]
    return "\n".join([heading, "", *lines, "", _READ_ONE])


def _steps(method: Method) -> str:
    whole = len(method.stages) == len(STEPS)
    return "alla steg" if whole else joined(step_name(stage) for stage in method.stages)
