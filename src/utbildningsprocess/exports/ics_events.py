"""What a calendar tells: occasions, measurements and follow-ups, and when to remind of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import (
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
)
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.cells import number_in, text_in
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import Period, TimeSpan
from utbildningsprocess.plan.due import called_off, coming, is_cancelled
from utbildningsprocess.swedish import format_number, shortened, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from utbildningsprocess.model import AnswerSheet, Battery, Row, When
    from utbildningsprocess.plan.due import Due

_REMINDERS, _OTHER_REMINDERS = {OCCASIONS: (21, 1), NEXT_DEMAND: (90, 14)}, (14, 1)
"""Days before; what is to be learnt again takes a quarter to prepare."""
_LATE = "Skulle ha skett {}, och återstår att göra."
_NOTES = {
    OCCASIONS: ("platser", "ledare_roll"),
    MEASURES: ("avser", "niva", "ansvarig_roll"),
    EFFECT_MEASURES: ("nulage", "mal", "kalla"),
    OTHER_ACTIONS: ("typ", "ansvarig_roll"),
    MATERIAL: ("format", "ansvarig_roll"),
}
"""The fields of a row that an entry tells of."""
_INVITED_NOTES = ("ledare_roll",)
CATEGORIES = {
    OCCASIONS: "Tillfälle",
    MEASURES: "Mätning",
    NEXT_MEASUREMENT: "Mätning",
    EFFECT_MEASURES: "Uppföljning",
    DECISIONS: "Beslut",
    EXPERT_REVIEW: "Granskning",
    MATERIAL: "Klart senast",
    OTHER_ACTIONS: "Klart senast",
    NEEDED_BY: "Klart senast",
    NEXT_DEMAND: "Krav",
}
"""What sort of date it is, for whoever sorts or colours the entries of a calendar."""
OFF = "INSTÄLLT: "
"""How what an entry says begins when it will not be held: programs pass over what else could tell it."""
REMOVE = "Tillfället hålls inte. Ta bort posten ur kalendern för hand."
MOVED = "ÄNDRAT: "
NOT_THEN = "Tillfället har inte längre den här dagen. Ta bort posten ur kalendern för hand."
"""The same of an occasion that stands, but no more on that day: nobody has said that it is called off."""
LONGEST, LONGEST_NOTE = 500, 200
"""The most letters of what an entry says, and of a line below."""


class Event(NamedTuple):
    """What happens on one day, or is to be done by the end of a period: an entry of the calendar."""

    on: When
    what: str
    qid: str
    row: str
    """What it is known by while its row stands: the id, or what it says where rows have no ids."""
    place: str
    notes: tuple[str, ...]
    reminders: tuple[int, ...]
    """How many days before."""
    span: TimeSpan | None = None
    """The time of the day, where somebody has said it."""
    is_off: bool = False
    """Whether it will not be held."""


def _never(_event: Event) -> bool:
    return False


def events(sheet: AnswerSheet, today: date, is_known: Callable[[Event], bool] = _never) -> tuple[Event, ...]:
    """An event for every date that is still of interest, in the order of the dates, and what is called off.

    These are the dates to come, and as of today what should have been done and is not. An occasion that has
    passed is left out. A reminder whose day has come is left out too: it would ring at once. None says the
    same twice, but what people have already got, as `is_known` tells, is told on.
    """
    dated = [_event(sheet, due, today) for due in coming(sheet, today)]
    measured = {event.on for event in dated if event.qid in (MEASURES, EFFECT_MEASURES)}
    dated += [_off(_event(sheet, due, today)) for due in called_off(sheet, today)]
    told = {_said(event) for event in dated if is_known(event)}
    kept = []
    for event in dated:
        is_told = not is_known(event) and _said(event) in told
        if not is_told and (event.qid != NEXT_MEASUREMENT or event.on not in measured):
            kept.append(event)
            told.add(_said(event))
    return tuple(kept)


def invitations(sheet: AnswerSheet, today: date) -> tuple[Event, ...]:
    """What those who are invited need to know of each occasion that has a day, also of one called off."""
    to_come = [due for due in coming(sheet, today) if due.qid == OCCASIONS]
    held = [_event(sheet, due, today, is_invitation=True) for due in to_come]
    off = [_off(_event(sheet, due, today, is_invitation=True)) for due in called_off(sheet, today)]
    return tuple(event for event in [*held, *off] if not isinstance(event.on, Period))


def occasions_standing(sheet: AnswerSheet) -> tuple[str, ...] | None:
    """What the rows of occasions to hold are known by; None where nobody can tell what has been removed."""
    question = sheet.battery.question(OCCASIONS)
    if question is None or not question.row_prefix or not is_relevant(question, sheet):
        return None
    return tuple(row.id for row in given_rows(sheet.answers, OCCASIONS) if not is_cancelled(row))


def _said(event: Event) -> tuple[When, str, TimeSpan | None, str, tuple[str, ...]]:
    return event.on, event.what, event.span, event.place, event.notes


def _off(event: Event) -> Event:
    return event._replace(what=f"{OFF}{event.what}", notes=(REMOVE,), reminders=(), is_off=True)


def _event(sheet: AnswerSheet, due: Due, today: date, *, is_invitation: bool = False) -> Event:
    row = next((row for row in given_rows(sheet.answers, due.qid) if row.id == due.row), None)
    is_occasion = due.qid == OCCASIONS
    on = today if due.overdue else due.on
    fields = _INVITED_NOTES if is_invitation else _NOTES.get(due.qid, ())
    days_before = _REMINDERS.get(due.qid, _OTHER_REMINDERS)
    reminders = [] if isinstance(on, Period) else [days for days in days_before if (on - today).days > days]
    if is_invitation:
        reminders = [days for days in reminders if days == 1]
    return Event(
        on,
        shortened(f"Försenat: {due.what}" if due.overdue else due.what, LONGEST),
        due.qid,
        _row_name(sheet.battery, due),
        shortened(text_in(row, "plats"), LONGEST) if row and is_occasion else "",
        (
            *([_LATE.format(due.on)] if due.overdue else []),
            *(_notes(sheet.battery, due.qid, row, fields) if row else []),
        ),
        tuple(reminders),
        _span(row) if row and is_occasion and not isinstance(on, Period) else None,
    )


def _span(row: Row) -> TimeSpan | None:
    span = row.values.get("tid")
    return span if isinstance(span, TimeSpan) else None


def _row_name(battery: Battery, due: Due) -> str:
    question = battery.question(due.qid)
    is_counted = due.row and question and not question.row_prefix
    return slug(due.what) if is_counted else due.row


def _notes(battery: Battery, qid: str, row: Row, told: tuple[str, ...]) -> Iterator[str]:
    """What the row says besides its name and its day: ”Leds av: Vårdutvecklare”."""
    question = battery.question(qid)
    for field in question.fields if question else ():
        value = row.values.get(field.id)
        if field.id in told and value not in (None, "", ()):
            amount = number_in(row, field.id)
            said = show(field, value) if amount is None else format_number(amount)
            yield shortened(f"{field.text.rstrip(':?')}: {said}", LONGEST_NOTE)
