"""`utb laga`: what is damaged in a dossier, and the mends that are proposed."""

from __future__ import annotations

from typing import Annotated

from typer import Exit, Option

from utbildningsprocess.cli.asking import face_for, meant_path
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.cli.parameters import MaybeInitiative, Plain
from utbildningsprocess.errors import BROKEN, WrongUse

_Show = Annotated[bool, Option("--visa", help="Visa vad som går att laga, utan att ändra något.")]
_Sure = Annotated[bool, Option("--alla-sakra", help="Laga utan frågor det som inte kan bli fel.")]


def laga(
    initiative: MaybeInitiative = None, *, show: _Show = False, sure: _Sure = False, plain: Plain = False
) -> None:
    """Laga en dossier som är skadad: saknade markörer, konflikter från git, rader i fel ordning och kopior.

    Varje förslag visas innan något ändras. En kopia av filen finns kvar tills allt är klart.
    """
    from utbildningsprocess.cli.mending import mend_with
    from utbildningsprocess.conversation.mending import mend_in_words
    from utbildningsprocess.work.mending import Mending
    from utbildningsprocess.work.workspace import Workspace

    if show and sure:
        raise WrongUse("Ange --visa eller --alla-sakra, inte båda.")
    workspace = Workspace.open()
    mending = Mending(workspace, meant_path(workspace, initiative, plain=plain))
    if show:
        for mend in mending.proposed():
            result("\n".join([*mend_in_words(mending.text, mend), ""]))
    elif sure:
        for line in mending.take_sure():
            say(line)
    elif mending.proposed():
        mend_with(mending, face_for(plain=plain or workspace.settings.plain))
    say(mending.finish())
    if mending.is_damaged:
        raise Exit(BROKEN)
