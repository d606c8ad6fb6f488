"""What stands round the text of a Word file: paper, header, footer, and what the file says of itself.

Imported only where python-docx is.
"""

from __future__ import annotations

import zlib
from copy import deepcopy
from datetime import UTC, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile

import docx
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Length, Mm

from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.docx_styles import lay_styles, set_language, set_settings, style_ids
from utbildningsprocess.exports.docx_xml import element, run
from utbildningsprocess.exports.extras import Missing
from utbildningsprocess.exports.layout import (
    LOCALE,
    kind_and_number,
    marginal,
    page_title,
    printable,
    status_fact,
)
from utbildningsprocess.exports.logo import as_png

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section, _Footer, _Header

    from utbildningsprocess.pages.page import Logo, Page

_UNREADABLE = (BadZipFile, zlib.error, LookupError, ValueError, SyntaxError, OSError, RuntimeError)
"""What a file that is no Word file may raise; an XML error of lxml is a SyntaxError."""
_NOT_WORD = (*_UNREADABLE, AttributeError, TypeError)
"""What a file may raise that has the parts of a Word file, with something else in them."""
_LONGEST_PROPERTY = 255
_MARGIN, _ABOVE, _WALL_MARGIN, _EDGE = Mm(25), Mm(21), Mm(22), Mm(10)
_LOGO = (Mm(55), Mm(11))
"""How wide and high a logo may be."""
_A4 = (Mm(210), Mm(297))
_STOPS_OF_WORD = (4320, 4513, 4536, 4680, 8640, 9026, 9072, 9360)


def new_document(*, for_the_wall: bool = False) -> Document:
    """An empty document of ours: A4, which lies down to be put on a wall, Swedish, with our styles."""
    document = docx.Document()
    section = document.sections[-1]
    section.page_width, section.page_height = _A4[::-1] if for_the_wall else _A4
    if for_the_wall:
        section.orientation = WD_ORIENT.LANDSCAPE
    beside, above = (_WALL_MARGIN, _WALL_MARGIN) if for_the_wall else (_MARGIN, _ABOVE)
    section.left_margin = section.right_margin = beside
    section.top_margin = section.bottom_margin = above
    section.header_distance = section.footer_distance = _EDGE
    set_language(document)
    set_settings(document)
    lay_styles(document, is_ours=True, for_the_wall=for_the_wall)
    return document


def emptied(base: bytes, name: str) -> Document:
    """An organisation's own document without its text, in Swedish, with the styles it lacks.

    Raises Broken, with what people call it, when it cannot be read.
    """
    try:
        document = docx.Document(BytesIO(base))
        _try_parts(document)
        _keep_frame(document)
        set_language(document)
        lay_styles(document, is_ours=False)
    except _NOT_WORD:
        raise Broken(
            f"{name} går inte att läsa som en Word-fil; spara den i Word som ett vanligt dokument (.docx)."
        ) from None
    return document


def _try_parts(document: Document) -> None:
    """Looks into the parts that are written to later: what is wrong with one is raised here."""
    _ = document.core_properties.title
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            _ = relation.target_part.element.num_lst


def _keep_frame(document: Document) -> None:
    """Empties a document, but keeps its last section and the headers and footers that section shows."""
    body = document.element.body
    last = body.get_or_add_sectPr()
    references: dict[tuple[str, str], BaseOxmlElement] = {}
    for section in body.iter(qn("w:sectPr")):
        for kind in ("headerReference", "footerReference"):
            for reference in section.findall(qn(f"w:{kind}")):
                references[kind, reference.get(qn("w:type"))] = reference
    for (kind, of_type), reference in reversed(references.items()):
        if all(own.get(qn("w:type")) != of_type for own in last.findall(qn(f"w:{kind}"))):
            last.insert(0, reference)
    body[:] = [last]


def text_width(section: Section) -> int:
    """How wide the text is, in twentieths of a point."""
    width = section.page_width or _A4[0]
    margins = (section.left_margin or Length(0)) + (section.right_margin or Length(0)) + (section.gutter or 0)
    return int(Length(width - margins).twips)


