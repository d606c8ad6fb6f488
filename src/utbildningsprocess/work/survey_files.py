"""Answers to a survey in files: saved forms, tables and workbooks, each known by what it holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import date_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.answers.tables import table_in, table_text
from utbildningsprocess.errors import Broken, UtbError, WrongUse
from utbildningsprocess.exports.xlsx_back import cells_of_workbook
from utbildningsprocess.files.packed import unpacked
from utbildningsprocess.guide.form.saved import is_form, saved_form
from utbildningsprocess.guide.mail.asking import title_letters
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.guide.survey.asking import PARTS
from utbildningsprocess.guide.survey.columns import Names
from utbildningsprocess.guide.survey.respondents import (
    AskedParts,
    SurveyAnswers,
    answers_in_form,
    answers_in_table,
)
from utbildningsprocess.model import first_day
from utbildningsprocess.plan.due import is_cancelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from utbildningsprocess.guide.form.saved import SavedForm
    from utbildningsprocess.guide.survey.asking import Survey
    from utbildningsprocess.guide.survey.respondents import Respondent
    from utbildningsprocess.model import AnswerSheet
    from utbildningsprocess.work.open_dossier import OpenDossier

_WORKBOOK = b"PK\x03\x04"


class SurveyFile(NamedTuple):
    """A file that somebody hands over: what to call it, and its bytes or why they cannot be read."""

    name: str
    data: bytes
    trouble: UtbError | None = None


class Read(NamedTuple):
    """Who has answered, what to tell of the files, and who may only have tried the survey out."""

    people: list[Respondent]
    lines: list[str]
    tests: list[Respondent]


def asked_in(survey: Survey, day: int | None) -> AskedParts:
    """What a survey asks in its parts, as answers to it are read."""
    to_read = survey.to_read()
    return AskedParts([to_read.stage(part) for part in PARTS], to_read.groups, day)


def read_survey_files(
    initiative: OpenDossier, survey: Survey, files: Iterable[SurveyFile], day: int | None
) -> Read:
    """All who have answered in some files. A form that comes twice counts once.

    What is wrong with a file alone among several is a line; raises it where there is one file.
    """
    asked, lines = asked_in(survey, day), list[str]()
    people: list[Respondent] = []
    forms: dict[str, list[SavedForm]] = {}
    handed = list(files)
    for file in handed:
        try:
            if file.trouble:
                raise file.trouble
            if is_form(file.data):
                form = _checked(initiative, saved_form(file.data, file.name), file.name)
                forms.setdefault(form.answer_id, []).append(form)
                continue
            outcome = _in_tables(file, asked)
        except UtbError as trouble:
            if len(handed) == 1:
                raise
            lines.append(str(trouble))
            continue
        lines += outcome.lines
        people += outcome.respondents
    changed = [saved for saved in forms.values() if len({_content(form) for form in saved}) > 1]
    if changed:
        lines.append(
            f"{len(changed)} svar har kommit flera gånger och ser olika ut. Det med flest svar räknas."
            if len(changed) > 1
            else "Ett svar har kommit flera gånger och ser olika ut. Det med flest svar räknas."
        )
    answered = [answers_in_form(_fullest(saved).answers, asked) for saved in forms.values()]
    people += [person for person in answered if person.said]
    tests = _before(people, first_occasion(initiative.sheet))
    return Read(people, lines, tests)


def _content(form: SavedForm) -> str:
    return json.dumps(form.answers, sort_keys=True, ensure_ascii=False)


def _fullest(saved: Sequence[SavedForm]) -> SavedForm:
    """The one with most answers, whatever order they came in."""
    return max(saved, key=lambda form: (len(form.answers), _content(form)))


def _checked(initiative: OpenDossier, form: SavedForm, name: str) -> SavedForm:
    """The form. Raises WrongUse for one of another initiative, or that is no survey."""
    if form.key.identity not in {initiative.identity, title_letters(initiative.title)}:
        raise WrongUse(f"{name} är ett svar om en annan insats än ”{initiative.title}”. Det räknas inte.")
    if form.key.purpose != Purpose.SURVEY:
        raise WrongUse(
            f"{name} är inget svar på enkäten. Läs in det med: utb steg {form.key.stage} "
            f"{initiative.typed_name} --fran {name}"
        )
    return form


def _in_tables(file: SurveyFile, asked: AskedParts) -> SurveyAnswers:
    """What the tables of a file say. Raises Broken or WrongUse when it holds none of ours."""
    names = Names(asked.stages)
    if file.data.startswith(_WORKBOOK):
        tables = cells_of_workbook(file.data, unpacked(file.data, file.name), file.name)
    else:
        tables = [table_in(table_text(file.data, file.name).text, names.known_letters).cells]
    outcome = SurveyAnswers()
    ours = [
        table
        for table in filter(None, tables)
        if any(names.meanings(words) for words in _words(table, names))
    ]
    for table in ours:
        read = answers_in_table(table, file.name, asked)
        outcome.respondents += read.respondents
        outcome.lines += read.lines
    if not ours:
        raise Broken(
            f"{file.name} har ingen av enkätens frågor som rubrik, och räknas inte. "
            "Rubrikerna får du med: utb dokument enkat --format csv"
        )
    return outcome


def _words(table: Sequence[Sequence[str]], names: Names) -> set[str]:
    """What may be a question of ours: the headings, and in a table with a row for each answer the cells."""
    heads = set(table[0])
    is_long = any(not names.meanings(words) and names.knows(words) for words in heads)
    return heads | ({cell for row in table[1:] for cell in row} if is_long else set())


def first_occasion(sheet: AnswerSheet) -> date | None:
    """The day of the first occasion that is held; None while none has a day."""
    rows = [row for row in given_rows(sheet.answers, addresses.OCCASIONS) if not is_cancelled(row)]
    return min((first_day(day) for row in rows if (day := date_in(row, "datum"))), default=None)


def _before(people: Iterable[Respondent], day: date | None) -> list[Respondent]:
    return [person for person in people if day and person.day and person.day < day]
