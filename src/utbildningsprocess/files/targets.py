"""Where a made file may stand: never over what somebody has written, nor where that is kept."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from utbildningsprocess.dossier.markers import NEAR_MARKER, split_lines
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.glance import CONFIG_NAME
from utbildningsprocess.files.trouble import shown

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.files.roots import Root

DOCUMENTS_FOLDER = "dokument"
"""The folder that documents are saved in when nobody says where."""
_ELSEWHERE = "Inget har skrivits. Välj en annan fil med -o."
_DOSSIER_ENDINGS = (".md", ".markdown")
_KEPT_ENDINGS = (".yaml", ".yml", ".j2", ".typ")


def check_place(path: Path, target: Path, root: Root) -> None:
    """Raises WrongUse when the file a path leads to, links followed, is no place for a made file."""
    if target.is_dir():
        raise WrongUse(f"{shown(path)} är en mapp. Ange en fil med -o.")
    if target.exists() and not target.is_file():
        raise WrongUse(f"{shown(path)} är ingen vanlig fil. {_ELSEWHERE}")
    if target.name.casefold() == CONFIG_NAME:
        raise WrongUse(f"{shown(path)} är en fil med inställningar. {_ELSEWHERE}")
    if _is_among_dossiers(target, root):
        raise WrongUse(f"{shown(path)} ligger i mappen för insatser. {_ELSEWHERE}")
    for folder, what in ((root.settings.questions, "frågor"), (root.settings.templates, "mallar")):
        if folder and _is_kept(target, root.folder / folder, root):
            raise WrongUse(f"{shown(path)} ligger i mappen för egna {what}. {_ELSEWHERE}")


def check_content(path: Path, present: bytes) -> None:
    """Raises WrongUse when what stands at a path holds answers: a dossier, or a guide somebody fills in."""
    if any(NEAR_MARKER.match(line) for line in split_lines(present.decode("utf-8", "replace"))):
        raise WrongUse(f"{shown(path)} innehåller svar, som en dossier gör. {_ELSEWHERE}")


def _is_among_dossiers(target: Path, root: Root) -> bool:
    """Whether a file would be kept with the dossiers. Where they share a folder with all else, names tell."""
    if _is_same(root.dossiers, root.folder):
        return _is_same(target.parent, root.folder) and target.suffix.lower() in _DOSSIER_ENDINGS
    if _is_same(target.parent, root.dossiers):
        return True
    return _is_within(target, root.dossiers) and not _is_within(target, root.folder / DOCUMENTS_FOLDER)


def _is_kept(target: Path, folder: Path, root: Root) -> bool:
    """Whether a file would be kept with an organisation's own questions or templates.

    Where their folder holds the documents too, names tell.
    """
    if not _is_within(target, folder):
        return False
    if not _is_within(root.folder / DOCUMENTS_FOLDER / target.name, folder):
        return True
    return target.suffix.lower() in _KEPT_ENDINGS or target.name.casefold() == "bas.docx"


def _is_within(target: Path, folder: Path) -> bool:
    return any(_is_same(parent, folder) for parent in target.parents)


def _is_same(folder: Path, wanted: Path) -> bool:
    """Whether two paths are one folder, however they are spelt."""
    with suppress(OSError):
        return folder.samefile(wanted)
    return folder.resolve() == wanted.resolve()
