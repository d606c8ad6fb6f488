"""Half-typed answers, kept outside the repo so that a closed window costs at most a second of typing."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from utbildningsprocess.files import atomic
from utbildningsprocess.files.state import state_base, state_folder
from utbildningsprocess.files.trouble import shown

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER = "utkast"
_OLD_SECONDS = 90 * 24 * 3600.0


@dataclass(frozen=True)
class Draft:
    """What somebody had typed, and when."""

    text: str
    time: datetime


def save_draft(dossier: Path | None, place: str, text: str) -> bool:
    """Keep a half-typed answer; False when it could not be kept. None: an initiative not yet created."""
    if not text.strip():
        return drop_draft(dossier, place)
    content = {
        "dossier": _name(dossier),
        "plats": place,
        "text": text,
        "tid": datetime.now().astimezone().isoformat(timespec="seconds"),
    }
    with suppress(OSError):
        target = _path(dossier, place)
        # Escaped as ASCII, JSON holds even the lone surrogates a terminal may send.
        with atomic.written_beside(target, json.dumps(content).encode("ascii"), None, mode=0o600) as temp:
            atomic.replace(temp, target)
        return True
    return False


def read_draft(dossier: Path | None, place: str) -> Draft | None:
    """The half-typed answer at a place, or None when there is none that can be read."""
    try:
        content = json.loads(_path(dossier, place).read_bytes())
        if (content["dossier"], content["plats"]) != (_name(dossier), place):
            return None
        text, written = content["text"], datetime.fromisoformat(content["tid"])
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return Draft(text, written) if isinstance(text, str) and text.strip() else None


def drop_draft(dossier: Path | None, place: str) -> bool:
    """Forget a half-typed answer; False when it could not be removed."""
    with suppress(OSError):
        _path(dossier, place).unlink(missing_ok=True)
        return True
    return False


def copy_drafts(dossier: Path, new: Path) -> bool:
    """Keep the half-typed answers of a dossier also for a name it is about to get; False when one is not."""
    kept = [save_draft(new, str(draft["plats"]), str(draft["text"])) for draft in _drafts_of(dossier)]
    return all(kept)


def drop_drafts(dossier: Path) -> None:
    """Forget every half-typed answer of a dossier."""
    for draft in _drafts_of(dossier):
        drop_draft(dossier, str(draft["plats"]))


def _drafts_of(dossier: Path) -> list[dict[str, object]]:
    return [
        content
        for _, content in kept_drafts()
        if content.get("dossier") == _name(dossier) and "plats" in content
    ]


def kept_drafts() -> list[tuple[Path, dict[str, object]]]:
    """Every draft on this machine: its file, and what it says, which is nothing when it cannot be read."""
    drafts: list[tuple[Path, dict[str, object]]] = []
    with suppress(OSError):
        for path in sorted(state_folder(_FOLDER).glob("*.json")):
            content: object = None
            with suppress(OSError, ValueError, RecursionError):
                content = json.loads(path.read_bytes())
            drafts.append((path, content if isinstance(content, dict) else {}))
    return drafts


def sweep_drafts() -> None:
    """Remove drafts that nobody has come back to in ninety days."""
    with suppress(OSError):
        folder = state_folder(_FOLDER)
        atomic.sweep(folder)
        atomic.sweep(folder, "", ".json", _OLD_SECONDS)


def drafts_place() -> str:
    """Where drafts are kept, or would be, as people read it."""
    return shown(state_base())


def _path(dossier: Path | None, place: str) -> Path:
    key = sha256(f"{_name(dossier)}\0{place}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return state_folder(_FOLDER) / f"{key}.json"


def _name(dossier: Path | None) -> str:
    return os.path.realpath(dossier) if dossier else ""
