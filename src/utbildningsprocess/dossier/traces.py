"""The traces that rows leave in their group: which id a removed row had, and which name a row has had.

The first exists only where it is needed: where the row with the highest number was removed, so that no
row gets its id again. The second stands where rows are pointed at by name, so that what somebody else
wrote about the old name is not taken for a row that has got the name since. Each says only that, on a
line of its own, and so it merges as any other line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.renames import renamed
from utbildningsprocess.answers.rows import number_of, rows_in
from utbildningsprocess.model import given_value

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from utbildningsprocess.model import Answer, Battery, Question

_TRACE = re.compile(r"^<!--[ \t]*borttagen:[ \t]*([A-Z]{0,3}[1-9]\d{0,4})[ \t]*-->[ \t]*$", re.MULTILINE)
_CALLED_NOW = re.compile(r"^<!--[ \t]*(\S.*?) heter nu (\S.*?)[ \t]*-->[ \t]*$", re.MULTILINE)
_IN_NO_TRACE = re.compile(r"--|[<>]| heter nu ")


class NewName(NamedTuple):
    """A name that a row has had, the one it got, and the line from 0 that says so."""

    old: str
    new: str
    line: int

    @property
    def trace(self) -> str:
        """The line that says so."""
        return f"<!-- {self.old} heter nu {self.new} -->"


class Traceless(NamedTuple):
    """What leaves no trace when rows change."""

    back: Container[str] = ()
    """The ids of removed rows that are the same when they stand here again."""
    names: Container[str] = ()
    """The names that nobody else can have seen, and that nothing points at."""


def is_trace(line: str) -> bool:
    """Whether a line of a group is the trace of a row."""
    return bool(_TRACE.match(line) or _CALLED_NOW.match(line))


def traces_in(body: str) -> dict[str, int]:
    """The ids of the removed rows that a body tells of, each with its line from 0."""
    if "<!--" not in body:
        return {}
    lines = enumerate(body.split("\n"))
    return {match[1]: number for number, line in lines if (match := _TRACE.match(line))}


def new_names_in(body: str) -> tuple[NewName, ...]:
    """The names that rows have had, as a body tells of them."""
    if "<!--" not in body:
        return ()
    lines = enumerate(body.split("\n"))
    return tuple(
        NewName(match[1], match[2], number) for number, line in lines if (match := _CALLED_NOW.match(line))
    )


def without_traces(body: str) -> str:
    """The body with its traces made blank lines."""
    return _CALLED_NOW.sub("", _TRACE.sub("", body))


def with_traces(lines: Sequence[str], ids: Iterable[str], names: Iterable[NewName] = ()) -> list[str]:
    """The lines of a body with traces below them: of names, and of ids in the order of their numbers."""
    traces = list(dict.fromkeys(name.trace for name in names))
    traces += [f"<!-- borttagen: {row_id} -->" for row_id in sorted(ids, key=number_of)]
    below = [line for trace in traces for line in ("", trace)]
    return [*lines, *below] if any(lines) else below[1:]


def left_behind(traces: Iterable[str], before: Answer | None, after: Answer | None) -> set[str]:
    """The traces a group has once its rows have changed: the highest id too, when its row is gone."""
    ids_before = {row.id for row in rows_in(given_value(before))}
    ids_after = {row.id for row in rows_in(given_value(after))}
    standing = {*traces, *ids_after}
    highest = max(ids_before - ids_after, key=number_of, default="")
    needed = highest and number_of(highest) > max(map(number_of, standing), default=0)
    return {*traces, highest} if needed else set(traces)


def names_left_behind(
    names: Sequence[NewName], renamed: Mapping[str, str], traceless: Container[str] = ()
) -> list[NewName]:
    """The traces of names that a group has once rows have been renamed, old names to new ones.

    A row that gets the name back that it had a moment ago leaves none; a traceless name was never there.
    """
    if names and renamed.get(names[-1].new) == names[-1].old:
        return list(names[:-1])
    passed = {old: new for old, new in renamed.items() if old in traceless}
    told = [name._replace(new=passed.get(name.new, name.new)) for name in names]
    told += [NewName(old, new, 0) for old, new in renamed.items() if old not in passed]
    return [name for name in told if name in names or not _IN_NO_TRACE.search(f"{name.old}|{name.new}")]


def new_names_of(
    battery: Battery, question: Question, before: Answer | None, after: Answer | None
) -> Mapping[str, str]:
    """The old names and the new ones of the rows that got another, where something may point at them."""
    if not any(question.qid in field.points_at for asked in battery.questions() for field in asked.fields):
        return {}
    return renamed(question, rows_in(given_value(before)), rows_in(given_value(after)))
