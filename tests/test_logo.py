"""The organisation's logo: in every format with its name in words, and refused with a sentence when it is unfit."""

from __future__ import annotations

import struct
import sys
import zlib
from contextlib import suppress
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import made as document_made
from making import whole
from test_exports_docx import a_page, part
from test_exports_pdf import pdf, tags
from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.docx_file import to_docx
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.exports.html import to_html
from utbildningsprocess.exports.logo import as_png, logo_in
from utbildningsprocess.pages.page import Logo
from utbildningsprocess.work.appearance import Appearance

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="80" height="20"/></svg>'
NAME = "Region Exempel"


PNG_SIGN = b"\x89PNG\r\n\x1a\n"


def drawn(inner, about=""):
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9"'
    return f"{head} {about}>{inner}</svg>".encode()


def sized(sides):
    return SVG.replace(b'width="90" height="30"', sides.encode(), 1)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width=6, height=2):
    rows = b"".join(b"\0" + b"\x20\x40\x80" * width for _ in range(min(height, 10)))
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", size), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return PNG_SIGN + b"".join(chunk(*one) for one in parts)


@pytest.mark.parametrize(("data", "form"), [(SVG, "svg"), (png(), "png")])
def test_a_logo_is_in_every_format_with_the_organisation_in_words(data, form):
    logo = logo_in(data, "logga", NAME)
    assert logo == Logo(data, form, NAME)
    page = a_page(logo=logo)
    assert f'<img class="logo" alt="{NAME}" src="data:image/{form}' in to_html(page)
    assert f"/Alt({NAME})".encode() in pdf(page)
    assert tags(page).count("Figure") == tags(a_page()).count("Figure") + 1
    section = docx.Document(BytesIO(to_docx(page))).sections[0]
    (picture,) = section.first_page_header._element.iter("{*}docPr")
    assert picture.get("descr") == NAME
    assert section.header.paragraphs[0].text == f"Beslutsunderlag\t{NAME}"
    assert [line.text for line in section.first_page_footer.paragraphs] == [
        line.text for line in section.footer.paragraphs
    ]


def test_the_same_logo_gives_the_same_bytes():
    page = a_page(logo=logo_in(SVG, "logga", NAME))
    assert to_docx(page) == to_docx(page)
    assert pdf(page) == pdf(page)


def test_a_word_file_from_an_own_base_keeps_the_header_it_has():
    base = docx.Document()
    base.sections[0].header.paragraphs[0].text = "Vårt eget"
    saved = BytesIO()
    base.save(saved)
    data = to_docx(a_page(logo=logo_in(SVG, "logga", NAME)), saved.getvalue())
    assert docx.Document(BytesIO(data)).sections[0].header.paragraphs[0].text == "Vårt eget"
    assert "w:titlePg" not in part(data, "word/document.xml")


def test_a_page_that_fills_one_page_does_so_with_a_logo_too():
    page = document_made("beslutsunderlag", whole()).page
    with_logo = replace(page, logo=logo_in(SVG, "logga", NAME))
    assert pdf(page).count(b"/Type/Page/") == pdf(with_logo).count(b"/Type/Page/") == 1


@pytest.mark.parametrize(
    "data",
    [
        drawn("<script>alert(1)</script>"),
        drawn("<g onload='alert(1)'/>"),
        drawn("", "onload='alert(1)'"),
        drawn("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>x</p></foreignObject>"),
        drawn("<image href='https://exempel.example/a.png'/>"),
        drawn("<image xlink:href='//exempel.example/a.png'/>"),
        drawn("<image href='a.png'/>"),
        drawn("<image href='data:image/svg+xml;base64,PHN2Zy8+'/>"),
        drawn("<use href='fil.svg#a'/>"),
        drawn("<a href='javascript:alert(1)'><rect/></a>"),
        drawn("<set attributeName='href' to='https://exempel.example'/>"),
        drawn("<animate attributeName='xlink:href' values='https://exempel.example'/>"),
        drawn("<style>@import 'https://exempel.example/a.css';</style>"),
        drawn("<style>rect { fill: url( 'https://exempel.example/a.svg#b') }</style>"),
        drawn("<style>rect { fill: u\\72l(https://exempel.example) }</style>"),
        drawn("<rect style='fill: url(https://exempel.example/a)'/>"),
        drawn("<rect fill='url(//exempel.example/a)'/>"),
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + drawn("<text>&a;</text>"),
        b"<?xml-stylesheet href='https://exempel.example/a.css'?>" + drawn(""),
        drawn("<script>alert(1)</script>").decode().encode("utf-16"),
    ],
)
def test_an_svg_that_runs_or_fetches_is_refused(data):
    with pytest.raises(Broken, match=r"^l\.svg har skript eller hämtar något utifrån\. Spara den som "):
        logo_in(data, "l.svg", NAME)


