"""Personal identity numbers in what is saved without a question: refused, unless expressly consented to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.personal import personal_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from utbildningsprocess.model import Answer, AnswerSheet

CONSENT = "--medge-personuppgift"


def refuse_personal_numbers(
    before: AnswerSheet, given: Mapping[str, Answer | None], *, consent: bool
) -> None:
    """WrongUse that lists every new text with a personal identity number, unless that is consented to.

    A number that already stands in the answer to the same question is not new.
    """
    numbers = [] if consent else list(_new_numbers(before, given))
    if numbers:
        raise WrongUse("\n".join([*numbers, _what_to_do()]))


def refuse_in_text(text: str, what: str, *, consent: bool) -> None:
    """WrongUse when a text outside the answers, as a title, has a personal identity number."""
    if not consent and personal_numbers(text):
        raise WrongUse(f"{what} innehåller ett personnummer. {_what_to_do()}")


def _what_to_do() -> str:
    return (
        "Inget har sparats. Skriv roller och situationer i stället för personuppgifter. "
        f"Ska numret ändå stå där: kör om kommandot med {CONSENT}."
    )


def _new_numbers(before: AnswerSheet, given: Mapping[str, Answer | None]) -> Iterator[str]:
    from utbildningsprocess.checks.hela import written_texts

    for qid, answer in given.items():
        if answer is None:
            continue
        question, former = before.battery.question(qid), before.answers.get(qid)
        known = set(personal_numbers(_whole_text(written_texts(question, qid, former)))) if former else set()
        for row, texts in written_texts(question, qid, answer):
            new = [name for name, text in texts.items() if set(personal_numbers(text)) - known]
            place = f" {row}" if row else ""
            yield from (f"{qid}{place}: ”{name}” innehåller ett personnummer." for name in new)


def _whole_text(texts_by_row: Iterable[tuple[str, dict[str, str]]]) -> str:
    return "\n".join(text for _, texts in texts_by_row for text in texts.values())
