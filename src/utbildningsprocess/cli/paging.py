"""A long text read a screen at a time, as it can be left at any place."""

from __future__ import annotations

import shutil
import sys
from contextlib import suppress
from textwrap import fill

from utbildningsprocess.cli.output import say

_MORE = "Enter visar mer. Skriv s och Enter för att sluta läsa."
_KEPT_ROWS, _NARROWEST = 2, 20
"""Rows of the screen for what says how to go on and what is typed; the fewest columns of a line."""


def somebody_reads() -> bool:
    """Whether a person sits at a terminal: everything they see and type is there."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def leaf_through(text: str, *, whole: bool = False) -> None:
    """Shows a text that is ready for the terminal: at once, or a screen at a time where somebody reads it.

    It is written on as it always is, so that what is read can be scrolled back to.
    """
    lines = text.rstrip("\n").split("\n")
    rows = len(lines) if whole or not somebody_reads() else shutil.get_terminal_size().lines - _KEPT_ROWS
    rows = max(rows, 1)
    for first in range(0, len(lines), rows):
        sys.stdout.write("\n".join(lines[first : first + rows]) + "\n")
        sys.stdout.flush()
        if first + rows < len(lines) and not _goes_on():
            return


def _goes_on() -> bool:
    """Whether the person wants more. Ctrl-C and the end of the input are a no."""
    from utbildningsprocess.faces.system_stop import stops_at_once

    say(fill(_MORE, max(_NARROWEST, shutil.get_terminal_size().columns - 1)))
    with suppress(KeyboardInterrupt), stops_at_once():
        return sys.stdin.readline() in ("\n", "\r\n")
    return False
