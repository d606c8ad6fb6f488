"""The rows of a group as somebody likes to read them: a table, side by side, or a card for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.documents.text import Safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST_COLUMNS, _MOST_SIDE_BY_SIDE = 4, 4
"""How many fields fit beside each other on a page, and how many rows."""
_MANY = 10
"""Fields that would make a card nobody reads to its end."""
_EMPTY = "–"


def rows_in_markdown(rows: Sequence[tuple[str, Mapping[str, str]]]) -> Safe:
    """Rows as Markdown: each with its id and, by name, its fields in Markdown on one line.

    What becomes a table depends on which fields there are, never on what somebody wrote in them.
    """
    names = list(dict.fromkeys(name for _, cells in rows for name in cells))
    if len(names) <= _MOST_COLUMNS:
        with_ids = any(row_id for row_id, _ in rows)
        body = [[*([row_id] if with_ids else []), *_cells(cells, names)] for row_id, cells in rows]
        return _table([*(["Id"] if with_ids else []), *names], body)
    if len(names) > _MANY and len(rows) <= _MOST_SIDE_BY_SIDE:
        heads = ["Uppgift", *(row_id or str(number) for number, (row_id, _) in enumerate(rows, 1))]
        return _table(heads, zip(names, *(_cells(cells, names) for _, cells in rows), strict=True))
    return Safe("\n".join(_card(row_id, cells) for row_id, cells in rows))


def _cells(cells: Mapping[str, str], names: Iterable[str]) -> list[str]:
    return [cells.get(name, _EMPTY) for name in names]


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Safe:
    lines = [heads, ["---"] * len(heads), *rows]
    return Safe("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _card(row_id: str, cells: Mapping[str, str]) -> str:
    """What a row is about in bold, and below it the rest."""
    head, *further = cells.items() or [("", "")]
    named = " ".join(filter(None, [row_id, head[1]])) or _EMPTY
    told = " · ".join(f"{name}: {words}" for name, words in further)
    return "\\\n  ".join(filter(None, [f"- **{named}**", told]))
