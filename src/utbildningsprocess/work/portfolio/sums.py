"""What the initiatives of a folder come to together: each sum with over how many of them it is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DECISIONS, MEASURES, NEXT_MEASUREMENT
from utbildningsprocess.plan.cost import Balance
from utbildningsprocess.plan.reached import GoalState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from pathlib import Path

    from utbildningsprocess.plan.judged import Judged
    from utbildningsprocess.work.portfolio.facts import Dated, LessonLearned, SpentBeside
    from utbildningsprocess.work.portfolio.listing import Listed

WEEKS_AHEAD = 13
"""A quarter."""
WITHOUT_TRAINING = ("annan_insats", "avsluta")
"""The decisions after the analysis that are not to train."""
GOING_ON = ("aktiv", "vilande")
_LESSON_KINDS = ("andra", "sluta", "", "behall")
"""The sorts of lessons, first those that ask for something to be done."""


class Total(NamedTuple):
    """A sum, over how many initiatives it is counted, and how many have not said anything to count."""

    amount: float
    counted: int
    silent: int
    is_least: bool = False
    """Whether it may be more even over those that are counted."""


class ToDo(NamedTuple):
    """Something to be decided or measured, and by which initiative."""

    due: Dated
    initiative: Listed
    is_late: bool


class LessonOf(NamedTuple):
    """A lesson, and which initiative has learnt it."""

    lesson: LessonLearned
    initiative: Listed


class MeasuredBy(NamedTuple):
    """A measure with an outcome, and whose it is."""

    measure: Judged
    initiative: Listed


class MeasuredLevel(NamedTuple):
    """The measures of a level by what is known of their goals, and how many initiatives have any."""

    id: str
    states: Counter[str]
    initiatives: int

    @property
    def measured(self) -> int:
        """How many of them have an outcome."""
        return self.states.total() - self.states[GoalState.UNMEASURED]


@dataclass(frozen=True)
class Sums:
    """What these initiatives come to on a day."""

    listed: Sequence[Listed]
    today: date

    @cached_property
    def active(self) -> list[Listed]:
        """Those that go on."""
        return [initiative for initiative in self.listed if initiative.life == "aktiv"]

    @cached_property
    def ended(self) -> list[Listed]:
        """Those that have come to their end."""
        return [initiative for initiative in self.listed if initiative.life == "avslutad"]

    @cached_property
    def lives(self) -> Counter[str]:
        """How many go on, rest, have ended or are replaced."""
        return Counter(initiative.life for initiative in self.listed)

    @cached_property
    def steps(self) -> Counter[str]:
        """How many of the active have come to each step."""
        return Counter(initiative.facts.stage for initiative in self.active)

    @cached_property
    def late(self) -> Total:
        """How much should have been done in active initiatives, and in how many of them."""
        return _counted(len(initiative.facts.overdue(self.today.isoformat())) for initiative in self.active)

    @cached_property
    def overdue(self) -> list[ToDo]:
        """The same, one by one, by date."""
        late = (
            ToDo(due, initiative, is_late=True)
            for initiative in self.active
            for due in initiative.facts.overdue(self.today.isoformat())
        )
        return sorted(late, key=by_date)

    @cached_property
    def red(self) -> Total:
        """How many red findings the active have, and how many of them."""
        return _counted(initiative.facts.red for initiative in self.active)

    # ---------------------------------------------------------- decisions

    @cached_property
    def paths(self) -> Counter[str]:
        """How many have decided what after the analysis; under no id those that have not."""
        return Counter(initiative.facts.path for initiative in self.listed)

    @cached_property
    def without_training(self) -> list[Listed]:
        """Those that decided not to train, the latest first."""
        decided = [known for known in self.listed if known.facts.path in WITHOUT_TRAINING]
        return sorted(decided, key=self._latest, reverse=True)

    @cached_property
    def to_decide(self) -> list[ToDo]:
        """The decisions that are needed in the next quarter, and those that are late, by date."""
        return self._to_do((DECISIONS,))

    @cached_property
    def to_measure(self) -> list[ToDo]:
        """The measurements of the next quarter, and those that are late, by date."""
        return self._to_do((MEASURES, NEXT_MEASUREMENT))

    @property
    def last_ahead(self) -> date:
        """The last day of the next quarter."""
        return self.today + timedelta(weeks=WEEKS_AHEAD)

    def _to_do(self, qids: Sequence[str]) -> list[ToDo]:
        """What a question asks for; of those that have ended only what is to be measured yet."""
        first, last = self.today.isoformat(), self.last_ahead.isoformat()
        asked = (
            ToDo(due, initiative, due.last < first)
            for initiative in self.listed
            for due in initiative.facts.dates
            if due.qid in qids and due.first <= last and (due.last >= first or due.remains)
        )
        meant = (
            to_do
            for to_do in asked
            if to_do.initiative.life in GOING_ON
            or (to_do.initiative.life == "avslutad" and to_do.due.qid != DECISIONS and not to_do.is_late)
        )
        return sorted(meant, key=by_date)

    # ------------------------------------------------------ hours and cost

    @cached_property
    def hours(self) -> Total:
        """The planned hours of the active."""
        return hours_of(self.active)

    @property
    def longest(self) -> Listed | None:
        """The active initiative with the most planned hours; None where fewer than two have any."""
        planned = [known for known in self.active if known.facts.hours]
        return max(planned, key=lambda known: known.facts.hours or 0) if len(planned) > 1 else None

    @cached_property
    def learning(self) -> Balance:
        """The same hours, without travel, by kind of learning."""
        planned = [known.facts.plan.learning for known in self.active if known.facts.plan.learning]
        return Balance(*(sum(kind) for kind in zip(*planned, strict=True))) if planned else Balance(0, 0, 0)

    def spent(self, kind: str) -> Total:
        """The planned cost of the active of a kind, as Spending names it."""
        return spent_of(self.active, kind)

    @cached_property
    def beside(self) -> list[SpentBeside]:
        """What other actions than learning cost, of the active that have any."""
        return [known.facts.plan.beside for known in self.active if known.facts.plan.beside]

    # ------------------------------------------------- results and lessons

    @cached_property
    def levels(self) -> list[MeasuredLevel]:
        """The measures by level, the highest first; last those without a level."""
        states: dict[str, Counter[str]] = {}
        having: Counter[str] = Counter()
        for initiative in self.listed:
            for measure in initiative.facts.measures:
                states.setdefault(measure.level, Counter())[measure.state] += 1
            having.update({measure.level for measure in initiative.facts.measures})
        return [MeasuredLevel(name, states[name], having[name]) for name in sorted(states, reverse=True)]

    @cached_property
    def goals(self) -> Counter[str]:
        """All measures by what is known of their goals."""
        return sum((level.states for level in self.levels), Counter[str]())

    @cached_property
    def measuring(self) -> Total:
        """How many measures have an outcome, and of how many initiatives."""
        unmeasured = GoalState.UNMEASURED
        return _counted(
            sum(measure.state != unmeasured for measure in known.facts.measures) for known in self.listed
        )

    @cached_property
    def measured(self) -> list[MeasuredBy]:
        """Each measure that has an outcome, the latest initiative first."""
        return [
            MeasuredBy(measure, known)
            for known in self._latest_first()
            for measure in known.facts.measures
            if measure.state != GoalState.UNMEASURED
        ]

    @cached_property
    def learnt(self) -> list[LessonOf]:
        """Every lesson, the latest initiative first."""
        return [LessonOf(lesson, known) for known in self._latest_first() for lesson in known.facts.lessons]

    @property
    def told(self) -> list[LessonOf]:
        """All of them by sort; of each sort one of each initiative, then more."""
        return [learnt for kind in _LESSON_KINDS for learnt in _spread(self.learnt, kind)]

    @property
    def with_outcomes(self) -> list[Listed]:
        """The initiatives that have learnt or measured anything, the latest first."""
        having = {learnt.initiative.path for learnt in self.learnt}
        having |= {measured.initiative.path for measured in self.measured}
        return [known for known in self._latest_first() if known.path in having]

    def _latest_first(self) -> list[Listed]:
        return sorted(self.listed, key=self._latest, reverse=True)

    def _latest(self, initiative: Listed) -> tuple[str, str]:
        """The latest day of an initiative that has been, and its name, so that no order is by chance."""
        day = self.today.isoformat()
        passed = (due.last for due in initiative.facts.dates if due.last <= day)
        return max(passed, default=""), initiative.path.name


def hours_of(initiatives: Sequence[Listed]) -> Total:
    """The planned hours of some initiatives."""
    plans = [initiative.facts for initiative in initiatives]
    return _added([plan.hours for plan in plans], is_least=any(plan.hours_are_least for plan in plans))


def spent_of(initiatives: Sequence[Listed], kind: str) -> Total:
    """The planned cost of some initiatives of a kind, as Spending names it."""
    planned = [known.facts.plan.spending for known in initiatives]
    said = [getattr(spending, kind) if spending else None for spending in planned]
    may_be_more = (
        spending is not None and kind in spending.uncertain
        for spending, amount in zip(planned, said, strict=True)
        if amount is not None
    )
    return _added(said, is_least=any(may_be_more))


def by_date(to_do: ToDo) -> tuple[str, str]:
    """What sorts things to do."""
    return to_do.due.last, to_do.initiative.path.name


def _kind(learnt: LessonOf) -> str:
    kind = learnt.lesson.kind
    return kind if kind in _LESSON_KINDS else ""


def _spread(learnt: Sequence[LessonOf], kind: str) -> Iterable[LessonOf]:
    """The lessons of a sort: the first of each initiative, then the second of each, and so on."""
    taken: Counter[Path] = Counter()
    turns: list[tuple[int, LessonOf]] = []
    for lesson in learnt:
        if _kind(lesson) == kind:
            turns.append((taken[lesson.initiative.path], lesson))
            taken[lesson.initiative.path] += 1
    return (lesson for _, lesson in sorted(turns, key=itemgetter(0)))


def _counted(numbers: Iterable[int]) -> Total:
    """A sum of counts, which are known of all: over how many it is more than none, and how many have none."""
    known = list(numbers)
    having = sum(number > 0 for number in known)
    return Total(sum(known), having, len(known) - having)


def _added(amounts: Sequence[float | None], *, is_least: bool = False) -> Total:
    said = [amount for amount in amounts if amount is not None]
    return Total(sum(said), len(said), len(amounts) - len(said), is_least)
