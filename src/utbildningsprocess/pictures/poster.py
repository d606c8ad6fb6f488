"""What stands on a sheet of a journey, and where: the promise, the axis, and the lanes, in points."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.pictures.lettering import cut_to, lines_of, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Journey, Lane, Week

WIDTH = 790.0
"""Of what stands between the margins of a sheet of A4 that lies down."""
BIG, MIDDLE, SMALL = 24.0, 14.0, 12.0
"""The sizes of letters: headings and dates, names of weeks, and all else."""
_PROMISE = 16.0
LEADING = {BIG: 28.0, _PROMISE: 19.0, MIDDLE: 17.0, SMALL: 14.0}
"""From one line to the next."""
_LABEL, BETWEEN, _INSET, _BAR = 146.0, 3.0, 5.0, 4.0
_LEFT = _LABEL + 6
_NARROWEST, _WIDEST = 136.0, 300.0
_LONGEST_DAY = 130.0
"""How wide a date of its own may be before it is divided."""
_AXIS = 52.0
"""How tall the axis is, with weeks and dates."""
_MOST_PROMISE = 3
_MOST_LINES, _MOST_WITH_ROOM = 3, 5
"""Of one text in the box of a week; and where letters are larger, since there is room."""
_DASH, _HAIR = 4.0, 0.5
_LOOSEST = 12.0
"""The most that is added between lanes where there is room."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


class PatchKind(Enum):
    """What a shape is, so that it can be drawn."""

    BAND = auto()
    BOX = auto()
    BAR = auto()
    PANEL = auto()
    RULE = auto()
    GUIDE = auto()
    AXIS = auto()
    DOT = auto()


class Patch(NamedTuple):
    """A shape with its upper left corner and its size."""

    look: PatchKind
    x: float
    y: float
    width: float
    height: float


class Lettering(NamedTuple):
    """Words on a line: where they begin on their baseline, how large, and how wide they may be."""

    x: float
    y: float
    words: str
    size: float
    room: float
    bold: bool = False
    light: bool = False
    """Whether they stand on something dark."""

    @property
    def fits(self) -> bool:
        """Whether they are no wider than they may be."""
        return width_of(self.words, self.size, bold=self.bold) <= self.room + 0.01


Drawn = list[Patch | Lettering]


class Axis(NamedTuple):
    """The weeks along a sheet, and how wide that is."""

    weeks: Sequence[Week]
    width: float = WIDTH

    @property
    def most_lines(self) -> int:
        """How many lines one text may take in the box of a week."""
        return _MOST_LINES if self.width == WIDTH else _MOST_WITH_ROOM

    @property
    def room(self) -> float:
        """How wide what stands to the right of the labels may be."""
        return self.width - _LEFT

    def columns(self) -> tuple[list[float], float]:
        """Where each week begins, and how wide what stands in it is."""
        count = max(1, len(self.weeks))
        width = max(_NARROWEST, min(_WIDEST, self.room / count - 6))
        step = (self.room - width) / (count - 1) if count > 1 else 0.0
        return [_LEFT + step * place for place in range(len(self.weeks))], width


class _Block(NamedTuple):
    """Something laid out from y 0, and how tall it is."""

    drawn: Drawn
    height: float


# ----------------------------------------------------------------------- a sheet


def laid_out(journey: Journey, width: float, height: float) -> Drawn:
    """All that is drawn of the part of a journey that stands on a sheet of a size."""
    axis = Axis(journey.weeks, width)
    blocks = [_lane(lane, axis, after=journey.lanes[:number]) for number, lane in enumerate(journey.lanes)]
    top = _top(journey, axis)
    spare = height - top.height - sum(block.height + BETWEEN for block in blocks)
    gap = BETWEEN + max(0.0, min(_LOOSEST, spare / max(1, len(blocks))))
    drawn, y, last = top.drawn, top.height, top.height
    lanes: Drawn = []
    for lane, block in zip(journey.lanes, blocks, strict=True):
        lanes.append(Patch(PatchKind.RULE, 0, y, width, 1))
        lanes += _moved(block.drawn, 0, y + gap / 2)
        y += block.height + gap
        if lane.boxes:
            last = y
    columns, _ = axis.columns()
    guides = [Patch(PatchKind.GUIDE, x, top.height, _HAIR, last - top.height) for x in columns]
    return [*guides, *drawn, *lanes] if last > top.height else [*drawn, *lanes]


def enlarged(drawn: Drawn, by: float) -> Drawn:
    """The same so many times as large, letters and all."""
    return [
        item._replace(x=item.x * by, y=item.y * by, width=item.width * by, height=item.height * by)
        if isinstance(item, Patch)
        else item._replace(x=item.x * by, y=item.y * by, size=item.size * by, room=item.room * by)
        for item in drawn
    ]


