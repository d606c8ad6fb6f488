"""The record of initiatives in git: what their commits did, and what is not committed yet."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha1, sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.editions import Edition, Editions
from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import bears_traces
from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.dossier_file import decoded
from utbildningsprocess.files.git_log import NO_BLOB, Touched, read_log, read_state
from utbildningsprocess.files.git_repository import GitRepository
from utbildningsprocess.files.glance import DOSSIER_ENDINGS
from utbildningsprocess.files.many import whole_bytes
from utbildningsprocess.files.roots import is_folder
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.work.history.deeds import Walk, paths_behind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from utbildningsprocess.files.git_log import Commit
    from utbildningsprocess.work.history.deeds import RecordedDeed
    from utbildningsprocess.work.portfolio.kept import Progress
    from utbildningsprocess.work.workspace import Workspace

_AT_A_TIME = 200
"""Files as they were: so many are held at once."""
_ON_DISK = "på disken: "
_SHA_1 = 40
"""The length of an id where git counts with SHA-1."""


class Compared(NamedTuple):
    """A branch as somebody has named it, and the commit where it and what is checked out parted."""

    name: str
    commit: str


@dataclass(frozen=True)
class Record:
    """What git remembers of some initiatives."""

    workspace: Workspace
    top: Path
    """The top of the repository, which paths are counted from."""
    deeds: tuple[RecordedDeed, ...]
    """The earliest first, and what is not committed last."""
    begins: date | None
    """The day that the clone begins with, where what was before it has not been fetched."""
    compared: Compared | None = None
    """What the working tree is compared with, where that is all."""

    def by_initiative(self) -> list[list[RecordedDeed]]:
        """The deeds of each initiative, those that were first changed first."""
        lines: dict[int, list[RecordedDeed]] = {}
        for deed in self.deeds:
            lines.setdefault(deed.line, []).append(deed)
        return list(lines.values())


def repository_for(folder: Path) -> GitRepository:
    """The repository of a folder. Raises WrongUse where there is none, or nothing committed in it."""
    repository = GitRepository.around(folder)
    if repository is None:
        raise WrongUse(
            f"{shown(folder)} ligger inte i ett git-repo, eller så saknas git. Historiken läses ur git."
        )
    try:
        repository.commit_of("HEAD")
    except WrongUse:
        raise WrongUse(
            f"Inget är sparat i git i {shown(repository.top)} än. Gör det med: git add, och sedan git commit"
        ) from None
    return repository


def read_record(
    workspace: Workspace,
    path: Path | None = None,
    against: str | None = None,
    progress: Progress | None = None,
) -> Record:
    """What git remembers of the initiative at a path, or of all in the folder and in the archive.

    With a branch to compare with: only what the working tree says otherwise than where they parted.
    Raises WrongUse where nothing is committed, and GitTrouble when git cannot tell.
    """
    workspace = workspace.around(path) if path else workspace
    home = workspace.root.dossiers if is_folder(workspace.root.dossiers) else workspace.root.folder
    repository = repository_for(path.resolve().parent if path else home)
    folder = _folder_in(repository, workspace.root.folder)
    base = repository.parting(against) if against is not None else ""
    commits = [read_state(repository, base, folder)] if base else read_log(repository, folder)
    wanted = _Wanted(workspace, repository, path.resolve() if path else None)
    source = _Source(workspace, repository, commits, paths_behind(commits, wanted))
    walk = Walk(workspace.battery, source.edition)
    deeds: list[RecordedDeed] = []
    for number, commit in enumerate(commits, 1):
        deeds += walk.deeds(commit)
        if progress:
            progress(number, len(commits))
    deeds += walk.uncommitted(list(source.on_disk(walk.blobs(), wanted.listed())))
    named = [deed.renumbered(walk.line_of(deed.line)) for deed in deeds]
    lines = {deed.line: deed.new_path or deed.old_path for deed in named}
    lines |= {walk.line_of(standing.line): at for at, standing in walk.tree.items()}
    cut_off = [commit.day for commit in commits if commit.is_cut_off and not base]
    return Record(
        workspace,
        repository.top,
        tuple(deed for deed in named if wanted(lines[deed.line])),
        max(cut_off, default=None),
        Compared(against or "", base) if base else None,
    )


def _folder_in(repository: GitRepository, folder: Path) -> Path:
    """The folder, or the whole repository where that lies within it."""
    return folder if folder.resolve().is_relative_to(repository.top.resolve()) else repository.top


class _Wanted:
    """Whether a path, from the top, is that of an initiative that is asked for."""

    def __init__(self, workspace: Workspace, repository: GitRepository, path: Path | None) -> None:
        self._workspace, self._repository = workspace, repository
        self._path = repository.path_from_top(path) if path else ""
        root = workspace.root
        folders = () if path else (root.dossiers, root.archive)
        within = (folder for folder in folders if folder.resolve().is_relative_to(repository.top.resolve()))
        self._folders = {repository.path_from_top(folder): folder for folder in within}

    def __call__(self, path: str) -> bool:
        if self._path:
            return path == self._path
        place = PurePosixPath(path)
        return place.suffix in DOSSIER_ENDINGS and str(place.parent).removeprefix(".") in self._folders

    def listed(self) -> list[str]:
        """The paths of the files that are there."""
        if self._path:
            return [self._path]
        paths = (*self._workspace.paths(), *self._workspace.archived())
        places = {folder: place for place, folder in self._folders.items()}
        return [f"{places[path.parent]}/{path.name}".lstrip("/") for path in paths if path.parent in places]


class _Source:
    """The texts of dossiers, as git and the disk have them, a number at a time."""

    def __init__(
        self,
        workspace: Workspace,
        repository: GitRepository,
        commits: Sequence[Commit],
        may_be: Callable[[str], bool],
    ) -> None:
        self._repository, self._may_be = repository, may_be
        self._reader = Editions(workspace.battery)
        blobs = (t.new_blob for commit in commits for t in commit.touched if may_be(t.new_path))
        self._waiting = list(dict.fromkeys(blob for blob in blobs if blob))
        self._held: dict[str, bytes | None] = {}
        self._read: dict[str, Edition | None] = {}

    def edition(self, blob: str, path: str) -> Edition | None:
        """What a blob at a path says; None where it is no dossier that may be asked for."""
        if not self._may_be(path):
            return None
        if blob not in self._read:
            self._read[blob] = self._edition(self._bytes(blob), Path(path))
        return self._read[blob]

    def _edition(self, data: bytes | None, path: Path) -> Edition | None:
        if data is None:
            return Edition({}, "", "", "git har inte hämtat filen")
        if b"utb" not in data:
            return None
        try:
            text = decoded(data, path)
        except Broken as error:
            line, sentence = error.faults[0]
            return Edition({}, "", "", f"rad {line}: {sentence}")
        return None if is_guide(text) or not bears_traces(text) else self._reader.read(text, str(path))

    def _bytes(self, blob: str) -> bytes | None:
        if blob not in self._held:
            place = self._waiting.index(blob) if blob in self._waiting else -1
            names = [blob] if place < 0 else self._waiting[place : place + _AT_A_TIME]
            objects = self._repository.objects(name.encode("ascii") for name in names)
            self._held = dict(zip(names, objects, strict=True))
        return self._held.pop(blob)

    def on_disk(self, blobs: dict[str, str], listed: Iterable[str]) -> Iterable[Touched]:
        """The files that are otherwise on the disk than in git, which has blobs at paths."""
        for path in dict.fromkeys([*blobs, *listed]):
            old = blobs.get(path, NO_BLOB)
            here = self._repository.top / path
            try:
                data = whole_bytes(here)
            except Broken:
                if old:
                    yield Touched(path, "", NO_BLOB)
                continue
            if old not in (_blob_of(data, old), _blob_of(data.replace(b"\r\n", b"\n"), old)):
                self._held[_ON_DISK + path] = data
                yield Touched(path if old else "", path, _ON_DISK + path)


def _blob_of(data: bytes, like: str) -> str:
    """What git calls these bytes, where it calls others like that."""
    count = sha1 if len(like) == _SHA_1 else sha256
    return count(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
