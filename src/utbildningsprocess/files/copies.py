"""Copies of a dossier that programs which synchronise folders, and people, leave beside it."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from utbildningsprocess.files.dossier_file import save_first_free
from utbildningsprocess.files.glance import original_of
from utbildningsprocess.files.trouble import told_when_saving
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from pathlib import Path

KEPT_MARK = ".fore-lagning"
"""What ends the name of a file as it was before it was mended."""

COPY_PATTERNS = (
    "*.kopia[0-9]*",
    f"*{KEPT_MARK}*",
    "*.sync-conflict-*",
    "* - [KkCc]op[iy]*",
    "* (*onfli[kc]t*)*",
)
"""What git can leave out: the copies that no initiative of a person's own is likely to be named as."""


def copies_of(path: Path) -> list[Path]:
    """The files beside a dossier that are named as copies of it, by name."""
    try:
        names = sorted(path.parent.iterdir())
    except OSError:
        return []
    stem = nfc(path.stem)
    alike = (beside for beside in names if beside.suffix.lower() == path.suffix.lower())
    return [beside for beside in alike if original_of(nfc(beside.stem), [stem]) is not None]


def keep_copy(path: Path, text: str, root: Path) -> Path:
    """Saves a file as it was before it is mended, under a name that no dossier has; gives its path."""
    endings = ("" if number == 1 else str(number) for number in count(1))
    return save_first_free((path.with_name(f"{path.name}{KEPT_MARK}{end}") for end in endings), text, root)


def forget_copy(path: Path) -> None:
    """Removes a copy that is needed no longer."""
    with told_when_saving(path):
        path.unlink(missing_ok=True)
