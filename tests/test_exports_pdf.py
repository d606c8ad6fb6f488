"""A page as a PDF: the compiler's own check of PDF/UA-1, the text as others read it, and nothing that runs."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from test_exports_docx import EVERYTHING, EVIL, a_page, as_written, with_words
from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.exports.pdf import Program, to_pdf
from utbildningsprocess.pages.figures import Bars, Picture

PROGRAM = (Path(__file__).parent.parent / "templates" / "sida.typ").read_text(encoding="utf-8")


def pdf(page):
    return to_pdf(page, Program(PROGRAM)).data


def poppler(tool, *args, data):
    if shutil.which(tool) is None:
        pytest.skip("poppler-utils is not installed")
    done = subprocess.run([tool, *args], input=data, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def text(page):
    return poppler("pdftotext", "-raw", "-", "-", data=pdf(page))


def one_line(words):
    """Text without what typesetting does to it: lines, and the hyphens at their ends."""
    return re.sub(r"\s+", "", words.replace("\u00ad\n", ""))


def tags(page):
    """The kinds of the elements that a screen reader meets, in their order."""
    shown = poppler("pdfinfo", "-struct", "-", data=pdf(page))
    return re.findall(
        r"^ *([A-Z]\w*)(?: <\w+>)?(?: \"[^\n]*\")?(?: \((?:block|inline)\))?:?$", shown, re.MULTILINE
    )


# ------------------------------------------------------------------ structure


def test_every_kind_of_block_keeps_the_standard_and_gives_the_same_bytes():
    """The compiler refuses what is not PDF/UA-1 or not PDF/A-2a; the file says both of itself."""
    data = pdf(a_page())
    assert re.findall(rb"<pdf(\w+):(part|conformance)>(\w+)<", data) == [
        (b"aid", b"part", b"2"),
        (b"aid", b"conformance", b"A"),
        (b"uaid", b"part", b"1"),
    ]
    assert data.startswith(b"%PDF-1.7")
    assert pdf(a_page()) == data


def test_the_text_reads_as_it_was_written():
    found = text(a_page())
    for line in (
        "Beslutsunderlag: Trygg start",
        "Status: Utkast · Kontakt: utbildning@exempel.example",
        "Ett stycke med vikt, kod och länk.\nNy rad.",
        "☐ kvar\n☒ gjort",
        "1. ett\n2. två\nEmellan.\n7. sju\n1. inre\nmer om sju",
        "L1 Larmar 12,5",
        "kod\nmer kod",
        "Larma i tid\n",
        "Sida 1 av",
        "Skriv roller i stället för namn.",
    ):
        assert line in found


def test_it_has_headings_lists_tables_and_pictures_for_a_screen_reader():
    found = tags(a_page())
    assert [tag for tag in found if re.fullmatch(r"H\d", tag)] == ["H1", "H2", "H2"]
    assert {"L", "LI", "BlockQuote", "Table", "THead", "TH", "Figure", "Link", "Code"} <= set(found)
    assert found.count("Figure") == 3


def test_it_is_a_swedish_a4_page_with_a_title():
    found = poppler("pdfinfo", "-", data=pdf(a_page()))
    assert re.search(r"Title: +Beslutsunderlag: Trygg start\n", found)
    assert re.search(r"Author: +Region Exempel\n", found)
    assert "(A4)" in found
    assert "Tagged:          yes" in found
    assert set(re.findall(rb"/Lang ?\((.*?)\)", pdf(a_page()))) == {b"sv-SE"}
    assert re.search(r"CreationDate: +Sun Jun  1 ", found)


def test_another_day_gives_other_bytes_and_the_same_day_the_same():
    assert pdf(a_page()) == pdf(a_page()) != pdf(a_page(made=date(2025, 6, 2)))


def test_an_own_program_that_gives_no_day_is_for_readers_but_not_for_archives():
    dateless = '#set document(title: "T", date: none)\n#set text(lang: "sv")\nHej'
    assert not to_pdf(a_page(), Program(dateless)).is_for_archives
    assert not to_pdf(a_page(), Program(dateless, is_own=True)).is_for_archives
    assert to_pdf(a_page(), Program(PROGRAM, is_own=True)).is_for_archives


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Bara text.",
        "#\n",
        "##\n\n# \n",
        "### a\n\n###### b\n\n# c\n\n#### d\n",
        "- \n-\n  - [ ] a\n",
        "> - # a\n>\n>   > ```\n>   > kod\n>   > ```\n",
        "0. noll\n1. ett\n",
        "999999999. sist\n",
        "| |\n|-|\n",
        "| A |\n| - |\n",
        "| A | B | C | D | E | F | G | H |\n" + "|-" * 8 + "|\n" + "| ord utan slut " * 8 + "|\n",
        "```\n\n```\n",
        "[](https://a.example) [![b](c)](https://a.example/%zz?q=å) <https://[::b> <mailto:a@b@c>\n",
        "`` ` `` ` ` **x** ***y***\\\n\\\nz\n",
        "".join(f"{'  ' * depth}- nivå {depth}\n" for depth in range(9)),
        "> " * 18 + "djupt\n",
        "```utb-bild\nfinns-inte\n```\n",
    ],
)
def test_odd_pages_keep_the_standard_too(words):
    assert pdf(a_page(words, head=(), organisation="", foot="", kind="", title="")).startswith(b"%PDF")


def test_a_long_table_goes_on_with_its_header():
    rows = "".join(f"| rad {number} | x |\n" for number in range(120))
    found = text(a_page(f"# T\n\n| Nummer | Kryss |\n|-|-|\n{rows}"))
    pages = found.split("\f")
    assert [page.count("Nummer Kryss") for page in pages] == [1] * (len(pages) - 1) + [0]
    assert "rad 119 x" in found


# ------------------------------------------------------------------ evil words


@pytest.mark.parametrize("words", EVIL[:6])
def test_evil_words_are_words_and_change_no_structure(words):
    assert one_line(text(with_words(words))).count(one_line(as_written(words))) >= 6
    assert tags(with_words(words)) == tags(with_words("x y"))


@pytest.mark.parametrize("words", EVIL)
def test_evil_markdown_keeps_the_standard(words):
    assert pdf(
        a_page(f"# {words}\n\n- {words}\n\n> {words}\n\n`{words}`\n\n| {words} |\n| - |\n| {words} |\n")
    )


def test_a_word_that_fits_no_line_is_divided_and_still_whole():
    found = text(a_page("x" * 10_000, head=()))
    assert "x" * 200 not in found
    assert found.count("x") >= 10_000
    assert "\u200b" not in found


def test_an_address_that_is_divided_can_be_copied_whole():
    address = "https://exempel.example/en/mycket/lang/adress/som/inte/slutar/an.html"
    found = text(a_page(f"| A | B | C | D |\n|-|-|-|-|\n| {address} | b | c | d |\n", head=()))
    assert address in found.replace("\n", "")


@pytest.mark.parametrize("letter", ["漢", "😀", "ᚠ", "\u0378", "\ufeff", "\ue000"])
def test_a_letter_that_no_font_has_does_not_stop_the_page(letter):
    picture = Picture("bild", f"Bild {letter}", f"Ord {letter}", Bars(((letter, 1, letter),), 1))
    page = a_page(f"# {letter} å\n\n```utb-bild\nbild\n```\n", title=letter, pictures={"bild": picture})
    assert "å" in text(page)


@pytest.mark.parametrize("letters", ["🇸🇪", "👩‍⚕️", "⚕️", "🚑 och 🎯", "❤️‍🔥", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣"])
def test_signs_put_together_of_several_do_not_stop_the_page(letters):
    """In a label of a picture, where typst does not tell which letters it cannot show."""
    picture = Picture(
        "bild", f"Bild {letters}", f"Ord {letters}", Bars(((f"Före {letters}", 1, letters),), 1)
    )
    page = a_page(f"# {letters} å\n\n```utb-bild\nbild\n```\n", title=letters, pictures={"bild": picture})
    made = to_pdf(page, Program(PROGRAM))
    assert "å" in poppler("pdftotext", "-", "-", data=made.data)
    assert set(made.unshown) <= set(letters)


def test_what_no_font_shows_is_told():
    assert to_pdf(a_page("# Å \u0378 – “å” … → ☐\n"), Program(PROGRAM)).unshown == "\u0378"
    assert to_pdf(a_page("# Å – “å” … → ☐\n"), Program(PROGRAM)).unshown == ""


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_pages_is_told(count):
    rows = "\n\n".join(["Ett stycke."] * 25 * (count - 1) * 2 or ["Ett stycke."])
    made = to_pdf(a_page(f"# Rubrik\n\n{rows}\n"), Program(PROGRAM))
    assert made.pages == int(re.search(r"Pages: +(\d+)", poppler("pdfinfo", "-", data=made.data))[1])
    assert (made.pages > 1) is (count > 1)


@pytest.mark.parametrize("before", range(30, 46, 2))
def test_boxes_to_tick_stay_with_their_question_on_one_page(before):
    boxes = "".join(f"- [ ] svar {number}\n" for number in range(6))
    lines = "rad\\\n" * before
    pages = text(a_page(f"# Rubrik\n\n{lines}rad\n\n## Frågan\n\nVälj ett.\n\n{boxes}")).split("\f")
    (page,) = (page for page in pages if "Frågan" in page)
    assert page.count("☐ svar") == 6


def test_no_paragraph_ends_with_a_word_alone_on_its_line():
    for length in range(104, 110):
        lines = text(a_page(f"# R\n\nEtt {'o ' * length}slut.", head=())).split("\n")
        assert [line for line in lines if line.endswith("slut.")] != ["slut."]


def test_a_long_list_may_go_on_on_the_next_page():
    boxes = "".join(f"- [ ] svar {number}\n" for number in range(80))
    assert "☐ svar" in text(a_page(f"# Rubrik\n\nVälj.\n\n{boxes}")).split("\f")[0]


def test_a_line_across_begins_a_new_page_but_not_within_a_list():
    assert to_pdf(a_page("# A\n\nEtt\n\n---\n\nTvå\n\n---\n\nTre\n"), Program(PROGRAM)).pages == 3
    assert to_pdf(a_page("# A\n\n- Ett\n\n  ---\n\n  Två\n\n> ---\n"), Program(PROGRAM)).pages == 1


def test_an_own_program_finds_its_pictures_beside_it(tmp_path):
    (tmp_path / "logga.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8"
    )
    logo = '#set document(title: "T")\n#image("logga.svg", alt: "Logga")\n'
    assert to_pdf(a_page(), Program(logo, str(tmp_path))).pages == 1
    with pytest.raises(Broken):
        to_pdf(a_page(), Program(logo))


def test_a_picture_says_the_same_in_words_to_those_who_do_not_see_it():
    """The text alternative stands in the file as UTF-16 in hexadecimal."""
    assert b"/Alt<FEFF" + "M1 från 60 till 92.".encode("utf-16-be").hex().upper().encode() in pdf(a_page())


# ------------------------------------------------------------------- programs


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("#finns-inte", "”finns-inte” finns inte."),
        ('#image("x.png")', "Filen ”x.png” finns inte."),
        ("#set page(", "Något som börjar på raden har inget slut."),
        ("#set page(foo: 1)", "Argumentet ”foo” finns inte."),
        ('#"a".borta()', "”borta” finns inte i värdet."),
        ("#(a: 1).b", "”b” finns inte i värdet."),
        ('#(1 + "a")', "Ett värde på raden är av fel slag."),
        ('#read("../x")', "Filen ligger utanför mappen med mallar."),
        ('#panic("x")', "Det som står på raden går inte att förstå."),
    ],
)
def test_an_own_program_with_a_fault_is_told_of_with_its_line(line, said):
    with pytest.raises(Broken) as told:
        to_pdf(a_page(), Program(f"#let a = 1\n{line}\n"))
    assert str(told.value) == f"sida.typ:2: mallen går inte att sätta. {said} Rätta mallen."


def test_an_own_program_fetches_nothing_from_the_net(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as net:
        net.setblocking(False)
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{net.getsockname()[1]}")
        program = Program('#import "@preview/finns-inte:1.0.0": *\n' + PROGRAM, None, "egen.typ", is_own=True)
        with pytest.raises(Broken, match=r"egen\.typ:1: .* Paket hämtas inte från nätet\."):
            to_pdf(a_page(), program)
        with pytest.raises(BlockingIOError):
            net.accept()


def test_without_the_library_there_is_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(WrongUse) as told:
        pdf(a_page())
    assert str(told.value).startswith("PDF-filer kräver ett tillägg, som du installerar med:\n    ")
    assert sys.executable in str(told.value)
    assert ' -m pip install "typst' in str(told.value)
    assert str(told.value).endswith('"')


def test_the_page_of_the_other_tests_holds_every_kind_of_block():
    assert len(EVERYTHING.split("```utb-bild")) == 4
