"""What the page of many initiatives holds: counts, what is due each month, and each initiative in short."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from utbildningsprocess.pages.page import Logo


class MarkCount(NamedTuple):
    """How many initiatives bear all of some marks."""

    name: str
    number: int
    marks: tuple[str, ...] = ()


class StepCounts(NamedTuple):
    """The initiatives that have come to a step: all of them, and those that need something."""

    name: str
    counts: tuple[MarkCount, ...]


class DueEntry(NamedTuple):
    """Something with a date: the date as people say it, what it is, who sees to it, and whose it is."""

    said: str
    what: str
    who: str = ""
    is_decision: bool = False
    anchor: str = ""
    title: str = ""
    day: str = ""
    """The date as ISO, where it is a single day."""


class Month(NamedTuple):
    """What is due in a month, or is late; on a page for everybody only how much."""

    name: str
    number: int
    initiatives: int
    dues: tuple[DueEntry, ...]
    is_late: bool
    is_opened: bool


class SortedCell(NamedTuple):
    """What a column says of an initiative, and its place among all when they are sorted by it."""

    text: str
    place: int


class ToldLesson(NamedTuple):
    """A lesson: what sort it is, what it says, and for whom."""

    sort: str
    text: str
    concerns: str


class OnPage(NamedTuple):
    """An initiative: its name in links, the marks to filter by, its row, and what its section tells."""

    anchor: str
    title: str
    marks: tuple[str, ...]
    cells: tuple[SortedCell, ...]
    about: tuple[tuple[str, str], ...]
    late: tuple[DueEntry, ...]
    coming: tuple[DueEntry, ...]
    lessons: tuple[ToldLesson, ...]
    results: tuple[str, ...]
    """What was measured, and what came of it."""


class Filters(NamedTuple):
    """What the rows can be chosen by: each mark with its name in a list."""

    steps: tuple[tuple[str, str], ...]
    lives: tuple[tuple[str, str], ...]


class PortfolioPage(NamedTuple):
    """The whole page. One for everybody has no initiatives, only counts."""

    day: str
    made: date
    folder: str
    organisation: str
    logo: Logo | None
    read: str
    """How many files were read, and what became of them."""
    selection: str
    """Which initiatives were asked for; empty when all were."""
    missing: tuple[str, ...]
    """For whoever decides: the files that cannot be read."""
    not_counted: tuple[str, ...]
    counts: tuple[MarkCount, ...]
    steps: tuple[StepCounts, ...]
    months: tuple[Month, ...]
    later: str
    """What is said of all that comes after them; empty when there is nothing."""
    headings: tuple[str, ...]
    initiatives: tuple[OnPage, ...]
    filters: Filters
    is_open: bool
