"""The people who have answered, each with what they say and nothing that tells who or when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.form.states import OTHER_OPTION
from utbildningsprocess.guide.survey.asking import ANOTHER_GROUP, GROUP, NAME, OWN_CODE, SurveyPlace
from utbildningsprocess.guide.survey.cells import CellSaid, said_in, ticked
from utbildningsprocess.guide.survey.columns import Besides, Names, SurveyColumn, columns_of
from utbildningsprocess.model import Kind
from utbildningsprocess.personal import contacts
from utbildningsprocess.swedish import fold, joined, shortened, uniform

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utbildningsprocess.answers.tables import Cells
    from utbildningsprocess.guide.survey.columns import Columns
    from utbildningsprocess.model import Question, Stage

_DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")
_CODE = re.compile(r"[A-Za-z]{0,3}\d{1,3}")
_SHORT = 60


@dataclass
class Respondent:
    """One person's answers, by what they are about."""

    said: dict[SurveyPlace, CellSaid] = field(default_factory=dict)
    group: str = ""
    code: str = ""
    day: date | None = None
    """Only for telling a test from an answer; never kept."""


@dataclass
class SurveyAnswers:
    """All who have answered, and what to tell of how that was read."""

    respondents: list[Respondent] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


class AskedParts(NamedTuple):
    """What was asked: the parts as stages, the groups there are, and which part is meant."""

    stages: Sequence[Stage]
    groups: Sequence[str]
    day: int | None = None

    @property
    def questions(self) -> dict[str, Question]:
        """The questions by id."""
        return {question.id: question for stage in self.stages for question in stage.questions}


def answers_in_table(cells: Cells, name: str, asked: AskedParts) -> SurveyAnswers:
    """What a table says, with a row for each person or for each answer. No columns of ours: nobody."""
    names = Names(asked.stages)
    if not cells:
        return SurveyAnswers()
    columns = columns_of(cells[0], names, asked.day)
    rows: Iterable[Sequence[str]] = cells[1:]
    if all(columns.about(kind) for kind in (Besides.RESPONDENT, Besides.ASKED, Besides.SAID)):
        cells = _one_row_each(rows, columns)
        columns, rows = columns_of(cells[0], names, asked.day), cells[1:]
    told = (*_unclear(columns, name), *_unread(columns, name), *_codes(columns, rows, name))
    outcome = SurveyAnswers(lines=[*told])
    days = _days(columns, rows, name, outcome.lines)
    for number, row in enumerate(rows):
        person = _person(row, columns, asked)
        if person.said:
            person.day = days[number] if days else None
            outcome.respondents.append(person)
    return outcome


def _one_row_each(rows: Iterable[Sequence[str]], columns: Columns) -> Cells:
    """A table with a row for each answer as one with a row for each person."""
    who, asked, said = (
        column.number
        for kind in (Besides.RESPONDENT, Besides.ASKED, Besides.SAID)
        if (column := columns.about(kind))
    )
    people: dict[str, dict[str, str]] = {}
    headings: dict[str, None] = {}
    for row in rows:
        headings[row[asked]] = None
        person = people.setdefault(row[who], {})
        earlier = person.get(row[asked])
        person[row[asked]] = f"{earlier}\n{row[said]}" if earlier else row[said]
    return (
        tuple(headings),
        *(tuple(person.get(words, "") for words in headings) for person in people.values()),
    )


def _unclear(columns: Columns, name: str) -> Iterator[str]:
    told = joined(
        f"”{shortened(words, _SHORT)}”" for words in dict.fromkeys(c.heading for c in columns.unclear)
    )
    if told:
        yield (
            f"{name}: det går inte att veta vad de här kolumnerna gäller, och de räknas inte: {told}. Skriv "
            "frågans nummer och målets id i rubriken, som ”7. L1”, eller säg vilken del det är med --dag."
        )


def _unread(columns: Columns, name: str) -> Iterator[str]:
    told = joined(
        f"”{shortened(words, _SHORT)}”" for words in columns.unread if words and not contacts(words)
    )
    if told:
        yield f"{name}: kolumner som inte hör till enkäten läses inte: {told}."


def _codes(columns: Columns, rows: Iterable[Sequence[str]], name: str) -> Iterator[str]:
    """A line about the questions whose answers are all numbers of options: which they mean is not guessed."""
    lines = [*rows]
    coded = [
        column
        for column in columns.known
        if column.meant
        and not column.meant.option
        and column.meant.place.question != OWN_CODE
        and _are_codes({row[column.number] for row in lines} - {""})
    ]
    told = joined(f"”{shortened(column.heading, _SHORT)}”" for column in coded)
    if told:
        yield (
            f"{name}: svaren är siffror eller koder och räknas inte i {told}. Hämta filen igen, med svarens "
            "text i stället för koder."
        )


def _are_codes(cells: set[str]) -> bool:
    return bool(cells) and all(map(_CODE.fullmatch, cells))


