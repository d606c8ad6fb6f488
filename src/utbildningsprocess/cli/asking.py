"""Who is asked, about which initiative or what to call a new one, and a stage's talk held to its end."""

from __future__ import annotations

import functools
import gc
import io
import sys
from typing import TYPE_CHECKING

from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.errors import Interrupted, WrongUse
from utbildningsprocess.steps import NEED
from utbildningsprocess.swedish import clean_line

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Stage
    from utbildningsprocess.work.initiative import Initiative
    from utbildningsprocess.work.workspace import Workspace

TITLE_PLACE = "titel"
_NOBODY = (
    "Det finns ingen att fråga: standard in är stängd eller tom. "
    "Kör kommandot i en terminal, eller ange svaren i en fil med --svar FIL."
)
_TITLE_HELP = (
    "Ett namn som ni känner igen insatsen på. Det blir dossierens rubrik och filens namn, och går att ändra."
)


def open_meant(wanted: str | None) -> Initiative:
    """The initiative that is meant, where the working directory is; asks which when there are several."""
    from utbildningsprocess.work.workspace import Workspace

    return meant(Workspace.open(), wanted)


def meant(workspace: Workspace, wanted: str | None, *, plain: bool = False) -> Initiative:
    """The initiative that is meant; asks which when there are several and somebody can answer."""
    from utbildningsprocess.work.initiative import Initiative

    return Initiative(workspace, meant_path(workspace, wanted, plain=plain))


def meant_path(workspace: Workspace, wanted: str | None, *, plain: bool = False) -> Path:
    """The dossier that is meant; asks which when there are several and somebody can answer."""
    from utbildningsprocess.files.roots import Ambiguous

    try:
        return workspace.find(wanted)
    except Ambiguous as several:
        if not is_at_terminal():
            raise
        return _chosen(several.candidates, face_for(plain=plain or workspace.settings.plain))


def is_at_terminal() -> bool:
    """Whether somebody sits at a terminal, and can be asked."""
    return sys.stdin is not None and not sys.stdin.closed and sys.stdin.isatty()


def _chosen(candidates: list[Path], face: Face) -> Path:
    from utbildningsprocess.cli.listing import read_initiatives
    from utbildningsprocess.conversation.face import Ask, Choice, Leave
    from utbildningsprocess.files.many import latest_first
    from utbildningsprocess.work.portfolio.words import told_apart

    seen = read_initiatives()
    listed = {initiative.path: initiative for initiative in seen.portfolio.listed}
    options = [
        Choice(path.name, told_apart(listed[path], seen.today) if path in listed else path.stem, path.stem)
        for path in latest_first(candidates)
    ]
    try:
        name = face.ask_choice(Ask("Vilken insats gäller det?"), options)
    except Leave:
        raise Interrupted("Ingen insats valdes. Inget har ändrats.") from None
    return next(path for path in candidates if path.name == name)


def face_for(*, plain: bool, unless: str = "") -> Face:
    """The face that suits the terminal. WrongUse when there is nobody to ask, that says what to do then."""
    from utbildningsprocess.faces import choose_face
    from utbildningsprocess.files.editor import edited

    if not _somebody_answers():
        raise WrongUse(unless or _NOBODY)
    return choose_face(edited, plain=plain)


def _somebody_answers() -> bool:
    """Whether a terminal is there to type in, or a pipe with something in it."""
    if sys.stdin is None or sys.stdin.closed:
        return False
    if sys.stdin.isatty():
        return True
    waiting = sys.stdin.buffer
    try:
        return isinstance(waiting, io.BufferedReader) and bool(waiting.peek(1))
    except OSError:
        return False


def ask_title(face: Face) -> str:
    """The title a person types. Raises Interrupted when they leave.

    It is a draft while half-typed, but never with a personal number.
    """
    from utbildningsprocess.conversation.face import Ask, Leave
    from utbildningsprocess.conversation.personal_numbers import ask_guarded
    from utbildningsprocess.files.drafts import drop_draft, read_draft, save_draft
    from utbildningsprocess.personal import personal_numbers

    def keep(text: str) -> None:
        if personal_numbers(text):
            drop_draft(None, TITLE_PLACE)
        else:
            save_draft(None, TITLE_PLACE, text)

    draft = read_draft(None, TITLE_PLACE)
    ask = Ask(
        text="Vad ska insatsen heta?",
        help=_TITLE_HELP,
        draft=draft.text if draft else "",
        check=lambda text: None if clean_line(text) else "Skriv en titel. Den går att ändra senare.",
        on_draft=keep,
    )
    try:
        title = clean_line(ask_guarded(face, ask))
    except Leave as leaving:
        keep(leaving.text)
        raise Interrupted("Avbrutet. Ingen insats har skapats.") from None
    drop_draft(None, TITLE_PLACE)
    return title


