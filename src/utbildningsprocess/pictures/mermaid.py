"""A picture in Mermaid, the language that GitHub and GitLab draw from Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.pages.figures import GAP, Bars, Matrix, Timeline, in_phase
from utbildningsprocess.pictures.shapes import number, plain
from utbildningsprocess.swedish import format_number, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.pages.figures import Activity, Pair, Picture

LONGEST = 60
"""Letters of a label."""
_MEANING = re.compile(r"[^\w .,()/+–−-]")
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
    return shortened(" ".join(_MEANING.sub(" ", plain(words)).split()), LONGEST) or "–"


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


def _when(one: Activity) -> tuple[bool, float, str]:
    """First the week, last those that say none."""
    return one.week is None, one.week or 0, one.id


def _week(one: Activity) -> str:
    return "vecka ej vald" if one.week is None else f"vecka {format_number(one.week).replace('-', '−')}"


# -------------------------------------------------------------- bars and pairs


def _bars(title: str, drawing: Bars) -> str:
    names = ", ".join(f'"{_safe(name)}"' for name, _, _ in drawing.bars)
    values = ", ".join(number(value) for _, value, _ in drawing.bars)
    return _chart(title, names, f"0 --> {number(drawing.most)}", values)


def _pairs(title: str, pairs: Sequence[Pair]) -> str:
    """A bar for what each measure was, was to become and became, as far as they are numbers."""
    bars = [
        (f"{pair.label.partition(' ')[0]} {name}", value)
        for pair in pairs
        for name, value in (("nuläge", pair.before), ("mål", pair.goal), ("utfall", pair.after))
        if value is not None and pair.after is not None
    ]
    if not bars:
        return ""
    names = ", ".join(f'"{_safe(name)}"' for name, _ in bars)
    return _chart(title, names, "0 --> 100", ", ".join(number(value) for _, value in bars))


def _chart(title: str, names: str, span: str, series: str) -> str:
    head = [
        "xychart-beta horizontal",
        f'    title "{_safe(title)}"',
        f"    x-axis [{names}]",
        f"    y-axis {span}",
    ]
    return "\n".join([*head, f"    bar [{series}]"])


# -------------------------------------------------------------------- a matrix


def _flow(drawing: Matrix) -> Iterator[str]:
    """A thread for each goal: the goal, what trains it, what measures it. A gap is a dashed box."""
    activities, measures = dict(drawing.activities), dict(drawing.measures)
    for place, goal in enumerate(drawing.goals):
        yield f'    mal{place}["{_safe(f"{goal.id} {goal.text}")}"]'
        last = f"mal{place}"
        if goal.activities is not None:
            yield f"    {last} --> {_knot(f'aktiviteter{place}', 'Aktivitet', goal.activities, activities)}"
            last = f"aktiviteter{place}"
        yield f"    {last} --> {_knot(f'matt{place}', 'Mått', goal.measures, measures)}"
    if drawing.loose:
        yield f"    {_knot('losa', '', ('Tränar inget mål:', *drawing.loose), activities)}:::lucka"
    yield "    classDef lucka stroke-dasharray: 4"


def _knot(name: str, kind: str, ids: Sequence[str], titles: Mapping[str, str]) -> str:
    """A box that lists what hangs there, a line each; a gap when there is nothing."""
    if not ids:
        return f'{name}["{kind} {GAP}"]:::lucka'
    lines = (_safe(f"{one} {titles.get(one, '')}") for one in ids)
    return f'{name}["{"<br>".join(lines)}"]'
