"""What was promised and is due, as questions to those who promised it, and what they answer."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.dossier.document import title_line
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.guide.form.copied import CopiedForm, copied_reply
from utbildningsprocess.guide.form.reply import form_reply
from utbildningsprocess.guide.mail.asking import Asking, key_for
from utbildningsprocess.guide.mail.key import Key, key_in
from utbildningsprocess.guide.mail.reply import reply
from utbildningsprocess.guide.mail.sent import by_mail
from utbildningsprocess.guide.printing import questions_on_paper
from utbildningsprocess.guide.promise_answers import with_promises_told
from utbildningsprocess.guide.promise_questions import (
    PromiseFile,
    promise_form,
    promise_mail,
    promise_mail_answered,
    promise_stage,
    promises_asked_in,
)
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.guide.word.reply import word_reply
from utbildningsprocess.plan.promises import every_promise, untold_promises
from utbildningsprocess.steps import FOLLOW_UP, PROMISES
from utbildningsprocess.swedish import joined
from utbildningsprocess.work.form_sheets import form_bytes, form_notes
from utbildningsprocess.work.mail_sheets import reply_note
from utbildningsprocess.work.talk_sheets import refuse_another_initiative
from utbildningsprocess.work.word_sheets import word_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from utbildningsprocess.guide.form.saved import SavedForm
    from utbildningsprocess.guide.mail.letter import Received
    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.guide.word.reply import WordFile
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
        title = title_line(f"Löften att följa upp: {initiative.title}")
        return "\n\n".join([title, stage.purpose, questions_on_paper(stage.questions, initiative.sheet)])

    @property
    def _file(self) -> PromiseFile:
        initiative = self.initiative
        battery = initiative.workspace.battery
        return PromiseFile(initiative.title, initiative.identity, battery, self.asked, self.role)

    @property
    def _nothing(self) -> str:
        whose = f"Inget som ”{self.role}” har lovat" if self.role else "Inget som är lovat"
        return f"{whose} till och med {date_in_short(self.until)} väntar på svar."

    def as_file(self) -> bytes:
        """The form that asks, as one HTML file."""
        initiative = self.initiative
        return form_bytes(promise_form(self._file, initiative.sheet, initiative.workspace.today))

    def as_word_file(self) -> bytes:
        """The Word file that asks. Raises WrongUse without python-docx."""
        initiative = self.initiative
        return word_bytes(initiative, promise_form(self._file, initiative.sheet, initiative.workspace.today))

    def notes(self, form: str = "") -> list[str]:
        """Whose the promises are, what is not asked and why, and the way back or the way to send them."""
        return [*filter(None, [self._roles(), self._undated(), *(self._onwards(form) if self.asked else [])])]

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

    def _onwards(self, form: str) -> list[str]:
        workspace = self.initiative.workspace
        role = f" --vem {shlex.quote(self.role)}" if self.role else ""
        mail_command = f"utb samtal {PROMISES} {self.initiative.typed_name}{role} --format mejl"
        read = workspace.step_command(workspace.battery.stage(FOLLOW_UP), self.initiative.path)
        match form:
            case "mejl" | "docx":
                return [reply_note(workspace.root, read)]
            case "formular":
                return form_notes(workspace.root, mail_command, read)
            case _:
                return [f"Skicka frågorna i ett mejl: {mail_command}"]


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
    asked = promises_asked_in(sent, promises)
    if sent.is_copy:
        copied = CopiedForm(letter, sent, key or Key(PROMISES, Purpose.PROMISE, "", "", "", ()))
        came = copied_reply(name, copied, promise_stage(asked, battery, apart=True), initiative.sheet)
    else:
        came = reply(name, letter, sent)._replace(role=key.role if key else "")
    return _told(initiative, came, asked, letter.written)


def promises_told_in_form(initiative: OpenDossier, name: str, form: SavedForm, saved: date | None) -> Reply:
    """What a form tells of promises. Raises WrongUse for one of another initiative."""
    refuse_another_initiative(initiative, name, form.key)
    asked = [promise for promise in every_promise(initiative.sheet) if promise.place in form.key.places]
    stage = promise_stage(asked, initiative.workspace.battery, apart=True)
    came = form_reply(name, form, stage, initiative.sheet, saved)
    return _told(initiative, came, asked, form.day or saved)


def promises_told_in_word(initiative: OpenDossier, file: WordFile, key: Key, saved: date | None) -> Reply:
    """What a Word file of an initiative tells of promises."""
    sheet = initiative.sheet
    by_place = {promise.place: promise for promise in every_promise(sheet)}
    asked = [by_place[place] for place in key.places if place in by_place]
    stage = promise_stage(asked, sheet.battery, apart=True)
    asking = Asking(initiative.title, initiative.identity, stage, sheet, None)
    if len(asked) == len(key.places):
        # The questions are those of the file, also where it has lost what it says of itself.
        units = [(question, None) for question in stage.questions]
        as_stage = key_for(asking, by_mail(units), units, Purpose.PROMISE)
        key = key._replace(places=as_stage.places, wording=as_stage.wording)
    return _told(initiative, word_reply(file, key, asking, saved), asked, saved)


def _told(initiative: OpenDossier, came: Reply, asked: Sequence[Promise], written: date | None) -> Reply:
    """What a reply tells, where the dossier keeps it, and whose promises they are."""
    roles = {promise.who for promise in asked}
    role = roles.pop() if len(roles) == 1 else came.role
    told = with_promises_told(came, initiative.sheet, written)
    return told._replace(role=role, purpose=Purpose.PROMISE)
