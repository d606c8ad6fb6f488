"""Git in tests: run in a folder of the test's own, whatever the machine or a hook around the tests has set."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WHO = ("-c", "user.name=t", "-c", "user.email=t@example.org")


def git_environment() -> dict[str, str]:
    """The environment for git: without what a hook or the machine has set, so that no other repo is meant."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(folder: Path, *arguments: str, check: bool = True) -> None:
    """Runs git in a folder; raises when it fails, unless that is allowed, as a merge with a conflict is."""
    command = ["git", *WHO, *arguments]
    subprocess.run(command, cwd=folder, env=git_environment(), capture_output=True, check=check)


def told_by_git(folder: Path, *arguments: str) -> str:
    """What git says to a command, which must end well."""
    command = ["git", *WHO, *arguments]
    done = subprocess.run(command, cwd=folder, env=git_environment(), capture_output=True, check=True)
    return done.stdout.decode("utf-8")
