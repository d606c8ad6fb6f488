"""Many dossiers at once: where they lie, each read whole and once, and what their reading depends on."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import Broken
from utbildningsprocess.files.dossier_file import LARGEST, too_large
from utbildningsprocess.files.facts_cache import key_of
from utbildningsprocess.files.glance import CONFIG_NAME, dossiers_and_links, original_of
from utbildningsprocess.files.roots import start_and_root
from utbildningsprocess.files.shipped import packaged
from utbildningsprocess.files.trouble import not_read

if TYPE_CHECKING:
    from collections.abc import Iterable

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
_LIBRARIES = ("site-packages", "dist-packages")
"""What the folders are called in which Python looks for installed libraries."""
_QUESTION_ENDINGS = (".yaml", ".yml")


class Configured(NamedTuple):
    """The root that a folder is in, and the bytes of its utb.yaml; none where it has none."""

    start: Path
    folder: Path
    settings: bytes


def configured(start: Path) -> Configured:
    """The root of a folder with its settings unread. Raises Broken as `find_root` for what is misnamed."""
    start, folder = start_and_root(start)
    path = folder / CONFIG_NAME
    return Configured(start, folder, whole_bytes(path) if path.is_file() else b"")


def whole_bytes(path: Path) -> bytes:
    """The bytes of a file by one opening and one read: each is a wait on a shared disk.

    Raises Broken when they cannot be read, or are far too many.
    """
    try:
        descriptor = os.open(path, _READ)
        try:
            size = os.fstat(descriptor).st_size
            if size > LARGEST:
                raise Broken(too_large(path))
            data = os.read(descriptor, size + 1)
            while len(data) != size and (more := os.read(descriptor, LARGEST)):
                data += more
        finally:
            os.close(descriptor)
    except OSError as error:
        raise not_read(error, path) from None
    return data


class Named(NamedTuple):
    """The files of a folder that are called as dossiers are, by name, and the copies with their originals."""

    paths: tuple[Path, ...] = ()
    copies: tuple[tuple[Path, Path], ...] = ()
    leading_out: tuple[Path, ...] = ()
    """The links in the folder that lead out of the root, which are not followed."""


def named_dossiers(folder: Path, root: Path) -> Named:
    """The dossiers of a folder in a root by their names. Raises Broken when the folder cannot be read."""
    try:
        every, links = dossiers_and_links(folder)
    except (FileNotFoundError, NotADirectoryError):
        return Named()
    except OSError as error:
        raise not_read(error, folder) from None
    leading_out = tuple(link for link in links if leads_out(link, root))
    every = [path for path in every if path not in leading_out]
    by_stem = {path.stem: path for path in reversed(every)}
    originals = {path: original_of(path.stem, by_stem) for path in every}
    return Named(
        tuple(path for path in every if originals[path] is None),
        tuple((path, by_stem[stem]) for path, stem in originals.items() if stem is not None),
        leading_out,
    )


def is_link(path: Path) -> bool:
    """Whether there is a link at the path, wherever it leads."""
    return path.is_symlink()


def leads_out(link: Path, root: Path) -> bool:
    """Whether a link leads to something that lies outside the root, and outside its own folder."""
    try:
        if not link.is_symlink():
            return False
        target = link.resolve()
        homes = (root.resolve(), link.parent.resolve())
    except (OSError, RuntimeError):
        return False
    return target.exists() and not any(map(target.is_relative_to, homes))


def is_folder_near(folder: Path, place: Path) -> bool:
    """Whether a folder is there, and is the place itself or lies in it or around it."""
    try:
        folder, place = folder.resolve(), place.resolve()
        return folder.is_dir() and (folder.is_relative_to(place) or place.is_relative_to(folder))
    except (OSError, RuntimeError):
        return False


def latest_first(paths: Iterable[Path]) -> list[Path]:
    """The files by when they were written, the latest first."""

    def written(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0

    return sorted(paths, key=written, reverse=True)


# ------------------------------------------------------- what a reading depends on


def program_fingerprint() -> bytes:
    """What tells this program from any other that might read a dossier otherwise.

    An installed program is what its list of files says; for those who edit the code it is the code. The
    libraries are known by the names of their folders, which hold their versions.
    """
    package = Path(__file__).parents[1]
    installed = sorted(package.parent.glob("utbildningsprocess-*.dist-info/RECORD"))
    sources = installed or sorted(package.rglob("*.py"))
    places = {folder for folder in sys.path if Path(folder).name in _LIBRARIES}
    libraries = sorted({name for folder in places for name in _names(folder) if name.endswith(".dist-info")})
    versions = " ".join([sys.version, *libraries])
    return key_of(versions.encode(), *(path.read_bytes() for path in sources))


def questions_fingerprint(own: Path | None) -> bytes:
    """What tells these questions, and the organisation's own in a folder, from any others."""
    folders = [packaged("questions"), *([own] if own else [])]
    parts: list[bytes] = []
    for folder in folders:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else []
        for entry in entries:
            if entry.name.endswith(_QUESTION_ENDINGS) and entry.is_file():
                parts += [entry.name.encode("utf-8", "surrogateescape"), entry.read_bytes()]
        parts.append(b"")
    return key_of(*parts)


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208  names
    except OSError:
        return []
