"""How a conflict between two sides is settled, answer by answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.faults import wrong
from utbildningsprocess.answers.rows import rows_in
from utbildningsprocess.dossier.codec import decode
from utbildningsprocess.dossier.conflict_lines import whole_conflicts
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.encoding import encode
from utbildningsprocess.dossier.markers import trimmed
from utbildningsprocess.dossier.mend.both import (
    both_items,
    both_rows,
    both_statements,
    pointers,
    with_new_ids,
)
from utbildningsprocess.dossier.mend.model import Mend, Version, Way
from utbildningsprocess.dossier.mend.sides import (
    Sides,
    body_of,
    differing,
    joined_sides,
    pieces,
    sides_of,
    with_before,
    with_body,
)
from utbildningsprocess.dossier.traces import new_names_in, traces_in, with_traces
from utbildningsprocess.model import Given, Kind, given_value
from utbildningsprocess.swedish import clean, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from utbildningsprocess.dossier.mend.both import Kept
    from utbildningsprocess.model import AnswerSheet, Battery, Question

NOTHING = "(inget)"
_NO_CHOICE = "Två versioner av filen har ändrat olika saker. De går att slå ihop utan att något väljs bort."


def conflict_mends(text: str, sides: Sides, battery: Battery) -> list[Mend]:
    """What differs between the two sides of a text, each with the ways to settle it.

    A way gives both sides joined, with conflict lines round what is still to be settled. What needs no
    choice, for only one side has it or has changed it, comes first as one mend that is sure.
    """
    settled = _what_one_side_changed(sides, battery)
    together = joined_sides(settled, battery)
    whole = sides_of(together)
    if settled != sides or whole is None:
        line = _line_where(text, "<<<<<<<")
        return [Mend(line, _NO_CHOICE, (Way("Slå ihop dem", together),), sure=True)]
    sides = whole._replace(base=sides.base, called=sides.called)
    return [*_text_conflicts(text, sides, battery), *_answer_conflicts(text, sides, battery)]


def _line_where(text: str, beginning: str) -> int:
    """The first line, from 1, that begins so."""
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.lstrip().startswith(beginning)), 1)


def _what_one_side_changed(sides: Sides, battery: Battery) -> Sides:
    """The sides with the answers that only one of them has changed, and those that say the same, settled."""
    ours, theirs = pieces(sides.ours).answers, pieces(sides.theirs).answers
    base = pieces(sides.base).answers if sides.base is not None else {}
    for qid, lines in ours.items():
        if qid not in theirs or body_of(lines) == body_of(theirs[qid]):
            continue
        mine, yours = body_of(lines), body_of(theirs[qid])
        before = body_of(base[qid]) if qid in base else None
        if mine == before or (before is None and not mine):
            sides = _settled(sides, qid, yours)
        elif (
            yours == before
            or (before is None and not yours)
            or _says_the_same(battery.question(qid), mine, yours)
        ):
            sides = _settled(sides, qid, mine)
    return sides


def _says_the_same(question: Question | None, mine: str, yours: str) -> bool:
    if question is None or not (mine.strip() and yours.strip()):
        return False
    read_mine, read_yours = decode(question, mine), decode(question, yours)
    return not (read_mine.faults or read_yours.faults) and read_mine.answer == read_yours.answer


def _settled(sides: Sides, qid: str, body: str) -> Sides:
    ours, theirs = with_body(sides.ours, qid, body), with_body(sides.theirs, qid, body)
    return sides._replace(ours=ours, theirs=theirs)


# --------------------------------------------------- text outside answers


def _text_conflicts(text: str, sides: Sides, battery: Battery) -> Iterator[Mend]:
    """Text before an answer, or the title, that both sides have and have written differently."""
    ours, theirs = pieces(sides.ours), pieces(sides.theirs)
    for qid, lines in ours.before.items():
        gap = differing(lines, theirs.before.get(qid, lines))
        if trimmed(gap.ours) == trimmed(gap.theirs):
            continue
        choices = (
            (f"Behåll det från {sides.called[0]}", gap.ours),
            (f"Behåll det från {sides.called[1]}", gap.theirs),
            ("Behåll båda, efter varandra", [*gap.ours, *gap.theirs]),
        )
        ways = tuple(
            Way(label, _with_gap(sides, qid, [*gap.head, *kept, *gap.tail], battery))
            for label, kept in choices
        )
        versions = _versions(sides, "\n".join(trimmed(gap.ours)), "\n".join(trimmed(gap.theirs)))
        first = next(iter(trimmed([*trimmed(gap.ours), *gap.theirs])))
        what = "Det här står utanför svaren och skiljer sig."
        yield Mend(_line_where(text, first), what, ways, versions=versions)


def _with_gap(sides: Sides, qid: str, lines: list[str], battery: Battery) -> str:
    ours, theirs = with_before(sides.ours, qid, lines), with_before(sides.theirs, qid, lines)
    return joined_sides(sides._replace(ours=ours, theirs=theirs), battery)


def _line_of(text: str, qid: str) -> int:
    """The line from which an answer differs: where its conflict begins, else that of its marker."""
    opening, closing = (_line_where(text, f"<!-- {mark}utb:{qid} -->") for mark in ("", "/"))
    conflicts = whole_conflicts(text.split("\n"))
    around = (conflict for conflict in conflicts if opening <= conflict.end and conflict.first < closing)
    return next((conflict.first + 1 for conflict in around), opening)


def _versions(sides: Sides, mine: str, yours: str) -> tuple[Version, Version]:
    return Version(sides.called[0], mine or NOTHING), Version(sides.called[1], yours or NOTHING)


# ----------------------------------------------------------------- answers


def _answer_conflicts(text: str, sides: Sides, battery: Battery) -> Iterator[Mend]:
    ours, theirs = pieces(sides.ours).answers, pieces(sides.theirs).answers
    read_sides = _Sheets(
        read(sides.ours, battery).sheet,
        read(sides.theirs, battery).sheet,
        read(sides.base, battery).sheet if sides.base is not None else None,
    )
    for qid, lines in ours.items():
        mine, yours = body_of(lines), body_of(theirs.get(qid, lines))
        if mine == yours:
            continue
        question = battery.question(qid)
        name = f"”{question.text}” ({qid})" if question else qid
        kept = _both(question, read_sides, (mine, yours)) if question else []
        yield Mend(
            _line_of(text, qid),
            f"{name} har två olika svar.{_unsure(question, kept, read_sides)}",
            tuple(_answer_ways(sides, qid, kept, (mine, yours), read_sides)),
            versions=_versions(sides, *_differing(question, mine, yours)),
            anew=_anew(sides, qid, battery),
            draft=_draft(question, mine or yours),
        )


def _differing(question: Question | None, mine: str, yours: str) -> tuple[str, str]:
    """What two bodies of an answer say; of two groups only the rows that are not the same in both."""
    if question is None or question.kind is not Kind.GROUP:
        return mine, yours
    decoded = [decode(question, body) for body in (mine, yours)]
    ours, theirs = (rows_in(given_value(side.answer)) for side in decoded)
    alone = [row for row in ours if row not in theirs], [row for row in theirs if row not in ours]
    same = len(ours) - len(alone[0])
    if not any(alone) or not same or any(side.faults for side in decoded):
        return mine, yours
    also = f"(och {same} {'rad' if same == 1 else 'rader'} som är lika på båda sidor)"
    first, second = (
        "\n\n".join(filter(None, [encode(question, Given(tuple(rows))), also])) for rows in alone
    )
    return first, second


def _unsure(question: Question | None, kept: Sequence[Kept], sheets: _Sheets) -> str:
    """What points alike on both sides at an id that has come to mean two rows; no line tells which."""
    moved = {row_id for both in kept for row_id in both.renamed if question and question.row_prefix}
    pointing = pointers(sheets.ours) & pointers(sheets.theirs) if moved else set()
    where = joined(sorted(f"{pointer.key} i {pointer.qid}" for pointer in pointing if pointer.key in moved))
    return f" Se efter vilken rad som menas där det står {where}." if where else ""


class _Sheets(NamedTuple):
    """What the sides of a conflict, and the text before both, answer."""

    ours: AnswerSheet
    theirs: AnswerSheet
    base: AnswerSheet | None

    def value(self, number: int, qid: str) -> object:
        """The given value of one side; None when it has none."""
        sheet = self[number]
        return given_value(sheet.answers.get(qid)) if sheet else None


def _both(question: Question, sheets: _Sheets, bodies: tuple[str, str]) -> list[Kept]:
    """What can be kept of both answers: none, or one way, or two where ours or theirs may go first."""
    ours, theirs, base = (sheets.value(number, question.qid) for number in range(3))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        known = base if isinstance(base, dict) else None
        ways = [both_statements(ours, theirs, known), both_statements(theirs, ours, known)]
        return ways if ways[0].value != ways[1].value else ways[:1]
    if question.kind is Kind.GROUP and all(bodies) and (ours or theirs):
        return [both_rows(question, sheets, (traces_in(bodies[0]), traces_in(bodies[1])))]
    if not isinstance(ours, tuple) or not isinstance(theirs, tuple):
        return []
    return [both_items(ours, theirs, base if isinstance(base, tuple) else None)]


def _answer_ways(
    sides: Sides, qid: str, kept: list[Kept], bodies: tuple[str, str], sheets: _Sheets
) -> Iterator[Way]:
    """The ways to settle an answer: both where they can be joined, then each side's, an empty one last."""
    battery = sheets.ours.battery
    question = battery.question(qid)
    for first, both in zip(sides.called, kept, strict=False):
        together = _settled(sides, qid, _body(question, both, bodies)) if question else sides
        together = together._replace(
            ours=with_new_ids(together.ours, qid, both.renamed_ours, sheets.theirs),
            theirs=with_new_ids(together.theirs, qid, both.renamed, sheets.ours),
        )
        label = "Behåll båda" if len(kept) == 1 else f"Behåll båda, och {first} där de säger olika"
        yield Way(f"{label}{_new_ids(both)}", joined_sides(together, battery))
    texts = [sheets.value(number, qid) for number in range(2)]
    if question and question.kind.is_text and all(isinstance(text, str) for text in texts):
        whole = encode(question, Given("\n\n".join(map(str, texts))))
        yield Way("Behåll båda, efter varandra", joined_sides(_settled(sides, qid, whole), battery))
    choices = list(zip(sides.called, bodies, strict=True))
    for name, body in sorted(choices, key=lambda choice: not choice[1]):
        yield Way(f"Behåll svaret från {name}", joined_sides(_settled(sides, qid, body), battery))


