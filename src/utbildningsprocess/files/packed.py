"""Packed files from elsewhere, unpacked in memory: never more than a file of their kind can hold."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from utbildningsprocess.errors import Broken

if TYPE_CHECKING:
    from collections.abc import Collection

_LARGEST, _LARGEST_PART, _LARGEST_WHOLE = 40_000_000, 25_000_000, 100_000_000
"""Bytes of a file, of a part of it unpacked, and of all of them."""
_MOST_PARTS = 5_000
_UNREADABLE = (
    BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What a file may raise that is damaged, locked, or packed in a way we do not know."""


def unpacked(data: bytes, name: str, wanted: Collection[str] | None = None) -> dict[str, bytes]:
    """The wanted parts of a packed file, or all it has. Raises Broken, with what people call the file."""
    if len(data) > _LARGEST:
        raise _broken(name, f"är större än {_LARGEST // 1_000_000} MB. Ta bort bilderna i den")
    try:
        with ZipFile(BytesIO(data)) as packed:
            present = set(packed.namelist())
            if len(present) > _MOST_PARTS:
                raise _broken(name, "har fler delar än någon riktig fil har")
            parts = {}
            room = _LARGEST_WHOLE
            for part in sorted(present if wanted is None else present.intersection(wanted)):
                with packed.open(part) as unread:
                    parts[part] = unread.read(min(_LARGEST_PART, room) + 1)
                room -= len(parts[part])
                if len(parts[part]) > _LARGEST_PART or room < 0:
                    raise _broken(name, "blir orimligt stor när den packas upp")
            return parts
    except _UNREADABLE:
        raise _broken(name, "är skadad och går inte att packa upp") from None


def _broken(name: str, why: str) -> Broken:
    return Broken(f"{name} {why}. Inget har ändrats. Öppna filen, spara den på nytt och läs in den igen.")