def set_frame(document: Document, page: Page) -> None:
    """Writes what the file says of itself, and header and footer where it has none with anything in it."""
    _set_properties(document, page)
    section = document.sections[-1]
    if not (_has_content(section.first_page_header) or _has_content(section.first_page_footer)):
        section.different_first_page_header_footer = False
    width, styles = text_width(section), style_ids(document)
    is_bare = not (_has_content(section.header) or _has_content(section.first_page_header))
    kind = marginal(kind_and_number(page))
    top = "\t".join(filter(None, (kind, marginal(page.organisation))))
    pages = [] if page.in_parts else [run("Sida "), _field("PAGE"), run(" av "), _field("NUMPAGES")]
    foot = [[run(marginal(page.foot))], [run(marginal(status_fact(page))), run("\t"), *pages]]
    for edge, style, lines in ((section.header, "Header", [[run(top)]]), (section.footer, "Footer", foot)):
        if not _has_content(edge):
            edge.is_linked_to_previous = False
            edge._element[:] = [_line(styles[style], width, runs) for runs in lines]  # noqa: SLF001  as below
    if page.logo and is_bare:
        _head_first_page(section, page.logo, _line(styles["Header"], width, [run(f"{kind}\t")]))


def _head_first_page(section: Section, logo: Logo, line: BaseOxmlElement) -> None:
    """Gives the first page a header of its own, a line that ends with the logo, and the footer of the others.

    Where the logo cannot be made a picture for Word, the first page is as the others.
    """
    try:
        png = as_png(logo)
    except (Missing, Broken):
        return
    section.different_first_page_header_footer = True
    head, foot = section.first_page_header, section.first_page_footer
    head.is_linked_to_previous = foot.is_linked_to_previous = False
    head._element[:] = [line]  # noqa: SLF001  as above
    foot._element[:] = deepcopy(list(section.footer._element))  # noqa: SLF001  as above
    picture = head.paragraphs[0].add_run().add_picture(BytesIO(png))
    scale = min(limit / size for limit, size in zip(_LOGO, (picture.width, picture.height), strict=True))
    picture.width, picture.height = Length(picture.width * scale), Length(picture.height * scale)
    picture._inline.docPr.set("descr", printable(logo.words))  # noqa: SLF001  python-docx has no words for it


def _has_content(edge: _Header | _Footer) -> bool:
    if edge.is_linked_to_previous:
        return False
    tags = {qn(f"w:{tag}") for tag in ("drawing", "pict", "object", "fldSimple", "instrText")}
    nodes = edge._element.iter()  # noqa: SLF001 - python-docx shows paragraphs and tables, not text boxes
    return any(node.tag in tags or (node.tag == qn("w:t") and (node.text or "").strip()) for node in nodes)


def _line(style: str, width: int, runs: list[BaseOxmlElement]) -> BaseOxmlElement:
    """A line with one stop, at the right edge; those that Word's own style has are cleared."""
    cleared = (element("tab", val="clear", pos=str(place)) for place in _STOPS_OF_WORD)
    stops = element("tabs", *cleared, element("tab", val="right", pos=str(width)))
    return element("p", element("pPr", element("pStyle", val=style), stops), *runs)


def _field(instruction: str) -> BaseOxmlElement:
    return element("fldSimple", run("1"), instr=f" {instruction} ")


def _set_properties(document: Document, page: Page) -> None:
    """Writes title, subject, author, language and the day it was made into the file, and no time of day."""
    about = document.core_properties
    said = (page_title(page), page.kind, page.organisation)
    about.title, about.subject, about.author = (printable(text)[:_LONGEST_PROPERTY] for text in said)
    about.last_modified_by = about.author
    about.language = LOCALE
    about.comments = about.keywords = about.category = ""
    about.created = about.modified = datetime.combine(page.made, time(), UTC)
    about.revision = 1
