"""The facts of an initiative, made from the text of its dossier: what takes time, and so is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ACTIVITIES,
    DECISION,
    DECISIONS,
    LESSONS,
    OTHER_ACTIONS,
    PROCESS_LEADER,
    REPLACES,
    STATUS,
    TARGET_GROUPS,
)
from utbildningsprocess.answers.cells import line_in, text_in
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import bears_traces
from utbildningsprocess.lessons.gathering import earlier_of
from utbildningsprocess.lessons.keeping import kept_text
from utbildningsprocess.model import first_day, last_day
from utbildningsprocess.plan.due import every_due, remains
from utbildningsprocess.plan.life import life_of
from utbildningsprocess.plan.reached import NOT_REACHED, REACHED, goals_in_work
from utbildningsprocess.swedish import clean_line
from utbildningsprocess.work.outlook import outlook_of
from utbildningsprocess.work.portfolio.facts import PLANNED_LEARNING, Dated, Facts, Reading
from utbildningsprocess.work.portfolio.watched_day import WatchedDay

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.dossier.document import Dossier
    from utbildningsprocess.model import AnswerSheet
    from utbildningsprocess.work.workspace import Workspace

_ROLES = ((DECISIONS, "roll"), (OTHER_ACTIONS, "ansvarig_roll"), (LESSONS, "ansvarig_roll"))


@dataclass(frozen=True)
class FactsMaker:
    """Makes facts with the questions, the rules and the settings of a workspace."""

    workspace: Workspace

    def reading(self, text: str) -> Reading:
        """What a text comes to, whichever file it stands in."""
        bare = text.removeprefix("\ufeff")
        if is_guide(bare) or not bears_traces(bare):
            return Reading(None)
        content = read(text, self.workspace.battery)
        if faults := content.structural_problems:
            return Reading(None, tuple((problem.line, problem.text) for problem in faults))
        return Reading(facts_of(self.workspace, content))

    def our_lines(self) -> list[str]:
        """The lines of dossiers that are the questions' own words."""
        stages = self.workspace.battery.stages
        questions = [question for stage in stages for question in stage.questions]
        headings = [f"## {stage.title}" for stage in stages] + [f"### {asked.text}" for asked in questions]
        statements = [name for asked in questions for said in asked.statements for name in said.names]
        return [*headings, *(" ".join(stage.purpose.split()) for stage in stages), *statements]


def facts_of(workspace: Workspace, content: Dossier) -> Facts:
    """The facts that a dossier's answers come to, and for which days they hold."""
    sheet, today = content.sheet, WatchedDay(workspace.today)
    outlook = outlook_of(workspace, sheet, today)
    case, step = outlook.case, outlook.step
    grades = [finding.grade for finding in outlook.findings if finding.deviation is None]
    begun = [standing.stage.id for standing in outlook.standings if standing.is_begun]
    goals = Counter(goals_in_work(sheet.answers))
    return Facts(
        since=today.since.isoformat(),
        until=today.until.isoformat(),
        identity=content.identity,
        title=content.title,
        stage=begun[-1] if begun else "",
        answered=sum(standing.answered for standing in outlook.standings),
        skipped=sum(standing.skipped for standing in outlook.standings),
        unknown=sum(standing.unknown for standing in outlook.standings),
        open=sum(standing.open for standing in outlook.standings),
        life=life_of(sheet.answers),
        replaces=tuple(map(str, case.several(REPLACES))),
        status=case.label(STATUS, case.text(STATUS)),
        leader=clean_line(case.text(PROCESS_LEADER)),
        roles=_roles(case),
        decision=case.label(DECISION, case.text(DECISION)),
        outcome=case.diagnosis_model.outcome(case.diagnosis.outcome).name if case.diagnosis.outcome else "",
        causes=_once(cause.name for cause in case.diagnosis.strong),
        groups=_once(line_in(row, "namn") for row in case.rows(TARGET_GROUPS)),
        hours=case.price.hours if case.price else None,
        hours_are_least=case.price is not None and case.price.has_least_hours,
        red=grades.count(Grade.RED),
        yellow=grades.count(Grade.YELLOW),
        step="" if step.review or step.stage is None else step.stage.id,
        mends=step.review,
        reason=step.reason,
        dates=_dates(sheet),
        actions=_actions(case),
        compared=goals[REACHED] + goals[NOT_REACHED],
        reached=goals[REACHED],
        learnt=_learnt(content.title, case, today),
    )


def _roles(case: Case) -> tuple[str, ...]:
    named = (line_in(row, field) for qid, field in _ROLES for row in case.rows(qid))
    return _once([clean_line(case.text(PROCESS_LEADER)), *named])


def _learnt(title: str, case: Case, today: date) -> str:
    earlier = earlier_of("", title, case.sheet, case.diagnosis, today)
    return kept_text(earlier) if earlier.lessons else ""


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))


def _dates(sheet: AnswerSheet) -> tuple[Dated, ...]:
    return tuple(
        Dated(
            what=clean_line(due.what),
            said=str(due.on),
            first=first_day(due.on).isoformat(),
            last=last_day(due.on).isoformat(),
            qid=due.qid,
            remains=remains(due),
        )
        for due in every_due(sheet)
    )


def _actions(case: Case) -> tuple[str, ...]:
    """The sorts of action that were chosen: planned learning first."""
    learning = (PLANNED_LEARNING,) if case.filled(ACTIVITIES) else ()
    question = case.sheet.battery.question(OTHER_ACTIONS)
    sorts = question.field("typ") if question else None
    chosen = {text_in(row, "typ") for row in case.filled(OTHER_ACTIONS)}
    return (*learning, *(option.label for option in (sorts.options if sorts else ()) if option.id in chosen))
