"""Where words go, and where they come from: results to stdout, everything else to stderr."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from typer import echo

from utbildningsprocess.errors import NOT_UTF_8, Broken
from utbildningsprocess.screen.looks import Plainness, coloured, shows_colours, wishes_lines
from utbildningsprocess.swedish import is_undecoded, visible

if TYPE_CHECKING:
    from typing import TextIO

    from utbildningsprocess.files.roots import Root
    from utbildningsprocess.work.display import Display

STDIN = STDOUT = "-"
"""What a file is called that is read from stdin or written to stdout."""
UNCHANGED = "Filen fanns redan och är likadan."


def result(text: str, *, is_data: bool = False) -> None:
    """Prints what was asked for; nothing in it can steer the terminal. What programs read has no colours."""
    echo(visible(text) if is_data else in_look(text, sys.stdout), color=True)


def save_made_file(root: Root, target: Path, data: bytes, *, replace: bool) -> None:
    """Saves what was made in a file, and says which, and whether it was the same already."""
    from utbildningsprocess.files.made import save_made
    from utbildningsprocess.files.trouble import shown

    if not save_made(target, data, root, replace=replace):
        say(UNCHANGED)
    result(shown(target))


def hand_on(data: bytes) -> None:
    """Prints bytes for another program, just as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def say(text: str = "") -> None:
    """Prints what a person may want to know besides."""
    echo(in_look(text, sys.stderr), err=True, color=True)


def in_look(text: str, stream: TextIO) -> str:
    """The text as it goes there: nothing in it can steer the terminal, and our own words have their look."""
    return coloured(visible(text)) if shows_colours(stream) else visible(text)


class _Wishes(Protocol):
    @property
    def plain(self) -> bool:
        """Whether plain lines are wished for."""


def display(settings: _Wishes) -> Display:
    """How text for people is to be shown in this terminal, with these settings."""
    from utbildningsprocess.work.display import Display

    Plainness.wanted = Plainness.wanted or settings.plain
    return Display(shutil.get_terminal_size().columns, plain=Plainness.wanted or wishes_lines())


class Input(NamedTuple):
    """A text that was read, and what to call its file in a sentence."""

    name: str
    text: str


def read_input_bytes(name: str) -> bytes:
    """The bytes of a file, or of stdin when it is called by a dash. Broken when they cannot be read."""
    if name == STDIN:
        return sys.stdin.buffer.read() if sys.stdin else b""
    from utbildningsprocess.files.dossier_file import read_bytes

    return read_bytes(Path(name), piped=True)


def read_input(name: str) -> Input:
    """The text of a file, or of stdin when it is called by a dash. Broken when it cannot be read as text."""
    if name == STDIN:
        text = sys.stdin.read() if sys.stdin else ""
        if is_undecoded(text):
            raise Broken(f"Texten på standard in {NOT_UTF_8} Gör om den till UTF-8 och kör om kommandot.")
        return Input("standard in", text)
    from utbildningsprocess.files.dossier_file import read_text

    return Input(name, read_text(Path(name), piped=True))
