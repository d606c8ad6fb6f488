"""The only look at the clock."""

from __future__ import annotations

from datetime import date, datetime


def current_date() -> date:
    """The date where the person is."""
    return now().date()


def now() -> datetime:
    """The moment, where the person is."""
    return datetime.now().astimezone()
