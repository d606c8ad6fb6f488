"""Copies of a dossier that programs which synchronise folders, and people, leave beside it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from utbildningsprocess.files.dossier_file import Taken, save
from utbildningsprocess.files.trouble import told_when_saving
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from pathlib import Path

KEPT_MARK = ".fore-lagning"
"""What ends the name of a file as it was before it was mended."""
_COPY = re.compile(
    r"\.kopia\d+"  # ours, when a save met a conflict
    r"| \(\d+\)"  # browsers, Drive and Windows
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


def keep_copy(path: Path, text: str, root: Path) -> Path:
    """Saves a file as it was before it is mended, under a name that no dossier has; gives its path."""
    number = 0
    while True:
        number += 1
        kept = path.with_name(f"{path.name}{KEPT_MARK}{number if number > 1 else ''}")
        with suppress(Taken):
            save(kept, text, None, root)
            return kept


def forget_copy(path: Path) -> None:
    """Removes a copy that is needed no longer."""
    with told_when_saving(path):
        path.unlink(missing_ok=True)


def is_copy_of(copy: Path, path: Path) -> bool:
    """Whether a file is named as a copy of another."""
    stem, copied = nfc(copy.stem), nfc(path.stem)
    if copy.suffix.lower() != path.suffix.lower() or not stem.startswith(copied) or stem == copied:
        return False
    return _COPY.fullmatch(stem[len(copied) :]) is not None
