"""The proof in a made file: whole, it tells the day; touched anywhere, it tells nothing."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest

from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.exports.proof import sealed, sealed_on, unsealed

DAY = date(2026, 11, 26)


def a_zip() -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as file:
        file.writestr("ord", "hej")
    return made.getvalue()


BODIES = {
    FileFormat.MD: b"# Larm\n\nHej\n",
    FileFormat.HTML: b"<!doctype html><p>Hej</p>\n",
    FileFormat.TXT: b"\xc3\x84mne: Larm\n\nHej\n",
    FileFormat.PDF: b"%PDF-1.7\n\xff\r\n%%EOF\n",
    FileFormat.DOCX: a_zip(),
    FileFormat.XLSX: a_zip(),
    FileFormat.ICS: b"BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n",
}
FORMS = pytest.mark.parametrize("form", FileFormat)


@FORMS
def test_an_untouched_file_tells_its_day_and_what_it_was(form):
    whole = sealed(BODIES[form], form, DAY)
    assert sealed_on(whole, form) == DAY
    assert unsealed(whole, form) == BODIES[form]
    assert sealed_on(BODIES[form], form) is None
    assert unsealed(BODIES[form], form) == BODIES[form]


@FORMS
def test_a_change_anywhere_is_seen(form):
    whole = sealed(BODIES[form], form, DAY)
    for place in range(len(whole)):
        changed = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        assert sealed_on(changed, form) is None, place
    assert sealed_on(whole + b"x", form) is None
    assert sealed_on(b"x" + whole, form) is None
    assert sealed_on(whole.replace(b"2026-11-26", b"2026-13-41"), form) is None


@FORMS
@pytest.mark.parametrize("typed", [b"Ring Bo.\n", b"\n", b"utb gjorde filen 2026-11-26: " + b"0" * 32])
def test_what_is_typed_before_or_after_the_mark_is_not_taken_off_with_it(form, typed):
    whole = sealed(BODIES[form], form, DAY)
    place = whole.index(b"utb gjorde filen")
    end = place + len(b"utb gjorde filen 2026-11-26: ") + 32
    for changed in (whole + typed, whole[:end] + typed + whole[end:], whole[:place] + typed + whole[place:]):
        assert unsealed(changed, form) != BODIES[form]
        assert sealed_on(changed, form) is None


@pytest.mark.parametrize("form", [FileFormat.MD, FileFormat.HTML, FileFormat.TXT, FileFormat.ICS])
def test_a_checkout_with_other_newlines_is_no_change(form):
    whole = sealed(BODIES[form], form, DAY)
    lines = whole.replace(b"\r\n", b"\n")
    for checked_out in (lines, lines.replace(b"\n", b"\r\n")):
        assert sealed_on(checked_out, form) == DAY


@pytest.mark.parametrize("form", [FileFormat.DOCX, FileFormat.XLSX])
def test_a_file_with_its_proof_is_still_a_zip_file(form):
    with ZipFile(BytesIO(sealed(BODIES[form], form, DAY))) as file:
        assert file.testzip() is None
        assert file.read("ord") == b"hej"
