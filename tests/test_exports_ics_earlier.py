"""A calendar made over an earlier one: what people have in theirs, once they have read in both."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from icalendar import Calendar

from making import BATTERY, TODAY
from test_exports_ics import KNOWN_AS, calendar, read, stamps
from utbildningsprocess.addresses import ACTIVITIES, MEASURES, OCCASIONS
from utbildningsprocess.exports.ics import is_without_entries, to_ics
from utbildningsprocess.model import AnswerSheet, Given, Period, Row, TimeSpan

SOON, LATER = TODAY + timedelta(days=30), TODAY + timedelta(days=60)
REMOVE = "Tillfället hålls inte. Ta bort posten ur kalendern för hand."


def occasions(*rows):
    return {
        ACTIVITIES: Given((Row("A1", {"titel": "Startdag"}),)),
        OCCASIONS: Given(tuple(Row(row_id, {"aktivitet": "A1", **values}) for row_id, values in rows)),
    }


def made(answers, *, today=TODAY, earlier=b"", at=None, title="Start"):
    return to_ics(title, AnswerSheet(BATTERY, answers), today, KNOWN_AS, earlier=earlier, made=at)


def said(data):
    return {
        one.lines["UID"].rpartition("-")[2].removesuffix("@utb.invalid"): one.lines["SUMMARY"]
        for one in read(data).parts
        if one.name != "VTIMEZONE"
    }


FIRST, SECOND = ("T1", {"datum": SOON, "plats": "Sal 1"}), ("T2", {"datum": LATER, "plats": "Sal 2"})
OFF_FIRST = ("T1", {**FIRST[1], "lage": "installt"})
BOTH = made(occasions(FIRST, SECOND))


@pytest.mark.parametrize("left", [(SECOND,), (OFF_FIRST, SECOND)], ids=["removed", "cancelled"])
def test_an_occasion_that_is_not_held_stays_and_says_so(left):
    after = made(occasions(*left), earlier=BOTH)
    assert said(after) == {
        "t2": "Tillfälle: A1 Startdag (Start)",
        "t1": "INSTÄLLT: Tillfälle: A1 Startdag (Start)",
    }
    (off,) = (one for one in read(after).parts if one.lines["SUMMARY"].startswith("INSTÄLLT"))
    (before,) = (one for one in read(BOTH).parts if one.lines["UID"] == off.lines["UID"])
    assert off.lines["DESCRIPTION"] == f"{REMOVE}\nStart"
    assert (off.lines["TRANSP"], off.lines["X-MICROSOFT-CDO-BUSYSTATUS"]) == ("TRANSPARENT", "FREE")
    assert off.lines["CATEGORIES"] == "Tillfälle"
    assert off.parts == []
    for name in ("DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "LOCATION"):
        assert off.lines[name] == before.lines[name]
    assert int(off.lines["SEQUENCE"]) == int(before.lines["SEQUENCE"]) + 1
    assert "METHOD:CANCEL" not in after.decode()


def test_what_is_called_off_stays_as_it_was_until_its_day_has_passed():
    off = made(occasions(OFF_FIRST, SECOND), earlier=BOTH)
    removed = made(occasions(SECOND), earlier=off, at=datetime(2025, 6, 2, tzinfo=UTC))
    assert removed.count(b"BEGIN:VEVENT") == 2
    assert sorted(entries(removed)) == sorted(entries(off))
    renamed = made(occasions(OFF_FIRST, SECOND), earlier=off, title="Ny")
    assert [entry for entry in entries(off) if "INSTÄLLT" in entry.decode()] == [
        entry for entry in entries(renamed) if "INSTÄLLT" in entry.decode()
    ]
    assert said(made(occasions(SECOND), today=SOON, earlier=removed))["t1"]
    assert list(said(made(occasions(SECOND), today=SOON + timedelta(days=1), earlier=removed))) == ["t2"]


def test_what_is_called_off_follows_its_row_to_another_day():
    off = made(occasions(OFF_FIRST, SECOND), earlier=BOTH)
    moved = made(occasions(("T1", {**OFF_FIRST[1], "datum": LATER}), SECOND), earlier=off)
    assert {one.lines["DTSTART;VALUE=DATE"] for one in read(moved).parts} == {f"{LATER:%Y%m%d}"}
    assert list(said(moved)) == ["t2", "t1"]


def test_an_occasion_that_is_to_be_held_after_all_says_so_anew():
    off = made(occasions(OFF_FIRST, SECOND), earlier=BOTH)
    again = made(occasions(FIRST, SECOND), earlier=off)
    assert said(again) == said(BOTH)
    uid = next(uid for uid in stamps(read(off)) if "-t1@" in uid)
    assert int(stamps(read(again))[uid][0]) == int(stamps(read(off))[uid][0]) + 1


def test_an_occasion_of_a_week_that_is_removed_is_a_task_that_says_so():
    week = Period(date(2027, 5, 31), date(2027, 6, 6), "vecka 22 2027")
    before = made(occasions(("T1", {"datum": week}), SECOND))
    (off,) = read(made(occasions(SECOND), earlier=before)).all("VTODO")
    assert off.lines["SUMMARY"] == "INSTÄLLT: Tillfälle: A1 Startdag: vecka 22 2027 (Start)"
    assert "TRANSP" not in off.lines


JUNE = Period(date(2027, 6, 1), date(2027, 6, 30), "juni 2027")
NOT_THEN = "Tillfället har inte längre den här dagen. Ta bort posten ur kalendern för hand."
NO_MORE_THEN = pytest.mark.parametrize(
    "lost", [{}, {"datum": None}, {"datum": JUNE}, {"datum": TODAY - timedelta(days=1)}]
)


@NO_MORE_THEN
def test_an_occasion_that_has_lost_its_day_says_so_but_not_that_it_is_called_off(lost):
    after = made(occasions(("T1", lost), SECOND), earlier=BOTH)
    (moved,) = (one for one in read(after).all("VEVENT") if "-t1@" in one.lines["UID"])
    (before,) = (one for one in read(BOTH).all("VEVENT") if "-t1@" in one.lines["UID"])
    assert moved.lines["SUMMARY"] == "ÄNDRAT: Tillfälle: A1 Startdag (Start)"
    assert moved.lines["DESCRIPTION"] == f"{NOT_THEN}\nStart"
    assert moved.lines["DTSTART;VALUE=DATE"] == before.lines["DTSTART;VALUE=DATE"]
    assert (moved.lines["TRANSP"], moved.parts) == ("TRANSPARENT", [])
    assert int(moved.lines["SEQUENCE"]) > int(before.lines["SEQUENCE"])
    again = made(occasions(("T1", lost), SECOND), earlier=after, at=datetime(2025, 6, 2, tzinfo=UTC))
    assert sorted(entries(again)) == sorted(entries(after))


@NO_MORE_THEN
def test_what_has_lost_its_day_and_is_then_removed_or_given_a_new_one_says_that(lost):
    after = made(occasions(("T1", lost), SECOND), earlier=BOTH)
    assert said(made(occasions(SECOND), earlier=after))["t1"] == "INSTÄLLT: Tillfälle: A1 Startdag (Start)"
    assert said(made(occasions(FIRST, SECOND), earlier=after))["t1"] == "Tillfälle: A1 Startdag (Start)"


def test_what_is_called_off_stays_so_when_its_day_is_taken_away():
    off = made(occasions(OFF_FIRST, SECOND), earlier=BOTH)
    no_day = made(occasions(("T1", {"lage": "installt"}), SECOND), earlier=off)
    assert sorted(entries(no_day)) == sorted(entries(off))


def test_an_occasion_of_a_month_is_a_task_of_its_own_and_replaces_no_event():
    month = made(occasions(("T1", {"datum": JUNE}), SECOND), earlier=BOTH)
    tasks, events = ({one.lines["UID"] for one in read(month).all(name)} for name in ("VTODO", "VEVENT"))
    assert len(tasks) == 1
    assert not tasks & events
    day = made(occasions(FIRST, SECOND), earlier=month)
    (task,) = read(day).all("VTODO")
    assert task.lines["SUMMARY"] == "ÄNDRAT: Tillfälle: A1 Startdag: juni 2027 (Start)"
    assert said(day)["t1"] == "Tillfälle: A1 Startdag (Start)"


def test_only_occasions_are_called_off_and_only_those_of_this_initiative():
    measured = {MEASURES: Given((Row("M1", {"metod": "Enkät", "nar_dagar": 30}),))}
    before = made({**occasions(FIRST, SECOND), **measured})
    assert said(before)["m1"]
    assert list(said(made(occasions(FIRST, SECOND), earlier=before))) == ["t1", "t2"]
    foreign = to_ics("x", AnswerSheet(BATTERY, occasions(FIRST)), TODAY, "annan")
    assert list(said(made(occasions(SECOND), earlier=foreign))) == ["t2"]


def test_what_people_have_got_is_not_passed_over_when_another_comes_to_say_the_same():
    same = made(occasions(FIRST, ("T2", FIRST[1])), earlier=BOTH)
    assert list(said(same)) == ["t1", "t2"]
    assert list(said(made(occasions(FIRST, ("T2", FIRST[1]))))) == ["t1"]
    only_second = made(occasions(("T2", FIRST[1])))
    assert list(said(made(occasions(FIRST, ("T2", FIRST[1])), earlier=only_second))) == ["t2"]


def test_where_the_only_occasion_is_removed_there_is_still_something_to_tell():
    nothing = AnswerSheet(BATTERY, {})
    first = made(occasions(FIRST))
    assert is_without_entries(nothing, TODAY, KNOWN_AS)
    assert not is_without_entries(nothing, TODAY, KNOWN_AS, first)
    assert is_without_entries(nothing, LATER, KNOWN_AS, first)
    assert is_without_entries(nothing, TODAY, "annan", first)
    assert list(said(made({}, earlier=first))) == ["t1"]


def test_a_battery_that_does_not_ask_for_occasions_calls_none_off():
    from small import SMALL

    data = to_ics("Start", AnswerSheet(SMALL, {}), TODAY, KNOWN_AS, earlier=BOTH)
    assert calendar({}) == read(data) or read(data).parts == []


TIMED = ("T3", {"datum": LATER, "plats": "Sal 3", "tid": TimeSpan(540, 960)})
CALLED_OFF = made(occasions(SECOND, TIMED), earlier=made(occasions(FIRST, SECOND, TIMED)))
LINES = CALLED_OFF.split(b"\r\n")
STRANGE = st.sampled_from(
    [
        b"",
        b"abc",
        b"-1",
        b"9" * 30,
        b"2147483647",
        b"P1D",
        b"20271301T250000",
        b"00010101",
        b"99991231T235959Z",
    ]
)
PARAMETERS = st.sampled_from([b"VALUE=DATE", b"VALUE=PERIOD", b"TZID=X", b"TZID=Europe/Oslo", b"X"])


def strangely(line, how, value, parameter):
    """A line as somebody may have left it: gone, twice, with another value, or of another sort."""
    name = line.partition(b":")[0]
    return {
        "gone": [],
        "twice": [line, line],
        "value": [name + b":" + value],
        "sort": [name.partition(b";")[0] + b";" + parameter + b":" + line.partition(b":")[2]],
        "cut": [line[: len(line) // 2]],
    }[how]


@drawn(
    st.dictionaries(
        st.integers(0, len(LINES) - 1),
        st.tuples(st.sampled_from(["gone", "twice", "value", "sort", "cut"]), STRANGE, PARAMETERS),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_somebody_has_done_to_the_calendar_before_the_next_can_be_read(edits):
    lines = [
        kept
        for number, line in enumerate(LINES)
        for kept in (strangely(line, *edits[number]) if number in edits else [line])
    ]
    off = ("T2", {**SECOND[1], "lage": "installt"})
    data = made(occasions(off, TIMED), earlier=b"\r\n".join(lines))
    assert len(read(data).all("VEVENT")) in (2, 3)
    entries = Calendar.from_ical(data).events
    told = {str(entry["uid"])[-len("t1@utb.invalid") :][:2] for entry in entries}
    assert {"t2", "t3"} <= told <= {"t1", "t2", "t3"}
    assert all(isinstance(entry["dtstart"].dt, date) for entry in entries)
    assert all(
        0 <= entry["sequence"] < 2**31 for entry in entries if not entry["uid"].endswith("t1@utb.invalid")
    )


# --------------------------------------------------------------- one change upon another


def entries(data):
    return [entry.to_ical() for entry in Calendar.from_ical(data).subcomponents if "uid" in entry]


def without_news(entry):
    """The bytes of an entry without its reminders, which go as their days pass."""
    return entry.partition(b"BEGIN:VALARM")[0].removesuffix(b"END:VEVENT\r\n")


@dataclass
class Client:
    """A calendar program: of two entries of one UID it keeps the one of the higher revision."""

    kept: dict = field(default_factory=dict)

    def read_in(self, data):
        for one in read(data).all("VEVENT"):
            uid, sequence = one.lines["UID"], int(one.lines["SEQUENCE"])
            before = self.kept.get(uid)
            assert before is None or sequence >= int(before.lines["SEQUENCE"])
            if before is not None and sequence == int(before.lines["SEQUENCE"]):
                assert one.lines == before.lines
            self.kept[uid] = one


def day_of(entry):
    """The first day of an entry, whole or with a time."""
    (when,) = (value for name, value in entry.lines.items() if name.startswith("DTSTART"))
    return when[:8]


DAYS, PLACES = st.integers(0, 4), st.sampled_from(["Sal 1", "Sal 2"])
EDITS = st.one_of(
    st.tuples(st.just("add"), st.just(0), DAYS, PLACES),
    st.tuples(st.just("move"), st.integers(0, 4), DAYS, PLACES),
    st.tuples(st.sampled_from(["cancel", "hold", "remove", "nothing", "sleep"]), st.integers(0, 4)),
)


def edited(rows, edit, today, ever):
    """The rows after an edit, and how many rows there have ever been."""
    what, at, *values = edit
    row = list(rows)[at % len(rows)] if rows else None
    if what == "add":
        days, place = values
        return {**rows, f"T{ever + 1}": {"datum": today + timedelta(days=days), "plats": place}}, ever + 1
    if row is None or what in ("nothing", "sleep"):
        return rows, ever
    if what == "remove":
        return {row_id: values for row_id, values in rows.items() if row_id != row}, ever
    change = {"lage": {"cancel": "installt", "hold": "planerat"}.get(what)}
    if what == "move":
        change = {"datum": today + timedelta(days=values[0]), "plats": values[1]}
    return {**rows, row: {**rows[row], **change}}, ever


@drawn(st.lists(EDITS, max_size=12), st.integers(0, 3), st.sampled_from([None, TimeSpan(540, 960)]))
def test_whatever_is_changed_people_have_what_the_answers_say(edits, minutes, tid):
    rows, ever, today, data, client = {}, 0, TODAY, b"", Client()
    at = datetime.combine(today, time(), UTC)
    for edit in [("add", 0, 1, "Sal 1"), *edits]:
        rows, ever = edited(rows, edit, today, ever)
        today += timedelta(days=edit[0] == "sleep")
        at += timedelta(days=edit[0] == "sleep", minutes=minutes)
        timed = [(row_id, {**values, "tid": tid}) for row_id, values in rows.items()]
        before, data = data, made(occasions(*timed), today=today, earlier=data, at=at)
        client.read_in(data)
        if edit[0] == "nothing":
            assert data == before
        if edit[0] == "sleep":
            assert set(map(without_news, entries(data))) <= set(map(without_news, entries(before)))
        ahead = {
            f"{KNOWN_AS}-genomforande-tillfallen-{row_id.lower()}@utb.invalid": values
            for row_id, values in rows.items()
            if values["datum"] >= today
        }
        for uid, kept in client.kept.items():
            if day_of(kept) >= f"{today:%Y%m%d}":
                values = ahead.get(uid)
                is_held = bool(values) and values.get("lage") != "installt"
                assert kept.lines["SUMMARY"].startswith("Tillfälle" if is_held else "INSTÄLLT: ")
                if is_held:
                    assert day_of(kept) == f"{values['datum']:%Y%m%d}"
                    assert kept.lines["LOCATION"] == values["plats"]
        told = {
            (day_of(one), one.lines["LOCATION"])
            for one in client.kept.values()
            if one.lines["SUMMARY"].startswith("Tillfälle")
        }
        held = [values for values in ahead.values() if values.get("lage") != "installt"]
        assert {(f"{values['datum']:%Y%m%d}", values["plats"]) for values in held} <= told
