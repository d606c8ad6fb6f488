"""A dossier without its answers: the text that people and the program have written around them."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.conflict_lines import whole_conflicts
from utbildningsprocess.dossier.markers import scan
from utbildningsprocess.dossier.mend.sides import sides_of
from utbildningsprocess.dossier.merging.three_ways import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    TextMerge = Callable[[str, str, str], str]
    """Base, ours and theirs as one text, with conflict lines and the base where ours and theirs clash."""

_UNSETTLED = "\x1e"
"""A line that no text has: what stood there before was a conflict itself."""


class Taken(NamedTuple):
    """A dossier taken apart: each answer between its markers, and all lines with a marker for each answer."""

    answers: Mapping[str, list[str]]
    lines: list[str]


def opening(qid: str) -> str:
    """The line that an answer begins with."""
    return f"<!-- utb:{qid} -->"


def taken_apart(text: str) -> Taken:
    """A dossier taken apart."""
    seen = scan(text)
    answers: dict[str, list[str]] = {}
    lines: list[str] = []
    done = 0
    for qid, span in sorted(seen.spans.items(), key=lambda placed: placed[1].opening):
        lines += [*seen.lines[done : span.opening], opening(qid)]
        answers[qid] = list(seen.lines[span.opening + 1 : span.closing])
        done = span.closing + 1
    return Taken(answers, [*lines, *seen.lines[done:]])


def taken_base(text: str) -> Taken:
    """What stood before, taken apart. Where that was a conflict it is like nothing that anyone has written."""
    sides = sides_of(text)
    if sides is None:
        return taken_apart(text)
    ours, theirs = taken_apart(sides.ours), taken_apart(sides.theirs)
    answers = {
        qid: lines if theirs.answers.get(qid, lines) == lines else [_UNSETTLED, *lines]
        for qid, lines in {**theirs.answers, **ours.answers}.items()
    }
    if ours.lines == theirs.lines:
        return Taken(answers, ours.lines)
    return Taken(answers, [*ours.lines, _UNSETTLED, *theirs.lines])


def is_settled_text(lines: Sequence[str]) -> bool:
    """Whether lines that stood before were no conflict."""
    return _UNSETTLED not in lines


class Gap(NamedTuple):
    """Lines of the text around the answers: what each side is to have there, the same where they agree."""

    sides: Said[Sequence[str]]


def joined_texts(base: Taken, ours: Taken, theirs: Taken, text_merge: TextMerge) -> list[Said[Sequence[str]]]:
    """The text around the answers, in stretches: those where both agree, and those where they clash.

    An answer that a side has taken away with its marker clashes with the other side's change of it.
    """
    written = [_with_contents(taken, (base, ours, theirs)) for taken in (base, ours, theirs)]
    before, mine, yours = ("\n".join(lines) for lines in written)
    if mine == yours or yours == before:
        merged = mine
    elif mine == before:
        merged = yours
    else:
        merged = text_merge(*(f"{text}\n" for text in (before, mine, yours))).removesuffix("\n")
    return list(_stretches(merged.split("\n")))


def _with_contents(taken: Taken, versions: tuple[Taken, Taken, Taken]) -> list[str]:
    """The lines, where the markers of answers that only some versions have tell what these say."""
    base, ours, theirs = versions
    told = {
        opening(qid): f"{opening(qid)}{sha256('\n'.join(lines).strip().encode()).hexdigest()}"
        for qid, lines in taken.answers.items()
        if qid in base.answers and (qid in ours.answers) != (qid in theirs.answers)
    }
    return [told.get(line, line) for line in taken.lines]


def _stretches(lines: list[str]) -> Iterator[Said[Sequence[str]]]:
    plain = [_without_contents(line) for line in lines]
    done = 0
    for conflict in whole_conflicts(plain):
        yield Said(*(plain[done : conflict.first],) * 3)
        ours, base, theirs = conflict.sides
        yield _in_order(ours, theirs) if not base else Said(ours, theirs, base)
        done = conflict.end
    yield Said(*(plain[done:],) * 3)


def _without_contents(line: str) -> str:
    return f"{line.partition('-->')[0]}-->" if line.startswith("<!-- utb:") and "." in line else line


def _in_order(ours: Sequence[str], theirs: Sequence[str]) -> Said[Sequence[str]]:
    """What both have put in at the same place; both of it where it is whole questions, each with one heading."""
    mine, yours = _questions(ours), _questions(theirs)
    if not mine or not yours or any(mine[key] != yours[key] for key in mine.keys() & yours.keys()):
        return Said(ours, theirs, [])
    both = [line for key in {**mine, **yours} for line in {**mine, **yours}[key]]
    return Said(both, both, both)


def _questions(lines: Sequence[str]) -> dict[str, list[str]]:
    """The sections of questions that the lines are made of, by their markers; none where they hold more."""
    sections: dict[str, list[str]] = {}
    section: list[str] = []
    for line in lines:
        section.append(line)
        if line.startswith("<!-- utb:"):
            sections[line] = section
            section = []
    filled = [[line for line in section if line.strip()] for section in sections.values()]
    headed = all(len(written) == 2 and written[0].startswith("### ") for written in filled)  # noqa: PLR2004  a heading and a marker
    if not sections or not headed or any(line.strip() for line in section):
        return {}
    return sections
