"""What somebody has passed over in an initiative, kept outside the repo: it is not shown to them again."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from utbildningsprocess.files import atomic
from utbildningsprocess.files.state import state_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PASSED_OVER_FOLDER = "forbigangna"


def read_passed_over(dossier: Path, identity: str) -> frozenset[str]:
    """The keys of what was passed over in an initiative, known by its letters where it has any."""
    with suppress(OSError, ValueError, RecursionError):
        keys = json.loads(_path(dossier, identity).read_bytes())
        if isinstance(keys, list):
            return frozenset(key for key in keys if isinstance(key, str))
    return frozenset()


def keep_passed_over(dossier: Path, identity: str, keys: Iterable[str]) -> None:
    """Keeps more keys, beside those that are kept. Where that is impossible they come back: no harm."""
    kept = read_passed_over(dossier, identity)
    every = sorted(kept | frozenset(keys))
    with suppress(OSError):
        if len(every) == len(kept):
            return
        target = _path(dossier, identity)
        with atomic.written_beside(target, json.dumps(every).encode("ascii"), None, mode=0o600) as temp:
            atomic.replace(temp, target)


def _path(dossier: Path, identity: str) -> Path:
    name = identity or os.path.realpath(dossier)
    key = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return state_folder(PASSED_OVER_FOLDER) / f"{key}.json"
