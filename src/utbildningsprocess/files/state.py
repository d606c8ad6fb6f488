"""The user's own folder outside the repo: drafts and locks, which belong to one machine."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Conflict
from utbildningsprocess.files import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from filelock import BaseFileLock

LOCK_SECONDS = 5.0


def state_folder(name: str) -> Path:
    """A private folder of that name, made when missing. Raises OSError where there is none to be had."""
    base = state_base()
    if not base.is_absolute():
        raise FileNotFoundError(base)
    folder = base / name
    if not folder.is_dir():
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def state_base() -> Path:
    """Where the user's own folders lie, or would lie."""
    return Path(os.environ.get("UTB_STATE_DIR") or _usual_place())


def cache_folder() -> Path:
    """The private folder for what can be computed again. Raises OSError where there is none to be had."""
    base = Path(os.environ.get("UTB_STATE_DIR") or _usual_place("user_cache_dir"))
    if not base.is_absolute():
        raise FileNotFoundError(base)
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    return base


@cache
def _usual_place(sort: str = "user_state_dir") -> str:
    import platformdirs

    place = ""
    with suppress(RuntimeError):
        place = getattr(platformdirs, sort)("utb", appauthor=False)
    # Without a home older versions give a path that begins with ~: then it is a place that cannot be.
    return place if os.path.isabs(place) else os.path.join(os.devnull, "utb")  # noqa: PTH117, PTH118


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A folder that is removed afterwards, with all that is in it."""
    with TemporaryDirectory(prefix="utb-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def lock_path(target: Path) -> Path:
    """The lock of a file. Two hundred and fifty-six are shared by all files, so that they never pile up."""
    return state_folder("las") / f"{sha256(os.fsencode(target)).hexdigest()[:2]}.lock"


@contextmanager
def locked(target: Path, temp: Path | None = None) -> Iterator[None]:
    """Hold the lock of a file; Conflict when another process keeps it.

    The lock lies in the state folder, which two people on a shared disk do not share: with a temp file beside
    the target they are kept apart there too. Where no lock can be had the work goes on without: the
    fingerprint is the real guard.
    """
    with ExitStack() as held:
        try:
            held.enter_context(_own_lock(target))
            if temp:
                held.enter_context(atomic.alone(target, temp))
        except TimeoutError:
            raise Conflict(
                f"{target.name} sparas just nu av ett annat fönster och har inte blivit ledig. "
                "Inget har skrivits. Stäng det andra fönstret eller vänta en stund, och försök igen."
            ) from None
        yield


def _own_lock(target: Path) -> AbstractContextManager[object]:
    try:
        return _lock(lock_path(target)).acquire(timeout=LOCK_SECONDS, poll_interval=0.01)
    except TimeoutError:
        raise
    except (OSError, NotImplementedError):
        return nullcontext()


@cache
def _lock(path: Path) -> BaseFileLock:
    from filelock import FileLock

    return FileLock(path, mode=0o600)
