"""The key of a mail: what is needed to make the same mail again, in one short line."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.guide_mark import words_checked

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KEY = re.compile(r"\[nyckel(?P<said>[a-z0-9/:+_\s>|\xa0-]{2,4000})\]", re.IGNORECASE)
ANSWER_ID = re.compile(
    r"\[svar\s+(?P<id>[0-9a-f]{16})(?:\s+(?P<role>[a-z]+))?(?:\s+(?P<saved>[0-9-]{10}T[0-9:]{8}))?\s*\]",
    re.IGNORECASE,
)
"""What tells the answers in a form from all others, as a line below its key.

With it stand the role that was chosen in the form, and when its text was made.
"""
_FIELDS = 7
_SEAL = 4


class Key(NamedTuple):
    """What a mail says of itself."""

    stage: str
    purpose: str
    role: str
    identity: str
    wording: str
    """A checksum of the questions as they were asked."""
    places: tuple[int, ...]
    """The questions that were chosen, by their place in the stage from 1; promises by their own places."""
    stood: Mapping[int, str] = {}
    """A checksum of what the dossier said of those that it answered, by the same place."""

    def written(self) -> str:
        """The key as the last line of a mail."""
        stood = "+".join(f"{place}:{checksum}" for place, checksum in self.stood.items())
        said = [self.stage, self.purpose, self.role, self.identity, self.wording]
        told = "/".join([*said, _ranges(self.places), stood])
        return f"[nyckel {told}/{_seal(told)}]"


def key_in(text: str) -> Key | None:
    """The key in a text, None when there is none or it is damaged."""
    return next(filter(None, (_read(match["said"]) for match in KEY.finditer(text))), None)


def has_key(text: str) -> bool:
    """Whether a text has what looks like a key, whole or damaged."""
    return KEY.search(text) is not None


def checksum_of(words: Iterable[str]) -> str:
    """A checksum of some words."""
    return words_checked("\n".join(words))


def _read(said: str) -> Key | None:
    told, _, seal = re.sub(r"[\s>|\xa0]", "", said).casefold().rpartition("/")
    fields = told.split("/")
    if seal != _seal(told) or len(fields) != _FIELDS:
        return None
    stage, purpose, role, identity, wording, ranges, stood = fields
    pairs = [pair.split(":") for pair in stood.split("+") if stood]
    try:
        checksums = {int(place): checksum for place, checksum in pairs}
        return Key(stage, purpose, role, identity, wording, _places(ranges), checksums)
    except ValueError:
        return None


def _seal(told: str) -> str:
    return sha256(told.encode()).hexdigest()[:_SEAL]


def _ranges(places: Iterable[int]) -> str:
    """Places in their order, in few signs: 1-3_7."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return "_".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def _places(ranges: str) -> tuple[int, ...]:
    """The places of `1-3_7`. Raises ValueError for anything else."""
    places: list[int] = []
    for run in ranges.split("_"):
        first, _, last = run.partition("-")
        end = int(last or first)
        if end - int(first) > 999:  # noqa: PLR2004  no stage has so many questions
            raise ValueError(run)
        places += range(int(first), end + 1)
    return tuple(places)
