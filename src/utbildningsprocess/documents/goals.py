"""How many of the goals are reached, for templates: counted from what was promised and what was measured."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from utbildningsprocess import addresses
from utbildningsprocess.documents.sources import source_at, traced
from utbildningsprocess.plan.reached import GoalState, promised_effects, state_of_effect
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from utbildningsprocess.model import AnswerSheet

_COUNTS = ("inget", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_TAILS = {
    GoalState.REACHED: ("nått", "nådda"),
    GoalState.MISSED: ("mätt men inte nått", "mätta men inte nådda"),
    GoalState.UNMEASURED: ("inte mätt än", "inte mätta än"),
    GoalState.INCOMPARABLE: ("inte att jämföra i siffror",) * 2,
}
"""What is said of one goal, and of several, in the order they are told."""


def goals_counted(sheet: AnswerSheet) -> str:
    """How many of the goals are reached, in a sentence; empty while no goal has a measured outcome."""
    became = {row.id: state_of_effect(sheet.answers, row) for row in promised_effects(sheet.answers)}
    if all(state is GoalState.UNMEASURED for state in became.values()):
        return ""

    def source() -> str:
        counted = "; ".join(f"{row}: {state}" for row, state in became.items())
        asked = (source_at(sheet, address) for address in (addresses.EFFECT_MEASURES, addresses.RESULTS))
        return f"Räknat i svaren, mål mot utfall: {counted}. {'; '.join(asked)}"

    return traced(_sentence(Counter(became.values())), source)


def _sentence(states: Counter[GoalState]) -> str:
    """How many goals stand in each state, nothing left out; one that cannot be compared may be reached."""
    many = states.total()
    if states[GoalState.REACHED] == many:
        return "Målet är nått." if many == 1 else f"Alla {_count(many)} målen är nådda."
    told = [
        state
        for state in _TAILS
        if states[state] or (state is GoalState.REACHED and not states[GoalState.INCOMPARABLE])
    ]
    if many == 1:
        return f"Målet {_verb(told[-1])} {_TAILS[told[-1]][0]}."
    parts = [
        f"{_verb(state)} {_count(states[state])} {_tail(state, states[state])}"
        if state == told[0]
        else f"{_count(states[state])} {_verb(state)} {_tail(state, states[state])}"
        for state in told
    ]
    return f"Av {_count(many)} mål {joined(parts)}."


def _verb(state: GoalState) -> str:
    return "går" if state is GoalState.INCOMPARABLE else "är"


def _tail(state: GoalState, many: int) -> str:
    return _TAILS[state][many > 1]


def _count(many: int) -> str:
    return _COUNTS[many] if many < len(_COUNTS) else str(many)
