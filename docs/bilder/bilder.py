"""Makes the pictures of `docs/utseende.md` and of the README: real sessions, typed on a pseudo-terminal.

Run it with a Python that has utb and its test extra installed: `python docs/bilder/bilder.py [NAME …]`.
A picture follows the reader's wish for a light or a dark page.
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

HERE = Path(__file__).parent
CHAR, LINE, MARGIN, BAR = 8.4, 19.0, 16.0, 34.0
ROWS, WIDE, NARROW = 34, 100, 40
PROGRAM = which("utb", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])) or "utb"
DONE, MAP, ENTER = "\x13", "\x0c", "\r"


class Moment(NamedTuple):
    """A moment of a session: the command, what is waited for and then typed, and what it shows."""

    name: str
    command: str
    says: str
    """What the picture is of, for those who cannot see it."""
    steps: Sequence[tuple[str, str]] = ()
    columns: int = WIDE
    rows: int = ROWS
    in_example: bool = True
    """Whether it is typed in the folder of the example."""


BEGINNING = (
    ("Vad ska insatsen heta?", "Trygg start för nya undersköterskor\r"),
    ("Vilken organisation", "Region Exempel, medicinkliniken\r"),
    ("Vilken roll leder arbetet?", "Lärstrateg\r"),
    ("Vart vänder man sig", "larande@region.example\r"),
)
NEED = (
    *BEGINNING,
    ("Vem/vilka vill göra", "Vårdenhetscheferna på fyra avdelningar." + DONE),
    (
        "Varför vill ni göra",
        "Av 62 undersköterskor som började förra året slutade 17. Man lämnas ensam för ti",
    ),
)


def on_map(*places: str, first: str = "av 1") -> tuple[tuple[str, str], ...]:
    """To the question of that number by way of the map, once the first question is seen."""
    return ((first, MAP), *(("Vilken fråga", place) for place in places))


MOMENTS = (
    Moment(
        "start",
        "ny",
        "utb ny frågar vad insatsen ska heta",
        (("Vad ska insatsen heta?", "Trygg st"),),
        in_example=False,
    ),
    Moment(
        "text",
        "ny",
        "En fråga om Behov med ett svagt och ett starkt exempel under det tomma fältet",
        NEED[:-2],
        in_example=False,
    ),
    Moment(
        "session", "ny", "utb ny har sparat de första svaren och ställer nästa fråga", NEED, in_example=False
    ),
    Moment("val", "steg analys --alla", "Ett val: siffra, pilar eller Enter", on_map("5")),
    Moment("kryss", "steg analys --alla", "Flera val kryssas med siffra eller blanksteg", on_map("4")),
    Moment("pastaenden", "steg analys --alla", "Alla påståenden på en sida", on_map("10")),
    Moment("rad", "steg behov --alla", "En rad på en skärm", (*on_map("10"), ("Vad vill du göra?", "1"))),
    Moment(
        "rader",
        "steg analys --alla",
        "De färdiga raderna och vad som går att göra med dem",
        on_map("1" + ENTER),
    ),
    Moment("karta", "steg analys --alla", "Kartan: alla frågor i steget", on_map()),
    Moment("status", "status", "utb status visar stegen, datumen och nästa steg", rows=40),
    Moment("diagnos", "diagnos", "utb diagnos visar orsakerna med staplar", rows=90),
    Moment("granska", "granska", "utb granska visar ett gult fynd"),
    Moment("fel", "steg analyz", "Ett felstavat steg får ett förslag"),
    Moment("smal-text", "ny", "En fråga i 40 kolumner", NEED[:-1], NARROW, 24, in_example=False),
    Moment(
        "smal-rad",
        "steg behov --alla",
        "En rad i 40 kolumner",
        (*on_map("10"), ("Vad vill du göra?", "1")),
        NARROW,
        24,
    ),
    Moment(
        "smal-pastaenden",
        "steg analys --alla",
        "Påståenden i 40 kolumner",
        on_map("10", first="Vad vill du"),
        NARROW,
        24,
    ),
    Moment("smal-status", "status", "utb status i 40 kolumner", (), NARROW, 40),
    Moment("enkel-start", "ny --enkel", "Enkelt läge: frågor som rader", BEGINNING, in_example=False),
    Moment(
        "enkel-val",
        "steg analys --alla --enkel",
        "Enkelt läge: ett val med nummer",
        (("av 1", ":k\r"), ("Till steget Uppf", "5\r")),
    ),
    Moment(
        "enkel-pastaenden",
        "steg analys --alla --enkel",
        "Enkelt läge: ett påstående i taget",
        (("av 1", ":k\r"), ("Till steget Uppf", "10\r")),
    ),
    Moment("enkel-karta", "steg analys --alla --enkel", "Enkelt läge: kartan i ord", (("av 1", ":k\r"),)),
)

INK = {"default": "f", "cyan": "c", "brightmagenta": "m", "brightred": "r"}
"""The colours that utb uses, each with its class in a picture."""
STYLES = """<style>
.g{fill:#fbfbfa}.f{fill:#24272e}.c{fill:#0a7a85}.m{fill:#a3178f}.r{fill:#c22d2d}.d{fill:#c9ccd1}
@media (prefers-color-scheme:dark){
.g{fill:#16181d}.f{fill:#d7dae0}.c{fill:#7fd5dc}.m{fill:#e4a2ee}.r{fill:#ff8f95}.d{fill:#4b515c}}
</style>"""


class Style(NamedTuple):
    """How a character looks."""

    ink: str
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

    def __init__(self, arguments: list[str], folder: Path, moment: Moment) -> None:
        variables = {name: value for name, value in os.environ.items() if not name.startswith("UTB_")}
        variables |= {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "UTB_STATE_DIR": str(folder / "state"),
        }
        self.child = pexpect.spawn(
            PROGRAM,
            arguments,
            cwd=str(folder),
            env=variables,
            dimensions=(moment.rows, moment.columns),
            encoding="utf-8",
        )
        self.screen = Screen(moment.columns, moment.rows, self.child.send)
        self.stream = pyte.Stream(self.screen)

    def read(self, seconds: float) -> None:
        """Shows what comes during a while."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                self.stream.feed(self.child.read_nonblocking(65_536, timeout=0.05))
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return

    def wait_for(self, text: str) -> None:
        """Shows what comes until the text is on the screen."""
        for _ in range(200):
            if any(text in line for line in self.screen.display):
                return
            self.read(0.1)
        raise SystemExit(f"waited for {text!r} and saw:\n" + "\n".join(self.screen.display))


def after(moment: Moment) -> pyte.Screen:
    """The screen at the moment."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        if moment.in_example:
            pexpect.run(f"{PROGRAM} exempel", cwd=folder)
            place /= "utb-exempel"
        terminal = Terminal(moment.command.split(), place, moment)
        terminal.stream.feed(f"$ utb {moment.command}\r\n")
        for wanted, keys in moment.steps:
            terminal.wait_for(wanted)
            terminal.read(0.7)
            terminal.child.send(keys)
        terminal.read(2.5)
        terminal.child.close(force=True)
    return terminal.screen


def svg(screen: pyte.Screen, says: str) -> str:
    """The screen as a picture; what it says is also its description."""
    lines = [line.rstrip() for line in screen.display]
    used = max(number for number, line in enumerate(lines) if line) + 1
    width, height = screen.columns * CHAR + 2 * MARGIN, BAR + used * LINE + MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" role="img"',
        '  aria-labelledby="title text" font-size="14"',
        "  font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\">",
        f'<title id="title">{escape(says)}</title>',
        f'<desc id="text">{escape(chr(10).join(lines[:used]))}</desc>',
        STYLES,
        f'<rect class="g" width="{width:g}" height="{height:g}" rx="8"/>',
        *(f'<circle class="d" cx="{MARGIN + 6 + 18 * n:g}" cy="17" r="5"/>' for n in range(3)),
        *(part for row in range(used) for part in runs(screen, row)),
        cursor(screen),
        "</svg>\n",
    ]
    return "\n".join(filter(None, parts))


def runs(screen: pyte.Screen, row: int) -> Iterator[str]:
    """One line of the screen, in pieces that look alike."""
    place = 0
    line = [screen.buffer[row][column] for column in range(screen.columns)]
    for look, group in groupby(line, key=lambda char: Style(INK[char.fg], char.bold)):
        text = "".join(char.data for char in group)
        if bare := text.strip():
            x = MARGIN + (place + len(text) - len(text.lstrip())) * CHAR
            weight = ' font-weight="bold"' if look.bold else ""
            yield (
                f'<text class="{look.ink}" x="{x:g}" y="{BAR + row * LINE + 14:g}"'
                f' textLength="{len(bare) * CHAR:g}" xml:space="preserve"{weight}>{escape(bare)}</text>'
            )
        place += len(text)


def cursor(screen: pyte.Screen) -> str:
    """Where the next character goes."""
    x, y = MARGIN + screen.cursor.x * CHAR, BAR + screen.cursor.y * LINE
    return f'<rect class="f" x="{x:g}" y="{y + 1:g}" width="2" height="{LINE - 2:g}"/>'


def main(names: Sequence[str]) -> None:
    """Makes the pictures of those names, or all."""
    for moment in MOMENTS:
        if not names or moment.name in names:
            (HERE / f"{moment.name}.svg").write_text(svg(after(moment), moment.says), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
