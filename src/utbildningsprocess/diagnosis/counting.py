"""Answers -> a diagnosis, in the six steps that are written at the top of `diagnos.yaml`.

1. `_deciding_gate`: the first gate that applies decides the outcome; `_additions` hold whatever it is.
2. `_cause`: each answer to a statement counts by its factor.
3. `_causes`: a cause is as strong as the sum of weight times factor, at most 3.
4. `_points`: an action gets the strength of each cause times its percent in the matrix, then the adjustment.
5. `_roles`: the actions with most points are the main ones, the next are complementary.
6. `_learning_share`, `_by_share`: the part of all points that training and practice have gives the outcome.

`diagnose` counts steps 2 to 6 also when a gate decides, to show what the answers point at beside it.
"""

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
from utbildningsprocess.diagnosis.model import NOTHING_HINDERS
from utbildningsprocess.model import given_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.diagnosis.model import DiagnosisModel, Gate
    from utbildningsprocess.model import Answers

SINGLE_QUESTIONS = (DEMAND, IF_NOTHING_IS_DONE, GAP_EVIDENCE, ABLE_TODAY, ONE_PAGE)
"""The questions, beside the statements, that the diagnosis counts with."""
STRONGEST = 3.0
"""No cause is stronger, however many answers speak for it."""
_STRONG, _POSSIBLE = 2.0, 1.0
_MAIN_SHARE, _COMPLEMENT_SHARE, _MOST_MAIN = 0.65, 0.35, 3
_DONT_KNOW = "vet_inte"
_TINY = 1e-9
"""Sums of decimals that should be equal differ by less than this."""


@dataclass(frozen=True)
class Cause:
    """Something that hinders, how strongly, and the answers that say so."""

    id: str
    name: str
    strength: float
    """Above 0, at most 3."""
    answers: Mapping[str, str]
    """The answers that speak for it, by statement; those that weigh most first."""

    @property
    def is_strong(self) -> bool:
        """Whether some action must meet it."""
        return self.strength >= _STRONG - _TINY

    @property
    def is_possible(self) -> bool:
        """Whether it is worth mentioning."""
        return self.strength >= _POSSIBLE - _TINY


@dataclass(frozen=True)
class Diagnosis:
    """What the answers point at, by the ids of causes and actions."""

    outcome: str | None = None
    """The code of the outcome; None while too little is answered to say anything."""
    gate: str = ""
    """The gate that decided the outcome, if one did."""
    additions: tuple[str, ...] = ()
    """What gates add, whatever the outcome."""
    main: tuple[str, ...] = ()
    """The actions to build on, the most pointed at first; at most three, and their equals."""
    complement: tuple[str, ...] = ()
    """The actions to complement them with, the most pointed at first."""
    causes: tuple[Cause, ...] = ()
    """The causes that some answer speaks for, strongest first."""
    points: Mapping[str, float] = field(default_factory=dict)
    """Every action's points, most first."""
    share: float | None = None
    """The part of all points that training and practice have, from 0 to 1; None when there are no points."""
    unknown: tuple[str, ...] = ()
    """What is not answered, or answered with ”vet inte”: statements by id, questions by address."""


def diagnose(model: DiagnosisModel, answers: Answers) -> Diagnosis:
    """The diagnosis of the answers so far."""
    statements = statement_answers(answers)
    causes = _causes(model, statements)
    points = _points(model, causes, answers) if statements else {}
    main, complement = _roles(points)
    share = _learning_share(model, points)
    outcome = _by_share(model, share) if share is not None else None
    if statements and share is None:
        outcome, main = NOTHING_HINDERS
    gate = _deciding_gate(model, answers, statements)
    if gate is not None:
        outcome, main, complement = gate.outcome, (gate.main or "",), ()
    return Diagnosis(
        outcome=outcome,
        gate=gate.id if gate else "",
        additions=_additions(model, answers),
        main=main,
        complement=complement,
        causes=causes,
        points=points,
        share=share,
        unknown=_unknown(model, answers, statements),
    )


def statement_answers(answers: Answers) -> Mapping[str, str]:
    """The answers to the statements, by statement."""
    value = given_value(answers.get(OBSTACLES))
    return value if isinstance(value, dict) else {}


# ------------------------------------------------------------- step 1: gates


