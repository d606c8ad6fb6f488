"""The folder for what comes in: kept out of git, never a dossier, and read file by file."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.dossier_file import read_bytes
from utbildningsprocess.files.trouble import not_read, shown

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from utbildningsprocess.files.roots import Root

INBOX_FOLDER = "inkommet"
"""The folder among the dossiers for answers that have come in."""
_INSTEAD = "Spara filen utan bilder och bilagor, eller kopiera svaret till en textfil."
_LARGEST = 25_000_000
"""Bytes: a Word file or a mail may hold pictures that are not read."""
_IGNORE = ".gitignore"
_EVERYTHING = "# Det som kommer in kan handla om människor, och hör inte hemma i git.\n*\n"


def inbox(root: Root) -> Path:
    """The folder for what comes in; made when it is not there, and then always kept out of git."""
    folder = root.dossiers / INBOX_FOLDER
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    keep_out_of_git(folder)
    return folder


def keep_out_of_git(folder: Path) -> None:
    """Has git pass over what lies in a folder for what comes in; any other folder is left alone."""
    ignore = folder / _IGNORE
    with suppress(OSError):
        if folder.name == INBOX_FOLDER and folder.is_dir() and not ignore.exists():
            ignore.write_text(_EVERYTHING, encoding="utf-8")


def arrived_files(path: Path) -> list[Path]:
    """The files in a folder, by name, without hidden ones; a file alone is itself.

    Raises WrongUse for a folder that has none.
    """
    try:
        if not path.is_dir():
            return [path]
        keep_out_of_git(path)
        files = sorted(
            entry for entry in path.iterdir() if entry.is_file() and not entry.name.startswith((".", "~"))
        )
    except OSError as error:
        raise not_read(error, path) from None
    if not files:
        raise WrongUse(f"{shown(path)} har inga filer att läsa in. Inget har ändrats.")
    return files


def saved_on(path: Path) -> date | None:
    """The day a file was saved; None where the system does not say."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except (OSError, OverflowError, ValueError):
        return None


def arrived_bytes(path: Path, instead: str = _INSTEAD, largest: int = _LARGEST) -> bytes:
    """The bytes of a file that has come in. Broken when they cannot be read, or are far too many.

    `instead` is the sentence that says what to do then.
    """
    try:
        size = path.stat().st_size
    except OSError:
        size = 0
    if size > largest:
        raise Broken(f"{shown(path)} är större än {largest // 1_000_000} MB. {instead}")
    return read_bytes(path, piped=True, largest=largest)