def top_height(journey: Journey, width: float = WIDTH) -> float:
    """How much room what stands over the lanes takes."""
    return _top(journey, Axis(journey.weeks, width)).height


def _moved(drawn: Drawn, x: float, y: float) -> Drawn:
    return [item._replace(x=item.x + x, y=item.y + y) for item in drawn]


def _top(journey: Journey, axis: Axis) -> _Block:
    """What stands over the lanes: the promise, and the axis with its dates."""
    drawn: Drawn = []
    y, width = 0.0, axis.width
    if journey.promise[1]:
        lines = _promise(*journey.promise, width - 24)
        height = len(lines) * LEADING[_PROMISE] + 2 * BETWEEN
        drawn.append(Patch(PatchKind.BAND, 0, y, width, height))
        for number, line in enumerate(lines):
            base = y + BETWEEN + number * LEADING[_PROMISE] + 14
            drawn.append(Lettering(12, base, line, _PROMISE, width - 24, bold=True, light=True))
        y += height + 4
    if journey.weeks:
        drawn += _moved(_dates(journey, axis), 0, y)
        y += _AXIS
    if journey.note:
        for line in lines_of(journey.note, SMALL, width):
            drawn.append(Lettering(0, y + 11, line, SMALL, width))
            y += LEADING[SMALL]
        y += 1
    return _Block(drawn, y)


def _promise(before: str, promise: str, room: float) -> list[str]:
    """The promise in whole sentences, as many as there is room for; cut when not even the first fits."""
    sentences = _SENTENCE.split(promise)
    for count in range(len(sentences), 0, -1):
        lines = lines_of(f"{before}: {' '.join(sentences[:count])}", _PROMISE, room, bold=True)
        if len(lines) < _MOST_PROMISE:
            return lines
    return cut_to(lines, _MOST_PROMISE, _PROMISE, room, bold=True)


def _dates(journey: Journey, axis: Axis) -> Drawn:
    columns, _ = axis.columns()
    base, line = 36.0, 42.0
    is_dated = bool(journey.years)
    drawn: Drawn = [
        Lettering(0, 12, "Vecka, från måndag" if is_dated else "Räknat i veckor", SMALL, _LABEL),
        Lettering(0, base, journey.years if is_dated else "Vecka", BIG, _LABEL, bold=True),
    ]
    for place, (week, x) in enumerate(zip(journey.weeks, columns, strict=True)):
        end = columns[place + 1] if place + 1 < len(columns) else axis.width
        room = end - x - BETWEEN
        skips = place + 1 < len(columns) and not journey.weeks[place + 1].follows
        drawn += _dashes(x, line, end) if skips else [Patch(PatchKind.AXIS, x, line, end - x, 3)]
        drawn.append(Patch(PatchKind.DOT, x, line - 4, 11, 11))
        drawn.append(Lettering(x, 12, week.name if is_dated else "", MIDDLE, room, bold=True))
        drawn.append(Lettering(x, base, week.day, BIG, room, bold=True))
    return [item for item in drawn if isinstance(item, Patch) or item.words]


def _dashes(x: float, y: float, end: float) -> Iterator[Patch]:
    """The axis where weeks are passed over."""
    while x < end:
        yield Patch(PatchKind.AXIS, x, y, min(_DASH, end - x), 3)
        x += 2 * _DASH


# ------------------------------------------------------------------------ a lane


def lane_height(lane: Lane, axis: Axis, after: Sequence[Lane] = ()) -> float:
    """How tall a lane is, when it stands after others."""
    return _lane(lane, axis, after).height


def _lane(lane: Lane, axis: Axis, after: Sequence[Lane] = ()) -> _Block:
    """A lane: its label, what happens week by week, and below what has no week.

    Its role is not said again when it is that of the lane before it.
    """
    lane = _with_long_texts_below(lane, axis)
    label = _label(lane, "" if after and after[-1].role == lane.role and lane.names else lane.role)
    happens = _boxes(lane, axis)
    followed = _flags(lane, axis)
    told = _panel(lane, axis)
    drawn, y = [*label.drawn], 0.0
    for block in (happens, followed, told):
        if block.drawn:
            drawn += _moved(block.drawn, 0, y)
            y += block.height + BETWEEN
    return _Block(drawn, max(label.height, y - BETWEEN) + 1)


