"""Lists of options: one is chosen, or any number are ticked."""

from __future__ import annotations

import functools
import textwrap
from typing import TYPE_CHECKING

import questionary
from prompt_toolkit.keys import Keys

from utbildningsprocess.conversation.face import Back, Onward, numbers_and_labels, where_words_go
from utbildningsprocess.faces.drawing import NARROWEST_TEXT
from utbildningsprocess.faces.modes import ANSWERING_KEY, Lately
from utbildningsprocess.faces.prompts import ALWAYS, STYLE, Prompt
from utbildningsprocess.faces.toolkit import Burst, OptionList, application_of
from utbildningsprocess.screen.looks import CURRENT
from utbildningsprocess.swedish import clean_line, shortened

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from utbildningsprocess.conversation.face import Ask, Choice

    Options = Sequence[Choice[object]]
    Hints = Mapping[str, str]

NOTHING_CHOSEN = "Inget är valt än. Välj med {keys}{or_skip}."
_STRAY_SECONDS = 1.0
_MOST_TOLD = 40
_KEYS = {"Siffra": "väljer", **ALWAYS, "Pilar och Enter": "väljer"}
_TICK_KEYS = {"Siffra": "kryssar", "Enter": "klar", **ALWAYS, "Pilar och blanksteg": "kryssar"}
_LETTER_KEYS = {"J/N": "svarar", **ALWAYS}


class ListPrompt(Prompt):
    """Numbered options, among which a cursor moves."""

    def __init__(self, ask: Ask, question: questionary.Question, options: Options, hints: Hints) -> None:
        app = application_of(question)
        self.options = options
        self.list = OptionList(question)
        self._digits = ""
        """The digits of a number that may go on: those of 1 where there is a 10."""
        self._numbered = dict(numbers_and_labels(options))
        super().__init__(ask, app, self.list.window, hints)
        app.before_render += lambda _app: self._fit()
        self.on("left", act=functools.partial(self.leave, Back))
        self._burst = Burst(app)
        self._straying = Lately(_STRAY_SECONDS)
        self._dropped = ""
        """The words that were typed and not taken."""
        self._keys.add(Keys.Any)(lambda event: self.stray(event.data))
        for digit in "0123456789":
            self.on(digit, act=functools.partial(self._digit, digit))

    def onward(self) -> None:
        """On to the next field of the row, with the option the cursor is at, or without any."""
        if self.list.cursor is None:
            self.leave(Onward)
        else:
            self.end()

    def lines(self) -> int:
        """The lines that the options take at least."""
        return len(self.options)

    def aside(self) -> str:
        """The help of the option the cursor is at."""
        return "" if self.list.cursor is None else self.options[self.list.cursor].help

    def act(self, number: int) -> None:
        """What the number key of an option does, numbered from 0: it answers."""
        self.list.cursor = number
        self.end()

    def _digit(self, digit: str) -> None:
        """A number acts as soon as no longer one begins as it does; until then the cursor shows it."""
        if self.is_in_words(digit):
            return
        if not any(str(number).startswith(self._digits + digit) for number in self._numbered):
            self.act_on_begun()
        typed = self._digits + digit
        longer = [number for number in self._numbered if str(number).startswith(typed)]
        if int(typed) in self._numbered:
            self.list.cursor = list(self._numbered).index(int(typed))
        self._digits = typed if len(longer) > 1 else ""
        if longer == [int(typed)]:
            self.act(self.list.cursor or 0)

    def is_in_words(self, key: str = "") -> bool:
        """Whether a key stands among words: somebody writes who has not seen that a list is shown."""
        if key and self.begins_words(key, self._burst.text_ahead):
            self.stray(key)
        elif self._straying.left:
            self._drop(key)
        return self._straying.left > 0

    def begins_words(self, _key: str, ahead: str) -> bool:
        """Whether a key is no answer, because of what came at once with it."""
        return not f"0{ahead}".replace(" ", "").isdecimal()

    def stray(self, key: str) -> None:
        """Somebody types words."""
        if not self._straying.left:
            self._dropped = ""
        self._straying.is_now()
        self._drop(key)

    def _drop(self, key: str) -> None:
        """Tells what is typed and not taken, so that it can be typed again where it belongs."""
        self._dropped += key if key.isprintable() else ""
        told = f" Det här togs inte med: ”{shortened(self._dropped, _MOST_TOLD)}”." if self._dropped else ""
        words = where_words_go(self.options)
        self.wrong = f"Här går det inte att skriva. Välj med en siffra eller med pilarna.{words}{told}"

    def forget_begun(self) -> None:
        """Forgets a number that might have gone on."""
        self._digits = ""

    def act_on_begun(self) -> None:
        """Acts on a number that might have gone on, while the cursor is still at it."""
        begun, self._digits = self._digits, ""
        if begun and list(self._numbered).index(int(begun)) == self.list.cursor:
            self.act(self.list.cursor)

    def _fit(self) -> None:
        """Numbers and wraps the options for the width there is."""
        for place, (number, label) in enumerate(self._numbered.items()):
            name, margin = f"{number}. ", " " * self.list.margin
            room = max(1, self.width - len(margin))
            indent = " " * min(len(name), max(0, room - NARROWEST_TEXT))
            lines = textwrap.wrap(
                clean_line(label), room, initial_indent=name, subsequent_indent=indent, break_on_hyphens=False
            )
            self.list.show(place, f"\n{margin}".join(lines))


