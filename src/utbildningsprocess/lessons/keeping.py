"""An earlier initiative as text that can be kept for another day, and back."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from utbildningsprocess.lessons.model import Earlier, EarlierLesson, Situation


def kept_text(earlier: Earlier) -> str:
    """All of it but what it is called, which its file decides."""
    values = asdict(replace(earlier, name=""))
    values["when"] = earlier.when.isoformat() if earlier.when else ""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def earlier_from(text: str, name: str, title: str) -> Earlier:
    """What `kept_text` of this very program gave, with what it is called."""
    values: dict[str, Any] = {key: _frozen(value) for key, value in json.loads(text).items()}
    about: dict[str, Any] = {key: _frozen(value) for key, value in values["situation"].items()}
    values["name"], values["situation"] = name, Situation(**{**about, "title": title})
    values["lessons"] = tuple(EarlierLesson(**lesson) for lesson in values["lessons"])
    values["when"] = date.fromisoformat(values["when"]) if values["when"] else None
    return Earlier(**values)


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
