"""The blocks of a page as paragraphs and tables of Word. Imported only where python-docx is."""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import pairwise
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
    ON_WALL,
    SHADE,
    STEP,
    TABLE,
    WALL,
    list_style,
    style_ids,
)
from utbildningsprocess.exports.docx_xml import element, run
from utbildningsprocess.exports.layout import (
    as_rows,
    facts_line,
    is_kept_whole,
    printable,
    shares,
    steady,
    with_leads,
)
from utbildningsprocess.pages.figures import Bars, Journey
from utbildningsprocess.pages.page import Block, Inline, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from utbildningsprocess.pages.figures import Picture
    from utbildningsprocess.pages.page import Line, Page, Styling

_BAR_HEAD = (Inline("text", "Stapel"),)
_BAR_COLOUR = "1F5A7A"
_BOX_WIDTH = 280
_CELL_MARGINS = 240
_TWIPS_A_LETTER = 100
"""What a letter takes in a table, on average, in twentieths of a point."""
_FEWEST_ROWS = 6
"""Of a journey that stand together at its end, so that no page holds a row or two alone."""
_LONG_ROW = 1500
"""Letters in a row that may be divided between two pages."""
_LONGEST_ADDRESS = 2000
_ADDRESS = re.compile(r"https?://[\w.-]+(:\d{1,5})?([/?#]\S*)?|mailto:[^\s@]+@[\w.-]+(\?\S*)?", re.IGNORECASE)
"""Addresses that every Word opens; a file with another kind may be said to be broken."""


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

    def write_block(self, block: Block) -> None:
        """One more block."""
        self._blocks((block,), _Place())

    def add(self, made: BaseOxmlElement) -> None:
        """Something that is made already."""
        self._end.addprevious(made)

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
        style = list_style("List Continue", depth)
        whole = is_kept_whole(block)
        for item in block.children:
            begins = bool(item.children) and item.children[0].kind == "paragraph"
            line = item.children[0].line if begins else ()
            keeps = [element("keepNext")] if whole and item is not block.children[-1] else []
            if item.ticked is None:
                marks = [*keeps, *deepcopy(numbering), *self._set_in(depth, STEP)]
                self._paragraph(line, list_style(name, depth), marks)
            else:
                close = element("spacing", after="20")
                made = self._made(
                    (Inline("text", " "), *line), style, [*keeps, close, *_indent(depth, _BOX_WIDTH)]
                )
                made.insert(1, checkbox(ticked=item.ticked))
                self._end.addprevious(made)
            self._blocks(item.children[1:] if begins else item.children, _Place(depth, style))

    def _set_in(self, depth: int, hanging: int = 0) -> list[BaseOxmlElement]:
        """Nothing where the style of the list sets its text in itself."""
        return _indent(depth, hanging) if depth > DEEPEST else []

    # ----------------------------------------------------------------- tables

    def _table(self, rows: Sequence[Sequence[Line]], about: tuple[str, str] = ("", "")) -> None:
        """A table whose columns together are just as wide as the text."""
        widths = [int(share * self._width) for share in shares(rows, self._width // _TWIPS_A_LETTER)]
        widths[-1] = self._width - sum(widths[:-1])
        self._lay(self._cells(rows), widths, about)

    def _figure(self, name: str) -> None:
        picture = self._page.pictures[name]
        if isinstance(picture.drawing, Journey):
            self._wall(picture, picture.drawing)
            return
        self._paragraph((Inline("text", picture.title),), "Caption")
        rows = [[(Inline("text", cell),) for cell in row] for row in as_rows(picture)]
        about = printable(picture.title), printable(picture.words)
        if isinstance(picture.drawing, Bars):
            self._bars(rows, picture.drawing, about)
        else:
            self._table(rows, about)

    def _wall(self, picture: Picture, journey: Journey) -> None:
        """A journey in large letters: who, when and what, under what becomes better."""
        if journey.promise[1]:
            said = Inline("strong", children=(Inline("text", ": ".join(journey.promise)),))
            self._paragraph((said,), ON_WALL)
        if journey.note:
            self._paragraph((Inline("text", journey.note),), ON_WALL)
        head, *rows = as_rows(picture)
        widths = [self._width * 9 // 25, self._width // 5]
        widths.append(self._width - sum(widths))
        cells = [
            [self._made((Inline("text", cell),), ON_WALL) for cell in head],
            *(
                self._wall_row(row, keeps=-_FEWEST_ROWS <= number - len(rows) < -1)
                for number, row in enumerate(rows)
            ),
        ]
        laid = self._lay(cells, widths, (printable(picture.title), printable(picture.words)))
        _join_repeated(laid.findall(qn("w:tr")), [row[0] for row in (head, *rows)])

    def _wall_row(self, row: Sequence[str], *, keeps: bool) -> list[BaseOxmlElement]:
        """Who, when and what; on the page of the next row where it keeps to it."""
        return [
            self._made((Inline("text", cell),), style, [element("keepNext")] if keeps else [])
            for cell, style in zip(row, (WALL, WALL, ON_WALL), strict=True)
        ]

    def _bars(self, rows: Sequence[Sequence[Line]], drawing: Bars, about: tuple[str, str]) -> None:
        """The rows of a picture with bars, and a column in which they are drawn."""
        widths = [self._width * 9 // 20, self._width // 5]
        widths.append(self._width - sum(widths))
        cells = self._cells([[*rows[0], _BAR_HEAD], *rows[1:]])
        for row, (_, value, _) in zip(cells[1:], drawing.bars, strict=True):
            share = value / drawing.most if drawing.most else 0
            row.append(_bar(share, widths[-1] - _CELL_MARGINS, self._styles[CELL]))
        self._lay(cells, widths, about)

    def _cells(self, rows: Sequence[Sequence[Line]]) -> list[list[BaseOxmlElement]]:
        """A paragraph for each cell; those of the header are strong."""
        header = [(Inline("strong", children=cell),) for cell in rows[0]]
        return [[self._made(cell, CELL) for cell in row] for row in (header, *rows[1:])]

    def _lay(
        self, rows: list[list[BaseOxmlElement]], widths: list[int], about: tuple[str, str]
    ) -> BaseOxmlElement:
        """A table with a header; `about` is its title and what it says, for those who do not see it."""
        look = {"firstRow": "1", "lastRow": "0", "firstColumn": "0", "lastColumn": "0"}
        described = zip(("tblCaption", "tblDescription"), about, strict=True)
        properties = element(
            "tblPr",
            element("tblStyle", val=self._styles[TABLE]),
            element("tblW", w=str(sum(widths)), type="dxa"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="0020", **look, noHBand="1", noVBand="1"),
            *(element(tag, val=text) for tag, text in described if text),
        )
        grid = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
        body = (_row(row, widths, is_header=number == 0) for number, row in enumerate(rows))
        table = element("tbl", properties, grid, *body)
        self._end.addprevious(table)
        self._paragraph((), AFTER_TABLE)
        return table

    # ----------------------------------------------------------- running text

    def _paragraph(self, line: Line, style: str, properties: Sequence[BaseOxmlElement] = ()) -> None:
        self._end.addprevious(self._made(line, style, properties))

    def _made(self, line: Line, style: str, properties: Sequence[BaseOxmlElement] = ()) -> BaseOxmlElement:
        named = [element("pStyle", val=self._styles[style])] if style else []
        return element("p", element("pPr", *named, *properties), *self._runs(line))

    def _runs(self, line: Line, within: frozenset[Styling] = frozenset()) -> Iterator[BaseOxmlElement]:
        """A line as runs; `within` is what styles it from outside."""
        for inline in line:
            match inline.kind:
                case "strong" | "emphasis":
                    yield from self._runs(inline.children, within | {inline.kind})
                case "link":
                    yield from self._link(inline, within)
                case "code" | "text":
                    yield self._run(inline.text, within | {inline.kind})
                case "break":
                    yield self._run("\n", within)
                case _:
                    assert_never(inline.kind)

    def _run(self, text: str, within: frozenset[Styling]) -> BaseOxmlElement:
        font = "Consolas"
        return run(
            printable(text),
            *([element("rStyle", val=self._styles["Hyperlink"])] if "link" in within else []),
            *([element("rFonts", ascii=font, hAnsi=font, cs=font)] if "code" in within else []),
            *([element("b"), element("bCs")] if "strong" in within else []),
            *([element("i"), element("iCs")] if "emphasis" in within else []),
            *([element("noProof")] if "code" in within else []),
        )

    def _link(self, link: Inline, within: frozenset[Styling]) -> Iterator[BaseOxmlElement]:
        if len(link.href) > _LONGEST_ADDRESS or not _ADDRESS.fullmatch(link.href):
            address = "" if link.href in plain_text(link.children) else f" ({link.href})"
            yield from self._runs((*link.children, Inline("text", address)), within)
            return
        made = element("hyperlink", *self._runs(link.children, within | {link.kind}))
        number = self._document.part.relate_to(link.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        made.set(qn("r:id"), number)
        yield made


def _indent(depth: int, hanging: int = 0) -> list[BaseOxmlElement]:
    if depth == 0:
        return []
    return [element("ind", left=str(STEP * depth), hanging=str(hanging))]


def _row(paragraphs: Sequence[BaseOxmlElement], widths: Sequence[int], *, is_header: bool) -> BaseOxmlElement:
    letters = sum(len(text) for paragraph in paragraphs for text in paragraph.itertext())
    marks = [
        *([element("cantSplit")] if letters < _LONG_ROW else []),
        *([element("tblHeader")] if is_header else []),
    ]
    placed = zip(paragraphs, widths, strict=True)
    cells = (_cell(paragraph, width, is_header=is_header) for paragraph, width in placed)
    return element("tr", element("trPr", *marks), *cells)


def _join_repeated(rows: Sequence[BaseOxmlElement], said: Sequence[str]) -> None:
    """Makes one cell of those below each other in the first column that say the same."""
    for row, (before, words) in zip(rows[1:], pairwise(said), strict=True):
        cell = row.find(qn("w:tc"))
        cell.find(qn("w:tcPr")).append(element("vMerge", val="continue" if words == before else "restart"))
        if words == before:
            cell.find(qn("w:p")).remove_all("w:r")


def _cell(paragraph: BaseOxmlElement, width: int, *, is_header: bool) -> BaseOxmlElement:
    shade = [element("shd", val="clear", color="auto", fill=SHADE)] if is_header else []
    return element("tc", element("tcPr", element("tcW", w=str(width), type="dxa"), *shade), paragraph)


def _bar(share: float, room: int, style: str) -> BaseOxmlElement:
    """An empty paragraph, coloured over a share (0 to 1) of its `room`, in twentieths of a point."""
    named = element("pStyle", val=style)
    if share <= 0:
        return element("p", element("pPr", named))
    uncoloured = round(room * (1 - min(1.0, share)))
    colour = element("shd", val="clear", color="auto", fill=_BAR_COLOUR)
    return element("p", element("pPr", named, colour, element("ind", right=str(uncoloured))))
