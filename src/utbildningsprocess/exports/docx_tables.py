"""Tables of a Word file, their header marked as one, and bars. Imported only where python-docx is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.exports.docx_styles import SHADE
from utbildningsprocess.exports.docx_xml import element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.oxml.xmlchemy import BaseOxmlElement

_BAR_COLOUR = "1F5A7A"
_LONG_ROW = 1500
"""Letters in a row that may be divided between two pages."""


def word_table(
    rows: Sequence[Sequence[BaseOxmlElement]],
    widths: Sequence[int],
    style: str,
    about: tuple[str, str] = ("", ""),
) -> BaseOxmlElement:
    """A table with a paragraph in each cell, its first row the header; widths in twentieths of a point.

    `about` is its title and what it says, for those who do not see it.
    """
    return element(
        "tbl",
        element("tblPr", *_properties(style, sum(widths), about)),
        element("tblGrid", *(element("gridCol", w=str(width)) for width in widths)),
        *(_row(row, widths, is_header=number == 0) for number, row in enumerate(rows)),
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


def _row(paragraphs: Sequence[BaseOxmlElement], widths: Sequence[int], *, is_header: bool) -> BaseOxmlElement:
    letters = sum(len(text) for paragraph in paragraphs for text in paragraph.itertext())
    marks = [
        *([element("cantSplit")] if letters < _LONG_ROW else []),
        *([element("tblHeader")] if is_header else []),
    ]
    placed = zip(paragraphs, widths, strict=True)
    cells = (_cell(paragraph, width, is_header=is_header) for paragraph, width in placed)
    return element("tr", element("trPr", *marks), *cells)


def _cell(paragraph: BaseOxmlElement, width: int, *, is_header: bool) -> BaseOxmlElement:
    shade = [element("shd", val="clear", color="auto", fill=SHADE)] if is_header else []
    return element("tc", element("tcPr", element("tcW", w=str(width), type="dxa"), *shade), paragraph)


def bar(share: float, room: int, style: str) -> BaseOxmlElement:
    """An empty paragraph, coloured over a share (0 to 1) of its `room`, in twentieths of a point."""
    named = element("pStyle", val=style)
    if share <= 0:
        return element("p", element("pPr", named))
    uncoloured = round(room * (1 - min(1.0, share)))
    colour = element("shd", val="clear", color="auto", fill=_BAR_COLOUR)
    return element("p", element("pPr", named, colour, element("ind", right=str(uncoloured))))
