"""How the terminal treats keys while a conversation is held, and how it is left as it was."""

from __future__ import annotations

import atexit
import os
import signal
import sys
import time
from typing import Any

_GRACE_SECONDS = 0.4
"""So soon after the key that ended the conversation, the same key belongs to it and not to the shell."""


class LastKey:
    """Remembers when a key was pressed that a shell would freeze or close at."""

    at = -_GRACE_SECONDS

    @classmethod
    def is_now(cls) -> None:
        """Such a key was pressed."""
        cls.at = time.monotonic()

    @classmethod
    def is_recent(cls) -> bool:
        """Whether it was a moment ago."""
        return time.monotonic() - cls.at < _GRACE_SECONDS


if sys.platform == "win32":

    def hold_modes() -> None:
        """Nothing: a Windows console has no flow control and no echo of its own while keys are read."""

    def suspend() -> None:
        """Nothing: there is no job control."""

else:
    import termios

    def hold_modes() -> None:
        """Until the program ends, keys between two questions wait unseen, and Ctrl-S freezes nothing.

        Else a Ctrl-S that comes while an answer is saved would stop the terminal, and letters be echoed.
        """
        before = termios.tcgetattr(sys.stdin)
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
            if LastKey.is_recent():
                time.sleep(max(0.0, LastKey.at + _GRACE_SECONDS - time.monotonic()))
                termios.tcflush(sys.stdin, termios.TCIFLUSH)
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)
        except (OSError, ValueError, termios.error):
            return  # The terminal is gone.

    def suspend() -> None:
        """Leaves the terminal to the shell until the person calls the program back."""
        held = termios.tcgetattr(sys.stdin)
        ordinary = list(held)
        ordinary[0] |= termios.IXON
        ordinary[3] |= termios.ECHO | termios.ICANON | termios.IEXTEN
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, ordinary)
        os.kill(0, signal.SIGTSTP)
        termios.tcsetattr(sys.stdin, termios.TCSADRAIN, held)
