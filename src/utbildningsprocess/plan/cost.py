"""The price of the participants' time, and how the hours divide between kinds of learning.

Hours = Σ people × (Σ minutes of their activities + travel) / 60. A substitute works the same hours that are
already counted: it is shown as a new expense within the total, never added on top. Only what a
substitute's hour costs beyond the participant's own is added. What nobody has answered is unknown and
never 0: a sum that lacks it is the least it can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import ACTIVITIES, COST_BASIS, OTHER_ACTIONS, TARGET_GROUPS
from utbildningsprocess.answers.cells import filled_rows, line_in, number_in, text_in
from utbildningsprocess.answers.measures import amount_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import Row
from utbildningsprocess.swedish import same

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.model import Answers
    from utbildningsprocess.settings import Cost

SHIFT_HOURS = 8
TRAVEL, SUBSTITUTES, TRAINERS, PRODUCERS, BOUGHT = (
    "restid_min",
    "ersattarandel",
    "utbildartimmar",
    "produktionstimmar",
    "externt_kr",
)
"""The fields of the basis, which Price tells of by these names when they are unknown."""
_BASIS = (TRAVEL, SUBSTITUTES, TRAINERS, PRODUCERS, BOUGHT)
MINUTES = 60
"""In an hour."""
EVERYBODY = "alla"
"""What people write for a target group where they mean all of them."""


class GroupTime(NamedTuple):
    """One target group: how many, each one's minutes with travel, and the hours of all together."""

    name: str
    people: float
    minutes: float
    hours: float


class Taking(NamedTuple):
    """One target group in one activity, each by its row counted from 0, and what is said of the time."""

    group: int
    activity: int
    people: float | None
    minutes: float | None


class Beside(NamedTuple):
    """What the other actions cost, as far as it is said."""

    hours: float
    kronor: float
    unsaid: tuple[str, ...]
    """The actions, by row id, of which nobody has said a number."""


@dataclass(frozen=True)
class Price:
    """What an initiative takes, in hours and in kronor."""

    groups: tuple[GroupTime, ...]
    places: tuple[int, ...]
    """The rows of these target groups, counted from 0."""
    travel: float
    """Each participant's minutes of travel, which are in the groups' minutes."""
    hours: float
    shifts: float
    years: float
    """Year-equivalents: how many people would be busy with nothing else for a year."""
    per_hour: float
    time_value: float
    own_work: float
    """Trainers' and producers' hours."""
    external: float
    extra: float
    """What substitutes' hours cost beyond the participants' own."""
    substitutes: float
    """What substitutes are paid; a part of the total."""
    participants: float
    uncounted: tuple[str, ...]
    """Target groups and activities without hours: a number is missing, or nobody takes part."""
    lacks_numbers: bool
    """Whether some of these have hours that nobody has told of."""
    for_all: tuple[str, ...]
    """The activities, by row id, that count for several target groups because no group is named."""
    unknown: tuple[str, ...]
    """The fields of the basis that nobody has answered."""
    beside: Beside | None
    """What other actions than learning cost, which is in no sum; None when there are none."""

    @property
    def has_least_hours(self) -> bool:
        """Whether the hours may be more, for a part of them is unknown."""
        return self.lacks_numbers or TRAVEL in self.unknown

    @property
    def has_least_total(self) -> bool:
        """Whether the total may be more, for a part of it is unknown."""
        return self.lacks_numbers or bool(self.unknown)

    @property
    def has_least_expense(self) -> bool:
        """Whether the new expense may be more, for a part of it is unknown."""
        of_hours = bool(self.substitutes) and self.has_least_hours
        return of_hours or SUBSTITUTES in self.unknown or BOUGHT in self.unknown

    @property
    def total(self) -> float:
        """Everything, each hour once."""
        return self.time_value + self.own_work + self.external + self.extra

    @property
    def new_expense(self) -> float:
        """The part of the total that is paid out and would not have been otherwise."""
        return self.substitutes + self.external

    @property
    def per_participant(self) -> float:
        """The total divided by those who take part."""
        return self.total / self.participants


def cost_beside(answers: Answers) -> Beside | None:
    """What the other actions cost; what is said in words, or not at all, is unsaid and never 0."""
    actions = filled_rows(given_rows(answers, OTHER_ACTIONS))
    if not actions:
        return None
    stated = [(row.id, amount_in(text_in(row, "kostnad"))) for row in actions]
    hours, kronor = (
        {row_id: many for row_id, said in stated if said and (many := said.counted_in(unit)) is not None}
        for unit in ("timmar", "kronor")
    )
    unsaid = tuple(row.id for row in actions if row.id not in {*hours, *kronor})
    return Beside(sum(hours.values()), sum(kronor.values()), unsaid)


