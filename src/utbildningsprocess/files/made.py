"""Files that are made from a dossier: written whole, and never over one that somebody has changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Conflict
from utbildningsprocess.files import atomic
from utbildningsprocess.files.dossier_file import check_target, sentences
from utbildningsprocess.files.trouble import shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Edited(Conflict):
    """A file with other content stands where a made one would."""


def save_made(path: Path, data: bytes, *, replace: bool, compared: Callable[[bytes], bytes] = bytes) -> bool:
    """Writes a made file; False when just that stands there already, as far as it is compared.

    Raises Edited when something else stands there and is not to be replaced, Broken when the system refuses.
    """
    target = check_target(path)
    with sentences(path):
        if os.path.lexists(target):
            if compared(target.read_bytes()) == compared(data):
                return False
            if not replace:
                raise Edited(_taken(path))
        target.parent.mkdir(parents=True, exist_ok=True)
        like = target.stat() if target.exists() else None
        with atomic.written_beside(target, data, like) as temp:
            atomic.replace(temp, target)
        atomic.sync_folder(target.parent)
    return True


def _taken(path: Path) -> str:
    return (
        f"{shown(path)} finns redan och ser annorlunda ut. Någon kan ha ändrat i den, så den är orörd. "
        "Lägg till --ersatt för att skriva över den, eller välj en annan fil med -o."
    )
