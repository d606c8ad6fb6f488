"""A first look at the root: what a shell completion and the first question need, before any heavy import."""

from __future__ import annotations

import re
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


def glance(start: Path) -> Glance:
    """What utb.yaml says of the two, read line by line; the real reading comes later."""
    upward = (start, *start.parents)
    try:
        for folder in upward:
            if (folder / CONFIG_NAME).is_file():
                text = (folder / CONFIG_NAME).read_text(encoding="utf-8-sig", errors="replace")
                said = _FOLDER.search(text)
                return Glance(folder / (said[1] if said else "insatser"), bool(_PLAIN.search(text)))
        root = next((folder for folder in upward if (folder / ".git").exists()), start)
    except OSError:
        root = start
    return Glance(root / "insatser", plain=False)
