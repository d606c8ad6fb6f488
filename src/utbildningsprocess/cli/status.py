"""`utb status`: where an initiative stands, what is open, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Exit, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant_path, open_meant
from utbildningsprocess.cli.clone_hint import tell_of_clone
from utbildningsprocess.cli.formats import STATUSES, known_format
from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.cli.parameters import MaybeInitiative
from utbildningsprocess.errors import BROKEN, Broken, WrongUse

if TYPE_CHECKING:
    from pathlib import Path


def status(
    initiative: MaybeInitiative = None,
    *,
    thread: Annotated[
        bool, Option("--trad", help="Visa den röda tråden: mål, aktiviteter, mått och resultat.")
    ] = False,
    form: Annotated[
        str,
        Option(
            "--format",
            metavar="FORMAT",
            autocompletion=completion.formats(STATUSES),
            help="text eller md. Som md blir det en kort sida för varje insats, för den som beslutar.",
        ),
    ] = STATUSES[0],
) -> None:
    """Se hur långt varje steg har kommit, vad som är öppet och vad som är nästa steg, med skälet.

    Finns det flera insatser och ingen anges visas alla, som med utb lista.
    """
    if known_format(form, STATUSES) == "md":
        _show_pages(initiative, thread=thread)
        return
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


def _show_pages(initiative: str | None, *, thread: bool) -> None:
    """A page for each initiative, or the one that is meant; says which cannot be read."""
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.open_dossier import OpenDossier
    from utbildningsprocess.work.outlook_words import status_as_markdown
    from utbildningsprocess.work.workspace import Workspace

    if thread:
        raise WrongUse("--trad visas bara som text. Ta bort --format.")
    workspace = Workspace.open()
    paths = [meant_path(workspace, initiative)] if initiative else _most_urgent_first()
    if not paths:
        say(f"Det finns ingen insats i {shown(workspace.root.dossiers)}.")
    pages, troubles = [], []
    for path in paths:
        try:
            pages.append(status_as_markdown(OpenDossier(workspace, path)))
        except Broken as error:
            troubles.append(f"Fel: {error}")
    if pages:
        result("\n\n".join(pages), is_data=True)
    for trouble in troubles:
        say(trouble)
    if troubles:
        raise Exit(BROKEN)


def _most_urgent_first() -> list[Path]:
    """The initiatives in the order of a list, and last those that cannot be read."""
    from utbildningsprocess.cli.listing import read_initiatives
    from utbildningsprocess.work.portfolio.choosing import Wanted, chosen

    seen = read_initiatives()
    listed = chosen(seen.portfolio.listed, Wanted(), seen.today)
    return [*(known.path for known in listed), *(file.path for file in seen.portfolio.unreadable)]


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
