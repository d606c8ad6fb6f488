"""What would change the picture: a few answers that, given otherwise, would give another diagnosis."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ABLE_TODAY,
    DEMAND,
    GAP_EVIDENCE,
    IF_NOTHING_IS_DONE,
    OBSTACLES,
    ONE_PAGE,
)
from utbildningsprocess.diagnosis.counting import diagnose
from utbildningsprocess.diagnosis.respondents import DONT_KNOW, MUCH, PARTLY
from utbildningsprocess.model import Given, given_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.model import Answers, AnswerSheet, Battery

    _Kind = Callable[["_Situation"], Iterator["TippingPoint"]]

_MOST_PARTLY = 3


@dataclass(frozen=True)
class TippingPoint:
    """An answer, or several of a kind, that given otherwise would give another picture."""

    qid: str
    statements: tuple[str, ...]
    """The statements changed, each by itself; empty when the whole question was."""
    after: str | bool
    then: Diagnosis
    """The diagnosis it would give; of several statements, with what all of them would add."""


@dataclass(frozen=True)
class _Situation:
    model: DiagnosisModel
    answers: Answers
    battery: Battery
    now: Diagnosis

    def given(self, qid: str, value: str | bool) -> TippingPoint:  # noqa: FBT001  an answer of yes or no
        """What another answer to a whole question would give."""
        return TippingPoint(qid, (), value, diagnose(self.model, {**self.answers, qid: Given(value)}))

    def answered_otherwise(self, qid: str) -> Iterator[TippingPoint]:
        """What each other answer to a question with options would give; nothing where it is not asked."""
        asked, before = self.battery.question(qid), given_value(self.answers.get(qid))
        options = (option.id for option in asked.offered) if asked else ()
        yield from (self.given(qid, option) for option in options if option != before)

    def stated(self, option: str, *keys: str) -> TippingPoint:
        """What another answer to some statements would give."""
        statements = {**self.now.statements, **dict.fromkeys(keys, option)}
        then = diagnose(self.model, {**self.answers, OBSTACLES: Given(statements)})
        return TippingPoint(OBSTACLES, keys, option, then)


def tipping_points(model: DiagnosisModel, sheet: AnswerSheet) -> tuple[TippingPoint, ...]:
    """What would change the picture, in the order of `diagnos.yaml`; at most as many as it says."""
    here = _Situation(model, sheet.answers, sheet.battery, diagnose(model, sheet.answers))
    if here.now.outcome is None:
        return ()
    points = [point for kind in model.changes_the_picture.order for point in _KINDS[kind](here)]
    changing = [point for point in points if _changes(here.now, point.then)] or list(_gates(here))
    return tuple(changing[: model.changes_the_picture.most])


def _changes(now: Diagnosis, then: Diagnosis) -> bool:
    """Whether another outcome, or other main actions, come of it."""
    return then.outcome != now.outcome or {*then.main} != {*now.main}


def _resting(here: _Situation) -> Iterator[TippingPoint]:
    """The ”Mycket” that the outcome rests on, as ”Delvis”."""
    yield from (here.stated(PARTLY, key) for key in here.now.rests_on)


def _able(here: _Situation) -> Iterator[TippingPoint]:
    """The first other answer to whether people can do it today that gives other main actions."""
    points = here.answered_otherwise(ABLE_TODAY)
    if point := next((point for point in points if set(point.then.main) != set(here.now.main)), None):
        yield point


def _one_page(here: _Situation) -> Iterator[TippingPoint]:
    """The other answer to whether it fits one page, where knowledge is strong."""
    if not here.battery.leaves_out(ONE_PAGE) and any(
        here.model.causes[cause.id].on_one_page for cause in here.now.strong
    ):
        yield here.given(ONE_PAGE, given_value(here.answers.get(ONE_PAGE)) is not True)


def _partly(here: _Situation) -> Iterator[TippingPoint]:
    """The ”Delvis” that as ”Mycket” would each add a main action, of the causes with most of them."""
    ranked = sorted(here.now.causes, key=lambda cause: -cause.partly)
    hindering = (key for cause in ranked for key, answer in cause.answers.items() if answer == PARTLY)
    adding = [key for key in dict.fromkeys(hindering) if _adds(here, here.stated(MUCH, key))]
    if adding:
        yield here.stated(MUCH, *adding[:_MOST_PARTLY])


def _adds(here: _Situation, point: TippingPoint) -> bool:
    return not point.then.gate and not set(point.then.main) <= set(here.now.main)


def _unknown(here: _Situation) -> Iterator[TippingPoint]:
    """What nobody knows of a cause that is not strong yet, where it could become so."""
    strong = {cause.id for cause in here.now.strong}
    keys = [
        key
        for key, causes in here.model.statements.items()
        if here.now.statements.get(key, DONT_KNOW) == DONT_KNOW and not strong.issuperset(causes)
    ]
    yield from (here.stated(MUCH, key) for key in keys)


def _gates(here: _Situation) -> Iterator[TippingPoint]:
    """Of each question that gates ask for, the first other answer that changes the picture."""
    for qid in (GAP_EVIDENCE, IF_NOTHING_IS_DONE, DEMAND):
        points = (point for point in here.answered_otherwise(qid) if _changes(here.now, point.then))
        yield from islice(points, 1)


_KINDS: Mapping[str, _Kind] = {
    "vilar_pa": _resting,
    "kan_idag": _able,
    "en_a4": _one_page,
    "delvis": _partly,
    "vet_inte": _unknown,
}
