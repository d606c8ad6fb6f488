"""An initiative that begins from an earlier one: noted in its dossier, and its answers found as drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import BUILDS_ON
from utbildningsprocess.answers.carried import Forerunner
from utbildningsprocess.errors import UtbError, WrongUse
from utbildningsprocess.files.named import noted_dossiers, noted_name
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import Given, given_value
from utbildningsprocess.swedish import joined, same
from utbildningsprocess.work.open_dossier import OpenDossier

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Answer, Answers
    from utbildningsprocess.work.workspace import Workspace

AS_DRAFTS = "svaren som utkast"
"""What is noted after the name of the initiative that another begins from."""
_NO_DRAFTS = "Frågorna ställs utan utkast"


class Beginning(NamedTuple):
    """What an initiative begins from, or in a sentence why that cannot be had; nothing where it does not."""

    forerunner: Forerunner | None = None
    trouble: str = ""


def note_about(workspace: Workspace, earlier: Path) -> str:
    """The note that an initiative begins from an earlier one.

    Raises WrongUse where nobody else would find it, or the organisation asks no question to note it in.
    """
    if workspace.battery.question(BUILDS_ON) is None:
        raise WrongUse(
            f"Era frågor saknar {BUILDS_ON}, där det ska stå. Lägg till den, eller utelämna --fran."
        )
    return f"{noted_name(earlier, workspace.root)}: {AS_DRAFTS}"


def with_note(answers: Answers, note: str) -> dict[str, Answer]:
    """The answers with the note before what was noted earlier: the first note is the one that counts."""
    before = given_value(answers.get(BUILDS_ON))
    lines = before if isinstance(before, tuple) else ()
    return {**answers, BUILDS_ON: Given(lines if note in lines else (note, *map(str, lines)))}


def begin_from(initiative: OpenDossier, note: str) -> str:
    """Notes what an initiative begins from; says in a sentence what of it does not follow, if anything."""
    noted = with_note(initiative.answers, note)[BUILDS_ON]
    if initiative.answers.get(BUILDS_ON) != noted:
        initiative.save({BUILDS_ON: noted})
    earlier = beginning_of(initiative).forerunner
    left = joined(earlier.left_behind()) if earlier else ""
    return f"Följer inte med ur {earlier.quoted}: {left}." if earlier and left else ""


def beginning_of(initiative: OpenDossier) -> Beginning:
    """What an initiative begins from by its note; by the first where there are several."""
    name = _noted(initiative.answers)
    if not name:
        return Beginning()
    present = noted_dossiers(initiative.workspace.root, name, initiative.path)
    if len(present) > 1:
        places = joined(map(shown, present))
        return Beginning(trouble=f"{_NO_DRAFTS}: {name}, som står i {BUILDS_ON}, kan vara {places}.")
    if not present:
        return Beginning(
            trouble=f"{_NO_DRAFTS}: {name}, som står i {BUILDS_ON}, finns inte bland insatserna."
        )
    return _read(initiative.workspace, present[0])


def _noted(answers: Answers) -> str:
    """The file that the note names; empty without a note."""
    lines = given_value(answers.get(BUILDS_ON))
    told = [str(line).rpartition(":") for line in lines] if isinstance(lines, tuple) else []
    return next((name.strip() for name, _, what in told if same(what.rstrip("."), AS_DRAFTS)), "")


def _read(workspace: Workspace, path: Path) -> Beginning:
    try:
        earlier = OpenDossier(workspace, path)
    except UtbError:
        return Beginning(trouble=f"{_NO_DRAFTS}: {shown(path)} går inte att läsa.")
    if earlier.content.structural_problems:
        mend = f"Laga den med: {earlier.mend_command}"
        return Beginning(trouble=f"{_NO_DRAFTS}: {shown(path)} är skadad. {mend}")
    return Beginning(Forerunner(earlier.title, earlier.sheet))


def drafts_in_words(initiative: OpenDossier, interview: Interview) -> str:
    """How many of the questions still to be asked have a draft, or why there are none to be had."""
    earlier = interview.forerunner
    if earlier is None:
        return beginning_of(initiative).trouble
    many = len(interview.with_drafts)
    asked = "en fråga" if many == 1 else f"{many} frågor"
    draft = f"Till {asked} finns ett utkast ur {earlier.quoted}. Inget sparas förrän ni godtar det."
    return draft if many else ""
