"""The dossiers that lay among the others at a commit, and lie neither there nor in the archive any more."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from utbildningsprocess.dossier.first_lines import identity_in, with_first_lines
from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import bears_traces
from utbildningsprocess.errors import Broken
from utbildningsprocess.files.glance import (
    ARCHIVE_FOLDER,
    CONFIG_NAME,
    USUAL_FOLDER,
    is_dossier_name,
    original_of,
)
from utbildningsprocess.files.many import is_link, whole_bytes
from utbildningsprocess.files.roots import root_of
from utbildningsprocess.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from utbildningsprocess.files.git_repository import GitRepository
    from utbildningsprocess.files.roots import Root


@dataclass
class DossiersToday:
    """The dossiers as they lie today, of the files that git may save or of those that it has staged."""

    root: Root
    repository: GitRepository
    staged: bool
    _kept: dict[Path, bool] = field(default_factory=dict)
    """By folder whether a dossier in it lies among the others, or is put away."""

    @cached_property
    def below(self) -> Path:
        """The folder that is looked in: a unit's own, else all of the root."""
        return self.root.unit or self.root.folder

    def keeps(self, name: str) -> bool:
        """Whether a file, by its path from the top, lies where a dossier is found today."""
        path = self.repository.top / name
        if path.parent not in self._kept:
            self._kept[path.parent] = root_of(path, self.root).keeps(path)
        return self._kept[path.parent] and is_dossier_name(path.name.lower())

    def letters_but(self, unchanged: frozenset[str]) -> frozenset[str]:
        """The letters of the initiatives that lie here, besides those in files that are as they were."""
        listed = (self.repository.files_at("", self.below), self.repository.files_here(self.below))
        names = [name for name in listed[not self.staged] if name not in unchanged and self.keeps(name)]
        return frozenset(_letters(text) for text in map(_text, self._read(names)) if bears_traces(text))

    def _read(self, names: Iterable[str]) -> Iterator[bytes]:
        if self.staged:
            yield from (data or b"" for data in self.repository.texts_at("", names))
            return
        for path in (self.repository.top / name for name in names):
            with suppress(Broken):
                yield whole_bytes(path) if not is_link(path) else b""


def lost_since(commit: str, standing: DossiersToday) -> dict[str, str]:
    """By the letters of each initiative that lay among the others at a commit and does not, its path then.

    One that is put away, or whose file has another name, is not lost.
    """
    repository = standing.repository
    names = frozenset(repository.files_at(commit, standing.below)) if commit else frozenset[str]()
    gone = repository.gone_since(commit, staged=standing.staged) if names else set()
    homes = _homes(repository, commit, names)
    missing = [name for name in sorted(names) if _lay(name, homes, names)]
    missing = [name for name in missing if name in gone or not standing.keeps(name)]
    texts = dict(zip(missing, map(_text, repository.known_texts(commit, missing)), strict=True))
    lost = {_letters(text): name for name, text in texts.items() if bears_traces(text) and not is_guide(text)}
    if lost:
        changed = repository.changed_since(commit, staged=standing.staged) | gone
        present = standing.letters_but(names - changed)
        lost = {letters: name for letters, name in lost.items() if letters not in present}
    return lost


def _homes(repository: GitRepository, commit: str, names: frozenset[str]) -> dict[PurePosixPath, str]:
    """By each folder with settings at a commit what its folder of dossiers was called."""
    paths = [name for name in names if PurePosixPath(name).name == CONFIG_NAME]
    homes = {}
    for path, data in zip(paths, repository.texts_at(commit, paths), strict=True):
        with suppress(Broken):
            homes[PurePosixPath(path).parent] = read_settings(_text(data), path).folder
    return homes


def _lay(name: str, homes: dict[PurePosixPath, str], names: frozenset[str]) -> bool:
    """Whether a file at a commit was called as a dossier, and lay where they lay then or in the archive."""
    path = PurePosixPath(name)
    if not is_dossier_name(path.name.lower()) or "\n" in name:
        return False
    above = next((folder for folder in path.parents if folder in homes), None)
    home = PurePosixPath(homes[above] if above is not None else USUAL_FOLDER).parts
    folder = path.parent.parent if path.parent.name == ARCHIVE_FOLDER else path.parent
    lies_there = folder.parts[-len(home) :] == home if home else folder == (above or PurePosixPath())
    return lies_there and not _is_copy(path, names)


def _is_copy(path: PurePosixPath, names: frozenset[str]) -> bool:
    """Whether what a file was called says that it is a copy of another that lay beside it."""
    beginnings = (path.stem[:length] for length in range(1, len(path.stem)))
    beside = {stem for stem in beginnings if str(path.with_name(stem + path.suffix)) in names}
    return original_of(path.stem, beside) is not None


def _letters(text: str) -> str:
    """The letters that an initiative is known by, or that an old one gets when it is saved next."""
    return identity_in(text) or identity_in(with_first_lines(text, text, b""))


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