def price(answers: Answers, cost: Cost) -> Price | None:
    """What the participants' time costs; None while there are no hours to count."""
    basis = next(iter(given_rows(answers, COST_BASIS)), Row("", {}))
    travel = _number(basis, TRAVEL)
    times = _group_times(answers, travel)
    places = tuple(place for place, group in enumerate(times) if group.hours)
    groups = tuple(times[place] for place in places)
    hours = sum(group.hours for group in groups)
    if not hours:
        return None
    share = _number(basis, SUBSTITUTES) / 100
    substitute = cost.substitute_per_hour or cost.per_hour
    own_hours = _number(basis, TRAINERS) + _number(basis, PRODUCERS)
    return Price(
        groups=groups,
        places=places,
        travel=travel,
        hours=hours,
        shifts=hours / SHIFT_HOURS,
        years=hours / cost.hours_a_year,
        per_hour=cost.per_hour,
        time_value=hours * cost.per_hour,
        own_work=own_hours * cost.per_hour,
        external=_number(basis, BOUGHT),
        extra=share * hours * max(0.0, substitute - cost.per_hour),
        substitutes=share * hours * substitute,
        participants=sum(group.people for group in groups),
        uncounted=tuple(_uncounted(answers, times)),
        lacks_numbers=_lacks_numbers(answers),
        for_all=tuple(_for_all(answers)) if len(groups) > 1 else (),
        unknown=tuple(key for key in _BASIS if number_in(basis, key) is None),
        beside=cost_beside(answers),
    )


def takings(answers: Answers) -> tuple[Taking, ...]:
    """Who takes part in what, group by group, also where the people or the minutes are not said."""
    activities = [*enumerate(given_rows(answers, ACTIVITIES))]
    return tuple(
        Taking(place, at, number_in(group, "antal"), number_in(activity, "minuter"))
        for place, group in enumerate(given_rows(answers, TARGET_GROUPS))
        for at, activity in activities
        if takes_part(line_in(group, "namn"), activity)
    )


def _group_times(answers: Answers, travel: float) -> list[GroupTime]:
    minutes: dict[int, float] = {}
    for taking in takings(answers):
        minutes[taking.group] = minutes.get(taking.group, 0.0) + (taking.minutes or 0.0)
    times = []
    for place, group in enumerate(given_rows(answers, TARGET_GROUPS)):
        people = _number(group, "antal")
        whole = minutes[place] + travel if minutes.get(place) else 0.0
        times.append(GroupTime(line_in(group, "namn"), people, whole, people * whole / MINUTES))
    return times


def _uncounted(answers: Answers, times: Sequence[GroupTime]) -> Iterator[str]:
    yield from (group.name for group in times if group.name and not group.hours)
    for activity in given_rows(answers, ACTIVITIES):
        present = any(group.people and takes_part(group.name, activity) for group in times)
        title = line_in(activity, "titel")
        if title and not (present and _number(activity, "minuter")):
            yield f"{activity.id} {title}"


def _lacks_numbers(answers: Answers) -> bool:
    """Whether hours are unknown: of an activity without minutes, or of people who are not counted."""
    groups = [(line_in(row, "namn"), number_in(row, "antal")) for row in given_rows(answers, TARGET_GROUPS)]
    for activity in filled_rows(given_rows(answers, ACTIVITIES)):
        minutes = number_in(activity, "minuter")
        people = [number for name, number in groups if takes_part(name, activity)]
        if minutes != 0 and (None in people or not people or (minutes is None and any(people))):
            return True
    return False


def _for_all(answers: Answers) -> Iterator[str]:
    """The activities with minutes that name no target group."""
    for activity in given_rows(answers, ACTIVITIES):
        if _number(activity, "minuter") and not activity.values.get("malgrupp"):
            yield activity.id


def takes_part(group: str, activity: Row) -> bool:
    """Whether a target group takes part in an activity; an activity that names no group is for all."""
    groups = activity.values.get("malgrupp")
    named = map(str, groups) if isinstance(groups, tuple) else ()
    return not groups or any(same(name, group) or same(name, EVERYBODY) for name in named)


def _number(row: Row, field: str) -> float:
    return number_in(row, field) or 0.0


# ------------------------------------------------------------ kinds of learning


class Balance(NamedTuple):
    """The participants' hours in activities, by kind of learning."""

    everyday: float
    formal: float
    mandatory: float
    unsorted: float = 0.0
    """Of activities whose form nobody has said."""


def balance(answers: Answers, everyday_forms: Mapping[str, bool]) -> Balance:
    """How the hours divide. `everyday_forms` says of each form whether it is learning in daily work.

    An activity that meets a demand is mandatory learning, whatever its form.
    """
    sums = dict.fromkeys(Balance._fields, 0.0)
    rows = given_rows(answers, TARGET_GROUPS)
    groups = [(line_in(row, "namn"), _number(row, "antal")) for row in rows]
    for activity in given_rows(answers, ACTIVITIES):
        present = sum(people for name, people in groups if takes_part(name, activity))
        sums[kind_of_learning(activity, everyday_forms)] += present * _number(activity, "minuter") / MINUTES
    return Balance(**sums)


def kind_of_learning(activity: Row, everyday_forms: Mapping[str, bool]) -> str:
    """The field of Balance that an activity's hours are counted in."""
    if activity.values.get("obligatorisk") is True:
        return "mandatory"
    form = text_in(activity, "form")
    if not form:
        return "unsorted"
    return "everyday" if everyday_forms.get(form) else "formal"
