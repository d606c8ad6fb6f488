"""What to do when the system ends the program in the middle of a question."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def on_system_stop(act: Callable[[], None]) -> Iterator[None]:
    """While inside, a system that ends the program (SIGTERM, a closed window) makes it `act` instead."""
    kinds = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
    former = {kind: signal.signal(kind, lambda _number, _frame: act()) for kind in kinds}
    try:
        yield
    finally:
        for kind, handler in former.items():
            signal.signal(kind, handler)
