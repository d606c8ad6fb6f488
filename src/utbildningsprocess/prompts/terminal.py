"""The face for terminals: the only home of questionary and prompt_toolkit.

Questionary asks; what it lacks is added here in one place, `_Framed`: the question and a hint around
it, our keys, drafts while typing, and leaving with what was half-typed.
"""

from __future__ import annotations

import asyncio
import functools
import re
import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any, cast

import questionary
from prompt_toolkit.application import application as toolkit, get_app_session, run_in_terminal
from prompt_toolkit.filters import to_filter
from prompt_toolkit.input import PipeInput
from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import FormattedTextControl, HSplit, Layout, ScrollOffsets, Window
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style
from questionary.prompts.common import InquirerControl

from utbildningsprocess.prompts.face import Back, Choice, Leave, Pass, on_stop, opening, refusal
from utbildningsprocess.swedish import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from prompt_toolkit.application import Application
    from prompt_toolkit.buffer import Buffer
    from prompt_toolkit.key_binding import KeyPressEvent

    from utbildningsprocess.prompts.face import Ask, Signal

DRAFT_SECONDS = 0.5
WIDEST = 100
ONE_DIGIT = 9
NO_EDITOR = "Hittar ingen textredigerare. Ange en i miljövariabeln EDITOR."
NO_HELP = "Det finns ingen mer hjälp om den här frågan."
_STYLE = Style(
    [
        ("question", "bold"),
        ("qmark", "noinherit"),
        ("answer", "noinherit"),
        ("pointer", "bold"),
        ("highlighted", "bold"),
        ("selected", "bold"),
        ("wrong", "bold"),
    ]
)
_LEAVING = ("Ctrl-C", "spara och sluta")
_ANSWERING = [("Ctrl-B", "bakåt"), ("F1", "hjälp"), ("Ctrl-O", "hoppa över"), _LEAVING]
_LINE = [("Enter", "klar"), *_ANSWERING]
_LONG = [("Ctrl-S", "klar"), *_ANSWERING, ("Enter", "ny rad"), ("F4", "redigerare")]
_PICK = [("Siffra", "väljer"), *_ANSWERING, ("Pilar och Enter", "väljer")]
_MOVE = [("Pilar och Enter", "väljer"), *_ANSWERING]
_TICK = [("Mellanslag", "kryssar"), ("Enter", "klar"), *_ANSWERING]
_JA_NEJ = [("J/N", "svarar"), *_ANSWERING]
_YES_NO = (Choice("ja", "Ja"), Choice("nej", "Nej"))

# prompt_toolkit builds its 600 default keys anew for every Application, and questionary makes three
# Applications for a list: 10 of the 12 ms a list took to build. The keys hold no state.
setattr(toolkit, "load_key_bindings", functools.cache(toolkit.load_key_bindings))  # noqa: B010


