"""A picture drawn: as SVG for pages, as Mermaid for Markdown. Whatever a label says, it stays a label."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.pictures import Bars, Timeline
from utbildningsprocess.swedish import clean, format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pictures import Drawing, Occasion, Pair, Picture

PHASES = (("fore", "Före"), ("under", "Under"), ("efter", "Efter"))
WIDTH, MARGIN, ROW, FONT = 720, 8, 20, 13
LETTER = 6.6
"""The mean width of a letter at that size; labels are cut to it, for SVG does not wrap."""
INK, QUIET, FILL, PALE, MARK = "#1a1a1a", "#4d4d4d", "#1f5a7a", "#e6eef2", "#8a3b00"
BOLD = ' font-weight="bold"'
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NO_MERMAID = re.compile(r"[^\w .,%()/+–-]")


class _Drawn(NamedTuple):
    """Shapes, and how high they are together."""

    shapes: list[str]
    height: float


# ----------------------------------------------------------------------- SVG


def svg(picture: Picture) -> str:
    """The picture as a self-contained SVG on white, with its title and the same in words."""
    drawn = _shapes(picture.drawing)
    name, height = _text(picture.name), _number(drawn.height)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}"',
            f' height="{height}" role="img" aria-labelledby="{name}-titel {name}-ord"',
            f' font-family="sans-serif" font-size="{FONT}">',
            f'<title id="{name}-titel">{_text(picture.title)}</title>',
            f'<desc id="{name}-ord">{_text(picture.words)}</desc>',
            f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
            *drawn.shapes,
            "</svg>",
        ]
    )


def _shapes(drawing: Drawing) -> _Drawn:
    if isinstance(drawing, Timeline):
        return _journey(drawing)
    return _bars(drawing) if isinstance(drawing, Bars) else _pairs(drawing.pairs)


def _text(words: str) -> str:
    return html.escape(_NO_XML.sub("", " ".join(clean(words).split())))


def _cut(words: str, width: float) -> str:
    """The words that fit in a width, the rest as an ellipsis."""
    line, room = " ".join(clean(words).split()), max(3, int(width / LETTER))
    return _text(line if len(line) <= room else f"{line[: room - 1].rstrip()}…")


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _label(x: float, y: float, words: str, *, colour: str = INK, more: str = "") -> str:
    """Words that are escaped already, at a place."""
    return f'<text x="{_number(x)}" y="{_number(y)}" fill="{colour}"{more}>{words}</text>'


def _box(x: float, y: float, width: float, height: float, colour: str) -> str:
    place = f'x="{_number(x)}" y="{_number(y)}" width="{_number(width)}" height="{_number(height)}"'
    return f'<rect {place} rx="3" fill="{colour}"/>'


def _journey(drawing: Timeline) -> _Drawn:
    """A lane for each group, with what happens before, during and after side by side."""
    column = (WIDTH - 2 * MARGIN) / len(PHASES)
    y, shapes = MARGIN + ROW * 0.8, []
    for place, (_, name) in enumerate(PHASES):
        shapes.append(_label(MARGIN + place * column + 6, y, name, more=BOLD))
    y += ROW * 0.6
    for group, occasions in drawing.lanes:
        shapes.append(_label(MARGIN + 6, y + ROW * 0.8, _cut(group, WIDTH - 20), colour=QUIET))
        drawn = [_column(occasions, phase) for phase, _ in PHASES]
        rows = max(1, *map(len, drawn))
        top = y + ROW * 1.2
        for place, lines in enumerate(drawn):
            x = MARGIN + place * column
            shapes.append(_box(x, top, column - 6, rows * ROW + 6, PALE))
            shapes += [
                _label(x + 8, top + number * ROW + ROW * 0.85, _cut(line, column - 24))
                for number, line in enumerate(lines)
            ]
        y = top + rows * ROW + 12
    return _Drawn(shapes, y + MARGIN)


def _column(occasions: Sequence[Occasion], phase: str) -> list[str]:
    return [occasion_in_words(one) for one in occasions if one.phase == phase]


def occasion_in_words(one: Occasion) -> str:
    """An activity in short: when, which and what."""
    week = "" if one.week is None else f"v. {format_number(one.week).replace('-', '−')}: "
    return f"{week}{one.id} {one.title}".strip()


def _bars(drawing: Bars) -> _Drawn:
    left, room = WIDTH * 0.48, WIDTH * 0.3
    shapes, y = [], float(MARGIN)
    for label, value, words in drawing.bars:
        part = min(1.0, value / drawing.most) if drawing.most else 0.0
        shapes.append(_label(MARGIN, y + ROW * 0.75, _cut(label, left - 2 * MARGIN)))
        shapes += [_box(left, y + 3, room, ROW - 6, PALE), _box(left, y + 3, room * part, ROW - 6, FILL)]
        shapes.append(_label(left + room + 8, y + ROW * 0.75, _cut(words, WIDTH * 0.2), colour=QUIET))
        y += ROW * 1.4
    return _Drawn(shapes, y + MARGIN)


def _pairs(pairs: Sequence[Pair]) -> _Drawn:
    """For each measure what it was and what it became, with a mark at the goal."""
    left, room = WIDTH * 0.24, WIDTH * 0.34
    shapes, y = [], float(MARGIN)
    for pair in pairs:
        shapes.append(_label(MARGIN, y + ROW * 0.75, _cut(pair.label, WIDTH - 20), more=BOLD))
        y += ROW * 1.1
        rows = (("Nuläge", pair.before, QUIET), ("Utfall", pair.after, FILL))
        for number, (name, value, colour) in enumerate(rows):
            words = pair.words[0] if number == 0 else pair.words[2]
            shapes.append(_label(MARGIN, y + ROW * 0.75, name))
            shapes.append(_box(left, y + 3, room, ROW - 6, PALE))
            if value is not None:
                shapes.append(_box(left, y + 3, room * min(1.0, max(0.0, value / 100)), ROW - 6, colour))
            shapes.append(_label(left + room + 8, y + ROW * 0.75, _cut(words, WIDTH - left - room - 16)))
            y += ROW
        if pair.goal is not None:
            x = left + room * min(1.0, max(0.0, pair.goal / 100))
            shapes.append(_box(x - 1.5, y - 2 * ROW, 3, 2 * ROW, MARK))
        shapes.append(_label(MARGIN, y + ROW * 0.75, _cut(f"Mål: {pair.words[1]}", WIDTH - 20), colour=MARK))
        y += ROW * 1.5
    return _Drawn(shapes, y + MARGIN)


# ------------------------------------------------------------------- Mermaid


def mermaid(picture: Picture) -> str:
    """The picture in the language that forges draw from Markdown; empty without numbers to draw."""
    drawing = picture.drawing
    if isinstance(drawing, Timeline):
        return "\n".join(["timeline", f"    title {_safe(picture.title)}", *_sections(drawing)])
    if isinstance(drawing, Bars):
        names = ", ".join(f'"{_safe(label)}"' for label, _, _ in drawing.bars)
        values = ", ".join(_number(value) for _, value, _ in drawing.bars)
        return _chart(picture.title, names, f"0 --> {_number(drawing.most)}", [f"bar [{values}]"])
    known = [pair for pair in drawing.pairs if pair.before is not None and pair.after is not None]
    if not known:
        return ""
    names = ", ".join(f'"{_safe(pair.label)}"' for pair in known)
    before = ", ".join(_number(pair.before or 0) for pair in known)
    after = ", ".join(_number(pair.after or 0) for pair in known)
    return _chart(picture.title, names, "0 --> 100", [f"bar [{before}]", f"line [{after}]"])


def _chart(title: str, names: str, span: str, series: Sequence[str]) -> str:
    lines = ["xychart-beta", f'    title "{_safe(title)}"', f"    x-axis [{names}]", f"    y-axis {span}"]
    return "\n".join([*lines, *(f"    {one}" for one in series)])


def _sections(drawing: Timeline) -> Iterator[str]:
    for phase, name in PHASES:
        found = {
            (one.week if one.week is not None else 0, one.id): one
            for _, occasions in drawing.lanes
            for one in occasions
            if one.phase == phase
        }
        if found:
            yield f"    section {name}"
        for (week, _), one in sorted(found.items(), key=lambda pair: pair[0]):
            yield f"        vecka {_safe(format_number(week))} : {_safe(f'{one.id} {one.title}')}"


def _safe(words: str) -> str:
    """A label without anything that means something to Mermaid."""
    plain = " ".join(_NO_MERMAID.sub(" ", clean(words)).split())
    return plain if len(plain) <= 60 else f"{plain[:59].rstrip()}…"  # noqa: PLR2004  a label's length
