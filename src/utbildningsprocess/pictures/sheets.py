"""A journey on sheets to put on a wall, as large as there is room for; what does not fit goes to one more."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from utbildningsprocess.pictures.lettering import cut_to, lines_of, width_of
from utbildningsprocess.pictures.poster import (
    BETWEEN,
    BIG,
    LEADING,
    MIDDLE,
    WIDTH,
    Axis,
    Lettering,
    enlarged,
    laid_out,
    lane_height,
    top_height,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Flag, Journey, Lane
    from utbildningsprocess.pictures.poster import Patch

HEIGHT = 540.0
"""Of what stands between the margins of a sheet of A4 that lies down, its heading with it, in points."""
_MOST_WEEKS = 7
"""So many dates stand side by side."""
_MOST_HEADING = 2
_LARGER = (1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.75)
"""How many times as large all that stands on the sheets may be, step by step as long as there is room."""


@dataclass(frozen=True)
class WallSheet:
    """One sheet: its heading, which is no part of the drawing, and the drawing."""

    heading: tuple[str, str]
    """In large letters and, after them, in small."""
    heading_height: float
    larger: float
    """How many times as large as they must be its letters are."""
    drawn: tuple[Patch | Lettering, ...]
    shown: Journey
    """The part of the journey that stands on it."""

    @property
    def height(self) -> float:
        """How tall the drawing is."""
        return HEIGHT - self.heading_height


@lru_cache(maxsize=4)
def sheets(journey: Journey) -> tuple[WallSheet, ...]:
    """The journey on as many sheets as it needs, all in letters as large as those sheets have room for."""
    made = _in_size(journey, 1.0)
    shown, said = [sheet.shown for sheet in made], _words(made)
    for larger in _LARGER:
        tried = _in_size(journey, larger)
        if [sheet.shown for sheet in tried] != shown or _words(tried) != said:
            break
        made = tried
    return made


def _in_size(journey: Journey, larger: float) -> tuple[WallSheet, ...]:
    """The journey laid out on sheets so much smaller, which are then enlarged."""
    width, height = WIDTH / larger, HEIGHT / larger
    heading = _heading(journey.title, "", width)[2]
    pages = list(_pages(journey, width, height - _heading(journey.title, ", blad 99 av 99", width)[2]))
    if len(pages) == 1:
        pages = list(_pages(journey, width, height - heading)) or pages
    made = []
    for number, page in enumerate(pages, 1):
        more = f", blad {number} av {len(pages)}" if len(pages) > 1 else ""
        head, sub, taken = _heading(journey.title, more, width)
        drawn = enlarged(laid_out(page, width, height - taken), larger)
        made.append(WallSheet((head, sub), taken * larger, larger, tuple(drawn), page))
    return tuple(made)


def _words(made: Sequence[WallSheet]) -> list[str]:
    """What is to be read on each sheet, however it is divided into lines; nothing where it has no room."""
    return [
        re.sub(r"[\s-]", "", "".join([*sheet.heading, *(words.words for words in lettered)]))
        if all(words.fits for words in lettered)
        else ""
        for sheet in made
        for lettered in [[item for item in sheet.drawn if isinstance(item, Lettering)]]
    ]


def _heading(title: str, more: str, width: float) -> tuple[str, str, float]:
    """A title in two parts, its first words large, and how tall they stand."""
    head, _, sub = title.partition(": ")
    lines = cut_to(lines_of(head, BIG, width, bold=True), _MOST_HEADING, BIG, width, bold=True)
    smaller = f"{sub}{more}" if sub else more.removeprefix(", ").capitalize()
    last = width_of(f"{lines[-1]} ", BIG, bold=True) if lines else 0.0
    below = lines_of(smaller, MIDDLE, width)
    beside = width_of(smaller, MIDDLE) <= width - last
    below = [] if beside else cut_to(below, 2, MIDDLE, width)
    height = len(lines) * LEADING[BIG] + len(below) * LEADING[MIDDLE] + 3
    return " ".join(lines), smaller if beside else " ".join(below), height


# ----------------------------------------------------------------------- pages


def _pages(journey: Journey, width: float, height: float) -> Iterator[Journey]:
    """The journey in parts that each fit a sheet: some weeks, and as many lanes as there is room for."""
    room = height - top_height(journey, width)
    parts = list(_stretches(journey))
    for number, (start, end) in enumerate(parts):
        weeks = journey.weeks[start:end]
        lanes = _lanes_within(journey, start, end, last=number == len(parts) - 1)
        for some in _filling(lanes, Axis(weeks, width), room):
            yield replace(journey, weeks=weeks, lanes=tuple(some))


def _stretches(journey: Journey) -> Iterator[tuple[int, int]]:
    """From which week to which each sheet goes, about as many on each."""
    count = len(journey.weeks)
    parts = max(1, -(-count // _MOST_WEEKS))
    for number in range(parts):
        yield count * number // parts, count * (number + 1) // parts


def _lanes_within(journey: Journey, start: int, end: int, *, last: bool) -> Iterator[Lane]:
    """The lanes that have something in some weeks; what has no week stands with the last of them."""
    for lane in journey.lanes:
        boxes = tuple((place - start, what) for place, what in lane.boxes if start <= place < end)
        within = replace(lane, boxes=boxes)
        if not last:
            within = replace(within, lines=(), flags=())
        if within.boxes or within.lines or within.flags:
            yield within


def _filling(lanes: Iterator[Lane], axis: Axis, room: float) -> Iterator[list[Lane]]:
    """The lanes in order, as many together as there is room for."""
    together: list[Lane] = []
    taken = 0.0
    for lane in chain.from_iterable(_fitting(lane, axis, room) for lane in lanes):
        height = lane_height(lane, axis, after=together) + BETWEEN
        if together and taken + height > room:
            yield together
            together, taken, height = [], 0.0, lane_height(lane, axis) + BETWEEN
        together.append(lane)
        taken += height
    if together:
        yield together


def _fitting(lane: Lane, axis: Axis, room: float) -> Iterator[Lane]:
    """The lane; in two, each with its label, when it is taller than a sheet."""
    halves = _halves(lane)
    if lane_height(lane, axis) + BETWEEN <= room or not halves:
        yield lane
    else:
        yield from chain.from_iterable(_fitting(half, axis, room) for half in halves)


def _halves(lane: Lane) -> tuple[Lane, ...]:
    """A lane divided between the things in it; nothing when there is only one."""
    count = len(lane.boxes) + len(lane.lines) + sum(len(flag.what) for flag in lane.flags)
    return (_share(lane, 0, count // 2), _share(lane, count // 2, count)) if count > 1 else ()


def _share(lane: Lane, start: int, end: int) -> Lane:
    """The lane with some of its things, counted as boxes, lines and flags together."""
    boxes, lines = len(lane.boxes), len(lane.boxes) + len(lane.lines)
    flat = [flag._replace(what=(what,)) for flag in lane.flags for what in flag.what]
    return replace(
        lane,
        boxes=lane.boxes[start:end],
        lines=lane.lines[max(0, start - boxes) : max(0, end - boxes)],
        flags=_by_day(flat[max(0, start - lines) : max(0, end - lines)]),
    )


def _by_day(flags: Sequence[Flag]) -> tuple[Flag, ...]:
    days: dict[str, Flag] = {}
    for flag in flags:
        before = days.get(flag.words, flag._replace(what=()))
        days[flag.words] = flag._replace(what=before.what + flag.what)
    return tuple(days.values())
