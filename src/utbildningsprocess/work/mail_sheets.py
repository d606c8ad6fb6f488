"""Questions of a stage as a mail to paste, and what to say beside it."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.files.inbox import inbox
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.guide.mail.asking import Asking, mail_of
from utbildningsprocess.guide.page import nothing_open
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from utbildningsprocess.files.roots import Root
    from utbildningsprocess.guide.mail.asking import MadeMail
    from utbildningsprocess.model import Role, Stage
    from utbildningsprocess.work.open_dossier import OpenDossier


class MailSheet(NamedTuple):
    """A mail about a stage, and how its answers come back."""

    initiative: OpenDossier
    stage: Stage
    role: Role | None
    made: MadeMail

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to ask by mail."""
        return not self.made.sent.questions

    @property
    def text(self) -> str:
        """The mail; when there is nothing to ask, a sentence."""
        if self.is_empty and not self.made.left_out:
            return nothing_open(self.stage, self.role, self.initiative.workspace.battery)
        if self.is_empty:
            return f"Ingen av frågorna i {self.stage.title} går att ställa i ett mejl."
        return self.made.sent.text

    def notes(self) -> list[str]:
        """What has no room in a mail, and what to do with the reply."""
        names = joined(f"”{question.text}”" for question in self.made.left_out)
        left = f"Det här går inte att svara på i ett mejl, för svaren är rader: {names}" if names else ""
        workspace = self.initiative.workspace
        command = workspace.step_command(self.stage, self.initiative.path)
        return [*filter(None, [left, "" if self.is_empty else reply_note(workspace.root, command)])]


def reply_note(root: Root, step_command: str) -> str:
    """What to do with the reply to a mail."""
    folder = shown(inbox(root))
    return f"Spara svaret i {folder} och läs in det med: {step_command} --fran {shlex.quote(folder)}"


def mail_sheet(
    initiative: OpenDossier,
    chosen: Stage,
    role: Role | None,
    *,
    only_open: bool,
    purpose: Purpose = Purpose.ANSWER,
) -> MailSheet:
    """The mail with the chosen questions of a stage, or with those of them that wait for an answer.

    Who is to answer without hearing others is told nothing of what the dossier says.

    Raises Broken when the dossier is damaged, for then nobody knows what is open.
    """
    initiative.refuse_if_damaged("innan det går att skriva ut vad som är öppet")
    stage = initiative.workspace.battery.stage(chosen.id)
    sheet = initiative.sheet if purpose is Purpose.ANSWER else AnswerSheet(initiative.workspace.battery, {})
    asking = Asking(initiative.title, initiative.identity, stage, sheet, role)
    made = mail_of(asking, chosen, only_open=only_open, purpose=purpose)
    return MailSheet(initiative, stage, role, made)
