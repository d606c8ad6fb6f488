"""The trace that a removed row leaves in its group, so that no row gets its id again.

It exists only where it is needed: where the row with the highest number was removed. It says only which
id that was, on a line of its own, and so it merges as any other line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.answers.rows import number_of, rows_in
from utbildningsprocess.model import given_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.model import Answer

_TRACE = re.compile(r"^<!--[ \t]*borttagen:[ \t]*([A-Z]{0,3}[1-9]\d{0,4})[ \t]*-->[ \t]*$", re.MULTILINE)


def is_trace(line: str) -> bool:
    """Whether a line of a group is the trace of a removed row."""
    return bool(_TRACE.match(line))


def traces_in(body: str) -> dict[str, int]:
    """The ids of the removed rows that a body tells of, each with its line from 0."""
    if "<!--" not in body:
        return {}
    lines = enumerate(body.split("\n"))
    return {match[1]: number for number, line in lines if (match := _TRACE.match(line))}


def without_traces(body: str) -> str:
    """The body with its traces made blank lines."""
    return _TRACE.sub("", body)


def with_traces(lines: Sequence[str], ids: Iterable[str]) -> list[str]:
    """The lines of a body with traces below them, in the order of their numbers."""
    traces = [f"<!-- borttagen: {row_id} -->" for row_id in sorted(ids, key=number_of)]
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
