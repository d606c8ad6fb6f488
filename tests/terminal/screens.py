"""A real terminal for tests: a program on a pty, and a screen that shows what a person would see."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from functools import partial
from pathlib import Path

import pexpect
import pyte

from terminal.nursery import Forked

TESTS = Path(__file__).parent.parent
ASKING = TESTS / "terminal" / "asking.py"
PATIENCE = 20.0
PAUSE = 0.5
"""Seconds: lines that come closer are pasted."""
TAB, SHIFT_TAB, MAP = "\t", "\x1b[Z", "\x1bOR"
ENTER, SAVE, BACK, PASS, LEAVE, HELP, EDITOR = "\r", "\x13", "\x02", "\x0f", "\x03", "\x1bOP", "\x1bOS"
READ_LESSONS, NOTE_LESSON = "\x1b[17~", "\x1b[18~"
UP, DOWN, LEFT = "\x1b[A", "\x1b[B", "\x1b[D"
ANSWERING = re.compile(r"> |>$| (❯| ) ([○●] )?\d+\. | {6}")
"""A line to type in, or an option, or the rest of a long one."""
EDGE = re.compile(r"^[│└] ?")
ENGLISH = re.compile(
    r"\b(use|arrow|keys?|done|selections?|invalid|input|answer|description|yes|the|you|search|warning"
    r"|cancelled|abort\w*|finish|enter to|error|window|too small|select\w*|move|toggle)\b",
    re.IGNORECASE,
)
SOURCES = re.compile(r"^Källor\n\n(?:.+\n)+", re.MULTILINE)
"""The sources of a method, whose titles are in their own language."""


class Terminal:
    """A program in a terminal of some size. Everything waits for what is to be seen, never for time."""

    starts = pexpect.spawn

    def __init__(
        self, *arguments: str, folder: Path, columns: int = 80, rows: int = 40, **environment
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        kept = {key: value for key, value in os.environ.items() if key in ("PATH", "HOME", "SYSTEMROOT")}
        kept["PYTHONPATH"] = os.pathsep.join(str(TESTS.parent / part) for part in ("src", "tests"))
        kept |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "UTB_STATE_DIR": str(folder / "state")}
        self.child = self.starts(
            sys.executable,
            list(arguments),
            cwd=str(folder),
            env={**kept, **environment},
            dimensions=(rows, columns),
            timeout=PATIENCE,
            # A job in the background ignores the signal of Ctrl-C, and what it starts would inherit that.
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
        )
        self.child.delaybeforesend = None
        self.child.ptyproc.delayafterclose = 0
        self._typed_at = 0.0

    def see(self, text: str, *, times: int = 1) -> str:
        """Waits until the screen shows a text, perhaps wrapped; gives the screen."""
        deadline = time.monotonic() + PATIENCE
        while _flat(self.shown()).count(_flat(text)) < times:
            assert time.monotonic() < deadline, f"never saw {text!r} in:\n{self.shown()}"
            if not self._take():
                assert _flat(self.shown()).count(_flat(text)) >= times, (
                    f"ended without {text!r}:\n{self.shown()}"
                )
        shown = self.shown()
        assert ENGLISH.search(SOURCES.sub("", shown)) is None, shown
        return shown

    def send(self, *keys: str) -> Terminal:
        """Types keys, all at once."""
        self.child.send("".join(keys))
        self._typed_at = time.monotonic()
        return self

    def type_lines(self, *lines: str) -> Terminal:
        """Types lines as a person does, with a pause after each."""
        for line in lines:
            self.send(f"{line}\n")
            time.sleep(PAUSE)
        return self

    def answer(self, question: str, *keys: str) -> None:
        """Waits for a question that is being asked, and types."""
        self.asks(question)
        if keys == (ENTER,):  # so soon after a digit it would be taken for the end of that
            time.sleep(max(0.0, self._typed_at + PAUSE - time.monotonic()))
        self.send(*keys)

    def asks(self, question: str) -> None:
        """Waits until the question stands over the hint of keys."""
        self.see(question)
        deadline = time.monotonic() + PATIENCE
        while not self._is_asking(question):
            assert time.monotonic() < deadline, f"never asked {question!r}:\n{self.shown()}"
            assert self._take(), f"ended before {question!r}:\n{self.shown()}"

    def ends(self) -> int:
        """Waits for the program to end; gives its exit code, or the number of the signal it died of, negative."""
        while self._take():
            pass
        # Closing sends a hangup to a program that has let go of the terminal and is still on its way out.
        self.child.wait()
        self.child.close()
        return -self.child.signalstatus if self.child.exitstatus is None else self.child.exitstatus

    def shown(self) -> str:
        """The words on the screen, without the line that stands beside what is asked."""
        return "\n".join(EDGE.sub("", line).rstrip() for line in self.screen.display).rstrip()

    def _is_asking(self, question: str) -> bool:
        """Whether the question stands right above where it is answered."""
        lines = self.shown().split("\n")
        answering = [number for number, line in enumerate(lines) if ANSWERING.match(line)]
        if not answering:
            return False
        above = [number for number, line in enumerate(lines[: answering[-1]]) if not ANSWERING.match(line)]
        return _flat(" ".join(lines[number] for number in above)).endswith(_flat(question))

    def _take(self) -> bool:
        try:
            data = self.child.read_nonblocking(65536, timeout=0.2)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        self._stream.feed(data)
        return True


class QuickTerminal(Terminal):
    """The same, where what a start costs is not what is tried."""

    starts = Forked


def _flat(text: str) -> str:
    return " ".join(text.split())


def asking(folder: Path, stage: str = "behov", *more: str, **size) -> Terminal:
    """The small battery's stage, asked in a terminal."""
    return QuickTerminal(str(ASKING), str(folder / "trygg.md"), stage, *more, folder=folder, **size)
