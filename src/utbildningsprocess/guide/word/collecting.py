"""What stands in each box of a Word file, however the boxes are found, and what is written beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.mail.letters import letters_in
from utbildningsprocess.guide.word.names import ANSWER, OR_WRITE, OWN, box_name
from utbildningsprocess.guide.word.prompts import is_prompt, without_prompts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utbildningsprocess.guide.word.paragraphs import BoxSource, Paragraph
    from utbildningsprocess.guide.word.slots import Slot

_TICKED = frozenset("☒☑✓✔✗✘■●🗹🗷×✕xX")
_UNTICKED = frozenset("☐□▢○o")
_LINE = re.compile(r"\s*(?:\[(?P<within>[ xX×]?)\]|(?P<sign>[☒☑✓✔✗✘■●🗹🗷×✕xX☐□▢○]))\s+(?=\S)|\s*")


class InBox(NamedTuple):
    """What stands in one box."""

    name: str
    words: str
    is_ticked: bool = False


@dataclass
class Collected:
    """What a file says, box by box in its order, and outside of them."""

    boxes: list[InBox] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    """What is written outside the boxes, ours too."""


class SentSheet(NamedTuple):
    """What is known of the file that was sent: room for answers by name, and its rows by their tag."""

    slots: Mapping[str, Slot]
    tagged: Mapping[str, list[str]]
    """The names of the boxes in the row of a tag, in order."""
    headings: Mapping[str, int]
    """The number of a question by the letters of its heading."""


def collected(paragraphs: Sequence[Paragraph], sheet: SentSheet) -> Collected:
    """What stands in each box, and what stands beside them."""
    return _Collector(paragraphs, sheet).collect()


class _Collector:
    def __init__(self, paragraphs: Sequence[Paragraph], sheet: SentSheet) -> None:
        self._paragraphs = paragraphs
        self._sheet = sheet
        self._out = Collected()
        self._number = 0
        self._lines: list[str] = []
        cells: dict[int, set[int]] = {}
        self._texts: dict[int, list[str]] = {}
        """The text in each control or bookmark, paragraph by paragraph."""
        for paragraph in paragraphs:
            within: dict[int, str] = {}
            for piece in paragraph.pieces:
                if piece.source:
                    number = piece.source.number
                    cells.setdefault(number, set()).add(paragraph.place.cell)
                    within[number] = within.get(number, "") + piece.text
            for number, text in within.items():
                self._texts.setdefault(number, []).append(text)
        self._wide = {number for number, within in cells.items() if len(within) > 1}
        """Controls round several cells."""
        self._labels = {_letters(words) for words in _labels_of(sheet)}
        self._done: set[int] = set()
        """Controls round several cells, or several paragraphs, that are read."""

    def collect(self) -> Collected:
        """Goes through the file once."""
        place = 0
        while place < len(self._paragraphs):
            row = self._paragraphs[place].place.row
            end = place + 1
            while row and end < len(self._paragraphs) and self._paragraphs[end].place.row == row:
                end += 1
            if row:
                self._row(self._paragraphs[place:end])
            else:
                self._line(self._paragraphs[place])
            place = end
        self._flush_lines(0)
        return self._out

    # ------------------------------------------------------------- tables

    def _row(self, paragraphs: Sequence[Paragraph]) -> None:
        cells: dict[int, list[Paragraph]] = {}
        for paragraph in paragraphs:
            cells.setdefault(paragraph.place.cell, []).append(paragraph)
        texts = ["\n".join(paragraph.text for paragraph in within) for within in cells.values()]
        names = self._names_by_tag(texts)
        for place, within in enumerate(cells.values()):
            self._cell(within, names[place] if place < len(names) else "")

    def _names_by_tag(self, texts: list[str]) -> list[str]:
        """What the cells of a row are called, by the tag in the first; nothing where it has none of ours."""
        for tag, names in self._sheet.tagged.items():
            if texts and texts[0].rstrip().endswith(tag):
                box = box_name(names[0])
                self._number = box.unit.number if box else self._number
                self._flush_lines(self._number)
                return ["", *names] if len(texts) == len(names) + 1 else []
        return []

    def _cell(self, paragraphs: list[Paragraph], name_by_tag: str) -> None:
        sources = {
            piece.source.number: piece.source
            for paragraph in paragraphs
            for piece in paragraph.pieces
            if piece.source and piece.source.number not in self._wide
        }
        names = {source.name for source in sources.values()}
        if len(names) == 1 or (not names and name_by_tag):
            text = "\n".join(self._unprompted(paragraph) for paragraph in paragraphs)
            ticked = any(source.is_ticked for source in sources.values())
            self._keep(names.pop() if names else name_by_tag, text, ticked=ticked)
            return
        for paragraph in paragraphs:
            self._line(paragraph)

    # ----------------------------------------------------- outside of tables

    def _line(self, paragraph: Paragraph) -> None:
        """A paragraph by its boxes, and what stands beside them."""
        numbered = self._sheet.headings.get(letters_in(paragraph.text).text)
        if numbered and not any(piece.source for piece in paragraph.pieces):
            self._flush_lines(self._number)
            self._number = numbered
            return
        sources = {piece.source.number: piece.source for piece in paragraph.pieces if piece.source}
        beside = "".join(piece.text for piece in paragraph.pieces if not piece.source)
        for number, source in sources.items():
            if number not in self._done:
                self._done.add(number)
                self._keep(source.name, self._whole_text(source), ticked=source.is_ticked)
                box = box_name(source.name)
                self._number = box.unit.number if box else self._number
        if not sources:
            self._lines.append(paragraph.text)
        elif beside.strip():
            self._beside(list(sources.values()), beside)

    def _whole_text(self, source: BoxSource) -> str:
        """All text in a control, wherever it stands."""
        texts = self._texts[source.number]
        kept = [text for text in texts if len(texts) == 1 or _letters(text) not in self._labels]
        text = "\n".join(kept)
        return "" if source.has_prompt and self._is_shelved(text) else text

    def _beside(self, sources: list[BoxSource], beside: str) -> None:
        """What stands on the line of a box to tick: its words, a sign, or somebody's own words."""
        box = box_name(sources[0].name)
        slot = self._sheet.slots.get(box.unit.name) if box else None
        label = slot.ticks.get(box.option, "") if slot and box else ""
        own = _without(label, beside) if label else beside
        if label and own.strip(" []()") in _TICKED and own.strip(" []()"):
            self._out.boxes.append(InBox(sources[0].name, "", is_ticked=True))
        elif own.strip():
            self._out.loose.append(own.strip())

    def _flush_lines(self, number: int) -> None:
        """Lines without boxes of ours: alternatives of a question, ticked or not, and others."""
        slot = next((s for s in self._sheet.slots.values() if s.unit.number == number and s.ticks), None)
        lines, self._lines = self._lines, []
        for line in lines:
            option, is_ticked = _option_in(line, slot) if slot and not slot.unit.place else ("", False)
            if slot and option:
                self._out.boxes.append(InBox(slot.unit.tick(option), "", is_ticked))
            elif line.strip():
                self._out.loose.append(line.strip())

    # ------------------------------------------------------------ one box

    def _unprompted(self, paragraph: Paragraph) -> str:
        """A paragraph of a box without what its control says is no answer."""
        flagged: dict[int, str] = {}
        for piece in paragraph.pieces:
            if piece.source and piece.source.has_prompt:
                flagged[piece.source.number] = flagged.get(piece.source.number, "") + piece.text
        shelved = {number for number, text in flagged.items() if self._is_shelved(text)}
        return "".join(
            piece.text for piece in paragraph.pieces if not piece.source or piece.source.number not in shelved
        )

    def _is_shelved(self, text: str) -> bool:
        """That a flagged text is no answer; where it is no prompt that we know it is shown."""
        if not is_prompt(text):
            self._out.loose.append(text.strip())
        return True

    def _keep(self, name: str, text: str, *, ticked: bool) -> None:
        box = box_name(name)
        words = without_prompts(text)
        if box is None or not box.option:
            self._out.boxes.append(InBox(name, words))
            return
        sign = words.strip(" []()\n\t")
        if sign and sign not in _TICKED and sign not in _UNTICKED:
            ticked = ticked or any(char in _TICKED - {"x", "X"} for char in sign)
            own = "".join(
                char for char in sign if char not in (_TICKED | _UNTICKED) - {"x", "X", "o"}
            ).strip()
            if own:
                self._out.loose.append(own)
        self._out.boxes.append(InBox(name, "", is_ticked=ticked or sign in _TICKED))


