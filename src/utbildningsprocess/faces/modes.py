"""How the terminal treats keys while a conversation is held, and how it is left as it was."""

from __future__ import annotations

import atexit
import math
import os
import signal
import sys
import time
from contextlib import suppress
from typing import Any

from utbildningsprocess.faces.system_stop import Stop


class Lately:
    """The last time something happened, and whether it still counts."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.at = -math.inf

    def is_now(self) -> None:
        """It happens."""
        self.at = time.monotonic()

    def is_over(self) -> None:
        """It no longer counts."""
        self.at = -math.inf

    @property
    def left(self) -> float:
        """The seconds for which it still counts; 0 when it does not."""
        return max(0.0, self.at + self._seconds - time.monotonic())


ENDING_KEY = Lately(0.4)
"""A key that a shell would freeze or close at: so soon after it the same key is not meant for the shell."""
ANSWERING_KEY = Lately(0.25)
"""A key that answered by itself: so soon after it Enter belongs to that answer, not to the next question."""


if sys.platform == "win32":

    def hold_modes() -> None:
        """Nothing: a Windows console has no flow control and no echo of its own while keys are read."""

    def hold_lines() -> None:
        """Nothing: in a Windows console Ctrl-C throws no lines away."""

    def suspend() -> None:
        """Nothing: there is no job control."""

else:
    import termios

    _modes_of_shell: list[Any] = []
    """The modes of the terminal as they were before the conversation, once it is held."""

    def hold_modes() -> None:
        """Until the program ends, keys between two questions wait unseen, and Ctrl-S freezes nothing.

        Else a Ctrl-S that comes while an answer is saved would stop the terminal, and letters be echoed.
        """
        before = termios.tcgetattr(sys.stdin)
        _modes_of_shell[:] = before
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, _ours(before))
        atexit.register(_release, before)

    def _ours(modes: list[Any]) -> list[Any]:
        """The modes without flow control, echo and editing of lines; Ctrl-C still interrupts."""
        ours = list(modes)
        ours[0] &= ~termios.IXON
        ours[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
        return ours

    def _release(before: list[Any]) -> None:
        """Gives the terminal back; a second press of the key that ended it all is not for the shell."""
        try:
            if left := ENDING_KEY.left:
                time.sleep(left)
                termios.tcflush(sys.stdin, termios.TCIFLUSH)
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
        except (OSError, ValueError, termios.error):
            return  # The terminal is gone.

    def hold_lines() -> None:
        """Until the program ends, a line that came right before Ctrl-C stays to be read.

        Else the terminal throws away all that waits in it, and with it an answer that ended with Enter.
        """
        before = termios.tcgetattr(sys.stdin)
        ours = list(before)
        ours[3] |= termios.NOFLSH
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, ours)
        atexit.register(_release_lines, before)
        if signal.getsignal(signal.SIGTSTP) == signal.SIG_DFL:
            signal.signal(signal.SIGTSTP, lambda number, _frame: _put_aside(number, before, ours))

    def _put_aside(number: int, before: list[Any], ours: list[Any]) -> None:
        """Ctrl-Z: the shell gets its own modes, and no half line, until the program is called back."""
        termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, before)
        handler = signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        signal.signal(number, handler)
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, ours)

    def _release_lines(before: list[Any]) -> None:
        """Gives the terminal back, without the half line that a stop left in it."""
        with suppress(OSError, ValueError, termios.error):  # The terminal may be gone.
            termios.tcsetattr(sys.stdin, termios.TCSAFLUSH if Stop.came else termios.TCSADRAIN, before)

    def suspend() -> None:
        """Leaves the terminal to the shell until the program is called back; the toolkit takes it again."""
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, _modes_of_shell)
        os.kill(0, signal.SIGTSTP)
