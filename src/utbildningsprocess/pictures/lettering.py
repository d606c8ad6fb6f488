"""How wide words are drawn, and how they are divided into lines that fit."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from utbildningsprocess.pages.figures import label_text

_BLANKS, _DIGITS = " .,:;|!/\\·", "0123456789–_"
_WIDTHS = {
    False: ((_BLANKS, 0.28), ("ijl'", 0.28), ("ft()-[]’", 0.34), ("r", 0.37), ("ckszvxyJ", 0.5)),
    True: ((_BLANKS, 0.34), ("ijl'", 0.34), ("ft()-[]’", 0.38), ("r", 0.43), ("acksezvxyJ" + _DIGITS, 0.56)),
}
"""Of slim letters, thin and bold, as parts of their size, in Arial and its likes or Libertinus at most."""
_COMMON, _UPPER, _BROAD, _FULL = {False: 0.56, True: 0.62}, {False: 0.78, True: 0.83}, 1.06, 1.2
_BROAD_ONES = frozenset("mwMWÆŒæœ@%—…‰™")
_FEWEST = 3
"""Letters that a divided word keeps on each line."""
_PARTING = re.compile(
    r"(?<=[-/])|(?<=[^\W\d_])(?!(?<=[bdfgkptv])r|(?<=s)[jk])"
    r"(?=(?:[bdfgkptv]r|s[jk]|[^\W\d_aeiouyåäö])[aeiouyåäö])",
    re.IGNORECASE,
)
"""Where a Swedish word may be divided: before the last consonant of several, or behind a sign."""
_FURTHEST = 8
"""Letters that a line may leave empty for a word to be divided where it should."""


def width_of(words: str, size: float, *, bold: bool = False) -> float:
    """At most how wide words of a size are drawn."""
    return size * sum(_advance(char, bold=bold) for char in words)


@lru_cache(maxsize=1000)
def _advance(char: str, *, bold: bool) -> float:
    for chars, width in _WIDTHS[bold]:
        if char in chars:
            return width
    if char in _BROAD_ONES:
        return _BROAD
    if ord(char) > 0x24F:  # noqa: PLR2004  beyond Latin the fonts are whatever the machine has
        return 0.0 if unicodedata.combining(char) else _FULL
    return _UPPER[bold] if char.isupper() or char in "&+<=>~#$€" else _COMMON[bold]


def lines_of(words: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """The words as lines of a size that fit a width; a word that fits no line is divided."""
    lines: list[str] = []
    for word in label_text(words).split():
        joined = f"{lines[-1]} {word}" if lines else word
        if width_of(joined, size, bold=bold) <= width:
            lines[-1:] = [joined]
        else:
            lines += _divided(word, size, width, bold=bold)
    return lines


def _divided(word: str, size: float, width: float, *, bold: bool) -> list[str]:
    """A word on as many lines as it needs, with a hyphen where it is divided."""
    pieces = []
    while width_of(word, size, bold=bold) > width and len(word) > 1:
        fits = 1
        while width_of(f"{word[: fits + 1]}-", size, bold=bold) <= width:
            fits += 1
        fits = max(1, min(fits, max(len(word) - _FEWEST, 1)))
        fits = max(
            (
                place.start()
                for place in _PARTING.finditer(word)
                if max(_FEWEST, fits - _FURTHEST) <= place.start() <= fits
            ),
            default=fits,
        )
        pieces.append(f"{word[:fits]}{'' if word[fits - 1] in '-/' else '-'}")
        word = word[fits:]
    return [*pieces, word]


def cut_to(lines: list[str], most: int, size: float, width: float, *, bold: bool = False) -> list[str]:
    """At most so many of the lines; the last one ends with an ellipsis when more were to come."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1].rstrip("-")
    while last and width_of(f"{last}…", size, bold=bold) > width:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]
