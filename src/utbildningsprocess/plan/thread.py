"""The red thread as a picture: goal -> activities -> measures -> results, with its gaps in view."""

from __future__ import annotations

import re
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import ACTIVITIES, EFFECT_MEASURES, GOALS, MEASURES, RESULTS
from utbildningsprocess.answers.cells import pointing, points_at_any, text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.markdown import escaped
from utbildningsprocess.swedish import fold, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.model import Answers, AnswerSheet, Battery, Row

    Cell = tuple[str, ...] | None

HEADINGS = ("Mål", "Aktiviteter", "Mått", "Resultat")
GAP, NOT_APPLICABLE = "saknas", "–"
NOT_MEASURED = ("ej matt", "inte matt")
"""How an outcome begins, folded, when it says that nothing has been measured."""
LONGEST = 60
"""Characters of what stands in a cell."""
NARROWEST, WIDE, WIDEST, GUTTER, INDENT = 20, 72, 110, 2, "  "
"""Columns: the shortest line, from which width there is a table, how wide it gets, and its gutters."""
WIDEST_MEASURE = 14
SHARES = (0.31, 0.37, 0.32)
"""How the other columns divide what the measures leave."""


class Strand(NamedTuple):
    """What belongs to one goal. An empty tuple is a gap; None is what does not apply.

    A strand without a goal holds what belongs to none: activities and measures that hang loose.
    """

    goal: str
    activities: Cell
    measures: Cell
    results: Cell


def strands(sheet: AnswerSheet) -> tuple[Strand, ...]:
    """One for each learning goal, one for each effect measure, and one for what hangs loose."""
    answers = sheet.answers
    goals, effects = given_rows(answers, GOALS), given_rows(answers, EFFECT_MEASURES)
    found = [
        *(_strand(sheet, goal, "kunna", _activities(answers, goal)) for goal in goals),
        *(_strand(sheet, effect, "matt", None) for effect in effects),
    ]
    return (*found, *_loose(sheet, goals, [*goals, *effects]))


def outcomes(answers: Answers, measure: Row) -> tuple[str, ...]:
    """What is written of a measure's outcome, also that it is not measured."""
    found = pointing(given_rows(answers, RESULTS), "matt", measure)
    return tuple(filter(None, (text_in(row, "utfall") for row in found)))


def is_measured(answers: Answers, measure: Row) -> bool:
    """Whether a measure has an outcome."""
    return any(not fold(outcome).startswith(NOT_MEASURED) for outcome in outcomes(answers, measure))


def named(row: Row, field: str) -> str:
    """A row as people know it: its id and what it is called."""
    return shortened(f"{row.id} {text_in(row, field)}", LONGEST)


def _strand(sheet: AnswerSheet, goal: Row, field: str, activities: Cell) -> Strand:
    measures = pointing(given_rows(sheet.answers, MEASURES), "avser", goal)
    return Strand(
        named(goal, field),
        activities,
        tuple(_measure(sheet.battery, one) for one in measures),
        _results(sheet.answers, measures),
    )


def _activities(answers: Answers, goal: Row) -> tuple[str, ...]:
    return tuple(named(one, "titel") for one in pointing(given_rows(answers, ACTIVITIES), "mal", goal))


def _results(answers: Answers, measures: Sequence[Row]) -> tuple[str, ...]:
    """The outcome of each measure; nothing at all when none of them has one."""
    if not any(outcomes(answers, measure) for measure in measures):
        return ()
    return tuple(
        shortened(f"{measure.id}: {outcome}", LONGEST)
        for measure in measures
        for outcome in outcomes(answers, measure) or (GAP,)
    )


def _measure(battery: Battery, measure: Row) -> str:
    level = text_in(measure, "niva")
    return f"{measure.id} ({_level(battery, level)})" if level else measure.id


def _level(battery: Battery, level: str) -> str:
    """A level by its number; by what people read when it has none."""
    if number := re.match(r"\d+", level):
        return f"nivå {number[0]}"
    question = battery.question(MEASURES)
    options = question.field("niva").options if question else ()
    return next((one.label for one in options if one.id == level), level)


