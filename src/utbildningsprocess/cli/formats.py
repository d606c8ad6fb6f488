"""The formats a result can be shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Sequence


def known_format(form: str, known: Sequence[str]) -> str:
    """The format a person means, in any case. Raises WrongUse with a suggestion when there is none."""
    name = fold(form)
    if name not in known:
        hint = did_you_mean(name, known) or f"Formaten är: {', '.join(known)}."
        raise WrongUse(f"Formatet ”{form}” finns inte. {hint}")
    return name
