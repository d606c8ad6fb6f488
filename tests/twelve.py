"""Twelve initiatives of a region as a folder of dossiers, on the morning they are looked at."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from utbildningsprocess.work.starting import start_from_answers
from utbildningsprocess.work.workspace import Workspace

CASES = Path(__file__).parent / "cases" / "portfolj"
MORNING = date(2026, 11, 28)
COPIED, DAMAGED = "larmcentral", "sekreterare-introduktion"
"""The answers files whose dossiers a sync program has copied, and somebody has torn a piece out of."""
_TORN = "<!-- /utb:behov.varfor -->\n"


def twelve(folder: Path) -> dict[str, Path]:
    """Writes the twelve below a folder as `utb ny --svar` does; gives each dossier by its answers file."""
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace.open(folder, MORNING)
    return {file.stem: _started(workspace, file) for file in sorted(CASES.glob("*.yaml"))}


def _started(workspace: Workspace, file: Path) -> Path:
    read = workspace.read_answers(file.read_text("utf-8"), file.name)
    return start_from_answers(workspace, read, "", file.name, consent=False).initiative.path


def with_copy(original: Path) -> Path:
    """Lays a copy beside a dossier, named as a sync program names it, in which one answer is older."""
    copy = original.with_name(f"{original.stem}-DESKTOP-7Q2.md")
    text = original.read_text("utf-8")
    copy.write_text(text.replace("Larmsalen", "Övningsrummet", 1), encoding="utf-8")
    return copy


def with_damage(dossier: Path) -> None:
    """Tears the end of an answer out of a dossier, as a careless edit does."""
    dossier.write_text(dossier.read_text("utf-8").replace(_TORN, "", 1), encoding="utf-8")


def with_notes(folder: Path) -> Path:
    """Lays Markdown that is no dossier beside the dossiers."""
    notes = folder / "styrgrupp 26 nov.md"
    notes.write_text("# Styrgrupp\n\n- läget?\n- vem tar sjukresorna\n", encoding="utf-8")
    return notes


if __name__ == "__main__":  # python tests/twelve.py MAPP: the same folder, to walk in by hand
    made = twelve(Path(sys.argv[1]))
    with_copy(made[COPIED])
    with_damage(made[DAMAGED])
    with_notes(made[COPIED].parent)
