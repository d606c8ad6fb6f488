"""Where an initiative stands: what each stage holds, and the one step to take next, with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import (
    DECISION,
    LESSONS,
    MEASURES,
    ORGANISATION,
    OTHER_ACTIONS,
    PROCESS_LEADER,
    STATUS,
    stage_of,
)
from utbildningsprocess.answers.conditions import is_asked
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.answers.settled import is_settled
from utbildningsprocess.answers.unknown import is_unknown
from utbildningsprocess.checks.findings import check
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.model import Given, Skipped, Unknown, given_value
from utbildningsprocess.plan.life import latest_decision
from utbildningsprocess.steps import CONCEPT, FOLLOW_UP, STEP_IDS
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.checks.model import Finding
    from utbildningsprocess.model import AnswerSheet, Battery, Stage
    from utbildningsprocess.plan.due import Due
    from utbildningsprocess.work.workspace import Workspace

_END, _LOOK_CLOSER, _PAUSE, _SOMETHING_ELSE = "avsluta", "undersok_mer", "pausa", "annan_insats"
_OF_LEARNING = STEP_IDS[STEP_IDS.index(CONCEPT) : STEP_IDS.index(FOLLOW_UP)]
"""The steps that are of no use where something else than learning is to be done."""
_FACTS = (ORGANISATION, PROCESS_LEADER, STATUS)
"""What documents say on their first page, and have no other source for."""
_STOPPED = {"pausat": "Initiativet är pausat.", "avslutat_i_fortid": "Initiativet är avslutat i förtid."}
"""What it means that a decision came out so."""
_LESSON = " En lärdom i Uppföljning är ändå välkommen: då har nästa nytta av det ni kom fram till."


class Standing(NamedTuple):
    """How many of a stage's relevant questions are in which state."""

    stage: Stage
    answered: int
    skipped: int
    unknown: int
    open: int
    open_core: int
    """How many of the open ones belong to the fast track."""
    red: int = 0
    """How many red findings nobody has accepted."""
    yellow: int = 0
    is_begun: bool = False
    """Whether anybody has said anything about the stage."""
    first_open: str = ""
    """The first of the open questions; empty when none is."""


class Outlook(NamedTuple):
    """What an initiative's answers come to."""

    case: Case
    findings: tuple[Finding, ...]
    standings: tuple[Standing, ...]
    dates: tuple[Due, ...]
    """What is overdue or to come, by date."""
    step: NextStep


class NextStep(NamedTuple):
    """What to do next, and why: a stage to go to, or none when there is nothing left to do."""

    stage: Stage | None
    reason: str
    review: bool = False
    """Whether the thread is to be mended, from the findings, rather than questions answered."""


def outlook_of(workspace: Workspace, sheet: AnswerSheet, today: date | None = None) -> Outlook:
    """Where an initiative with these answers stands today, or on another day."""
    case = replace(workspace.case(sheet), today=today or workspace.today)
    findings = check(case, workspace.thread_rules)
    steps = standings(sheet, findings)
    return Outlook(case, findings, steps, case.coming, next_step(sheet, steps, findings, case.coming))


def standings(sheet: AnswerSheet, findings: Sequence[Finding] = ()) -> tuple[Standing, ...]:
    """The state of the six steps, in their order."""
    unaccepted = [finding for finding in findings if finding.deviation is None]
    return tuple(_standing(stage, sheet, unaccepted) for stage in sheet.battery.stages if stage.is_step)


def _standing(stage: Stage, sheet: AnswerSheet, findings: Sequence[Finding]) -> Standing:
    relevant = [question for question in stage.questions if is_asked(question, sheet)]
    answers = [(question, sheet.answers.get(question.qid)) for question in relevant]
    waiting = [question for question, answer in answers if not is_settled(question, answer)]
    settled = [answer for question, answer in answers if is_settled(question, answer)]
    grades = [finding.grade for finding in findings if finding.stage == stage.id]
    return Standing(
        stage,
        sum(isinstance(answer, Given) and not is_unknown(answer) for answer in settled),
        sum(isinstance(answer, Skipped) for answer in settled),
        sum(map(is_unknown, settled)),
        len(waiting),
        sum(question.core for question in waiting),
        grades.count(Grade.RED),
        grades.count(Grade.YELLOW),
        any(isinstance(answer, Given | Skipped | Unknown) for _, answer in answers),
        waiting[0].text if waiting else "",
    )


