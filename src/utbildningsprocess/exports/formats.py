"""The formats a file can be saved in: one row each, light enough for a shell completion to read."""

from __future__ import annotations

from enum import StrEnum


class FileFormat(StrEnum):
    """A format of files; the value is the word people type, and the ending of the file's name."""

    MD = "md"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    TXT = "txt"
    XLSX = "xlsx"
    ICS = "ics"

    @property
    def is_text(self) -> bool:
        """Whether it can be written to a terminal or a pipe as text."""
        return self in (FileFormat.MD, FileFormat.HTML, FileFormat.TXT)
