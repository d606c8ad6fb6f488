"""Questions of a stage as a form to send: one HTML file, and what to say beside it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.exports.form_html import form_file
from utbildningsprocess.exports.html import blocks_as_html
from utbildningsprocess.files.inbox import inbox
from utbildningsprocess.files.shipped import form_parts
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.guide.form.definition import Form, definition, questions_for_form
from utbildningsprocess.guide.mail.asking import Asking
from utbildningsprocess.guide.printing import questions_on_paper
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.pages.page import Page

if TYPE_CHECKING:
    from utbildningsprocess.files.roots import Root
    from utbildningsprocess.model import Role, Stage
    from utbildningsprocess.work.open_dossier import OpenDossier

_SENDING = (
    "Skicka filen som bilaga, eller lägg den på intranätet. Be den som svarar att spara ner den och öppna "
    "den i en webbläsare på en dator."
)
_INSTEAD = (
    "En iPhone eller iPad kör inga skript i en fil från Mail eller Filer, mejlfilter stoppar ofta .html och "
    "SharePoint laddar ner filen i stället för att visa den. Skicka frågorna i ett mejl då: {}"
)


class FormSheet(NamedTuple):
    """A form about a stage, and how its answers come back."""

    initiative: OpenDossier
    form: Form

    def as_file(self) -> bytes:
        """The form as one HTML file."""
        return form_bytes(self.form)

    def notes(self, options: str) -> list[str]:
        """Which way to send it, by mail with the same options, and what to do with what comes back."""
        workspace, stage = self.initiative.workspace, self.form.asking.stage
        command = f"utb samtal {stage.id} {self.initiative.typed_name} --format mejl {options}".rstrip()
        return form_notes(workspace.root, command, workspace.step_command(stage, self.initiative.path))


def form_notes(root: Root, mail_command: str, step_command: str) -> list[str]:
    """Which way to send a form, and what to do with the file that comes back."""
    folder = shown(inbox(root))
    read = f"{step_command} --fran {shlex.quote(folder)}"
    return [
        _SENDING,
        _INSTEAD.format(mail_command),
        f"Spara filen som kommer tillbaka i {folder} och läs in den med: {read}",
    ]


def form_bytes(form: Form) -> bytes:
    """A form as one HTML file, with all its questions on paper in it."""
    asking = form.asking
    paper = Page(
        kind="Formulär",
        title=asking.title,
        head=(),
        body=page_blocks(questions_on_paper(form.questions, form.known)),
        made=form.made,
        organisation="",
    )
    return form_file(form_parts(), definition(form), blocks_as_html(paper))


def form_sheet(
    initiative: OpenDossier,
    chosen: Stage,
    role: Role | None,
    *,
    only_open: bool,
    purpose: Purpose = Purpose.ANSWER,
) -> FormSheet:
    """The form with the chosen questions of a stage, or with those of them that wait for an answer.

    Raises Broken when the dossier is damaged, for then nobody knows what is open.
    """
    initiative.refuse_if_damaged("innan det går att skriva ut vad som är öppet")
    workspace = initiative.workspace
    stage = workspace.battery.stage(chosen.id)
    asking = Asking(initiative.title, initiative.identity, stage, initiative.sheet, role)
    questions = questions_for_form(asking, chosen, only_open=only_open)
    return FormSheet(initiative, Form(asking, questions, purpose, workspace.today))
