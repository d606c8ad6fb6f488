"""What sorts of questions there are."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import Literal, assert_never


class Kind(StrEnum):
    """What sort of answer a question takes; the value is the word used in a battery."""

    TEXT = "text"
    LONG_TEXT = "lang_text"
    CHOICE = "val"
    MULTIPLE = "flerval"
    YES_NO = "ja_nej"
    NUMBER = "tal"
    DATE = "datum"
    TIME_SPAN = "tidsspann"
    MEASURE = "varde"
    LIST = "lista"
    STATEMENTS = "pastaenden"
    GROUP = "grupp"
    REFERENCE = "referens"
    REFERENCES = "referenser"

    @cached_property
    def family(self) -> Literal["text", "value", "reference", "statements", "rows"]:
        """What answers of the kind are made of."""
        match self:
            case Kind.TEXT | Kind.LONG_TEXT | Kind.MEASURE:
                return "text"
            case Kind.REFERENCE | Kind.REFERENCES:
                return "reference"
            case Kind.STATEMENTS:
                return "statements"
            case Kind.GROUP:
                return "rows"
            case Kind.CHOICE | Kind.MULTIPLE | Kind.YES_NO | Kind.NUMBER | Kind.LIST:
                return "value"
            case Kind.DATE | Kind.TIME_SPAN:
                return "value"
            case _:
                assert_never(self)

    @property
    def is_text(self) -> bool:
        """Whether the answer is Markdown in the person's own words."""
        return self.family == "text"

    @property
    def is_reference(self) -> bool:
        """Whether the answer points at rows of groups."""
        return self.family == "reference"

    @property
    def is_composite(self) -> bool:
        """Whether the answer has parts that are asked one by one; no field of a group can have them."""
        return self.family in ("statements", "rows")
