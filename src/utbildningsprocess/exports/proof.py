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
    return _marked(data, form, _mark_of(data, made))


def unsealed(data: bytes, form: FileFormat) -> bytes:
    """A made file as it was before it got its proof; as it is when it has none, or is followed by more."""
    whole = _as_made(data, form)
    mark = _mark_in(whole)
    if mark is None:
        return whole
    bare = _without(whole, form, mark)
    # What somebody has typed beside the mark is theirs, and is never taken off with it.
    return bare if _marked(bare, form, mark[0]) == whole else whole


def sealed_on(data: bytes, form: FileFormat) -> date | None:
    """The day a file was made that is as it was made; None for one that is changed or has no proof.

    A checkout that changed its newlines has not changed it.
    """
    whole = _as_made(data, form)
    mark = _mark_in(whole)
    if mark is None:
        return None
    try:
        made = date.fromisoformat(mark[1].decode("ascii"))
    except ValueError:
        return None
    return made if sealed(_without(whole, form, mark), form, made) == whole else None


def _mark_of(data: bytes, made: date) -> bytes:
    digest = sha256(made.isoformat().encode() + data).hexdigest()[:32]
    return f"utb gjorde filen {made.isoformat()}: {digest}".encode("ascii")


def _mark_in(whole: bytes) -> re.Match[bytes] | None:
    """The last mark near the end of a file."""
    return max(_MARK.finditer(whole, max(0, len(whole) - _LONGEST_TAIL)), key=re.Match.start, default=None)


def _marked(data: bytes, form: FileFormat, mark: bytes) -> bytes:
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


def _without(whole: bytes, form: FileFormat, mark: re.Match[bytes]) -> bytes:
    first, end = mark.span()
    match form:
        case FileFormat.MD | FileFormat.HTML:
            return whole[: first - len(b"<!-- ")]
        case FileFormat.TXT:
            return whole[: first - len(_SIGNED)]
        case FileFormat.PDF:
            return whole[: first - len(b"% ")]
        case FileFormat.DOCX | FileFormat.XLSX:
            return whole[: first - 2] + b"\0\0"
        case FileFormat.ICS:
            return whole[: first - len(_CALENDAR_MARK)] + whole[end:].removeprefix(b"\r\n")
        case _:
            assert_never(form)


def _as_made(data: bytes, form: FileFormat) -> bytes:
    """The bytes with the newlines they were made with."""
    if form.is_text:
        return data.replace(b"\r\n", b"\n")
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") if form is FileFormat.ICS else data
