"""What was promised and is due, as questions to those who promised it, and what they answer."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.dossier.document import title_line
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.inbox import inbox
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.guide.mail.asking import title_letters
from utbildningsprocess.guide.mail.key import key_in
from utbildningsprocess.guide.mail.reply import reply
from utbildningsprocess.guide.page import Agenda
from utbildningsprocess.guide.printing import paper_section
from utbildningsprocess.guide.promise_answers import with_promises_told
from utbildningsprocess.guide.promise_questions import (
    PromiseFile,
    asked_in,
    promise_mail,
    promise_mail_answered,
    promise_stage,
)
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.plan.promises import every_promise, untold_promises
from utbildningsprocess.steps import FOLLOW_UP, PROMISES
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from utbildningsprocess.guide.mail.key import Key
    from utbildningsprocess.guide.mail.letter import Received
    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.plan.promises import Promise
    from utbildningsprocess.work.open_dossier import OpenDossier


class PromiseSheet(NamedTuple):
    """What is due in an initiative until a day and nobody has answered, perhaps of one role alone."""

    initiative: OpenDossier
    until: date
    role: str
    due: tuple[Promise, ...]
    """All of it, whoever promised it."""

    @property
    def asked(self) -> tuple[Promise, ...]:
        """What is asked about."""
        return tuple(promise for promise in self.due if promise.is_by(self.role)) if self.role else self.due

    @property
    def mail(self) -> str:
        """The mail that asks; where there is nothing to ask, a sentence."""
        return promise_mail(self._file).text if self.asked else self._nothing

    @property
    def text(self) -> str:
        """The questions on a page to talk from; where there is nothing to ask, a sentence."""
        if not self.asked:
            return self._nothing
        initiative = self.initiative
        stage = promise_stage(self.asked, initiative.workspace.battery, apart=True)
        agenda = Agenda(initiative.sheet, stage.questions)
        sections = (paper_section(question, agenda) for question in stage.questions)
        title = title_line(f"Löften att följa upp: {initiative.title}")
        return "\n\n".join([title, stage.purpose, *sections])

    @property
    def _file(self) -> PromiseFile:
        initiative = self.initiative
        battery = initiative.workspace.battery
        return PromiseFile(initiative.title, initiative.identity, battery, self.asked, self.role)

    @property
    def _nothing(self) -> str:
        whose = f"Inget som ”{self.role}” har lovat" if self.role else "Inget som är lovat"
        return f"{whose} till och med {date_in_short(self.until)} väntar på svar."

    def notes(self, *, is_sent: bool) -> list[str]:
        """Whose the promises are, what is not asked and why, and the way back or the way to send them."""
        return [*filter(None, [self._roles(), self._undated(), self._onwards(is_sent=is_sent)])]

    def _roles(self) -> str:
        nobodys = [promise for promise in self.due if not promise.who]
        roles = dict.fromkeys(promise.who for promise in self.asked if promise.who)
        told = ""
        if nobodys:
            has = "har ingen ansvarig roll"
            alone = (
                f"{has}, och kommer bara med utan --vem."
                if self.role
                else f"{has}. Avgör vem som får frågan."
            )
            told = f"{_ids(nobodys)} {alone}"
        several = len(roles) > 1 and not self.role
        of_each = (
            f"De som har lovat är {joined(roles)}. Med --vem ROLL går frågorna till en." if several else ""
        )
        return " ".join(filter(None, [of_each, told]))

    def _undated(self) -> str:
        promises = every_promise(self.initiative.sheet)
        undated = [promise for promise in promises if promise.on is None and not promise.is_told]
        return f"Frågas inte, för ingen dag går att räkna ut: {_ids(undated)}." if undated else ""

    def _onwards(self, *, is_sent: bool) -> str:
        if not self.asked:
            return ""
        initiative = self.initiative
        if not is_sent:
            role = f" --vem {shlex.quote(self.role)}" if self.role else ""
            command = f"utb samtal {PROMISES} {initiative.typed_name}{role} --format mejl"
            return f"Skicka frågorna i ett mejl: {command}"
        folder = shown(inbox(initiative.workspace.root))
        stage = initiative.workspace.battery.stage(FOLLOW_UP)
        command = initiative.workspace.step_command(stage, initiative.path)
        return f"Spara svaret i {folder} och läs in det med: {command} --fran {shlex.quote(folder)}"


def promise_sheet(initiative: OpenDossier, until: date, role: str) -> PromiseSheet:
    """What is due until a day and nobody has answered. Raises Broken when the dossier is damaged.

    Raises WrongUse for a role that has promised nothing at all, whatever the day.
    """
    initiative.refuse_if_damaged("innan det går att säga vad som är lovat")
    sheet = PromiseSheet(initiative, until, role, untold_promises(initiative.sheet, until))
    promises = every_promise(initiative.sheet)
    if role and not any(promise.is_by(role) for promise in promises):
        roles = dict.fromkeys(promise.who for promise in promises if promise.who)
        known = f"De som har lovat är {joined(roles)}." if roles else "Ingen roll har lovat något med datum."
        raise WrongUse(f"Ingen ”{role}” har lovat något i ”{initiative.title}”. {known}")
    return sheet


def _ids(promises: Iterable[Promise]) -> str:
    return joined(promise.row.id for promise in promises)


# ----------------------------------------------------------------- the way back


def promises_told_in(initiative: OpenDossier, name: str, letter: Received) -> Reply | None:
    """What a letter tells of promises; None where it answers something else.

    Raises WrongUse for one of another initiative.
    """
    key = key_in(letter.text)
    is_of_promises = key.purpose == Purpose.PROMISE if key else f"[{PROMISES} " in letter.text.casefold()
    if not is_of_promises:
        return None
    if key:
        refuse_another_initiative(initiative, name, key)
    battery, promises = initiative.workspace.battery, every_promise(initiative.sheet)
    file = PromiseFile(initiative.title, initiative.identity, battery, promises)
    sent = promise_mail_answered(letter.text, key, file)
    if sent is None:
        return None
    came = with_promises_told(reply(name, letter, sent), initiative.sheet, letter.written)
    roles = {promise.who for promise in asked_in(sent, promises)}
    role = roles.pop() if len(roles) == 1 else (key.role if key else "")
    return came._replace(role=role, purpose=Purpose.PROMISE)


def refuse_another_initiative(initiative: OpenDossier, name: str, key: Key) -> None:
    """Raises WrongUse for the answer to a mail of another initiative."""
    if key.identity not in {initiative.identity, title_letters(initiative.title)}:
        raise WrongUse(
            f"{name} svarar på ett mejl om en annan insats än ”{initiative.title}”. Inget har ändrats. "
            "Kontrollera vilken insats svaret hör till."
        )
