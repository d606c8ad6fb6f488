"""The calendar made before as the memory of the next: what each entry said, and how new it was."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from utbildningsprocess.exports.extras import need
from utbildningsprocess.exports.ics_events import MOVED, OFF

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_FIRST_REVISION = datetime(2000, 1, 1, tzinfo=UTC)
"""Revisions are numbered by the minutes since."""
_STAMPS = ("DTSTAMP", "LAST-MODIFIED", "SEQUENCE")
_HIGHEST = 2**31 - 1
"""The highest number that a calendar can hold."""
_UNREADABLE = (ValueError, IndexError, KeyError, AttributeError, TypeError)
"""What comes of reading what somebody has written in a calendar, or what is none."""
_NO_CALENDAR = "Det som låg där gick inte att läsa som en kalender, så alla poster räknas som nya."
_FOREIGN = "Kalendern som låg där hade ingen läsbar post från {}, så alla poster räknas som nya."


def need_calendars() -> None:
    """Makes sure that calendars can be read and written. Raises Missing without the library."""
    need("icalendar", "ics", "Kalenderfiler")


def entries_of(calendar: bytes) -> dict[str, Any]:
    """The entries of a calendar by UID; none of what is no calendar."""
    return _entries(calendar) or {}


def why_forgotten(calendar: bytes, known_as: Collection[str]) -> str:
    """Why a file that stood where a calendar of initiatives is made is no memory of it; else nothing."""
    if not calendar:
        return ""
    need_calendars()
    entries = _entries(calendar)
    if entries is None:
        return _NO_CALENDAR
    beginnings = tuple(f"{letters}-" for letters in known_as)
    whose = "den här insatsen" if len(known_as) == 1 else "de här insatserna"
    return "" if any(uid.startswith(beginnings) for uid in entries) else _FOREIGN.format(whose)


def told_no_more(earlier: bytes, calendar: bytes, today: date) -> int:
    """How many entries of the calendar before that are ahead the one after does not tell."""
    told = entries_of(calendar)
    return sum(uid not in told and is_ahead(entry, today) for uid, entry in entries_of(earlier).items())


def _entries(calendar: bytes) -> dict[str, Any] | None:
    from icalendar import Calendar

    with suppress(*_UNREADABLE):
        return {
            str(entry["uid"]): entry
            for entry in Calendar.from_ical(calendar).subcomponents
            if _is_whole(entry)
        }
    return None


def _is_whole(entry: Any) -> bool:
    """Whether all that an entry says can be read, each thing once."""
    with suppress(*_UNREADABLE):
        for part in entry.walk():
            part.to_ical()
            if any(isinstance(value, list) for value in part.values()):
                return False
        return "uid" in entry and all(
            isinstance(entry[name].dt, date) for name in ("dtstart", "due") if name in entry
        )
    return False


def mark_of(entry: Any) -> str:
    """How an entry begins that tells that something is not held then; else nothing."""
    said = str(entry.get("summary", ""))
    return next((mark for mark in (OFF, MOVED) if said.startswith(mark)), "")


def stays_off(before: Any, entry: Any) -> bool:
    """Whether an entry takes back the same day once more: what else is new is no news."""
    return mark_of(before) == mark_of(entry) != "" and _begins(before) == _begins(entry)


def _begins(entry: Any) -> list[bytes]:
    return [entry[name].to_ical() for name in ("dtstart", "due") if name in entry]


def is_ahead(entry: Any, today: date) -> bool:
    """Whether an entry has a day that has not passed."""
    when = entry.get("dtstart", entry.get("due"))
    day = getattr(when, "dt", date.min)
    return (day.date() if isinstance(day, datetime) else day) >= today


def stamp(entry: Any, before: Any, made: datetime) -> None:
    """Says how new an entry is: as new as the one before when that says the same."""
    if before is not None and _said(before) == _said(entry) and _is_stamped(before):
        for name in _STAMPS:
            entry[name] = before[name]
        return
    entry.add("dtstamp", made)
    entry.add("last-modified", made)
    entry.add("sequence", max(_revision(before) + 1, int((made - _FIRST_REVISION).total_seconds()) // 60))


def _is_stamped(entry: Any) -> bool:
    """Whether an entry says how new it is in a way that can be read."""
    from icalendar import vDDDTypes

    is_number = isinstance(entry.get("sequence"), int) and not entry["sequence"].params
    has_number = is_number and _revision(entry) >= 0
    return has_number and all(isinstance(entry.get(name), vDDDTypes) for name in _STAMPS[:2])


def _revision(before: Any) -> int:
    """The revision of an entry; before all others when it has none that can be read."""
    with suppress(ValueError, TypeError):
        revision = int(before["SEQUENCE"]) if before is not None and "SEQUENCE" in before else -1
        return revision if revision < _HIGHEST else -1
    return -1


def _said(entry: Any) -> Sequence[tuple[str, Sequence[tuple[str, str]], bytes]]:
    """What an entry says besides how new it is. Reminders that have rung are no news either."""
    return sorted(
        (name, sorted(value.params.items()), value.to_ical())
        for name, value in entry.items()
        if name not in _STAMPS
    )
