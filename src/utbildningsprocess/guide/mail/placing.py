"""What remains of a reply, placed: which words answer which question, and what has no place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.mail.manners import (
    ends_letter,
    headers_in,
    is_device_line,
    is_greeting,
    is_pleasant,
    is_put_there,
    is_rule,
    is_signed,
    words_of_name,
)
from utbildningsprocess.guide.mail.numbering import MarkedLines, Numbering, without_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.guide.mail.sent import SentMail
    from utbildningsprocess.guide.mail.subtracting import LeftLine, Remains

_PS = re.compile(r"(?:p\.? ?s\b|obs\b|förresten\b|glömde\b)", re.IGNORECASE)
_UNKNOWN = -1
_SEVERAL = 3
_SHORT_LINE = 50
"""Characters of a line, at most, that no mail program has broken."""
_MOST_AFTER_END = 2
"""Lines after the end of a letter, at most, when it stands between our questions."""
_TICK = re.compile(r"[\sxX✓✔☑√><*=-]*[xX✓✔☑√←<>*=][\sxX✓✔☑√><*=-]*|<-+|-+>")


class Written(NamedTuple):
    """What somebody has written in answer to a question."""

    text: str
    is_current: bool
    """Whether it was written by whoever answers now, and not in an earlier round."""
    is_shared: bool = False
    """Whether it is said to answer several questions at once."""
    is_between: bool = False
    """Whether it stands between two of our questions."""
    further: str = ""
    """What follows after a blank line, and may belong to it."""


@dataclass
class Placed:
    """A reply, taken apart."""

    words: dict[int, list[Written]] = field(default_factory=dict)
    """By the number of the question."""
    ticked: dict[int, list[str]] = field(default_factory=dict)
    """The alternatives of ours with a tick beside them, by the number of the question."""
    unplaced: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    """What most likely belongs to no answer: greetings, who wrote it, what programs put there."""
    is_passed_on: bool = False
    """Whether somebody has passed on what another wrote."""

    def answer(self, number: int, words: Written) -> None:
        """Notes an answer to a question."""
        self.words.setdefault(number, []).append(words)


class _Run(NamedTuple):
    """Lines that follow each other in one place: below one question, or beside them all."""

    lines: tuple[LeftLine, ...]
    section: int
    """How many heads of quoted mails stand above."""


def placed(remains: Remains, sent: SentMail, sender: str = "") -> Placed:
    """Every line that remains, in an answer or beside them: none is lost."""
    return _Placing(remains, sent, sender).done()


class _Placing:
    """Places the lines of one reply."""

    def __init__(self, remains: Remains, sent: SentMail, sender: str) -> None:
        self._remains = remains
        self._asked = {asked.number: asked for asked in sent.questions}
        stage = next((asked.question.stage for asked in sent.questions), "")
        self._numbering = Numbering(stage, self._asked)
        self._heads = headers_in([line.text for line in remains.lines])
        self._names = words_of_name(" ".join([sender, *(head.author for head in self._heads)]))
        self._result = Placed(is_passed_on=any(head.is_forward for head in self._heads[:1]))
        self._starts = [remains.lines[head.first].start for head in self._heads]
        self._our_section = self._section_of_copy(max(remains.depths, default=-1))
        self._in_head = {place for head in self._heads for place in range(head.first, head.end)}
        self._depths = self._depths_below()
        self._current = 0
        self._answered: set[tuple[int, int]] = set()
        """Copies and questions below which something stands that is quoted less than they are."""

    def done(self) -> Placed:
        """Places everything."""
        runs = self._runs()
        self._current = self._current_section(runs)
        for run in runs:
            self._place(run)
        return self._result

    # ------------------------------------------------------- where lines stand

    def _runs(self) -> list[_Run]:
        """The lines but the heads of quoted mails, in runs of one place each."""
        runs: list[list[LeftLine]] = []
        key: tuple[object, ...] = ()
        for place, line in enumerate(self._remains.lines):
            if place in self._in_head:
                self._result.beside += [line.text] if line.text else []
                key = ()
                continue
            is_quoted = line.depth > 0 if line.text or not key else key[-1]
            own = (line.number, line.copy, self._section(line.start), is_quoted)
            if own != key:
                runs.append([])
            runs[-1].append(line)
            key = own
        return [
            _Run(tuple(lines), self._section(lines[0].start))
            for lines in runs
            if any(line.text for line in lines)
        ]

    def _section(self, start: int) -> int:
        return sum(head <= start for head in self._starts)

    def _section_of_copy(self, copy: int) -> int:
        cuts = [cut.start for cut in self._remains.cuts if cut.is_question and cut.copy == copy]
        return self._section(cuts[0]) if cuts else len(self._heads)

    def _current_section(self, runs: Iterable[_Run]) -> int:
        """The section of whoever answers: what is passed on, where the first only says that it is."""
        if not self._result.is_passed_on:
            return 0
        speaks = any(run.section == 0 and (self._is_below(run) or self._has_marker(run)) for run in runs)
        return 0 if speaks else 1

    def _has_marker(self, run: _Run) -> bool:
        entries, _ = self._numbering.entries([line.text for line in run.lines])
        return bool(entries)

    @staticmethod
    def _is_below(run: _Run) -> bool:
        return run.lines[0].number > 0

    def _writer(self, run: _Run) -> int:
        """The section of whoever wrote a run: below our words it is the one who replied to them.

        What is quoted with no head above it may be anybody's.
        """
        line = next(line for line in run.lines if line.text)
        if run.section == 0 and line.depth > 0:
            return _UNKNOWN
        copy = line.copy if line.number else self._copy_above(line, run)
        if copy < 0:
            return self._outside(run.section, line.depth)
        if line.depth == 0 and self._remains.depths.get(copy, 0) > 0:
            return 0 if self._current == 0 else run.section - 1
        return max(0, self._section_of_copy(copy) - 1)

    def _outside(self, section: int, depth: int) -> int:
        """The section that a line belongs to: further out where it is quoted less than what is headed."""
        while section and depth < self._depths.get(section, 0):
            section -= 1
        return section

    def _depths_below(self) -> dict[int, int]:
        """How many times what stands first in each section is quoted."""
        lines = enumerate(self._remains.lines)
        shown = [
            (line.start, line.depth) for place, line in lines if line.text and place not in self._in_head
        ]
        shown += [
            (cut.start, self._remains.depths[cut.copy]) for cut in self._remains.cuts if cut.is_question
        ]
        return {self._section(start): depth for start, depth in sorted(shown, reverse=True)}

    def _copy_above(self, line: LeftLine, run: _Run) -> int:
        """The copy of our mail that a run stands below in its section; -1 for none.

        What is quoted as deep as our mail and answers nothing is ours: how whoever sent it signed.
        """
        above = [cut.copy for cut in self._remains.cuts if cut.is_question and cut.start < line.start]
        copy = max(above, default=-1)
        if copy < 0 or self._section_of_copy(copy) != run.section:
            return -1
        is_deeper = line.depth >= self._remains.depths.get(copy, 0)
        return -1 if is_deeper and not self._has_marker(run) else copy

    def _is_ours(self, section: int) -> bool:
        """Whether a section is by whoever sent the questions."""
        authors = [head.author for head in self._heads]
        if section <= 0 or self._our_section == 0:
            return False
        ours = authors[self._our_section - 1] if self._our_section <= len(authors) else ""
        return bool(ours) and authors[section - 1] == ours

    # ------------------------------------------------------------ placing runs

    def _place(self, run: _Run) -> None:
        if self._is_below(run):
            self._place_below(run)
            return
        texts = [line.text for line in run.lines]
        writer = self._writer(run)
        if run.section > self._our_section or self._is_ours(writer):
            self._result.beside += filter(None, texts)
            return
        is_current = writer == self._current
        if 0 <= writer < self._current:
            self._set_aside(texts)
            return
        entries, before = self._numbering.entries(texts)
        entries = [self._without_letter_end(entry) for entry in entries]
        if not entries and len(self._asked) == 1 and is_current:
            entries, before = [MarkedLines(tuple(self._asked), before)], []
        self._set_aside(before)
        for place, entry in enumerate(_line_by_line(entries)):
            self._take(entry, is_current=is_current, is_last=place == len(entries) - 1)

    def _place_below(self, run: _Run) -> None:
        """What stands below a question of ours, or beside one of its alternatives."""
        number, is_current = run.lines[0].number, self._writer(run) == self._current
        if self._is_quoted_below_answer(run):
            self._set_aside([line.text for line in run.lines])
            return
        lines: list[str] = []
        for line in run.lines:
            if line.text and line.letter:
                self._result.ticked.setdefault(number, []).append(line.letter)
            if not (line.letter and _TICK.fullmatch(line.text)):
                lines.append(line.text)
        entries, before = self._numbering.tagged(lines)
        entries = [self._without_letter_end(entry) for entry in entries]
        is_closed = run.lines[-1].is_closed
        own = MarkedLines((number,), without_number(number, before))
        own = own if is_closed and self._goes_on(own.lines) else self._without_letter_end(own)
        for place, entry in enumerate([own, *entries]):
            is_last = place == len(entries) and not is_closed
            if any(entry.lines):
                is_between = is_closed and number < max(self._asked)
                self._take(entry, is_current=is_current, is_last=is_last, is_between=is_between)

    def _is_quoted_below_answer(self, run: _Run) -> bool:
        """Whether a run is quoted as our question is, and an answer that is not quoted stands above it."""
        line = next(line for line in run.lines if line.text)
        if line.depth < self._remains.depths.get(line.copy, 0):
            self._answered.add((line.copy, line.number))
            return False
        return (line.copy, line.number) in self._answered

    # ------------------------------------------------------------ taking answers

    def _take(self, entry: MarkedLines, *, is_current: bool, is_last: bool, is_between: bool = False) -> None:
        """Notes the words after a marker; after the last one, how a letter ends is no answer."""
        words, further = _paragraph_first(entry.lines) if is_last else (entry.lines, [])
        if is_last and words and is_pleasant(words[-1]):
            self._result.beside.append(words.pop())
        self._result.beside += [line for line in further if is_pleasant(line)]
        further = [line for line in further if not is_pleasant(line)]
        answer = [line for line in words if not is_device_line(line)]
        self._result.beside += [line for line in words if is_device_line(line)]
        loose = self._without_ending(further)
        text = _trimmed(answer)
        if not text:
            self._result.unplaced += filter(None, loose)
            return
        shared = len(entry.numbers) > 1
        for number in entry.numbers:
            self._result.answer(number, Written(text, is_current, shared, is_between, _trimmed(loose)))

    def _without_ending(self, lines: Sequence[str]) -> list[str]:
        """The lines before a letter ends; what ends it is set beside."""
        ends = (place for place, line in enumerate(lines) if self._ends(line) or is_rule(line))
        first = next(ends, len(lines))
        added = (place for place, line in enumerate(lines) if place > first and _PS.match(line))
        after = next(added, len(lines))
        self._result.beside += filter(None, lines[first:after])
        self._result.unplaced += _paragraphs(lines[after:])
        self._result.beside += [line for line in lines[:first] if is_put_there(line)]
        return [line for line in lines[:first] if not is_put_there(line)]

    def _set_aside(self, lines: Sequence[str]) -> None:
        """Lines that answer no question: those that most likely belong to no answer apart from the others."""
        kept = self._without_ending(lines)
        self._result.beside += [line for line in kept if is_greeting(line) or is_pleasant(line)]
        loose = [line for line in kept if not is_greeting(line) and not is_pleasant(line)]
        self._result.unplaced += _paragraphs(loose)

    def _ends(self, line: str) -> bool:
        """Whether a line ends a letter: how people take their leave, or the name of one who has written."""
        return ends_letter(line, self._names)

    def _without_letter_end(self, entry: MarkedLines) -> MarkedLines:
        """The entry without the end of a letter in it, as where two people answer below each other."""
        first = next((place for place, line in enumerate(entry.lines) if place and self._ends(line)), None)
        if first is None:
            return entry
        self._set_aside(entry.lines[first:])
        return MarkedLines(entry.numbers, entry.lines[:first])

    def _goes_on(self, lines: Sequence[str]) -> bool:
        """Whether more follows the end of a letter than who wrote it, or only a row of dashes ends it."""
        ends = next((place for place, line in enumerate(lines) if self._ends(line)), len(lines))
        after = [line for line in lines[ends + 1 :] if line]
        return len(after) > _MOST_AFTER_END or any(line.startswith("--") for line in lines[ends : ends + 1])


def _line_by_line(entries: Sequence[MarkedLines]) -> Sequence[MarkedLines]:
    """The entries; where all but the last take a line each, a new sentence below that begins a paragraph."""
    if len(entries) < _SEVERAL or any(sum(map(bool, entry.lines)) > 1 for entry in entries[:-1]):
        return entries
    first, *below = entries[-1].lines
    if len(first) > _SHORT_LINE or not below or not below[0][:1].isupper():
        return entries
    return [*entries[:-1], MarkedLines(entries[-1].numbers, [first, "", *below])]


def _paragraph_first(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines of the first paragraph, and those after it."""
    begins = next((place for place, line in enumerate(lines) if line), 0)
    ends = (
        place
        for place, line in enumerate(lines)
        if place > begins and (not line or is_signed(line) or is_put_there(line))
    )
    blank = next(ends, len(lines))
    return list(lines[:blank]), list(lines[blank:])


def _trimmed(lines: Sequence[str]) -> str:
    """The lines as a text, with single blank lines between paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _paragraphs(lines: Sequence[str]) -> list[str]:
    return [paragraph for paragraph in re.split(r"\n{2,}", _trimmed(lines)) if paragraph]
