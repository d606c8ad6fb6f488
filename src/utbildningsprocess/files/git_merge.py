"""Git's own merge of three texts, and what the git that has asked us for one has told of it."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken
from utbildningsprocess.files.atomic import replace, written_beside
from utbildningsprocess.files.trouble import not_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_CONFLICTS = 127
"""What git says when there are so many conflicts, or more; above it nothing was merged."""
_BRANCH = "GITHEAD_"
"""How the variables begin in which `git merge` tells what is being merged."""


def merged_by_git(
    base: bytes, ours: bytes, theirs: bytes, names: Sequence[str] = ("", "", ""), *flags: str
) -> tuple[bytes, bool]:
    """What git makes of three texts, and whether it is without conflict. `names` are of ours, base, theirs.

    Raises Broken when git cannot merge them, as texts that are none.
    """
    with tempfile.TemporaryDirectory(prefix="utb-") as folder:
        paths = [Path(folder) / name for name in ("ours", "base", "theirs")]
        for path, data in zip(paths, (ours, base, theirs), strict=True):
            path.write_bytes(data)
        labels = [argument for name in names for argument in ("-L", name)]
        done = _git("merge-file", "-p", "-q", *flags, *labels, *map(str, paths))
    if done.returncode > _MOST_CONFLICTS or done.returncode < 0:
        raise Broken("Git kunde inte slå samman texterna.")
    return done.stdout, done.returncode == 0


def handed_by_git(paths: Iterable[Path]) -> list[bytes]:
    """The files that git has written for us to read, however long. Raises Broken for one that cannot be."""
    read = []
    for path in paths:
        try:
            read.append(path.read_bytes())
        except OSError as error:
            raise not_read(error, path) from None
    return read


def written_for_git(path: Path, data: bytes) -> None:
    """Puts the bytes in the file where git looks for what was merged, whole. Raises OSError."""
    with written_beside(path, data, path.stat()) as temp:
        replace(temp, path)


def shows_base() -> bool:
    """Whether a conflict is to show what stood there before, as the person has told git."""
    return _git("config", "--get", "merge.conflictStyle").stdout.strip().endswith(b"diff3")


def branch_being_merged() -> str:
    """What `git merge` calls the branch that it merges; empty in a rebase, and when it is several."""
    called = [value for name, value in os.environ.items() if name.startswith(_BRANCH)]
    return called[0] if len(called) == 1 else ""


def _git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Git, asked with everything that the git that asked us has said in its environment."""
    try:
        return subprocess.run(  # noqa: S603  git, as the person has installed it
            ["git", *arguments],  # noqa: S607  wherever it stands in the path
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise Broken("Git går inte att köra.") from error
