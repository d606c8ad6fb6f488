"""`utb ny`: a new initiative. The first question comes before anything heavy is imported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import face_for, meant_path, point_at
from utbildningsprocess.cli.output import display, read_input, say
from utbildningsprocess.cli.parameters import AnswersFrom, Consent, Fast, Plain, only_one
from utbildningsprocess.cli.starting import ask_from_the_start
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import clean_line


def ny(  # noqa: PLR0913  one parameter for each option
    title: Annotated[
        str | None,
        Argument(metavar="TITEL", help="Vad insatsen heter. Utan titel frågar programmet."),
    ] = None,
    *,
    earlier: Annotated[
        str | None,
        Option(
            "--fran",
            metavar="INSATS",
            autocompletion=completion.dossiers,
            help="Börja från en tidigare insats: det som kan gälla igen blir utkast att godta.",
        ),
    ] = None,
    fast: Fast = False,
    answers: AnswersFrom = None,
    plain: Plain = False,
    consent: Consent = False,
) -> None:
    """Starta en insats: ange titel, svara på frågorna i Behov och få en dossier i mappen insatser.

    Varje svar sparas direkt. Avbryt när du vill med Ctrl-C och fortsätt med ”utb steg behov”.
    """
    from utbildningsprocess.work.privacy import refuse_in_text

    if title is not None and not clean_line(title):
        raise WrongUse("Titeln är tom. Skriv vad insatsen heter.")
    refuse_in_text(title or "", "Titeln", consent=consent)
    if answers:
        note = _note_about(earlier, plain=plain)
        _from_file(clean_line(title or ""), only_one(answers), note, consent=consent)
        return
    from utbildningsprocess.files.glance import glance

    face = face_for(plain=plain or glance(Path()).plain)
    note = _note_about(earlier, plain=plain)
    ask_from_the_start(clean_line(title or ""), face, note=note, fast=fast)


def _note_about(earlier: str | None, *, plain: bool) -> str:
    """The note about the initiative that is meant to begin from; asks which when there are several."""
    if earlier is None:
        return ""
    from utbildningsprocess.work.beginning_from import note_about
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    return note_about(workspace, meant_path(workspace, earlier, plain=plain))


def _from_file(title: str, name: str, note: str, *, consent: bool) -> None:
    from utbildningsprocess.work.beginning_from import with_note
    from utbildningsprocess.work.outlook_words import recommendation
    from utbildningsprocess.work.starting import start_from_answers
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    given = read_input(name)
    read = workspace.read_answers(given.text, given.name)
    if note:
        read = replace(read, answers=with_note(read.answers, note))
    initiative, is_new = start_from_answers(workspace, read, title, name, consent=consent)
    for line in read.notes if is_new else ():
        say(line)
    if is_new:
        number = len(read.answers)
        say(f"{'Ett svar' if number == 1 else f'{number} svar'} skrevs i en ny dossier.")
    else:
        say("Insatsen finns redan, med just de svaren. Inget har ändrats.")
    say(recommendation(initiative, display(workspace.settings)))
    point_at(initiative)
