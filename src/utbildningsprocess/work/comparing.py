"""What has come in against the dossier: at each address new, equal or different, or for a person to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.options import clashes
from utbildningsprocess.guide.choosing import address_of
from utbildningsprocess.guide.completing import says_the_same
from utbildningsprocess.model import Given, Kind, Skipped, Unfit, Unknown, given_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utbildningsprocess.guide.replies import Reply, Stated
    from utbildningsprocess.model import Answer, AnswerSheet, Question, Statement


class WhenDifferent(StrEnum):
    """What becomes of an answer that differs from the dossier's, where nobody is asked."""

    KEEP = "behall"
    REPLACE = "ersatt"
    BOTH = "bada"


class Saying(NamedTuple):
    """What one reply says at an address."""

    came: Reply
    said: Stated


class Addressed(NamedTuple):
    """An address with the question, and perhaps the statement, that stands there."""

    address: str
    question: Question
    statement: Statement | None

    def there(self, sheet: AnswerSheet) -> Answer | None:
        """What the dossier says there."""
        answer = sheet.answers.get(self.question.qid)
        if self.statement is None:
            return answer
        value = given_value(answer)
        option = value.get(self.statement.id) if isinstance(value, dict) else None
        return Given(option) if option else None

    def in_words(self, answer: Answer | None) -> str:
        """An answer there, in a line."""
        match answer:
            case Given(value):
                return self.question.label(str(value)) if self.statement else show(self.question, value)
            case Unknown(who):
                return f"Vet inte än. {who}".strip()
            case Skipped(reason):
                return f"Överhoppad: {reason}"
            case Unfit(text):
                return text
            case None:
                return ""


@dataclass
class Comparison:
    """What some replies say, against a dossier; every table is by address, in the order of the questions."""

    sheet: AnswerSheet
    places: dict[str, Addressed] = field(default_factory=dict)
    new: dict[str, Answer] = field(default_factory=dict)
    """What the dossier has no answer to, and all replies agree on."""
    equal: list[str] = field(default_factory=list)
    different: dict[str, list[Saying]] = field(default_factory=dict)
    doubtful: dict[str, list[Saying]] = field(default_factory=dict)


def compared(sheet: AnswerSheet, replies: Sequence[Reply]) -> Comparison:
    """At each address what replies say that is new, equal or different, and what only a person can read."""
    voices: dict[str, list[Saying]] = {}
    for came in replies:
        for said in came.said:
            voices.setdefault(said.address, []).append(Saying(came, said))
    outcome = Comparison(sheet)
    for place in _places(sheet, voices):
        outcome.places[place.address] = place
        clear = [voice for voice in voices[place.address] if voice.said.answer is not None]
        doubtful = [voice for voice in voices[place.address] if voice.said.answer is None]
        if doubtful:
            outcome.doubtful[place.address] = doubtful
        if clear:
            _sort(outcome, place, clear)
    return outcome


def _places(sheet: AnswerSheet, addresses: Iterable[str]) -> list[Addressed]:
    """The places that addresses lead to, in the order of the questions; an address may be of a statement."""
    wanted = set(addresses)
    places: list[Addressed] = []
    for question in sheet.battery.questions():
        places += [Addressed(question.qid, question, None)] if question.qid in wanted else []
        addressed = ((address_of(question, statement), statement) for statement in question.statements)
        places += [
            Addressed(address, question, statement) for address, statement in addressed if address in wanted
        ]
    return places


def _sort(outcome: Comparison, place: Addressed, clear: list[Saying]) -> None:
    """Puts what is clearly said at a place where it belongs. That nobody knows replaces no answer."""
    there = place.there(outcome.sheet)
    told = [voice for voice in clear if not _stands_there(outcome.sheet, place, voice.said.answer)]
    told = [
        voice for voice in told if not (isinstance(there, Given) and isinstance(voice.said.answer, Unknown))
    ]
    distinct = list({repr(voice.said.answer): voice for voice in told}.values())
    if not distinct:
        outcome.equal.append(place.address)
    elif len(distinct) == 1 and not isinstance(there, Given) and distinct[0].said.answer:
        outcome.new[place.address] = distinct[0].said.answer
    else:
        outcome.different[place.address] = distinct


def _stands_there(sheet: AnswerSheet, place: Addressed, answer: Answer | None) -> bool:
    """Whether the dossier says so already, perhaps as part of more."""
    there = place.there(sheet)
    if answer is None or place.statement:
        return there == answer
    new, old = given_value(answer), given_value(there)
    if (
        place.question.kind in (Kind.MULTIPLE, Kind.LIST)
        and isinstance(new, tuple)
        and isinstance(old, tuple)
    ):
        return set(map(str, new)) <= set(map(str, old))
    if place.question.kind is Kind.LONG_TEXT and isinstance(new, str) and isinstance(old, str):
        return f"\n\n{new.strip()}\n\n" in f"\n\n{old.strip()}\n\n" or says_the_same(
            place.question, answer, sheet
        )
    return says_the_same(place.question, answer, sheet)


# -------------------------------------------------------------------- choosing


def all_said(place: Addressed, answers: Sequence[Answer | None]) -> Answer | None:
    """Several answers as one that says them all; None where the question takes one, or they clash."""
    values = list(
        dict.fromkeys(value for answer in answers if (value := given_value(answer)) not in (None, ""))
    )
    kind = place.question.kind
    if place.statement or len(values) < len([answer for answer in answers if answer]):
        return None
    if kind is Kind.LONG_TEXT:
        return Given("\n\n".join(map(str, values)))
    if kind in (Kind.TEXT, Kind.MEASURE):
        return Given("; ".join(map(str, values)))
    if kind in (Kind.MULTIPLE, Kind.LIST):
        items = [item for value in values if isinstance(value, tuple) for item in value]
        every = tuple(dict.fromkeys(item for item in items if isinstance(item, (str, int, float))))
        return None if any(clashes(place.question, every)) else Given(every)
    return None


def decided_for(comparison: Comparison, way: WhenDifferent) -> dict[str, Answer]:
    """What becomes of different answers without anybody being asked; what stays as it is has no entry."""
    decided: dict[str, Answer] = {}
    for address, voices in comparison.different.items():
        place = comparison.places[address]
        said = [voice.said.answer for voice in voices]
        answer = said[0] if way is WhenDifferent.REPLACE and len(said) == 1 else None
        if way is WhenDifferent.BOTH:
            there = place.there(comparison.sheet)
            answer = all_said(place, [there, *said] if isinstance(there, Given) else said)
        if answer is not None:
            decided[address] = answer
    return decided


def whole_answers(
    comparison: Comparison, sheet: AnswerSheet, chosen: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Answers by address as answers of whole questions, statements among those that a sheet answers."""
    whole: dict[str, Answer] = {}
    for address, answer in chosen.items():
        place = comparison.places.get(address)
        if place is None or place.statement is None:
            whole[address] = answer
            continue
        question, statement = place.question, place.statement
        before = given_value(whole.get(question.qid) or sheet.answers.get(question.qid))
        options = {**before} if isinstance(before, dict) else {}
        options[statement.id] = str(given_value(answer))
        order = [asked.id for asked in question.statements if asked.id in options]
        whole[question.qid] = Given({key: options[key] for key in order})
    return whole
