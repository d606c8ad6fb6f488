"""Occasions by the clock: nine in the morning is nine in the morning, whichever program reads the file."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given as drawn
from hypothesis import strategies as st
from icalendar import Calendar

from making import BATTERY
from test_exports_ics import KNOWN_AS, read
from utbildningsprocess.addresses import OCCASIONS
from utbildningsprocess.exports.ics import to_ics
from utbildningsprocess.model import AnswerSheet, Given, Period, Row, TimeSpan

TODAY = date(2027, 1, 1)
MORNING = TimeSpan(9 * 60, 16 * 60)
DAYS = (date(2027, 3, 27), date(2027, 3, 29), date(2027, 10, 30))
OWN = b"TZID=Utb/Prov", b"TZID:Utb/Prov"


def sheet(*held):
    rows = (Row(f"T{number}", values) for number, values in enumerate(held, 1))
    return AnswerSheet(BATTERY, {OCCASIONS: Given(tuple(rows))})


def made(*held, today=TODAY):
    return to_ics("Start", sheet(*held), today, KNOWN_AS)


def unnamed(data):
    """The calendar with a zone that no library knows by name, so that it has to read ours."""
    return data.replace(b"TZID=Europe/Stockholm", OWN[0]).replace(b"TZID:Europe/Stockholm", OWN[1])


def by_icalendar(data):
    return [(entry["dtstart"].dt, entry["dtend"].dt) for entry in Calendar.from_ical(data).events]


def by_vobject(data):
    found = vobject.readOne(data.decode()).vevent_list
    return [(entry.dtstart.value, entry.dtend.value) for entry in found]


@pytest.mark.parametrize("library", [by_icalendar, by_vobject])
@pytest.mark.parametrize("named", [unnamed, bytes], ids=["our text", "by name"])
def test_nine_in_the_morning_stays_nine_on_both_sides_of_the_summer(library, named):
    data = named(made(*({"datum": day, "tid": MORNING} for day in DAYS)))
    assert [(begins.date(), begins.time(), ends.time()) for begins, ends in library(data)] == [
        (day, time(9), time(16)) for day in DAYS
    ]
    assert [begins.astimezone(UTC).hour for begins, _ in library(data)] == [8, 7, 7]


@pytest.mark.parametrize("library", [by_icalendar, by_vobject])
@drawn(day=st.dates(date(2027, 1, 1), date(2037, 12, 31)), hour=st.integers(4, 22))
def test_our_text_gives_the_time_of_sweden(library, day, hour):
    data = unnamed(made({"datum": day, "tid": TimeSpan(hour * 60, hour * 60 + 30)}))
    ((begins, _ends),) = library(data)
    swedish = datetime.combine(day, time(hour), ZoneInfo("Europe/Stockholm"))
    assert begins.utcoffset() == swedish.utcoffset()


def test_the_zone_has_a_rule_for_each_half_of_the_year():
    (zone,) = read(made({"datum": DAYS[0], "tid": MORNING})).all("VTIMEZONE")
    assert zone.lines == {"TZID": "Europe/Stockholm"}
    assert {one.name: (one.lines["DTSTART"][-7:], one.lines["RRULE"]) for one in zone.parts} == {
        "DAYLIGHT": ("T020000", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3"),
        "STANDARD": ("T030000", "FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10"),
    }


WEEK = Period(date(2027, 5, 31), date(2027, 6, 6), "vecka 22 2027")


@pytest.mark.parametrize("held", [{"datum": DAYS[0]}, {"datum": WEEK, "tid": MORNING}], ids=["day", "week"])
def test_an_occasion_without_a_day_and_a_time_has_no_time(held):
    data = made(held)
    assert b"TZID" not in data
    assert b"T09" not in data


def test_an_occasion_whose_end_nobody_knows_has_no_end():
    (entry,) = read(made({"datum": DAYS[0], "tid": TimeSpan(9 * 60)})).all("VEVENT")
    assert entry.lines["DTSTART;TZID=Europe/Stockholm"] == "20270327T090000"
    assert not any(name.startswith(("DTEND", "DURATION")) for name in entry.lines)


@pytest.mark.parametrize(
    ("day", "end"), [(DAYS[0], "20270328T000000"), (date.max, None)], ids=["a day", "the last day of all"]
)
def test_what_ends_at_midnight_ends_on_the_next_day(day, end):
    (entry,) = read(made({"datum": day, "tid": TimeSpan(18 * 60, 24 * 60)})).all("VEVENT")
    assert entry.lines.get("DTEND;TZID=Europe/Stockholm") == end


def test_reminders_ring_at_nine_whenever_it_begins():
    found = vobject.readOne(made({"datum": DAYS[2], "tid": TimeSpan(13 * 60 + 15)}).decode()).vevent
    rings = [found.dtstart.value.replace(tzinfo=None) + alarm.trigger.value for alarm in found.valarm_list]
    assert rings == [datetime.combine(DAYS[2] - timedelta(days=days), time(9)) for days in (21, 1)]


def test_two_occasions_the_same_day_at_other_times_are_both_told():
    held = [{"datum": DAYS[0], "tid": TimeSpan(hour * 60)} for hour in (9, 13)]
    assert made(*held).count(b"BEGIN:VEVENT") == 2


def test_what_is_called_off_keeps_its_time_and_the_zone():
    first, second = {"datum": DAYS[0], "tid": MORNING}, {"datum": DAYS[1]}
    before = made(first, second)
    removed = to_ics(
        "Start",
        AnswerSheet(BATTERY, {OCCASIONS: Given((Row("T2", second),))}),
        TODAY,
        KNOWN_AS,
        earlier=before,
    )
    cancelled = to_ics("Start", sheet({**first, "lage": "installt"}, second), TODAY, KNOWN_AS, earlier=before)
    for data in (removed, cancelled):
        off = read(data).all("VEVENT")[1]
        assert off.lines["SUMMARY"] == "INSTÄLLT: Tillfälle (Start)"
        assert off.lines["DTSTART;TZID=Europe/Stockholm"] == "20270327T090000"
        assert off.lines["DTEND;TZID=Europe/Stockholm"] == "20270327T160000"
        assert data.count(b"BEGIN:VTIMEZONE") == 1
    again = to_ics("Ny", sheet({**first, "lage": "installt"}, second), TODAY, KNOWN_AS, earlier=removed)
    assert read(again).all("VEVENT")[1] == read(removed).all("VEVENT")[1]
