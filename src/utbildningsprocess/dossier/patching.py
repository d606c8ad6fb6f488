"""One answer written over another: what did not change keeps its lines, and what is no answer stays.

Every proposal is proven: it reads back as the answer, with all that was loose still there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from textwrap import dedent
from typing import TYPE_CHECKING, Any

from utbildningsprocess.answers.rows import rows_in
from utbildningsprocess.answers.settled import EarlierOption
from utbildningsprocess.dossier.codec import decode
from utbildningsprocess.dossier.encoding import (
    encode,
    encode_field,
    encode_item,
    encode_row,
    encode_statement,
    in_cells,
)
from utbildningsprocess.dossier.pieces import BULLET
from utbildningsprocess.dossier.protection import as_code, fence
from utbildningsprocess.model import Given, Kind, Row, Unfit
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from utbildningsprocess.dossier.pieces import Decoded, Piece
    from utbildningsprocess.model import Answer, Question

    Lines = list[str]
    Read = Callable[[str], Decoded]
    Write = Callable[[Any, Any], str]

_NUMBERED = re.compile(r"^( {0,3}#{1,6} )\d+[ \t#]*$")


def with_kept(question: Question, before: Answer | None, answer: Answer | None) -> Answer | None:
    """The answer with what could not be read in the rows it replaces, where nothing new is given for it."""
    if question.kind is not Kind.GROUP or not isinstance(before, Given) or not isinstance(answer, Given):
        return answer
    name = question.fields[0].id
    earlier = {row.id: row for row in rows_in(before.value)}
    rows = []
    for row in rows_in(answer.value):
        there = earlier.get(row.id)
        if there and (question.row_prefix or there.values.get(name) == row.values.get(name)):
            kept = {key: text for key, text in there.unfit.items() if key not in in_cells(row)}
            rows.append(replace(row, unfit={**kept, **row.unfit}))
        else:
            rows.append(row)
    return Given(tuple(rows))


def rewritten(
    question: Question, lines: Lines, before: Decoded, answer: Answer | None, read: Read
) -> Iterator[Lines]:
    """Lines to stand in place of an answer's, the best first: few changes, the plain form, a fence.

    `read` gives what a text says as the question's answer.
    """
    loose = [nfc(dedent("\n".join(lines[first:end])).strip("\n")) for first, end in before.loose]
    patched = _patched(question, lines, before, answer)
    if patched and _says(patched, answer, loose, read):
        yield patched
    plain = encode(question, answer) if answer is not None else ""
    for beside in (loose, [as_code(text) for text in loose]):
        whole = "\n\n".join(filter(None, [plain, *beside])).split("\n")
        if not loose or _says(whole, answer, loose, read):
            yield whole
    if not loose:
        yield fence(plain).split("\n")


def _says(lines: Lines, answer: Answer | None, loose: Sequence[str], read: Read) -> bool:
    """Whether the lines read back as the answer, with the loose texts beside it."""
    said = read(nfc("\n".join(lines)))
    if said.answer != answer and not (answer is None and isinstance(said.answer, Unfit)):
        return False
    beside = [line.strip() for first, end in said.loose for line in lines[first:end]]
    if isinstance(said.answer, Unfit):
        beside += [line.strip() for line in lines]
    return all(nfc(line.strip()) in map(nfc, beside) for text in loose for line in text.split("\n"))


def _patched(question: Question, lines: Lines, before: Decoded, answer: Answer | None) -> Lines | None:
    """The lines with only the pieces changed that have another value; None where there are no pieces."""
    if not before.pieces or not isinstance(answer, Given):
        return None
    match answer.value:
        case dict() as value:
            pieces = list(before.pieces)
            order = [statement.id for statement in question.statements if statement.id in value]
            wanted = [(key, value[key]) for key in _in_old_order(pieces, order)]
            return _woven(lines, pieces, wanted, lambda key, option: encode_statement(question, key, option))
        case tuple() as value if rows := rows_in(value):
            return _with_rows(question, lines, before.pieces, rows)
        case tuple() as value:
            keys = _counted([piece.value for piece in before.pieces])
            pieces = [piece._replace(key=key) for piece, key in zip(before.pieces, keys, strict=True)]
            items = list(zip(_counted(value), value, strict=True))
            return _woven(lines, pieces, items, lambda _, item: encode_item(question, item))
        case _:
            return None


def _counted(values: Sequence[object]) -> list[tuple[object, int]]:
    """Each value with how many like it stand before it."""
    return [(value, list(values[:place]).count(value)) for place, value in enumerate(values)]


def _in_old_order(pieces: Sequence[Piece], keys: Sequence[str]) -> list[str]:
    """The keys in the order of their pieces; a new one after the key it follows in the battery."""
    order = [str(piece.key) for piece in pieces if piece.key in keys]
    for place, key in enumerate(keys):
        if key not in order:
            above = [order.index(earlier) + 1 for earlier in keys[:place] if earlier in order]
            order.insert(max(above, default=0), key)
    return order


def _woven(lines: Lines, pieces: Sequence[Piece], wanted: Sequence[tuple[Any, Any]], write: Write) -> Lines:
    """The lines with the wanted pieces: those that are there already as they stand, the others written.

    What stands between pieces follows the piece above it, also when that piece is gone.
    """
    tails = {
        piece.key: lines[piece.end : following.first if following else _last(pieces)]
        for piece, following in zip(pieces, [*pieces[1:], None], strict=True)
    }
    there = {piece.key: piece for piece in pieces}
    gone = [piece.key for piece in pieces if piece.key not in dict(wanted)]
    result = lines[: pieces[0].first]
    sample = BULLET.match(lines[pieces[0].first])
    mark = sample[1].strip() if sample and sample[1].strip() in ("*", "+") else "-"
    for key in gone:
        result += tails.pop(key)
    under_item = False
    for key, value in wanted:
        piece = there.get(key)
        if piece and piece.value == value and not _is_confirmed(piece.value, value):
            result += lines[piece.first : piece.end]
        else:
            blanks = _popped_blanks(result) if under_item else []
            result += [*re.sub("^-", mark, write(key, value)).split("\n"), *blanks]
        tail = tails.get(key, [])
        result += tail
        under_item = not any(line.strip() for line in tail)
    return [*result, *lines[_last(pieces) :]]


def _is_confirmed(before: object, now: object) -> bool:
    """Whether an answer to a statement that said something else is now given to what it says."""
    return isinstance(before, EarlierOption) and not isinstance(now, EarlierOption)


def _last(pieces: Sequence[Piece]) -> int:
    return max(piece.end for piece in pieces)


def _popped_blanks(lines: Lines) -> Lines:
    """The blank lines at the end, taken away from there."""
    blanks = []
    while lines and not lines[-1].strip():
        blanks.append(lines.pop())
    return blanks


def _with_rows(question: Question, lines: Lines, pieces: Sequence[Piece], rows: Sequence[Row]) -> Lines:
    result: Lines = []
    for row in rows:
        written = _row_lines(question, lines, _its_piece(question, pieces, row), row)
        blanks = len(written) - len(written := "\n".join(written).rstrip("\n").split("\n"))
        result += [*written, *[""] * max(blanks, 1)]
    _popped_blanks(result)
    return result


def _its_piece(question: Question, pieces: Sequence[Piece], row: Row) -> Piece | None:
    """The piece where a row stands: by its id, or by what it says in a group without ids."""
    if not question.row_prefix:
        alike = (piece for piece in pieces if _says_same(piece.value, row))
        if piece := next(alike, None):
            return piece
    return next((piece for piece in pieces if piece.key == row.id), None)


def _says_same(earlier: object, row: Row) -> bool:
    return isinstance(earlier, Row) and replace(earlier, id=row.id) == row


def _row_lines(question: Question, lines: Lines, piece: Piece | None, row: Row) -> Lines:
    """The lines of a row: as they stand, with its changed fields only, or written anew."""
    if piece is None:
        return encode_row(question, row).split("\n")
    here = lines[piece.first : piece.end]
    if _says_same(piece.value, row) and piece.key == row.id:
        return here
    if not _says_same(piece.value, row) and piece.fields:
        fields = [
            field._replace(first=field.first - piece.first, end=field.end - piece.first)
            for field in piece.fields
        ]
        given = {
            **in_cells(row),
            **{key: None for key in row.unfit if key in {field.key for field in fields}},
        }
        order = [field.id for field in question.fields if field.id in given]
        wanted = [(key, given[key]) for key in _in_old_order(fields, order)]
        here = _woven(
            here, fields, wanted, lambda key, value: encode_field(question, question.field(key), value)
        )
    if not question.row_prefix:
        here[:1] = [_NUMBERED.sub(rf"\g<1>{row.id}", here[0])]
    read = decode(question, nfc("\n".join(here).strip("\n"))).answer
    said = rows_in(read.value) if isinstance(read, Given) else ()
    same = len(said) == 1 and _says_same(said[0], row)
    return here if same else encode_row(question, row).split("\n")
