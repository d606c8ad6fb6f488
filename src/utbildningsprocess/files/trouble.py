"""What the system answered, as one Swedish sentence that names the real file and what to do."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken, Conflict, UtbError

if TYPE_CHECKING:
    from collections.abc import Iterator

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM}
_NO_FOLDER = {errno.ENOTDIR, errno.EEXIST, errno.ENOENT}
_WHY = {
    errno.EISDIR: "Det är en mapp, inte en fil.",
    errno.ENAMETOOLONG: "Namnet är för långt.",
    errno.ELOOP: "Länken pekar runt på sig själv.",
    errno.EIO: "Disken svarar med ett läs- eller skrivfel; ta en kopia av dina filer.",
}


def shown(path: Path) -> str:
    """A path as people read it: from the working directory when it lies there, without control characters."""
    text = os.fspath(path)
    with suppress(OSError):
        text = text.removeprefix(f"{Path.cwd()}{os.sep}")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


@contextmanager
def told_when_saving(path: Path) -> Iterator[None]:
    """Turns an OSError of the work inside into the sentence that says why the file could not be written."""
    try:
        yield
    except OSError as error:
        raise _not_saved(error, path) from None


def _not_saved(error: OSError, path: Path) -> UtbError:
    name, folder = shown(path), shown(path.parent)
    if error.errno in _FULL:
        return Broken(
            f"Disken är full: {name} kunde inte sparas. Det som redan var sparat är helt. "
            "Frigör plats och försök igen."
        )
    if error.errno == errno.EROFS:
        return Broken(f"{name} kunde inte sparas: disken är skrivskyddad. Flytta filen till en annan disk.")
    if error.errno in _DENIED and os.name == "nt":
        return Conflict(
            f"{name} kunde inte sparas: ett annat program håller filen. "
            "Stäng programmet och försök igen. Filen är som förut."
        )
    if error.errno in _DENIED:
        return Broken(
            f"{name} kunde inte sparas: filen eller mappen {folder} är skrivskyddad för dig. "
            "Ändra rättigheterna och försök igen. Filen är som förut."
        )
    if error.errno in _NO_FOLDER:
        return Broken(f"{name} kunde inte sparas: {folder} är ingen mapp. Kontrollera sökvägen.")
    return Broken(f"{name} kunde inte sparas. {_why(error)} Det som redan var sparat är helt.")


def not_read(error: OSError, path: Path) -> UtbError:
    """The error that says why a file could not be read."""
    name = shown(path)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return Broken(f"{name} finns inte. Kontrollera sökvägen.")
    if error.errno in _DENIED:
        return Broken(
            f"{name} går inte att läsa: du saknar läsrättighet. Ändra rättigheterna och försök igen."
        )
    if error.errno == errno.EISDIR:
        return Broken(f"{name} är en mapp, inte en fil. Ange filen i mappen.")
    return Broken(f"{name} går inte att läsa. {_why(error)}")


def _why(error: OSError) -> str:
    number = error.errno or 0
    return _WHY.get(number) or f"Systemet svarar {errno.errorcode.get(number, 'okänt fel')}."
