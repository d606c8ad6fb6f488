"""Mends of rows that two people wrote under one id, and of references to rows that are not there."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.by_name import find_field
from utbildningsprocess.answers.rows import (
    choices,
    dangling,
    given_rows,
    id_in,
    new_row_id,
    references,
    row_key,
)
from utbildningsprocess.dossier.bearers import called_now, doubts
from utbildningsprocess.dossier.document import read, with_answer, with_answers
from utbildningsprocess.dossier.markers import scan, trimmed
from utbildningsprocess.dossier.mend.field_mends import groups_in
from utbildningsprocess.dossier.mend.model import Mend, Way, with_lines
from utbildningsprocess.dossier.pieces import LABELLED, item_text
from utbildningsprocess.dossier.traces import traces_in
from utbildningsprocess.markdown import outline
from utbildningsprocess.model import Given, Row
from utbildningsprocess.swedish import clean_line, did_you_mean, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.answers.rows import Reference
    from utbildningsprocess.dossier.bearers import Doubt
    from utbildningsprocess.dossier.document import Dossier
    from utbildningsprocess.dossier.mend.field_mends import Place
    from utbildningsprocess.model import Answer, AnswerSheet, Battery, Question, Value

_MOST_OFFERED = 4


class _Written(NamedTuple):
    """A row as it stands in the file: its heading's line, where it ends, its id, and its fields' lines."""

    line: int
    end: int
    id: str
    fields: tuple[tuple[str, range], ...]


def row_mends(text: str, battery: Battery) -> list[Mend]:
    """The mends of doubled rows in the groups of a dossier."""
    seen = scan(text)
    places = groups_in(seen, battery)
    sheet = read(text, battery).sheet if places else None
    return [mend for place in places if sheet for mend in _doubled(seen.lines, place, sheet)]


def _doubled(lines: Sequence[str], place: Place, sheet: AnswerSheet) -> Iterator[Mend]:
    by_id: dict[str, _Written] = {}
    written = _rows(lines, place)
    # Reading gives the second of two rows an id of its own, which stands nowhere in the file.
    ids = {row.id for row in written}
    rows = given_rows(sheet.answers, place.question.qid)
    standing = Given(tuple(row for row in rows if not place.question.row_prefix or row.id in ids))
    sheet = sheet.with_answers({place.question.qid: standing})
    for row in written:
        first = by_id.setdefault(row.id, row)
        if mend := _split(lines, place.question, row, sheet):
            yield mend
        elif first is not row and row.id:
            yield _with_id_of_its_own(lines, place.question, first, row, sheet)
    for number in range(place.first, place.end):
        if traces_in(lines[number]):
            yield from _come_back(lines, number, place.question, written, sheet)


def _rows(lines: Sequence[str], place: Place) -> list[_Written]:
    seen = outline("\n".join(lines[place.first : place.end]))
    headings = [block for block in seen.blocks if block.kind == "heading"]
    edges = [*(place.first + heading.first for heading in headings), place.end]
    rows = []
    for heading, first, end in zip(headings, edges, edges[1:], strict=False):
        items = [item for item in seen.items if first <= place.first + item.first < end]
        fields = tuple(
            (
                _label(place.question, lines[place.first + item.first : place.first + item.end]),
                range(place.first + item.first, place.first + item.end),
            )
            for item in items
        )
        named = re.match(rf"{place.question.row_prefix}[1-9]\d*\b", clean_line(heading.content))
        rows.append(_Written(first, end, named[0] if named and place.question.row_prefix else "", fields))
    return rows


def _label(question: Question, lines: Sequence[str]) -> str:
    """The id of the field that a list item gives; empty for other items."""
    labelled = LABELLED.match(item_text(lines))
    field = find_field(question, clean_line(labelled[1])) if labelled else None
    return field.id if field else ""


def _split(lines: Sequence[str], question: Question, row: _Written, sheet: AnswerSheet) -> Mend | None:
    """Two rows under one heading, known by fields that stand twice, set apart."""
    seen: dict[str, int] = {}
    turns = []
    for field_id, _ in row.fields:
        turns.append(seen.get(field_id, 0) if field_id else 0)
        seen[field_id] = turns[-1] + 1
    if not any(turns):
        return None
    start = turns.index(1)
    labels = [field_id for field_id, _ in row.fields]
    if len(set(labels[start:])) == len(labels[start:]):
        turns = [int(number >= start) for number in range(len(turns))]
    row_id = new_row_id(question, sheet)
    moved = [place for turn, (_, place) in zip(turns, row.fields, strict=True) if turn]
    second = [line for place in moved for line in trimmed(lines[place.start : place.stop])]
    gone = {number for place in moved for number in place}
    first = trimmed([lines[number] for number in range(row.line, row.end) if number not in gone])
    new = [*first, "", f"#### {row_id}", "", *second, ""]
    name = row.id or lines[row.line].strip("# ")
    what = f"Under rubriken {name} står samma fält två gånger: det är två rader i en."
    way = Way(f"Dela upp dem, den andra som {row_id}", with_lines(lines, row.line, row.end, new))
    return Mend(row.line + 1, what, (way,))


def _come_back(
    lines: Sequence[str], number: int, question: Question, rows: Sequence[_Written], sheet: AnswerSheet
) -> Iterator[Mend]:
    """A row under the id of a removed one: a new row, or the removed one kept by somebody else."""
    row_id = next(iter(traces_in(lines[number])))
    for row in rows:
        heading = lines[row.line]
        if id_in(question.row_prefix, clean_line(heading.lstrip("# "))) != row_id:
            continue
        new_id = new_row_id(question, sheet)
        renamed = with_lines(lines, row.line, row.line + 1, [heading.replace(row_id, new_id, 1)])
        ways = (
            Way(f"Det är en annan rad: låt den heta {new_id}", renamed),
            Way("Det är samma rad: ta bort spåret", with_lines(lines, number, number + 1, [])),
        )
        yield Mend(number + 1, f"{row_id} står som borttagen, men raden finns på rad {row.line + 1}.", ways)


def _with_id_of_its_own(
    lines: Sequence[str], question: Question, first: _Written, row: _Written, sheet: AnswerSheet
) -> Mend:
    """A second row of the same id: taken away when it says the same, else given the next id."""
    what = f"{row.id} finns två gånger, på rad {first.line + 1} och {row.line + 1}."
    bodies = [trimmed(lines[written.line + 1 : written.end]) for written in (first, row)]
    if bodies[0] == bodies[1]:
        way = Way("Ta bort den andra", with_lines(lines, row.line, row.end, []))
        return Mend(row.line + 1, f"{what} De är lika.", (way,), sure=True)
    row_id = new_row_id(question, sheet)
    pointing = [reference for reference in references(sheet) if reference.key == row.id]
    if pointing:
        where = joined(dict.fromkeys(reference.qid for reference in pointing))
        what += f" Det som pekar på {row.id} ({where}) pekar sedan på den första. Se efter att det stämmer."
    heading = lines[row.line].replace(row.id, row_id, 1)
    way = Way(f"Låt den andra heta {row_id}", with_lines(lines, row.line, row.line + 1, [heading]))
    return Mend(row.line + 1, what, (way,))


# -------------------------------------------------------------- references


def reference_mends(text: str, battery: Battery) -> list[Mend]:
    """The mends of what points at rows that are not there, one for each name; none in a damaged text."""
    content = read(text, battery)
    if content.structural_problems:
        return []
    missing: dict[tuple[tuple[str, ...], str], list[Reference]] = {}
    for reference, _ in dangling(content.sheet):
        missing.setdefault((reference.field.points_at, reference.key), []).append(reference)
    mends = [_repointed(content, pointing) for pointing in missing.values()]
    return [*mends, *_which_bearer(content)]


def _which_bearer(content: Dossier) -> Iterator[Mend]:
    """The mends of what points at a name that may mean two rows."""
    lines = content.text.split("\n")
    for doubt in doubts(content.sheet, content.new_names, content.rows):
        names = [row_key(doubt.question, row) for row in given_rows(content.answers, doubt.question.qid)]
        if not doubt.bearer_before:
            yield Mend(doubt.line, doubt.what, (_with_name_of_its_own(content, doubt, names),))
            continue
        ways = [Way(f"Den som heter {doubt.name} nu", with_lines(lines, doubt.line - 1, doubt.line, []))]
        if doubt.bearer_before in names:
            before = _with_key(content, doubt.references, doubt.bearer_before)
            ways.insert(0, Way(f"Den som heter {doubt.bearer_before} nu", before))
        yield Mend(doubt.line, doubt.what, tuple(ways))


def _with_name_of_its_own(content: Dossier, doubt: Doubt, names: list[str]) -> Way:
    """The second of two rows of one name called something else; what points at it means the first."""
    rows = list(given_rows(content.answers, doubt.question.qid))
    place = names.index(doubt.name, names.index(doubt.name) + 1)
    new = next(name for number in count(2) if (name := f"{doubt.name} {number}") not in names)
    values = {**rows[place].values, doubt.question.fields[0].id: new}
    rows[place] = Row(rows[place].id, values, rows[place].unfit)
    text = with_answer(content.text, content.sheet.battery, doubt.question.qid, Given(tuple(rows)))
    return Way(f"Den första. Låt den andra heta {new}", text)


def _repointed(content: Dossier, pointing: list[Reference]) -> Mend:
    field, key, sheet = pointing[0].field, pointing[0].key, content.sheet
    labels = dict(choices(field, sheet))
    names = [name for qid in field.points_at for name in content.new_names.get(qid, ())]
    new = called_now(key, names)
    likely = dict.fromkeys(
        [new, *_likely(labels, key, sheet)] if new in labels else _likely(labels, key, sheet)
    )
    ways = [Way(f"Låt den peka på {labels[name]}", _with_key(content, pointing, name)) for name in likely]
    ways.append(Way("Ta bort hänvisningen", _with_key(content, pointing, "")))
    row = given_rows(sheet.answers, pointing[0].qid)[pointing[0].row]
    many = f" på {len(pointing)} ställen" if len(pointing) > 1 else ""
    hint = f"Raden heter nu ”{new}”." if new in labels else did_you_mean(key, labels)
    what = f"”{field.text}” pekar på ”{key}”{many}, som inte finns. {hint}".strip()
    return Mend(content.line_of(pointing[0].qid, row.id), what, tuple(ways), sure=new in labels)


def _likely(labels: dict[str, str], key: str, sheet: AnswerSheet) -> list[str]:
    """The rows that may be meant: the one spelt nearly so, then those that nothing points at."""
    hint = did_you_mean(key, labels)
    pointed_at = {reference.key for reference in references(sheet)}
    return sorted(labels, key=lambda name: (hint != f"Menade du {name}?", name in pointed_at))[:_MOST_OFFERED]


def _with_key(content: Dossier, pointing: Sequence[Reference], key: str) -> str:
    """The text with every one of these references changed, or taken away."""
    answers: dict[str, Answer] = dict(content.answers)
    for reference in pointing:
        rows = list(given_rows(answers, reference.qid))
        rows[reference.row] = _pointing_at(rows[reference.row], reference, key)
        answers[reference.qid] = Given(tuple(rows))
    return with_answers(
        content.text, content.sheet.battery, {reference.qid: answers[reference.qid] for reference in pointing}
    )


def _pointing_at(row: Row, reference: Reference, key: str) -> Row:
    value = row.values[reference.field.id]
    new: Value = key
    if isinstance(value, tuple):
        keys = dict.fromkeys(key if item == reference.key else str(item) for item in value)
        new = tuple(filter(None, keys))
    values = {**row.values, reference.field.id: new}
    return replace(row, values={name: kept for name, kept in values.items() if kept not in ("", ())})
