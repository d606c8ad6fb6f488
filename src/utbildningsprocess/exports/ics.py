"""The dates of an initiative as a calendar file, that replaces what the one before gave."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from utbildningsprocess.addresses import OCCASIONS
from utbildningsprocess.exports.ics_earlier import (
    entries_of,
    is_ahead,
    mark_of,
    need_calendars,
    stamp,
    stays_off,
)
from utbildningsprocess.exports.ics_events import (
    CATEGORIES,
    LONGEST,
    LONGEST_NOTE,
    MOVED,
    NOT_THEN,
    OFF,
    REMOVE,
    Event,
    events,
    invitations,
    occasions_standing,
)
from utbildningsprocess.exports.ics_zone import ZONE, swedish_time
from utbildningsprocess.model import Period
from utbildningsprocess.swedish import clean_line, same, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from utbildningsprocess.model import AnswerSheet, TimeSpan

_MORNING = timedelta(hours=9)
"""When reminders ring: a whole day begins at midnight, when nobody is there to hear."""
_INVITE = "Bjud in deltagarna och påminn deras chefer."
_HOW_TO_RENEW = (
    "Importera en nyare fil i samma kalender, så ersätts de poster som har ändrats. Öppnas filen i stället "
    "kan den bli en kalender till, med allt en gång till."
)
_LONGEST_TITLE = 60
_TASK = "-uppgift"


class Calendared(NamedTuple):
    """An initiative as a calendar tells of it: `known_as` are its letters."""

    title: str
    sheet: AnswerSheet
    known_as: str


def to_ics(  # noqa: PLR0913  what is known of the initiative, and of the calendar before
    title: str,
    sheet: AnswerSheet,
    today: date,
    known_as: str,
    *,
    made: datetime | None = None,
    earlier: bytes = b"",
    occasion: str = "",
) -> bytes:
    """The calendar as bytes, or the invitation to one `occasion`. Raises WrongUse without icalendar.

    Imported again, it replaces what it gave before. An entry is known by `known_as`, the letters of the
    initiative, and its row. Of two entries with one UID the newer has the higher SEQUENCE, or the later
    DTSTAMP when they are equal (RFC 5546, 2.1.5), and some calendars go by LAST-MODIFIED: all three come from
    the minute it is `made`, and an entry that stands just so in the `earlier` calendar keeps them.
    """
    need_calendars()
    before = entries_of(earlier)
    entries = _entries(Calendared(title, sheet, known_as), today, before, occasion)
    made = made or datetime.combine(today, time(), UTC)
    return _filled(_empty_calendar("" if occasion else title), entries, before, made)


def all_to_ics(
    name: str, initiatives: Iterable[Calendared], today: date, *, made: datetime, earlier: bytes = b""
) -> bytes:
    """One calendar of several initiatives as bytes; empty when there is nothing to tell. Else as `to_ics`."""
    need_calendars()
    before = entries_of(earlier)
    entries: dict[str, Any] = {}
    for initiative in initiatives:
        entries |= _entries(initiative, today, before)
    return _filled(_empty_calendar(name), entries, before, made) if entries else b""


def _entries(
    initiative: Calendared, today: date, before: dict[str, Any], occasion: str = ""
) -> dict[str, Any]:
    """What a calendar tells of an initiative, by UID, and what it takes back of what it told before."""
    title, sheet, known_as = initiative
    if occasion:
        told = _invitations(sheet, today, occasion)
    else:
        told = events(sheet, today, lambda event: _uid(known_as, event.qid, _row(event)) in before)
    uids = _uids(known_as, ((event.qid, _row(event)) for event in told))
    entries = {uid: _entry(title, event) for uid, event in zip(uids, told, strict=True)}
    marks = _marks(before, sheet, today, known_as, occasion)
    untrue = {uid: mark for uid, mark in marks.items() if uid not in entries}
    return entries | {uid: _marked(title, before[uid], mark) for uid, mark in untrue.items()}


def _filled(calendar: Any, entries: Mapping[str, Any], before: dict[str, Any], made: datetime) -> bytes:
    """The calendar with its entries, each as new as it is, and the zone that their times are in."""
    for uid, entry in entries.items():
        if uid in before and stays_off(before[uid], entry):
            calendar.add_component(before[uid])
            continue
        entry.add("uid", uid)
        stamp(entry, before.get(uid), made)
        calendar.add_component(entry)
    if any("TZID" in entry["dtstart"].params for entry in calendar.events):
        calendar.subcomponents.insert(0, swedish_time())
    return bytes(calendar.to_ical())


def _empty_calendar(title: str) -> Any:
    from icalendar import Calendar, vText

    calendar = Calendar()
    calendar.add("prodid", "-//utb//utbildningsprocess//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    if title:
        # Properties that icalendar does not know are not escaped otherwise.
        calendar.add("x-wr-calname", vText(shortened(title, LONGEST)))
        calendar.add("x-wr-caldesc", vText(_HOW_TO_RENEW))
    return calendar


def is_without_entries(
    sheet: AnswerSheet, today: date, known_as: str, earlier: bytes = b"", occasion: str = ""
) -> bool:
    """Whether a calendar would hold nothing: no date of interest, and nothing told before to take back.

    Raises WrongUse without icalendar when an `earlier` calendar has to be read.
    """
    told = _invitations(sheet, today, occasion) if occasion else events(sheet, today)
    if told or not earlier:
        return not told
    need_calendars()
    return not _marks(entries_of(earlier), sheet, today, known_as, occasion)


def _invitations(sheet: AnswerSheet, today: date, occasion: str) -> tuple[Event, ...]:
    return tuple(event for event in invitations(sheet, today) if same(event.row, occasion))


def _marks(
    before: dict[str, Any], sheet: AnswerSheet, today: date, known_as: str, occasion: str
) -> dict[str, str]:
    """How to mark the occasions of the calendar before that are ahead, where they are not told any more.

    No client takes an entry away because a newer file lacks it.
    """
    rows = occasions_standing(sheet)
    if rows is None:
        return {}
    named = [(OCCASIONS, row) for row in rows]
    standing = {*_uids(known_as, named), *_uids(known_as, ((qid, row + _TASK) for qid, row in named))}
    begins = _name(known_as, OCCASIONS, occasion) + ("@" if occasion else "-")
    return {
        uid: MOVED if uid in standing else OFF
        for uid, entry in before.items()
        if uid.startswith(begins) and is_ahead(entry, today)
    }


def _row(event: Event) -> str:
    """What tells an entry of its row: a task and an event are two, and neither can replace the other."""
    return event.row + _TASK if isinstance(event.on, Period) else event.row


def _uids(known_as: str, named: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What entries are known by; the second of one row has a number."""
    seen: Counter[str] = Counter()
    for qid, row in named:
        name = _name(known_as, qid, row)
        seen[name] += 1
        yield _uid(known_as, qid, f"{row}-{seen[name]}" if seen[name] > 1 else row)


