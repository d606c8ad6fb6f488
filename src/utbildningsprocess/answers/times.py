"""Times of a day, as people say them."""

from __future__ import annotations

import re

from utbildningsprocess.answers.faults import wrong
from utbildningsprocess.model import TimeSpan
from utbildningsprocess.swedish import nfc, plain_dashes, shortened

_CLOCK = r"(?:kl(?:ockan|\.)? ?)?([0-9]{1,2})(?:[.:]?([0-9]{2}))?"
_SPAN = re.compile(rf"(?:från )?{_CLOCK}(?: ?(?:-|till) ?{_CLOCK})?\.?", re.IGNORECASE)
_EXAMPLE = "Skriv till exempel 08.30–16.00, eller 13.00."
_MIDNIGHT = 24 * 60


def parse_time_span(text: str) -> TimeSpan:
    """A start and perhaps an end: 8.30-16, kl. 08:30 till 16:00, 0830-1600, 13. Raises Invalid."""
    clocks = _SPAN.fullmatch(" ".join(plain_dashes(nfc(text)).split()))
    if clocks is None:
        raise wrong(f"”{shortened(text, 60)}” går inte att läsa som en tid. {_EXAMPLE}")
    start = _minutes(clocks[1], clocks[2])
    end = _minutes(clocks[3], clocks[4]) if clocks[3] else None
    if start == _MIDNIGHT:
        raise wrong(f"En dag börjar 00.00 och slutar 24.00. {_EXAMPLE}")
    if end is not None and end <= start:
        raise wrong(f"Slutet i ”{text.strip()}” är inte senare än starten. {_EXAMPLE}")
    return TimeSpan(start, end)


def _minutes(hours: str, minutes: str | None) -> int:
    """The minutes from midnight to a time of the day, or to the end of it."""
    whole = int(hours) * 60 + int(minutes or 0)
    if whole > _MIDNIGHT or int(minutes or 0) > 59:  # noqa: PLR2004  minutes of an hour
        raise wrong(f"Klockslaget {hours}.{minutes or '00'} finns inte. {_EXAMPLE}")
    return whole
