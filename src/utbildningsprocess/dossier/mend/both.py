"""What two people have answered to one question, kept from both: rows by id, statements, items of lists."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.answers.rows import given_rows, new_row_id, references, row_key
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.encoding import encode
from utbildningsprocess.dossier.mend.sides import with_body
from utbildningsprocess.model import Given, Row

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping, Sequence
    from typing import TypeVar

    from utbildningsprocess.model import AnswerSheet, Question, Value

    K = TypeVar("K", bound=Hashable)
    V = TypeVar("V")


ROW_NAMED = re.compile(r"\b[A-Z]{1,3}[1-9]\d*\b")
"""A row in the text of a deviation, which names it after its rule: R14 L5."""


class Pointer(NamedTuple):
    """Where a row is pointed at: the question and the row it stands in, and the key of the row it means."""

    qid: str
    row_id: str
    key: str


class Kept(NamedTuple):
    """What is kept of both sides' answers. Rows of theirs whose id was taken have new ones, by the old."""

    value: Value
    renamed: Mapping[str, str]
    certain: bool
    """Whether no two answers to the same thing stood against each other."""
    renamed_ours: Mapping[str, str] = MappingProxyType({})
    """The rows of ours whose id theirs had used up, likewise."""


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


def both_rows(
    question: Question,
    sheets: tuple[AnswerSheet, AnswerSheet, AnswerSheet | None],
    traces: tuple[Collection[str], Collection[str]] = ((), ()),
) -> Kept:
    """The rows of both sides, given ours, theirs and what stood before, and the ids each has taken away.

    A row that both have written differently is kept twice, theirs with a new id; so is a new row whose
    id the other side has given to a row that it took away.
    """
    mine, yours, before = _by_key(question, sheets)
    rows: list[Row] = []
    again: tuple[list[Row], list[Row]] = ([], [])
    for key in dict.fromkeys([*mine, *yours]):
        row, twin, known = mine.get(key), yours.get(key), before.get(key)
        if row is not None and twin is not None:
            single = _as_one(row, twin, known)
            rows.append(single or row)
            again[1].extend([] if single else [twin])
        elif (only := row or twin) and not _alike(only, known):
            side, others = (0, traces[1]) if row else (1, traces[0])
            taken = only.id in others if known is None else False
            (again[side] if taken or only.id in {kept.id for kept in rows} else rows).append(only)
    renamed: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for side, moved in enumerate(again):
        for row in moved:
            row_id = _free_id(question, sheets[0], sheets[1], rows)
            renamed[side][row.id] = row_id
            rows.append(replace(row, id=row_id))
    certain = sheets[2] is not None and not any(again)
    return Kept(tuple(rows), renamed[1], certain, renamed[0])


def _by_key(question: Question, sheets: Sequence[AnswerSheet | None]) -> list[dict[str, Row]]:
    """The rows of each sheet by what tells them apart: the names that references use, else their ids."""
    written = [given_rows(sheet.answers, question.qid) if sheet else () for sheet in sheets]
    names = [[row_key(question, row) for row in rows] for rows in written]
    if any("" in keys or len(set(keys)) < len(keys) for keys in names):
        names = [[row.id for row in rows] for rows in written]
    return [dict(zip(keys, rows, strict=True)) for keys, rows in zip(names, written, strict=True)]


def _alike(row: Row, compared: Row | None) -> bool:
    return compared is not None and replace(row, id=compared.id) == compared


def _as_one(ours: Row, theirs: Row, base: Row | None) -> Row | None:
    """One row with what both have written in it; None when they have written the same field differently."""
    if not base and not any(ours.values[key] == theirs.values.get(key) for key in ours.values):
        return None
    values = _fields_as_one(ours.values, theirs.values, base.values if base else {})
    unfit = _fields_as_one(ours.unfit, theirs.unfit, base.unfit if base else {})
    unknown = _fields_as_one(ours.unknown, theirs.unknown, base.unknown if base else {})
    if values is None or unfit is None or unknown is None:
        return None
    return Row(ours.id, values, unfit, {key: who for key, who in unknown.items() if key not in values})


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
        moved = tuple(row if row in shared else pointing_anew(question, row, qid, renamed) for row in rows)
        if moved != rows:
            text = with_body(text, question.qid, encode(question, Given(moved)))
    return text


def pointing_anew(question: Question, row: Row, qid: str, renamed: Mapping[str, str]) -> Row:
    """The row with what points at rows of a group pointing at what these are called now."""
    values = dict(row.values)
    for field in question.fields:
        value = values.get(field.id)
        if qid in field.points_at and isinstance(value, tuple):
            values[field.id] = tuple(renamed.get(str(key), str(key)) for key in value)
        elif qid in field.points_at and isinstance(value, str):
            values[field.id] = renamed.get(value, value)
        elif question.qid == DEVIATIONS and field.kind.is_text and isinstance(value, str):
            values[field.id] = ROW_NAMED.sub(lambda name: renamed.get(name[0], name[0]), value)
    return replace(row, values=values)


def pointers(sheet: AnswerSheet) -> set[Pointer]:
    """Everything that points at a row: references, and the names in deviations."""
    pointing = {Pointer(reference.qid, reference.row_id, reference.key) for reference in references(sheet)}
    for row in given_rows(sheet.answers, DEVIATIONS):
        texts = " ".join(map(str, row.values.values()))
        pointing |= {Pointer(DEVIATIONS, row.id, name) for name in ROW_NAMED.findall(texts)}
    return pointing
