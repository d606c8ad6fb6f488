"""`utb init`: a folder prepared for a team that shares it in git, after it is shown and somebody says yes."""

from __future__ import annotations

import shutil
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from utbildningsprocess.cli.output import result, say
from utbildningsprocess.cli.parameters import Plain
from utbildningsprocess.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.work.preparing import Forge, Preparation

_Folder = Annotated[
    str | None,
    Argument(metavar="MAPP", help="Mappen som ska delas, annars den du står i. En mapp som inte finns görs."),
]
_Clone = Annotated[bool, Option("--klon", help="Ställ bara in git i den här klonen. Inga filer ändras.")]
_Sure = Annotated[bool, Option("--ja", help="Skriv utan att fråga.")]
_Workflow = Annotated[
    str | None,
    Option(
        "--ci", metavar="SERVER", help="Skriv också en kontroll av varje ändring, för GitHub eller GitLab."
    ),
]
_HOW = (
    "Inget har skrivits. Kör kommandot i en terminal, eller lägg till --ja för att skriva det som står ovan."
)
_NO_FORGE = "nej"


def init(
    folder: _Folder = None,
    *,
    only_clone: _Clone = False,
    workflow: _Workflow = None,
    sure: _Sure = False,
    plain: Plain = False,
) -> None:
    """Förbered en mapp som ni delar i git. Visar först vad som ska skrivas, och frågar.

    Det som redan står i filerna ändras inte, och inget läggs in i git åt dig.
    Den som hämtar mappen sedan kör utb init --klon.
    """
    from utbildningsprocess.work.preparing import forge_meant, planned_in_words, preparation

    forge = forge_meant(workflow) if workflow else None
    if forge and only_clone:
        raise WrongUse("--klon ändrar inga filer, men --ci skriver en. Kör dem var för sig.")
    plan = preparation(folder, only_clone=only_clone)
    if forge:
        plan = plan.with_workflow(forge)
    for line in planned_in_words(plan):
        _tell(line)
    if not plan.is_needed:
        say("Inget behöver skrivas. Inget har ändrats.")
        return
    if sure:
        _write(plan)
        return
    from utbildningsprocess.cli.asking import face_for
    from utbildningsprocess.files.glance import glance

    face = face_for(plain=plain or glance(plan.folder.home).plain, unless=_HOW)
    if not _is_wanted(face):
        say("Inget har skrivits.")
        return
    wanted = _forge_wanted(plan, face) if forge is None and not only_clone else None
    _write(plan.with_workflow(wanted) if wanted else plan)


def _tell(line: str) -> None:
    """Says a line, broken between words and never in one; what stands in from the edge is left as it is."""
    from utbildningsprocess.work.display import Display

    width = Display(shutil.get_terminal_size().columns).width
    wrapped = fill(line, width, break_long_words=False, break_on_hyphens=False)
    say(line if line.startswith(" ") else wrapped)


def _is_wanted(face: Face) -> bool:
    from utbildningsprocess.conversation.face import Ask, Leave

    try:
        return face.ask_yes_no(Ask("Vill du skriva det här?"), default=True)
    except Leave:
        return False


def _forge_wanted(plan: Preparation, face: Face) -> Forge | None:
    """The forge whose workflow is wanted, where one could be written; none unless somebody says so."""
    from utbildningsprocess.conversation.face import Ask, Choice, Leave

    forges = {forge.value: forge for forge in plan.forges}
    if not forges:
        return None
    options = [
        Choice(_NO_FORGE, "Nej"),
        *(Choice(name, f"Ja, skriv {forge.place}") for name, forge in forges.items()),
    ]
    try:
        name = face.ask_choice(
            Ask("Ska GitHub eller GitLab granska varje ändring som föreslås?"), options, _NO_FORGE
        )
    except Leave:
        return None
    return forges.get(name)


def _write(plan: Preparation) -> None:
    """Writes it, and says what a person does next."""
    from utbildningsprocess.files.git_program import PREPARE_CLONE
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.preparing import commands_to_share

    written: list[Path] = []
    for path in plan.carry_out():
        written.append(path)
        result(shown(path))
    for path in written:
        if path in plan.workflows:
            _tell(
                f"Läs igenom {shown(path)} och ändra det som är annorlunda hos er, som varifrån utb hämtas."
            )
    if plan.settings:
        say("Klonen är inställd.")
    if commands := commands_to_share(plan, written):
        say("Lägg in det i git:")
        for command in commands:
            say(f"  {command}")
        say(f"Den som hämtar mappen kör sedan, en gång: {PREPARE_CLONE}")
