"""How an organisation's documents look: its logo, or why they are made without it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.extras import Missing
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.exports.logo import as_png, logo_in
from utbildningsprocess.files.logo import logo_bytes

if TYPE_CHECKING:
    from utbildningsprocess.documents.compose import Document
    from utbildningsprocess.files.roots import Root
    from utbildningsprocess.pages.page import Logo

_WITH_LOGO = (FileFormat.HTML, FileFormat.DOCX, FileFormat.PDF)
_NAMELESS = "Logga"


class Appearance(NamedTuple):
    """What documents are dressed in, and what is wrong with it."""

    logo: Logo | None = None
    trouble: str = ""

    def on(self, document: Document) -> Document:
        """The document with the logo at its head, if there is one."""
        return replace(document, page=replace(document.page, logo=self.logo)) if self.logo else document

    def note(self, form: FileFormat) -> str:
        """Why a document in that format lacks the logo, in a sentence; empty when it does not."""
        if self.trouble and form in _WITH_LOGO:
            return self.trouble
        if self.logo and form is FileFormat.DOCX:
            try:
                as_png(self.logo)
            except (Missing, Broken) as trouble:
                return f"Word-filen görs utan logga. {trouble}"
        return ""


def appearance_of(root: Root, organisation: str) -> Appearance:
    """The looks that utb.yaml asks for; those of an organisation with that name."""
    if not root.settings.logo:
        return Appearance()
    try:
        return Appearance(logo_in(logo_bytes(root), root.settings.logo, organisation or _NAMELESS))
    except Broken as trouble:
        return Appearance(trouble=f"{trouble} Dokumenten görs utan logga.")
