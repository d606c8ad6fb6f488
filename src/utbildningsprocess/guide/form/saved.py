"""A form that has come back: the two pieces of data in its page, held to their shape and never run."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.guide.form.definition import FORM_FORMAT, ID_DIGITS
from utbildningsprocess.guide.mail.key import key_in
from utbildningsprocess.guide.mail.letter import text_of_bytes
from utbildningsprocess.guide.page import ROLES
from utbildningsprocess.guide.replies import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utbildningsprocess.guide.form.states import State
    from utbildningsprocess.guide.mail.key import Key

_BLOCK = re.compile(
    r"<script\b(?=[^<>]*\bid\s*=\s*[\"']?utb-(?P<name>formular|svar)\b)[^<>]*>(?P<said>[^<]*)</script",
    re.IGNORECASE,
)
_SIGN = re.compile(rb"u\0?t\0?b\0?-\0?s\0?v\0?a\0?r\b")
_LARGEST = 5_000_000
"""Bytes: a form with answers is a twentieth of that."""
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_AGAIN = "Be om filen en gång till, eller om svaren med knappen Kopiera som text."


@dataclass
class SavedForm:
    """What a file says, in the shape it ought to have; what it says is still anybody's words."""

    key: Key
    questions: dict[str, Mapping[str, object]]
    """What was asked, by address, as it was asked."""
    answer_id: str = ""
    role: str = ""
    day: date | None = None
    """The day it was saved; None in a survey."""
    saved: str = ""
    """When it was saved, as it is written; empty in a survey."""
    answers: dict[str, State] = field(default_factory=dict)
    set_aside: dict[str, State] = field(default_factory=dict)
    has_odd_signs: bool = False
    """Whether signs that no file can hold were taken away."""


def is_form(data: bytes) -> bool:
    """Whether the bytes of a file are a form of ours, empty or filled in."""
    return _SIGN.search(data) is not None and (len(data) > _LARGEST or any(_blocks(text_of_bytes(data))))


def saved_form(data: bytes, name: str) -> SavedForm:
    """What a form says that has come back. Broken when it cannot be read, WrongUse when it is empty."""
    if len(data) > _LARGEST:
        raise Broken(
            f"{name} är större än {_LARGEST // 1_000_000} MB, och så stort är inget formulär. {_AGAIN}"
        )
    blocks = _blocks(text_of_bytes(data))
    storing = _Storing()
    asked, said = (_loaded(blocks.get(block, []), name, storing) for block in ("formular", "svar"))
    key = key_in(str(asked.get("key", "")))
    if key is None or asked.get("form_id") != said.get("form_id"):
        raise Broken(f"{name} är skadad: svaren hör inte ihop med frågorna. {_AGAIN}")
    formats = [asked.get("format"), said.get("format")]
    if formats != [FORM_FORMAT, FORM_FORMAT] or key.purpose not in set(Purpose):
        raise WrongUse(f"{name} är ett formulär som den här versionen av utb inte kan läsa. Uppdatera utb.")
    form = SavedForm(
        key, _asked(asked), answers=_states(said, "answers"), set_aside=_states(said, "set_aside")
    )
    if not form.answers and not form.set_aside:
        raise WrongUse(f"{name} har inga sparade svar. Be om filen som sparas med knappen Spara svarsfilen.")
    form.answer_id = _answer_id(said)
    form.role = role_in_form(said.get("role") or key.role)
    form.day, form.saved = when_saved(said.get("saved"))
    form.has_odd_signs = storing.met_odd
    return form


def _blocks(page: str) -> dict[str, list[str]]:
    """The data in a page by name: a page may hold something of that name more than once."""
    blocks: dict[str, list[str]] = {}
    for match in _BLOCK.finditer(page):
        blocks.setdefault(match["name"].lower(), []).append(match["said"])
    return blocks


def _loaded(texts: list[str], name: str, storing: _Storing) -> Mapping[str, object]:
    """The first of some texts that is a table. Raises Broken when none is."""
    for text in texts:
        try:
            value = json.loads(text, object_hook=storing.table)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and value:
            return value
    raise Broken(f"{name} är skadad, och svaren i den går inte att läsa. {_AGAIN}")


class _Storing:
    """Takes away signs that no file can hold, and remembers whether there were any."""

    def __init__(self) -> None:
        self.met_odd = False

    def table(self, table: dict[str, object]) -> dict[str, object]:
        """A table without such signs."""
        return {self._text(key): self._value(value) for key, value in table.items()}

    def _value(self, value: object) -> object:
        if isinstance(value, list):
            return [self._value(item) for item in value]
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        kept = _UNSTORABLE.sub("", text)
        self.met_odd = self.met_odd or kept != text
        return kept


def _asked(said: Mapping[str, object]) -> dict[str, Mapping[str, object]]:
    questions = said.get("questions")
    tables = [item for item in questions if isinstance(item, dict)] if isinstance(questions, list) else []
    return {str(table.get("address")): table for table in tables}


def _states(said: Mapping[str, object], name: str) -> dict[str, State]:
    table = said.get(name)
    tables = table.items() if isinstance(table, dict) else ()
    return {str(address): state for address, state in tables if isinstance(state, dict)}


def _answer_id(said: Mapping[str, object]) -> str:
    """The id of the answer; where somebody has taken it away, one that follows from what is answered."""
    answer_id = str(said.get("id") or "").casefold()
    if re.fullmatch(rf"[0-9a-f]{{{ID_DIGITS}}}", answer_id):
        return answer_id
    return sha256(json.dumps(said.get("answers"), sort_keys=True).encode()).hexdigest()[:ID_DIGITS]


def role_in_form(said: object) -> str:
    """The role that is said in a form; empty for what is none."""
    return str(said) if str(said) in ROLES else ""


def when_saved(said: object) -> tuple[date | None, str]:
    """The day that a form says it was saved, and the time as it is written; nothing for what is no time."""
    text = str(said)
    try:
        return datetime.fromisoformat(text).date(), text
    except ValueError:
        return None, ""
