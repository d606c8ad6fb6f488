"""Where a conversation keeps its answers and drafts: plain functions that are handed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.model import Answer, Answers


@dataclass(frozen=True)
class Store:
    """Where answers and drafts are kept. The last three say what can be done when a save meets a conflict."""

    save: Callable[[str, Answer | None], object]
    draft_read: Callable[[str], str | None]
    draft_write: Callable[[str, str], object]
    draft_drop: Callable[[str], object]
    reread: Callable[[], Answers] | None = None
    """Takes in the file as it now stands, and gives its answers; saving works again after it."""
    difference: Callable[[], str] | None = None
    """What has changed in the file, in words."""
    save_beside: Callable[[str, Answer | None], str] | None = None
    """Writes one answer to a file of its own, and gives that file's path."""
