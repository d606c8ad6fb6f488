"""What has come in against the dossier: at each address new, equal or different, or for a person to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.options import clashes
from utbildningsprocess.answers.rows import row_key, rows_in
from utbildningsprocess.guide.completing import is_alike, says_all_of, says_the_same
from utbildningsprocess.guide.places import is_of_new_row, places_of
from utbildningsprocess.model import Given, Kind, Skipped, Unknown, given_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utbildningsprocess.guide.places import Addressed
    from utbildningsprocess.guide.replies import Reply, Stated
    from utbildningsprocess.model import Answer, AnswerSheet, Item, Row, Value


class WhenDifferent(StrEnum):
    """What becomes of an answer that differs from the dossier's, where nobody is asked."""

    KEEP = "behall"
    REPLACE = "ersatt"
    BOTH = "bada"


class Saying(NamedTuple):
    """What one reply says at an address."""

    came: Reply
    said: Stated


@dataclass
class Comparison:
    """What some replies say, against a dossier; every table is by address, in the order of the questions."""

    sheet: AnswerSheet
    voices: dict[str, list[Saying]]
    """All that is said."""
    places: dict[str, Addressed] = field(default_factory=dict)
    new: dict[str, Answer] = field(default_factory=dict)
    """What the dossier has no answer to, and all replies agree on."""
    equal: list[str] = field(default_factory=list)
    different: dict[str, list[Saying]] = field(default_factory=dict)
    doubtful: dict[str, list[Saying]] = field(default_factory=dict)
    lost: list[Saying] = field(default_factory=list)
    """What is said of a row that the dossier has no longer."""
    unknowing: list[Saying] = field(default_factory=list)
    """That nobody knows, said of what the dossier has an answer to."""


def compared(sheet: AnswerSheet, replies: Sequence[Reply]) -> Comparison:
    """At each address what replies say that is new, equal or different, and what only a person can read."""
    voices = _by_address(sheet, replies)
    outcome = Comparison(sheet, voices)
    outcome.places = places_of(sheet, voices)
    outcome.lost = [voice for address in voices if address not in outcome.places for voice in voices[address]]
    for address, place in outcome.places.items():
        clear = [voice for voice in voices[address] if voice.said.answer is not None]
        doubtful = [voice for voice in voices[address] if voice.said.answer is None]
        if doubtful:
            outcome.doubtful[address] = doubtful
        if clear:
            _sort(outcome, place, clear)
    return outcome


def _by_address(sheet: AnswerSheet, replies: Iterable[Reply]) -> dict[str, list[Saying]]:
    """What is said at each address. Each file counts its own new rows, and two that say the same are one.

    So are two with the same name, in a group whose rows are known by that: they are two voices on one row.
    """
    voices: dict[str, list[Saying]] = {}
    rows: dict[str, str] = {}
    for came in replies:
        for said in came.said:
            address = said.address
            if is_of_new_row(address):
                qid = address.rpartition(".")[0]
                row = f"{qid} {_name_of(sheet, qid, said) or said.answer or (came.answer_id, address)}"
                address = rows.setdefault(row, f"{qid}.+{len(rows) + 1}")
            voices.setdefault(address, []).append(Saying(came, said))
    return voices


def _name_of(sheet: AnswerSheet, qid: str, said: Stated) -> str:
    """What the row of an answer is known by, in a group without ids; empty where it has no such name."""
    question = sheet.battery.question(qid)
    rows = rows_in(given_value(said.answer)) if question and not question.row_prefix else ()
    return next((row_key(question, row) for row in rows if question), "")


def _sort(outcome: Comparison, place: Addressed, clear: list[Saying]) -> None:
    """Puts what is clearly said at a place where it belongs. That nobody knows replaces no answer.

    What stands there, and is no answer, gives way only where none of those who answer says the same.
    """
    there = place.there(outcome.sheet)
    told = [voice for voice in clear if not _stands_there(outcome.sheet, place, voice.said)]
    is_known = any(isinstance(answer, Given) for answer in (there, *(voice.said.answer for voice in told)))
    unknowing = [voice for voice in told if is_known and isinstance(voice.said.answer, Unknown)]
    outcome.unknowing += unknowing
    told = [voice for voice in told if voice not in unknowing]
    distinct = list({repr(voice.said.answer): voice for voice in told}.values())
    is_repeated = len(told) + len(unknowing) < len(clear)
    gives_way = isinstance(there, Unknown) and any(isinstance(voice.said.answer, Given) for voice in told)
    is_free = place.is_new_row or gives_way or not (isinstance(there, Given) or is_repeated)
    if not distinct:
        outcome.equal += [place.address] if is_repeated else []
    elif len(distinct) == 1 and is_free and distinct[0].said.answer:
        outcome.new[place.address] = distinct[0].said.answer
    else:
        outcome.different[place.address] = distinct


