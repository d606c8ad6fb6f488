"""A file or a folder opened in the program that the machine has for it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SHELL, _IN_BACKGROUND = "/bin/sh", '"$0" "$1" &'
"""What starts a program that lives on when this one has ended."""
_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
"""Without any of these a Linux has no window to open, and its opener would read the file in the terminal."""


def is_opened(path: Path) -> bool:
    """Asks the machine to open what is there, if anything is; False when it has nothing to open it with."""
    if not path.exists():
        return True
    try:
        if sys.platform == "win32":
            os.startfile(path)  # noqa: S606  a file that has just been made here
            return True
        command = _opener()
        if command is None:
            return False
        done = subprocess.run(  # noqa: S603  as above
            [_SHELL, "-c", _IN_BACKGROUND, command, os.fspath(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            start_new_session=True,
        )
    except OSError:
        return False
    return done.returncode == 0


def _opener() -> str | None:
    if sys.platform == "darwin":
        return shutil.which("open")
    if not any(map(os.environ.get, _SCREENS)):
        return None
    return shutil.which("wslview") or shutil.which("xdg-open")
