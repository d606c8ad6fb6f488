"""A long text in an editor of one's own, with the question above it as a comment that is not kept."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_USUAL = ("notepad",) if sys.platform == "win32" else ("editor", "nano", "vi", "emacs")
_AT_ONCE_SECONDS = 1.0
"""An editor that has ended so soon, with nothing changed, has a window of its own that is still open."""
_STILL_OPEN = (
    "Redigeraren svarade direkt, så den har nog ett eget fönster. Skriv och spara där. "
    "Tryck Enter här när du är klar."
)


def edited(text: str, question: str, wait: Callable[[str], object]) -> str | None:
    """The text as it is when the editor has closed; None when there is no editor.

    Where the editor has a window and answers at once, `wait` is told what to say, and waits for the person.
    """
    command = next((command for command in _wished() if shutil.which(command[0])), None)
    if command is None:
        return None
    comment = f"<!-- {question.replace('--', '–')} -->"
    begun = f"{comment}\n\n{text}\n"
    handle, name = tempfile.mkstemp(suffix=".md", prefix="utb-")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(begun)
        started = time.monotonic()
        subprocess.run([*command, name], check=False)  # noqa: S603  the editor the person has chosen
        if time.monotonic() - started < _AT_ONCE_SECONDS and _read(path) == begun:
            wait(_STILL_OPEN)
        return _read(path).removeprefix(comment).strip("\n")
    finally:
        path.unlink(missing_ok=True)


def _wished() -> Iterator[list[str]]:
    """The commands to try: what VISUAL and EDITOR say, then the usual ones."""
    for name in ("VISUAL", "EDITOR"):
        if said := os.environ.get(name, ""):
            yield shlex.split(said, posix=sys.platform != "win32") or [said]
    yield from ([name] for name in _USUAL)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")
