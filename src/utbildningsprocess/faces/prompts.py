"""What every questionary question lacks, added round it once.

The question's text above and a hint below, wrapped for the width there is; our keys; drafts while
typing; and leaving with a signal that carries what was half-typed.
"""

from __future__ import annotations

import asyncio
import functools
import os
import re
import time
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.document import Document
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit, Window
from prompt_toolkit.styles import Style

from utbildningsprocess.conversation.face import (
    NO_HELP,
    Back,
    Leave,
    Pass,
    ToMap,
    refusal,
)
from utbildningsprocess.errors import NOT_UTF_8
from utbildningsprocess.faces.drawing import (
    WIDEST_TEXT,
    all_that_fit,
    as_many_as_fit,
    cells_shown,
    window,
    wrap_words,
    write_wrapped,
)
from utbildningsprocess.faces.system_stop import on_system_stop
from utbildningsprocess.faces.toolkit import application_of, keep_words_whole, more_keys_wait, refit
from utbildningsprocess.swedish import clean, clean_line, is_undecoded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding import KeyPressEvent

    from utbildningsprocess.conversation.face import Ask, Choice, Signal

    Options = Sequence[Choice[object]]
    Hints = Mapping[str, str]
    Editor = Callable[[str, str, Callable[[str], object]], str | None]

_DRAFT_SECONDS = 0.5
_HABIT_SECONDS = 0.25
"""So soon after a key that answered by itself, Enter belongs to that answer and not to the next question."""
_LINES_OF_A_PROMPT = 9
"""The lines of a question beside its answer and the fields round it: heading, question, help, hints."""
# The most needed first: a narrow window shows as many as it has room for, and F1 tells of them all.
ALWAYS = {"F1": "hjälp", "Ctrl-B": "bakåt", "Ctrl-O": "hoppa över", "Ctrl-C": "avsluta", "F3": "karta"}
_TAKEN = {
    "TMUX": {"Ctrl-B": "Shift-Tab"},
    "STY": {"Ctrl-B": "Shift-Tab"},
    "BYOBU_BACKEND": {"Ctrl-B": "Shift-Tab", "F3": "Ctrl-L", "F4": "Ctrl-X Ctrl-E"},
    "VSCODE_INJECTION": {"F1": "Ctrl-G"},
}
"""By the variable a terminal sets: the keys that it takes itself, and ours that do the same."""
_LINE_KEYS = {"Enter": "klar", **ALWAYS}
_LONG_KEYS = {"Ctrl-S": "klar", **ALWAYS, "Enter": "ny rad", "F4": "redigerare"}
_BOLD, _PLAIN = "bold", "noinherit"
STYLE = Style.from_dict(
    dict.fromkeys(("question", "pointer", "highlighted", "wrong"), _BOLD)
    | {"example": "fg:ansibrightblack", "quiet": "fg:ansibrightblack"}
    | {"qmark": _PLAIN, "answer": _PLAIN, "selected": f"{_PLAIN} {_BOLD}"}
)


def _here(key: str) -> str:
    """The key that does the same as one of ours in the terminal at hand."""
    taken = (others for name, others in _TAKEN.items() if os.environ.get(name))
    return next((others[key] for others in taken if key in others), key)


class Habit:
    """Remembers when a key answered by itself."""

    answered_at = -_HABIT_SECONDS

    @classmethod
    def is_enter_of_before(cls) -> bool:
        """Whether an Enter that comes now belongs to what a key has answered."""
        return time.monotonic() - cls.answered_at < _HABIT_SECONDS


