"""The red thread: goal -> activities -> measures -> results, with its gaps in view."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import ACTIVITIES, EFFECT_MEASURES, GOALS, MEASURES, RESULTS
from utbildningsprocess.answers.cells import pointing, points_at_any, several_in, text_in
from utbildningsprocess.answers.measures import stated_values
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.pages.figures import GAP
from utbildningsprocess.swedish import fold, shortened, uniform

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.model import Answers, AnswerSheet, Battery, Row

_NOT_MEASURED = ("ej matt", "inte matt")
"""How an outcome begins, folded, when it says that nothing has been measured, whatever more it says."""
_NO_OUTCOME = re.compile(
    r"\b(?:inte|ej|aldrig|ingen|inget|inga)\b(?: \w+){0,3}? (?:mät\w*|utvärder\w*|följts? upp|uppfölj\w*"
    r"|resultat|svar|underlag|data|säga|bedöma?|avgöra)\b|\b(?:mätning\w*|resultat|svar|underlag|data)\b"
    r"(?: \w+){0,3}? (?:inte|ej|av|saknas|uppskjut\w*)\b|^(?:(?:det|detta|vi) )?mäts\b"
    r"|\b(?:ska|kommer att|får) mätas?\b|\b(?:vet (?:inte|ej)|oklart|för tidigt)\b"
)
"""What says of an outcome without a value that it is not known, or not yet."""
LONGEST_NAME = 60
"""Letters of what a row is called where many stand together: in a cell, in a list of dates."""


class Strand(NamedTuple):
    """One goal, and what trains it, measures it and came of it. An empty tuple is a gap; None does not apply.

    A strand without a goal holds the activities and the measures that belong to no goal.
    """

    goal: str
    activities: tuple[str, ...] | None
    measures: tuple[str, ...] | None
    results: tuple[str, ...] | None


def strands(sheet: AnswerSheet) -> tuple[Strand, ...]:
    """One for each learning goal, one for each effect measure, and one for what belongs to no goal."""
    goals, effects = given_rows(sheet.answers, GOALS), given_rows(sheet.answers, EFFECT_MEASURES)
    activities, measures = given_rows(sheet.answers, ACTIVITIES), given_rows(sheet.answers, MEASURES)
    result = []
    for goal in goals:
        training, measuring = pointing(activities, "mal", goal), pointing(measures, "avser", goal)
        result.append(_strand(sheet, short_name(goal, "kunna"), training, measuring))
    for effect in effects:
        measuring = pointing(measures, "avser", effect)
        result.append(_strand(sheet, short_name(effect, "matt"), None, measuring))
    loose_activities = [row for row in activities if not points_at_any(row, "mal", goals)]
    loose_measures = [row for row in measures if not points_at_any(row, "avser", [*goals, *effects])]
    if loose_activities or loose_measures:
        result.append(_strand(sheet, "", loose_activities or None, loose_measures or None))
    return tuple(result)


def outcomes(answers: Answers, measure: Row) -> tuple[str, ...]:
    """The outcomes written for a measure or an effect measure, also those that say it is not measured."""
    results = pointing(given_rows(answers, RESULTS), "matt", measure)
    return tuple(filter(None, (text_in(row, "utfall") for row in results)))


def outcomes_of_effect(answers: Answers, effect: Row) -> list[str]:
    """The outcomes written for an effect measure: its own, then those of the measures that are about it."""
    measures = pointing(given_rows(answers, MEASURES), "avser", effect)
    return [outcome for row in (effect, *measures) for outcome in outcomes(answers, row)]


def all_outcomes(answers: Answers, measure: Row) -> tuple[str, ...]:
    """The outcomes written for a measure, or for each of the effect measures that it is about."""
    if own := outcomes(answers, measure):
        return own
    meant = several_in(measure, "avser")
    effects = [row for row in given_rows(answers, EFFECT_MEASURES) if row.id in meant]
    said = [outcomes(answers, effect) for effect in effects]
    return tuple(outcome for each in said for outcome in each) if said and all(said) else ()


def is_measured(answers: Answers, measure: Row) -> bool:
    """Whether a measure has an outcome."""
    return any(map(says_measured, all_outcomes(answers, measure)))


def says_measured(outcome: str) -> bool:
    """Whether an outcome is one, and not words that nothing was measured, or that nobody can say yet."""
    if not outcome or fold(outcome).startswith(_NOT_MEASURED):
        return False
    return bool(stated_values(outcome)) or not _NO_OUTCOME.search(uniform(outcome))


def short_name(row: Row, field: str) -> str:
    """A row in a few words: its id, and what stands in a field of it."""
    return shortened(f"{row.id} {text_in(row, field)}", LONGEST_NAME)


def _strand(
    sheet: AnswerSheet, goal: str, activities: Sequence[Row] | None, measures: Sequence[Row] | None
) -> Strand:
    return Strand(
        goal,
        None if activities is None else tuple(short_name(row, "titel") for row in activities),
        None if measures is None else tuple(_measure(sheet.battery, row) for row in measures),
        None if measures is None else _results(sheet.answers, measures),
    )


def _results(answers: Answers, measures: Sequence[Row]) -> tuple[str, ...]:
    """The outcome of each measure; nothing at all when none of them has one."""
    if not any(all_outcomes(answers, measure) for measure in measures):
        return ()
    return tuple(
        shortened(f"{measure.id}: {outcome}", LONGEST_NAME)
        for measure in measures
        for outcome in all_outcomes(answers, measure) or (GAP,)
    )


def _measure(battery: Battery, measure: Row) -> str:
    level = text_in(measure, "niva")
    return f"{measure.id} ({_level(battery, level)})" if level else measure.id


def _level(battery: Battery, level: str) -> str:
    """A level by its number; by what people read when it has none."""
    if number := re.match(r"\d+", level):
        return f"nivå {number[0]}"
    question = battery.question(MEASURES)
    return question.field("niva").label(level) if question else level
