"""Values that Hypothesis draws for more than one test."""

from __future__ import annotations

from datetime import date

from hypothesis import settings
from hypothesis import strategies as st

from utbildningsprocess.answers.periods import (
    SEASONS,
    month_period,
    quarter_period,
    season_period,
    week_period,
    year_period,
)
from utbildningsprocess.model import TimeSpan

COSTLY = settings(max_examples=settings().max_examples // 2)
"""For a test of examples that take long, each: half as many of them."""
COSTLIEST = settings(max_examples=max(3, settings().max_examples // 20))
"""For a test that reckons a whole initiative of each example."""
_YEARS = st.integers(1990, 2100)
DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
WHENS = st.one_of(
    DAYS,
    st.builds(week_period, _YEARS.filter(lambda year: year > 1990), st.integers(1, 52)),
    st.builds(month_period, _YEARS, st.integers(1, 12)),
    st.builds(quarter_period, _YEARS, st.integers(1, 4)),
    st.builds(season_period, _YEARS, st.sampled_from([*SEASONS])),
    st.builds(year_period, _YEARS),
)

_CLOCKS = st.lists(st.integers(0, 24 * 60), min_size=2, max_size=2, unique=True).map(sorted)
TIME_SPANS = st.one_of(
    st.integers(0, 24 * 60 - 1).map(TimeSpan), _CLOCKS.map(lambda clocks: TimeSpan(*clocks))
)
