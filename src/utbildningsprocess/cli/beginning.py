"""What is asked before an initiative begins: its title, and whether one of that name is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import Interrupted
from utbildningsprocess.swedish import clean_line, slug

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.work.workspace import Workspace

TITLE_PLACE = "titel"
_HELP = (
    "Ett namn som ni känner igen insatsen på. Det blir dossierens rubrik och filens namn, och går att ändra."
)


def ask_title(face: Face) -> str:
    """The title a person types, kept as a draft while half-typed. Raises Interrupted when they leave."""
    from utbildningsprocess.conversation.face import Ask, Leave
    from utbildningsprocess.conversation.personal_numbers import ask_guarded
    from utbildningsprocess.files.drafts import drop_draft, read_draft, save_draft

    draft = read_draft(None, TITLE_PLACE)
    ask = Ask(
        text="Vad ska insatsen heta?",
        help=_HELP,
        draft=draft.text if draft else "",
        check=lambda text: None if clean_line(text) else "Skriv en titel. Den går att ändra senare.",
        on_draft=lambda text: save_draft(None, TITLE_PLACE, text),
    )
    try:
        title = clean_line(ask_guarded(face, ask))
    except Leave as leaving:
        save_draft(None, TITLE_PLACE, leaving.text)
        raise Interrupted("Avbrutet. Ingen insats har skapats.") from None
    drop_draft(None, TITLE_PLACE)
    return title


def existing_to_go_on_with(workspace: Workspace, title: str, face: Face) -> Path | None:
    """The dossier that already has the name, when the person means that one."""
    from utbildningsprocess.conversation.face import Ask, Choice, Leave
    from utbildningsprocess.files.roots import new_path
    from utbildningsprocess.files.trouble import shown

    usual, free = workspace.root.dossiers / f"{slug(title)}.md", new_path(workspace.root, title)
    if usual == free:
        return None
    options = [
        Choice("gamla", f"Fortsätt med den som finns ({usual.name})"),
        Choice("nya", f"Starta en ny ({free.name})"),
    ]
    ask = Ask(f"Det finns redan en insats med det namnet: {shown(usual)}. Vad vill du göra?")
    try:
        return usual if face.ask_choice(ask, options) == "gamla" else None
    except Leave:
        raise Interrupted("Avbrutet. Ingen ny insats har skapats.") from None
