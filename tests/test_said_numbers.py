"""Numbers as people say them: what each is read as, what it is asked about, and the echo."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from every import every_case
from making import BATTERY
from utbildningsprocess.answers.accept import accept, editable, show, understood
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.numbers import number_example, takes_decimals
from utbildningsprocess.model import Item, Kind
from utbildningsprocess.swedish import format_number

TABLE = Path(__file__).parent / "cases" / "sagt" / "tal.txt"
TODAY = date(2026, 11, 26)
LISTS = Item(id="x", text="X", typ=Kind.LIST, av_tal=True, enhet="dagar")


def number(unit, low=None, high=None, **keys):
    return Item(id="x", text="X", typ=Kind.NUMBER, enhet=unit, minst=low, hogst=high, **keys)


def asked(heading):
    """The field that a heading of the table tells of."""
    words, _, high = heading.strip("[]").partition("–")
    unit, _, low = words.rpartition(" ") if words.endswith(" 0") else (words, "", "")
    bounds = (int(low) if low else None, int(high) if high else None)
    return number("" if unit == "utan enhet" else unit, *bounds)


def table():
    """Every line of the table, as (the field, what is said, how it is read, what comes of it)."""
    item = number("")
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            item = asked(line)
        elif line and not line.startswith("#"):
            mark = next(mark for mark in (" = ", " ! ", " - ") if mark in line.replace("12 - 15", ""))
            said, _, meant = line.rpartition(mark) if mark != " ! " else line.partition(mark)
            yield item, said, mark.strip(), meant


CASES = list(table())


def test_the_table_is_long_enough_to_trust():
    assert len(CASES) >= 150


@every_case("item, said, mark, meant", CASES)
def test_a_number_is_read_as_it_is_said(item, said, mark, meant):
    if mark == "!":
        with pytest.raises(Invalid) as error:
            accept(item, said, TODAY)
        assert str(error.value).startswith(meant)
        return
    value = accept(item, said, TODAY)
    assert str(value) == meant
    assert ("sparas inte" in understood(item, said, value)) is (mark == "-")


@pytest.mark.parametrize(
    ("unit", "said", "echo"),
    [
        ("kronor", "25000", "Talet är 25\u00a0000 kronor."),
        ("kronor", "25 tkr", "Talet är 25\u00a0000 kronor."),
        ("kronor", "25 000", ""),
        ("kronor", "25 000 kronor", ""),
        ("kronor", "12", ""),
        ("minuter", "1 timme", "Talet är 60 minuter."),
        ("minuter", "60 minuter", ""),
        ("personer", "ca 140", "Talet är 140 personer. ”ca” sparas inte."),
        ("", "ca 140", "Talet är 140. ”ca” sparas inte."),
        ("veckor från första tillfället", "40", "Det är 40 veckor efter första tillfället."),
        ("veckor från första tillfället", "+40", "Det är 40 veckor efter första tillfället."),
        ("veckor från första tillfället", "2 före", "Det är 2 veckor före första tillfället."),
        ("veckor från första tillfället", "-1", "Det är 1 vecka före första tillfället."),
        ("veckor från första tillfället", "4 veckor efter första tillfället", ""),
        ("veckor från första tillfället", "samma vecka", "Talet är 0 veckor från första tillfället."),
    ],
)
def test_the_echo_says_the_number_as_understood_with_its_unit(unit, said, echo):
    assert understood(number(unit), said, accept(number(unit), said, TODAY)) == echo


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("30, 90 och 180 dagar", (30, 90, 180)),
        ("30, 90, 180", (30, 90, 180)),
        ("30 och 90", (30, 90)),
        ("30 dagar, 90 dagar & 180 dagar", (30, 90, 180)),
        ("ca 30; 7,5 och 90", (30, 7.5, 90)),
        ("30\n90", (30, 90)),
        (["30 dagar", 90], (30, 90)),
        ("3,14,60", (3, 14, 60)),
        ("1 000; 25 000", (1000, 25000)),
        ("0,5; 1,5", (0.5, 1.5)),
        ("- 3\n- 14", (3, 14)),
    ],
)
def test_a_list_of_numbers_is_read_as_it_is_said(raw, meant):
    assert accept(LISTS, raw, TODAY) == meant


@pytest.mark.parametrize("raw", ["30-90", "25,000", "30, många", [".nan"], [float("inf")], [10**400]])
def test_what_is_no_list_of_numbers_gets_a_sentence(raw):
    with pytest.raises(Invalid, match="tal"):
        accept(LISTS, raw, TODAY)


@pytest.mark.parametrize("said", ["0,0000000000001", "0,1234567890123", "99999999999999,99"])
def test_a_number_is_never_rounded_unsaid(said):
    with pytest.raises(Invalid, match="Runda av talet"):
        accept(number("timmar"), said, TODAY)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (
            "30 180",
            "”30 180” kan läsas på två sätt. Skriv 30, 180 om ni menar flera tal, och 30180 om ni menar ett.",
        ),
        ("30, 90 180", "Skriv 90, 180 om ni menar flera tal, och 90180 om ni menar ett."),
        (["3", "30 180"], "Skriv 30, 180 om ni menar flera tal, och 30180 om ni menar ett."),
        ("0,5", "”0,5” kan läsas på två sätt. Skriv 0, 5 om ni menar två tal, och 0.5 om ni menar ett."),
        ("1,5, 3", "Skriv 1, 5 om ni menar två tal, och 1.5 om ni menar ett."),
        ("0,5,1,5", "Skriv 0, 5 om ni menar två tal, och 0.5 om ni menar ett."),
        ("3, - 5", "Skriv -5 om ni menar minus, annars 5."),
    ],
)
def test_what_may_be_one_number_or_two_is_asked_about_in_a_list(raw, told):
    with pytest.raises(Invalid) as error:
        accept(LISTS, raw, TODAY)
    assert told in str(error.value)


def test_the_echo_of_a_list_says_its_numbers_apart():
    assert understood(LISTS, "7 och 25000", (7, 25000)) == "Talen är 7 och 25\u00a0000 dagar."
    assert understood(LISTS, "ca 30", (30,)) == "Talet är 30 dagar."
    assert show(LISTS, (0.5, 1.5)) == "0,5; 1,5"
    assert understood(LISTS, "30, 90", (30, 90)) == ""
    assert understood(Item(id="x", text="X", typ=Kind.LIST), "a; b", ("a", "b")) == ""


@pytest.mark.parametrize("raw", [".nan", ".NaN", "-.inf", "nan", float("nan"), float("inf")])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LONG_TEXT, Kind.LIST, Kind.NUMBER, Kind.DATE])
def test_what_programs_write_for_nothing_is_no_answer_of_any_kind(kind, raw):
    item = Item(id="x", text="X", typ=kind)
    with pytest.raises(Invalid):
        accept(item, [raw] if kind is Kind.LIST else raw, TODAY)


def test_the_battery_decides_which_numbers_are_whole_and_else_the_unit():
    assert [takes_decimals(number(unit)) for unit in ("kronor", "personer", "platser", "minuter")] == [
        False
    ] * 4
    assert [takes_decimals(number(unit)) for unit in ("timmar", "dagar", "procent", "")] == [True] * 4
    assert accept(number("kronor", decimaler=True), "7,5", TODAY) == 7.5
    with pytest.raises(Invalid, match="inget helt tal"):
        accept(number("timmar", decimaler=False), 7.5, TODAY)


def test_a_dossier_from_before_keeps_a_number_that_is_not_whole_and_asks_about_one_that_is_unclear():
    assert accept(number("kronor"), "12,5", None) == 12.5
    assert accept(Item(id="x", text="X", typ=Kind.LIST, av_tal=True, enhet="minuter"), "7,5; 8", None) == (
        7.5,
        8,
    )
    assert accept(number("timmar"), "7.30", None) == 7.3
    with pytest.raises(Invalid, match="Menar ni 25 000 eller 25 kronor"):
        accept(number("kronor"), "25.000", None)


ITEMS = [
    item
    for question in BATTERY.questions()
    for item in (question, *question.fields)
    if item.kind is Kind.NUMBER
]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.text)
def test_the_example_in_a_refusal_is_an_answer(item):
    for example in number_example(item).split(" eller "):
        accept(item, example, TODAY)


@given(
    st.sampled_from(["kronor", "timmar", "procent", "personer", "veckor från första tillfället", ""]),
    st.one_of(
        st.integers(-(10**12), 10**12),
        st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1000),
        st.floats(-(10**6), 10**6).map(lambda drawn: round(drawn, 6)),
    ),
)
def test_what_is_shown_of_a_number_reads_back(unit, value):
    item = number(unit, decimaler=True)
    for form in (show(item, value), editable(item, value), format_number(value), value):
        assert accept(item, form, TODAY) == value


@given(st.text() | st.from_regex(r"[0-9 .,-]{1,14}(kr|%|min|tkr)?", fullmatch=True))
def test_no_number_raises_anything_but_a_sentence(text):
    for unit in ("", "kronor", "minuter", "procent"):
        with suppress(Invalid):
            assert isinstance(accept(number(unit), text, TODAY), (int, float))
