"""Rows known by their first field: which of them are the same under another name, and what points at them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.rows import given_rows, number_of, row_key, rows_in, with_ids
from utbildningsprocess.model import Given, Row
from utbildningsprocess.swedish import same

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.model import Answer, AnswerSheet, Question, Value


class Following(NamedTuple):
    """The answers that follow rows with another name, and how many references that is for each old name."""

    answers: Mapping[str, Answer]
    names: Mapping[str, str]
    counts: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """What followed, for people; empty when nothing did."""
        return " ".join(
            f"{'En hänvisning' if count == 1 else f'{count} hänvisningar'} till ”{old}” "
            f"följde med till ”{self.names[old]}”."
            for old, count in self.counts.items()
        )


def following(sheet: AnswerSheet, given: Mapping[str, Answer | None]) -> Following:
    """What has to follow when answers are given that call rows something else."""
    merged = {**sheet.answers, **given}
    after = {qid: answer for qid, answer in merged.items() if answer is not None}
    changed: dict[str, Answer] = {}
    all_names: dict[str, str] = {}
    counts: dict[str, int] = {}
    for qid in given:
        question = sheet.battery.question(qid)
        before = given_rows(sheet.answers, qid)
        names = renamed(question, before, given_rows(after, qid)) if question else {}
        all_names |= names
        for pointing in sheet.battery.questions() if names else ():
            fields = {field.id for field in pointing.fields if qid in field.points_at}
            rows = given_rows({**after, **changed}, pointing.qid) if fields else ()
            follow = tuple(_followed(row, fields, names, counts) for row in rows)
            if follow != rows:
                changed[pointing.qid] = Given(follow)
    return Following(changed, all_names, counts)


def renamed(question: Question, before: Sequence[Row], after: Sequence[Row]) -> dict[str, str]:
    """The old name -> the new one, of the rows that are the same; not of names that have only moved."""
    if question.row_prefix:
        return {}
    old = {row.id: row_key(question, row) for row in before}
    new = {row.id: row_key(question, row) for row in after}
    return {
        name: new[row_id]
        for row_id, name in old.items()
        if name and new.get(row_id)
        if not any(same(name, kept) for kept in new.values())
        if not any(same(new[row_id], earlier) for earlier in old.values())
    }


def _followed(row: Row, fields: set[str], names: Mapping[str, str], counts: dict[str, int]) -> Row:
    def name_now(key: str) -> str:
        old = next((name for name in names if same(name, key)), None)
        if old is None:
            return key
        counts[old] = counts.get(old, 0) + 1
        return names[old]

    values: dict[str, Value] = dict(row.values)
    for field_id in fields & values.keys():
        match values[field_id]:
            case str() as key:
                values[field_id] = name_now(key)
            case tuple() as keys:
                values[field_id] = tuple(name_now(str(key)) for key in keys)
    return replace(row, values=values)


def known_again(qid: str, sheet: AnswerSheet, answer: Answer) -> Answer:
    """An answer whose rows came without ids, with those of the rows that have the same name.

    Where all names but one are the same, that row has been given another.
    """
    question = sheet.battery.question(qid)
    before = given_rows(sheet.answers, qid)
    rows = rows_in(answer.value) if isinstance(answer, Given) else ()
    if question is None or question.row_prefix or not before or not rows:
        return answer
    names = [row_key(question, row) for row in rows]
    ids = {row_key(question, row): row.id for row in reversed(before)}
    known = [ids.pop(name, "") for name in names]
    if len(rows) == len(before) and known.count("") == 1:
        (last,) = {row.id for row in before} - {*known}
        known = [row_id or last for row_id in known]
    called = [replace(row, id=row_id) for row_id, row in zip(known, rows, strict=True)]
    spent = max(sheet.spent.get(qid, 0), *(number_of(row.id) for row in before))
    return Given(with_ids(question, called, spent))
