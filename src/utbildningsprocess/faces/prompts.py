"""What every questionary question lacks, added round it once.

The question's text above and a hint below, wrapped for the width there is; our keys; drafts while
typing; and leaving with a signal that carries what was half-typed.
"""

from __future__ import annotations

import asyncio
import functools
import os
import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any, cast

from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.filters import to_filter
from prompt_toolkit.input import PipeInput
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, ScrollOffsets, Window
from questionary.prompts.common import InquirerControl

from utbildningsprocess.conversation.face import Back, Leave, Pass, refusal
from utbildningsprocess.faces.system_stop import on_system_stop
from utbildningsprocess.swedish import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding import KeyPressEvent
    from questionary import Question

    from utbildningsprocess.conversation.face import Ask, Choice, Signal

    Hint = Sequence[tuple[str, str]]
    Say = Callable[[str], None]

DRAFT_SECONDS = 0.5
WIDEST = 100
NARROWEST = 10
ONE_DIGIT = 9
POINTER, TICK = 3, 2
"""The columns questionary puts before an option: its pointer, and in a checkbox the tick."""
EDITORS = tuple(f"/usr/bin/{name}" for name in ("editor", "nano", "pico", "vi", "emacs"))
NO_EDITOR = "Hittar ingen textredigerare. Ange en i miljövariabeln EDITOR."
NO_HELP = "Det finns ingen mer hjälp om den här frågan."
_BEFORE_WORDS = re.compile(r"^\s*(?:\d+\. |- )?")
MORE_HELP = "Tryck F1 en gång till så visas metoden bakom frågan."
TOO_SMALL = "Fönstret är för litet."


class Framed:
    """A questionary question with its text above, trouble and a hint below, and our keys."""

    def __init__(self, ask: Ask, app: Application[Any], body: Window, hint: Hint, say: Say) -> None:
        self.ask, self.app, self.hint, self.say = ask, app, self._possible(ask, hint), say
        self.wrong = ""
        self._helped = False
        self.keys = KeyBindings()
        body.dont_extend_height = to_filter(True)
        parts = [
            _window(lambda: wrapped(f"\n{ask.heading}", self.width) if ask.heading else ""),
            _window(lambda: wrapped(ask.text, self.width), "class:question"),
            body,
            _window(lambda: wrapped(self.aside(), self.width)),
            _window(lambda: wrapped(self.wrong, self.width), "class:wrong"),
            _window(lambda: _fitting(self.hint, self.width)),
        ]
        app.layout = Layout(HSplit(parts, window_too_small=_window(lambda: TOO_SMALL)), focused_element=body)
        app.erase_when_done = True
        app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), self.keys])
        self._bind()

    def run(self) -> Any:
        """The answer; leaves with a Signal that carries what was half-typed."""
        with on_system_stop(self._stop):
            try:
                return self.app.run(pre_run=self._begin, set_exception_handler=False)
            except (EOFError, OSError):
                # The terminal is gone.
                raise Leave(self.text()) from None

    def text(self) -> str:
        """What is half-typed."""
        return ""

    def aside(self) -> str:
        """What to show below the answer."""
        return ""

    def on(self, *keys: str, act: Callable[[KeyPressEvent], object]) -> None:
        """Makes a key, or several in a row, act before whatever questionary binds it to."""

        def handle(event: KeyPressEvent) -> None:
            act(event)

        self.keys.add(*keys, eager=True)(handle)

    def leave(self, kind: type[Signal]) -> None:
        """Out of the question with a signal, or a sentence when it does not apply here."""
        signal = kind(self.text())
        self.wrong = refusal(self.ask, signal) or ""
        if not self.wrong and not self.app.is_done:
            self.app.exit(exception=signal)

    @property
    def width(self) -> int:
        """The columns there are now."""
        return min(WIDEST, self.app.output.get_size().columns - 1)

    @staticmethod
    def _possible(ask: Ask, hint: Hint) -> Hint:
        absent = {"Ctrl-B"} - ({"Ctrl-B"} if ask.can_go_back else set())
        absent |= set() if ask.can_skip else {"Ctrl-O"}
        return [(key, what) for key, what in hint if key not in absent]

    def _bind(self) -> None:
        ways = {"c-b": Back, "c-o": Pass, "c-c": Leave, "c-d": Leave, "c-q": Leave, "<sigint>": Leave}
        for key, kind in ways.items():
            self.on(key, act=functools.partial(lambda kind, _event: self.leave(kind), kind))
        for key in ("c-g", "f1"):
            self.on(key, act=lambda _event: run_in_terminal(self._help))

    def _help(self) -> None:
        """The help, and when it is asked for again, the method behind the question."""
        if self._helped and (method := self.ask.method()):
            self.say(f"\n{method}\n")
            return
        keys = ", ".join(f"{key} {what}" for key, what in self.hint)
        more = f"\n{MORE_HELP}" if not self._helped and self.ask.method() else ""
        self._helped = True
        self.say(f"{self.ask.help or NO_HELP}{more}\nTangenter: {keys}.\n")

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
            await asyncio.sleep(DRAFT_SECONDS)
            if self.text() != kept:
                kept = self.text()
                self.ask.on_draft(kept)

    def _stop(self) -> None:
        """A system that ends us gets the draft at once: the terminal may already be gone."""
        if self.text() != self.ask.draft:
            self.ask.on_draft(self.text())
        if self.app.loop:
            self.app.loop.call_soon_threadsafe(self.leave, Leave)