class TerminalFace:
    """Asks where the cursor can move. Raises prompt_toolkit's own error where there is no console."""

    def __init__(self) -> None:
        output = get_app_session().output
        if isinstance(output, Vt100_Output):
            # Asking the terminal where its cursor is makes prompt_toolkit warn, in English, when it is not told.
            output.enable_cpr = False

    def say(self, text: str = "") -> None:
        """Shows lines of plain text, wrapped between words."""
        for line in clean(text).split("\n"):
            sys.stderr.write(wrapped(line, min(WIDEST, shutil.get_terminal_size().columns - 1)) + "\n")
        sys.stderr.flush()

    def ask_text(self, ask: Ask) -> str:
        """One line that `ask.check` accepts."""
        question = _text_question(ask, long=False)
        return self._typed(_Typed(self, ask, question.application, _LINE), long=False)

    def ask_long(self, ask: Ask) -> str:
        """Lines that `ask.check` accepts; Enter makes a new one."""
        question = _text_question(ask, long=True)
        return self._typed(_Typed(self, ask, question.application, _LONG), long=True)

    def ask_choice(self, ask: Ask, options: Sequence[Choice], default: str | None = None) -> str:
        """The key of one option, by number key or with the arrows."""
        keys = _PICK if len(options) <= ONE_DIGIT else _MOVE
        return self._chosen(_Listed(self, ask, _select(options, default), options, keys), options)

    def ask_several(self, ask: Ask, options: Sequence[Choice], defaults: Collection[str] = ()) -> list[str]:
        """The keys of any number of options, ticked with the space bar or their number."""
        framed = _Listed(self, ask, _checkbox(options, defaults), options, _TICK)
        framed.tick_with_digits()
        keys = cast("list[str]", self._run(framed))
        self._sum_up(ask, ", ".join(one.label for one in options if one.key in keys) or "(inget valt)")
        return keys

    def ask_yes_no(self, ask: Ask, default: bool | None = None) -> bool:  # noqa: FBT001  as in Face
        """Yes or no, by the keys J and N."""
        former = None if default is None else _YES_NO[0 if default else 1].key
        framed = _Listed(self, ask, _select(_YES_NO, former), _YES_NO, _JA_NEJ)
        for number, letters in enumerate(("jJ", "nN")):
            for letter in letters:
                framed.pick_with(letter, number)
        return self._chosen(framed, _YES_NO) == "ja"

    # ------------------------------------------------------------- running

    def _typed(self, framed: _Typed, *, long: bool) -> str:
        framed.bind_text(long=long)
        text = cast("str", self._run(framed))
        self._sum_up(framed.ask, _in_short(text))
        return text

    def _chosen(self, framed: _Listed, options: Sequence[Choice]) -> str:
        key = cast("str", self._run(framed))
        self._sum_up(framed.ask, next(option.label for option in options if option.key == key))
        return key

    def _run(self, framed: _Framed) -> Any:
        for line in opening(framed.ask):
            self.say(line)
        return framed.run()

    def _sum_up(self, ask: Ask, answer: str) -> None:
        self.say(ask.text)
        self.say(f"  {answer}" if answer else "  (tomt)")


# ------------------------------------------------- questionary's questions


def _text_question(ask: Ask, *, long: bool) -> questionary.Question:
    draft = ask.draft if long else clean_line(ask.draft)
    return questionary.text(
        "", default=draft, qmark=">", instruction="", multiline=long, style=_STYLE, reserve_space_for_menu=0
    )


def _select(options: Sequence[Choice], default: str | None) -> questionary.Question:
    choices = [questionary.Choice(option.label, option.key) for option in options]
    known = default if any(option.key == default for option in options) else None
    return questionary.select("", choices, default=known, instruction=" ", style=_STYLE, use_jk_keys=False)


def _checkbox(options: Sequence[Choice], defaults: Collection[str]) -> questionary.Question:
    choices = [
        questionary.Choice(option.label, option.key, checked=option.key in defaults) for option in options
    ]
    return questionary.checkbox("", choices, instruction=" ", style=_STYLE, use_jk_keys=False)


# ------------------------------------------------------ what they all lack


