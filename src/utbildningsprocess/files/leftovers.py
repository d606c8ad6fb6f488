"""What lies outside the dossiers: drafts, copies, locks, notes and temp files, and how it is taken away."""

from __future__ import annotations

import time
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.files.copies import KEPT_MARK
from utbildningsprocess.files.drafts import kept_drafts
from utbildningsprocess.files.facts_cache import COMPUTED_FILES
from utbildningsprocess.files.git_program import TOLD_FOLDER
from utbildningsprocess.files.glance import DOCUMENTS_FOLDER
from utbildningsprocess.files.passed_over import PASSED_OVER_FOLDER
from utbildningsprocess.files.state import cache_folder, state_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from utbildningsprocess.files.roots import Root

_AT_WORK_SECONDS = 60.0
"""A temp file so young may belong to somebody who saves just now."""
TEMP_PATTERN = ".utb-*.tmp"


class LeftoverKind(StrEnum):
    """A kind of what lies outside the dossiers, as people name it."""

    DRAFTS = "utkast"
    KEPT = "kopior"
    NOTES = "noteringar"
    PASSED_OVER = "lardomar"
    COMPUTED = "utraknat"
    LOCKS = "las"
    TEMPS = "tempfiler"


class Leftover(NamedTuple):
    """A file outside the dossiers: what it is, how old and how large, and what it belongs to."""

    kind: LeftoverKind
    path: Path
    seconds: float
    size: int
    about: str = ""


def leftovers(root: Root) -> list[Leftover]:
    """What lies in the state folder, and the temp files in the folders of a root, by kind and then by age."""
    listed = [
        Leftover(kind, path, max(0.0, time.time() - status.st_mtime), status.st_size, about)
        for kind, path, about in _files(root)
        if (status := path.lstat() if path.is_file() else None)
    ]
    kinds = list(LeftoverKind)
    old = [left for left in listed if left.kind is not LeftoverKind.TEMPS or left.seconds > _AT_WORK_SECONDS]
    return sorted(old, key=lambda left: (kinds.index(left.kind), -left.seconds))


def _files(root: Root) -> Iterator[tuple[LeftoverKind, Path, str]]:
    with suppress(OSError):
        for path, content in kept_drafts():
            place = f"{content.get('dossier') or 'ny insats'}, {content.get('plats')}"
            yield LeftoverKind.DRAFTS, path, place if content else "går inte att läsa"
        kinds = (
            (LeftoverKind.NOTES, "gjorda"),
            (LeftoverKind.NOTES, TOLD_FOLDER),
            (LeftoverKind.PASSED_OVER, PASSED_OVER_FOLDER),
            (LeftoverKind.LOCKS, "las"),
        )
        for kind, name in kinds:
            yield from ((kind, path, "") for path in state_folder(name).iterdir())
        yield from ((LeftoverKind.TEMPS, path, "") for path in state_folder("utkast").glob(TEMP_PATTERN))
        yield from ((LeftoverKind.COMPUTED, path, "") for path in cache_folder().glob(COMPUTED_FILES))
    home = root.unit or root.folder
    with suppress(OSError):
        yield from ((LeftoverKind.KEPT, path, "") for path in root.dossiers.glob(f"*{KEPT_MARK}*"))
    places = (
        home.glob(TEMP_PATTERN),
        root.dossiers.glob(TEMP_PATTERN),
        (home / DOCUMENTS_FOLDER).rglob(TEMP_PATTERN),
    )
    for paths in places:
        with suppress(OSError):
            yield from ((LeftoverKind.TEMPS, path, "") for path in paths)


def remove(leftover: Leftover) -> bool:
    """Take a file away; False when it is still there."""
    with suppress(OSError):
        leftover.path.unlink(missing_ok=True)
        return True
    return False
