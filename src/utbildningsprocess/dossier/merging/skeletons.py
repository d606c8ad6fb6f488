"""A dossier without its answers: the text that people and the program have written around them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.conflict_lines import whole_conflicts
from utbildningsprocess.dossier.markers import scan, trimmed
from utbildningsprocess.dossier.mend.sides import sides_of
from utbildningsprocess.dossier.merging.three_ways import Said, agreed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    TextMerge = Callable[[str, str, str], str]
    """Base, ours and theirs as one text, with conflict lines and the base where ours and theirs clash."""

_UNSETTLED = "\1"
"""A line that no text has: what stood there before was a conflict itself."""
_ANSWER = "\x1f"
"""What the line begins with that stands for an answer."""


class TakenApart(NamedTuple):
    """A dossier taken apart: the lines between the markers of each answer, and all the lines around them."""

    answers: Mapping[str, list[str]]
    lines: list[str]
    """With the opening marker, as it stands, in the place of each answer."""
    markers: Mapping[str, tuple[str, str]]


def taken_apart(text: str) -> TakenApart:
    """A dossier taken apart."""
    seen = scan(text)
    answers: dict[str, list[str]] = {}
    markers: dict[str, tuple[str, str]] = {}
    lines: list[str] = []
    done = 0
    for qid, span in sorted(seen.spans.items(), key=lambda placed: placed[1].opening):
        lines += [*seen.lines[done : span.opening], _token(qid)]
        answers[qid] = list(seen.lines[span.opening + 1 : span.closing])
        markers[qid] = seen.lines[span.opening], seen.lines[span.closing]
        done = span.closing + 1
    return TakenApart(answers, [*lines, *seen.lines[done:]], markers)


def _token(qid: str) -> str:
    """The line that stands for an answer in the text around the answers; no dossier has such a line."""
    return f"{_ANSWER}{qid}"


def answer_at(line: str) -> str:
    """The address of the answer that a line stands for; empty for any line of the text."""
    return line.removeprefix(_ANSWER).partition(" ")[0] if line.startswith(_ANSWER) else ""


def taken_base(text: str) -> TakenApart:
    """What stood before, taken apart. Where that was a conflict it is like nothing anyone has written."""
    sides = sides_of(text)
    if sides is None:
        return taken_apart(text)
    ours, theirs = taken_apart(sides.ours), taken_apart(sides.theirs)
    answers = {
        qid: lines if theirs.answers.get(qid, lines) == lines else [_UNSETTLED, *lines]
        for qid, lines in {**theirs.answers, **ours.answers}.items()
    }
    if ours.lines == theirs.lines:
        return TakenApart(answers, ours.lines, ours.markers)
    return TakenApart(answers, [*ours.lines, _UNSETTLED, *theirs.lines], ours.markers)


def is_settled_text(lines: Sequence[str]) -> bool:
    """Whether lines that stood before were no conflict."""
    return _UNSETTLED not in lines


def joined_texts(
    base: TakenApart, ours: TakenApart, theirs: TakenApart, text_merge: TextMerge
) -> list[Said[Sequence[str]]]:
    """The text around the answers, in stretches: those where both agree, and those where they clash.

    An answer that a side has taken away with its marker clashes with the other side's change of it.
    """
    written = [_with_contents(taken, (base, ours, theirs)) for taken in (base, ours, theirs)]
    before, mine, yours = ("\n".join(lines) for lines in written)
    if yours in (mine, before):
        merged = mine
    elif mine == before:
        merged = yours
    else:
        merged = text_merge(*(f"{text}\n" for text in (before, mine, yours))).removesuffix("\n")
    return list(_stretches(merged.split("\n")))


def _with_contents(taken: TakenApart, versions: tuple[TakenApart, TakenApart, TakenApart]) -> list[str]:
    """The lines; what stands for an answer that only one side has kept tells what it says."""
    base, ours, theirs = versions
    told = {
        _token(qid): f"{_token(qid)} {sha256(chr(10).join(lines).strip().encode()).hexdigest()}"
        for qid, lines in taken.answers.items()
        if qid in base.answers and (qid in ours.answers) != (qid in theirs.answers)
    }
    return [told.get(line, line) for line in taken.lines]


def _stretches(lines: list[str]) -> Iterator[Said[Sequence[str]]]:
    done = 0
    for conflict in whole_conflicts(lines):
        yield agreed(lines[done : conflict.first])
        ours, base, theirs = conflict.sides
        yield Said(ours, theirs, base) if base else _in_order(ours, theirs)
        done = conflict.end
    yield agreed(lines[done:])


def _in_order(ours: Sequence[str], theirs: Sequence[str]) -> Said[Sequence[str]]:
    """What both have put in at the same place; all of it where it is questions below their headings."""
    mine, yours = _questions(ours), _questions(theirs)
    if not mine or not yours or any(trimmed(mine[key]) != trimmed(yours[key]) for key in mine.keys() & yours):
        return Said(ours, theirs, [])
    return agreed([line for section in {**yours, **mine}.values() for line in section])


def _questions(lines: Sequence[str]) -> dict[str, list[str]]:
    """The questions that lines are made of, each with its heading; none where anything else stands there."""
    sections: dict[str, list[str]] = {}
    section: list[str] = []
    for line in lines:
        section.append(line)
        if qid := answer_at(line):
            sections[qid], section = section, []
    headed = all(
        [line[:4] for line in written if line.strip()] == ["### ", f"{_ANSWER}{qid}"[:4]]
        for qid, written in sections.items()
    )
    return sections if headed and not trimmed(section) else {}
