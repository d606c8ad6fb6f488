"""The formats a file can be saved in, and what to say when the library of one is not installed.

Light enough for a shell completion to read.
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from enum import StrEnum
from importlib import import_module

from utbildningsprocess.errors import WrongUse

_EXTRA = re.compile(r"""extra == ["']([a-z]+)["']""")


class FileFormat(StrEnum):
    """A format of files; the value is the word people type, and the ending of the file's name."""

    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    ICS = "ics"

    @property
    def is_text(self) -> bool:
        """Whether it can be written to a terminal or a pipe as text."""
        return self in (FileFormat.MD, FileFormat.HTML)


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
    from importlib.metadata import PackageNotFoundError, requires

    with suppress(PackageNotFoundError):
        for line in requires("utbildningsprocess") or []:
            if _EXTRA.findall(line) == [extra]:
                return line.partition(";")[0].strip()
    return f"utbildningsprocess[{extra}]"
