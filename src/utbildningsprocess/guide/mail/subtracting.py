"""What we sent, taken out of what came back: the lines that remain, and below which question each stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.mail.key import ANSWER_ID, KEY
from utbildningsprocess.guide.mail.letters import letters_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utbildningsprocess.guide.mail.letters import Letters
    from utbildningsprocess.guide.mail.sent import MailQuestion, SentMail

_SHORT = 20
"""Letters: what is shorter may be somebody's own words, and is ours only beside more of ours."""
_LEAST_ALONE = 12
"""Letters that a question needs to be known without its tag."""
_QUOTED = re.compile(r"[ \t\xa0]*(?:[>|][ \t\xa0]?)+")
_ENDS = '.:?!)]”"’'


class Cut(NamedTuple):
    """A stretch of a text that is ours: its place, and the question and the alternative that it says."""

    start: int
    end: int
    number: int = 0
    """The question, or 0 for the words around the questions."""
    letter: str = ""
    copy: int = 0
    """Which copy of the mail it is part of, from the top."""
    is_question: bool = False


class LeftLine(NamedTuple):
    """What remains of a line: somebody else's words."""

    text: str
    start: int
    depth: int
    """How many times it is quoted."""
    number: int = 0
    """The question of ours that it stands below, or 0."""
    copy: int = -1
    letter: str = ""
    """The alternative of ours that stands on the same line."""
    is_closed: bool = False
    """Whether more of our mail follows."""
    raw: str = ""
    """The line with all its blanks and signs, as it stands."""
    unquoted: str = ""
    """The same without what quotes it."""


@dataclass
class Remains:
    """A text without what we sent."""

    lines: list[LeftLine]
    cuts: list[Cut]
    depths: dict[int, int] = field(default_factory=dict)
    """How many times each copy of our mail is quoted."""

    def kept(self, number: int) -> set[str]:
        """The letters of a question that still stand, in the copy that has fewest of them."""
        copies = {cut.copy for cut in self.cuts if cut.number == number and cut.is_question}
        sets = [
            {cut.letter for cut in self.cuts if cut.copy == copy and cut.number == number and cut.letter}
            for copy in copies
        ]
        return min(filter(None, sets), key=len, default=set())


def subtracted(text: str, sent: SentMail) -> Remains:
    """The lines of a text that are not ours, whatever line breaks, marks and blanks have come into it."""
    letters = letters_in(text)
    questions = list(_questions(letters, sent.questions))
    spans = [*questions, *_alternatives(letters, questions, sent)]
    spans += _around(letters, sent, spans)
    cuts = sorted(_in_text(letters, span) for span in spans)
    marks = (match for pattern in (KEY, ANSWER_ID) for match in pattern.finditer(text))
    cuts = sorted([*cuts, *(Cut(*match.span()) for match in marks)])
    depths = {cut.copy: _depth(text, cut.start) for cut in reversed(cuts) if cut.is_question}
    return Remains(list(_lines(text, cuts)), cuts, depths)


def _questions(letters: Letters, questions: Iterable[MailQuestion]) -> Iterator[Cut]:
    """Our questions among the letters, in order, each with the copy of the mail that it stands in."""
    seen: list[tuple[int, int, int]] = []
    for asked in questions:
        places = list(letters.all_of(f"{asked.tag}{asked.text}"))
        if len(letters_in(asked.text).text) >= _LEAST_ALONE:
            bare = letters.all_of(asked.text)
            places += [place for place in bare if not any(a <= place[0] < b for a, b in places)]
        seen += [(start, end, asked.number) for start, end in places]
    copy, before = 0, 0
    for start, end, number in sorted(seen):
        copy += number <= before
        before = number
        yield Cut(start, end, number, copy=copy, is_question=True)