class _Framed:
    """A questionary question with its text above, trouble and a hint below, and our keys."""

    def __init__(
        self, face: TerminalFace, ask: Ask, app: Application[Any], body: Window, hint: Sequence[tuple[str, str]]
    ) -> None:
        self.face, self.ask, self.app, self.hint = face, ask, app, hint
        self.wrong = ""
        body.dont_extend_height = to_filter(True)
        parts = [self._window(lambda: ask.text, "class:question"), body]
        parts += [self._window(self._aside), self._window(lambda: self.wrong, "class:wrong"), self._hint_window()]
        small = _plain_window(lambda: "Fönstret är för litet.")
        app.layout = Layout(HSplit(parts, window_too_small=small), focused_element=body)
        app.erase_when_done = True
        self.keys = KeyBindings()
        self._bind()
        app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), self.keys])

    def run(self) -> Any:
        """The answer; leaves with a Signal that carries what was half-typed."""
        with on_stop(self._stop):
            try:
                return self.app.run(pre_run=self._begin, set_exception_handler=False)
            except (EOFError, OSError):
                # The terminal is gone.
                raise Leave(self.text()) from None

    def text(self) -> str:
        """What is half-typed."""
        return ""

    def on(self, *keys: str, act: Callable[[KeyPressEvent], object]) -> None:
        """Makes a key, or several in a row, act before anything questionary binds it to."""

        def handle(event: KeyPressEvent) -> None:
            act(event)

        self.keys.add(*keys, eager=True)(handle)

    def leave(self, kind: type[Signal]) -> None:
        """Out of the question with a signal, or a sentence when it does not apply here."""
        signal = kind(self.text())
        self.wrong = refusal(self.ask, signal) or ""
        if not self.wrong and not self.app.is_done:
            self.app.exit(exception=signal)

    def _bind(self) -> None:
        for keys, kind in ((("c-b",), Back), (("c-o",), Pass), (("c-c", "c-d", "c-q", "<sigint>"), Leave)):
            for key in keys:
                self.on(key, act=functools.partial(lambda kind, _event: self.leave(kind), kind))
        for key in ("c-g", "f1"):
            self.on(key, act=lambda _event: run_in_terminal(self._help))

    def _help(self) -> None:
        keys = ", ".join(f"{key} {what}" for key, what in self.hint)
        self.face.say(f"\n{self.ask.help or NO_HELP}\nTangenter: {keys}.\n")

    def _begin(self) -> None:
        loop = asyncio.get_running_loop()
        # A bug in a key handler ends the program with its traceback instead of a prompt in English.
        loop.set_exception_handler(lambda _loop, context: self.app.exit(exception=context["exception"]))
        self.app.create_background_task(self._keep_draft())

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

    def _aside(self) -> str:
        return ""

    def _window(self, words: Callable[[], str], style: str = "") -> Window:
        return _plain_window(lambda: wrapped(words(), self.width), style)

    def _hint_window(self) -> Window:
        possible = [
            (key, what)
            for key, what in self.hint
            if (key != "Ctrl-B" or self.ask.can_go_back) and (key != "Ctrl-O" or self.ask.can_skip)
        ]
        return _plain_window(lambda: _fitting(possible, self.width))

    @property
    def width(self) -> int:
        """The columns there are now."""
        return min(WIDEST, self.app.output.get_size().columns - 1)


class _Typed(_Framed):
    """A text being typed."""

    def __init__(
        self, face: TerminalFace, ask: Ask, app: Application[Any], hint: Sequence[tuple[str, str]]
    ) -> None:
        super().__init__(face, ask, app, app.layout.current_window, hint)

    @property
    def buffer(self) -> Buffer:
        return self.app.current_buffer

    def text(self) -> str:
        return clean(self.buffer.text)

    def bind_text(self, *, long: bool) -> None:
        for key in ("c-s", "f2"):
            self.on(key, act=lambda _event: self._done())
        self.on("escape", "enter", act=lambda _event: self._done())
        # Searching backwards has an English prompt, and nothing here to search in.
        self.on("c-r", act=lambda _event: None)
        if long:
            self.on("f4", act=lambda _event: self._edit())
        else:
            self.on("enter", act=self._enter)
            self.on(Keys.BracketedPaste, act=lambda event: self.buffer.insert_text(_as_one_line(event.data)))

    def _done(self) -> None:
        self.wrong = self.ask.check(self.text()) or ""
        if self.wrong:
            self.wrong = f"Fel: {self.wrong}"
        elif not self.app.is_done:
            self.app.exit(result=self.text())

    def _enter(self, event: KeyPressEvent) -> None:
        """Done; but a new line with more keys right behind it was pasted, and becomes a blank."""
        pasted = event.app.key_processor.input_queue and not isinstance(self.app.input, PipeInput)
        if pasted:
            self.buffer.insert_text(" ")
        else:
            self._done()

    def _edit(self) -> None:
        import os

        if sys.platform == "win32":
            os.environ.setdefault("EDITOR", "notepad")
        self.buffer.tempfile_suffix = ".md"
        self.buffer.open_in_editor()


