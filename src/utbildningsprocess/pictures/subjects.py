"""The pictures of an initiative: thread, causes, and results beside promises."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import ACTIVITIES, EFFECT_MEASURES, GOALS, MEASURES
from utbildningsprocess.answers.cells import date_in, filled_rows, number_in, pointing, text_in
from utbildningsprocess.answers.measures import share_in, without_comments
from utbildningsprocess.answers.periods import day_in_words
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.diagnosis.sentences import strength
from utbildningsprocess.pages.figures import (
    GAP,
    Bars,
    Goal,
    Matrix,
    Pair,
    Pairs,
    Picture,
)
from utbildningsprocess.plan.thread import LONGEST_NAME, outcomes_of_effect
from utbildningsprocess.swedish import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.model import Answers, Row

_UNKNOWN = "ej besvarad"
_LONGEST_LINE = 160
"""Letters of what stands on lines of its own."""


def _filled(answers: Answers, address: str) -> tuple[Row, ...]:
    return filled_rows(given_rows(answers, address))


def _by_week(answers: Answers) -> list[Row]:
    """The activities by week; those that do not say theirs come last."""
    weeks = [(number_in(row, "vecka"), row) for row in _filled(answers, ACTIVITIES)]
    return [row for _, row in sorted(weeks, key=lambda pair: inf if pair[0] is None else pair[0])]


def _short(row: Row, field: str) -> str:
    return shortened(text_in(row, field), LONGEST_NAME)


def thread_matrix(answers: Answers) -> Picture | None:
    """Which activities train each goal, and what measures it; None without learning goals.

    A goal without an activity or a measure is a gap, and so is an activity without a goal.
    """
    goals, effects = _filled(answers, GOALS), _filled(answers, EFFECT_MEASURES)
    if not goals:
        return None
    activities, measures = _by_week(answers), _filled(answers, MEASURES)
    drawing = Matrix(
        (
            *(_goal(goal, "kunna", _ids(pointing(activities, "mal", goal)), measures) for goal in goals),
            *(_goal(effect, "matt", None, measures) for effect in effects),
        ),
        tuple((row.id, _short(row, "titel")) for row in activities),
        tuple((row.id, _short(row, "metod")) for row in measures),
    )
    return Picture("trad", "Vad som tränar och mäter varje mål", " ".join(_matrix_in_words(drawing)), drawing)


def _goal(row: Row, field: str, activities: tuple[str, ...] | None, measures: Sequence[Row]) -> Goal:
    return Goal(row.id, _short(row, field), activities, _ids(pointing(measures, "avser", row)))


def _ids(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)


def _matrix_in_words(drawing: Matrix) -> Iterator[str]:
    for goal in drawing.goals:
        trained = "" if goal.activities is None else f" Aktiviteter: {', '.join(goal.activities) or GAP}."
        yield f"{goal.id} {goal.text}.{trained} Mått: {', '.join(goal.measures) or GAP}."
    if drawing.loose:
        yield f"Aktiviteter som inte tränar något mål: {', '.join(drawing.loose)}."


def cause_bars(diagnosis: Diagnosis) -> Picture | None:
    """How many answers say that each cause hinders much; None without any cause to do something about."""
    shown = [cause for cause in diagnosis.causes if cause.is_strong or cause.points_at_a_complement]
    bars = [(cause.name, float(cause.much), strength(cause)) for cause in shown]
    return bars_of("orsaker", "Orsakerna som svaren pekar på", bars)


def bars_of(name: str, title: str, bars: Sequence[tuple[str, float, str]]) -> Picture | None:
    """Values side by side: each with what it is called, and how much it is in words. None without any."""
    if not bars:
        return None
    words = ". ".join(f"{label}: {said}" for label, _, said in bars)
    most = max(1.0, *(value for _, value, _ in bars))
    return Picture(name, title, f"{words}.", Bars(tuple(bars), most))


def outcome_pairs(answers: Answers) -> Picture | None:
    """What each effect measure was, was to become and became; None while nothing is measured."""
    pairs = tuple(_pair(answers, effect) for effect in _filled(answers, EFFECT_MEASURES))
    if all(pair.words[-1] == _UNKNOWN for pair in pairs):
        return None
    sentences = ("{}: nuläge {}, mål {}, utfall {}.".format(pair.label, *pair.words) for pair in pairs)
    return Picture("utfall", "Nuläge, mål och utfall", " ".join(sentences), Pairs(pairs))


def _pair(answers: Answers, effect: Row) -> Pair:
    said = outcomes_of_effect(answers, effect)
    before, goal = text_in(effect, "nulage"), text_in(effect, "mal")
    after = "; ".join(without_comments(outcome, f"mål {goal}", f"nuläge {before}") for outcome in said)
    by = date_in(effect, "nar")
    promised = ", ".join(filter(None, [goal, day_in_words(by) if by else ""]))
    return Pair(
        f"{effect.id} {shortened(text_in(effect, 'matt'), _LONGEST_LINE)}",
        share_in(before),
        share_in(goal),
        share_in("; ".join(said)),
        (before or _UNKNOWN, promised or _UNKNOWN, shortened(after, _LONGEST_LINE) or _UNKNOWN),
    )