def _with_long_texts_below(lane: Lane, axis: Axis) -> Lane:
    """The lane with what would be a tower in its week told with the week below, where lines are long."""
    _, width = axis.columns()
    tall = [
        (place, what)
        for place, what in lane.boxes
        if len(lines_of(what, SMALL, _room_in(width))) > axis.most_lines
    ]
    told = [f"{axis.weeks[place].heading}: {what}" for place, what in tall]
    return replace(
        lane, boxes=tuple(box for box in lane.boxes if box not in tall), lines=(*told, *lane.lines)
    )


def _room_in(width: float, left: float = _BAR) -> float:
    """How wide the lines in a box may be."""
    return width - left - 2 * _INSET


def _label(lane: Lane, role: str) -> _Block:
    drawn: Drawn = []
    y = 0.0
    for line in lines_of(role, BIG, _LABEL, bold=True):
        drawn.append(Lettering(0, y + 21, line, BIG, _LABEL, bold=True))
        y += LEADING[BIG]
    for name in lane.names:
        for line in lines_of(name, SMALL, _LABEL, bold=True):
            drawn.append(Lettering(0, y + 11, line, SMALL, _LABEL, bold=True))
            y += LEADING[SMALL]
        y += BETWEEN
    return _Block(drawn, y - BETWEEN if lane.names else y)


def _boxes(lane: Lane, axis: Axis) -> _Block:
    """A box for each week, on its line of the axis and as high up as there is room."""
    columns, width = axis.columns()
    by_week: dict[int, list[str]] = {}
    for place, what in lane.boxes:
        by_week.setdefault(place, []).append(what)
    drawn: Drawn = []
    placed: list[tuple[float, float, float]] = []
    for place, several in by_week.items():
        x = columns[place]
        box = _box(several, width)
        beside = [(top, end) for left, top, end in placed if left + width + BETWEEN > x]
        y = next(
            top
            for top in sorted([0.0, *(end + BETWEEN for _, end in beside)])
            if all(top + box.height + BETWEEN <= above or top >= end + BETWEEN for above, end in beside)
        )
        placed.append((x, y, y + box.height))
        drawn += _moved(box.drawn, x, y)
    return _Block(drawn, max((end for *_, end in placed), default=0.0))


def _box(several: Sequence[str], width: float, left: float = _BAR, least: float = 0.0) -> _Block:
    """A box with what happens at a time, one thing below the other, to the right of a bar."""
    x, room = left + _INSET, _room_in(width, left)
    words: Drawn = []
    y = 2.0
    for what in several:
        for line in lines_of(what, SMALL, room):
            words.append(Lettering(x, y + 11, line, SMALL, room))
            y += LEADING[SMALL]
        y += 3
    lower = max(0.0, least - y + 1) / 2
    words, y = _moved(words, 0, lower), max(y - 1, least)
    return _Block([Patch(PatchKind.BOX, 0, 0, width, y), Patch(PatchKind.BAR, 0, 0, left, y), *words], y)


def _flags(lane: Lane, axis: Axis) -> _Block:
    """A box for each date of its own, two beside each other, the date in large letters on its bar."""
    width = (axis.room - BETWEEN) / 2
    drawn: Drawn = []
    y = 0.0
    for start in range(0, len(lane.flags), 2):
        row = [_flag(flag.day, flag.what, width) for flag in lane.flags[start : start + 2]]
        for number, flag in enumerate(row):
            drawn += _moved(flag.drawn, _LEFT + number * (width + BETWEEN), y)
        y += max(flag.height for flag in row) + BETWEEN
    return _Block(drawn, max(0.0, y - BETWEEN))


def _flag(day: str, several: Sequence[str], width: float) -> _Block:
    lines = lines_of(day, BIG, _LONGEST_DAY, bold=True)
    room = max(width_of(line, BIG, bold=True) for line in lines)
    box = _box(several, width, room + 2 * _INSET, len(lines) * LEADING[BIG])
    day_words = [
        Lettering(_INSET, number * LEADING[BIG] + 22, line, BIG, room, bold=True, light=True)
        for number, line in enumerate(lines)
    ]
    return _Block([*box.drawn, *day_words], box.height)


def _panel(lane: Lane, axis: Axis) -> _Block:
    """What has no week, line by line on a ground of its own."""
    room = axis.room - 2 * _INSET
    words: Drawn = []
    y = 2.0
    for told in lane.lines:
        for line in lines_of(told, SMALL, room):
            words.append(Lettering(_LEFT + _INSET, y + 11, line, SMALL, room))
            y += LEADING[SMALL]
        y += 1
    y += 1
    ground = Patch(PatchKind.PANEL, _LEFT, 0, axis.room, y)
    return _Block([ground, *words] if words else [], y if words else 0.0)
