"""What the formats with paper pages share: printable text, sound headings, widths, pictures as tables."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from math import sqrt
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.pages.figures import GAP, Bars, Journey, Matrix, Pairs
from utbildningsprocess.pages.marks import unmarked
from utbildningsprocess.pages.page import LEADER_FACT, NUMBER_FACT, STATUS_FACT, Block, plain_text
from utbildningsprocess.swedish import running, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Goal, Picture
    from utbildningsprocess.pages.page import Line, Page

    Rows = tuple[tuple[str, ...], ...]

LOCALE = "sv-SE"
_WORD_ROOM = 18
"""Characters a column keeps for its longest word; what is longer is divided."""
_LETTER_ROOM = 2
"""Characters a column keeps for its margins."""
_DEEPEST = 8
"""How many lists and quotes may stand within each other; typst would refuse more before long."""
_SET_IN = ("bullets", "numbers", "quote")
_LED_IN = ("bullets", "numbers", "table", "figure", "code")
_FEW_ITEMS, _MOST_BOXES, _FEW_LETTERS = 4, 10, 800
"""Of a list that no new page divides: its items, or its boxes to tick, and all its letters."""
_FEW_ROWS = 8
"""Of a table that no new page divides, its header with them."""
_LEAST_AT_THE_END, _MOST_AT_THE_END, _LETTERS_A_LINE = 7, 15, 85
"""Lines that stand together on the last page, how many one block of them may have, and letters of a line."""
_LONGEST_MARGINAL = 160
"""Letters of a text in a header or a footer, which returns on every page."""
_CROSS, _UNSAID = "x", "–"

# Control characters that XML cannot hold, halves of characters, direction characters that would turn
# the text round them, marks of byte order, and what is no character at all.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_LINES = re.compile("\r\n?|[\u2028\u2029]")


def printable(text: str) -> str:
    """The text with only such characters as every format can hold."""
    return _UNFIT.sub("", _LINES.sub("\n", text))


def marginal(text: str) -> str:
    """A text for a header or a footer: one line, cut when it would take room from the page."""
    return shortened(printable(text), _LONGEST_MARGINAL)


def kind_and_title(page: Page) -> str:
    """What the document is, and about which initiative; a title with a colon stands after a dash."""
    return f"{page.kind}{' –' if ':' in page.title else ':'} {page.title}"


def page_title(page: Page) -> str:
    """What the document calls itself: its first heading."""
    headings = [plain_text(block.line) for block in page.body if block.kind == "heading"]
    return running(printable((headings or [""])[0])) or printable(kind_and_title(page))


def status_fact(page: Page) -> str:
    """The status among the page's facts, with its name; empty when there is none."""
    return next((f"{name}: {value}" for name, value in page.head if name == STATUS_FACT), "")


def kind_and_number(page: Page) -> str:
    """What sort of document a page belongs to, and its number in the register when it has one."""
    return " · ".join(filter(None, [page.kind, *(value for name, value in page.head if name == NUMBER_FACT)]))


def facts_line(page: Page) -> str:
    """The page's facts on one line: ”Status: arbetsmaterial · …”."""
    return " · ".join(f"{name}: {value}" for name, value in page.head)


def wall_facts(page: Page) -> str:
    """The facts on one line as short as a sheet on a wall has room for, the status last."""
    facts = [f"{name}: {value}" for name, value in page.head if name not in (LEADER_FACT, STATUS_FACT)]
    return marginal(unmarked(" · ".join(filter(None, [*facts, status_fact(page)]))))


# --------------------------------------------------------------------- blocks


def steady(page: Page) -> tuple[Block, ...]:
    """The page's blocks as every format can lay them.

    Headings begin at level 1, skip no level and are not empty; what names no picture is shown as it
    stands; within lists and quotes no new page begins; what is set in deeper than anybody can follow
    stands at the deepest place there is.
    """
    return tuple(_steady(page.body, page, [], 0))


def _steady(blocks: Sequence[Block], page: Page, above: list[int], depth: int) -> Iterator[Block]:
    """`above` holds the levels, as written, of the headings that are open at this place."""
    for block in blocks:
        inner = depth + (block.kind in _SET_IN)
        if block.kind == "heading":
            if _says_something(block.line):
                above[:] = [*(level for level in above if level < block.level), block.level]
                yield replace(block, level=len(above))
        elif block.kind == "rule":
            if depth == 0:
                yield block
        elif block.kind == "figure" and block.text not in page.pictures:
            yield Block("code", text=block.text)
        elif inner > _DEEPEST and block.kind in (*_SET_IN, "item"):
            yield from _steady(block.children, page, above, inner)
        else:
            yield replace(block, children=tuple(_steady(block.children, page, above, inner)))


def _says_something(line: Line) -> bool:
    return any(char.isprintable() and not char.isspace() for char in printable(plain_text(line)))


