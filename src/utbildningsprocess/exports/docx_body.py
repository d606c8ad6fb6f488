"""The blocks of a page as paragraphs and tables of Word. Imported only where python-docx is."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, NamedTuple, assert_never

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from utbildningsprocess.exports.docx_lists import BULLETS, NUMBERS, Lists, checkbox
from utbildningsprocess.exports.docx_styles import (
    AFTER_TABLE,
    CELL,
    CODE,
    DEEPEST,
    FACTS,
    NEW_PAGE,
    STEP,
    TABLE,
    list_style,
    style_ids,
)
from utbildningsprocess.exports.docx_tables import bar, word_table
from utbildningsprocess.exports.docx_xml import element
from utbildningsprocess.exports.layout import as_rows, facts_line, printable, shares, steady, with_leads
from utbildningsprocess.pages.figures import Bars
from utbildningsprocess.pages.page import Block, Inline, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from utbildningsprocess.pages.page import Line, Page

_BAR_HEAD = (Inline("text", "Stapel"),)
_BOX_WIDTH = 280
_CELL_MARGINS = 240
_TWIPS_A_LETTER = 100
"""What a letter takes in a table, on average, in twentieths of a point."""
_LONGEST_ADDRESS = 2000
_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]\S*)?|mailto:[^\s@]+@[\w.-]+(\?\S*)?", re.IGNORECASE)
"""Addresses that every Word opens; a file with another kind may be said to be broken."""


class _Letters(NamedTuple):
    """How running text looks where it stands."""

    is_strong: bool = False
    is_emphasis: bool = False
    is_code: bool = False
    is_link: bool = False


_PLAIN, _STRONG = _Letters(), _Letters(is_strong=True)


class _Place(NamedTuple):
    """Where a block stands: how deep in lists, which style its paragraphs have, and whether it leads in."""

    depth: int = 0
    style: str = ""
    leads: bool = False


class Body:
    """Writes blocks at the end of a document whose text is `width` twentieths of a point wide."""

    def __init__(self, document: Document, page: Page, width: int) -> None:
        self._document = document
        self._page = page
        self._width = width
        self._end = document.element.body.sectPr
        self._lists = Lists(document)
        self._styles = style_ids(document)

    def write(self) -> None:
        """The whole page: the heading it begins with, the facts about it, and its other blocks."""
        blocks = steady(self._page) or (Block("paragraph"),)
        begins = 1 if blocks[0].kind == "heading" else 0
        self._blocks(blocks[:begins], _Place())
        if self._page.head:
            self._paragraph((Inline("text", facts_line(self._page)),), FACTS)
        self._blocks(blocks[begins:], _Place())

    def _blocks(self, blocks: Sequence[Block], place: _Place) -> None:
        for block, leads in with_leads(blocks):
            self._block(block, place._replace(leads=leads))

    def _block(self, block: Block, place: _Place) -> None:
        match block.kind:
            case "heading":
                self._paragraph(block.line, f"Heading {block.level}")
            case "paragraph":
                keeps = [element("keepNext")] if place.leads else []
                self._paragraph(block.line, place.style, [*keeps, *self._set_in(place.depth)])
            case "bullets" | "numbers":
                self._list(block, place.depth + 1)
            case "quote" | "item":
                self._blocks(block.children, place._replace(style="Quote"))
            case "code":
                self._paragraph((Inline("text", block.text),), CODE, _indent(place.depth))
            case "table":
                self._table(block.rows)
            case "rule":
                self._paragraph((), NEW_PAGE)
            case "figure":
                self._figure(block.text)
            case _:
                assert_never(block.kind)

    # ------------------------------------------------------------------ lists

    def _list(self, block: Block, depth: int) -> None:
        name = BULLETS if block.kind == "bullets" else NUMBERS
        numbering = self._lists.begin(name, depth, block.start)
        for item in block.children:
            begins = bool(item.children) and item.children[0].kind == "paragraph"
            line = item.children[0].line if begins else ()
            if item.ticked is None:
                marks = [] if numbering is None else [deepcopy(numbering)]
                self._paragraph(line, list_style(name, depth), [*marks, *self._set_in(depth, STEP)])
            else:
                style = list_style("List Continue", depth)
                close = element("spacing", after="20")
                made = self._made((Inline("text", " "), *line), style, [close, *_indent(depth, _BOX_WIDTH)])
                made.insert(1, checkbox(ticked=item.ticked))
                self._end.addprevious(made)
            inside = item.children[1:] if begins else item.children
            self._blocks(inside, _Place(depth, list_style("List Continue", depth)))

    def _set_in(self, depth: int, hanging: int = 0) -> list[BaseOxmlElement]:
        """Nothing where the style of the list sets its text in itself."""
        return _indent(depth, hanging) if depth > DEEPEST else []

    # ----------------------------------------------------------------- tables

    def _table(self, rows: Sequence[Sequence[Line]], about: tuple[str, str] = ("", "")) -> None:
        cells = [
            [self._made(cell, CELL, letters=_STRONG) for cell in rows[0]],
            *([self._made(cell, CELL) for cell in row] for row in rows[1:]),
        ]
        widths = self._widths([[plain_text(cell) for cell in row] for row in rows])
        self._end.addprevious(word_table(cells, widths, self._styles[TABLE], about))
        self._paragraph((), AFTER_TABLE)

    def _widths(self, rows: Sequence[Sequence[str]]) -> list[int]:
        """The columns' widths, which together are just that of the text."""
        widths = [int(share * self._width) for share in shares(rows, self._width // _TWIPS_A_LETTER)]
        return [*widths[:-1], self._width - sum(widths[:-1])]

    def _figure(self, name: str) -> None:
        picture = self._page.pictures[name]
        self._paragraph((Inline("text", picture.title),), "Caption")
        rows = [[(Inline("text", cell),) for cell in row] for row in as_rows(picture)]
        about = printable(picture.title), printable(picture.words)
        if isinstance(picture.drawing, Bars):
            self._bars(rows, picture.drawing, about)
        else:
            self._table(rows, about)

    def _bars(self, rows: Sequence[Sequence[Line]], drawing: Bars, about: tuple[str, str]) -> None:
        """The rows of a picture with bars, and a column in which they are drawn."""
        widths = [self._width * 9 // 20, self._width // 5]
        widths.append(self._width - sum(widths))
        room, style = widths[-1] - _CELL_MARGINS, self._styles[CELL]
        header = [self._made(cell, CELL, letters=_STRONG) for cell in [*rows[0], _BAR_HEAD]]
        cells = [
            [
                *(self._made(cell, CELL) for cell in row),
                bar(value / drawing.most if drawing.most else 0, room, style),
            ]
            for row, (_, value, _) in zip(rows[1:], drawing.bars, strict=True)
        ]
        self._end.addprevious(word_table([header, *cells], widths, self._styles[TABLE], about))
        self._paragraph((), AFTER_TABLE)

    # ----------------------------------------------------------- running text

    def _paragraph(self, line: Line, style: str, properties: Sequence[BaseOxmlElement] = ()) -> None:
        self._end.addprevious(self._made(line, style, properties))

    def _made(
        self, line: Line, style: str, properties: Sequence[BaseOxmlElement] = (), letters: _Letters = _PLAIN
    ) -> BaseOxmlElement:
        named = [element("pStyle", val=self._styles[style])] if style else []
        return element("p", element("pPr", *named, *properties), *self._runs(line, letters))

    def _runs(self, line: Line, letters: _Letters) -> Iterator[BaseOxmlElement]:
        for inline in line:
            match inline.kind:
                case "strong":
                    yield from self._runs(inline.children, letters._replace(is_strong=True))
                case "emphasis":
                    yield from self._runs(inline.children, letters._replace(is_emphasis=True))
                case "link":
                    yield from self._link(inline, letters)
                case "code":
                    yield self._run(inline.text, letters._replace(is_code=True))
                case "break":
                    yield self._run("\n", letters)
                case "text":
                    yield self._run(inline.text, letters)
                case _:
                    assert_never(inline.kind)

    def _run(self, text: str, letters: _Letters) -> BaseOxmlElement:
        font = "Consolas"
        looks = [
            *([element("rStyle", val=self._styles["Hyperlink"])] if letters.is_link else []),
            *([element("rFonts", ascii=font, hAnsi=font, cs=font)] if letters.is_code else []),
            *([element("b"), element("bCs")] if letters.is_strong else []),
            *([element("i"), element("iCs")] if letters.is_emphasis else []),
            *([element("noProof")] if letters.is_code else []),
        ]
        made = element("r", *([element("rPr", *looks)] if looks else []))
        made.text = printable(text)
        return made

    def _link(self, link: Inline, letters: _Letters) -> Iterator[BaseOxmlElement]:
        if len(link.href) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(link.href):
            yield from self._runs(link.children, letters)
            return
        made = element("hyperlink", *self._runs(link.children, letters._replace(is_link=True)))
        number = self._document.part.relate_to(link.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), number)
        yield made


def _indent(depth: int, hanging: int = 0) -> list[BaseOxmlElement]:
    if depth == 0:
        return []
    return [element("ind", left=str(STEP * depth), hanging=str(hanging))]
