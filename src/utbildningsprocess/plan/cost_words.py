"""The price of the participants' time in words: hours first, for in health care they say more than kronor."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING, Literal, TypeAlias

from utbildningsprocess.plan.cost import BOUGHT, PRODUCERS, SUBSTITUTES, TRAINERS, TRAVEL
from utbildningsprocess.swedish import format_number, grouped, joined, same, singular, time_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.plan.cost import Balance, Beside, GroupTime, Price
    from utbildningsprocess.settings import Cost

Topic: TypeAlias = Literal["time", "total", "expense", "beside", "hour", "balance"]
"""What a paragraph on the price is about."""
NOTHING_YET = "Tiden går inte att räkna än: antal personer i Behov eller minuter i Koncept saknas."
SAME_HOUR = "Vikariens timme är samma timme som deltagarens och räknas bara en gång."
_EXAMPLE = "Det är ett exempelvärde: 33 000 kronor i månaden och 52 procents påslag."
EXAMPLE_TO_REPLACE = f"{_EXAMPLE} Skriv ert eget under ”kostnad” i utb.yaml."
_UNKNOWN = {
    TRAVEL: "restid",
    SUBSTITUTES: "vikarier",
    TRAINERS: "utbildarnas tid",
    PRODUCERS: "tid att ta fram material",
    BOUGHT: "köpta tjänster, lokaler och material",
}
_EXACT_BELOW = 10_000
"""Kronor: larger sums are said in whole thousands."""
_TINY = 1e-9
WHOLE_FROM = 10
"""Hours, shifts and years: smaller numbers are said with one decimal."""


def price_in_words(
    price: Price | None, balance: Balance, cost: Cost, *, esther: str = "Esther", advice: bool = True
) -> str:
    """The price and the learning balance as short paragraphs; or what is missing to count with.

    The `advice` on where to write a cost of one's own is for those who use the program.
    """
    if price is None:
        return NOTHING_YET
    return "\n\n".join(
        text for _, text in price_paragraphs(price, balance, cost, esther=esther, advice=advice)
    )


def price_paragraphs(
    price: Price, balance: Balance, cost: Cost, *, esther: str, advice: bool
) -> list[tuple[Topic, str]]:
    """The paragraphs on a price, each with what it is about."""
    left_out = joined(price.uncounted)
    paragraphs: tuple[tuple[Topic, str], ...] = (
        ("time", "\n".join(_time(price))),
        ("time", for_all_in_words(price)),
        (
            "time",
            left_out and f"Inte medräknat, eftersom antal, minuter eller aktivitet saknas: {left_out}.",
        ),
        ("total", "\n".join(_kronor(price))),
        ("expense", _new_expense(price)),
        ("beside", left_out_in_words(price)),
        ("hour", _hour(cost, advice=advice)),
        ("time", f"Vad måste bli bättre för att det ska vara värt {hours_in_words(price)}?"),
        ("balance", balance_in_words(price, balance, esther=esther)),
    )
    return [(topic, text) for topic, text in paragraphs if text]


def price_in_short(price: Price | None, cost: Cost) -> str:
    """The price in one line, and what an hour is counted as in it; or what is missing to count with."""
    if price is None:
        return NOTHING_YET
    who = _counted(price.participants, "deltagare")
    example = example_hour(cost)
    sentences = (
        f"Planerad tid: {hours_in_words(price)} för {who}, {shifts_in_words(price)}.",
        for_all_in_words(price),
        f"Kostnad i allt: {total_in_words(price)}{f' ({example})' if example else ''}.",
        f"{joined(price.uncounted)} är inte medräknat." if price.uncounted else "",
        left_out_in_words(price),
    )
    return " ".join(filter(None, sentences))


def stated_hours(price: Price) -> str:
    """The participants' hours without their unit, and whether they are the least they can be: ”minst 825”."""
    return f"minst {_amount_down(price.hours)}" if price.has_least_hours else _amount(price.hours)


def hours_in_words(price: Price) -> str:
    """The participants' hours: ”1 timme”, ”minst 825 timmar”."""
    hours = stated_hours(price)
    return f"{hours} {'timme' if hours.split()[-1] == '1' else 'timmar'}"


