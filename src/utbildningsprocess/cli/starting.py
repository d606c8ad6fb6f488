"""How an initiative is begun in a talk, and how the example is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.cli.asking import (
    ask_title,
    existing_to_go_on_with,
    hold,
    hold_start,
    point_at,
)
from utbildningsprocess.cli.output import say
from utbildningsprocess.steps import NEED

if TYPE_CHECKING:
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.work.initiative import Initiative

_WHAT_IT_IS = """\
Det är en påhittad insats, introduktion för nya undersköterskor, genom alla sex stegen:
från behovet till uppföljningen nio månader senare.

Titta på den:
  cd {folder}
  utb visa trygg-start
  utb status
  utb steg analys --alla

Samma insats som svarsfil: {folder}/svar.yaml
Ta bort mappen {folder} när du är klar.
"""


def ask_from_the_start(title: str, face: Face, *, note: str = "", fast: bool = False) -> None:
    """Asks for a title where there is none, begins the initiative, and asks the first stage.

    It begins from an earlier one where there is a note about that.
    """
    title = title or ask_title(face)
    # Loaded while nobody waits for the first question.
    from utbildningsprocess.work.beginning_from import begin_from
    from utbildningsprocess.work.initiative import Initiative
    from utbildningsprocess.work.stages import beginning
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    existing = existing_to_go_on_with(workspace, title, face)
    initiative = Initiative(workspace, existing) if existing else Initiative.start(workspace, title)
    told = begin_from(initiative, note) if note else ""
    if existing is None:
        face.say(beginning(initiative, core_only=fast))
    if told:
        face.say(told)
    if existing is None:
        hold_start(initiative, face)
        face.say()
    hold(initiative, NEED, face, core_only=fast)


def make_example() -> Initiative:
    """The example in a folder of its own, with what it is and how to look at it."""
    from utbildningsprocess.files.roots import here
    from utbildningsprocess.work.starting import EXAMPLE_FOLDER, write_example

    initiative, is_new = write_example(here())
    say("Exemplet är skrivet.\n" if is_new else "Exemplet finns redan och är inte ändrat.\n")
    say(_WHAT_IT_IS.format(folder=EXAMPLE_FOLDER))
    point_at(initiative)
    return initiative