def _stands_there(sheet: AnswerSheet, place: Addressed, said: Stated) -> bool:
    """Whether the dossier says so already: perhaps as part of more, unless something is to be taken away."""
    there, answer = place.there(sheet), said.answer
    new, old = given_value(answer), given_value(there)
    if place.is_new_row:
        return any(_says_all_of(row, added) for row in rows_in(old) for added in rows_in(new))
    if answer is None or place.statement:
        return there == answer
    if isinstance(new, (str, float, tuple)) and isinstance(old, (str, float, tuple)) and not _has_rows(place):
        alike = is_alike if said.takes_away else says_all_of
        return alike(place.item, old, new)
    return says_the_same(place.question, answer, sheet) if place.cell is None else there == answer


def _has_rows(place: Addressed) -> bool:
    return place.cell is None and place.question.kind is Kind.GROUP


def _says_all_of(row: Row, said: Row) -> bool:
    """Whether a row says everything that another does; what nobody knew may have been answered since."""
    if not said.values:
        return said.unknown.items() <= row.unknown.items()
    is_known = all(key in row.values or key in row.unknown for key in said.unknown)
    return is_known and all(row.values.get(key) == value for key, value in said.values.items())


# -------------------------------------------------------------------- choosing


def all_said(place: Addressed, answers: Sequence[Answer | None]) -> Answer | None:
    """Several answers as one that says them all; None where the question takes one, or they clash."""
    if place.statement or place.is_new_row:
        return None
    values = list(
        dict.fromkeys(value for answer in answers if (value := given_value(answer)) not in (None, ""))
    )
    kind = place.item.kind
    if len(values) < len([answer for answer in answers if answer]):
        return None
    if kind.is_text:
        values = [
            value for number, value in enumerate(values) if not _is_said(place.item, values[:number], value)
        ]
    if kind is Kind.LONG_TEXT:
        return Given("\n\n".join(map(str, values)))
    if kind in (Kind.TEXT, Kind.MEASURE):
        return Given("; ".join(map(str, values)))
    if kind in (Kind.MULTIPLE, Kind.LIST):
        items = [item for value in values if isinstance(value, tuple) for item in value]
        every = tuple(dict.fromkeys(item for item in items if isinstance(item, (str, int, float))))
        is_clashing = place.cell is None and any(clashes(place.question, every))
        return None if is_clashing else Given(every)
    return None


def _is_said(item: Item, values: Iterable[Value], value: Value) -> bool:
    return any(says_all_of(item, other, value) for other in values)


def _agree(said: Sequence[Answer | None], voices: Iterable[Saying]) -> bool:
    """Whether one answer is all that is said; that nobody knows is said against no other answer."""
    against = [voice.said.answer for voice in voices if isinstance(voice.said.answer, (Given, Skipped))]
    return len(said) == 1 and all(answer == said[0] for answer in against)


def decided_for(comparison: Comparison, way: WhenDifferent) -> dict[str, Answer]:
    """What becomes of different answers without anybody being asked; what stays as it is has no entry."""
    decided: dict[str, Answer] = {}
    for address, voices in comparison.different.items():
        place = comparison.places[address]
        said = [voice.said.answer for voice in voices]
        answer = None
        if way is WhenDifferent.REPLACE and not place.is_new_row and _agree(said, comparison.voices[address]):
            answer = said[0]
        if way is WhenDifferent.BOTH:
            there = place.there(comparison.sheet)
            answer = all_said(place, [there, *said] if isinstance(there, Given) else said)
        if answer is not None:
            decided[address] = answer
    return decided


def whole_answers(
    comparison: Comparison, sheet: AnswerSheet, chosen: Mapping[str, Answer]
) -> dict[str, Answer]:
    """Answers by address as answers of whole questions, with what a sheet says of their other parts."""
    whole: dict[str, Answer] = {}
    for address, answer in chosen.items():
        place = comparison.places.get(address)
        if place is None:
            whole[address] = answer
        else:
            whole[place.question.qid] = place.within(sheet.with_answers(whole), answer)
    return whole
