"""The dates of an initiative as a calendar: occasions, measurements and follow-ups, with reminders."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from utbildningsprocess.addresses import EFFECT_MEASURES, MATERIAL, MEASURES, OCCASIONS, OTHER_ACTIONS
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.cells import number_in, text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.exports.extras import need
from utbildningsprocess.model import Period
from utbildningsprocess.plan.due import coming
from utbildningsprocess.swedish import clean_line, format_number, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import AnswerSheet, Battery, Row, When
    from utbildningsprocess.plan.due import Due

_FIRST_REVISION = date(2000, 1, 1)
"""Revisions are numbered by the days since."""
_STAMPS = re.compile(rb"^(?:DTSTAMP|LAST-MODIFIED|SEQUENCE):.*\r\n", re.MULTILINE)
_OCCASION_REMINDERS, _OTHER_REMINDERS = (21, 1), (14, 1)
"""Days before."""
_MORNING = timedelta(hours=9)
"""When reminders ring: a whole day begins at midnight, and nobody is there to hear."""
_INVITE = "Bjud in deltagarna och påminn deras chefer."
_LATE = "Datumet har passerat, men det återstår att göra."
_NOTES = {
    OCCASIONS: ("platser", "ledare_roll"),
    MEASURES: ("avser", "niva", "ansvarig_roll"),
    EFFECT_MEASURES: ("nulage", "mal", "kalla"),
    OTHER_ACTIONS: ("typ", "ansvarig_roll"),
    MATERIAL: ("format", "ansvarig_roll"),
}
"""The fields of a row that an entry tells of."""
_LONGEST, _LONGEST_NOTE = 500, 200


class Event(NamedTuple):
    """What happens on one day, or is to be done by the end of a period: an entry of the calendar."""

    on: When
    what: str
    qid: str
    row: str
    place: str
    notes: tuple[str, ...]
    reminders: tuple[int, ...]
    """How many days before."""


def events(sheet: AnswerSheet, today: date) -> tuple[Event, ...]:
    """An event for every date that is still of interest, in the order of the dates.

    These are the dates to come, and those that have passed while what they are for is not done. An event that
    is late has no reminders, for they would have rung already. An occasion that has passed is left out.
    """
    return tuple(_event(sheet, due) for due in coming(sheet, today))


def _event(sheet: AnswerSheet, due: Due) -> Event:
    row = next((row for row in given_rows(sheet.answers, due.qid) if row.id == due.row), None)
    is_occasion = due.qid == OCCASIONS
    reminders = _OCCASION_REMINDERS if is_occasion else _OTHER_REMINDERS
    return Event(
        due.on,
        shortened(due.what, _LONGEST),
        due.qid,
        due.row,
        shortened(text_in(row, "plats"), _LONGEST) if row and is_occasion else "",
        (*([_LATE] if due.overdue else []), *(_notes(sheet.battery, due.qid, row) if row else [])),
        () if due.overdue or isinstance(due.on, Period) else reminders,
    )


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


def to_ics(title: str, sheet: AnswerSheet, today: date, known_as: str) -> bytes:
    """The calendar as bytes, the same for the same answers and day. Raises WrongUse without icalendar.

    Imported again, it replaces what it gave before. An entry is known by `known_as`, the name of the
    dossier's file, which stays when the title changes. Of two entries with one UID the newer has the higher
    SEQUENCE, or the later DTSTAMP when they are equal (RFC 5546, 2.1.5), and some calendars go by
    LAST-MODIFIED: all three come from `today`, as no earlier calendar is there to count from. Two
    calendars of one day are therefore equally new, which most calendars take as an update all the same.
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
    made = datetime.combine(today, time(), UTC)
    seen: Counter[str] = Counter()
    for event in events(sheet, today):
        name = _name(known_as, event)
        seen[name] += 1
        entry = _entry(title, event)
        entry.add("uid", f"{name}-{seen[name]}@utb.invalid")
        entry.add("dtstamp", made)
        entry.add("last-modified", made)
        entry.add("sequence", max(0, (today - _FIRST_REVISION).days))
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def unstamped(data: bytes) -> bytes:
    """A calendar without what says when it was made: what remains differs only when something has changed."""
    return _STAMPS.sub(b"", data)


def _name(known_as: str, event: Event) -> str:
    """What an entry is known by. It stays when its day moves, so that a calendar can replace the old one."""
    parts = [clean_line(known_as), event.qid.replace(".", "-"), clean_line(event.row).lower()]
    return "-".join(filter(None, parts))


def _entry(title: str, event: Event) -> Any:
    """An event on its day; of a period, which has no day, a task that is due by its end."""
    from icalendar import Event as Entry
    from icalendar import Todo

    if isinstance(event.on, Period):
        entry: Any = Todo()
        entry.add("due", event.on.last)
        entry.add("summary", f"{event.what}: {event.on}")
    else:
        entry = Entry()
        entry.add("dtstart", event.on)
        if event.on < date.max:
            entry.add("dtend", event.on + timedelta(days=1))
        entry.add("summary", event.what)
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
