"""The log of a git repository: who changed which files when, read in one go, the earliest change first."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.swedish import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from utbildningsprocess.files.git_repository import GitRepository

_FORMAT = "%H%x00%P%x00%aN%x00%aI%x00%D%x00%(trailers:key=Co-authored-by,valueonly,separator=%x1d)"
_LOG = (
    "-c",
    "log.follow=false",
    "log",
    # Parents before children, and what stands beside in the order that it was written.
    "--author-date-order",
    "--reverse",
    # A side that was merged away is history, too.
    "--full-history",
    "--parents",
    "--diff-merges=first-parent",
    "--raw",
    "-M",
    "-z",
    "--no-abbrev",
    "--root",
    "--no-color",
    "--no-show-signature",
    "--no-ext-diff",
    f"--format={_FORMAT}",
)
_COMMIT = re.compile(r"[0-9a-f]{40,64}")
_CUT_OFF = "grafted"
"""What git calls a commit whose parents it has not fetched."""
_ADDRESS = re.compile(r"\s*<[^<>]*>\s*$")
_TWO_PATHS = "RC"
NO_BLOB = ""
"""The blob of a file that is not there."""


class Touched(NamedTuple):
    """A file that a commit changed: its path before and after, and its blob after, empty where it was not."""

    old_path: str
    new_path: str
    new_blob: str


@dataclass(frozen=True)
class Commit:
    """A change as git keeps it."""

    id: str
    parents: tuple[str, ...]
    author: str
    others: tuple[str, ...]
    """Those who wrote it with the author, as the message says."""
    moment: str
    """When it was written, as ISO, where the author was; a copy on another branch has the same."""
    is_cut_off: bool
    """Whether what was before it has not been fetched."""
    touched: tuple[Touched, ...]
    """What it changed against its first parent."""

    @property
    def day(self) -> date:
        """The day it was written."""
        return date.fromisoformat(self.moment[:10])

    @property
    def is_merge(self) -> bool:
        """Whether it brings several sides together."""
        return len(self.parents) > 1

    @property
    def short(self) -> str:
        """Its id as people write it."""
        return self.id[:7]


def read_log(repository: GitRepository, folder: Path) -> list[Commit]:
    """What was changed in a folder, from the earliest change to the one that is checked out.

    Raises GitTrouble when git cannot tell.
    """
    below = repository.path_from_top(folder)
    said = repository.ask(*_LOG, "HEAD", "--", *([below] if below else []))
    return list(_commits(os.fsdecode(said).split("\0")))


def read_state(repository: GitRepository, commit: str, folder: Path) -> Commit:
    """The files of a folder at a commit, as if all of them had come with it.

    Raises GitTrouble when git cannot tell.
    """
    below = repository.path_from_top(folder)
    said = repository.ask("ls-tree", "-r", "-z", "--full-tree", commit, "--", *([below] if below else []))
    touched = []
    for entry in filter(None, os.fsdecode(said).split("\0")):
        about, _, path = entry.partition("\t")
        touched.append(Touched("", path, about.split(" ")[2]))
    return Commit(commit, (), "", (), "", is_cut_off=True, touched=tuple(touched))


def _commits(tokens: list[str]) -> Iterator[Commit]:
    place = 0
    while place < len(tokens):
        head = tokens[place].lstrip("\n")
        if not _COMMIT.fullmatch(head) or place + 5 >= len(tokens):
            place += 1
            continue
        _, parents, author, moment, names, together = tokens[place : place + 6]
        place += 6
        touched = []
        while place < len(tokens) and (raw := tokens[place].lstrip("\n")).startswith(":"):
            _, _, old, new, status = raw.split(" ")
            paths = tokens[place + 1 : place + 3] if status[0] in _TWO_PATHS else [tokens[place + 1]] * 2
            place += 3 if status[0] in _TWO_PATHS else 2
            touched.append(_touched(paths, old, new))
        yield Commit(
            head,
            tuple(parents.split()),
            clean_line(author),
            tuple(name for line in together.split("\x1d") if (name := clean_line(_ADDRESS.sub("", line)))),
            moment,
            _CUT_OFF in names.split(", "),
            tuple(touched),
        )


def _touched(paths: list[str], old: str, new: str) -> Touched:
    """A file by its two paths and blobs, of which git writes only zeros on the side where it was not."""
    was, is_there = bool(old.strip("0")), bool(new.strip("0"))
    return Touched(paths[0] if was else "", paths[1] if is_there else "", new if is_there else NO_BLOB)
