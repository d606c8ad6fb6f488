"""A made document opened for whoever made it, and what is said when it cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.files.opening import is_opened
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import fold

if TYPE_CHECKING:
    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.work.page_files import PageFiles


def format_to_open(kind: DocumentKind | None, form: str | None, out: str | None) -> str | None:
    """The format to save in so that there is a file to open: what is asked for, else what needs no add-on.

    Raises WrongUse when nothing is to be saved.
    """
    if out == "-":
        raise WrongUse("--oppna öppnar en sparad fil, men -o - sparar ingen. Ta bort ett av dem.")
    if form or out or kind is None:
        return form
    return FileFormat.HTML if FileFormat.HTML in kind.formats else kind.formats[0]


def open_made(documents: PageFiles, kind: DocumentKind | None, form: str | None, out: str | None) -> str:
    """Opens what has been saved, the folder when it is several files; a sentence when it cannot be opened."""
    chosen = fold(form or "")
    path = Path(out) if out else documents.folder
    if kind and not out and not kind.is_for_each_occasion(chosen):
        path = documents.path_of(kind, FileFormat(chosen))
    if is_opened(path):
        return ""
    return f"{shown(path)} går inte att öppna härifrån. Öppna filen där du brukar läsa sådana."
