"""Who can answer a question, and how people write it."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.model import Role

ROLES: Mapping[Role, str] = MappingProxyType(
    {
        "bestallare": "beställare",
        "chef": "chef",
        "medarbetare": "medarbetare",
        "esther": "Esther",
        "processledare": "processledare",
    }
)
"""The roles of a battery, and their names on a page."""


def parse_role(text: str) -> Role:
    """The role a person means, in any case and spelling. Raises WrongUse with a suggestion."""
    wanted = fold(text)
    for role in ROLES:
        if role == wanted:
            return role
    hint = did_you_mean(wanted, ROLES.values()) or f"Rollerna är: {', '.join(ROLES.values())}."
    raise WrongUse(f"Rollen ”{text}” finns inte. {hint}")


def with_article(role: Role) -> str:
    """The role in a sentence: en chef, Esther."""
    return ROLES[role] if role == "esther" else f"en {ROLES[role]}"
