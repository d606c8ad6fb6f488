"""A page as a PDF that anybody can read: tagged PDF/UA-1, and PDF/A-2a for archives.

A4, Swedish, the same bytes for the same page.

The typst program is ours; everything that somebody wrote reaches it as data and is shown as text.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.extras import need
from utbildningsprocess.exports.layout import (
    end_of,
    facts_line,
    is_for_the_wall,
    is_kept_whole,
    is_table_kept_whole,
    kind_and_number,
    marginal,
    page_title,
    printable,
    shares,
    status_fact,
    steady,
    wall_facts,
    with_leads,
)
from utbildningsprocess.exports.logo import for_typst
from utbildningsprocess.pages.figures import Journey
from utbildningsprocess.pages.page import plain_text
from utbildningsprocess.pictures.journey import in_words
from utbildningsprocess.pictures.sheets import sheets
from utbildningsprocess.pictures.svg import svgs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.pages.figures import Picture
    from utbildningsprocess.pages.page import Block, Line, Page

_ROOM = 92
"""Letters on a line of a table."""
_LONG_WORD = re.compile(r"\S{24,}")
"""What may be longer than a narrow column; hyphenation divides it only when it is a word."""
_LONGEST_WORD = 60
_LONG_HEADER = 1000
"""Letters of a header that does not return on every page of its table: it would fill them."""
_LONG_CELL = 600
"""Letters in a cell that may go on on the next page."""
_JOINT = re.compile(r"(?<=[^\w\s])(?=\w)|(?<=_)(?=[^_])")
"""Where an address or an identifier is divided: behind its signs."""
_MAY_BREAK = "\u200b"
_MISSING_LETTER = re.compile(r'the (?:text|PDF)(?: contains the (?:disallowed )?codepoint)? `"(.*?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
_LINE = re.compile(r"\.typ:(\d+):\d+")
_UNTOLD = re.compile(r'missing codepoints|`""` could not be displayed')
"""What typst says when it does not tell which letters it cannot show."""
_REPLACEMENT = "\ufffd"
_JOINERS = dict.fromkeys([0x200D, *range(0xFE00, 0xFE10), *range(0xE0020, 0xE0080)])
_UNCOMMON = re.compile("[^\u0000-\u052f\u1e00-\u22ff\u2500-\u261f\ufffd]")
"""What is neither Latin, Greek nor Cyrillic, no sign of ordinary text and no box."""
_PAGES = re.compile(rb"/Type/Pages/Count (\d+)")
_NOT_FOR_ARCHIVES = "PDF/A-2a "
"""How typst begins when what it is to set is good to read but not to keep."""


class Pdf(NamedTuple):
    """A PDF, and what is good to know of it."""

    data: bytes
    unshown: str
    """The letters that no font shows, which stand as replacement characters."""

    @property
    def pages(self) -> int:
        """How many pages it has."""
        counted = _PAGES.search(self.data)
        return int(counted[1]) if counted else 0

    @property
    def is_for_archives(self) -> bool:
        """Whether it says of itself that it is PDF/A."""
        return b"pdfaid:part" in self.data


class Program(NamedTuple):
    """A typst program: its text, the folder it reads pictures from, and what people call it."""

    text: str
    folder: str | None = None
    name: str = "sida.typ"
    is_own: bool = False
    """Whether it is an organisation's own, and so is kept to a time and to a room."""


def to_pdf(page: Page, program: Program) -> Pdf:
    """The page as a PDF, and what is good to know of it.

    Raises WrongUse when typst is not installed, Broken when the program cannot be compiled.
    """
    need("typst", "pdf", "PDF-filer")
    data = json.dumps(_page(page), ensure_ascii=False)
    made = _compiled(program, data, with_own_fonts=True)
    if not isinstance(made, bytes):
        # What joins and varies signs without a shape of its own goes, for typst does not tell of it.
        data = data.translate(_JOINERS)
        made = _compiled(program, data, with_own_fonts=False)
    unshown: set[str] = set()
    while not isinstance(made, bytes):
        # Each turn finds at least one letter more, or else all but common letters are taken, so that it ends.
        letters = made or set(_UNCOMMON.findall(data))
        unshown |= letters
        data = "".join(_REPLACEMENT if letter in letters else letter for letter in data)
        made = _compiled(program, data, with_own_fonts=False)
    return Pdf(made, "".join(sorted(unshown)))


# ----------------------------------------------------------------------- data


def _page(page: Page) -> dict[str, Any]:
    body = steady(page)
    return {
        "title": page_title(page),
        "kind": marginal(kind_and_number(page)),
        "organisation": marginal(page.organisation),
        "logo": for_typst(page.logo) if page.logo else None,
        "foot": marginal(page.foot),
        "status": marginal(status_fact(page)),
        "counted": not page.in_parts,
        "is_one": page.is_one,
        "facts": _shown(facts_line(page)),
        "hangs": is_for_the_wall(page),
        "wall": wall_facts(page),
        "made": page.made.timetuple()[:3],
        "body": _with_end_together(_blocks(body, page), 0 if page.in_parts else end_of(body)),
    }


