"""The words of an HTML page as lines, as a plain mail has them, and what in it was struck out or coloured."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from string import ascii_lowercase
from typing import NamedTuple

_LINES = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "dd",
            "div",
            "dl",
            "dt",
            "fieldset",
            "footer",
            "form",
            "header",
            "hr",
        ),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "li",
            "main",
            "nav",
            "ol",
            "pre",
            "section",
            "table",
            "tr",
            "ul",
        ),
    )
)
_UNSEEN = frozenset(("head", "script", "style", "title", "template"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_STRUCK = frozenset(("s", "strike", "del"))
_MARKED = frozenset(("mark", "b", "strong", "u"))
_STYLE_STRUCK = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_STYLE_COLOUR = re.compile(
    r"(?<![\w-])(?:color|background|background-color|mso-highlight)\s*:\s*([^;\"']+)", re.IGNORECASE
)
_NO_WORDS = re.compile(r"<!--.*?(?:-->|\Z)|<[!?][^>]*(?:>|\Z)", re.DOTALL)
_LOOSE = re.compile(r"<(?![a-zA-Z/])|<(?=[^<>]*(?:<|\Z))")
"""What begins no element."""
_HIGHEST_START = 999
_SHORT_HEX = 3
_DEEPEST = 20
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})\b", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)", re.IGNORECASE)
_COLOURS = frozenset(
    (
        *("red", "blue", "green", "yellow", "orange", "purple", "magenta", "cyan", "lime", "aqua", "fuchsia"),
        *("navy", "teal", "maroon", "olive", "pink"),
    )
)
_VIVID = 60
"""How far apart the strongest and the weakest part of a colour stand, at least, when it is no grey."""


class PageWords(NamedTuple):
    """The words of a page, and the stretches that are struck out or coloured."""

    text: str
    struck: tuple[str, ...]
    coloured: tuple[str, ...]


def html_as_text(page: str) -> PageWords:
    """The words of a page. Nothing in it is run or fetched."""
    reader = _Reader()
    reader.feed(_LOOSE.sub("&lt;", _NO_WORDS.sub("", page)))
    reader.close()
    return reader.words()


class _Open(NamedTuple):
    """An element that is open: its name, and what it does to the words in it."""

    name: str
    is_struck: bool
    is_coloured: bool


class _List(NamedTuple):
    """A list that is open: the number of its next point, 0 for none, and whether it shows letters."""

    number: int
    has_letters: bool

    @property
    def mark(self) -> str:
        """What stands before the next point."""
        if self.has_letters and self.number <= len(ascii_lowercase):
            return f"{ascii_lowercase[self.number - 1]}) "
        return f"{self.number}. " if self.number else "- "

    @property
    def after_one_more(self) -> _List:
        """The list when one more point stands in it."""
        return self._replace(number=self.number + (self.number > 0))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[_Open] = []
        self._open_names = Counter[str]()
        self._unseen = self._depth = 0
        self._struck_in = self._coloured_in = 0
        self._lists: list[_List] = []
        self._pieces: list[str] = []
        self._struck: list[str] = []
        self._coloured: list[str] = []
        self._begins_line = True

    def words(self) -> PageWords:
        """What was read."""
        lines = [re.sub(r"[ \t]+", " ", line).strip(" ") for line in "".join(self._pieces).split("\n")]
        return PageWords("\n".join(lines), tuple(self._struck), tuple(self._coloured))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        values = {key: value or "" for key, value in attrs}
        if tag == "br":
            self._newline(always=True)
        if tag in _LINES or tag in ("p", "blockquote"):
            self._newline()
        if tag == "p" and "mso" not in values.get("class", "").casefold():
            self._newline(always=bool(self._pieces))
        if tag == "td":
            self._write(" ")
        self._begin_block(tag, values)
        if tag not in _VOID:
            self._push(tag, values)

    def _begin_block(self, tag: str, values: dict[str, str]) -> None:
        if tag == "blockquote":
            self._depth += 1
        elif tag in ("ol", "ul"):
            number = _first_number(values.get("start", "1")) if tag == "ol" else 0
            self._lists.append(_List(number, has_letters=values.get("type", "") in ("a", "A")))
        elif tag == "li" and self._lists:
            self._write(self._lists[-1].mark)
            self._lists[-1] = self._lists[-1].after_one_more

    def _push(self, tag: str, values: dict[str, str]) -> None:
        style = values.get("style", "")
        shades = [match[1] for match in _STYLE_COLOUR.finditer(style)]
        shades += [values[key] for key in ("color", "bgcolor") if key in values]
        struck = tag in _STRUCK or _STYLE_STRUCK.search(style) is not None
        coloured = tag in _MARKED or (tag != "a" and any(map(_is_vivid, shades)))
        self._open.append(_Open(tag, struck, coloured))
        self._open_names[tag] += 1
        self._unseen += tag in _UNSEEN
        self._struck_in += struck
        self._coloured_in += coloured
        for is_new, within, stretches in self._stretches(struck=struck, coloured=coloured):
            if is_new and within == 1:
                stretches.append("")

    def _stretches(self, *, struck: bool, coloured: bool) -> tuple[tuple[bool, int, list[str]], ...]:
        return (struck, self._struck_in, self._struck), (coloured, self._coloured_in, self._coloured)

    def handle_endtag(self, tag: str) -> None:
        """An element ends, and those within it that were never ended."""
        if tag in _VOID or not self._open_names[tag]:
            return
        while self._open:
            element = self._open.pop()
            self._end(element)
            if element.name == tag:
                break
        if tag in _LINES or tag in ("p", "blockquote"):
            self._newline()

    def _end(self, element: _Open) -> None:
        self._open_names[element.name] -= 1
        self._unseen -= element.name in _UNSEEN
        self._struck_in -= element.is_struck
        self._coloured_in -= element.is_coloured
        if element.name == "blockquote":
            self._newline()
            self._depth -= 1
        if element.name in ("ol", "ul") and self._lists:
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        """Written."""
        if self._unseen:
            return
        text = re.sub(r"[ \t\r\n\f]+", " ", data)
        if self._begins_line:
            text = text.lstrip(" ")
        self._write(text)

    def _write(self, text: str) -> None:
        if not text:
            return
        if self._begins_line and self._depth:
            self._pieces.append("> " * min(self._depth, _DEEPEST))
        self._pieces.append(text)
        self._begins_line = False
        if self._struck_in:
            self._struck[-1] += text
        if self._coloured_in:
            self._coloured[-1] += text

    def _newline(self, *, always: bool = False) -> None:
        if always or not self._begins_line:
            self._pieces.append("\n")
            self._begins_line = True


def _first_number(start: str) -> int:
    """The number that a list begins with."""
    return min(int(start[:4]), _HIGHEST_START) if start.isascii() and start.isdecimal() else 1


def _is_vivid(shade: str) -> bool:
    """Whether a colour is one that people see as a colour."""
    if shade.strip().split(" ")[0].casefold() in _COLOURS:
        return True
    parts = _RGB.search(shade)
    if parts:
        numbers = [min(255, int(parts[place][:3])) for place in (1, 2, 3)]
    elif match := _HEX.search(shade):
        digits = match[1] if len(match[1]) > _SHORT_HEX else "".join(digit * 2 for digit in match[1])
        numbers = [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
    else:
        return False
    return max(numbers) - min(numbers) >= _VIVID
