"""Numbers as people say them: 25 000 kr, ca 140, 1,5 timme, 30, 90 och 180 dagar."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.faults import Invalid, wrong
from utbildningsprocess.answers.from_start import (
    ON,
    amounts_from_start,
    bare_from_start,
    is_in_calendar,
    start_of,
)
from utbildningsprocess.personal import personal_numbers
from utbildningsprocess.swedish import (
    format_number,
    joined,
    plain_dashes,
    shortened,
    singular,
    uniform,
    with_unit,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.model import Item

_TOO_LARGE = 10**15
"""Numbers are exact below it."""
_MOST_DECIMALS = 4
"""In what comes of a number said in another unit: nobody would write 20 minutes in hours."""
# Patterns are compiled when they are first used: most commands read no number that anybody typed.
_LONGEST = 100
"""Characters: what is longer is no number that anybody said."""
_DIGITS = r"[0-9]+(?:[., ][0-9]+)*"
_LOOSE = (
    r"(ca\.?|cirka|circa|c:a|c\.a\.|omkring|omkr\.?|ungefär|runt|drygt|knappt|nästan|närmare|typ|~|≈) ?"
    r"(?=[+-]? ?[0-9])"
)
"""Words that say that the number after them is not exact."""
_SAID = rf"([+-]?) ?({_DIGITS}) ?(.*)"
_AND_MORE = r"([^0-9]+?) (?:och )?([0-9].*)"
_PAIR = rf"\D*?({_DIGITS}[^0-9.,]*?) ?(?:-|till|och|eller|/) ?({_DIGITS}\D*)"
_PLAIN = r"(?:0|[1-9][0-9]{0,14})(?:[.,][0-9]{1,15})?"
_THOUSANDS = r"[1-9][0-9]{0,2}(?P<mark>[., ])[0-9]{3}(?:(?P=mark)[0-9]{3})*(?:(?!(?P=mark))[.,][0-9]{1,15})?"
_EITHER_WAY = r"([1-9][0-9]{0,2}(?: [0-9]{3})*)[.,]([0-9]{3})"
"""A number that some people write for thousands, and others for decimals."""
_CLOCK = r"([0-9]+)(?:\.(?!00)([0-5][0-9])|,([1-4]0))"
"""Hours that some people write with minutes after the mark, and others with decimals.

