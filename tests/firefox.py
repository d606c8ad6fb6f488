"""A Firefox that a test drives as a person would, over the protocol it has of its own (Marionette)."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_SETTINGS = {
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.aboutwelcome.enabled": False,
}


def firefox() -> str | None:
    """Where Firefox is; None on a machine without one."""
    return next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)


class Window:
    """One window of the browser."""

    def __init__(self, line: socket.socket) -> None:
        self._line, self._number = line, 0
        self._next()
        self.ask("WebDriver:NewSession")

    def ask(self, command: str, **params: object) -> Any:
        """What the browser answers."""
        self._number += 1
        said = json.dumps([0, self._number, command, params]).encode()
        self._line.sendall(str(len(said)).encode() + b":" + said)
        _, _, trouble, result = self._next()
        assert trouble is None, trouble
        return result

    def open(self, path: Path) -> None:
        """Opens a file, and waits until it is loaded."""
        self.ask("WebDriver:Navigate", url=path.as_uri())

    def run(self, script: str) -> Any:
        """What a script gives."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def click(self, selector: str) -> None:
        """Clicks the first element that a selector finds."""
        self.ask("WebDriver:ElementClick", id=self._found(selector))

    def type(self, selector: str, text: str) -> None:
        """Types in the first element that a selector finds."""
        self.ask("WebDriver:ElementSendKeys", id=self._found(selector), text=text)

    def _found(self, selector: str) -> str:
        return str(self.ask("WebDriver:FindElement", using="css selector", value=selector)["value"][_ELEMENT])

    def _next(self) -> Any:
        head = b""
        while not head.endswith(b":"):
            head += self._line.recv(1)
        size, data = int(head[:-1]), b""
        while len(data) < size:
            data += self._line.recv(size - len(data))
        return json.loads(data)


@contextmanager
def opened_firefox(folder: Path) -> Iterator[Window]:
    """A window of a new Firefox with a profile of its own; what it saves comes in the folder."""
    program = firefox()
    assert program
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    profile = folder / "profil"
    profile.mkdir()
    settings = {**_SETTINGS, "marionette.port": port, "browser.download.dir": str(folder)}
    lines = (f"user_pref({json.dumps(key)}, {json.dumps(value)});" for key, value in settings.items())
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    command = [program, "--headless", "--marionette", "--profile", str(profile), "--no-remote"]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with _connected(port) as line:
            yield Window(line)
    finally:
        running.terminate()
        running.wait(20)


def _connected(port: int) -> socket.socket:
    for _ in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            time.sleep(0.1)
    raise TimeoutError
