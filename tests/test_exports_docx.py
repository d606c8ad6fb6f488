"""A page as a Word file, read back the way Word reads it: structure, language, looks, and nothing that runs."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.exports.docx_file import to_docx
from utbildningsprocess.exports.docx_frame import text_width
from utbildningsprocess.markdown import page_blocks as parsed
from utbildningsprocess.pages.figures import Bars, Flag, Journey, Lane, Pair, Pairs, Picture, Week
from utbildningsprocess.pages.page import Block, Inline, Page

EVERYTHING = """# Beslutsunderlag: Trygg start

Ett *stycke* med **vikt**, `kod` och [länk](https://a.example/?b=1&c=2).\\
Ny rad.

## Listor

- ett
  - två
    - tre
      - fyra
- [ ] kvar
- [x] gjort

1. ett
2. två

Emellan.

7. sju
   1. inre

   mer om sju

> citat

## Tabell

| Mål | Mått |
| --- | --- |
| L1 **Larmar** | 12,5 |
| L2 | – |

---

```
kod
    mer kod
```

```utb-bild
larresa
```

```utb-bild
orsaker
```

```utb-bild
utfall
```
"""
PICTURES = (
    Picture(
        "larresa",
        "Lärresan",
        "Alla. Före: samtal.",
        Journey(
            "Larma i tid",
            ("Så blir det bäst för Esther", "Hon får hjälp i tid."),
            (Week("v. 9", "24/2", "Vecka 9, från måndag 24 februari 2025"),),
            (
                Lane("Deltagare", ("Alla",), ((0, "Samtal"), (0, "Prov"))),
                Lane("Kollegor", lines=("De går två och två.",)),
                Lane("Uppföljning", flags=(Flag("1/6", "söndag 1 juni 2025", ("Enkät",)),)),
            ),
            "2025",
        ),
    ),
    Picture(
        "orsaker", "Orsaker", "Kunskap: stark.", Bars((("Kunskap", 3, "stark"), ("Vilja", 0, "inget")), 3)
    ),
    Picture(
        "utfall", "Utfall", "M1 från 60 till 92.", Pairs((Pair("M1", 60, 90, None, ("60 %", "90 %", "")),))
    ),
)
EVIL = [
    "<script>alert(1)</script>",
    "{{ x }} {% raw %}",
    '#let x = 1 #eval("1") $x$ @ref <label>',
    "]]> &amp; &lt;w:p/&gt; %PDF",
    "a\0b\x0bc\x1fd\ufffee",
    "\u202evänd\u202c \u2066isolerad\u2069",
    "שלום 漢字 😀",
    "x" * 10_000,
    "ord " * 2_500,
]


def a_page(text=EVERYTHING, **more):
    about = {
        "kind": "Beslutsunderlag",
        "title": "Trygg start",
        "head": (("Status", "Utkast"), ("Kontakt", "utbildning@exempel.example")),
        "body": parsed(text) if isinstance(text, str) else text,
        "made": date(2025, 6, 1),
        "foot": "Skriv roller i stället för namn.",
        "pictures": {picture.name: picture for picture in PICTURES},
        "organisation": "Region Exempel",
    }
    return Page(**(about | more))


def opened(page, base=None):
    return docx.Document(BytesIO(to_docx(page, base)))


def styled(document):
    return [(one.style.name, one.text) for one in document.paragraphs]


def saved(document):
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def part(data, name):
    return zipfile.ZipFile(BytesIO(data)).read(name).decode()


# ------------------------------------------------------------------ structure


def test_every_block_has_a_style_of_words_own():
    assert styled(opened(a_page())) == [
        ("Heading 1", "Beslutsunderlag: Trygg start"),
        ("utb uppgifter", "Status: Utkast · Kontakt: utbildning@exempel.example"),
        ("Normal", "Ett stycke med vikt, kod och länk.\nNy rad."),
        ("Heading 2", "Listor"),
        ("List Bullet", "ett"),
        ("List Bullet 2", "två"),
        ("List Bullet 3", "tre"),
        ("List Bullet 3", "fyra"),
        ("List Continue", " kvar"),
        ("List Continue", " gjort"),
        ("List Number", "ett"),
        ("List Number", "två"),
        ("Normal", "Emellan."),
        ("List Number", "sju"),
        ("List Number 2", "inre"),
        ("List Continue", "mer om sju"),
        ("Quote", "citat"),
        ("Heading 2", "Tabell"),
        ("utb efter tabell", ""),
        ("utb ny sida", ""),
        ("utb kod", "kod\n    mer kod"),
        ("utb vägg", "Så blir det bäst för Esther: Hon får hjälp i tid."),
        ("utb efter tabell", ""),
        *((("Caption", "Orsaker"), ("utb efter tabell", ""))),
        *((("Caption", "Utfall"), ("utb efter tabell", ""))),
    ]


def test_styling_within_a_line_is_kept():
    runs = {one.text: one for one in opened(a_page()).paragraphs[2].runs}
    assert runs["vikt"].bold
    assert runs["stycke"].italic
    assert runs["kod"].font.name == "Consolas"


def test_heading_levels_never_skip_one():
    levels = [
        name for name, _ in styled(opened(a_page("### a\n\n###### b\n\n# c\n\n#### d"))) if "Heading" in name
    ]
    assert levels == ["Heading 1", "Heading 2", "Heading 1", "Heading 2"]


def test_a_page_without_a_heading_or_facts_is_just_its_text():
    assert styled(opened(a_page("Bara text.", head=()))) == [("Normal", "Bara text.")]
    assert styled(opened(a_page("", head=()))) == [("Normal", "")]


def test_a_line_that_leads_in_a_list_stays_with_it():
    found = opened(a_page("Text.\n\n**E1 Mått**\n\n- ett\n\nSist.\n", head=())).paragraphs
    assert [bool(one.paragraph_format.keep_with_next) for one in found] == [False, True, False, False]


def test_lists_are_numbered_each_from_its_own_start():
    document = opened(a_page())
    numbers = [one for one in document.paragraphs if one.style.name == "List Number"]
    lists = [one._p.pPr.numPr.numId.val for one in numbers]
    assert lists[0] == lists[1] != lists[2]
    numbering = document.part.numbering_part.element
    starts = {one.numId: one.findall(f".//{qn('w:startOverride')}") for one in numbering.findall(qn("w:num"))}
    assert [starts[number][0].get(qn("w:val")) for number in (lists[0], lists[2])] == ["1", "7"]


def test_a_table_has_a_header_that_returns_and_fits_the_text():
    document = opened(a_page())
    table = document.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Mål", "Mått"],
        ["L1 Larmar", "12,5"],
        ["L2", "–"],
    ]
    assert [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows] == [
        True,
        False,
        False,
    ]
    assert all(run.bold for cell in table.rows[0].cells for run in cell.paragraphs[0].runs)
    widths = [int(one.get(qn("w:w"))) for one in table._tbl.iter(qn("w:gridCol"))]
    assert sum(widths) == text_width(document.sections[0]) == pytest.approx(Mm(160).twips, abs=2)
    assert [cell.width.twips for cell in table.rows[1].cells] == widths
    assert not table.autofit


def test_a_column_is_as_wide_as_what_stands_in_it():
    table = opened(a_page(f"| Id | Vad |\n| - | - |\n| M1 | {'långt ' * 40}|\n")).tables[0]
    narrow, wide = (int(one.get(qn("w:w"))) for one in table._tbl.iter(qn("w:gridCol")))
    assert 400 < narrow < wide / 4


def test_pictures_are_tables_with_the_same_in_words():
    tables = opened(a_page()).tables[1:]
    assert [[[cell.text for cell in row.cells] for row in table.rows] for table in tables] == [
        [
            ["Vem", "När", "Vad"],
            ["Deltagare: Alla", "v. 9 24/2", "Samtal\nProv"],
            ["Kollegor", "–", "De går två och två."],
            ["Uppföljning", "1/6", "Enkät"],
        ],
        [["Vad", "Hur mycket", "Stapel"], ["Kunskap", "stark", ""], ["Vilja", "inget", ""]],
        [["Mått", "Nuläge", "Mål", "Utfall"], ["M1", "60 %", "90 %", "–"]],
    ]
    described = [
        [table._tbl.find(f".//{qn(tag)}").get(qn("w:val")) for tag in ("w:tblCaption", "w:tblDescription")]
        for table in tables
    ]
    assert described == [[picture.title, picture.words] for picture in PICTURES]


def test_a_bar_is_as_long_as_its_value():
    picture = Picture("bild", "B", "b", Bars((("hel", 2, "2"), ("halv", 1, "1"), ("ingen", 0, "0")), 2))
    page = a_page("# A\n\n```utb-bild\nbild\n```\n", pictures={"bild": picture})
    cells = [row.cells[2].paragraphs[0]._p.pPr for row in opened(page).tables[0].rows[1:]]
    shaded = [properties.find(qn("w:shd")) is not None for properties in cells]
    left = [int(one.find(qn("w:ind")).get(qn("w:right"))) for one in cells[:2]]
    assert shaded == [True, True, False]
    assert left[0] == 0
    assert left[1] > 1000


def test_a_box_can_be_ticked_in_word():
    document = opened(a_page("# A\n\n- [ ] kvar\n- [x] gjort\n"))
    names = [one.tag.partition("}")[2] for one in document.element.iter() if isinstance(one.tag, str)]
    assert names.count("checkbox") == 2
    kvar, gjort = document.element.findall(f".//{qn('w:sdt')}")
    assert [one.find(f".//{qn('w:t')}").text for one in (kvar, gjort)] == ["☐", "☒"]
    state = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    assert [one.find(f".//{state}checked").get(f"{state}val") for one in (kvar, gjort)] == ["0", "1"]


def test_a_figure_that_names_no_picture_is_shown_as_it_stands():
    assert styled(opened(a_page("```utb-bild\nfinns-inte\n```", head=()))) == [("utb kod", "finns-inte")]


def test_a_link_leads_where_it_says():
    document = opened(a_page())
    (link,) = document.paragraphs[2].hyperlinks
    assert (link.text, link.url) == ("länk", "https://a.example/?b=1&c=2")
    assert link.runs[0].style.name == "Hyperlink"


@pytest.mark.parametrize(
    "href", ["https://[::bad", "http://", "mailto:a@b@c", "https://a.example/" + "x" * 3000]
)
def test_an_address_that_word_may_refuse_is_plain_text(href):
    body = (Block("paragraph", line=(Inline("link", href=href, children=(Inline("text", "här"),)),)),)
    paragraph = opened(a_page(body, head=())).paragraphs[0]
    assert (paragraph.text, paragraph.hyperlinks) == (f"här ({href})", [])


# ------------------------------------------------------------ paper and facts


def test_the_file_is_swedish_on_a4_and_says_what_it_is():
    document = opened(a_page())
    section = document.sections[0]
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    defaults = document.styles.element.find(qn("w:docDefaults"))
    assert [one.get(qn("w:val")) for one in defaults.iter(qn("w:lang"))] == ["sv-SE"]
    about = document.core_properties
    assert (about.title, about.subject, about.author, about.language) == (
        "Beslutsunderlag: Trygg start",
        "Beslutsunderlag",
        "Region Exempel",
        "sv-SE",
    )
    assert about.created == about.modified
    assert about.created.date() == date(2025, 6, 1)


def test_a_word_file_of_another_day_has_other_bytes_and_one_of_the_same_day_the_same():
    assert to_docx(a_page()) == to_docx(a_page()) != to_docx(a_page(made=date(2025, 6, 2)))


def test_the_number_in_the_register_stands_on_every_page():
    section = opened(a_page(head=(("Beteckning", "LS 2025/12"), ("Status", "Utkast")))).sections[0]
    assert [line.text for line in section.header.paragraphs] == [
        "Beslutsunderlag · LS 2025/12\tRegion Exempel"
    ]


def test_header_and_footer_tell_what_whose_status_and_page():
    section = opened(a_page()).sections[0]
    assert [one.text for one in section.header.paragraphs] == ["Beslutsunderlag\tRegion Exempel"]
    foot = section.footer._element
    words = "".join(one.text or "" for one in foot.iter(qn("w:t")))
    assert words == "Skriv roller i stället för namn.Status: UtkastSida 1 av 1"
    assert [one.get(qn("w:instr")).strip() for one in foot.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_a_header_takes_no_room_from_the_page_whatever_it_says():
    section = opened(a_page(kind="x" * 10_000, organisation="y " * 5_000, foot="z" * 10_000)).sections[0]
    assert all(len(one.text) < 400 for one in (*section.header.paragraphs, *section.footer.paragraphs))


def test_the_same_page_gives_the_same_bytes():
    data = to_docx(a_page())
    assert to_docx(a_page()) == data
    entries = zipfile.ZipFile(BytesIO(data)).infolist()
    assert {one.date_time for one in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert entries[0].filename == "[Content_Types].xml"


# ------------------------------------------------------------------ evil words


def as_written(text):
    """What is left of a text when what no file can hold is gone."""
    return "".join(char for char in text if char not in "\0\x0b\x1f\ufffe\u202e\u202c\u2066\u2069").strip()


def with_words(words):
    text = (Inline("text", words),)
    rows = ((text, text), (text, text))
    item = Block("item", children=(Block("paragraph", line=text),))
    picture = Picture("bild", words, words, Bars(((words, 1, words),), 2))
    return a_page(
        (
            Block("heading", line=text, level=1),
            Block("bullets", children=(item,)),
            Block("table", rows=rows),
            Block("code", text=words),
            Block("figure", text="bild"),
        ),
        kind=words,
        title=words,
        head=(("Status", words),),
        foot=words,
        pictures={"bild": picture},
        organisation=words,
    )


def tags(document):
    """All elements; only whether a row may be divided is a matter of its length."""
    return [one.tag for one in document.element.iter() if one.tag != qn("w:cantSplit")]


@pytest.mark.parametrize("words", EVIL)
def test_evil_words_are_words_and_change_no_structure(words):
    document, plain = opened(with_words(words)), opened(with_words("x"))
    assert [name for name, _ in styled(document)] == [name for name, _ in styled(plain)]
    assert document.paragraphs[0].text.strip() == as_written(words)
    assert document.tables[0].rows[1].cells[0].text.strip() == as_written(words)
    assert tags(document) == tags(plain)


@pytest.mark.parametrize("words", EVIL)
def test_evil_markdown_gives_a_file_that_opens(words):
    assert opened(
        a_page(f"# {words}\n\n- {words}\n\n> {words}\n\n| {words} |\n| - |\n| {words} |\n")
    ).paragraphs


def test_lists_and_quotes_may_be_deeper_than_word_has_styles_for():
    text = (
        "".join(f"{'  ' * depth}- nivå {depth}\n" for depth in range(9)) + "\n> > > 1. a\n> > >    - [ ] b\n"
    )
    assert opened(a_page(text)).paragraphs[-1].text == " b"


# ---------------------------------------------------------- organisation's own


def organisation_file():
    """A file as Word saves it: few styles, a header, a cover page of its own, and no numbering."""
    base = docx.Document()
    for name in ("List Bullet", "List Number", "Quote", "Caption", "Table Grid"):
        base.styles[name].delete()
    relation = next(one for one in base.part.rels.values() if one.reltype.endswith("/numbering"))
    base.part.drop_rel(relation.rId)
    base.styles["Heading 1"].font.name = "Georgia"
    base.add_paragraph("Försättsblad")
    base.sections[0].header.paragraphs[0].text = "Regionens sidhuvud"
    base.add_section()
    base.sections[-1].different_first_page_header_footer = True
    base.sections[-1].left_margin = base.sections[-1].right_margin = Mm(40)
    base.add_paragraph("Exempeltext")
    return saved(base)


def test_an_organisations_file_keeps_its_looks_and_gets_what_it_lacks():
    document = opened(a_page(), organisation_file())
    names = {name for name, _ in styled(document)}
    assert {"Heading 1", "List Bullet", "List Number", "Quote", "Caption"} <= names
    assert not {"Försättsblad", "Exempeltext"} & {text for _, text in styled(document)}
    assert document.styles["Heading 1"].font.name == "Georgia"
    assert len(document.sections) == 1
    assert document.sections[0].header.paragraphs[0].text == "Regionens sidhuvud"
    assert not document.sections[0].different_first_page_header_footer
    assert document.sections[0].footer.paragraphs[0].text == "Skriv roller i stället för namn."
    width = sum(int(one.get(qn("w:w"))) for one in document.tables[0]._tbl.iter(qn("w:gridCol")))
    assert width == text_width(document.sections[0]) == pytest.approx(Mm(215.9 - 80).twips, abs=2)


def test_lists_of_an_organisations_file_are_lists_too():
    document = opened(a_page(), organisation_file())
    marks = [
        one._p.pPr.numPr for one in document.paragraphs if one.style.name in ("List Bullet", "List Number")
    ]
    assert marks
    numbering = document.part.numbering_part.element
    kinds = {one.get(qn("w:val")) for one in numbering.iter(qn("w:numFmt"))}
    assert kinds == {"bullet", "decimal"}
    assert {mark.numId.val for mark in marks} <= {one.numId for one in numbering.findall(qn("w:num"))}
    order = [one.tag for one in numbering]
    assert order == sorted(order, key=lambda tag: tag != qn("w:abstractNum"))


def test_an_organisations_file_gives_the_same_bytes_twice():
    base = organisation_file()
    assert to_docx(a_page(), base) == to_docx(a_page(), base)


def not_quite_word():
    """A ZIP file that is no Word file."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as parts:
        parts.writestr("a.txt", "a")
    return target.getvalue()


def torn():
    """A Word file whose text is no XML."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(to_docx(a_page()))) as good, zipfile.ZipFile(target, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, b"<w:" if name == "word/document.xml" else good.read(name))
    return target.getvalue()


@pytest.mark.parametrize("base", [b"", b"%PDF-1.7", not_quite_word(), torn(), to_docx(a_page())[:5000]])
def test_what_is_no_word_file_is_told_of_in_one_sentence(base):
    with pytest.raises(Broken, match=r"^Mallen går inte att läsa som en Word-fil;.*\(\.docx\)\.$"):
        to_docx(a_page(), base)


# ------------------------------------------------------------------ elsewhere


def test_without_the_library_there_is_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(WrongUse) as told:
        to_docx(a_page())
    assert str(told.value).startswith("Word-filer kräver ett tillägg, som du installerar med:\n    ")
    assert sys.executable in str(told.value)
    assert ' -m pip install "python-docx' in str(told.value)
    assert str(told.value).endswith('"')
    assert told.value.exit_code == 2


@pytest.mark.experiment
def test_an_office_program_opens_it(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "a.docx").write_bytes(to_docx(a_page(), organisation_file()))
    home = f"-env:UserInstallation=file://{tmp_path}/hem"
    command = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), "a.docx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


def test_a_short_list_is_kept_on_one_page_and_a_long_one_is_not():
    def kept(text):
        lines = opened(a_page(f"# R\n\n{text}", head=())).paragraphs[1:]
        return [line.paragraph_format.keep_with_next for line in lines]

    assert kept("- a\n- b\n- c\n") == [True, True, None]
    assert kept("- [ ] a\n" * 6) == [True] * 5 + [None]
    assert kept("- a\n" * 30) == [None] * 30
    assert kept("- a\n\n  b\n- c\n") == [None] * 3


def test_the_columns_of_a_table_are_as_wide_as_their_words_ask_for():
    rows = "| Datum | Vad | Plats |\n|-|-|-|\n| 2026-04-28 | Handledarträff med övning i återkoppling | – |\n"
    table = opened(a_page(f"# T\n\n{rows}", head=())).tables[0]
    day, what, place = (column.width for column in table.columns)
    assert what > 2 * day > 2 * place


def test_words_are_divided_at_most_on_two_lines_in_a_row():
    settings = part(to_docx(a_page()), "word/settings.xml")
    assert settings.index("<w:autoHyphenation/>") < settings.index('<w:consecutiveHyphenLimit w:val="2"/>')
