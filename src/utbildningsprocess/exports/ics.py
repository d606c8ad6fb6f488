"""The dates of an initiative as a calendar: occasions, measurements and follow-ups, with reminders."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from utbildningsprocess.addresses import (
    EFFECT_MEASURES,
    MATERIAL,
    MEASURES,
    NEXT_MEASUREMENT,
    OCCASIONS,
    OTHER_ACTIONS,
)
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.cells import number_in, text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.exports.extras import need
from utbildningsprocess.model import Period
from utbildningsprocess.plan.due import coming
from utbildningsprocess.swedish import clean_line, format_number, shortened, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.model import AnswerSheet, Battery, Row, When
    from utbildningsprocess.plan.due import Due

_FIRST_REVISION = date(2000, 1, 1)
"""Revisions are numbered by the days since."""
_STAMPS = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")
_OCCASION_REMINDERS, _OTHER_REMINDERS = (21, 1), (14, 1)
"""Days before."""
_MORNING = timedelta(hours=9)
"""When reminders ring: a whole day begins at midnight, and nobody is there to hear."""
_INVITE = "Bjud in deltagarna och påminn deras chefer."
_LATE = "Skulle ha skett {}, och återstår att göra."
_NOTES = {
    OCCASIONS: ("platser", "ledare_roll"),
    MEASURES: ("avser", "niva", "ansvarig_roll"),
    EFFECT_MEASURES: ("nulage", "mal", "kalla"),
    OTHER_ACTIONS: ("typ", "ansvarig_roll"),
    MATERIAL: ("format", "ansvarig_roll"),
}
"""The fields of a row that an entry tells of."""
_LONGEST, _LONGEST_NOTE, _LONGEST_TITLE = 500, 200, 60


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


def events(sheet: AnswerSheet, today: date) -> tuple[Event, ...]:
    """An event for every date that is still of interest, in the order of the dates; none says the same twice.

    These are the dates to come, and as of today what should have been done and is not. An occasion that has
    passed is left out. A reminder whose day has come is left out too: it would ring at once.
    """
    dated = [_event(sheet, due, today) for due in coming(sheet, today)]
    measured = {event.on for event in dated if event.qid in (MEASURES, EFFECT_MEASURES)}
    told: dict[tuple[When, str, str, tuple[str, ...]], Event] = {}
    for event in dated:
        if event.qid != NEXT_MEASUREMENT or event.on not in measured:
            told.setdefault((event.on, event.what, event.place, event.notes), event)
    return tuple(told.values())


def _event(sheet: AnswerSheet, due: Due, today: date) -> Event:
    row = next((row for row in given_rows(sheet.answers, due.qid) if row.id == due.row), None)
    is_occasion = due.qid == OCCASIONS
    on = today if due.overdue else due.on
    days_before = _OCCASION_REMINDERS if is_occasion else _OTHER_REMINDERS
    reminders = [] if isinstance(on, Period) else [days for days in days_before if (on - today).days > days]
    return Event(
        on,
        shortened(f"Försenat: {due.what}" if due.overdue else due.what, _LONGEST),
        due.qid,
        _row_name(sheet.battery, due),
        shortened(text_in(row, "plats"), _LONGEST) if row and is_occasion else "",
        (
            *([_LATE.format(due.on)] if due.overdue else []),
            *(_notes(sheet.battery, due.qid, row) if row else []),
        ),
        tuple(reminders),
    )


def _row_name(battery: Battery, due: Due) -> str:
    question = battery.question(due.qid)
    is_counted = due.row and question and not question.row_prefix
    return slug(due.what) if is_counted else due.row


def _notes(battery: Battery, qid: str, row: Row) -> Iterator[str]:
    """What the row says besides its name and its day: ”Leds av: Vårdutvecklare”."""
    question = battery.question(qid)
    for field in question.fields if question else ():
        value = row.values.get(field.id)
        if field.id in _NOTES.get(qid, ()) and value not in (None, "", ()):
            amount = number_in(row, field.id)
            said = show(field, value) if amount is None else format_number(amount)
            yield shortened(f"{field.text.rstrip(':?')}: {said}", _LONGEST_NOTE)


# ------------------------------------------------------------------- calendar


def to_ics(  # noqa: PLR0913  what is known of the initiative, and of the calendar before
    title: str,
    sheet: AnswerSheet,
    today: date,
    known_as: str,
    *,
    made: date | None = None,
    earlier: bytes = b"",
) -> bytes:
    """The calendar as bytes, the same for the same answers and day. Raises WrongUse without icalendar.

    Imported again, it replaces what it gave before. An entry is known by `known_as`, the letters of the
    initiative, and its row. Of two entries with one UID the newer has the higher SEQUENCE, or the later
    DTSTAMP when they are equal (RFC 5546, 2.1.5), and some calendars go by LAST-MODIFIED: all three come from
    the day it is `made`, and an entry that stands just so in the `earlier` calendar keeps them.
    """
    need("icalendar", "ics", "Kalenderfiler")
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//utb//utbildningsprocess//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # Properties that icalendar does not know are not escaped otherwise.
    calendar.add("x-wr-calname", vText(shortened(title, _LONGEST)))
    before = _entries(earlier)
    seen: Counter[str] = Counter()
    for event in events(sheet, today):
        name = _name(known_as, event)
        seen[name] += 1
        entry = _entry(title, event)
        entry.add("uid", f"{name}{f'-{seen[name]}' if seen[name] > 1 else ''}@utb.invalid")
        _stamp(entry, before.get(str(entry["uid"])), made or today)
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _entries(calendar: bytes) -> dict[str, Any]:
    """The entries of a calendar by UID; none of what is no calendar."""
    from icalendar import Calendar

    with suppress(ValueError, IndexError, KeyError):
        return {str(entry["uid"]): entry for entry in Calendar.from_ical(calendar).subcomponents}
    return {}


def _stamp(entry: Any, before: Any, made: date) -> None:
    """Says how new an entry is: as new as the one before when that says the same."""
    if before is not None and _said(before) == _said(entry) and _is_stamped(before):
        for stamp in _STAMPS:
            entry[stamp] = before[stamp]
        return
    at = datetime.combine(made, time(), UTC)
    entry.add("dtstamp", at)
    entry.add("last-modified", at)
    entry.add("sequence", max(_revision(before) + 1, (made - _FIRST_REVISION).days))


def _is_stamped(entry: Any) -> bool:
    """Whether an entry says how new it is in a way that can be read."""
    from icalendar import vDDDTypes

    return _revision(entry) >= 0 and all(isinstance(entry.get(stamp), vDDDTypes) for stamp in _STAMPS[:2])


def _revision(before: Any) -> int:
    """The revision of an entry; before all others when it has none that can be read."""
    with suppress(ValueError, TypeError):
        return int(before["SEQUENCE"]) if before is not None and "SEQUENCE" in before else -1
    return -1


def _said(entry: Any) -> Sequence[tuple[str, bytes]]:
    """What an entry says besides how new it is. Reminders that have rung are no news either."""
    return sorted((name, value.to_ical()) for name, value in entry.items() if name not in _STAMPS)


def _name(known_as: str, event: Event) -> str:
    """What an entry is known by. It stays when its day moves, so that a calendar can replace the old one."""
    parts = [clean_line(known_as), event.qid.replace(".", "-"), clean_line(event.row).lower()]
    return "-".join(filter(None, parts))


def _entry(title: str, event: Event) -> Any:
    """An event on its day; of a period, which has no day, a task that is due by its end."""
    from icalendar import Event as Entry
    from icalendar import Todo

    called = f" ({shortened(title, _LONGEST_TITLE)})" if title else ""

    if isinstance(event.on, Period):
        entry: Any = Todo()
        entry.add("due", event.on.last)
        entry.add("summary", f"{event.what}: {event.on}{called}")
    else:
        entry = Entry()
        entry.add("dtstart", event.on)
        if event.on < date.max:
            entry.add("dtend", event.on + timedelta(days=1))
        entry.add("summary", f"{event.what}{called}")
        entry.add("transp", "TRANSPARENT")
    entry.add("description", "\n".join([*event.notes, shortened(title, _LONGEST_NOTE)]))
    if event.place:
        entry.add("location", event.place)
    for days in event.reminders:
        entry.add_component(_reminder(event, days))
    return entry


def _reminder(event: Event, days: int) -> Any:
    """An alarm so many days before; the early one before an occasion also says what to do about it."""
    from icalendar import Alarm

    when = "I morgon" if days == 1 else f"Om {days} dagar"
    todo = _INVITE if event.qid == OCCASIONS and days > 1 else ""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", _MORNING - timedelta(days=days))
    alarm.add("description", "\n".join(filter(None, [f"{when}: {event.what}", todo])))
    return alarm
