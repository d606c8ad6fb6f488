"""Asks how well each of some statements is true, saved after every one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from utbildningsprocess.answers.settled import EarlierOption, open_statements
from utbildningsprocess.conversation.face import Ask, Choice, DontKnow, Pass, present
from utbildningsprocess.conversation.talk import back_and_forth
from utbildningsprocess.model import Given, given_value

if TYPE_CHECKING:
    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import Answer, Question

_DONT_KNOW = "vet_inte"
_OTHER_MEANING = "Påståendet betydde något annat när ni svarade. Stämmer svaret fortfarande?"


def _to_ask(question: Question, answer: Answer | None) -> tuple[int, list[int]]:
    """The places of the statements, and which of them to begin with: those that are open come last."""
    waiting = open_statements(question, answer)
    statements = question.asked_statements
    places = sorted(range(len(statements)), key=lambda place: statements[place] in waiting)
    return (len(statements) - len(waiting)) % max(1, len(statements)), places


def _asked(ask: Ask, question: Question, place: int, before: str | None) -> Ask:
    """One statement as it is asked."""
    statement = question.asked_statements[place]
    return replace(
        ask,
        text=statement.text,
        example=f"Till exempel: {statement.example}" if statement.example else "",
        heading=f"Påstående {place + 1} av {len(question.asked_statements)}",
        reminders=(_OTHER_MEANING,) if isinstance(before, EarlierOption) else (),
    )


def ask_statements(talk: Talk, question: Question, ask: Ask) -> None:
    """Asks the statements without an answer to what they say now, or all, and goes on to the next question.

    Raises Back from the first statement, and Pass when not one has been answered.
    """
    answer = talk.interview.answers.get(question.qid)
    value = given_value(answer)
    answers = dict(value) if isinstance(value, dict) else {}
    first, places = _to_ask(question, answer)
    options = [
        Choice(option.id, option.label, option.help)
        for option in question.options
        if not option.retired or option.id in answers.values()
    ]
    present(talk.face, ask)

    def ask_statement(number: int) -> None:
        nonlocal answers
        statement = question.asked_statements[places[number]]
        before = answers.get(statement.id)
        asked = _asked(ask, question, places[number], before)
        asked = replace(asked, can_go_back=ask.can_go_back or number > 0)
        try:
            chosen = talk.face.ask_choice(asked, options, before)
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

    back_and_forth(first, len(places), ask_statement)
    if not answers:
        raise Pass
    talk.interview.settle(Given(answers))
