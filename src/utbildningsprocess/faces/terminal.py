"""The face for terminals, where the cursor can move: it asks with `prompts`, and sums up every answer."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from prompt_toolkit.application import get_app_session

from utbildningsprocess.conversation.face import YES_NO
from utbildningsprocess.faces.prompts import ChoicePrompt, TextPrompt, TickPrompt
from utbildningsprocess.faces.toolkit import build_default_keys_once, no_console_errors, skip_cursor_query
from utbildningsprocess.faces.wrapping import text_columns, wrap_words
from utbildningsprocess.swedish import clean, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from utbildningsprocess.conversation.face import Ask, Choice, T
    from utbildningsprocess.faces.prompts import Prompt


def open_terminal() -> TerminalFace | None:
    """The face for terminals; None in a Windows terminal without a console, as git-bash has."""
    try:
        return TerminalFace()
    except no_console_errors():
        return None


class TerminalFace:
    """Asks where the cursor can move."""

    def __init__(self) -> None:
        build_default_keys_once()
        skip_cursor_query(get_app_session().output)

    def say(self, text: str = "") -> None:
        """Shows lines of plain text, wrapped between words."""
        sys.stderr.write(wrap_words(clean(text), _width()) + "\n")
        sys.stderr.flush()

    def saved(self) -> None:
        """Nothing: the answer now stands on the screen, and the next question follows."""

    def ask_text(self, ask: Ask) -> str:
        """One line: the one that `ask.check` accepted last."""
        return self._typed(TextPrompt(ask, self.say))

    def ask_long(self, ask: Ask) -> str:
        """Lines, of which Enter makes a new one: those that `ask.check` accepted last."""
        return self._typed(TextPrompt(ask, self.say, long=True))

    def ask_choice(self, ask: Ask, options: Sequence[Choice[T]], default: T | None = None) -> T:
        """The value of one option, by number key or with the arrows."""
        return self._chosen(ChoicePrompt(ask, options, default, self.say), options)

    def ask_several(self, ask: Ask, options: Sequence[Choice[T]], defaults: Collection[T] = ()) -> list[T]:
        """The values of any number of options, ticked with the space bar or their number."""
        prompt = TickPrompt(ask, options, defaults, self.say)
        self._run(prompt)
        chosen = [option for number, option in enumerate(options) if number in prompt.list.ticked]
        self._sum_up(ask, ", ".join(option.label for option in chosen) or "(inget valt)")
        return [option.value for option in chosen]

    def ask_yes_no(self, ask: Ask, default: bool | None = None) -> bool:  # noqa: FBT001  as in Face
        """Yes or no, by the keys J and N."""
        return self._chosen(ChoicePrompt(ask, YES_NO, default, self.say, letters=("jJ", "nN")), YES_NO)

    def _typed(self, prompt: TextPrompt) -> str:
        self._run(prompt)
        text = prompt.text()
        self._sum_up(prompt.ask, _in_short(text) or "(tomt)")
        return text

    def _chosen(self, prompt: ChoicePrompt, options: Sequence[Choice[T]]) -> T:
        self._run(prompt)
        chosen = options[prompt.list.cursor]
        self._sum_up(prompt.ask, chosen.label)
        return chosen.value

    def _run(self, prompt: Prompt) -> None:
        if lines := [*prompt.ask.reminders, *filter(None, [prompt.ask.draft_name])]:
            self.say("\n" + "\n".join(lines))
        prompt.run()

    def _sum_up(self, ask: Ask, answer: str) -> None:
        """What was asked and answered, as plain text in place of the prompt."""
        heading = f"\n{ask.heading}\n" if ask.heading else ""
        self.say(f"{heading}{ask.text}\n  {answer}")


def _width() -> int:
    return text_columns(shutil.get_terminal_size().columns)


def _in_short(text: str) -> str:
    """The first line of a text, and how many more there are."""
    first, *more = text.split("\n")
    cut = shortened(first, _width() - 16)
    return f"{cut} (+{len(more)} {'rad' if len(more) == 1 else 'rader'})" if more else cut
