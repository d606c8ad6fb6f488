"""A picture as SVG: nothing in it runs or is fetched, and it says in words what it shows."""

from __future__ import annotations

import html
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.pages.figures import GAP, Bars, Journey, Matrix, Pairs, decimal, label_text
from utbildningsprocess.pictures.journey import in_words
from utbildningsprocess.pictures.poster import WIDTH, Lettering, Patch, PatchKind
from utbildningsprocess.pictures.sheets import sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Goal, Pair, Picture
    from utbildningsprocess.pictures.sheets import WallSheet

_WIDTH, _MARGIN = 720, 8
_INNER_WIDTH = _WIDTH - 2 * _MARGIN
_SPACE, _INSET, _BAR_HEIGHT, _DOT_RADIUS = 6, 8, 14, 6
_DOTS_AT, _MEASURES_AT, _WIDEST_COLUMN = 300, 600, 52
"""Of a matrix: where activities and measures begin, and how wide a column of dots gets."""
_MEASURED = "Mäts, men tränas inte"
_FONT, _LINE_HEIGHT = 13, 17
"""The size of the letters, and from one line to the next."""
_NARROW, _UPPER, _COMMON, _BROAD, _FULL = 0.32, 0.74, 0.6, 0.95, 1.1
"""How wide letters are, as parts of their size and rather too much: what draws the SVG chooses the font."""
_POSTER_FONTS = "Arial,Helvetica,Arimo,sans-serif"
"""Fonts about as wide as the room that a poster keeps for its words."""
_MOST_LINES = 3
"""Lines of a label; SVG does not wrap, so that labels are divided here."""
_BOLD = ' font-weight="bold"'
_CENTRED = ' text-anchor="middle"'
_SLIM = frozenset("iljtfrI.,:;'|!()[] ’”")
_STOUT = frozenset("mwMWÆŒæœ@%—…")


class _Colour(StrEnum):
    """The colours of a picture, by what is drawn in them."""

    INK = "#1a1a1a"
    QUIET = "#4d4d4d"
    FILL = "#1f5a7a"
    PALE = "#e6eef2"
    MARK = "#8a3b00"
    PAPER = "#ffffff"


class _Drawn(NamedTuple):
    """Shapes as SVG, and how far down the picture they reach."""

    shapes: list[str]
    end: float


def svgs(picture: Picture) -> tuple[str, ...]:
    """The picture as self-contained SVGs, one for each sheet, with its title and the same in words."""
    drawing = picture.drawing
    match drawing:
        case Journey():
            made = sheets(drawing)
            return tuple(_poster(picture, sheet, number) for number, sheet in enumerate(made, 1))
        case Matrix():
            return (_whole(picture, _matrix(drawing)),)
        case Bars():
            return (_whole(picture, _bars(drawing)),)
        case Pairs(pairs):
            return (_whole(picture, _pairs(pairs)),)
        case _:
            assert_never(drawing)


def _whole(picture: Picture, drawn: _Drawn) -> str:
    height = decimal(drawn.end)
    look = f'width="{_WIDTH}" height="{height}" font-family="sans-serif" font-size="{_FONT}"'
    told = (picture.name, picture.title, picture.words)
    return _document(told, (_WIDTH, height), look, drawn.shapes)


def _document(
    told: tuple[str, str, str], size: tuple[object, object], look: str, shapes: Sequence[str]
) -> str:
    """An SVG of a size; it is told by its name, its title and what it says in words."""
    name, title, words = map(_xml_text, told)
    width, height = size
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
            f' {look} role="img" aria-labelledby="{name}-titel {name}-ord">',
            f'<title id="{name}-titel">{title}</title>',
            f'<desc id="{name}-ord">{words}</desc>',
            f'<rect width="{width}" height="{height}" fill="{_Colour.PAPER}"/>',
            *shapes,
            "</svg>",
        ]
    )


# -------------------------------------------------------------------- a poster


