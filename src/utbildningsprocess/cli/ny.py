"""`utb ny`: a new initiative. The first question comes before anything heavy is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument

from utbildningsprocess.cli.asking import (
    ask_title,
    existing_to_go_on_with,
    face_for,
    hold,
    hold_start,
    point_at,
)
from utbildningsprocess.cli.output import display, read_input, say
from utbildningsprocess.cli.parameters import AnswersFrom, Consent, Fast, Plain, only_one
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.steps import NEED
from utbildningsprocess.swedish import clean_line

if TYPE_CHECKING:
    from utbildningsprocess.conversation.face import Face


def ny(
    title: Annotated[
        str | None,
        Argument(metavar="TITEL", help="Vad insatsen heter. Utan titel frågar programmet."),
    ] = None,
    *,
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
        _from_file(clean_line(title or ""), only_one(answers), consent=consent)
        return
    from utbildningsprocess.files.glance import glance

    face = face_for(plain=plain or glance(Path()).plain)
    _ask_stage(clean_line(title) if title else ask_title(face), face, fast=fast)


def _ask_stage(title: str, face: Face, *, fast: bool) -> None:
    from utbildningsprocess.work.initiative import Initiative
    from utbildningsprocess.work.stages import beginning
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    existing = existing_to_go_on_with(workspace, title, face)
    initiative = Initiative(workspace, existing) if existing else Initiative.start(workspace, title)
    if existing is None:
        face.say(beginning(initiative, core_only=fast))
        hold_start(initiative, face)
        face.say()
    hold(initiative, NEED, face, core_only=fast)


def _from_file(title: str, name: str, *, consent: bool) -> None:
    from utbildningsprocess.work.outlook_words import recommendation
    from utbildningsprocess.work.starting import start_from_answers
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    given = read_input(name)
    read = workspace.read_answers(given.text, given.name)
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
