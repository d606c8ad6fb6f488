"""A picture as SVG: nothing in it runs or is fetched, and it says in words what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.pages.figures import GAP, Bars, Matrix, Pairs, Timeline, in_phase
from utbildningsprocess.pictures.shapes import (
    BOLD,
    CENTRED,
    FONT,
    LINE_HEIGHT,
    Colour,
    Drawn,
    box,
    decimal,
    fitted,
    label,
    labels,
    xml_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Drawing, Goal, Pair, Picture

_WIDTH, _MARGIN = 720, 8
_INNER_WIDTH = _WIDTH - 2 * _MARGIN
_SPACE, _INSET, _BAR_HEIGHT, _DOT_RADIUS = 6, 8, 14, 6
_DOTS_AT, _MEASURES_AT, _WIDEST_COLUMN = 300, 600, 52
"""Of a matrix: where activities and measures begin, and how wide a column of dots gets."""
_NOTHING, _MEASURED = "–", "Mäts, men tränas inte"


def svg(picture: Picture) -> str:
    """The picture as a self-contained SVG on white, with its title and the same in words."""
    drawn = _shapes(picture.drawing)
    name, height = xml_text(picture.name), decimal(drawn.end)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}"',
            f' height="{height}" role="img" aria-labelledby="{name}-titel {name}-ord"',
            f' font-family="sans-serif" font-size="{FONT}">',
            f'<title id="{name}-titel">{xml_text(picture.title)}</title>',
            f'<desc id="{name}-ord">{xml_text(picture.words)}</desc>',
            f'<rect width="{_WIDTH}" height="{height}" fill="{Colour.PAPER}"/>',
            *drawn.shapes,
            "</svg>",
        ]
    )


def _shapes(drawing: Drawing) -> Drawn:
    match drawing:
        case Timeline():
            return _journey(drawing)
        case Matrix():
            return _matrix(drawing)
        case Bars():
            return _bars(drawing)
        case Pairs(pairs):
            return _pairs(pairs)
        case _:
            assert_never(drawing)


# ------------------------------------------------------------------- a journey


def _journey(drawing: Timeline) -> Drawn:
    """A lane for each group, with what happens before, during and after side by side."""
    width = (_INNER_WIDTH + _SPACE) / len(drawing.phases) - _SPACE
    columns = [(_MARGIN + place * (width + _SPACE), *phase) for place, phase in enumerate(drawing.phases)]
    shapes = []
    for x, _, name in columns:
        shapes.append(label(x, _MARGIN + LINE_HEIGHT * 0.75, name, more=BOLD))
        shapes.append(box(x, _MARGIN + LINE_HEIGHT + 3, width, 3, Colour.FILL))
    y = float(_MARGIN + LINE_HEIGHT + _SPACE)
    for group, lane in drawing.lanes:
        heading, y = labels(_MARGIN, y + _SPACE, fitted(group, _INNER_WIDTH), more=BOLD)
        cells = []
        for x, phase, _ in columns:
            activities = [(str(activity), Colour.INK) for activity in in_phase(lane, phase)]
            told = activities or [(_NOTHING, Colour.INK)]
            cells.append(_stacked(x + _INSET, y + 3 + _SPACE, told, width - 2 * _INSET, _SPACE))
        height = max(cell.end for cell in cells) - y - 3
        shapes += heading
        for (x, *_), cell in zip(columns, cells, strict=True):
            shapes += [box(x, y + 3, width, height, Colour.PALE), *cell.shapes]
        y += height + _SPACE
    return Drawn(shapes, y + _MARGIN)


def _stacked(x: float, y: float, items: Sequence[tuple[str, Colour]], width: float, space: float) -> Drawn:
    """Words below each other, each in its colour, with space after each."""
    shapes: list[str] = []
    for words, colour in items:
        item, y = labels(x, y, fitted(words, width), colour=colour)
        shapes += item
        y += space
    return Drawn(shapes, y)


# -------------------------------------------------------------- bars and pairs


def _bars(drawing: Bars) -> Drawn:
    left, room = _WIDTH * 0.45, _WIDTH * 0.3
    shapes, y = [], float(_MARGIN)
    for name, value, words in drawing.bars:
        named = labels(_MARGIN, y, fitted(name, left - 2 * _MARGIN))
        lines = fitted(words, _INNER_WIDTH - left - room)
        said = labels(left + room + _MARGIN, y, lines, colour=Colour.QUIET)
        shapes += [*named.shapes, *_track(left, y, room, value / drawing.most, Colour.FILL), *said.shapes]
        y = max(named.end, said.end, y + LINE_HEIGHT) + _SPACE
    return Drawn(shapes, y + _MARGIN)


def _track(x: float, y: float, width: float, share: float, colour: Colour) -> Iterator[str]:
    """A bar for a share of a whole one, on the pale ground of the whole."""
    yield box(x, y + 2, width, _BAR_HEIGHT, Colour.PALE)
    if share:
        yield box(x, y + 2, width * share, _BAR_HEIGHT, colour)


def _pairs(pairs: Sequence[Pair]) -> Drawn:
    """For each measure what it was and what it became, with a mark at the goal."""
    shapes, y = [], float(_MARGIN)
    for pair in pairs:
        before, goal, after = pair.words
        name, y = labels(_MARGIN, y, fitted(pair.label, _INNER_WIDTH), more=BOLD)
        was, y = _measured(y, ("Nuläge", before), pair.before, pair.goal, Colour.QUIET)
        became, y = _measured(y, ("Utfall", after), pair.after, pair.goal, Colour.FILL)
        marked = pair.goal is not None and (pair.before is not None or pair.after is not None)
        words = f"Mål (strecket): {goal}" if marked else f"Mål: {goal}"
        promised, y = labels(_MARGIN, y, fitted(words, _INNER_WIDTH), colour=Colour.MARK)
        shapes += [*name, *was, *became, *promised]
        y += LINE_HEIGHT * 0.75
    return Drawn(shapes, y)


def _measured(
    y: float, said: tuple[str, str], value: float | None, goal: float | None, colour: Colour
) -> Drawn:
    """A value as a bar with a mark at the goal and in words; in words alone when it is no number."""
    left, room = _WIDTH * 0.12, _WIDTH * 0.4
    name, words = said
    shapes = [label(_MARGIN, y + LINE_HEIGHT * 0.75, name)]
    x = left
    if value is not None:
        shapes += _track(left, y, room, value / 100, colour)
        if goal is not None:
            shapes.append(box(left + room * (goal / 100) - 1.5, y, 3, _BAR_HEIGHT + 4, Colour.MARK))
        x = left + room + _INSET
    in_words = labels(x, y, fitted(words, _WIDTH - x - _MARGIN))
    return Drawn([*shapes, *in_words.shapes], max(in_words.end, y + LINE_HEIGHT) + 2)


# -------------------------------------------------------------------- a matrix


def _matrix(drawing: Matrix) -> Drawn:
    """A row for each goal, a column of dots for each activity, its measures, and below what the ids mean."""
    shapes, y = _matrix_head(drawing)
    for goal in drawing.goals:
        row, y = _goal(goal, drawing, y)
        shapes += row
    meanings, y = _meanings(drawing, y + _SPACE)
    return Drawn([*shapes, *meanings], y + _MARGIN)


def _column(drawing: Matrix) -> float:
    return min(_WIDEST_COLUMN, (_MEASURES_AT - _DOTS_AT) / max(1, len(drawing.activities)))


def _middle(drawing: Matrix, place: int) -> float:
    return _DOTS_AT + _column(drawing) * (place + 0.5)


def _matrix_head(drawing: Matrix) -> Drawn:
    y = _MARGIN + LINE_HEIGHT * 0.75
    shapes = [label(_MARGIN, y, "Mål", more=BOLD), label(_MEASURES_AT, y, "Mått", more=BOLD)]
    if drawing.is_wide:
        shapes.append(label(_DOTS_AT, y, "Aktiviteter", more=BOLD))
    for place, (name, _) in enumerate(() if drawing.is_wide else drawing.activities):
        x, colour = _middle(drawing, place), Colour.MARK if name in drawing.loose else Colour.INK
        words = "".join(fitted(name, _column(drawing), most=1))
        shapes.append(label(x, y, words, colour=colour, more=BOLD + CENTRED))
    shapes.append(box(_MARGIN, _MARGIN + LINE_HEIGHT + 3, _INNER_WIDTH, 3, Colour.FILL))
    return Drawn(shapes, _MARGIN + LINE_HEIGHT + _SPACE + 3.0)


def _goal(goal: Goal, drawing: Matrix, y: float) -> Drawn:
    top = y + _SPACE
    words = fitted(f"{goal.id} {goal.text}", _DOTS_AT - 2 * _MARGIN - _INSET)
    named = labels(_MARGIN + _INSET, top, words)
    measured = _ids(goal.measures, _MEASURES_AT, top, _WIDTH - _MEASURES_AT - _MARGIN)
    listed = goal.activities if drawing.is_wide else None
    trained = _ids(listed, _DOTS_AT, top, _MEASURES_AT - _DOTS_AT - _INSET) if listed else Drawn([], 0.0)
    end = max(named.end, measured.end, trained.end, top + LINE_HEIGHT)
    ground = box(_MARGIN, y, _INNER_WIDTH, end + _SPACE - y, Colour.PALE)
    marks = () if listed else _marks(goal, drawing, (top + end) / 2)
    shapes = [ground, *named.shapes, *trained.shapes, *marks, *measured.shapes]
    return Drawn(shapes, end + _SPACE + 3)


def _ids(ids: Sequence[str], x: float, y: float, width: float) -> Drawn:
    return labels(x, y, fitted(", ".join(ids) or GAP, width), colour=Colour.INK if ids else Colour.MARK)


def _marks(goal: Goal, drawing: Matrix, middle: float) -> Iterator[str]:
    """A dot for each activity that trains the goal; in words when none does, or none needs to."""
    for place, (name, _) in enumerate(drawing.activities):
        if name in (goal.activities or ()):
            x, y = decimal(_middle(drawing, place)), decimal(middle)
            yield f'<circle cx="{x}" cy="{y}" r="{_DOT_RADIUS}" fill="{Colour.FILL}"/>'
    if not goal.activities:
        is_gap = goal.activities is not None
        words, colour = (f"Aktivitet {GAP}", Colour.MARK) if is_gap else (_MEASURED, Colour.QUIET)
        yield label(_DOTS_AT, middle + FONT * 0.35, words, colour=colour)


def _meanings(drawing: Matrix, y: float) -> Drawn:
    """What the ids stand for: activities to the left, measures to the right."""
    half = _WIDTH / 2 - _MARGIN
    activities = [
        (f"{name} {title} (tränar inget mål)", Colour.MARK)
        if name in drawing.loose
        else (f"{name} {title}", Colour.QUIET)
        for name, title in drawing.activities
    ]
    measures = [(f"{name} {method}", Colour.QUIET) for name, method in drawing.measures]
    left = _stacked(_MARGIN, y, activities, half - _MARGIN, 2)
    right = _stacked(_WIDTH / 2, y, measures, half, 2)
    return Drawn([*left.shapes, *right.shapes], max(left.end, right.end))
