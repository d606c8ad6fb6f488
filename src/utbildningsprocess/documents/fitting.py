"""How a document keeps to what its kind promises: so much is said that its words, or its lines, are few."""

from __future__ import annotations

import re
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from utbildningsprocess.documents.sources import kept
from utbildningsprocess.documents.template import page_text
from utbildningsprocess.markdown import PICTURE
from utbildningsprocess.pages.marks import unmarked
from utbildningsprocess.swedish import bound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.documents.kinds import DocumentKind


_PAGE_LINES, _LINE_WIDTH = 54.0, 98
"""What a page holds of running text, as measured on PDFs that just fill one and that do not."""
_TITLE_LINE, _TITLE_WIDTH = 2.0, 50
"""How high a line of the title is, in lines, and how many letters it holds."""
_CELL_WIDTH = 26
"""How many letters a cell of a table holds on a line, where its row has four."""
_SPACE = (
    (re.compile("##"), 1.17, 0),
    (re.compile(r"- |\d+\. "), 0.15, 2),
    (re.compile("  - "), 0.28, 4),
    (re.compile(r"\| ---"), -1.0, 0),
    (re.compile(r"\|"), 0.4, 0),
    (re.compile(r"\S"), 0.34, 0),
)
"""What a block takes besides its lines, and how much shorter these are: the first row that matches."""
_CUT, _WHOLE = " …", "Hela svaren står i dossiern."
"""What ends a text that is cut, and where it can be read on."""
_COUNTED = re.compile(r"\boch \d+ (?:\w+ )?till\b(?!, se )|\d+ till$", re.IGNORECASE | re.MULTILINE)
"""That more is counted than told, and not where it stands."""

_NEW_PAGE = "\n***\n"

FIGURE = re.compile(rf"^```{PICTURE}\n(.+)\n```$", re.MULTILINE)
"""The place of a picture in a document's text."""


def fitted(
    kind: DocumentKind, template: str, name: str, values: Mapping[str, Any], head: Sequence[tuple[str, str]]
) -> tuple[str, int]:
    """The document's text, with the most room at which it keeps to what its kind promises, and that room."""
    text, room, above = "", 0, _lines(" · ".join(f"{fact}: {said}" for fact, said in head))
    for room in range(values["rum"], -1, -1):
        text = document_text(kind, template, name, {**values, "rum": room})
        few = kind.most_words is None or longest_count(text) <= kind.most_words
        if few and (not kind.one_page or above + sum(map(_lines, text.splitlines())) <= _PAGE_LINES):
            break
    return text, room


def document_text(kind: DocumentKind, template: str, name: str, values: Mapping[str, Any]) -> str:
    """The text of a document. Raises Broken when its template, called `name`, cannot be used."""
    text = kept(bound, re.sub(r"\n{3,}", "\n\n", page_text(template, name, values))).strip()
    plain = unmarked(text)
    where = f"\n\n{_WHOLE}" if kind.one_page and (_CUT in plain or _COUNTED.search(plain)) else ""
    return f"{text}{where}\n"


def _lines(line: str) -> float:
    """About how many lines on paper a line of Markdown takes."""
    if line.startswith("# "):
        return len(wrap(line.removeprefix("# "), _TITLE_WIDTH)) * _TITLE_LINE
    plain = re.sub(r"[*\\]", "", line)
    space, set_in = next((row[1:] for row in _SPACE if row[0].match(plain)), (0.0, 0))
    if line.startswith("|"):
        return max(len(wrap(cell.strip(), _CELL_WIDTH)) for cell in plain.split("|")) + space
    return len(wrap(plain, _LINE_WIDTH - set_in)) + space


def longest_count(text: str) -> int:
    """How many words the longest part of a text has, pictures left out."""
    parts = FIGURE.sub("", text).split(_NEW_PAGE)
    return max(len(re.findall(r"\S*\w\S*", part)) for part in parts)
