"""The report on a folder's initiatives as files: the page in every format, and the figures as a workbook."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from utbildningsprocess.documents.kinds import OF_ALL
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.exports.proof import sealed, unsealed
from utbildningsprocess.files.roots import template_shown, template_text
from utbildningsprocess.work.page_files import Made, PageFiles, Saved, refused
from utbildningsprocess.work.portfolio.state_page import state_page

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.documents.compose import Document
    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.work.portfolio.listing import Portfolio
    from utbildningsprocess.work.workspace import Workspace


class StateReport(PageFiles):
    """The state of the initiatives of a folder, as they were read."""

    def __init__(self, workspace: Workspace, portfolio: Portfolio) -> None:
        super().__init__(workspace, workspace.settings.organisation)
        self.portfolio = portfolio

    @cached_property
    def _document(self) -> Document:
        root = self.workspace.root
        template, name = template_text(root, OF_ALL.template), template_shown(root, OF_ALL.template)
        return self._looks.on(state_page(self.portfolio, self.workspace, template, name))

    def document(self, kind: DocumentKind = OF_ALL) -> Document:  # noqa: ARG002  there is one
        """The page. Raises Broken when its template cannot be used."""
        return self._document

    def make(self, kind: DocumentKind = OF_ALL, form: FileFormat = FileFormat.MD) -> Made:
        """The report in a format, as bytes. Raises WrongUse where it cannot be had."""
        if form not in kind.formats:
            raise refused(kind, form)
        made = self._workbook() if form is FileFormat.XLSX else self._page(kind, form, self.day)
        return self._with_notes(kind, form, made._replace(data=sealed(made.data, form, self.day)))

    def _workbook(self) -> Made:
        from utbildningsprocess.work.portfolio.workbook import state_workbook

        return Made(state_workbook(self.portfolio, self.workspace, self.day))

    @property
    def folder(self) -> Path:
        """Where the report is saved when nobody says where: beside the folders of the initiatives."""
        return self.workspace.root.documents

    def path_of(self, kind: DocumentKind, form: FileFormat) -> Path:
        """Where the report is saved unless somebody says another place."""
        return self.folder / f"{kind.id}.{form}"

    def save(
        self, kind: DocumentKind, form: FileFormat, target: Path | None = None, *, replace: bool = False
    ) -> Saved:
        """Saves the report. Raises as `make`, and Edited, WrongUse or Broken as save_made does."""
        made = self.make(kind, form)

        def is_same(present: bytes) -> bool:
            return unsealed(present, form) == unsealed(made.data, form)

        return self._saved(target or self.path_of(kind, form), made, form, replace=replace, is_same=is_same)
