"""A picture as SVG: nothing in it runs or is fetched, and it says in words what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.pages.figures import GAP, Bars, Matrix, Timeline, in_phase
from utbildningsprocess.pictures.shapes import (
    BOLD,
    CENTRED,
    FILL,
    FONT,
    INK,
    LINE,
    MARK,
    PALE,
    PAPER,
    QUIET,
    box,
    dot,
    label,
    lines,
    number,
    text,
    wrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Activity, Drawing, Goal, Pair, Picture

WIDTH, MARGIN = 720, 8
SPACE, INSET, BAR_HEIGHT, DOT = 6, 8, 14, 12
DOTS, MEASURES, WIDEST_COLUMN = 300, 600, 52
"""Of a matrix: where activities and measures begin, and how wide a column of dots gets."""
NOTHING, MEASURED = "–", "Mäts, men tränas inte"


class _Drawn(NamedTuple):
    """Shapes, and how high they are together."""

    shapes: list[str]
    height: float


def svg(picture: Picture) -> str:
    """The picture as a self-contained SVG on white, with its title and the same in words."""
    drawn = _shapes(picture.drawing)
    name, height = text(picture.name), number(drawn.height)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"',
            f' height="{height}" role="img" aria-labelledby="{name}-titel {name}-ord"',
            f' font-family="sans-serif" font-size="{FONT}">',
            f'<title id="{name}-titel">{text(picture.title)}</title>',
            f'<desc id="{name}-ord">{text(picture.words)}</desc>',
            f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>',
            *drawn.shapes,
            "</svg>",
        ]
    )


def _shapes(drawing: Drawing) -> _Drawn:
    if isinstance(drawing, Timeline):
        return _journey(drawing)
    if isinstance(drawing, Matrix):
        return _matrix(drawing)
    return _bars(drawing) if isinstance(drawing, Bars) else _pairs(drawing.pairs)


# ------------------------------------------------------------------- a journey


def _journey(drawing: Timeline) -> _Drawn:
    """A lane for each group, with what happens before, during and after side by side."""
    shown = drawing.phases
    column = (WIDTH - 2 * MARGIN + SPACE) / len(shown)
    places = [MARGIN + place * column for place in range(len(shown))]
    shapes = []
    for x, (_, name) in zip(places, shown, strict=True):
        shapes.append(label(x, MARGIN + LINE * 0.75, name, more=BOLD))
        shapes.append(box(x, MARGIN + LINE + 3, column - SPACE, 3, FILL))
    y = float(MARGIN + LINE + SPACE)
    for group, lane in drawing.lanes:
        drawn, y = lines(MARGIN, y + SPACE, wrapped(group, WIDTH - 2 * MARGIN), more=BOLD)
        cells = [_cell(in_phase(lane, phase), column - SPACE - 2 * INSET) for phase, _ in shown]
        height = max(map(_height, cells))
        shapes += drawn
        for x, cell in zip(places, cells, strict=True):
            shapes += [box(x, y + 3, column - SPACE, height, PALE), *_stacked(x + INSET, y + 3, cell)]
        y += height + SPACE
    return _Drawn(shapes, y + MARGIN)


def _cell(occasions: Sequence[Activity], width: float) -> list[list[str]]:
    """What stands in a lane and a phase: the lines of each activity, or a dash."""
    return [wrapped(str(one), width) for one in occasions] or [[NOTHING]]


def _height(cell: Sequence[Sequence[str]]) -> float:
    return sum(LINE * len(words) + SPACE for words in cell) + SPACE


def _stacked(x: float, y: float, cell: Sequence[Sequence[str]]) -> Iterator[str]:
    for words in cell:
        drawn, y = lines(x, y + SPACE, words)
        yield from drawn


# -------------------------------------------------------------- bars and pairs


def _bars(drawing: Bars) -> _Drawn:
    left, room = WIDTH * 0.45, WIDTH * 0.3
    shapes, y = [], float(MARGIN)
    for name, value, words in drawing.bars:
        part = value / drawing.most if drawing.most else 0.0
        names, end = lines(MARGIN, y, wrapped(name, left - 2 * MARGIN))
        said = wrapped(words, WIDTH - left - room - 2 * MARGIN)
        facts, other_end = lines(left + room + MARGIN, y, said, colour=QUIET)
        shapes += [*names, *_track(left, y, room, part, FILL), *facts]
        y = max(end, other_end, y + LINE) + SPACE
    return _Drawn(shapes, y + MARGIN)


def _track(x: float, y: float, width: float, part: float, colour: str) -> Iterator[str]:
    """A bar on the pale ground of a whole one."""
    part = min(1.0, max(0.0, part))
    yield box(x, y + 2, width, BAR_HEIGHT, PALE)
    if part:
        yield box(x, y + 2, width * part, BAR_HEIGHT, colour)


def _pairs(pairs: Sequence[Pair]) -> _Drawn:
    """For each measure what it was and what it became, with a mark at the goal."""
    shapes, y = [], float(MARGIN)
    for pair in pairs:
        drawn, y = lines(MARGIN, y, wrapped(pair.label, WIDTH - 2 * MARGIN), more=BOLD)
        shapes += drawn
        before, goal, after = pair.words
        for name, value, words, colour in (
            ("Nuläge", pair.before, before, QUIET),
            ("Utfall", pair.after, after, FILL),
        ):
            drawn, y = _measured(y, (name, words), value, pair.goal, colour)
            shapes += drawn
        marked = pair.goal is not None and (pair.before is not None or pair.after is not None)
        named = f"Mål (strecket): {goal}" if marked else f"Mål: {goal}"
        drawn, y = lines(MARGIN, y, wrapped(named, WIDTH - 2 * MARGIN), colour=MARK)
        shapes += drawn
        y += LINE * 0.75
    return _Drawn(shapes, y)


def _measured(
    y: float, said: tuple[str, str], value: float | None, goal: float | None, colour: str
) -> tuple[list[str], float]:
    """A value as a bar with a mark at the goal and in words; in words alone when it is no number."""
    left, room = WIDTH * 0.12, WIDTH * 0.4
    name, words = said
    shapes = [label(MARGIN, y + LINE * 0.75, name)]
    x = left
    if value is not None:
        shapes += _track(left, y, room, value / 100, colour)
        if goal is not None:
            mark = left + room * min(1.0, max(0.0, goal / 100))
            shapes.append(box(mark - 1.5, y, 3, BAR_HEIGHT + 4, MARK))
        x = left + room + INSET
    drawn, end = lines(x, y, wrapped(words, WIDTH - x - MARGIN))
    return [*shapes, *drawn], max(end, y + LINE) + 2


# -------------------------------------------------------------------- a matrix


def _matrix(drawing: Matrix) -> _Drawn:
    """A row for each goal, a column of dots for each activity, its measures, and below what the ids mean."""
    shapes, y = _matrix_head(drawing)
    for goal in drawing.goals:
        drawn, y = _goal(goal, drawing, y)
        shapes += drawn
    drawn, y = _meanings(drawing, y + SPACE)
    return _Drawn([*shapes, *drawn], y + MARGIN)


def _column(drawing: Matrix) -> float:
    return min(WIDEST_COLUMN, (MEASURES - DOTS) / max(1, len(drawing.activities)))


def _middle(drawing: Matrix, place: int) -> float:
    return DOTS + _column(drawing) * (place + 0.5)


def _matrix_head(drawing: Matrix) -> tuple[list[str], float]:
    y = MARGIN + LINE * 0.75
    shapes = [label(MARGIN, y, "Mål", more=BOLD), label(MEASURES, y, "Mått", more=BOLD)]
    if drawing.is_wide:
        shapes.append(label(DOTS, y, "Aktiviteter", more=BOLD))
    for place, (name, _) in enumerate(() if drawing.is_wide else drawing.activities):
        x, colour = _middle(drawing, place), MARK if name in drawing.loose else INK
        shapes.append(label(x, y, _short(name, _column(drawing)), colour=colour, more=BOLD + CENTRED))
    shapes.append(box(MARGIN, MARGIN + LINE + 3, WIDTH - 2 * MARGIN, 3, FILL))
    return shapes, MARGIN + LINE + SPACE + 3.0


def _short(words: str, width: float) -> str:
    return (wrapped(words, width, 1) or [""])[0]


def _goal(goal: Goal, drawing: Matrix, y: float) -> tuple[list[str], float]:
    top = y + SPACE
    named, end = lines(MARGIN + INSET, top, wrapped(f"{goal.id} {goal.text}", DOTS - 2 * MARGIN - INSET))
    measured, other_end = _ids(goal.measures, GAP, MEASURES, top, WIDTH - MEASURES - MARGIN)
    trained: list[str] = []
    last_end = 0.0
    if drawing.is_wide and goal.activities:
        trained, last_end = _ids(goal.activities, GAP, DOTS, top, MEASURES - DOTS - INSET)
    end = max(end, other_end, last_end, top + LINE)
    ground = box(MARGIN, y, WIDTH - 2 * MARGIN, end + SPACE - y, PALE)
    marks = () if trained else _marks(goal, drawing, (top + end) / 2)
    return [ground, *named, *trained, *marks, *measured], end + SPACE + 3


def _ids(names: Sequence[str], gap: str, x: float, y: float, width: float) -> tuple[list[str], float]:
    return lines(x, y, wrapped(", ".join(names) or gap, width), colour=INK if names else MARK)


def _marks(goal: Goal, drawing: Matrix, middle: float) -> Iterator[str]:
    """A dot for each activity that trains the goal; in words when none does, or none needs to."""
    for place, (name, _) in enumerate(drawing.activities):
        if name in (goal.activities or ()):
            yield dot(_middle(drawing, place), middle, DOT, FILL)
    if not goal.activities:
        words, colour = (MEASURED, QUIET) if goal.activities is None else (f"Aktivitet {GAP}", MARK)
        yield label(DOTS, middle + FONT * 0.35, words, colour=colour)


def _meanings(drawing: Matrix, y: float) -> tuple[list[str], float]:
    """What the ids stand for: activities to the left, measures to the right."""
    half = WIDTH / 2 - MARGIN
    activities = [
        (f"{name} {title}{' (tränar inget mål)' if name in drawing.loose else ''}", name in drawing.loose)
        for name, title in drawing.activities
    ]
    left, end = _listed(MARGIN, y, activities, half - MARGIN)
    right, other_end = _listed(WIDTH / 2, y, [(" ".join(one), False) for one in drawing.measures], half)
    return [*left, *right], max(end, other_end)


def _listed(x: float, y: float, items: Sequence[tuple[str, bool]], width: float) -> tuple[list[str], float]:
    """Words below each other; those that are a gap stand out."""
    shapes: list[str] = []
    for words, is_gap in items:
        drawn, y = lines(x, y, wrapped(words, width), colour=MARK if is_gap else QUIET)
        shapes += drawn
        y += 2
    return shapes, y
