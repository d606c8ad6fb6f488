"""The initiatives of the folder where somebody stands, read for a command while progress is told."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.cli.formats import LISTS
from utbildningsprocess.cli.output import display, result, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.portfolio.choosing import TextSearch
    from utbildningsprocess.work.portfolio.kept import Progress
    from utbildningsprocess.work.portfolio.listing import Listed, Portfolio

_PATIENCE = 0.5
"""Seconds that nobody needs to be told what goes on."""


class ReadPortfolio(NamedTuple):
    """What was read, on which day, how it is to be shown, and where a word was found if one was sought."""

    portfolio: Portfolio
    today: date
    display: Display
    search: TextSearch | None


def read_initiatives(word: str | None = None) -> ReadPortfolio:
    """Reads all initiatives, and looks for a word in them."""
    from utbildningsprocess.work import clock
    from utbildningsprocess.work.portfolio.choosing import TextSearch
    from utbildningsprocess.work.portfolio.listing import PortfolioReader

    today = clock.current_date()
    with reading_progress() as progress:
        reader = PortfolioReader(Path(), today, progress)
        if word is None:
            search, portfolio = None, reader.read()
        else:
            search = TextSearch(word, reader.our_lines())
            portfolio = reader.read(search.look)
    return ReadPortfolio(portfolio, today, display(portfolio), search)


def show_initiatives(seen: ReadPortfolio, listed: Sequence[Listed], form: str = LISTS[0]) -> None:
    """Says what there is to know besides, and gives the initiatives in a format."""
    from utbildningsprocess.work.portfolio import formats
    from utbildningsprocess.work.portfolio.words import listed_in_words, portfolio_notes

    lines = seen.search.lines if seen.search else None
    if form == "json":
        text = formats.listed_as_json(listed, seen.today, lines)
    elif form == "csv":
        text = formats.listed_as_csv(listed, seen.today)
    elif form == "md":
        text = formats.listed_as_markdown(listed, seen.today)
    else:
        text = listed_in_words(listed, seen.today, seen.display, lines or {})
    if text:
        result(text)
    for note in portfolio_notes(seen.portfolio, len(listed)):
        say(note)


@contextmanager
def reading_progress() -> Iterator[Progress | None]:
    """What tells how far the reading has come, while it goes on; nothing where no person looks on."""
    progress = ReadingProgress()
    try:
        yield progress.tell if sys.stderr.isatty() else None
    finally:
        progress.wipe()


class ReadingProgress:
    """A line that tells how far the reading has come, once it takes a while; it is wiped away afterwards."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._told = ""

    def tell(self, done: int, number: int) -> None:
        """Tells that so many of a number are read."""
        if time.monotonic() - self._start < _PATIENCE:
            return
        self._write(f"Läser insatser: {done} av {number}")

    def wipe(self) -> None:
        """Takes the line away."""
        if self._told:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text.ljust(len(self._told))}{'' if text else chr(13)}")
        sys.stderr.flush()
        self._told = text
