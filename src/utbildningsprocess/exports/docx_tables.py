"""Tables of a Word file, with a header that is told to be one. Imported only where python-docx is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.exports.docx_styles import SHADE
from utbildningsprocess.exports.docx_xml import element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement

    Cell = BaseOxmlElement
    """A paragraph."""

_LONG_ROW = 1500
"""Letters in a row that may be divided between two pages."""


def table(
    rows: Sequence[Sequence[Cell]], widths: Sequence[int], style: str, about: tuple[str, str] = ("", "")
) -> BaseOxmlElement:
    """A table of paragraphs, its first row the header; widths in twentieths of a point.

    `about` is its title and what it says, for those who do not see it.
    """
    header, *others = rows
    return element(
        "tbl",
        element("tblPr", *_properties(style, sum(widths), about)),
        element("tblGrid", *(element("gridCol", w=str(width)) for width in widths)),
        _row(header, widths, is_header=True),
        *(_row(row, widths, is_header=False) for row in others),
    )


def _properties(style: str, width: int, about: tuple[str, str]) -> list[BaseOxmlElement]:
    described = zip(("tblCaption", "tblDescription"), about, strict=True)
    return [
        element("tblStyle", val=style),
        element("tblW", w=str(width), type="dxa"),
        element("tblLayout", type="fixed"),
        element(
            "tblLook",
            val="0020",
            firstRow="1",
            lastRow="0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        ),
        *(element(tag, val=text) for tag, text in described if text),
    ]


def _row(cells: Sequence[Cell], widths: Sequence[int], *, is_header: bool) -> BaseOxmlElement:
    letters = sum(len(text) for cell in cells for text in cell.itertext())
    marks = [
        *([element("cantSplit")] if letters < _LONG_ROW else []),
        *([element("tblHeader")] if is_header else []),
    ]
    made = (_cell(cell, width, is_header=is_header) for cell, width in zip(cells, widths, strict=True))
    return element("tr", element("trPr", *marks), *made)


def _cell(paragraph: Cell, width: int, *, is_header: bool) -> BaseOxmlElement:
    shade = [element("shd", val="clear", color="auto", fill=SHADE)] if is_header else []
    return element("tc", element("tcPr", element("tcW", w=str(width), type="dxa"), *shade), paragraph)
