"""Which lines of a reply say what question they answer: by our tags, by numbers, or in short forms."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.mail.manners import with_ending_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeAlias

    from utbildningsprocess.guide.mail.sent import MailQuestion

    _Mark: TypeAlias = tuple[tuple[int, ...], str]
    _Marker: TypeAlias = Callable[[str], _Mark | None]

_NUMBERS = r"(?P<numbers>\d{1,2}(?:\s*(?:,|och|&|\+|/|-|–|till)\s*\d{1,2})*)"
_MARKED = re.compile(
    r"(?:fråga(?:n)?|fr\.?|svar(?: på)?(?: fråga)?|nr\.?|f)?\s*"
    rf"{_NUMBERS}\s*(?:[.):]+(?!\d)|\s[-–—](?=\s))\s*(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
_HEADING = re.compile(r"fråga(?:n)?\s*(?P<numbers>\d{1,2})(?P<words>)", re.IGNORECASE)
_SPEAKS_OF = re.compile(r"(?:på |till )?fråga(?:n)?\s*(?:nr\.? ?)?\d", re.IGNORECASE)
"""How a line begins that is about a question, and answers none."""
_BARE = re.compile(r"(?P<numbers>\d{1,2})\s+(?P<words>\S.*)", re.DOTALL)
_TIGHT = re.compile(r"(?P<numbers>\d{1,2})[.):](?P<words>\S.*)", re.DOTALL)
_SIGNED = re.compile(r"\d{1,2}[.):]")
_WITHIN = re.compile(r"(?:^|(?<=\s))(\d{1,2})[.):]+(?=\s)")
_BOLD = re.compile(r"^[*_]{1,2}([^*_]{1,20})[*_]{1,2}")
_SHORT_FORM = re.compile(r"(\d{1,2})[.):]?\s*([a-z]{1,4})", re.IGNORECASE)
_SEVERAL = 3
"""Numbers in order on one line, at least, when they are answers to as many questions."""


class MarkedLines(NamedTuple):
    """The questions that a marker names, and the lines after it."""

    numbers: tuple[int, ...]
    lines: list[str]


class Numbering:
    """Finds the markers of the questions that were asked."""

    def __init__(self, stage: str, asked: Mapping[int, MailQuestion]) -> None:
        self._stage = stage
        self._asked = asked

    def entries(self, lines: Sequence[str]) -> tuple[list[MarkedLines], list[str]]:
        """The answers that tags and numbers mark among lines, and the lines before the first of them."""
        is_tight = all(_TIGHT.fullmatch(line) for line in lines if _SIGNED.match(line))
        numbered = self._counted(lines, _BARE) | (self._counted(lines, _TIGHT) if is_tight else {})
        return self._divided(lines, lambda line: self._tag(line) or self._number(line) or numbered.get(line))

    def tagged(self, lines: Sequence[str]) -> tuple[list[MarkedLines], list[str]]:
        """The same of tags alone, where numbers may be part of an answer."""
        return self._divided(lines, self._tag)

    def _divided(self, lines: Sequence[str], marker: _Marker) -> tuple[list[MarkedLines], list[str]]:
        entries: list[MarkedLines] = []
        before: list[str] = []
        loose: list[str] = []
        bare = [_BOLD.sub(r"\1", line) for line in _with_whole_tags(lines)]
        for line in self._one_marker_a_line(bare):
            marked = marker(line)
            if marked and not (entries and _is_counted(entries[-1], marked[0])):
                entries.append(MarkedLines(marked[0], [marked[1]]))
            elif _SPEAKS_OF.match(line):
                loose.append(line)
            elif entries:
                entries[-1].lines.append(line)
            else:
                before.append(line)
        return entries, [*before, *loose]

    def _one_marker_a_line(self, lines: Iterable[str]) -> list[str]:
        """The lines, one that says several numbers in order divided before each of them."""
        divided: list[str] = []
        for line in lines:
            if short := self._short_forms(line):
                divided += short
                continue
            starts: list[int] = []
            for match in _WITHIN.finditer(line):
                if int(match[1]) in self._asked and int(match[1]) == len(starts) + 1:
                    starts.append(match.start(1))
            if not starts or len(starts) < min(_SEVERAL, len(self._asked)):
                divided.append(line)
                continue
            edges = [0, *starts, len(line)] if starts[0] else [*starts, len(line)]
            pieces = [line[first:end].strip() for first, end in pairwise(edges)]
            divided += [*pieces[:-1], *with_ending_apart(pieces[-1])]
        return divided

    def _short_forms(self, line: str) -> list[str]:
        """A line such as ”2b, 3a, 4ac” as a line for each answer; nothing for any other line."""
        pieces = re.split(r"[,;]\s*|\s+(?=\d)", line.strip(" ,;."))
        forms = [match for piece in pieces if (match := _SHORT_FORM.fullmatch(piece))]
        is_short = len(forms) == len(pieces) and all(map(self._names_options, forms))
        return [f"{match[1]}. {match[2]}" for match in forms] if is_short else []

    def _names_options(self, match: re.Match[str]) -> bool:
        """Whether the letters of a short form are alternatives of its question."""
        asked = self._asked.get(int(match[1]))
        return asked is not None and {*match[2].casefold()} <= {option.letter for option in asked.options}

    def _tag(self, line: str) -> _Mark | None:
        match = re.fullmatch(
            rf"\[\s*{self._stage}\s*(\d+)\s*\]\s*[:.–-]?\s*(.*)", line, re.IGNORECASE | re.DOTALL
        )
        return ((int(match[1]),), match[2]) if match and int(match[1]) in self._asked else None

    def _number(self, line: str) -> _Mark | None:
        match = _MARKED.fullmatch(line) or _HEADING.fullmatch(line)
        numbers = _listed(match["numbers"]) if match else ()
        return (
            (numbers, match["words"]) if match and all(number in self._asked for number in numbers) else None
        )

    def _counted(self, lines: Sequence[str], pattern: re.Pattern[str]) -> dict[str, _Mark]:
        """Lines that begin with a number that may be part of an answer, where several do, in our order."""
        matches = [
            match
            for line in lines
            if (match := pattern.fullmatch(line)) and int(match["numbers"]) in self._asked
        ]
        numbers = [int(match["numbers"]) for match in matches]
        is_counting = numbers[:1] == [1] or len(numbers) >= _SEVERAL
        if len(numbers) < min(2, len(self._asked)) or numbers != sorted(set(numbers)) or not is_counting:
            return {}
        return {match.string: ((int(match["numbers"]),), match["words"]) for match in matches}


def _is_counted(entry: MarkedLines, numbers: tuple[int, ...]) -> bool:
    """Whether a line goes on a list of somebody's own: 1, 2, 3 below words that end with a colon."""
    lines = [line for line in entry.lines if line]
    counted = [match for line in lines[1:] if (match := _MARKED.fullmatch(line))]
    is_begun = lines[:1] and lines[0].endswith(":") and len(counted) == len(lines) - 1
    is_near = entry.lines[-1:] != [""] or numbers <= entry.numbers
    return bool(is_begun) and is_near and numbers == (len(counted) + 1,)


def _listed(words: str) -> tuple[int, ...]:
    """The numbers in ”1, 3–5”: those that are named, and those between the ends of a range."""
    numbers: list[int] = []
    for first, last in re.findall(r"(\d+)(?:\s*(?:-|–|till)\s*(\d+))?", words):
        numbers += range(int(first), int(last or first) + 1)
    return tuple(numbers)


def without_number(number: int, lines: Sequence[str]) -> list[str]:
    """The lines below a question without its number, where somebody has written it and counts nothing."""
    first = next((place for place, line in enumerate(lines) if line), 0)
    marks = [match for line in lines[first:] if (match := _MARKED.fullmatch(line))]
    if len(marks) != 1 or marks[0].string != lines[first] or marks[0]["numbers"] != str(number):
        return list(lines)
    return [marks[0]["words"], *lines[first + 1 :]]


def _with_whole_tags(lines: Sequence[str]) -> list[str]:
    """The lines, a tag that a line break has divided put together again."""
    whole: list[str] = []
    for line in lines:
        if whole and re.fullmatch(r"\[[^\]]*", whole[-1]) and re.match(r"[^\[\]]{0,12}\]", line):
            whole[-1] = f"{whole[-1]} {line}"
        else:
            whole.append(line)
    return whole
