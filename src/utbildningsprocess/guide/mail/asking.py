"""A mail made of what a dossier leaves open or somebody has chosen, and made again from its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.settled import open_statements
from utbildningsprocess.dossier.encoding import encode
from utbildningsprocess.dossier.first_lines import letters_from
from utbildningsprocess.guide.choosing import address_of
from utbildningsprocess.guide.mail.key import Key, checksum_of
from utbildningsprocess.guide.mail.sent import SentMail, by_mail, mail, mail_units
from utbildningsprocess.guide.page import open_questions
from utbildningsprocess.guide.places import Addressed
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.model import Given, Kind, given_value
from utbildningsprocess.swedish import uniform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.guide.mail.sent import MailQuestion
    from utbildningsprocess.model import AnswerSheet, Question, Role, Stage, Statement


class Asking(NamedTuple):
    """What a mail is about: an initiative, a stage of it, what is answered so far, and who is asked."""

    title: str
    identity: str
    stage: Stage
    sheet: AnswerSheet
    who: Role | None


class MadeMail(NamedTuple):
    """A mail, and the questions that were to be asked and have no room in one."""

    sent: SentMail
    left_out: tuple[Question, ...]


def title_letters(title: str) -> str:
    """The letters that stand for an initiative without letters of its own."""
    return letters_from(uniform(title).encode())


def mail_of(asking: Asking, chosen: Stage, *, only_open: bool, purpose: Purpose = Purpose.ANSWER) -> MadeMail:
    """The mail that asks the chosen questions of a stage, all of them or those that wait for an answer."""
    sheet = asking.sheet
    waiting = {question.qid for question in open_questions(sheet, asking.stage, asking.who)}
    wanted = [question for question in chosen.questions if question.qid in waiting or not only_open]
    units = [
        unit for unit in mail_units(chosen) if unit[0] in wanted and (not only_open or _is_open(*unit, sheet))
    ]
    questions = by_mail(units)
    asked = {question.question.qid for question in questions}
    left_out = tuple(question for question in wanted if question.qid not in asked)
    key = _key(asking, questions, purpose)
    return MadeMail(mail(asking.title, questions, key.written(), purpose), left_out)


def _key(asking: Asking, questions: Sequence[MailQuestion], purpose: Purpose) -> Key:
    places = {address_of(*unit): place for place, unit in enumerate(mail_units(asking.stage), 1)}
    stood = {
        places[question.address]: checksum
        for question in questions
        if (
            checksum := stands(
                Addressed(question.address, question.question, question.statement), asking.sheet
            )
        )
    }
    return Key(
        stage=asking.stage.id,
        purpose=purpose,
        role=asking.who or "",
        identity=asking.identity or title_letters(asking.title),
        wording=checksum_of(question.words for question in questions),
        places=tuple(places[question.address] for question in questions),
        stood=stood,
    )


def made_again(key: Key, title: str, stage: Stage) -> SentMail | None:
    """The mail that a key was made for; None where the questions have other words today."""
    units = list(mail_units(stage))
    if not key.places or key.places[0] < 1 or max(key.places) > len(units):
        return None
    questions = by_mail(units[place - 1] for place in key.places)
    is_same = checksum_of(question.words for question in questions) == key.wording
    return mail(title, questions, key.written(), key.purpose) if is_same else None


def place_of(stage: Stage, address: str) -> int:
    """The place in its stage that a key gives a question, from 1; 0 for none."""
    places = (place for place, unit in enumerate(mail_units(stage), 1) if address_of(*unit) == address)
    return next(places, 0)


def stands(place: Addressed, sheet: AnswerSheet) -> str:
    """A checksum of what the dossier says at a place; empty where it says nothing."""
    there = place.there(sheet)
    if not isinstance(there, Given) or place.is_new_row:
        return ""
    whole = place.statement is None and place.cell is None
    return checksum_of([encode(place.question, there) if whole else str(there.value)])


def _is_open(question: Question, statement: Statement | None, sheet: AnswerSheet) -> bool:
    """Whether a statement is among those without an answer; a whole question always is."""
    answer = sheet.answers.get(question.qid)
    if statement is None or question.kind is not Kind.STATEMENTS or not isinstance(given_value(answer), dict):
        return True
    return statement in open_statements(question, answer)
