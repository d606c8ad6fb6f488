"""Where an initiative stands: what each stage holds, and the one step to take next, with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.conditions import is_relevant
from utbildningsprocess.model import Given, Skipped, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.model import Answer, Answers, Battery, Question, Stage


class Standing(NamedTuple):
    """How many of a stage's relevant questions are in which state."""

    stage: Stage
    answered: int
    skipped: int
    unknown: int
    open: int
    open_core: int
    """How many of the open ones belong to the fast track."""

    @property
    def begun(self) -> bool:
        """Whether anybody has said anything about the stage."""
        return self.answered + self.skipped + self.unknown > 0


class NextStep(NamedTuple):
    """What to do next: a stage to go to, or none when every question is settled, and why."""

    stage: Stage | None
    reason: str


def standings(battery: Battery, answers: Answers) -> tuple[Standing, ...]:
    """The state of the six steps, in their order."""
    return tuple(_standing(stage, answers) for stage in battery.stages if stage.is_step)


def _standing(stage: Stage, answers: Answers) -> Standing:
    relevant = [question for question in stage.questions if is_relevant(question, answers)]
    waiting = [question for question in relevant if _is_open(answers.get(question.qid))]
    return Standing(
        stage,
        _count(relevant, answers, Given),
        _count(relevant, answers, Skipped),
        _count(relevant, answers, Unknown),
        len(waiting),
        sum(question.core for question in waiting),
    )


def _is_open(answer: Answer | None) -> bool:
    """Text that does not fit its question waits for an answer too."""
    return not isinstance(answer, (Given, Skipped, Unknown))


def _count(questions: Iterable[Question], answers: Answers, state: type[Answer]) -> int:
    return sum(isinstance(answers.get(question.qid), state) for question in questions)


def next_step(battery: Battery, answers: Answers) -> NextStep:
    """The first stage whose core is open; else the first with anything open; else with a ”vet inte än”."""
    found = standings(battery, answers)
    for standing in found:
        if standing.open_core:
            return NextStep(standing.stage, _core_reason(standing, found))
    for standing in found:
        if standing.open:
            return NextStep(standing.stage, f"Det viktigaste är besvarat. {_left(standing)}")
    for standing in found:
        if standing.unknown:
            return NextStep(standing.stage, _unknown_reason(standing))
    return NextStep(None, "Inget är öppet: alla frågor är besvarade eller hoppade över.")


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
