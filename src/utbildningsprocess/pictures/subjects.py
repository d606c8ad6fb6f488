"""What there is to draw of an initiative: journey, thread, causes, and promised beside happened."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import ACTIVITIES, EFFECT_MEASURES, GOALS, MEASURES, TARGET_GROUPS
from utbildningsprocess.answers.cells import filled_rows, number_in, pointing, text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.pages.figures import (
    GAP,
    Bars,
    Goal,
    Matrix,
    Occasion,
    Pair,
    Pairs,
    Picture,
    Timeline,
    in_phase,
)
from utbildningsprocess.plan.cost import takes_part
from utbildningsprocess.plan.thread import LONGEST, outcomes
from utbildningsprocess.swedish import format_number, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.diagnosis import Diagnosis
    from utbildningsprocess.model import Answers, Row

EVERYBODY, UNKNOWN = "Alla", "ej besvarad"
WHOLE = 3.0
"""The strength of the strongest cause."""
LATE = 10_000
"""A week for activities that do not say theirs: after the others."""
LONG = 160
"""Letters of what stands on lines of its own."""
_PERCENT = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s*%")


def journey(answers: Answers) -> Picture | None:
    """The learning journey, group by group; None without activities."""
    activities = sorted(filled_rows(given_rows(answers, ACTIVITIES)), key=_week)
    if not activities:
        return None
    groups = [name for row in given_rows(answers, TARGET_GROUPS) if (name := text_in(row, "namn"))] or [
        EVERYBODY
    ]
    lanes = [
        (group, tuple(_occasion(one) for one in activities if group == EVERYBODY or takes_part(group, one)))
        for group in groups
    ]
    drawing = Timeline(tuple(lane for lane in lanes if lane[1]))
    return Picture("larresa", "Lärresan vecka för vecka", _journey_in_words(drawing), drawing)


def _week(row: Row) -> float:
    week = number_in(row, "vecka")
    return LATE if week is None else week


def _occasion(row: Row) -> Occasion:
    return Occasion(
        row.id,
        shortened(text_in(row, "titel"), LONGEST),
        text_in(row, "fas"),
        number_in(row, "vecka"),
        number_in(row, "minuter"),
    )


def _journey_in_words(drawing: Timeline) -> str:
    lanes = []
    for group, occasions in drawing.lanes:
        parts = [
            f"{name}: {'; '.join(map(str, found))}"
            for phase, name in drawing.phases
            if (found := in_phase(occasions, phase))
        ]
        lanes.append(f"{group}. {'. '.join(parts)}.")
    return " ".join(lanes)


def thread_matrix(answers: Answers) -> Picture | None:
    """Which activities train each goal, and what measures it; None without learning goals.

    A goal without an activity or a measure is a gap, and so is an activity without a goal.
    """
    goals, effects = (
        filled_rows(given_rows(answers, GOALS)),
        filled_rows(given_rows(answers, EFFECT_MEASURES)),
    )
    if not goals:
        return None
    activities = sorted(filled_rows(given_rows(answers, ACTIVITIES)), key=_week)
    measures = filled_rows(given_rows(answers, MEASURES))
    drawing = Matrix(
        (
            *(_goal(one, "kunna", _ids(pointing(activities, "mal", one)), measures) for one in goals),
            *(_goal(one, "matt", None, measures) for one in effects),
        ),
        tuple((one.id, shortened(text_in(one, "titel"), LONGEST)) for one in activities),
        tuple((one.id, shortened(text_in(one, "metod"), LONGEST)) for one in measures),
    )
    return Picture("trad", "Vad som tränar och mäter varje mål", _matrix_in_words(drawing), drawing)


def _goal(row: Row, field: str, activities: tuple[str, ...] | None, measures: Sequence[Row]) -> Goal:
    return Goal(
        row.id, shortened(text_in(row, field), LONGEST), activities, _ids(pointing(measures, "avser", row))
    )


def _ids(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(row.id for row in rows)


def _matrix_in_words(drawing: Matrix) -> str:
    said = []
    for goal in drawing.goals:
        trained = "" if goal.activities is None else f" Aktiviteter: {', '.join(goal.activities) or GAP}."
        said.append(f"{goal.id} {goal.text}.{trained} Mått: {', '.join(goal.measures) or GAP}.")
    if drawing.loose:
        said.append(f"Aktiviteter som inte tränar något mål: {', '.join(drawing.loose)}.")
    return " ".join(said)


def causes(found: Diagnosis) -> Picture | None:
    """How strongly the answers speak for each cause; None without any worth mentioning."""
    shown = [cause for cause in found.causes if cause.is_possible]
    if not shown:
        return None
    bars = tuple(
        (one.name, one.strength, f"{_how(one.strength)}, {format_number(round(one.strength, 1))} av 3")
        for one in shown
    )
    words = ". ".join(f"{label}: {said}" for label, _, said in bars)
    return Picture("orsaker", "Orsakerna som svaren pekar på", f"{words}.", Bars(bars, WHOLE))


def _how(strength: float) -> str:
    return "stark" if strength >= 2 else "möjlig"  # noqa: PLR2004  as the diagnosis says it


def outcome_pairs(answers: Answers) -> Picture | None:
    """What each effect measure was, was to become and became; None while nothing is measured."""
    effects = filled_rows(given_rows(answers, EFFECT_MEASURES))
    if not effects:
        return None
    pairs = tuple(_pair(answers, effect) for effect in effects)
    if all(one.words[2] == UNKNOWN for one in pairs):
        return None
    words = " ".join(
        f"{one.label}: nuläge {one.words[0]}, mål {one.words[1]}, utfall {one.words[2]}." for one in pairs
    )
    return Picture("utfall", "Nuläge, mål och utfall", words, Pairs(pairs))


def _pair(answers: Answers, effect: Row) -> Pair:
    measures = pointing(given_rows(answers, MEASURES), "avser", effect)
    said = [outcome for measure in measures for outcome in outcomes(answers, measure)]
    before, goal, after = text_in(effect, "nulage"), text_in(effect, "mal"), "; ".join(said)
    when = effect.values.get("nar")
    promised = ", ".join(filter(None, [goal, when.isoformat() if isinstance(when, date) else ""]))
    return Pair(
        f"{effect.id} {shortened(text_in(effect, 'matt'), LONG)}",
        _percent(before),
        _percent(goal),
        _percent(after),
        (before or UNKNOWN, promised or UNKNOWN, shortened(after, LONG) or UNKNOWN),
    )


def _percent(words: str) -> float | None:
    """The first percentage in a text."""
    found = _PERCENT.search(words)
    value = float(found[1].replace(",", ".")) if found else None
    return value if value is None or value <= 100 else None  # noqa: PLR2004  a whole
