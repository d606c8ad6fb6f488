"""The look of words in a terminal: what a colour means, and which words of ours carry it.

There are three colours beside the terminal's own, chosen because they can be read on light and dark alike,
and each stands with a sign or a word that says the same. What must be read keeps the terminal's own colour.
"""

from __future__ import annotations

import os
import re
import sys
from enum import Enum
from typing import TYPE_CHECKING

from utbildningsprocess.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

WIDEST_LINE = 90
"""Columns: the eye loses its place in longer lines."""
DONE, CURRENT = "✓", "❯"
"""The signs of what is answered, and of what the cursor is at."""
EDGE, CORNER = "│", "└"
"""The line beside what is asked now, and its end."""


class Look(Enum):
    """What words are, with the name of the colour they have and how a terminal is told of it."""

    QUESTION = ("bold", "1")
    """What is asked, and headings. It is bold and never coloured: bold makes many colours unreadable."""
    HERE = ("ansicyan", "36")
    """Where you are and what is done: signs and lines, no words."""
    ADVICE = ("ansibrightmagenta", "95")
    """What somebody ought to think of, and may leave."""
    ERROR = ("ansibrightred", "91")
    """What has to be done otherwise."""

    @property
    def style(self) -> str:
        """The look as prompt_toolkit names it."""
        return f"fg:{self.value[0]}" if self.value[0].startswith("ansi") else self.value[0]

    @property
    def rich(self) -> str:
        """The look as rich names it."""
        return re.sub("^ansi(bright)?", lambda match: "bright_" if match[1] else "", self.value[0])


_WISHES = ("UTB_ACCESSIBLE", "ACCESSIBLE")
_NO = ("", "0", "false", "no", "nej")
_LOOKS: Mapping[str, Look] = {
    "error": Look.ERROR,
    "advice": Look.ADVICE,
    "here": Look.HERE,
    "question": Look.QUESTION,
}
_WORDS = re.compile(
    r"(?P<error>^Fel:|^ *\[röd\])"
    r"|(?P<advice>^ *\[gul\]|^Råd:)"
    rf"|(?P<here>^ *{DONE}|^ *{CURRENT}|^ *[█▒·]+$)"
    # A heading stands by itself above what it heads: no mark at its beginning, no full stop at its end.
    r"|(?P<question>(?:(?<=\n\n)|\A)[^\s\-\[|>#].*(?<![.?!…])(?=\n+[ \-])"
    rf"|^(?:{'|'.join(step.name for step in STEPS)})$|^Nästa steg:.*|^Steg  .*)",
    re.MULTILINE,
)


def coloured(text: str) -> str:
    """The text with the look of what its words say they are: errors, advice, bars, headings."""
    return _WORDS.sub(lambda match: looking(match[0], _LOOKS[match.lastgroup or ""]), text)


def looking(words: str, look: Look) -> str:
    """Words with a look, and the terminal's own look after them."""
    return f"\x1b[{look.value[1]}m{words}\x1b[0m"


def wishes_lines() -> bool:
    """Whether plain lines are wished for, or all that the terminal can show."""
    wished = any(os.environ.get(name, "").casefold() not in _NO for name in _WISHES)
    unable = ("dumb", "unknown") if os.name == "nt" else ("dumb", "unknown", "")
    return wished or os.environ.get("TERM", "").casefold() in unable


class Plainness:
    """Remembers that somebody has asked for plain lines, in a setting or with a flag."""

    wanted = False


def shows_colours(stream: TextIO) -> bool:
    """Whether words that go there are to have colours: not when somebody wants none, nor in a file."""
    if os.environ.get("NO_COLOR") or Plainness.wanted or wishes_lines():
        return False
    if not (os.environ.get("FORCE_COLOR") or stream.isatty()):
        return False
    if sys.platform == "win32":
        from colorama import just_fix_windows_console

        just_fix_windows_console()
    return True