def _uid(known_as: str, qid: str, row: str) -> str:
    return f"{_name(known_as, qid, row)}@utb.invalid"


def _name(known_as: str, qid: str, row: str) -> str:
    """What an entry is known by. It stays when its day moves, so that a calendar can replace the old one."""
    parts = [clean_line(known_as), qid.replace(".", "-"), clean_line(row).lower()]
    return "-".join(filter(None, parts))


def _marked(title: str, before: Any, mark: str) -> Any:
    """An entry of the calendar before, on its day and in its place, that tells that it is not so any more."""
    entry = type(before)()
    for name in ("dtstart", "dtend", "due", "location"):
        if name in before:
            entry[name] = before[name]
    said = str(before.get("summary", "")).removeprefix(mark_of(before))
    entry.add("summary", f"{mark}{said}")
    if "dtstart" in before:
        _tell_busy(entry, is_busy=False)
    entry.add("categories", [CATEGORIES[OCCASIONS]])
    why = NOT_THEN if mark == MOVED else REMOVE
    entry.add("description", "\n".join([why, shortened(title, LONGEST_NOTE)]))
    return entry


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
        for name, when in _when(event.on, event.span):
            # Who reads the time has to know where: the zone stands in the file.
            entry.add(name, when, {"TZID": ZONE} if isinstance(when, datetime) else None)
        entry.add("summary", f"{event.what}{called}")
        _tell_busy(entry, is_busy=event.span is not None and not event.is_off)
    entry.add("categories", [CATEGORIES[event.qid]])
    entry.add("description", "\n".join([*event.notes, shortened(title, LONGEST_NOTE)]))
    if event.place:
        entry.add("location", event.place)
    for days in event.reminders:
        entry.add_component(_reminder(event, days))
    return entry


def _tell_busy(entry: Any, *, is_busy: bool) -> None:
    """Says whether the time is taken, also to programs that ask in a way of their own."""
    entry.add("transp", "OPAQUE" if is_busy else "TRANSPARENT")
    entry.add("x-microsoft-cdo-busystatus", "BUSY" if is_busy else "FREE")


def _when(on: date, span: TimeSpan | None) -> Iterator[tuple[str, date]]:
    """When an entry begins and, where it is known, ends: a whole day, or a time by the clocks of Sweden."""
    midnight = datetime.combine(on, time())
    yield "dtstart", midnight + timedelta(minutes=span.start) if span else on
    # What ends at midnight ends on the next day, and the last day of all has none.
    with suppress(OverflowError):
        if span is None:
            yield "dtend", on + timedelta(days=1)
        elif (end := span.end_from_start_of_day) is not None:
            yield "dtend", midnight + timedelta(minutes=end)


def _reminder(event: Event, days: int) -> Any:
    """An alarm at nine so many days before; the early one before an occasion also says what to do."""
    from icalendar import Alarm

    when = "I morgon" if days == 1 else f"Om {days} dagar"
    todo = _INVITE if event.qid == OCCASIONS and days > 1 else ""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    begins = timedelta(minutes=event.span.start if event.span else 0)
    alarm.add("trigger", _MORNING - begins - timedelta(days=days))
    alarm.add("description", "\n".join(filter(None, [f"{when}: {event.what}", todo])))
    return alarm
