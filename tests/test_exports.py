"""Documents in every format: the same words, a real structure, and nothing that runs."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from making import BATTERY, KIND, ROOT, TODAY, made, only_behov, whole, with_texts
from utbildningsprocess.exports.docx_file import to_docx
from utbildningsprocess.exports.html import to_html
from utbildningsprocess.exports.ics import to_ics
from utbildningsprocess.exports.pdf import Program, to_pdf
from utbildningsprocess.files.roots import template_bytes, template_text
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.pictures.mermaid import mermaid
from utbildningsprocess.pictures.svg import svgs

PROGRAM = Program(template_text(ROOT, "sida.typ"))
EVIL = "<script>alert(1)</script> {{ 7*7 }} #let x = 1 =1+1 ]]> \u202evänd & “å”"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Tags(HTMLParser):
    """The tags of a page, and what its attributes say."""

    def __init__(self, text) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def without_items(text):
    return [tag for tag in Tags(text).tags if tag not in {"li", "p", "rect", "strong", "text"}]


def evil():
    return with_texts(lambda _: EVIL)


# ---------------------------------------------------------------------- HTML


@pytest.mark.parametrize("name", KIND)
def test_a_web_page_is_swedish_has_one_heading_and_fetches_nothing(name):
    text = to_html(made(name, whole()).page)
    seen = Tags(text)
    assert '<html lang="sv">' in text
    assert (
        seen.tags.count("h1") == seen.tags.count("main") == seen.tags.count("title") - text.count("<svg") == 1
    )
    assert not {"script", "img", "iframe", "link", "object"} & set(seen.tags)
    assert not [key for key, value in seen.attributes if key.startswith("on") or key == "src"]
    levels = [int(tag[1]) for tag in seen.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_web_page_says_of_itself_whose_it_is_and_when_it_was_made():
    page = to_html(made("lardomar", whole()).page)
    assert '<meta name="author" content="Exempelregionen, Höglandets sjukhus (fiktivt)">' in page
    assert '<meta name="dcterms.created" content="2025-06-01">' in page
    assert 'name="author"' not in to_html(made("lardomar", {}).page)


@pytest.mark.parametrize("name", KIND)
def test_what_somebody_wrote_is_text_on_a_web_page(name):
    text = to_html(made(name, evil()).page)
    plain = to_html(made(name, with_texts(lambda _: "Text")).page)
    # The advice of the thread check depends on the words, so the number of its list items may differ,
    # how long they are decides how many headwords an invitation has room for, and how many sheets go on
    # the wall.
    kept = set if name == "larresa" else list
    assert kept(without_items(text)) == kept(without_items(plain))
    assert "alert(1)</script>" not in text
    assert "\u202e" not in text


@pytest.mark.parametrize("marks", ["- ", "1. ", "- [ ] "])
def test_text_set_in_deeper_than_anybody_can_follow_is_in_every_format(marks, tmp_path):
    indent = " " * len(marks.removesuffix("[ ] "))
    text = "# Djupt\n\n" + "".join(f"{indent * depth}{marks}Djup{depth:02}.\n" for depth in range(40))
    shown = replace(made("lardomar", whole()).page, body=page_blocks(text))
    words = {f"Djup{depth:02}." for depth in range(40)}
    assert set(re.findall(r"Djup\d\d\.", to_html(shown))) == words
    parts = zipfile.ZipFile(BytesIO(to_docx(shown, template_bytes(ROOT, "bas.docx"))))
    assert set(re.findall(r"Djup\d\d\.", parts.read("word/document.xml").decode())) == words
    if shutil.which("pdftotext"):
        assert set(re.findall(r"Djup\d\d\.", pages(to_pdf(shown, PROGRAM).data, tmp_path)[1])) == words


def test_tables_and_boxes_can_be_heard():
    text = to_html(made("checklista", whole()).page)
    assert (
        text.count('<li><label><input type="checkbox"> ')
        == made("checklista", whole()).text.count("- [ ]")
        > 0
    )
    table = to_html(made("uppfoljningsrapport", whole()).page)
    assert '<th scope="col">' in table
    assert 'tabindex="0" role="region" aria-label="Tabell 1: Utlovat och uppnått"' in table


# ------------------------------------------------------------------- pictures


@pytest.mark.parametrize("answers", [whole(), evil()], ids=["exempel", "ont"])
@pytest.mark.parametrize("name", ["larresa", "trad", "utfall", "orsaker"])
def test_a_picture_is_sound_xml_with_the_same_in_words(answers, name):
    pictures = made("larresa", answers).page.pictures
    picture = pictures[name]
    root = ET.fromstring(svgs(picture)[0])  # noqa: S314  our own text
    titles = [one.text for one in root.iter("{http://www.w3.org/2000/svg}title")]
    assert titles == [picture.title]
    assert root.get("role") == "img"
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "rect",
        "circle",
        "text",
    }
    assert picture.words


@pytest.mark.parametrize("name", ["larresa", "trad", "utfall", "orsaker"])
def test_no_answer_can_speak_to_mermaid(name):
    drawn = mermaid(made("larresa", evil()).page.pictures[name])
    assert not set('<>{}[];#%&"') & set(re.sub(r'"[^"]*"|\[[^\]]*\]|-->', "", drawn))


# ----------------------------------------------------------------------- Word


def parts(data):
    return zipfile.ZipFile(BytesIO(data))


@pytest.mark.parametrize("name", KIND)
def test_a_word_file_has_headings_language_and_the_same_bytes_twice(name):
    data = to_docx(made(name, whole()).page)
    assert to_docx(made(name, whole()).page) == data
    document = ET.fromstring(parts(data).read("word/document.xml"))  # noqa: S314  our own file
    styles = [one.get(f"{WORD}val") for one in document.iter(f"{WORD}pStyle")]
    assert styles[0] in ("Heading1", "Title")
    assert 'w:val="sv-SE"' in parts(data).read("word/styles.xml").decode()
    paper = 'w:w="16838" w:h="11906"' if name == "larresa" else 'w:w="11906" w:h="16838"'
    assert paper in parts(data).read("word/document.xml").decode()
    tables = list(document.iter(f"{WORD}tbl"))
    assert all(table.find(f".//{WORD}tblHeader") is not None for table in tables)


@pytest.mark.parametrize("name", ["uppdragsbeskrivning", "lardomar"])
def test_what_somebody_wrote_is_text_in_a_word_file(name):
    text = parts(to_docx(made(name, evil()).page)).read("word/document.xml").decode()
    assert "&lt;script&gt;" in text
    assert "{{ 7*7 }}" in text


@pytest.mark.experiment
def test_word_opens_in_an_office_program_on_one_page_where_one_is_promised(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    for name in KIND:
        (tmp_path / f"{name}.docx").write_bytes(to_docx(made(name, whole()).page))
    home = f"-env:UserInstallation=file://{tmp_path}/hem"
    files_in = [f"{name}.docx" for name in KIND]
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files_in]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=240)
    counted = {name: pages((tmp_path / f"{name}.pdf").read_bytes(), tmp_path)[0] for name in KIND}
    # Calibri is what Word has; another font may be wider, and what stands in for it here is Carlito.
    if "Carlito" in subprocess.run(["fc-list"], capture_output=True, text=True, check=False).stdout:
        assert {name: counted[name] for name in KIND if KIND[name].one_page} == dict.fromkeys(
            (name for name in KIND if KIND[name].one_page), 1
        )


# ------------------------------------------------------------------------ PDF


@pytest.mark.parametrize("name", KIND)
def test_a_pdf_keeps_its_standard_and_is_the_same_twice(name):
    """The compiler refuses what is not PDF/UA-1."""
    data = to_pdf(made(name, whole()).page, PROGRAM).data
    assert data.startswith(b"%PDF-")
    assert to_pdf(made(name, whole()).page, PROGRAM).data == data
    assert to_pdf(made(name, only_behov()).page, PROGRAM).data.startswith(b"%PDF-")


def pages(data, tmp_path):
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler-utils is not installed")
    (tmp_path / "a.pdf").write_bytes(data)
    found = subprocess.run(
        ["pdfinfo", "a.pdf"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    text = subprocess.run(
        ["pdftotext", "a.pdf", "-"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    return int(re.search(r"Pages:\s+(\d+)", found.stdout)[1]), " ".join(text.stdout.split())


@pytest.mark.parametrize("name", [kind.id for kind in KIND.values() if kind.one_page])
def test_one_page_is_one_page(name, tmp_path):
    for answers in (whole(), only_behov()):
        assert pages(to_pdf(made(name, answers).page, PROGRAM).data, tmp_path)[0] == 1


def test_the_text_of_a_pdf_can_be_read_out(tmp_path):
    _, text = pages(to_pdf(made("lardomar", whole()).page, PROGRAM).data, tmp_path)
    assert "Handledartid måste ligga i schemat" in text
    _, text = pages(to_pdf(made("lardomar", evil()).page, PROGRAM).data, tmp_path)
    assert "<script>alert(1)</script> {{ 7*7 }} #let x = 1 =1+1" in text


# --------------------------------------------------------------------- calendar


def unfolded(data):
    return data.decode().replace("\r\n ", "").split("\r\n")


def test_a_calendar_has_reminders_and_addresses_that_stay():
    data = to_ics("Trygg start", AnswerSheet(BATTERY, whole()), TODAY, "trygg-start")
    assert data == to_ics("Trygg start", AnswerSheet(BATTERY, whole()), TODAY, "trygg-start")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    lines = unfolded(data)
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == lines.count("BEGIN:VEVENT") > 5
    assert sum("och återstår att göra" in line for line in lines) == 1
    assert "SUMMARY:Tillfälle: A6 Simulering: Esther blir sämre (Trygg start)" in lines
    assert "DTSTART;TZID=Europe/Stockholm:20250610T123000" in lines
    assert "TRIGGER:-P1DT3H30M" in lines


def test_what_somebody_wrote_cannot_begin_an_entry_of_its_own():
    answers = with_texts(lambda _: "x\r\nEND:VEVENT\nBEGIN:VEVENT;,")
    lines = unfolded(to_ics("a\nBEGIN:VEVENT", AnswerSheet(BATTERY, answers), TODAY, "trygg-start"))
    plain = unfolded(to_ics("a", AnswerSheet(BATTERY, with_texts(lambda _: "x")), TODAY, "trygg-start"))
    assert lines.count("BEGIN:VEVENT") == plain.count("BEGIN:VEVENT")