def _body(question: Question, both: Kept, bodies: tuple[str, str]) -> str:
    """The lines of what is kept of both, with the traces that rows have left on either side."""
    lines = encode(question, Given(both.value)).split("\n")
    standing = {row.id for row in rows_in(both.value)}
    ids = {*traces_in(bodies[0]), *traces_in(bodies[1])} - standing
    return "\n".join(with_traces(lines, ids, [*new_names_in(bodies[0]), *new_names_in(bodies[1])]))


def _new_ids(kept: Kept) -> str:
    moves = ((kept.renamed_ours, "dina"), (kept.renamed, "den andras"))
    said = [
        f"{joined(f'{old} blir {new}' for old, new in renamed.items())} i {whose} rader och hänvisningar"
        for renamed, whose in moves
        if renamed
    ]
    return f" ({joined(said)})" if said else ""


def _draft(question: Question | None, body: str) -> str:
    value = given_value(decode(question, body).answer) if question and question.kind.is_text else None
    return value if isinstance(value, str) else body


def _anew(sides: Sides, qid: str, battery: Battery) -> Callable[[str], str]:
    def settled_by(typed: str) -> str:
        question, body = battery.question(qid), clean(typed)
        if question and question.kind.is_text and body:
            body = encode(question, Given(body))
        elif question and (faults := decode(question, body).faults):
            raise wrong(faults[0].sentence)
        return joined_sides(_settled(sides, qid, body), battery)

    return settled_by
