"""A journey on sheets to put on a wall: what does not fit goes to the next one, and is never made smaller."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from utbildningsprocess.pictures.lettering import cut_to, lines_of, width_of
from utbildningsprocess.pictures.poster import (
    BETWEEN,
    BIG,
    LEADING,
    MIDDLE,
    WIDTH,
    laid_out,
    lane_height,
    top_height,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Flag, Journey, Lane, Week
    from utbildningsprocess.pictures.poster import Lettering, Patch

HEIGHT = 540.0
"""Of what stands between the margins of a sheet of A4 that lies down, its heading with it, in points."""
_MOST_WEEKS = 7
"""So many dates stand side by side."""
_MOST_HEADING = 2


@dataclass(frozen=True)
class WallSheet:
    """One sheet: its heading, which is no part of the drawing, and the drawing."""

    heading: tuple[str, str]
    """In large letters and, after them, in small."""
    heading_height: float
    drawn: tuple[Patch | Lettering, ...]
    shown: Journey
    """The part of the journey that stands on it."""

    @property
    def height(self) -> float:
        """How tall the drawing is."""
        return HEIGHT - self.heading_height


def sheets(journey: Journey) -> tuple[WallSheet, ...]:
    """The journey on as many sheets as it needs."""
    head, sub, height = _heading(journey.title, "")
    pages = list(_pages(journey, HEIGHT - _heading(journey.title, ", blad 99 av 99")[2]))
    if len(pages) == 1:
        pages = list(_pages(journey, HEIGHT - height)) or pages
    made = []
    for number, page in enumerate(pages, 1):
        more = f", blad {number} av {len(pages)}" if len(pages) > 1 else ""
        head, sub, height = _heading(journey.title, more)
        made.append(WallSheet((head, sub), height, tuple(laid_out(page, HEIGHT - height)), page))
    return tuple(made)


def _heading(title: str, more: str) -> tuple[str, str, float]:
    """A title in two parts, its first words large, and how tall they stand."""
    head, _, sub = title.partition(": ")
    lines = cut_to(lines_of(head, BIG, WIDTH, bold=True), _MOST_HEADING, BIG, WIDTH, bold=True)
    smaller = f"{sub}{more}" if sub else more.removeprefix(", ").capitalize()
    last = width_of(f"{lines[-1]} ", BIG, bold=True) if lines else 0.0
    below = lines_of(smaller, MIDDLE, WIDTH)
    beside = width_of(smaller, MIDDLE) <= WIDTH - last
    below = [] if beside else cut_to(below, 2, MIDDLE, WIDTH)
    height = len(lines) * LEADING[BIG] + len(below) * LEADING[MIDDLE] + 3
    return " ".join(lines), smaller if beside else " ".join(below), height


# ----------------------------------------------------------------------- pages


def _pages(journey: Journey, height: float) -> Iterator[Journey]:
    """The journey in parts that each fit a sheet: some weeks, and as many lanes as there is room for."""
    room = height - top_height(journey)
    parts = list(_stretches(journey))
    for number, (start, end) in enumerate(parts):
        weeks = journey.weeks[start:end]
        lanes = _lanes_within(journey, start, end, last=number == len(parts) - 1)
        for some in _filling(lanes, weeks, room):
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


def _filling(lanes: Iterator[Lane], weeks: Sequence[Week], room: float) -> Iterator[list[Lane]]:
    """The lanes in order, as many together as there is room for."""
    together: list[Lane] = []
    taken = 0.0
    for lane in chain.from_iterable(_fitting(lane, weeks, room) for lane in lanes):
        height = lane_height(lane, weeks, after=together) + BETWEEN
        if together and taken + height > room:
            yield together
            together, taken, height = [], 0.0, lane_height(lane, weeks) + BETWEEN
        together.append(lane)
        taken += height
    if together:
        yield together


def _fitting(lane: Lane, weeks: Sequence[Week], room: float) -> Iterator[Lane]:
    """The lane; in two, each with its label, when it is taller than a sheet."""
    halves = _halves(lane)
    if lane_height(lane, weeks) + BETWEEN <= room or not halves:
        yield lane
    else:
        yield from chain.from_iterable(_fitting(half, weeks, room) for half in halves)


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
