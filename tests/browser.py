"""A Chromium that a test drives as a person would: it opens a page, types, prints, and tells what went wrong."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from base64 import b64decode
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


def chromium() -> str | None:
    """Where Chromium is; None on a machine without one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Tab:
    """One page in the browser. `trouble` is what its console and its dialogs have said."""

    def __init__(self, reads: BinaryIO, writes: BinaryIO) -> None:
        self._reads, self._writes = reads, writes
        self._number, self._session, self._loaded = 0, "", False
        self.trouble: list[str] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **params: object) -> dict[str, Any]:
        """What the browser answers."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._writes.write(json.dumps(message).encode() + b"\0")
        self._writes.flush()
        while (said := self._next()).get("id") != self._number:
            self._note(said)
        assert "error" not in said, said
        result: dict[str, Any] = said["result"]
        return result

    def open(self, path: Path, anchor: str = "") -> None:
        """Opens a file, and waits until it is loaded."""
        self._loaded = False
        self.ask("Page.navigate", url=f"{path.as_uri()}{anchor}")
        while not self._loaded:
            self._note(self._next())

    def value(self, expression: str) -> Any:
        """What an expression gives in the page, even where its own scripts do not run."""
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: str, text: str = "") -> None:
        """A key pressed and let go of."""
        more = {"text": text} if text else {}
        code = {"Tab": 9, "Enter": 13, " ": 32}.get(key, 0)
        self.ask("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **more)
        self.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def printed(self) -> bytes:
        """The page on paper, as a PDF."""
        return b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def wide(self, pixels: int) -> None:
        """Makes the window so wide."""
        self.ask(
            "Emulation.setDeviceMetricsOverride", width=pixels, height=900, deviceScaleFactor=1, mobile=False
        )

    def _next(self) -> dict[str, Any]:
        data = bytearray()
        while (byte := self._reads.read(1)) != b"\0":
            assert byte, "Chromium has ended"
            data += byte
        said: dict[str, Any] = json.loads(data)
        return said

    def _note(self, said: dict[str, Any]) -> None:
        method, params = said.get("method"), said.get("params", {})
        self._loaded = self._loaded or method == "Page.loadEventFired"
        if method == "Page.javascriptDialogOpening":
            self.trouble.append(f"dialog: {params['message']}")
        elif method == "Runtime.exceptionThrown":
            self.trouble.append(f"fel: {params['exceptionDetails']['text']}")
        elif method == "Log.entryAdded":
            self.trouble.append(f"logg: {params['entry']['text']}")


@contextmanager
def opened(folder: Path, *more: str) -> Iterator[Tab]:
    """A browser that keeps what it keeps in a folder, until the block ends."""
    program = chromium()
    assert program, "Chromium is not installed"
    (their_reads, our_writes), (our_reads, their_writes) = os.pipe(), os.pipe()
    command = [program, *QUIET, f"--user-data-dir={folder}", *more]
    # Chromium reads from 3 and writes to 4; sh moves no number above 9.
    moved = ["bash", "-c", f'exec "$@" 3<&{their_reads} 4>&{their_writes}', "bash", *command]
    quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with (
        os.fdopen(our_reads, "rb") as reads,
        os.fdopen(our_writes, "wb") as writes,
        subprocess.Popen(moved, pass_fds=(their_reads, their_writes), **quiet) as process,
    ):
        os.close(their_reads)
        os.close(their_writes)
        try:
            yield Tab(reads, writes)
        finally:
            process.terminate()
