"""A finished initiative put away among the dossiers, and taken back."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import Broken
from utbildningsprocess.files.dossier_file import Taken, move_to
from utbildningsprocess.files.drafts import copy_drafts, drop_drafts
from utbildningsprocess.files.many import leads_out
from utbildningsprocess.files.trouble import shown
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
    new = _moved(initiative, initiative.workspace.root.archive)
    return PutAway(new, f"Insatsen ”{initiative.title}” ligger nu i arkivet. {back}")


def taken_back(initiative: OpenDossier) -> PutAway:
    """Moves a dossier back from the archive. Raises as `put_away`."""
    if not is_put_away(initiative):
        return PutAway(initiative.path, "Insatsen ligger inte i arkivet.")
    new = _moved(initiative, initiative.workspace.root.dossiers)
    return PutAway(new, f"Insatsen ”{initiative.title}” är tillbaka bland de andra.")


def _moved(initiative: OpenDossier, folder: Path) -> Path:
    path = initiative.path
    if leads_out(folder, initiative.workspace.root.folder):
        what = "Inget har flyttats. Lägg en mapp där i stället för länken."
        raise Broken(f"{shown(folder)} är en länk ut ur mappen med insatser. {what}")
    new = folder / path.name
    if os.path.lexists(new):
        rename = f"Ge den ena ett annat namn först: utb byt-namn {initiative.typed_name} ”NY TITEL”"
        raise Taken(f"{shown(new)} finns redan. Inget har flyttats. {rename}")
    has_copied = copy_drafts(path, new)
    move_to(path, new)
    if has_copied:
        drop_drafts(path)
    return new
