"""An answer as a person leaves it in a form: the dossier's answers in that shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, assert_never

from utbildningsprocess.answers.accept import editable
from utbildningsprocess.answers.rows import given_rows, prefilled
from utbildningsprocess.markdown import without_hard_breaks
from utbildningsprocess.model import Given, Kind, Skipped, Unfit, Unknown

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer, AnswerSheet, Item, Question, Row, Value

State: TypeAlias = "dict[str, object]"
YES_ID, NO_ID = "ja", "nej"
OTHER_OPTION = "annat"
"""The option whose choice means words of one's own."""


def state_of_answer(question: Question, answer: Answer | None) -> State | None:
    """What the dossier says of a question without rows, as a form holds it; None where it says nothing."""
    match answer:
        case Given(value):
            return _state(question, value)
        case Unknown(who):
            return {"unknown": who}
        case Skipped(reason):
            return {"skipped": reason}
        case Unfit(text) if question.kind.is_text:
            return {"text": text}
        case Unfit() | None:
            return None
        case _:
            assert_never(answer)


def _state(item: Item, value: Value) -> State:
    match item.kind:
        case Kind.TEXT | Kind.MEASURE | Kind.NUMBER | Kind.DATE | Kind.TIME_SPAN | Kind.LIST:
            return {"text": editable(item, value)}
        case Kind.LONG_TEXT:
            return {"text": without_hard_breaks(editable(item, value))}
        case Kind.YES_NO:
            return {"chosen": [YES_ID if value else NO_ID], "own": ""}
        case Kind.CHOICE | Kind.MULTIPLE | Kind.REFERENCE | Kind.REFERENCES:
            return _chosen(item, [str(key) for key in (value if isinstance(value, tuple) else (value,))])
        case Kind.STATEMENTS:
            return (
                {"statements": {key: str(option) for key, option in value.items()}}
                if isinstance(value, dict)
                else {}
            )
        case Kind.GROUP:
            return {}
        case _:
            assert_never(item.kind)


def _chosen(item: Item, keys: list[str]) -> State:
    """Options, and what is no option as the words of one's own that it is."""
    if item.kind.is_reference or not item.own_words:
        return {"chosen": keys, "own": ""}
    known = [option.id for option in item.options]
    own = [key for key in keys if key not in known]
    chosen = [key for key in keys if key in known]
    if own and OTHER_OPTION in known and OTHER_OPTION not in chosen:
        chosen.append(OTHER_OPTION)
    return {"chosen": chosen, "own": "; ".join(own)}


def state_of_rows(question: Question, sheet: AnswerSheet) -> State | None:
    """The rows of the dossier, and after them those that are proposed; None where there are none."""
    known = {row.id for row in given_rows(sheet.answers, question.qid)}
    rows: list[object] = []
    for number, row in enumerate(prefilled(question, sheet), 1):
        is_known = row.id in known
        cells = _cells(question, row)
        rows.append({"id": row.id if is_known else "", "key": f"p{number}", "cells": cells})
    return {"rows": rows} if rows else None


def _cells(question: Question, row: Row) -> dict[str, object]:
    fields = {field.id: field for field in question.fields}
    cells: dict[str, object] = {
        key: _state(fields[key], value)
        for key, value in row.values.items()
        if key in fields and value not in ("", ())
    }
    return {**cells, **{key: {"unknown": who} for key, who in row.unknown.items() if key in fields}}
