"""WordprocessingML by hand, for what python-docx has no words for. Imported only where python-docx is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement


def element(tag: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element of Word's main namespace, its attributes too."""
    made = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): value for name, value in attributes.items()})
    made.extend(children)
    return made


def run(text: str, *looks: BaseOxmlElement) -> BaseOxmlElement:
    """A run of text, with the properties that say how its letters look."""
    made = element("r", *([element("rPr", *looks)] if looks else []))
    made.text = text
    return made


def parsed(tag: str, inner: str) -> BaseOxmlElement:
    """An element with the XML inside it: for XML of ours, never for text that somebody wrote."""
    return parse_xml(f"<w:{tag} {nsdecls('w')}>{inner}</w:{tag}>")


def first_child(parent: BaseOxmlElement, tag: str) -> BaseOxmlElement:
    """The child of a kind, put first when there is none."""
    child: BaseOxmlElement | None = parent.find(qn(f"w:{tag}"))
    if child is None:
        child = element(tag)
        parent.insert(0, child)
    return child
