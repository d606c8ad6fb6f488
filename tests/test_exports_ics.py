"""The calendar: what is to come and what is late, with reminders, in lines that every calendar reads."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

import pytest
import vobject

from making import BATTERY, READ, TODAY, only_behov, whole, with_texts
from small import SMALL
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.ics import to_ics
from utbildningsprocess.exports.ics_events import events
from utbildningsprocess.model import AnswerSheet, Given, Row, TimeSpan
from utbildningsprocess.plan.due import coming

UNESCAPED = (("\\n", "\n"), ("\\N", "\n"), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\"))


class Part(NamedTuple):
    """One component of a calendar, read without the library that wrote it."""

    name: str
    lines: dict[str, str]
    parts: list[Part]

    def all(self, name):
        return [one for one in self.parts if one.name == name]


KNOWN_AS = "trygg-start"


def calendar(answers, title=READ.title, today=TODAY, known_as=KNOWN_AS, earlier=b""):
    return read(to_ics(title, AnswerSheet(BATTERY, answers), today, known_as, earlier=earlier))


def read(data):
    """The calendar in the bytes; every line is a property, and every component ends where it should."""
    text = data.decode("utf-8")
    assert text.endswith("\r\n")
    assert text.count("\n") == text.count("\r") == text.count("\r\n")
    open_parts = [Part("", {}, [])]
    for line in text.replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            open_parts.append(Part(value, {}, []))
        elif name == "END":
            ended = open_parts.pop()
            assert ended.name == value
            open_parts[-1].parts.append(ended)
        else:
            assert name not in open_parts[-1].lines
            open_parts[-1].lines[name] = unescaped(value)
    (only,) = open_parts.pop().parts
    assert open_parts == []
    return only


def unescaped(value):
    found, rest = "", value
    while rest:
        pair = next(((mark, char) for mark, char in UNESCAPED if rest.startswith(mark)), None)
        found, rest = found + (pair[1] if pair else rest[0]), rest[len(pair[0]) if pair else 1 :]
    return found


def entry(answers, start, **more):
    """The only entry whose summary starts so."""
    (found,) = [
        one for one in calendar(answers, **more).all("VEVENT") if one.lines["SUMMARY"].startswith(start)
    ]
    return found


def occasion(**values):
    return {"genomforande.tillfallen": Given((Row("1", {"datum": date(2025, 9, 3), **values}),))}


# ---------------------------------------------------------------- what it holds


def test_a_calendar_says_what_it_is():
    found = calendar(whole())
    assert found.name == "VCALENDAR"
    assert found.lines == {
        "VERSION": "2.0",
        "PRODID": "-//utb//utbildningsprocess//SV",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
        "X-WR-CALNAME": READ.title,
        "X-WR-CALDESC": "Importera en nyare fil i samma kalender, så ersätts de poster som har ändrats. "
        "Öppnas filen i stället kan den bli en kalender till, med allt en gång till.",
    }


@pytest.mark.parametrize("today", [date(2025, 1, 1), TODAY, date(2025, 9, 15), date(2030, 1, 1)])
def test_there_is_an_entry_for_all_that_is_to_come_and_what_is_late_stands_on_today(today):
    found = calendar(whole(), "Start", today=today).all("VEVENT")
    assert [(day_of(one), one.lines["SUMMARY"]) for one in found] == [
        (f"{max(due.on, today):%Y%m%d}", f"{'Försenat: ' * due.overdue}{due.what} (Start)")
        for due in coming(AnswerSheet(BATTERY, whole()), today)
        if due.qid != "uppfoljning.nasta_matning"
    ]


def test_what_is_to_be_measured_next_is_not_told_twice_the_same_day():
    said = [one.lines["SUMMARY"] for one in calendar(whole()).all("VEVENT")]
    assert [text[:15] for text in said if "20260331" in text or "E1" in text] == ["Mål att nå: E1 "]
    assert not any(text.startswith("Nästa mätning") for text in said)
    without_goals = {qid: answer for qid, answer in whole().items() if qid != "behov.effektmatt"}
    assert entry(without_goals, "Nästa mätning", title="Start").lines["SUMMARY"] == "Nästa mätning (Start)"


def test_two_groups_in_one_room_the_same_day_are_one_entry_and_in_two_rooms_two():
    def rows(*rooms):
        held = [{"datum": date(2025, 9, 3), "aktivitet": "A1", "plats": room} for room in rooms]
        return {"genomforande.tillfallen": Given(tuple(Row(f"T{n}", one) for n, one in enumerate(held)))}

    assert [len(events(AnswerSheet(BATTERY, rows("a", *[room])), TODAY)) for room in "ab"] == [1, 2]


def test_two_occasions_the_same_day_that_differ_are_both_told():
    held = [{"datum": date(2025, 9, 3), "plats": "Sal", "platser": seats} for seats in (20, 12)]
    rows = Given(tuple(Row(f"T{n}", said) for n, said in enumerate(held, 1)))
    told = calendar({"genomforande.tillfallen": rows}, "x").all("VEVENT")
    assert [entry.lines["DESCRIPTION"].partition("\n")[0] for entry in told] == [
        "Antal platser: 20",
        "Antal platser: 12",
    ]


def test_an_occasion_says_where_how_many_and_which_role_leads():
    found = entry(whole(), "Tillfälle: A6", title="Trygg start", today=date(2025, 5, 10))
    assert found.lines == {
        "SUMMARY": "Tillfälle: A6 Simulering: Esther blir sämre (Trygg start)",
        "DTSTART;TZID=Europe/Stockholm": "20250610T123000",
        "DTEND;TZID=Europe/Stockholm": "20250610T160000",
        "DTSTAMP": "20250510T000000Z",
        "LAST-MODIFIED": "20250510T000000Z",
        "SEQUENCE": "13335840",
        "UID": "trygg-start-genomforande-tillfallen-t7@utb.invalid",
        "LOCATION": "Simuleringsrum 1",
        "DESCRIPTION": "Antal platser: 20\nLeds av: Simuleringsinstruktör\nTrygg start",
        "TRANSP": "OPAQUE",
        "X-MICROSOFT-CDO-BUSYSTATUS": "BUSY",
        "CATEGORIES": "Tillfälle",
    }
    assert [one.lines for one in found.all("VALARM")] == [
        {
            "ACTION": "DISPLAY",
            "TRIGGER": "-P21DT3H30M",
            "DESCRIPTION": "Om 21 dagar: Tillfälle: A6 Simulering: Esther blir sämre\n"
            "Bjud in deltagarna och påminn deras chefer.",
        },
        {
            "ACTION": "DISPLAY",
            "TRIGGER": "-P1DT3H30M",
            "DESCRIPTION": "I morgon: Tillfälle: A6 Simulering: Esther blir sämre",
        },
    ]


def test_every_entry_says_what_sort_it_is():
    soon = date(2026, 1, 1)
    answers = {
        **occasion(),
        "behov.klart_senast": Given(soon),
        "behov.effektmatt": Given((Row("E1", {"matt": "Andel", "nar": soon}),)),
        "analys.beslut": Given("annan_insats"),
        "analys.beslutsgang": Given((Row("D1", {"galler": "Tid", "senast": soon}),)),
        "analys.andra_insatser": Given((Row("I1", {"insats": "Schema", "klart": soon}),)),
        "koncept.matt": Given((Row("M1", {"metod": "Enkät", "nar_dagar": 30}),)),
        "produktion.material": Given((Row("P1", {"titel": "Kort", "klart": soon}),)),
        "produktion.sakgranskning": Given((Row("1", {"roll": "Läkare", "giltigt_till": soon}),)),
        "uppfoljning.nasta_matning": Given(date(2026, 2, 1)),
    }
    found = calendar(answers, "Start").all("VEVENT")
    assert sorted((one.lines["CATEGORIES"], one.lines["SUMMARY"].partition(":")[0]) for one in found) == [
        ("Beslut", "Beslut behövs"),
        ("Granskning", "Ny sakgranskning"),
        ("Klart senast", "Det ska fungera i vardagen (Start)"),
        ("Klart senast", "Insats klar"),
        ("Klart senast", "Material klart"),
        ("Mätning", "Mät M1 Enkät (Start)"),
        ("Mätning", "Nästa mätning (Start)"),
        ("Tillfälle", "Tillfälle (Start)"),
        ("Uppföljning", "Mål att nå"),
    ]
    assert all(one.lines["SUMMARY"].endswith(" (Start)") for one in found)


def test_an_occasion_over_midnight_ends_on_the_next_day():
    found = entry(occasion(tid=TimeSpan(22 * 60, 6 * 60)), "Tillfälle")
    assert found.lines["DTSTART;TZID=Europe/Stockholm"] == "20250903T220000"
    assert found.lines["DTEND;TZID=Europe/Stockholm"] == "20250904T060000"


BUSY, FREE = ("OPAQUE", "BUSY"), ("TRANSPARENT", "FREE")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"tid": TimeSpan(540, 960)}, BUSY),
        ({"tid": TimeSpan(540)}, BUSY),
        ({}, FREE),
        ({"tid": TimeSpan(540, 960), "lage": "installt"}, FREE),
    ],
)
def test_only_an_occasion_with_a_time_of_day_takes_the_time(values, expected):
    answers = {**occasion(**values), "behov.klart_senast": Given(date(2026, 1, 1))}
    held, deadline = sorted(
        calendar(answers).all("VEVENT"), key=lambda one: "Det ska" in one.lines["SUMMARY"]
    )
    said = [(one.lines["TRANSP"], one.lines["X-MICROSOFT-CDO-BUSYSTATUS"]) for one in (held, deadline)]
    assert said == [expected, FREE]


def test_a_measurement_is_reminded_of_in_time():
    found = entry(whole(), "Mät M6", title="Trygg start")
    assert found.lines["DESCRIPTION"] == "Mäter: E1\nNivå: 8 Effekt\nAnsvarig roll: HR-partner\nTrygg start"
    assert [one.lines["TRIGGER"] for one in found.all("VALARM")] == ["-P13DT15H", "-PT15H"]


def test_what_is_late_says_so():
    late = "Skulle ha skett 2025-03-01, och återstår att göra.\n"
    assert entry(whole(), "Försenat: Insats klar: I1").lines["DESCRIPTION"].startswith(late)
    unmeasured = {qid: answer for qid, answer in whole().items() if qid != "uppfoljning.resultat"}
    found = entry(unmeasured, "Försenat: Mät M3", today=date(2025, 9, 15))
    assert found.lines["DTSTART;VALUE=DATE"] == "20250915"
    assert found.lines["DESCRIPTION"].startswith("Skulle ha skett 2025-08-24, ")
    assert found.all("VALARM") == []


def test_the_same_day_is_known_by_the_same_address_when_it_moves():
    first, later = occasion(), occasion(datum=date(2025, 10, 1))
    assert entry(first, "Tillfälle").lines["UID"] == entry(later, "Tillfälle").lines["UID"]


def test_the_same_day_is_known_by_the_same_address_when_the_initiative_is_renamed():
    found = calendar(whole(), title="Trygg start").all("VEVENT")
    renamed = calendar(whole(), title="Tryggare start").all("VEVENT")
    assert [one.lines["UID"] for one in found] == [one.lines["UID"] for one in renamed]


def test_what_has_no_id_keeps_its_address_when_what_stood_before_it_is_removed():
    reviews = [
        Row(str(n), {"roll": role, "giltigt_till": date(2026, 1, 1)}) for n, role in enumerate("ab", 1)
    ]
    both, last = (
        calendar({"produktion.sakgranskning": Given(tuple(rows))}).all("VEVENT")
        for rows in (reviews, [Row("1", reviews[1].values)])
    )
    assert both[1].lines["UID"] == last[0].lines["UID"] != both[0].lines["UID"]


@pytest.mark.parametrize(
    ("one", "other"), [("trygg-start", "trygg-start-2"), ("x" * 60, "x" * 60 + "-2"), ("vård", "vard")]
)
def test_two_initiatives_of_one_title_share_no_address(one, other):
    first, second = (
        {entry.lines["UID"] for entry in calendar(whole(), known_as=name).all("VEVENT")}
        for name in (one, other)
    )
    assert first
    assert not first & second


def test_a_calendar_made_later_counts_as_the_newer_revision():
    made = [entry(occasion(), "Tillfälle", today=date(2025, 6, day)).lines for day in (1, 2)]
    assert int(made[1]["SEQUENCE"]) == int(made[0]["SEQUENCE"]) + 24 * 60
    assert all(made[0][name] < made[1][name] for name in ("DTSTAMP", "LAST-MODIFIED"))
    assert made[0] | {name: made[1][name] for name in ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")} == made[1]


STAMPS = ("SEQUENCE", "DTSTAMP", "LAST-MODIFIED")


def stamps(calendar_part):
    return {one.lines["UID"]: [one.lines[name] for name in STAMPS] for one in calendar_part.all("VEVENT")}


def test_an_entry_that_says_the_same_as_in_the_calendar_before_is_no_newer():
    first = to_ics("x", AnswerSheet(BATTERY, whole()), date(2025, 5, 10), KNOWN_AS)
    rows = whole()["genomforande.tillfallen"].value
    moved = (*rows[:-1], Row(rows[-1].id, {**rows[-1].values, "plats": "Sal 9"}))
    later = calendar(
        whole() | {"genomforande.tillfallen": Given(moved)}, "x", date(2025, 5, 25), earlier=first
    )
    before, after = stamps(read(first)), stamps(later)
    changed = [uid for uid in after if after[uid] != before.get(uid)]
    late = "trygg-start-analys-andra_insatser-i1@utb.invalid"
    assert changed == [late, f"trygg-start-genomforande-tillfallen-{rows[-1].id.lower()}@utb.invalid"]
    assert all(after[uid][0] > before[uid][0] for uid in changed)


def test_twice_changed_in_a_day_counts_as_newer_twice():
    data, days = b"", []
    for place in "abba":
        sheet = AnswerSheet(BATTERY, occasion(plats=place))
        data = to_ics("x", sheet, TODAY, KNOWN_AS, earlier=data)
        days += stamps(read(data)).values()
    first = int(days[0][0])
    assert [int(revision) for revision, *_ in days] == [first, first + 1, first + 1, first + 2]


def test_without_memory_a_calendar_made_a_minute_later_counts_as_newer():
    sheet = AnswerSheet(BATTERY, occasion())
    at = datetime(2025, 6, 1, 12, 30, tzinfo=UTC)
    made = [
        stamps(read(to_ics("x", sheet, TODAY, KNOWN_AS, made=at + timedelta(minutes=later))))
        for later in (0, 1)
    ]
    (first,), (second,) = (stamped.values() for stamped in made)
    assert int(second[0]) == int(first[0]) + 1
    assert first[1:] == ["20250601T123000Z"] * 2


def test_a_day_said_in_another_way_is_a_change():
    sheet = AnswerSheet(BATTERY, occasion())
    made = to_ics("x", sheet, TODAY, KNOWN_AS)
    other_kind = made.replace(b"DTSTART;VALUE=DATE:", b"DTSTART;VALUE=DATE;X-SORT=A:")
    (first,), (second,) = (
        stamps(read(data)).values()
        for data in (made, to_ics("x", sheet, TODAY, KNOWN_AS, earlier=other_kind))
    )
    assert int(second[0]) == int(first[0]) + 1


@pytest.mark.parametrize(
    "earlier", [b"\xff\x00", b"BEGIN:VCALENDAR", b"x" * 1000, b"BEGIN:VEVENT\r\nEND:VEVENT"]
)
def test_what_is_no_calendar_is_no_earlier_one(earlier):
    sheet = AnswerSheet(BATTERY, occasion())
    assert to_ics("x", sheet, TODAY, KNOWN_AS, earlier=earlier) == to_ics("x", sheet, TODAY, KNOWN_AS)


@pytest.mark.parametrize(
    "broken",
    [
        b"SEQUENCE:abc",
        b"SEQUENCE:",
        b"SEQUENCE:1\r\nSEQUENCE:2",
        b"SEQUENCE:2147483647",
        b"SEQUENCE;VALUE=DATE:13367520",
        b"X-S:1",
        b"DTSTAMP:i dag",
    ],
)
def test_an_entry_that_does_not_say_how_new_it_is_is_made_anew(broken):
    sheet = AnswerSheet(BATTERY, occasion())
    made = to_ics("x", sheet, TODAY, KNOWN_AS)
    earlier = re.sub(rb"DTSTAMP:\w+" if broken.startswith(b"D") else rb"SEQUENCE:\d+", broken, made)
    anew = to_ics("x", sheet, TODAY, KNOWN_AS, earlier=earlier)
    (first,), (second,) = stamps(read(made)).values(), stamps(read(anew)).values()
    assert second[1:] == first[1:]
    assert 0 <= int(second[0]) - int(first[0]) <= 1


def test_nothing_rings_that_would_have_rung_already():
    rings = {}
    for day in (date(2025, 8, 12), date(2025, 8, 13), date(2025, 9, 1), date(2025, 9, 2)):
        (event,) = events(AnswerSheet(BATTERY, occasion()), day)
        rings[day.isoformat()] = event.reminders
    assert rings == {"2025-08-12": (21, 1), "2025-08-13": (1,), "2025-09-01": (1,), "2025-09-02": ()}


def test_two_rows_of_one_id_have_an_address_each():
    rows = [Row("E1", {"matt": name, "nar": date(2026, 1, 1)}) for name in "ab"]
    found = calendar({"behov.effektmatt": Given(tuple(rows))}).all("VEVENT")
    assert len({one.lines["UID"] for one in found}) == 2


def test_the_events_can_be_asked_for_without_the_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    found = events(AnswerSheet(BATTERY, whole()), TODAY)
    assert len(found) == len(coming(AnswerSheet(BATTERY, whole()), TODAY)) - 1
    assert (found[2].place, found[2].reminders) == ("Simuleringsrum 1", (1,))
    assert events(AnswerSheet(BATTERY, {}), TODAY) == events(AnswerSheet(SMALL, whole()), TODAY) == ()


# --------------------------------------------------------------------- the file


@pytest.mark.parametrize("answers", [whole(), only_behov(), {}], ids=["exempel", "behov", "inget"])
def test_a_calendar_is_the_same_twice_with_an_address_for_each_entry(answers):
    data = to_ics(READ.title, AnswerSheet(BATTERY, answers), TODAY, KNOWN_AS)
    assert to_ics(READ.title, AnswerSheet(BATTERY, answers), TODAY, KNOWN_AS) == data
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = read(data).all("VEVENT")
    assert len(found) == len(events(AnswerSheet(BATTERY, answers), TODAY))
    assert len({one.lines["UID"] for one in found}) == len(found)
    assert all(day_of(one) >= f"{TODAY:%Y%m%d}" for one in found)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_ends_of_the_calendar_are_days_too(day):
    found = entry(occasion(datum=day), "Tillfälle", today=date.min)
    assert found.lines["DTSTART;VALUE=DATE"] == f"{day.year:04}{day:%m%d}"
    assert ("DTEND;VALUE=DATE" in found.lines) is (day != date.max)


EVIL = [
    "=1+1",
    "<script>alert(1)</script>",
    "a, b; c: d\\n \\, \"e\" 'f'",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT",
    "x\nATTACH:file:///etc/passwd\n BEGIN:VALARM\nACTION:PROCEDURE",
    r"{\rtf1\ansi\b fet}",
    "a\x00\x07\x1b\x85\u2028\u202eb",
    "å\u0308\U0001f600" * 200,
    "x" * 10_000,
    "ord " * 3_000,
]


@pytest.mark.parametrize("text", EVIL)
def test_what_somebody_wrote_adds_nothing_to_the_calendar(text):
    data = to_ics(text, AnswerSheet(BATTERY, with_texts(lambda _: text)), TODAY, text)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert shape(read(data)) == shape(
        read(to_ics("x", AnswerSheet(BATTERY, with_texts(lambda _: "x")), TODAY, KNOWN_AS))
    )


def day_of(entry):
    """The day an entry begins, as its file writes it, with or without a time of day."""
    return next(value[:8] for name, value in entry.lines.items() if name.startswith("DTSTART"))


def shape(part):
    return part.name, sorted(part.lines), [shape(one) for one in part.parts]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("=1+1", "=1+1"),
        ("a, b; c\\n d", "a, b; c\\n d"),
        ("<b>x</b>", "<b>x</b>"),
        ("x\r\nEND:VEVENT", "x END:VEVENT"),
        ("a\x00\x1b\u202eb", "ab"),
        (r"{\rtf1 å}", r"{\rtf1 å}"),
    ],
)
def test_a_text_is_read_back_as_the_text_it_was(text, said):
    assert entry(occasion(plats=text), "Tillfälle").lines["LOCATION"] == said
    assert calendar(occasion(), title=text).lines["X-WR-CALNAME"] == said


def test_another_library_reads_the_same_days():
    found = vobject.readOne(to_ics(READ.title, AnswerSheet(BATTERY, whole()), TODAY, KNOWN_AS).decode())
    days = [entry.dtstart.value for entry in found.vevent_list]
    assert [day.date() if isinstance(day, datetime) else day for day in days] == [
        event.on for event in events(AnswerSheet(BATTERY, whole()), TODAY)
    ]
    assert [entry.summary.value.partition(" (Trygg")[0] for entry in found.vevent_list] == [
        event.what for event in events(AnswerSheet(BATTERY, whole()), TODAY)
    ]
    assert [alarm.trigger.value for alarm in found.vevent_list[3].valarm_list] == [
        timedelta(days=-14, hours=9),
        timedelta(days=-1, hours=9),
    ]


def begins(day):
    return day if isinstance(day, datetime) else datetime.combine(day, time())


def test_another_library_hears_every_reminder_at_nine_in_the_morning():
    found = vobject.readOne(to_ics(READ.title, AnswerSheet(BATTERY, whole()), TODAY, KNOWN_AS).decode())
    rings = [
        begins(one.dtstart.value) + alarm.trigger.value
        for one in found.vevent_list
        for alarm in one.contents.get("valarm", ())
    ]
    assert rings
    assert {ring.time() for ring in rings} == {time(9)}


def test_without_the_library_there_is_one_sentence_with_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(WrongUse) as trouble:
        to_ics("x", AnswerSheet(BATTERY, {}), TODAY, KNOWN_AS)
    assert str(trouble.value).startswith("Kalenderfiler kräver ett tillägg")
    assert '-m pip install "icalendar' in str(trouble.value)
    assert trouble.value.exit_code == 2
