"""What has been computed before, in one file in the user's cache folder that can be thrown away at will.

Nothing here is trusted: a value is found by the fingerprint of everything it was computed from, and carries
one of its own. Whatever is wrong with the file, the answer is that nothing is kept.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from hashlib import blake2b, sha512
from typing import TYPE_CHECKING
from zlib import compress, decompress

from utbildningsprocess.files.state import cache_folder

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

FACTS_FILE = "utraknat-1.sqlite"
"""The number is that of the table inside."""
COMPUTED_FILES = "utraknat-*"
"""Those of older programs, too."""
WAIT_SECONDS = 0.2
"""How long another process may hold the file before we do without it."""
MOST_KEPT = 60_000
_KEY_LENGTH, _SUM_LENGTH = 32, 8
_COMPRESSED = 1
"""The level of zlib that is fastest."""
_SIDE_FILES = ("", "-journal")


def key_of(*parts: bytes) -> bytes:
    """The key of what is computed from these bytes: other parts give another key."""
    # The fastest of those that cannot be forged, where the processor has no instructions for any of them.
    return sha512(b"".join(sha512(part).digest() for part in parts)).digest()[:_KEY_LENGTH]


class FactsCache:
    """What has been computed before, by key, for one version of the program."""

    def __init__(self, program: bytes) -> None:
        self._program = program
        self._path: Path | None = None
        self._connection: sqlite3.Connection | None = None
        self._swept = False
        self.lost = False
        """Whether something could not be kept for the next time."""
        with suppress(OSError):
            self._path = cache_folder() / FACTS_FILE

    def read(self, keys: Collection[bytes]) -> dict[bytes, str]:
        """The values that are kept for some of these keys."""
        kept: dict[bytes, str] = {}
        if not (self._path and self._path.exists()):
            return kept
        with self._told(), self._opened(self._path) as database:
            database.execute("BEGIN")
            for key in keys:
                for (value,) in database.execute("SELECT value FROM kept WHERE key = ?", (key,)):
                    if (text := _whole(key, value)) is not None:
                        kept[key] = text
            database.execute("COMMIT")
        return kept

    def write(self, values: Mapping[bytes, str]) -> None:
        """Keeps values for the next time: all of them, or none. What older programs kept is thrown away."""
        if not values:
            return
        if self._path is None:
            self.lost = True
            return
        rows = [(key, self._program, _summed(key, text)) for key, text in values.items()]
        with self._told(), self._opened(self._path) as database:
            database.execute("BEGIN IMMEDIATE")
            database.execute(
                "CREATE TABLE IF NOT EXISTS kept (key BLOB PRIMARY KEY, program BLOB, value BLOB)"
            )
            if not self._swept:  # once: it reads all that is kept
                database.execute("DELETE FROM kept WHERE program <> ?", (self._program,))
            database.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            database.execute(
                "DELETE FROM kept WHERE rowid <= (SELECT max(rowid) FROM kept) - ?", (MOST_KEPT,)
            )
            database.execute("COMMIT")
            self._swept = True

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Does without the file from here on when anything is wrong with it; noise is thrown away."""
        from sqlite3 import DatabaseError, Error, OperationalError

        try:
            yield
        except (Error, OSError, UnicodeDecodeError) as error:
            # What a damaged file says of itself may be no text.
            noise = isinstance(error, DatabaseError | UnicodeDecodeError) and not isinstance(
                error, OperationalError
            )
            missing = "no such table" in str(error)
            with suppress(Error):
                self.close()
            if noise and self._path is not None:
                _throw_away(self._path)
            elif not missing:
                self._path, self.lost = None, True

    @contextmanager
    def _opened(self, path: Path) -> Iterator[sqlite3.Connection]:
        from sqlite3 import connect

        if self._connection is None:
            # Titles and lessons stand in it: it is for its owner's eyes, as the drafts are.
            if not path.exists():
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = connect(path, timeout=WAIT_SECONDS, isolation_level=None)
            # A power cut may cost the file, which is no loss; a killed process cannot.
            self._connection.execute("PRAGMA synchronous = OFF")
        try:
            yield self._connection
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


def _summed(key: bytes, text: str) -> bytes:
    # A third of the room, for some microseconds: ten thousand initiatives are to take little of a disk.
    data = compress(text.encode("utf-8"), _COMPRESSED)
    return _sum(key, data) + data


def _whole(key: bytes, value: object) -> str | None:
    """The text that was kept; None where it is not what was written."""
    if not isinstance(value, bytes) or value[:_SUM_LENGTH] != _sum(key, value[_SUM_LENGTH:]):
        return None
    return decompress(value[_SUM_LENGTH:]).decode("utf-8")


def _sum(key: bytes, data: bytes) -> bytes:
    return blake2b(data, key=key, digest_size=_SUM_LENGTH).digest()


def _throw_away(path: Path) -> None:
    for side in _SIDE_FILES:
        with suppress(OSError):
            path.with_name(f"{path.name}{side}").unlink()
