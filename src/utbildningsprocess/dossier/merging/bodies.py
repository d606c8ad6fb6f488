"""What is to stand between the markers of one question, given what stands there in three versions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from utbildningsprocess.answers.settled import is_unchanged
from utbildningsprocess.dossier.codec import decode
from utbildningsprocess.dossier.markers import trimmed
from utbildningsprocess.dossier.merging.groups import alike
from utbildningsprocess.dossier.merging.three_ways import Said, chosen_by_name, chosen_items, chosen_value
from utbildningsprocess.dossier.patching import rewritten
from utbildningsprocess.dossier.traces import NewName, is_trace, with_traces
from utbildningsprocess.errors import LineNotice
from utbildningsprocess.model import Given, Kind, given_value
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.dossier.pieces import Decoded
    from utbildningsprocess.model import Answer, Question, Value

    Lines = Sequence[str]


class NotProven(Exception):
    """What was merged does not read back as what both sides have said."""


class Traced(NamedTuple):
    """An answer, and what removed and renamed rows have left beside it."""

    answer: Answer | None
    ids: tuple[str, ...] = ()
    names: tuple[NewName, ...] = ()


def read_body(question: Question, lines: Lines) -> Decoded:
    """What stands between the markers of a question."""
    return decode(question, nfc("\n".join(trimmed(lines))))


def is_sound(decoded: Decoded) -> bool:
    """Whether all that stands there is the answer."""
    return not decoded.loose and all(isinstance(fault, LineNotice) for fault in decoded.faults)


def chosen_body(question: Question, bodies: Said[Lines], rows: Said[Answer | None] | None) -> Said[Lines]:
    """The lines for each side; the same where the two go together. `rows` are those of a group, joined.

    What cannot be read is taken as it stands: as the only side that has changed it has it, or as both have.
    """
    decoded = Said(*(read_body(question, lines) for lines in bodies))
    if not all(map(is_sound, decoded)):
        return chosen_value(bodies.base, bodies.ours, bodies.theirs)
    said = rows or _answer(question, decoded)
    ids, names = _left(decoded)
    sides = (Traced(answer, *_standing(answer, ids), names) for answer in said)
    return Said(*(_lines(question, bodies, decoded, side) for side in sides))


def _answer(question: Question, decoded: Said[Decoded]) -> Said[Answer | None]:
    """The answer of each side; rows, which nobody could tell apart, as a whole."""
    answers = Said(*(side.answer for side in decoded))
    mine, yours, before = (_plain(question, answer) for answer in answers)
    if isinstance(mine, tuple) and isinstance(yours, tuple) and isinstance(before, tuple):
        items: Said[Any] = chosen_items(before, mine, yours)
        return Said(*(Given(side) if side else None for side in items))
    if isinstance(mine, dict) and isinstance(yours, dict) and isinstance(before, dict):
        options = chosen_by_name(before, mine, yours, alike)
        return Said(*(Given(side) if side else None for side in options))
    return chosen_value(answers.base, answers.ours, answers.theirs, _says_the_same)


def _plain(question: Question, answer: Answer | None) -> Value | None:
    """What is given to a question that asks for many things; nothing yet where there is no answer."""
    match question.kind:
        case Kind.LIST | Kind.MULTIPLE | Kind.REFERENCES:
            return () if answer is None else given_value(answer)
        case Kind.STATEMENTS:
            return {} if answer is None else given_value(answer)
        case _:
            return None


def _says_the_same(first: Answer | None, second: Answer | None) -> bool:
    if isinstance(first, Given) and isinstance(second, Given):
        return alike(first.value, second.value)
    return is_unchanged(first, second)


def _left(decoded: Said[Decoded]) -> tuple[list[str], tuple[NewName, ...]]:
    """What removed and renamed rows have left on both sides, but for what either has taken back."""
    ours, theirs, base = ([*side.traces] for side in decoded)
    before, mine, yours = (dict.fromkeys(side, True) for side in (base, ours, theirs))
    ids = chosen_by_name(before, mine, yours)
    told = [{name.trace: name for name in side.new_names} for side in decoded]
    names = {**told[0], **told[1]}
    taken_back = [trace for trace in told[2] if trace not in told[0] or trace not in told[1]]
    return [*ids.ours], tuple(name for trace, name in names.items() if trace not in taken_back)


def _standing(answer: Answer | None, ids: Sequence[str]) -> tuple[tuple[str, ...]]:
    """The ids of rows that are gone, of these."""
    value = given_value(answer)
    there = {getattr(row, "id", "") for row in value} if isinstance(value, tuple) else set()
    return (tuple(row_id for row_id in ids if row_id not in there),)


def _lines(question: Question, bodies: Said[Lines], decoded: Said[Decoded], wanted: Traced) -> Lines:
    """The lines that say it: those of either version that does, or those of ours with the changes in them."""
    for lines, side in zip(bodies, decoded, strict=True):
        if _says(side, wanted):
            return lines
    return _rewritten(question, bodies.ours, decoded.ours, wanted)


def _says(decoded: Decoded, wanted: Traced) -> bool:
    traces = {name.trace for name in decoded.new_names}, {name.trace for name in wanted.names}
    same_traces = {*decoded.traces} == {*wanted.ids} and traces[0] == traces[1]
    return same_traces and is_unchanged(decoded.answer, wanted.answer)


def _rewritten(question: Question, lines: Lines, before: Decoded, wanted: Traced) -> Lines:
    raw = trimmed(["" if is_trace(line) else line for line in lines])
    proposed = rewritten(question, raw, before, wanted.answer, partial(decode, question))
    for written in [raw, *proposed] if before.answer == wanted.answer else proposed:
        traced = with_traces(written, wanted.ids, wanted.names)
        body = ["", *traced, ""] if any(traced) else [""]
        if _says(read_body(question, body), wanted):
            return body
    raise NotProven
