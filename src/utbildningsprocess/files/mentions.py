"""Where the text files around an initiative name it."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.files.glance import CONFIG_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.files.roots import Root

_TEXT_ENDINGS = {".md", ".markdown", ".txt", ".yaml", ".yml", ".json", ".toml", ".csv", ".html", ".sh", ".j2"}
_LARGEST = 1_000_000
_MOST_FILES = 5000
_PASSED_OVER = {"node_modules", "venv"}
_SHORTEST = 3


class Mention(NamedTuple):
    """A line that names something."""

    path: Path
    line: int


def mentions(root: Root, words: tuple[str, ...], besides: tuple[Path, ...]) -> Iterator[Mention]:
    """The lines of the root's text files with one of the words, but for those of some files and folders.

    Where nothing says how far the root goes, only the folder of dossiers is looked through.
    """
    long_enough = sorted({word for word in words if len(word) >= _SHORTEST}, key=len, reverse=True)
    if not long_enough:
        return
    named = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, long_enough))})(?![\w-])", re.IGNORECASE)
    marked = any((root.folder / name).exists() for name in (CONFIG_NAME, ".git"))
    for number, path in enumerate(_text_files(root.folder if marked else root.dossiers)):
        if number >= _MOST_FILES:
            return
        if not any(path.is_relative_to(passed_over) for passed_over in besides):
            with suppress(OSError):
                lines = path.read_text("utf-8", errors="replace").splitlines()
                yield from (Mention(path, place) for place, line in enumerate(lines, 1) if named.search(line))


def _text_files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name[0] != "." and name not in _PASSED_OVER)
        for path in (Path(place, name) for name in sorted(names) if name[0] != "."):
            with suppress(OSError):
                if path.suffix.lower() in _TEXT_ENDINGS and path.is_file() and path.stat().st_size < _LARGEST:
                    yield path
