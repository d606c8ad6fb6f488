"""The cost for templates: each figure with the arithmetic behind it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from utbildningsprocess import addresses
from utbildningsprocess.documents.plan import PlanRow
from utbildningsprocess.documents.sources import Figure, left_over, plain, traced, traced_blocks
from utbildningsprocess.documents.text import Safe, paragraphs
from utbildningsprocess.documents.view import rows_of
from utbildningsprocess.plan.cost_words import (
    example_hour,
    for_all_in_words,
    hours_in_words,
    new_expense_in_short,
    other_actions_in_words,
    price_paragraphs,
    shifts_in_words,
    time_of_each,
    total_in_words,
    unknown_parts,
)
from utbildningsprocess.swedish import with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.plan.cost_words import Topic
    from utbildningsprocess.settings import Settings


def price_values(case: Case, settings: Settings) -> dict[str, Any]:
    """What a template may ask of the cost; only `finns` while there is nothing to count."""
    price = case.price
    if price is None:
        return {"finns": False}
    in_words = partial(price_paragraphs, price, case.balance, settings.cost, esther=settings.who_esther_is)
    is_known = price.new_expense or not price.has_least_expense
    uncounted = [traced(name, lambda: case.arithmetic.hours) for name in price.uncounted]
    return {
        "finns": True,
        "timmar": Figure.of(price.hours, lambda: case.arithmetic.hours),
        "arbetspass": Figure.of(price.shifts, lambda: case.arithmetic.shifts),
        "arbetspass_text": traced(shifts_in_words(price), lambda: case.arithmetic.shifts),
        "deltagare": Figure.of(price.participants, lambda: case.arithmetic.participants),
        "deltagare_text": traced(
            with_unit(round(price.participants), "personer"), lambda: case.arithmetic.participants
        ),
        "kronor": Figure.of(price.total, lambda: case.arithmetic.total),
        "kostnad": traced(total_in_words(price), lambda: case.arithmetic.total),
        "exempelvarde": traced(example_hour(settings.cost), lambda: case.arithmetic.hour),
        "tid": traced(hours_in_words(price), lambda: case.arithmetic.hours),
        "ny_utgift": Figure.of(price.new_expense, lambda: case.arithmetic.new_expense) if is_known else None,
        "ny_utgift_text": traced(new_expense_in_short(price), lambda: case.arithmetic.new_expense),
        "med_restid": bool(price.travel),
        "var": lambda name: traced(time_of_each(price, plain(name)), lambda: case.arithmetic.hours),
        "per_deltagare": Figure.of(price.per_participant, lambda: case.arithmetic.per_participant),
        "for_alla": traced(for_all_in_words(price), lambda: case.arithmetic.hours),
        "okant": unknown_parts(price),
        "nagra": _some,
        "inte_medraknat": [*_beside(case, 0, 0), *uncounted],
        "utanfor": lambda most, longest: [*_beside(case, most, longest), *uncounted],
        "stycken": _blocks(in_words(advice=True), case),
        "underlag": _blocks(in_words(advice=False), case),
    }


def _some(parts: Sequence[str], most: int) -> str:
    """The first of some parts in a row, and how many more there are."""
    more = f" och {left_over(len(parts), most)} till" if len(parts) > most else ""
    return f"{', '.join(parts[:most])}{more}"


def _beside(case: Case, most: int, longest: int) -> list[str]:
    """The other actions, with what is said of their cost and the first of those of which nothing is said."""
    price = case.price
    if price is None or price.beside is None:
        return []
    words = traced(other_actions_in_words(price), lambda: case.arithmetic.beside)
    rows = rows_of(case.sheet, addresses.OTHER_ACTIONS, PlanRow)
    actions = [row.insats for row in rows if row.id in price.beside.unsaid]
    names = [action.utan_punkt(longest) for action in actions if action.finns][:most]
    if not names:
        return [words]
    left = len(actions) - len(names)
    more = f"; och {left_over(len(actions), len(names), addresses.OTHER_ACTIONS)} till" if left else ""
    besides = " och utan siffra" if price.beside.hours or price.beside.kronor else ""
    return [f"{words}{besides} ({'; '.join(names)}{more})"]


def _blocks(paragraphs_of_topics: Sequence[tuple[Topic, str]], case: Case) -> Safe:
    """The paragraphs on the price, each with the arithmetic behind it."""
    sourced = (
        traced_blocks(paragraphs(text), partial(_of_topic, case, topic))
        for topic, text in paragraphs_of_topics
    )
    return Safe("\n\n".join(sourced))


def _of_topic(case: Case, topic: Topic) -> str:
    return case.arithmetic.of_topic(topic)
