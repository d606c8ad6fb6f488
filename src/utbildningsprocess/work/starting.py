"""The beginning of an initiative from an answers file, and the example to look at."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.dossier_file import Taken, save
from utbildningsprocess.files.names import namesakes
from utbildningsprocess.files.roots import EXAMPLE_ANSWERS, Root, list_dossiers, question_text
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.settings import Settings
from utbildningsprocess.swedish import clean_line, slug
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.privacy import refuse_in_text, refuse_personal_numbers
from utbildningsprocess.work.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.answers.answers_file import AnswersFile

EXAMPLE_FOLDER = "utb-exempel"
_EXAMPLE_DAY = date(2025, 9, 15)
"""The day the example is told on, where it is done and not all of it is followed up."""
_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_EXAMPLE_SETTINGS = """\
# Inställningar för insatserna i den här mappen.
organisation: Exempelregionen (påhittad)
"""


class Started(NamedTuple):
    """An initiative, and whether it was written now; else it stood there with just the same answers."""

    initiative: Initiative
    is_new: bool


def start_from_answers(
    workspace: Workspace, read: AnswersFile, title: str, name: str, *, consent: bool
) -> Started:
    """Starts an initiative from an answers file called `name`; run twice, the second time changes nothing.

    Raises WrongUse without a title, when an initiative of that name says something else, or when a text holds
    a personal identity number that is not consented to.
    """
    title = title or read.title
    if not title:
        raise WrongUse(f'Titeln saknas. Skriv utb ny "TITEL" --svar {name}, eller titel under initiativ.')
    refuse_in_text(title, "Titeln", consent=consent)
    refuse_personal_numbers(AnswerSheet(workspace.battery, {}), read.answers, consent=consent)
    present = (Initiative(workspace, path) for path in namesakes(workspace.root, title))
    there = next((initiative for initiative in present if not _only_sounds_like(initiative, title)), None)
    if there is None:
        return Started(Initiative.start(workspace, title, read.answers), is_new=True)
    if (there.title, there.answers) != (title, read.answers):
        raise WrongUse(
            f"Insatsen finns redan: {shown(there.path)}. Inget har skrivits. "
            f"Fyll på ett steg i den med: utb steg STEG {there.path.stem} --svar {name}"
        )
    return Started(there, is_new=False)


def _only_sounds_like(initiative: Initiative, title: str) -> bool:
    """Whether it has another title that makes the same file name, as long titles that begin alike do."""
    words, others = (re.findall(r"\w+", clean_line(name).casefold()) for name in (title, initiative.title))
    return words != others and slug(title) == slug(initiative.title)


# -------------------------------------------------------------------- example


def write_example(parent: Path, today: date | None = None) -> Started:
    """The example as told today, in a folder of its own below `parent`; what stands there is not changed."""
    root = Root(parent / EXAMPLE_FOLDER, Settings())
    workspace = Workspace.at(root, today)
    if present := list_dossiers(root):
        return Started(Initiative(workspace, present[0]), is_new=False)
    text = _told_today(question_text(root, EXAMPLE_ANSWERS), workspace.today)
    read = workspace.read_answers(text, EXAMPLE_ANSWERS)
    _save_unless_taken(root, "utb.yaml", _EXAMPLE_SETTINGS)
    _save_unless_taken(root, "svar.yaml", text)
    return Started(Initiative.start(workspace, read.title, read.answers), is_new=True)


def _told_today(text: str, today: date) -> str:
    """The example with its dates moved by whole weeks, so that today is in the week it is told in."""
    weeks = (today - _EXAMPLE_DAY) // timedelta(weeks=1)

    def moved(day: re.Match[str]) -> str:
        return (date.fromisoformat(day[0]) + timedelta(weeks=weeks)).isoformat()

    return _DAY.sub(moved, text)


def _save_unless_taken(root: Root, name: str, text: str) -> None:
    try:
        save(root.folder / name, text, None)
    except Taken:
        return