# ---------------------------------------------------------------- the next step


def next_step(
    sheet: AnswerSheet, steps: Sequence[Standing], findings: Sequence[Finding] = (), dues: Sequence[Due] = ()
) -> NextStep:
    """The one thing to do next.

    A decision to end or to look closer comes first, then a measurement that is late, then a broken thread
    once the core of what is begun is answered, and to follow up what is done instead of learning, where that
    is decided. After that the questions: the first stage whose core is open, the first with anything open,
    the first with a ”vet inte än”, and last the facts about it.
    """
    overdue = [due for due in dues if due.overdue]
    return (
        _decided(sheet)
        or _late(steps, overdue, only_open=True)
        or _to_mend(sheet.battery, steps, findings)
        or _something_else(sheet, steps, overdue)
        or _to_answer(_of_use(sheet, steps))
        or _late(steps, overdue, only_open=False)
        or _facts(sheet)
        or NextStep(None, "Inget är öppet: alla frågor är besvarade eller hoppade över.")
    )


def stage_to_go_on_with(sheet: AnswerSheet, stage: Stage) -> Stage | None:
    """The stage after one that has something open in its core, also where the thread is to be mended.

    None after the last, and where a decision leads elsewhere.
    """
    if not stage.is_step or _decided(sheet):
        return None
    steps = standings(sheet)
    after = (standing for standing in _of_use(sheet, steps) if standing.stage.number > stage.number)
    going_on = next((standing.stage for standing in after if standing.open_core), None)
    return None if going_on and _waits_for_something_else(sheet, going_on) else going_on


def _decided(sheet: AnswerSheet) -> NextStep | None:
    """What a decision leads to, when it is not to go on."""
    if stopped := _stopped(sheet):
        return NextStep(None, stopped)
    value = given_value(sheet.answers.get(DECISION))
    analysis = _stage(sheet.battery, stage_of(DECISION))
    if value == _END:
        lesson = "" if isinstance(sheet.answers.get(LESSONS), Given) else _LESSON
        return NextStep(None, f"Ni har beslutat att avsluta efter analysen.{lesson}")
    if value == _LOOK_CLOSER and analysis:
        back = f"Gå tillbaka till {analysis.title} när ni vet mer."
        return NextStep(analysis, f"Ni har beslutat att undersöka mer först. {back}")
    return None


def _of_use(sheet: AnswerSheet, steps: Sequence[Standing]) -> Sequence[Standing]:
    """The steps without those of learning that nobody has begun, where something else is to be done."""
    if given_value(sheet.answers.get(DECISION)) != _SOMETHING_ELSE:
        return steps
    return [standing for standing in steps if standing.is_begun or standing.stage.id not in _OF_LEARNING]


def _something_else(sheet: AnswerSheet, steps: Sequence[Standing], overdue: Sequence[Due]) -> NextStep | None:
    """To follow up what is done instead of learning, once there is nothing else to answer before."""
    waiting = next((standing for standing in _of_use(sheet, steps) if standing.open_core), None)
    if waiting is None or not _waits_for_something_else(sheet, waiting.stage):
        return None
    late = [due for due in overdue if due.qid == OTHER_ACTIONS]
    if late:
        done = f"{late[0].row} skulle ha varit klar {date_in_short(late[0].on)}."
        return NextStep(waiting.stage, f"{done} Säg i {waiting.stage.title} om insatsen blev av.")
    follow = f"{waiting.stage.title} tar ni när insatserna är gjorda."
    return NextStep(waiting.stage, f"Ni har beslutat att göra något annat än utbildning. {follow}")


def _waits_for_something_else(sheet: AnswerSheet, stage: Stage) -> bool:
    return stage.id == FOLLOW_UP and given_value(sheet.answers.get(DECISION)) == _SOMETHING_ELSE


