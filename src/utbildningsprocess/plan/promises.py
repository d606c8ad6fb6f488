"""Promises: what somebody is to do, with its day, and whether anybody has said what became of it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import (
    LESSONS,
    MANAGER_ACTIONS,
    MEASURES,
    NEXT_MEASUREMENT,
    OTHER_ACTIONS,
    OTHER_ACTIONS_STATUS,
    RESULTS,
)
from utbildningsprocess.answers.cells import date_in, line_in, number_in, pointing, text_in
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.rows import given_rows, number_of
from utbildningsprocess.model import Period, given_value, last_day
from utbildningsprocess.plan.due import as_one, every_due, measured_on
from utbildningsprocess.plan.life import is_finished, life_of
from utbildningsprocess.plan.thread import all_outcomes, is_measured
from utbildningsprocess.plan.weeks import week_counted, week_zeros
from utbildningsprocess.swedish import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import AnswerSheet, Row, When

NEAREST_MANAGER = "Närmaste chef"
"""Who does what the question about the nearest manager's actions asks for: its rows name nobody."""
_FOR_NOW = ("nu", "bada")
"""When a lesson is used in the initiative that it comes from."""


class PromiseSort(NamedTuple):
    """A sort of promise: the group it stands in, the field with its words, and where its outcome is said."""

    qid: str
    words: str
    told_in: str
    """The group whose rows say what became of it."""
    pointer: str
    """The field of such a row that points at the promise; empty where it is the same row."""
    told: tuple[str, str]
    """The fields that say what became of it: the first whether, or how much, and the other more of it."""


SORTS = (
    PromiseSort(MANAGER_ACTIONS, "handling", MANAGER_ACTIONS, "", ("blev", "marktes")),
    PromiseSort(OTHER_ACTIONS, "insats", OTHER_ACTIONS_STATUS, "insats", ("status", "kommentar")),
    PromiseSort(MEASURES, "metod", RESULTS, "matt", ("utfall", "datum")),
    PromiseSort(LESSONS, "lardom", LESSONS, "", ("blev", "marktes")),
)
_ROOM = 10
"""A place is the number of a row and the sort as its last digit."""


class Promise(NamedTuple):
    """Something that a role is to do."""

    sort: PromiseSort
    row: Row
    on: When | None
    """When it is to be done; None where nobody can say."""
    is_told: bool
    """Whether it is said what became of it."""

    @property
    def who(self) -> str:
        """The role in the dossier's own words; empty where nobody has said which."""
        is_managers = self.sort.qid == MANAGER_ACTIONS
        return NEAREST_MANAGER if is_managers else line_in(self.row, "ansvarig_roll")

    @property
    def what(self) -> str:
        """What is promised, in the dossier's own words."""
        return line_in(self.row, self.sort.words)

    @property
    def place(self) -> int:
        """A number that no other promise of the initiative has, whatever is promised later."""
        return number_of(self.row.id) * _ROOM + SORTS.index(self.sort)

    def telling_row(self, sheet: AnswerSheet) -> Row | None:
        """The row that says what became of it, or is to say it; None where there is none yet."""
        if not self.sort.pointer:
            return self.row
        rows = pointing(given_rows(sheet.answers, self.sort.told_in), self.sort.pointer, self.row)
        open_rows = [row for row in rows if not text_in(row, self.sort.told[0])]
        return next(iter([*open_rows, *reversed(rows)]), None)

    def is_by(self, role: str) -> bool:
        """Whether it is a promise of a role, named by some of the words it has."""
        return fold(role) in fold(self.who)


def every_promise(sheet: AnswerSheet) -> tuple[Promise, ...]:
    """Every promise of an initiative, by its last day; last what has no day."""
    readers = (_manager_actions, _other_actions, _measures, _lessons)
    promised = [
        promise
        for sort, reader in zip(SORTS, readers, strict=True)
        if sheet.battery.asks(f"{sort.told_in}.{sort.told[0]}") and _is_asked(sheet, sort.qid)
        for promise in reader(sheet, sort)
        if text_in(promise.row, sort.words)
    ]
    return tuple(sorted(promised, key=lambda promise: last_day(promise.on) if promise.on else date.max))


def untold_promises(sheet: AnswerSheet, until: date) -> tuple[Promise, ...]:
    """Those with a day until then of which nobody has said what became, the most overdue first."""
    return tuple(
        promise
        for promise in every_promise(sheet)
        if promise.on and last_day(promise.on) <= until and not promise.is_told
    )


def late_promises(sheet: AnswerSheet, today: date) -> tuple[Promise, ...]:
    """Those whose day has passed, of an initiative that goes on and a dossier that is not finished."""
    if is_finished(sheet.answers) or life_of(sheet.answers) != "aktiv":
        return ()
    untold = untold_promises(sheet, today)
    return tuple(promise for promise in untold if promise.on and last_day(promise.on) < today)


def _is_asked(sheet: AnswerSheet, qid: str) -> bool:
    question = sheet.battery.question(qid)
    return question is not None and is_relevant(question, sheet)


def _manager_actions(sheet: AnswerSheet, sort: PromiseSort) -> Iterator[Promise]:
    """What the nearest manager is to do: with several rounds it is due in the last of them."""
    zeros = week_zeros(sheet.answers).values()
    for row in given_rows(sheet.answers, sort.qid):
        weeks = number_in(row, "vecka")
        counted = [week_counted(zero, weeks) for zero in zeros] if weeks is not None else []
        on = max(filter(None, counted), key=last_day, default=None)
        yield Promise(sort, row, on, bool(text_in(row, sort.told[0])))


def _other_actions(sheet: AnswerSheet, sort: PromiseSort) -> Iterator[Promise]:
    states = given_rows(sheet.answers, sort.told_in)
    for row in given_rows(sheet.answers, sort.qid):
        told = [text_in(state, sort.told[0]) for state in pointing(states, sort.pointer, row)]
        yield Promise(sort, row, date_in(row, "klart"), any(told))


def _measures(sheet: AnswerSheet, sort: PromiseSort) -> Iterator[Promise]:
    """The measures; the next measurement is of what has not been measured, whatever is said of it so far."""
    said = given_value(sheet.answers.get(NEXT_MEASUREMENT))
    again = said if isinstance(said, (date, Period)) else None
    left = [due.measure for due in as_one(sheet, every_due(sheet))]
    for row in given_rows(sheet.answers, sort.qid):
        outcomes = all_outcomes(sheet.answers, row)
        is_postponed = bool(again and outcomes) and not is_measured(sheet.answers, row)
        is_next = is_postponed or row.id in left
        on = again if is_next else measured_on(sheet.answers, number_in(row, "nar_dagar"))
        yield Promise(sort, row, on, bool(outcomes) and not is_next)


def _lessons(sheet: AnswerSheet, sort: PromiseSort) -> Iterator[Promise]:
    """The lessons that are to be used in the initiative that they come from."""
    for row in given_rows(sheet.answers, sort.qid):
        if text_in(row, "anvands") in _FOR_NOW:
            yield Promise(sort, row, date_in(row, "klart"), bool(text_in(row, sort.told[0])))