class _Listed(_Framed):
    """Options to choose among. The cursor follows the row: magnifiers and screen readers need it."""

    def __init__(
        self,
        face: TerminalFace,
        ask: Ask,
        question: questionary.Question,
        options: Sequence[Choice],
        hint: Sequence[tuple[str, str]],
    ) -> None:
        app = question.application
        windows = list(app.layout.find_all_windows())
        body = next(window for window in windows if isinstance(window.content, InquirerControl))
        self.options = options
        self.control = cast("InquirerControl", body.content)
        self.control.focusable = to_filter(True)
        self.control.show_cursor = True
        self._typed = ""
        body.scroll_offsets = ScrollOffsets(top=1, bottom=2)
        super().__init__(face, ask, app, body, hint)
        app.before_render += lambda _app: self._fit()
        for digit in "0123456789":
            self.on(digit, act=functools.partial(lambda digit, _event: self._digit(digit), digit))
        for key in ("left",):
            self.on(key, act=lambda _event: self.leave(Back))

    def pick_with(self, key: str, number: int) -> None:
        """Lets a key answer with the option of that number, from 0."""
        self.on(key, act=lambda _event: self._pick(number))

    def tick_with_digits(self) -> None:
        """Number keys tick options, and the letters questionary ticks with do nothing."""
        for key in ("a", "i"):
            self.on(key, act=lambda _event: None)
        self._pick = self._tick  # type: ignore[method-assign]

    def _pick(self, number: int) -> None:
        self.control.pointed_at = number
        if not self.app.is_done:
            self.app.exit(result=self.options[number].key)

    def _tick(self, number: int) -> None:
        self.control.pointed_at = number
        key = self.options[number].key
        ticked = self.control.selected_options
        if key in ticked:
            ticked.remove(key)
        else:
            ticked.append(key)

    def _digit(self, digit: str) -> None:
        """One digit answers where there are at most nine options; in longer lists digits find the row."""
        if len(self.options) <= ONE_DIGIT:
            if 1 <= int(digit) <= len(self.options):
                self._pick(int(digit) - 1)
            return
        self._typed = next(
            (text for text in (self._typed + digit, digit) if 1 <= int(text) <= len(self.options)), ""
        )
        if self._typed:
            self.control.pointed_at = int(self._typed) - 1

    def _fit(self) -> None:
        """Numbers and wraps the options for the width there is."""
        margin = 3 + 2 * self.control.use_indicator
        for number, (option, shown) in enumerate(zip(self.options, self.control.choices, strict=True), 1):
            name = f"{number}. "
            text = textwrap.fill(clean_line(option.label), max(10, self.width - margin - len(name)))
            shown.title = name + text.replace("\n", "\n" + " " * (margin + len(name)))

    def _aside(self) -> str:
        return self.options[self.control.pointed_at].help


def _plain_window(words: Callable[[], str], style: str = "") -> Window:
    control = FormattedTextControl(lambda: [(style, words())])
    window = Window(control, dont_extend_height=True, always_hide_cursor=True)
    window.height = lambda: _height(words())
    return window


def _height(words: str) -> int:
    return words.count("\n") + 1 if words else 0


def _fitting(keys: Sequence[tuple[str, str]], width: int) -> str:
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


def _in_short(text: str) -> str:
    """The first line of a text, and how many more there are."""
    first, *more = text.split("\n")
    room = min(WIDEST, shutil.get_terminal_size().columns - 1) - 14
    cut = first if len(first) <= room else f"{first[:room].rstrip()} …"
    return f"{cut} (+{len(more)} rader)" if more else cut


def wrapped(line: str, width: int) -> str:
    """Text wrapped between words, further lines as far in as the first."""
    lines = []
    for one in line.split("\n"):
        indent = " " * (len(one) - len(one.lstrip()))
        lines += textwrap.wrap(one, max(width, 10), subsequent_indent=indent, break_on_hyphens=False) or [""]
    return "\n".join(lines)
