"""Values that Hypothesis draws for more than one test."""

from __future__ import annotations

from hypothesis import strategies as st

from utbildningsprocess.model import TimeSpan

_CLOCKS = st.lists(st.integers(0, 24 * 60), min_size=2, max_size=2, unique=True).map(sorted)
TIME_SPANS = st.one_of(
    st.integers(0, 24 * 60 - 1).map(TimeSpan), _CLOCKS.map(lambda clocks: TimeSpan(*clocks))
)
