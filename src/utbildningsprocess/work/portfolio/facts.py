"""What is known of one initiative in short: plain values that can be kept for another day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import NamedTuple

from utbildningsprocess.addresses import NEXT_DEMAND
from utbildningsprocess.plan.judged import Judged

LIVES = ("aktiv", "vilande", "avslutad", "ersatt")
"""The life of an initiative, the liveliest first."""
_QUARTER = timedelta(days=92)
"""How long before a demand is to be met again that it is told of."""


class Dated(NamedTuple):
    """Something that has a date: what it is, the date as it was said, and its first and last day as ISO."""

    what: str
    said: str
    first: str
    last: str
    qid: str
    remains: bool
    """Whether it is known not to have been done, so that it is overdue when its last day has passed."""
    who: str
    """The role that is to see to it; empty where nobody has said which."""

    @property
    def spelled(self) -> str:
        """The date with its month in letters."""
        # Imported when it is used: a list in the terminal has no need of all that comes with it.
        from utbildningsprocess.answers.periods import date_in_short

        return date_in_short(date.fromisoformat(self.first)) if self.first == self.last else self.said


class LessonLearned(NamedTuple):
    """A lesson learned: whether to keep, change or stop, what, and for whom."""

    sort: str
    text: str
    concerns: str
    kind: str
    """The id of its sort; empty where nobody has said any."""


class Result(NamedTuple):
    """What a measure showed."""

    measure: str
    outcome: str


class Spending(NamedTuple):
    """What the plan costs in kronor by kind: None where nobody has said."""

    time: float
    """The participants' hours."""
    own_work: float | None
    bought: float | None
    beyond: float | None
    """What substitutes cost beyond the hours that they replace."""
    new: float | None
    """What of it is paid out and would not have been otherwise."""
    uncertain: tuple[str, ...]
    """What of it, by the names here, may be more, for a part of it is unknown."""

    @property
    def total(self) -> float:
        """All of it that is said."""
        return sum(filter(None, (self.time, self.own_work, self.bought, self.beyond)))


class SpentBeside(NamedTuple):
    """What other actions than learning cost, as far as it is said, and of how many nobody has said it."""

    hours: float
    kronor: float
    unsaid: int


class WhatItTakes(NamedTuple):
    """What the plan takes."""

    learning: tuple[float, ...]
    """The participants' hours by kind of learning, as the fields of Balance; empty with nothing to count."""
    spending: Spending | None
    """None with nothing to count."""
    beside: SpentBeside | None
    """None where there are no other actions."""


class Facts(NamedTuple):
    """What an initiative's answers come to in short. Texts are empty where nobody has said anything."""

    since: str
    """The first day, as ISO, on which the findings and the next step are these; `until` is the last."""
    until: str
    identity: str
    title: str
    stage: str
    """The id of the last of the six steps that is begun."""
    answered: int
    skipped: int
    unknown: int
    open: int
    life: str
    """What its own answers say; that another replaces it stands in the other."""
    replaces: tuple[str, ...]
    status: str
    leader: str
    roles: tuple[str, ...]
    """Every role that leads, decides, holds something or answers for something."""
    decision: str
    path: str
    """The id of the decision after the analysis."""
    why: str
    """Why it was decided so: the reason of the decision, else what the analysis shows."""
    outcome: str
    causes: tuple[str, ...]
    groups: tuple[str, ...]
    hours: float | None
    """The participants' planned hours; None while there is nothing to count."""
    hours_are_least: bool
    plan: WhatItTakes
    red_titles: tuple[str, ...]
    """What each red finding is about, as often as there are findings."""
    yellow: int
    step: str
    """The id of the step to go on with; empty when there is none, or the thread is to be mended."""
    mends: bool
    reason: str
    dates: tuple[Dated, ...]
    """Everything with a date, by its last day."""
    lessons: tuple[LessonLearned, ...]
    results: tuple[Result, ...]
    measures: tuple[Judged, ...]
    promised: tuple[str, ...]
    """The last day, as ISO, of each promise that is late once it has passed."""

    @property
    def red(self) -> int:
        """How many red findings nobody has accepted."""
        return len(self.red_titles)

    def holds_on(self, today: str) -> bool:
        """Whether the findings and the next step are the same on that day."""
        return self.since <= today <= self.until

    def overdue(self, today: str) -> list[Dated]:
        """What should have been done before that day and has not, by date."""
        return [dated for dated in self.dates if dated.remains and dated.last < today]

    def waiting(self, today: str) -> list[Dated]:
        """What is overdue and what is to come, by date."""
        return [dated for dated in self.dates if dated.remains or dated.last >= today]

    def demand_ahead(self, today: date) -> Dated | None:
        """The demand that is to be met again within a quarter, or that should have been."""
        last = (today + _QUARTER).isoformat()
        demands = (dated for dated in self.waiting(today.isoformat()) if dated.qid == NEXT_DEMAND)
        return next((dated for dated in demands if dated.first <= last), None)

    def next_date(self, today: str) -> Dated | None:
        """What to look at first: the first that is overdue, else the first to come."""
        return next((dated for dated in self.dates if dated.remains or dated.last >= today), None)


class Reading(NamedTuple):
    """What came of one file: facts, or none where it is damaged or no dossier at all."""

    facts: Facts | None
    faults: tuple[tuple[int, str], ...] = ()
    """What puts its answers in doubt, each with its line; with none and no facts it is no dossier."""


def to_json(reading: Reading) -> str:
    """The reading as text to keep."""
    return json.dumps(reading, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Reading:
    """The reading that was kept. The text is as `to_json` of this very program gave it."""
    values, faults = json.loads(text)
    if values is not None:
        for place in _SEVERAL:
            values[place] = tuple(values[place])
        for place, kind in _ROWS:
            # As `kind(*row)`, without a call for each of tens of thousands of rows.
            values[place] = tuple([tuple.__new__(kind, row) for row in values[place]])
        values[_PLAN] = _as_made(values[_PLAN])
    facts = Facts(*values) if values is not None else None
    return Reading(facts, tuple((line, sentence) for line, sentence in faults))


def _as_made(plan: WhatItTakes) -> WhatItTakes:
    """What was kept, in which tuples have become lists."""
    learning, spent, beside = plan
    spending = Spending(*spent) if spent else None
    return WhatItTakes(
        tuple(learning),
        spending._replace(uncertain=tuple(spending.uncertain)) if spending else None,
        SpentBeside(*beside) if beside else None,
    )


_PLAN = Facts._fields.index("plan")
_SEVERAL = tuple(
    map(Facts._fields.index, ("replaces", "roles", "causes", "groups", "red_titles", "promised"))
)
_ROWS = tuple(
    (Facts._fields.index(name), kind)
    for name, kind in (
        ("dates", Dated),
        ("lessons", LessonLearned),
        ("results", Result),
        ("measures", Judged),
    )
)
