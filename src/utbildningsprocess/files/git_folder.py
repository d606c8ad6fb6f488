"""What git knows of the place where a file lies: whether a merge is going on, and whose each side is."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from utbildningsprocess.swedish import clean_line

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"(?!.*\.\.)[\w][\w./+#@-]*")
_COMMIT = re.compile(r"HEAD|([0-9a-f]{7,64})(?: \(.*\))?")
"""How git names a side that has no branch: by its commit, in a rebase with what was said of it."""
_UNNAMED = ("", "FETCH_HEAD")
_REBASING = ("rebase-merge", "rebase-apply")
"""The folders that lie there in a rebase, when HEAD is what the others have done."""
_TAKING_IN = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")
"""The files that lie there while what others have done is taken into what is checked out."""
_MOVED = re.compile(r"> (\d{1,11}) [+-]\d{4}\b")
"""The time, in seconds, of one line in the log of a branch."""


def repository_of(path: Path) -> Path | None:
    """The top of the git repository that a file lies in, None outside any."""
    return next((folder for folder in path.resolve().parents if (folder / ".git").exists()), None)


def clones_in(folder: Path) -> list[str]:
    """The names of the folders directly in a folder that are repositories."""
    with suppress(OSError):
        return sorted(path.parent.name for path in folder.glob("*/.git"))
    return []


def is_merging(path: Path) -> bool:
    """Whether git waits for somebody to finish a merge where a file lies."""
    with suppress(OSError):
        git = _git_folder(path)
        return git is not None and (git / "MERGE_HEAD").exists()
    return False


def side_in_words(path: Path, name: str) -> str:
    """Whose side of a conflict in a file is, and the day it was last changed; empty when unknown."""
    with suppress(OSError, ValueError):
        git = _git_folder(path)
        if git is None:
            return ""
        if name == "HEAD" and not any((git / folder).exists() for folder in _REBASING):
            return "din version" if any((git / head).exists() for head in _TAKING_IN) else ""
        if name in _UNNAMED:
            return _version_of(path, "MERGE_HEAD") if (git / "MERGE_HEAD").exists() else ""
        if commit := _COMMIT.fullmatch(name):
            return _version_of(path, commit[1] or commit[0])
        return _branch_in_words(git, name) if _NAME.fullmatch(name) else ""
    return ""


def _branch_in_words(git: Path, branch: str) -> str:
    from utbildningsprocess.answers.periods import date_in_short

    shared = git / "commondir"  # in a worktree: where the logs of branches are
    logs = (git / shared.read_text("utf-8").strip() if shared.exists() else git) / "logs" / "refs"
    for log in (logs / "heads" / branch, logs / "remotes" / branch):
        if log.is_file() and (times := _MOVED.findall(log.read_text("utf-8", "replace"))):
            moved = datetime.fromtimestamp(int(times[-1]), UTC).astimezone()
            return f"grenen {branch} ({date_in_short(moved.date())})"
    return ""


def _version_of(path: Path, commit: str) -> str:
    """Who last changed a file on the way to a commit, and when; empty when git cannot tell."""
    from utbildningsprocess.answers.periods import date_in_short
    from utbildningsprocess.files.git_repository import GitRepository, GitTrouble

    with suppress(GitTrouble):
        if repository := GitRepository.around(path.parent):
            name = repository.path_from_top(path)
            said = repository.ask("log", "-1", "--format=%aN%x00%as", "--end-of-options", commit, "--", name)
            who, _, day = said.decode("utf-8", "replace").strip().partition("\0")
            if who := clean_line(who):
                owner = who if who[-1].lower() in "sxz" else f"{who}s"
                return f"{owner} version ({date_in_short(date.fromisoformat(day))})"
    return ""


def _git_folder(path: Path) -> Path | None:
    """The folder where git keeps what it knows of the working tree that a file lies in. Raises OSError."""
    repository = repository_of(path)
    git = repository / ".git" if repository else None
    if git and git.is_file():  # a worktree
        return git.parent / git.read_text("utf-8").removeprefix("gitdir:").strip()
    return git
