"""The lists of a Word file: bullets, boxes to tick, and numbers that each list begins anew.

Imported only where python-docx is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart

from utbildningsprocess.exports.docx_styles import STEP, list_style
from utbildningsprocess.exports.docx_xml import element, run

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.numbering import CT_Numbering
    from docx.oxml.xmlchemy import BaseOxmlElement

BULLETS, NUMBERS = "List Bullet", "List Number"
_LEVELS = 9
"""How many levels a list of Word's can have."""
_MARKS = "•–"
_W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
_FONT = 'w14:font="Segoe UI Symbol"'


class Lists:
    """The lists of one document: each gets numbering as its style says, ours where it says nothing."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._numbering = _numbering(document)
        self._own: dict[str, int] = {}

    def begin(self, name: str, depth: int, start: int) -> list[BaseOxmlElement]:
        """The `numPr` of a new list of a style and depth; nothing where the style itself is enough."""
        of_style = self._of_style(list_style(name, depth))
        if of_style is not None and name == BULLETS:
            return []
        abstract, level = of_style or (self._ours(name), min(depth, _LEVELS) - 1)
        number = str(1 + max((present.numId for present in self._numbering.num_lst), default=0))
        made = element("num", element("abstractNumId", val=str(abstract)), numId=number)
        if name == NUMBERS:
            made.append(element("lvlOverride", element("startOverride", val=str(start)), ilvl=str(level)))
        self._numbering.insert_element_before(made, "w:numIdMacAtCleanup")
        return [element("numPr", element("ilvl", val=str(level)), element("numId", val=number))]

    def _of_style(self, style: str) -> tuple[int, int] | None:
        """The list definition and the level that a style points at."""
        pointer = self._document.styles[style].element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if pointer is None or pointer.numId is None:
            return None
        level = 0 if pointer.ilvl is None else pointer.ilvl.val
        for present in self._numbering.num_lst:
            if present.numId == pointer.numId.val:
                return present.abstractNumId.val, level
        return None

    def _ours(self, name: str) -> int:
        """The list definition that we add for bullets or numbers, once."""
        if name not in self._own:
            definitions = self._numbering.findall(qn("w:abstractNum"))
            taken = [int(definition.get(qn("w:abstractNumId"))) for definition in definitions]
            self._own[name] = max(taken, default=-1) + 1
            multilevel = element("multiLevelType", val="hybridMultilevel")
            levels = (_level(name, depth) for depth in range(_LEVELS))
            made = element("abstractNum", multilevel, *levels, abstractNumId=str(self._own[name]))
            self._numbering.insert_element_before(made, "w:num", "w:numIdMacAtCleanup")
        return self._own[name]


def _level(name: str, depth: int) -> BaseOxmlElement:
    is_bullet = name == BULLETS
    return element(
        "lvl",
        element("start", val="1"),
        element("numFmt", val="bullet" if is_bullet else "decimal"),
        element("lvlText", val=_MARKS[depth % len(_MARKS)] if is_bullet else f"%{depth + 1}."),
        element("lvlJc", val="left"),
        element("pPr", element("ind", left=str(STEP * (depth + 1)), hanging=str(STEP))),
        ilvl=str(depth),
    )


def _numbering(document: Document) -> CT_Numbering:
    """The numbering of a document, added when it has had no list so far."""
    body = document.part
    if all(relation.reltype != RELATIONSHIP_TYPE.NUMBERING for relation in body.rels.values()):
        empty = f"<w:numbering {nsdecls('w')}/>".encode()
        name = PackURI("/word/numbering.xml")
        made = NumberingPart.load(name, CONTENT_TYPE.WML_NUMBERING, empty, body.package)
        body.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
    numbering: CT_Numbering = body.numbering_part.element
    return numbering


def checkbox(*, ticked: bool) -> BaseOxmlElement:
    """A box that a click or the space bar ticks, in Word 2010 and later; elsewhere its sign is shown."""
    properties = element("sdtPr", element("alias", val="Kryssruta"), checkbox_state(ticked=ticked))
    return element("sdt", properties, element("sdtContent", run("☒" if ticked else "☐")))


def checkbox_state(*, ticked: bool) -> BaseOxmlElement:
    """What makes a control a box to tick, and says whether it is ticked."""
    state = f'<w14:checked w14:val="{int(ticked)}"/>'
    signs = f'<w14:checkedState w14:val="2612" {_FONT}/><w14:uncheckedState w14:val="2610" {_FONT}/>'
    return parse_xml(f"<w14:checkbox {_W14}>{state}{signs}</w14:checkbox>")
