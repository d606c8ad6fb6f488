"""The sums of what the time costs, as a table of a workbook that adds up what stands on its other sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.exports.xlsx_cells import (
    SHARE,
    TWO_DECIMALS,
    WHOLE,
    Column,
    Formula,
    SheetTable,
    place,
)
from utbildningsprocess.plan.cost import BOUGHT, PRODUCERS, SHIFT_HOURS, SUBSTITUTES, TRAINERS, TRAVEL
from utbildningsprocess.plan.cost_sums import KINDS
from utbildningsprocess.plan.cost_words import SAME_HOUR, for_all_in_words, left_out_in_words, unknown_parts
from utbildningsprocess.swedish import format_number, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.exports.xlsx_cells import Content
    from utbildningsprocess.plan.cost import Balance, Price
    from utbildningsprocess.settings import Cost

HOUR, SUBSTITUTE_HOUR, SHIFT, YEAR = "Timkostnad", "Vikarietimme", "Arbetspass", "Årsarbetstid"
BASIS_NAMES = {
    TRAVEL: "Restid",
    SUBSTITUTES: "Vikarieandel",
    TRAINERS: "Utbildartimmar",
    PRODUCERS: "Produktionstimmar",
    BOUGHT: "Köpt",
}
"""What formulas call the answers about the cost, by the field of each."""
ALL_HOURS, _PARTICIPANTS = "Deltagartimmar", "Deltagare"
NOT_ANSWERED, WITHOUT_NAME = "Ej besvarat", "Grupp utan namn"
_NOT_KNOWN = "Okänt"
_LEAST = "Minst så mycket: något är inte känt."
_NOT_COUNTED, _WHY_NOT = "Inte medräknat", "Antal, minuter eller aktivitet saknas."
_TIME, _LEARNING, _COST, _EXPENSE = "Deltagarnas tid", "Lärande", "Kostnad för lärandet", "Varav ny utgift"
_MANY, _HOURS, _KRONOR = 2, 4, 5


class Hours(NamedTuple):
    """The table of hours: the first and the last row of each target group in it, and how many it is for."""

    table: SheetTable
    spans: Sequence[tuple[int, int]]
    people: Sequence[Content]


def sums(price: Price, learning: Balance, time: Hours, cost: Cost) -> SheetTable:
    """The sums: the participants' time, the kinds of learning, the cost, and what of it is a new expense."""
    return _Sums(price, learning, time, cost).table()


