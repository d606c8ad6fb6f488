"""A number in a data file that remembers how it was written, for questions whose answer is words."""

from __future__ import annotations

from typing import Self


class Spelled(float):
    """A number with decimals or an exponent: 1.10 is 1.1 where a number is asked for, and 1.10 in words."""

    __slots__ = ("_spelling",)

    def __new__(cls, spelling: str) -> Self:
        """The number that is spelled so. Raises ValueError for what is none."""
        number = super().__new__(cls, spelling)
        number._spelling = spelling
        return number

    def __str__(self) -> str:
        """The number as it was written."""
        return self._spelling

    _spelling: str