def shifts_in_words(price: Price) -> str:
    """The same hours in shifts: ”ungefär 117 arbetspass”, ”minst 103 arbetspass”."""
    if price.has_least_hours:
        return f"minst {_amount_down(price.shifts)} arbetspass"
    return f"ungefär {_counted(price.shifts, 'arbetspass')}"


def total_in_words(price: Price) -> str:
    """The total, and whether it is the least it can be: ”minst 448 000 kronor”."""
    return least_kronor(price.total) if price.has_least_total else f"ungefär {kronor(price.total)}"


def for_all_in_words(price: Price) -> str:
    """Which activities count for every target group because none is named; empty for none."""
    if not price.for_all:
        return ""
    counted = "räknade" if len(price.for_all) > 1 else "räknad"
    return f"{joined(price.for_all)} är {counted} för alla målgrupper, för ingen är utpekad."


def left_out_in_words(price: Price) -> str:
    """What the total leaves out: what nobody has answered, and the other actions. Empty for nothing."""
    unknown = joined(unknown_parts(price))
    sentences = (
        f"Ej besvarat och inte medräknat: {unknown}." if unknown else "",
        f"{other_actions_in_words(price).capitalize()} ingår inte." if price.beside else "",
        _unsaid(price.beside) if price.beside else "",
    )
    return " ".join(filter(None, sentences))


def other_actions_in_words(price: Price) -> str:
    """The other actions with what they cost, as far as it is said: andra insatser (minst 40 timmar)."""
    beside = price.beside
    if beside is None:
        return ""
    hours = _counted(beside.hours, "timmar") if beside.hours else ""
    sums = joined(filter(None, (hours, kronor(beside.kronor) if beside.kronor else "")))
    least = "minst " if beside.unsaid else ""
    return f"andra insatser ({least}{sums})" if sums else "andra insatser"


def _unsaid(beside: Beside) -> str:
    """Which of the other actions have no cost in numbers, where others have."""
    if not beside.unsaid or not (beside.hours or beside.kronor):
        return ""
    return f"Kostnaden för {joined(beside.unsaid)} är inte sagd i siffror."


def unknown_parts(price: Price, fields: tuple[str, ...] = tuple(_UNKNOWN)) -> list[str]:
    """The parts of the cost that nobody has answered, of these fields of the basis."""
    return [_UNKNOWN[field] for field in fields if field in price.unknown]


def balance_in_words(price: Price, balance: Balance, *, esther: str = "Esther") -> str:
    """The participants' hours by kind of learning in one line, and that the three kinds belong together."""
    travel = ", utan restid" if price.travel else ""
    everyday, formal = _counted(balance.everyday, "timmar"), _amount(balance.formal)
    unsorted = f" Utan form: {_counted(balance.unsorted, 'timmar')}." if balance.unsorted else ""
    counted = "Lärandet, så långt det går att räkna" if price.lacks_numbers else "Lärandet"
    return (
        f"{counted}: {everyday} i vardagen, {formal} formellt och {_amount(balance.mandatory)} obligatoriskt"
        f"{travel}.{unsorted} När de tre hänger ihop får vi både nytta i verksamheten och värde för {esther}."
    )


def kronor(amount: float) -> str:
    """A sum as people say it: 448 000 kronor, but 5 335 kronor."""
    return f"{rounded_sum(amount)} kronor"


def rounded_sum(amount: float) -> str:
    """A sum as people say it, without its unit."""
    return grouped(round(amount, -3 if amount >= _EXACT_BELOW else 0))


# ---------------------------------------------------------------- paragraphs


def _time(price: Price) -> Iterator[str]:
    who, work = _counted(price.participants, "personer"), shifts_in_words(price)
    if years := round(price.years, 1):
        work = f"{work} eller {format_number(years)} årsarbetare"
    yield f"Deltagarnas tid är {hours_in_words(price)} för {who}, {work}."
    yield from (f"- {_group(group, price.travel)}" for group in price.groups)


