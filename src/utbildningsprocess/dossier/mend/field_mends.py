"""Mends inside the rows of a group: fields that are written wrong, and rows outside their answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.by_name import find_field
from utbildningsprocess.dossier.group_codec import plain_label
from utbildningsprocess.dossier.markers import scan
from utbildningsprocess.dossier.mend.model import Mend, Way, with_lines
from utbildningsprocess.dossier.pieces import item_text
from utbildningsprocess.markdown import outline
from utbildningsprocess.model import Kind
from utbildningsprocess.swedish import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.dossier.markers import Scan
    from utbildningsprocess.model import Battery, Question

_BOLD = re.compile(
    r"^(.*?)(?:[-*+][ \t]+)?(?:\*\*|__)([^*_\n]+?)[ \t]*:?[ \t]*(?:\*\*|__)[ \t]*:?[ \t]*(.*)$"
)
_WRITTEN = re.compile(r"^ {0,3}[-*+] {1,4}(?:\*\*|__)")
_FENCE = re.compile(r"^[ \t>*+-]*(`{3,}|~{3,})")
_ROW = re.compile(r"^ {0,3}#{4,6}[ \t]+(\S+)")


class Place(NamedTuple):
    """The lines of a group between its markers, counted from 0 in the file: [first, end)."""

    question: Question
    first: int
    end: int


def groups_in(seen: Scan, battery: Battery) -> list[Place]:
    """The groups that stand in a dossier."""
    asked = ((battery.question(qid), span) for qid, span in seen.spans.items())
    return [
        Place(question, span.opening + 1, span.closing)
        for question, span in asked
        if question and question.kind is Kind.GROUP
    ]


def field_mends(text: str, battery: Battery) -> list[Mend]:
    """The mends of fields and of rows after the end of their group."""
    seen = scan(text)
    mends: list[Mend] = []
    for place in groups_in(seen, battery):
        mends += _slips(seen.lines, place)
        mends += _rows_outside(seen, place)
    return mends


def _slips(lines: Sequence[str], place: Place) -> Iterator[Mend]:
    """Lines that name a field of the group and are not written as one."""
    body = "\n".join(lines[place.first : place.end])
    items = {place.first + item.first for item in outline(body).items}
    given: set[str] = set()
    slips: list[tuple[int, _Slip]] = []
    for number, line in _unfenced(lines, place):
        if _ROW.match(line):
            yield from _mended(lines, slips, given)
            slips, given = [], set()
        elif slip := _slip(line, place.question, is_item=number in items):
            if slip.new:
                slips.append((number, slip))
            else:
                given.add(slip.field_id)
    yield from _mended(lines, slips, given)


class _Slip(NamedTuple):
    """A field that a line names, and the lines as they should be: none when it is right."""

    field_id: str
    new: tuple[str, ...] = ()
    sure: bool = False


def _mended(lines: Sequence[str], slips: Sequence[tuple[int, _Slip]], given: set[str]) -> Iterator[Mend]:
    for number, slip in slips:
        what = "Raden ser ut som ett fält men läses inte som det."
        text = with_lines(lines, number, number + 1, slip.new)
        sure = slip.sure and slip.field_id not in given
        given.add(slip.field_id)
        yield Mend(number + 1, what, (Way("Skriv den som ett fält", text),), sure=sure)


def _unfenced(lines: Sequence[str], place: Place) -> Iterator[tuple[int, str]]:
    """The lines of a group that stand in no code block."""
    fence = ""
    for number in range(place.first, place.end):
        match = _FENCE.match(lines[number])
        if match and not fence:
            fence = match[1]
        elif match and match[1].startswith(fence):
            fence = ""
        elif not fence:
            yield number, lines[number]


def _slip(line: str, question: Question, *, is_item: bool) -> _Slip | None:
    bold = _BOLD.match(line)
    if bold is None:
        plain = plain_label(question, item_text([line])) if is_item else None
        field = find_field(question, clean_line(plain[1])) if plain else None
        return _Slip(field.id) if field else None
    before, label, value = bold[1].strip(), clean_line(bold[2]), bold[3]
    field = find_field(question, label)
    if field is None:
        return _misspelt(question, label, value) if is_item and not before else None
    if is_item and _WRITTEN.match(line):
        return _Slip(field.id)
    words = re.sub(r"^[-*+]\s+|\s*[-*+:]\s*$", "", before)
    kept = (f"  {words}",) if words else ()
    return _Slip(field.id, (*kept, _field_line(field.name, value)), sure=not words)


def _misspelt(question: Question, label: str, value: str) -> _Slip | None:
    names = {field.name: field.id for field in question.fields}
    hint = did_you_mean(label, names)
    near = next((name for name in names if hint == f"Menade du {name}?"), None)
    return _Slip(names[near], (_field_line(near, value),)) if near else None


def _field_line(name: str, value: str) -> str:
    return f"- **{name}:** {value}".rstrip()


def _rows_outside(seen: Scan, place: Place) -> Iterator[Mend]:
    """Rows written below the closing marker of their group, taken in."""
    edges = [heading.first for heading in seen.headings if heading.tag in ("h1", "h2", "h3")]
    edges += [span.opening for span in seen.spans.values()]
    end = min((edge for edge in edges if edge > place.end), default=len(seen.lines))
    below = range(place.end + 1, end)
    rows = [n for n in below if (row := _ROW.match(seen.lines[n])) and _is_row(place.question, row[1])]
    if not rows:
        return
    filled = [n for n in below if seen.lines[n].strip()]
    moved = [*seen.lines[place.end + 1 : filled[-1] + 1], "", seen.lines[place.end]]
    text = with_lines(seen.lines, place.end, filled[-1] + 1, moved)
    what = "Raden står under slutmarkören och räknas inte med i svaret."
    yield Mend(rows[0] + 1, what, (Way("Flytta in den", text),))


def _is_row(question: Question, name: str) -> bool:
    return bool(re.fullmatch(rf"{question.row_prefix}[1-9]\d{{0,5}}[.:]?", name))
