"""What every questionary question lacks, added round it once.

The question's text above and a hint below, wrapped for the width there is; our keys; drafts while
typing; and leaving with a signal that carries what was half-typed.
"""

from __future__ import annotations

import asyncio
import functools
import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import ConditionalContainer, Dimension, HSplit, VSplit, Window
from prompt_toolkit.styles import Style, default_ui_style, merge_styles

from utbildningsprocess.conversation.face import (
    NO_HELP,
    Back,
    Leave,
    NoteLesson,
    Pass,
    PastedTable,
    ReadLessons,
    ToMap,
    refusal,
)
from utbildningsprocess.faces.drawing import (
    all_that_fit,
    as_many_as_fit,
    cells_shown,
    text_columns,
    window,
    wrap_words,
    write_wrapped,
)
from utbildningsprocess.faces.modes import ENDING_KEY, asks_for_help, suspend
from utbildningsprocess.faces.system_stop import Stop, on_system_stop, stops_at_once
from utbildningsprocess.faces.toolkit import refit
from utbildningsprocess.screen.looks import CORNER, DONE, EDGE, WIDEST_LINE, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding import KeyPressEvent

    from utbildningsprocess.conversation.face import Ask, Choice, Signal

    Options = Sequence[Choice[object]]
    Hints = Mapping[str, str]

_DRAFT_SECONDS = 0.5
_LINES_OF_A_PROMPT = 9
"""The lines of a question beside its answer and the fields round it: heading, question, help, hints."""
# The most needed first: a narrow window shows as many as it has room for, and F1 tells of them all.
ALWAYS = {
    "F1": "hjälp",
    "F6": "lärdomar",
    "F7": "notera lärdom",
    "Ctrl-C": "sluta",
    "Ctrl-B": "bakåt",
    "Ctrl-O": "hoppa över",
    "F3": "karta",
}
_LESSON_KEYS = {"F6": "Ctrl-X Ctrl-L", "F7": "Ctrl-X Ctrl-N"}
_TAKEN = {
    "TMUX": {"Ctrl-B": "Shift-Tab"},
    "STY": {"Ctrl-B": "Shift-Tab"},
    "BYOBU_BACKEND": {"Ctrl-B": "Shift-Tab", "F3": "Ctrl-L", "F4": "Ctrl-X Ctrl-E", **_LESSON_KEYS},
    "VSCODE_INJECTION": {"F1": "Ctrl-G", **_LESSON_KEYS},
}
"""By the variable a terminal sets: the keys that it takes itself, and ours that do the same."""
_PLAIN = "noinherit"
_BOLD, _HERE = Look.QUESTION.style, Look.HERE.style
STYLE = Style.from_dict(
    dict.fromkeys(("question", "highlighted"), _BOLD)
    | dict.fromkeys(("edge", "pointer", "qmark"), f"{_PLAIN} {_HERE}")
    | {"wrong": Look.ERROR.style, "answer": _PLAIN, "selected": f"{_PLAIN} {_BOLD}"}
)
_SHARED_STYLE = merge_styles([default_ui_style(), STYLE])
"""What every prompt is drawn with: an Application reads the same two hundred rules anew for itself."""
_EDGE_WIDTH = 2
"""The columns of the line beside what is asked."""
_ROOM_FOR_TWO = 110
"""The columns from which the help stands beside the question."""


def _here(key: str) -> str:
    """The key that does the same as one of ours in the terminal at hand."""
    taken = (others for name, others in _TAKEN.items() if os.environ.get(name))
    return next((others[key] for others in taken if key in others), key)


def numbers_of(options: Options) -> str:
    """The numbers that choose among options, as a hint has them."""
    return f"1–{len(options)}" if len(options) > 1 else "1"