def _deciding_gate(model: DiagnosisModel, answers: Answers, statements: Mapping[str, str]) -> Gate | None:
    unknown = list(statements.values()).count(_DONT_KNOW)
    for gate in model.gates:
        enough = gate.or_unknown is not None and unknown >= gate.or_unknown
        if gate.outcome is not None and (enough or holds(gate.condition, answers)):
            return gate
    return None


def _additions(model: DiagnosisModel, answers: Answers) -> tuple[str, ...]:
    return tuple(gate.addition for gate in model.gates if gate.addition and holds(gate.condition, answers))


# ---------------------------------------------------- steps 2 and 3: causes


def _causes(model: DiagnosisModel, statements: Mapping[str, str]) -> tuple[Cause, ...]:
    causes = [_cause(model, cause_id, statements) for cause_id in model.causes]
    return tuple(sorted((cause for cause in causes if cause.strength > 0), key=lambda cause: -cause.strength))


def _cause(model: DiagnosisModel, cause_id: str, statements: Mapping[str, str]) -> Cause:
    weighed = {
        statement: model.weights[statement].get(cause_id, 0) * model.factor.get(answer, 0)
        for statement, answer in statements.items()
        if statement in model.weights
    }
    speaking = sorted((key for key in weighed if weighed[key] > 0), key=lambda key: -weighed[key])
    strength = min(STRONGEST, sum(weighed.values()))
    return Cause(cause_id, model.causes[cause_id].name, strength, {key: statements[key] for key in speaking})


def strongest(causes: Sequence[Cause], most: int) -> list[Cause]:
    """The causes worth mentioning that are strongest, and all that are shown to be as strong as the last."""
    possible = [cause for cause in causes if cause.is_possible]
    least = round(possible[:most][-1].strength, 1) if possible else 0
    return [cause for cause in possible if round(cause.strength, 1) >= least]


# ------------------------------------------------------------ step 4: points


def _points(model: DiagnosisModel, causes: tuple[Cause, ...], answers: Answers) -> Mapping[str, float]:
    points = dict.fromkeys(model.actions, 0.0)
    for cause in causes:
        for action, percent in model.matrix[cause.id].items():
            points[action] += cause.strength * percent
    adjustment, able = model.adjustment, given_value(answers.get(ABLE_TODAY))
    for action, factor in adjustment.able_today.get(str(able or _DONT_KNOW), {}).items():
        points[action] *= factor
    if given_value(answers.get(ONE_PAGE)) is True:
        for action, factor in adjustment.one_page.times.items():
            points[action] *= factor
        for action, more in adjustment.one_page.plus.items():
            points[action] += more
    return dict(sorted(points.items(), key=lambda pair: -pair[1]))


# ------------------------------------------------- step 5: main and complement


def _roles(points: Mapping[str, float]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The main and the complementary actions, by their part of the highest points, equals alike."""
    highest = max(points.values(), default=0.0)
    if highest <= 0:
        return (), ()
    enough_for_main = [action for action in points if points[action] >= _MAIN_SHARE * highest - _TINY]
    enough = [action for action in points if points[action] >= _COMPLEMENT_SHARE * highest - _TINY]
    least = min(points[action] for action in enough_for_main[:_MOST_MAIN])
    main = tuple(action for action in enough_for_main if points[action] >= least - _TINY)
    return main, tuple(action for action in enough if action not in main)


# ----------------------------------------------------------- step 6: outcome


def _learning_share(model: DiagnosisModel, points: Mapping[str, float]) -> float | None:
    """The part that training and practice have; None when there are no points, for nothing has no parts."""
    total = sum(points.values())
    learning = sum(number for action, number in points.items() if model.actions[action].is_learning)
    return learning / total if total > 0 else None


def _by_share(model: DiagnosisModel, share: float) -> str:
    limits = {outcome.code: outcome.least for outcome in model.outcomes if outcome.least is not None}
    reached = [code for code, least in limits.items() if share >= least - _TINY]
    return max(reached, key=lambda code: limits[code])


# ----------------------------------------------------------- beside the steps


def _unknown(model: DiagnosisModel, answers: Answers, statements: Mapping[str, str]) -> tuple[str, ...]:
    single = [qid for qid in SINGLE_QUESTIONS if given_value(answers.get(qid)) in (None, _DONT_KNOW)]
    return (*single, *(key for key in model.weights if statements.get(key, _DONT_KNOW) == _DONT_KNOW))
