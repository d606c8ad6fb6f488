"""When a question is relevant: the small declarative language of `visas_om`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import DERIVED
from utbildningsprocess.answers.cells import number_in
from utbildningsprocess.answers.rows import rows_in
from utbildningsprocess.model import given_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import Answers, AnswerSheet, Condition, Question


def is_relevant(question: Question, sheet: AnswerSheet) -> bool:
    """Whether the question applies, given the answers of all stages so far and what follows from them."""
    condition = question.relevant_if
    if condition is None:
        return True
    answers = sheet.answers
    if any(qid in DERIVED for qid in _looked_at(condition)):
        answers = {**answers, **sheet.battery.derive(answers)}
    return holds(condition, answers)


def that_apply(sheet: AnswerSheet) -> Answers:
    """The answers without those to questions that are not relevant, given all the answers."""
    questions = (sheet.battery.question(qid) for qid in sheet.answers)
    lost = {question.qid for question in questions if question and not is_relevant(question, sheet)}
    return sheet.without(lost).answers


def _looked_at(condition: Condition) -> Iterator[str]:
    """The addresses that a condition looks at."""
    if condition.question is not None:
        yield condition.question
    inner = (*(condition.every or ()), *(condition.some or ()), condition.negated)
    for inner_condition in filter(None, inner):
        yield from _looked_at(inner_condition)


def holds(condition: Condition, answers: Answers) -> bool:
    """Whether the condition is met. A comparison with a question that has no answer is not."""
    if condition.every is not None:
        return all(holds(inner, answers) for inner in condition.every)
    if condition.some is not None:
        return any(holds(inner, answers) for inner in condition.some)
    if condition.negated is not None:
        return not holds(condition.negated, answers)
    return _compare(condition, answers)


def _compare(condition: Condition, answers: Answers) -> bool:
    given = given_value(answers.get(condition.question or ""))
    if condition.answered is not None:
        return (given is not None) is condition.answered
    if given is None:
        return False
    if condition.less_than_field is not None:
        return _some_row_is_less(given, condition.field, condition.less_than_field)
    return any(_matches(condition, value) for value in _values(given, condition.field))


def _values(value: object, field: str | None) -> tuple[object, ...]:
    if field is not None:
        rows = [row for row in rows_in(value) if field in row.values]
        return tuple(single for row in rows for single in _values(row.values[field], None))
    return value if isinstance(value, tuple) else (value,)


def _matches(condition: Condition, value: object) -> bool:
    if condition.equals is not None:
        return value == condition.equals and isinstance(value, bool) is isinstance(condition.equals, bool)
    if condition.one_of is not None:
        return value in condition.one_of
    if condition.contains is not None:
        wanted = (condition.contains,) if isinstance(condition.contains, str) else condition.contains
        return value in wanted
    return _within(condition, value)


def _within(condition: Condition, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    enough = condition.at_least is None or value >= condition.at_least
    return enough and (condition.at_most is None or value <= condition.at_most)


def _some_row_is_less(value: object, field: str | None, greater_field: str) -> bool:
    pairs = [(number_in(row, field or ""), number_in(row, greater_field)) for row in rows_in(value)]
    return any(less is not None and greater is not None and less < greater for less, greater in pairs)