def _labels_of(sheet: SentSheet) -> Iterator[str]:
    """What stands before a box, with its tag."""
    labels = {slot.unit.name: slot.label for slot in sheet.slots.values()}
    for tag, names in sheet.tagged.items():
        yield from (f"{label} {tag}" for label in (labels.get(names[-1], ""), ANSWER, OR_WRITE, OWN))


def _letters(text: str) -> str:
    return letters_in(text).text


_letters_of_ours = lru_cache(maxsize=4096)(_letters)
"""The letters of what we have written, for it is looked for in every line."""


def _without(label: str, text: str) -> str:
    """A text without a label in it and the letter before it."""
    place = next(letters_in(text).all_of(label), None)
    if place is None:
        return text
    letters = letters_in(text)
    start, end = letters.places[place[0]], letters.places[place[1] - 1] + 1
    before = re.sub(r"\b[a-z]\)\s*$", "", text[:start])
    return f"{before} {text[end:].lstrip('.')}"


def _option_in(line: str, slot: Slot) -> tuple[str, bool]:
    """The alternative that a line is, by its words, and whether a sign says that it is chosen."""
    begins = _LINE.match(line)
    sign = (begins["sign"] or (begins["within"] or "").strip()) if begins else ""
    words = line[begins.end() :] if begins else line
    for option, label in slot.ticks.items():
        bare = re.sub(r"^[a-z]\)\s*", "", words.strip())
        if _letters(bare) == _letters(label) and bare:
            return option, sign in _TICKED and bool(sign)
    return "", False


def own_words_cut(text: str, ours: Iterable[str], least: int) -> str:
    """A text without those texts of ours that stand whole in it, from a number of letters."""
    letters = letters_in(text)
    for words in sorted(ours, key=len, reverse=True):
        wanted = _letters_of_ours(words)
        if len(wanted) < least or wanted not in letters.text:
            continue
        place = next(letters.all_of(words), None)
        if place:
            start, end = letters.places[place[0]], letters.places[place[1] - 1] + 1
            text = f"{text[:start]} {text[end:].lstrip('.:?!”)')}"
            letters = letters_in(text)
    return text
