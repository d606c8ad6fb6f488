"""Answers to a survey as the text that a form gives to paste: the same person as in the saved file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.form.copied import CopiedForm, copied_reply
from utbildningsprocess.guide.mail.asking import made_again
from utbildningsprocess.guide.mail.key import key_in
from utbildningsprocess.guide.mail.letter import letter_of
from utbildningsprocess.guide.survey.asking import GROUP, PARTS, SurveyPlace
from utbildningsprocess.guide.survey.cells import CellSaid
from utbildningsprocess.guide.survey.respondents import Respondent, group_meant, put
from utbildningsprocess.model import AnswerSheet, Battery, Given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.guide.mail.key import Key
    from utbildningsprocess.guide.replies import Stated
    from utbildningsprocess.guide.survey.asking import Survey
    from utbildningsprocess.model import Question


def key_of_copy(data: bytes, name: str) -> Key | None:
    """The key in a text that somebody has pasted; None for any other file."""
    return key_in(letter_of(data, name).text) if b"[nyckel" in data.replace(b"\0", b"") else None


class SurveyCopy(NamedTuple):
    """What a text says: the id of the answer, who it is, and how much has no place in the survey."""

    answer_id: str
    person: Respondent
    unplaced: int = 0


def answers_in_copy(data: bytes, name: str, survey: Survey, groups: Sequence[str]) -> SurveyCopy:
    """What the text says; nothing where its questions are others."""
    letter, person = letter_of(data, name), Respondent()
    key = key_in(letter.text)
    for part in PARTS if key else ():
        stage = survey.stage(part)
        sent = made_again(key, survey.title, stage, is_copy=True) if key else None
        if key is None or sent is None or not sent.is_copy:
            continue
        sheet = AnswerSheet(Battery((stage,)), {})
        came = copied_reply(name, CopiedForm(letter, sent, key), stage, sheet)
        questions = {question.id: question for question in stage.questions}
        for said in came.said:
            _, own_id, *goal = said.address.split(".")
            _put(person, questions[own_id], SurveyPlace(own_id, "".join(goal)), said)
            if own_id == GROUP:
                person.group = group_meant(said.words, groups)
        return SurveyCopy(came.answer_id, person, len(came.unplaced))
    return SurveyCopy("", person)


def _put(person: Respondent, question: Question, place: SurveyPlace, said: Stated) -> None:
    if not isinstance(said.answer, Given):
        put(person, place, CellSaid(unknown=said.words))
        return
    value = said.answer.value
    chosen = [str(item) for item in value] if isinstance(value, tuple) else [str(value)]
    known = tuple(option.id for option in question.options if option.id in chosen)
    own = "; ".join(item for item in chosen if item not in known)
    if not question.options:
        put(person, place, CellSaid(words=said.words.strip()))
    elif own:
        put(person, place, CellSaid((*known, "annat"), words=own))
    else:
        put(person, place, CellSaid(known))
