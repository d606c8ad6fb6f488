"""What to do when somebody, or the system, ends the program: an answer on its way to the file comes there."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_KINDS = [getattr(signal, name) for name in _NAMES if hasattr(signal, name)]


class Stop:
    """Remembers a stop that came between two questions: the next one leaves, when the answer is saved."""

    wanted = False
    came = False
    """Whether any stop has come: what is typed but not read then is for nobody."""

    @classmethod
    def remember(cls, *_signal: object) -> None:
        """A stop came. A second one, where nothing happens, is not waited with."""
        cls.came = True
        if cls.wanted:
            raise KeyboardInterrupt
        cls.wanted = True


def hold_stops() -> None:
    """From now on a stop between two questions waits for the next one, instead of ending a save half-way."""
    Stop.wanted = False
    for kind in _KINDS:
        signal.signal(kind, Stop.remember)


@contextmanager
def stops_at_once() -> Iterator[None]:
    """While inside, where the program only waits for the person, a stop is a KeyboardInterrupt at once."""
    with on_system_stop(_interrupt):
        yield


def _interrupt() -> None:
    raise KeyboardInterrupt


@contextmanager
def on_system_stop(act: Callable[[], None]) -> Iterator[None]:
    """While inside, a system that ends the program (SIGTERM, a closed window) makes it `act` instead."""

    def come(*_signal: object) -> None:
        Stop.came = True
        act()

    former = {kind: signal.signal(kind, come) for kind in _KINDS}
    try:
        yield
    finally:
        for kind, handler in former.items():
            signal.signal(kind, handler)
