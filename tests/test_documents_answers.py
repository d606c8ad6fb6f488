"""Texts as people type them: what they mean is shown in every format, and nothing is told otherwise than typed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import KIND, ROOT, source, whole
from utbildningsprocess.documents.compose import compose, to_markdown
from utbildningsprocess.documents.text import one_line, paragraphs
from utbildningsprocess.exports.html import to_html
from utbildningsprocess.exports.pdf import Program, to_pdf
from utbildningsprocess.exports.txt import to_txt
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.markdown import page_blocks, plain_line, with_lists
from utbildningsprocess.model import Given, Row, Skipped, Unfit
from utbildningsprocess.pages.page import Block, plain_text
from utbildningsprocess.swedish import running, shortened

MEANT = {
    "bullets": ("- en\n- två\n  - inre\n- tre", "en; två (inre); tre"),
    "numbers": ("1) en\n2) två", "1) en; 2) två"),
    "numbers that go on": ("3. en\n4. två", "3) en; 4) två"),
    "sentences": ("Så här:\n- Mer tid.\n- Mer stöd.", "Så här: Mer tid. Mer stöd."),
    "boxes": ("- [x] gjort\n- [ ] kvar", "[x] gjort; [ ] kvar"),
    "styles": ("**stark** och *betonad* och `kod`", "stark och betonad och kod"),
    "link": ("[planen](https://a.example/x_y)", "planen (https://a.example/x_y)"),
    "link to itself": ("[a.example](https://a.example/)", "a.example"),
    "link to a file": ("[planen](filer/min%20plan.docx)", "planen (filer/min plan.docx)"),
    "table": ("| A | B |\n| --- | --- |\n| 1 | 2 |", "A, B; 1, 2"),
    "quote": ("> ett\n> citat", "ett citat"),
    "code": ("```\nrad\n\nrad två\n```", "rad rad två"),
    "typed lines": ("en rad\\\nen till", "en rad en till"),
    "lines of a file": ("en rad\nen till", "en rad en till"),
    "paragraphs": ("Ett stycke\n\nEtt till", "Ett stycke. Ett till"),
    "picture": ("![kartan](https://a.example/k.png)", "kartan (https://a.example/k.png)"),
}
"""What people type, and what it says on one line."""
TYPED = (
    *("snake_case_name", "5*3*2", "2*3 och 4*5", "<1 år", "a_b", "10 %", "#1", "# 5 st", "###", "+46 70 123"),
    *("1. maj är ledig", "2025. Vi ser", "- 5 grader", "+ 12 %", "> 5 dagar", "<b>fet</b>", "<!-- x -->"),
    *(
        "[x]: https://a.example",
        "[^1]: fot",
        "&amp; &#10;",
        r"\\server\delad\p.docx",
        "---",
        "***",
        "____",
        "[1]",
    ),
    *("Rubrik ===", "a | b", "{{ 7 * 7 }}", "=1+1", "~a~", "C:\\mapp\\fil", "R&D", "a ** b"),
)
"""What reads as it is typed, for it means nothing else, or might be told wrong."""
PIECES = [
    *"#*_`~>|-+=[]()!<&\\.: \n'",
    *(
        "\n\n",
        "   ",
        "ord",
        "1. ",
        "2) ",
        "- ",
        "\n- ",
        "\n  - ",
        "\n> ",
        "www.a.se",
        "https://a.se/x",
        "a@b.se",
    ),
    *("](https://a.se)", "**", "```", "\n| a | b |\n| - | - |\n", "| x |", "utb-bild", "<!-- ", "&#10;"),
]
STRUCTURED = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
TEXTS = st.text(max_size=200) | STRUCTURED


def shown(text):
    return page_blocks(paragraphs(text))


def words(blocks):
    return " ".join(filter(None, (_words(block) for block in blocks)))


def _words(block):
    cells = [plain_text(cell) for row in block.rows for cell in row]
    return " ".join(filter(None, [plain_text(block.line), block.text, *cells, words(block.children)]))


@pytest.mark.parametrize("name", MEANT)
def test_what_is_meant_is_shown_and_reads_on_one_line(name):
    typed, line = MEANT[name]
    assert plain_line(typed) == line
    assert shown(typed) == page_blocks(typed)


@pytest.mark.parametrize("typed", TYPED)
def test_what_might_be_told_wrong_reads_as_it_is_typed(typed):
    assert plain_line(typed) == typed
    assert words(shown(typed)) == typed
    assert words(page_blocks(one_line(typed))) == typed


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1. maj\n6. juni", ["1. maj", "6. juni"]),
        ("| a |\n| - |\n| 1 | 2 |", ["| a |\n| - |\n| 1 | 2 |"]),
        ("en\n\n```\n*två*", ["en", "*två*"]),
        ("en\n\n``` två tre\nfyra\n```", ["en", "``` två tre\nfyra"]),
    ],
)
def test_only_what_cannot_be_shown_stands_as_it_is_typed(typed, read):
    assert [_words(block) for block in shown(typed)] == read


@pytest.mark.parametrize(
    ("typed", "made", "line"),
    [
        ("# två", "**två**", "två"),
        ("en\n\n### två\ntre", "en\n\n**två**\n\ntre", "en. två. tre"),
        ("en\n---\ntvå\n===\ntre", "**en**\n\n**två**\n\ntre", "en. två. tre"),
        ("en\\\ntvå\n---\ntre", "en\\\ntvå\n\ntre", "en två. tre"),
        ("en\n\n---\n\n***\ntvå", "en\n\ntvå", "en. två"),
        ("Namn:\n\n______\n\nslut", "Namn:\n\n\\_\\_\\_\\_\\_\\_\n\nslut", "Namn: ______ slut"),
        ("- ### en\n  två\n- tre", "- **en**\n\n  två\n- tre", "en (två); tre"),
        ("> ## en ##\n> ---", "> **en**", "en"),
        ("### *en* **två** `x` [y](https://a.example)", "**en två `x` [y](https://a.example)**", None),
        ("### *en*", "**en**", "en"),
        ("### 1. en\ntvå", "**1. en**\n\ntvå", "1. en. två"),
    ],
)
def test_a_heading_is_a_bold_line_and_a_line_between_parts_is_left_out(typed, made, line):
    assert paragraphs(typed) == made
    assert line in (None, plain_line(typed))


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Se https://a.example/x_y_z.", "https://a.example/x_y_z"),
        ("Se (https://a.example/x_(y)).", "https://a.example/x_(y)"),
        ("Se **https://a.example/x**!", "https://a.example/x"),
        ("Se www.a.example/b_c, sedan", "http://www.a.example/b_c"),
        ("Skriv till kurs_a@b.example.", "mailto:kurs_a@b.example"),
        ("Se https://a.example/?a=1&copy=2&b=_c_d", "https://a.example/?a=1&copy=2&b=_c_d"),
        ("Se https://a.example/min%20plan", "https://a.example/min%20plan"),
        ("Hej!https://a.example/a_b", "https://a.example/a_b"),
        ("Hej!www.a.example/a_b", "http://www.a.example/a_b"),
    ],
)
def test_a_bare_address_is_a_link_and_stands_as_it_is_typed(text, address):
    for made in (paragraphs(text), one_line(plain_line(text))):
        (block,) = page_blocks(made)
        assert plain_text(block.line) == text.replace("**", "")
        links = re.findall(r"kind='link', text='', href='([^']+)'", repr(block))
        assert links == [address]


def test_an_address_that_is_cut_leads_nowhere():
    line = shortened("https://a.example/en-lång-adress", 24)
    assert line == "https://a.example/en-l …"
    assert "link" not in repr(page_blocks(one_line(line)))


@pytest.mark.parametrize(
    "text", ["a@b", "@handtag", "http:", "https://", "www.", "www.a", "1@2.3", "x://a.se"]
)
def test_what_is_no_address_is_no_link(text):
    assert "link" not in repr(page_blocks(one_line(text)))


@given(TEXTS)
def test_no_letter_of_an_answer_is_lost(text):
    made = paragraphs(text)
    told = re.sub(r"(?<=\w)\\?[.)]", "", made)
    numbers = Counter("0123456789") | Counter(text)  # lists count on from their first number
    typed = Counter(char for char in running(text) if char.isalpha())
    assert not typed - Counter(char for char in told if char.isalpha()) - numbers


@given(TEXTS)
def test_what_an_answer_says_on_one_line_stays_just_that(text):
    line = plain_line(text)
    blocks = page_blocks(one_line(line))
    assert len(blocks) == bool(line)
    assert [(block.kind, plain_text(block.line).strip()) for block in blocks] in ([], [("paragraph", line)])


@given(TEXTS)
def test_an_answer_in_a_list_or_a_table_stays_there(text):
    line = one_line(plain_line(text))
    bullets, table = page_blocks(f"- före\n- {line}\n- efter\n\n| A | B |\n| - | - |\n| {line} | efter |\n")
    assert [item.ticked for item in bullets.children] == [None] * 3
    assert [len(row) for row in table.rows] == [2, 2]
    assert plain_text(table.rows[1][1]) == "efter"


# ------------------------------------------------------------- in each format

ANSWER = """Vi ser *tre* saker:

