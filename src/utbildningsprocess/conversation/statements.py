"""Statements, one at a time, saved after each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import Ask, Choice, DontKnow, Pass, opening
from utbildningsprocess.conversation.talk import back_and_forth
from utbildningsprocess.model import Given, given_value

if TYPE_CHECKING:
    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import Question

DONT_KNOW = "vet_inte"


def ask_statements(talk: Talk, question: Question, ask: Ask) -> None:
    """Asks every statement, beginning with the first without an answer, and goes on to the next question.

    Raises Back from the first statement, and Pass when not one has been answered.
    """
    answers = _so_far(talk, question)
    first = next((n for n, one in enumerate(question.statements) if one.id not in answers), 0)
    for line in (*opening(ask), ask.text):
        talk.face.say(line)

    def ask_statement(number: int) -> None:
        nonlocal answers
        answers = _ask_one(talk, question, ask, number, answers)

    back_and_forth(first, len(question.statements), ask_statement)
    if not answers:
        raise Pass
    talk.interview.submit(answers)


def _ask_one(
    talk: Talk, question: Question, ask: Ask, number: int, answers: dict[str, str]
) -> dict[str, str]:
    statement = question.statements[number]
    one = Ask(
        statement.text,
        heading=f"Påstående {number + 1} av {len(question.statements)}",
        help=ask.help,
        method=ask.method,
        can_go_back=ask.can_go_back or number > 0,
        can_skip=True,
    )
    options = [Choice(option.id, option.label, option.help) for option in question.options]
    try:
        chosen = talk.face.ask_choice(one, options, answers.get(statement.id))
    except Pass as way:
        if not answers:
            raise
        if not isinstance(way, DontKnow) or all(option.key != DONT_KNOW for option in options):
            talk.face.say("Påståendet lämnas som det är.")
            return answers
        chosen = DONT_KNOW
    given = {**answers, statement.id: chosen}
    ordered = {each.id: given[each.id] for each in question.statements if each.id in given}
    talk.put(question.qid, Given(ordered))
    return ordered


def _so_far(talk: Talk, question: Question) -> dict[str, str]:
    value = given_value(talk.interview.answer(question.qid))
    return dict(value) if isinstance(value, dict) else {}