class Prompt:
    """A questionary question with its text above, trouble and a hint of keys below, and our keys."""

    def __init__(self, ask: Ask, app: Application[Any], body: Window, hints: Hints) -> None:
        possible = {"Ctrl-B": ask.can_go_back, "Ctrl-O": ask.can_skip, "F3": ask.has_map}
        self.hints = {_here(key): does for key, does in hints.items() if possible.get(key, True)}
        self.ask, self.app = ask, app
        self.wrong = ""
        self._helped = False
        self._keys = KeyBindings()
        windows = [
            window(lambda: all_that_fit(ask.stages, self.width), "class:quiet"),
            window(lambda: wrap_words(f"\n{ask.heading}", self.width) if ask.heading else ""),
            window(lambda: self._cells()[0]),
            window(lambda: wrap_words(ask.text, self.width), "class:question"),
            window(lambda: wrap_words(ask.example, self.width) if ask.example else "", "class:example"),
            body,
            window(lambda: wrap_words(self.aside(), self.width)),
            window(lambda: wrap_words(self.wrong, self.width), "class:wrong"),
            window(lambda: self._cells()[1], "class:quiet"),
            window(lambda: as_many_as_fit(self.hints, self.width)),
        ]
        layout = HSplit(windows, window_too_small=window(lambda: "Fönstret är för litet."))
        refit(app, layout, body, self._keys)
        ways = {"c-b": Back, "c-o": Pass, "c-c": Leave, "c-d": Leave, "c-q": Leave, "<sigint>": Leave}
        for key, kind in ways.items():
            self.on(key, act=functools.partial(self.leave, kind))
        self.on("f3", act=functools.partial(self.leave, ToMap))
        self.on("c-l", act=self._repaint_and_map)
        self.on("s-tab", act=functools.partial(self.leave, Back))
        if ask.row is not None:
            self.on("tab", act=self._tab)
        for key in ("c-g", "f1"):
            self.on(key, act=lambda: run_in_terminal(self._help))

    def run(self) -> None:
        """Asks until there is an answer; leaves with a Signal that carries what was half-typed."""
        if lines := [*self.ask.reminders, *filter(None, [self.ask.draft_name])]:
            write_wrapped("\n" + "\n".join(lines))
        with on_system_stop(self._stop):
            try:
                self.app.run(pre_run=self._begin, set_exception_handler=False)
            except (EOFError, OSError):
                # The terminal is gone.
                raise Leave(self.text()) from None

    def sum_up(self, answer: str) -> None:
        """Writes what was asked and answered, as plain text in place of the prompt; a row is told whole."""
        if self.ask.row is not None:
            return
        heading = f"\n{self.ask.heading}\n" if self.ask.heading else ""
        write_wrapped(f"{heading}{self.ask.text}\n  {answer}")

    def text(self) -> str:
        """What is typed so far."""
        return ""

    def aside(self) -> str:
        """What to show below the answer."""
        return ""

    def on(self, *keys: str, act: Callable[[], object]) -> None:
        """Makes a key, or several in a row, act before whatever questionary binds it to."""

        def handle(_event: KeyPressEvent) -> None:
            act()

        self._keys.add(*keys, eager=True)(handle)

    def leave(self, kind: type[Signal]) -> None:
        """Out of the question with a signal, or a sentence when it does not apply here."""
        signal = kind(self.text())
        self.wrong = refusal(self.ask, signal) or ""
        if not self.wrong and not self.app.is_done:
            self.app.exit(exception=signal)

    def _tab(self) -> None:
        """On to the next field of the row; after the last to those that are folded."""
        if self._is_last():
            self.ask.unfold()
        self.onward()

    def _is_last(self) -> bool:
        """Whether there are no more fields but folded ones."""
        return bool(self.ask.folded and self.ask.row and not self.ask.row[1])

    def onward(self) -> None:
        """On to the next field of the row, with what is answered here."""
        self.end()

    def _repaint_and_map(self) -> None:
        """The screen painted anew, as people expect of the key, and the map where there is one."""
        self.app.renderer.clear()
        if self.ask.has_map:
            self.leave(ToMap)

    def end(self) -> None:
        """Out of the question with its answer."""
        if not self.app.is_done:
            self.app.exit()

    def lines(self) -> int:
        """The lines that the answer takes."""
        return 1

    def _cells(self) -> tuple[str, str]:
        """The fields before and after this one as lines, as many as there is room for."""
        before, after = self.ask.row or ((), ())
        room = max(0, self.app.output.get_size().rows - _LINES_OF_A_PROMPT - self.lines())
        first = cells_shown(before, min(len(before), room), self.width, last=True)
        if self._is_last():
            return first, wrap_words(f"  Tab: fler uppgifter ({', '.join(self.ask.folded)})", self.width)
        return first, cells_shown(after, max(0, room - len(before)), self.width)

    @property
    def width(self) -> int:
        """The columns that text takes now."""
        return min(WIDEST_TEXT, self.app.output.get_size().columns - 1)

    def _help(self) -> None:
        """The help, and when it is asked for again, the method behind the question."""
        method = self.ask.method()
        if self._helped and method:
            write_wrapped(f"\n{method}\n")
            return
        self._helped = True
        keys = ", ".join(f"{key} {does}" for key, does in self.hints.items())
        more = "\nTryck F1 en gång till så visas metoden bakom frågan." if method else ""
        write_wrapped(f"{self.ask.help or NO_HELP}{more}\nTangenter: {keys}.\n")

    def _begin(self) -> None:
        # A bug in a key handler ends the program with its traceback, instead of a prompt in English.
        asyncio.get_running_loop().set_exception_handler(self._fail)
        self.app.create_background_task(self._keep_draft())

    def _fail(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        if not self.app.is_done:
            self.app.exit(exception=context.get("exception") or RuntimeError(context["message"]))

    async def _keep_draft(self) -> None:
        kept = self.text()
        while True:
            await asyncio.sleep(_DRAFT_SECONDS)
            if self.text() != kept:
                kept = self.text()
                self.ask.on_draft(kept)

    def _stop(self) -> None:
        """A system that ends us gets the draft at once: the terminal may already be gone."""
        if self.text() != self.ask.draft:
            self.ask.on_draft(self.text())
        if self.app.loop:
            self.app.loop.call_soon_threadsafe(self.leave, Leave)


def no_editor(_text: str, _question: str, _wait: Callable[[str], object]) -> str | None:
    """What edits a text where there is nothing to edit it in."""
    return None


class TextPrompt(Prompt):
    """A text being typed: one line, or a long one where Enter makes a new line."""

    def __init__(self, ask: Ask, editor: Editor = no_editor, *, long: bool = False) -> None:
        self._editor = editor
        draft = clean(ask.draft) if long else clean_line(ask.draft)
        more: dict[str, Any] = {"instruction": "", "style": STYLE, "reserve_space_for_menu": 0}
        app = application_of(questionary.text("", default=draft, qmark=">", multiline=long, **more))
        self._buffer = app.current_buffer
        keep_words_whole(app.layout.current_window)
        super().__init__(ask, app, app.layout.current_window, _LONG_KEYS if long else _LINE_KEYS)
        for keys in (["c-s"], ["f2"], ["escape", "enter"]):
            self.on(*keys, act=self._done)
        # Searching in what is typed has a prompt in English, and little to find.
        self.on("c-r", act=lambda: None)
        if long:
            for keys in (["f4"], ["c-x", "c-e"]):
                self.on(*keys, act=self._edit)
        else:
            if ask.row is not None:
                self.on("up", act=functools.partial(self.leave, Back))
                self.on("down", act=self.onward)
            self.on("enter", act=self._enter)
            self._keys.add(Keys.BracketedPaste, eager=True)(self._paste)

    def text(self) -> str:
        """What is typed so far."""
        return clean(self._buffer.text)

    def onward(self) -> None:
        """On to the next field of the row, with what is typed."""
        self._done()

    def _done(self) -> None:
        if is_undecoded(self._buffer.text):
            wrong: str | None = f"Texten {NOT_UTF_8} Ställ in terminalen på UTF-8 och skriv den igen."
        else:
            wrong = self.ask.check(self.text())
        self.wrong = f"Fel: {wrong}" if wrong else ""
        if not wrong:
            self.end()

    def _enter(self) -> None:
        """Answers; but a new line with more keys right behind it was pasted, and becomes a blank."""
        if more_keys_wait(self.app):
            self._buffer.insert_text(" ")
        elif self.text() != clean(self.ask.draft) or not Habit.is_enter_of_before():
            self._done()

    def _paste(self, event: KeyPressEvent) -> None:
        """Takes pasted lines as one."""
        self._buffer.insert_text(re.sub(r"\s*[\r\n]+\s*", " ", event.data.strip("\r\n")))

    def _edit(self) -> None:
        run_in_terminal(lambda: self._take_edited(self._editor(self.text(), self.ask.text, _wait)))

    def _take_edited(self, text: str | None) -> None:
        if text is None:
            self.wrong = "Hittar ingen textredigerare. Ange en i miljövariabeln EDITOR."
        else:
            self._buffer.document = Document(text, len(text))


def _wait(told: str) -> None:
    """Says something, and waits for Enter."""
    write_wrapped(told)
    input()
