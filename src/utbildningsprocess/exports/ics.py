"""The dates of an initiative as a calendar: occasions, measurements and follow-ups, with reminders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from utbildningsprocess.dates import OCCASIONS, coming
from utbildningsprocess.exports.extras import need
from utbildningsprocess.rows import given_rows
from utbildningsprocess.swedish import clean_line, slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.dates import Due
    from utbildningsprocess.model import Answers, Battery

STAMP = datetime(2000, 1, 1, tzinfo=UTC)
"""When every entry says that it was made: no clock, so that the same answers give the same bytes."""
OCCASION_REMINDERS, OTHER_REMINDERS = (21, 1), (14, 1)
"""Days before."""
LONGEST = 500


def to_ics(title: str, battery: Battery, answers: Answers, today: date) -> bytes:
    """The calendar: what is to come, and what should have happened and has not.

    Raises WrongUse without icalendar.
    """
    need("icalendar", "ics", "Kalenderfiler")
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//utb//utbildningsprocess//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _text(title))
    for entry in _entries(title, battery, answers, today):
        calendar.add_component(entry)
    return bytes(calendar.to_ical())


def _text(words: str) -> str:
    return clean_line(words)[:LONGEST]


def _entries(title: str, battery: Battery, answers: Answers, today: date) -> Iterator[Any]:
    """An entry for each date; each has an address of its own that stays the same."""
    seen: dict[str, int] = {}
    for due in coming(battery, answers, today):
        key = "-".join(filter(None, [slug(title), due.qid.replace(".", "-"), due.row.lower()]))
        seen[key] = seen.get(key, 0) + 1
        yield _entry(title, answers, due, f"{key}-{seen[key]}@utb.invalid")


def _entry(title: str, answers: Answers, due: Due, uid: str) -> Any:
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", STAMP)
    event.add("dtstart", due.on)
    event.add("dtend", due.on + timedelta(days=1))
    event.add("summary", _text(due.what))
    event.add("transp", "TRANSPARENT")
    late = " Skulle ha skett." if due.overdue else ""
    event.add("description", _text(f"{title}.{late}"))
    if place := _place(answers, due):
        event.add("location", place)
    for days in OCCASION_REMINDERS if due.qid == OCCASIONS else OTHER_REMINDERS:
        event.add_component(_reminder(due, days))
    return event


def _place(answers: Answers, due: Due) -> str:
    row = next((row for row in given_rows(answers, due.qid) if row.id == due.row), None)
    place = row.values.get("plats") if row and due.qid == OCCASIONS else None
    return _text(place) if isinstance(place, str) else ""


def _reminder(due: Due, days: int) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-days))
    alarm.add("description", _text(f"Om {days} {'dag' if days == 1 else 'dagar'}: {due.what}"))
    return alarm
