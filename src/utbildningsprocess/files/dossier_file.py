"""Read a dossier with its fingerprint; save it whole, and only over the text that was read."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import Broken, Conflict, LineFault, WrongUse
from utbildningsprocess.files import atomic
from utbildningsprocess.files.glance import root_folder
from utbildningsprocess.files.state import locked
from utbildningsprocess.files.trouble import not_read, shown, told_when_saving

if TYPE_CHECKING:
    from collections.abc import Iterator

COPY_MARK = ".kopia"
"""In the name of a copy saved in a conflict. A slug has no dot, so no initiative is called that."""
LARGEST = 5_000_000
"""Bytes: what is larger is no text that people have written."""
_UNSAVABLE = re.compile("[\0\ud800-\udfff]")


class Fingerprinted(NamedTuple):
    """A text as it stands on disk, newlines and BOM included, and the fingerprint that saving demands."""

    text: str
    fingerprint: str


class Changed(Conflict):
    """Somebody changed the file after it was read."""


class Gone(Conflict):
    """Somebody removed the file after it was read."""


class Taken(Conflict):
    """A new file would have stood where another one stands."""


# ------------------------------------------------------------------ reading


def read_dossier(path: Path) -> Fingerprinted:
    """The text of a dossier and its fingerprint. Broken when it cannot be read as text."""
    data = read_bytes(path)
    return Fingerprinted(decoded(data, path), _fingerprint(data))


def read_text(path: Path, *, piped: bool = False) -> str:
    """The text of any of our files, without BOM; if `piped` also what another program hands over in a pipe.

    Raises Broken when it cannot be read as text.
    """
    return decoded(read_bytes(path, piped=piped), path).removeprefix("\ufeff")


def read_bytes(path: Path, *, piped: bool = False, largest: int = LARGEST) -> bytes:
    """The bytes of a file that somebody hands over. Broken when they cannot be read, or are far too many."""
    try:
        status = path.stat()
        is_pipe = piped and stat.S_ISFIFO(status.st_mode)
        if not is_pipe and not stat.S_ISREG(status.st_mode) and not stat.S_ISDIR(status.st_mode):
            raise Broken(f"{shown(path)} är ingen vanlig fil. Ange en textfil.")
        if status.st_size > largest:
            raise Broken(too_large(path))
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except OSError as error:
        raise not_read(error, path) from None
    if len(data) > largest:
        raise Broken(too_large(path))
    return data


def decoded(data: bytes, path: Path) -> str:
    """The text of a file's bytes, BOM included. Broken when they are none."""
    if (place := data.find(b"\0")) >= 0 and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        why = "filen innehåller ett nolltecken och är ingen ren text. "
        way_out = "Ta bort det i en textredigerare eller hämta en tidigare version."
        raise _no_text(path, data, place, why + way_out)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        why = "texten är inte UTF-8. Öppna filen i en textredigerare och spara den som UTF-8."
        raise _no_text(path, data, error.start, why) from None


def _no_text(path: Path, data: bytes, place: int, why: str) -> Broken:
    line = data.count(b"\n", 0, place) + 1
    return Broken(f"{shown(path)}:{line}: {why}", [LineFault(line, f"{why[:1].upper()}{why[1:]}")])


def _fingerprint(data: bytes) -> str:
    return sha256(data).hexdigest()


def too_large(path: Path) -> str:
    """The sentence about a file that is no dossier any more."""
    return (
        f"{shown(path)} är större än {LARGEST // 1_000_000} MB. "
        "Flytta bilagor och bilder till egna filer och länka till dem."
    )


# ------------------------------------------------------------------- saving


def save(path: Path, text: str, fingerprint: str | None, root: Path | None = None) -> str:
    """Replace the text that had this fingerprint, whole or not at all; gives the new fingerprint.

    Without a fingerprint the file must not exist. Raises Changed, Gone or Taken when somebody else
    came between, Broken when the system refuses; then what stood on disk still stands.
    """
    data = _encoded(text, path)
    target = check_target(path, root)
    new = _fingerprint(data)
    with told_when_saving(path):
        if fingerprint is None:
            _create(target, data, path)
            return new
        try:
            if fingerprint == new:
                _check_unchanged(target, fingerprint, path)
            else:
                _update(target, data, fingerprint, path)
        except (FileNotFoundError, NotADirectoryError):
            raise Gone(
                f"{shown(path)} finns inte längre: någon har flyttat eller tagit bort filen. "
                "Inget har skrivits."
            ) from None
    return new


