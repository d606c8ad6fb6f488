"""Rows of groups: their ids, their names, what points at them, and what can be chosen."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DERIVED
from utbildningsprocess.model import Row, given_value
from utbildningsprocess.swedish import clean_line, did_you_mean, running, same

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from utbildningsprocess.model import Answers, AnswerSheet, Battery, GroupField, Item, Question

_TELLING = 25
"""Characters: a shorter first text ("Ny undersköterska") does not tell one row from another."""


_ROLE = "roll"
"""How the id of a field ends that holds a role: who sees to something says nothing of what it is."""


class Reference(NamedTuple):
    """A field of a row that points at another row by its key. Rows are counted from 0."""

    qid: str
    row: int
    field: GroupField
    key: str
    row_id: str


HIGHEST_NUMBER = 99_999
"""Of a row that somebody has numbered: so that the rows after it get numbers that can be read."""


def number_of(row_id: str) -> int:
    """The number in the id of a row; 0 when there is none."""
    digits = re.search(r"[1-9]\d{0,5}$", row_id)
    return int(digits[0]) if digits else 0


def id_in(prefix: str, heading: str) -> str:
    """The id that the heading of a row begins with, `L1` or the number alone; empty when there is none.

    Groups that have a letter now may have been written when they had none.
    """
    if re.fullmatch(r"[1-9]\d{0,5}", heading):
        return f"{prefix}{heading}"
    match = re.match(rf"{prefix}[1-9]\d{{0,5}}\b", heading) if prefix else None
    return match[0] if match else ""


def with_ids(question: Question, rows: Sequence[Row], spent: int = 0) -> tuple[Row, ...]:
    """The rows of a group, each with an id of its own: those without one get the next that nobody has had.

    `spent` is the highest number that a removed row has had.
    """
    return numbered(rows, question.row_prefix, spent)


def numbered(rows: Sequence[Row], prefix: str = "", spent: int = 0) -> tuple[Row, ...]:
    """Rows with ids, as `with_ids` gives them, in a group whose ids begin with these letters."""
    numbers = (number_of(row.id) for row in rows)
    highest = max([spent, *(number for number in numbers if number <= HIGHEST_NUMBER)])
    taken: set[str] = set()
    result = []
    for row in rows:
        row_id = id_in(prefix, row.id)
        if not row_id or row_id in taken or number_of(row_id) > HIGHEST_NUMBER:
            highest += 1
            row_id = f"{prefix}{highest}"
        taken.add(row_id)
        result.append(replace(row, id=row_id))
    return tuple(result)


def with_spent(spent: Mapping[str, int], before: Answers, after: Answers) -> dict[str, int]:
    """The highest numbers that removed rows have had, once some answers have become others."""
    gone = {
        qid: max(map(number_of, ids), default=0)
        for qid, answer in before.items()
        if answer != after.get(qid)
        and (ids := {row.id for row in given_rows(before, qid)} - {row.id for row in given_rows(after, qid)})
    }
    return {qid: max(spent.get(qid, 0), gone.get(qid, 0)) for qid in {*spent, *gone}}


def given_rows(answers: Answers, qid: str) -> tuple[Row, ...]:
    """The rows answered to a group, none when it is not answered."""
    return rows_in(given_value(answers.get(qid)))


def rows_in(value: object) -> tuple[Row, ...]:
    """The rows that a value is made of, none when it is something else."""
    return tuple(row for row in value if isinstance(row, Row)) if isinstance(value, tuple) else ()


def says_nothing(rows: Sequence[Row]) -> bool:
    """Whether there are rows, and none of them says anything."""
    cells = [cell for row in rows for cell in (*row.values.values(), *row.unfit.values(), *row.unknown)]
    return bool(rows) and not any(cell != "" for cell in cells)


def row_key(question: Question, row: Row) -> str:
    """What a reference to the row holds: its id, or its first field where the group has no ids."""
    if question.row_prefix:
        return row.id
    # A row may have its name in a field that is asked no longer, and a new row in the next one.
    known = (field for field in question.fields if not field.retired or row.values.get(field.id))
    return clean_line(str(row.values.get(next(known).id, "")))


def row_label(question: Question, row: Row) -> str:
    """The row in a few words: its id and its first text, with the next one when the first says little.

    A row that begins with a choice is called by that while its first text is empty: a later text, as the
    role that answers for it, is no name.
    """
    if chosen := _chosen(question, row):
        return f"{row.id} {chosen}" if question.row_prefix else chosen
    words = [running(str(row.values[field.id])) for field in naming_fields(question, row)]
    row_id = row.id if question.row_prefix else ""
    return " ".join(filter(None, [row_id, ": ".join(words)])) or f"Rad {row.id}"


def naming_fields(question: Question, row: Row) -> list[GroupField]:
    """The fields that give the row its name."""
    if _chosen(question, row):
        return [question.fields[0]]
    given = [field for field in question.fields if field.kind.is_text and row.values.get(field.id)]
    says_little = bool(given) and len(running(str(row.values[given[0].id]))) < _TELLING
    further = [field for field in given[1:] if not field.id.endswith(_ROLE)]
    return [*given[:1], *(further[:1] if question.row_prefix and says_little else [])]


def _chosen(question: Question, row: Row) -> str:
    """What is chosen in the first field of a row without its first text; empty for other rows."""
    first = question.fields[0]
    name = next((field for field in question.fields if field.kind.is_text), None)
    if name and row.values.get(name.id):
        return ""
    return next((option.label for option in first.options if option.id == row.values.get(first.id)), "")


def choices(item: Item, sheet: AnswerSheet) -> tuple[tuple[str, str], ...]:
    """What can be chosen, as (key, label): the options offered, or the rows a reference may point at."""
    if not item.kind.is_reference:
        return tuple((option.id, option.label) for option in item.offered)
    groups = filter(None, map(sheet.battery.question, item.points_at))
    rows = [(group, row) for group in groups for row in given_rows(sheet.answers, group.qid)]
    return tuple((key, row_label(group, row)) for group, row in rows if (key := row_key(group, row)))


def new_row_id(question: Question, sheet: AnswerSheet) -> str:
    """The id of a row to come: never one in use, nor one that some reference still points at."""
    taken = [row.id for row in given_rows(sheet.answers, question.qid)]
    if prefix := question.row_prefix:
        taken += [reference.key for reference in references(sheet) if id_in(prefix, reference.key)]
    highest = max([sheet.spent.get(question.qid, 0), *map(number_of, taken)])
    return f"{question.row_prefix}{highest + 1}"


def prefilled(question: Question, sheet: AnswerSheet) -> tuple[Row, ...]:
    """The rows of a group, and one more for each row or option of its source that none of them points at."""
    rows = given_rows(sheet.answers, question.qid)
    if question.prefill is None:
        return rows
    target = question.field(question.prefill.target)
    present = {row.values.get(target.id) for row in rows}
    if question.prefill.is_of_options:
        keys = [option.id for option in target.offered]
    else:
        source = sheet.battery.question(question.prefill.source)
        keys = [*_beginnings(source, target, sheet, present)] if source else []
    added = [Row("", {target.id: key}) for key in dict.fromkeys(keys) if key and key not in present]
    return with_ids(question, [*rows, *added], sheet.spent.get(question.qid, 0))


def _beginnings(
    source: Question, target: GroupField, sheet: AnswerSheet, present: Container[object]
) -> Iterator[str]:
    """What rows begin with: each row of the source, or each of the several that it is about.

    Only those count that the target may point at itself, and not of a row that something points at already.
    """
    beside = {*target.points_at} - {source.qid}
    known = {key for key, _ in choices(target, sheet)} if beside else set()
    about: defaultdict[int, list[str]] = defaultdict(list)
    for reference in references(sheet) if beside else ():
        if reference.qid == source.qid and beside & {*reference.field.points_at} and reference.key in known:
            about[reference.row].append(reference.key)
    for number, row in enumerate(given_rows(sheet.answers, source.qid)):
        key = row_key(source, row)
        is_whole = key in present or len(about[number]) < 2  # noqa: PLR2004  one is what the row is about
        yield from [key] if is_whole else about[number]


def proposed(question: Question, sheet: AnswerSheet) -> tuple[str, ...]:
    """The options that what is computed proposes rows for; none for groups that propose nothing."""
    source = question.prefill.source if question.prefill else ""
    if source not in DERIVED or question.prefill is None:
        return ()
    known = [option.id for option in question.field(question.prefill.target).offered]
    value = given_value(sheet.derived.get(source))
    return tuple(str(key) for key in value if key in known) if isinstance(value, tuple) else ()


def references(sheet: AnswerSheet) -> Iterator[Reference]:
    """Every reference in the rows that are answered."""
    for question in sheet.battery.questions():
        fields = [field for field in question.fields if field.kind.is_reference]
        for number, row in enumerate(given_rows(sheet.answers, question.qid) if fields else ()):
            for field in fields:
                value = row.values.get(field.id, ())
                keys = value if isinstance(value, tuple) else (value,)
                yield from (Reference(question.qid, number, field, str(key), row.id) for key in keys if key)


def pointing_at(sheet: AnswerSheet, qid: str, key: str) -> list[Reference]:
    """The references to one row of a group, by its key."""
    return [
        reference
        for reference in references(sheet)
        if reference.key == key and qid in reference.field.points_at
    ]


def is_of_unasked(item: Item, key: str, battery: Battery) -> bool:
    """Whether a key may be that of a row of ours that is not asked here: which there are nobody knows."""
    unasked = (battery.named.get(qid) for qid in item.points_at if battery.question(qid) is None)
    return any(group and (not group.row_prefix or id_in(group.row_prefix, key)) for group in unasked)


def dangling(sheet: AnswerSheet) -> list[tuple[Reference, str]]:
    """The references whose row does not exist, each with a sentence about it."""
    pointing_nowhere = []
    known: dict[tuple[str, ...], list[str]] = {}
    for reference in references(sheet):
        field, key = reference.field, reference.key
        if field.points_at not in known:
            known[field.points_at] = [known_key for known_key, _ in choices(field, sheet)]
        keys = known[field.points_at]
        is_known = key in keys or any(same(key, known_key) for known_key in keys)
        if not is_known and not is_of_unasked(field, key, sheet.battery):
            sentence = f"”{field.text}” pekar på ”{key}”, som inte finns. {did_you_mean(key, keys)}".strip()
            pointing_nowhere.append((reference, sentence))
    return pointing_nowhere
