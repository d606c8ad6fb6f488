"""What there is to do with the rows of a group."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from utbildningsprocess.conversation.face import Choice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.model import Question, Row


class Way(StrEnum):
    """One thing to do with the rows; the value can be typed."""

    ADD = "lagg_till"
    CHANGE = "andra"
    REMOVE = "ta_bort"
    MOVE = "flytta"
    DONE = "klart"
    SKIP = "hoppa"
    PASTE = "klistra_in"
    UNDO = "angra"


def ways_with_rows(
    question: Question, rows: Sequence[Row], of_table: Sequence[Row], *, is_full: bool
) -> list[Choice[Way]]:
    """What there is to do with rows; `of_table` are those there were when a table had been added."""
    name = question.row_name
    add = [] if is_full else [Choice(Way.ADD, f"Lägg till ({name})")]
    paste = Choice(Way.PASTE, "Klistra in en tabell")
    undo = [Choice(Way.UNDO, "Ångra tabellen")] if rows == of_table else []
    if not rows:
        return [*add, Choice(Way.DONE, "Gå vidare utan svar"), Choice(Way.SKIP, "Hoppa över frågan"), paste]
    move = [Choice(Way.MOVE, f"Flytta ({name})")] if len(rows) > 1 else []
    change = [Choice(Way.CHANGE, f"Ändra ({name})"), Choice(Way.REMOVE, f"Ta bort ({name})")]
    return [*add, *change, *move, Choice(Way.DONE, "Klart"), paste, *undo]
