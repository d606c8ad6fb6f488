"""Which rows of three versions of a group are the same row, and what it is to be called in the merged one.

A row of what stood before is known by its id or its name. A new row gets an id that nobody has had, if
the one it came with is taken; everything that points at it follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.rows import new_row_id, number_of, row_key
from utbildningsprocess.dossier.merging.three_ways import chosen_value
from utbildningsprocess.swedish import clean_line, uniform

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from utbildningsprocess.dossier.pieces import Decoded
    from utbildningsprocess.dossier.traces import NewName
    from utbildningsprocess.model import AnswerSheet, GroupField, Question, Row


@dataclass
class Twins:
    """The same row in three versions, where it is there, and the id it is to have."""

    base: Row | None
    ours: Row | None
    theirs: Row | None
    is_doubtful: bool = False
    """Whether the row of either side may be another one, that has come to be called the same."""
    row_id: str = ""


class Versions(NamedTuple):
    """Three versions of a group: its rows as they are read, and what removed and renamed rows have left."""

    base: Sequence[Row]
    ours: Sequence[Row]
    theirs: Sequence[Row]
    decoded: tuple[Decoded, Decoded, Decoded]

    def traces(self, side: int) -> Collection[str]:
        """The ids of rows that a side has removed."""
        return {*self.decoded[side].traces} - {*self.decoded[0].traces}

    def new_names(self, side: int) -> Sequence[NewName]:
        """The names that a side has given."""
        before = [name.trace for name in self.decoded[0].new_names]
        return [name for name in self.decoded[side].new_names if name.trace not in before]


def twins_in(
    question: Question, versions: Versions, sheets: Sequence[AnswerSheet], *, descends: bool
) -> list[Twins]:
    """The rows of three versions, each with its twins.

    `descends` says that ours has grown out of the base, so that an id means the same row in both.
    """
    if question.row_prefix:
        everyone = _by_ids(question, versions, descends=descends)
    else:
        everyone = _by_names(question, versions, descends=descends)
    _give_ids(question, versions, everyone, sheets)
    return everyone


def _by_ids(question: Question, versions: Versions, *, descends: bool) -> list[Twins]:
    named = _naming(question.fields)
    mine, yours = (_followed(versions.base, side, named) for side in (versions.ours, versions.theirs))
    everyone = []
    for row in versions.base:
        there = mine.get(row.id)
        doubtful = not descends and there is not None and named(there) != named(row)
        everyone.append(Twins(row, there, yours.get(row.id), doubtful))
    known, placed = ({row.id for row in side.values()} for side in (mine, yours))
    new = [row for row in versions.theirs if row.id not in placed]
    for row in versions.ours:
        if row.id not in known:
            twin = next((added for added in new if _added_twice(row, added, named)), None)
            everyone.append(Twins(None, row, twin))
            new = [added for added in new if added is not twin]
    return [*everyone, *(Twins(None, None, row) for row in new)]


def _added_twice(ours: Row, theirs: Row, named: Callable[[Row], str]) -> bool:
    """Whether a row that both have added is one row: it has the same name, and the same id or contents."""
    alike = (ours.values, ours.unfit, ours.unknown) == (theirs.values, theirs.unfit, theirs.unknown)
    return named(ours) == named(theirs) and (ours.id == theirs.id or alike)


def _followed(base: Sequence[Row], side: Sequence[Row], named: Callable[[Row], str]) -> dict[str, Row]:
    """The rows of a side by the ids of their twins in the base: by name where that tells, else by id.

    Who has merged before may have given a row another id than somebody else did.
    """
    names, known = [named(row) for row in side], [named(row) for row in base]
    by_id = {row.id: row for row in side}
    placed: dict[str, Row] = {}
    for row, name in zip(base, known, strict=True):
        there = by_id.get(row.id)
        if there is not None and named(there) == name:
            placed[row.id] = there
        elif names.count(name) == known.count(name) == 1:
            placed[row.id] = side[names.index(name)]
    taken = {row.id for row in placed.values()}
    left = {row.id: by_id[row.id] for row in base if row.id in by_id and row.id not in taken}
    return {**left, **placed}


def _naming(fields: Sequence[GroupField]) -> Callable[[Row], str]:
    """What gives a row's name in words: its first text, or all of it where it has none."""
    texts = [field.id for field in fields if field.kind.is_text]

    def named(row: Row) -> str:
        first = next((str(row.values[key]) for key in texts if row.values.get(key)), "")
        return uniform(clean_line(first)) or str(sorted(map(str, row.values.items())))

    return named


