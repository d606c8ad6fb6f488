"""Answers -> a diagnosis. The counting follows the six steps written at the top of `diagnos.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ABLE_TODAY,
    DEMAND,
    GAP_EVIDENCE,
    IF_NOTHING_IS_DONE,
    OBSTACLES,
    ONE_PAGE,
)
from utbildningsprocess.answers.conditions import holds
from utbildningsprocess.diagnosis.rules import NOTHING_HINDERS
from utbildningsprocess.model import given_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.diagnosis.rules import Gate, Rules
    from utbildningsprocess.model import Answers, Value

SINGLE = (
    DEMAND,
    IF_NOTHING_IS_DONE,
    GAP_EVIDENCE,
    ABLE_TODAY,
    ONE_PAGE,
)
"""The questions, beside the statements, that the diagnosis counts with."""
DONT_KNOW = "vet_inte"
STRONGEST, STRONG, POSSIBLE = 3.0, 2.0, 1.0
MAIN_SHARE, COMPLEMENT_SHARE, MOST_MAIN = 0.65, 0.35, 3
TINY = 1e-9
"""Sums of decimals that should be equal differ by less than this."""


@dataclass(frozen=True)
class Cause:
    """Something that hinders, how strongly, and the answers that say so, by statement."""

    id: str
    name: str
    strength: float
    answers: Mapping[str, str]

    @property
    def is_strong(self) -> bool:
        """Whether some action must meet it."""
        return self.strength >= STRONG - TINY

    @property
    def is_possible(self) -> bool:
        """Whether it is worth mentioning."""
        return self.strength >= POSSIBLE - TINY


@dataclass(frozen=True)
class Diagnosis:
    """What the answers point at. `outcome` is None while too little is answered to say anything."""

    outcome: str | None = None
    gate: str = ""
    """The gate that decided the outcome, if one did."""
    additions: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    """The actions to build on, the most pointed at first; at most three."""
    complement: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    """The causes that some answer speaks for, strongest first."""
    points: Mapping[str, float] = field(default_factory=dict)
    """Every action's points, most first."""
    share: float | None = None
    """The part of all points that formal learning has, from 0 to 1."""
    unknown: tuple[str, ...] = ()
    """What is not answered, or answered with ”vet inte”: statements by id, questions by address."""

    @property
    def mix(self) -> tuple[str, ...]:
        """Main and complementary actions together."""
        return (*self.main, *self.complement)


def diagnose(rules: Rules, answers: Answers) -> Diagnosis:
    """The diagnosis of the answers so far."""
    statements = _statements(answers)
    causes = _causes(rules, statements)
    points = _points(rules, causes, answers) if statements else {}
    main, complement = _roles(points)
    share = _learning_share(rules, points)
    outcome = _by_share(rules, share) if share is not None else None
    if statements and share is None:
        outcome, main = NOTHING_HINDERS
    gate = _deciding_gate(rules, answers, statements)
    if gate is not None:
        outcome, main, complement = gate.outcome, (gate.main or "",), ()
    return Diagnosis(
        outcome=outcome,
        gate=gate.id if gate else "",
        additions=_additions(rules, answers),
        main=main,
        complement=complement,
        causes=causes,
        points=points,
        share=share,
        unknown=_unknown(rules, answers, statements),
    )


def _value(answers: Answers, qid: str) -> Value | None:
    return given_value(answers.get(qid))


def _statements(answers: Answers) -> Mapping[str, str]:
    value = _value(answers, OBSTACLES)
    return value if isinstance(value, dict) else {}


# -------------------------------------------------------------------- gates


def _deciding_gate(rules: Rules, answers: Answers, statements: Mapping[str, str]) -> Gate | None:
    unknown = list(statements.values()).count(DONT_KNOW)
    for gate in rules.gates:
        enough = gate.or_unknown is not None and unknown >= gate.or_unknown
        if gate.outcome is not None and (enough or holds(gate.condition, answers)):
            return gate
    return None


def _additions(rules: Rules, answers: Answers) -> tuple[str, ...]:
    return tuple(gate.addition for gate in rules.gates if gate.addition and holds(gate.condition, answers))


# ------------------------------------------------------------------ counting


def _causes(rules: Rules, statements: Mapping[str, str]) -> tuple[Cause, ...]:
    causes = [_cause(rules, cause, statements) for cause in rules.causes]
    return tuple(sorted((one for one in causes if one.strength > 0), key=lambda one: -one.strength))


def _cause(rules: Rules, cause: str, statements: Mapping[str, str]) -> Cause:
    """The cause with the answers that speak for it, those that weigh most first."""
    weighed = {
        statement: rules.weights[statement].get(cause, 0) * rules.factor.get(answer, 0)
        for statement, answer in statements.items()
        if statement in rules.weights
    }
    speaking = sorted((one for one in weighed if weighed[one] > 0), key=lambda one: -weighed[one])
    strength = min(STRONGEST, sum(weighed.values()))
    return Cause(cause, rules.causes[cause].name, strength, {one: statements[one] for one in speaking})


def _points(rules: Rules, causes: tuple[Cause, ...], answers: Answers) -> Mapping[str, float]:
    points = dict.fromkeys(rules.actions, 0.0)
    for cause in causes:
        for action, percent in rules.matrix[cause.id].items():
            points[action] += cause.strength * percent
    able = _value(answers, ABLE_TODAY)
    for action, factor in rules.adjustment.able_today.get(str(able or DONT_KNOW), {}).items():
        points[action] *= factor
    if _value(answers, ONE_PAGE) is True:
        _fit_on_one_page(rules, points)
    return dict(sorted(points.items(), key=lambda pair: -pair[1]))


def _fit_on_one_page(rules: Rules, points: dict[str, float]) -> None:
    for action, factor in rules.adjustment.one_page.times.items():
        points[action] *= factor
    for action, more in rules.adjustment.one_page.plus.items():
        points[action] += more


def _roles(points: Mapping[str, float]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The main and the complementary actions, by their part of the highest points."""
    highest = max(points.values(), default=0.0)
    if highest <= 0:
        return (), ()
    main = [one for one in points if points[one] >= MAIN_SHARE * highest - TINY][:MOST_MAIN]
    complement = [
        one for one in points if one not in main and points[one] >= COMPLEMENT_SHARE * highest - TINY
    ]
    return tuple(main), tuple(complement)


def _learning_share(rules: Rules, points: Mapping[str, float]) -> float | None:
    """The part of formal learning; None when no answer points at anything, for nothing has no parts."""
    total = sum(points.values())
    learning = sum(number for action, number in points.items() if rules.actions[action].is_learning)
    return learning / total if total > 0 else None


def _by_share(rules: Rules, share: float) -> str:
    limits = {one.code: one.least for one in rules.outcomes if one.least is not None}
    reached = [code for code, least in limits.items() if share >= least - TINY]
    return max(reached, key=lambda code: limits[code])


def _unknown(rules: Rules, answers: Answers, statements: Mapping[str, str]) -> tuple[str, ...]:
    single = [qid for qid in SINGLE if _value(answers, qid) in (None, DONT_KNOW)]
    return (*single, *(one for one in rules.weights if statements.get(one, DONT_KNOW) == DONT_KNOW))


def other_actions(rules: Rules, found: Diagnosis) -> tuple[str, ...]:
    """The actions of the mix that are not formal learning."""
    return tuple(one for one in found.mix if one in rules.actions and not rules.actions[one].is_learning)
