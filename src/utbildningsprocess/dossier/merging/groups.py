"""The rows of a group as both sides have left them: each row and each of its fields by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from utbildningsprocess.answers.composite import in_field_order
from utbildningsprocess.dossier.merging.three_ways import Said, agreed, chosen_by_name, chosen_value, ordered
from utbildningsprocess.markdown import render
from utbildningsprocess.model import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from utbildningsprocess.dossier.merging.same_rows import Twins, Versions
    from utbildningsprocess.model import Question

    Doubted: TypeAlias = Callable[[Row], Collection[str]]
    """The fields of a row of theirs that may point at another row among ours."""

_Cell: TypeAlias = tuple[str, Any]
_AS_IT_STANDS = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_ADDRESS = re.compile(r"^[ >*+\-\d.)]*\[[^\]]+\]:.*", re.MULTILINE)
"""The address of a link, which a reader does not see where it stands."""
_NUMBERED = re.compile(r"^[ >]*\d+[.)] ", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")


def meaning(text: str) -> str:
    """A text as a reader sees it, however it is wrapped and whatever its bullets are.

    Also its words, for not all of them are seen: the address of a link, a cell beyond the head of its table.
    """
    pieces = _AS_IT_STANDS.split(render(text))
    seen = (piece if number % 2 else re.sub(r"\s+", " ", piece) for number, piece in enumerate(pieces))
    words = " ".join(_WORD.findall(_NUMBERED.sub("", text)))
    return "\n".join(["".join(seen).strip(), *_ADDRESS.findall(text), words])


def alike(first: object, second: object) -> bool:
    """Whether two values say the same; texts do when they look the same."""
    if type(first) is not type(second):  # an option that was chosen for an earlier text is another answer
        return False
    if isinstance(first, tuple) and isinstance(second, tuple) and len(first) == len(second):
        return all(map(alike, first, second))
    return first == second or (isinstance(first, str) and meaning(first) == meaning(str(second)))


def chosen_rows(
    question: Question, versions: Versions, everyone: Sequence[Twins], doubted: Doubted
) -> Said[tuple[Row, ...]]:
    """The rows of both sides; where they have made a row into different things, what each has made of it."""
    rows = {number: _chosen_row(question, twins, doubted) for number, twins in enumerate(everyone)}
    placed: tuple[dict[str, int], ...] = ({}, {}, {})
    for number, twins in enumerate(everyone):
        for side, row in zip(placed, (twins.base, twins.ours, twins.theirs), strict=True):
            side.update({row.id: number} if row else {})
    orders = ordered(
        *([numbers[row.id] for row in side] for numbers, side in zip(placed, versions[:3], strict=True))
    )
    sides = (
        tuple(row for number in order if (row := rows[number][side]) is not None)
        for side, order in enumerate((*orders, orders[0]))
    )
    return Said(*sides)


def _chosen_row(question: Question, twins: Twins, doubted: Doubted) -> Said[Row | None]:
    base, ours, theirs = (
        replace(row, id=twins.row_id) if row else None for row in (twins.base, twins.ours, twins.theirs)
    )
    if base is None and (ours is None or theirs is None):
        return Said(None, theirs, None) if theirs and doubted(theirs) else agreed(ours or theirs)
    if ours is None or theirs is None:
        return chosen_value(base, ours, theirs, _rows_alike)
    if twins.is_doubtful and not chosen_value(base, ours, theirs, _rows_alike).is_agreed:
        return Said(ours, theirs, base)
    before, mine, yours = (_cells(row) for row in (base, ours, theirs))
    sides = chosen_by_name(before, mine, yours, alike)
    for key in doubted(theirs):
        if yours[key] != before.get(key):
            sides = Said(*(_with_cell(*pair, key) for pair in zip(sides, (mine, yours, before), strict=True)))
    ours, theirs, first = (_row(question, twins.row_id, cells) for cells in sides)
    return Said(ours, theirs, first if base else None)


def _rows_alike(first: Row | None, second: Row | None) -> bool:
    if first is None or second is None:
        return first is second
    mine, yours = _cells(first), _cells(second)
    return mine.keys() == yours.keys() and all(alike(mine[key], yours[key]) for key in mine)


def _cells(row: Row | None) -> dict[str, _Cell]:
    """What is said in each field of a row, in whatever way."""
    if row is None:
        return {}
    ways = (("values", row.values), ("unfit", row.unfit), ("unknown", row.unknown))
    return {key: (way, cell) for way, cells in ways for key, cell in cells.items()}


def _with_cell(cells: Mapping[str, _Cell], said: Mapping[str, _Cell], key: str) -> dict[str, _Cell]:
    """The cells with one of them as it is said elsewhere."""
    kept = {name: cell for name, cell in cells.items() if name != key}
    return {**kept, key: said[key]} if key in said else kept


def _row(question: Question, row_id: str, cells: Mapping[str, _Cell]) -> Row:
    values, unfit, unknown = (
        {key: cell for key, (way, cell) in cells.items() if way == wanted}
        for wanted in ("values", "unfit", "unknown")
    )
    return Row(row_id, in_field_order(question, values), unfit, unknown)
