"""Traces of real people: personal identity numbers however they were pasted, addresses and telephones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utbildningsprocess.personal import contacts, personal_numbers

FORMS = [
    "19850709-2396",
    "198507092396",
    "8507092396",
    "850709-2396",
    "850709+2396",
    "850709 2396",
    "850709 - 2396",
    "1985-07-09-2396",
    "85 07 09 - 23 96".replace("23 96", "2396"),
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
]


@pytest.mark.parametrize("text", FORMS)
def test_a_number_is_seen_however_it_is_written(text):
    assert len(personal_numbers(f"Enligt {text}.")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "19850709-2397",
        "850732-2396",
        "851309-2396",
        "20250101 0900",
        "556036-0793",
        "1985070923961",
        "070-123 45 67",
        "RS 2024/0123-4",
        "1 201 010 000 kronor",
        "2025-01-01 till 2025-03-04",
    ],
)
def test_other_numbers_are_no_hindrance(text):
    assert personal_numbers(text) == ()


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
        ("AFS 2023:1, 1 200 000 kr, 2025-03-01, 10 % @ jobbet", ()),
        ("å" * 20_000, ()),
        ("x" * 20_000 + "@", ()),
    ],
)
def test_contact_details_are_told_by_kind(text, kinds):
    assert contacts(text) == kinds
