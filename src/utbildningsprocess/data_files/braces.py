"""Names in braces, as {id}, in texts that an organisation may edit: few texts have any that are filled in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.swedish import did_you_mean, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.data_files.yaml_text import Faults, KeyPath

_NAME = re.compile(r"\{([a-zåäö_]+)\}", re.IGNORECASE)
_INSTEAD = {
    "esther": "Skriv Esther, så byts det mot ert eget ord.",
    "resursbibliotek": "Länken i utb.yaml visas ändå, under varje metod.",
    "kontakt": "Kontakten i utb.yaml visas ändå, under varje metod.",
}
"""What to do about a name that people may know from the settings."""


def unfilled(value: object, path: KeyPath = ()) -> Faults:
    """A fault for each name in the texts of a value read from YAML, where nothing at all is filled in."""
    if isinstance(value, str):
        yield from ((path, sentence) for sentence in not_filled_in(value))
    elif isinstance(value, (dict, tuple)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from unfilled(inner, (*path, key))


def not_filled_in(text: str, known: Sequence[str] = ()) -> Iterator[str]:
    """A sentence for each name in a text that is none of those known to be filled in there."""
    for name in dict.fromkeys(_NAME.findall(text)):
        if name not in known:
            filled_in = joined(f"{{{word}}}" for word in known)
            usual = f"Det här fylls i: {filled_in}." if known else "Skriv det som ska läsas, utan klamrar."
            hint = did_you_mean(name, known) or _INSTEAD.get(name.casefold(), usual)
            yield f"{{{name}}} fylls inte i här. {hint}"
