"""Traces of real people: personal identity numbers however they were pasted, addresses and telephones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from every import every_case
from utbildningsprocess.personal import contacts, personal_numbers, without_people

# Only numbers from the series that are given out for tests.
FORMS = [
    "19850709-2396",
    "198507092396",
    "8507092396",
    "850709-2396",
    "850709+2396",
    "850709 2396",
    "850709 - 2396",
    "1985-07-09-2396",
    "85 07 09 - 2396",
    "850709/2396",
    "850709\u20112396",
    "850709\u20132396",
    "850709\u22122396",
    "850709\u00a02396",
    "850709\u2009-\u20092396",
    "850709\u200b2396",
    "8507\u00ad09-2396",
    "850709-\n2396",
    "850709\t2396",
    "\uff18\uff15\uff10\uff17\uff10\uff19-\uff12\uff13\uff19\uff16",
    "701063-2391",
    "19701063-2391",
    "197010632391",
    "70 10 63 - 2391",
    "701063.2391",
    "1970-10-63 2391",
    "850709.2396",
    "850709_2396",
    "850709:2396",
    "850709,2396",
    "850709; 2396",
    "850709  2396",
    "850709 \n 2396",
    "850709--2396",
    "850709=2396",
    "19811228 9874",
    "19811228.9874",
    "1981.12.28.9874",
    "1981/12/28 9874",
    "1981-12-28 9874",
    "1981-12-28_9874",
    "1981 12 28 9874",
    "81/12/28-9874",
    "81.12.28-9874",
    "81-12-28 9874",
    "1981 1228-9874",
    "19 811228-9874",
    "19-811228-9874",
    "811228-98 74",
    "811228 98 74",
    "811228 987 4",
    "(811228) 9874",
    "811228 (9874)",
    "811228(9874)",
    "[811228]-[9874]",
    "811228 (sista fyra 9874)",
    "811228, sista fyra: 9874",
    "1981-12-28 med de fyra sista siffrorna 9874",
    "811228 som slutar på 9874",
    "811228\\-9874",
    "811228&#45;9874",
    "811228&#x2d;9874",
    "811228&nbsp;9874",
    "811228&ndash;9874",
    "**811228**-9874",
    "*811228*-9874",
    "_811228_-9874",
    "811228-**9874**",
    "`811228`-`9874`",
    "811228<b>-9874</b>",
    "811228<!-- x -->-9874",
    "~~811228~~ 9874",
    "1 9 8 1 1 2 2 8 9 8 7 4",
    "1 9 8 1 1 2 2 8 - 9 8 7 4",
    "8 1 1 2 2 8 9 8 7 4",
    "8 1 1 2 2 8 - 9 8 7 4",
    "8-1-1-2-2-8-9-8-7-4",
    "811228 9 8 7 4",
    "\u0668\u0661\u0661\u0662\u0662\u0668-\u0669\u0668\u0667\u0664",
    "\u096e\u0967\u0967\u0968\u0968\u096e-\u096f\u096e\u096d\u096a",
    "\U0001d7d6\U0001d7cf\U0001d7cf\U0001d7d0\U0001d7d0\U0001d7d6-9874",
    "| 811228 | 9874 |",
    "”811228” ”9874”",
    "nr811228-9874",
    "19121212 1212",
    "121212 1212",
    "19121212_1212",
    "191212121212",
    "12-12-12-1212",
    "8112 28 9874",
    "8112-28-9874",
    "81-1228-9874",
    "81 1228 9874",
    "8112 28-9874",
    "811 228 9874",
    "811-228-9874",
    "81 12289874",
    "8112 289874",
    "81122 89874",
    "8112289 874",
    "81122898 74",
    "8 112289874",
    "81 12 289874",
    "8112-28 9874",
    "81-1228 9874",
    "1981 12 289874",
    "19 81 1228 9874",
    "1981-122898-74",
    "198112-28-9874",
    "198112 28 9874",
    "1981122 89874",
    "8507 09 2396",
    "85-0709-2396",
    "7010-63-2391",
    "personnummer 8112.28.9874",
    "dnr 811228-9874",
    "ärende 811228-9874",
]


@every_case("text", FORMS)
def test_a_number_is_seen_however_it_is_written(text):
    assert len(personal_numbers(f"Enligt {text}.")) == 1


WRITTEN_AS_SOMETHING_ELSE = [
    "20250101 0900",
    "2025-01-01 09:00",
    "2025-01-01 09.00",
    "2025-01-01, 09:00",
    "20250101_0900",
    "202501010900",
    "2025-03-14 1307",
    "250314 1307",
    "25-03-14 13:07",
    "2019-05-06 0909",
    "2025.03.14 13.07",
    "2025/03/14 13:07",
    "2025-11-26 14.36",
    "2026-02-02_1533",
    "20261201:1011",
    "2031-12-24 18:01",
    "2024-02-29 12:03",
    "2005-06-07 08:12",
    "1999-12-31 23:53",
    "2025-01-07 - 2025-03-04",
    "2025-01-07–2025-03-04",
    "2025-02-06-2025-02-28",
    "10 12 14 16 18",
    "10, 12, 14, 46, 12",
    "08 10 12 34 55",
]
"""With a day that exists and the right check digit: only how they are written says what they are."""


@every_case("text", WRITTEN_AS_SOMETHING_ELSE)
def test_a_time_a_range_or_a_list_is_no_hindrance_unless_it_is_called_a_personal_number(text):
    assert personal_numbers(f"Möte {text}, lokal 4") == ()
    assert personal_numbers(f"personnummer {text}") != ()


OTHER_NUMBERS = [
    "19850709-2397",
    "850732-2396",
    "851309-2396",
    "19850229-2391",
    "556036-0793",
    "org.nr 556036-0793",
    "5560 36 0793",
    "55-6036-0793",
    "8112 28 9875",
    "81-1228-9873",
    "8113-28-9874",
    "811 228 987",
    "0701 23 4569",
    "070-12-34569",
    "070 1234 569",
    "08-1212 34 53",
    "tel 8112 28 9874",
    "ring 81-1228-9874",
    "dnr 8112-28-9874",
    "ärende 81-1228-9874",
    "2024-0512-1233",
    "2024 0512 12 33",
    "1.201.010.000 kronor",
    "811.228.987.4",
    "8112 28 9874 12",
    "12 8112 28 9874",
    "+46 81 1228 9874",
    "165560360793",
    "16556036-0793",
    "212000-1355",
    "802002-4280",
    "SE556036079301",
    "1985070923961",
    "18811228-987",
    "070-123 45 67",
    "070-1234569",
    "070 123 45 69",
    "ring 0701234569",
    "tel 0701234569",
    "Tel: 0701234569",
    "mobil 0701234569",
    "nås på 0701234569",
    "0701-23 45 69",
    "0611-12 34 56",
    "0304-12 12 13",
    "08-123 456 78",
    "08-1212 3453",
    "08-12 12 34 53",
    "+46 70 123 45 69",
    "+46701234569",
    "0046701234569",
    "+46 (0)70-123 45 69",
    "RS 2024/0123-4",
    "RS 2024-0512-1233",
    "dnr 20240512-1233",
    "Dnr RS 20240512-1233",
    "ärende 20240512-1233",
    "ärendenummer 20240512-1233",
    "diarienummer: 240512-1233",
    "HSN 2025-0128-12",
    "AFS 2023:1, 2023:2 och 2023:15",
    "SFS 2014:821, 2017:30",
    "1 201 010 000 kronor",
    "8 507 092 396 kronor",
    "0,8507092396",
    "2025-01-01 till 2025-03-04",
    "2025-01-01 09:00–16:00",
    "2025-01-01T09:00:00",
    "20250101T090000",
    "20250101090000",
    "kl. 08.10–12.30 och 13.15–16.00",
    "vecka 10, 12, 14, 16, 18 och 20",
    "12/10 2025, 12/11 2025, 12/12 2025",
    "1 2 3 4 5 6 7 8 9 10",
    "5 4 3 4 5 4 4 3 4 5",
    "SE35 5000 0000 0549 1000 0003",
    "4111 1111 1111 1111",
    "bankgiro 5050-1055",
    "ISBN 978-91-7000-150-7",
    "ISBN 91-7000-150-8",
    "59.329323, 18.068581",
    "192.168.10.12, 10.20.30.40",
    "582 25 Linköping, 010-103 00 00",
    "811228-XXXX",
    "19811228",
    "född 1981-12-28",
    "140 000, 2 500 och 328 650",
    "62, 17, 27,4 % och 1 200",
    "2026-03-31 27 % 17",
]


@every_case("text", OTHER_NUMBERS)
def test_other_numbers_are_no_hindrance(text):
    assert personal_numbers(f"Se {text} i avtalet") == ()


def test_a_day_and_the_last_four_further_on_are_no_number():
    assert personal_numbers("Den 811228 var det 62 som slutade, och 9874 timmar gick åt.") == ()


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)), st.integers(0, 999), st.booleans())
def test_every_number_with_a_right_check_digit_is_seen_and_no_other(day, serial, coordination):
    number = day.day + 60 if coordination else day.day
    nine = f"{day:%y%m}{number:02}{serial:03}"
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(nine))
    check = -sum(one // 10 + one % 10 for one in doubled) % 10
    exists = not coordination or number >= 61
    assert bool(personal_numbers(f"{nine[:6]}-{nine[6:]}{check}")) is exists
    assert personal_numbers(f"{nine[:6]}-{nine[6:]}{(check + 1) % 10}") == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a.b@c.se", ("en e-postadress",)),
        ("ring 08-123 456 78 eller +46 70 123 45 67", ("ett telefonnummer",)),
        ("x@y.se, 0701234567", ("en e-postadress", "ett telefonnummer")),
        ("Pass 0700-1530 och 1300-2130, 06 45-16 00, vecka 0 2026-03-12", ()),
        ("AFS 2023:1, 1 200 000 kr, 2025-03-01, 10 % @ jobbet", ()),
        ("å" * 20_000, ()),
        ("x" * 20_000 + "@", ()),
    ],
)
def test_contact_details_are_told_by_kind(text, kinds):
    assert tuple(contact.kind for contact in contacts(text)) == kinds


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Enhetschef", "Enhetschef"),
        (
            "a@b.se, c@d.se eller 070-123 45 67, 08-12 34 56 78",
            "[e-postadress], [e-postadress] eller [telefonnummer], [telefonnummer]",
        ),
        ("Gäller 19121212-1212", "[Texten visas inte. Den innehåller ett personnummer.]"),
        ("Klart 2026-11-28 kl. 13.00, v. 48", "Klart 2026-11-28 kl. 13.00, v. 48"),
    ],
)
def test_a_text_for_others_has_no_way_to_reach_anybody(text, shown):
    assert without_people(text) == shown
