"""Initiatives of five kinds beside the example, from three answers to sixty weeks: each promise holds for all."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest

from making import ROOT, WORKSPACE, page_count, pages, source, whole
from making import made as example_of
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.documents.compose import compose
from utbildningsprocess.documents.kinds import PAGES
from utbildningsprocess.exports.pdf import Program, to_pdf
from utbildningsprocess.files.roots import template_text

FOLDER = Path(__file__).parent / "cases" / "insatser"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
TODAY = date(2026, 11, 27)
ONE_PAGE = [kind for kind in PAGES if kind.one_page]


def made(kind, name):
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    read = read_answers_file(text, name, WORKSPACE.battery, TODAY)
    return compose(kind, template_text(ROOT, kind.template), kind.template, source(read.answers, read.title))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ONE_PAGE, ids=lambda kind: kind.id)
def test_one_page_is_promised_and_one_page_it_is(kind, name):
    assert pages(made(kind, name)) == 1


@pytest.mark.experiment
@pytest.mark.parametrize("name", NAMES)
def test_one_page_is_one_page_in_word_too(name, tmp_path):
    if shutil.which("soffice") is None or shutil.which("pdfinfo") is None:
        pytest.skip("LibreOffice or poppler-utils is not installed")
    if "Carlito" not in subprocess.run(["fc-list"], capture_output=True, check=True).stdout.decode():
        pytest.skip("Carlito, as wide as Word's own letters, is not installed")
    pytest.importorskip("docx")
    from utbildningsprocess.exports.docx_file import to_docx

    for kind in ONE_PAGE:
        (tmp_path / f"{kind.id}.docx").write_bytes(to_docx(made(kind, name).page))
    profile, made_files = (tmp_path / "profile").as_uri(), map(str, tmp_path.glob("*.docx"))
    office = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*office, "--outdir", str(tmp_path), *made_files], capture_output=True, check=True, timeout=120
    )
    assert {path.stem: page_count(path.read_bytes()) for path in tmp_path.glob("*.pdf")} == {
        kind.id: 1 for kind in ONE_PAGE
    }


def lines_of_pages(pdf):
    """For each page of a PDF its lines between header and footer: whether each is bold, from the top."""
    if shutil.which("pdftohtml") is None:
        pytest.skip("poppler-utils is not installed")
    told = subprocess.run(
        ["pdftohtml", "-xml", "-i", "-stdout", str(pdf)], capture_output=True, check=True
    ).stdout.decode()
    for page in told.split("<page ")[1:]:
        height = int(re.search(r'height="(\d+)"', page)[1])
        words = sorted(
            (int(top), is_bold == "<b>")
            for top, is_bold in re.findall(r'<text top="(\d+)"[^>]*>(<b>)?[^<]*\S', page)
            if height * 0.065 < int(top) < height * 0.91
        )
        yield [all(bold for _, bold in line) for _, line in groupby(words, key=lambda word: word[0])]


LONG = [kind for kind in PAGES if not (kind.one_page or kind.is_bare or kind.id == "larresa")]


@pytest.mark.parametrize("name", [*NAMES, "exempel"])
@pytest.mark.parametrize("kind", LONG, ids=lambda kind: kind.id)
def test_no_page_ends_in_a_heading_or_holds_a_few_lines_alone(kind, name, tmp_path):
    document = example_of(kind.id, whole()) if name == "exempel" else made(kind, name)
    pdf = tmp_path / "sidor.pdf"
    pdf.write_bytes(to_pdf(document.page, Program(template_text(ROOT, "sida.typ"))).data)
    for lines in lines_of_pages(pdf):
        assert len(lines) >= 6
        assert not lines[-1]


@pytest.mark.parametrize("name", NAMES)
def test_each_part_of_a_survey_is_one_sheet(name):
    survey = made(next(kind for kind in PAGES if kind.id == "enkat"), name)
    to_hand_out = survey.text.count("\n## Del ")
    assert to_hand_out == (24 if name == "stor" else 3)
    assert pages(survey) == to_hand_out


@pytest.mark.parametrize("name", NAMES)
def test_an_invitation_has_at_most_two_hundred_words_for_each_group(name):
    invitation = next(kind for kind in PAGES if kind.id == "inbjudan")
    assert made(invitation, name).words <= invitation.most_words
