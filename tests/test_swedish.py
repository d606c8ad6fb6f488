"""Swedish text as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utbildningsprocess.swedish import (
    bound,
    clean,
    clean_line,
    did_you_mean,
    fold,
    joined,
    lines_as_one,
    running,
    same,
    shortened,
    slug,
    time_in_words,
    with_unit,
)


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
    ("minutes", "said"),
    [
        (0, "0 minuter"),
        (1, "1 minut"),
        (45, "45 minuter"),
        (60, "1 timme"),
        (61, "1 timme 1 minut"),
        (210, "3 timmar 30 minuter"),
        (855.3333, "14 timmar 15,3 minuter"),
        (119.96, "2 timmar"),
        (72000, "1\u00a0200 timmar"),
    ],
)
def test_a_length_of_time_is_said_in_hours_and_minutes(minutes, said):
    assert time_in_words(minutes) == said


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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("i våras\\\nelva om man", "i våras / elva om man"),
        ("I våras.\\\nElva om man.", "I våras. Elva om man."),
        ("en rad som är\nbruten för hand", "en rad som är bruten för hand"),
        ("C:\\\\\nnästa", "C:\\\\ nästa"),
    ],
)
def test_lines_that_were_typed_are_told_apart_where_there_is_one_line(text, line):
    assert running(text) == line


def test_a_text_that_is_being_typed_is_told_in_one_line():
    assert lines_as_one("i våras\n\nelva om man\n") == "i våras / elva om man"
