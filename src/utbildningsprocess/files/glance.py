"""A first look at the root: what a shell completion and the first question need, before any heavy import."""

from __future__ import annotations

import os
import re
from itertools import chain
from pathlib import PurePath
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

CONFIG_NAME = "utb.yaml"
USUAL_FOLDER = "insatser"
"""Where dossiers lie when utb.yaml does not say."""
ARCHIVE_FOLDER = "arkiv"
"""The folder among the dossiers that keeps those that are put away."""
DOCUMENTS_FOLDER = "dokument"
"""The folder that documents are saved in when nobody says where."""
DOSSIER_ENDINGS = (".md", ".markdown")
_SETTING = re.compile(r"^(\w+):[ \t]*['\"]?([^'\"#\n]+?)['\"]?[ \t]*(?:#.*)?$", re.MULTILINE)
_PLAIN = re.compile(r"^enkel:[ \t]*['\"]?(ja|true|på|yes|on)\b", re.MULTILINE | re.IGNORECASE)
_COPY = re.compile(
    r"[ _]?\((?:\d+|.*(?:konflikt|kopia|conflict|copy).*)\)| -? ?(?:kopia|copy)\b.*|\.kopia\d+"
    r"|\.sync-conflict-.+|[ _-]conflict(?:ed)?\b.*|-(?-i:[A-ZÅÄÖ0-9]*[A-ZÅÄÖ][A-ZÅÄÖ0-9-]*)",
    re.IGNORECASE,
)
"""What programs that sync or copy put behind a name: ` (1)`, ` - kopia`, `-ANNAS-DATOR`, and `utb` itself."""
_COPY_BEGINS = " _(.-"
"""What that begins with."""


class Glance(NamedTuple):
    """Where the dossiers lie, whether the plain face is chosen, and where questions of their own lie."""

    dossiers: Path
    plain: bool
    questions: Path | None = None

    def is_empty(self) -> bool:
        """Whether nothing is called as a dossier is, among the dossiers and in their archive."""
        return not self.names() and not self._replace(dossiers=self.dossiers / ARCHIVE_FOLDER).names()

    def names(self) -> list[str]:
        """The names of the dossiers, without ending; none where the folder cannot be read."""
        try:
            names = [path.name for path in dossier_files(self.dossiers)]
        except OSError:
            return []
        stems = {PurePath(name).stem for name in names}
        ours = [PurePath(name).stem for name in names if name.endswith(".md")]
        return [stem for stem in ours if original_of(stem, stems) is None]


def root_folder(start: Path) -> Path:
    """The nearest folder upward with utb.yaml, else with .git, else the start itself.

    From inside a folder of initiatives it is the one above: initiatives never lie among initiatives.
    """
    upward = (start, *start.parents)
    with_settings = (folder for folder in upward if (folder / CONFIG_NAME).is_file())
    with_git = (folder for folder in upward if (folder / ".git").exists())
    around = (folder.parent for folder in upward if _is_usual(folder) and not _is_usual(start / USUAL_FOLDER))
    return next(chain(with_settings, with_git, around), start)


def _is_usual(folder: Path) -> bool:
    return nfc(folder.name).casefold() == USUAL_FOLDER and folder.is_dir()


def unit_folder(start: Path, root: Path, name: str) -> Path:
    """The nearest folder, from the start up to the root, that keeps dossiers in a folder of that name.

    Several units can so share a root; a unit that has no such folder uses the root's own.
    """
    if PurePath(name) == PurePath():
        return root
    below = [folder for folder in (start, *start.parents) if root in folder.parents]
    return next((folder for folder in below if _keeps(folder, name)), root)


def _keeps(unit: Path, name: str) -> bool:
    return unit.name != DOCUMENTS_FOLDER and as_spelt(unit, name).is_dir()


def as_spelt(folder: Path, name: str) -> Path:
    """The path of a name below a folder; where only another composition of its letters stands, that one."""
    path = folder / name
    if nfc(name).isascii() or os.path.lexists(path):
        return path
    for word in PurePath(name).parts:
        try:
            entries = [entry.name for entry in folder.iterdir()]
        except OSError:
            return path
        folder /= next((entry for entry in entries if nfc(entry) == nfc(word)), word)
    return folder


def dossier_files(folder: Path) -> list[Path]:
    """The files of a folder that are called as dossiers are, by name; no folder, pipe or socket."""
    return dossiers_and_links(folder)[0]


def dossiers_and_links(folder: Path) -> tuple[list[Path], list[Path]]:
    """The same, and whatever in the folder is a link, by name: the folder is read once."""
    with os.scandir(folder) as scanned:
        entries = sorted(scanned, key=lambda entry: entry.name)
    named = (entry for entry in entries if is_dossier_name(entry.name.lower()) and _is_file(entry))
    return (
        [folder / entry.name for entry in named],
        [folder / entry.name for entry in entries if entry.is_symlink()],
    )


def is_dossier_name(name: str) -> bool:
    """Whether a name, in small letters, is one that a dossier can have."""
    return name.endswith(DOSSIER_ENDINGS) and not name.startswith((".", "~", "readme."))


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        # What the folder itself says of a plain file costs no question more, which on a shared disk is slow.
        return S_ISREG(entry.stat().st_mode) if entry.is_symlink() else entry.is_file()
    except OSError:
        # A link to nowhere is shown, so that somebody mends it.
        return True


def original_of(stem: str, stems: Collection[str]) -> str | None:
    """The name, among those given, of which a program that syncs or saves beside made this one; else None."""
    beginnings = (stem[:length] for length in range(1, len(stem)) if stem[length] in _COPY_BEGINS)
    return next((name for name in beginnings if name in stems and _COPY.fullmatch(stem, len(name))), None)


def glance(start: Path) -> Glance:
    """What utb.yaml says of them, read line by line; the real reading comes later."""
    try:
        start = start.absolute()
        root = root_folder(start)
        path = root / CONFIG_NAME
        text = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    except OSError:
        root, text = start, ""
    said = dict(_SETTING.findall(text))
    name, own = said.get("mapp", USUAL_FOLDER), said.get("fragor")
    dossiers = as_spelt(unit_folder(start, root, name), name)
    return Glance(dossiers, bool(_PLAIN.search(text)), as_spelt(root, own) if own else None)
