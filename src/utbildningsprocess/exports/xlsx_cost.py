"""What the time costs as tables of a workbook: what is counted with, and the hours of each activity.

Each number leads back, cell by cell, to an answer; what nobody has answered is a word and never 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import ACTIVITIES, COST_BASIS, TARGET_GROUPS
from utbildningsprocess.answers.cells import line_in, number_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.answers.unknown import not_yet
from utbildningsprocess.exports.xlsx_cells import (
    SHARE,
    TWO_DECIMALS,
    WHOLE,
    Column,
    Formula,
    SheetTable,
    is_countable,
    place,
)
from utbildningsprocess.exports.xlsx_groups import Sheet
from utbildningsprocess.exports.xlsx_sums import (
    ALL_HOURS,
    BASIS_NAMES,
    HOUR,
    NOT_ANSWERED,
    SHIFT,
    SUBSTITUTE_HOUR,
    WITHOUT_NAME,
    YEAR,
    Hours,
    sums,
)
from utbildningsprocess.model import Row
from utbildningsprocess.plan.cost import (
    MINUTES,
    SHIFT_HOURS,
    TRAVEL,
    balance,
    kind_of_learning,
    price,
    takings,
)
from utbildningsprocess.plan.cost_sums import KINDS
from utbildningsprocess.plan.cost_words import EXAMPLE_TO_REPLACE, NOTHING_YET

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utbildningsprocess.exports.xlsx_cells import Content
    from utbildningsprocess.exports.xlsx_groups import Groups
    from utbildningsprocess.model import Answers, AnswerSheet
    from utbildningsprocess.plan.cost import Price
    from utbildningsprocess.settings import Cost

_TOO_LARGE = "Talen är för stora för att räkna med i ett kalkylblad."
_SAME_AS_STAFF = "Samma som en medarbetares timme."


_BASIS_SHEET = Sheet("Kostnadsunderlag", "", "Talen som kostnaden räknas med, och vad de heter i formlerna.")
_TIME_SHEET = Sheet("Tid", "", "Timmar för varje målgrupp och aktivitet: personer gånger minuter genom 60.")
_COST_SHEET = Sheet("Kostnad", "", "Vad lärandet kostar, räknat ur bladen Kostnadsunderlag och Tid.")


def cost_tables(
    answered: AnswerSheet, groups: Groups, cost: Cost, everyday_forms: Mapping[str, bool]
) -> dict[Sheet, SheetTable]:
    """The tables of what the time costs; what is missing to count with where it cannot be counted."""
    priced = price(answered.answers, cost)
    basis = {_BASIS_SHEET: _basis(answered, cost)}
    if priced is None or not _is_countable(priced, answered.answers, cost):
        why = NOTHING_YET if priced is None else _TOO_LARGE
        return {**basis, _COST_SHEET: SheetTable((Column("Förklaring"),), [[why]])}
    time = _time(priced, answered.answers, groups, everyday_forms)
    learning = balance(answered.answers, everyday_forms)
    return {**basis, _TIME_SHEET: time.table, _COST_SHEET: sums(priced, learning, time, cost)}


def _is_countable(price: Price, answers: Answers, cost: Cost) -> bool:
    """Whether all that is counted with, and all that it comes to, fits in cells as numbers."""
    basis = _basis_row(answers)
    known = [number_in(basis, field) or 0.0 for field in BASIS_NAMES]
    minutes = [taking.minutes or 0.0 for taking in takings(answers)]
    hours = [cost.per_hour, cost.substitute_per_hour or 0.0, cost.hours_a_year]
    results = [price.total, price.new_expense, price.years, price.participants]
    return all(map(is_countable, [*known, *minutes, *hours, *results]))


# ---------------------------------------------------------- what is counted with


def _basis_row(answers: Answers) -> Row:
    return next(iter(given_rows(answers, COST_BASIS)), Row("", {}))


def _basis(answered: AnswerSheet, cost: Cost) -> SheetTable:
    named = {
        HOUR: ("En medarbetares timme", cost.per_hour, "kronor", _source(cost)),
        SUBSTITUTE_HOUR: ("En vikaries timme", *_substitute_hour(cost)),
        SHIFT: ("Ett arbetspass", SHIFT_HOURS, "timmar", ""),
        YEAR: ("En årsarbetare", cost.hours_a_year, "timmar", ""),
        **{BASIS_NAMES[key]: line for key, line in _basis_answers(answered)},
    }
    rows = [(*line[:3], name, line[3]) for name, line in named.items()]
    names = {name: place(at, 1) for at, name in enumerate(named)}
    heads = ("Post", "Värde", "Enhet", "Namn i formlerna", "Förklaring")
    return SheetTable(tuple(map(Column, heads)), rows, names=names)


def _substitute_hour(cost: Cost) -> tuple[Content, str, str]:
    if cost.substitute_per_hour:
        return cost.substitute_per_hour, "kronor", ""
    return Formula(f"={HOUR}", cost.per_hour), "kronor", _SAME_AS_STAFF


def _basis_answers(answered: AnswerSheet) -> Iterator[tuple[str, tuple[str, Content, str, str]]]:
    """The answers that are counted with, as their question calls them."""
    question, row = answered.battery.question(COST_BASIS), _basis_row(answered.answers)
    fields = {field.id: field for field in question.fields} if question else {}
    for key, name in BASIS_NAMES.items():
        known = number_in(row, key)
        value = NOT_ANSWERED if known is None else known
        said = row.unfit.get(key, "") or (not_yet(row.unknown[key]) if key in row.unknown else "")
        field = fields.get(key)
        yield key, (field.name if field else name, value, (field.unit if field else "") or "", said)


def _source(cost: Cost) -> str:
    if cost.is_example:
        return EXAMPLE_TO_REPLACE
    known = ", ".join(filter(None, [cost.source, str(cost.year or "")]))
    return known or "Skriv gärna år och källa under ”kostnad” i utb.yaml."


# ---------------------------------------------------------------------- hours


def _time(price: Price, answers: Answers, groups: Groups, everyday_forms: Mapping[str, bool]) -> Hours:
    """A row for each target group and activity, and for its travel; the sums of them last."""
    rows: list[list[Content]] = []
    spans, people = [], []
    of_group = given_rows(answers, TARGET_GROUPS)
    for at, group in zip(price.places, price.groups, strict=True):
        first, row = len(rows), of_group[at]
        many = _linked(groups.reference(TARGET_GROUPS, row, "antal"), group.people)
        for what, kind, minutes, number in _parts(price, at, answers, groups, everyday_forms):
            cells = _counted(len(rows), group.people, number, price)
            rows.append([group.name or WITHOUT_NAME, what, kind, many, minutes, *cells])
        spans.append((first, len(rows) - 1))
        people.append(many)
    last = len(rows) - 1
    added = [
        Formula(f"=SUM({place(0, column, fixed=False)}:{place(last, column, fixed=False)})", value)
        for column, value in ((5, price.hours), (6, price.time_value), (7, 1.0))
    ]
    rows.append(["I allt", "", "", "", "", *added])
    columns = (
        *map(Column, ("Målgrupp", "Aktivitet", "Slags lärande", "Antal personer", "Minuter per person")),
        Column("Timmar", TWO_DECIMALS),
        Column("Kostnad, kronor", WHOLE),
        Column("Andel av timmarna", SHARE),
    )
    table = SheetTable(columns, rows, sums=frozenset({last + 1}), names={ALL_HOURS: place(last + 1, 5)})
    return Hours(table, tuple(spans), tuple(people))


def _parts(
    price: Price, group: int, answers: Answers, groups: Groups, everyday_forms: Mapping[str, bool]
) -> Iterator[tuple[str, str, Content, float | None]]:
    """What takes a group's time, activities and travel: the kind of learning, and the minutes."""
    activities = given_rows(answers, ACTIVITIES)
    for taking in takings(answers):
        if taking.group != group:
            continue
        activity = activities[taking.activity]
        kind = KINDS[kind_of_learning(activity, everyday_forms)].capitalize()
        minutes = _linked(groups.reference(ACTIVITIES, activity, "minuter"), taking.minutes)
        yield f"{activity.id} {line_in(activity, 'titel')}", kind, minutes, taking.minutes
    if TRAVEL in price.unknown:
        yield "Restid", "", NOT_ANSWERED, None
    elif price.travel:
        yield "Restid", "", _linked(BASIS_NAMES[TRAVEL], price.travel), price.travel


def _counted(at: int, people: float, minutes: float | None, price: Price) -> list[Content]:
    """The hours of a row, what they cost and their share of all hours."""
    if minutes is None:
        return [NOT_ANSWERED, NOT_ANSWERED, ""]
    people_cell, minutes_cell, hours = (place(at, column, fixed=False) for column in (3, 4, 5))
    worked = people * minutes / MINUTES
    return [
        Formula(f"={people_cell}*{minutes_cell}/{MINUTES}", worked),
        Formula(f"={hours}*{HOUR}", worked * price.per_hour),
        Formula(f"={hours}/{ALL_HOURS}", worked / price.hours),
    ]


def _linked(cell: str, value: float | None) -> Content:
    """A number as the cell that it stands in, so that it can be followed there."""
    if value is None:
        return NOT_ANSWERED
    return Formula(f"={cell}", value) if cell else value
