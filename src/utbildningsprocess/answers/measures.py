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
_COUNTED = re.compile(r"(\d+) av (?:de |alla |totalt |våra )?(\d+)(?: [^\W\d_]+)*")
"""A comment that says the count behind a share: ”17 av 62”, ”17 av 62 svarande”."""
_NO_OUTCOME = re.compile(
    r"\b(?:ej|inte|aldrig|inget|inga|saknas|mål\w*|önsk\w*|tänkt\w*|plan\w*|prognos\w*|gissn\w*|medel\w*|"
    r"snitt\w*|betyg\w*|skala\w*|poäng\w*|median\w*)\b|\d",
    re.IGNORECASE,
)
"""In a comment: not measured, not what became, no share, or one more number."""
_BESIDE = re.compile(r"\b(?:mål|nuläge) \d{1,3}(?:,\d+)? ?%", re.IGNORECASE)
"""In a comment: what the outcome is to be held against, named as that and with a number of its own."""
_LARGEST_SCALE = 10
"""”4 av 5” may as well be a grade as a count of people."""
_UNITS_OF_TIME = r"(?:sekund|minut|timm|dygn|dag|veck|månad|år)\w*"
_MONTH = r"(?:jan|feb|mars|apr|maj|jun|jul|aug|sep|okt|nov|dec)(?:\w*|\.)"
_NO_VALUE = re.compile(
    rf"""(?:
    \([^()]*\)
  | \d{{4}}-\d\d(?:-\d\d)?
  | \d{{1,2}}(?::?e)?\ {_MONTH}(?:\ (?:19|20)\d\d)? | {_MONTH}\ (?:år\ )?(?:19|20)\d\d
  | \b(?:den|mätt|mäts|före|förrän|senast)\ \d{{1,2}}/\d{{1,2}} | \d+:[ae]\b
  | \b(?:vecka|veckorna|v\.?)\ ?\d{{1,2}}(?:\ ?(?:-|till|och|,)\ ?\d{{1,2}})*
  | \b(?:kl\.?|klockan)\ ?\d+(?:[.:]\d+)?
  | \bskal\w*[^\d]{{0,9}}\d+\ ?(?:-|till)\ ?\d+
  | \b(?:dag|nivå|avdelning|enhet|grupp|omgång|fråga|punkt|klass|rum|kvartal)\ \d+
  | \b(?:inom|efter|på|i|var|vart|första|senaste)\ {_NUMBER}(?:\ ?-\ ?\d+)?\ {_UNITS_OF_TIME}
  | \bunder\ {_NUMBER}\ (?:dygn|dag|veck|månad|år)\w*
  | \b(?:19|20)\d\d\b(?!\ ?(?:[%\d]|:-|kr|personer|fall|timmar|st\b))
    )(?!\w|\ ?(?:%|procent))""",
    re.VERBOSE,
)
"""Numbers that are no value: of a day, a week, a limit in time, a scale or something that is numbered."""
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


def share_in(text: str) -> float | None:
    """The share that a text is, in percent from 0 to 100; None when it may be something else.

    A bar drawn of one number among several, of a grade or of what nobody has measured says what nobody said.
    """
    amount = amount_in(text)
    percent = amount.percent if amount else None
    if amount is None or percent is None or not 0 <= percent <= 100:  # noqa: PLR2004  the whole
        return None
    if amount.whole and (amount.whole <= _LARGEST_SCALE or amount.unit):
        return None
    said = re.search(r"\(([^()]*)\)", text)
    comment = _BESIDE.sub("", said[1] if said else "").strip()
    counted = None if amount.whole else _COUNTED.fullmatch(comment)
    if _NO_OUTCOME.search(re.sub(r"\d", "", comment) if counted else comment):
        return None
    if counted:
        some, every = int(counted[1]), int(counted[2])
        return percent if every and abs(100 * some / every - percent) < 1 else None
    return percent


def without_comments(text: str, *beside: str) -> str:
    """A value without those parts of its comment that stand beside it anyway: ”mål 90 %”, ”nuläge 68 %”."""

    def left(comment: re.Match[str]) -> str:
        parts = [part for part in comment[1].split(", ") if uniform(part).lower() not in known]
        return f" ({', '.join(parts)})" if parts else ""

    known = {uniform(words).lower() for words in beside}
    return re.sub(r" ?\(([^()]*)\)", left, text)


def measure_echo(text: str) -> str:
    """What to say of a value that states several numbers; empty for others."""
    return _TWO_VALUES if states_two_values(text) else ""


def states_two_values(text: str) -> bool:
    """Whether a value states several numbers that are not one share."""
    return len(stated_values(text)) > 1 and amount_in(text) is None


def stated_values(text: str) -> list[str]:
    """The numbers that a text states as values; a share or a range is one."""
    values = _NO_VALUE.sub(" ", plain_dashes(uniform(text)))
    return re.findall(rf"(?<!\w){_NUMBER}(?:(?: av |/| ?- ?){_NUMBER})?(?!\w)", values)
