"""`utb ny`: a new initiative. The first question comes before anything heavy is imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.cli.privacy import refuse_in_text, refuse_personal_numbers
from utbildningsprocess.cli.workspace import face_for
from utbildningsprocess.errors import Interrupted, WrongUse
from utbildningsprocess.steps import STEP_IDS
from utbildningsprocess.swedish import clean_line, slug

if TYPE_CHECKING:
    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.model import Answers

TITLE_PLACE = "titel"
_HELP = (
    "Ett namn som ni känner igen insatsen på. Det blir dossierens rubrik och filens namn, och går att ändra."
)


def start(title: str | None, answers: str | None, *, fast: bool, plain: bool, consent: bool) -> None:
    """Starts an initiative and asks its first stage, or fills all of it from a file."""
    if title is not None and not clean_line(title):
        raise WrongUse("Titeln är tom. Skriv vad insatsen heter.")
    refuse_in_text(title or "", "Titeln", consent=consent)
    if answers:
        _from_file(clean_line(title or ""), answers, consent=consent)
        return
    from utbildningsprocess.files.glance import glance

    face = face_for(plain=plain or glance(Path.cwd()).plain)
    _ask_everything(clean_line(title) if title else _ask_title(face), face, fast=fast)


def _ask_title(face: Face) -> str:
    from utbildningsprocess.conversation.face import Ask, Leave
    from utbildningsprocess.conversation.personal_numbers import ask_guarded
    from utbildningsprocess.files import drop_draft, read_draft, save_draft

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


def _ask_everything(title: str, face: Face, *, fast: bool) -> None:
    from utbildningsprocess.cli.session import Session
    from utbildningsprocess.cli.steg import hold
    from utbildningsprocess.cli.workspace import open_workspace, today
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.interview import Interview

    workspace = open_workspace()
    path = _existing_to_go_on_with(workspace, title, face)
    if path is None:
        path = create(workspace, title)
        say(f"Dossiern är skapad: {shown(path)}\n")
    stage = workspace.battery.stage(STEP_IDS[0])
    session = Session(workspace, path, stage.id)
    interview = Interview(stage, session.sheet, core_only=fast, today=today())
    hold(workspace, session, interview, face)


def _existing_to_go_on_with(workspace: Workspace, title: str, face: Face) -> Path | None:
    """The dossier that already has the name, when the person means that one."""
    from utbildningsprocess.conversation.face import Ask, Choice, Leave
    from utbildningsprocess.files import new_path
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


def create(workspace: Workspace, title: str, answers: Answers | None = None) -> Path:
    """Writes a new dossier, with answers when there are any; gives its path."""
    from utbildningsprocess.files import new_path, save

    path = new_path(workspace.root, title)
    save(path, _text(workspace, title, answers or {}), None, workspace.root.folder)
    return path


def _text(workspace: Workspace, title: str, answers: Answers) -> str:
    from utbildningsprocess.documents.dossier import new_dossier
    from utbildningsprocess.dossier import open_stage, with_answer
    from utbildningsprocess.files import template_text
    from utbildningsprocess.model import AnswerSheet

    battery = workspace.battery
    text = new_dossier(template_text(workspace.root, "dossier.md.j2"), title, battery)
    for stage in battery.stages:
        given = [question for question in stage.questions if question.qid in answers]
        if given:
            text = open_stage(text, AnswerSheet(battery, answers), stage.id)
        for question in given:
            text = with_answer(text, battery, question.qid, answers[question.qid])
    return text


def _from_file(title: str, name: str, *, consent: bool) -> None:
    from utbildningsprocess.cli.status import recommendation
    from utbildningsprocess.cli.steg import answers_in
    from utbildningsprocess.cli.workspace import open_workspace
    from utbildningsprocess.files import new_path
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.model import AnswerSheet

    workspace = open_workspace()
    read = answers_in(name, workspace)
    title = title or read.title
    if not title:
        raise WrongUse(
            f'Titeln saknas. Skriv {PROGRAM} ny "TITEL" --svar {name}, eller titel under initiativ.'
        )
    refuse_in_text(title, "Titeln", consent=consent)
    refuse_personal_numbers(workspace.battery, read.answers, {}, consent=consent)
    path = workspace.root.dossiers / f"{slug(title)}.md"
    if new_path(workspace.root, title) == path:
        create(workspace, title, read.answers)
        number = len(read.answers)
        say(f"{'Ett svar' if number == 1 else f'{number} svar'} skrevs i en ny dossier.")
    elif _says(workspace, path, title, read.answers):
        say("Insatsen finns redan, med just de svaren. Inget har ändrats.")
    else:
        raise WrongUse(
            f"Insatsen finns redan: {shown(path)}. Inget har skrivits. "
            f"Fyll på ett steg i den med: {PROGRAM} steg STEG {path.stem} --svar {name}"
        )
    say(recommendation(workspace, path, AnswerSheet(workspace.battery, read.answers)))
    say("Dossiern finns här:")
    result(shown(path))


def _says(workspace: Workspace, path: Path, title: str, answers: Answers) -> bool:
    """Whether a dossier has the title and just the answers; a command run twice has then done its work."""
    from utbildningsprocess.dossier import read
    from utbildningsprocess.files import read_dossier

    there = read(read_dossier(path).text, workspace.battery)
    return (there.title, there.answers) == (title, answers)
