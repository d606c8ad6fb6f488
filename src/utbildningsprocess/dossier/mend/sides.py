"""The two sides of a conflict as whole dossiers, and what both agree on, with conflict lines round the rest.

A file with conflict lines is read as two texts. They are joined answer by answer: what only one side has is
kept, what is the same is written once, and each answer that differs stands between conflict lines of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.conflict_lines import names_in_words, whole_conflicts
from utbildningsprocess.dossier.markers import scan, trimmed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from utbildningsprocess.model import Battery

    InWords = Callable[[str], str]


class Sides(NamedTuple):
    """What each side of a conflict says as a whole file, and what stood there before, when it is known."""

    ours: str
    theirs: str
    base: str | None
    names: tuple[str, str]
    called: tuple[str, str]
    """What people call each side."""

    @property
    def agree(self) -> bool:
        """Whether nothing differs any longer."""
        return self.ours == self.theirs


def sides_of(text: str, in_words: InWords = lambda _: "") -> Sides | None:
    """The sides of a text with conflict lines; None when it has no whole conflict.

    `in_words` says what people call a side that git has named, or nothing.
    """
    lines = text.split("\n")
    conflicts = list(whole_conflicts(lines))
    if not conflicts:
        return None
    written: tuple[list[str], list[str], list[str]] = ([], [], [])
    done = 0
    for conflict in conflicts:
        for side, its_lines in zip(written, conflict.sides, strict=True):
            side += [*lines[done : conflict.first], *its_lines]
        done = conflict.end
    ours, base, theirs = ("\n".join([*side, *lines[done:]]) for side in written)
    known = all(conflict.has_base for conflict in conflicts)
    names = conflicts[0].names
    plain = names_in_words(names)
    return Sides(
        ours,
        theirs,
        base if known else None,
        names,
        (in_words(names[0]) or plain[0], in_words(names[1]) or plain[1]),
    )


# ------------------------------------------------------------------ pieces


class Pieces(NamedTuple):
    """A dossier taken apart: each answer with its markers, and the lines before it."""

    answers: dict[str, list[str]]
    before: dict[str, list[str]]


def pieces(text: str) -> Pieces:
    """A dossier taken apart. The lines after the last answer stand before the empty address."""
    seen = scan(text)
    answers: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    done = 0
    for qid, span in sorted(seen.spans.items(), key=lambda placed: placed[1].opening):
        before[qid] = list(seen.lines[done : span.opening])
        answers[qid] = list(seen.lines[span.opening : span.closing + 1])
        done = span.closing + 1
    before[""] = list(seen.lines[done:])
    return Pieces(answers, before)


def with_body(text: str, qid: str, body: str) -> str:
    """The text with the lines of one answer replaced, where it has the answer."""
    taken = pieces(text)
    if qid not in taken.answers or body == body_of(taken.answers[qid]):
        return text
    inner = ["", *body.split("\n"), ""] if body else [""]
    taken.answers[qid] = [taken.answers[qid][0], *inner, taken.answers[qid][-1]]
    return put_together(taken)


def with_before(text: str, qid: str, lines: Sequence[str]) -> str:
    """The text with the lines before one answer replaced."""
    taken = pieces(text)
    taken.before[qid] = list(lines)
    return put_together(taken)


def put_together(taken: Pieces) -> str:
    """The text that was taken apart."""
    sections = [taken.before[qid] + taken.answers.get(qid, []) for qid in taken.before]
    return "\n".join(line for section in sections for line in section)


def body_of(lines: Sequence[str]) -> str:
    """The text between the markers of an answer that was taken out."""
    return "\n".join(trimmed(lines[1:-1]))


# ----------------------------------------------------------------- joining


def joined_sides(sides: Sides, battery: Battery) -> str:
    """Both sides as one text: as it is where they agree, with conflict lines round what differs."""
    if sides.agree:
        return sides.ours
    ours, theirs = pieces(sides.ours), pieces(sides.theirs)
    shared = _outside(ours) & _outside(theirs)
    said: set[str] = set()
    result: list[str] = []
    for qid in _order(ours, theirs, battery):
        mine, yours = ours.before.get(qid), theirs.before.get(qid)
        if mine != yours:
            mine, yours = _unsaid(mine, said), _unsaid(yours, said)
        before = _joined(mine, yours, sides.names)
        said |= shared.intersection(before)
        result += [*before, *_joined_answer(ours.answers.get(qid), theirs.answers.get(qid), sides.names)]
    return "\n".join(result)


def _outside(taken: Pieces) -> set[str]:
    """The lines that stand outside the answers."""
    return {line for lines in taken.before.values() for line in lines if line.strip()}


def _order(ours: Pieces, theirs: Pieces, battery: Battery) -> list[str]:
    """Every address: as ours has them, those of theirs after what they stand after there."""
    place = {question.qid: number for number, question in enumerate(battery.questions())}
    order = list(ours.answers)
    previous = -1
    for qid in theirs.answers:
        if qid in order:
            previous = order.index(qid)
            continue
        previous += 1
        while previous < len(order) and _goes_first(order[previous], qid, theirs, place):
            previous += 1
        order.insert(previous, qid)
    return [*order, ""]


def _goes_first(present: str, added: str, theirs: Pieces, place: dict[str, int]) -> bool:
    """Whether an answer that only ours has goes before one that only theirs has."""
    return present not in theirs.answers and place.get(present, -1) < place.get(added, -1)


def _unsaid(lines: Sequence[str] | None, said: set[str]) -> list[str] | None:
    """The lines without those of both sides that have been written already."""
    return None if lines is None else [line for line in lines if line not in said]


def _joined(ours: list[str] | None, theirs: list[str] | None, names: tuple[str, str]) -> list[str]:
    """The lines before an answer: those of the only side that has any, else both with what differs marked."""
    if not _filled(theirs):
        return (ours if _filled(ours) or theirs is None else theirs) or []
    if ours is None or theirs is None or not _filled(ours):
        return theirs or []
    if trimmed(ours) == trimmed(theirs):
        return ours
    return _marked(ours, theirs, names)


def _filled(lines: Sequence[str] | None) -> bool:
    return any(line.strip() for line in lines or ())


def _joined_answer(ours: list[str] | None, theirs: list[str] | None, names: tuple[str, str]) -> list[str]:
    if ours is None or theirs is None or body_of(ours) == body_of(theirs):
        return ours or theirs or []
    inside = _conflict(["", *trimmed(ours[1:-1]), ""], ["", *trimmed(theirs[1:-1]), ""], names)
    return [ours[0], *inside, ours[-1]]


class Differing(NamedTuple):
    """Two lists of lines: what both begin with, what differs, and what both end with."""

    head: list[str]
    ours: list[str]
    theirs: list[str]
    tail: list[str]


def differing(ours: list[str], theirs: list[str]) -> Differing:
    """Where two lists of lines differ."""
    head = _alike(ours, theirs)
    tail = _alike(ours[head:][::-1], theirs[head:][::-1])
    end, stop = len(ours) - tail, len(theirs) - tail
    return Differing(ours[:head], ours[head:end], theirs[head:stop], ours[end:])


def _alike(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many lines both begin with."""
    pairs = zip(ours, theirs, strict=False)
    return next(
        (number for number, (mine, yours) in enumerate(pairs) if mine != yours), min(len(ours), len(theirs))
    )


def _marked(ours: list[str], theirs: list[str], names: tuple[str, str]) -> list[str]:
    """The lines that both begin and end with once, and conflict lines round those between."""
    gap = differing(ours, theirs)
    return [*gap.head, *_conflict(gap.ours, gap.theirs, names), *gap.tail]


def _conflict(ours: Sequence[str], theirs: Sequence[str], names: tuple[str, str]) -> list[str]:
    first, last = (f" {name}" if name else "" for name in names)
    return [f"<<<<<<<{first}", *ours, "=======", *theirs, f">>>>>>>{last}"]
