"""The talk about a damaged file: one mend at a time, shown before it is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.conversation.face import Ask, Back, Choice, Signal, quoted
from utbildningsprocess.conversation.half_typed import NOT_KEPT
from utbildningsprocess.conversation.personal_numbers import ask_guarded
from utbildningsprocess.dossier.mend.model import changes

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.dossier.mend.model import Change, Mend

_ANEW, _PASS, _STOP = "skriv", "hoppa", "sluta"


def mend_one_by_one(
    face: Face, text: Callable[[], str], proposed: Callable[[], list[Mend]], take: Callable[[str], object]
) -> None:
    """Shows each mend that is proposed for the text, and takes the way the person chooses.

    May raise Leave; what has been taken stays.
    """
    passed: set[tuple[str, str]] = set()
    while mend := next((mend for mend in proposed() if _name(mend, text()) not in passed), None):
        face.say()
        for words in mend_in_words(text(), mend):
            face.say(words)
        ways = [Choice(str(number), way.label) for number, way in enumerate(mend.ways)]
        anew = [Choice(_ANEW, "Skriv svaret på nytt")] if mend.anew else []
        options = [*ways, *anew, Choice(_PASS, "Låt det vara"), Choice(_STOP, "Sluta laga")]
        chosen = face.ask_choice(Ask("Vad vill du göra?"), options)
        if chosen == _STOP:
            return
        if chosen == _PASS:
            passed.add(_name(mend, text()))
        elif chosen == _ANEW:
            _write_anew(face, mend, take)
        else:
            take(mend.ways[int(chosen)].text)
            face.saved()


def _name(mend: Mend, text: str) -> tuple[str, str]:
    """What tells a mend from others, also when lines above it have come or gone."""
    return mend.what, text.split("\n")[mend.line - 1]


def _write_anew(face: Face, mend: Mend, take: Callable[[str], object]) -> None:
    """Lets the person write what is to stand there. Going back leaves it as it is; half a text is shown."""

    def check(typed: str) -> str | None:
        try:
            return None if mend.anew is None or mend.anew(typed) else ""
        except Invalid as error:
            return str(error)

    try:
        ask = Ask("Vad ska det stå?", draft=mend.draft, check=check, can_go_back=True)
        typed = ask_guarded(face, ask, mend.draft, long=True)
    except Signal as leaving:
        if leaving.text.strip() not in ("", mend.draft):
            face.say(NOT_KEPT)
            face.say(quoted(leaving.text))
        if isinstance(leaving, Back):
            return
        raise
    if mend.anew:
        take(mend.anew(typed))
        face.saved()


def mend_in_words(text: str, mend: Mend) -> list[str]:
    """What is wrong, and what would stand there instead; of several versions each, and whose it is."""
    told = [f"Rad {mend.line}: {mend.what}"]
    for version in mend.versions:
        told += [f"Så här står det i {version.name}:", quoted(version.text)]
    if not mend.versions:
        told += [_change_in_words(change) for change in changes(text, mend.ways[0].text)]
    return told


def _change_in_words(change: Change) -> str:
    last = change.line + len(change.gone) - 1
    where = f"Rad {change.line}" if len(change.gone) == 1 else f"Rad {change.line}–{last}"
    gone, new = (quoted("\n".join(lines)) for lines in (change.gone, change.new))
    if not change.new:
        return f"{where} tas bort:\n{gone}"
    if not change.gone:
        return f"Före rad {change.line} läggs till:\n{new}"
    return f"{where} är nu:\n{gone}\nDär skulle stå:\n{new}"
