"""`utb steg`: one stage, asked or taken from an answers file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.cli.privacy import refuse_personal_numbers
from utbildningsprocess.cli.session import Session
from utbildningsprocess.cli.status import recommendation
from utbildningsprocess.cli.support import support_for
from utbildningsprocess.cli.workspace import face_for, meant_dossier, open_workspace, today
from utbildningsprocess.errors import Interrupted, WrongUse
from utbildningsprocess.files import read_text, sweep, sweep_drafts
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.interview import Interview
from utbildningsprocess.steps import parse_step

if TYPE_CHECKING:
    from utbildningsprocess.answers.answers_file import AnswersFile
    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.model import Answers, Stage


def ask_step(step: str, initiative: str | None, *, everything: bool, plain: bool, fast: bool) -> None:
    """Asks a stage of an initiative."""
    stage_id = parse_step(step)
    workspace = open_workspace()
    stage = workspace.battery.stage(stage_id)
    path = meant_dossier(workspace, initiative, plain=plain)
    face = face_for(plain=plain or workspace.root.settings.plain)
    session = Session(workspace, path, stage.id)
    interview = Interview(stage, session.sheet, everything=everything, core_only=fast, today=today())
    hold(workspace, session, interview, face)


# -------------------------------------------------------------------- asking


def hold(workspace: Workspace, session: Session, interview: Interview, face: Face) -> None:
    """Holds the conversation about a stage, and says what came of it."""
    from utbildningsprocess.conversation.stage import ask_stage

    session.open_stage()
    sweep(session.path.parent)
    sweep_drafts()
    introduce(interview, face)
    try:
        ask_stage(interview, face, session.store(), support_for(workspace, interview.stage))
    except Interrupted as left:
        if not _answers_ran_out(interview):
            again = workspace.step_command(interview.stage, session.path)
            raise Interrupted(f"{left}\nDossiern: {shown(session.path)}\nFortsätt med: {again}") from None
    close(workspace, session, interview.stage)


def _answers_ran_out(interview: Interview) -> bool:
    """Whether it was a pipe that ended, with everything asked."""
    return interview.current is None and not sys.stdin.isatty()


def introduce(interview: Interview, face: Face) -> None:
    """What the stage is for, and how much it asks."""
    stage = interview.stage
    face.say(f"{stage.title}\n{stage.purpose}")
    number, total = interview.remaining, interview.progress.total
    if not number:
        face.say(f"Alla {total} frågor är besvarade. Här är svaren.")
    elif number == total:
        face.say("En fråga." if total == 1 else f"{total} frågor.")
    else:
        face.say(f"{number} av {total} frågor är kvar.")


def close(workspace: Workspace, session: Session, stage: Stage) -> None:
    """What was written where, the next step, and the path."""
    number = len(session.written)
    if number:
        many = "Ett svar" if number == 1 else f"{number} svar"
        say(f"\n{many} skrevs i avsnittet {stage.title}.")
    else:
        say(f"\nInget ändrades i avsnittet {stage.title}.")
    say(recommendation(workspace, session.path, session.sheet))
    say("Dossiern finns här:")
    result(shown(session.path))


# -------------------------------------------------------- from an answers file


def fill_step(step: str, initiative: str | None, name: str, *, consent: bool) -> None:
    """Takes the answers of one stage from a file; the same file a second time changes nothing."""
    stage_id = parse_step(step)
    workspace = open_workspace()
    stage = workspace.battery.stage(stage_id)
    session = Session(workspace, meant_dossier(workspace, initiative), stage.id)
    read = answers_in(name, workspace, session.answers)
    given = {qid: answer for qid, answer in read.answers.items() if qid.startswith(f"{stage.id}.")}
    if not given:
        raise WrongUse(f"{name} har inga svar i {stage.title}. Inget har ändrats.")
    before = session.answers
    new = {qid: answer for qid, answer in given.items() if before.get(qid) != answer}
    refuse_personal_numbers(workspace.battery, new, before, consent=consent)
    session.open_stage()
    if new:
        session.save_all(new)
    close(workspace, session, stage)


def answers_in(name: str, workspace: Workspace, existing: Answers | None = None) -> AnswersFile:
    """What an answers file gives; a dash means standard in. WrongUse lists every error in it."""
    if name == "-":
        text, name = sys.stdin.read() if sys.stdin else "", "standard in"
    else:
        text = read_text(Path(name))
    return read_answers_file(text, name, workspace.battery, today(), existing)
