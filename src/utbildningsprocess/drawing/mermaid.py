"""A picture in Mermaid, the language that GitHub and GitLab draw from Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.drawing.shapes import number, plain
from utbildningsprocess.pictures import GAP, Bars, Matrix, Timeline, in_phase
from utbildningsprocess.swedish import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.pictures import Goal, Occasion, Pair, Picture

LONGEST = 60
"""Letters of a label."""
_MEANING = re.compile(r"[^\w .,()/+–-]")
"""What may mean something to Mermaid."""


def mermaid(picture: Picture) -> str:
    """The picture in Mermaid; empty without numbers to draw."""
    drawing = picture.drawing
    if isinstance(drawing, Timeline):
        return "\n".join(["timeline", f"    title {_safe(picture.title)}", *_sections(drawing)])
    if isinstance(drawing, Matrix):
        return "\n".join(["flowchart LR", *_flow(drawing)])
    return (
        _bars(picture.title, drawing) if isinstance(drawing, Bars) else _pairs(picture.title, drawing.pairs)
    )


def _safe(words: str) -> str:
    """A label without anything that means something to Mermaid."""
    line = " ".join(_MEANING.sub(" ", plain(words)).split()) or "–"
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


# ------------------------------------------------------------------- a journey


def _sections(drawing: Timeline) -> Iterator[str]:
    """A section for each group and phase: a timeline has no lanes."""
    for group, lane in drawing.lanes:
        for phase, name in drawing.phases:
            found = sorted(in_phase(lane, phase), key=_when)
            if found:
                yield f"    section {_safe(f'{group}, {name.lower()}' if len(drawing.lanes) > 1 else name)}"
            for one in found:
                yield f"        {_week(one)} : {_safe(f'{one.id} {one.title}')}"


def _when(one: Occasion) -> tuple[bool, float, str]:
    """First the week, last those that say none."""
    return one.week is None, one.week or 0, one.id


def _week(one: Occasion) -> str:
    return "vecka ej vald" if one.week is None else f"vecka {_safe(format_number(one.week))}"


# -------------------------------------------------------------- bars and pairs


def _bars(title: str, drawing: Bars) -> str:
    names = ", ".join(f'"{_safe(name)}"' for name, _, _ in drawing.bars)
    values = ", ".join(number(value) for _, value, _ in drawing.bars)
    return _chart(title, names, f"0 --> {number(drawing.most)}", [f"bar [{values}]"])


def _pairs(title: str, pairs: Sequence[Pair]) -> str:
    known = [pair for pair in pairs if pair.before is not None and pair.after is not None]
    if not known:
        return ""
    names = ", ".join(f'"{_safe(pair.label)}"' for pair in known)
    before = ", ".join(number(pair.before or 0) for pair in known)
    after = ", ".join(number(pair.after or 0) for pair in known)
    return _chart(title, names, "0 --> 100", [f"bar [{before}]", f"line [{after}]"])


def _chart(title: str, names: str, span: str, series: Sequence[str]) -> str:
    head = ["xychart-beta", f'    title "{_safe(title)}"', f"    x-axis [{names}]", f"    y-axis {span}"]
    return "\n".join([*head, *(f"    {one}" for one in series)])


# -------------------------------------------------------------------- a matrix


def _flow(drawing: Matrix) -> Iterator[str]:
    """Activities lead to the goals they train, and goals to their measures; a gap is a box of its own."""
    activity = {name: f"aktivitet{place}" for place, (name, _) in enumerate(drawing.activities)}
    measure = {name: f"matt{place}" for place, (name, _) in enumerate(drawing.measures)}
    for name, title in (*drawing.activities, *drawing.measures):
        yield f'    {(activity | measure)[name]}["{_safe(f"{name} {title}")}"]'
    for place, goal in enumerate(drawing.goals):
        yield f'    mal{place}["{_safe(f"{goal.id} {goal.text}")}"]'
        yield from (
            f"    {activity[name]} --> mal{place}" for name in goal.activities or () if name in activity
        )
        if goal.activities == ():
            yield f'    aktivitetslucka{place}["Aktivitet {GAP}"] -.-> mal{place}'
        yield from _measured(goal, place, measure)
    yield "    classDef lucka stroke-dasharray: 4"
    yield from (f"    class {activity[name]} lucka" for name in drawing.loose)
    for place, goal in enumerate(drawing.goals):
        if goal.activities == ():
            yield f"    class aktivitetslucka{place} lucka"
        if not goal.measures:
            yield f"    class mattlucka{place} lucka"


def _measured(goal: Goal, place: int, ids: Mapping[str, str]) -> Iterator[str]:
    yield from (f"    mal{place} --> {ids[name]}" for name in goal.measures if name in ids)
    if not goal.measures:
        yield f'    mal{place} -.-> mattlucka{place}["Mått {GAP}"]'
