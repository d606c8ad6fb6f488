"""When lines come: a person cannot type a whole line in the time it takes to look whether another waits."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TextIO

_SECONDS = 0.05


def more_lines_wait(lines: TextIO) -> bool:
    """Whether another line from a terminal waits right behind the last one; never of what is piped."""
    if not lines.isatty():
        return False
    if sys.platform == "win32":
        import msvcrt

        until = time.monotonic() + _SECONDS
        while not msvcrt.kbhit() and time.monotonic() < until:
            time.sleep(_SECONDS / 5)
        return msvcrt.kbhit()
    from select import select

    return bool(select([lines], [], [], _SECONDS)[0])


def wait_for_line(lines: TextIO) -> bool:
    """Waits until reading a line takes no wait, so that a stop can end the wait and not the reading.

    False at once where that cannot be known.
    """
    if sys.platform == "win32" or not lines.isatty():
        return False
    from select import select

    return bool(select([lines], [], [])[0])
