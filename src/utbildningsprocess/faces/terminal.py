"""The face for terminals, where the cursor can move: it asks with `prompts`, and sums up every answer."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app_session

from utbildningsprocess.conversation.face import YES_NO
from utbildningsprocess.faces.drawing import in_columns, text_columns, write_wrapped
from utbildningsprocess.faces.lists import ChoicePrompt, TickPrompt
from utbildningsprocess.faces.modes import hold_modes
from utbildningsprocess.faces.page import PagePrompt
from utbildningsprocess.faces.system_stop import hold_stops
from utbildningsprocess.faces.texts import TextPrompt, no_editor
from utbildningsprocess.faces.toolkit import share_default_keys, skip_cursor_query
from utbildningsprocess.swedish import shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from utbildningsprocess.conversation.face import Ask, Choice, StatementPage, T
    from utbildningsprocess.faces.texts import Editor

_FEWEST_ROWS = 3
_LINES_OF_A_MENU = 16


class TerminalFace:
    """Asks where the cursor can move."""

    draws_rows = True

    def __init__(self, editor: Editor = no_editor) -> None:
        self._editor = editor
        hold_modes()
        hold_stops()
        share_default_keys()
        skip_cursor_query(get_app_session().output)

    def say(self, text: str = "") -> None:
        """Shows lines of plain text, wrapped between words."""
        write_wrapped(text)

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """The rows in columns; the last of them, where all have no room beside what is asked below."""
        most = max(_FEWEST_ROWS, shutil.get_terminal_size().lines - _LINES_OF_A_MENU)
        if len(rows) > most:
            write_wrapped(f"  … {len(rows) - most} till ovanför de här")
        told = [heads] if len(heads) > 1 else []
        write_wrapped("\n".join(in_columns([*told, *rows[-most:]], text_columns())))

    def saved(self) -> None:
        """Nothing: the answer now stands on the screen, and the next question follows."""

    def ask_text(self, ask: Ask) -> str:
        """One line: the one that `ask.check` accepted last."""
        return _typed(TextPrompt(ask))

    def ask_long(self, ask: Ask) -> str:
        """Lines, of which Enter makes a new one: those that `ask.check` accepted last."""
        return _typed(TextPrompt(ask, self._editor, long=True))

    def ask_choice(self, ask: Ask, options: Sequence[Choice[T]], default: T | None = None) -> T:
        """The value of one option, by number key or with the arrows."""
        return _chosen(ChoicePrompt(ask, options, default), options)

    def ask_several(self, ask: Ask, options: Sequence[Choice[T]], defaults: Collection[T] = ()) -> list[T]:
        """The values of any number of options, ticked with the space bar or their number."""
        prompt = TickPrompt(ask, options, defaults)
        prompt.run()
        chosen = [option for number, option in enumerate(options) if number in prompt.list.ticked]
        prompt.sum_up(", ".join(option.label for option in chosen) or "(inget valt)")
        return [option.value for option in chosen]

    def ask_yes_no(self, ask: Ask, default: bool | None = None) -> bool:  # noqa: FBT001  as in Face
        """Yes or no, by the keys J and N."""
        return _chosen(ChoicePrompt(ask, YES_NO, default, letters=("jJ", "nN")), YES_NO)

    def ask_page(self, page: StatementPage) -> None:
        """Answers to statements, all of them in sight."""
        prompt = PagePrompt(page)
        prompt.run()
        prompt.sum_up(prompt.in_short())


def _typed(prompt: TextPrompt) -> str:
    prompt.run()
    text = prompt.text()
    first, *more = text.split("\n")
    line = shortened(first, text_columns() - 16)
    rows = f" (+{len(more)} {'rad' if len(more) == 1 else 'rader'})" if more else ""
    prompt.sum_up(line + rows)
    return text


def _chosen(prompt: ChoicePrompt, options: Sequence[Choice[T]]) -> T:
    prompt.run()
    chosen = options[prompt.list.cursor or 0]
    prompt.sum_up(chosen.label)
    return chosen.value
