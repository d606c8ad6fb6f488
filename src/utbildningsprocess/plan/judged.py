"""A measure and what is known of its goal: alone here, for a list that is read needs no more than that."""

from __future__ import annotations

from typing import NamedTuple


class Judged(NamedTuple):
    """A measure by the id of its level, what is known of its goal, and the words that it is judged by."""

    level: str
    state: str
    name: str
    before: str
    goal: str
    outcome: str