def _alternatives(letters: Letters, questions: Sequence[Cut], sent: SentMail) -> Iterator[Cut]:
    """How each question is answered, and its alternatives, in order below it."""
    asked = {question.number: question for question in sent.questions}
    ends = [*(cut.start for cut in questions), len(letters.text)][1:]
    for cut, end in zip(questions, ends, strict=True):
        question, first = asked[cut.number], cut.end
        below = [("", question.how), *((option.letter, option.words) for option in question.options)]
        for letter, words in below:
            place = next(letters.all_of(words, first, end), None)
            if place:
                yield Cut(*place, cut.number, letter, cut.copy)
                first = place[1]


def _around(letters: Letters, sent: SentMail, spans: Sequence[Cut]) -> list[Cut]:
    """The words before and after the questions; short ones only where they touch more of ours."""
    lines = [line for words in (*sent.opening, *sent.closing) for line in words.split("\n")]
    places = {place: line for line in lines for place in letters.all_of(line)}
    ours = [Cut(*place) for place, line in places.items() if len(letters_in(line).text) >= _SHORT]
    short = [place for place, line in places.items() if len(letters_in(line).text) < _SHORT]
    edges = {edge for cut in (*spans, *ours) for edge in (cut.start, cut.end)}
    for _ in lines:
        near = {place for place in short if place[0] in edges or place[1] in edges}
        ours += [Cut(*place) for place in near]
        edges |= {edge for place in near for edge in place}
        short = [place for place in short if place not in near]
    return ours


def _in_text(letters: Letters, span: Cut) -> Cut:
    """The stretch as it stands in the text, with the signs that belong to our words."""
    text = letters.source
    start, end = letters.places[span.start], letters.places[span.end - 1] + 1
    if span.is_question and text[:start].endswith("["):
        start -= 1
    while end < len(text) and text[end] in _ENDS:
        end += 1
    return span._replace(start=start, end=end)


# ------------------------------------------------------------- what remains


def _lines(text: str, cuts: Sequence[Cut]) -> Iterator[LeftLine]:
    edges = [Cut(0, 0), *cuts, Cut(len(text), len(text))]
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for before, after in pairwise(edges):
        place = before.end
        is_closed = after.start < len(text)
        pieces = text[before.end : max(before.end, after.start)].split("\n")
        leads_on = after.is_question and _leads_on(pieces)
        for index, piece in enumerate(pieces, 1):
            number = 0 if leads_on and index == len(pieces) else before.number
            begins = starts[bisect_right(starts, place) - 1]
            quoted = _QUOTED.match(piece) if begins == place else None
            words = piece[quoted.end() :] if quoted else piece
            yield LeftLine(
                text=words.strip(" \t\r\xa0"),
                start=place,
                depth=_depth(text, place),
                number=number,
                copy=before.copy if number else -1,
                letter=_letter_beside(text, cuts, place) if words.strip() else "",
                is_closed=is_closed,
                raw=piece.rstrip("\r"),
                unquoted=words.rstrip("\r"),
            )
            place += len(piece) + 1


def _leads_on(pieces: Sequence[str]) -> bool:
    """Whether the last line between two questions is a paragraph of its own, on the line of the second."""
    words = [any(map(str.isalnum, piece)) for piece in pieces]
    return len(words) > 2 and words[-2:] == [False, True]  # noqa: PLR2004  the line of the first, a blank one


def _depth(text: str, place: int) -> int:
    """How many times the line at a place is quoted."""
    begins = text.rfind("\n", 0, place) + 1
    quoted = _QUOTED.match(text, begins)
    return quoted[0].count(">") + quoted[0].count("|") if quoted else 0


def _letter_beside(text: str, cuts: Sequence[Cut], place: int) -> str:
    """The alternative of ours on the same line as a place."""
    begins = text.rfind("\n", 0, place) + 1
    ends = text.find("\n", place)
    ends = len(text) if ends < 0 else ends
    beside = [cut.letter for cut in cuts if cut.letter and begins <= cut.start < ends]
    return beside[0] if len(beside) == 1 else ""
