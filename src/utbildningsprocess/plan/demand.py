"""When a demand that comes back is to be met again: so many years after the last occasion."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import COUNTED_DEMAND, DEMAND_INTERVAL
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.model import Given, given_value
from utbildningsprocess.plan.due import last_occasion

if TYPE_CHECKING:
    from utbildningsprocess.model import Answers

_YEARS = {"varje_ar": 1, "vartannat_ar": 2}
_ASSUMED = "Där räknas det sista tillfället som dagen då de flesta blev klara."


class CountedDemand(NamedTuple):
    """The day that is counted, and what it is counted from."""

    on: date
    last: date
    years: int

    def __str__(self) -> str:
        """How it is counted, in words."""
        return f"Ett förslag: senast {date_in_short(self.last)} + {self.years} år. {_ASSUMED}"


def counted_demand(answers: Answers) -> CountedDemand | None:
    """The day when the demand is to be met again; None unless it comes back after a number of years.

    None too while an occasion that is to be held has no day of its own.
    """
    years = _YEARS.get(str(given_value(answers.get(DEMAND_INTERVAL))))
    last = last_occasion(answers) if years else None
    if years is None or last is None or not isinstance(last[0], date):
        return None
    on = _years_after(last[0], years)
    return CountedDemand(on, last[0], years) if on else None


def demand_answers(answers: Answers) -> Answers:
    """The day that is counted as an answer that a question may propose; empty while there is none."""
    counted = counted_demand(answers)
    return {COUNTED_DEMAND: Given(counted.on.isoformat())} if counted else {}


def _years_after(day: date, years: int) -> date | None:
    """The same day so many years later, the last of February for one that is not there; None beyond all."""
    if day.year + years > date.max.year:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
