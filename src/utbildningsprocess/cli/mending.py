"""A damaged dossier mended in a conversation, and the offer to do so where a command meets one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import Interrupted

if TYPE_CHECKING:
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.work.initiative import Initiative
    from utbildningsprocess.work.mending import Mending


def mend_with(mending: Mending, face: Face) -> None:
    """Lets a person go through what can be mended. Raises Interrupted when they break off in the middle."""
    from utbildningsprocess.conversation.face import Leave, SaveAndLeave
    from utbildningsprocess.conversation.mending import mend_one_by_one

    def take(text: str) -> None:
        for line in mending.take(text):
            face.say(line)

    try:
        mend_one_by_one(face, lambda: mending.text, mending.proposed, take)
    except SaveAndLeave:
        return
    except Leave:
        raise Interrupted(f"Avbrutet. Det som är lagat är sparat.\n{mending.finish()}") from None


def offer_mending(initiative: Initiative, face: Face) -> None:
    """Offers to mend a damaged dossier before a stage is asked, and reads it again when that is done."""
    if not initiative.content.structural_problems:
        return
    from utbildningsprocess.conversation.face import Ask, Leave
    from utbildningsprocess.work.mending import Mending

    face.say(initiative.damage("innan den kan ändras"))
    try:
        wanted = face.ask_yes_no(Ask("Vill du laga filen nu? Varje förslag visas först."), default=True)
    except Leave:
        raise Interrupted("Avbrutet. Inget har ändrats.") from None
    if wanted:
        mending = Mending(initiative.workspace, initiative.path)
        mend_with(mending, face)
        face.say(mending.finish())
        initiative.reread()
