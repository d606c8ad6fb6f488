"""`utb ord`: a word of the process or the program, looked up."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.output import display, result


def ord_(
    word: Annotated[
        str | None,
        Argument(
            metavar="ORD",
            autocompletion=completion.words,
            help="Ordet som ska slås upp. Utan ord visas alla.",
        ),
    ] = None,
) -> None:
    """Slå upp ett ord i ordlistan, till exempel glapp, lärpar eller COM-B."""
    from utbildningsprocess.work.glossary import listed_words, looked_up
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    shown_in = display(workspace.settings)
    result(looked_up(workspace, word, shown_in) if word else listed_words(shown_in))
