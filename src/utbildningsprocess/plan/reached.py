"""Whether goals are reached: what was promised against what was measured, as far as numbers say."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import EFFECT_MEASURES, GOALS, MEASURES
from utbildningsprocess.answers.cells import filled_rows, line_in, points_at_any, several_in, text_in
from utbildningsprocess.answers.measures import amount_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import Row
from utbildningsprocess.plan.judged import Judged
from utbildningsprocess.plan.thread import (
    all_outcomes,
    outcomes,
    outcomes_of_effect,
    says_measured,
    short_name,
)
from utbildningsprocess.swedish import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.answers.measures import Amount
    from utbildningsprocess.model import Answers

_AT_MOST, _AT_LEAST = ("högst", "max", "under"), ("minst", "över")
_STRICT = ("under", "över")
_APPLICATION = "7_tillampning"


class GoalState(StrEnum):
    """What is known of a goal."""

    REACHED = "nått"
    MISSED = "inte nått"
    INCOMPARABLE = "går inte att jämföra"
    UNMEASURED = "inte mätt än"


def promised_effects(answers: Answers) -> list[Row]:
    """The effect measures with a goal."""
    return [row for row in given_rows(answers, EFFECT_MEASURES) if text_in(row, "mal")]


def state_of_effect(answers: Answers, effect: Row) -> GoalState:
    """What is known of the goal of an effect measure, by whatever measures it."""
    return _compared(effect, outcomes_of_effect(answers, effect))


def judged_measures(answers: Answers) -> Iterator[Judged]:
    """Each measure in the plan, and each goal that none of them is about without a level.

    A measure of one effect measure has its goal; what else it measures has no goal in numbers.
    """
    effects, measures = promised_effects(answers), filled_rows(given_rows(answers, MEASURES))
    for measure in measures:
        about = several_in(measure, "avser")
        meant = [effect for effect in effects if effect.id in about]
        effect = meant[0] if len(meant) == 1 else Row("", {})
        yield _judged(
            short_name(measure, "metod"), text_in(measure, "niva"), effect, all_outcomes(answers, measure)
        )
    for effect in effects:
        if not any(points_at_any(measure, "avser", [effect]) for measure in measures):
            yield _judged(short_name(effect, "matt"), "", effect, outcomes_of_effect(answers, effect))


def _judged(name: str, level: str, effect: Row, became: Sequence[str]) -> Judged:
    """A measure with the goal of an effect measure; an empty row has none, and is compared with nothing."""
    said = [outcome for outcome in became if says_measured(outcome)]
    return Judged(
        level,
        _compared(effect, became),
        name,
        line_in(effect, "nulage"),
        line_in(effect, "mal"),
        "; ".join(map(clean_line, said)),
    )


def goals_in_work(answers: Answers) -> Iterator[GoalState]:
    """What is known of each goal for the effect, and of each criterion that is measured in the work."""
    yield from (state_of_effect(answers, effect) for effect in promised_effects(answers))
    goals = {row.id: row for row in given_rows(answers, GOALS)}
    for measure in given_rows(answers, MEASURES):
        meant = several_in(measure, "avser")
        if text_in(measure, "niva") == _APPLICATION and len(meant) == 1 and meant[0] in goals:
            yield _compared_with(text_in(goals[meant[0]], "kriterium"), "", outcomes(answers, measure))


def _compared(effect: Row, became: Sequence[str]) -> GoalState:
    return _compared_with(text_in(effect, "mal"), text_in(effect, "nulage"), became)


def _compared_with(promised: str, earlier: str, became: Sequence[str]) -> GoalState:
    """Whether a goal is reached, as far as a number against a number says."""
    said = [outcome for outcome in became if says_measured(outcome)]
    if not said:
        return GoalState.UNMEASURED
    goal, before = amount_in(promised), amount_in(earlier)
    outcome = amount_in(said[0]) if len(said) == 1 else None
    if goal is None or outcome is None or outcome.bound or not _alike(goal, outcome):
        return GoalState.INCOMPARABLE
    way = _way(goal, before)
    if not way:
        return GoalState.INCOMPARABLE
    left = (_size(goal) - _size(outcome)) * way
    is_reached = left < 0 or (left == 0 and goal.bound not in _STRICT)
    return GoalState.REACHED if is_reached else GoalState.MISSED


def _way(goal: Amount, before: Amount | None) -> int:
    """1 where the goal is to reach a higher number, -1 a lower; 0 when nobody has said."""
    if goal.bound in _AT_LEAST or goal.bound in _AT_MOST:
        return 1 if goal.bound in _AT_LEAST else -1
    if goal.bound or before is None or not _alike(goal, before):
        return 0
    return (_size(goal) > _size(before)) - (_size(goal) < _size(before))


def _alike(one_amount: Amount, another: Amount) -> bool:
    """Whether two numbers are of the same thing."""
    if one_amount.percent is not None and another.percent is not None:
        return True
    return one_amount.unit == another.unit and one_amount.whole is None and another.whole is None


def _size(amount: Amount) -> float:
    return amount.number if amount.percent is None else amount.percent
