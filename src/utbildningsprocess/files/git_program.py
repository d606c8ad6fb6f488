"""What a clone tells git of this program, so that git starts it to merge dossiers and to show changes."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.files.git_folder import repository_of
from utbildningsprocess.files.state import state_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.files.git_repository import GitRepository

DRIVER = "merge.utb.driver"
MERGED_BY_US = "merge=utb"
"""What a line in .gitattributes says of the files that git hands over to be merged."""
PREPARE_CLONE = "utb init --klon"
"""The command that tells git in a clone."""
TOLD_FOLDER = "kloner"
_OURS = "git-sammanfoga"
# Git takes any driver that fails for a conflict, and leaves our side alone in the file. Where this program
# is gone, or ends without a conflict line, git's own merge of lines does it.
_MERGE = (
    "{utb} git-sammanfoga %O %A %B %P --vi %X --de %Y"
    " || {{ ! grep -q '^<<<<<<< ' %A && git merge-file -L HEAD -L bas -L deras %A %O %B; }}"
)
_SHOW = 'f() {{ {utb} visa --som-git "$1" 2>/dev/null || cat "$1"; }}; f'


def wanted_settings() -> Mapping[str, str]:
    """What git is to be set to in a clone, by key."""
    utb = _program()
    return {
        "merge.utb.name": "utb, svar för svar",
        DRIVER: _MERGE.format(utb=utb.replace("%", "%%")),
        "diff.utb.textconv": _SHOW.format(utb=utb),
    }


def _program() -> str:
    """How git starts this program from any window: by name where it is found outside this environment."""
    own = Path(sys.executable).parent if sys.prefix != sys.base_prefix else None
    places = filter(os.path.isabs, os.environ.get("PATH", "").split(os.pathsep))
    if shutil.which("utb", path=os.pathsep.join(place for place in places if Path(place) != own)):
        return "utb"
    # Without -P a file in the repository could take the place of one of Python's own.
    return f"{shlex.quote(Path(sys.executable).as_posix())} -P -m utbildningsprocess"


def lacking_settings(repository: GitRepository) -> dict[str, str] | None:
    """What is still to be set in a clone; None where somebody has set a driver of another kind."""
    present = repository.settings()
    if _OURS not in present.get(DRIVER, _OURS):
        return None
    return {key: value for key, value in wanted_settings().items() if present.get(key) != value}


def lacks_driver(dossiers: Path) -> bool:
    """Whether git is to have dossiers merged by us and is not told how; said to be so once for each clone."""
    top = repository_of(dossiers / "dossier")
    if top is None or not asks_for_us(dossiers, top):
        return False
    from utbildningsprocess.files.git_repository import GitRepository, GitTrouble

    with suppress(GitTrouble):
        repository = GitRepository.around(top)
        return repository is not None and DRIVER not in repository.settings() and _is_first_time(top)
    return False


def asks_for_us(dossiers: Path, top: Path) -> bool:
    """Whether a .gitattributes between the top of a repository and the dossiers has git hand them to us."""
    folders = [folder for folder in (dossiers, *dossiers.parents) if folder == top or top in folder.parents]
    for folder in folders:
        with suppress(OSError):
            if MERGED_BY_US.encode() in (folder / ".gitattributes").read_bytes():
                return True
    return False


def _is_first_time(top: Path) -> bool:
    """Notes that it is told; where that is impossible it is told again: no harm."""
    with suppress(OSError):
        try:
            name = sha256(os.fsencode(top)).hexdigest()[:32]
            (state_folder(TOLD_FOLDER) / name).touch(exist_ok=False)
        except FileExistsError:
            return False
    return True
