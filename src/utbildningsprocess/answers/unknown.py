"""What nobody knows yet: ”Vet inte än”, perhaps with who can know, or the option that says the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.model import Unknown, given_value
from utbildningsprocess.swedish import clean_line

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer, Item

NOT_YET = "Vet inte än"
UNKNOWN_FIELDS = "okanda"
"""Where a row in YAML or JSON has the fields that nobody knows yet, each with who can know."""
UNKNOWN_OPTION = "vet_inte"
"""The option of a choice that says the same."""
_SAID = re.compile(r"(?:\*\*|__)?vet inte än(?:\*\*|__|\.|[ \t]*:(?:\*\*|__)?[ \t]*(.*))?", re.IGNORECASE)


def who_knows(text: str) -> str | None:
    """Who can know, perhaps nobody in particular, where a text says that it is not known; None where not."""
    said = _SAID.fullmatch(clean_line(text)) if "\n" not in text.strip() else None
    return known_by(said[1] or "") if said else None


def known_by(text: str) -> str:
    """Who can know, as it can stand in one line after a label."""
    return re.sub(r"\*\*|__|<!--", "", clean_line(text))


def not_yet(who: str) -> str:
    """That it is not known, and who can know."""
    return f"{NOT_YET}: {who}" if who else NOT_YET


def chooses_unknown(item: Item, value: object) -> bool:
    """Whether what is chosen among the options is only that nobody knows yet."""
    return bool(item.options) and value in (UNKNOWN_OPTION, (UNKNOWN_OPTION,))


def is_unknown(answer: Answer | None) -> bool:
    """Whether an answer says that nobody knows yet, as a state or by the option that says the same."""
    return isinstance(answer, Unknown) or given_value(answer) in (UNKNOWN_OPTION, (UNKNOWN_OPTION,))
