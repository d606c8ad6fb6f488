"""All statements of a question on one page: move with the arrows, answer with a digit, in any order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from prompt_toolkit.application import Application
from prompt_toolkit.data_structures import Point
from prompt_toolkit.layout import Dimension, FormattedTextControl, Layout, Window

from utbildningsprocess.conversation.face import Pass
from utbildningsprocess.faces.drawing import NARROWEST_TEXT
from utbildningsprocess.faces.prompts import ALWAYS, STYLE, Prompt, numbers_of
from utbildningsprocess.screen.looks import CURRENT
from utbildningsprocess.swedish import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.formatted_text import StyleAndTextTuples

    from utbildningsprocess.conversation.face import Choice, StatementPage

_BESIDE_A_TEXT = 9
"""The columns of a line beside the text and the answer: the cursor, the number and what divides them."""
_FEWEST_ROWS = 3
"""The rows of the page on the smallest of screens; the others are scrolled to."""


class PagePrompt(Prompt):
    """Statements on a page, and a cursor at one of them."""

    def __init__(self, page: StatementPage) -> None:
        self.page, self.place = page, page.begin
        control = FormattedTextControl(
            self._fragments,
            focusable=True,
            show_cursor=True,
            get_cursor_position=lambda: Point(0, self.place),
        )
        height = Dimension(min=_FEWEST_ROWS, max=len(page.lines), preferred=len(page.lines))
        window = Window(control, height=height, dont_extend_height=True)
        app: Application[None] = Application(Layout(window), style=STYLE)
        told = (
            f"{number} {option.label}{f': {option.help}' if option.help else ''}"
            for number, option in self._numbered()
        )
        hints = {"Ctrl-S": "klar", numbers_of(page.options): "svarar", **ALWAYS, "Pilar": "flyttar"}
        super().__init__(replace(page.ask, example=" · ".join(told)), app, window, hints)
        self._told_below = 0
        # How many have no room is known when the page is drawn, with the line that says so.
        app.after_render += lambda _app: app.invalidate() if self._below() != self._told_below else None
        moves = {"up": -1, "c-p": -1, "down": 1, "c-n": 1, "tab": 1, "pageup": -10, "pagedown": 10}
        for key, steps in moves.items():
            self.on(key, act=partial(self._move, steps))
        self.on("home", act=partial(self._move, -len(page.lines)))
        self.on("end", act=partial(self._move, len(page.lines)))
        self.on("enter", act=self._enter)
        for key in ("c-s", "f2"):
            self.on(key, act=self._done)
        for number, option in self._numbered():
            self.on(str(number), act=partial(self._answer, option.value))

    def _numbered(self) -> Iterator[tuple[int, Choice[str]]]:
        """The options that a digit can tell apart."""
        yield from enumerate(self.page.options[:9], 1)

    def heading(self) -> str:
        """Where the question stands, and how many of its statements are answered."""
        return f"{self.ask.heading} · {self.in_short()}"

    def lines(self) -> int:
        """The lines that the statements take when all are seen."""
        return len(self.page.lines)

    def aside(self) -> str:
        """How many more there are below, what the statement at the cursor means, and a word of its answer."""
        line = self.page.lines[self.place]
        is_cut = len(line.text) > self._room()
        self._told_below = below = self._below()
        told = (
            f"↓ {below} till" if below > 0 else "",
            line.text if is_cut else "",
            line.example,
            line.remark if self._waits(self.place) else "",
        )
        return "\n".join(filter(None, told))

    def _below(self) -> int:
        """How many statements there are below those that are seen."""
        seen = self.body.render_info
        return seen.content_height - seen.vertical_scroll - seen.window_height if seen else 0

    def in_short(self) -> str:
        """How many of the statements are answered."""
        number = len(self.page.lines) - len(self.page.waiting())
        return f"{number} av {len(self.page.lines)} besvarade"

    # ------------------------------------------------------------------ acts

    def _move(self, steps: int) -> None:
        self.place = min(max(self.place + steps, 0), len(self.page.lines) - 1)
        self.wrong = ""

    def _answer(self, option: str) -> None:
        place, self.wrong = self.place, ""
        if not self.page.answer(place, option):
            self.end()
        self.place = min(place + 1, len(self.page.lines) - 1)

    def _enter(self) -> None:
        """On to the next that waits; an answer of before is taken as it stands; with none left it is done.

        A statement without an answer is not passed by: many press Enter after each digit.
        """
        before = self.page.answers()[self.place]
        if self._waits(self.place):
            if before is None:
                self.wrong = "Inget är valt än. Välj med en siffra, gå vidare med pilarna."
            else:
                self._answer(str(before))
            return
        waiting = sorted(self.page.waiting(), key=lambda place: (place <= self.place, place))
        if waiting:
            self.place = waiting[0]
        else:
            self.end()

    def _done(self) -> None:
        if any(self.page.answers()):
            self.end()
        else:
            self.leave(Pass)

    def _waits(self, place: int) -> bool:
        return place in self.page.waiting()

    # ------------------------------------------------------------------ words

    def _fragments(self) -> StyleAndTextTuples:
        """The page: a line for each statement, with its answer at the end."""
        labels = self._labels()
        wide = max(map(len, labels.values()))
        waiting = self.page.waiting()
        fragments: StyleAndTextTuples = []
        for place, (line, answer) in enumerate(zip(self.page.lines, self.page.answers(), strict=True)):
            is_here = place == self.place
            style = "class:question" if is_here else ""
            mark = CURRENT if is_here else " "
            said = labels.get(str(answer), str(answer)) if answer is not None else "–"
            said = f"{said}?" if answer is not None and place in waiting else said
            text = shortened(line.text, self._room())
            shown = f"{mark} {place + 1:2}. {text:{self._room()}}  {said:{wide}}".rstrip()
            fragments += [(style, shown), ("", "\n")]
        return fragments[:-1]

    def _room(self) -> int:
        """The columns for the text of a statement."""
        longest = max(NARROWEST_TEXT, *(len(line.text) for line in self.page.lines))
        return max(1, min(longest, self.width - max(map(len, self._labels().values())) - _BESIDE_A_TEXT))

    def _labels(self) -> dict[str, str]:
        """What is shown of an answer: its words, or its number where they leave no room for the text."""
        words = {option.value: option.label for option in self.page.options}
        if self.width - max(map(len, words.values())) - _BESIDE_A_TEXT >= NARROWEST_TEXT:
            return words
        return {option.value: str(number) for number, option in self._numbered()}
