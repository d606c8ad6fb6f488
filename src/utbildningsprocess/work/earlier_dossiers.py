"""The dossiers as they stood at a commit: what the same initiative gave then, and what has changed since."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.first_lines import identity_in
from utbildningsprocess.dossier.markers import bears_traces
from utbildningsprocess.errors import Broken
from utbildningsprocess.files.dossier_file import decoded
from utbildningsprocess.files.glance import DOSSIER_ENDINGS
from utbildningsprocess.work.portfolio.reviewed import checked

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.files.git_repository import GitRepository
    from utbildningsprocess.work.portfolio.reviewed import Checked
    from utbildningsprocess.work.workspace import Workspace


class NothingToCompare(Exception):
    """An earlier text that nothing can be compared with."""


@dataclass
class EarlierDossiers:
    """The dossiers as they stood at a commit; none of them where that is empty."""

    workspace: Workspace
    repository: GitRepository
    commit: str
    staged: bool = False

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.repository.files_at(self.commit, self.repository.top) if self.commit else ())

    @cached_property
    def changed(self) -> set[str]:
        """The files that are there and differ, by their paths from the top."""
        return self.repository.changed_since(self.commit, staged=self.staged)

    @cached_property
    def gone(self) -> set[str]:
        """The files that are no longer where they were, by their paths from the top."""
        return self.repository.gone_since(self.commit, staged=self.staged) if self.commit else set()

    def is_same(self, name: str) -> bool:
        """Whether a file has not changed since, by its path from the top."""
        return name in self._names and name not in self.changed

    def then(self, path: Path, name: str, identity: str) -> Checked | None:
        """What the same initiative gave; None where it was not there. Raises NothingToCompare."""
        if name in self._names:
            (data,) = self.repository.known_texts(self.commit, [name])
            text = _text_of(data, path)
        else:
            text = self._moved.get(identity, "")
        if not text:
            return None
        workspace = self.workspace.around(path)
        content = read(text, workspace.battery)
        if content.structural_problems:
            raise NothingToCompare
        return checked(workspace, content, workspace.typed_name(path))

    def was_dossier(self, name: str) -> bool:
        """Whether a file bore the traces of a dossier, by its path from the top."""
        (data,) = self.repository.known_texts(self.commit, [name]) if name in self._names else (b"",)
        return bears_traces((data or b"").decode("utf-8", "replace"))

    @cached_property
    def _moved(self) -> dict[str, str]:
        """By the letters of an initiative the text of a file that is no longer where it was."""
        if not self.commit:
            return {}
        gone = sorted(filter(may_be_dossier, self.gone))
        texts = [
            data.decode("utf-8", "replace")
            for data in self.repository.texts_at(self.commit, gone)
            if data is not None
        ]
        return {identity: text for text in texts if (identity := identity_in(text))}


def may_be_dossier(name: str) -> bool:
    """Whether a file is called as a dossier or a copy of one is."""
    return name.lower().endswith(DOSSIER_ENDINGS)


def _text_of(data: bytes | None, path: Path) -> str:
    try:
        return decoded(data or b"", path)
    except Broken:
        raise NothingToCompare from None