class _Sums:
    """The table as it grows: a row knows where it and those before it stand."""

    def __init__(self, price: Price, learning: Balance, time: Hours, cost: Cost) -> None:
        self._price, self._learning, self._time, self._cost = price, learning, time, cost
        self._rows: list[tuple[Content, ...]] = []
        self._totals: set[int] = set()
        self._names: dict[str, str] = {}

    def table(self) -> SheetTable:
        self._participants()
        self._kinds()
        self._costs()
        self._expense()
        columns = (
            *map(Column, ("Del", "Post", "Antal", "Enhet")),
            Column("Timmar", TWO_DECIMALS),
            Column("Kronor", WHOLE),
            Column("Andel", SHARE),
            Column("Förklaring"),
        )
        return SheetTable(columns, self._rows, frozenset(self._totals), self._names)

    # ------------------------------------------------------------------- rows

    def _add(  # noqa: PLR0913  a cell for each column
        self,
        section: str,
        post: str,
        *,
        many: Content = "",
        unit: str = "",
        hours: Content = "",
        kronor: Content = "",
        share: Content = "",
        note: str = "",
    ) -> None:
        self._rows.append((section, post, many, unit, hours, kronor, share, note))

    def _here(self, column: int, below: int = 0) -> str:
        """A cell of the row that is to be added, or of one below it."""
        return place(len(self._rows) + below, column, fixed=False)

    def _span(self, column: int, rows: int) -> str:
        """The cells of the rows just before the one that is to be added."""
        return f"{self._here(column, -rows)}:{self._here(column, -1)}"

    def _at_hour(self, hours: float) -> Formula:
        """What the hours of the row that is to be added cost."""
        return Formula(f"={self._here(_HOURS)}*{HOUR}", hours * self._price.per_hour)

    def _share(self, column: int, below: int, amount: float, whole: float) -> Content:
        """What a row is of a sum so many rows below it."""
        text = f"={self._here(column)}/{self._here(column, below)}"
        return Formula(text, amount / whole) if whole else ""

    # --------------------------------------------------------------- sections

    def _participants(self) -> None:
        price, many = self._price, len(self._price.groups)
        for at, (group, people) in enumerate(zip(price.groups, self._time.people, strict=True)):
            first, last = (f"Tid!{place(row, 5)}" for row in self._time.spans[at])
            self._add(
                _TIME,
                group.name or WITHOUT_NAME,
                many=people,
                unit="personer",
                hours=Formula(f"=SUM({first}:{last.partition('!')[2]})", group.hours),
                kronor=self._at_hour(group.hours),
                share=self._share(_HOURS, many - at, group.hours, price.hours),
            )
        notes = (_LEAST if price.has_least_hours else "", for_all_in_words(price))
        self._names[_PARTICIPANTS] = place(len(self._rows), _MANY)
        self._totals.add(len(self._rows))
        self._add(
            _TIME,
            "I allt, minst" if price.has_least_hours else "I allt",
            many=Formula(f"=SUM({self._span(_MANY, many)})", price.participants),
            unit="personer",
            hours=Formula(f"=SUM({self._span(_HOURS, many)})", price.hours),
            kronor=Formula(f"=SUM({self._span(_KRONOR, many)})", price.time_value),
            note=" ".join(filter(None, notes)),
        )
        self._other_measures()

    def _other_measures(self) -> None:
        """The same time in shifts and in years of work, and what is not counted."""
        price, year = self._price, format_number(self._cost.hours_a_year)
        shifts, years = (
            Formula(f"={ALL_HOURS}/{SHIFT}", price.shifts),
            Formula(f"={ALL_HOURS}/{YEAR}", price.years),
        )
        told = f"Ett arbetspass är {SHIFT_HOURS} timmar."
        self._add(_TIME, "Samma tid i arbetspass", many=shifts, unit="arbetspass", note=told)
        told = f"En årsarbetare är {year} timmar."
        self._add(_TIME, "Samma tid i årsarbetare", many=years, unit="årsarbetare", note=told)
        for name in price.uncounted:
            self._add(_TIME, name, hours=_NOT_COUNTED, note=_WHY_NOT)

    def _kinds(self) -> None:
        """The hours in activities by kind of learning."""
        counted = {
            name: hours for name, hours in self._learning._asdict().items() if hours or name != "unsorted"
        }
        last = len(self._time.table.rows) - 2
        kinds, hours = (f"Tid!{place(0, column)}:{place(last, column)}" for column in (2, 5))
        for at, (name, worked) in enumerate(counted.items()):
            added = Formula(f"=SUMIF({kinds},{self._here(1)},{hours})", worked)
            share = self._share(_HOURS, len(counted) - at, worked, sum(counted.values()))
            self._add(_LEARNING, KINDS[name].capitalize(), hours=added, share=share)
        self._totals.add(len(self._rows))
        whole = Formula(f"=SUM({self._span(_HOURS, len(counted))})", sum(counted.values()))
        travel = "Utan restid." if self._price.travel else ""
        self._add(_LEARNING, "I allt", hours=whole, note=travel)

    def _costs(self) -> None:
        price = self._price
        least = _LEAST if price.has_least_hours else ""
        hours: Content = Formula(f"={ALL_HOURS}", price.hours)
        self._cost_row(4, "Deltagarnas tid", hours, self._at_hour(price.hours), least)
        hours, kronor, note = self._own_work()
        self._cost_row(3, "Eget arbete med att utbilda och ta fram material", hours, kronor, note)
        self._cost_row(2, "Köpta tjänster, lokaler och material", "", self._bought(), "")
        hours = self._substitute_hours()
        beyond = f"={self._here(_HOURS)}*MAX(0,{SUBSTITUTE_HOUR}-{HOUR})"
        extra = NOT_ANSWERED if isinstance(hours, str) else Formula(beyond, price.extra)
        self._cost_row(1, "Merkostnad för vikarier", hours, extra, "")
        self._totals.add(len(self._rows))
        notes = (_LEAST if price.has_least_total else "", left_out_in_words(price))
        total = Formula(f"=SUM({self._span(_KRONOR, 4)})", price.total)
        post = "I allt, minst" if price.has_least_total else "I allt"
        self._add(_COST, post, kronor=total, note=" ".join(filter(None, notes)))
        share: Content = _NOT_KNOWN
        if not price.lacks_numbers:
            share = Formula(f"={self._here(_KRONOR, -1)}/{_PARTICIPANTS}", price.per_participant)
        post = (
            "Per deltagare, minst" if price.has_least_total and not price.lacks_numbers else "Per deltagare"
        )
        self._add(_COST, post, kronor=share)

    def _cost_row(self, below: int, post: str, hours: Content, kronor: Content, note: str) -> None:
        share: Content = ""
        if isinstance(kronor, Formula) and isinstance(kronor.value, (int, float)):
            share = self._share(_KRONOR, below, kronor.value, self._price.total)
        self._add(_COST, post, hours=hours, kronor=kronor, share=share, note=note)

    def _own_work(self) -> tuple[Content, Content, str]:
        """The hours of trainers and producers, what they cost, and what nobody has answered of them."""
        unknown = unknown_parts(self._price, (TRAINERS, PRODUCERS))
        if unknown and not self._price.own_work:
            return NOT_ANSWERED, NOT_ANSWERED, f"{NOT_ANSWERED}: {joined(unknown)}."
        hours = self._price.own_work / self._price.per_hour
        added = Formula(f"=SUM({BASIS_NAMES[TRAINERS]},{BASIS_NAMES[PRODUCERS]})", hours)
        note = f"{NOT_ANSWERED}: {joined(unknown)}." if unknown else ""
        return added, self._at_hour(hours), note

    def _bought(self) -> Content:
        if BOUGHT in self._price.unknown:
            return NOT_ANSWERED
        return Formula(f"={BASIS_NAMES[BOUGHT]}", self._price.external)

    def _substitute_hours(self) -> Content:
        """The hours that substitutes work."""
        if SUBSTITUTES in self._price.unknown:
            return NOT_ANSWERED
        hours = self._price.substitutes / (self._cost.substitute_per_hour or self._cost.per_hour)
        return Formula(f"={ALL_HOURS}*{BASIS_NAMES[SUBSTITUTES]}/100", hours)

    def _expense(self) -> None:
        """What of the cost is paid out and would not have been otherwise."""
        price, hours = self._price, self._substitute_hours()
        paid: Content = NOT_ANSWERED
        if isinstance(hours, Formula):
            paid = Formula(f"={self._here(_HOURS)}*{SUBSTITUTE_HOUR}", price.substitutes)
        self._add(_EXPENSE, "Vikarier", hours=hours, kronor=paid, note=SAME_HOUR if price.substitutes else "")
        self._add(_EXPENSE, "Köpt", kronor=self._bought())
        least = price.has_least_expense
        total: Content = NOT_ANSWERED
        if price.new_expense or not least:
            total = Formula(f"=SUM({self._span(_KRONOR, 2)})", price.new_expense)
        self._totals.add(len(self._rows))
        told = f"En del av kostnaden i allt. {_LEAST if least else ''}".strip()
        is_least = least and isinstance(total, Formula)
        self._add(_EXPENSE, "I allt, minst" if is_least else "I allt", kronor=total, note=told)
