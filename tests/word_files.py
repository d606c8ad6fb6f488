"""Word files for tests: made of a stage, filled in by their XML as Word leaves it, and read back."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from forms import asking
from utbildningsprocess.exports.docx_file import to_docx_boxes
from utbildningsprocess.files.packed import unpacked
from utbildningsprocess.guide.form.definition import Form
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.guide.word.reply import WORD_PARTS, opened_word, word_reply
from utbildningsprocess.guide.word.sheet import fill_in_page, questions_on_sheet, sheet_text
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.pages.page import Page

if TYPE_CHECKING:
    from utbildningsprocess.guide.mail.asking import Asking
    from utbildningsprocess.guide.replies import Reply

DAY = date(2026, 11, 28)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MAIN = f'xmlns:w="{W[1:-1]}"'


def form_on_word(about: Asking, *, purpose=Purpose.ANSWER, only_open=False) -> Form:
    return Form(about, questions_on_sheet(about, about.stage, only_open=only_open), purpose, DAY)


def word_of(form: Form) -> bytes:
    page = Page("Samtalsguide", form.asking.title, (), page_blocks(sheet_text(form)), DAY)
    return to_docx_boxes(fill_in_page(form, page))


def read_back(data: bytes, about: Asking, name="svar.docx") -> Reply:
    file = opened_word(name, unpacked(data, name, WORD_PARTS))
    assert file.key is not None
    return word_reply(file, file.key, about, DAY)


class Paper:
    """A Word file that somebody is filling in."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            self.parts = {name: packed.read(name) for name in packed.namelist()}
        self.root = etree.fromstring(self.parts["word/document.xml"])
        self.body = self.root[0]

    def control(self, name: str) -> etree._Element:
        (tag,) = (tag for tag in self.root.iter(f"{W}tag") if tag.get(f"{W}val") == name)
        return tag.getparent().getparent()

    def write(self, name: str, text: str) -> None:
        """As Word does it: the text in place of the prompt, and the flag away."""
        control = self.control(name)
        for flag in list(control.iter(f"{W}showingPlcHdr")):
            flag.getparent().remove(flag)
        content = control.find(f"{W}sdtContent")
        content[:] = [self.run(text)]

    def tick(self, name: str, *, state=True, sign=True) -> None:
        control = self.control(name)
        if state:
            next(control.iter(f"{W14}checked")).set(f"{W14}val", "1")
        if sign:
            next(control.iter(f"{W}t")).text = "☒"

    @staticmethod
    def run(text: str) -> etree._Element:
        run = etree.Element(f"{W}r")
        for number, line in enumerate(text.split("\n")):
            if number:
                etree.SubElement(run, f"{W}br")
            etree.SubElement(run, f"{W}t").text = line
        return run

    def paragraph(self, text: str) -> etree._Element:
        made = etree.Element(f"{W}p")
        made.append(self.run(text))
        return made

    def row_of(self, name: str) -> etree._Element:
        return next(self.control(name).iterancestors(f"{W}tr"))

    def table_of(self, name: str) -> etree._Element:
        return next(self.control(name).iterancestors(f"{W}tbl"))

    def copy(self, element: etree._Element) -> etree._Element:
        """A copy right after it, as by copying and pasting: Word keeps the first bookmark of a name only."""
        made = deepcopy(element)
        for mark in [*made.iter(f"{W}bookmarkStart"), *made.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        element.addnext(made)
        return made

    def without_tags(self) -> None:
        """As LibreOffice 7.4 saves it."""
        for element in [*self.root.iter(f"{W}tag"), *self.root.iter(f"{W}alias")]:
            element.getparent().remove(element)
        for element in list(self.root.iter(f"{W}showingPlcHdr")):
            element.getparent().remove(element)

    def without_controls(self) -> None:
        """As by way of odt: what stood in a control is plain text."""
        for control in list(self.root.iter(f"{W}sdt")):
            parent, place = control.getparent(), control.getparent().index(control)
            parent[place : place + 1] = list(control.find(f"{W}sdtContent"))

    def without_bookmarks(self) -> None:
        for mark in [*self.root.iter(f"{W}bookmarkStart"), *self.root.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)

    def without_told(self) -> None:
        self.parts.pop("docProps/custom.xml")

    @property
    def data(self) -> bytes:
        self.parts["word/document.xml"] = etree.tostring(self.root)
        return packed_as(self.parts)


def packed_as(parts: dict[str, bytes], how=zipfile.ZIP_DEFLATED) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", how) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return made.getvalue()


__all__ = ["DAY", "MAIN", "W14", "Paper", "W", "asking", "form_on_word", "packed_as", "read_back", "word_of"]
