"""The documents: what each says, from much or little, and that no answer can change more than its own place."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import KIND, made, only_behov, whole, with_texts
from utbildningsprocess.documents.compose import to_markdown
from utbildningsprocess.documents.text import one_line, paragraphs, shortened
from utbildningsprocess.markdown import page
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


def test_an_invitation_has_at_most_two_hundred_words():
    document = made("inbjudan", whole())
    assert 50 < document.words <= document.kind.most_words == 200


@pytest.mark.parametrize("name", KIND)
def test_every_document_begins_with_its_heading_and_has_no_level_left_out(name):
    levels = [block.level for block in made(name, whole()).page.body if block.kind == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def skeleton(document):
    """The headings, tables and figures of a document, in order; the texts of headings that are not answers."""
    return [
        (block.kind, block.level, len(block.rows), [len(row) for row in block.rows], block.text)
        for block in document.page.body
        if block.kind in ("heading", "table", "figure", "rule")
    ]


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("text", EVIL, ids=range(len(EVIL)))
def test_no_answer_changes_the_structure(name, text):
    assert skeleton(made(name, with_texts(lambda _: text))) == skeleton(
        made(name, with_texts(lambda _: "Text"))
    )


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


def test_prose_keeps_its_lists_and_its_weight():
    assert paragraphs("Ett *två*\n\n- tre\n- fyra") == "Ett *två*\n\n- tre\n- fyra"
