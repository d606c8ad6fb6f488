"""The arithmetic behind the cost: each figure as a sum that can be done again, with the numbers answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import ACTIVITIES, COST_BASIS, OTHER_ACTIONS, TARGET_GROUPS
from utbildningsprocess.answers.cells import text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.plan.cost import MINUTES, SHIFT_HOURS, kind_of_learning, takings
from utbildningsprocess.plan.cost_words import (
    example_hour,
    hours_in_words,
    kronor,
    new_expense_in_short,
    shifts_in_words,
    total_in_words,
)
from utbildningsprocess.swedish import format_number, grouped, in_quotation_marks, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from utbildningsprocess.model import Answers
    from utbildningsprocess.plan.cost import Price
    from utbildningsprocess.plan.cost_words import Topic
    from utbildningsprocess.settings import Cost

_TIMES, _MINUS = "×", "−"
_LONGEST_COST = 60
KINDS = {
    "everyday": "i vardagen",
    "formal": "formellt",
    "mandatory": "obligatoriskt",
    "unsorted": "utan form",
}
"""The kinds of learning, by the fields of Balance."""


class Arithmetic(NamedTuple):
    """Each figure of the cost with what it is counted from."""

    hours: str
    shifts: str
    participants: str
    total: str
    new_expense: str
    per_participant: str
    hour: str
    balance: str
    beside: str

    def of_topic(self, topic: Topic) -> str:
        """The arithmetic behind a paragraph on the price."""
        topics: dict[Topic, tuple[str, ...]] = {
            "time": (self.hours, self.shifts, self.participants),
            "total": (self.total, self.per_participant),
            "expense": (self.new_expense,),
            "beside": (self.beside,),
            "hour": (self.hour,),
            "balance": (self.balance,),
        }
        return " ".join(topics[topic])


def arithmetic(price: Price, answers: Answers, cost: Cost, everyday_forms: Mapping[str, bool]) -> Arithmetic:
    """The arithmetic behind a price: what is said, the exact sum, and what it is the sum of."""
    hours = f"{_exact(price.hours)} timmar"
    shifts = _sum_of(shifts_in_words(price), price.shifts, f"{hours} / {SHIFT_HOURS} timmar")
    years = f"{format_number(round(price.years, 1))} årsarbetare"
    people = _plus(f"{_exact(group.people)} ({_named(group.name)})" for group in price.groups)
    expense = new_expense_in_short(price).removeprefix("varav ")
    lacking = "svar om vikarier eller köp saknas" if price.has_least_expense else "inga vikarier, inget köpt"
    paid = _sum_of(expense, price.new_expense, _plus(_expense(price, cost)))
    total = _sum_of(total_in_words(price), price.total, _plus(_total(price, cost)))
    return Arithmetic(
        hours=f"{_sum_of(hours_in_words(price), price.hours, _hours(price))} {_minutes(price, answers)} "
        f"Svaren: {TARGET_GROUPS}, {ACTIVITIES}, {COST_BASIS}.",
        shifts=f"{shifts} {_sum_of(years, price.years, f'{hours} / {_exact(cost.hours_a_year)} timmar')}",
        participants=f"{_exact(price.participants)} personer = {people}. Svaren: {TARGET_GROUPS}.",
        total=f"{total} Svaren: {COST_BASIS}.",
        new_expense=f"{paid if price.new_expense else f'{expense}: {lacking}.'} Svaren: {COST_BASIS}.",
        per_participant=_sum_of(
            kronor(price.per_participant),
            price.per_participant,
            f"{grouped(price.total)} kronor / {_exact(price.participants)} personer",
        ),
        hour=_hour(cost),
        balance=f"{_balance(answers, everyday_forms)} Svaren: {TARGET_GROUPS}, {ACTIVITIES}.",
        beside=_beside(answers),
    )


def _sum_of(words: str, exact: float, terms: str) -> str:
    """What is said, with the exact number where that is another, and what it is the sum of."""
    number = _exact(exact)
    told = words if number in words.split(" ") else f"{words}: {number}"
    return f"{told} = {terms}."


def _exact(number: float) -> str:
    """A number as it is counted with, to two decimals."""
    return grouped(number) if number == round(number) else format_number(round(number, 2))


def _named(name: str) -> str:
    return name or "grupp utan namn"


def _plus(terms: Iterable[str]) -> str:
    return " + ".join(terms)


def _hours(price: Price) -> str:
    return _plus(
        f"{_exact(group.people)} personer {_TIMES} {_exact(group.minutes)} minuter / {MINUTES} "
        f"({_named(group.name)})"
        for group in price.groups
    )


def _minutes(price: Price, answers: Answers) -> str:
    """How many minutes of which activities each member of a group takes."""
    activities, taken = given_rows(answers, ACTIVITIES), takings(answers)
    told = []
    for place, group in zip(price.places, price.groups, strict=True):
        terms = [
            f"{_exact(taking.minutes)} ({activities[taking.activity].id})"
            for taking in taken
            if taking.group == place and taking.minutes
        ]
        terms += [f"{_exact(price.travel)} (restid)"] if price.travel else []
        told.append(f"{_named(group.name)}: {_exact(group.minutes)} minuter = {_plus(terms)}.")
    return " ".join(told)


def _balance(answers: Answers, everyday_forms: Mapping[str, bool]) -> str:
    """The hours of each kind of learning, by activity."""
    activities, kinds = given_rows(answers, ACTIVITIES), dict[str, list[tuple[float, str]]]()
    for taking in takings(answers):
        if taking.people and taking.minutes:
            activity, hours = activities[taking.activity], taking.people * taking.minutes / MINUTES
            term = f"{_exact(taking.people)} {_TIMES} {_exact(taking.minutes)} / {MINUTES} ({activity.id})"
            kinds.setdefault(kind_of_learning(activity, everyday_forms), []).append((hours, term))
    return " ".join(
        f"{KINDS[kind].capitalize()}: {_exact(sum(hours for hours, _ in terms))} timmar = "
        f"{_plus(term for _, term in terms)}."
        for kind, terms in kinds.items()
    )


def _beside(answers: Answers) -> str:
    """What is said of the other actions' cost, and where."""
    said = [
        f"{row.id} {in_quotation_marks(text, _LONGEST_COST)}"
        for row in given_rows(answers, OTHER_ACTIONS)
        if (text := text_in(row, "kostnad"))
    ]
    told = f"Det som är sagt om kostnaden: {joined(said)}." if said else "Ingen har sagt vad de kostar."
    return f"Andra insatser. {told} Svaren: {OTHER_ACTIONS}, {COST_BASIS}."


