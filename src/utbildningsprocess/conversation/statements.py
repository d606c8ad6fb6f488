"""Asks how well each of some statements is true, saved after every one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import Ask, Choice, DontKnow, Pass, present
from utbildningsprocess.conversation.talk import back_and_forth
from utbildningsprocess.model import Given, given_value

if TYPE_CHECKING:
    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import Question

_DONT_KNOW = "vet_inte"


def ask_statements(talk: Talk, question: Question, ask: Ask) -> None:
    """Asks every statement, beginning with the first without an answer, and goes on to the next question.

    Raises Back from the first statement, and Pass when not one has been answered.
    """
    value = given_value(talk.interview.answers.get(question.qid))
    answers = dict(value) if isinstance(value, dict) else {}
    first = next((n for n, statement in enumerate(question.statements) if statement.id not in answers), 0)
    options = [
        Choice(option.id, option.label, option.help)
        for option in question.options
        if not option.retired or option.id in answers.values()
    ]
    present(talk.face, ask)

    def ask_statement(number: int) -> None:
        nonlocal answers
        statement = question.statements[number]
        heading = f"Påstående {number + 1} av {len(question.statements)}"
        can_go_back = ask.can_go_back or number > 0
        example = (f"Till exempel: {statement.example}",) if statement.example else ()
        asked = replace(ask, text=statement.text, heading=heading, reminders=example, can_go_back=can_go_back)
        try:
            chosen = talk.face.ask_choice(asked, options, answers.get(statement.id))
        except Pass as way:
            if not answers:
                raise
            if not isinstance(way, DontKnow) or all(option.value != _DONT_KNOW for option in options):
                talk.face.say("Påståendet lämnas som det är.")
                return
            chosen = _DONT_KNOW
        given = {**answers, statement.id: chosen}
        answers = {known.id: given[known.id] for known in question.statements if known.id in given}
        talk.put(question.qid, Given(answers))

    back_and_forth(first, len(question.statements), ask_statement)
    if not answers:
        raise Pass
    talk.interview.settle(Given(answers))
