"""How many of the goals are reached, for templates: counted from what was promised and what was measured."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import text_in
from utbildningsprocess.answers.measures import amount_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.sources import source_at, traced
from utbildningsprocess.plan.thread import outcomes_of_effect, says_measured
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from utbildningsprocess.answers.measures import Amount
    from utbildningsprocess.model import Answers, AnswerSheet, Row

_COUNTS = ("inget", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_REACHED, _MISSED, _UNMEASURED, _INCOMPARABLE = "nått", "inte nått", "inte mätt än", "går inte att jämföra"
_TAILS = {
    _REACHED: ("nått", "nådda"),
    _MISSED: ("mätt men inte nått", "mätta men inte nådda"),
    _UNMEASURED: ("inte mätt än", "inte mätta än"),
    _INCOMPARABLE: ("inte att jämföra i siffror",) * 2,
}
"""What is said of one goal, and of several, in the order they are told."""
_AT_MOST, _AT_LEAST = ("högst", "max", "under"), ("minst", "över")
_STRICT = ("under", "över")


def goals_counted(sheet: AnswerSheet) -> str:
    """How many of the goals are reached, in a sentence; empty while no goal has a measured outcome."""
    promised = [row for row in given_rows(sheet.answers, addresses.EFFECT_MEASURES) if text_in(row, "mal")]
    became = {row.id: _became(sheet.answers, row) for row in promised}
    if all(state == _UNMEASURED for state in became.values()):
        return ""

    def source() -> str:
        counted = "; ".join(f"{row}: {state}" for row, state in became.items())
        asked = (source_at(sheet, address) for address in (addresses.EFFECT_MEASURES, addresses.RESULTS))
        return f"Räknat i svaren, mål mot utfall: {counted}. {'; '.join(asked)}"

    return traced(_sentence(Counter(became.values())), source)


def _became(answers: Answers, effect: Row) -> str:
    """Whether a goal is reached, as far as a number against a number says."""
    said = [outcome for outcome in outcomes_of_effect(answers, effect) if says_measured(outcome)]
    if not said:
        return _UNMEASURED
    goal, before = amount_in(text_in(effect, "mal")), amount_in(text_in(effect, "nulage"))
    outcome = amount_in(said[0]) if len(said) == 1 else None
    if goal is None or outcome is None or outcome.bound or not _alike(goal, outcome):
        return _INCOMPARABLE
    way = _way(goal, before)
    if not way:
        return _INCOMPARABLE
    left = (_size(goal) - _size(outcome)) * way
    return _REACHED if left < 0 or (left == 0 and goal.bound not in _STRICT) else _MISSED


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


def _sentence(states: Counter[str]) -> str:
    """How many goals stand in each state, nothing left out; one that cannot be compared may be reached."""
    many = states.total()
    if states[_REACHED] == many:
        return "Målet är nått." if many == 1 else f"Alla {_count(many)} målen är nådda."
    told = [state for state in _TAILS if states[state] or (state == _REACHED and not states[_INCOMPARABLE])]
    if many == 1:
        return f"Målet {_verb(told[-1])} {_TAILS[told[-1]][0]}."
    parts = [
        f"{_verb(state)} {_count(states[state])} {_tail(state, states[state])}"
        if state == told[0]
        else f"{_count(states[state])} {_verb(state)} {_tail(state, states[state])}"
        for state in told
    ]
    return f"Av {_count(many)} mål {joined(parts)}."


def _verb(state: str) -> str:
    return "går" if state == _INCOMPARABLE else "är"


def _tail(state: str, many: int) -> str:
    return _TAILS[state][many > 1]


def _count(many: int) -> str:
    return _COUNTS[many] if many < len(_COUNTS) else str(many)
