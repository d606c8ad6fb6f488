"""One answer in words: as it can be given back, in short, or what is known where there is none."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.answers.accept import plain_value, show
from utbildningsprocess.answers.numbers import not_kept
from utbildningsprocess.answers.periods import spoken_date
from utbildningsprocess.model import Given, Kind, Period, Question, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import shortened, visible_json

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer

_SHORT = 60


def as_typed(question: Question, answer: Answer | None) -> str:
    """The answer in the form it can be given back in; empty where there is none."""
    match answer:
        case Given():
            return _given_as_typed(question, answer)
        case Unfit(text):
            return text
        case Skipped() | Unknown() | None:
            return ""
        case _:
            assert_never(answer)


def _given_as_typed(question: Question, answer: Given) -> str:
    if question.kind.is_composite:
        return visible_json(json.dumps(plain_value(question, answer.value), ensure_ascii=False))
    if isinstance(answer.value, str) and not question.options:
        return answer.value
    if isinstance(answer.value, tuple):
        items = [item for item in answer.value if isinstance(item, (str, int, float))]
        return "\n".join(show(question, (item,)) for item in items)
    return show(question, answer.value)


def without_value(answer: Answer | None) -> str:
    """What is known of a question that has no usable answer, in a sentence; empty where it has one."""
    match answer:
        case Given():
            return ""
        case Unfit(_, why):
            return f"Svaret går inte att läsa: {why}"
        case Skipped(reason):
            return f"Frågan är överhoppad: {reason}" if reason else "Frågan är överhoppad."
        case Unknown(who):
            return f"Vet inte än: {who}" if who else "Vet inte än."
        case None:
            return "Frågan är inte besvarad än."
        case _:
            assert_never(answer)


def in_short(question: Question, answer: Answer, typed: str = "") -> str:
    """The answer as it was understood, so that a date or a choice gone wrong is seen.

    Of a number that was `typed` it is also told what was said of it that is not kept.
    """
    match answer:
        case Given(date() | Period() as when):
            return spoken_date(when)
        case Given(value):
            loose = not_kept(typed) if question.kind is Kind.NUMBER else ""
            return shortened(show(question, value), _SHORT) + (f". ”{loose}” sparas inte." if loose else "")
        case Skipped():
            return "Hoppas över."
        case Unknown():
            return "Vet inte än."
        case Unfit(_, why):
            return why
        case _:
            assert_never(answer)
