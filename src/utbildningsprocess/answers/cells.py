"""What stands in the fields of rows.

What does not fit its field counts as not given: nothing can be concluded from it.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from utbildningsprocess.model import Period
from utbildningsprocess.swedish import clean_line, uniform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.model import Row, When


@lru_cache(maxsize=1024)
def meaningful(text: str) -> str:
    """The text in one line; nothing when it has neither letter nor digit, as a lone dash."""
    return clean_line(text) if any(char.isalnum() for char in text) else ""


def filled_rows(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows in which anything at all is said."""
    return tuple(row for row in rows if row.unfit or row.unknown or any(map(_says, row.values.values())))


def _says(value: object) -> bool:
    return bool(meaningful(value)) if isinstance(value, str) else value not in (None, ())


def is_said(row: Row, field: str) -> bool:
    """Whether a field says anything, also that nobody knows it yet."""
    return field in row.unknown or _says(row.values.get(field))


def line_in(row: Row, field: str) -> str:
    """The text in a field in one line, as it is written; empty when there is none."""
    value = row.values.get(field)
    return clean_line(value) if isinstance(value, str) else ""


def text_in(row: Row, field: str) -> str:
    """The text, option or reference in a field; empty when there is none."""
    value = row.values.get(field)
    return meaningful(value) if isinstance(value, str) else ""


def several_in(row: Row, field: str) -> tuple[str, ...]:
    """The options or references in a field, also when there was only room for one."""
    value = row.values.get(field, ())
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def number_in(row: Row, field: str) -> float | None:
    """The number in a field, or None."""
    value = row.values.get(field)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def date_in(row: Row, field: str) -> When | None:
    """The date in a field, as exactly as it is said, or None."""
    value = row.values.get(field)
    return value if isinstance(value, (date, Period)) else None


def _keys(row: Row, field: str) -> tuple[str, ...]:
    """What a field of one or several references points at."""
    value = row.values.get(field)
    several = value if isinstance(value, tuple) else (value,)
    return tuple(key for key in several if isinstance(key, str) and meaningful(key))


def pointing(rows: Iterable[Row], field: str, target: Row) -> tuple[Row, ...]:
    """The rows whose references in the field point at the target."""
    wanted = uniform(target.id)
    return tuple(row for row in rows if any(uniform(key) == wanted for key in _keys(row, field)))


def points_at_any(row: Row, field: str, targets: Iterable[Row]) -> bool:
    """Whether the row points at a target that exists."""
    return any(pointing([row], field, target) for target in targets)
