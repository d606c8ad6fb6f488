"""The dossiers that go by the name another dossier notes: nothing is guessed, and the archive counts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.git_folder import repository_of
from utbildningsprocess.files.glance import ARCHIVE_FOLDER, as_spelt
from utbildningsprocess.files.roots import is_same_folder
from utbildningsprocess.files.trouble import shown

if TYPE_CHECKING:
    from utbildningsprocess.files.roots import Root


def noted_name(path: Path, root: Root) -> str:
    """What a dossier is called in another one of the root: its file's name, or its path from the root.

    Raises WrongUse for one that nobody else would find, outside the root and its repository.
    """
    if any(is_same_folder(path.parent, folder) for folder in _homes(root)):
        return path.name
    shared = _shared(root)
    if not path.resolve().is_relative_to(shared):
        what = "Lägg en kopia i mappen med era insatser, så att också andra hittar den."
        raise WrongUse(f"{shown(path)} ligger utanför mappen {shown(shared)}. {what}")
    return Path(os.path.relpath(path.resolve(), root.folder.resolve())).as_posix()


def noted_dossiers(root: Root, name: str, besides: Path) -> list[Path]:
    """The files of that name, among the dossiers and in the archive, or at that path from the root.

    Besides one, and nothing outside the root and its repository.
    """
    folders = (root.folder,) if "/" in name else _homes(root)
    inside, passed_by = _shared(root), besides.resolve()
    paths = (as_spelt(folder, name) for folder in folders)
    return [
        path
        for path in paths
        if os.path.isfile(path)  # noqa: PTH113  unlike is_file, no trouble with a long name
        and path.resolve() != passed_by
        and path.resolve().is_relative_to(inside)
    ]


def _shared(root: Root) -> Path:
    """The folder that people share: the repository that the root lies in, or the root itself."""
    return repository_of(root.dossiers) or root.folder.resolve()


def _homes(root: Root) -> tuple[Path, Path]:
    return root.dossiers, root.dossiers / ARCHIVE_FOLDER
