"""`utb status`: where an initiative stands, what is open, and what to do next."""

from __future__ import annotations

from typing import Annotated

from typer import Exit, Option

from utbildningsprocess.cli.asking import open_meant
from utbildningsprocess.cli.clone_hint import tell_of_clone
from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.cli.parameters import MaybeInitiative
from utbildningsprocess.errors import BROKEN


def status(
    initiative: MaybeInitiative = None,
    *,
    thread: Annotated[
        bool, Option("--trad", help="Visa den röda tråden: mål, aktiviteter, mått och resultat.")
    ] = False,
) -> None:
    """Se hur långt varje steg har kommit, vad som är öppet och vad som är nästa steg, med skälet.

    Finns det flera insatser och ingen anges visas alla, som med utb lista.
    """
    if initiative is not None or thread or not _lists_several():
        _show_status(initiative, thread=thread)
    tell_of_clone()


def _show_status(initiative: str | None, *, thread: bool) -> None:
    from utbildningsprocess.work.copies import copy_notes
    from utbildningsprocess.work.outlook_words import status_in_words, thread_in_words

    opened = open_meant(initiative)
    for line in copy_notes(opened.workspace, opened.path):
        say(line)
    in_words = thread_in_words if thread else status_in_words
    result(in_words(opened, display(opened.workspace.settings)))


def _lists_several() -> bool:
    """Shows the initiatives where there are several; False where there is one, or none."""
    from pathlib import Path

    from utbildningsprocess.cli.listing import read_initiatives, show_initiatives
    from utbildningsprocess.files.glance import glance
    from utbildningsprocess.work.portfolio.choosing import Wanted, chosen

    if len(glance(Path()).names()) < 2:  # noqa: PLR2004  several
        return False
    seen = read_initiatives()
    listed = chosen(seen.portfolio.listed, Wanted(), seen.today)
    if len(listed) + len(seen.portfolio.unreadable) < 2:  # noqa: PLR2004  several
        return False
    show_initiatives(seen, listed)
    if seen.portfolio.unreadable:
        raise Exit(BROKEN)
    return True
