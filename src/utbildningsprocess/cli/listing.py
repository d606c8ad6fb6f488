"""The initiatives of the folder where somebody stands, read for a command while progress is told."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from typer import Exit

from utbildningsprocess.cli.formats import LISTS
from utbildningsprocess.cli.output import UNCHANGED, display, result, say
from utbildningsprocess.errors import BROKEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.portfolio.choosing import Promises, TextSearch, Wanted
    from utbildningsprocess.work.portfolio.kept import Progress
    from utbildningsprocess.work.portfolio.listing import Listed, Portfolio
    from utbildningsprocess.work.portfolio.page_making import PageWish

_PATIENCE = 0.5
"""Seconds that nobody needs to be told what goes on."""


class ListFile(NamedTuple):
    """In which format a list is given, the file to save it in, if any, and whether that may be replaced."""

    form: str
    name: str
    replace: bool
    is_open: bool = False
    """Whether the page is for everybody, with counts only."""


class ReadPortfolio(NamedTuple):
    """What was read, on which day, how it is to be shown, and where a word was found if one was sought."""

    portfolio: Portfolio
    today: date
    display: Display
    search: TextSearch | None


def read_initiatives(word: str | None = None, places: Sequence[str] = ()) -> ReadPortfolio:
    """Reads all initiatives of where somebody stands, or of some places, and looks for a word in them."""
    from utbildningsprocess.work import clock
    from utbildningsprocess.work.portfolio.choosing import TextSearch
    from utbildningsprocess.work.portfolio.listing import readers_of, together

    today = clock.current_date()
    with reading_progress() as progress:
        readers = readers_of(places, today, progress)
        ours = [reader.our_lines() for reader in readers] if word is not None else []
        search = None if word is None else TextSearch(word, frozenset[str]().union(*ours))
        look = search.look if search else lambda _path, _data: None
        portfolio = together([reader.gathered(look) for reader in readers])
    return ReadPortfolio(portfolio, today, display(portfolio), search)


def give_initiatives(said: Wanted, word: str | None, places: Sequence[str], target: ListFile) -> None:
    """Reads all initiatives, and shows or saves those that a person means, as they have said it."""
    from utbildningsprocess.work import clock
    from utbildningsprocess.work.portfolio.choosing import as_meant, chosen, promises_of, selection_in_words
    from utbildningsprocess.work.portfolio.page_making import PageWish

    wanted = as_meant(said, clock.current_date())
    seen = read_initiatives(word, places)
    listed = chosen(seen.portfolio.listed, wanted, seen.today)
    if seen.search is not None:
        listed = [initiative for initiative in listed if initiative.path in seen.search.lines]
    promises = promises_of(listed, wanted, seen.today)
    wish = PageWish(selection_in_words(wanted, word), target.is_open)
    if target.name:
        save_initiatives(seen, listed, target, promises, wish)
    else:
        show_initiatives(seen, listed, target.form, promises, wish)
    if seen.portfolio.unreadable:
        raise Exit(BROKEN)


def show_initiatives(
    seen: ReadPortfolio,
    listed: Sequence[Listed],
    form: str = LISTS[0],
    promises: Promises | None = None,
    wish: PageWish | None = None,
) -> None:
    """Gives the initiatives in a format, and says what there is to know besides."""
    if text := _as_text(seen, listed, form, promises, wish):
        result(text, is_data=form != LISTS[0])
    _tell_notes(seen, listed)


def save_initiatives(
    seen: ReadPortfolio,
    listed: Sequence[Listed],
    target: ListFile,
    promises: Promises | None,
    wish: PageWish,
) -> None:
    """Saves the initiatives in a file, and says what there is to know besides."""
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.documents import NO_DATES
    from utbildningsprocess.work.portfolio import formats
    from utbildningsprocess.work.portfolio.saving import save_calendar, save_list

    path, form, replace = Path(target.name), target.form, target.replace
    if form == "ics":
        saved = save_calendar(path, listed, seen.today, replace=replace)
    else:
        if form == "xlsx":
            data = formats.listed_as_xlsx(listed, seen.today)
        else:
            data = f"{_as_text(seen, listed, form, promises, wish)}\n".encode()
        saved = save_list(path, data, form, seen.today, replace=replace)
    if saved is None:
        say(f"{NO_DATES} Ingen fil har sparats.")
    else:
        for note in saved.notes:
            say(note)
        result(shown(path))
        if not saved.is_new:
            say(UNCHANGED)
    _tell_notes(seen, listed)


def _as_text(
    seen: ReadPortfolio,
    listed: Sequence[Listed],
    form: str,
    promises: Promises | None,
    wish: PageWish | None,
) -> str:
    from utbildningsprocess.work.portfolio import formats
    from utbildningsprocess.work.portfolio.words import listed_in_words

    lines, due = seen.search.lines if seen.search else None, promises.due if promises else {}
    if form == "json":
        return formats.listed_as_json(listed, seen.today, lines, due)
    if form == "csv":
        return formats.listed_as_csv(listed, seen.today)
    if form == "md" and promises:
        return formats.promises_as_markdown(listed, seen.today, promises)
    if form == "md":
        return formats.listed_as_markdown(listed, seen.today)
    if wish and form == "html":
        return _page(seen, listed, wish)
    return listed_in_words(listed, seen.today, seen.display, lines or {}, due)


def _page(seen: ReadPortfolio, listed: Sequence[Listed], wish: PageWish) -> str:
    from utbildningsprocess.work.portfolio.page_making import page_made

    made = page_made(seen.portfolio, listed, seen.today, wish)
    if made.note:
        say(made.note)
    return made.text


def _tell_notes(seen: ReadPortfolio, listed: Sequence[Listed]) -> None:
    from utbildningsprocess.work.portfolio.words import portfolio_notes

    for note in portfolio_notes(seen.portfolio, listed, seen.today):
        say(note)


@contextmanager
def reading_progress(what: str = "insatser") -> Iterator[Progress | None]:
    """What tells how far the reading has come, while it goes on; nothing where no person looks on."""
    progress = ReadingProgress(what)
    try:
        yield progress.tell if sys.stderr.isatty() else None
    finally:
        progress.wipe()


class ReadingProgress:
    """A line that tells how far the reading has come, once it takes a while; it is wiped away afterwards."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._start = time.monotonic()
        self._told = ""

    def tell(self, done: int, number: int) -> None:
        """Tells that so many of a number are read."""
        if time.monotonic() - self._start < _PATIENCE:
            return
        self._write(f"Läser {self._what}: {done} av {number}")

    def wipe(self) -> None:
        """Takes the line away."""
        if self._told:
            self._write("")

    def _write(self, text: str) -> None:
        sys.stderr.write(f"\r{text.ljust(len(self._told))}{'' if text else chr(13)}")
        sys.stderr.flush()
        self._told = text
