"""The Markdown of a group -> its rows: a heading for each row, and below it a list item for each field."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from utbildningsprocess.answers.by_name import find_field
from utbildningsprocess.answers.composite import in_field_order, unknown_in
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.rows import HIGHEST_NUMBER, id_in, number_of, with_ids
from utbildningsprocess.dossier.pieces import (
    LABELLED,
    Decoded,
    Piece,
    accept_written,
    item_text,
    lazy_lines,
    left_out,
    unseen,
)
from utbildningsprocess.dossier.protection import unprotect
from utbildningsprocess.errors import LineFault, LineNotice
from utbildningsprocess.markdown import TopBlock
from utbildningsprocess.model import Given, Row, Unknown
from utbildningsprocess.swedish import clean_line, is_blank, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utbildningsprocess.markdown import Outline
    from utbildningsprocess.model import GroupField, Question, Value

_BOLD = re.compile(r"(?:\*\*|__)([^*_\n]{1,120}?)\s*:?\s*(?:\*\*|__)")
_PERHAPS_LABEL = re.compile(r"^[\s\-*+_>]*([^:*_\n]{1,120}?)\s*(?::|\*\*|__)")
_PLAIN_LABEL = re.compile(r"^([^:*_\n]{1,120}?)[ \t]*:[ \t]*(.*)$", re.DOTALL)
_FIELD_ON_ITS_OWN = "Skriv varje fält längst till vänster som ”- **Fält:** värde”."


@dataclass
class _Section:
    """One row as it is written: its heading, its list items, and text beside them."""

    first: int
    end: int
    name: str
    items: list[tuple[int, int]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)


@dataclass
class _Cells:
    """What stands in the fields of a row: values, what does not fit, and what nobody knows yet."""

    values: dict[str, Value] = field(default_factory=dict)
    unfit: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)

    def holds(self, key: str) -> bool:
        """Whether anything has been read into a field."""
        return key in self.values or key in self.unfit or key in self.unknown


def decode_group(question: Question, body: str, seen: Outline, spent: int) -> Decoded:
    """The rows that stand in the body of a group; one without an id gets one above those that are spent."""
    reading = _Reading(question, body.split("\n"))
    sections = _sections(reading.lines, seen)
    if len(sections) > 1 and not sections[0].name and not question.row_prefix:
        reading.wrong(0, "Raden har ingen rubrik. Skriv #### och ett nummer ovanför den.")
    read = [reading.row(section) for section in sections]
    rows = with_ids(question, [row for row, _ in read], spent)
    pieces = tuple(
        Piece(row.id, row, section.first, section.end, tuple(fields))
        for row, section, (_, fields) in zip(rows, sections, read, strict=True)
    )
    answer = Given(rows) if rows else None
    return Decoded(answer, tuple(sorted(reading.faults)), tuple(reading.grave), pieces)


def _sections(lines: list[str], seen: Outline) -> list[_Section]:
    """The rows of a group: what stands under each heading. Bullets before any heading are a row too."""
    sections = [_Section(0, len(lines), "")]
    firsts = [item.first for item in seen.items]
    hidden = [TopBlock("", "", first, end, "") for first, end in unseen(lines, seen)]
    for block in sorted([*seen.blocks, *hidden], key=lambda block: block.first):
        if block.kind == "heading":
            sections[-1].end = block.first
            sections.append(_Section(block.first, len(lines), clean_line(block.content)))
        elif block.kind in ("bullet_list", "ordered_list"):
            within = slice(bisect_left(firsts, block.first), bisect_left(firsts, block.end))
            sections[-1].items += [(item.first, item.end) for item in seen.items[within]]
        else:
            sections[-1].loose.append("\n".join(lines[block.first : block.end]))
    above = sections[0]
    if len(sections) > 1 and not above.items:
        sections[1].first = 0
        sections[1].loose[:0] = above.loose
        return sections[1:]
    return sections


class _Reading:
    """Reads the rows of one group, and collects what is wrong in them."""

    def __init__(self, question: Question, lines: list[str]) -> None:
        self.question = question
        self.lines = lines
        self.faults: list[LineFault] = []
        self.grave: list[LineFault] = []
        self._ids: set[str] = set()

    def wrong(self, line: int, why: str, *, grave: bool = False) -> None:
        """Notes what is wrong at a line."""
        self.faults.append(LineFault(line, why))
        if grave:
            self.grave.append(LineFault(line, why))

    def row(self, section: _Section) -> tuple[Row, list[Piece]]:
        """The row of a section, without an id where it has none that can be used, and its fields."""
        cells = _Cells()
        row_id, words = self._heading(section)
        fields = [self._field(first, end, cells) for first, end in section.items]
        if self._is_strange(words, cells.values):
            self.wrong(section.first, "Orden i rubriken räknas inte som svar. Flytta dem till ett fält.")
            section.loose.insert(0, words)
        elif section.loose:
            self.wrong(
                section.first, "Texten i raden hör inte till något fält. Skriv den som ”- **Fält:** värde”."
            )
        if section.loose:
            cells.unfit[""] = "\n\n".join(section.loose)
        row = Row(row_id, in_field_order(self.question, cells.values), cells.unfit, cells.unknown)
        return row, [piece for piece in fields if piece]

    def _heading(self, section: _Section) -> tuple[str, str]:
        """The id in a heading, and the words of it that are no id."""
        prefix = self.question.row_prefix
        called, _, number = section.name.rpartition(" ")
        is_number = number.isdecimal() and called.casefold() in ("", self.question.row_name.casefold())
        row_id = id_in(prefix, number if is_number else section.name)
        words = "" if is_number else section.name[len(row_id) :].strip(" :.–-")
        if not prefix:
            return row_id, words
        if not row_id:
            why = f"Raden har inget id. Skriv en rubrik som #### {prefix}1 ovanför den."
            self.wrong(section.first, why)
            return "", section.name
        if number_of(row_id) > HIGHEST_NUMBER:
            self.wrong(section.first, f"{row_id} är ett för högt nummer. Ge raden ett lägre.", grave=True)
            return "", words
        if row_id in self._ids:
            why = f"{row_id} finns två gånger. Ge den ena raden ett nytt nummer."
            self.wrong(section.first, why, grave=True)
            return "", words
        self._ids.add(row_id)
        return row_id, words

    def _is_strange(self, words: str, values: Mapping[str, Value]) -> bool:
        """Whether a heading says something that no field says."""
        return bool(words) and not any(same(words, clean_line(str(value))) for value in values.values())

    def _field(self, first: int, end: int, cells: _Cells) -> Piece | None:
        """Reads one list item into the cells of its row."""
        lines = self.lines[first:end]
        whole = item_text(lines)
        labelled = LABELLED.match(whole) or plain_label(self.question, whole)
        label = clean_line(labelled[1]) if labelled else ""
        known = find_field(self.question, label) if labelled else None
        written = labelled[2] if labelled else whole
        text = field_text(written)
        if known is None or cells.holds(known.id):
            cells.unfit[_free_key(label, cells.unfit)] = text
            why = "finns två gånger i raden" if known else "finns inte bland fälten"
            self.wrong(first, f"”{label or clean_line(text)[:40]}” {why}.", grave=known is not None)
            return None
        self.faults += lazy_lines(lines, first)
        self.faults += [LineFault(first + line, why) for line, why in labels_within(self.question, whole)]
        who = unknown_in(known, _bare(written))
        if who is not None:
            cells.unknown[known.id] = who
            return Piece(known.id, Unknown(who), first, end)
        self._accept(known, text, first, cells)
        return Piece(known.id, cells.values.get(known.id), first, end)

    def _accept(self, known: GroupField, text: str, first: int, cells: _Cells) -> None:
        if known.kind.is_text:
            cells.values[known.id] = text
        elif text.strip():
            try:
                cells.values[known.id] = accept_written(known, text)
                if loose := left_out(known, text, cells.values[known.id]):
                    self.faults.append(LineNotice(first, f"{known.name}: {loose}"))
            except Invalid as error:
                cells.unfit[known.id] = text
                self.wrong(first, f"{known.name}: {error}")


def plain_label(question: Question, item: str) -> re.Match[str] | None:
    """A known label at the start of an item without its bold, as people write it by hand."""
    plain = _PLAIN_LABEL.match(item)
    return plain if plain and find_field(question, clean_line(plain[1])) else None


def labels_within(question: Question, item: str) -> Iterator[LineFault]:
    """The lines of a field's item, from 0, where another field of the group seems to begin."""
    if "\n" not in item and item.count("**") + item.count("__") <= 2:  # noqa: PLR2004  round its own label
        return
    labelled = LABELLED.match(item)
    if labelled is None or field_text(labelled[2]) != _bare(labelled[2]):
        return
    for number, line in enumerate(item.split("\n")):
        names = [bold[1] for bold in _BOLD.finditer(line)][0 if number else 1 :]
        if number and (begun := _PERHAPS_LABEL.match(line)):
            names.append(begun[1])
        label = next((name for name in names if find_field(question, clean_line(name))), None)
        if label is not None:
            yield LineFault(number, f"”{clean_line(label)}” står inne i ett annat fält. {_FIELD_ON_ITS_OWN}")


def _free_key(label: str, taken: Mapping[str, str]) -> str:
    key, number = label or "Text", 2
    while key in taken:
        key, number = f"{label or 'Text'} {number}", number + 1
    return key


def _bare(raw: str) -> str:
    if "\n" not in raw:
        return raw.rstrip()
    return "\n".join(line.rstrip() for line in raw.split("\n")).strip("\n")


def field_text(raw: str) -> str:
    """The value of a field as it was given, from what stands after its label."""
    text = unprotect(_bare(raw))
    return "" if is_blank(text) else text
