"""A finished page: what every format is made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.pages.figures import Picture
    from utbildningsprocess.pages.tree import Block

LANGUAGE = "sv"
UNANSWERED = "Ej besvarad"
"""What a document says where there is no answer."""


@dataclass(frozen=True)
class Page:
    """One document about one initiative. The first block of its body is its heading, of level 1."""

    kind: str
    """What sort of document it is, for a header: ”Beslutsunderlag”."""
    title: str
    """The initiative's title."""
    head: tuple[tuple[str, str], ...]
    """Facts to show at the top, as (name, value): status, role, contact."""
    body: tuple[Block, ...]
    foot: str
    """One sentence to show at the bottom: the reminder about personal data."""
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    """The pictures of its figures, by name."""
    organisation: str = ""