class ChoicePrompt(ListPrompt):
    """Options of which one is chosen; each may have letters that choose it."""

    def __init__(self, ask: Ask, options: Options, default: object, letters: Sequence[str] = ()) -> None:
        choices = _choices(options)
        hints = _LETTER_KEYS if letters else _KEYS
        question = questionary.select(
            "", choices, pointer=CURRENT, instruction=" ", style=STYLE, use_jk_keys=False
        )
        super().__init__(ask, question, options, hints)
        self._by_letters = bool(letters)
        self._default = next((n for n, option in enumerate(options) if option.value == default), None)
        self.list.cursor = self._default
        for key, step in {"up": -1, "c-p": -1, "down": 1, "c-n": 1}.items():
            self.on(key, act=functools.partial(self._move, step))
        self.on("enter", act=self._enter)
        for number, keys in enumerate(letters):
            for key in keys:
                self.on(key, act=functools.partial(self._letter, key, number))

    def act(self, number: int) -> None:
        """Answers with an option, or only moves to it where an Enter comes right behind, which answers."""
        self.list.cursor = number
        if not self._burst.goes_on:
            ANSWERING_KEY.is_now()
            self.end()

    def begins_words(self, key: str, ahead: str) -> bool:
        """As in every list; of several digits at once nothing is chosen unless they are one number."""
        typed = f"{self._digits}{key}{ahead}"
        return bool(ahead) and typed not in map(str, self._numbered)

    def _letter(self, key: str, number: int) -> None:
        """Answers with the option of a letter that stands by itself."""
        if not self.is_in_words(key):
            self.act(number)

    def _move(self, step: int) -> None:
        """Moves the cursor up or down, from no option to the last or the first."""
        before = -1 if self.list.cursor is None and step > 0 else self.list.cursor or 0
        self.list.cursor = (before + step) % len(self.options)
        self.wrong = ""
        self._straying.is_over()

    def _enter(self) -> None:
        """Answers with the option the cursor is at. Nothing is chosen before the person has chosen."""
        if self.is_in_words() or (self.list.cursor == self._default and ANSWERING_KEY.left):
            return
        if self.list.cursor is not None:
            self.end()
            return
        keys = "J eller N" if self._by_letters else "en siffra, eller med pilarna och Enter"
        or_skip = ", eller hoppa över med Ctrl-O" if self.ask.can_skip else ""
        self.wrong = NOTHING_CHOSEN.format(keys=keys, or_skip=or_skip)


class TickPrompt(ListPrompt):
    """Options of which any number is ticked."""

    def __init__(self, ask: Ask, options: Options, ticked: Collection[object]) -> None:
        choices = _choices(options, ticked)
        question = questionary.checkbox(
            "", choices, pointer=CURRENT, instruction=" ", style=STYLE, use_jk_keys=False
        )
        super().__init__(ask, question, options, _TICK_KEYS)
        self._begun = list(self.list.ticked)
        self.on("enter", act=self._enter)
        self.on(" ", act=self._tick)
        # The letters that questionary ticks all options with.
        for key in ("a", "i"):
            self.on(key, act=functools.partial(self.stray, key))

    def text(self) -> str:
        """What is ticked, a line for each."""
        return "\n".join(
            option.label for number, option in enumerate(self.options) if number in self.list.ticked
        )

    def _enter(self) -> None:
        """Answers with what is ticked, and with a number that might have gone on."""
        if self.is_in_words():
            return
        self.act_on_begun()
        if self.list.ticked != self._begun or not ANSWERING_KEY.left:
            self.end()

    def _tick(self) -> None:
        """Ticks the option the cursor is at, or takes its tick away; a blank between words does not."""
        if self.is_in_words():
            self._drop(" ")
            return
        self.forget_begun()
        self.act(self.list.cursor or 0)

    def act(self, number: int) -> None:
        """What the number key of an option does, numbered from 0: it ticks, or takes the tick away."""
        self.list.cursor = number
        ticked = self.list.ticked
        ticked.remove(number) if number in ticked else ticked.append(number)


def _choices(options: Options, ticked: Collection[object] = ()) -> list[questionary.Choice]:
    """The options as questionary takes them, each with its number as value: ours can be anything."""
    return [
        questionary.Choice(option.label, number, checked=option.value in ticked)
        for number, option in enumerate(options)
    ]
