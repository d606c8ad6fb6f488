"""A picture as Markdown lists, for terminals and for those who read the Markdown as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.markdown import escaped
from utbildningsprocess.pages.figures import GAP, Bars, Journey, Matrix, Pairs, label_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Drawing, Goal, Pair, Picture

_UNSAID = "–"


def as_list(picture: Picture) -> str:
    """The picture as its title and a list in Markdown."""
    return "\n".join([f"**{_safe(picture.title)}**", "", *_items(picture.drawing)])


def _items(drawing: Drawing) -> Iterator[str]:
    match drawing:
        case Journey():
            return _journey(drawing)
        case Matrix(goals):
            return (item for goal in goals for item in _goal(goal))
        case Bars(bars):  # in words only: blocks would be read aloud one by one
            return (f"- {_safe(name)}: {_safe(words)}" for name, _, words in bars)
        case Pairs(pairs):
            return _pairs(pairs)
        case _:
            assert_never(drawing)


def _safe(words: str) -> str:
    return escaped(label_text(words)) or _UNSAID


def _journey(drawing: Journey) -> Iterator[str]:
    if drawing.promise[1]:
        yield f"- {_safe(': '.join(drawing.promise))}"
    for lane in drawing.lanes:
        yield f"- {_safe(lane.heading)}"
        for when, several in drawing.told(lane):
            if when:
                yield f"  - {_safe(when)}"
            yield from (f"  {'  ' if when else ''}- {_safe(what)}" for what in several)
    if drawing.note:
        yield f"- {_safe(drawing.note)}"


def _goal(goal: Goal) -> Iterator[str]:
    yield f"- {_safe(f'{goal.id} {goal.text}')}"
    if goal.activities is not None:
        yield f"  - Aktiviteter: {_safe(', '.join(goal.activities) or GAP)}"
    yield f"  - Mått: {_safe(', '.join(goal.measures) or GAP)}"


def _pairs(pairs: Sequence[Pair]) -> Iterator[str]:
    for pair in pairs:
        yield f"- {_safe(pair.label)}"
        named = zip(("Nuläge", "Mål", "Utfall"), pair.words, strict=True)
        yield from (f"  - {name}: {_safe(words)}" for name, words in named)