def with_leads(blocks: Sequence[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it introduces the next one, so that they must stand on the same page."""
    for block, following in zip_longest(blocks, blocks[1:]):
        yield block, block.kind == "paragraph" and following is not None and following.kind in _LED_IN


def is_kept_whole(block: Block) -> bool:
    """Whether a list is so short that it stands on one page: what is answered or read as one."""
    items = block.children
    most = _MOST_BOXES if any(item.ticked is not None for item in items) else _FEW_ITEMS
    if len(items) > most or any(len(item.children) != 1 for item in items):
        return False
    return sum(len(plain_text(item.children[0].line)) for item in items) < _FEW_LETTERS


def is_table_kept_whole(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table, given as plain text, is so short that it stands on one page."""
    return len(rows) <= _FEW_ROWS and sum(len(cell) for row in rows for cell in row) < _FEW_LETTERS


def end_of(blocks: Sequence[Block]) -> int:
    """How many blocks at the end stand on the same page, so that no page holds a few lines alone."""
    lines = 0
    for count, block in enumerate(reversed(blocks)):
        taken = _about_lines(block)
        if lines >= _LEAST_AT_THE_END or taken > _MOST_AT_THE_END or block.kind in ("rule", "figure"):
            return count
        lines += taken
    return len(blocks)


def _about_lines(block: Block) -> int:
    """About how many lines a block takes."""
    texts = [plain_text(block.line), block.text, *("  ".join(map(plain_text, row)) for row in block.rows)]
    lines = sum(-(-len(text) // _LETTERS_A_LINE) for text in texts)
    return lines + sum(map(_about_lines, block.children))


def shares(rows: Sequence[Sequence[Line]], room: int) -> tuple[float, ...]:
    """Which share of `room` characters each column gets: its longest word, and more where more is divided."""
    columns = [[plain_text(cell) for cell in column] for column in zip(*rows, strict=True)]
    words = [[word for text in column for word in text.split()] for column in columns]
    least = [min(max(map(len, column), default=1), _WORD_ROOM) + _LETTER_ROOM for column in words]
    divided = [
        sum(max(len(line) + _LETTER_ROOM - low, 0) for text in column for line in text.splitlines())
        for column, low in zip(columns, least, strict=True)
    ]
    weights = [sqrt(1 + letters) for letters in divided]
    spare = max(room - sum(least), 0) / sum(weights)
    widths = [low + spare * weight for low, weight in zip(least, weights, strict=True)]
    return tuple(width / sum(widths) for width in widths)


def is_for_the_wall(page: Page) -> bool:
    """Whether the page begins with a journey, below its heading: then it is sheets to put on a wall."""
    names = [block.text for block in page.body[:2] if block.kind == "figure"]
    return any(isinstance(page.pictures[name].drawing, Journey) for name in names if name in page.pictures)


# ------------------------------------------------------------------- pictures


def as_rows(picture: Picture) -> Rows:
    """What a picture shows, as the rows of a table; the first is its header."""
    drawing = picture.drawing
    match drawing:
        case Journey():
            return _journey(drawing)
        case Matrix():
            return _matrix(drawing)
        case Bars(bars):
            return (("Vad", "Hur mycket"), *((label, words) for label, _, words in bars))
        case Pairs(pairs):
            rows = ((pair.label, *(words or _UNSAID for words in pair.words)) for pair in pairs)
            return (("Mått", "Nuläge", "Mål", "Utfall"), *rows)
        case _:
            assert_never(drawing)


def _journey(drawing: Journey) -> Rows:
    """A row for each week and date of each lane."""
    rows = (
        (lane.heading, when or _UNSAID, "\n".join(what))
        for lane in drawing.lanes
        for when, what in drawing.told(lane, briefly=True)
    )
    return (("Vem", "När", "Vad"), *rows)


def _matrix(drawing: Matrix) -> Rows:
    """A row for each goal, a column for each activity that has a cross where it trains the goal.

    With more activities than there is room for, one column that lists them.
    """
    heads = ["Aktiviteter"] if drawing.is_wide else [name for name, _ in drawing.activities]
    rows = (
        (_goal(goal), *_training(goal, drawing), ", ".join(goal.measures) or GAP) for goal in drawing.goals
    )
    return (("Mål", *heads, "Mått"), *rows)


def _goal(goal: Goal) -> str:
    gap = f" (aktivitet {GAP})" if goal.activities == () else ""
    return f"{goal.id} {goal.text}{gap}".strip()


def _training(goal: Goal, drawing: Matrix) -> Iterator[str]:
    """What trains a goal. A dash where nothing is to be said; empty cells are heard as nothing."""
    if not drawing.is_wide:
        for name, _ in drawing.activities:
            yield _CROSS if name in (goal.activities or ()) else _UNSAID
    elif goal.activities is None:
        yield _UNSAID
    else:
        yield ", ".join(goal.activities) or GAP