@pytest.mark.parametrize(
    "inner",
    [
        "<defs><linearGradient id='a'/></defs><rect fill='url(#a)' style='stroke: url(\"#a\")' width='9' height='9'/>",
        "<defs><rect id='a' width='1' height='1'/></defs><use href='#a'/><use xlink:href='#a'/>",
        "<style>rect { fill: red }</style><title>Besök https://exempel.example</title><rect width='1' height='1'/>",
        "<!-- url(https://exempel.example) onload --><metadata/><rect width='1' height='1'/>",
    ],
)
def test_an_ordinary_svg_is_taken(inner):
    assert logo_in(drawn(inner), "l.svg", NAME).form == "svg"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "är varken svg eller png"),
        (b"GIF89a", "är varken svg eller png"),
        (b"\xff\xd8\xff\xe0", "är varken svg eller png"),
        (b"<html/>", "är varken svg eller png"),
        (b"<svg/>", "är varken svg eller png"),
        (SVG[:-6], "är trasig"),
        (png()[:-3], "är trasig"),
        (png()[:40], "är trasig"),
        (png().replace(b"IDAT", b"IDAX"), "är trasig"),
        (png(width=10_000, height=10_000), "har för många bildpunkter, eller inga"),
        (png(width=0), "har för många bildpunkter, eller inga"),
        (drawn("<text y='9'>&#x10FFFD;</text>"), "går inte att sätta i en PDF"),
        (sized("width='0' height='0'"), "går inte att sätta i en PDF"),
        (sized("width='100000' height='1'"), "är för lång och smal för att synas"),
        (sized("width='1' height='100000'"), "är för lång och smal för att synas"),
        (sized("viewBox='0 0 100000 1'"), "är för lång och smal för att synas"),
        (png(width=100_000, height=1), "är för lång och smal för att synas"),
        (png(width=1, height=100), "är för lång och smal för att synas"),
    ],
)
def test_what_is_no_logo_or_a_broken_one_is_refused(data, why):
    with pytest.raises(Broken, match=rf"^l {why}\. "):
        logo_in(data, "l", NAME)


@given(st.sampled_from((b"", PNG_SIGN, png()[:33], b"<svg", SVG[:-6])), st.binary(max_size=60))
def test_whatever_stands_in_the_file_it_is_a_logo_or_is_refused_in_words(begins, then):
    with suppress(Broken):
        assert logo_in(begins + then, "l", NAME).data == begins + then


# ------------------------------------------------------------------ as people see it


def with_logo(utb, data, name="logga.svg"):
    (utb.folder / "bild").mkdir(exist_ok=True)
    (utb.folder / "bild" / name).write_bytes(data)
    (utb.folder / "utb.yaml").write_text(f"logga: bild/{name}\n", "utf-8")
    utb.example()


def test_documents_have_the_logo_that_the_settings_name(utb):
    with_logo(utb, SVG)
    saved = utb("dokument", "lardomar", "-o", "-", "--format", "html")
    assert (saved.code, saved.err) == (0, "")
    assert 'class="logo" alt="Exempelregionen, Höglandets sjukhus (fiktivt)"' in saved.out


def test_the_text_has_no_logo_and_says_nothing_of_it(utb):
    with_logo(utb, b"inget")
    assert utb("dokument", "lardomar", "-o", "-").err == ""


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"x" * 2_000_001, "bild/logga.svg är större än 2 MB. Spara den i mindre storlek."),
        (b"GIF89a", "bild/logga.svg är varken svg eller png. Spara loggan på nytt som svg eller png."),
    ],
)
@pytest.mark.parametrize("form", ["html", "docx", "pdf"])
def test_a_logo_that_cannot_be_used_is_told_and_the_document_is_made_without_it(utb, form, data, sentence):
    with_logo(utb, data)
    saved = utb("dokument", "lardomar", "--format", form)
    assert saved.code == 0
    assert saved.err == f"{sentence} Dokumenten görs utan logga.\n"
    assert (utb.folder / saved.out.strip()).stat().st_size > 1000


def test_a_logo_that_is_a_folder_is_told_in_one_sentence(utb):
    (utb.folder / "bild").mkdir()
    (utb.folder / "utb.yaml").write_text("logga: bild\n", "utf-8")
    utb.example()
    saved = utb("dokument", "lardomar", "--format", "docx")
    told = "bild är en mapp. Ange bilden i den, som svg eller png. Dokumenten görs utan logga.\n"
    assert (saved.code, saved.err) == (0, told)


def test_a_long_logo_is_drawn_in_the_place_there_is():
    logo = logo_in(sized("viewBox='0 0 490 10'"), "l.svg", NAME)
    assert len(as_png(logo)) < 20_000
    assert part(to_docx(a_page(logo=logo)), "word/header1.xml")


def test_a_logo_that_becomes_no_picture_is_left_out_of_a_word_file():
    unfit = Logo(sized("width='100000' height='1'"), "svg", NAME)
    document = docx.Document(BytesIO(to_docx(a_page(logo=unfit))))
    assert not document.sections[0].different_first_page_header_footer
    assert "Word-filen görs utan logga. Loggan går inte" in Appearance(unfit).note(FileFormat.DOCX)


def test_of_all_documents_the_logo_is_told_once(utb):
    (utb.folder / "utb.yaml").write_text("logga: ingen.png\n", "utf-8")
    utb.example()
    told = utb("dokument", "alla", "--format", "html").err
    assert told.count("ingen.png finns inte. Dokumenten görs utan logga.") == 1


def test_a_logo_behind_a_link_out_of_the_folder_is_not_read(utb, tmp_path_factory):
    secret = tmp_path_factory.mktemp("ute") / "hemlig.svg"
    secret.write_bytes(SVG)
    with_logo(utb, SVG)
    (utb.folder / "bild" / "logga.svg").unlink()
    (utb.folder / "bild" / "logga.svg").symlink_to(secret)
    told = utb("dokument", "lardomar", "-o", "-", "--format", "html")
    assert "bild/logga.svg är en länk ut ur mappen" in told.err
    assert "<img" not in told.out


def test_without_typst_an_svg_is_left_out_of_a_word_file_and_that_is_told(utb, monkeypatch):
    with_logo(utb, SVG)
    monkeypatch.setitem(sys.modules, "typst", None)
    told = utb("dokument", "lardomar", "--format", "docx")
    assert told.code == 0
    what = "Word-filen görs utan logga. En logga i svg i en Word-fil kräver ett tillägg, som du installerar med: "
    assert told.err.startswith(what)
