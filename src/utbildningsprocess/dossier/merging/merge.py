"""Three versions of a dossier merged: what both sides have said, and conflicts where they clash."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.first_lines import with_number
from utbildningsprocess.dossier.markers import scan, trimmed
from utbildningsprocess.dossier.mend.sides import sides_of
from utbildningsprocess.dossier.merging.answers import joined_answers
from utbildningsprocess.dossier.merging.bodies import NotProven
from utbildningsprocess.dossier.merging.clashes import with_conflicts
from utbildningsprocess.dossier.merging.skeletons import (
    answer_at,
    is_settled_text,
    joined_texts,
    taken_apart,
    taken_base,
)
from utbildningsprocess.dossier.merging.three_ways import Said, agreed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from utbildningsprocess.dossier.merging.clashes import Labels
    from utbildningsprocess.dossier.merging.skeletons import TakenApart, TextMerge
    from utbildningsprocess.model import Battery

    Lines = Sequence[str]


class Damaged(Exception):
    """One of the sides cannot be read as a dossier."""


class Merged(NamedTuple):
    """A text with all that both sides have said, and whether nothing clashed."""

    text: str
    is_clean: bool


@dataclass(frozen=True)
class Terms:
    """What a merge has to know besides the three texts."""

    battery: Callable[[], Battery]
    """The questions, asked for only where answers have to be read."""
    text_merge: TextMerge
    labels: Labels
    descends: bool
    """Whether ours has grown out of the base, as in a merge; not so where changes are replayed."""


def merged_dossier(base: str, ours: str, theirs: str, terms: Terms) -> Merged:
    """Both sides of a dossier in one text with LF between its lines.

    Raises Damaged when a side cannot be read, and NotProven when the result does not say what they say.
    """
    if any(problem.structural for text in (ours, theirs) for problem in scan(text).problems):
        raise Damaged
    taken = Said(taken_apart(ours), taken_apart(theirs), taken_base(base))
    bodies, unsettled = _on_one_side(taken)
    battery = terms.battery() if unsettled else None
    if battery is not None:
        if any(read(text, battery).structural_problems for text in (ours, theirs)):
            raise Damaged
        sheets = Said(*(read(text, battery).sheet for text in (ours, theirs, base)))
        bodies |= joined_answers(unsettled, taken, sheets, descends=terms.descends)
    stretches = joined_texts(taken.base, taken.ours, taken.theirs, terms.text_merge)
    result = "\n".join(_written(stretches, bodies, taken, terms.labels))
    sides = [_side(stretches, bodies, taken, number) for number in range(2)]
    _prove(result, sides, battery)
    is_clean = sides[0] == sides[1]
    return Merged(with_number(result) if is_clean else result, is_clean)


def _on_one_side(taken: Said[TakenApart]) -> tuple[dict[str, Said[Lines]], list[str]]:
    """The answers that at most one side has changed, and the addresses of those that have to be read.

    Where both have changed rows, all rows have to be: those of one group point at those of another.
    """
    bodies: dict[str, Said[Lines]] = {}
    unsettled: list[str] = []
    rows: tuple[list[str], list[str]] = ([], [])
    for qid in {**taken.theirs.answers, **taken.ours.answers}:
        written = Said(*(side.answers.get(qid) for side in taken))
        mine, yours, before = (None if lines is None else trimmed(lines) for lines in written)
        is_clash = None not in (mine, yours) and mine != yours and before not in (mine, yours)
        takes_theirs = written.ours is None or (mine == before and written.theirs is not None)
        bodies[qid] = agreed((written.theirs if takes_theirs else written.ours) or [])
        unsettled += [qid] if is_clash else []
        for side, lines in zip(rows, (mine, yours), strict=True):
            if lines is not None and lines != before and _has_rows([*lines, *(before or ())]):
                side.append(qid)
    if all(rows):
        unsettled += [qid for qid in (*rows[0], *rows[1]) if all(qid in side.answers for side in taken[:2])]
    return bodies, list(dict.fromkeys(unsettled))


def _has_rows(lines: Lines) -> bool:
    return any(line.startswith("#### ") for line in lines)


# --------------------------------------------------------------------- text


def _written(
    stretches: Sequence[Said[Lines]],
    bodies: Mapping[str, Said[Lines]],
    taken: Said[TakenApart],
    labels: Labels,
) -> Iterator[str]:
    """The lines of the result, with conflict lines round what clashes."""
    for stretch in stretches:
        if not stretch.is_agreed:
            sides = (list(_expanded(lines, bodies, taken, side)) for side, lines in enumerate(stretch))
            yield from with_conflicts(Said(*sides), _known(stretch.base, labels))
            continue
        for line in stretch.ours:
            qid = answer_at(line)
            if not qid or bodies[qid].is_agreed:
                yield from _expanded([line], bodies, taken, 0)
                continue
            first, last = _markers(taken, qid)
            yield first
            yield from with_conflicts(bodies[qid], _known(bodies[qid].base, labels))
            yield last


def _known(before: Lines, labels: Labels) -> Labels:
    """The labels, without one for what stood before where that was a conflict itself."""
    return labels if is_settled_text(before) else labels._replace(base=None)


def _side(
    stretches: Sequence[Said[Lines]], bodies: Mapping[str, Said[Lines]], taken: Said[TakenApart], side: int
) -> str:
    """What a side says as a whole text."""
    return "\n".join(line for lines in stretches for line in _expanded(lines[side], bodies, taken, side))


def _expanded(
    lines: Lines, bodies: Mapping[str, Said[Lines]], taken: Said[TakenApart], side: int
) -> Iterator[str]:
    """Lines of the text around the answers, with the answers that a side has in it."""
    for line in lines:
        if qid := answer_at(line):
            first, last = _markers(taken, qid)
            yield from [first, *bodies[qid][side], last]
        else:
            yield line


def _markers(taken: Said[TakenApart], qid: str) -> tuple[str, str]:
    return next(version.markers[qid] for version in taken if qid in version.markers)


def _prove(text: str, sides: Sequence[str], battery: Battery | None) -> None:
    """Raises NotProven unless the text reads as both sides, and each side as a whole dossier."""
    written = sides_of(text)
    read_back = [written.ours, written.theirs] if written else [text, text]
    if read_back != [*sides]:
        raise NotProven
    for side in {*sides}:
        problems = read(side, battery).problems if battery else scan(side).problems
        if any(problem.structural for problem in problems):
            raise NotProven
