"""The price of the participants' time in words: hours first, for in health care they say more than kronor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.swedish import format_number, grouped, joined, singular

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.plan.cost import Balance, GroupTime, Price
    from utbildningsprocess.settings import Cost

NOTHING_YET = "Tiden går inte att räkna än: antal personer i Behov eller minuter i Koncept saknas."
SAME_HOUR = "Vikariens timme är samma timme som deltagarens och räknas bara en gång."
_EXAMPLE = "Det är ett exempelvärde: 33 000 kronor i månaden och 52 procents påslag."
EXAMPLE_TO_REPLACE = f"{_EXAMPLE} Skriv ert eget under ”kostnad” i utb.yaml."
_EXACT_BELOW = 10_000
"""Kronor: larger sums are said in whole thousands."""
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
    left_out = joined(price.uncounted)
    paragraphs = [
        "\n".join(_time(price)),
        left_out and f"Inte medräknat, eftersom antal, minuter eller aktivitet saknas: {left_out}.",
        "\n".join(_kronor(price)),
        _new_expense(price),
        _hour(cost, advice=advice),
        f"Vad måste bli bättre för att det ska vara värt {_counted(price.hours, 'timmar')}?",
        balance_in_words(price, balance, esther=esther),
    ]
    return "\n\n".join(filter(None, paragraphs))


def price_in_short(price: Price | None) -> str:
    """The price in one line; or what is missing to count with."""
    if price is None:
        return NOTHING_YET
    who, shifts = _counted(price.participants, "deltagare"), _counted(price.shifts, "arbetspass")
    left_out = f" {joined(price.uncounted)} är inte medräknat." if price.uncounted else ""
    time = f"Planerad tid: {_counted(price.hours, 'timmar')} för {who}, ungefär {shifts}."
    return f"{time} Kostnad i allt: ungefär {kronor(price.total)}.{left_out}"


def balance_in_words(price: Price, balance: Balance, *, esther: str = "Esther") -> str:
    """The participants' hours by kind of learning in one line, and that the three kinds belong together."""
    travel = ", utan restid" if price.travel else ""
    everyday, formal = _counted(balance.everyday, "timmar"), _amount(balance.formal)
    return (
        f"Lärandet: {everyday} i vardagen, {formal} formellt och {_amount(balance.mandatory)} obligatoriskt"
        f"{travel}. När de tre hänger ihop får vi både nytta i verksamheten och värde för {esther}."
    )


def kronor(amount: float) -> str:
    """A sum as people say it: 448 000 kronor, but 5 335 kronor."""
    return f"{rounded_sum(amount)} kronor"


def rounded_sum(amount: float) -> str:
    """A sum as people say it, without its unit."""
    return grouped(round(amount, -3 if amount >= _EXACT_BELOW else 0))


# ---------------------------------------------------------------- paragraphs


def _time(price: Price) -> Iterator[str]:
    who, shifts = _counted(price.participants, "personer"), _counted(price.shifts, "arbetspass")
    years = round(price.years, 1)
    work = f"{shifts} eller {format_number(years)} årsarbetare" if years else shifts
    yield f"Deltagarnas tid är {_counted(price.hours, 'timmar')} för {who}, ungefär {work}."
    yield from (f"- {_group(group, price.travel)}" for group in price.groups)


def _group(group: GroupTime, travel: float) -> str:
    people, hours = _counted(group.people, "personer"), _counted(group.hours, "timmar")
    minutes = f"{_counted(group.minutes, 'minuter')} var{' med restid' if travel else ''}"
    return f"{group.name or 'Grupp utan namn'}: {people}, {minutes}, {hours}"


def _kronor(price: Price) -> Iterator[str]:
    yield f"Kostnaden är ungefär {kronor(price.total)}, eller {kronor(price.per_participant)} per deltagare."
    named = (
        ("Deltagarnas tid", price.time_value),
        ("Eget arbete med att utbilda och ta fram material", price.own_work),
        ("Köpta tjänster, lokaler och material", price.external),
        ("Merkostnad för vikarier", price.extra),
    )
    yield from (f"- {name}: {grouped(amount)} kronor" for name, amount in named if amount)


def _new_expense(price: Price) -> str:
    named = (("vikarier", price.substitutes), ("köpt", price.external))
    expenses = joined(f"{name} {rounded_sum(amount)}" for name, amount in named if amount)
    if not expenses:
        return "Ingen ny utgift är medräknad: inga vikarier och inget köpt."
    whole = f"Varav ny utgift: {kronor(price.new_expense)} ({expenses})."
    return f"{whole} {SAME_HOUR}" if price.substitutes else whole


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


def _counted(number: float, unit: str) -> str:
    amount = _amount(number)
    return f"{amount} {singular(unit) if amount == '1' else unit}"


def _amount(number: float) -> str:
    return grouped(number) if number >= WHOLE_FROM else format_number(round(number, 1))
