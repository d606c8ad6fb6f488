"""Mends of markers that are misspelt, swallowed by another block, or without their mate."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.markers import CONFLICT_LINE, DOSSIER_FORMAT, NEAR_MARKER, scan, trimmed
from utbildningsprocess.dossier.mend.headings import known_heading
from utbildningsprocess.dossier.mend.model import Mend, Way, set_apart, with_lines
from utbildningsprocess.markdown import outline
from utbildningsprocess.swedish import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.markdown import TopBlock
    from utbildningsprocess.model import Battery

_EXACT = re.compile(r"^ {0,3}<!--[ \t]*(/?)utb:([a-z0-9_]+(?:\.[a-z0-9_]+)*)[ \t]*-->[ \t]*$")
_HEADER = re.compile(r"^ {0,3}<!--[ \t]*utb:dossier[ \t]+\d{1,6}[ \t]*-->[ \t]*$")
_GUESS = re.compile(
    r"(?P<close>/?)\s*utb\s*[:.]\s*(?P<close_too>/?)\s*(?P<id>[\w.\- ]*?)\s*"
    r"(?:(?:[-–—]{1,3}\s*)?(?:>|&gt;)\s*(?P<after>.*)|[-–—]*\s*)$",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^[ >*+-]*(`{3,}|~{3,})")
_NEAR = 0.8
"""How alike two addresses are, from 0 to 1, for the one to be a slip for the other."""
HEADER = f"<!-- utb:dossier {DOSSIER_FORMAT} -->"


class Marker(NamedTuple):
    """A line that is a marker: its number from 0, the address, and which mate it is."""

    line: int
    qid: str
    closing: bool

    def __str__(self) -> str:
        return f"<!-- {'/' * self.closing}utb:{self.qid} -->"


def markers_in(lines: Sequence[str]) -> list[Marker]:
    """The lines that are markers to the letter, wherever they stand."""
    matches = ((number, _EXACT.match(line)) for number, line in enumerate(lines) if "<!--" in line)
    return [Marker(number, match[2], match[1] == "/") for number, match in matches if match]


def marker_mends(text: str, battery: Battery) -> list[Mend]:
    """The mends of markers. While some are misspelt or swallowed, their mates are not looked for."""
    lines = text.split("\n")
    misplaced = [*_misspelt(lines, battery), *_swallowed(lines), *_torn_conflicts(lines)]
    return misplaced or [*_without_mate(lines, battery), *_without_header(lines)]


# ---------------------------------------------------------- one line alone


def _misspelt(lines: Sequence[str], battery: Battery) -> Iterator[Mend]:
    known = [question.qid for question in battery.questions()] + [marker.qid for marker in markers_in(lines)]
    for number, line in enumerate(lines):
        if not NEAR_MARKER.match(line) or _EXACT.match(line) or _HEADER.match(line):
            continue
        guess = _GUESS.search(line)
        if guess is None:
            continue
        marker, sure = _meant(guess, known)
        if marker:
            after = [guess["after"]] if guess["after"] else []
            yield _corrected(lines, number, marker, after, sure=sure)


def _corrected(lines: Sequence[str], number: int, marker: str, after: list[str], *, sure: bool) -> Mend:
    """The marker a line is meant to be; where it has strayed into another answer, the line without it."""
    what = "Raden liknar en markör men är skriven fel."
    mend = _single(lines, number, what, [marker, *(["", *after] if after else [])], sure=sure)
    if _structural(mend.ways[0].text) <= _structural("\n".join(lines)):
        return mend
    return Mend(number + 1, what, (Way("Ta bort markören", with_lines(lines, number, number + 1, after)),))


def _meant(guess: re.Match[str], known: Sequence[str]) -> tuple[str, bool]:
    """The marker a misspelt one is meant to be, and whether it can be no other; empty when it may be any."""
    name = re.sub(r"[\s\-]+", "_", fold(guess["id"])).strip("_.")
    if name.startswith("dossier"):
        return HEADER, True
    slash = "/" * bool(guess["close"] or guess["close_too"])
    near = [name] if name in known else difflib.get_close_matches(name, known, n=1, cutoff=_NEAR)
    return (f"<!-- {slash}utb:{near[0]} -->", name in known) if near else ("", False)


def _single(lines: Sequence[str], number: int, what: str, new: Sequence[str], *, sure: bool) -> Mend:
    """The mend of one line: others in its place, a blank line on each side."""
    without = [*lines[:number], *lines[number + 1 :]]
    return Mend(number + 1, what, (Way("Rätta raden", set_apart(without, number, new)),), sure=sure)


def _swallowed(lines: Sequence[str]) -> Iterator[Mend]:
    """A marker inside another block: taken out of it, or the block ended before it."""
    blocks = outline("\n".join(lines)).blocks
    before = _structural("\n".join(lines))
    done = -1
    for marker in markers_in(lines):
        block = next((block for block in blocks if block.first <= marker.line < block.end), None)
        if block is None or marker.line < done or (block.kind, block.first) == ("html_block", marker.line):
            continue
        done = block.end
        for text in _freed(lines, marker, block):
            if _structural(text) < before:
                what = f"Markören {marker} står inne i ett annat stycke, som börjar på rad {block.first + 1}."
                yield Mend(marker.line + 1, what, (Way("Skilj dem åt", text),), sure=block.kind != "fence")
                break


def _freed(lines: Sequence[str], marker: Marker, block: TopBlock) -> Iterator[str]:
    bare = [*lines[: marker.line], *lines[marker.line + 1 :]]
    if block.kind == "fence" and (fence := _FENCE.match(lines[block.first])):
        end = marker.line - (not lines[marker.line - 1].strip())
        yield with_lines(lines, end, end, [fence[1]])
    if block.kind == "html_block" and "<!--" in lines[block.first]:
        yield set_apart(bare, marker.line, ["-->", "", str(marker)])
    yield set_apart(bare, marker.line, [str(marker)])


def _structural(text: str) -> int:
    return sum(problem.structural for problem in scan(text).problems)


def _torn_conflicts(lines: Sequence[str]) -> Iterator[Mend]:
    for number, line in enumerate(lines):
        if CONFLICT_LINE.match(line):
            what = f"Raden är en rest av en git-konflikt: {line}"
            yield Mend(number + 1, what, (Way("Ta bort raden", with_lines(lines, number, number + 1, [])),))


# ------------------------------------------------------------ mates, header


def _without_header(lines: Sequence[str]) -> Iterator[Mend]:
    if markers_in(lines) and not any(_HEADER.match(line) for line in lines):
        what = f"Raden {HEADER} saknas överst i filen."
        yield Mend(1, what, (Way("Lägg till den", set_apart(lines, 0, [HEADER])),), sure=True)


def _without_mate(lines: Sequence[str], battery: Battery) -> Iterator[Mend]:
    """The markers without a mate, and the answers that stand twice."""
    opened: Marker | None = None
    pairs: dict[str, tuple[Marker, Marker]] = {}
    last = -1
    for marker in markers_in(lines):
        if not marker.closing:
            if opened is not None:
                yield _never_closed(lines, battery, opened, marker)
            opened = marker
        elif opened is not None and opened.qid == marker.qid:
            if marker.qid in pairs:
                yield _twice(lines, pairs[marker.qid], (opened, marker))
            pairs.setdefault(marker.qid, (opened, marker))
            opened = None
        elif opened is not None:
            yield _closed_by_another(lines, battery, opened, marker)
            opened = None
        else:
            yield _never_opened(lines, battery, marker, last + 1, twice=marker.qid in pairs)
        last = marker.line
    if opened is not None:
        yield _never_closed(lines, battery, opened, None)


def _never_closed(lines: Sequence[str], battery: Battery, opened: Marker, following: Marker | None) -> Mend:
    """The closing marker put where the next known heading begins, or the next marker, or the file ends."""
    limit = following.line if following else len(lines)
    text = trimmed(lines[opened.line + 1 : limit])
    if following and following.qid == opened.qid and not text:
        what = f"Startmarkören {opened} står två gånger."
        return _without_line(lines, limit, what)
    heading = next((n for n in range(opened.line + 1, limit) if known_heading(lines[n], battery)), None)
    end = limit if heading is None else heading
    text = trimmed(lines[opened.line + 1 : end])
    closing = Marker(end, opened.qid, closing=True)
    new = [str(opened), "", *text, *([""] if text else []), str(closing), ""]
    way = Way("Lägg tillbaka den", with_lines(lines, opened.line, end, new))
    return Mend(opened.line + 1, f"Slutmarkören {closing} saknas.", (way,), sure=heading is not None)


def _without_line(lines: Sequence[str], number: int, what: str) -> Mend:
    """A line that stands twice taken away."""
    way = Way("Ta bort den ena", with_lines(lines, number, number + 1, []))
    return Mend(number + 1, what, (way,), sure=True)


def _closed_by_another(lines: Sequence[str], battery: Battery, opened: Marker, marker: Marker) -> Mend:
    """An answer that ends with another's marker: both lack their mate, or the name is wrong."""
    asked = battery.question(marker.qid)
    between = range(opened.line + 1, marker.line)
    headings = [n for n in between if asked and known_heading(lines[n], battery) == asked.qid]
    if headings:
        return _never_closed(lines, battery, opened, marker._replace(line=headings[0], qid=""))
    near = difflib.SequenceMatcher(None, opened.qid, marker.qid).ratio() >= _NEAR
    opening = marker._replace(line=opened.line, closing=False)
    if near and asked and battery.question(opened.qid) is None and str(opening) not in lines:
        what = f"Startmarkören {opened} hör inte till {marker} på rad {marker.line + 1}."
        return _single(lines, opened.line, what, [str(opening)], sure=True)
    closing = Marker(marker.line, opened.qid, closing=True)
    what = f"Slutmarkören {marker} hör inte till {opened} på rad {opened.line + 1}."
    return _single(lines, marker.line, what, [str(closing)], sure=asked is None and near)


