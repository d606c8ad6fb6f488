"""Where the blocks of ordinary text lie, without a parser: paragraphs, headings, bullets and comments."""

from __future__ import annotations

import re

from utbildningsprocess.markdown.text import Outline, TopBlock

_WORD = re.compile(r"[^\W\d_]")
_BULLET = re.compile(r"- (?:\*\*)?[^\W\d_]")
_SET_IN = re.compile(r"  [^\W\d_]")
_HEADING = re.compile(r"(#{1,6}) ([^\W_](?:.*[^\s#\\])?)")
_COMMENT = re.compile(r"<!-- (?:(?!--)[^>])*-->[ \t]*")


def plain_outline(text: str) -> Outline | None:
    """The outline of a text whose lines are all of the ordinary kinds; None of any other.

    What begins with a letter at the start of its line is neither list, table, code, HTML nor link.
    """
    reading = _Reading()
    above = ""
    for number, line in enumerate(text.split("\n")):
        if not reading.takes(number, line, above):
            return None
        above = line.strip(" \t")
    if reading.list_from is not None and not above:  # where a list ends at the end of a text varies
        return None
    reading.close(number + 1)
    return Outline(tuple(reading.blocks), tuple(reading.items), {})


class _Reading:
    """The blocks so far, and where the open paragraph or list began."""

    def __init__(self) -> None:
        self.blocks: list[TopBlock] = []
        self.items: list[TopBlock] = []
        self.list_from: int | None = None
        self._text_from: int | None = None
        self._item_from = 0

    def takes(self, number: int, line: str, above: str) -> bool:
        """Takes in a line; false when it is of no ordinary kind. `above` is empty after a blank line."""
        if not line.strip(" \t"):
            self._close_text(number)
        elif _BULLET.match(line):
            self._close_text(number)
            self._close_item(number)
            self.list_from = number if self.list_from is None else self.list_from
            self._item_from = number
        elif _WORD.match(line):
            if self.list_from is not None and above:
                return False
            self._close_list(number)
            self._text_from = number if self._text_from is None else self._text_from
        elif heading := _HEADING.fullmatch(line):
            self.close(number)
            self.blocks.append(TopBlock("heading", f"h{len(heading[1])}", number, number + 1, heading[2]))
        elif _COMMENT.fullmatch(line):
            self.close(number)
            self.blocks.append(TopBlock("html_block", "", number, number + 1, line))
        else:
            return self.list_from is not None and bool(_SET_IN.match(line))
        return True

    def close(self, number: int) -> None:
        """Ends what is open before a line."""
        self._close_text(number)
        self._close_list(number)

    def _close_text(self, number: int) -> None:
        if self._text_from is not None:
            self.blocks.append(TopBlock("paragraph", "p", self._text_from, number, ""))
            self._text_from = None

    def _close_item(self, number: int) -> None:
        if self.list_from is not None:
            self.items.append(TopBlock("list_item", "li", self._item_from, number, ""))

    def _close_list(self, number: int) -> None:
        if self.list_from is not None:
            self._close_item(number)
            self.blocks.append(TopBlock("bullet_list", "ul", self.list_from, number, ""))
            self.list_from = None
