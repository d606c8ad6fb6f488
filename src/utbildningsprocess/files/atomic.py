"""A whole file or none: written beside the target, synced, then moved into its place."""

from __future__ import annotations

import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PREFIX, _SUFFIX = ".utb-", ".tmp"
_OPEN = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 0.95) if sys.platform == "win32" else ()
"""Virus scanners and sync clients hold a file for a moment on Windows; two and a half seconds in all."""
_STRAY_SECONDS = 3600.0
"""How old a temp file is before it is held for left behind."""


_STALE_SECONDS = 5.0
"""How long a claim may stand before whoever made it is held for killed."""


@contextmanager
def written_beside(
    target: Path, data: bytes, like: os.stat_result | None, mode: int = 0o666
) -> Iterator[Path]:
    """A synced temp file in the target's folder, with the mode and owner of `like`; gone afterwards."""
    temp = target.parent / f"{_PREFIX}{os.urandom(6).hex()}{_SUFFIX}"
    descriptor = os.open(temp, _OPEN, 0o600 if like else mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if like:
                _take_after(descriptor, like)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
        yield temp
    finally:
        with suppress(OSError):
            temp.unlink()


def _take_after(descriptor: int, like: os.stat_result) -> None:
    if sys.platform != "win32":
        mine = os.fstat(descriptor)
        if (mine.st_uid, mine.st_gid) != (like.st_uid, like.st_gid):
            with suppress(OSError):
                os.fchown(descriptor, like.st_uid, like.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(like.st_mode))


def replace(temp: Path, target: Path) -> None:
    """Move the temp file to the target's path, over what stands there."""
    patiently(lambda: temp.replace(target), _PAUSES)


def place_new(temp: Path, target: Path) -> None:
    """Move the temp file to a path where nothing stands; FileExistsError when something does."""
    if sys.platform == "win32":
        patiently(lambda: temp.rename(target), _PAUSES)
        return
    try:
        target.hardlink_to(temp)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks and some network folders have no hard links.
        if os.path.lexists(target):
            raise FileExistsError from None
        temp.replace(target)


@contextmanager
def alone(target: Path, temp: Path) -> Iterator[None]:
    """Let nobody else replace the target during the work inside, not even from another machine.

    The claim is a file in the target's folder, which all share who can write there. The folder's own clock,
    read off the temp file, says when a claim is old. Raises TimeoutError when another keeps the claim.
    """
    claim = target.parent / f"{_PREFIX}{sha256(os.fsencode(target.name)).hexdigest()[:12]}{_SUFFIX}"
    is_claimed = _claimed(claim, temp)
    try:
        yield
    finally:
        if is_claimed:
            with suppress(OSError):
                claim.unlink()


def _claimed(claim: Path, temp: Path) -> bool:
    """Whether the claim was made; not so where a folder has no room for one."""
    patience = time.monotonic() + _STALE_SECONDS + 1
    while True:
        try:
            os.close(os.open(claim, _OPEN, 0o600))
        except FileExistsError:
            if time.monotonic() > patience:
                raise TimeoutError from None
            _remove_if_stale(claim, temp)
            time.sleep(0.01)
        except OSError:
            return False
        else:
            return True


def _remove_if_stale(claim: Path, temp: Path) -> None:
    with suppress(OSError):
        os.utime(temp)
        if claim.stat().st_mtime < temp.stat().st_mtime - _STALE_SECONDS:
            claim.unlink()


def patiently(action: Callable[[], object], pauses: Iterable[float]) -> None:
    """Do something, once more after each pause for as long as permission is denied."""
    for pause in pauses:
        with suppress(PermissionError):
            action()
            return
        time.sleep(pause)
    action()


def sync_folder(folder: Path) -> None:
    """Make a move in the folder survive a power cut, where the system can."""
    if sys.platform == "win32":
        return
    # The file is already in place; not every file system syncs folders.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@cache
def sweep_once(folder: Path) -> None:
    """Remove the temp files that killed processes left in a folder; once is enough for a process."""
    sweep(folder)


def sweep(
    folder: Path, prefix: str = _PREFIX, suffix: str = _SUFFIX, seconds: float = _STRAY_SECONDS
) -> None:
    """Remove old files whose names begin and end so; without names, the temp files of killed processes."""
    limit = time.time() - seconds
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(prefix) and entry.name.endswith(suffix):
                _remove_if_old(entry, limit)


def _remove_if_old(entry: os.DirEntry[str], limit: float) -> None:
    with suppress(OSError):
        if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_mtime < limit:
            Path(entry.path).unlink()
