"""A page to fill in as a Word file: content controls within bookmarks. Imported only with python-docx."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, assert_never

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from utbildningsprocess.exports.docx_lists import checkbox_state
from utbildningsprocess.exports.docx_styles import AFTER_TABLE, CELL, FACTS, SHADE, TABLE, style_ids
from utbildningsprocess.exports.docx_xml import element, run
from utbildningsprocess.exports.layout import printable
from utbildningsprocess.pages.boxes import TICKED, Box, BoxCell, BoxKind, BoxTable, TickLine, bookmark_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from utbildningsprocess.exports.docx_body import Body
    from utbildningsprocess.pages.boxes import FillInPage

_GREY, _TAG_SIZE = "595959", "14"
_ROW_HEIGHT, _HIGH_ROW = 420, 1500
_BOX_WIDTH = 560
_LONGEST_TAG = 64
_CHUNK = 200
"""Signs in a property of a file: Word shows no more than 255."""
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def write_boxes(document: Document, body: Body, filled: FillInPage, width: int) -> None:
    """Writes the pieces of a page at the end of a document, its key, and what the file says of itself."""
    boxes = _Boxes(style_ids(document), width)
    for piece in filled.pieces:
        match piece:
            case BoxTable():
                body.add(boxes.table(piece))
                body.add(element("p", element("pPr", element("pStyle", val=boxes.styles[AFTER_TABLE]))))
            case TickLine():
                body.add(boxes.tick_line(piece))
            case _:
                body.write_block(piece)
    body.add(element("p", element("pPr", element("pStyle", val=boxes.styles[FACTS])), run(filled.key)))
    _tell(document, {"utb-nyckel": filled.key, **filled.told})


class _Boxes:
    """Makes the boxes of one document, each with a number of its own."""

    def __init__(self, styles: Mapping[str, str], width: int) -> None:
        self.styles = styles
        self._width = width
        self._made = 0

    def tick_line(self, line: TickLine) -> BaseOxmlElement:
        """A box to tick and its words."""
        properties = element(
            "pPr",
            element("spacing", after="20"),
            element("ind", left=str(_BOX_WIDTH // 2 + 80), hanging="280"),
        )
        return element("p", properties, *self._box(line.box), run(f" {printable(line.words)}"))

    def table(self, table: BoxTable) -> BaseOxmlElement:
        """A table to fill in."""
        widths = [int(share * self._width) for share in table.shares]
        widths[-1] = self._width - sum(widths[:-1])
        properties = element(
            "tblPr",
            element("tblStyle", val=self.styles[TABLE]),
            element("tblW", w=str(self._width), type="dxa"),
            element("tblLayout", type="fixed"),
        )
        grid = element("tblGrid", *(element("gridCol", w=str(width)) for width in widths))
        rows = (
            self._row(row, widths, is_header=table.has_header and number == 0)
            for number, row in enumerate(table.rows)
        )
        return element("tbl", properties, grid, *rows)

    def _row(self, row: tuple[BoxCell, ...], widths: list[int], *, is_header: bool) -> BaseOxmlElement:
        kinds = [cell.box.kind for cell in row if cell.box]
        height = _HIGH_ROW if BoxKind.LINES in kinds else _ROW_HEIGHT
        marks = [element("cantSplit"), element("trHeight", val=str(height), hRule="atLeast")]
        if is_header:
            marks = [element("cantSplit"), element("tblHeader")]
        cells, place = [], 0
        for cell in row:
            width = sum(widths[place : place + cell.span])
            cells.append(self._cell(cell, width, is_header=is_header))
            place += cell.span
        return element("tr", element("trPr", *marks), *cells)

    def _cell(self, cell: BoxCell, width: int, *, is_header: bool) -> BaseOxmlElement:
        properties = element("tcPr", element("tcW", w=str(width), type="dxa"))
        if cell.span > 1:
            properties.append(element("gridSpan", val=str(cell.span)))
        if is_header:
            properties.append(element("shd", val="clear", color="auto", fill=SHADE))
        is_tick = cell.box is not None and cell.box.kind is BoxKind.TICK
        looks = [element("keepNext")] if is_header else []
        looks += [element("jc", val="center")] if is_tick else []
        line = element("pPr", element("pStyle", val=self.styles[CELL]), *looks)
        return element("tc", properties, element("p", line, *self._content(cell, is_header=is_header)))

    def _content(self, cell: BoxCell, *, is_header: bool) -> Iterator[BaseOxmlElement]:
        if cell.box:
            yield from self._box(cell.box)
        if cell.words:
            yield run(printable(cell.words), *([element("b"), element("bCs")] if is_header else []))
        if cell.tag:
            small = element("sz", val=_TAG_SIZE), element("szCs", val=_TAG_SIZE)
            yield run(f" {cell.tag}", element("color", val=_GREY), *small)

    def _box(self, box: Box) -> Iterator[BaseOxmlElement]:
        """A content control within a bookmark."""
        self._made += 1
        number = str(self._made)
        yield element("bookmarkStart", id=number, name=bookmark_name(box.name))
        yield element("sdt", self._properties(box), element("sdtContent", _content(box)))
        yield element("bookmarkEnd", id=number)

    def _properties(self, box: Box) -> BaseOxmlElement:
        number = zlib.crc32(box.name.encode()) & 0x7FFFFFFF or 1
        said = [
            element("alias", val=printable(box.label)[:_LONGEST_TAG]),
            element("tag", val=box.name[:_LONGEST_TAG]),
            element("id", val=str(number)),
        ]
        if not box.text and box.kind is not BoxKind.TICK:
            said.append(element("showingPlcHdr"))
        return element("sdtPr", *said, _kind(box))


def _kind(box: Box) -> BaseOxmlElement:
    """What sort of control it is."""
    match box.kind:
        case BoxKind.TICK:
            return checkbox_state(ticked=bool(box.text))
        case BoxKind.LIST:
            words = [printable(choice) for choice in box.choices]
            return element("dropDownList", *(element("listItem", displayText=w, value=w) for w in words))
        case BoxKind.DATE:
            return element(
                "date",
                element("dateFormat", val="yyyy-MM-dd"),
                element("lid", val="sv-SE"),
                element("storeMappedDataAs", val="dateTime"),
                element("calendar", val="gregorian"),
            )
        case BoxKind.LINE | BoxKind.LINES | BoxKind.BESIDE:
            return element("text", multiLine="1")
        case _:
            assert_never(box.kind)


def _content(box: Box) -> BaseOxmlElement:
    """What stands in a control: what is answers_in_boxes already, else what to do."""
    if box.kind is BoxKind.TICK:
        return run(TICKED if box.text else box.kind.value)
    if box.text:
        return run(printable(box.text))
    return run(
        box.kind.value, element("color", val=_GREY), element("sz", val="16"), element("szCs", val="16")
    )


def _tell(document: Document, told: Mapping[str, str]) -> None:
    """Writes what a file says of itself, in properties of the file; long ones in several."""
    package = document.part.package
    said = {
        name if number == 0 else f"{name}-{number}": text[start : start + _CHUNK]
        for name, text in told.items()
        for number, start in enumerate(range(0, len(text), _CHUNK))
    }
    whole = parse_xml(f'<Properties xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"/>')
    parts = [
        relation.target_part
        for relation in package.rels.values()
        if relation.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES
    ]
    if parts:
        whole = parse_xml(parts[0].blob)
    first = 2 + len(whole)
    for number, (name, text) in enumerate(said.items(), first):
        made = parse_xml(f'<property xmlns="{_PROPERTIES}" xmlns:vt="{_TYPES}"><vt:lpwstr/></property>')
        made.set("fmtid", _FORMAT_ID)
        made.set("pid", str(number))
        made.set("name", name)
        made[0].text = text
        whole.append(made)
    blob = _as_bytes(whole)
    if parts:
        parts[0]._blob = blob  # noqa: SLF001  python-docx has no words for a part of another kind
    else:
        part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, blob, package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _as_bytes(whole: BaseOxmlElement) -> bytes:
    from docx.opc.oxml import serialize_part_xml

    return serialize_part_xml(whole)
