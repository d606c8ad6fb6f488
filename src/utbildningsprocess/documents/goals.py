"""How many of the goals are reached, for templates: counted from what was promised and what was measured."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.documents.sources import source_at, traced
from utbildningsprocess.plan.reached import INCOMPARABLE, NOT_REACHED, REACHED, UNMEASURED, effect_standing
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from utbildningsprocess.model import AnswerSheet

_COUNTS = ("inget", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_TAILS = {
    REACHED: ("nått", "nådda"),
    NOT_REACHED: ("mätt men inte nått", "mätta men inte nådda"),
    UNMEASURED: ("inte mätt än", "inte mätta än"),
    INCOMPARABLE: ("inte att jämföra i siffror",) * 2,
}
"""What is said of one goal, and of several, in the order they are told."""


def goals_counted(sheet: AnswerSheet) -> str:
    """How many of the goals are reached, in a sentence; empty while no goal has a measured outcome."""
    promised = [row for row in given_rows(sheet.answers, addresses.EFFECT_MEASURES) if text_in(row, "mal")]
    became = {row.id: effect_standing(sheet.answers, row) for row in promised}
    if all(state == UNMEASURED for state in became.values()):
        return ""

    def source() -> str:
        counted = "; ".join(f"{row}: {state}" for row, state in became.items())
        asked = (source_at(sheet, address) for address in (addresses.EFFECT_MEASURES, addresses.RESULTS))
        return f"Räknat i svaren, mål mot utfall: {counted}. {'; '.join(asked)}"

    return traced(_sentence(Counter(became.values())), source)


def _sentence(states: Counter[str]) -> str:
    """How many goals stand in each state, nothing left out; one that cannot be compared may be reached."""
    many = states.total()
    if states[REACHED] == many:
        return "Målet är nått." if many == 1 else f"Alla {_count(many)} målen är nådda."
    told = [state for state in _TAILS if states[state] or (state == REACHED and not states[INCOMPARABLE])]
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
    return "går" if state == INCOMPARABLE else "är"


def _tail(state: str, many: int) -> str:
    return _TAILS[state][many > 1]


def _count(many: int) -> str:
    return _COUNTS[many] if many < len(_COUNTS) else str(many)
