"""A finished initiative put away among the dossiers, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.files.dossier_file import move_to
from utbildningsprocess.files.drafts import copy_drafts, drop_drafts
from utbildningsprocess.plan.life import life_of

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.work.open_dossier import OpenDossier

_ENDED = ("avslutad", "ersatt")


class PutAway(NamedTuple):
    """Where a dossier lies now, and what is said of it."""

    path: Path
    sentence: str


def has_ended(initiative: OpenDossier) -> bool:
    """Whether its answers say that it has ended or is replaced."""
    return life_of(initiative.answers) in _ENDED


def is_put_away(initiative: OpenDossier) -> bool:
    """Whether it lies in the archive."""
    return initiative.workspace.root.is_archived(initiative.path)


def put_away(initiative: OpenDossier) -> PutAway:
    """Moves a dossier to the archive; half-typed answers follow, and made documents stay where they are.

    Raises Taken when another is called the same there, WrongUse for a link, or Broken as saving does.
    """
    back = f"Ta tillbaka den med: utb arkivera {initiative.typed_name} --tillbaka"
    if is_put_away(initiative):
        return PutAway(initiative.path, f"Insatsen ligger redan i arkivet. {back}")
    new = _moved(initiative.path, initiative.workspace.root.archive)
    return PutAway(new, f"Insatsen ”{initiative.title}” ligger nu i arkivet. {back}")


def taken_back(initiative: OpenDossier) -> PutAway:
    """Moves a dossier back from the archive. Raises as `put_away`."""
    if not is_put_away(initiative):
        return PutAway(initiative.path, "Insatsen ligger inte i arkivet.")
    new = _moved(initiative.path, initiative.workspace.root.dossiers)
    return PutAway(new, f"Insatsen ”{initiative.title}” är tillbaka bland de andra.")


def _moved(path: Path, folder: Path) -> Path:
    new = folder / path.name
    has_copied = copy_drafts(path, new)
    move_to(path, new)
    if has_copied:
        drop_drafts(path)
    return new
