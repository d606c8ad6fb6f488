"""What to say when the library of a format is missing, too old, or cannot be used."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from utbildningsprocess.errors import TO_COPY, WrongUse
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXTRA = re.compile(r"""extra == ["']([a-z]+)["']""")
_LOWEST = re.compile(r"([A-Za-z0-9_.-]+).*?>=([0-9.]+)")
_PLAIN = re.compile(r"[\w@%+=:,./\\~-]+")
"""What every shell takes as it stands."""


class Missing(WrongUse):
    """A library that a format needs cannot be used; `what` is what it makes, as in ”Word-filer”."""

    def __init__(self, what: str, library: str, why: str = "kräver ett tillägg") -> None:
        super().__init__(f"{what} {why}, som du installerar med:{TO_COPY}{_command([library])}")
        self.what = what
        self.library = library


def need(module: str, extra: str, what: str) -> None:
    """Makes sure that the library of an extra can be used.

    Raises Missing with the command that installs it, for the Python that runs and wherever this program
    came from. No full stop follows what is to be copied.
    """
    library = _library(extra)
    if _is_too_old(library):
        raise Missing(what, library, "kräver en nyare version av ett tillägg")
    try:
        import_module(module)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] == module:
            raise Missing(what, library) from None
        raise Missing(what, library, f"kräver ett tillägg som saknar {error.name}") from None
    except Exception:  # noqa: BLE001  whatever a broken library does when it is read in
        why = "kräver ett tillägg som är installerat men inte går att läsa in"
        raise Missing(what, library, why) from None


def missing_in_words(missing: Sequence[Missing]) -> str:
    """What several formats lack, in one sentence with one command."""
    if len(missing) == 1:
        return str(missing[0])
    names = joined(trouble.what for trouble in missing)
    command = _command([trouble.library for trouble in missing])
    return f"{names} kräver tillägg, som du installerar med:{TO_COPY}{command}"


def _command(libraries: Sequence[str]) -> str:
    """What installs libraries beside this program, in every shell."""
    # Double quotes work in every shell; around the program itself PowerShell would take them for a text.
    python = sys.executable if _PLAIN.fullmatch(sys.executable) else f'"{sys.executable}"'
    quoted = " ".join(f'"{library}"' for library in libraries)
    if "pipx" in re.split(r"[\\/]", sys.prefix):
        return f"pipx inject utbildningsprocess {quoted}"
    if find_spec("pip") is None:  # as in what uv makes
        return f"uv pip install --python {python} {quoted}"
    return f"{python} -m pip install {quoted}"


def _is_too_old(library: str) -> bool:
    """Whether an older version is installed than the library's lowest; False when none is."""
    if lowest := _LOWEST.match(library):
        try:
            return _numbers(version(lowest[1])) < _numbers(lowest[2])
        except PackageNotFoundError:
            return False
    return False


def _numbers(named: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"[0-9]+", named.partition("+")[0])]


def _library(extra: str) -> str:
    """What the extra needs, with its versions, as the installed program says."""
    try:
        requirements = requires("utbildningsprocess") or []
    except PackageNotFoundError:
        requirements = []
    of_extra = (line.partition(";")[0].strip() for line in requirements if _EXTRA.findall(line) == [extra])
    return next(of_extra, f"utbildningsprocess[{extra}]")
