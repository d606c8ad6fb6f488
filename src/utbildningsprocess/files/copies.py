"""Copies of a dossier that programs which synchronise folders, and people, leave beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.files.trouble import told_when_saving
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from pathlib import Path

_COPY = re.compile(
    r" \(\d+\)"  # browsers, Drive and Windows
    r"| \d"  # iCloud and macOS
    r"|[ .]*\([^()]*(?:konflikt|conflict|kopia|copy)[^()]*\)"  # Dropbox, Nextcloud
    r"|\.sync-conflict-[\w-]+"  # Syncthing
    r"|(?: - |_)(?:kopia|copy|konflikt|conflict)\w*(?: ?\(\d+\))?"
    r"|-(?=[A-ZÅÄÖ0-9-]*[A-ZÅÄÖ])[A-ZÅÄÖ0-9]+(?:-[A-ZÅÄÖ0-9]+)*",  # OneDrive: the computer's name
)


def copies_of(path: Path) -> list[Path]:
    """The files beside a dossier that are named as copies of it, by name."""
    try:
        names = sorted(path.parent.iterdir())
    except OSError:
        return []
    return [beside for beside in names if is_copy_of(beside, path)]


def forget_copy(path: Path) -> None:
    """Removes a copy whose content stands in the dossier."""
    with told_when_saving(path):
        path.unlink(missing_ok=True)


def is_copy_of(copy: Path, path: Path) -> bool:
    """Whether a file is named as a copy of another."""
    stem, copied = nfc(copy.stem), nfc(path.stem)
    if copy.suffix.lower() != path.suffix.lower() or not stem.startswith(copied) or stem == copied:
        return False
    return _COPY.fullmatch(stem[len(copied) :]) is not None
