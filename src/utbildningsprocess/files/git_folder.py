"""What lies in the git folder of a repository: whether a merge is going on, and which branch is whose."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"(?!.*\.\.)[\w][\w./+#@-]*")
_MOVED = re.compile(r"> (\d{1,11}) [+-]\d{4}\b")
"""The time, in seconds, of one line in the log of a branch."""


def repository_of(path: Path) -> Path | None:
    """The top of the git repository that a file lies in, None outside any."""
    return next((folder for folder in path.resolve().parents if (folder / ".git").exists()), None)


def is_merging(path: Path) -> bool:
    """Whether git waits for somebody to finish a merge where a file lies."""
    with suppress(OSError):
        git = _git_folder(path)
        return git is not None and (git / "MERGE_HEAD").exists()
    return False


def side_in_words(path: Path, name: str) -> str:
    """Which branch a side of a conflict in a file is, and the day it was last changed; empty when unknown."""
    from utbildningsprocess.answers.periods import spoken_date

    with suppress(OSError, ValueError):
        git = _git_folder(path)
        head = (git / "HEAD").read_text("utf-8").strip() if git else ""
        branch = (
            head.removeprefix("ref: refs/heads/") if name == "HEAD" and head.startswith("ref: ") else name
        )
        if git is None or branch == "HEAD" or not _NAME.fullmatch(branch):
            return ""
        shared = git / "commondir"  # in a worktree: where the logs of branches are
        logs = (git / shared.read_text("utf-8").strip() if shared.exists() else git) / "logs" / "refs"
        for log in (logs / "heads" / branch, logs / "remotes" / branch):
            if log.is_file() and (times := _MOVED.findall(log.read_text("utf-8", "replace"))):
                moved = datetime.fromtimestamp(int(times[-1]), UTC).astimezone()
                return f"grenen {branch} ({spoken_date(moved.date())})"
        return f"grenen {branch}" if name == "HEAD" else ""
    return ""


def _git_folder(path: Path) -> Path | None:
    """The folder where git keeps what it knows of the working tree that a file lies in. Raises OSError."""
    repository = repository_of(path)
    git = repository / ".git" if repository else None
    if git and git.is_file():  # a worktree
        return git.parent / git.read_text("utf-8").removeprefix("gitdir:").strip()
    return git
