"""Two readings of a dossier compared: what is answered otherwise, by question, row, field and statement.

Answers are compared as everywhere else, so a text that is only set otherwise is no alteration. Rows come and
go by their id, or by their name where they have none.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import INITIATIVE_TITLE
from utbildningsprocess.answers.renames import renamed
from utbildningsprocess.answers.rows import row_key, row_label, rows_in
from utbildningsprocess.answers.settled import is_unchanged
from utbildningsprocess.model import Given, Kind, Unfit, Unknown, given_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.model import Answer, Answers, Battery, Question, Row

ORDER = "ordning"
"""The part of a group that is the order of its rows, as their keys."""


class AnswerPlace(NamedTuple):
    """Where something is answered: a question, a row of it by its key, and a field or a statement."""

    qid: str
    row: str = ""
    part: str = ""


class Alteration(NamedTuple):
    """An answer, a row or a part of one that is another than before; None where there is none.

    A row that comes or goes stands as the only row of an answer, and a field as an answer of its own.
    """

    place: AnswerPlace
    before: Answer | None
    after: Answer | None
    name: str = ""
    """What the row is called, where it is about one."""


def alterations(battery: Battery, before: Answers, after: Answers) -> Iterator[Alteration]:
    """What is answered otherwise, in the order of the process; the title first, unknown questions last."""
    asked = [INITIATIVE_TITLE, *(question.qid for question in battery.questions())]
    unasked = sorted({*before, *after} - {*asked})
    for qid in chain(asked, unasked):
        old, new = before.get(qid), after.get(qid)
        if old is not new and not is_unchanged(old, new):
            yield from _in_answer(battery.question(qid), AnswerPlace(qid), old, new)


def _in_answer(
    question: Question | None, place: AnswerPlace, old: Answer | None, new: Answer | None
) -> Iterator[Alteration]:
    kind = question.kind if question else None
    if question is None or kind not in (Kind.GROUP, Kind.STATEMENTS):
        yield Alteration(place, old, new)
        return
    if not all(isinstance(answer, Given | None) for answer in (old, new)):
        yield Alteration(place, old, new)
        return
    old_value, new_value = given_value(old), given_value(new)
    if kind is Kind.GROUP:
        yield from _in_rows(question, rows_in(old_value), rows_in(new_value))
    else:
        yield from _in_statements(question, _chosen(old_value), _chosen(new_value))


def _chosen(value: object) -> dict[str, str]:
    return value if isinstance(value, dict) else {}


def _in_statements(
    question: Question, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Alteration]:
    for statement in question.statements:
        before, after = (said.get(statement.id) for said in (old, new))
        if not _is_same_choice(before, after):
            yield Alteration(AnswerPlace(question.qid, part=statement.id), _option(before), _option(after))


def _option(chosen: str | None) -> Answer | None:
    return None if chosen is None else Given(chosen)


def _is_same_choice(old: str | None, new: str | None) -> bool:
    """Whether it is the same option, chosen for the same text of the statement."""
    return old == new and type(old) is type(new)


# ---------------------------------------------------------------------- rows


def _in_rows(question: Question, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Alteration]:
    names = renamed(question, old, new)
    before = _by_key(question, old, names)
    after = _by_key(question, new, {})
    for key, row in before.items():
        if key not in after:
            yield Alteration(AnswerPlace(question.qid, key), Given((row,)), None, row_label(question, row))
    for key, row in after.items():
        if key not in before:
            yield Alteration(AnswerPlace(question.qid, key), None, Given((row,)), row_label(question, row))
        else:
            yield from _in_row(question, key, before[key], row)
    orders = [tuple(key for key in keys if key in before and key in after) for keys in (before, after)]
    if orders[0] != orders[1]:
        yield Alteration(AnswerPlace(question.qid, part=ORDER), Given(orders[0]), Given(orders[1]))


def _by_key(question: Question, rows: Sequence[Row], names: Mapping[str, str]) -> dict[str, Row]:
    """The rows by what they are known by; namesakes are counted, and a row without a name has its id."""
    keyed: dict[str, Row] = {}
    for row in rows:
        name = row_key(question, row) or f"rad {row.id}"
        key = name = names.get(name, name)
        number = 1
        while key in keyed:
            number += 1
            key = f"{name} ({number})"
        keyed[key] = row
    return keyed


def _in_row(question: Question, key: str, old: Row, new: Row) -> Iterator[Alteration]:
    """The fields of a row that say something else; the row is called as it was before, which is known."""
    known = [field.id for field in question.fields]
    for part in [*known, *sorted((old.said | new.said) - {*known})]:
        before, after = _cell(old, part), _cell(new, part)
        if before != after:
            yield Alteration(AnswerPlace(question.qid, key, part), before, after, row_label(question, old))


def _cell(row: Row, part: str) -> Answer | None:
    """What a field of a row says, as an answer."""
    if part in row.values:
        return Given(row.values[part])
    if part in row.unknown:
        return Unknown(row.unknown[part])
    return Unfit(row.unfit[part], "") if part in row.unfit else None
