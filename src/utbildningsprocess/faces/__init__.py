"""The faces of a conversation, and the choice of one; the only home of questionary and prompt_toolkit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from utbildningsprocess.faces.line import LineFace
from utbildningsprocess.faces.modes import hold_lines
from utbildningsprocess.faces.system_stop import hold_stops
from utbildningsprocess.screen.looks import Plainness, wishes_lines

if TYPE_CHECKING:
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.faces.texts import Editor

_COMMANDS = "Skriv :? när du vill se hur du går tillbaka, hoppar över, får hjälp och sparar."


def choose_face(editor: Editor, *, plain: bool) -> Face:
    """The face for terminals where one can be used and is wanted, else the append-only one.

    `editor` edits a long text: it is given the text, its question, and how to wait for the person.
    """
    # Keys must be readable and the person able to see; a closed stream is None.
    Plainness.wanted = plain
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if plain or wishes_lines() or not all(stream is not None and stream.isatty() for stream in streams):
        return _lines()
    from utbildningsprocess.faces.terminal import TerminalFace
    from utbildningsprocess.faces.toolkit import no_console_errors

    try:
        return TerminalFace(editor)
    except no_console_errors():
        return _lines()


def _lines() -> LineFace:
    """The append-only face; who types is told first how to see what can be typed."""
    hold_stops()
    face = LineFace(sys.stdin, sys.stderr)
    if sys.stdin is not None and sys.stdin.isatty():
        hold_lines()
        face.say(_COMMANDS)
    return face
