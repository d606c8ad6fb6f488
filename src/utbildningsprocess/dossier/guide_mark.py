"""The line by which a conversation guide is known: whose it is, and what stood there when it was made."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.markers import DOSSIER_HEADER, scan, split_lines

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK = re.compile(r"^ {0,3}<!--[ \t]*samtalsguide:(?P<said>[^>]*)-->[ \t]*$")
_PRINTED = re.compile(r"^ {0,3}<!--[ \t]*utskrivet:(?P<said>[^>]*)-->[ \t]*$")
_OLD_HEADING = re.compile(r"^# Samtal om [^:]+: ")
_OLD_COMMAND = re.compile(r"^utb steg \S+ .*--fran FIL[ \t]*$")
_SECTION = re.compile(r"(?:\A\ufeff?|[\r\n])## ")
_DIGITS = 5
"""Enough of a checksum to tell one line of a guide from what somebody writes beside it."""


class GuideMark(NamedTuple):
    """What a guide says of itself: the letters of its initiative, its stage, and the rows that it names."""

    identity: str = ""
    stage: str = ""
    rows: Mapping[str, str] = {}
    """The ids of the rows that its questions could point at, joined by commas, by the group's address."""

    def written(self) -> str:
        """The mark as a line of a guide."""
        rows = [f"{qid}={ids}" for qid, ids in self.rows.items()]
        return f"<!-- samtalsguide: {' '.join([f'steg={self.stage}', f'insats={self.identity}', *rows])} -->"


def mark_in(text: str) -> GuideMark | None:
    """The mark of a guide, None in any other text and in guides of the first release."""
    match = next(filter(None, map(_MARK.match, _above_the_stage(text))), None)
    if match is None:
        return None
    said = dict(word.split("=", 1) for word in match["said"].split() if "=" in word)
    return GuideMark(said.pop("insats", ""), said.pop("steg", ""), said)


def is_guide(text: str) -> bool:
    """Whether a text is a conversation guide; those of the first release are known by their shape."""
    if mark_in(text) is not None:
        return True
    lines = _above_the_stage(text)
    return any(map(_OLD_HEADING.match, lines)) and any(map(_OLD_COMMAND.match, lines))


def _above_the_stage(text: str) -> list[str]:
    """The lines that say what a file is; below its first section they are somebody's words."""
    below = _SECTION.search(text)
    return split_lines(text[: below.start()] if below else text)


def printed_line(text: str) -> str:
    """A line that tells what a guide is printed with: the lines beside answers, and the headings of rows."""
    sums = [words_checked(line) for _, line in beside(text)]
    told = " ".join(dict.fromkeys([*sums, HEADINGS_TOLD, *_of_row_headings(text)]))
    return f"<!-- utskrivet: {told} {words_checked(told)} -->"


def changed_print(text: str) -> int | None:
    """The number from 0 of the line of checksums, when it is not as it was printed."""
    for number, line in enumerate(split_lines(text)):
        if match := _PRINTED.match(line):
            told, _, seal = match["said"].strip().rpartition(" ")
            is_sound = re.fullmatch(r"[0-9a-f]{5}(?: [0-9a-f]{5})*", match["said"].strip()) is not None
            is_sealed = seal == words_checked(told) or HEADINGS_TOLD not in match["said"].split()
            return None if is_sound and is_sealed else number
    return None


def heading_checked(qid: str, heading: str) -> str:
    """A checksum of the heading of a row in the answer to a question."""
    return words_checked(f"rad {qid} {heading}")


def _of_row_headings(text: str) -> list[str]:
    seen = scan(text)
    return [
        heading_checked(qid, line)
        for qid, span in seen.spans.items()
        for line in seen.lines[span.opening + 1 : span.closing]
        if line.startswith("#### ")
    ]


def printed_in(text: str) -> frozenset[str] | None:
    """The checksums of what a guide was printed with; None where it does not tell."""
    match = next(filter(None, map(_PRINTED.match, split_lines(text))), None)
    return frozenset(match["said"].split()) if match else None


def words_checked(line: str) -> str:
    """A checksum of the letters and figures in a line, whatever Markdown around them; empty without any."""
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", line).casefold()))
    return sha256(letters.encode()).hexdigest()[:_DIGITS] if letters else ""


HEADINGS_TOLD = heading_checked("", "rubriker")
"""Stands among the checksums of a guide that tells of its row headings; older ones do not."""


def beside(text: str) -> list[tuple[int, str]]:
    """The lines with words that stand beside the answers of a guide, each with its number from 0."""
    seen = scan(text)
    return [
        (number, line)
        for number, line in enumerate(seen.lines)
        if number not in seen.inside and words_checked(line) and not _is_for_programs(line)
    ]


def _is_for_programs(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_MARK, _PRINTED, DOSSIER_HEADER))