class Typed(Framed):
    """A text being typed."""

    def __init__(self, ask: Ask, app: Application[Any], hint: Hint, say: Say) -> None:
        self._buffer = app.current_buffer
        super().__init__(ask, app, app.layout.current_window, hint, say)
        for key in ("c-s", "f2"):
            self.on(key, act=lambda _event: self._done())
        self.on("escape", "enter", act=lambda _event: self._done())
        # Searching in what is typed has a prompt in English, and little to find.
        self.on("c-r", act=lambda _event: None)

    def text(self) -> str:
        """What is half-typed."""
        return clean(self._buffer.text)

    def take_one_line(self) -> None:
        """Lets Enter answer, and pasted new lines become blanks."""
        self.on("enter", act=self._enter)
        self.on(Keys.BracketedPaste, act=lambda event: self._buffer.insert_text(_as_one_line(event.data)))

    def take_many_lines(self) -> None:
        """Lets F4 open the text in an editor."""
        self.on("f4", act=lambda _event: self._edit())

    def _done(self) -> None:
        wrong = self.ask.check(self.text())
        self.wrong = f"Fel: {wrong}" if wrong else ""
        if not wrong and not self.app.is_done:
            self.app.exit(result=self.text())

    def _enter(self, event: KeyPressEvent) -> None:
        """Answers; but a new line with more keys right behind it was pasted, and becomes a blank."""
        if event.app.key_processor.input_queue and not isinstance(self.app.input, PipeInput):
            self._buffer.insert_text(" ")
        else:
            self._done()

    def _edit(self) -> None:
        if sys.platform == "win32":
            os.environ.setdefault("EDITOR", "notepad")
        if not _has_editor():
            self.wrong = NO_EDITOR
            return
        self._buffer.tempfile_suffix = ".md"
        self._buffer.open_in_editor()


class Listed(Framed):
    """Options to choose among. The cursor follows the row: magnifiers and screen readers need it."""

    def __init__(self, ask: Ask, question: Question, options: Sequence[Choice], hint: Hint, say: Say) -> None:
        app = question.application
        windows = app.layout.find_all_windows()
        body = next(window for window in windows if isinstance(window.content, InquirerControl))
        self.options = options
        self.control = cast("InquirerControl", body.content)
        self.control.focusable = to_filter(True)
        self._act = self._pick
        self._digits = ""
        body.scroll_offsets = ScrollOffsets(top=1, bottom=2)
        super().__init__(ask, app, body, hint, say)
        app.before_render += lambda _app: self._fit()
        self.on("left", act=lambda _event: self.leave(Back))
        for digit in "0123456789":
            self.on(digit, act=functools.partial(lambda digit, _event: self._digit(digit), digit))

    def aside(self) -> str:
        """The help of the option the cursor is at."""
        return self.options[self.control.pointed_at].help

    def pick_with(self, key: str, number: int) -> None:
        """Lets a key answer with the option of that number, from 0."""
        self.on(key, act=lambda _event: self._pick(number))

    def tick_with_digits(self) -> None:
        """Lets number keys tick options; the letters questionary ticks with do nothing."""
        self._act = self._tick
        for key in ("a", "i"):
            self.on(key, act=lambda _event: None)

    def _pick(self, number: int) -> None:
        self.control.pointed_at = number
        if not self.app.is_done:
            self.app.exit(result=self.options[number].key)

    def _tick(self, number: int) -> None:
        self.control.pointed_at = number
        key, ticked = self.options[number].key, self.control.selected_options
        ticked.remove(key) if key in ticked else ticked.append(key)

    def _digit(self, digit: str) -> None:
        """One digit acts where there are at most nine options; in longer lists digits find the row."""
        possible = [text for text in (self._digits + digit, digit) if 1 <= int(text) <= len(self.options)]
        if not possible:
            return
        if len(self.options) <= ONE_DIGIT:
            self._act(int(digit) - 1)
            return
        self._digits = possible[0]
        self.control.pointed_at = int(possible[0]) - 1

    def _fit(self) -> None:
        """Numbers and wraps the options for the width there is."""
        margin = POINTER + TICK * self.control.use_indicator
        for number, (option, shown) in enumerate(zip(self.options, self.control.choices, strict=True), 1):
            name = f"{number}. "
            room = max(NARROWEST, self.width - margin - len(name))
            lines = textwrap.wrap(clean_line(option.label), room, break_on_hyphens=False)
            shown.title = name + ("\n" + " " * (margin + len(name))).join(lines)


def _has_editor() -> bool:
    """Whether prompt_toolkit will find an editor: the one wished for, or one of those it tries."""
    wished = [
        os.environ[name].split()[0] for name in ("VISUAL", "EDITOR") if os.environ.get(name, "").strip()
    ]
    return any(shutil.which(name) for name in (*wished, *EDITORS))


def _window(words: Callable[[], str], style: str = "") -> Window:
    """A window just as high as its words, gone when there are none."""

    def height() -> int:
        text = words()
        return text.count("\n") + 1 if text else 0

    control = FormattedTextControl(lambda: [(style, words())])
    return Window(control, height=height, dont_extend_height=True, always_hide_cursor=True)


def _fitting(keys: Hint, width: int) -> str:
    """As many keys as one line holds, the most needed first."""
    shown = ""
    for key, what in keys:
        longer = f"{shown} · {key} {what}" if shown else f"{key} {what}"
        if len(longer) > width:
            break
        shown = longer
    return shown


def _as_one_line(pasted: str) -> str:
    return re.sub(r"\s*[\r\n]+\s*", " ", pasted.strip("\r\n"))


def wrapped(text: str, width: int) -> str:
    """Text wrapped between words, further lines as far in as the words of the first, past its number."""
    lines: list[str] = []
    for line in text.split("\n"):
        indent = " " * (len(line) - len(_BEFORE_WORDS.sub("", line)))
        wide = max(width, NARROWEST)
        lines += textwrap.wrap(line, wide, subsequent_indent=indent, break_on_hyphens=False) or [""]
    return "\n".join(lines)
