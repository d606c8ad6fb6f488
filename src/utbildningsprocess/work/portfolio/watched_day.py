"""A day that notices for which other days everything asked of it would have come out the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

_A_DAY = timedelta(days=1)
_OWN = frozenset(("since", "until", "_is_before", "_plain"))


class WatchedDay(date):
    """Today, as it is given to what is kept for another day.

    What has been computed with it holds from `since` through `until`: a comparison comes out the same as
    long as no compared day is reached or passed, and whatever else is asked holds for the day itself.
    """

    since: date
    until: date

    def __new__(cls, day: date) -> Self:
        """The same day, asked nothing yet."""
        watched = super().__new__(cls, day.year, day.month, day.day)
        watched.since, watched.until = date.min, date.max
        return watched

    def _is_before(self, compared: date) -> bool | None:
        """Whether the day comes before another; None for the same day."""
        place, other_place = date.toordinal(self), date.toordinal(compared)
        if place < other_place:
            self.until = min(self.until, date.fromordinal(other_place) - _A_DAY)
            return True
        if place > other_place:
            self.since = max(self.since, date.fromordinal(other_place) + _A_DAY)
            return False
        self._plain()
        return None

    def _plain(self) -> date:
        """The day as any other, for what holds on it alone."""
        self.since = self.until = day = date.fromordinal(date.toordinal(self))
        return day

    def __lt__(self, compared: date) -> bool:
        return self._is_before(compared) is True

    def __le__(self, compared: date) -> bool:
        return self._is_before(compared) is not False

    def __gt__(self, compared: date) -> bool:
        return self._is_before(compared) is False

    def __ge__(self, compared: date) -> bool:
        return self._is_before(compared) is not True

    def __eq__(self, compared: object) -> bool:
        return isinstance(compared, date) and self._is_before(compared) is None

    def __hash__(self) -> int:
        self._plain()
        return date.__hash__(self)

    def __add__(self, distance: timedelta) -> date:  # type: ignore[override]
        return self._plain() + distance

    __radd__ = __add__  # type: ignore[assignment]

    def __sub__(self, subtracted: timedelta) -> date:  # type: ignore[override]
        return self._plain() - subtracted

    def __rsub__(self, day: date) -> timedelta:
        return day - self._plain()

    def __getattribute__(self, name: str) -> object:
        if name not in _OWN and not name.startswith("__"):
            self._plain()
        return super().__getattribute__(name)
