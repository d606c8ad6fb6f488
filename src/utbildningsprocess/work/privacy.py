"""What is refused for people's sake: identity numbers without consent, a survey shown otherwise than said."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import FEWEST_IN_SURVEY, SURVEY_ANSWERS, SURVEY_COUNTS
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.personal import divided_numbers, personal_numbers
from utbildningsprocess.swedish import joined

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


def refuse_in_file_name(name: str | None) -> None:
    """WrongUse when a file would be called by a personal identity number, for all to read who see it."""
    if name and personal_numbers(name):
        what_to_do = "Inget har sparats. Ange ett annat namn med -o."
        raise WrongUse(f"Filens namn innehåller ett personnummer. {what_to_do}")


def refuse_other_handling(before: AnswerSheet, given: Mapping[str, Answer | None]) -> None:
    """WrongUse when answers to the survey would be handled otherwise, or shown sooner, once some are counted.

    What was said to those who have answered is what holds.
    """
    from utbildningsprocess.answers.rows import given_rows
    from utbildningsprocess.guide.survey.asking import fewest_in
    from utbildningsprocess.model import given_value

    if not given_rows(before.answers, SURVEY_COUNTS):
        return
    said = given_value(before.answers.get(SURVEY_ANSWERS))
    limit = given.get(FEWEST_IN_SURVEY)
    is_lower = fewest_in({FEWEST_IN_SURVEY: limit} if limit else {}) < fewest_in(before.answers)
    is_changed = {
        SURVEY_ANSWERS: bool(said) and given_value(given.get(SURVEY_ANSWERS)) != said,
        FEWEST_IN_SURVEY: is_lower,
    }
    for address in given:
        if is_changed.get(address):
            raise WrongUse(
                f"{address}: svar på enkäten är redan inlästa, och det som sades till dem som svarade "
                "gäller. Inget har sparats."
            )


def _what_to_do() -> str:
    return (
        "Inget har sparats. Skriv roller och situationer i stället för personuppgifter. "
        f"Ska numret ändå stå där: kör om kommandot med {CONSENT}."
    )


def _new_numbers(before: AnswerSheet, given: Mapping[str, Answer | None]) -> Iterator[str]:
    from utbildningsprocess.checks.hela import fields_with_numbers
    from utbildningsprocess.checks.written import written_texts

    for qid, answer in given.items():
        if answer is None:
            continue
        question, former = before.battery.question(qid), before.answers.get(qid)
        known = _all_numbers(written_texts(question, qid, former)) if former else set()
        for row, texts in written_texts(question, qid, answer):
            if names := fields_with_numbers(texts, known):
                place = f" {row}" if row else ""
                yield f"{qid}{place}: {joined(f'”{name}”' for name in names)} innehåller ett personnummer."


def _all_numbers(texts_by_row: Iterable[tuple[str, dict[str, str]]]) -> set[str]:
    numbers: set[str] = set()
    for _, texts in texts_by_row:
        for text in texts.values():
            numbers.update(personal_numbers(text))
        for text, beside in combinations(texts.values(), 2):
            numbers.update(divided_numbers(text, beside))
    return numbers
