"""What is known of one initiative in short: plain values that can be kept for another day."""

from __future__ import annotations

import json
from typing import NamedTuple

LIVES = ("aktiv", "vilande", "avslutad", "ersatt")
"""The life of an initiative, the liveliest first."""


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
    """The role that does it; empty where nobody has said."""


class LessonLearned(NamedTuple):
    """A lesson learned: whether to keep, change or stop, what, and for whom."""

    sort: str
    text: str
    concerns: str


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


class Judged(NamedTuple):
    """A measure by the id of its level, and what is known of its goal."""

    level: str
    state: str


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
    """Every role that leads, decides or answers for something."""
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
    red: int
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

    def holds_on(self, today: str) -> bool:
        """Whether the findings and the next step are the same on that day."""
        return self.since <= today <= self.until

    def overdue(self, today: str) -> list[Dated]:
        """What should have been done before that day and has not, by date."""
        return [dated for dated in self.dates if dated.remains and dated.last < today]

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
    facts = Facts(*values) if values is not None else None
    if facts is not None:
        facts = facts._replace(
            replaces=tuple(facts.replaces),
            roles=tuple(facts.roles),
            causes=tuple(facts.causes),
            groups=tuple(facts.groups),
            dates=tuple(map(Dated._make, facts.dates)),
            lessons=tuple(map(LessonLearned._make, facts.lessons)),
            results=tuple(map(Result._make, facts.results)),
            plan=_as_made(facts.plan),
            measures=tuple(map(Judged._make, facts.measures)),
        )
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
