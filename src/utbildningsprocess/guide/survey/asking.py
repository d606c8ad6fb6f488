"""What a survey asks: its standing questions, about the goals of an initiative, in three parts by day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import number_in, text_in
from utbildningsprocess.answers.rows import given_rows, row_key
from utbildningsprocess.checks.koncept import is_survey
from utbildningsprocess.model import Kind, Option, Question, Stage, Statement, given_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.model import Answers, AnswerSheet, Row

STAGE = "enkat"
GROUP, OWN_CODE, NAME = "grupp", "kod", "namn"
"""The ids of what is asked about whoever answers."""
ANOTHER_GROUP = "En annan grupp"
GROUP_TEXT, CODE_TEXT, NAME_TEXT = "Vilken grupp hör du till?", "Din kod", "Ditt namn"
ANONYMOUS, CODED, NAMED, NO_SURVEY = "anonyma", "kodade", "med_namn", "ingen_enkat"
CODE_HELP = (
    "Gör koden så här, lika varje gång: de två första bokstäverna i namnet på orten där du växte upp, och "
    "dagen i månaden då du är född, till exempel LU07."
)
OWN_WORDS = "Skriv med egna ord, men inget som gör att någon går att känna igen."
LIMIT = 5
"""How many answers a figure stands on at the least, where nobody has decided that."""


class SurveyPart(NamedTuple):
    """A part of the survey: when it is handed out, and which standing questions it asks."""

    day: int
    title: str
    first: int
    """The measures whose questions it asks are taken from this day,"""
    until: int
    """and before this."""
    questions: tuple[str, ...]


PARTS = (
    SurveyPart(0, "Direkt efter (dag 0)", 0, 15, ("f1_kan_nu", "f2_plan", "f2_nar_och_vad", "f3_tillfalle")),
    SurveyPart(30, "Efter 30 dagar", 15, 60, ("f4_senast", "f5_stod", "f6_hinder")),
    SurveyPart(90, "Efter 90 dagar", 60, 10_000, ("f7_kan_efter", "f8_hur_ofta", "f9_esther")),
)
PER_GOAL = ("f1_kan_nu", "f4_senast", "f7_kan_efter")
"""The questions that are asked of each goal."""
WHEN_PLANNED = "f2_nar_och_vad"
"""Asked only of those who have a plan."""
BEFORE, AFTER = "f1_kan_nu", "f7_kan_efter"
"""The question that is asked twice, so that answers can be compared."""


class Survey(NamedTuple):
    """The survey of an initiative: what it stands on, and the groups that can be chosen."""

    title: str
    standing: Stage
    sheet: AnswerSheet
    groups: tuple[str, ...] = ()
    who_esther: str = "Esther"

    @property
    def handling(self) -> str:
        """How the answers are handled; empty where nobody has said."""
        return str(given_value(self.sheet.answers.get(addresses.SURVEY_ANSWERS)) or "")

    @property
    def fewest(self) -> int:
        """How many answers a figure stands on at the least."""
        return fewest_in(self.sheet.answers)

    @property
    def goals(self) -> tuple[Row, ...]:
        """The goals that are asked about."""
        rows = given_rows(self.sheet.answers, addresses.GOALS)
        return tuple(row for row in rows if text_in(row, "kunna"))

    @property
    def all_groups(self) -> list[str]:
        """Every group that there is, by the name that a row is known by."""
        question = self.sheet.battery.question(addresses.TARGET_GROUPS)
        rows = given_rows(self.sheet.answers, addresses.TARGET_GROUPS)
        return [row_key(question, row) for row in rows] if question else []

    def to_read(self) -> Survey:
        """The same survey, as answers to it are read: anybody may be of any group."""
        groups = self.all_groups
        return self._replace(groups=(*groups, ANOTHER_GROUP) if groups else ())

    def stage(self, part: SurveyPart) -> Stage:
        """A part as a stage of questions to answer."""
        questions = (*self._about_who_answers(), *self._standing(part), *self._own(part))
        title = f"{self.standing.title}: {part.title}"
        return self.standing.model_copy(update={"title": title, "questions": questions})

    def _about_who_answers(self) -> Iterator[Question]:
        if self.groups:
            every = self.all_groups
            options = [
                Option(id=f"g{every.index(name) + 1}" if name in every else "annan", text=name)
                for name in self.groups
            ]
            yield _question(GROUP, Kind.CHOICE, GROUP_TEXT, alternativ=tuple(options))
        if self.handling == CODED:
            yield _question(OWN_CODE, Kind.TEXT, CODE_TEXT, hjalp=CODE_HELP)
        if self.handling == NAMED:
            yield _question(NAME, Kind.TEXT, NAME_TEXT)

    def _standing(self, part: SurveyPart) -> Iterator[Question]:
        for question in self.standing.questions:
            if question.id not in part.questions:
                continue
            if question.id not in PER_GOAL:
                text = question.text.replace("Esther", self.who_esther)
                yield question.model_copy(update={"text": text})
            elif self.goals:
                statements = tuple(
                    Statement(id=row.id, text=f"{row.id}: {text_in(row, 'kunna').rstrip('.')}")
                    for row in self.goals
                )
                yield question.model_copy(update={"kind": Kind.STATEMENTS, "statements": statements})

    def _own(self, part: SurveyPart) -> Iterator[Question]:
        for row, asked in own_questions(self.sheet, part.first, part.until):
            yield _question(row.id.casefold(), Kind.LONG_TEXT, f"{row.id}. {asked}", hjalp=OWN_WORDS)


def fewest_in(answers: Answers) -> int:
    """How many answers a figure stands on at the least, as some answers say."""
    said = given_value(answers.get(addresses.FEWEST_IN_SURVEY))
    return int(said) if isinstance(said, (int, float)) else LIMIT


def _question(own_id: str, kind: Kind, text: str, **more: object) -> Question:
    return Question.model_validate({"id": own_id, "steg": STAGE, "typ": kind, "text": text, **more})


def own_questions(sheet: AnswerSheet, first: float, until: float) -> list[tuple[Row, str]]:
    """What the measures ask in writing that are taken so many days after the last occasion."""
    return [
        (row, asked)
        for row in given_rows(sheet.answers, addresses.MEASURES)
        if first <= (number_in(row, "nar_dagar") or 0) < until
        and is_survey(row)
        and (asked := question_in(text_in(row, "metod")))
    ]


def question_in(method: str) -> str:
    """What a method asks, in its own words; empty when it only says how."""
    if "?" not in method:
        return ""
    asked = method.rpartition("?")[0].partition(": ")
    words = (asked[2] or asked[0]).strip()
    return f"{words[:1].upper()}{words[1:]}?"


def part_of(day: int) -> SurveyPart:
    """The part of a day; KeyError when there is none."""
    return {part.day: part for part in PARTS}[day]


class SurveyPlace(NamedTuple):
    """What one figure is about: a question, and where it is asked of each goal, the goal."""

    question: str
    goal: str = ""


def places_asked(stage: Stage) -> list[SurveyPlace]:
    """All that a part asks to be counted or listed, in order; not who answers."""
    places: list[SurveyPlace] = []
    for question in stage.questions:
        if question.id in (GROUP, OWN_CODE, NAME):
            continue
        if question.kind is Kind.STATEMENTS:
            places += [SurveyPlace(question.id, statement.id) for statement in question.statements]
        else:
            places.append(SurveyPlace(question.id))
    return places


def heading(question: Question, goal: Statement | None = None) -> str:
    """What a column is called in a table with the answers."""
    number = "" if not question.id.startswith("f") or "_" not in question.id else question.id[1]
    words = f"{number}. {question.text}" if number.isdigit() else question.text
    return f"{words} [{goal.text}]" if goal else words


def headings(stages: Sequence[Stage]) -> list[str]:
    """The columns of a table to fill, each once."""
    names: dict[str, None] = {}
    for stage in stages:
        for question in stage.questions:
            goals = question.statements or (None,)
            names.update(dict.fromkeys(heading(question, goal) for goal in goals))
    return list(names)
