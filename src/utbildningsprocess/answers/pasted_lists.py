"""Lists as word processors and mail leave them in plain text, made into lists of Markdown."""

from __future__ import annotations

import re
from itertools import islice

BECAME_LIST = "Raderna med punkter blev en lista."
"""What is said when lines that are pasted with a word processor's marks are kept as a list."""
_BULLETS = "•·●○▪▫■□◦‣⁃∙➢➤\uf0b7\uf0a7\uf0d8"
_MARKED = re.compile(
    rf"([ \t]*)(?:([{_BULLETS}])[ \t]*|([–—])[ \t]+|([o§Øü])(?:[ ]*\t[ \t]*|[ ]{{2,}}))(?=\S)"
)
"""A mark before the text of an item; a letter is one only where a tab has stood after it."""
_SET_IN = re.compile(r"(?:[ ]{2,}|\t)[ \t]*(?=\S)")
_FEWEST = 2
"""Lines in a row with a mark that are a list; a lone one may be anything."""
_LIST_MARK = re.compile(rf"\s*(?:[-–*{_BULLETS}]|\d{{1,3}}[.)])\s+(?=\S)")


def without_list_marks(text: str) -> str:
    """The text of a list in a letter or a document without the marks of its items."""
    lines = [line for line in text.split("\n") if line.strip()]
    if not all(_LIST_MARK.match(line) for line in lines):
        return text
    return "\n".join(_LIST_MARK.sub("", line, count=1) for line in lines)


def divided_by_bullets(text: str) -> str:
    """Items on one line, each after a bullet, as a line each: so they come where one line is asked for."""
    first = text.lstrip()[:1]
    if not first or first not in _BULLETS or "\n" in text.strip():
        return text
    return re.sub(rf"\s+(?={re.escape(first)}\s)", "\n", text.strip())


def with_lists(text: str) -> str:
    """A text whose pasted lists are lists of Markdown: two or more lines in a row that begin in a mark."""
    lines = text.split("\n")
    written: list[str] = []
    place = 0
    while place < len(lines):
        end = _end_of_list(lines, place)
        written += _as_list(lines[place:end]) or [lines[place]]
        if end > place and "".join(lines[end : end + 1]):
            written.append("")  # else the line below would go on with the last item
        place = max(end, place + 1)
    return "\n".join(written)


def _end_of_list(lines: list[str], begin: int) -> int:
    """Where the list that begins in a line ends; the line itself where none begins."""
    marked, end = 0, begin
    for line in islice(lines, begin, None):
        is_marked = bool(_MARKED.match(line))
        if not is_marked and not (marked and _SET_IN.match(line)):
            break
        marked += is_marked
        end += 1
    return end if marked >= _FEWEST else begin


def _as_list(lines: list[str]) -> list[str]:
    """Lines with marks, and lines that go on below theirs, as the items of a list."""
    written: list[str] = []
    within: list[tuple[int, str]] = []
    for line in lines:
        if match := _MARKED.match(line):
            depth = len(match[1].expandtabs(4))
            level = depth, match[2] or match[3] or match[4]
            while within and within[-1][0] > depth:
                within.pop()
            within[within.index(level) if level in within else len(within) :] = [level]
            written.append(f"{'  ' * (len(within) - 1)}- {line[match.end() :]}")
        else:
            written[-1] += f" {line.strip()}"
    return written
