"""A mail made of what a dossier leaves open or somebody has chosen, and made again from its key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.settled import open_statements
from utbildningsprocess.dossier.encoding import encode
from utbildningsprocess.dossier.first_lines import letters_from
from utbildningsprocess.guide.choosing import address_of
from utbildningsprocess.guide.completing import is_less
from utbildningsprocess.guide.mail.key import Key, checksum_of
from utbildningsprocess.guide.mail.sent import SentMail, by_mail, copy, every_unit, mail, mail_units
from utbildningsprocess.guide.page import open_questions
from utbildningsprocess.guide.places import Addressed, places_of
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.model import Given, Kind, given_value
from utbildningsprocess.swedish import uniform

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from utbildningsprocess.guide.mail.sent import MailQuestion
    from utbildningsprocess.guide.replies import Stated
    from utbildningsprocess.model import AnswerSheet, Question, Role, Stage, Statement

    _Unit: TypeAlias = tuple[Question, Statement | None]


class Asking(NamedTuple):
    """What a mail is about: an initiative, a stage of it, what is answered so far, and who is asked."""

    title: str
    identity: str
    stage: Stage
    sheet: AnswerSheet
    who: Role | None


def is_about(key: Key, identity: str, title: str) -> bool:
    """Whether a key is of an initiative: by its letters, or those of its title when it had none."""
    return key.identity in {identity, title_letters(title)}


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
        unit
        for unit in mail_units(chosen)
        if unit[0] in wanted and (not only_open or is_open_unit(*unit, sheet))
    ]
    questions = by_mail(units)
    asked = {question.question.qid for question in questions}
    left_out = tuple(question for question in wanted if question.qid not in asked)
    key = key_for(asking, questions, units, purpose)
    return MadeMail(mail(asking.title, questions, key.written(), purpose), left_out)


def key_for(
    asking: Asking, questions: Sequence[MailQuestion], units: Sequence[_Unit], purpose: Purpose
) -> Key:
    """The key of some questions as they are worded, and of the questions and statements that they ask."""
    places = _places(asking.stage)
    addressed = [
        Addressed(address_of(question, statement), question, statement) for question, statement in units
    ]
    stood = {
        places[place.address]: checksum for place in addressed if (checksum := stands(place, asking.sheet))
    }
    return Key(
        stage=asking.stage.id,
        purpose=purpose,
        role=asking.who or "",
        identity=asking.identity or title_letters(asking.title),
        wording=_wording(questions),
        places=tuple(places[place.address] for place in addressed),
        stood=stood,
    )


def made_again(key: Key, title: str, stage: Stage, *, is_copy: bool = False) -> SentMail | None:
    """The mail, or the copy from a form, that a key was made for; None where the words are others today.

    What looks like the one is taken for the other where only that has the words of the key.
    """
    units = every_unit(stage)
    if not key.places or min(key.places) < 1 or max(key.places) > len(units):
        return None
    asked = [units[place - 1] for place in key.places]
    ways = [(mail, by_mail(asked)), (copy, by_mail(_whole(stage, asked)))]
    for write, questions in reversed(ways) if is_copy else ways:
        if _wording(questions) == key.wording:
            return write(title, questions, key.written(), key.purpose)
    return None


def _wording(questions: Iterable[MailQuestion]) -> str:
    """A checksum of questions in words, with the statements of those that are asked whole."""
    words: list[str] = []
    for asked in questions:
        words.append(asked.words)
        words += [statement.text for statement in asked.question.statements if not asked.statement]
    return checksum_of(words)


def _whole(stage: Stage, units: Sequence[_Unit]) -> list[_Unit]:
    """The questions that are asked, in the order of the stage, each with those of its statements."""
    whole: list[_Unit] = []
    for question in stage.questions:
        asked = [unit for unit in units if unit[0].qid == question.qid]
        statements = tuple(statement for _, statement in asked if statement)
        whole += [(question.model_copy(update={"statements": statements}), None)] if asked else []
    return whole


def place_of(stage: Stage, address: str) -> int:
    """The place in its stage that a key gives a question, from 1; 0 for none."""
    return _places(stage).get(address, 0)


def _places(stage: Stage) -> dict[str, int]:
    return {address_of(*unit): place for place, unit in enumerate(every_unit(stage), 1)}


def stands(place: Addressed, sheet: AnswerSheet) -> str:
    """A checksum of what the dossier says at a place; empty where it says nothing."""
    there = place.there(sheet)
    if not isinstance(there, Given) or place.is_new_row:
        return ""
    whole = place.statement is None and place.cell is None
    return checksum_of([encode(place.question, there) if whole else str(there.value)])


def as_change(said: Stated, sheet: AnswerSheet) -> Stated:
    """What is said by somebody who was shown what the dossier says, known as a change if it takes away."""
    place = places_of(sheet, [said.address]).get(said.address)
    if place is None or not said.stood or said.stood != stands(place, sheet):
        return said
    return said._replace(takes_away=is_less(place.item, place.there(sheet), said.answer))


def is_open_unit(question: Question, statement: Statement | None, sheet: AnswerSheet) -> bool:
    """Whether a statement is among those without an answer; a whole question always is."""
    answer = sheet.answers.get(question.qid)
    if statement is None or question.kind is not Kind.STATEMENTS or not isinstance(given_value(answer), dict):
        return True
    return statement in open_statements(question, answer)
