"""When something is: a day, a longer time where nobody knows the day, and a time of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True)
class TimeSpan:
    """When on a day something begins, and perhaps when it ends, in minutes after midnight.

    What ends no later than it begins ends on the next day.
    """

    start: int
    end: int | None = None

    @property
    def ends_next_day(self) -> bool:
        """Whether it goes on over midnight."""
        return self.end is not None and self.end <= self.start

    @property
    def end_from_start_of_day(self) -> int | None:
        """When it ends, in minutes after the midnight before it begins."""
        return self.end + 24 * 60 if self.end is not None and self.ends_next_day else self.end

    def said(self, clock: str) -> str:
        """It in words, with its times in a format of hours and minutes."""
        known = (self.start,) if self.end is None else (self.start, self.end)
        times = "–".join(clock.format(*divmod(minutes, 60)) for minutes in known)
        return f"{times} (nästa dag)" if self.ends_next_day else times

    def __str__(self) -> str:
        """As it is stored and read: 08.30–16.00, 22.00–06.00 (nästa dag), or 13.00."""
        return self.said("{:02}.{:02}")


@dataclass(frozen=True)
class Period:
    """A week, month, quarter, season or year, said where nobody knows the day; `words` are its name."""

    first: date
    last: date
    words: str

    def __str__(self) -> str:
        """As it is stored and read: vecka 22 2027, oktober 2027, kvartal 4 2027, våren 2027, 2027."""
        return self.words


When: TypeAlias = date | Period
"""When something is, as exactly as anybody has said."""


def first_day(when: When) -> date:
    """The day itself, or the first of a period."""
    return when.first if isinstance(when, Period) else when


def last_day(when: When) -> date:
    """The day itself, or the last of a period: what is to be done then is late after it."""
    return when.last if isinstance(when, Period) else when