# ------------------------------------------------------- rows known by name


def _by_names(question: Question, versions: Versions, *, descends: bool) -> list[Twins]:
    named = _naming(question.fields[1:])  # what tells rows apart that are called the same
    known = _by_key(question, versions.base)
    mine, yours = (_by_key(question, side) for side in (versions.ours, versions.theirs))
    placed = _called_so(known, mine, versions.new_names(1))
    placed_theirs = _called_so(known, yours, versions.new_names(2))
    everyone = []
    for name, row in known.items():
        ours, theirs = placed.get(name), placed_theirs.get(name)
        doubtful = any(there.is_by_id or there.row.id != row.id for there in (ours, theirs) if there)
        replaced = ours is not None and not descends and named(ours.row) != named(row)
        everyone.append(
            Twins(row, ours and ours.row, theirs and theirs.row, is_doubtful=doubtful or replaced)
        )
    old = [[there.row.id for there in side.values()] for side in (placed, placed_theirs)]
    new = {name: row for name, row in yours.items() if row.id not in old[1]}
    for name, row in mine.items():
        if row.id not in old[0]:
            twin = new.get(name) if row_key(question, row) else None
            everyone.append(Twins(None, row, twin))
            new = {key: added for key, added in new.items() if added is not twin}
    return [*everyone, *(Twins(None, None, row) for row in new.values())]


class _Placed(NamedTuple):
    """The row of a side that is the twin of one in the base, and whether only the id says so."""

    row: Row
    is_by_id: bool = False


def _by_key(question: Question, rows: Sequence[Row]) -> dict[str, Row]:
    """The rows by what they are called, or by their ids where that is nothing, or another row's name too."""
    result: dict[str, Row] = {}
    for row in rows:
        key = uniform(row_key(question, row))
        result[key if key and key not in result else f"#{row.id}"] = row
    return result


def _called_so(
    known: Mapping[str, Row], rows: Mapping[str, Row], new_names: Sequence[NewName]
) -> dict[str, _Placed]:
    """The rows of a side by what their twins in the base were called: by name, else by id."""
    placed = {name: _Placed(rows[now]) for name in known if (now := _name_now(name, new_names, rows)) in rows}
    taken = [there.row.id for there in placed.values()]
    by_id = {row.id: _Placed(row, is_by_id=True) for row in rows.values() if row.id not in taken}
    left = {name: by_id[row.id] for name, row in known.items() if name not in placed and row.id in by_id}
    return {**left, **placed}


def _name_now(name: str, new_names: Sequence[NewName], rows: Mapping[str, Row]) -> str:
    """What a side calls the row that had a name."""
    now = name
    for trace in new_names:
        now = uniform(trace.new) if uniform(trace.old) == now else now
    return now if now in rows else name


# ---------------------------------------------------------------------- ids


def _give_ids(
    question: Question, versions: Versions, everyone: Sequence[Twins], sheets: Sequence[AnswerSheet]
) -> None:
    """Gives the rows that are left their ids: those of ours first, then those of theirs that are free."""
    highest = max(number_of(new_row_id(question, sheet)) - 1 for sheet in sheets)
    taken: set[str] = set()
    for twins in sorted(everyone, key=lambda twins: (twins.ours is None, twins.base is None)):
        row, passed = (twins.ours, versions.traces(2)) if twins.ours else (twins.theirs, versions.traces(1))
        wanted = row.id if row else ""
        if row and (wanted in taken or (twins.base is None and wanted in passed)):
            highest += 1
            wanted = f"{question.row_prefix}{highest}"
        twins.row_id = wanted
        taken |= {wanted} - {""}


def keys_now(question: Question, everyone: Sequence[Twins], side: int) -> dict[str, str]:
    """What a side points at its rows by -> what they are pointed at by once merged, where that differs."""
    result = {}
    for twins in everyone:
        row = (twins.base, twins.ours, twins.theirs)[side]
        now = _key_now(question, twins)
        if row and now and row_key(question, row) != now:
            result[row_key(question, row)] = now
    return result


def _key_now(question: Question, twins: Twins) -> str:
    if question.row_prefix:
        return twins.row_id
    if twins.is_doubtful:
        return ""
    base, ours, theirs = (
        row_key(question, row) if row else "" for row in (twins.base, twins.ours, twins.theirs)
    )
    name = chosen_value(base or ours or theirs, ours or base or theirs, theirs or base or ours)
    return name.ours if name.is_agreed else ""