- Mer **tid**
  - för nya
- Mer stöd

1. Först
2. Sedan

| Mått | Nu |
| --- | --- |
| Antal | `12` |

> Det fungerar\\
> inte

```
kod  med   blanka
```

### En *rubrik*

---

Under den
---

![karta](https://a.example/k.png) <script>x</script> https://a.example/å_b och kurs@a.example
"""
TEMPLATE = """# T

{{ svar.behov.varfor.stycken }}

| Rad | Hel |
| --- | --- |
| {{ svar.behov.varfor.kort(40) }} | {{ svar.behov.malgrupper.rader[0].namn }} |

- {{ svar.behov.noll }}

{{ svar.behov.utlosare.punkter | join(" & ") }}
"""


def document():
    told = {
        "behov.varfor": Given(ANSWER),
        "behov.malgrupper": Given((Row("1", {"namn": "- **A**\n- [B](https://a.example/b)"}),)),
        "behov.noll": Skipped("vi *väntar*, se www.a.example"),
        "behov.utlosare": Given(("`krav`", "egna ord")),
    }
    return compose(KIND["lardomar"], TEMPLATE, "egen.md.j2", source(whole() | told))


def test_an_answer_is_shown_in_markdown_and_said_in_one_line_places():
    text = to_markdown(document())
    assert "- Mer **tid**\n  - för nya\n- Mer stöd\n\n1. Först\n2. Sedan\n\n| Mått | Nu |" in text
    assert (
        "> Det fungerar\\\n> inte\n\n```\nkod  med   blanka\n```\n\n**En rubrik**\n\n**Under den**\n\n[karta]"
        in text
    )
    assert "[karta](https://a.example/k.png) \\<script\\>x\\</script\\> <https://a.example/å_b>" in text
    assert "| Vi ser tre saker: Mer tid (för nya); … | A; B (https://a.example/b) |" in text
    assert "- Överhoppad: vi väntar, se www.a.example\n\nkrav \\& egna ord" in text


def test_an_answer_is_shown_in_html_with_headers_and_links():
    html = to_html(document().page)
    assert "<ul><li>Mer <strong>tid</strong><ul><li>för nya</li></ul></li><li>Mer stöd</li></ul>" in html
    assert "<ol><li>Först</li><li>Sedan</li></ol>" in html
    assert '<th scope="col">Mått</th><th scope="col">Nu</th>' in html
    assert "<blockquote><p>Det fungerar<br>inte</p></blockquote><pre>" in html.replace("\n", "")
    assert "<pre>kod  med   blanka</pre>" in html
    assert '<a href="https://a.example/%C3%A5_b" rel="noopener noreferrer">https://a.example/å_b</a>' in html
    assert '<a href="mailto:kurs@a.example"' in html
    assert '<a href="http://www.a.example"' in html
    assert "<p><strong>En rubrik</strong></p>\n<p><strong>Under den</strong></p>" in html
    assert "<hr" not in html
    assert html.count("<h1") + html.count("<h2") == 1
    assert "<img" not in html
    assert "<script" not in html


def test_an_answer_is_shown_in_word_with_its_own_lists_tables_and_links():
    docx = pytest.importorskip("docx")
    from utbildningsprocess.exports.docx_file import to_docx

    made = docx.Document(BytesIO(to_docx(document().page)))
    styles = [(one.style.name, one.text) for one in made.paragraphs]
    lists = [("List Bullet", "Mer tid"), ("List Bullet 2", "för nya"), ("List Number", "Först")]
    assert [pair for pair in styles if pair in lists] == lists
    assert ("Quote", "Det fungerar\ninte") in styles
    bold = [one.text for one in made.paragraphs if one.runs and all(run.bold for run in one.runs)]
    assert bold == ["En rubrik", "Under den"]
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [
        ["Mått", "Nu"],
        ["Antal", "12"],
    ]
    addresses = {link.address for one in made.paragraphs for link in one.hyperlinks}
    assert {"https://a.example/k.png", "mailto:kurs@a.example", "http://www.a.example"} <= addresses


def test_an_answer_is_shown_in_a_tagged_pdf():
    pytest.importorskip("typst")
    data = to_pdf(document().page, Program(template_text(ROOT, "sida.typ"))).data
    assert b"pdfuaid:part" in data
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler-utils is not installed")
    told = subprocess.run(["pdfinfo", "-struct", "-"], input=data, capture_output=True, check=True).stdout
    tags = Counter(line.strip().split(" ")[0] for line in told.decode().splitlines())
    assert (tags["Table"], tags["TH"], tags["BlockQuote"], tags["H1"]) == (2, 4, 1, 1)
    assert tags["LI"] == 6
    assert tags["Link"] >= 5
    text = subprocess.run(
        ["pdftotext", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()
    assert "\nEn rubrik\n" in text
    assert "\nUnder den\n" in text
    assert not {"###", "---"} & set(text.split())


def test_an_answer_is_shown_as_text_without_marks():
    text = to_txt(document().page)
    assert "- Mer tid\n  - för nya\n- Mer stöd\n\n1. Först\n2. Sedan\n\nMått | Nu\nAntal | 12" in text
    assert "\n\nEn rubrik\n\nUnder den\n\nkarta" in text
    assert (
        "karta: https://a.example/k.png <script>x</script> https://a.example/å_b och kurs@a.example" in text
    )
    assert "- Överhoppad: vi väntar, se www.a.example\n" in text


def test_what_does_not_fit_its_question_is_shown_as_it_is_meant_too():
    told = whole() | {"behov.klart_senast": Unfit("I *tid*:\n\n- mars\n- maj", "Det är inget datum.")}
    template = "# T\n\n{{ svar.behov.klart_senast.stycken }}\n\nSenast {{ svar.behov.klart_senast }}.\n"
    made = compose(KIND["lardomar"], template, "egen.md.j2", source(told))
    assert made.text == "# T\n\nI *tid*:\n\n- mars\n- maj\n\nSenast I tid: mars; maj.\n"


def test_a_deep_answer_is_shown_line_by_line_and_whole():
    (block,) = shown(">" * 300 + " djupt\noch mer")
    assert block.kind == "paragraph"
    assert plain_text(block.line).endswith(" djupt\noch mer")


def test_code_that_looks_like_a_picture_of_the_page_is_code():
    typed = "~~~\n```utb-bild\nlarresa\n```\n~~~"
    assert shown(typed) == (Block("code", text="```utb-bild\nlarresa\n```"),)
    told = whole() | {"behov.varfor": Given(typed)}
    made = compose(KIND["lardomar"], "# T\n\n{{ svar.behov.varfor.stycken }}\n", "egen.md.j2", source(told))
    assert "mermaid" not in to_markdown(made)


# ---------------------------------------------------------------- pasted lists


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("Vi ser:\n•\tMer tid\n•\tMer stöd\nOch så", "Vi ser:\n- Mer tid\n- Mer stöd\n\nOch så"),
        (
            "·\ten\no\tinre\no\tinre två\n§\tinnerst\n·\ttvå",
            "- en\n  - inre\n  - inre två\n    - innerst\n- två",
        ),
        ("•   en\n    o   inre\n•   två", "- en\n  - inre\n- två"),
        ("– en\n– två", "- en\n- två"),
        ("• en lång\n  rad\n• två", "- en lång rad\n- två"),
        ("•en\n•två\n\nslut", "- en\n- två\n\nslut"),
        *(
            (same, same)
            for same in (
                *("• ensam", "– sa hon\ntyst", "o a\no b", "§ 4\n§ 5", "–5 grader\n–6 grader", "- en\n- två"),
                *("1. en\n2. två", "a) en\nb) två", "• en\n\n• två", "• en\ntext\n• två", ""),
            )
        ),
    ],
)
def test_two_lines_in_a_row_with_a_word_processors_mark_are_a_list(pasted, kept):
    assert with_lists(pasted) == kept


@given(st.lists(st.sampled_from(["• a", "\to\tb", "– c", "  d", "e", "", "- f"])).map("\n".join))
def test_what_has_become_a_list_stays_as_it_is(text):
    kept = with_lists(text)
    assert with_lists(kept) == kept
    assert Counter(re.findall("[a-f]", kept)) == Counter(re.findall("[a-f]", text))
