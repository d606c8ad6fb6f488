"""How text for people is to be shown."""

from __future__ import annotations

from typing import NamedTuple

from utbildningsprocess.screen.looks import WIDEST_LINE


class Display(NamedTuple):
    """Where words are shown: how many columns there are, and whether only plain lines are wanted.

    Plain is without columns and bars, which a screen reader would read across.
    """

    columns: int = WIDEST_LINE + 1
    plain: bool = False

    @property
    def width(self) -> int:
        """The columns that text is set in. The last one stays free: some terminals wrap when it is used."""
        return min(WIDEST_LINE, self.columns - 1)
