"""Dates as people say them: what each is read as on the day it is said, what it is asked about, and the echo."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import WHENS
from every import every_case
from utbildningsprocess.answers.accept import accept, editable, plain_value, show, understood
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.periods import season_period, spoken_date, week_period
from utbildningsprocess.model import Item, Kind, Period, first_day, last_day

TABLE = Path(__file__).parent / "cases" / "sagt" / "datum.txt"
NO_DAY = "utan dag"
TODAY = date(2026, 11, 26)


def field(**keys):
    return Item.model_validate({"id": "x", "text": "X", "typ": Kind.DATE, **keys}, strict=False)


EXACT, APPROXIMATE = field(), field(ungefar=True)


def table():
    """Every line of the table, as (when it is said, how the field looks, what is said, what comes of it)."""
    said_on, looks = None, "framat"
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            day, _, direction = line.strip("[]").partition(" ")
            said_on, looks = (None, "framat") if line == f"[{NO_DAY}]" else (day, direction)
        elif line and not line.startswith("#"):
            mark = " = " if " = " in line else " ! "
            yield (
                said_on,
                looks,
                line.partition(mark)[0],
                line.partition(mark)[1].strip(),
                line.partition(mark)[2],
            )


CASES = list(table())


def test_the_table_is_long_enough_to_trust():
    assert len(CASES) >= 250
    assert len(CASES) == len(set(CASES))


@every_case("said_on, looks, said, mark, meant", CASES)
def test_a_date_is_read_as_it_is_said_on_that_day(said_on, looks, said, mark, meant):
    item = field(ungefar=True, tid=looks)
    today = date.fromisoformat(said_on) if said_on else None
    if mark == "=":
        assert str(accept(item, said, today)) == meant
    else:
        with pytest.raises(Invalid) as error:
            accept(item, said, today)
        assert str(error.value).startswith(meant)


@every_case(
    "said_on, looks, said, meant",
    [(day, looks, said, meant) for day, looks, said, mark, meant in CASES if mark == "="],
)
def test_an_exact_date_is_never_given_a_day_that_nobody_said(said_on, looks, said, meant):
    today = date.fromisoformat(said_on) if said_on else None
    if meant[4:5] == "-":
        assert str(accept(field(tid=looks), said, today)) == meant
        return
    with pytest.raises(Invalid, match=r"^Vilken dag (i|under) .+\? Skriv till exempel \d{4}-\d\d-\d\d\.$"):
        accept(field(tid=looks), said, today)


@pytest.mark.parametrize(
    ("said", "question"),
    {
        "v. 22": "Vilken dag i vecka 22 (31 maj–6 juni 2027)? Skriv till exempel 2027-06-02.",
        "v. 53": "Vilken dag i vecka 53 (28 december 2026–3 januari 2027)? Skriv till exempel 2026-12-30.",
        "2026-12": "Vilken dag i december 2026 (1–31 december 2026)? Skriv till exempel 2026-12-02.",
        "Q4 2027": "Vilken dag under kvartal 4 2027 (1 oktober–31 december 2027)? Skriv till exempel 2027-10-06.",
        "våren": "Vilken dag under våren 2027 (1 januari–31 maj 2027)? Skriv till exempel 2027-01-06.",
        "2027": "Vilken dag under 2027 (1 januari–31 december 2027)? Skriv till exempel 2027-01-06.",
    }.items(),
)
def test_the_question_which_day_names_the_days_and_gives_an_example_that_works(said, question):
    with pytest.raises(Invalid) as error:
        accept(EXACT, said, TODAY)
    assert str(error.value) == question
    accept(EXACT, question.rpartition("exempel ")[2], TODAY)


@pytest.mark.parametrize(
    ("said", "echo"),
    {
        "8/12": "Datumet är tisdag 8 december 2026.",
        "2026-12-08": "Datumet är tisdag 8 december 2026.",
        "v. 22": "Datumet är vecka 22 2027 (31 maj–6 juni 2027).",
        "hösten 2027": "Datumet är hösten 2027 (1 september–31 december 2027).",
    }.items(),
)
def test_the_echo_says_weekday_and_year_or_the_days_of_what_is_not_exact(said, echo):
    assert understood(APPROXIMATE, said, accept(APPROXIMATE, said, TODAY)) == echo


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (12.1, "Utan citattecken är 12.1 ett tal och inget datum."),
        (True, "går inte att läsa som datum"),
        (float("nan"), "är nan ett tal"),
        (date(1814, 1, 1), "Menar ni verkligen år 1814?"),
        ({"ord": "hösten 2027", "forsta": "2027-08-01"}, "”hösten 2027” är inte dagarna som står bredvid."),
        ({"ord": "hösten"}, "går inte att läsa som datum med årtal"),
        ("1" * 10_000, "går inte att läsa som datum"),
    ],
)
def test_what_files_hold_that_is_no_date_gets_a_sentence(raw, sentence):
    with pytest.raises(Invalid) as error:
        accept(APPROXIMATE, raw, TODAY)
    assert sentence in str(error.value)


def test_machines_get_words_and_days_where_a_date_may_be_approximate_and_give_them_back():
    autumn = season_period(2027, "höst")
    told = {"ord": "hösten 2027", "forsta": "2027-09-01", "sista": "2027-12-31"}
    assert plain_value(APPROXIMATE, autumn) == told
    day = {"ord": "2027-09-01", "forsta": "2027-09-01", "sista": "2027-09-01"}
    assert plain_value(APPROXIMATE, date(2027, 9, 1)) == day
    assert plain_value(EXACT, date(2027, 9, 1)) == "2027-09-01"
    assert (accept(APPROXIMATE, told, None), accept(EXACT, day, None)) == (autumn, date(2027, 9, 1))
    with pytest.raises(Invalid, match="Vilken dag under hösten 2027"):
        accept(EXACT, told, None)


def test_a_period_has_a_first_and_a_last_day_and_a_day_is_both():
    week = week_period(2026, 53)
    assert (first_day(week), last_day(week)) == (date(2026, 12, 28), date(2027, 1, 3))
    assert first_day(TODAY) == last_day(TODAY) == TODAY


@given(WHENS, st.none() | st.dates(date(1995, 1, 1), date(2095, 1, 1)), st.sampled_from(["framat", "bakat"]))
def test_what_is_shown_of_a_date_reads_back_on_any_day(when, today, looks):
    item = field(ungefar=True, tid=looks)
    forms = [show(item, when), editable(item, when), plain_value(item, when), when, str(when).upper()]
    if not isinstance(when, Period):
        forms.append(spoken_date(when))
    assert [accept(item, form, today) for form in forms] == [when] * len(forms)


@given(WHENS)
def test_a_period_is_refused_by_an_exact_date_in_every_form(when):
    for form in (str(when), when, plain_value(APPROXIMATE, when)):
        if isinstance(when, Period):
            with pytest.raises(Invalid, match="Vilken dag"):
                accept(EXACT, form, TODAY)
        else:
            assert accept(EXACT, form, TODAY) == when


@given(st.dates(date(1995, 1, 1), date(2085, 1, 1)), st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_a_day_without_its_year_is_near_the_day_it_is_said(today, day):
    said = f"{day.day}/{day.month}"
    ahead, back = accept(field(), said, today), accept(field(tid="bakat"), said, today)
    assert (today - ahead).days <= 31
    assert back <= today
    assert (ahead.month, ahead.day) == (back.month, back.day) == (day.month, day.day)
    if (day.month, day.day) != (2, 29):
        assert (ahead - today).days <= 366 - 31
        assert (today - back).days <= 366


@given(st.text() | st.from_regex(r"[0-9 ./-]{1,14}(mars|okt|v|våren|Q)?[0-9 -]{0,5}", fullmatch=True))
def test_no_date_raises_anything_but_a_sentence(text):
    for item in (EXACT, APPROXIMATE):
        for today in (TODAY, None, date.min, date.max):
            with suppress(Invalid):
                assert isinstance(accept(item, text, today), (date, Period))
