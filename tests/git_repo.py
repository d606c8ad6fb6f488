"""Git in tests: run in a folder of the test's own, whatever the machine or a hook around the tests has set."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WHO = ("-c", "user.name=t", "-c", "user.email=t@example.org")


def git_environment() -> dict[str, str]:
    """The environment for git: without what a hook or the machine has set, so that no other repo is meant."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(folder: Path, *arguments: str, check: bool = True) -> None:
    """Runs git in a folder; raises when it fails, unless that is allowed, as a merge with a conflict is."""
    _run(folder, arguments, check=check)


def git_says(folder: Path, *arguments: str) -> str:
    """What git answers in a folder; nothing when it fails."""
    return _run(folder, ["-c", "core.quotePath=false", *arguments], check=False).stdout.decode("utf-8")


def _run(folder: Path, arguments: Iterable[str], *, check: bool) -> subprocess.CompletedProcess[bytes]:
    command = ["git", *WHO, *arguments]
    return subprocess.run(command, cwd=folder, env=git_environment(), capture_output=True, check=check)