def _group(group: GroupTime, travel: float) -> str:
    people, hours = _counted(group.people, "personer"), _counted(group.hours, "timmar")
    minutes = f"{time_in_words(group.minutes)} var{' med restid' if travel else ''}"
    return f"{group.name or 'Grupp utan namn'}: {people}, {minutes}, {hours}"


def time_of_each(price: Price, name: str) -> str:
    """How long each participant of a group is away; empty where nobody can count it."""
    group = next((group for group in price.groups if group.name and same(group.name, name)), None)
    least = "minst " if price.has_least_hours else ""
    return f"{least}{time_in_words(group.minutes)}" if group else ""


def _kronor(price: Price) -> Iterator[str]:
    a_person = (least_kronor if price.has_least_total else kronor)(price.per_participant)
    share = "" if price.lacks_numbers else f", eller {a_person} per deltagare"
    yield f"Kostnaden är {total_in_words(price)}{share}."
    named = (
        ("Deltagarnas tid", price.time_value),
        ("Eget arbete med att utbilda och ta fram material", price.own_work),
        ("Köpta tjänster, lokaler och material", price.external),
        ("Merkostnad för vikarier", price.extra),
    )
    yield from (f"- {name}: {grouped(amount)} kronor" for name, amount in named if amount)


def new_expense_in_short(price: Price) -> str:
    """What of the total is paid out and would not have been otherwise, to be said after the total."""
    if price.new_expense:
        return f"varav ny utgift {_stated_expense(price)}"
    return "ny utgift okänd" if price.has_least_expense else "ingen ny utgift"


def _new_expense(price: Price) -> str:
    unknown = joined(unknown_parts(price, (SUBSTITUTES, BOUGHT)))
    named = (("vikarier", price.substitutes), ("köpt", price.external))
    expenses = joined(f"{name} {rounded_sum(amount)}" for name, amount in named if amount)
    if unknown and not expenses:
        return f"Ny utgift är okänd: svar saknas om {unknown}."
    if not expenses:
        return "Ingen ny utgift är medräknad: inga vikarier och inget köpt."
    whole = f"Varav ny utgift: {_stated_expense(price)} ({expenses})."
    return f"{whole} {SAME_HOUR}" if price.substitutes else whole


def _stated_expense(price: Price) -> str:
    return (least_kronor if price.has_least_expense else kronor)(price.new_expense)


def example_hour(cost: Cost) -> str:
    """What an hour is counted as where nobody has said what it costs; empty where somebody has."""
    return f"exempelvärde {_exact(cost.per_hour)} i timmen" if cost.is_example else ""


def _hour(cost: Cost, *, advice: bool) -> str:
    known = ", ".join(filter(None, [cost.source, str(cost.year or "")]))
    source = f" ({known})" if known and not cost.is_example else ""
    sentences = [f"En timme är räknad till {_exact(cost.per_hour)}{source}."]
    if cost.is_example:
        sentences.append(EXAMPLE_TO_REPLACE if advice else _EXAMPLE)
    elif advice and not (cost.year and cost.source):
        sentences.append("Skriv gärna år och källa under ”kostnad” i utb.yaml.")
    if cost.substitute_per_hour:
        sentences.append(f"En vikaries timme är räknad till {_exact(cost.substitute_per_hour)}.")
    return " ".join(sentences)


# ------------------------------------------------------------------- numbers


def _exact(amount: float) -> str:
    return f"{format_number(round(amount, 2))} kronor"


def least_kronor(amount: float) -> str:
    """A sum that may be more, rounded down, for rounded up it would not be the least."""
    return f"minst {kronor(_down(amount, 1000 if amount >= _EXACT_BELOW else 1))}"


def _down(number: float, step: float) -> float:
    return floor(number / step + _TINY) * step


def _amount_down(number: float) -> str:
    return _amount(_down(number, 1 if number >= WHOLE_FROM else 0.1))


def _counted(number: float, unit: str) -> str:
    amount = _amount(number)
    return f"{amount} {singular(unit) if amount == '1' else unit}"


def _amount(number: float) -> str:
    return grouped(number) if number >= WHOLE_FROM else format_number(round(number, 1))
