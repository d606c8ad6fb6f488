"""Addresses that stand bare in a text, as people write them: on the web, beginning with www, and for mail."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.normalize_url import normalizeLink, validateLink

from utbildningsprocess.pages.page import Inline

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENDING = ".,;:!?*_~'\"”’»…–"
"""What ends a sentence or a word around an address, and not the address."""
_CUT = " …"
"""What follows a text that is cut, so that an address before it may not be whole."""
WEB_LETTERS = r"[^\s<>|\\`\[\]\ue000-\uf8ff]"
"""What an address on the web may hold, among other words."""
_BARE = re.compile(
    rf"(?<![\w@/.+-])(?:(?:https?://(?=\w)|www\.(?=[\w-]+\.\w)){WEB_LETTERS}+"
    r"|[\w.+-]+@\w[\w-]*(?:\.\w[\w-]*)*\.[^\W\d_]{2,}(?![\w-]))",
    re.IGNORECASE,
)
_PLAIN_MAIL = re.compile(r"[a-z0-9._+-]+@[a-z0-9][a-z0-9-]*(\.[a-z0-9-]*[a-z0-9])+", re.IGNORECASE | re.ASCII)


def linked(text: str) -> Iterator[Inline]:
    """A text in which every bare address is a link."""
    end = 0
    for bare in _BARE.finditer(text):
        words = without_ending(bare[0])
        href = normalizeLink(_full(words))
        if validateLink(href) and not text.startswith(_CUT, bare.end()):
            yield from _said(text[end : bare.start()])
            yield Inline("link", href=href, children=(Inline("text", words),))
            end = bare.start() + len(words)
    yield from _said(text[end:])


def _said(words: str) -> Iterator[Inline]:
    if words:
        yield Inline("text", words)


def _full(words: str) -> str:
    """A bare address with the scheme that is not written out."""
    if _is_web(words):
        return words
    return f"http://{words}" if words[:4].lower() == "www." else f"mailto:{words}"


def _is_web(words: str) -> bool:
    return words[:8].lower().startswith(("http://", "https://"))


def fits_in_angles(words: str) -> bool:
    """Whether a bare address is a link also between < and >, where its signs are no marks."""
    return _is_web(words) or bool(_PLAIN_MAIL.fullmatch(words))


def without_ending(address: str) -> str:
    """An address without the punctuation after it; a bracket that it begins itself is its own."""
    while address[-1:] in _ENDING or (address.endswith(")") and address.count(")") > address.count("(")):
        address = address[:-1]
    return address
