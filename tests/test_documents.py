"""The documents: what each says, from much or little, and that no answer can change more than its own place."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import BATTERY, KIND, ROOT, made, only_behov, source, whole, with_texts
from utbildningsprocess import files
from utbildningsprocess.documents.compose import compose, to_markdown
from utbildningsprocess.documents.text import one_line, paragraphs, shortened
from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.pdf import to_pdf
from utbildningsprocess.markdown import page
from utbildningsprocess.model import Given, Row, Skipped, Unknown
from utbildningsprocess.tree import plain_text

GOLDEN = Path(__file__).parent / "cases" / "dokument"
SOURCES = {"exempel": whole, "behov": only_behov}
EVIL = (
    "<script>alert(1)</script>",
    "<!-- utb:behov.varfor -->",
    "{{ 7 * 7 }} {% for x in y %}",
    "# Rubrik\n\n## En till",
    "Rubrik\n======",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "```\noavslutad",
    "~~~ utb-bild\nlarresa\n~~~",
    "![bild](https://example.org/x.png) [länk](javascript:alert(1))",
    "[x]: https://example.org\n\n[^1]: fot",
    "#let x = 1 \\ $ @ref <label>",
    "=1+1",
    "\u202egnus\u0007\u0000",
    "å" * 10_000,
    "ord " * 2_500,
    "- [x] kryss\n\n---\n\n> citat",
)


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("start", SOURCES)
def test_a_document_says_just_this(start, name):
    """`UTB_FACIT=1 pytest tests/test_documents.py` writes the files anew, to be read before they are kept."""
    text = to_markdown(made(name, SOURCES[start]()))
    path = GOLDEN / f"{start}-{name}.md"
    if os.environ.get("UTB_FACIT"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("answers", [only_behov(), {}], ids=["behov", "inget"])
def test_what_is_not_answered_is_said_and_no_table_is_empty(name, answers):
    document = made(name, answers)
    assert "Ej besvarad" in document.text
    tables = [block for block in document.page.body if block.kind == "table"]
    assert all(len(table.rows) > 1 for table in tables)
    assert all(any(plain_text(cell).strip() for cell in row) for table in tables for row in table.rows)


def without(*addresses):
    return {qid: answer for qid, answer in whole().items() if qid not in addresses}


@pytest.mark.parametrize(
    "answers", [whole(), without("genomforande.inbjudan")], ids=["as written", "from the plan"]
)
def test_an_invitation_has_at_most_two_hundred_words(answers):
    document = made("inbjudan", answers)
    assert 50 < document.words <= document.kind.most_words == 200


@pytest.mark.parametrize("name", sorted(name for name, kind in KIND.items() if kind.one_page))
@pytest.mark.parametrize("answers", [whole(), only_behov(), {}], ids=["exempel", "behov", "inget"])
def test_one_page_is_promised_and_one_page_it_is(name, answers):
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler-utils is not installed")
    pytest.importorskip("typst")
    data = to_pdf(made(name, answers).page, files.template_text(ROOT, "sida.typ"))
    told = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert re.search(r"^Pages: +1$", told, re.MULTILINE)


@pytest.mark.parametrize("name", sorted(KIND.keys() - {"larresa"}))
def test_nothing_of_the_example_is_cut(name):
    """The thread, in the journey, names rows in a few words; all of their text stands above it."""
    text = made(name, whole()).text
    assert "…" not in text.replace("”När …, då ska jag …”", "").replace("”När …, då ska jag …”?", "")


def test_what_does_not_apply_is_not_asked_for():
    answers = without("analys.andra_insatser", "koncept.samverkan", "behov.krav_kalla")
    answers |= {"behov.krav": Given("nej"), "analys.gap_belagg": Given("inget_gap")}
    text = made("uppdragsbeskrivning", answers).text
    assert "Samverkan" not in text
    assert "Diagnosen pekar inte på några andra insatser." in text
    assert "**Nej.**\n" in text


def test_deviations_stand_in_the_documents_with_what_they_are_about():
    row = Row("1", {"regel": "R24", "skal": "Värdet väger tyngre", "roll": "Verksamhetschef"})
    answers = whole() | {"avsteg.godtagna": Given((row,))}
    for name in ("beslutsunderlag", "uppdragsbeskrivning", "dossier"):
        text = made(name, answers).text
        assert "## Avsteg\n" in text
        assert "Värdet väger tyngre" in text
        assert "- **R24" not in text


def every_other_field(answers, first):
    """The answers with every other field of every row left out, beginning with the `first`."""
    return {
        qid: Given(tuple(Row(row.id, dict(_every_other(row, first + place))) for place, row in rows(answer)))
        if BATTERY.question(qid).fields
        else answer
        for qid, answer in answers.items()
    }


def rows(answer):
    return enumerate(answer.value)


def _every_other(row, first):
    return [pair for place, pair in enumerate(row.values.items()) if (place + first) % 2]


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("first", [0, 1])
def test_a_document_is_made_of_rows_half_filled_in(name, first):
    document = made(name, every_other_field(whole(), first))
    # The reading copy says nothing of a field that nobody has filled in; all of its questions are answered.
    assert ("Ej besvarad" in document.text) is (name != "dossier")
    assert not re.search(r"None|\bobject at\b|Undefined", document.text)


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("answer", [Skipped("ingen tid"), Unknown("fråga HR"), Skipped(""), Unknown()])
def test_a_document_is_made_when_every_question_was_passed_over(name, answer):
    assert made(name, dict.fromkeys(whole(), answer)).page.body


@pytest.mark.parametrize("name", KIND)
def test_every_document_begins_with_its_heading_and_has_no_level_left_out(name):
    levels = [block.level for block in made(name, whole()).page.body if block.kind == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


PROSE = ("paragraph", "bullets", "numbers", "quote")


def skeleton(document):
    """The kinds of blocks in order, the shape of each table, the texts of headings below the first.

    An answer that is prose may be several paragraphs and lists: a run of those counts as one.
    """
    parts = [_part(block) for block in document.page.body]
    return [part for part, _ in groupby(parts)]


def _part(block):
    if block.kind in PROSE:
        return "prose"
    heading = plain_text(block.line) if block.level > 1 else ""
    return (block.kind, block.level, [len(row) for row in block.rows], heading, block.text)


def boxes(document):
    lists = [block for block in document.page.body if block.kind == "bullets"]
    return [item.ticked for block in lists for item in block.children]


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("text", EVIL, ids=range(len(EVIL)))
def test_no_answer_changes_the_structure(name, text):
    evil, harmless = made(name, with_texts(lambda _: text)), made(name, with_texts(lambda _: "Text"))
    assert skeleton(evil) == skeleton(harmless)
    if name in ("checklista", "enkat"):
        assert boxes(evil) == boxes(harmless)


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("text", EVIL, ids=range(len(EVIL)))
def test_no_reason_and_no_name_changes_the_structure(name, text):
    def answers(words):
        group = "Nya undersköterskor"
        told = {
            "behov.noll": Skipped(words),
            "analys.gap_belagg": Unknown(words),
            "koncept.samverkan": Skipped(words),
            "behov.utlosare": Given((words, words + " igen")),
        }
        return {qid: _renamed(answer, group, words) for qid, answer in whole().items()} | told

    evil, harmless = made(name, answers(text)), made(name, answers("Text"))
    assert skeleton(evil) == skeleton(harmless)


def _renamed(answer, old, new):
    """The answer with a group called something else, also where it is pointed at."""
    if not (isinstance(answer.value, tuple) and answer.value and isinstance(answer.value[0], Row)):
        return answer
    found = (
        Row(row.id, {key: _swapped(value, old, new) for key, value in row.values.items()})
        for row in answer.value
    )
    return Given(tuple(found))


def _swapped(value, old, new):
    if isinstance(value, tuple):
        return tuple(new if one == old else one for one in value)
    return new if value == old else value


def test_what_an_answer_says_is_never_run():
    document = made("uppdragsbeskrivning", with_texts(lambda _: "{{ 7 * 7 }} {% for x in y %}"))
    shown = "".join(plain_text(block.line) for block in document.page.body)
    assert "{{ 7 * 7 }} {% for x in y %}" in shown
    assert "49" not in shown


@pytest.mark.parametrize("name", KIND)
def test_a_title_is_only_a_title(name):
    title = "<b>{{ 1 }}</b> | # `x` *y*"
    document = made(name, whole(), title)
    assert title in plain_text(document.page.body[0].line)
    assert skeleton(document) == skeleton(made(name, whole(), "Titel"))


@given(st.text(max_size=200))
def test_any_text_comes_back_as_running_text(text):
    shown = page(f"före {one_line(text)} efter")
    assert [block.kind for block in shown] == ["paragraph"]


@given(st.text(max_size=200))
def test_any_text_stays_prose_between_its_neighbours(text):
    shown = page(f"## Före\n\n{paragraphs(text)}\n\n## Efter")
    assert [
        block.kind for block in shown if block.kind in ("heading", "table", "code", "figure", "rule")
    ] == [
        "heading",
        "heading",
    ]
    assert (plain_text(shown[0].line), plain_text(shown[-1].line)) == ("Före", "Efter")


@pytest.mark.parametrize(
    ("text", "cut"), [("ett två tre", "ett två …"), ("ett", "ett"), ("x" * 30, "x" * 9 + " …")]
)
def test_a_text_is_cut_between_words(text, cut):
    assert shortened(text, 9) == cut


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f"])
def test_a_blank_that_does_not_break_stays_and_every_other_blank_is_one(blank):
    amount = f"448{blank}000 kronor"
    text = f"Ungefär \t{amount}\n\u2003 i  allt{blank}"
    assert one_line(text) == shortened(text, 99) == f"Ungefär {amount} i allt"
    assert shortened(text, 17) == f"Ungefär 448{blank}000 …"
    assert paragraphs(f"# {amount}\n{amount}") == f"\\# {amount}\\\n{amount}"
    told = {"behov.varfor": Given(text), "behov.malgrupper": Given((Row("1", {"namn": amount}),))}
    template = "# T\n\n{{ svar.behov.varfor }} {{ svar.behov.malgrupper.rader[0].namn.kort(40) }}\n"
    assert f"Ungefär {amount} i allt {amount}\n" in from_template(template, told)


def test_prose_keeps_its_lists_and_its_weight():
    assert paragraphs("Ett *två*\n\n- tre\n- fyra") == "Ett *två*\n\n- tre\n- fyra"


# ------------------------------------------------------------- own templates


def from_template(template, answers=None):
    kind = KIND["lardomar"]
    return compose(kind, template, "egen.md.j2", source(whole() if answers is None else answers)).text


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ svar.koncept.samverkan.galler }}", "Ja"),
        ("{{ svar.produktion.debriefing.finns }}", "Ja"),
        ("{{ svar.genomforande.tillfallen.rader[0].aktivitet.rader[0].form }}", "Workshop"),
        ("{{ svar.koncept.aktiviteter.rader[0].malgrupp.rader[0].antal }}", "24 personer"),
        ("{{ svar.behov.klart_senast.rader | length }}", "0"),
        (
            "{{ svar.behov.malgrupper.rader | map(attribute='antal') | join(', ') }}",
            "60 personer, 24 personer, 4",
        ),
        ("{{ svar.behov.krav | upper }}", "JA, LAG ELLER FÖRESKRIFT"),
        ("{{ pris.inte_medraknat | join }}", "Vårdenhetschefer"),
        ("{{ svar.behov.varfor.kort(30) }}", "Av 62 undersköterskor som …"),
        ("{{ svar.behov.varfor | kort(30) }}", "Av 62 undersköterskor som …"),
        ("{{ svar.behov.malgrupper.rader[0].antal | kort(30) }}", "60 personer"),
        ("{{ svar.behov.malgrupper.rader[0].antal.varde | kort(30) }}", "60"),
        ("{{ svar.behov.effektmatt.rader[0].nar.varde | kort(30) }}", "2026-03-31"),
        ("{{ svar.behov.klart_senast.varde | kort(30) }}", "2025-06-01"),
        ("{{ svar.analys.beslut.datum | kort(30) }}", "Ej besvarad"),
        ("{{ svar.produktion.debriefing.finns | kort(30) }}", "Ja"),
        ("{{ svar.behov.utlosare.punkter | kort(30) }}", "Avvikelse eller händelse, Nya …"),
        ("{{ svar.behov.malgrupper.rader | kort(40) }}", "Nya undersköterskor, Handledare …"),
        ("{{ svar.behov.malgrupper.rader }}", "Handledare (undersköterskor)"),
        (
            "{{ svar.behov.malgrupper.rader | map(attribute='namn') | kort(40) }}",
            "Nya undersköterskor, Handledare …",
        ),
        ("{{ svar.behov.malgrupper.rader[0].falt() | kort(40) }}", "Grupp, Nya undersköterskor, Antal …"),
        ("{{ svar.behov | kort(40) }}", "Behov"),
        ("{{ svar | kort(20) }}", "Om insatsen, Behov, …"),
        ("{{ pris.stycken | kort(20) }}", "Deltagarnas tid är …"),
        ("{{ pris.timmar | tusental }} {{ pris.kronor | kronor }}", "939 448\u00a0000 kronor"),
    ],
)
def test_a_template_may_ask_for(template, said):
    assert said in from_template(f"# Egen\n\n{template}\n")


@pytest.mark.parametrize("answers", [whole(), {}], ids=["exempel", "inget"])
def test_the_template_that_the_documentation_shows_can_be_used(answers):
    told = (Path(__file__).parent.parent / "docs" / "mallar.md").read_text("utf-8")
    text = from_template(told.partition("```jinja\n")[2].partition("```")[0], answers)
    assert ("(gäller Verksamhetschefer)\n" if answers else "Lärdomar: Ej besvarad\n") in text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{{ svar.behov.varfr }}", "”varfr” finns inte. Menade du varfor?"),
        ("{{ svar.behof.varfor }}", "”behof” finns inte. Menade du behov?"),
        ("{{ titl }}", "”titl” finns inte."),
        ("{{ diagnos.utfal }}", "”utfal” finns inte. Menade du utfall?"),
        ("{{ svar.koncept.larandemal.rader[0].kunn }}", "”kunn” finns inte. Menade du kunna?"),
        ("{{ svar.koncept.larandemal.rader[99].kunna }}", "finns inte."),
        ("{% if svar %}", "mallen går inte att läsa."),
        ("{{ svar.behov.varfor | krympt }}", "mallen går inte att läsa."),
        ("{{ svar.behov.klart_senast.varde + 'x' }}", "Kontrollera vad raden gör med svaret."),
        ("{{ 1 / 0 }}", "Kontrollera vad raden gör med svaret."),
        ("{% include 'sida.typ' %}", "inte tillåtet i en mall."),
        ("{{ range(100000000) }}", "inte tillåtet i en mall."),
        ("{{ svar.behov.varfor | kort('x') }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.behov.varfor | kort }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.behov.varfr | kort(80) }}", "”varfr” finns inte. Menade du varfor?"),
        ("{{ pris | kort(80) }}", "Kontrollera vad raden gör med svaret."),
        ("{{ pris }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.behov.varfor.kort }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.behov.klart_senast.varde | xmlattr }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.__class__ }}", "mallen går inte att fylla i."),
        ("{{ ''.__class__.__mro__ }}", "inte tillåtet i en mall."),
        ("{{ svar.behov.varfor.finns.__class__ }}", "inte tillåtet i en mall."),
        ("{{ trad.mal.append(1) }}", "finns inte."),
        ("{{ fynd.append('x') }}", "inte tillåtet i en mall."),
    ],
)
def test_an_error_in_a_template_is_told_with_file_and_line(line, why):
    with pytest.raises(Broken) as told:
        from_template(f"# Egen\n\n{line}\n")
    assert str(told.value).startswith("egen.md.j2:")
    assert why in str(told.value)
