"""Words that stay whole at the end of a row while they are typed: they are shown in the next row instead."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.processors import Processor, Transformation
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.utils import get_cwidth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.layout.processors import TransformationInput


class WholeWords(Processor):
    """Moves a word that does not fit in a row to the next; the text itself is not changed."""

    def __init__(self, prefix: Callable[[int, int], int]) -> None:
        self._prefix = prefix
        """The columns before the text of a row, by the line and the row of it."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """The line with blanks before the words that are moved."""
        given = transformation_input
        text = fragment_list_to_text(given.fragments)
        # Asked for at each sign, and dear: what stands before a row is made anew each time.
        room = functools.cache(lambda row: given.width - self._prefix(given.lineno, row))
        moved = blanks_before_words(text, room)
        shown: StyleAndTextTuples = []
        for place, fragment in enumerate(explode_text_fragments(given.fragments)):
            shown += [("", " " * moved[place]), fragment] if place in moved else [fragment]
        return Transformation(
            shown,
            lambda place: place + sum(blanks for word, blanks in moved.items() if word <= place),
            lambda column: _place(column, moved),
        )


def blanks_before_words(text: str, room: Callable[[int], int]) -> Mapping[int, int]:
    """How many blanks move each word that would break to the next row, by where the word begins.

    `room` gives the columns of a row. A word longer than a row is broken where the row ends.
    """
    moved: dict[int, int] = {}
    row = column = 0
    for match in re.finditer(r"\s+|\S+", text):
        width = get_cwidth(match[0])
        is_word = not match[0].isspace()
        if is_word and column and column + width > room(row) and width <= room(row + 1):
            moved[match.start()] = room(row) - column
            row, column = row + 1, 0
        for char in match[0]:
            if column + get_cwidth(char) > room(row):
                row, column = row + 1, 0
            column += get_cwidth(char)
    return {place: blanks for place, blanks in moved.items() if blanks}


def _place(column: int, moved: Mapping[int, int]) -> int:
    """The place in the text that is shown at a column; of a blank that is only shown, the word after it."""
    for word, blanks in moved.items():
        if column >= word + blanks:
            column -= blanks
        elif column > word:
            return word
    return column
