"""A program on a pseudo-terminal for the measurements: what it shows, and when it waits for the next key.

That it waits is asked of Linux and not guessed from a silence, so that a time ends with the last paint.
"""

from __future__ import annotations

import fcntl
import os
import select
import struct
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

COLUMNS, ROWS = 100, 40
PATIENCE = 60.0
"""Seconds until a program that never waits for keys is given up."""
_WAITING = ("epoll", "ep_poll", "select", "sys_poll", "tty_read")
"""Where in the system a program is that waits for keys."""


class _Screen(pyte.Screen):
    """A screen that answers the program when it asks where the cursor is."""

    child: pexpect.spawn

    def write_process_input(self, data: str) -> None:
        self.child.send(data)


class Terminal:
    """A program on a pseudo-terminal, which knows when the program has done all and waits for keys."""

    def __init__(self, command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> None:
        self.screen = _Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.child = pexpect.spawn(
            command[0], list(command[1:]), cwd=str(folder), env=dict(variables), dimensions=(ROWS, COLUMNS)
        )
        self.child.delaybeforesend = None
        self.screen.child = self.child
        self.ended = False
        self._own_end = os.open(self._proc("fd/0").readlink(), os.O_RDWR | os.O_NOCTTY)

    def lines(self) -> list[str]:
        """What stands on the screen, without the empty lines at its end."""
        text = "\n".join(line.rstrip() for line in self.screen.display).rstrip()
        return text.split("\n")

    def press(self, keys: str) -> tuple[float, int]:
        """Sends keys and waits until all is painted; gives the milliseconds that took, and the bytes."""
        before = self._turns()
        start = time.perf_counter()
        self.child.send(keys)
        painted, size = self.settle(before)
        return (max(painted - start, 0.0) * 1000, size)

    def settle(self, since: int = -1) -> tuple[float, int]:
        """Reads until the program waits for keys again; gives when it painted last, and the bytes.

        A key takes a moment through the terminal: that nothing is left to read does not say that it was read.
        """
        painted, size = 0.0, 0
        chunks: list[bytes] = []
        deadline = time.perf_counter() + PATIENCE
        while not self._is_done(since):
            if self._has_output(0.001) and (chunk := self._read()):
                painted = time.perf_counter()
                chunks.append(chunk)
                size += len(chunk)
                if b"\x1b[6n" in chunk:
                    self._show(chunks)
            if time.perf_counter() > deadline:
                raise TimeoutError("\n".join(["the program never waits for a key:", *self.lines()]))
        self._show(chunks)
        return painted, size

    def _show(self, chunks: list[bytes]) -> None:
        self._stream.feed(b"".join(chunks))
        chunks.clear()

    def _has_output(self, seconds: float) -> bool:
        return bool(select.select([self.child.child_fd], [], [], seconds)[0])

    def _read(self) -> bytes:
        try:
            return os.read(self.child.child_fd, 65_536)
        except OSError:
            return b""

    def _is_done(self, since: int) -> bool:
        """Whether the program has ended, or has had a turn and waits; and all that it wrote is read."""
        self.ended = self.ended or bool(
            os.waitid(os.P_PID, self.child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        )
        return (self.ended or (self._turns() > since and self._waits())) and not self._has_output(0)

    def _proc(self, name: str) -> Path:
        return Path(f"/proc/{self.child.pid}/{name}")

    def _turns(self) -> int:
        """How many times the program has been let run."""
        try:
            return int(self._proc("schedstat").read_text(encoding="ascii").split()[2])
        except OSError:
            return sys.maxsize

    def _waits(self) -> bool:
        """Whether the program has read all keys and sleeps until the next."""
        try:
            waits_in = self._proc("wchan").read_text(encoding="ascii")
            call = self._proc("syscall").read_text(encoding="ascii").split()
            unread = fcntl.ioctl(self._own_end, termios.FIONREAD, b"\0" * 4)
        except OSError:
            return False
        asleep = any(name in waits_in for name in _WAITING) and len(call) > 4
        at_once = asleep and "poll" in waits_in and int(call[4], 16) == 0
        return asleep and not at_once and struct.unpack("i", unread)[0] == 0

    def close(self) -> int:
        """Ends the program, unless it has ended; gives its exit code."""
        os.close(self._own_end)
        self.child.close(force=True)
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)
