"""Every part of questionary and prompt_toolkit that is not their public API, each with the reason it is used.

`tests/test_faces_toolkit.py` says of each part what breaks if an upgrade takes it away.
"""

from __future__ import annotations

import functools
import sys
import time
from itertools import takewhile
from typing import TYPE_CHECKING, Any, cast

from prompt_toolkit.application import application as application_module
from prompt_toolkit.filters import buffer_has_focus, to_filter
from prompt_toolkit.formatted_text import to_formatted_text
from prompt_toolkit.formatted_text.utils import fragment_list_width
from prompt_toolkit.key_binding import ConditionalKeyBindings, KeyBindings, merge_key_bindings
from prompt_toolkit.key_binding.bindings.basic import load_basic_bindings
from prompt_toolkit.key_binding.bindings.cpr import load_cpr_bindings
from prompt_toolkit.key_binding.bindings.emacs import (
    load_emacs_bindings,
    load_emacs_search_bindings,
    load_emacs_shift_selection_bindings,
)
from prompt_toolkit.key_binding.bindings.mouse import load_mouse_bindings
from prompt_toolkit.layout import BufferControl, Layout, ScrollOffsets
from prompt_toolkit.output.vt100 import Vt100_Output
from questionary.prompts.common import InquirerControl

from utbildningsprocess.faces.wrapping import WholeWords

if TYPE_CHECKING:
    from prompt_toolkit.application import Application
    from prompt_toolkit.key_binding import KeyBindingsBase
    from prompt_toolkit.layout import Container, Window
    from prompt_toolkit.output import Output
    from questionary import Question

_NOWHERE = -1
"""Where questionary's pointer is at no option, which it has no word for."""
_SAME_BURST_SECONDS = 0.05
_LONGEST_TYPED = 20
"""The keys that somebody types in the two seconds that a line may stand still."""


@functools.cache
def _default_keys() -> KeyBindingsBase:
    """The default keys without those of Vi: more than half of them, which nothing here turns on."""
    in_text = [
        load_basic_bindings(),
        load_emacs_bindings(),
        load_emacs_search_bindings(),
        load_emacs_shift_selection_bindings(),
    ]
    everywhere = [load_mouse_bindings(), load_cpr_bindings()]
    return merge_key_bindings(
        [ConditionalKeyBindings(merge_key_bindings(in_text), buffer_has_focus), *everywhere]
    )


def share_default_keys() -> None:
    """Lets all applications of this process share prompt_toolkit's default keys, which hold no state.

    It builds its 600 default keys anew for every Application, and questionary makes three Applications
    for a list: three quarters of the time a list takes to build. And it goes through them all the first
    time each key is pressed in an Application: half the wait from an answer to the next question.
    """
    keys = _default_keys()
    setattr(application_module, "load_key_bindings", lambda: keys)  # noqa: B010  not exported


def skip_cursor_query(output: Output) -> None:
    """Keeps prompt_toolkit from asking where the cursor is: it warns in English when a terminal is silent."""
    if isinstance(output, Vt100_Output):
        output.enable_cpr = False


def no_console_errors() -> tuple[type[Exception], ...]:
    """What is raised in a Windows terminal without a console, as git-bash has; nothing elsewhere."""
    if sys.platform == "win32":
        from prompt_toolkit.output.win32 import NoConsoleScreenBufferError

        return (NoConsoleScreenBufferError,)
    return ()


def application_of(question: Question) -> Application[Any]:
    """The application that asks a question; questionary calls its Question an internal class."""
    return question.application


def refit(app: Application[Any], layout: Container, body: Window, keys: KeyBindingsBase) -> None:
    """Gives an application that questionary made a layout round its body, and keys that come before its own.

    The window keeps to the height of what it shows, and goes when the question is answered.
    """
    body.dont_extend_height = to_filter(True)
    app.layout = Layout(layout, focused_element=body)
    app.erase_when_done = True
    setattr(app, "_on_resize", functools.partial(_paint_anew, app))  # noqa: B010  not public
    app.key_bindings = merge_key_bindings([app.key_bindings or KeyBindings(), keys])


def _paint_anew(app: Application[Any]) -> None:
    """Clears the screen when its width has changed: a terminal that folds lines anew moves those above, too.

    prompt_toolkit goes up as many lines as it has written, and leaves what has become more of them.
    """
    app.renderer.clear()
    app.invalidate()


def keep_words_whole(window: Window) -> None:
    """Lets no word break at the end of a row of the text that is typed in a window."""
    control = window.content

    def columns_before(line: int, row: int) -> int:
        prefix = window.get_line_prefix
        return fragment_list_width(to_formatted_text(prefix(line, row))) if prefix else 0

    if isinstance(control, BufferControl):
        control.input_processors = [*(control.input_processors or ()), WholeWords(columns_before)]


class Burst:
    """The keys that came at once: pasted as if typed, or typed while a slow line held them back."""

    def __init__(self, app: Application[Any]) -> None:
        self._processor = app.key_processor
        self._size = self._left = 0
        self._at = -_SAME_BURST_SECONDS
        self._processor.before_key_press += lambda _sender: self._count()

    def _count(self) -> None:
        """Counts the keys of a burst as its first comes; one that is long is read piece by piece."""
        if not self._left:
            is_new = time.monotonic() - self._at >= _SAME_BURST_SECONDS
            self._size = len(self._processor.input_queue) + 1 + (0 if is_new else self._size)
        self._left, self._at = len(self._processor.input_queue), time.monotonic()

    @property
    def goes_on(self) -> bool:
        """Whether more keys wait right behind the last one."""
        return bool(self._processor.input_queue)

    @property
    def is_pasted(self) -> bool:
        """Whether more keys wait, in a burst that is longer than what is typed while a slow line waits."""
        return self.goes_on and self._size > _LONGEST_TYPED

    @property
    def text_ahead(self) -> str:
        """The characters that wait right behind the last key."""
        keys = (press.key for press in self._processor.input_queue)
        return "".join(takewhile(lambda key: len(key) == 1, keys))


class OptionList:
    """The options of a list that questionary made: which the cursor is at, which are ticked, how they read.

    questionary itself can neither move the cursor, tick nor wrap an option while its question is asked.
    """

    def __init__(self, question: Question) -> None:
        windows = question.application.layout.find_all_windows()
        self.window = next(window for window in windows if isinstance(window.content, InquirerControl))
        self.window.scroll_offsets = ScrollOffsets(top=1, bottom=2)
        self._control = cast("InquirerControl", self.window.content)
        # The terminal's cursor follows the row: magnifiers and screen readers need it.
        self._control.focusable = to_filter(True)

    @property
    def cursor(self) -> int | None:
        """The number, from 0, of the option the cursor is at; None while it is at none."""
        return None if self._control.pointed_at == _NOWHERE else self._control.pointed_at

    @cursor.setter
    def cursor(self, number: int | None) -> None:
        """Moves to an option, or away from them all."""
        self._control.pointed_at = _NOWHERE if number is None else number

    @property
    def ticked(self) -> list[Any]:
        """The values of the ticked options. What is put in it is ticked."""
        return self._control.selected_options

    @property
    def margin(self) -> int:
        """The columns before an option: questionary's pointer takes three, and a checkbox two more."""
        return 3 + 2 * self._control.use_indicator

    def show(self, number: int, title: str) -> None:
        """Lets an option read otherwise."""
        self._control.choices[number].title = title
