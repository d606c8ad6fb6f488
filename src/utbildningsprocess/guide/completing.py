"""What a page adds to an answer that the dossier has already: the statements, fields and rows it lacked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from utbildningsprocess.answers.composite import in_field_order
from utbildningsprocess.answers.rows import given_rows, new_row_id, number_of, rows_in
from utbildningsprocess.markdown import render
from utbildningsprocess.model import Given, Kind, Row, Unknown, given_value

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer, AnswerSheet, Item, Question, Value


def says_the_same(question: Question, answer: Answer, sheet: AnswerSheet) -> bool:
    """Whether an answer adds nothing to the sheet's: texts look the same in Markdown, parts are all there."""
    earlier = sheet.answers.get(question.qid)
    match earlier, answer:
        case Unknown(known), Unknown(who):
            return who in ("", known)
        case Given(there), Given(value):
            return is_alike(question, there, value) or completed(question, value, sheet) == there
        case _:
            return earlier == answer


def completed(question: Question, value: Value, sheet: AnswerSheet) -> Value | None:
    """The sheet's statements or rows with what another value adds to them.

    None for other answers, and where the two contradict each other or a row cannot be known again.
    """
    answer = sheet.answers.get(question.qid)
    there = answer.value if isinstance(answer, Given) else None
    if isinstance(there, dict) and isinstance(value, dict):
        both = {**value, **there}
        if {**there, **value} != both:
            return None
        return {statement.id: both[statement.id] for statement in question.statements if statement.id in both}
    rows = {row.id: row for row in given_rows(sheet.answers, question.qid)}
    first_new = number_of(new_row_id(question, sheet))
    for row in rows_in(value):
        joined = _joined(question, rows[row.id], row) if row.id in rows else row
        if joined is None or (joined is row and number_of(row.id) < first_new):
            return None
        rows[row.id] = joined
    return tuple(rows.values()) or None


def _joined(question: Question, there: Row, row: Row) -> Row | None:
    """A row with the fields that it lacked; None when no filled-in field is shared, or one differs."""
    old, new = (
        {field.id: cells[field.id] for field in question.fields if cells.get(field.id, "") != ""}
        for cells in (there.values, row.values)
    )
    shared = old.keys() & new.keys()
    if not shared or not all(is_alike(question.field(key), old[key], new[key]) for key in shared):
        return None
    added = {key: cell for key, cell in new.items() if key not in old}
    unknown = {**row.unknown, **there.unknown}
    if (added or unknown != there.unknown) and there.unfit:
        return None
    values = in_field_order(question, {**there.values, **added})
    return replace(
        there, values=values, unknown={key: who for key, who in unknown.items() if values.get(key, "") == ""}
    )


def is_alike(item: Item, there: Value, value: Value) -> bool:
    """Whether two values of an item are the same to a reader: texts that look alike in Markdown are."""
    return render(str(there)) == render(str(value)) if item.kind.is_text else there == value


def says_all_of(item: Item, there: Value | None, value: Value | None) -> bool:
    """Whether a value says what another does, perhaps as part of more."""
    if item.kind in (Kind.MULTIPLE, Kind.LIST) and isinstance(value, tuple) and isinstance(there, tuple):
        return set(map(str, value)) <= set(map(str, there))
    if item.kind.is_text and isinstance(value, str) and isinstance(there, str):
        between = "\n\n" if item.kind is Kind.LONG_TEXT else "; "
        is_among = f"{between}{value.strip()}{between}" in f"{between}{there.strip()}{between}"
        return is_among or is_alike(item, there, value)
    return there is not None and value is not None and is_alike(item, there, value)


def is_less(item: Item, shown: Answer | None, answer: Answer | None) -> bool:
    """Whether an answer is what somebody was shown, with something taken away from it."""
    before, value = given_value(shown), given_value(answer)
    if before is None or value is None or is_alike(item, before, value):
        return False
    return says_all_of(item, before, value)
