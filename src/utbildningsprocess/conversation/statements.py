"""Asks how well each of some statements is true, saved after every one: on a page, or one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import OBSTACLES
from utbildningsprocess.answers.settled import EarlierOption, open_statements
from utbildningsprocess.conversation.face import (
    Ask,
    Choice,
    DontKnow,
    Pass,
    StatementLine,
    StatementPage,
    present,
)
from utbildningsprocess.conversation.talk import back_and_forth
from utbildningsprocess.diagnosis.respondents import voices_in, weigh
from utbildningsprocess.model import Given, given_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import Question, Statement

_DONT_KNOW = "vet_inte"
_WEIGHED = "Så svarar {} var för sig, sammanvägt. Stämmer det för er tillsammans?"
_ANSWERED_ALONE = "Så svarar den enda som har svarat för sig. Stämmer det för er tillsammans?"
_OTHER_MEANING = "Påståendet betydde något annat när ni svarade. Stämmer svaret fortfarande?"


def ask_statements(talk: Talk, question: Question, ask: Ask) -> None:
    """Asks the statements without an answer to what they say now, or all, and goes on to the next question.

    Raises Back from the first statement, and Pass when not one has been answered.
    """
    answering = _Answering(talk, question, ask)
    if talk.face.ask_page:
        answering.on_a_page(talk.face.ask_page)
    else:
        answering.one_by_one()
    if not answering.answers:
        raise Pass
    talk.interview.settle(Given(answering.answers))


class _Answering:
    """The answers to the statements of one question, as they are given."""

    def __init__(self, talk: Talk, question: Question, ask: Ask) -> None:
        self.talk, self.question, self.ask = talk, question, ask
        self.statements = question.asked_statements
        value = given_value(talk.interview.answers.get(question.qid))
        self.answers: dict[str, str] = dict(value) if isinstance(value, dict) else {}
        keys = [statement.id for statement in self.statements] if question.qid == OBSTACLES else []
        voices = voices_in(talk.interview.answers, keys)
        proposal = talk.interview.carried(question)
        carried = proposal.value if proposal and isinstance(proposal.value, dict) else {}
        alone = weigh(voices, keys)
        weighed = alone.answers
        self.drafts = {**carried, **weighed}
        """What to begin from: what those say together who have answered one by one, else earlier answers."""
        numbers = {key: len(alone.said_of(key)) for key in weighed}
        said = {
            key: _WEIGHED.format(number) if number > 1 else _ANSWERED_ALONE for key, number in numbers.items()
        }
        self.named = dict.fromkeys(carried, proposal.named if proposal else "") | said
        """By statement what its draft is."""
        self.options = [
            Choice(option.id, option.label, option.help)
            for option in question.options
            if not option.retired or option.id in self.answers.values()
        ]

    def _waiting(self) -> list[int]:
        """The places of the statements without an answer to what they say now."""
        waiting = open_statements(self.question, Given(self.answers))
        return [place for place, statement in enumerate(self.statements) if statement in waiting]

    def _take(self, statement: Statement, option: str) -> Given:
        given = {**self.answers, statement.id: option}
        self.answers = {known.id: given[known.id] for known in self.question.statements if known.id in given}
        return Given(self.answers)

    def _begin(self, statement: Statement) -> str | None:
        """The answer to a statement, or what there is to begin from."""
        return self.answers.get(statement.id, self.drafts.get(statement.id))

    def _remark(self, statement: Statement) -> str:
        if isinstance(self.answers.get(statement.id), EarlierOption):
            return _OTHER_MEANING
        return self._draft_name(statement)

    def _draft_name(self, statement: Statement) -> str:
        """What there is to begin from, while there is no answer."""
        return self.named.get(statement.id, "") if statement.id not in self.answers else ""

    # -------------------------------------------------------------- on a page

    def on_a_page(self, ask_page: Callable[[StatementPage], None]) -> None:
        """Asks all of them on one page, left only where a person has to choose how an answer is saved."""
        begin = next(iter(self._waiting()), 0)
        while (unsaved := self._page(ask_page, begin)) is not None:
            self.talk.saver.save(self.question.qid, Given(self.answers))
            begin = min(unsaved + 1, len(self.statements) - 1)

    def _page(self, ask_page: Callable[[StatementPage], None], begin: int) -> int | None:
        """Shows the page; gives the place whose answer could not be saved in passing."""
        unsaved = None

        def answer(place: int, option: str) -> bool:
            nonlocal unsaved
            answers = self._take(self.statements[place], option)
            self.talk.interview.put(self.question.qid, answers)
            if not self.talk.saver.save_in_passing(self.question.qid, answers):
                unsaved = place
            return unsaved is None

        lines = [
            StatementLine(statement.text, _example(statement), self._remark(statement))
            for statement in self.statements
        ]
        ask_page(
            StatementPage(
                self.ask,
                lines,
                self.options,
                lambda: [*map(self._begin, self.statements)],
                self._waiting,
                begin,
                answer,
            )
        )
        return unsaved

    # ------------------------------------------------------------- one by one

    def one_by_one(self) -> None:
        """Asks one after the other, those that wait last, from the first of these."""
        waiting = self._waiting()
        places = sorted(range(len(self.statements)), key=lambda place: place in waiting)
        first = (len(places) - len(waiting)) % max(1, len(places))
        present(self.talk.face, self.ask)
        back_and_forth(first, len(places), lambda number: self._ask_one(places[number], is_first=number == 0))

    def _ask_one(self, place: int, *, is_first: bool) -> None:
        statement = self.statements[place]
        before, draft = self._begin(statement), self._draft_name(statement)
        asked = replace(
            self.ask,
            text=statement.text,
            example=_example(statement),
            heading=f"Påstående {place + 1} av {len(self.statements)}",
            reminders=() if draft else tuple(filter(None, [self._remark(statement)])),
            draft_name=draft,
            can_go_back=self.ask.can_go_back or not is_first,
        )
        try:
            chosen = self.talk.face.ask_choice(asked, self.options, before)
        except Pass as way:
            if not self.answers:
                raise
            if not isinstance(way, DontKnow) or all(option.value != _DONT_KNOW for option in self.options):
                self.talk.face.say("Påståendet lämnas som det är.")
                return
            chosen = _DONT_KNOW
        self.talk.put(self.question.qid, self._take(statement, chosen))


def _example(statement: Statement) -> str:
    return f"Till exempel: {statement.example}" if statement.example else ""