def _total(price: Price, cost: Cost) -> Iterator[str]:
    hour = _exact(cost.per_hour)
    yield f"{grouped(price.time_value)} ({_exact(price.hours)} timmar {_TIMES} {hour} kronor)"
    if price.own_work:
        own = _exact(price.own_work / price.per_hour)
        yield f"{grouped(price.own_work)} (eget arbete, {own} timmar {_TIMES} {hour} kronor)"
    if price.external:
        yield f"{grouped(price.external)} (köpt)"
    if price.extra:
        above, hours = f"({_exact(cost.substitute_per_hour or 0)} {_MINUS} {hour})", _substituted(price, cost)
        yield f"{grouped(price.extra)} (merkostnad för vikarier, {hours} {_TIMES} {above} kronor)"


def _expense(price: Price, cost: Cost) -> Iterator[str]:
    if price.substitutes:
        hour = _exact(cost.substitute_per_hour or cost.per_hour)
        hours = _substituted(price, cost)
        yield f"{grouped(price.substitutes)} (vikarier, {hours} {_TIMES} {hour} kronor)"
    if price.external:
        yield f"{grouped(price.external)} (köpt)"


def _substituted(price: Price, cost: Cost) -> str:
    """The share of the participants' hours for which there is a substitute."""
    hours = price.substitutes / (cost.substitute_per_hour or cost.per_hour)
    return f"{_exact(round(100 * hours / price.hours, 2))} % av {_exact(price.hours)} timmar"


def _hour(cost: Cost) -> str:
    if cost.is_example:
        return f"{example_hour(cost).capitalize()}, som räknas med när ingen timkostnad står i utb.yaml."
    said = ", ".join(filter(None, [cost.source, str(cost.year or "")]))
    return f"{_exact(cost.per_hour)} kronor i timmen: timkostnaden i utb.yaml{f' ({said})' if said else ''}."
