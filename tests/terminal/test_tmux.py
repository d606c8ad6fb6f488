"""All of Behov typed through a real tmux with its default settings, which takes Ctrl-B for itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

pytestmark = [
    pytest.mark.experiment,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]
SOURCE = Path(__file__).parents[2] / "src"
COLUMNS, ROWS, PATIENCE, PAUSE = 90, 40, 40.0, 0.3
SAVE, ENTER, SHIFT_TAB, CTRL_L, CTRL_G, F1, F2, F3 = (
    "\x13",
    "\r",
    "\x1b[Z",
    "\x0c",
    "\x07",
    "\x1bOP",
    "\x1bOQ",
    "\x1bOR",
)
REVIEW = "Så här ser svaren ut."


class Tmux:
    """A session of tmux with a client on a pty: keys go through tmux, as a person's do."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "tmux"
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        more = {"TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(SOURCE)}
        program = f"{sys.executable} -m utbildningsprocess ny; sleep 60"
        size = ["-x", str(COLUMNS), "-y", str(ROWS)]
        self.client = pexpect.spawn(
            "tmux",
            ["-S", str(self.socket), "-f", "/dev/null", "new-session", *size, program],
            cwd=str(folder),
            env=kept | more | {"UTB_STATE_DIR": str(folder / "state")},
            dimensions=(ROWS, COLUMNS),
        )

    def call(self, *words: str) -> str:
        """What tmux answers to a command."""
        words = ("tmux", "-S", str(self.socket), *words)
        return subprocess.run(words, check=True, capture_output=True, text=True).stdout

    def shown(self) -> str:
        """The pane from the last question on."""
        while self.client.expect([r".+", pexpect.TIMEOUT], timeout=0.05) == 0:
            continue
        return self.call("capture-pane", "-p").rstrip()

    def wait_for(self, pattern: str, besides: str = "") -> str:
        """Waits until the pane shows something, and something else than before."""
        deadline = time.monotonic() + PATIENCE
        while not re.search(pattern, shown := self.shown()) or shown == besides:
            assert time.monotonic() < deadline, f"never saw {pattern!r} in:\n{shown}"
        return shown

    def send(self, keys: str) -> None:
        """Types keys, as long after the last ones as a person does."""
        time.sleep(PAUSE)
        self.client.send(keys)


@pytest.fixture
def tmux(tmp_path):
    session = Tmux(tmp_path)
    yield session
    session.call("kill-server")


def answer_to(asked: str, save: str) -> str:
    """Keys that answer what the pane asks, as its hint of keys says."""
    hint = asked.splitlines()[-1]
    if "Lämna tomt" in asked.rpartition("│ >")[0][-200:]:
        return ENTER
    if "Ctrl-S klar" in hint:
        return f"Vi ser det i vardagen.{save}"
    if "kryssar" in hint:
        return f"1{ENTER}"
    if "väljer" in hint or "J/N" in hint:
        return "1" if "väljer" in hint else "n"
    question = asked.rpartition("│ >")[0].splitlines()[-1]
    return f"1 juni 2027{ENTER}" if re.search("När|datum|senast", question) else f"12{ENTER}"


@pytest.mark.parametrize(
    ("help_key", "map_key", "save"), [(F1, F3, F2), (CTRL_G, CTRL_L, SAVE)], ids=["function", "control"]
)
def test_behov_is_typed_with_back_map_and_help_and_no_ctrl_b(tmux, tmp_path, help_key, map_key, save):
    asked = tmux.wait_for("Vad ska insatsen heta")
    tmux.send(f"Trygg start{ENTER}")
    has_been_back = has_seen_map = has_read_help = False
    while REVIEW not in asked:
        asked = tmux.wait_for(rf"(?m)^└ |{REVIEW}", besides=asked)
        if "Fråga 2 av 13, Behov" in asked and not has_been_back:
            tmux.send(SHIFT_TAB)
            asked = tmux.wait_for("Fråga 1 av 13, Behov")
            assert "Ctrl-B" not in asked
            has_been_back = True
            tmux.send(save)
        elif "Fråga 3 av 13, Behov" in asked and not has_seen_map:
            tmux.send(map_key)
            asked = tmux.wait_for("Vilken fråga vill ni till")
            has_seen_map = True
            tmux.send(SHIFT_TAB)
        elif "Fråga 4 av 13, Behov" in asked and not has_read_help:
            tmux.send(help_key)
            asked = tmux.wait_for("Tangenter:")
            has_read_help = True
            tmux.send(answer_to(asked, save))
        elif REVIEW not in asked:
            tmux.send(answer_to(asked, save))
    assert has_been_back
    assert has_seen_map
    assert has_read_help
    (dossier,) = (tmp_path / "insatser").glob("*.md")
    assert dossier.read_text("utf-8").count("Vi ser det i vardagen.") > 5
