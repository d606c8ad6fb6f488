"""The command line: parse, call, say. The only place that says what came of it and ends the program."""

from __future__ import annotations

import errno
import gc
import io
import os
import sys
from typing import TYPE_CHECKING

from utbildningsprocess.errors import BROKEN, INTERRUPTED, OK, TO_COPY, Interrupted, UtbError
from utbildningsprocess.screen.looks import WIDEST_LINE, Plainness, coloured, shows_colours
from utbildningsprocess.swedish import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPLETE = "_UTB_COMPLETE"
NARROWEST = 20
_OBJECTS_BETWEEN_SWEEPS = 20_000
"""Nearly all that is made is needed to the end: to look for what is not, as often as is usual, takes time."""


def main(args: Sequence[str] | None = None) -> int:
    """Runs one command; gives the exit code."""
    _prepare_streams()
    gc.set_threshold(_OBJECTS_BETWEEN_SWEEPS)
    Plainness.wanted = False
    try:
        code = _run(list(sys.argv[1:] if args is None else args))
        sys.stdout.flush()
    except UtbError as error:
        _complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        _write("\nAvbrutet. Det som redan var sparat finns kvar.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has stopped listening; the flush at exit must not complain either.
        sys.stdout = io.StringIO()
        return OK
    except OSError as error:
        # Files have sentences of their own; what is left is the result itself.
        if error.errno != errno.ENOSPC:
            raise
        sys.stdout = io.StringIO()
        _write("Fel: Disken är full: resultatet kunde inte skrivas ut.")
        return BROKEN
    return code


def _run(args: list[str]) -> int:
    from utbildningsprocess.cli.app import command
    from utbildningsprocess.cli.chrome import execute

    if instruction := os.environ.get(COMPLETE):
        from utbildningsprocess.cli.completion import answer_shell

        return answer_shell(command(), instruction)
    return execute(command(), args)


def _complain(error: UtbError) -> None:
    text = str(error)
    has_lines = "\n" in text.replace(TO_COPY, "")
    _write(_folded(text if isinstance(error, Interrupted) or has_lines else f"Fel: {text}"))


def _folded(text: str) -> str:
    """The text broken between words for a person's terminal; as it is where it goes elsewhere.

    What is to be copied stays in one line, which the terminal breaks without dividing what is copied.
    """
    if not sys.stderr.isatty():
        return text
    import shutil
    import textwrap

    width = max(NARROWEST, min(WIDEST_LINE, shutil.get_terminal_size().columns - 1))
    before, mark, to_copy = text.partition(TO_COPY)
    lines = [
        textwrap.fill(line, width, break_on_hyphens=False, break_long_words=False)
        for line in before.split("\n")
    ]
    return "\n".join(lines) + mark + to_copy


def _write(text: str) -> None:
    try:
        text = visible(text)
        sys.stderr.write(f"{coloured(text) if shows_colours(sys.stderr) else text}\n")
        sys.stderr.flush()
    except OSError:
        # The terminal is gone; what is left unsaid must not change the exit code.
        sys.stderr = io.StringIO()


def _prepare_streams() -> None:
    """UTF-8 whatever the system's code page says; what cannot be shown or read is replaced, not fatal."""
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream, errors in ((sys.stdin, "surrogateescape"), (sys.stdout, "replace"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal knows its own encoding.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors=errors)
