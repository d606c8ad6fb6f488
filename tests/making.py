"""Documents made in tests: from the example, from Behov alone, from nothing, or from what somebody evil wrote."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.checks.case import Case
from utbildningsprocess.checks.deviations import deviations
from utbildningsprocess.checks.findings import check
from utbildningsprocess.documents.basis import Source
from utbildningsprocess.documents.compose import compose
from utbildningsprocess.documents.kinds import PAGES
from utbildningsprocess.files.roots import find_root, question_text, template_text
from utbildningsprocess.model import AnswerSheet, Given, Kind, Row
from utbildningsprocess.work.workspace import Workspace

TODAY = date(2025, 6, 1)
BEFORE_ANY_OCCASION = date(2025, 2, 1)
"""When the example's invitations are sent."""
ROOT = find_root(Path(__file__).parent)
WORKSPACE = Workspace.at(ROOT, TODAY)
BATTERY = WORKSPACE.battery
READ = read_answers_file(question_text(ROOT, "exempel.yaml"), "exempel.yaml", BATTERY, TODAY)
KIND = {kind.id: kind for kind in PAGES}
TEXTS = (Kind.TEXT, Kind.LONG_TEXT)


def sampled(rows, columns, step=3):
    """Every pair: one in so many of each row and column in every run, and the others in the experiment."""
    return [
        pytest.param(row, column, marks=() if (down + across) % step == 0 else pytest.mark.experiment)
        for (down, row), (across, column) in product(enumerate(rows), enumerate(columns))
    ]


def whole():
    return dict(READ.answers)


def only_behov():
    return {qid: answer for qid, answer in READ.answers.items() if qid.startswith(("om.", "behov."))}


def with_texts(change):
    """The example's answers with every free text changed."""
    return {
        qid: _changed(BATTERY.question(qid), answer, change)
        for qid, answer in READ.answers.items()
        if isinstance(answer, Given)
    }


def _changed(question, answer, change):
    if question.kind in TEXTS:
        return Given(change(answer.value))
    if question.kind is not Kind.GROUP:
        return answer
    pointed = {field.id for field in question.fields if field.kind in TEXTS} - {"namn"}
    rows = (
        Row(row.id, {key: change(one) if key in pointed else one for key, one in row.values.items()})
        for row in answer.value
    )
    return Given(tuple(rows))


def source(answers, title=READ.title, settings=ROOT.settings, today=TODAY) -> Source:
    case = Case(
        AnswerSheet(BATTERY, answers), WORKSPACE.diagnosis_model, settings.cost, settings.limits, today
    )
    return Source(
        title,
        case,
        check(case, WORKSPACE.thread_rules),
        deviations(answers),
        WORKSPACE.thread_rules,
        settings,
    )


def day_of(kind_id):
    return BEFORE_ANY_OCCASION if kind_id == "inbjudan" else TODAY


def made(kind_id, answers, title=READ.title, settings=ROOT.settings, today=None):
    kind = KIND[kind_id]
    basis = source(answers, title, settings, today or day_of(kind_id))
    return compose(kind, template_text(ROOT, kind.template), kind.template, basis)


def pages(document):
    """How many pages a document is as a PDF."""
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler-utils is not installed")
    pytest.importorskip("typst")
    from utbildningsprocess.exports.pdf import Program, to_pdf

    return page_count(to_pdf(document.page, Program(template_text(ROOT, "sida.typ"))).data)


def page_count(pdf):
    """How many pages a PDF has."""
    told = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    return int(re.search(r"^Pages: +(\d+)$", told, re.MULTILINE)[1])
