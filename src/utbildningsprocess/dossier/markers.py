"""Where the answers stand in a dossier: paired comments, confirmed against the Markdown syntax tree.

A marker counts only where a Markdown tool would see an HTML comment of its own at the top level.
Everything that looks like a marker but is none, and every trace of damage, is a problem with its line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.conflict_lines import names_in_words, whole_conflicts
from utbildningsprocess.markdown import Outline, TopBlock, outline, plain_outline
from utbildningsprocess.model import Problem
from utbildningsprocess.steps import step_meant
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.dossier.conflict_lines import GitConflict

DOSSIER_FORMAT, NEWEST_FORMAT = 1, 2
"""What a new dossier is written in, and the highest that can be read and written."""
_MARKER = re.compile(r"^ {0,3}<!--[ \t]*(/?)utb:([a-z0-9_]+(?:\.[a-z0-9_]+)*)[ \t]*-->[ \t]*$")
DOSSIER_HEADER = re.compile(r"^ {0,3}<!--[ \t]*utb:dossier[ \t]+(\d{1,6})[ \t]*-->[ \t]*$")
NEAR_MARKER = re.compile(r"^[\s>*+\-\d.)#|]*(?:<|&lt;)\s*!?\s*[-–—]{1,3}\s*/?\s*utb\s*[:.]", re.IGNORECASE)
CONFLICT_LINE = re.compile(r"^(<{7}|>{7}|\|{7})( |$)")
_STEP = re.compile(r"^ {0,3}#{1,4}[ \t]+(.+?)[ \t#]*$")
_MOST_FOREIGN = 2
"""Steps that headings of anybody's own may name by chance; a dossier has all six from its first day."""
OUTSIDE = "Texten står utanför svarets markörer och räknas inte som svar. Flytta in den om den hör dit."
_LINK_DEFINITION = re.compile(r"^ {0,3}\[([^\]]+)\]:[ \t]*\S+[ \t]*(?:[\"'(].*)?$")
_CONTAINERS = {
    "fence": "ett kodblock",
    "code_block": "ett indraget kodblock",
    "html_block": "ett HTML-block",
    "bullet_list": "en lista",
    "ordered_list": "en lista",
    "blockquote": "ett citat",
    "table": "en tabell",
    "paragraph": "ett textstycke",
}


class Span(NamedTuple):
    """The lines of an answer's markers, counted from 0; the answer is what stands between."""

    opening: int
    closing: int


@dataclass(frozen=True)
class Scan:
    """A dossier's lines, where its answers stand in them, and its headings and links outside the answers."""

    lines: tuple[str, ...]
    spans: Mapping[str, Span]
    problems: tuple[Problem, ...]
    inside: frozenset[int]
    """The lines of the answers with their markers, counted from 0."""
    headings: tuple[TopBlock, ...]
    links: Mapping[str, str]
    version: int | None
    seen: Outline
    """The blocks of the whole text."""
    doubtful: Mapping[str, int]
    """The answers that may belong elsewhere, each with the line, from 1, where that is seen."""

    def raw_lines(self, qid: str) -> list[str]:
        """The lines between an answer's markers as they stand, without the blank lines around them."""
        return list(self.lines[slice(*self.extent(qid))])

    def extent(self, qid: str) -> tuple[int, int]:
        """The lines [first, end) of an answer, without the blank lines around it; empty after its marker."""
        first, end = self.spans[qid].opening + 1, self.spans[qid].closing
        while first < end and not self.lines[first].strip():
            first += 1
        while end > first and not self.lines[end - 1].strip():
            end -= 1
        return (first, end) if first < end else (self.spans[qid].opening + 1,) * 2

    def outline_of(self, qid: str) -> Outline:
        """The blocks of an answer, by lines of its own: those it has when it is parsed alone."""
        first, end = self.extent(qid)
        blocks, items = (
            tuple(
                TopBlock(kind, tag, begins - first, min(ends, end) - first, content)
                for kind, tag, begins, ends, content in placed[
                    bisect_left(firsts, first) : bisect_left(firsts, end)
                ]
            )
            for placed, firsts in zip((self.seen.blocks, self.seen.items), self._firsts, strict=True)
        )
        return Outline(blocks, items, {})

    @cached_property
    def _firsts(self) -> tuple[list[int], list[int]]:
        """Where the blocks begin, and where the items do."""
        return [block.first for block in self.seen.blocks], [item.first for item in self.seen.items]

    def body(self, qid: str) -> str:
        """The text between an answer's markers, without the blank lines around it."""
        return self.bodies[qid]

    @cached_property
    def bodies(self) -> Mapping[str, str]:
        """Every answer's text between its markers, without the blank lines around it."""
        return {qid: nfc("\n".join(self.raw_lines(qid))) for qid in self.spans}


