"""The page of many initiatives, as one HTML file, in the organisation's own name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utbildningsprocess.work.portfolio.listing import Listed, Portfolio


class PageWish(NamedTuple):
    """What the page is to say of how its initiatives were chosen, and whether it is for everybody."""

    selection: str = ""
    is_open: bool = False


class MadePage(NamedTuple):
    """The page as text, and what is wrong with its looks, in a sentence."""

    text: str
    note: str


def page_made(portfolio: Portfolio, listed: Sequence[Listed], today: date, wish: PageWish) -> MadePage:
    """The page of those that are listed."""
    from utbildningsprocess.exports.portfolio_html import portfolio_html
    from utbildningsprocess.files.roots import find_root
    from utbildningsprocess.work.appearance import appearance_of
    from utbildningsprocess.work.portfolio.page_content import Letterhead, page_of

    root = find_root(Path())
    looks = appearance_of(root, root.settings.organisation)
    letterhead = Letterhead(today, root.settings.organisation, looks.logo, wish.is_open)
    page = page_of(portfolio, listed, wish.selection, letterhead)
    return MadePage(portfolio_html(page).removesuffix("\n"), looks.trouble)
