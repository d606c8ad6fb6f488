"""Values as people state them, ”högst 15 %” or in words: when a text is exactly one number, and which."""

from __future__ import annotations

import re
from typing import NamedTuple

from utbildningsprocess.answers.numbers import number_from, units_in
from utbildningsprocess.swedish import plain_dashes, uniform

_BOUND = r"(?:(högst|minst|max|under|över|cirka|ca\.?|c:a|ungefär|omkring) )?"
_NUMBER = r"[+-]?\d+(?:[., ]\d+)*"
_UNIT = r"(%|:-|[^\W\d_][^\W\d_/.:-]*(?:(?:/| per )[^\W\d_]+)?)?"
_COMMENT = r"(?: ?\([^()]*\))?"
_TWO_VALUES = "Det står två värden här. En rad är ett mått."


class Amount(NamedTuple):
    """One number as it was stated: ”högst 15 %”, ”46 av 51”, ”27 % (17 av 62)”."""

    number: float
    unit: str = ""
    """As it is written, in small letters; empty where none is."""
    bound: str = ""
    """The word before the number: högst, cirka."""
    whole: float | None = None
    """What the number is a share of: 51."""

    @property
    def percent(self) -> float | None:
        """The amount in percent; None when it is no share."""
        if self.whole:
            return 100 * self.number / self.whole
        return self.counted_in("procent") if self.unit else None

    def counted_in(self, unit: str) -> float | None:
        """The number in a unit, hours of 30 minutes 0,5; None when it is in another, or in none."""
        many = units_in(unit, self.unit) if self.unit and self.whole is None else None
        return None if many is None else self.number * many


def amount_in(text: str) -> Amount | None:
    """The number that a text states; None when it is words, or states several."""
    plain = plain_dashes(uniform(text)).rstrip(".")
    said = re.fullmatch(rf"{_BOUND}({_NUMBER})(?: av ({_NUMBER}))? ?{_UNIT}{_COMMENT}", plain)
    if said is None:
        return None
    number, whole = number_from(said[2]), number_from(said[3]) if said[3] else None
    if number is None or (said[3] and (whole is None or not 0 <= number <= whole or not whole)):
        return None
    return Amount(number, said[4] or "", said[1] or "", whole)


def measure_echo(text: str) -> str:
    """What to say of a value that states several numbers; empty for others."""
    beside_comment = re.sub(r"\([^()]*\)\s*\.?$", "", text)
    several = len(re.findall(_NUMBER, beside_comment)) > 1 and amount_in(text) is None
    return _TWO_VALUES if several else ""
