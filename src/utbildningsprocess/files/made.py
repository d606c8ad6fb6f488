"""Files that are made from a dossier: written whole, and never over one that somebody has changed."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Conflict
from utbildningsprocess.files import atomic
from utbildningsprocess.files.dossier_file import check_target
from utbildningsprocess.files.state import state_folder
from utbildningsprocess.files.targets import check_content, check_place
from utbildningsprocess.files.trouble import shown, told_when_saving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from utbildningsprocess.files.roots import Root


class Edited(Conflict):
    """A file with other content stands where a made one would."""


def save_made(
    path: Path, data: bytes, root: Root, *, replace: bool, compared: Callable[[bytes], bytes] = bytes
) -> bool:
    """Writes a made file; False when just that stands there already, as far as it is compared.

    One that stands as it was made here before is replaced. Raises Edited when something else stands there
    and is not to be replaced, WrongUse when it may never be, Broken when the system refuses.
    """
    target = check_target(path)
    with told_when_saving(path):
        check_place(path, target, root)
        if os.path.lexists(target):
            present = target.read_bytes()
            if compared(present) == compared(data):
                return False
            if not _is_ours(target, present):
                check_content(path, present)
                if not replace:
                    raise Edited(_taken(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        like = target.stat() if target.exists() else None
        with atomic.written_beside(target, data, like) as temp:
            atomic.replace(temp, target)
        atomic.sync_folder(target.parent)
    _remember(target, data)
    return True


def _is_ours(target: Path, data: bytes) -> bool:
    """Whether a file is just what was last made here; on a machine that made none, it is not known to be."""
    try:
        return _note_of(target).read_text("ascii") == sha256(data).hexdigest()
    except (OSError, ValueError):
        return False


def _remember(target: Path, data: bytes) -> None:
    """Notes the fingerprint of what was made. Without a place for it the next time asks for `--ersatt`."""
    with suppress(OSError):
        _note_of(target).write_text(sha256(data).hexdigest(), "ascii")


def _note_of(target: Path) -> Path:
    return state_folder("gjorda") / sha256(os.fsencode(target)).hexdigest()[:32]


def _taken(path: Path) -> str:
    return (
        f"{shown(path)} finns redan och ser annorlunda ut. Någon kan ha ändrat i den, så den är orörd. "
        "Lägg till --ersatt för att skriva över den, eller välj en annan fil med -o."
    )
