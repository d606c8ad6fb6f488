"""Copies beside dossiers, as sync programs and conflicts leave them: named, with what differs, in no sum."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken
from utbildningsprocess.files.roots import list_copies
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import joined
from utbildningsprocess.work.open_dossier import OpenDossier

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from utbildningsprocess.work.workspace import Workspace

_MOST_NAMED = 3


def copy_notes(workspace: Workspace, of: Path | None = None) -> Iterator[str]:
    """A sentence for each copy beside the dossiers, or only for those of one dossier."""
    for copy, original in list_copies(workspace.root):
        if of is None or original == of:
            what = f"{shown(copy)} ser ut att vara en kopia av {original.name} och räknas inte."
            yield f"{what} {_difference(workspace, copy, original)}"


def _difference(workspace: Workspace, copy: Path, original: Path) -> str:
    try:
        ours, theirs = OpenDossier(workspace, original), OpenDossier(workspace, copy)
    except Broken:
        return "Den går inte att jämföra, för en av dem går inte att läsa."
    differing = [
        f"”{question.text}”"
        for question in ours.sheet.battery.questions()
        if ours.answers.get(question.qid) != theirs.answers.get(question.qid)
    ]
    if not differing:
        return "Svaren är desamma, så den ena kan tas bort."
    many = "en fråga" if len(differing) == 1 else f"{len(differing)} frågor"
    named = joined(differing, most=_MOST_NAMED)
    mend = f"utb laga {workspace.typed_name(original)}"
    return f"Svaren skiljer sig på {many}: {named}. Gå igenom dem med: {mend}"
