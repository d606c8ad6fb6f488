"""What a cell of a survey's table says: the options in it, the words of one's own, and what is neither."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.form.states import OTHER_OPTION
from utbildningsprocess.model import Kind
from utbildningsprocess.swedish import nfc, uniform

if TYPE_CHECKING:
    from utbildningsprocess.model import Item

_TICKED = frozenset(("1", "x", "ja", "yes", "true", "sant", "vald", "selected", "checked", "☑", "☒", "✓"))
_NOT_TICKED = frozenset(("", "0", "nej", "no", "false", "falskt", "ej vald", "not selected", "☐"))
_BETWEEN = r";,|/+•·–\-\n\t\x00"
"""What may stand between two options in a cell."""
_BEFORE = rf"(?:(?<=^)|(?<=[{_BETWEEN} ]))\"?"
_AFTER = rf"\"?(?=\s*(?:[{_BETWEEN}:.]|$|och\b|and\b))"
_THEN_WORDS = r"\s*[:,–(-]\s*(?P<words>.+)"
_TAKEN = "\x00"
_OTHERS_NAMES = ("annat", "övrigt", "other")


class CellSaid(NamedTuple):
    """What a cell says."""

    options: tuple[str, ...] = ()
    words: str = ""
    """Words of one's own."""
    unknown: str = ""
    """What is no option, and no words that the question takes."""

    def known_as(self, option: str) -> CellSaid:
        """The same where what is no option is known to mean one."""
        return CellSaid((*self.options, *([option] if option not in self.options else [])), self.words)


def said_in(item: Item, cell: str) -> CellSaid:
    """What a cell says in answer to a question; nothing for an empty one."""
    text = nfc(cell).strip().strip(";,").strip()
    if not text:
        return CellSaid()
    if item.kind in (Kind.TEXT, Kind.LONG_TEXT):
        return CellSaid(words=text)
    if item.kind is Kind.MULTIPLE:
        return _several(item, text)
    for option in item.options:
        if any(_alike(text, name) for name in (option.label, *option.former, option.id)):
            return CellSaid((option.id,))
    for option in item.options:
        begun = re.match(rf"{_flexible(option.label)}{_THEN_WORDS}", text, re.IGNORECASE | re.DOTALL)
        if begun:
            return CellSaid((option.id,), words=begun["words"].strip(" )"))
    return CellSaid(unknown=text)


def _alike(text: str, name: str) -> bool:
    bare = re.sub(r"^\d{1,2}\s*[.)–:-]\s*", "", uniform(text)).rstrip(" .")
    return bare == uniform(name).rstrip(" .")


def _flexible(name: str) -> str:
    """A pattern for a name, however its words are set apart."""
    return r"\s+".join(map(re.escape, nfc(name).split()))


def _several(item: Item, text: str) -> CellSaid:
    """The options that stand in a text, the longest first, whatever stands between them."""
    names = {name: option.id for option in item.options for name in (option.label, *option.former)}
    chosen: list[str] = []
    for name in sorted(names, key=len, reverse=True):
        text, many = re.subn(f"{_BEFORE}{_flexible(name)}{_AFTER}", _TAKEN, text, flags=re.IGNORECASE)
        if many:
            chosen.append(names[name])
    left = re.sub(r"(?:^|(?<=\x00))\s*(?:och|and)\s*(?=\x00)", "", text)
    pieces = [piece.strip(' ;,|/+•·–-\n\t:.="') for piece in left.split(_TAKEN)]
    words = "; ".join(filter(None, pieces))
    for name in _OTHERS_NAMES:
        words = re.sub(rf"^{name}\s*:\s*", "", words, flags=re.IGNORECASE)
    options = [option.id for option in item.options if option.id in chosen]
    if not words:
        return CellSaid(tuple(options))
    if not item.own_words:
        return CellSaid(tuple(options), unknown=words)
    return CellSaid((*options, *([OTHER_OPTION] if OTHER_OPTION not in options else [])), words=words)


def ticked(cell: str, label: str) -> bool | None:
    """Whether an option with a column of its own is ticked; None where that cannot be read."""
    text = uniform(cell)
    if text in _TICKED or text == uniform(label):
        return True
    return False if text in _NOT_TICKED else None
