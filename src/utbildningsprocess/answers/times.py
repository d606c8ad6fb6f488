"""Times of a day, as people say them."""

from __future__ import annotations

import re

from utbildningsprocess.answers.faults import wrong
from utbildningsprocess.model import TimeSpan
from utbildningsprocess.swedish import nfc, plain_dashes, shortened

_CLOCK = r"(?:kl(?:ockan|\.)? ?)?([0-9]{1,2})(?:[.:]?([0-9]{2}))?"
_ON = r",? ?\(?(?:nästa dag|nästa morgon|dagen efter)\)?"
_SPAN = re.compile(rf"(?:från )?{_CLOCK}(?: ?(?:-|till) ?{_CLOCK}({_ON})?)?\.?", re.IGNORECASE)
_EXAMPLE = "Skriv till exempel 08.30–16.00, eller 13.00."
_MIDNIGHT = 24 * 60
_LONGEST_NIGHT = 12 * 60
"""What is longer and ends the next day is said to do so: 16–8 may be 8–16 turned round."""


def parse_time_span(text: str) -> TimeSpan:
    """A start and perhaps an end: 8.30-16, kl. 08:30 till 16:00, 0830-1600, 22-06, 13. Raises Invalid."""
    clocks = _SPAN.fullmatch(" ".join(plain_dashes(nfc(text)).split()))
    if clocks is None:
        raise wrong(f"”{shortened(text, 60)}” går inte att läsa som en tid. {_EXAMPLE}")
    start = _minutes(clocks[1], clocks[2])
    end = _minutes(clocks[3], clocks[4]) if clocks[3] else None
    if start == _MIDNIGHT:
        raise wrong(f"En dag börjar 00.00 och slutar 24.00. {_EXAMPLE}")
    if end == 0 and start:
        end = _MIDNIGHT
    span = TimeSpan(start, end)
    length = (span.end_from_start_of_day or start) - start
    if clocks[5] and end is not None and not span.ends_next_day:
        raise wrong(f"”{text.strip()}” är mer än ett dygn. {_EXAMPLE}")
    if span.ends_next_day and not clocks[5] and length > _LONGEST_NIGHT:
        how = f"Skriv {span} om det slutar dagen efter."
        raise wrong(f"Slutet i ”{text.strip()}” är inte senare än starten. {how}")
    return span


def _minutes(hours: str, minutes: str | None) -> int:
    """The minutes from midnight to a time of the day, or to the end of it."""
    whole = int(hours) * 60 + int(minutes or 0)
    if whole > _MIDNIGHT or int(minutes or 0) > 59:  # noqa: PLR2004  minutes of an hour
        raise wrong(f"Klockslaget {hours}.{minutes or '00'} finns inte. {_EXAMPLE}")
    return whole
