"""Where an initiative stands: what each stage holds, and the one step to take next, with its reason."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DECISION, LESSONS, MEASURES
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.checks.findings import check
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.model import Given, Skipped, Unknown, given_value, is_settled
from utbildningsprocess.plan.due import coming
from utbildningsprocess.steps import FOLLOW_UP
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.checks.model import Finding
    from utbildningsprocess.model import Answer, Answers, AnswerSheet, Battery, Question, Stage
    from utbildningsprocess.plan.due import Due
    from utbildningsprocess.work.workspace import Workspace

END, LOOK_CLOSER = "avsluta", "undersok_mer"
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

    @property
    def begun(self) -> bool:
        """Whether anybody has said anything about the stage."""
        return self.answered + self.skipped + self.unknown > 0


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


def outlook_of(workspace: Workspace, sheet: AnswerSheet) -> Outlook:
    """Where an initiative with these answers stands today."""
    case = workspace.case(sheet)
    findings = check(case, workspace.thread_rules)
    dates = coming(sheet, workspace.today)
    overdue = [due for due in dates if due.overdue]
    step = next_step(sheet, findings, overdue)
    return Outlook(case, findings, standings(sheet, findings), dates, step)


def standings(sheet: AnswerSheet, findings: Sequence[Finding] = ()) -> tuple[Standing, ...]:
    """The state of the six steps, in their order."""
    left = [one for one in findings if one.deviation is None]
    return tuple(_standing(stage, sheet, left) for stage in sheet.battery.stages if stage.is_step)


def _standing(stage: Stage, sheet: AnswerSheet, findings: Sequence[Finding]) -> Standing:
    relevant = [question for question in stage.questions if is_relevant(question, sheet)]
    answers = sheet.answers
    waiting = [question for question in relevant if not is_settled(answers.get(question.qid))]
    return Standing(
        stage,
        _count(relevant, answers, Given),
        _count(relevant, answers, Skipped),
        _count(relevant, answers, Unknown),
        len(waiting),
        sum(question.core for question in waiting),
        *(
            sum(one.stage == stage.id and one.grade is grade for one in findings)
            for grade in (Grade.RED, Grade.YELLOW)
        ),
    )


def _count(questions: Iterable[Question], answers: Answers, state: type[Answer]) -> int:
    return sum(isinstance(answers.get(question.qid), state) for question in questions)


# ---------------------------------------------------------------- the next step


def next_step(sheet: AnswerSheet, findings: Sequence[Finding] = (), overdue: Sequence[Due] = ()) -> NextStep:
    """The one thing to do next.

    A decision to end or to look closer comes first, then a measurement that is late, then a broken thread
    once the core of what is begun is answered. After that the questions: the first stage whose core
    is open, the first with anything open, the first with a ”vet inte än”.
    """
    found = standings(sheet)
    return (
        _decided(sheet)
        or _late(found, overdue, only_open=True)
        or _to_mend(sheet.battery, found, findings)
        or _to_answer(found)
        or _late(found, overdue, only_open=False)
        or NextStep(None, "Inget är öppet: alla frågor är besvarade eller hoppade över.")
    )


def _decided(sheet: AnswerSheet) -> NextStep | None:
    """What a decision in Analys leads to, when it is not to go on."""
    value = given_value(sheet.answers.get(DECISION))
    analysis = _stage(sheet.battery, DECISION)
    if value == END:
        lesson = "" if isinstance(sheet.answers.get(LESSONS), Given) else _LESSON
        return NextStep(None, f"Ni har beslutat att avsluta efter analysen.{lesson}")
    if value == LOOK_CLOSER and analysis:
        return NextStep(
            analysis,
            f"Ni har beslutat att undersöka mer först. Gå tillbaka till {analysis.title} när ni vet mer.",
        )
    return None


def _stage(battery: Battery, address: str) -> Stage | None:
    """The stage of an address, as `analys.beslut`."""
    name = address.partition(".")[0]
    return next((stage for stage in battery.stages if stage.id == name), None)


def _late(found: Sequence[Standing], overdue: Sequence[Due], *, only_open: bool) -> NextStep | None:
    """To follow up what should have been measured."""
    late = [due for due in overdue if due.overdue and due.qid == MEASURES]
    for standing in found:
        if late and standing.stage.id == FOLLOW_UP and (standing.open or not only_open):
            return NextStep(standing.stage, _late_reason(late))
    return None


def _late_reason(late: Sequence[Due]) -> str:
    first, *others = late
    said = f"{first.row} skulle ha mätts {first.on.isoformat()}"
    if not others:
        return f"{said}, och det finns inget resultat."
    return f"{said}, och {'ett' if len(others) == 1 else len(others)} mått till saknar resultat."


def _to_mend(battery: Battery, found: Sequence[Standing], findings: Sequence[Finding]) -> NextStep | None:
    """To mend the thread, when the core of every begun stage is answered."""
    red = [one for one in findings if one.grade is Grade.RED and one.deviation is None]
    if not red or any(one.begun and one.open_core for one in found):
        return None
    return NextStep(_stage(battery, red[0].stage), _red_reason(battery, red), review=True)


def _red_reason(battery: Battery, red: Sequence[Finding]) -> str:
    numbers = Counter(one.stage for one in red)
    titles = {name: stage.title if (stage := _stage(battery, name)) else name for name in numbers}
    if len(numbers) > 1:
        each = joined(f"{numbers[name]} i {titles[name]}" for name in numbers)
        return f"{len(red)} röda fynd: {each}. De är lättare att laga nu än senare."
    where = titles[red[0].stage]
    if len(red) == 1:
        return f"Ett rött fynd i {where}. Det är lättare att laga nu än senare."
    return f"{len(red)} röda fynd i {where}. De är lättare att laga nu än senare."


def _to_answer(found: tuple[Standing, ...]) -> NextStep | None:
    """The questions that wait."""
    for standing in found:
        if standing.open_core:
            return NextStep(standing.stage, _core_reason(standing, found))
    for standing in found:
        if standing.open:
            return NextStep(standing.stage, f"Det viktigaste är besvarat. {_left(standing)}")
    for standing in found:
        if standing.unknown:
            return NextStep(standing.stage, _unknown_reason(standing))
    return None


def _core_reason(standing: Standing, all_of_them: tuple[Standing, ...]) -> str:
    if standing.begun:
        return _left(standing)
    earlier = all_of_them[: all_of_them.index(standing)]
    if not any(one.begun for one in all_of_them):
        return "Inget steg är påbörjat än."
    if earlier and not any(one.open for one in earlier):
        return f"{earlier[-1].stage.title} är klart, och {standing.stage.title} är inte påbörjat."
    return f"De viktigaste frågorna i {standing.stage.title} är inte besvarade än."


def _left(standing: Standing) -> str:
    return f"{_questions(standing.open)} i {standing.stage.title} är inte {_form(standing.open)} än."


def _unknown_reason(standing: Standing) -> str:
    return f"{_questions(standing.unknown)} i {standing.stage.title} väntar på svar: ”vet inte än”."


def _questions(number: int) -> str:
    return "En fråga" if number == 1 else f"{number} frågor"


def _form(number: int) -> str:
    return "besvarad" if number == 1 else "besvarade"
