"""The formats a result can be shown in, and how a command says which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.roots import is_folder
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Sequence

STDOUT = "-"
"""What `-o` is when the result should be written to stdout."""
OF_FILES = ("md", "html", "docx", "pdf", "xlsx", "ics")
"""Every format that a file can be saved in, and its ending."""


def known_format(form: str, known: Sequence[str]) -> str:
    """The format a person means, in any case. Raises WrongUse with a suggestion when there is none."""
    name = fold(form)
    if name not in known:
        hint = did_you_mean(name, known) or f"Formaten är: {', '.join(known)}."
        raise WrongUse(f"Formatet ”{form}” finns inte. {hint}")
    return name


def meant_format(form: str | None, out: str | None, known: Sequence[str]) -> str:
    """The format that is named, else the one that the ending of the file names, else the first known.

    Raises WrongUse when the two say different things, or nothing while there is a choice.
    """
    meant = known_format(form, known) if form else None
    if out is None or out == STDOUT:
        return meant or known[0]
    if is_folder(Path(out)):
        raise WrongUse(f"{shown(Path(out))} är en mapp. Ange en fil med -o.")
    ending = file_format(out)
    if meant is None and not ending and len(known) > 1:
        raise WrongUse(
            f"{out} har ingen ändelse som säger vilket format det gäller. "
            f"Skriv till exempel {Path(out).name}.{known[0]}, eller lägg till --format."
        )
    if meant is None and ending in OF_FILES and ending not in known:
        raise WrongUse(f"{out} slutar på .{ending}, men det här sparas som {', '.join(known)}. Ändra namnet.")
    if meant is None:
        return known_format(ending or known[0], known)
    if ending in OF_FILES and ending != meant:
        raise WrongUse(f"{out} slutar på .{ending}, men --format säger {meant}. Ändra det ena.")
    return meant


def file_format(out: str) -> str:
    """The ending of a file's name, without its point."""
    return fold(Path(out).suffix.removeprefix("."))