def _poster(picture: Picture, sheet: WallSheet, number: int) -> str:
    """One sheet of a journey, as large as it is to be printed."""
    shapes = [_lettering(item) if isinstance(item, Lettering) else _shape(item) for item in sheet.drawn]
    height = decimal(sheet.height)
    look = f'width="{decimal(WIDTH)}pt" height="{height}pt" font-family="{_POSTER_FONTS}"'
    told = (f"{picture.name}-{number}", picture.title, in_words(sheet.shown))
    return _document(told, (decimal(WIDTH), height), look, shapes)


def _lettering(words: Lettering) -> str:
    colour = _Colour.PAPER if words.light else _Colour.INK
    more = f' font-size="{decimal(words.size)}"{_BOLD if words.bold else ""}'
    return _label(words.x, words.y, _xml_text(words.words), colour=colour, more=more)


def _shape(shape: Patch) -> str:
    """A shape of a poster; what it says is also said by words or by its place."""
    look, x, y, width, height = shape
    match look:
        case PatchKind.BAND | PatchKind.BAR | PatchKind.AXIS:
            return _box(x, y, width, height, _Colour.FILL, radius=0)
        case PatchKind.PANEL:
            return _box(x, y, width, height, _Colour.PALE, radius=0)
        case PatchKind.RULE | PatchKind.GUIDE:
            return _box(x, y, width, height, _Colour.QUIET, radius=0)
        case PatchKind.BOX:
            place = f'x="{decimal(x)}" y="{decimal(y)}" width="{decimal(width)}" height="{decimal(height)}"'
            return f'<rect {place} fill="{_Colour.PAPER}" stroke="{_Colour.FILL}"/>'
        case PatchKind.DOT:
            radius = width / 2
            at = f'cx="{decimal(x + radius)}" cy="{decimal(y + radius)}" r="{decimal(radius)}"'
            return f'<circle {at} fill="{_Colour.FILL}"/>'
        case _:
            assert_never(look)


def _stacked(x: float, y: float, items: Sequence[tuple[str, _Colour]], width: float, space: float) -> _Drawn:
    """Words below each other, each in its colour, with space after each."""
    shapes: list[str] = []
    for words, colour in items:
        item, y = _labels(x, y, words, width, colour=colour)
        shapes += item
        y += space
    return _Drawn(shapes, y)


# -------------------------------------------------------------- bars and pairs


def _bars(drawing: Bars) -> _Drawn:
    left, room = _WIDTH * 0.45, _WIDTH * 0.3
    shapes, y = [], float(_MARGIN)
    for name, value, words in drawing.bars:
        named = _labels(_MARGIN, y, name, left - 2 * _MARGIN)
        said = _labels(left + room + _MARGIN, y, words, _INNER_WIDTH - left - room, colour=_Colour.QUIET)
        shapes += [*named.shapes, *_track(left, y, room, value / drawing.most, _Colour.FILL), *said.shapes]
        y = max(named.end, said.end, y + _LINE_HEIGHT) + _SPACE
    return _Drawn(shapes, y + _MARGIN)


def _track(x: float, y: float, width: float, share: float, colour: _Colour) -> Iterator[str]:
    """A bar for a share of a whole one, on the pale ground of the whole."""
    yield _box(x, y + 2, width, _BAR_HEIGHT, _Colour.PALE)
    if share:
        yield _box(x, y + 2, width * share, _BAR_HEIGHT, colour)


def _pairs(pairs: Sequence[Pair]) -> _Drawn:
    """For each measure what it was and what it became, with a mark at the goal."""
    shapes, y = [], float(_MARGIN)
    for pair in pairs:
        before, goal, after = pair.words
        name, y = _labels(_MARGIN, y, pair.label, _INNER_WIDTH, more=_BOLD)
        was, y = _measured(y, ("Nuläge", before), pair.before, pair.goal, _Colour.QUIET)
        became, y = _measured(y, ("Utfall", after), pair.after, pair.goal, _Colour.FILL)
        marked = pair.goal is not None and (pair.before is not None or pair.after is not None)
        words = f"Mål (strecket): {goal}" if marked else f"Mål: {goal}"
        promised, y = _labels(_MARGIN, y, words, _INNER_WIDTH, colour=_Colour.MARK)
        shapes += [*name, *was, *became, *promised]
        y += _LINE_HEIGHT * 0.75
    return _Drawn(shapes, y)


