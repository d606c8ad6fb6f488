"""A first look at the root: what a shell completion and the first question need, before any heavy import."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

CONFIG_NAME = "utb.yaml"
_FOLDER = re.compile(r"^mapp:[ \t]*['\"]?([^'\"#\n]+?)['\"]?[ \t]*(?:#.*)?$", re.MULTILINE)
_PLAIN = re.compile(r"^enkel:[ \t]*['\"]?(ja|true|på|yes|on)\b", re.MULTILINE | re.IGNORECASE)


class Glance(NamedTuple):
    """The folder of the dossiers, and whether the organisation has chosen the plain face."""

    dossiers: Path
    plain: bool

    def names(self) -> list[str]:
        """The names of the dossiers, without ending; none where the folder cannot be read."""
        try:
            names = sorted(path.stem for path in self.dossiers.glob("*.md"))
        except OSError:
            return []
        return [name for name in names if "." not in name and name.lower() != "readme"]


def root_folder(start: Path) -> Path:
    """The nearest folder upward with utb.yaml, else with .git, else the start itself."""
    upward = (start, *start.parents)
    with_settings = (folder for folder in upward if (folder / CONFIG_NAME).is_file())
    with_git = (folder for folder in upward if (folder / ".git").exists())
    return next(chain(with_settings, with_git), start)


def glance(start: Path) -> Glance:
    """What utb.yaml says of the two, read line by line; the real reading comes later."""
    try:
        root = root_folder(start)
        path = root / CONFIG_NAME
        text = path.read_text(encoding="utf-8-sig", errors="replace") if path.is_file() else ""
    except OSError:
        root, text = start, ""
    folder = _FOLDER.search(text)
    return Glance(root / (folder[1] if folder else "insatser"), bool(_PLAIN.search(text)))