def _blocks(blocks: Sequence[Block], page: Page) -> list[dict[str, Any]]:
    led = with_leads(blocks)
    return [
        {"kind": block.kind, **content, "leads": leads}
        for block, leads in led
        for content in _contents(block, page)
    ]


def _with_end_together(laid: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """The blocks, the last of them on one page: each undivided, and with the one after it."""
    cut = len(laid) - count
    end = [
        block | {"whole": True, "leads": place < len(laid)} for place, block in enumerate(laid[cut:], cut + 1)
    ]
    return [*laid[:cut], *end]


def _contents(block: Block, page: Page) -> Iterator[dict[str, Any]]:
    """What a block holds; a journey is a picture for each of its sheets."""
    picture = page.pictures[block.text] if block.kind == "figure" else None
    if picture and isinstance(picture.drawing, Journey):
        yield from _sheets(picture, picture.drawing)
    else:
        yield _content(block, page)


def _sheets(picture: Picture, journey: Journey) -> Iterator[dict[str, Any]]:
    """Each sheet with what it says in words, its heading, and the room of that."""
    for number, (sheet, drawn) in enumerate(zip(sheets(journey), svgs(picture), strict=True)):
        large, small = map(_shown, sheet.heading)
        placed = {
            "large": large,
            "small": small,
            "larger": sheet.larger,
            "room": sheet.heading_height,
            "begins": number == 0,
        }
        alt = printable(in_words(sheet.shown))
        yield {"title": f"{large} {small}".strip(), "alt": alt, "svg": drawn, "sheet": placed}


def _content(block: Block, page: Page) -> dict[str, Any]:
    match block.kind:
        case "heading" | "paragraph":
            return {"line": _line(block.line), "level": block.level}
        case "table":
            return _table(block)
        case "code":
            return {"text": _shown(block.text)}
        case "figure":
            picture = page.pictures[block.text]
            words = printable(picture.words or picture.title)
            return {"title": _shown(picture.title), "alt": words, "svg": svgs(picture)[0]}
        case "bullets" | "numbers":
            return {
                "children": _blocks(block.children, page),
                "start": block.start,
                "whole": is_kept_whole(block),
            }
        case "item" | "quote" | "rule":
            return {"children": _blocks(block.children, page), "ticked": block.ticked}
        case _:
            assert_never(block.kind)


def _table(block: Block) -> dict[str, Any]:
    plain = [[plain_text(cell) for cell in row] for row in block.rows]
    return {
        "rows": [[_line(cell) for cell in row] for row in block.rows],
        "shares": shares(block.rows, _ROOM),
        "whole": is_table_kept_whole(plain),
        "returns": len("".join(plain[0])) < _LONG_HEADER,
        "breaks": [max(map(len, row)) > _LONG_CELL for row in plain],
    }


def _line(line: Line) -> list[dict[str, Any]]:
    return [
        {
            "kind": inline.kind,
            "text": _shown(inline.text),
            "href": printable(inline.href),
            "children": _line(inline.children),
        }
        for inline in line
    ]


def _shown(text: str) -> str:
    """The text, where what fits no line may be divided: behind a sign, or anywhere when it is no word."""
    return _LONG_WORD.sub(lambda word: _divisible(word[0]), printable(text))


def _divisible(word: str) -> str:
    return _MAY_BREAK.join(word) if len(word) > _LONGEST_WORD else _JOINT.sub(_MAY_BREAK, word)


# -------------------------------------------------------------------- compiling


def _compiled(
    program: Program, data: str, *, with_own_fonts: bool, for_archives: bool = True
) -> bytes | set[str]:
    """The PDF; or, where no font shows all letters, those that it does not, as far as they are told.

    The fonts are typst's own, or also those of the machine. What cannot be for archives is for readers.
    """
    from utbildningsprocess.exports.typesetting import Refused, typeset, typeset_apart

    setter = typeset_apart if program.is_own else typeset
    try:
        return setter(
            program.text, program.folder, data, with_own_fonts=with_own_fonts, for_archives=for_archives
        )
    except TimeoutError:
        raise Broken(f"{program.name}: mallen tar för mycket tid eller plats. Gör den enklare.") from None
    except Refused as error:
        letters = {letter for letter in _letters(error.diagnostic) if not letter.isascii()}
        told = letters & set(data) - {_REPLACEMENT}
        if told or (_UNCOMMON.search(data) and _UNTOLD.search(error.diagnostic)):
            return told
        if for_archives and error.message.startswith(_NOT_FOR_ARCHIVES):
            return _compiled(program, data, with_own_fonts=with_own_fonts, for_archives=False)
        line = _LINE.search(error.diagnostic)
        place = f"{program.name}:{line[1]}" if line else program.name
        raise Broken(f"{place}: mallen går inte att sätta. {error.in_swedish} Rätta mallen.") from None


def _letters(diagnostic: str) -> Iterator[str]:
    """The letters that typst says it cannot show, as it writes them: some by their number."""
    for quoted in _MISSING_LETTER.findall(diagnostic):
        yield from _ESCAPED.sub(lambda code: chr(int(code[1], 16)) if code[1] else code[2], quoted)
