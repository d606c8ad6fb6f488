"""The face for terminals: questionary asks, in the frame of `prompts`."""

from __future__ import annotations

import functools
import shutil
import sys
from typing import TYPE_CHECKING, Any, cast

import questionary
from prompt_toolkit.application import application as toolkit
from prompt_toolkit.application import get_app_session
from prompt_toolkit.key_binding.defaults import load_key_bindings
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from utbildningsprocess.conversation.face import Choice
from utbildningsprocess.faces.prompts import ONE_DIGIT, WIDEST, Framed, Listed, Typed, wrapped
from utbildningsprocess.swedish import clean, clean_line, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from utbildningsprocess.conversation.face import Ask

STYLE = Style(
    [
        ("question", "bold"),
        ("qmark", "noinherit"),
        ("answer", "noinherit"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "noinherit bold"),
        ("wrong", "bold"),
    ]
)
# The most needed first: a narrow window shows as many as it has room for, and F1 tells of them all.
_ALWAYS = [("F1", "hjälp"), ("Ctrl-B", "bakåt"), ("Ctrl-O", "hoppa över"), ("Ctrl-C", "avsluta")]
LINE_KEYS = [("Enter", "klar"), *_ALWAYS]
LONG_KEYS = [("Ctrl-S", "klar"), *_ALWAYS, ("Enter", "ny rad"), ("F4", "redigerare")]
FEW_KEYS = [("Siffra", "väljer"), *_ALWAYS, ("Pilar och Enter", "väljer")]
MANY_KEYS = [("Enter", "väljer"), *_ALWAYS, ("Pilar eller nummer", "flyttar")]
TICK_KEYS = [("Siffra", "kryssar"), ("Enter", "klar"), *_ALWAYS, ("Pilar och blanksteg", "kryssar")]
MANY_TICK_KEYS = [("Blanksteg", "kryssar"), ("Enter", "klar"), *_ALWAYS, ("Pilar eller nummer", "flyttar")]
YES_NO_KEYS = [("J/N", "svarar"), *_ALWAYS]
YES_NO = (Choice("ja", "Ja"), Choice("nej", "Nej"))

# prompt_toolkit builds its 600 default keys anew for every Application, and questionary makes three
# Applications for a list: three quarters of the time a list takes to build. The keys hold no state.
setattr(toolkit, "load_key_bindings", functools.cache(load_key_bindings))  # noqa: B010  not exported


def open_terminal() -> TerminalFace | None:
    """The face for terminals; None in a Windows terminal without a console, as git-bash has."""
    if sys.platform == "win32":
        from prompt_toolkit.output.win32 import NoConsoleScreenBufferError

        try:
            return TerminalFace()
        except NoConsoleScreenBufferError:
            return None
    return TerminalFace()


class TerminalFace:
    """Asks where the cursor can move."""

    def __init__(self) -> None:
        output = get_app_session().output
        if isinstance(output, Vt100_Output):
            # A terminal that does not tell where its cursor is gets a warning in English.
            output.enable_cpr = False

    def say(self, text: str = "") -> None:
        """Shows lines of plain text, wrapped between words."""
        sys.stderr.write(wrapped(clean(text), _columns()) + "\n")
        sys.stderr.flush()

    def saved(self) -> None:
        """Nothing: the answer now stands on the screen, and the next question follows."""

    def ask_text(self, ask: Ask) -> str:
        """One line that `ask.check` accepts."""
        question = _text(clean_line(ask.draft), multiline=False)
        framed = Typed(ask, question.application, LINE_KEYS, self.say)
        framed.take_one_line()
        return self._typed(framed)

    def ask_long(self, ask: Ask) -> str:
        """Lines that `ask.check` accepts; Enter makes a new one."""
        question = _text(ask.draft, multiline=True)
        framed = Typed(ask, question.application, LONG_KEYS, self.say)
        framed.take_many_lines()
        return self._typed(framed)

    def ask_choice(self, ask: Ask, options: Sequence[Choice], default: str | None = None) -> str:
        """The key of one option, by number key or with the arrows."""
        keys = FEW_KEYS if len(options) <= ONE_DIGIT else MANY_KEYS
        return self._chosen(Listed(ask, _select(options, default), options, keys, self.say))

    def ask_several(self, ask: Ask, options: Sequence[Choice], defaults: Collection[str] = ()) -> list[str]:
        """The keys of any number of options, ticked with the space bar or their number."""
        keys = TICK_KEYS if len(options) <= ONE_DIGIT else MANY_TICK_KEYS
        framed = Listed(ask, _checkbox(options, defaults), options, keys, self.say)
        framed.tick_with_digits()
        chosen = cast("list[str]", self._run(framed))
        self._sum_up(ask, ", ".join(one.label for one in options if one.key in chosen) or "(inget valt)")
        return chosen

    def ask_yes_no(self, ask: Ask, default: bool | None = None) -> bool:  # noqa: FBT001  as in Face
        """Yes or no, by the keys J and N."""
        former = None if default is None else YES_NO[0 if default else 1].key
        framed = Listed(ask, _select(YES_NO, former), YES_NO, YES_NO_KEYS, self.say)
        for number, letters in enumerate(("jJ", "nN")):
            for letter in letters:
                framed.pick_with(letter, number)
        return self._chosen(framed) == "ja"

    # ------------------------------------------------------------- running

    def _typed(self, framed: Typed) -> str:
        text = cast("str", self._run(framed))
        self._sum_up(framed.ask, _in_short(text) or "(tomt)")
        return text

    def _chosen(self, framed: Listed) -> str:
        key = cast("str", self._run(framed))
        self._sum_up(framed.ask, next(option.label for option in framed.options if option.key == key))
        return key

    def _run(self, framed: Framed) -> Any:
        if lines := [*framed.ask.reminders, *filter(None, [framed.ask.draft_name])]:
            self.say("\n" + "\n".join(lines))
        return framed.run()

    def _sum_up(self, ask: Ask, answer: str) -> None:
        """What was asked and answered, as plain text in place of the prompt."""
        heading = f"\n{ask.heading}\n" if ask.heading else ""
        self.say(f"{heading}{ask.text}\n  {answer}")


def _text(draft: str, *, multiline: bool) -> questionary.Question:
    return questionary.text(
        "",
        default=draft,
        qmark=">",
        instruction="",
        multiline=multiline,
        style=STYLE,
        reserve_space_for_menu=0,
    )


def _select(options: Sequence[Choice], default: str | None) -> questionary.Question:
    choices = [questionary.Choice(option.label, option.key) for option in options]
    known = default if any(option.key == default for option in options) else None
    return questionary.select("", choices, default=known, instruction=" ", style=STYLE, use_jk_keys=False)


def _checkbox(options: Sequence[Choice], defaults: Collection[str]) -> questionary.Question:
    choices = [
        questionary.Choice(option.label, option.key, checked=option.key in defaults) for option in options
    ]
    return questionary.checkbox("", choices, instruction=" ", style=STYLE, use_jk_keys=False)


def _columns() -> int:
    return min(WIDEST, shutil.get_terminal_size().columns - 1)


def _in_short(text: str) -> str:
    """The first line of a text, and how many more there are."""
    first, *more = text.split("\n")
    room = _columns() - 16
    cut = shortened(first, room)
    return f"{cut} (+{len(more)} {'rad' if len(more) == 1 else 'rader'})" if more else cut
