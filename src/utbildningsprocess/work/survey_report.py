"""The survey of an initiative: its answers counted, what may be shown of them, and what is kept."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import addresses
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.battery import load_battery
from utbildningsprocess.documents.survey import SurveyView
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.git_repository import GitRepository
from utbildningsprocess.files.roots import question_text
from utbildningsprocess.files.shipped import SURVEY_QUESTIONS
from utbildningsprocess.guide.survey.asking import (
    AFTER,
    BEFORE,
    CODED,
    PARTS,
    Survey,
    SurveyPlace,
    places_asked,
)
from utbildningsprocess.guide.survey.counting import half_finished, pairs, tally
from utbildningsprocess.guide.survey.kept import reports_in, with_reports
from utbildningsprocess.guide.survey.showing import may_show, may_show_pairs
from utbildningsprocess.model import Given, given_value
from utbildningsprocess.work.history.record import read_record
from utbildningsprocess.work.survey_files import asked_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.guide.survey.counting import BeforeAfter, Tally
    from utbildningsprocess.guide.survey.respondents import Respondent
    from utbildningsprocess.guide.survey.showing import CountReport, Showing
    from utbildningsprocess.model import Answers, Stage
    from utbildningsprocess.work.open_dossier import OpenDossier


def survey_of(initiative: OpenDossier) -> Survey:
    """What the survey of an initiative asks, as its answers and the standing questions say."""
    workspace = initiative.workspace
    standing = standing_survey(question_text(workspace.root, SURVEY_QUESTIONS))
    groups = tuple(map(str, SurveyView(initiative.sheet, "").grupper))
    return Survey(initiative.title, standing, initiative.sheet, groups, workspace.settings.who_esther_is)


@lru_cache(maxsize=4)
def standing_survey(text: str) -> Stage:
    """The standing questions of the survey, read once for the same text."""
    return load_battery({SURVEY_QUESTIONS: text}).stages[0]


class SurveyResult(NamedTuple):
    """What came of one question: all that is counted, and what may be shown of it."""

    tally: Tally
    shown: Showing
    title: str
    """The question, and the goal that it is about."""

    @property
    def is_told(self) -> bool:
        """Whether these answers are shown, and not those of an earlier report or none."""
        return self.shown.report.whole is not None and not self.shown.waits


class SurveyReport:
    """The answers to a survey, against what is told of it already."""

    def __init__(self, initiative: OpenDossier, survey: Survey, people: Sequence[Respondent]) -> None:
        self.initiative, self.survey, self.people = initiative, survey, people
        self._earlier = _earlier_answers(initiative)
        self._stages = asked_in(survey, None).stages

    @cached_property
    def handling(self) -> str:
        """How the answers are handled: as it was when the first of them were counted."""
        for answers in (*self._earlier, self.initiative.answers):
            said = given_value(answers.get(addresses.SURVEY_ANSWERS))
            if said and given_rows(answers, addresses.SURVEY_COUNTS):
                return str(said)
        return self.survey.handling

    @cached_property
    def results(self) -> list[SurveyResult]:
        """What came of each question that anybody has answered, in the order they are asked."""
        standing = self.survey.standing
        now = reports_in(given_rows(self.initiative.answers, addresses.SURVEY_COUNTS), standing)
        then = [
            reports_in(given_rows(answers, addresses.SURVEY_COUNTS), standing) for answers in self._earlier
        ]
        results: list[SurveyResult] = []
        for stage in self._stages:
            questions = {question.id: question for question in stage.questions}
            for place in places_asked(stage):
                counted = tally(questions[place.question], place, self.people)
                if not (counted.whole.answered or counted.unknown):
                    continue
                earlier = [reports[place] for reports in then if place in reports]
                told = may_show(counted, self.survey.fewest, earlier, now.get(place))
                results.append(SurveyResult(counted, told, _title(counted)))
        return results

    @cached_property
    def pairs(self) -> list[BeforeAfter]:
        """What the same people answer before and after; none unless their answers are coded."""
        if self.handling != CODED:
            return []
        by_place = {result.tally.place: result for result in self.results}
        scale = next(question for question in self.survey.standing.questions if question.id == BEFORE)
        compared: list[BeforeAfter] = []
        for goal in self.survey.goals:
            sides = [by_place.get(SurveyPlace(side, goal.id)) for side in (BEFORE, AFTER)]
            if not all(side and side.is_told for side in sides):
                continue
            both = pairs(scale, goal.id, self.people)
            many = [side.tally.whole.answered for side in sides if side]
            if may_show_pairs(both, many[0], many[1], self.survey.fewest):
                compared.append(both)
        return compared

    def half_finished(self) -> list[tuple[str, int]]:
        """How many have answered only some of each part; parts where nobody has are left out."""
        counted = [
            (part.title, half_finished(self.people, places_asked(stage)))
            for part, stage in zip(PARTS, self._stages, strict=True)
        ]
        return [(title, many) for title, many in counted if many]

    @property
    def told(self) -> dict[SurveyPlace, SurveyResult]:
        """What is shown of these answers, by place."""
        by_place = {result.tally.place: result for result in self.results}
        return {place: result for place, result in by_place.items() if result.is_told}

    @property
    def reports(self) -> dict[SurveyPlace, CountReport]:
        """What is to be kept, by place: what is shown and not kept already."""
        return {place: result.shown.report for place, result in self.told.items()}

    @property
    def to_keep(self) -> Given | None:
        """The rows that keep what is shown; None where they stand there already, or there are none."""
        question = self.initiative.workspace.battery.question(addresses.SURVEY_COUNTS)
        if question is None or not self.reports:
            return None
        known = [option.id for option in question.field("fraga").options]
        rows = given_rows(self.initiative.answers, addresses.SURVEY_COUNTS)
        kept = with_reports(rows, self.reports, self.survey.standing, known)
        answer = Given(kept)
        return answer if kept and answer != self.initiative.answers.get(addresses.SURVEY_COUNTS) else None

    def keep(self) -> None:
        """Saves the counts that are shown, and nothing else of the answers."""
        if answer := self.to_keep:
            self.initiative.save({addresses.SURVEY_COUNTS: answer})


def _title(counted: Tally) -> str:
    number = counted.place.question[1] if counted.place.question[2:3] == "_" else ""
    text = f"Fråga {number}: {counted.question.text}" if number.isdigit() else counted.question.text
    goal = next(
        (goal.text for goal in counted.question.statements if goal.id == counted.place.goal),
        counted.place.goal,
    )
    return f"{text} {goal}" if goal else text


def _earlier_answers(initiative: OpenDossier) -> list[Answers]:
    """What the dossier has said at each commit, the earliest first; nothing where it is not in git.

    Raises GitTrouble when git cannot tell, for then nobody knows what has been told.
    """
    if GitRepository.around(initiative.path.resolve().parent) is None:
        return []
    try:
        deeds = read_record(initiative.workspace, initiative.path).deeds
    except WrongUse:
        return []  # Nothing is committed.
    editions = [edition for deed in deeds for edition in (deed.before, deed.after) if edition]
    return [edition.answers for edition in editions]
