"""The facts of an initiative, made from the text of its dossier: what takes time, and so is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    CONCLUSION,
    DECISION,
    DECISIONS,
    EFFECT_MEASURES,
    LESSONS,
    MEASURES,
    OTHER_ACTIONS,
    PROCESS_LEADER,
    REPLACES,
    RESULTS,
    STATUS,
    TARGET_GROUPS,
)
from utbildningsprocess.answers.cells import line_in, text_in
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import bears_traces
from utbildningsprocess.model import first_day, last_day
from utbildningsprocess.plan.cost import BOUGHT, PRODUCERS, SUBSTITUTES, TRAINERS, cost_beside
from utbildningsprocess.plan.due import remains, responsible
from utbildningsprocess.plan.life import latest_decision, life_of
from utbildningsprocess.plan.promises import late_promises
from utbildningsprocess.plan.reached import judged_measures
from utbildningsprocess.plan.thread import says_measured, short_name
from utbildningsprocess.swedish import clean_line, shortened
from utbildningsprocess.work.outlook import outlook_of
from utbildningsprocess.work.portfolio.facts import (
    Dated,
    Facts,
    LessonLearned,
    Reading,
    Result,
    Spending,
    SpentBeside,
    WhatItTakes,
)
from utbildningsprocess.work.portfolio.watched_day import WatchedDay

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.checks.model import Finding
    from utbildningsprocess.dossier.document import Dossier
    from utbildningsprocess.model import AnswerSheet, Row
    from utbildningsprocess.plan.cost import Price
    from utbildningsprocess.work.outlook import Outlook
    from utbildningsprocess.work.workspace import Workspace

_LONGEST_WHY = 400
_LESSON = "Lärdom"
"""What a lesson is called of which nobody has said what sort it is."""
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
    return Facts(
        since=today.since.isoformat(),
        until=today.until.isoformat(),
        identity=content.identity,
        title=content.title,
        stage=_reached(outlook),
        answered=sum(standing.answered for standing in outlook.standings),
        skipped=sum(standing.skipped for standing in outlook.standings),
        unknown=sum(standing.unknown for standing in outlook.standings),
        open=sum(standing.open for standing in outlook.standings),
        life=life_of(sheet.answers),
        replaces=tuple(map(str, case.several(REPLACES))),
        status=case.label(STATUS, case.text(STATUS)),
        leader=_leader(case),
        roles=_once(_roles(case)),
        decision=case.label(DECISION, case.text(DECISION)),
        path=case.text(DECISION),
        why=_why(case),
        outcome=case.diagnosis_model.outcome(case.diagnosis.outcome).name if case.diagnosis.outcome else "",
        causes=_once(cause.name for cause in case.diagnosis.strong),
        groups=_once(line_in(row, "namn") for row in case.rows(TARGET_GROUPS)),
        hours=case.price.hours if case.price else None,
        hours_are_least=case.price is not None and case.price.has_least_hours,
        plan=_planned(case),
        red_titles=tuple(workspace.thread_rules[finding.rule].title for finding in _left(outlook, Grade.RED)),
        yellow=len(_left(outlook, Grade.YELLOW)),
        step="" if step.review or step.stage is None else step.stage.id,
        mends=step.review,
        reason=step.reason,
        dates=_dates(case),
        lessons=tuple(_lessons(case)),
        results=tuple(_results(case)),
        measures=tuple(judged_measures(case.applying)),
        promised=tuple(_promised(sheet)),
    )


def _leader(case: Case) -> str:
    return clean_line(case.text(PROCESS_LEADER))


def _roles(case: Case) -> Iterable[str]:
    yield _leader(case)
    yield from (line_in(row, field) for qid, field in _ROLES for row in case.rows(qid))
    yield from (responsible(case.sheet.answers, due) for due in case.dues)


def _promised(sheet: AnswerSheet) -> Iterable[str]:
    """The last day of each promise of which nobody has said what became."""
    return (last_day(promise.on).isoformat() for promise in late_promises(sheet, date.max) if promise.on)


def _reached(outlook: Outlook) -> str:
    begun = [standing.stage.id for standing in outlook.standings if standing.is_begun]
    return begun[-1] if begun else ""


def _left(outlook: Outlook, grade: Grade) -> list[Finding]:
    """The findings of a grade that nobody has accepted."""
    return [finding for finding in outlook.findings if finding.grade is grade and finding.deviation is None]


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, names)))


def _dates(case: Case) -> tuple[Dated, ...]:
    return tuple(
        Dated(
            what=clean_line(due.what),
            said=str(due.on),
            first=first_day(due.on).isoformat(),
            last=last_day(due.on).isoformat(),
            qid=due.qid,
            remains=remains(due),
            who=responsible(case.sheet.answers, due),
        )
        for due in case.dues
    )


def _why(case: Case) -> str:
    decided = latest_decision(case.applying)
    said = line_in(decided, "skal") if decided else ""
    return shortened(said or case.text(CONCLUSION), _LONGEST_WHY)


def _planned(case: Case) -> WhatItTakes:
    beside = cost_beside(case.applying)
    return WhatItTakes(
        learning=tuple(case.balance) if case.price else (),
        spending=_spending(case.price) if case.price else None,
        beside=SpentBeside(beside.hours, beside.kronor, len(beside.unsaid)) if beside else None,
    )


def _spending(price: Price) -> Spending:
    unknown = {*price.unknown}
    may_be_more = {
        "time": price.has_least_hours,
        "own_work": bool({TRAINERS, PRODUCERS} & unknown),
        "beyond": price.has_least_hours and price.extra > 0,
        "new": price.has_least_expense,
        "total": price.has_least_total,
    }
    return Spending(
        time=price.time_value,
        own_work=None if {TRAINERS, PRODUCERS} <= unknown else price.own_work,
        bought=None if BOUGHT in unknown else price.external,
        beyond=None if SUBSTITUTES in unknown else price.extra,
        new=price.new_expense if price.new_expense or not price.has_least_expense else None,
        uncertain=tuple(kind for kind, may in may_be_more.items() if may),
    )


def _lessons(case: Case) -> Iterable[LessonLearned]:
    question = case.sheet.battery.question(LESSONS)
    for row in case.filled(LESSONS):
        sort = text_in(row, "typ")
        label = question.field("typ").label(sort) if question and sort else _LESSON
        yield LessonLearned(label, line_in(row, "lardom"), line_in(row, "galler"), sort)


def _results(case: Case) -> Iterable[Result]:
    named = {row.id: _measure(row) for qid in (MEASURES, EFFECT_MEASURES) for row in case.rows(qid)}
    for row in case.filled(RESULTS):
        measure, outcome = text_in(row, "matt"), line_in(row, "utfall")
        if says_measured(outcome):
            yield Result(named.get(measure, measure), outcome)


def _measure(row: Row) -> str:
    """A measure by its name, and within brackets who is to measure."""
    who = line_in(row, "ansvarig_roll")
    return f"{short_name(row, 'metod' if text_in(row, 'metod') else 'matt')}{f' ({who})' if who else ''}"