class Prompt:
    """A questionary question with its text above, trouble and a hint of keys below, and our keys."""

    def __init__(self, ask: Ask, app: Application[Any], body: Window, hints: Hints) -> None:
        possible = {"Ctrl-B": ask.can_go_back, "Ctrl-O": ask.can_skip, "F3": ask.has_map}
        possible |= dict.fromkeys(("F6", "F7"), ask.has_lessons)
        self.hints = {_here(key): does for key, does in hints.items() if possible.get(key, True)}
        self.ask, self.app, self.body = ask, app, body
        self.wrong = ""
        self._beside = ""
        self._helped = False
        self._keys = KeyBindings()
        refit(app, self._layout(body), body, self._keys)
        app.renderer.style = _SHARED_STYLE
        ways = {"c-b": Back, "c-o": Pass, "c-c": Leave, "c-d": Leave, "c-q": Leave}
        for key, kind in ways.items():
            self.on(key, act=functools.partial(self.leave, kind))
        self.on("f3", act=functools.partial(self.leave, ToMap))
        self.on("c-l", act=self._repaint_and_map)
        for keys in (["f6"], ["c-x", "c-l"]):
            self.on(*keys, act=functools.partial(self.leave, ReadLessons))
        for keys in (["f7"], ["c-x", "c-n"]):
            self.on(*keys, act=functools.partial(self.leave, NoteLesson))
        self.on("s-tab", act=functools.partial(self.leave, Back))
        if ask.row is not None:
            self.on("tab", act=self._tab)
        self._keys.add(Keys.BracketedPaste, eager=True)(self._paste)
        self.on("c-z", act=lambda: run_in_terminal(suspend))
        for key in ("c-g", "f1"):
            self.on(key, act=self._show_help)

    def _layout(self, body: Window) -> HSplit:
        """The question and its answer beside a line, which ends in the keys; the help to the right of it."""
        ask = self.ask
        above = window(
            ("", lambda: wrap_words(self.heading(), self.width) if ask.heading else ""),
            ("", lambda: self._cells()[0]),
            ("class:question", lambda: wrap_words(ask.text, self.width)),
            ("", lambda: wrap_words(ask.example, self.width) if ask.example else ""),
        )
        below = window(
            ("", lambda: wrap_words(self.aside(), self.width)),
            ("class:wrong", lambda: wrap_words(self.wrong, self.width)),
            ("", lambda: self._cells()[1]),
        )
        beside = VSplit([*self._edge(), window(("", lambda: wrap_words(self._beside, self._room_beside)))])
        columns = VSplit(
            [
                *self._edge(),
                HSplit([above, body, below], width=lambda: Dimension.exact(self.width)),
                ConditionalContainer(beside, Condition(self._is_beside)),
            ]
        )
        end = VSplit(
            [
                *self._edge(CORNER),
                window(
                    ("", lambda: as_many_as_fit(self.hints, self._room_for_hints)),
                    width=lambda: Dimension.exact(self._room_for_hints),
                ),
            ]
        )
        # A blank line, and below it where there is room how the steps stand.
        where = window(("", lambda: f" \n{all_that_fit(ask.stages, self._columns - 1)}".removesuffix("\n")))
        too_small = window(("", lambda: wrap_words("Fönstret är för litet.", self._columns)))
        return HSplit([where, columns, end], window_too_small=too_small)

    @staticmethod
    def _edge(sign: str = EDGE) -> tuple[Window, Window]:
        """The line beside what is asked, and a blank."""
        return Window(width=1, char=sign, style="class:edge"), Window(width=_EDGE_WIDTH - 1)

    def run(self) -> None:
        """Asks until there is an answer; leaves with a Signal that carries what was half-typed."""
        if lines := [*self.ask.reminders, *filter(None, [self.ask.draft_name])]:
            write_wrapped("\n" + "\n".join(lines))
        with on_system_stop(self._stop):
            if Stop.wanted:
                raise Leave(self.text())
            try:
                self.app.run(pre_run=self._begin, set_exception_handler=False, handle_sigint=False)
            except (EOFError, OSError):
                # The terminal is gone.
                raise Leave(self.text()) from None

    def sum_up(self, answer: str) -> None:
        """Writes what was asked and answered, as plain text in place of the prompt; a row is told whole."""
        if self.ask.row is not None or self.ask.is_in_passing:
            return
        if self.ask.told is None:
            text, answer = self.ask.text, answer or "(tomt)"
        else:
            text, state = self.ask.told
            answer = f"{state}: {answer}" if answer else state
        write_wrapped(f"{DONE} {text}\n  {answer}")

    def text(self) -> str:
        """What is typed so far."""
        return ""

    def heading(self) -> str:
        """Where the question stands among others."""
        return self.ask.heading

    def aside(self) -> str:
        """What to show below the answer."""
        return ""

    def on(self, *keys: str, act: Callable[[], object]) -> None:
        """Makes a key, or several in a row, act before whatever questionary binds it to."""

        def handle(_event: KeyPressEvent) -> None:
            act()

        self._keys.add(*keys, eager=True)(handle)

    def leave(self, kind: Callable[[str], Signal]) -> None:
        """Out of the question with a signal, or a sentence when it does not apply here."""
        if kind is Leave:
            ENDING_KEY.is_now()
        signal = kind(self.text())
        self.wrong = refusal(self.ask, signal) or ""
        if not self.wrong and not self.app.is_done:
            self.app.exit(exception=signal)

    def _paste(self, event: KeyPressEvent) -> None:
        """Takes what is pasted; a table is more than an answer to the question."""
        if self.ask.is_table(event.data):
            self.leave(lambda text: PastedTable(text, event.data))
        else:
            self.take_pasted(event.data)

    def take_pasted(self, _text: str) -> None:
        """Takes a pasted text as a part of the answer; nothing where no text is typed."""

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
            return first, wrap_words(f"  Tabb: fler uppgifter ({', '.join(self.ask.folded)})", self.width)
        return first, cells_shown(after, max(0, room - len(before)), self.width)

    @property
    def width(self) -> int:
        """The columns that text takes now."""
        wide = self._columns
        return min(WIDEST_LINE, wide * 3 // 5 if self._is_beside() else wide) - 1 - _EDGE_WIDTH

    @property
    def _room_beside(self) -> int:
        """The columns of the help beside the question."""
        return self._columns - self.width - 7

    @property
    def _room_for_hints(self) -> int:
        """The columns of the line of keys."""
        return min(WIDEST_LINE, self._columns - 1) - _EDGE_WIDTH

    def _is_beside(self) -> bool:
        """Whether the help stands beside the question: it was asked for, and there still is room."""
        return bool(self._beside) and self._columns >= _ROOM_FOR_TWO

    @property
    def _columns(self) -> int:
        """The columns of the terminal now."""
        return self.app.output.get_size().columns

    def _show_help(self) -> None:
        """The help beside the question where there is room, then the method, then away; else above it."""
        if self._columns < _ROOM_FOR_TWO:
            run_in_terminal(self._help)
            return
        method = self.ask.method()
        texts = [self._help_text(), *filter(None, [method]), ""]
        self._beside = (
            texts[(texts.index(self._beside) + 1) % len(texts)] if self._beside in texts else texts[0]
        )

    def _help(self) -> None:
        """The help above the question, and when it is asked for again, the method behind it.

        Where that would push the text away at once, the person says when.
        """
        while True:
            method = self.ask.method()
            text = f"\n{method}" if self._helped and method else self._help_text()
            self._helped = True
            write_wrapped(f"{text}\n")
            lines = wrap_words(text, text_columns()).count("\n") + self.lines() + _LINES_OF_A_PROMPT
            if lines <= self.app.output.get_size().rows or not self._pause("Enter visar frågan igen."):
                return

    def _pause(self, told: str) -> bool:
        """Waits for Enter, or for a stop, which leaves the question; whether help is asked for instead."""
        write_wrapped(told)
        try:
            with stops_at_once():
                return asks_for_help(self.app.input)
        except KeyboardInterrupt:
            self._stop()
            return False

    def wait(self, told: str) -> None:
        """Says something, and waits for Enter, or for a stop, at which the question is left."""
        while self._pause(told):
            pass

    def _help_text(self) -> str:
        """The help, how to read the method, and the keys."""
        keys = ", ".join(f"{key} {does}" for key, does in self.hints.items())
        more = (
            f"\nTryck {_here('F1')} en gång till så visas metoden bakom frågan." if self.ask.method() else ""
        )
        return f"{self.ask.help or NO_HELP}{more}\nTangenter: {keys}."

    def _begin(self) -> None:
        # A bug in a key handler ends the program with its traceback, instead of a prompt in English.
        asyncio.get_running_loop().set_exception_handler(self._fail)
        self.app.create_background_task(self._keep_draft())
        if Stop.wanted:  # it came when there was no loop to tell of it
            asyncio.get_running_loop().call_soon(self._leave_after_what_is_typed)

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
        # Should the question be answered in this very moment, the next one leaves.
        Stop.wanted = True
        if self.app.loop:
            self.app.loop.call_soon_threadsafe(self._leave_after_what_is_typed)

    def _leave_after_what_is_typed(self) -> None:
        """Out, when the keys that the terminal holds unread are obeyed: they came before the stop."""
        with suppress(EOFError, OSError):
            self.app.key_processor.feed_multiple(self.app.input.read_keys())
            self.app.key_processor.process_keys()
        self.leave(Leave)
