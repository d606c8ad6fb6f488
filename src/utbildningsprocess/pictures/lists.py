"""A picture as Markdown lists, for terminals and for those who read the Markdown as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.markdown import escaped
from utbildningsprocess.pages.figures import GAP, Bars, Matrix, Timeline, in_phase
from utbildningsprocess.pictures.shapes import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Goal, Pair, Picture


UNSAID = "–"


def as_list(picture: Picture) -> str:
    """The picture as its title and a list in Markdown."""
    drawing = picture.drawing
    if isinstance(drawing, Timeline):
        items = _journey(drawing)
    elif isinstance(drawing, Matrix):
        items = (item for goal in drawing.goals for item in _goal(goal))
    else:
        items = _bars(drawing) if isinstance(drawing, Bars) else _pairs(drawing.pairs)
    return "\n".join([f"**{_safe(picture.title)}**", "", *items])


def _safe(words: str) -> str:
    return escaped(plain(words)) or UNSAID


def _journey(drawing: Timeline) -> Iterator[str]:
    for group, lane in drawing.lanes:
        yield f"- {_safe(group)}"
        for phase, name in drawing.phases:
            found = in_phase(lane, phase)
            if found:
                yield f"  - {name}"
            yield from (f"    - {_safe(str(one))}" for one in found)


def _goal(goal: Goal) -> Iterator[str]:
    yield f"- {_safe(f'{goal.id} {goal.text}')}"
    if goal.activities is not None:
        yield f"  - Aktiviteter: {_safe(', '.join(goal.activities) or GAP)}"
    yield f"  - Mått: {_safe(', '.join(goal.measures) or GAP)}"


def _bars(drawing: Bars) -> Iterator[str]:
    """Bars in words only: blocks would be read aloud one by one."""
    yield from (f"- {_safe(name)}: {_safe(words)}" for name, _, words in drawing.bars)


def _pairs(pairs: Sequence[Pair]) -> Iterator[str]:
    for pair in pairs:
        yield f"- {_safe(pair.label)}"
        named = zip(("Nuläge", "Mål", "Utfall"), pair.words, strict=True)
        yield from (f"  - {name}: {_safe(words)}" for name, words in named)
