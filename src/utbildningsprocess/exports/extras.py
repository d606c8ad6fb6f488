"""What to say when the library of a format is not installed."""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, requires

from utbildningsprocess.errors import WrongUse

_EXTRA = re.compile(r"""extra == ["']([a-z]+)["']""")


def need(module: str, extra: str, what: str) -> None:
    """Makes sure that the library of an extra is installed; `what` is what it makes, as in ”Word-filer”.

    Raises WrongUse with the command that installs it, for the Python that runs and wherever this program
    came from. No full stop follows what is to be copied.
    """
    try:
        import_module(module)
    except ImportError:
        # Double quotes work in every shell; around the program itself PowerShell would take them for a text.
        python = f'"{sys.executable}"' if " " in sys.executable else sys.executable
        command = f'{python} -m pip install "{_library(extra)}"'
        raise WrongUse(f"{what} kräver ett tillägg, som du installerar med: {command}") from None


def _library(extra: str) -> str:
    """What the extra needs, with its versions, as the installed program says."""
    try:
        requirements = requires("utbildningsprocess") or []
    except PackageNotFoundError:
        requirements = []
    of_extra = (line.partition(";")[0].strip() for line in requirements if _EXTRA.findall(line) == [extra])
    return next(of_extra, f"utbildningsprocess[{extra}]")
