"""A template that does more than any page needs ends in a sentence, soon and without filling the memory."""

from __future__ import annotations

import sys
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest

from making import TODAY
from utbildningsprocess.documents import budget
from utbildningsprocess.documents.template import TOO_MUCH, page_text
from utbildningsprocess.errors import Broken
from utbildningsprocess.exports import typesetting

LAUGHS = "{% set a=[1,1,1,1,1,1,1,1,1,1] %}" + "{% set a=[a,a,a,a,a,a,a,a,a,a] %}" * 9
"""A few lines that name a thousand million things."""
BOMBS = [
    LAUGHS + "{{a}}",
    LAUGHS + "{{a|string}}",
    LAUGHS + "{{ '%s' % a}}",
    LAUGHS + "{{a~1}}",
    LAUGHS + "{{a|join}}",
    LAUGHS + "{{ '{}'.format(a) }}",
    LAUGHS + "{{ a|unique|list }}",
    "{{ 'a' * 10**9 }}",
    "{{ 'a'|center(10**9) }}",
    "{{ 'a'.center(10**9) }}",
    "{{ '%1000000000d'|format(1) }}",
    "{{ '%1000000000d' % 1 }}",
    "{{ '%*d' % (10**9, 1) }}",
    "{{ '{:>999999999}'.format(1) }}",
    "{{ '{:{w}}'.format(1, w=10**9) }}",
    "{{ [1]*10**9 }}",
    "{% set a='x'*1000 %}" + "{% set a = a ~ a %}" * 40,
    "{% set a='x'*1000 %}" + "{% set a = a + a %}" * 40,
    "{% set a %}xxxxx{% endset %}" + "{% set a %}{{a}}{{a}}{% endset %}" * 40,
    "{% for a in range(99999) %}" + "y" * 10000 + "{% endfor %}",
    "{{ ('a'*100000)|replace('a','b'*100000) }}",
    "{{ ('a\n'*100000)|indent(10**6) }}",
    "{{ 'a'|indent(10**9, true) }}",
    "{{ range(99999)|map('center', 99999)|list }}",
    "{{ (range(99999)|list)|join('a'*99999) }}",
    "{{ 'a'.ljust(10**9) }}",
    "{{ '1'.zfill(10**9) }}",
    "{{ '\t'.expandtabs(10**9) }}",
    "{{ [1,2]|batch(10**9, 'x')|list }}",
    "{% set ns = namespace(a='x') %}{% for i in range(99) %}{% set ns.a = ns.a ~ ns.a %}{% endfor %}",
    "{{ 'x'|wordwrap(10**9) }}",
    "{{ cycler(*range(99999)) }}",
    "{{ ([[1]*1000]*20000) | sum(start=[])|length }}",
    "{{ 'x'|truncate(10**9) }}",
    "{{ 'ab'|slice(10**9)|list }}",
]
ENDLESS = [
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% macro m(n) %}{% if n %}{{ m(n-1) }}{{ m(n-1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "{% set spend = 1 %}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
]
HARMLESS = [
    ("{{ 'Namn'|center(20) }}", "        Namn        "),
    ("{% for n in range(500) %}{{ n }},{% endfor %}", "".join(f"{n}," for n in range(500))),
    ("{{ 448000 * 12 }}", "5376000"),
    ("{{ ('%5.1f' % 3.14159)|trim|length }}", "3"),
    ("{{ ('-' * 40)|length }}", "40"),
    ("{{ 5000000|default(3) }}", "5000000"),
    ("{{ 'a' ~ 1 ~ 'b' }}", "a1b"),
    ("{{ [1, 2]|join(' och ') }}", "1 och 2"),
    ("{{ 12345678|round|int }}", "12345678"),
    ("{{ [3, 4]|sum }}", "7"),
    ("{{ '%s av %d' % ('tre', 4) }}", "tre av 4"),
    ("{{ '%(a)s' % {'a': 'ord', 'b': true} }}", "ord"),
    ("{{ '%s, 5 %% rabatt'|format('ett') }}", "ett, 5 % rabatt"),
    ("{{ '{} % rabatt'.format(5) }}", "5 % rabatt"),
]


@pytest.mark.parametrize("template", BOMBS)
def test_what_would_fill_the_memory_ends_in_a_sentence(template):
    with pytest.raises(Broken) as caught:
        page_text(template, "egen.md.j2", {})
    assert TOO_MUCH in str(caught.value)


@pytest.mark.parametrize("template", ENDLESS)
def test_what_would_never_end_ends_in_a_sentence(template, monkeypatch):
    monkeypatch.setattr(budget, "_LONGEST_SECONDS", 0.2)
    with pytest.raises(Broken, match=r"^egen\.md\.j2:1: ") as caught:
        page_text(template, "egen.md.j2", {})
    assert TOO_MUCH in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "'%s' % pris",
            "'%s'|format(pris)",
            "'{}'.format(pris)",
            "'%s' % (flera,)",
            "'{a}'.format(a=flera)",
        ),
        *("'%r' % 'ord'", "'{!r}'.format('ord')", "'%s' % ja", "'%(ja)s' % pris", "ja ~ ''", "ja|string"),
        *("'{0[1]}'.format(flera)", "'%s' % none"),
    ],
)
def test_no_value_is_put_into_a_text_as_programs_see_it(text):
    values = {"pris": {"finns": True, "ja": True}, "flera": ("a", "b"), "ja": True}
    with pytest.raises(Broken, match=r"^egen\.md\.j2:1: mallen går inte att fylla i\. Kontrollera vad raden"):
        page_text("{{ " + text + " }}", "egen.md.j2", values)


