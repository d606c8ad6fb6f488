"""`utb samtal`: a stage's open questions as a page for a conversation, and the way back from the page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess import dossier
from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.formats import STDOUT, meant_format
from utbildningsprocess.cli.output import UNCHANGED, result, say
from utbildningsprocess.cli.privacy import refuse_personal_numbers
from utbildningsprocess.cli.session import Session
from utbildningsprocess.cli.steg import close
from utbildningsprocess.cli.workspace import meant_dossier, open_workspace
from utbildningsprocess.errors import Broken, WrongUse, listed
from utbildningsprocess.files import read_dossier, read_text, save_made, template_bytes, template_shown
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.guide import filled_in, form, guide, open_questions, parse_role
from utbildningsprocess.steps import parse_step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.guide import Filled
    from utbildningsprocess.model import AnswerSheet, Problem, Role, Stage


PAPER = "docx"
FORMATS = ("md", PAPER)
NOT_TEXT = {".docx": "Word-fil", ".doc": "Word-fil", ".odt": "ODF-fil", ".pdf": "PDF-fil"}
"""What somebody may have filled in that is no text file, by its ending."""


def print_guide(  # noqa: PLR0913  what the command takes
    step: str, initiative: str | None, who: str | None, *, wanted: str | None, out: str | None, replace: bool
) -> None:
    """Prints the open questions of a stage, those a named role can answer; or saves them in a file."""
    is_shown = out == STDOUT or not (wanted or out)
    wanted = meant_format(wanted, out, FORMATS)
    if out == STDOUT and wanted == PAPER:
        raise WrongUse("En Word-fil går inte att skriva på standard ut. Ange en fil med -o.")
    role = parse_role(who) if who is not None else None
    stage_id = parse_step(step)
    workspace = open_workspace()
    stage = workspace.battery.stage(stage_id)
    path = meant_dossier(workspace, initiative)
    content = dossier.read(read_dossier(path).text, workspace.battery)
    command = workspace.step_command(stage, path)
    title = content.title or path.stem
    about = (title, stage, content.sheet)
    text = guide(*about, who=role, command=f"{command} --fran FIL")
    if is_shown or not open_questions(content.sheet, stage, role):
        result(text)
    else:
        on_paper = form(*about, who=role, command=command) if wanted == PAPER else ""
        data = _as_docx(workspace, title, on_paper) if wanted == PAPER else f"{text}\n".encode()
        target = Path(out or f"samtal-{stage.id}-{path.stem}.{wanted}")
        if not save_made(target, data, workspace.root, replace=replace):
            say(UNCHANGED)
        result(shown(target))
    for line in _lines(shown(path), content.structural_problems):
        say(line)
    if role:
        _tell_of_others(content.sheet, stage, role)


def _as_docx(workspace: Workspace, title: str, text: str) -> bytes:
    """The guide as a Word file to write in by hand."""
    from utbildningsprocess.documents.compose import FOOT
    from utbildningsprocess.documents.kinds import BASE
    from utbildningsprocess.exports.docx_file import to_docx
    from utbildningsprocess.markdown import page
    from utbildningsprocess.pages.page import Page

    root = workspace.root
    shown_page = Page(
        kind="Samtalsguide",
        title=title,
        head=(),
        body=page(text),
        foot=FOOT,
        organisation=root.settings.organisation,
    )
    return to_docx(shown_page, template_bytes(root, BASE), template_shown(root, BASE))


def _tell_of_others(sheet: AnswerSheet, stage: Stage, role: Role) -> None:
    """Says how many questions wait for somebody else."""
    left = len(open_questions(sheet, stage)) - len(open_questions(sheet, stage, role))
    if left:
        many = "En annan fråga väntar" if left == 1 else f"{left} andra frågor väntar"
        say(f"{many} på svar i {stage.title}. Utan --vem visas alla.")


def read_back(step: str, initiative: str | None, name: str, *, consent: bool) -> None:
    """Takes what a filled-in page answers; a dash means standard in. What cannot be taken is listed."""
    stage_id = parse_step(step)
    workspace = open_workspace()
    stage = workspace.battery.stage(stage_id)
    path = meant_dossier(workspace, initiative)
    session = Session(workspace, path, stage.id)
    again = f"{PROGRAM} samtal {stage.id} {workspace.name(path)}"
    if what := NOT_TEXT.get(Path(name).suffix.lower()):
        raise WrongUse(
            f"{name} är en {what}, och den går inte att läsa in. Skriv svaren med "
            f"”{workspace.step_command(stage, path)}”, eller fyll i en textfil, som du får med: "
            f"{again} -o guide.md"
        )
    name, text = _page(name)
    filled = filled_in(text, stage, session.sheet)
    _refuse_what_is_no_page(filled, name, stage, again)
    for line in _lines(name, filled.problems):
        say(line)
    refuse_personal_numbers(workspace.battery, filled.answers, session.answers, consent=consent)
    session.open_stage()
    if filled.answers:
        session.save_all(filled.answers)
    close(workspace, session, stage)


def _refuse_what_is_no_page(filled: Filled, name: str, stage: Stage, again: str) -> None:
    if filled.structural_problems:
        raise Broken(listed(_lines(name, filled.structural_problems)))
    if not filled.has_questions:
        raise WrongUse(
            f"{name} har inga frågor i {stage.title} att läsa svar från. Inget har ändrats. "
            f"En guide att fylla i får du med: {again}"
        )


def _page(name: str) -> tuple[str, str]:
    """What to call the page, and its text."""
    if name == "-":
        return "standard in", sys.stdin.read() if sys.stdin else ""
    return name, read_text(Path(name))


def _lines(name: str, problems: Iterable[Problem]) -> list[str]:
    return [f"{name}:{problem.line}: {problem.text}" for problem in problems]
