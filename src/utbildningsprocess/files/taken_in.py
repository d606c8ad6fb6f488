"""What has been taken in before, in a file beside what comes in: of each answer its role, and checksums."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.files.atomic import replace, written_beside
from utbildningsprocess.files.inbox import INBOX_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from utbildningsprocess.files.roots import Root

_NAME = ".inlasta.json"
_FORMAT = 1
_LARGEST = 5_000_000


class TakenAnswer(NamedTuple):
    """What is known of an answer that has come before."""

    role: str
    settled: Mapping[str, str]
    """A checksum of what it said, by the addresses where that is settled."""


def taken_answers(root: Root) -> dict[str, TakenAnswer]:
    """What has been taken in, by the id of the answer; nothing where no file tells, or it cannot be read."""
    try:
        path = _ledger(root)
        told = json.loads(path.read_bytes()) if path.stat().st_size <= _LARGEST else {}
        return {
            str(key): TakenAnswer(str(said["roll"]), dict(said["avgjort"]))
            for key, said in told["svar"].items()
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}


def keep_taken(root: Root, taken: Mapping[str, TakenAnswer]) -> None:
    """Keeps what has been taken in. Without a folder for what comes in nothing is kept."""
    said = {key: {"roll": answer.role, "avgjort": dict(answer.settled)} for key, answer in taken.items()}
    data = json.dumps({"format": _FORMAT, "svar": said}, ensure_ascii=False, indent=1)
    path = _ledger(root)
    with suppress(OSError), written_beside(path, data.encode("utf-8", "replace"), None) as temp:
        replace(temp, path)


def _ledger(root: Root) -> Path:
    return root.dossiers / INBOX_FOLDER / _NAME