def existing_to_go_on_with(workspace: Workspace, title: str, face: Face) -> Path | None:
    """The dossier that already has the name, when the person means that one."""
    from utbildningsprocess.conversation.face import Ask, Choice, Leave
    from utbildningsprocess.files.names import namesakes, new_path
    from utbildningsprocess.files.trouble import shown

    present, free = namesakes(workspace.root, title), new_path(workspace.root, title)
    if not present:
        return None
    usual = present[0]
    options = [
        Choice("gamla", f"Fortsätt med den som finns ({usual.name})"),
        Choice("nya", f"Starta en ny ({free.name})"),
    ]
    ask = Ask(f"Det finns redan en insats med det namnet: {shown(usual)}. Vad vill du göra?")
    try:
        return usual if face.ask_choice(ask, options) == "gamla" else None
    except Leave:
        raise Interrupted("Avbrutet. Ingen ny insats har skapats.") from None


# ------------------------------------------------------------------ a stage


def hold_start(initiative: Initiative, face: Face) -> None:
    """Asks what is to be asked when an initiative begins."""
    from utbildningsprocess.conversation.stage import ask_at_start
    from utbildningsprocess.work.stages import left_in_the_middle

    interview = initiative.interview_at_start()
    if interview is None:
        return
    try:
        ask_at_start(interview, face, initiative.store())
    except Interrupted as left:
        raise type(left)(left_in_the_middle(initiative, interview.stage, str(left))) from None


def hold(
    initiative: Initiative, stage_id: str, face: Face, *, everything: bool = False, core_only: bool = False
) -> None:
    """Holds the conversation about a stage, says what came of it, and goes on with the next if they like."""
    going_on: str | None = stage_id
    while going_on is not None:
        stage = _hold_one(initiative, going_on, face, everything=everything, core_only=core_only)
        going_on = _next_stage(initiative, stage, face)
        everything = False
    point_at(initiative)


def _hold_one(
    initiative: Initiative, stage_id: str, face: Face, *, everything: bool, core_only: bool
) -> Stage:
    """Holds the conversation about one stage, and says what came of it."""
    from utbildningsprocess.cli.mending import offer_mending
    from utbildningsprocess.conversation.stage import ask_stage
    from utbildningsprocess.files.drafts import sweep_drafts
    from utbildningsprocess.work.beginning_from import drafts_in_words
    from utbildningsprocess.work.commentary import commentary_for
    from utbildningsprocess.work.stages import introduction, left_in_the_middle, near_by_title

    workspace = initiative.workspace
    offer_mending(initiative, face)
    interview = initiative.interview(stage_id, everything=everything, core_only=core_only)
    initiative.open_stage(stage_id)
    sweep_drafts()
    _leave_what_is_loaded_alone()
    for words in (*introduction(interview), *filter(None, [drafts_in_words(initiative, interview)])):
        face.say(words)
    if stage_id == NEED and interview.remaining and (near := near_by_title(initiative)):
        face.say(near)
    support = commentary_for(initiative, interview.stage, display(workspace.settings))
    try:
        ask_stage(interview, face, initiative.store(), support)
    except Interrupted as left:
        if not _answers_ran_out(interview):
            raise type(left)(left_in_the_middle(initiative, interview.stage, str(left))) from None
    _say_closing(initiative, interview.stage)
    return interview.stage


@functools.cache
def _leave_what_is_loaded_alone() -> None:
    """Keeps the garbage collector from walking all code and data: that took 50-100 ms in mid-word."""
    gc.freeze()


def _next_stage(initiative: Initiative, stage: Stage, face: Face) -> str | None:
    """The next stage, when somebody is there and wants to go on with it; None to end here."""
    from utbildningsprocess.conversation.face import Ask, Signal
    from utbildningsprocess.work.outlook import stage_to_go_on_with

    following = stage_to_go_on_with(initiative.sheet, stage) if sys.stdin.isatty() else None
    if following is None:
        return None
    try:
        goes_on = face.ask_yes_no(Ask(f"Fortsätt med {following.title}?"), default=True)
    except Signal:
        return None
    return following.id if goes_on else None


def _answers_ran_out(interview: Interview) -> bool:
    """Whether it was a pipe that ended, with everything asked."""
    return interview.current is None and not sys.stdin.isatty()


def close(initiative: Initiative, stage: Stage) -> None:
    """Says what was written in a stage, the next step, and where the dossier is."""
    _say_closing(initiative, stage)
    point_at(initiative)


def _say_closing(initiative: Initiative, stage: Stage) -> None:
    from utbildningsprocess.work.stages import closing_words

    say(closing_words(initiative, stage, display(initiative.workspace.settings)))


def point_at(initiative: Initiative) -> None:
    """Says where the dossier is; its path alone is the result."""
    from utbildningsprocess.files.trouble import shown

    say("Dossiern finns här:")
    result(shown(initiative.path))
