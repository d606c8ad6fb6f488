"""Values as numbers with their unit in a column of its own, where an answer is one number; else in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.answers.measures import amount_in, share_in
from utbildningsprocess.exports.xlsx_cells import FilledColumn, is_countable
from utbildningsprocess.swedish import format_number, uniform

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.answers.measures import Amount
    from utbildningsprocess.exports.xlsx_cells import Content

_UNIT, _IN_WORDS = "Enhet", "Hela svaret"


def with_units(columns: Mapping[str, FilledColumn], values: Sequence[str]) -> dict[str, FilledColumn]:
    """The columns, of which those named hold `values`: these become numbers, and their unit comes after them.

    What an answer says beyond a number and its unit stands in a last column.
    """
    if not values:
        return dict(columns)
    texts = [[*map(str, row)] for row in zip(*(columns[key].cells for key in values), strict=True)]
    counted = [_counted(row) for row in texts]
    heads = [columns[key].head for key in values]
    words = [_beyond(heads, row, cells) for row, (cells, _) in zip(texts, counted, strict=True)]
    result: dict[str, FilledColumn] = {}
    for key, column in columns.items():
        at = values.index(key) if key in values else None
        result[key] = column if at is None else column._replace(cells=[cells[at] for cells, _ in counted])
        if key == values[-1]:
            result[_UNIT] = FilledColumn(_UNIT, [unit for _, unit in counted])
    return result | ({_IN_WORDS: FilledColumn(_IN_WORDS, words)} if any(words) else {})


def _counted(texts: Sequence[str]) -> tuple[list[Content], str]:
    """The values of a row as numbers in the unit of the first of them, others in words; and that unit."""
    amounts = [_stated(text) for text in texts]
    unit = next((_unit(amount) for amount in amounts if amount), "")
    pairs = zip(amounts, texts, strict=True)
    return [amount.number if amount and _unit(amount) == unit else text for amount, text in pairs], unit


def _stated(text: str) -> Amount | None:
    """The number that a value is; None for words, a share of a count, and what a comment takes back."""
    amount = amount_in(text)
    if amount is None or amount.whole is not None or not is_countable(amount.number):
        return None
    return amount if "(" not in text or share_in(text) is not None else None


def _unit(amount: Amount) -> str:
    return "%" if amount.percent == amount.number else amount.unit


def _beyond(heads: Sequence[str], texts: Sequence[str], cells: Sequence[Content]) -> str:
    """The answers of which a number and its unit do not say all: högst 15 %, 27 % (17 av 62)."""
    lines = []
    for head, text, cell in zip(heads, texts, cells, strict=True):
        amount = None if isinstance(cell, str) else _stated(text)
        if amount and "".join(uniform(text).split()) != f"{format_number(amount.number)}{amount.unit}":
            lines.append(f"{head}: {text}" if len(heads) > 1 else text)
    return "\n".join(lines)