def _measured(
    y: float, said: tuple[str, str], value: float | None, goal: float | None, colour: _Colour
) -> _Drawn:
    """A value as a bar with a mark at the goal and in words; in words alone when it is no number."""
    left, room = _WIDTH * 0.12, _WIDTH * 0.4
    name, words = said
    shapes = [_label(_MARGIN, y + _LINE_HEIGHT * 0.75, name)]
    x = left
    if value is not None:
        shapes += _track(left, y, room, value / 100, colour)
        if goal is not None:
            shapes.append(_box(left + room * (goal / 100) - 1.5, y, 3, _BAR_HEIGHT + 4, _Colour.MARK))
        x = left + room + _INSET
    in_words = _labels(x, y, words, _WIDTH - x - _MARGIN)
    return _Drawn([*shapes, *in_words.shapes], max(in_words.end, y + _LINE_HEIGHT) + 2)


# -------------------------------------------------------------------- a matrix


def _matrix(drawing: Matrix) -> _Drawn:
    """A row for each goal, a column of dots for each activity, its measures, and below what the ids mean."""
    shapes, y = _matrix_head(drawing)
    for goal in drawing.goals:
        row, y = _goal(goal, drawing, y)
        shapes += row
    meanings, y = _meanings(drawing, y + _SPACE)
    return _Drawn([*shapes, *meanings], y + _MARGIN)


def _column(drawing: Matrix) -> float:
    return min(_WIDEST_COLUMN, (_MEASURES_AT - _DOTS_AT) / max(1, len(drawing.activities)))


def _middle(drawing: Matrix, place: int) -> float:
    return _DOTS_AT + _column(drawing) * (place + 0.5)


def _matrix_head(drawing: Matrix) -> _Drawn:
    y = _MARGIN + _LINE_HEIGHT * 0.75
    shapes = [_label(_MARGIN, y, "Mål", more=_BOLD), _label(_MEASURES_AT, y, "Mått", more=_BOLD)]
    if drawing.is_wide:
        shapes.append(_label(_DOTS_AT, y, "Aktiviteter", more=_BOLD))
    for place, (name, _) in enumerate(() if drawing.is_wide else drawing.activities):
        x, colour = _middle(drawing, place), _Colour.MARK if name in drawing.loose else _Colour.INK
        words = "".join(_fitted(name, _column(drawing), most=1))
        shapes.append(_label(x, y, words, colour=colour, more=_BOLD + _CENTRED))
    shapes.append(_box(_MARGIN, _MARGIN + _LINE_HEIGHT + 3, _INNER_WIDTH, 3, _Colour.FILL))
    return _Drawn(shapes, _MARGIN + _LINE_HEIGHT + _SPACE + 3.0)


def _goal(goal: Goal, drawing: Matrix, y: float) -> _Drawn:
    top = y + _SPACE
    named = _labels(_MARGIN + _INSET, top, f"{goal.id} {goal.text}", _DOTS_AT - 2 * _MARGIN - _INSET)
    measured = _ids(goal.measures, _MEASURES_AT, top, _WIDTH - _MEASURES_AT - _MARGIN)
    listed = goal.activities if drawing.is_wide else None
    trained = _ids(listed, _DOTS_AT, top, _MEASURES_AT - _DOTS_AT - _INSET) if listed else _Drawn([], 0.0)
    end = max(named.end, measured.end, trained.end, top + _LINE_HEIGHT)
    ground = _box(_MARGIN, y, _INNER_WIDTH, end + _SPACE - y, _Colour.PALE)
    marks = () if listed else _marks(goal, drawing, (top + end) / 2)
    shapes = [ground, *named.shapes, *trained.shapes, *marks, *measured.shapes]
    return _Drawn(shapes, end + _SPACE + 3)


def _ids(ids: Sequence[str], x: float, y: float, width: float) -> _Drawn:
    return _labels(x, y, ", ".join(ids) or GAP, width, colour=_Colour.INK if ids else _Colour.MARK)


