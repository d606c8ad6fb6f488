"""The time of Sweden as a calendar file tells it, for programs that know no zones by name."""

from __future__ import annotations

from typing import Any

ZONE = "Europe/Stockholm"
_CLOCKS = (
    # Its name, the month it begins in, the hour that the clocks then show, and how far from Greenwich.
    ("DAYLIGHT", "CEST", "19960331T02", 3, "+0100", "+0200"),
    ("STANDARD", "CET", "19961027T03", 10, "+0200", "+0100"),
)
"""Since 1996. A rule for each half of the year, as some programs read no lists of days."""


def swedish_time() -> Any:
    """The zone as a part of a calendar."""
    from icalendar import Timezone

    lines = ["BEGIN:VTIMEZONE", f"TZID:{ZONE}"]
    for kind, name, begins, month, before, after in _CLOCKS:
        lines += [
            f"BEGIN:{kind}",
            f"DTSTART:{begins}0000",
            f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU",
            f"TZNAME:{name}",
            f"TZOFFSETFROM:{before}",
            f"TZOFFSETTO:{after}",
            f"END:{kind}",
        ]
    return Timezone.from_ical("\r\n".join([*lines, "END:VTIMEZONE", ""]))