def bears_traces(text: str) -> bool:
    """Whether a text is or has been a dossier: it has a marker, however damaged, or the steps' headings."""
    if "\n<!-- utb:" in text:  # what is sound is known at once
        return True
    lines = split_lines(text)
    if any(NEAR_MARKER.match(line) for line in lines):
        return True
    named = {step_meant(heading[1]) for line in lines if (heading := _STEP.match(line))}
    return len(named - {None}) > _MOST_FOREIGN


def defines_link(lines: Sequence[str], number: int) -> bool:
    """Whether a line is the address of a link in some other line, as formatters move it to the end."""
    defined = _LINK_DEFINITION.match(lines[number])
    label = f"[{defined[1]}]".casefold() if defined else ""
    return bool(label) and sum(label in line.casefold() for line in lines) > 1


def trimmed(lines: Sequence[str]) -> list[str]:
    """The lines without blank lines at either end."""
    kept = [number for number, line in enumerate(lines) if line.strip()]
    return list(lines[kept[0] : kept[-1] + 1]) if kept else []


def split_lines(text: str) -> list[str]:
    """The lines of a text, however they end; a byte order mark is not part of the first."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


@lru_cache(maxsize=8)
def scan(text: str) -> Scan:
    """The spans of a dossier and everything wrong with its structure; never raises."""
    lines = split_lines(text)
    seen, telling = _blocks(lines), _telling(lines)
    ends = [number for number in telling if lines[number].startswith(">>>>>>>")]
    pairing = _Pairing(lines, seen.blocks, last_conflict_end=max(ends, default=-1))
    for number in telling:
        pairing.read(number, lines[number])
    pairing.finish()
    spans = {qid: span for qid, span in pairing.spans.items() if qid not in pairing.doubtful}
    inside = frozenset(n for span in spans.values() for n in range(span.opening, span.closing + 1))
    all_headings = [block for block in seen.blocks if block.kind == "heading"]
    headings = tuple(heading for heading in all_headings if heading.first not in inside)
    misplaced = _misplaced_headings([heading for heading in all_headings if heading.first in inside])
    problems = [*pairing.problems, *misplaced, *_stray_text(lines, headings, spans, inside)]
    return Scan(
        lines=tuple(lines),
        spans=spans,
        problems=tuple(sorted(problems)),
        inside=inside,
        headings=headings,
        links=seen.links,
        version=pairing.version,
        seen=seen,
        doubtful=pairing.doubtful,
    )


def _telling(lines: Sequence[str]) -> list[int]:
    """The lines that may say something of the structure, which most of a thousand do not."""
    return [
        number
        for number, line in enumerate(lines)
        if "<" in line or "&" in line or "\0" in line or line.startswith((">", "|"))
    ]


def _blocks(lines: Sequence[str]) -> Outline:
    """The blocks of the whole text, parsed in pieces that end with a marker.

    A marker that is a block of its own at the top level leaves nothing open behind it, so what
    follows can be parsed alone, and an unchanged piece need not be parsed again. A piece whose
    marker is swallowed ends the short cut: then the text is parsed as one.
    """
    whole: list[TopBlock] = []
    items: list[TopBlock] = []
    links: dict[str, str] = {}
    start = 0
    markers = [number for number, line in enumerate(lines) if "<!--" in line and _is_marker(line)]
    for number in [*markers, len(lines)]:
        piece = lines[start : number + 1]
        seen = piece_outline("\n".join(piece))
        last = (seen.blocks[-1].kind, seen.blocks[-1].first) if seen.blocks else None
        if number < len(lines) and last != ("html_block", len(piece) - 1):
            return outline("\n".join(lines))
        whole += _moved(seen.blocks, start)
        if seen.items:
            items += _moved(seen.items, start)
        if seen.links:
            links = {**seen.links, **links}
        start = number + 1
    return Outline(tuple(whole), tuple(items), links)


def _moved(blocks: Sequence[TopBlock], by: int) -> list[TopBlock]:
    # As `TopBlock(…)`, without a call for each of hundreds of blocks.
    return [
        tuple.__new__(TopBlock, (kind, tag, first + by, end + by, content))
        for kind, tag, first, end, content in blocks
    ]


def _is_marker(line: str) -> bool:
    return bool(_MARKER.match(line) or DOSSIER_HEADER.match(line))


@lru_cache(maxsize=4096)
def piece_outline(text: str) -> Outline:
    """The blocks of a piece of a dossier that nothing before it reaches into."""
    return plain_outline(text) or outline(text)


@dataclass
class _Pairing:
    """Pairs markers line by line, and remembers what is in doubt."""

    lines: Sequence[str]
    blocks: Sequence[TopBlock]
    problems: list[Problem] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    doubtful: dict[str, int] = field(default_factory=dict)
    """The answers whose lines are in doubt, each with the line that is."""
    version: int | None = None
    open_id: str | None = None
    open_line: int = 0
    in_conflict: bool = False
    last_conflict_end: int = -1
    """A conflict line whose end is missing casts doubt on its own answer only."""
    _at: int = 0

    def wrong(self, number: int, text: str) -> None:
        self.problems.append(Problem(number + 1, text, structural=True))

    def doubt(self, number: int, *qids: str | None) -> None:
        """Notes that answers may belong elsewhere, as is seen at a line."""
        for qid in qids:
            if qid is not None:
                self.doubtful.setdefault(qid, number + 1)

    def read(self, number: int, line: str) -> None:
        if "\0" in line:
            self.wrong(number, "Raden innehåller ett NUL-tecken. Filen är skadad: hämta en tidigare version.")
        if CONFLICT_LINE.match(line):
            self.in_conflict = not line.startswith(">") and number < self.last_conflict_end
            self.doubt(number, self.open_id)
            if why := self._conflict(number):
                self.wrong(number, why)
        elif "utb" not in line.lower():
            return
        elif header := DOSSIER_HEADER.match(line):
            self.version = int(header[1])
            if self.version > NEWEST_FORMAT:
                newer = f"Filen är skriven i format {self.version}, som är nyare än programmet."
                self.wrong(number, f"{newer} Den går att läsa, inte att ändra.")
        elif marker := _MARKER.match(line):
            self._marker(number, marker[2], closing=marker[1] == "/")
        elif NEAR_MARKER.match(line):
            self.doubt(number, self.open_id)
            self.wrong(
                number, "Raden liknar en markör men är skriven fel. Skriv den som <!-- utb:steg.fraga -->."
            )

    def _conflict(self, number: int) -> str:
        """What is said of a conflict at its first line; nothing at its other lines."""
        where = f" i svaret {self.open_id}" if self.open_id else ""
        whole = next((whole for whole in self.conflicts if whole.first <= number < whole.end), None)
        if whole is None:
            return f"Raden är en rest av en git-konflikt{where}. Ta bort den."
        if whole.first != number:
            return ""
        ours, theirs = names_in_words(whole.names)
        return (
            f"En git-konflikt{where} slutar på rad {whole.end}: texten från {ours} och texten från {theirs}. "
            "Välj en av dem, eller båda, och ta bort konfliktraderna."
        )

    @cached_property
    def conflicts(self) -> Sequence[GitConflict]:
        """The conflicts of the file that are whole."""
        return list(whole_conflicts(self.lines))

    def finish(self) -> None:
        if self.open_id is not None:
            self.doubt(self.open_line, self.open_id)
            self.wrong(
                self.open_line, f"Slutmarkören <!-- /utb:{self.open_id} --> saknas. Lägg tillbaka den."
            )
        if self.version is None and (self.spans or self.problems):
            self.problems.append(Problem(1, "Raden <!-- utb:dossier 1 --> saknas överst i filen."))
        elif self.version is None:
            why = "Är det rätt fil, eller har ett annat program tagit bort dem?"
            self.wrong(0, f"Filen har inga svarsmarkörer. {why}")

    def _marker(self, number: int, qid: str, *, closing: bool) -> None:
        if self.in_conflict:
            self.doubt(number, qid)
        around = self._around(number)
        if around is not None:
            self.doubt(number, self.open_id, qid)
            place = _CONTAINERS.get(around.kind, "ett annat stycke")
            self.wrong(
                number, f"Markören utb:{qid} står inne i {place} från rad {around.first + 1}. Flytta ut den."
            )
        elif closing:
            self._close(number, qid)
        else:
            self._open(number, qid)

    def _around(self, number: int) -> TopBlock | None:
        """The block that swallows the marker's line, or None when the marker is a block of its own."""
        while self._at < len(self.blocks) - 1 and self.blocks[self._at].end <= number:
            self._at += 1
        block = self.blocks[self._at] if self.blocks else None
        if block is None or not block.first <= number < block.end:
            return None
        return None if block.kind == "html_block" and block.first == number else block

    def _open(self, number: int, qid: str) -> None:
        if self.open_id is not None:
            self.doubt(number, self.open_id, qid)
            self.wrong(
                number, f"Svaret {qid} börjar innan {self.open_id} på rad {self.open_line + 1} är avslutat."
            )
        self.open_id, self.open_line = qid, number

    def _close(self, number: int, qid: str) -> None:
        if self.open_id != qid:
            self.doubt(number, self.open_id, qid)
            self.wrong(number, f"Slutmarkören för {qid} saknar sin startmarkör <!-- utb:{qid} -->.")
            return
        if qid in self.spans:
            self.doubt(number, qid)
            first = self.spans[qid].opening + 1
            self.wrong(
                number, f"Svaret {qid} finns två gånger, första gången på rad {first}. Behåll ett av dem."
            )
        self.spans[qid] = Span(self.open_line, number)
        self.open_id = None