def _marks(goal: Goal, drawing: Matrix, middle: float) -> Iterator[str]:
    """A dot for each activity that trains the goal; in words when none does, or none needs to."""
    for place, (name, _) in enumerate(drawing.activities):
        if name in (goal.activities or ()):
            x, y = decimal(_middle(drawing, place)), decimal(middle)
            yield f'<circle cx="{x}" cy="{y}" r="{_DOT_RADIUS}" fill="{_Colour.FILL}"/>'
    if not goal.activities:
        is_gap = goal.activities is not None
        words, colour = (f"Aktivitet {GAP}", _Colour.MARK) if is_gap else (_MEASURED, _Colour.QUIET)
        yield _label(_DOTS_AT, middle + _FONT * 0.35, words, colour=colour)


def _meanings(drawing: Matrix, y: float) -> _Drawn:
    """What the ids stand for: activities to the left, measures to the right."""
    half = _WIDTH / 2 - _MARGIN
    activities = [
        (f"{name} {title} (tränar inget mål)", _Colour.MARK)
        if name in drawing.loose
        else (f"{name} {title}", _Colour.QUIET)
        for name, title in drawing.activities
    ]
    measures = [(f"{name} {method}", _Colour.QUIET) for name, method in drawing.measures]
    left = _stacked(_MARGIN, y, activities, half - _MARGIN, 2)
    right = _stacked(_WIDTH / 2, y, measures, half, 2)
    return _Drawn([*left.shapes, *right.shapes], max(left.end, right.end))


# ---------------------------------------------------------- labels and boxes


def _xml_text(words: str) -> str:
    """The words on one line, escaped for XML."""
    return html.escape(label_text(words))


def _fitted(words: str, width: float, most: int = _MOST_LINES) -> list[str]:
    """The words as lines that fit a width, escaped; what does not fit in the last one becomes an ellipsis."""
    remaining = label_text(words)
    lines: list[str] = []
    while remaining and len(lines) < most:
        fits = _fitting(remaining, width)
        lines.append(remaining[:fits].rstrip())
        remaining = remaining[fits:].lstrip()
    if remaining:
        last = lines[-1]
        lines[-1] = f"{last[: _fitting(f'{last}…', width - _advance('…'))].rstrip()}…"
    return [html.escape(line) for line in lines]


def _fitting(line: str, width: float) -> int:
    """How many letters of the line fit in a width, up to a blank when there is one."""
    reached = 0.0
    for place, char in enumerate(line):
        reached += _advance(char)
        if reached > width:
            return max(line.rfind(" ", 0, place + 1), 0) or max(place, 1)
    return len(line)


def _advance(char: str) -> float:
    """About how wide a letter is drawn."""
    if char in _SLIM:
        return _NARROW * _FONT
    if char in _STOUT:
        return _BROAD * _FONT
    if unicodedata.east_asian_width(char) in "WF":
        return _FULL * _FONT
    return (_UPPER if char.isupper() else _COMMON) * _FONT


def _label(x: float, y: float, words: str, *, colour: _Colour = _Colour.INK, more: str = "") -> str:
    """A text at a place; its words are escaped already."""
    return f'<text x="{decimal(x)}" y="{decimal(y)}" fill="{colour}"{more}>{words}</text>'


def _labels(  # noqa: PLR0913  where the words stand, their room, and how they look
    x: float, y: float, words: str, width: float, *, colour: _Colour = _Colour.INK, more: str = ""
) -> _Drawn:
    """The words as lines below each other that fit a width."""
    shapes = []
    for line in _fitted(words, width):
        shapes.append(_label(x, y + _LINE_HEIGHT * 0.75, line, colour=colour, more=more))
        y += _LINE_HEIGHT
    return _Drawn(shapes, y)


def _box(  # noqa: PLR0913  its place, its size, and how it looks
    x: float, y: float, width: float, height: float, colour: _Colour, *, radius: int = 3
) -> str:
    """A box with its upper left corner at a place."""
    place = f'x="{decimal(x)}" y="{decimal(y)}" width="{decimal(width)}" height="{decimal(height)}"'
    return f'<rect {place} rx="{radius}" fill="{colour}"/>'
