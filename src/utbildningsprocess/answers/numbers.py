"""Numbers as people say them."""

from __future__ import annotations

import re

from utbildningsprocess.swedish import shortened

_MOST_QUOTED = 60


def parse_number(text: str) -> int | float:
    """A number as people write it: 12, 12,5, 1 200, −3. Raises ValueError with a sentence."""
    bare = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?\d{1,15}(\.\d{1,15})?", bare):
        raise ValueError(no_number(text))
    number = float(bare)
    return int(number) if number.is_integer() else number


def no_number(text: str) -> str:
    """The sentence about a text that is no number; of a long one its beginning is quoted."""
    return (
        f"”{shortened(text, _MOST_QUOTED)}” är inte ett tal. Skriv med siffror, till exempel 12 eller 12,5."
    )
