"""A page as a Word file: real styles and headings, A4, Swedish, the same bytes for the same page."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from utbildningsprocess.exports.extras import need
from utbildningsprocess.exports.layout import is_for_the_wall

if TYPE_CHECKING:
    from docx.document import Document

    from utbildningsprocess.pages.boxes import FillInPage
    from utbildningsprocess.pages.page import Page


def to_docx(page: Page, base: bytes | None = None, base_name: str = "Mallen") -> bytes:
    """The page as a Word file.

    `base` is an organisation's own file: its styles, paper, header and footer are kept, its text is not.
    `base_name` is what people call it.
    Raises WrongUse when python-docx is not installed, Broken when the base cannot be read.
    """
    need("docx", "docx", "Word-filer")
    from utbildningsprocess.exports.docx_body import Body
    from utbildningsprocess.exports.docx_frame import emptied, new_document, set_frame, text_width

    hangs = is_for_the_wall(page)
    document = new_document(for_the_wall=hangs) if base is None else emptied(base, base_name)
    Body(document, page, text_width(document.sections[-1])).write()
    set_frame(document, page)
    return _saved(document)


def to_docx_boxes(filled: FillInPage, base: bytes | None = None, base_name: str = "Mallen") -> bytes:
    """A page to fill in as a Word file whose boxes can be found again, as `to_docx` makes one."""
    need("docx", "docx", "Word-filer")
    from utbildningsprocess.exports.docx_body import Body
    from utbildningsprocess.exports.docx_boxes import write_boxes
    from utbildningsprocess.exports.docx_frame import emptied, new_document, set_frame, text_width

    document = new_document() if base is None else emptied(base, base_name)
    width = text_width(document.sections[-1])
    write_boxes(document, Body(document, filled.page, width), filled, width)
    set_frame(document, filled.page)
    return _saved(document)


def _saved(document: Document) -> bytes:
    made = BytesIO()
    document.save(made)
    return _sealed(made)


def _sealed(made: BytesIO) -> bytes:
    """The same file with its parts in a fixed order and nothing that tells when and where it was made."""
    sealed = BytesIO()
    with ZipFile(made) as parts, ZipFile(sealed, "w") as target:
        for name in sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = ZipInfo(name)  # of 1980, as long as nobody says when
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            target.writestr(entry, parts.read(name))
    return sealed.getvalue()