def _loose(sheet: AnswerSheet, goals: Sequence[Row], measured: Sequence[Row]) -> Iterator[Strand]:
    """What points at no goal that there is."""
    activities = _pointing_at_none(given_rows(sheet.answers, ACTIVITIES), "mal", goals)
    measures = _pointing_at_none(given_rows(sheet.answers, MEASURES), "avser", measured)
    if activities or measures:
        yield Strand(
            "",
            tuple(named(one, "titel") for one in activities) or None,
            tuple(_measure(sheet.battery, one) for one in measures) or None,
            _results(sheet.answers, measures) if measures else None,
        )


def _pointing_at_none(rows: Sequence[Row], field: str, targets: Sequence[Row]) -> list[Row]:
    return [row for row in rows if not points_at_any(row, field, targets)]


# --------------------------------------------------------------------- plain


def as_table(found: Sequence[Strand], width: int, *, columns: bool = True) -> str:
    """The strands in four aligned columns; in a narrow terminal, or without columns, below each other."""
    if width < WIDE or not columns:
        return "\n\n".join("\n".join(_block(strand, width)) for strand in found)
    rows = [_cells(strand) for strand in found]
    widths = _widths(rows, min(width, WIDEST))
    head = [[(heading,) for heading in HEADINGS], [("-" * each,) for each in widths]]
    top = [line for one in head for line in _lines(one, widths)]
    first, *rest = ["\n".join(_lines(one, widths)) for one in rows] or [""]
    return "\n\n".join(["\n".join([*top, first]), *rest])


def _cells(strand: Strand) -> tuple[tuple[str, ...], ...]:
    return tuple(_said(cell) for cell in ((strand.goal,) if strand.goal else (), *strand[1:]))


def _said(cell: Cell) -> tuple[str, ...]:
    return (NOT_APPLICABLE,) if cell is None else cell or (GAP,)


def _widths(rows: Sequence[Sequence[Sequence[str]]], whole: int) -> list[int]:
    """The columns' widths, none wider than what stands in it."""
    goal, activity, measure, result = (
        max(map(len, (heading, *(text for row in rows for text in row[place]))))
        for place, heading in enumerate(HEADINGS)
    )
    measure = min(measure, WIDEST_MEASURE)
    room = whole - measure - GUTTER * len(SHARES)
    shares = zip((goal, activity, result), SHARES, strict=True)
    goal, activity, result = (min(most, int(room * share)) for most, share in shares)
    return [goal, activity, measure, result]


def _lines(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    columns = [
        [line for text in cell for line in _wrapped(text, width)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for parts in zip_longest(*columns, fillvalue=""):
        padded = [part.ljust(width) for part, width in zip(parts, widths, strict=True)]
        yield (" " * GUTTER).join(padded).rstrip()


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """The text as lines, those after the first set in."""
    rest = f"{indent}{INDENT}"
    return wrap(text, width, initial_indent=indent, subsequent_indent=rest, break_on_hyphens=False)


def _block(strand: Strand, width: int) -> Iterator[str]:
    width = max(width, NARROWEST)
    yield from _wrapped(strand.goal or f"{HEADINGS[0]} {GAP}", width)
    for heading, cell in zip(HEADINGS[1:], strand[1:], strict=True):
        in_one = f"{INDENT}{heading}: {'; '.join(_said(cell))}"
        if cell and len(in_one) > width:
            yield f"{INDENT}{heading}:"
            yield from (line for text in cell for line in _wrapped(f"- {text}", width, INDENT))
        elif cell is not None:
            yield in_one


# ------------------------------------------------------------------ Markdown


def as_markdown(found: Sequence[Strand], *, columns: bool = True) -> str:
    """The strands as a Markdown table, or without columns as a list for each.

    Whatever an answer says, it stays text in its place.
    """
    if not columns:
        return "\n\n".join("\n".join(_listed(strand)) for strand in found)
    rows = [[_in_markdown(cell) for cell in _cells(strand)] for strand in found]
    return "\n".join(f"| {' | '.join(row)} |" for row in [HEADINGS, ["---"] * len(HEADINGS), *rows])


def _listed(strand: Strand) -> Iterator[str]:
    yield f"**{escaped(strand.goal) or f'{HEADINGS[0]} {GAP}'}**"
    yield ""
    for heading, cell in zip(HEADINGS[1:], strand[1:], strict=True):
        if cell is not None:
            yield f"- {heading}: {_in_markdown(_said(cell))}"


def _in_markdown(cell: Sequence[str]) -> str:
    return escaped("; ".join(cell))
