"""Pages as files: a page in every format it can have, saved with its proof, and what is strange in it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace as replaced
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.documents.compose import dated, to_markdown
from utbildningsprocess.documents.kinds import PDF_PROGRAM, WORD_BASE
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.exports.proof import sealed_on
from utbildningsprocess.files.made import save_made
from utbildningsprocess.files.roots import template_bytes, template_folder, template_shown, template_text
from utbildningsprocess.swedish import joined
from utbildningsprocess.work.appearance import appearance_of
from utbildningsprocess.work.workspace import made_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from utbildningsprocess.documents.compose import Document
    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.pages.boxes import FillInPage
    from utbildningsprocess.pages.page import Page
    from utbildningsprocess.work.appearance import Appearance
    from utbildningsprocess.work.workspace import Workspace


class Made(NamedTuple):
    """A document in a format: its bytes, and what a person should know of it."""

    data: bytes
    notes: tuple[str, ...] = ()


class Saved(NamedTuple):
    """A file that was to be saved: where it is, whether it is new or changed, and what to know of it."""

    path: Path
    is_new: bool
    notes: tuple[str, ...] = ()


class PageFiles(ABC):
    """Pages of a workspace, put together once for all formats; what is strange with one is told once."""

    def __init__(self, workspace: Workspace, organisation: str) -> None:
        self.workspace = workspace
        self._organisation = organisation
        self._told: set[str] = set()
        self.day = made_date(workspace.today)
        """The day that they say they are made."""

    @abstractmethod
    def document(self, kind: DocumentKind) -> Document:
        """A page as it was put together from its template. Raises Broken when the template cannot be used."""

    @abstractmethod
    def make(self, kind: DocumentKind, form: FileFormat = FileFormat.MD) -> Made:
        """A document in a format, as bytes."""

    @abstractmethod
    def save(
        self, kind: DocumentKind, form: FileFormat, target: Path | None = None, *, replace: bool = False
    ) -> Saved:
        """Saves one document. One that somebody has edited is replaced only with `replace`."""

    @property
    @abstractmethod
    def folder(self) -> Path:
        """Where documents are saved when nobody says where."""

    @abstractmethod
    def path_of(self, kind: DocumentKind, form: FileFormat) -> Path:
        """Where a document is saved unless somebody says another place."""

    def is_empty(self, kind: DocumentKind, target: Path | None = None) -> bool:  # noqa: ARG002
        """Whether there is nothing to make a file of; a page always says something."""
        return False

    # ------------------------------------------------------------- making

    def _page(self, kind: DocumentKind, form: FileFormat, day: date) -> Made:
        """A page in one of the formats that pages have, as it is made on a day."""
        document = dated(self.document(kind), day)
        match form:
            case FileFormat.MD | FileFormat.HTML | FileFormat.TXT:
                return Made(_as_text(document, form).encode("utf-8"))
            case FileFormat.DOCX:
                return Made(word_file(self.workspace, document.page))
            case FileFormat.PDF:
                return self._pdf(document)
            case FileFormat.XLSX | FileFormat.ICS:
                raise refused(kind, form)
            case _:
                assert_never(form)

    def _pdf(self, document: Document) -> Made:
        from utbildningsprocess.exports.pdf import Program, to_pdf

        root, title = self.workspace.root, document.kind.title
        text, name = template_text(root, PDF_PROGRAM), template_shown(root, PDF_PROGRAM)
        program = Program(text, template_folder(root), name, is_own=name != PDF_PROGRAM)
        pdf = to_pdf(document.page, program)
        while document.kind.one_page and pdf.pages > 1 and document.room > 0:
            document = dated(self._shorter(document), document.page.made)
            pdf = to_pdf(document.page, program)
        notes = []
        if pdf.unshown:
            letters = " ".join(pdf.unshown)
            notes.append(f"{title}: inget typsnitt visar {letters} i PDF-filen. Där står \ufffd i stället.")
        if not pdf.is_for_archives:
            notes.append(f"{title}: PDF-filen går att läsa för alla, men är inte PDF/A, som arkiv vill ha.")
        if document.kind.one_page and pdf.pages > 1:
            notes.append(f"{title} blev {pdf.pages} sidor som PDF. Korta svaren om den ska få plats på en.")
        return Made(pdf.data, tuple(notes))

    def _shorter(self, document: Document) -> Document:
        """The document with less room for what its template says, until there is none."""
        return replaced(document, room=0)

    def _with_notes(self, kind: DocumentKind, form: FileFormat, made: Made) -> Made:
        """What is made, with what is strange in it whatever its format, and what it lacks in this one."""
        # A calendar has none of the words that are looked for in a page.
        strange = () if form is FileFormat.ICS else self._strange(kind)
        return Made(made.data, (*strange, *self._unlike(form), *made.notes))

    def _strange(self, kind: DocumentKind) -> Iterator[str]:
        """What is strange with a page whatever its format; told once."""
        if kind.id in self._told or not kind.is_page:
            return
        document, most = self.document(kind), kind.most_words
        self._told.add(kind.id)
        name = template_shown(self.workspace.root, kind.template)
        if most is not None and document.words > most:
            yield f"{kind.title} är {document.words} ord. Korta den gärna till högst {most}."
        if document.unsaid:
            yield f"{kind.title}: det här står inte med, för ingen har svarat: {joined(document.unsaid)}."
        if document.to_know:
            yield document.to_know
        if not document.text.strip():
            yield f"{name} ger ett tomt dokument. En mall börjar med en rubrik: # {{{{ titel }}}}"
        elif not document.text.startswith("# "):
            yield f"{name} börjar inte med en rubrik på nivå 1. Skriv till exempel: # {{{{ titel }}}}"

    @cached_property
    def _looks(self) -> Appearance:
        return appearance_of(self.workspace.root, self._organisation)

    def _unlike(self, form: FileFormat) -> Iterator[str]:
        """What is not in a document of a format though somebody wants it there; told once."""
        for note in (self._looks.note(form), self._wordless):
            if note and note not in self._told:
                self._told.add(note)
                yield note

    @property
    def _wordless(self) -> str:
        """What else is wanted and is in no document, in a sentence; empty when nothing is."""
        return ""

    # ------------------------------------------------------------- saving

    def _saved(
        self, path: Path, made: Made, form: FileFormat, *, replace: bool, is_same: Callable[[bytes], bool]
    ) -> Saved:
        """Saves what is made. Raises Edited, WrongUse or Broken as save_made does."""
        is_new = save_made(
            path,
            made.data,
            self.workspace.root,
            replace=replace,
            is_same=is_same,
            is_untouched=lambda present: sealed_on(present, form) is not None,
        )
        return Saved(path, is_new, made.notes)


def refused(kind: DocumentKind, form: str) -> WrongUse:
    """That there is no such document in a format, and in which there is one."""
    return WrongUse(f"{kind.title} finns inte som {form}, bara som {', '.join(kind.formats)}.")


def _as_text(document: Document, form: FileFormat) -> str:
    """A page in one of the formats that are text."""
    from utbildningsprocess.exports.html import to_html
    from utbildningsprocess.exports.txt import to_txt

    if form is FileFormat.MD:
        return to_markdown(document)
    return to_txt(document.page) if form is FileFormat.TXT else to_html(document.page)


def word_file(workspace: Workspace, page: Page) -> bytes:
    """A page as a Word file, in the organisation's own styles if it has any. WrongUse without python-docx."""
    from utbildningsprocess.exports.docx_file import to_docx

    root = workspace.root
    return to_docx(page, template_bytes(root, WORD_BASE), template_shown(root, WORD_BASE))


def boxes_file(workspace: Workspace, filled: FillInPage) -> bytes:
    """A page to fill in as a Word file, as `word_file` makes one."""
    from utbildningsprocess.exports.docx_file import to_docx_boxes

    root = workspace.root
    return to_docx_boxes(filled, template_bytes(root, WORD_BASE), template_shown(root, WORD_BASE))