def _person(row: Sequence[str], columns: Columns, asked: AskedParts) -> Respondent:
    person, questions = Respondent(), asked.questions
    ticks: dict[SurveyPlace, list[str]] = {}
    for column in columns.known:
        meant, cell = column.meant, row[column.number]
        if meant is None:
            continue
        question = questions[meant.place.question]
        if meant.option:
            _tick(person, ticks, column, cell, question)
        else:
            put(person, meant.place, said_in(question, cell))
            if meant.place.question == GROUP:
                person.group = group_meant(cell, asked.groups)
    for place, chosen in ticks.items():
        earlier = person.said.get(place, CellSaid())
        options = tuple(dict.fromkeys((*earlier.options, *chosen)))
        person.said[place] = earlier._replace(options=options)
    return person


def _tick(
    person: Respondent,
    ticks: dict[SurveyPlace, list[str]],
    column: SurveyColumn,
    cell: str,
    question: Question,
) -> None:
    """Notes whether an option with a column of its own is chosen; its own words are."""
    meant = column.meant
    if meant is None:
        return
    is_ticked = ticked(cell, question.label(meant.option))
    if is_ticked or (is_ticked is None and meant.option == OTHER_OPTION):
        ticks.setdefault(meant.place, []).append(meant.option)
    if is_ticked is None and meant.option == OTHER_OPTION:
        person.said[meant.place] = CellSaid(words=cell.strip())
    elif is_ticked is None:
        person.said[meant.place] = CellSaid(unknown=cell.strip())


def put(person: Respondent, place: SurveyPlace, said: CellSaid) -> None:
    """Notes what somebody says at a place; who they are is no answer."""
    if place.question == OWN_CODE:
        person.code = fold(said.words).replace(" ", "")
    elif place.question not in (GROUP, NAME) and any(said):
        person.said[place] = said


def group_meant(words: str, groups: Sequence[str]) -> str:
    """The group that is meant; empty where none is said, and another where it is none of ours."""
    if not words.strip():
        return ""
    return next((name for name in groups if uniform(name) == uniform(words)), ANOTHER_GROUP)


# ------------------------------------------------------------------- days


def _days(
    columns: Columns, rows: Iterable[Sequence[str]], name: str, lines: list[str]
) -> list[date | None] | None:
    """The day of each row; None where there are none, or they may be read in several ways."""
    column = columns.about(Besides.TIME)
    if column is None:
        return None
    cells = [row[column.number] for row in rows]
    for order in ("ymd", "dmy", "mdy"):
        days = [_day(cell, order) for cell in cells]
        readable = [day for day, cell in zip(days, cells, strict=True) if cell.strip()]
        if readable and all(readable) and not _is_doubtful(cells, order):
            return days
    if any(cells):
        lines.append(f"{name}: dagarna går att läsa på mer än ett sätt, och används inte.")
    return None


def _is_doubtful(cells: Iterable[str], order: str) -> bool:
    """Whether day and month could as well have changed places in every row."""
    swapped = {"dmy": "mdy", "mdy": "dmy"}.get(order)
    said = [cell for cell in cells if cell.strip()]
    return swapped is not None and all(_day(cell, swapped) for cell in said)


def _day(cell: str, order: str) -> date | None:
    match = _DAY.search(cell)
    if match is None:
        return None
    parts = dict(zip(order, map(int, match.groups()), strict=True))
    try:
        return date(parts["y"] + (2000 if parts["y"] < 100 else 0), parts["m"], parts["d"])  # noqa: PLR2004
    except ValueError:
        return None


# ---------------------------------------------------------------- forms


def answers_in_form(states: Mapping[str, Mapping[str, object]], asked: AskedParts) -> Respondent:
    """What a saved form says, by the addresses of its questions."""
    person = Respondent()
    for address, state in states.items():
        question = asked.questions.get(address.partition(".")[2])
        if question is None:
            continue
        if question.kind is Kind.STATEMENTS:
            chosen = state.get("statements")
            known = {statement.id for statement in question.statements}
            for goal, option in chosen.items() if isinstance(chosen, dict) else ():
                if goal in known:
                    put(person, SurveyPlace(question.id, goal), said_in(question, str(option)))
        else:
            put(person, SurveyPlace(question.id), _in_form(question, state))
            if question.id == GROUP:
                person.group = _group_in_form(question, state, asked.groups)
    return person


def _in_form(question: Question, state: Mapping[str, object]) -> CellSaid:
    words = str(state.get("text") or state.get("own") or "").strip()
    keys = state.get("chosen")
    chosen = [str(key) for key in keys] if isinstance(keys, list) else []
    known = [option.id for option in question.options if option.id in chosen]
    if words and question.own_words and OTHER_OPTION not in known:
        known.append(OTHER_OPTION)
    strange = joined(key for key in chosen if key not in known)
    return CellSaid(tuple(known), words=words, unknown=strange)


def _group_in_form(question: Question, state: Mapping[str, object], groups: Sequence[str]) -> str:
    keys = state.get("chosen")
    labels = [question.label(str(key)) for key in keys] if isinstance(keys, list) else []
    return group_meant(labels[0], groups) if labels else ""
