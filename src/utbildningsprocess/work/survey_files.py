"""Answers to a survey in files: saved forms, tables and workbooks, each known by what it holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import date_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.answers.tables import table_in, table_text
from utbildningsprocess.errors import Broken, UtbError, WrongUse
from utbildningsprocess.exports.xlsx_back import cells_of_workbook
from utbildningsprocess.files.packed import unpacked
from utbildningsprocess.guide.form.saved import is_form, saved_form
from utbildningsprocess.guide.mail.asking import is_about
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.guide.survey.asking import LIMIT, PARTS
from utbildningsprocess.guide.survey.columns import TITLES, Names, headed
from utbildningsprocess.guide.survey.respondents import (
    AskedParts,
    SurveyAnswers,
    answers_in_form,
    answers_in_table,
)
from utbildningsprocess.model import first_day
from utbildningsprocess.plan.due import is_cancelled
from utbildningsprocess.steps import FOLLOW_UP, PROMISES
from utbildningsprocess.work.survey_copied import answers_in_copy, key_of_copy

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from utbildningsprocess.answers.tables import Cells
    from utbildningsprocess.guide.mail.key import Key
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


class ReadSurvey(NamedTuple):
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
) -> ReadSurvey:
    """All who have answered in some files. A form that comes twice, as a file or as text, counts once.

    What is wrong with a file alone among several is a line; raises it where there is one file.
    """
    reading = _Reading(initiative, survey, asked_in(survey, day))
    handed = list(files)
    for file in handed:
        try:
            reading.read(file)
        except UtbError as trouble:
            if len(handed) == 1:
                raise
            reading.lines.append(str(trouble))
    people = [*reading.people_in_tables(), *reading.people_with_forms()]
    return ReadSurvey(people, reading.lines, _before(people, first_occasion(initiative.sheet)))


@dataclass
class _Reading:
    """What has been read so far: people by the tables with their rows, and by the ids of their forms."""

    initiative: OpenDossier
    survey: Survey
    asked: AskedParts
    tables: list[tuple[str, list[Respondent]]] = field(default_factory=list)
    forms: dict[str, list[Respondent]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)

    def read(self, file: SurveyFile) -> None:
        """Reads one file, by what it holds."""
        if file.trouble:
            raise file.trouble
        if is_form(file.data):
            form = saved_form(file.data, file.name)
            self._refuse_another(form.key, file.name)
            self.forms.setdefault(form.answer_id, []).append(answers_in_form(form.answers, self.asked))
        elif key := key_of_copy(file.data, file.name):
            self._refuse_another(key, file.name)
            copy = answers_in_copy(file.data, file.name, self.survey, self.asked.groups)
            if copy.unplaced:
                many = "ett stycke" if copy.unplaced == 1 else f"{copy.unplaced} stycken"
                self.lines.append(f"{file.name}: {many} gick inte att placera. Läs det i filen.")
            if not copy.person.said:
                raise WrongUse(f"{file.name} har inga svar på enkätens frågor som de är nu. Det räknas inte.")
            self.forms.setdefault(copy.answer_id, []).append(copy.person)
        else:
            outcome = _in_tables(file, self.asked)
            self.lines += outcome.lines
            self.tables.append((file.name, outcome.respondents))

    def people_in_tables(self) -> list[Respondent]:
        """Those who have answered in tables; an earlier or equal copy of a table counts once with it."""
        by_size = sorted(self.tables, key=lambda table: -len(table[1]))
        counted: list[tuple[str, Counter[str], list[Respondent]]] = []
        for name, people in by_size:
            rows = Counter(map(_row, people))
            whole = next((larger for larger, seen, _ in counted if rows <= seen), None)
            if whole is not None and len(people) >= LIMIT:
                self.lines.append(f"{name}: alla svar står också i {whole}, och räknas en gång.")
            else:
                counted.append((name, rows, people))
        return [person for _, _, people in counted for person in people]

    def people_with_forms(self) -> list[Respondent]:
        """Those who have answered in forms, each once whatever order the files came in."""
        changed = sum(any(person != saved[0] for person in saved) for saved in self.forms.values())
        if changed:
            many = f"{changed} svar har" if changed > 1 else "Ett svar har"
            self.lines.append(f"{many} kommit flera gånger och ser olika ut. Det som säger mest räknas.")
        fullest = [
            max(saved, key=lambda person: (len(person.said), repr(sorted(person.said.items()))))
            for saved in self.forms.values()
        ]
        return [person for person in fullest if person.said]

    def _refuse_another(self, key: Key, name: str) -> None:
        """Raises WrongUse for an answer about another initiative, or that is no answer to a survey."""
        ours = self.initiative
        if not is_about(key, ours.identity, ours.title):
            raise WrongUse(f"{name} är ett svar om en annan insats än ”{ours.title}”. Det räknas inte.")
        if key.purpose != Purpose.SURVEY:
            stage_id = FOLLOW_UP if key.stage == PROMISES else key.stage
            raise WrongUse(
                f"{name} är inget svar på enkäten. Läs in det med: utb steg {stage_id} "
                f"{ours.typed_name} --fran {name}"
            )


def _row(person: Respondent) -> str:
    return repr((sorted(person.said.items()), person.group, person.code))


def _in_tables(file: SurveyFile, asked: AskedParts) -> SurveyAnswers:
    """What the tables of a file say. Raises Broken or WrongUse when it holds none of ours."""
    names = Names(asked.stages)
    if file.data.startswith(_WORKBOOK):
        tables = cells_of_workbook(file.data, unpacked(file.data, file.name), file.name)
    else:
        tables = [_table(table_text(file.data, file.name).text, names)]
    outcome = SurveyAnswers()
    ours = [
        table
        for table in (headed(table, names) for table in filter(None, tables))
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


def _table(text: str, names: Names) -> Cells:
    """The table in a text, from the line with our questions on where there are titles above it."""
    cells = table_in(text, names.known_letters).cells
    if cells and not any(map(names.knows, cells[0])):
        lines = text.splitlines(keepends=True)
        first = next((n for n, line in enumerate(lines[: TITLES + 1]) if names.begins_in(line)), 0)
        return table_in("".join(lines[first:]), names.known_letters).cells
    return cells


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
