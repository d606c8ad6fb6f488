"""Texts that are typed: one line, or a long one where Enter makes a new line."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any

import questionary
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.document import Document

from utbildningsprocess.conversation.face import BECAME_LIST, Back
from utbildningsprocess.errors import NOT_UTF_8
from utbildningsprocess.faces.modes import ANSWERING_KEY, ENDING_KEY
from utbildningsprocess.faces.prompts import ALWAYS, STYLE, Prompt
from utbildningsprocess.faces.toolkit import Burst, application_of, keep_words_whole
from utbildningsprocess.swedish import clean, clean_line, is_undecoded, without_odd_characters

if TYPE_CHECKING:
    from collections.abc import Callable

    from prompt_toolkit.key_binding import KeyPressEvent

    from utbildningsprocess.conversation.face import Ask

    Editor = Callable[[str, str, Callable[[str], object]], str | None]

_LINE_KEYS = {"Enter": "klar", **ALWAYS, "Ctrl-Z": "ångra"}
_LONG_KEYS = {"Ctrl-S": "klar", "Enter": "ny rad", **ALWAYS, "F4": "redigerare", "Ctrl-Z": "ångra"}
_ROWS_FOR_EXAMPLES = 24
"""The rows from which the examples stand below an empty field."""


def no_editor(_text: str, _question: str, _wait: Callable[[str], object]) -> str | None:
    """What edits a text where there is nothing to edit it in."""
    return None


class TextPrompt(Prompt):
    """A text being typed: one line, or a long one where Enter makes a new line."""

    def __init__(self, ask: Ask, editor: Editor = no_editor, *, long: bool = False) -> None:
        self._editor, self._long = editor, long
        draft = clean(ask.draft) if long else clean_line(ask.draft)
        more: dict[str, Any] = {"instruction": "", "style": STYLE, "reserve_space_for_menu": 0}
        app = application_of(questionary.text("", default=draft, qmark=">", multiline=long, **more))
        self._buffer = app.current_buffer
        keep_words_whole(app.layout.current_window)
        super().__init__(ask, app, app.layout.current_window, _LONG_KEYS if long else _LINE_KEYS)
        self._cleaned = ""
        self._burst = Burst(app)
        for keys in (["c-s"], ["f2"], ["escape", "enter"]):
            self.on(*keys, act=self._done_by_key)
        self._keys.add("c-z", eager=True, save_before=_never)(lambda _event: self._step(self._buffer.undo))
        self._keys.add("c-x", "c-y", eager=True, save_before=_never)(
            lambda _event: self._step(self._buffer.redo)
        )
        # Searching in what is typed has a prompt in English, and little to find.
        self.on("c-r", act=lambda: None)
        # It would make a comment of the text, and end it unread.
        self.on("escape", "#", act=lambda: None)
        if long:
            for keys in (["f4"], ["c-x", "c-e"]):
                self.on(*keys, act=self._edit)
        else:
            if ask.row is not None:
                self.on("up", act=functools.partial(self.leave, Back))
                self.on("down", act=self.onward)
            self.on("enter", act=self._enter)

    def text(self) -> str:
        """What is typed so far."""
        return clean(self._buffer.text)

    def aside(self) -> str:
        """The examples while nothing is typed; what was cleaned of what was pasted; then how long it is."""
        if self._cleaned:
            return self._cleaned
        if self._buffer.text and (most := self.ask.most_words):
            return f"{len(self._buffer.text.split())} ord, helst högst {most}"
        has_room = self.app.output.get_size().rows >= _ROWS_FOR_EXAMPLES
        return "\n".join(self.ask.examples) if has_room and not self._buffer.text else ""

    def onward(self) -> None:
        """On to the next field of the row, with what is typed."""
        self._done()

    def _step(self, step: Callable[[], None]) -> None:
        """Takes back, or does again, what was typed last: a word, or what was pasted or cut at once."""
        while True:
            before = self._buffer.text
            step()
            now = self._buffer.text
            if abs(len(now) - len(before)) != 1 or not now or now[-1].isspace():
                return

    def _done_by_key(self) -> None:
        """Answers; but a key pressed twice ends one text, not the next one that has not been touched."""
        ENDING_KEY.is_now()
        if self.text() == clean(self.ask.draft) and ANSWERING_KEY.left:
            return
        self._done()
        ANSWERING_KEY.is_now()

    def _done(self) -> None:
        if is_undecoded(self._buffer.text):
            wrong: str | None = f"Texten {NOT_UTF_8} Ställ in terminalen på UTF-8 och skriv den igen."
        else:
            wrong = self.ask.check(self.text())
        self.wrong = f"Fel: {wrong}" if wrong else ""
        if not wrong:
            self.end()

    def _enter(self) -> None:
        """Answers; but a new line in the middle of what was pasted becomes a blank."""
        if self._burst.is_pasted:
            self._buffer.insert_text(" ")
        elif self.text() != clean(self.ask.draft) or not ANSWERING_KEY.left:
            self._done()

    def take_pasted(self, text: str) -> None:
        """Takes what is pasted without odd characters, which is told; in one line its lines become one."""
        text, told = without_odd_characters(text.replace("\r\n", "\n").replace("\r", "\n"))
        if not self._long:
            text = re.sub(r"\s*\n+\s*", " ", text.strip("\n"))
        listed = text
        if self._long:
            # Loaded here, for somebody waits for the first question.
            from utbildningsprocess.markdown import with_lists

            listed = with_lists(text)
        self._buffer.insert_text(listed)
        said = [f"Rensat i det ni klistrade in: {told}."] if told else []
        said += [BECAME_LIST] if listed != text else []
        self._cleaned = " ".join([*said, "Ctrl-Z tar bort allt det inklistrade."] if said else [])

    def _edit(self) -> None:
        """The text in an editor, kept as it is first: nothing is kept while the editor is open."""
        self.ask.on_draft(self.text())
        run_in_terminal(lambda: self._take_edited(self._editor(self.text(), self.ask.text, self.pause)))

    def _take_edited(self, text: str | None) -> None:
        if text is None:
            self.wrong = "Hittar ingen textredigerare. Ange en i miljövariabeln EDITOR."
        else:
            self._buffer.document = Document(text, len(text))


def _never(_event: KeyPressEvent) -> bool:
    """Taking back and doing again are no steps to take back."""
    return False
