"""A picture in Mermaid, the language that GitHub and GitLab draw from Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.pages.figures import GAP, Bars, Journey, Matrix, Pairs, decimal, label_text
from utbildningsprocess.swedish import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.pages.figures import Pair, Picture

_LONGEST = 60
"""Letters of a label."""
_MEANING = re.compile(r"[^\w .,()/+–−-]")
"""What may mean something to Mermaid."""


def mermaid(picture: Picture) -> str:
    """The picture in Mermaid; empty without numbers to draw, and for what Mermaid cannot show."""
    drawing = picture.drawing
    match drawing:
        case Journey():  # a timeline of Mermaid has neither lanes nor dates that can be read
            return ""
        case Matrix():
            return "\n".join(["flowchart LR", *_flow(drawing)])
        case Bars(bars, most):
            return _chart(picture.title, [(name, value) for name, value, _ in bars], most)
        case Pairs(pairs):
            return _chart(picture.title, _values(pairs), 100)
        case _:
            assert_never(drawing)


def _safe(words: str) -> str:
    """A label without anything that means something to Mermaid."""
    return shortened(" ".join(_MEANING.sub(" ", label_text(words)).split()), _LONGEST) or "–"


def _values(pairs: Sequence[Pair]) -> list[tuple[str, float]]:
    """What each measure was, was to become and became, as far as they are numbers."""
    return [
        (f"{pair.label.partition(' ')[0]} {name}", value)
        for pair in pairs
        for name, value in (("nuläge", pair.before), ("mål", pair.goal), ("utfall", pair.after))
        if value is not None and pair.after is not None
    ]


def _chart(title: str, bars: Sequence[tuple[str, float]], most: float) -> str:
    """A chart with a bar for each value, `most` for a whole one; empty without bars."""
    if not bars:
        return ""
    names = ", ".join(f'"{_safe(name)}"' for name, _ in bars)
    values = ", ".join(decimal(value) for _, value in bars)
    return (
        f'xychart-beta horizontal\n    title "{_safe(title)}"\n'
        f"    x-axis [{names}]\n    y-axis 0 --> {decimal(most)}\n    bar [{values}]"
    )


def _flow(drawing: Matrix) -> Iterator[str]:
    """A thread for each goal: the goal, what trains it, what measures it. A gap is a dashed box."""
    activities, measures = dict(drawing.activities), dict(drawing.measures)
    for place, goal in enumerate(drawing.goals):
        yield f'    mal{place}["{_safe(f"{goal.id} {goal.text}")}"]'
        last = f"mal{place}"
        if goal.activities is not None:
            yield f"    {last} --> {_node(f'aktiviteter{place}', 'Aktivitet', goal.activities, activities)}"
            last = f"aktiviteter{place}"
        yield f"    {last} --> {_node(f'matt{place}', 'Mått', goal.measures, measures)}"
    if drawing.loose:
        yield f"    {_node('losa', '', ('Tränar inget mål:', *drawing.loose), activities)}:::lucka"
    yield "    classDef lucka stroke-dasharray: 4"


def _node(name: str, kind: str, ids: Sequence[str], titles: Mapping[str, str]) -> str:
    """A box that lists what hangs there, a line each; a gap when there is nothing."""
    if not ids:
        return f'{name}["{kind} {GAP}"]:::lucka'
    lines = (_safe(f"{row_id} {titles.get(row_id, '')}") for row_id in ids)
    return f'{name}["{"<br>".join(lines)}"]'
