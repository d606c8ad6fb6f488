"""Words stay whole at the end of a row while they are typed, and the cursor is where it belongs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text.utils import fragment_list_to_text
from prompt_toolkit.layout.controls import BufferControl
from prompt_toolkit.layout.processors import Transformation, TransformationInput

from utbildningsprocess.faces.wrapping import WholeWords, blanks_before_words


def shown(text: str, width: int) -> Transformation:
    given_ = TransformationInput(
        BufferControl(), Document(text), 0, lambda place: place, [("", text)], width + 3, 1
    )
    return WholeWords(lambda _line, _row: 3).apply_transformation(given_)


def rows(text: str, width: int) -> list[str]:
    """The rows as a terminal breaks what is shown."""
    whole = fragment_list_to_text(shown(text, width).fragments)
    return [whole[first : first + width] for first in range(0, len(whole), width)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("öva vuxen-HLR på tio minuter", ["öva       ", "vuxen-HLR ", "på tio    ", "minuter"]),
        ("kort", ["kort"]),
        ("ordförråden", ["ordförråde", "n"]),
        ("ett ordförrådet", ["ett ordför", "rådet"]),
        ("1234567890 ab", ["1234567890", " ab"]),
        ("", []),
    ],
)
def test_a_word_that_would_break_stands_in_the_next_row(text: str, expected: list[str]) -> None:
    assert rows(text, 10) == expected


@given(st.text("aå -", max_size=80), st.integers(8, 30))
def test_no_word_breaks_that_has_room_in_a_row(text: str, width: int) -> None:
    whole = " ".join(rows(text, width)).split()
    assert [word for word in text.split() if len(word) <= width and word not in whole] == []


@given(st.text("aå -", max_size=80), st.integers(8, 30))
def test_every_place_is_found_again_where_it_is_shown(text: str, width: int) -> None:
    way = shown(text, width)
    letters = fragment_list_to_text(way.fragments)
    for place, letter in enumerate(text):
        assert letters[way.source_to_display(place)] == letter
        assert way.display_to_source(way.source_to_display(place)) == place


def test_a_wide_letter_takes_two_columns() -> None:
    assert blanks_before_words("ab 日本語", lambda _row: 8) == {3: 5}
