"""`utb arkivera`: a finished initiative put away, where lessons still find it; and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Option

from utbildningsprocess.cli.asking import face_for, meant
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.cli.parameters import MaybeInitiative, Plain
from utbildningsprocess.errors import WrongUse

if TYPE_CHECKING:
    from utbildningsprocess.work.initiative import Initiative

_Back = Annotated[bool, Option("--tillbaka", help="Ta tillbaka insatsen ur arkivet.")]
_Sure = Annotated[bool, Option("--ja", help="Arkivera utan att fråga, också en insats som inte är avslutad.")]


def arkivera(
    initiative: MaybeInitiative = None, *, back: _Back = False, sure: _Sure = False, plain: Plain = False
) -> None:
    """Lägg en avslutad insats i mappen arkiv. Lärdomarna hittas ändå, och namnet ges aldrig till en annan.

    Filen flyttas och inget i den ändras. Gjorda dokument ligger kvar där de är.
    """
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.archiving import has_ended, is_put_away, put_away, taken_back
    from utbildningsprocess.work.workspace import Workspace

    if back and initiative is None:
        raise WrongUse("Skriv vilken insats som ska tillbaka: utb arkivera INSATS --tillbaka")
    workspace = Workspace.open()
    opened = meant(workspace, initiative, plain=plain)
    if not (back or sure or is_put_away(opened) or has_ended(opened)) and not _is_wanted(opened, plain=plain):
        say("Insatsen är inte arkiverad. Inget har ändrats.")
        return
    path, sentence = taken_back(opened) if back else put_away(opened)
    say(sentence)
    result(shown(path))


def _is_wanted(initiative: Initiative, *, plain: bool) -> bool:
    """Whether somebody wants to put away one that goes on. WrongUse when there is nobody to ask."""
    from utbildningsprocess.conversation.face import Ask, Leave

    going_on = f"”{initiative.title}” är inte avslutad."
    how = f"{going_on} Lägg till --ja för att arkivera den ändå."
    face = face_for(plain=plain or initiative.workspace.settings.plain, unless=how)
    try:
        return face.ask_yes_no(Ask(f"{going_on} Arkivera den ändå?"), default=False)
    except Leave:
        return False
