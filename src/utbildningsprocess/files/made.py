"""Files that are made from a dossier: written whole, and never over what somebody has written."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING

from utbildningsprocess.dossier.markers import NEAR_MARKER, split_lines
from utbildningsprocess.errors import Conflict, WrongUse
from utbildningsprocess.files import atomic
from utbildningsprocess.files.dossier_file import check_target
from utbildningsprocess.files.glance import CONFIG_NAME, DOCUMENTS_FOLDER, DOSSIER_ENDINGS
from utbildningsprocess.files.roots import is_same_folder
from utbildningsprocess.files.state import state_folder
from utbildningsprocess.files.trouble import shown, told_when_saving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from utbildningsprocess.files.roots import Root

_ELSEWHERE = "Inget har skrivits. Välj en annan fil med -o."
_KEPT_ENDINGS = (".yaml", ".yml", ".j2", ".typ")


class Edited(Conflict):
    """A file with other content stands where a made one would."""


def _never(_present: bytes) -> bool:
    return False


def save_made(  # noqa: PLR0913  what is known of the file
    path: Path,
    data: bytes,
    root: Root,
    *,
    replace: bool,
    is_same: Callable[[bytes], bool] = _never,
    is_untouched: Callable[[bytes], bool] = _never,
) -> bool:
    """Writes a made file; False when just that stands there already, or what `is_same` says is the same.

    One that stands as it was made is replaced: `is_untouched` can tell, or it was made here before. Raises
    Edited when something else stands there and is not to be replaced, WrongUse when it may never be, Broken
    when the system refuses.
    """
    target = check_target(path)
    with told_when_saving(path):
        _check_place(path, target, root)
        if os.path.lexists(target):
            present = target.read_bytes()
            if present == data or is_same(present):
                return False
            if not (is_untouched(present) or _is_ours(target, present)):
                _check_content(path, present)
                if not replace:
                    raise Edited(
                        f"{shown(path)} finns redan och ser annorlunda ut. Någon kan ha ändrat i den, "
                        "så den är orörd. Lägg till --ersatt för att skriva över den, "
                        "eller välj en annan fil med -o."
                    )
        target.parent.mkdir(parents=True, exist_ok=True)
        like = target.stat() if target.exists() else None
        atomic.sweep_once(target.parent)
        _note(target, data)
        with atomic.written_beside(target, data, like) as temp:
            atomic.replace(temp, target)
        atomic.sync_folder(target.parent)
    return True


def present_at(path: Path) -> bytes:
    """What stands in a file that is about to be made anew; nothing when there is none that can be read."""
    with suppress(OSError):
        return path.read_bytes() if path.is_file() else b""
    return b""


def made_before(folder: Path, pattern: str) -> tuple[Path, ...]:
    """The files in a folder whose names are like a pattern; none where there is no folder."""
    with suppress(OSError):
        return tuple(sorted(folder.glob(pattern)))
    return ()


def move_documents(old: Path, new: Path) -> bool:
    """Let the folder of an initiative's documents follow its name; False when something is in the way."""
    if old == new or not old.is_dir():
        return True
    if os.path.lexists(new) and not is_same_folder(old, new):
        return False
    with told_when_saving(new):
        old.rename(new)
    return True


def _note(target: Path, data: bytes) -> None:
    """Notes what is about to be made, beside what stands there: a kill leaves either, and both are known.

    Without a place for the note the next time asks for `--ersatt`.
    """
    with suppress(OSError, ValueError):
        note = _note_of(target)
        known = note.read_text("ascii").split()[-1:] if note.exists() else []
        note.write_text("\n".join([*known, sha256(data).hexdigest()]), "ascii")


def _is_ours(target: Path, data: bytes) -> bool:
    """Whether a file is just what was last made here; on a machine that made none, it is not known to be."""
    with suppress(OSError, ValueError):
        return sha256(data).hexdigest() in _note_of(target).read_text("ascii").split()
    return False


def _note_of(target: Path) -> Path:
    return state_folder("gjorda") / sha256(os.fsencode(target)).hexdigest()[:32]


def _check_place(path: Path, target: Path, root: Root) -> None:
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


def _check_content(path: Path, present: bytes) -> None:
    """Raises WrongUse when what stands at a path holds answers: a dossier, or a guide somebody fills in."""
    if any(NEAR_MARKER.match(line) for line in split_lines(present.decode("utf-8", "replace"))):
        raise WrongUse(f"{shown(path)} innehåller svar, som en dossier gör. {_ELSEWHERE}")


def _is_among_dossiers(target: Path, root: Root) -> bool:
    """Whether a file would be kept with the dossiers. Where they share a folder with all else, names tell."""
    if is_same_folder(root.dossiers, root.folder):
        return is_same_folder(target.parent, root.folder) and target.suffix.lower() in DOSSIER_ENDINGS
    if is_same_folder(target.parent, root.dossiers):
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
    return any(is_same_folder(parent, folder) for parent in target.parents)