def _stopped(sheet: AnswerSheet) -> str:
    """That the initiative is paused or ended early, with the reason as it is written; empty when it is not.

    The decision taken last tells.
    """
    if last := latest_decision(sheet.answers):
        said = _STOPPED.get(str(last.values["utfall"]), "")
        return f"{said} {last.values.get('skal', '')}".strip() if said else ""
    if given_value(sheet.answers.get(DECISION)) == _PAUSE:
        return "Ni har beslutat att pausa och ta upp frågan senare."
    return ""


def _stage(battery: Battery, stage_id: str) -> Stage | None:
    return next((stage for stage in battery.stages if stage.id == stage_id), None)


def _late(steps: Sequence[Standing], overdue: Sequence[Due], *, only_open: bool) -> NextStep | None:
    """To follow up what should have been measured."""
    late = [due for due in overdue if due.measure or due.qid == MEASURES]
    follow_up = next((standing for standing in steps if standing.stage.id == FOLLOW_UP), None)
    if not late or follow_up is None or (only_open and not follow_up.open):
        return None
    measure = f"{late[0].measure or late[0].row} skulle ha mätts {date_in_short(late[0].on)}"
    more = len(late) - 1
    if not more:
        return NextStep(follow_up.stage, f"{measure}, och det finns inget resultat.")
    many = "ett" if more == 1 else more
    return NextStep(follow_up.stage, f"{measure}, och {many} mått till saknar resultat.")


def _to_mend(battery: Battery, steps: Sequence[Standing], findings: Sequence[Finding]) -> NextStep | None:
    """To mend the thread, when the core of every begun stage is answered."""
    red = [finding for finding in findings if finding.grade is Grade.RED and finding.deviation is None]
    if not red or any(standing.is_begun and standing.open_core for standing in steps):
        return None
    numbers = Counter(finding.stage for finding in red)
    titles = {name: stage.title if (stage := _stage(battery, name)) else name for name in numbers}
    many, they = ("Ett rött fynd", "Det") if len(red) == 1 else (f"{len(red)} röda fynd", "De")
    by_stage = joined(f"{number} i {titles[name]}" for name, number in numbers.items())
    where = f": {by_stage}" if len(numbers) > 1 else f" i {titles[red[0].stage]}"
    reason = f"{many}{where}. {they} är lättare att laga nu än senare."
    return NextStep(_stage(battery, red[0].stage), reason, review=True)


def _to_answer(steps: Sequence[Standing]) -> NextStep | None:
    """The questions that wait."""
    for place, standing in enumerate(steps):
        if standing.open_core:
            return NextStep(standing.stage, _core_reason(standing, steps[:place], steps))
    for standing in steps:
        if standing.open:
            return NextStep(standing.stage, f"Det viktigaste är besvarat. {_left(standing)}")
    for standing in steps:
        if standing.unknown:
            waiting = (
                f"{_questions(standing.unknown)} i {standing.stage.title} väntar på svar: ”vet inte än”."
            )
            return NextStep(standing.stage, waiting)
    return None


def _facts(sheet: AnswerSheet) -> NextStep | None:
    """The facts about the initiative that documents say on their first page."""
    missing = [qid for qid in _FACTS if qid not in sheet.answers and sheet.battery.asks(qid)]
    if not missing:
        return None
    stage = sheet.battery.stage(stage_of(missing[0]))
    return NextStep(
        stage, f"Alla sex stegen är besvarade. {_questions(len(missing))} om initiativet återstår."
    )


def _core_reason(standing: Standing, earlier: Sequence[Standing], steps: Sequence[Standing]) -> str:
    if standing.is_begun:
        return _left(standing)
    if not any(step.is_begun for step in steps):
        return "Inget steg är påbörjat än."
    if earlier and not any(step.open for step in earlier):
        return f"{earlier[-1].stage.title} är klart, och {standing.stage.title} är inte påbörjat."
    return f"De viktigaste frågorna i {standing.stage.title} är inte besvarade än."


def _left(standing: Standing) -> str:
    where = f"{_questions(standing.open)} i {standing.stage.title}"
    if standing.open == 1:
        return f"{where} är inte besvarad än: {standing.first_open}"
    return f"{where} är inte besvarade än."


def _questions(number: int) -> str:
    return "En fråga" if number == 1 else f"{number} frågor"
