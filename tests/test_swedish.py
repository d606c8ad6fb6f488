"""Swedish text and dates as people write them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utbildningsprocess.answers.dates import parse_date
from utbildningsprocess.answers.readers import parse_number
from utbildningsprocess.swedish import (
    bound,
    clean,
    clean_line,
    did_you_mean,
    fold,
    format_number,
    joined,
    same,
    shortened,
    slug,
    with_unit,
)

TODAY = date(2026, 3, 12)  # a Thursday


@pytest.mark.parametrize(
    ("written", "meant"),
    {
        "2026-03-12": date(2026, 3, 12),
        "20260312": date(2026, 3, 12),
        "12/3": date(2026, 3, 12),
        "12/3 2027": date(2027, 3, 12),
        "12.3.27": date(2027, 3, 12),
        "12 mars": date(2026, 3, 12),
        "12 Mars 2027": date(2027, 3, 12),
        "den 1:a apr": date(2026, 4, 1),
        "1 jan": date(2027, 1, 1),
        "20 feb": date(2026, 2, 20),
        "v. 11": date(2026, 3, 9),
        "vecka 2": date(2027, 1, 11),
        "v 11 2027": date(2027, 3, 15),
        "i dag": TODAY,
        "I morgon": date(2026, 3, 13),
        "på fredag": date(2026, 3, 13),
        "torsdag": date(2026, 3, 19),
        "29/2": date(2028, 2, 29),
    }.items(),
)
def test_dates_are_read_as_people_write_them(written, meant):
    assert parse_date(written, TODAY) == meant


@pytest.mark.parametrize("written", ["31/2", "2026-13-01", "32 mars", "v. 60", "31 april 2026"])
def test_a_date_that_does_not_exist_says_so(written):
    with pytest.raises(ValueError, match="Det datumet finns inte"):
        parse_date(written, TODAY)


@pytest.mark.parametrize("written", ["", "snart", "12", "mars", "12 mards", "12/3/4/5"])
def test_what_is_no_date_is_answered_with_an_example(written):
    with pytest.raises(ValueError, match="Skriv till exempel 2026-03-12"):
        parse_date(written, TODAY)


@pytest.mark.parametrize("written", ["12/3", "12 mars", "v. 11", "i morgon", "fredag"])
def test_a_date_in_a_file_must_say_its_year(written):
    with pytest.raises(ValueError, match="med årtal"):
        parse_date(written, None)


@given(st.text())
def test_no_date_raises_anything_but_a_sentence(text):
    with suppress(ValueError):
        parse_date(text, TODAY)


@pytest.mark.parametrize(
    ("written", "meant"),
    {"12": 12, "12,5": 12.5, "1 200": 1200, "1\u00a0200,50": 1200.5, "-3": -3, "−3": -3}.items(),
)
def test_numbers_are_read_as_people_write_them(written, meant):
    assert parse_number(written) == meant


@pytest.mark.parametrize("written", ["", "många", "1e5", "nan", "1,2,3", "12 st", "²"])
def test_what_is_no_number_says_so(written):
    with pytest.raises(ValueError, match="är inte ett tal"):
        parse_number(written)


@given(st.one_of(st.integers(-(10**12), 10**12), st.integers(-(10**9), 10**9).map(lambda n: n / 1000)))
def test_a_written_number_reads_back(number):
    assert parse_number(format_number(number)) == number


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        (1, "dagar", "1 dag"),
        (1, "timmar", "1 timme"),
        (1, "minuter", "1 minut"),
        (1, "personer", "1 person"),
        (1, "platser", "1 plats"),
        (1, "kronor", "1 krona"),
        (1, "procent", "1 procent"),
        (1, "gnurgor", "1 gnurgor"),
        (1, "", "1"),
        (0, "dagar", "0 dagar"),
        (-1, "dagar", "-1 dagar"),
        (1.5, "timmar", "1,5 timmar"),
        (999, "kronor", "999 kronor"),
        (25_000, "kronor", "25\u00a0000 kronor"),
        (1_234_567.5, "kronor", "1\u00a0234\u00a0567,5 kronor"),
        (-1200, "minuter", "-1\u00a0200 minuter"),
        (-0.5, "procent", "-0,5 procent"),
        (2025, "", "2025"),
    ],
)
def test_an_amount_is_said_with_its_unit(number, unit, said):
    assert with_unit(number, unit) == said


@pytest.mark.parametrize(
    ("title", "name"),
    {
        "Trygg start: nya på Österåsen!": "trygg-start-nya-pa-osterasen",
        "Con": "con-insats",
        "§§§": "insats",
        "": "insats",
        "å" * 80: "a" * 60,
        "../../etc/passwd": "etc-passwd",
    }.items(),
)
def test_slugs_are_safe_file_names(title, name):
    assert slug(title) == name


@given(st.text())
def test_every_slug_is_short_ascii_and_never_empty(title):
    assert slug(title).isascii()
    assert 1 <= len(slug(title)) <= 67


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    {
        "a\r\nb\rc": "a\nb\nc",
        "a\u0308r": "är",
        "\x1b[31mröd\x07": "[31mröd",
        "a\u202eb\u2066c": "abc",
        "\ta": "    a",
        "a  \nb": "a\\\nb",
        "a \nb   ": "a\nb",
        "\n\n a\n\n": " a",
        "a\udc00b": "ab",
    }.items(),
)
def test_text_is_cleaned_once_as_it_enters(raw, cleaned):
    assert clean(raw) == cleaned


@given(st.text(st.characters(exclude_categories=["Cc", "Zl", "Zp"])))
def test_a_line_is_cleaned_alike_alone_and_below_another(text):
    assert clean(f"Ett\n{text}Två") == f"Ett\n{clean(f'{text}Två')}"


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert "\n" not in clean_line(text)


def test_a_number_stays_with_its_sign():
    assert (
        bound("79 % av 51, 19 § MBL, § 4 och 12 kap") == "79\u00a0% av 51, 19\u00a0§ MBL, §\u00a04 och 12 kap"
    )


def test_names_compare_as_people_see_them():
    assert fold(" UPPFÖLJNING ") == "uppfoljning"
    assert same("Lag  eller\u00a0föreskrift", "lag eller fo\u0308reskrift")
    assert did_you_mean("analyz", ["behov", "analys"]) == "Menade du analys?"
    assert did_you_mean("xyz", ["behov", "analys"]) == ""
    assert (joined([]), joined(["a"]), joined(["a", "b", "c"])) == ("", "a", "a, b och c")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("ett två tre", "ett två tre"),
        ("ett två tre fyra", "ett två …"),
        ("ettvåtrefyrafem", "ettvåtref …"),
        ("ett\n två  tre", "ett två tre"),
    ],
)
def test_what_is_long_is_cut_between_words(text, short):
    assert shortened(text, 11) == short


@given(st.text(), st.integers(3, 80))
def test_what_is_cut_is_never_longer_than_asked(text, longest):
    assert len(shortened(text, longest)) <= longest