def _never_opened(lines: Sequence[str], battery: Battery, marker: Marker, start: int, *, twice: bool) -> Mend:
    """The opening marker put below the question's heading, or after what stands before."""
    before = range(start, marker.line)
    if twice and not any(lines[number].strip() for number in before):
        return _without_line(lines, marker.line, f"Slutmarkören {marker} står två gånger.")
    headings = [number for number in before if known_heading(lines[number], battery) == marker.qid]
    place = headings[-1] + 1 if headings else start
    opening = Marker(place, marker.qid, closing=False)
    way = Way("Lägg tillbaka den", set_apart(lines, place, [str(opening)]))
    return Mend(
        marker.line + 1, f"Startmarkören {opening} saknas.", (way,), sure=bool(headings) and not twice
    )


def _twice(lines: Sequence[str], first: tuple[Marker, Marker], second: tuple[Marker, Marker]) -> Mend:
    """An answer that stands twice: the second taken away when it says the same, else chosen by the person."""
    (start, end), (again, last) = first, second
    mine, yours = (trimmed(lines[a.line + 1 : b.line]) for a, b in (first, second))
    without_second = with_lines(lines, again.line, last.line + 1, [])
    what = f"Svaret {start.qid} finns två gånger, på rad {start.line + 1} och {again.line + 1}."
    if mine == yours or not yours:
        return Mend(again.line + 1, what, (Way("Ta bort det andra", without_second),), sure=True)
    conflict = ["", "<<<<<<< det första svaret", *mine, "=======", *yours, ">>>>>>> det andra svaret", ""]
    kept = without_second.split("\n")
    text = with_lines(kept, start.line + 1, end.line, conflict)
    return Mend(again.line + 1, what, (Way("Ställ dem bredvid varandra och välj", text),))
