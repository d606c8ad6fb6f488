"""What nobody knows yet of a row, said in a field: ”Vet inte än”, perhaps with who can know."""

from __future__ import annotations

import re

from utbildningsprocess.swedish import clean_line

NOT_YET = "Vet inte än"
UNKNOWN_FIELDS = "okanda"
"""Where a row in YAML or JSON has the fields that nobody knows yet, each with who can know."""
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
