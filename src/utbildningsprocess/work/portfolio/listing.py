"""The initiatives of a folder, every file read each time: what is known of each, and which files are none."""

from __future__ import annotations

import json
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.facts_cache import FactsCache, key_of
from utbildningsprocess.files.glance import ARCHIVE_FOLDER, as_spelt, unit_folder
from utbildningsprocess.files.many import (
    configured,
    is_folder_near,
    named_dossiers,
    program_fingerprint,
    questions_fingerprint,
    whole_bytes,
)
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import nfc, slug, uniform
from utbildningsprocess.work.portfolio.facts import LIVES, Facts, Reading, from_json, to_json
from utbildningsprocess.work.portfolio.kept import Recipe, UnreadFile, kept_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from utbildningsprocess.files.many import Configured
    from utbildningsprocess.work.portfolio.making import FactsMaker


class Listed(NamedTuple):
    """An initiative: its dossier, its facts, and whether it goes on, rests, has ended or is replaced."""

    path: Path
    facts: Facts
    life: str
    archived: bool = False
    """Whether it is put away."""

    @property
    def title(self) -> str:
        """The title, or the file's name where there is none."""
        return self.facts.title or self.name

    @property
    def name(self) -> str:
        """The file's name without its ending, as people read it."""
        return shown(Path(self.path.stem))

    @property
    def goes_on(self) -> bool:
        """Whether it has neither ended nor rests."""
        return self.life == LIVES[0]

    def taken_over(self) -> Listed:
        """It as replaced by another initiative, from which on nobody waits for anything in it."""
        return self._replace(
            life=LIVES[-1], facts=self.facts._replace(dates=(), step="", mends=False, reason="")
        )


class Copied(NamedTuple):
    """A file that is a copy of another, and how many lines of the longer one the other lacks."""

    path: Path
    original: Path
    differing: int


class Gathered(NamedTuple):
    """What was read in a folder of dossiers, before what stands twice is told apart."""

    folder: Path
    readings: Mapping[Path, Reading]
    copies: tuple[tuple[Path, Path], ...]
    leading_out: tuple[Path, ...]
    unreadable: tuple[UnreadFile, ...]
    plain: bool
    could_not_keep: bool


class Portfolio(NamedTuple):
    """What lies in the folders of dossiers."""

    folders: tuple[Path, ...]
    listed: tuple[Listed, ...]
    copies: tuple[Copied, ...]
    foreign: tuple[Path, ...]
    """Files that are no dossiers, as notes of a meeting."""
    leading_out: tuple[Path, ...]
    """Links that lead out of the root, which are not followed."""
    unreadable: tuple[UnreadFile, ...]
    plain: bool
    """Whether the settings wish for plain lines."""
    could_not_keep: bool
    """Whether something had to be computed that could not be kept for the next time."""


class PortfolioReader:
    """Reads the initiatives of the folder that a place belongs to."""

    def __init__(self, start: Path, today: date, progress: Callable[[int, int], None] | None = None) -> None:
        self._today = today
        self._progress = progress
        self._place = configured(start)
        program = program_fingerprint()
        self._cache = FactsCache(program)
        self._settings_key = key_of(program, b"utb.yaml", self._place.settings)
        self._computed = False

    def read(self, look: Callable[[Path, bytes], None] = lambda _path, _data: None) -> Portfolio:
        """All of them; `look` is handed the bytes of each file too. Raises Broken for unusable settings."""
        return together([self.gathered(look)])

    def gathered(self, look: Callable[[Path, bytes], None]) -> Gathered:
        """What lies in the folder of dossiers and its archive, each file read. Raises as `read`."""
        try:
            return self._gathered(look)
        finally:
            self._cache.close()

    def _gathered(self, look: Callable[[Path, bytes], None]) -> Gathered:
        archive, root = self.folder / ARCHIVE_FOLDER, self._place.folder
        named, put_away = named_dossiers(self.folder, root), named_dossiers(archive, root)
        readings: dict[Path, Reading] = {}
        unreadable: list[UnreadFile] = []
        paths = (*named.paths, *put_away.paths)
        for path, reading in kept_values(self._cache, self._recipe, paths, look, self._progress):
            if isinstance(reading, UnreadFile):
                unreadable.append(reading)
            elif reading.faults:
                unreadable.append(UnreadFile(path, "", reading.faults))
            else:
                readings[path] = reading
        return Gathered(
            folder=self.folder,
            readings=readings,
            copies=(*named.copies, *put_away.copies),
            leading_out=(*named.leading_out, *put_away.leading_out),
            unreadable=tuple(unreadable),
            plain=bool(self._said["enkel"]),
            could_not_keep=self._computed and self._cache.lost,
        )

    @cached_property
    def folder(self) -> Path:
        """The folder of dossiers."""
        start, root, _ = self._place
        name = str(self._said["mapp"])
        return as_spelt(unit_folder(start, root, name), name)

    @cached_property
    def _said(self) -> Mapping[str, object]:
        """What utb.yaml says of the folder, the questions and plain lines: read once for the same bytes."""
        kept = self._cache.read([self._settings_key]).get(self._settings_key)
        if kept is None:
            kept = json.dumps(_settings_of(self._place))
            self._cache.write({self._settings_key: kept})
        said: dict[str, object] = json.loads(kept)
        return said

    def our_lines(self) -> frozenset[str]:
        """The lines of dossiers that are the questions' own words."""
        key = key_of(self._version, b"rader")
        kept = self._cache.read([key]).get(key)
        if kept is None:
            kept = json.dumps(self._maker.our_lines())
            self._cache.write({key: kept})
        return frozenset(json.loads(kept))

    @cached_property
    def _version(self) -> bytes:
        own = str(self._said["fragor"])
        return key_of(
            self._settings_key, questions_fingerprint(as_spelt(self._place.folder, own) if own else None)
        )

    @property
    def _recipe(self) -> Recipe[Reading]:
        return Recipe(
            self._version,
            lambda text, _path: self._maker.reading(text),
            to_json,
            from_json,
            lambda reading: _holds(reading, self._today),
        )

    @cached_property
    def _maker(self) -> FactsMaker:
        from utbildningsprocess.work.portfolio.making import FactsMaker
        from utbildningsprocess.work.workspace import Workspace

        self._computed = True
        return FactsMaker(Workspace.open(self._place.start, self._today))