@pytest.mark.parametrize(("template", "page"), HARMLESS)
def test_what_a_page_needs_is_let_through(template, page):
    assert page_text(template, "egen.md.j2", {}).strip() == page.strip()


def test_a_broken_template_for_new_dossiers_gets_its_line(utb):
    (utb.folder / "utb.yaml").write_text("mallar: mina\n", "utf-8")
    (utb.folder / "mina").mkdir()
    for text in ("{{ titelrad }}\n{% if %}", "\n{{ 'a' * 10**9 }}"):
        (utb.folder / "mina/dossier.md.j2").write_text(text, "utf-8")
        outcome = utb("ny", "Larm", "--enkel", stdin="x\n")
        assert (outcome.code, outcome.err.startswith("Fel: mina/dossier.md.j2:2: mallen går inte att")) == (
            3,
            True,
        )


@pytest.mark.parametrize(
    "program",
    ["#for a in range(100000) { for b in range(100000) { let c = b } }", "#let a = range(10000000000)"],
    ids=["endless", "large"],
)
@pytest.mark.skipif(sys.platform == "win32", reason="memory is limited elsewhere")
def test_an_own_program_for_pdf_is_ended_in_time(utb, monkeypatch, program):
    pytest.importorskip("typst")
    monkeypatch.setattr(typesetting, "_LONGEST_SECONDS", 5.0)
    utb.dossier("Larm")
    (utb.folder / "utb.yaml").write_text("mallar: mina\n", "utf-8")
    (utb.folder / "mina").mkdir()
    (utb.folder / "mina/sida.typ").write_text(program, "utf-8")
    outcome = utb("dokument", "lardomar", "--format", "pdf")
    assert (outcome.code, outcome.err) == (
        3,
        "Fel: mina/sida.typ: mallen tar för mycket tid eller plats. Gör den enklare.\n",
    )


def word_parts():
    docx = pytest.importorskip("docx")
    made = BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def zipped(parts):
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return made.getvalue()


def test_any_zip_file_as_the_word_base_gives_a_file_or_a_sentence():
    from utbildningsprocess.exports.docx_file import to_docx
    from utbildningsprocess.markdown import page_blocks
    from utbildningsprocess.pages.page import Page

    parts = word_parts()
    whole = [{name: data for name, data in parts.items() if name != left_out} for left_out in parts]
    whole += [{**parts, name: data} for name in parts for data in (b"", b"<x/>", parts["word/styles.xml"])]
    page = Page(kind="Test", title="Larm", head=(), body=page_blocks("# Larm\n\n- a\n"), made=TODAY)
    refused = 0
    for foreign in ({}, {"a": b"b"}, *whole):
        with suppress(Broken):
            to_docx(page, zipped(foreign), "bas.docx")
            refused -= 1
        refused += 1
    assert refused > len(parts)
