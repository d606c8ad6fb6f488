"""What the file of a dossier is called: by its title, and as no other, also of those that are put away."""

from __future__ import annotations

import os
from itertools import count, takewhile
from typing import TYPE_CHECKING

from utbildningsprocess.files.glance import ARCHIVE_FOLDER
from utbildningsprocess.swedish import nfc, slug

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from utbildningsprocess.files.roots import Root

_LONGEST_NAME = 60


def new_path(root: Root, title: str) -> Path:
    """Where a new dossier of that title goes; a taken name gets a number."""
    taken = _taken(root)
    return root.dossiers / next(name for name in _names_for(title) if name not in taken)


def namesakes(root: Root, title: str) -> list[Path]:
    """The files that stand where a dossier of that title would go, as they are spelt; none put away."""
    taken = _taken(root)
    standing = map(taken.__getitem__, takewhile(taken.__contains__, _names_for(title)))
    return [path for path in standing if path.parent == root.dossiers]


def _names_for(title: str) -> Iterator[str]:
    """What a dossier of that title may be called, in the order they are tried."""
    name = slug(title)
    yield f"{name}.md"
    for suffix in map("-{}".format, count(2)):
        yield f"{name[: _LONGEST_NAME - len(suffix)].rstrip('-')}{suffix}.md"


def renamed_path(path: Path, title: str) -> Path | None:
    """What a dossier's file is called when it gets that title; None where another file has that name."""
    new = path.with_name(f"{slug(title)}{path.suffix}")
    folders = (path.parent, path.parent / ARCHIVE_FOLDER, path.parent.parent)
    places = [folder / new.name for folder in folders[: 3 if path.parent.name == ARCHIVE_FOLDER else 2]]
    return None if any(os.path.lexists(at) and not at.samefile(path) for at in places) else new


def _taken(root: Root) -> dict[str, Path]:
    """What stands among the dossiers or is put away, by name as systems that know no case compare it."""
    folders = (folder for folder in (root.archive, root.dossiers) if folder.is_dir())
    present = [entry for folder in folders for entry in sorted(folder.iterdir(), reverse=True)]
    return {nfc(entry.name).casefold(): entry for entry in present}