A comma is for decimals, and a number is never shown with a nought last among them: 1,15 is what it says.
"""

_SMALL = ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_TEENS = ("tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton")
_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio", "hundra")
COUNTS = {
    **{word: number for number, word in enumerate((*_SMALL, *_TEENS))},
    **{word: number * 10 for number, word in enumerate(_TENS, 2)},
    "en": 1,
}
_WORD = rf"^((?:[a-zåäö.:]+|[~≈]) )?({'|'.join(COUNTS)})(?= [^\W\d]|$)"
_HALVES = (
    (r"\bhalvannan\b|\bhalvtannat\b", "1,5"),
    (r"\b([0-9]+) och (?:1|en|ett) halvt?\b", r"\1,5"),
    (r"(?:\b1 )?\bhalv(?:t(?= ))? ?(?=\w)", "0,5 "),
    (r"\b([0-9]+) 1/2(?![0-9/])", r"\1,5"),
    (r"^1/2(?![0-9/])", "0,5"),
)
"""Halves in words, and how they stand in digits."""

_IN_MINUTES = {
    **dict.fromkeys(("min", "minut", "minuter"), 1),
    "kvart": 15,
    **dict.fromkeys(("tim", "timme", "timmar", "timma", "h"), 60),
}
_MONTHS = dict.fromkeys(("månad", "månader", "mån"), 30)
"""The days that people reckon with; what comes of it is told back."""
_PIECES = {"st": 1, "stycken": 1, "styck": 1}
_UNITS: Mapping[str, Mapping[str, float]] = {
    "personer": {**_PIECES, "person": 1, "pers": 1, "deltagare": 1, "medarbetare": 1, "anställda": 1},
    "platser": {**_PIECES, "plats": 1},
    "minuter": _IN_MINUTES,
    "timmar": {word: minutes / 60 for word, minutes in _IN_MINUTES.items()},
    "dagar": {"dag": 1, "d": 1, "dgr": 1, "dygn": 1, "vecka": 7, "veckor": 7, "v": 7} | _MONTHS,
    "procent": {"%": 1, "proc": 1},
    "kronor": {
        **dict.fromkeys(("kr", "krona", "sek", ":-"), 1),
        **dict.fromkeys(("tkr", "tusen", "tusen kr", "tusen kronor", "t kr", "ksek", "tsek", "kkr"), 1000),
        **dict.fromkeys(("mkr", "mnkr", "msek", "milj", "miljon", "miljoner"), 1_000_000),
        **dict.fromkeys(("miljoner kr", "miljoner kronor", "miljon kronor", "milj kr"), 1_000_000),
    },
}
"""How an amount of each unit is said, and how many of the unit each such word stands for."""
_COUNTED = ("personer", "platser", "minuter", "kronor")
"""Units that come whole, unless the battery says otherwise."""


class _Spoken(NamedTuple):
    """A number as it was said: what it begins with that is not kept, its digits and the words after them."""

    loose: str
    sign: str
    digits: str
    words: str


def read_number(item: Item, raw: object, *, stored: bool = False) -> int | float:
    """A number within the question's bounds, with or without its unit. Raises Invalid.

    One that is `stored` in a dossier may have decimals even if people are now asked for a whole one.
    """
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)) or len(str(raw)) > _LONGEST:
        raise _no_number(item, str(raw))
    if isinstance(raw, str):
        _ask_about_dash(raw)
        if not stored:
            _ask_about_clock(item, raw)
    number = _from_text(item, raw) if isinstance(raw, str) else raw
    if not abs(number) < _TOO_LARGE:  # also what is no number compares as false
        raise _no_number(item, str(raw))
    number = int(number) if float(number).is_integer() else round(number, 12)
    if isinstance(number, float) and not stored and not takes_decimals(item):
        nearest = f"{format_number(int(number))} eller {format_number(int(number) + 1)}"
        how = f"Skriv{_how_many(item)} i hela tal, till exempel {nearest}."
        raise wrong(f"{format_number(number)} är inget helt tal. {how}")
    if item.at_least is not None and number < item.at_least:
        raise wrong(f"{format_number(number)} är för lite: minst {with_unit(item.at_least, item.unit)}.")
    if item.at_most is not None and number > item.at_most:
        if personal_numbers(f"{number:.0f}"):  # which is not to be repeated
            raise wrong(f"Svaret innehåller ett personnummer. Skriv{_how_many(item)} som ett tal.")
        raise wrong(f"{format_number(number)} är för mycket: högst {with_unit(item.at_most, item.unit)}.")
    return number


def takes_decimals(item: Item) -> bool:
    """Whether the numbers of a question need not be whole."""
    return item.unit not in _COUNTED if item.decimals is None else item.decimals


def not_kept(text: str) -> str:
    """The word before a number that says that it is not exact; empty when there is none."""
    return _spoken(text).loose


def number_from(digits: str) -> float | None:
    """The number that digits are; None for none, and for such as some people read otherwise: 25.000."""
    bare = digits.lstrip("+-")
    fits = re.fullmatch(_PLAIN, bare) or re.fullmatch(_THOUSANDS, bare)
    ambiguous = re.fullmatch(_EITHER_WAY, bare)
    return float(_without_thousands(digits)) if fits and not ambiguous else None


def units_in(unit: str, words: str) -> float | None:
    """How many of a unit the words after a number stand for, 1000 kronor for tkr; None when of another."""
    known = {*_UNITS.get(unit, {}), unit, uniform(singular(unit))}
    return _factor(unit, words) if words in known else None


def counted(word: str) -> int | None:
    """The number that a word stands for: noll to tjugo, and whole tens to hundra; None for any other word."""
    return COUNTS.get(word)


def number_example(item: Item) -> str:
    """One or two numbers that a question takes, as an example in a sentence."""
    if start_of(item.unit) and _is_within(item, -2) and _is_within(item, 4):
        return "2 före eller 4 efter"
    bounds = (item.at_least, item.at_most)
    whole = next(number for number in (12, *bounds, 0) if number is not None and _is_within(item, number))
    with_decimals = whole + 0.5
    several = takes_decimals(item) and _is_within(item, with_decimals)
    return joined(map(format_number, (whole, with_decimals) if several else (whole,)), "eller")


def _is_within(item: Item, number: float) -> bool:
    low, high = item.at_least, item.at_most
    return (low is None or number >= low) and (high is None or number <= high)


@lru_cache(maxsize=256)
def _spoken(text: str) -> _Spoken:
    bare = plain_dashes(uniform(text)).rstrip(" .")
    bare = re.sub(_WORD, lambda said: f"{said[1] or ''}{COUNTS[said[2]]}", bare)
    for words, digits in _HALVES:
        bare = re.sub(words, digits, bare, count=1)
    loose = re.match(_LOOSE, bare)
    said = re.fullmatch(_SAID, bare[loose.end() if loose else 0 :])
    return _Spoken(loose[1] if loose else "", *(said.groups() if said else ("", "", "")))


def _from_text(item: Item, text: str) -> float:
    spoken = _spoken(bare_from_start(item.unit, text))
    factor = _factor(item.unit, spoken.words)
    if (
        factor is None
        and not spoken.sign
        and (more := re.fullmatch(_AND_MORE, spoken.words))
        and _smaller(item, more)
    ):
        return _from_text(item, f"{spoken.digits} {more[1]}") + _from_text(item, more[2])
    if (
        factor is None
        or (spoken.sign and factor < 0)
        or (spoken.sign == "-" and {*ON} & {*spoken.words.split()})
        or not (re.fullmatch(_PLAIN, spoken.digits) or re.fullmatch(_THOUSANDS, spoken.digits))
    ):
        raise _from_calendar(item, text) or _two_numbers(item, text) or _no_number(item, text)
    if both := re.fullmatch(_EITHER_WAY, spoken.digits):
        raise wrong(_which(text, both[1], both[2], spoken.words.replace(":-", "") or item.unit))
    digits = _without_thousands(spoken.digits)
    number = float(spoken.sign + digits) * factor
    if f"{float(digits):.12f}".rstrip("0").rstrip(".") != (
        digits.rstrip("0").rstrip(".") if "." in digits else digits
    ):
        raise wrong(f"”{shortened(text, 60)}” har fler siffror än vad som går att räkna med. Runda av talet.")
    if factor != 1 and round(number, _MOST_DECIMALS) != round(number, 12):
        how = f"Skriv{_how_many(item)}, till exempel {number_example(item)}."
        raise wrong(f"”{text}” blir inget jämnt antal {item.unit}. {how}")
    return number


def _smaller(item: Item, more: re.Match[str]) -> bool:
    """Whether what follows an amount is an amount in a smaller unit: 30 min, after an hour.

    Only minutes go without their unit.
    """
    words = _spoken(more[2]).words
    first, second = _factor(item.unit, more[1]), _factor(item.unit, words)
    return (
        first is not None and second is not None and first > second and bool(words or item.unit == "minuter")
    )


def _ask_about_clock(item: Item, text: str) -> None:
    """Raises Invalid for hours of which it cannot be told whether minutes or decimals follow: 1.30 h."""
    spoken = _spoken(text)
    if item.unit not in ("minuter", "timmar") or _factor(item.unit, spoken.words) != _factor(item.unit, "h"):
        return
    if said := re.fullmatch(_CLOCK, spoken.digits):
        minutes = said[2] or said[3]
        decimals = f"{said[1]},{minutes.rstrip('0')} {spoken.words or item.unit}"
        question = f"Menar ni {said[1]} h {int(minutes)} min eller {decimals}?"
        raise wrong(f"”{shortened(text, 60)}” kan läsas på två sätt. {question}")


def _ask_about_dash(text: str) -> None:
    """Raises Invalid for a dash that may be a minus or may only stand before the number: - 30."""
    if said := re.match(r"[-–−] +([0-9].*)", text.strip()):
        number = shortened(said[1], 60)
        raise wrong(
            f"”- {number}” kan läsas på två sätt. Skriv -{number} om ni menar minus, annars {number}."
        )


def ask_about_marks(text: str) -> None:
    """Raises Invalid for a list of numbers where a comma may divide two numbers or begin decimals: 1,5."""
    parts = text.split(",")
    if ";" in text or not re.search(r"[0-9],[0-9]", text):
        return
    numbers = [int(part) for part in parts if part.isdecimal()]
    if len(numbers) == len(parts) > 2 and numbers == sorted(set(numbers)):  # noqa: PLR2004  1,5 alone is in doubt
        return
    both = re.search(r"([0-9]+),([0-9]+)", text)
    first, second = both.groups() if both else ("", "")
    raise wrong(
        f"”{first},{second}” kan läsas på två sätt. Skriv {first}, {second} om ni menar två tal, "
        f"och {first}.{second} om ni menar ett."
    )


def ask_about_thousands(text: str) -> None:
    """Raises Invalid for what may be one number or several in a list of numbers: 30 180, but not 30 000."""
    digits = _spoken(text).digits
    if re.fullmatch(r"[0-9]{1,3}(?: [1-9][0-9]{2})+", digits):
        two, one = digits.replace(" ", ", "), digits.replace(" ", "")
        raise wrong(
            f"”{digits}” kan läsas på två sätt. Skriv {two} om ni menar flera tal, och {one} om ni menar ett."
        )


def _without_thousands(digits: str) -> str:
    """The digits without marks between thousands, and with a point before decimals."""
    marks = re.findall(r"[.,\s]", digits)
    if len(marks) > 1 or marks[:1] == [" "]:
        digits = digits.replace(marks[0], "")
    return digits.replace(",", ".")


def _factor(called: str, words: str) -> float | None:
    """How many of a unit the words after a number stand for; None when they are no amount of it."""
    amounts = _amounts(called)
    return amounts.get(words.rstrip("."), amounts.get(words))


@lru_cache(maxsize=64)
def _amounts(called: str) -> Mapping[str, float]:
    """What may follow a number of a unit, and how many of the unit each such word stands for."""
    unit = uniform(called)
    said = {"": 1, "st": 1, unit: 1, uniform(singular(unit)): 1, **_UNITS.get(unit, {})}
    return {**said, **amounts_from_start(unit)}


# ------------------------------------------------------------------ sentences


def _how_many(item: Item, otherwise: str = "") -> str:
    return f" hur många {item.unit}" if item.unit else otherwise


def _no_number(item: Item, text: str) -> Invalid:
    """The fault of a text that is no number; of a long one its beginning is quoted."""
    how = f"Skriv med siffror{_how_many(item)}, till exempel {number_example(item)}."
    return wrong(f"”{shortened(text, 60)}” är inte ett tal. {how}")


def _from_calendar(item: Item, text: str) -> Invalid | None:
    """The fault of a week or a day of the calendar, where what is asked is how far it is from a start."""
    if not is_in_calendar(item.unit, text):
        return None
    here = f"här räknas {item.unit}. Skriv till exempel {number_example(item)}."
    return wrong(f"”{shortened(text, 60)}” läses som en tid i kalendern, och {here}")


def _two_numbers(item: Item, text: str) -> Invalid | None:
    pair = re.fullmatch(_PAIR, plain_dashes(uniform(text)))
    if pair is None:
        return None
    fits = [said.strip() for said in reversed(pair.groups()) if _is_taken(item, said)]
    how = f"Skriv{_how_many(item, ' ett enda')}, till exempel {fits[0] if fits else number_example(item)}."
    return wrong(f"”{shortened(text, 60)}” är två tal, och här ryms ett. {how}")


def _is_taken(item: Item, text: str) -> bool:
    try:
        read_number(item, text)
    except Invalid:
        return False
    return True


def _which(text: str, whole: str, decimals: str, unit: str) -> str:
    bare = decimals.rstrip("0")
    precise = f"{whole},{bare if len(bare) < len(decimals) else decimals + '0'}".rstrip(",")
    question = " ".join(filter(None, [f"Menar ni {whole} {decimals} eller {precise}", unit]))
    return f"”{shortened(text, 60)}” kan läsas på två sätt. {question}?"
