"""`utb status`: where an initiative stands, what is open, and what to do next."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from utbildningsprocess.cli.asking import open_meant
from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.cli.parameters import MaybeInitiative


def status(
    initiative: MaybeInitiative = None,
    *,
    thread: Annotated[
        bool, Option("--trad", help="Visa den röda tråden: mål, aktiviteter, mått och resultat.")
    ] = False,
) -> None:
    """Se hur långt varje steg har kommit, vad som är öppet och vad som är nästa steg, med skälet."""
    from utbildningsprocess.work.copies import copy_notes
    from utbildningsprocess.work.outlook_words import status_in_words, thread_in_words

    opened = open_meant(initiative)
    for line in copy_notes(opened.workspace, opened.path):
        say(line)
    in_words = thread_in_words if thread else status_in_words
    result(in_words(opened, display(opened.workspace.settings)))
