"""A page of Markdown as a tree: all that a document can hold, and nothing that runs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utbildningsprocess.markdown import page_blocks, render, with_hard_breaks, without_hard_breaks
from utbildningsprocess.pages.page import Block, Inline, plain_text


def text(words):
    return Inline("text", words)


def paragraph(*line):
    return Block("paragraph", line=tuple(line))


def test_every_kind_of_block_has_its_place():
    found = page_blocks(
        "# Rubrik\n\nEtt *stycke* med **vikt**, `kod` och [länk](https://a.example).\\\nNy rad\n\n"
        "- [ ] kvar\n- [x] gjort\n\n3. tre\n\n> citat\n\n| A | B |\n| - | - |\n| 1 | 2 |\n\n---\n\n"
        "```\nkod\n```\n\n```utb-bild\ntidslinje\n```\n"
    )
    assert found == (
        Block("heading", line=(text("Rubrik"),), level=1),
        paragraph(
            text("Ett "),
            Inline("emphasis", children=(text("stycke"),)),
            text(" med "),
            Inline("strong", children=(text("vikt"),)),
            text(", "),
            Inline("code", "kod"),
            text(" och "),
            Inline("link", href="https://a.example", children=(text("länk"),)),
            text("."),
            Inline("break"),
            text("Ny rad"),
        ),
        Block(
            "bullets",
            children=(
                Block("item", children=(paragraph(text("kvar")),), ticked=False),
                Block("item", children=(paragraph(text("gjort")),), ticked=True),
            ),
        ),
        Block("numbers", children=(Block("item", children=(paragraph(text("tre")),)),), start=3),
        Block("quote", children=(paragraph(text("citat")),)),
        Block("table", rows=(((text("A"),), (text("B"),)), ((text("1"),), (text("2"),)))),
        Block("rule"),
        Block("code", text="kod"),
        Block("figure", text="tidslinje"),
    )


def test_lists_inside_lists_keep_their_depth():
    found = page_blocks("- ett\n  - två\n    - tre\n- fyra\n")
    inner = found[0].children[0].children[1]
    assert inner.kind == "bullets"
    assert inner.children[0].children[1].children[0].children == (paragraph(text("tre")),)
    assert len(found[0].children) == 2


def test_html_is_text_and_no_picture_or_script_address_is_taken():
    found = page_blocks(
        "<script>alert(1)</script>\n\n![x](https://a.example/b.png) [y](javascript:alert(1))\n"
    )
    assert [block.kind for block in found] == ["paragraph", "paragraph"]
    assert plain_text(found[0].line) == "<script>alert(1)</script>"
    assert all(one.kind == "text" or one.href.startswith("https://") for one in found[1].line)


def test_styles_within_styles_within_styles_keep_their_text_however_many_there_are():
    (block,) = page_blocks("före " + "**" * 2000 + "*länge*" + "**" * 2000 + " efter")
    assert plain_text(block.line) == "före länge efter"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"[planen](\\\\server\\delad\\p.docx)", r"planen (\\server\delad\p.docx)"),
        ("[planen](filer/min%20plan.docx)", "planen (filer/min plan.docx)"),
        ("[fil](ftp://a.example/b)", "fil (ftp://a.example/b)"),
        ("[ring](tel:0701234567) nu", "ring (tel:0701234567) nu"),
        ("[tel:070](tel:070)", "tel:070"),
        ("[tom]()", "tom"),
        ("[webb](https://a.example)", "webb"),
    ],
)
def test_an_address_that_is_no_link_can_still_be_read(text, shown):
    (block,) = page_blocks(text)
    assert plain_text(block.line) == shown
    assert all(inline.kind == "text" or inline.href.startswith("https:") for inline in block.line)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\nb", "a\\\nb"),
        ("a\n\nb\nc", "a\n\nb\\\nc"),
        ("> a\n> b", "> a\\\n> b"),
        ("1. a\n   b", "1. a\\\n   b"),
        *(
            (same, same)
            for same in ("- a\n- b", "Dag 1:\n- a", "`x\ny`", "a\n===", "| a |\n| - |\n| 1 |", "a\n<div>\nb")
        ),
    ],
)
def test_typed_lines_are_kept_apart_where_markdown_would_run_them_together(typed, kept):
    assert with_hard_breaks(typed) == kept
    assert without_hard_breaks(kept) == typed


@given(
    st.lists(
        st.sampled_from(
            ["a", "b c", "- d", "> e", "1. f", "`", "  ", "", "\\", "# g", "---", "<i>", "[h]: i"]
        )
    )
)
def test_lines_kept_apart_say_the_same_and_are_typed_again_as_they_were(lines):
    typed = "\n".join(lines)
    kept = with_hard_breaks(typed)
    assert render(kept).replace("<br />\n", "\n") == render(typed).replace("<br />\n", "\n")
    assert with_hard_breaks(without_hard_breaks(kept)) == kept
