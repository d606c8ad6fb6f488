"""What a Word file holds that is no text: boxes to tick, and bars. Imported only where python-docx is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from utbildningsprocess.exports.docx_xml import element

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

SIGNS = {False: "☐", True: "☒"}
BAR_COLOUR = "1F5A7A"
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_FONT = 'w14:font="Segoe UI Symbol"'


def checkbox(*, ticked: bool) -> BaseOxmlElement:
    """A box that a click or the space bar ticks, in Word 2010 and later; elsewhere its sign is shown."""
    state = f'<w14:checked w14:val="{int(ticked)}"/>'
    signs = f'<w14:checkedState w14:val="2612" {_FONT}/><w14:uncheckedState w14:val="2610" {_FONT}/>'
    return parse_xml(
        f'<w:sdt {nsdecls("w")} {_W14}><w:sdtPr><w:alias w:val="Kryssruta"/>'
        f"<w14:checkbox>{state}{signs}</w14:checkbox></w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{SIGNS[ticked]}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def bar(part: float, room: int, style: str) -> BaseOxmlElement:
    """An empty paragraph, coloured over a part of its `room`, in twentieths of a point."""
    named = element("pStyle", val=style)
    if part <= 0:
        return element("p", element("pPr", named))
    rest = round(room * (1 - min(1.0, part)))
    colour = element("shd", val="clear", color="auto", fill=BAR_COLOUR)
    return element("p", element("pPr", named, colour, element("ind", right=str(rest))))
