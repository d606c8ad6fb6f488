"""Makes session.svg, the picture in the README: a real session, typed on a pseudo-terminal.

Run it with a Python that has utb and its test extra installed: `python docs/bilder/session.py`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from html import escape
from itertools import groupby
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, NamedTuple

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

PICTURE = Path(__file__).with_name("session.svg")
COLUMNS, ROWS = 84, 40
CHAR, LINE, MARGIN, BAR = 8.4, 19.0, 16.0, 34.0
DONE = "\x13"
COMMAND = "$ utb ny"
SESSION: Sequence[tuple[str, str]] = (
    ("Vad ska insatsen heta?", "Trygg start för nya undersköterskor\r"),
    ("Vilken organisation", "Region Exempel, medicinkliniken\r"),
    ("Vilken roll leder arbetet?", "Lärstrateg\r"),
    ("3 av 3", "larande@region.example\r"),
    ("Vem/vilka vill göra", "Vårdenhetscheferna på fyra avdelningar." + DONE),
    (
        "Varför vill ni göra",
        "Av 62 undersköterskor som började förra året slutade 17. Man lämnas ensam för ti",
    ),
)
"""What is waited for, and what is then typed; the last text is left half-written."""

BACKGROUND, FOREGROUND = "#16181d", "#d7dae0"
COLOURS = {
    "black": "#5c6370",
    "red": "#f07178",
    "green": "#9fd38a",
    "brown": "#e8c37a",
    "blue": "#82b1ff",
    "magenta": "#d3a4f0",
    "cyan": "#7fd5dc",
    "white": "#d7dae0",
    "brightblack": "#8b93a1",
    "brightred": "#ff8f95",
    "brightgreen": "#b7e5a5",
    "brightbrown": "#f5d796",
    "brightblue": "#a5c8ff",
    "brightmagenta": "#e4c2f7",
    "brightcyan": "#a2e6eb",
    "brightwhite": "#ffffff",
}


class Style(NamedTuple):
    """How a character looks."""

    colour: str
    ground: str
    bold: bool


class Screen(pyte.Screen):
    """A screen that answers when it is asked where the cursor is."""

    def __init__(self, columns: int, lines: int, answer: Callable[[str], object]) -> None:
        super().__init__(columns, lines)
        self.answer = answer

    def write_process_input(self, data: str) -> None:
        """Called by pyte with the answer."""
        self.answer(data)


class Terminal:
    """A program on a pseudo-terminal, and what its screen shows."""

    def __init__(self, program: str, arguments: list[str], folder: Path) -> None:
        variables = {name: value for name, value in os.environ.items() if not name.startswith("UTB_")}
        variables |= {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "UTB_STATE_DIR": str(folder / "state"),
        }
        self.child = pexpect.spawn(
            program, arguments, cwd=str(folder), env=variables, dimensions=(ROWS, COLUMNS), encoding="utf-8"
        )
        self.screen = Screen(COLUMNS, ROWS, self.child.send)
        self.stream = pyte.Stream(self.screen)

    def read(self, seconds: float) -> None:
        """Shows what comes during a while."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                self.stream.feed(self.child.read_nonblocking(65_536, timeout=0.05))
            except pexpect.TIMEOUT:
                continue

    def wait_for(self, text: str) -> None:
        """Shows what comes until the text is on the screen."""
        for _ in range(200):
            if any(text in line for line in self.screen.display):
                return
            self.read(0.1)
        raise SystemExit(f"waited for {text!r} and saw:\n" + "\n".join(self.screen.display))


def session() -> pyte.Screen:
    """The screen at the end of the session."""
    program = which("utb", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    with tempfile.TemporaryDirectory() as folder:
        terminal = Terminal(program or "utb", ["ny"], Path(folder))
        terminal.stream.feed(f"{COMMAND}\r\n")
        for wanted, keys in SESSION:
            terminal.wait_for(wanted)
            terminal.read(0.3)
            terminal.child.send(keys)
        terminal.read(1.0)
        terminal.child.close(force=True)
    return terminal.screen


def svg(screen: pyte.Screen) -> str:
    """The screen as a picture; what it says is also its description."""
    lines = [line.rstrip() for line in screen.display]
    used = max(number for number, line in enumerate(lines) if line) + 1
    width, height = COLUMNS * CHAR + 2 * MARGIN, BAR + used * LINE + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"',
        '  aria-labelledby="title text" font-size="14"',
        "  font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\">",
        '<title id="title">En session med utb i terminalen</title>',
        f'<desc id="text">{escape(chr(10).join(lines[:used]))}</desc>',
        f'<rect width="{width:g}" height="{height:g}" rx="8" fill="{BACKGROUND}"/>',
        *(f'<circle cx="{MARGIN + 6 + 18 * n:g}" cy="17" r="5" fill="#4b515c"/>' for n in range(3)),
        *(part for row in range(used) for part in runs(screen, row)),
        cursor(screen),
        "</svg>\n",
    ]
    return "\n".join(filter(None, parts))


def runs(screen: pyte.Screen, row: int) -> Iterator[str]:
    """One line of the screen, in pieces that look alike."""
    place = 0
    line = [screen.buffer[row][column] for column in range(COLUMNS)]
    for look, group in groupby(line, key=style):
        text = "".join(char.data for char in group)
        x, y = MARGIN + place * CHAR, BAR + row * LINE
        if look.ground != BACKGROUND:
            size = f'width="{len(text) * CHAR:g}" height="{LINE:g}"'
            yield f'<rect x="{x:g}" y="{y:g}" {size} fill="{look.ground}"/>'
        if bare := text.strip():
            x += (len(text) - len(text.lstrip())) * CHAR
            weight = ' font-weight="bold"' if look.bold else ""
            yield (
                f'<text x="{x:g}" y="{y + 14:g}" textLength="{len(bare) * CHAR:g}" xml:space="preserve"'
                f' fill="{look.colour}"{weight}>{escape(bare)}</text>'
            )
        place += len(text)


def style(char: pyte.screens.Char) -> Style:
    """The look of a character, reverse video resolved."""
    colour, ground = named(char.fg, FOREGROUND), named(char.bg, BACKGROUND)
    return Style(ground, colour, char.bold) if char.reverse else Style(colour, ground, char.bold)


def named(colour: str, default: str) -> str:
    """A colour as SVG writes it."""
    return default if colour == "default" else COLOURS.get(colour, f"#{colour}")


def cursor(screen: pyte.Screen) -> str:
    """Where the next character goes."""
    x, y = MARGIN + screen.cursor.x * CHAR, BAR + screen.cursor.y * LINE
    return f'<rect x="{x:g}" y="{y + 1:g}" width="2" height="{LINE - 2:g}" fill="{FOREGROUND}"/>'


if __name__ == "__main__":
    PICTURE.write_text(svg(session()), encoding="utf-8")
