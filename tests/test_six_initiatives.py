"""Initiatives of five kinds beside the example, from three answers to sixty weeks: each promise holds for all."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from making import ROOT, WORKSPACE, page_count, pages, source
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.documents.compose import compose
from utbildningsprocess.documents.kinds import PAGES
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