def _misplaced_headings(headings: Sequence[TopBlock]) -> list[Problem]:
    text = "En rubrik på nivå 1 eller 2 står inne i ett svar. Har en slutmarkör flyttats?"
    return [Problem(heading.first + 1, text) for heading in headings if heading.tag in ("h1", "h2")]


def _stray_text(
    lines: Sequence[str], headings: Sequence[TopBlock], spans: Mapping[str, Span], inside: frozenset[int]
) -> list[Problem]:
    """Text in a question's section outside its field: a person may take it for part of the answer."""
    starts = {span.opening for span in spans.values()}
    problems = []
    for heading, section in sections(headings, len(lines)):
        if heading.tag != "h3" or not starts.intersection(section):
            continue
        free = [number for number in section if number not in inside and lines[number].strip()]
        stray = {number for number in free if not defines_link(lines, number)}
        problems += [Problem(number + 1, OUTSIDE) for number in sorted(stray) if number - 1 not in stray]
    return problems


def sections(headings: Sequence[TopBlock], length: int) -> list[tuple[TopBlock, range]]:
    """The headings down to those of the questions, each with the lines below it; a text has some length."""
    dividing = [heading for heading in headings if heading.tag in ("h1", "h2", "h3")]
    edges = [*(heading.first for heading in dividing), length]
    return [(heading, range(heading.end, end)) for heading, end in zip(dividing, edges[1:], strict=True)]
