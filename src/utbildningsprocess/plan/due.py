"""The dates of an initiative: what is coming up, and what should have happened and has not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import (
    ACTIVITIES,
    DECISIONS,
    EFFECT_MEASURES,
    EXPERT_REVIEW,
    MATERIAL,
    MEASURES,
    NEEDED_BY,
    NEXT_DEMAND,
    NEXT_MEASUREMENT,
    OCCASIONS,
    OTHER_ACTIONS,
    OTHER_ACTIONS_STATUS,
)
from utbildningsprocess.answers.cells import date_in, line_in, number_in, text_in
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.periods import day_in_words
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import Period, given_value, last_day
from utbildningsprocess.plan.thread import is_measured
from utbildningsprocess.swedish import clean_line, fold, same, with_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from utbildningsprocess.model import Answers, AnswerSheet, Row, When

_REMAINING = (DECISIONS, OTHER_ACTIONS, EXPERT_REVIEW, MEASURES, NEXT_MEASUREMENT, NEXT_DEMAND)
"""Of these it is known that they have not been done; an occasion that has passed may well have been held."""


_FINISHED = ("klar", "struken")
"""What ends another action: it is done, or it was given up."""
_CANCELLED = "installt"
_RESPONSIBLE = {
    OCCASIONS: "ledare_roll",
    MEASURES: "ansvarig_roll",
    DECISIONS: "roll",
    EXPERT_REVIEW: "roll",
    MATERIAL: "ansvarig_roll",
    OTHER_ACTIONS: "ansvarig_roll",
}
"""The field of a row that says who sees to it."""
DECISION_NEEDED = "Beslut behövs: "
"""How a decision that is needed begins."""
_NEXT = "Nästa mätning"
ACTION_DONE = "Insats klar: "
"""How another action that is to be done begins."""
_UNANNOUNCED = "oanmal"
"""How a word for something that comes unannounced begins, folded."""
_UNDATED, _SOME_UNDATED = ", som inte har datum än", "; alla tillfällen har inte datum än"
"""Said of the last occasion: while one of them has no day, nobody knows which is the last."""


class Due(NamedTuple):
    """Something that has a date, and what it is, however long that is.

    `overdue` says that its last day has passed and it has not been done.
    """

    on: When
    what: str
    qid: str
    row: str = ""
    overdue: bool = False
    measure: str = ""
    """Of the next measurement: the id of the only measure that is left."""


def every_due(sheet: AnswerSheet) -> tuple[Due, ...]:
    """Everything that is asked for and has a date, by date: the same whatever day it is."""
    return _asked(sheet, list(_dates(sheet.answers)))


def coming(sheet: AnswerSheet, today: date) -> tuple[Due, ...]:
    """What is due today or later, and what is overdue, by date. What else has passed is left out."""
    return of_interest(every_due(sheet), today)


def of_interest(dues: Sequence[Due], today: date) -> tuple[Due, ...]:
    """Those of today or later, and those that are overdue. What else has passed is left out."""
    kept = (due for due in dues if last_day(due.on) >= today or remains(due))
    return tuple(due._replace(overdue=last_day(due.on) < today) for due in kept)


def as_one(sheet: AnswerSheet, dues: Sequence[Due]) -> tuple[Due, ...]:
    """The dues; where only one measure is left, that and the next measurement are one of them."""
    is_said = any(due.qid == NEXT_MEASUREMENT for due in dues)
    waiting = {row.id for row in without_day(sheet)} if is_said else set[str]()
    left = {*waiting, *(due.row for due in dues if due.qid == MEASURES)}
    measures = [row for row in given_rows(sheet.answers, MEASURES) if row.id in left]
    if not is_said or len(left) != 1 or not measures:
        return tuple(dues)
    what = f"{_NEXT}: {_named(measures[0], 'metod')}"
    kept = (due for due in dues if due.qid != MEASURES)
    return tuple(
        due._replace(what=what, measure=measures[0].id) if due.qid == NEXT_MEASUREMENT else due
        for due in kept
    )


def remains(due: Due) -> bool:
    """Whether it is known not to have been done, so that it is overdue when its day has passed."""
    return due.qid in _REMAINING


def responsible(answers: Answers, due: Due) -> str:
    """The role that is to see to it; empty where nobody has said which."""
    qid, row_id = (MEASURES, due.measure) if due.measure else (due.qid, due.row)
    field = _RESPONSIBLE.get(qid, "")
    rows = (row for row in given_rows(answers, qid) if row.id == row_id) if field else ()
    return next((line_in(row, field) for row in rows), "")


def called_off(sheet: AnswerSheet, today: date) -> tuple[Due, ...]:
    """The occasions of today or later that will not be held, by date."""
    off = {row.id for row in given_rows(sheet.answers, OCCASIONS) if is_cancelled(row)}
    dues = [due for due in _every_occasion(sheet.answers) if due.row in off]
    return of_interest(_asked(sheet, dues), today)


def without_day(sheet: AnswerSheet) -> tuple[Row, ...]:
    """The measures without an outcome that say how long after the last occasion, before that has a day."""
    answers, question = sheet.answers, sheet.battery.question(MEASURES)
    if question is None or not is_relevant(question, sheet):
        return ()
    waiting = (row for row in given_rows(answers, MEASURES) if not is_measured(answers, row))
    days = ((row, number_in(row, "nar_dagar")) for row in waiting)
    return tuple(row for row, after in days if after is not None and measured_on(answers, after) is None)


def _asked(sheet: AnswerSheet, dues: Sequence[Due]) -> tuple[Due, ...]:
    """Those whose question is asked, by date."""
    questions = filter(None, map(sheet.battery.question, {due.qid for due in dues}))
    asked = {question.qid for question in questions if is_relevant(question, sheet)}
    return tuple(sorted((due for due in dues if due.qid in asked), key=lambda due: last_day(due.on)))


def _dates(answers: Answers) -> Iterator[Due]:
    yield from _single(answers, NEEDED_BY, "Det ska fungera i vardagen")
    yield from _of_rows(answers, EFFECT_MEASURES, "nar", lambda row: f"Mål att nå: {_named(row, 'matt')}")
    yield from _decisions(answers)
    yield from _actions(answers)
    yield from _of_rows(answers, MATERIAL, "klart", lambda row: f"Material klart: {_named(row, 'titel')}")
    yield from _of_rows(answers, EXPERT_REVIEW, "giltigt_till", _review)
    yield from _occasions(answers)
    yield from _measures(answers)
    yield from _single(answers, NEXT_MEASUREMENT, _NEXT)
    yield from _single(answers, NEXT_DEMAND, "Kravet ska uppfyllas igen")


def _single(answers: Answers, qid: str, what: str) -> Iterator[Due]:
    on = given_value(answers.get(qid))
    if isinstance(on, (date, Period)):
        yield Due(on, what, qid)


def _of_rows(answers: Answers, qid: str, field: str, what: Callable[[Row], str]) -> Iterator[Due]:
    """The rows of a group that have a date in a field, and `what` says of each what the date is for."""
    for row in given_rows(answers, qid):
        if on := date_in(row, field):
            yield Due(on, what(row), qid, row.id)


def _named(row: Row, field: str) -> str:
    """A row by its id, and what stands in a field of it."""
    return clean_line(f"{row.id} {text_in(row, field)}")


def _decisions(answers: Answers) -> Iterator[Due]:
    """The decisions that are needed, until they are taken."""
    taken = {
        row.id for row in given_rows(answers, DECISIONS) if text_in(row, "utfall") or date_in(row, "datum")
    }
    dues = _of_rows(answers, DECISIONS, "senast", lambda row: f"{DECISION_NEEDED}{_named(row, 'galler')}")
    yield from (due for due in dues if due.row not in taken)


def _actions(answers: Answers) -> Iterator[Due]:
    """The other actions, until somebody says that they are done or given up."""
    states = given_rows(answers, OTHER_ACTIONS_STATUS)
    done = [text_in(state, "insats") for state in states if text_in(state, "status") in _FINISHED]
    dues = _of_rows(answers, OTHER_ACTIONS, "klart", lambda row: f"{ACTION_DONE}{_named(row, 'insats')}")
    yield from (due for due in dues if not any(same(action, due.row) for action in done))


def _review(row: Row) -> str:
    who = clean_line(text_in(row, "roll"))
    return f"Ny sakgranskning{f': {who}' if who else ''}"


def is_cancelled(occasion: Row) -> bool:
    """Whether an occasion has been called off."""
    return text_in(occasion, "lage") == _CANCELLED


def is_unannounced(measure: Row) -> bool:
    """Whether a measure is said to come unannounced, so that those who are measured are not told its day."""
    return any(word.startswith(_UNANNOUNCED) for word in fold(text_in(measure, "metod")).split())


def _occasions(answers: Answers) -> Iterator[Due]:
    held = {row.id for row in given_rows(answers, OCCASIONS) if not is_cancelled(row)}
    yield from (due for due in _every_occasion(answers) if due.row in held)


def _every_occasion(answers: Answers) -> Iterator[Due]:
    return _of_rows(answers, OCCASIONS, "datum", lambda row: _occasion(answers, row))


def _occasion(answers: Answers, row: Row) -> str:
    meant = text_in(row, "aktivitet")
    activities = [activity for activity in given_rows(answers, ACTIVITIES) if same(activity.id, meant)]
    name = _named(activities[0], "titel") if activities else clean_line(meant)
    return f"Tillfälle{f': {name}' if name else ''}"


def last_occasion(answers: Answers) -> tuple[When, Row] | None:
    """The last of the occasions that are not called off, and its day; None until all of them have a day."""
    held = [row for row in given_rows(answers, OCCASIONS) if not is_cancelled(row)]
    dated = [(on, row) for row in held if (on := date_in(row, "datum"))]
    return max(dated, key=lambda pair: last_day(pair[0])) if dated and len(dated) == len(held) else None


def measured_on(answers: Answers, days: float | None) -> date | None:
    """The day of a measurement, so many days after the last occasion; None while nobody can count it."""
    last = last_occasion(answers)
    return _after(last[0], days) if last else None


def days_from(days: float) -> str:
    """So many days, in words to go before what they are counted from."""
    if days == 0:
        return "direkt efter"
    return f"{with_unit(abs(days), 'dagar')} {'efter' if days > 0 else 'före'}"


def counted_from_last(answers: Answers, after: str) -> str:
    """How long after the last occasion, and what is known of the day of that, where no day can be counted."""
    if last := last_occasion(answers):
        return f"{after} sista tillfället, {day_in_words(last[0])}"
    held = (row for row in given_rows(answers, OCCASIONS) if not is_cancelled(row))
    some = any(date_in(row, "datum") for row in held)
    return f"{after} sista tillfället{_SOME_UNDATED if some else _UNDATED}"


def _measures(answers: Answers) -> Iterator[Due]:
    """The measures without an outcome whose day can be counted."""
    if (last := last_occasion(answers)) is None:
        return
    for row in given_rows(answers, MEASURES):
        on = _after(last[0], number_in(row, "nar_dagar"))
        if on and not is_measured(answers, row):
            yield Due(on, f"Mät {_named(row, 'metod')}", MEASURES, row.id)


def _after(last: When, days: float | None) -> date | None:
    """The day so many days later; None without a number or a day to count from, or beyond all calendars."""
    try:
        return None if days is None or isinstance(last, Period) else last + timedelta(days=days)
    except (OverflowError, ValueError):
        return None
