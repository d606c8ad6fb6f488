"""What an initiative has learnt, made of its text whatever the file is called, and kept for another day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from utbildningsprocess.addresses import ACTIVITIES, OTHER_ACTIONS
from utbildningsprocess.answers.cells import filled_rows, text_in
from utbildningsprocess.answers.conditions import that_apply
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.diagnosis.counting import diagnose
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import bears_traces
from utbildningsprocess.lessons.gathering import earlier_of
from utbildningsprocess.lessons.model import Earlier  # noqa: TC001  pydantic evaluates the annotations
from utbildningsprocess.plan.reached import GoalState, goals_in_work
from utbildningsprocess.work.portfolio.watched_day import WatchedDay

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.model import Answers, AnswerSheet, Question
    from utbildningsprocess.work.workspace import Workspace

PLANNED_LEARNING = "Planerat lärande"
"""What is chosen where activities are planned, beside the other sorts of action."""


@dataclass(frozen=True)
class ShownByOne:
    """What one initiative shows: its strong causes, the sorts of action, and what came of its goals."""

    causes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    compared: int = 0
    """The goals in the work whose outcome can be compared with them, in numbers."""
    reached: int = 0


@dataclass(frozen=True)
class Learnt:
    """What came of a text: an earlier initiative without a name; none where it is damaged or no dossier."""

    earlier: Earlier | None = None
    identity: str = ""
    shown: ShownByOne = ShownByOne()
    is_damaged: bool = False
    since: date = date.min
    """The first day on which this is so; `until` is the last."""
    until: date = date.max

    def holds_on(self, today: date) -> bool:
        """Whether it is so on that day."""
        return self.since <= today <= self.until


def learnt_of(workspace: Workspace, text: str) -> Learnt:
    """What a text has to teach."""
    bare = text.removeprefix("\ufeff")
    if is_guide(bare) or not bears_traces(bare):
        return Learnt()
    content = read(text, workspace.battery)
    if content.structural_problems:
        return Learnt(is_damaged=True)
    today, diagnosis = WatchedDay(workspace.today), diagnose(workspace.diagnosis_model, content.answers)
    earlier = earlier_of("", content.title, content.sheet, diagnosis, today)
    shown = _shown(content.sheet, diagnosis)
    return Learnt(earlier, content.identity, shown, since=today.since, until=today.until)


def _shown(sheet: AnswerSheet, diagnosis: Diagnosis) -> ShownByOne:
    answers = that_apply(sheet)
    goals = Counter(goals_in_work(sheet.answers))
    return ShownByOne(
        causes=tuple(dict.fromkeys(cause.name for cause in diagnosis.strong)),
        actions=_actions(sheet.battery.question(OTHER_ACTIONS), answers),
        compared=goals[GoalState.REACHED] + goals[GoalState.MISSED],
        reached=goals[GoalState.REACHED],
    )


def _actions(question: Question | None, answers: Answers) -> tuple[str, ...]:
    """The sorts of action that were chosen: planned learning first."""
    learning = (PLANNED_LEARNING,) if filled_rows(given_rows(answers, ACTIVITIES)) else ()
    sorts = question.field("typ").options if question else ()
    chosen = {text_in(row, "typ") for row in filled_rows(given_rows(answers, OTHER_ACTIONS))}
    return (*learning, *(option.label for option in sorts if option.id in chosen))


def named(earlier: Earlier, workspace: Workspace, path: Path) -> Earlier:
    """An earlier initiative by what a person types to mean it, and by its file where it has no title."""
    situation = replace(earlier.situation, title=earlier.situation.title or path.stem)
    return replace(earlier, name=workspace.typed_name(path), situation=situation)


def learnt_to_json(learnt: Learnt) -> str:
    """It as text to keep."""
    return _adapter().dump_json(learnt).decode()


def learnt_from_json(text: str) -> Learnt:
    """What was kept."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Learnt]:
    return TypeAdapter(Learnt)
