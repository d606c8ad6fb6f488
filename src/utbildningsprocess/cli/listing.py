"""The initiatives of the folder where somebody stands, read for a command while progress is told."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.cli.formats import LISTS
from utbildningsprocess.cli.output import UNCHANGED, display, result, say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.portfolio.choosing import TextSearch
    from utbildningsprocess.work.portfolio.listing import Listed, Portfolio
    from utbildningsprocess.work.portfolio.page_making import PageWish

_PATIENCE = 0.5
"""Seconds that nobody needs to be told what goes on."""


class Target(NamedTuple):
    """The file to save in, in which format, and whether what stands there may be replaced."""

    path: Path
    form: str
    replace: bool


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
    progress = ReadingProgress()
    reader = PortfolioReader(Path(), today, progress.tell if sys.stderr.isatty() else None)
    try:
        if word is None:
            search, portfolio = None, reader.read()
        else:
            search = TextSearch(word, reader.our_lines())
            portfolio = reader.read(search.look)
    finally:
        progress.wipe()
    return ReadPortfolio(portfolio, today, display(portfolio), search)


def show_initiatives(
    seen: ReadPortfolio, listed: Sequence[Listed], form: str = LISTS[0], wish: PageWish | None = None
) -> None:
    """Gives the initiatives in a format, and says what there is to know besides."""
    if text := _as_text(seen, listed, form, wish):
        result(text)
    _tell_notes(seen, listed)


def save_initiatives(
    seen: ReadPortfolio, listed: Sequence[Listed], target: Target, wish: PageWish | None = None
) -> None:
    """Saves the initiatives in a file, and says what there is to know besides."""
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.portfolio.saving import save_list

    path, form, replace = target
    data = f"{_as_text(seen, listed, form, wish)}\n".encode()
    saved = save_list(path, data, form, seen.today, replace=replace)
    result(shown(path))
    if not saved.is_new:
        say(UNCHANGED)
    _tell_notes(seen, listed)


def _as_text(seen: ReadPortfolio, listed: Sequence[Listed], form: str, wish: PageWish | None) -> str:
    from utbildningsprocess.work.portfolio import formats
    from utbildningsprocess.work.portfolio.words import listed_in_words

    lines = seen.search.lines if seen.search else None
    if form == "json":
        return formats.listed_as_json(listed, seen.today, lines)
    if form == "csv":
        return formats.listed_as_csv(listed, seen.today)
    if form == "md":
        return formats.listed_as_markdown(listed, seen.today)
    if form == "html":
        return _page(seen, listed, wish)
    return listed_in_words(listed, seen.today, seen.display, lines or {})


def _page(seen: ReadPortfolio, listed: Sequence[Listed], wish: PageWish | None) -> str:
    from utbildningsprocess.work.portfolio.page_making import PageWish, page_made

    made = page_made(seen.portfolio, listed, seen.today, wish or PageWish())
    if made.note:
        say(made.note)
    return made.text


def _tell_notes(seen: ReadPortfolio, listed: Sequence[Listed]) -> None:
    from utbildningsprocess.work.portfolio.words import portfolio_notes

    for note in portfolio_notes(seen.portfolio, len(listed)):
        say(note)


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
