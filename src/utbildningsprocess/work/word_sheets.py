"""Questions of a stage as a Word file to fill in or print, and what to say beside it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import ORGANISATION
from utbildningsprocess.documents.view import answered
from utbildningsprocess.files.inbox import inbox
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.guide.form.definition import Form
from utbildningsprocess.guide.mail.asking import Asking, title_letters
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.guide.word.sheet import fill_in_page, questions_on_sheet, sheet_text
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.pages.page import Page
from utbildningsprocess.work.page_files import boxes_file
from utbildningsprocess.work.talk_sheets import DAMAGED
from utbildningsprocess.work.workspace import made_date

if TYPE_CHECKING:
    from utbildningsprocess.model import Role, Stage
    from utbildningsprocess.work.open_dossier import OpenDossier


class WordSheet(NamedTuple):
    """A Word file about a stage, and how its answers come back."""

    initiative: OpenDossier
    form: Form

    def as_file(self) -> bytes:
        """The file. Raises WrongUse without python-docx."""
        return word_bytes(self.initiative, self.form)

    def notes(self) -> list[str]:
        """What to do with the file that comes back."""
        workspace, folder = self.initiative.workspace, shown(inbox(self.initiative.workspace.root))
        command = workspace.step_command(self.form.asking.stage, self.initiative.path)
        back = f"{command} --fran {shlex.quote(folder)}"
        return [f"Spara filen som kommer tillbaka i {folder} och läs in den med: {back}"]


def word_bytes(initiative: OpenDossier, form: Form) -> bytes:
    """A form as a Word file. Raises WrongUse without python-docx."""
    asking, workspace = form.asking, initiative.workspace
    page = Page(
        kind="Samtalsguide",
        title=asking.title,
        head=(),
        body=page_blocks(sheet_text(form)),
        made=made_date(workspace.today),
        organisation=answered(asking.sheet, ORGANISATION, workspace.settings.organisation),
    )
    return boxes_file(workspace, fill_in_page(form, page))


def word_sheet(  # noqa: PLR0913  what of it is wanted, and for what
    initiative: OpenDossier,
    chosen: Stage,
    role: Role | None,
    *,
    only_open: bool,
    purpose: Purpose = Purpose.ANSWER,
    despite_damage: bool = False,
) -> WordSheet:
    """The Word file with the chosen questions of a stage, or with those of them that wait for an answer.

    Raises Broken when the dossier is damaged and not to be used despite that.
    """
    if not despite_damage:
        initiative.refuse_if_damaged("innan det går att skriva ut vad som är öppet")
    workspace = initiative.workspace
    stage = workspace.battery.stage(chosen.id)
    damaged = DAMAGED if initiative.content.structural_problems else ""
    identity = initiative.identity or title_letters(initiative.title)
    asking = Asking(f"{initiative.title}{damaged}", identity, stage, initiative.sheet_with_damage, role)
    questions = questions_on_sheet(asking, chosen, only_open=only_open)
    return WordSheet(initiative, Form(asking, questions, purpose, workspace.today))
