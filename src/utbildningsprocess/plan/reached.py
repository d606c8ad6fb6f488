"""Whether goals in the work are reached, as far as a number against a number says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import EFFECT_MEASURES, GOALS, MEASURES
from utbildningsprocess.answers.cells import several_in, text_in
from utbildningsprocess.answers.measures import amount_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.plan.thread import outcomes, outcomes_of_effect, says_measured

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utbildningsprocess.answers.measures import Amount
    from utbildningsprocess.model import Answers, Row

REACHED, NOT_REACHED, UNMEASURED, INCOMPARABLE = "nått", "inte nått", "inte mätt än", "går inte att jämföra"
_AT_MOST, _AT_LEAST = ("högst", "max", "under"), ("minst", "över")
_STRICT = ("under", "över")
_APPLICATION = "7_tillampning"


def goals_in_work(answers: Answers) -> Iterator[str]:
    """How it stands with each goal for the effect, and with each criterion that is measured in the work."""
    for effect in given_rows(answers, EFFECT_MEASURES):
        if text_in(effect, "mal"):
            yield effect_standing(answers, effect)
    goals = {row.id: row for row in given_rows(answers, GOALS)}
    for measure in given_rows(answers, MEASURES):
        meant = several_in(measure, "avser")
        if text_in(measure, "niva") == _APPLICATION and len(meant) == 1 and meant[0] in goals:
            yield _standing(text_in(goals[meant[0]], "kriterium"), "", outcomes(answers, measure))


def effect_standing(answers: Answers, effect: Row) -> str:
    """How it stands with the goal of an effect measure."""
    return _standing(text_in(effect, "mal"), text_in(effect, "nulage"), outcomes_of_effect(answers, effect))


def _standing(promised: str, earlier: str, became: Iterable[str]) -> str:
    said = [outcome for outcome in became if says_measured(outcome)]
    if not said:
        return UNMEASURED
    goal, before = amount_in(promised), amount_in(earlier)
    outcome = amount_in(said[0]) if len(said) == 1 else None
    if goal is None or outcome is None or outcome.bound or not _alike(goal, outcome):
        return INCOMPARABLE
    way = _way(goal, before)
    if not way:
        return INCOMPARABLE
    left = (_size(goal) - _size(outcome)) * way
    return REACHED if left < 0 or (left == 0 and goal.bound not in _STRICT) else NOT_REACHED


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
