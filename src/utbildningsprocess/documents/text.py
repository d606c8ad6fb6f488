"""Answers as Markdown that stays in its place: no answer can become a heading, HTML or another cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from utbildningsprocess.dossier.protection import holds_plain
from utbildningsprocess.markdown import escaped, is_prose
from utbildningsprocess.pages.page import UNANSWERED
from utbildningsprocess.swedish import clean, format_number, running, shortened

_ABBREVIATED = re.compile(r"(\.\w+|\.)\.$")
_CLOSING = "”\"’')»"


class Safe(str):
    """Markdown that a template prints as it is; any other text is escaped."""

    __slots__ = ()


def printed(value: object) -> str:
    """What a template prints for a value: text as just that text, on one line."""
    return value if isinstance(value, Safe) else one_line(_in_words(value))


def _in_words(value: object) -> str:
    """Any value that a template can reach, as a person would say it. TypeError for what cannot be said."""
    inline = getattr(value, "text", value)
    if inline is None:
        return UNANSWERED
    if isinstance(inline, bool):
        return "Ja" if inline else "Nej"
    if isinstance(inline, (int, float)):
        return format_number(inline)
    if isinstance(inline, (list, tuple, Iterator)):
        return ", ".join(map(_in_words, inline))
    if isinstance(inline, Mapping) or callable(inline):
        raise TypeError
    return str(inline)


def one_line(text: str) -> str:
    """A text as Markdown on one line, which shows just what was typed."""
    return escaped(running(text))


def paragraphs(text: str) -> Safe:
    """A text as blocks of Markdown: as it is when it is prose and lists, else line by line as typed."""
    plain = clean(text)
    if is_prose(plain) and holds_plain(plain):
        return Safe(plain)
    blocks = [block.split("\n") for block in plain.split("\n\n") if block.strip()]
    typed = ("\\\n".join(one_line(line) for line in block if line.strip()) for block in blocks)
    return Safe("\n\n".join(typed))


def without_stop(text: str) -> str:
    """A text on one line without its full stop, so that a sentence can go on; m.m. and … keep theirs."""
    line = running(text)
    return line if _ABBREVIATED.search(line) else line.removesuffix(".")


def as_sentence(text: str) -> str:
    """A text on one line with a full stop, unless it ends in one, in ? or in !, also inside a quotation."""
    line = running(text)
    return line if line.rstrip(_CLOSING).endswith((".", "?", "!", "…")) else f"{line}."


def cut(value: object, longest: int) -> str:
    """A value in words on one line, cut between words to so many letters at most."""
    return shortened(_in_words(value), longest)
