"""The formats a result can be shown or saved in, and how a command says which."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from utbildningsprocess.cli.output import STDOUT
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.swedish import did_you_mean, fold, in_quotation_marks, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

VIEWS = ("text", "json", "yaml")
"""How an initiative's answers can be shown, and below, its diagnosis, the learning objects, what was learnt
and its review."""
DIAGNOSES = METHODS = EXPERIENCES = ("text", "json")
STATUSES = ("text", "md")
REVIEWS = ("text", "json", "github", "junit")
HISTORIES = ("text", "json", "md")
LISTS = ("text", "json", "csv", "md", "html", "xlsx", "ics")
PUBLISHED = ("github", "junit")
"""Those that are read by others than who runs the command."""
_SPELLINGS = {"word": "docx", "excel": "xlsx", "mail": "mejl"}
"""What people call a format."""
_Name = TypeVar("_Name", bound=str)


def known_format(form: str, known: Sequence[_Name]) -> _Name:
    """The format a person means, in any case. Raises WrongUse with a suggestion when there is none."""
    wanted = _SPELLINGS.get(fold(form), fold(form))
    for name in known:
        if name == wanted:
            return name
    hint = did_you_mean(wanted, known) or f"Formaten är: {', '.join(known)}."
    raise WrongUse(f"Formatet {in_quotation_marks(form, 60)} finns inte. {hint}")


def list_format(form: str | None, out: str | None) -> str:
    """The format of a list that is named, else the one that the ending of the file names, else text.

    Raises WrongUse when the two say different things, or for what can only be saved.
    """
    from utbildningsprocess.work.privacy import refuse_in_file_name

    refuse_in_file_name(out)
    meant = known_format(form, LISTS) if form else None
    ending = "" if out in (None, STDOUT) else file_format(str(out))
    by_ending = "text" if ending == FileFormat.TXT else ending
    if meant and by_ending in (*LISTS, *FileFormat) and by_ending != meant:
        raise WrongUse(f"{out} slutar på .{ending}, men --format säger {meant}. Ändra det ena.")
    if meant is None and ending:
        meant = known_format(by_ending, LISTS)
    if meant in ("xlsx", "ics") and out in (None, STDOUT):
        raise WrongUse(f"{meant} går inte att visa i terminalen. Ange en fil med -o.")
    return meant or LISTS[0]


def meant_format(form: str | None, out: str | None, known: Sequence[FileFormat]) -> FileFormat:
    """The format that is named, else the one that the ending of the file names, else the first known.

    Raises WrongUse when the two say different things, or nothing while there is a choice, or when the file
    would be called by a personal identity number.
    """
    from utbildningsprocess.files.roots import is_folder
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.privacy import refuse_in_file_name

    refuse_in_file_name(out)

    if form and fold(form) in tuple(FileFormat) and fold(form) not in known:
        raise WrongUse(f"Det här finns inte som {fold(form)}, bara som {joined(known, 'eller')}.")
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
    is_known_ending = ending in tuple(FileFormat)
    if meant is None and is_known_ending and ending not in known:
        raise WrongUse(f"{out} slutar på .{ending}, men det här sparas som {', '.join(known)}. Ändra namnet.")
    if meant is None:
        return known_format(ending or known[0], known)
    if is_known_ending and ending != meant:
        raise WrongUse(f"{out} slutar på .{ending}, men --format säger {meant}. Ändra det ena.")
    return meant


def file_format(out: str) -> str:
    """The ending of a file's name, without its point."""
    return fold(Path(out).suffix.removeprefix("."))
