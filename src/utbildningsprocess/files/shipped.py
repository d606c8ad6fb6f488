"""The data we ship, and the names in it that a shell completes: found before any heavy import."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.files.glance import glance

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

SURVEY_QUESTIONS = "enkat.yaml"
"""The standing questions of the survey, which participants answer and no dossier does."""
_STAGE = re.compile(r"^steg: *['\"]?(\w+)", re.MULTILINE)
_ID = re.compile(r"^( *)- id: *['\"]?(\w+)", re.MULTILINE)
_TERM = re.compile(r"^\| ([^|`]+?) \|", re.MULTILINE)
_METHOD = re.compile(r"\d\d-([a-z0-9-]+)\.md")


class FormParts(NamedTuple):
    """The page of a form before it is about anything: its skeleton, its style and its script."""

    page: str
    style: str
    script: str


def packaged(kind: str) -> Traversable:
    """Our own data: beside the code when installed, at the checkout's top level for those who edit it."""
    package = Path(__file__).parent.parent
    for folder in (package / kind, package.parent.parent / kind):
        if folder.is_dir():
            return folder
    from importlib.resources import files

    return files("utbildningsprocess") / kind


def form_parts() -> FormParts:
    """What a form is put together of, its scripts in the order of their names."""
    folder = packaged("templates") / "formular"
    texts = {entry.name: _text(entry) for entry in folder.iterdir()}
    scripts = [texts[name] for name in sorted(texts) if name.endswith(".js")]
    return FormParts(texts["sida.html"], texts["sida.css"], "\n".join(scripts))


def glossary_text() -> str:
    """The page of the glossary."""
    return _text(packaged("docs") / "ordlista.md")


def glossary_words() -> list[str]:
    """The words of the glossary, and the headings of its tables."""
    return _TERM.findall(glossary_text())


def question_names(start: Path) -> list[str]:
    """The addresses of the questions that are asked where somebody stands."""
    texts = (_text(entry) for name, entry in sorted(_entries(start).items()) if name != SURVEY_QUESTIONS)
    return [f"{stage[1]}.{name}" for text in texts if (stage := _STAGE.search(text)) for name in _ids(text)]


def rule_names(start: Path) -> list[str]:
    """The rules of the thread check."""
    entry = _entries(start).get("rod-trad.yaml")
    return _ids(_text(entry)) if entry else []


def method_names(start: Path) -> list[str]:
    """The learning objects."""
    named = map(_METHOD.fullmatch, sorted(_entries(start, "metoder")))
    return [match[1] for match in named if match]


def _entries(start: Path, below: str = "") -> dict[str, Traversable]:
    """The files by name: ours, with the organisation's own in place of those of the same name."""
    own = glance(start).questions
    folders = [packaged("questions"), *([own] if own else [])]
    wanted = (folder / below for folder in folders)
    return {entry.name: entry for folder in wanted if folder.is_dir() for entry in folder.iterdir()}


def _ids(text: str) -> list[str]:
    """The ids that stand furthest to the left: those of questions or rules, not of what is inside them."""
    found = _ID.findall(text)
    least = min((len(indent) for indent, _ in found), default=0)
    return [name for indent, name in found if len(indent) == least]


def _text(entry: Traversable) -> str:
    return entry.read_bytes().decode("utf-8", "replace") if entry.is_file() else ""
