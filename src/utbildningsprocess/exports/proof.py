"""The proof in a made file that nobody has changed it: who has the file can tell, on any machine and day."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from typing import assert_never

from utbildningsprocess.exports.formats import FileFormat

_MARK = re.compile(rb"utb gjorde filen (\d{4}-\d\d-\d\d): [0-9a-f]{32}")
_LONGEST_TAIL = 200
"""How near the end of a file the mark stands."""
_SIGNED = b"-- \n"
"""What comes after this line is no part of a letter, to programs for mail."""
_CALENDAR_END = b"END:VCALENDAR\r\n"
_CALENDAR_MARK = b"X-UTB-GJORD:"


def sealed(data: bytes, form: FileFormat, made: date) -> bytes:
    """A made file with its proof, where programs that open it do not look."""
    digest = sha256(made.isoformat().encode() + data).hexdigest()[:32]
    mark = f"utb gjorde filen {made.isoformat()}: {digest}".encode("ascii")
    match form:
        case FileFormat.MD | FileFormat.HTML:
            return data + b"<!-- " + mark + b" -->\n"
        case FileFormat.TXT:
            return data + _SIGNED + mark + b"\n"
        case FileFormat.PDF:
            return data + b"% " + mark + b"\n"
        case FileFormat.DOCX | FileFormat.XLSX:
            # The comment of a zip file, with its length before it.
            return data[:-2] + len(mark).to_bytes(2, "little") + mark
        case FileFormat.ICS:
            return data.removesuffix(_CALENDAR_END) + _CALENDAR_MARK + mark + b"\r\n" + _CALENDAR_END
        case _:
            assert_never(form)


def unsealed(data: bytes, form: FileFormat) -> bytes:
    """A made file as it was before it got its proof; as it is when it has none."""
    data = _as_made(data, form)
    places = [mark for mark in _MARK.finditer(data) if mark.end() > len(data) - _LONGEST_TAIL]
    if not places:
        return data
    first, end = places[-1].span()
    match form:
        case FileFormat.MD | FileFormat.HTML:
            return data[: first - len(b"<!-- ")]
        case FileFormat.TXT:
            return data[: first - len(_SIGNED)]
        case FileFormat.PDF:
            return data[: first - len(b"% ")]
        case FileFormat.DOCX | FileFormat.XLSX:
            return data[: first - 2] + b"\0\0"
        case FileFormat.ICS:
            return data[: first - len(_CALENDAR_MARK)] + data[end:].removeprefix(b"\r\n")
        case _:
            assert_never(form)


def sealed_on(data: bytes, form: FileFormat) -> date | None:
    """The day a file was made that is as it was made; None for one that is changed or has no proof.

    A checkout that changed its newlines has not changed it.
    """
    mark = _MARK.search(data, max(0, len(data) - _LONGEST_TAIL))
    if mark is None:
        return None
    try:
        made = date.fromisoformat(mark[1].decode("ascii"))
    except ValueError:
        return None
    whole = _as_made(data, form)
    return made if sealed(unsealed(whole, form), form, made) == whole else None


def _as_made(data: bytes, form: FileFormat) -> bytes:
    """The bytes with the newlines they were made with."""
    if form.is_text:
        return data.replace(b"\r\n", b"\n")
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if form is FileFormat.ICS else data
