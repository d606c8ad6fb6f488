"""A page as a Word file: real styles and headings, A4, Swedish, the same bytes for the same page."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.extras import need

if TYPE_CHECKING:
    from docx.document import Document

    from utbildningsprocess.pages.page import Page

_TYPES = "[Content_Types].xml"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_UNREADABLE = (BadZipFile, zlib.error, KeyError, ValueError, LookupError, SyntaxError, OSError, RuntimeError)
"""What a file that is no Word file may raise; an XML error of lxml is a SyntaxError."""


def to_docx(page: Page, base: bytes | None = None, base_name: str = "Mallen") -> bytes:
    """The page as a Word file.

    `base` is an organisation's own file: its styles, paper, header and footer are kept, its text is not.
    `base_name` is what people call it.
    Raises WrongUse when python-docx is not installed, Broken when the base cannot be read.
    """
    need("docx", "docx", "Word-filer")
    from utbildningsprocess.exports.docx_body import Body
    from utbildningsprocess.exports.docx_frame import set_frame, set_properties, text_width

    document = _ours() if base is None else _theirs(base, base_name)
    Body(document, page, text_width(document.sections[-1])).write()
    set_frame(document, page)
    set_properties(document, page)
    made = BytesIO()
    document.save(made)
    return _sealed(made)


def _ours() -> Document:
    import docx

    from utbildningsprocess.exports.docx_frame import set_paper
    from utbildningsprocess.exports.docx_styles import lay_styles, set_language, set_settings

    document = docx.Document()
    set_paper(document.sections[-1])
    set_language(document)
    set_settings(document)
    lay_styles(document, is_ours=True)
    return document


def _theirs(base: bytes, name: str) -> Document:
    import docx

    from utbildningsprocess.exports.docx_frame import keep_frame
    from utbildningsprocess.exports.docx_styles import lay_styles, set_language

    try:
        document = docx.Document(BytesIO(base))
        keep_frame(document)
        set_language(document)
        lay_styles(document, is_ours=False)
    except _UNREADABLE:
        raise Broken(
            f"{name} går inte att läsa som en Word-fil; spara den i Word som ett vanligt dokument (.docx)."
        ) from None
    return document


def _sealed(made: BytesIO) -> bytes:
    """The same file with its parts in a fixed order and nothing that tells when and where it was made."""
    sealed = BytesIO()
    with ZipFile(made) as parts, ZipFile(sealed, "w") as target:
        for name in sorted(parts.namelist(), key=lambda name: (name != _TYPES, name)):
            entry = ZipInfo(name, _ZIP_TIME)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 0
            target.writestr(entry, parts.read(name))
    return sealed.getvalue()