def readers_of(
    places: Sequence[str], today: date, progress: Callable[[int, int], None] | None = None
) -> list[PortfolioReader]:
    """The readers of the folders with initiatives in some places, or of where somebody stands, each once.

    Raises WrongUse for a place where there is none.
    """
    readers: dict[Path, PortfolioReader] = {}
    for place in places or (".",):
        reader = PortfolioReader(Path(place), today, progress)
        if places and not is_folder_near(reader.folder, Path(place)):
            raise WrongUse(f"Det finns ingen mapp med insatser i {shown(Path(place))}.")
        readers.setdefault(reader.folder, reader)
    return list(readers.values())


def together(folders: Sequence[Gathered]) -> Portfolio:
    """What lies in one folder or several, an initiative that stands in more than one counted once."""
    facts = {path: known for folder in folders for path, known in _facts_in(folder).items()}
    twins = dict(_twins(facts))
    copies = [*(copied for folder in folders for copied in folder.copies), *twins.items()]
    replaced = {path for folder in folders for path in _replaced(_facts_in(folder))}
    archives = {folder.folder / ARCHIVE_FOLDER for folder in folders}
    known = [
        Listed(path, of_file, of_file.life, path.parent in archives)
        for path, of_file in facts.items()
        if path not in twins
    ]
    return Portfolio(
        folders=tuple(folder.folder for folder in folders),
        listed=tuple(
            initiative.taken_over() if initiative.path in replaced else initiative for initiative in known
        ),
        copies=tuple(Copied(path, original, _differing(path, original)) for path, original in copies),
        foreign=tuple(
            path for folder in folders for path, reading in folder.readings.items() if reading.facts is None
        ),
        leading_out=tuple(link for folder in folders for link in folder.leading_out),
        unreadable=tuple(unread for folder in folders for unread in folder.unreadable),
        plain=any(folder.plain for folder in folders),
        could_not_keep=any(folder.could_not_keep for folder in folders),
    )


def _facts_in(folder: Gathered) -> dict[Path, Facts]:
    return {path: reading.facts for path, reading in folder.readings.items() if reading.facts is not None}


def _settings_of(place: Configured) -> dict[str, object]:
    from utbildningsprocess.files.roots import find_root

    settings = find_root(place.start).settings
    return {"mapp": settings.folder, "fragor": settings.questions, "enkel": settings.plain}


def _holds(reading: Reading, today: date) -> bool:
    return reading.facts is None or reading.facts.holds_on(today.isoformat())


def _twins(facts: Mapping[Path, Facts]) -> Iterator[tuple[Path, Path]]:
    """The files that have the letters of another, each with that one: the one called as its title is."""
    by_identity: dict[str, Path] = {}
    times = Counter(known.identity for known in facts.values())

    def place(path: Path) -> tuple[bool, int, str]:
        return path.stem != slug(facts[path].title), len(path.name), path.name

    doubled = (path for path, known in facts.items() if known.identity and times[known.identity] > 1)
    for path in sorted(doubled, key=place):
        identity = facts[path].identity
        if (original := by_identity.setdefault(identity, path)) != path:
            yield path, original


def _replaced(facts: Mapping[Path, Facts]) -> set[Path]:
    """The initiatives that another says it replaces, by file name or title."""
    named = [(by, name) for by, known in facts.items() for text in known.replaces for name in _names(text)]
    if not named:
        return set()
    called: dict[str, set[Path]] = {}
    for path, known in facts.items():
        for name in (path.stem, known.title):
            called.setdefault(uniform(name), set()).add(path)
    return {path for by, name in named for path in called.get(uniform(name), ()) if path != by}


def _names(text: str) -> Iterator[str]:
    """What a line about an earlier initiative may name: all of it, or the file it begins with."""
    yield text.removesuffix(".md")
    yield from (word.rstrip(",;:.").removesuffix(".md") for word in text.split()[:1])


def _differing(path: Path, original: Path) -> int:
    """How many lines of the one the other lacks, by the longer way; 0 where the texts are the same."""
    try:
        ours, theirs = (
            Counter(nfc(whole_bytes(file).decode("utf-8", "replace")).splitlines())
            for file in (path, original)
        )
    except Broken:
        return 0
    return max((ours - theirs).total(), (theirs - ours).total())
