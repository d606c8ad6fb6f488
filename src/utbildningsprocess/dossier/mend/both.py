"""What two people have answered to one question, kept from both: rows by id, statements, items of lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.answers.rows import given_rows, new_row_id, row_key
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.encoding import encode
from utbildningsprocess.dossier.mend.sides import with_body
from utbildningsprocess.model import Given, Row

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence
    from typing import TypeVar

    from utbildningsprocess.model import AnswerSheet, Question, Value

    K = TypeVar("K", bound=Hashable)
    V = TypeVar("V")


class Kept(NamedTuple):
    """What is kept of both sides' answers. Rows of theirs whose id was taken have new ones, by the old."""

    value: Value
    renamed: Mapping[str, str]
    certain: bool
    """Whether no two answers to the same thing stood against each other."""


def both_items(
    ours: Sequence[str | int | float], theirs: Sequence[str | int | float], base: Sequence[object] | None
) -> Kept:
    """The items of both lists, each once; what either has taken away since `base` stays away."""
    gone = {item for item in base or () if item not in ours or item not in theirs}
    items = dict.fromkeys([*ours, *theirs])
    return Kept(tuple(item for item in items if item not in gone), {}, certain=base is not None)


def both_statements(
    ours: Mapping[str, str], theirs: Mapping[str, str], base: Mapping[str, str] | None
) -> Kept:
    """Both sides' statements; where both have answered one, the changed answer, or else ours."""
    result, certain = dict(ours), base is not None
    for key, option in theirs.items():
        before = (base or {}).get(key)
        if key not in ours or ours[key] == before:
            result[key] = option
        elif option not in (ours[key], before):
            certain = False
    return Kept(result, {}, certain)


def both_rows(question: Question, ours: AnswerSheet, theirs: AnswerSheet, base: AnswerSheet | None) -> Kept:
    """The rows of both sides. One that both have written differently is kept twice, theirs with a new id."""
    mine, yours, before = (
        {_key(question, row): row for row in given_rows(sheet.answers, question.qid)} if sheet else {}
        for sheet in (ours, theirs, base)
    )
    rows: list[Row] = []
    renamed: dict[str, str] = {}
    added: list[Row] = []
    for key in dict.fromkeys([*mine, *yours]):
        row, twin, known = mine.get(key), yours.get(key), before.get(key)
        if row is None or twin is None:
            only = row or twin
            rows += [only] if only and not _alike(only, known) else []
        elif (single := _as_one(row, twin, known)) is not None:
            rows.append(single)
        else:
            rows.append(row)
            added.append(twin)
    for row in added:
        row_id = _free_id(question, ours, theirs, [*rows, *added]) if question.row_prefix else ""
        renamed[row.id] = row_id
        rows.append(Row(row_id, row.values, row.unfit))
    if not question.row_prefix:
        rows = [Row(str(number), row.values, row.unfit) for number, row in enumerate(rows, 1)]
        renamed = {}
    return Kept(tuple(rows), renamed, certain=base is not None and not added)


def _key(question: Question, row: Row) -> str:
    return row_key(question, row) or row.id


def _alike(row: Row, compared: Row | None) -> bool:
    return compared is not None and (row.values, row.unfit) == (compared.values, compared.unfit)


def _as_one(ours: Row, theirs: Row, base: Row | None) -> Row | None:
    """One row with what both have written in it; None when they have written the same field differently."""
    if not base and not any(ours.values[key] == theirs.values.get(key) for key in ours.values):
        return None
    values = _fields_as_one(ours.values, theirs.values, base.values if base else {})
    unfit = _fields_as_one(ours.unfit, theirs.unfit, base.unfit if base else {})
    return None if values is None or unfit is None else Row(ours.id, values, unfit)


def _fields_as_one(
    ours: Mapping[str, V], theirs: Mapping[str, V], base: Mapping[str, V]
) -> dict[str, V] | None:
    result = {}
    for key in dict.fromkeys([*ours, *theirs]):
        mine, yours, before = ours.get(key), theirs.get(key), base.get(key)
        differ = mine != yours
        if differ and before is not None and before not in (mine, yours):
            return None
        if differ and before is None and None not in (mine, yours):
            return None
        kept = yours if mine == before else mine
        if kept is not None:
            result[key] = kept
    return result


def _free_id(question: Question, ours: AnswerSheet, theirs: AnswerSheet, rows: Sequence[Row]) -> str:
    """An id that neither side has, or points at, and none of these rows."""
    written = ours.with_answers({question.qid: Given(tuple(rows))})
    ids = [new_row_id(question, sheet) for sheet in (ours, theirs, written)]
    return max(ids, key=_number)


def _number(row_id: str) -> int:
    return int(re.sub(r"\D", "", row_id) or 0)


def with_new_ids(text: str, qid: str, renamed: Mapping[str, str], ours: AnswerSheet) -> str:
    """The text of theirs with what points at a row that has a new id pointing at that.

    Rows that ours has just so point at ours.
    """
    sheet = read(text, ours.battery).sheet
    for question in sheet.battery.questions() if renamed else ():
        rows = given_rows(sheet.answers, question.qid)
        shared = given_rows(ours.answers, question.qid)
        moved = tuple(row if row in shared else _pointing_anew(question, row, qid, renamed) for row in rows)
        if moved != rows:
            text = with_body(text, question.qid, encode(question, Given(moved)))
    return text


def _pointing_anew(question: Question, row: Row, qid: str, renamed: Mapping[str, str]) -> Row:
    values = dict(row.values)
    for field in question.fields:
        value = values.get(field.id)
        if qid in field.points_at and isinstance(value, tuple):
            values[field.id] = tuple(renamed.get(str(key), str(key)) for key in value)
        elif qid in field.points_at and isinstance(value, str):
            values[field.id] = renamed.get(value, value)
        elif question.qid == DEVIATIONS and field.kind.is_text and isinstance(value, str):
            # A deviation names a row after its rule: R14 L5.
            values[field.id] = re.sub(r"\b[A-Z]\d+\b", lambda name: renamed.get(name[0], name[0]), value)
    return Row(row.id, values, row.unfit)
