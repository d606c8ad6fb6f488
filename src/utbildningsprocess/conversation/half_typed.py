"""Half-typed texts that no draft can keep: told of early, and shown before the person leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import Ask, Choice, Signal, quoted
from utbildningsprocess.errors import UtbError

if TYPE_CHECKING:
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.conversation.saving import Store
    from utbildningsprocess.conversation.talk import Talk

WAITS = "Ett halvfärdigt svar väntar till nästa gång."
NOT_KEPT = "Den halvskrivna texten går inte att spara till nästa gång. Här är den:"
_PROOF = "prov"
_FILE, _LEAVE = "fil", "sluta"
_WAYS = [Choice(_FILE, "Spara texten i en fil"), Choice(_LEAVE, "Sluta, texten står ovanför")]


def warn_of_drafts(face: Face, store: Store) -> None:
    """Says it when half-typed texts cannot be kept, while there is still time to do something about it."""
    store.draft_write(_PROOF, _PROOF)
    is_kept = store.draft_read(_PROOF) == _PROOF
    store.draft_drop(_PROOF)
    if not is_kept:
        place = store.draft_place or "mappen för utkast"
        face.say(
            f"Obs: halvskrivna texter kan inte sparas, för det går inte att skriva i {place}. "
            "Svar sparas som vanligt. Gör mappen skrivbar, eller ange en annan med UTB_STATE_DIR."
        )


def part_from_half_typed(talk: Talk) -> str:
    """What waits for the next time, in a sentence; what could not be kept is shown first."""
    kept = False
    for place, text in talk.half_typed.items():
        if talk.store.draft_read(place) == text:
            kept = True
        else:
            _show(talk, text)
    return WAITS if kept else ""


def _show(talk: Talk, text: str) -> None:
    """Shows a text, and saves it in a file if the person wants."""
    try:
        talk.face.say(NOT_KEPT)
        talk.face.say(quoted(text))
        while talk.store.save_text and talk.face.ask_choice(Ask("Vad vill du göra?"), _WAYS) == _FILE:
            name = talk.face.ask_text(Ask("Vad ska filen heta?", draft="halvskriven-text.txt"))
            try:
                talk.face.say(f"Texten är sparad i {talk.store.save_text(name, text)}.")
            except UtbError as trouble:
                talk.face.say(str(trouble))
            else:
                return
    except (Signal, OSError):
        # They leave all the same, or the terminal is gone.
        return
