"""A dossier as the text that git compares: what it says, the same however its lines are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.dossier import document
from utbildningsprocess.dossier.first_lines import IDENTITY_LINE
from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import DOSSIER_HEADER, bears_traces
from utbildningsprocess.dossier.mend.model import lf_text
from utbildningsprocess.dossier.pieces import item_text
from utbildningsprocess.errors import UtbError
from utbildningsprocess.files.git_merge import handed_by_git
from utbildningsprocess.markdown import outline
from utbildningsprocess.work.machine_copy import answers_as_data, as_yaml
from utbildningsprocess.work.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.dossier.document import Dossier

_LISTS = ("bullet_list", "ordered_list")


def text_for_git(path: Path) -> bytes:
    """What git is to compare in the place of a file: the answers of a dossier, any other file as it stands.

    The questions are those of the folder where git stands, for the file may lie anywhere. Raises Broken
    when there is no file to read.
    """
    (data,) = handed_by_git([path])
    try:
        text = lf_text(data.decode("utf-8"))
        if not bears_traces(text) or is_guide(text):
            return data
        dossier = document.read(text, Workspace.open().battery)
    except (UnicodeDecodeError, UtbError):
        return data
    return data if dossier.structural_problems else f"{_said(dossier)}\n".encode()


def _said(dossier: Dossier) -> str:
    unread = [line for qid in dossier.lines for line in dossier.unread_lines(qid)]
    whole = {
        "titel": dossier.title,
        **answers_as_data(dossier),
        "olast": unread,
        "utanfor": _own_words(dossier),
    }
    return as_yaml({key: _evenly(value) for key, value in whole.items()})


def _own_words(dossier: Dossier) -> str:
    """What people have written outside the answers, without the words that the program has put there."""
    lines = (line for _, line in dossier.outside_lines())
    written = (line for line in lines if not (DOSSIER_HEADER.match(line) or IDENTITY_LINE.match(line)))
    battery = dossier.sheet.battery
    of_steps = [line for stage in battery.stages for line in (f"## {stage.title}", stage.purpose)]
    ours = {*of_steps, *(f"### {question.text}" for question in battery.questions())}
    known = {reflowed(line) for line in ours}
    paragraphs = reflowed("\n".join(written)).split("\n\n")
    title = paragraphs[:1] if paragraphs[0].startswith("# ") else []
    return "\n\n".join(text for text in paragraphs[len(title) :] if text not in known)


def _evenly(value: object) -> object:
    """A value with every text in it wrapped nowhere."""
    if isinstance(value, dict):
        return {key: _evenly(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_evenly(inner) for inner in value]
    return reflowed(value) if isinstance(value, str) else value


def reflowed(text: str) -> str:
    """A text with each paragraph and item on a line of its own, and the same bullets all over."""
    if "\n" not in text:
        return text.strip()
    lines = text.split("\n")
    seen = outline(text)
    written = []
    for block in seen.blocks:
        if block.kind in _LISTS:
            items = [item for item in seen.items if block.first <= item.first < block.end]
            written.append("\n".join(_item(lines[item.first : item.end], block.kind) for item in items))
        elif block.kind == "paragraph":
            written.append(_on_one_line(lines[block.first : block.end]))
        else:
            written.append("\n".join(lines[block.first : block.end]).strip("\n"))
    shown = {number for block in seen.blocks for number in range(block.first, block.end)}
    unseen = [line for number, line in enumerate(lines) if line.strip() and number not in shown]
    return "\n\n".join([*written, *unseen])


def _item(lines: list[str], kind: str) -> str:
    mark = "- " if kind == _LISTS[0] else f"{lines[0].split()[0][:-1]}. "
    return mark + reflowed(item_text(lines).strip("\n")).replace("\n", "\n" + " " * len(mark))


def _on_one_line(lines: list[str]) -> str:
    """A paragraph without the breaks that a person has not typed."""
    text = ""
    for line in lines:
        is_broken = line.endswith(("\\", "  "))
        text += line.strip().removesuffix("\\").rstrip() + ("\\\n" if is_broken else " ")
    return text.rstrip().removesuffix("\\")
