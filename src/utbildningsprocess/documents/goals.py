"""How many of the goals are reached, for templates: counted from what was promised and what was measured."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import date_in
from utbildningsprocess.answers.periods import day_in_words
from utbildningsprocess.documents.sources import kept, source_at, traced
from utbildningsprocess.documents.text import without_stop
from utbildningsprocess.documents.view import RowView, rows_of
from utbildningsprocess.model import Period, given_value, last_day
from utbildningsprocess.plan.reached import GoalState, promised_effects, state_of_effect
from utbildningsprocess.plan.thread import outcomes_of_effect, says_measured
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from utbildningsprocess.documents.view import FieldView
    from utbildningsprocess.model import AnswerSheet, Row, When

_COUNTS = ("inget", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_LATE, _AHEAD = "missat", "ännu inte nått"
"""A goal that is measured and not reached: its last day has passed, or is still to come."""
_OVERDUE = "inte mätt i tid"
"""A goal that nobody has measured, and whose last day has passed."""
_TAILS = {
    GoalState.REACHED: ("nått", "nådda"),
    _LATE: ("missat", "missade"),
    _AHEAD: ("ännu inte nått", "ännu inte nådda"),
    GoalState.MISSED: ("mätt men inte nått", "mätta men inte nådda"),
    _OVERDUE: (_OVERDUE, "inte mätta i tid"),
    GoalState.UNMEASURED: ("inte mätt än", "inte mätta än"),
    GoalState.INCOMPARABLE: ("inte att jämföra i siffror",) * 2,
}
"""What is said of one goal, and of several, in the order they are told."""


class _Goal(RowView):
    mal: FieldView
    nar: FieldView


def goal_values(sheet: AnswerSheet, today: date) -> dict[str, object]:
    """What a template may ask of the goals."""
    return {"malen": goals_counted(sheet, today), "mal_kvar": goals_left(sheet, today)}


def goals_counted(sheet: AnswerSheet, today: date) -> str:
    """How many of the goals are reached, in a sentence; empty while no goal has a measured outcome."""
    became = _states(sheet, today)
    if all(state in (GoalState.UNMEASURED, _OVERDUE) for state in became.values()):
        return ""

    def source() -> str:
        counted = "; ".join(f"{row}: {state}" for row, state in became.items())
        asked = (source_at(sheet, address) for address in (addresses.EFFECT_MEASURES, addresses.RESULTS))
        return f"Räknat i svaren, mål mot utfall: {counted}. {'; '.join(asked)}"

    return traced(_sentence(Counter(became.values())), source)


def goals_left(sheet: AnswerSheet, today: date) -> list[tuple[str, str]]:
    """The goals that are not reached, with how far it is and the last day; none before any is measured."""
    if not goals_counted(sheet, today):
        return []
    became = _states(sheet, today)
    goals = rows_of(sheet, addresses.EFFECT_MEASURES, _Goal)
    told = (_LATE, _AHEAD, _OVERDUE, GoalState.UNMEASURED)
    left = [goal for goal in goals if became.get(goal.id) in told]
    return [(kept(without_stop, goal.rubrik), _how_far(sheet, goal, became[goal.id])) for goal in left]


def _how_far(sheet: AnswerSheet, goal: _Goal, state: str) -> str:
    """How far it is to a goal: ”ännu 86 % mot 90 %, sista dag 8 december 2026”."""
    row = next(row for row in promised_effects(sheet.answers) if row.id == goal.id)
    day = _last_day(sheet, row)
    address = addresses.EFFECT_MEASURES if goal.nar.finns else addresses.NEEDED_BY
    until = traced(day_in_words(day), lambda: source_at(sheet, address, goal.id, "nar")) if day else ""
    became = next(filter(says_measured, outcomes_of_effect(sheet.answers, row)), "")
    outcome = traced(_amount(became), lambda: source_at(sheet, addresses.RESULTS))
    goal_words = kept(_amount, goal.mal.text)
    how = {
        _LATE: f"missat, {outcome} mot {goal_words}",
        _AHEAD: f"ännu {outcome} mot {goal_words}",
        _OVERDUE: _OVERDUE,
    }.get(state, "inte mätt än")
    return ", ".join(filter(None, [how, f"sista dag {until}" if until else ""]))


def _amount(words: str) -> str:
    """A number without what is said of it in parentheses."""
    return words.partition(" (")[0]


def _states(sheet: AnswerSheet, today: date) -> dict[str, str]:
    """What is known of each goal, told apart by whether its last day has passed where it is not reached."""
    return {row.id: _state(sheet, row, today) for row in promised_effects(sheet.answers)}


def _state(sheet: AnswerSheet, row: Row, today: date) -> str:
    state, day = state_of_effect(sheet.answers, row), _last_day(sheet, row)
    if state not in (GoalState.MISSED, GoalState.UNMEASURED) or day is None:
        return state
    has_passed = last_day(day) < today
    if state is GoalState.UNMEASURED:
        return _OVERDUE if has_passed else state
    return _LATE if has_passed else _AHEAD


def _last_day(sheet: AnswerSheet, row: Row) -> When | None:
    """The last day to reach a goal: its own, else the day it must work, as the question says."""
    day = date_in(row, "nar") or given_value(sheet.answers.get(addresses.NEEDED_BY))
    return day if isinstance(day, (date, Period)) else None


def _sentence(states: Counter[str]) -> str:
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


def _verb(state: str) -> str:
    return "går" if state == GoalState.INCOMPARABLE else "är"


def _tail(state: str, many: int) -> str:
    return _TAILS[state][many > 1]


def _count(many: int) -> str:
    return _COUNTS[many] if many < len(_COUNTS) else str(many)