def move(path: Path, new: Path) -> None:
    """Give a file another name in its folder. Raises Taken, or Broken as `save`; then nothing is moved."""
    if new == path:
        return
    with (
        told_when_saving(new),
        atomic.written_beside(new, b"", None) as temp,
        locked(path, temp),
        locked(new),
    ):
        if os.path.lexists(new) and not new.samefile(path):
            raise Taken(f"{shown(new)} finns redan. Inget har skrivits. Välj ett annat namn.")
        atomic.replace(path, new)
    atomic.sync_folder(new.parent)


def move_to(path: Path, new: Path) -> None:
    """Put a file in another folder, which is made. WrongUse for a link, else as `move`."""
    if path.is_symlink():
        raise WrongUse(f"{shown(path)} är en länk. Inget har flyttats. Flytta filen där den ligger.")
    with told_when_saving(new):
        new.parent.mkdir(exist_ok=True)
    move(path, new)
    atomic.sync_folder(path.parent)


def save_beside(path: Path, text: str, root: Path | None = None) -> Path:
    """Save the text as a new file beside one that somebody else has changed; gives its path."""
    return save_first_free(
        (path.with_name(f"{path.stem}{COPY_MARK}{n}{path.suffix}") for n in count(1)), text, root
    )


def save_first_free(paths: Iterator[Path], text: str, root: Path | None) -> Path:
    """Save the text as a new file, the first of these where nothing stands; gives its path."""
    while True:
        path = next(paths)
        with suppress(Taken):
            save(path, text, None, root)
            return path


def check_target(path: Path, root: Path | None = None) -> Path:
    """The file a path leads to, links followed. Broken when a link leads out of the root.

    Without a root it is the folder with utb.yaml or .git above the path, or else its own folder.
    """
    absolute = Path(os.path.normpath(path.absolute()))
    try:
        target = path.absolute().resolve()
        inside = target == absolute or target.is_relative_to((root or root_folder(absolute.parent)).resolve())
        # Python 3.13 gives a link that leads back to itself as it is; before, it raised.
        circular = os.path.islink(target)  # noqa: PTH114  unlike is_symlink, no trouble with a long name
    except (OSError, RuntimeError):
        circular = True
    if circular:
        raise Broken(f"{shown(path)} är en länk som pekar runt på sig själv. Ta bort länken.")
    if not inside:
        raise Broken(
            f"{shown(path)} är en länk till {shown(target)}, utanför mappen för insatser. "
            "Inget har skrivits. Ange filen där den ligger i stället."
        )
    return target


def _encoded(text: str, path: Path) -> bytes:
    # The codec finds what cannot be saved ten times faster than the pattern, which then says where it is.
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = b"\0"
    if b"\0" in data and (unsavable := _UNSAVABLE.search(text)):
        line = text.count("\n", 0, unsavable.start()) + 1
        raise Broken(
            f"{shown(path)}: rad {line} i den nya texten har ett tecken som inte går att spara. Ta bort det."
        )
    if len(data) > LARGEST:
        raise Broken(f"Inget har sparats: {too_large(path)}")
    return data


def _create(target: Path, data: bytes, path: Path) -> None:
    taken = Taken(f"{shown(path)} finns redan. Inget har skrivits. Välj ett annat namn.")
    if os.path.lexists(target):
        raise taken
    target.parent.mkdir(parents=True, exist_ok=True)
    atomic.sweep_once(target.parent)
    with atomic.written_beside(target, data, None) as temp, locked(target):
        try:
            atomic.place_new(temp, target)
        except FileExistsError:
            raise taken from None
    atomic.sync_folder(target.parent)


def _update(target: Path, data: bytes, expected: str, path: Path) -> None:
    status = _writable(target)
    atomic.sweep_once(target.parent)
    with atomic.written_beside(target, data, status) as temp, locked(target, temp):
        _check_unchanged(target, expected, path)
        atomic.replace(temp, target)
    atomic.sync_folder(target.parent)


def _writable(target: Path) -> os.stat_result:
    """What is known of a file, which must be open to writing: a replace asks only the folder."""
    descriptor = os.open(target, os.O_WRONLY)
    try:
        return os.fstat(descriptor)
    finally:
        os.close(descriptor)


def _check_unchanged(target: Path, expected: str, path: Path) -> None:
    if _fingerprint(target.read_bytes()) != expected:
        raise Changed(f"{shown(path)} har ändrats av någon annan sedan den lästes. Inget har skrivits.")
