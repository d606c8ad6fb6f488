"""When a question is relevant: the small declarative language of `visas_om`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import DERIVED
from utbildningsprocess.answers.cells import number_in
from utbildningsprocess.answers.rows import rows_in
from utbildningsprocess.answers.unknown import UNKNOWN_OPTION, is_unknown
from utbildningsprocess.model import Unknown, given_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import Answers, AnswerSheet, Condition, GroupField, Item, Question, Row


def is_relevant(question: Question, sheet: AnswerSheet) -> bool:
    """Whether the question applies, given the answers of all stages so far and what follows from them."""
    return _holds_in(question, sheet, None)


def is_asked(question: Question, sheet: AnswerSheet) -> bool:
    """Whether a question is one to ask: it applies, and its rows come from no file, or are there already."""
    return (question.filled_by is None or question.qid in sheet.answers) and is_relevant(question, sheet)


def field_applies(field: GroupField, row: Row, sheet: AnswerSheet) -> bool:
    """Whether a field is to be asked of a row, given what stands in the row and all other answers."""
    return not field.retired and _holds_in(field, sheet, row)


def may_apply(field: GroupField, row: Row, sheet: AnswerSheet) -> bool:
    """Whether a field applies to a row, or may do so once more of the row is answered."""
    within = _compared_in_row(field.relevant_if) if field.relevant_if else ()
    waits = any(key not in row.values for key in within)
    return not field.retired and (waits or _holds_in(field, sheet, row))


def _compared_in_row(condition: Condition) -> Iterator[str]:
    """The fields of its own row that a condition looks at."""
    if condition.question is None and condition.field is not None:
        yield from filter(None, (condition.field, condition.less_than_field))
    for inner in _inner(condition):
        yield from _compared_in_row(inner)


def _inner(condition: Condition) -> Iterator[Condition]:
    inner = (*(condition.every or ()), *(condition.some or ()), condition.negated)
    return filter(None, inner)


def _holds_in(item: Item, sheet: AnswerSheet, row: Row | None) -> bool:
    condition = item.relevant_if
    if condition is None:
        return True
    answers = sheet.answers
    if any(qid in DERIVED for qid in looked_at(condition)):
        answers = {**answers, **sheet.derived}
    return holds(condition, answers, row)


def that_apply(sheet: AnswerSheet) -> Answers:
    """The answers without those to questions that are not relevant, given all the answers."""
    questions = (sheet.battery.question(qid) for qid in sheet.answers)
    lost = {question.qid for question in questions if question and not is_relevant(question, sheet)}
    return sheet.without(lost).answers


def looked_at(condition: Condition) -> Iterator[str]:
    """The addresses that a condition looks at."""
    if condition.question is not None:
        yield condition.question
    for inner in _inner(condition):
        yield from looked_at(inner)


def holds(condition: Condition, answers: Answers, row: Row | None = None) -> bool:
    """Whether the condition is met, of a field in its row. A comparison with what has no answer is not."""
    if condition.every is not None:
        return all(holds(inner, answers, row) for inner in condition.every)
    if condition.some is not None:
        return any(holds(inner, answers, row) for inner in condition.some)
    if condition.negated is not None:
        return not holds(condition.negated, answers, row)
    return _compare(condition, answers, row)


def _compare(condition: Condition, answers: Answers, row: Row | None) -> bool:
    answer = answers.get(condition.question or "")
    given = given_value(answer)
    if condition.question is None and row is not None:
        given = (row,) if row.values.get(condition.field or "", "") not in ("", ()) else None
    if condition.answered is not None:
        return (given is not None and not is_unknown(answer)) is condition.answered
    if isinstance(answer, Unknown):
        given = UNKNOWN_OPTION
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
