"""What commits did to initiatives: each change of an answer, found once, at the commit that made it.

A file is followed through new names and folders by the letters of its initiative. A merge has done only
what none of its sides had: a conflict decided otherwise, or one side's answer kept against the other's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.alterations import alterations
from utbildningsprocess.files.glance import DOSSIER_ENDINGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from utbildningsprocess.dossier.alterations import Alteration, AnswerPlace
    from utbildningsprocess.dossier.editions import Edition
    from utbildningsprocess.files.git_log import Commit, Touched
    from utbildningsprocess.model import Answer, Battery

    ReadBlob = Callable[[str, str], Edition | None]
    """The edition in a blob that lay at a path; None for what is no dossier."""


@dataclass(frozen=True)
class RecordedDeed:
    """What a commit did to one initiative; without a commit, what is not committed yet."""

    line: int
    """The initiative, by a number of its own."""
    commit: Commit | None
    old_path: str
    new_path: str
    """Where it lay before and lies after; empty where it was or is not."""
    before: Edition | None
    after: Edition | None
    altered: tuple[Alteration, ...] = ()
    kept: tuple[Alteration, ...] = ()
    """Of a merge: what one side had answered and the other side's answer stands instead of."""
    fault: str = ""
    """Why it could not be read then."""

    def renumbered(self, line: int) -> RecordedDeed:
        """The same deed, done to an initiative that is known by another number now."""
        return replace(self, line=line)

    @property
    def is_new(self) -> bool:
        """Whether the initiative came with it."""
        return not self.old_path

    @property
    def is_removal(self) -> bool:
        """Whether the dossier was removed with it."""
        return not self.new_path

    @property
    def moved(self) -> bool:
        """Whether the file got another name or folder."""
        return bool(self.old_path and self.new_path) and self.old_path != self.new_path

    @property
    def says_something(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(
            self.altered or self.kept or self.fault or not self.old_path or not self.new_path or self.moved
        )


class _Standing(NamedTuple):
    """An initiative as it stands at a commit: its file's blob, and what it said when last it was whole."""

    line: int
    blob: str
    edition: Edition | None


_Tree = dict[str, _Standing]
"""The initiatives at a commit, by the paths of their files."""


@dataclass
class Walk:
    """Goes through commits, parents first, and tells what each did."""

    battery: Battery
    read: ReadBlob
    trees: dict[str, _Tree] = field(default_factory=dict)
    tree: _Tree = field(default_factory=dict)
    """The initiatives at the commit that was walked last."""
    _same: dict[int, int] = field(default_factory=dict)
    """Initiatives that began twice, on two sides, and became one."""
    _number: int = 0
    _before: dict[str, int] = field(default_factory=dict)
    """By commit those before it and itself, as bits."""
    _places: dict[int, list[tuple[int, frozenset[AnswerPlace]]]] = field(default_factory=dict)
    """By initiative what its commits changed, each with its bit."""

    _done: dict[object, list[tuple[Answer | None, ...]]] = field(default_factory=dict)
    """What somebody has made of an answer at some moment."""

    def line_of(self, line: int) -> int:
        """The initiative that a number means, where two have become one."""
        while line in self._same:
            line = self._same[line]
        return line

    def blobs(self) -> dict[str, str]:
        """The blobs of the initiatives at the commit that was walked last, by path."""
        return {path: standing.blob for path, standing in self.tree.items()}

    def deeds(self, commit: Commit) -> list[RecordedDeed]:
        """What a commit did to initiatives."""
        parents = [self.trees[parent] for parent in commit.parents if parent in self.trees]
        bit = 1 << len(self._before)
        earlier = (self._before.get(parent, 0) for parent in commit.parents)
        self._before[commit.id] = bit
        for bits in earlier:
            self._before[commit.id] |= bits
        self.tree = dict(parents[0]) if parents else {}
        done = self._changed(commit, commit.touched, parents[1:])
        self.trees[commit.id] = self.tree
        if commit.is_cut_off:
            return []
        if len(parents) > 1:
            done = list(self._merged(commit, parents))
        for deed in done:
            places = frozenset(altered.place for altered in (*deed.altered, *deed.kept))
            self._places.setdefault(deed.line, []).append((bit, places))
        told = (self._first_told(commit, deed) for deed in done)
        return [deed for deed in told if deed.says_something]

    def _first_told(self, commit: Commit, deed: RecordedDeed) -> RecordedDeed:
        """A deed without what the same person did at the same moment on another branch: it is a copy."""
        fresh = []
        for altered in deed.altered:
            done = self._done.setdefault((commit.author, commit.moment, deed.line, altered.place), [])
            if (altered.before, altered.after) not in done:
                done.append((altered.before, altered.after))
                fresh.append(altered)
        return replace(deed, altered=tuple(fresh))

    def uncommitted(self, touched: Sequence[Touched]) -> list[RecordedDeed]:
        """What the files of the working tree say otherwise than the commit that was walked last."""
        return [deed for deed in self._changed(None, touched, []) if deed.says_something]

    # ----------------------------------------------------------- one commit

    def _changed(
        self, commit: Commit | None, touched: Iterable[Touched], sides: Sequence[_Tree]
    ) -> list[RecordedDeed]:
        """Takes the changes of some files into the tree, and tells what they did to it."""
        touched = list(touched)
        gone = {t.old_path: self.tree.pop(t.old_path) for t in touched if t.old_path in self.tree}
        came = {
            t.new_path: (t, edition)
            for t in touched
            if t.new_path and ((edition := self.read(t.new_blob, t.new_path)) or t.old_path == t.new_path)
        }
        origins = _origins(gone, came)
        done = []
        for path, (t, edition) in came.items():
            old = gone.pop(origins[path], None) if path in origins else None
            side = next((tree[path] for tree in sides if path in tree), None)
            if old is None and edition is None:
                continue
            deed = self._deed(commit, (origins.get(path, ""), path), old or side, edition)
            done.append(deed)
            self.tree[path] = _Standing(deed.line, t.new_blob, deed.after)
        done += [
            RecordedDeed(standing.line, commit, path, "", standing.edition, None)
            for path, standing in gone.items()
        ]
        return done

    def _deed(
        self, commit: Commit | None, paths: tuple[str, str], old: _Standing | None, edition: Edition | None
    ) -> RecordedDeed:
        """What was done to a file by its paths before and after, each of them is empty where it was not."""
        line = old.line if old else self._new_line()
        before = old.edition if old and paths[0] else None
        if edition is None or edition.fault:
            fault = edition.fault if edition else "filen är ingen dossier längre"
            return RecordedDeed(line, commit, *paths, before, before, fault=fault)
        altered = tuple(alterations(self.battery, before.answers if before else {}, edition.answers))
        return RecordedDeed(line, commit, *paths, before, edition, altered)

    def _new_line(self) -> int:
        self._number += 1
        return self._number

    # ---------------------------------------------------------------- merges

    def _merged(self, commit: Commit, parents: Sequence[_Tree]) -> Iterator[RecordedDeed]:
        """What a merge did that none of its sides had done."""
        for tree in parents:
            for path, standing in tree.items():
                here = self.tree.get(path)
                if here and self.line_of(here.line) != self.line_of(standing.line):
                    self._same[self.line_of(standing.line)] = self.line_of(here.line)
        by_line = [
            {self.line_of(standing.line): (path, standing) for path, standing in tree.items()}
            for tree in parents
        ]
        bits = [self._before[parent] for parent in commit.parents if parent in self.trees]
        for path, here in self.tree.items():
            line = self.line_of(here.line)
            sides = [(tree[line], known) for tree, known in zip(by_line, bits, strict=True) if line in tree]
            blobs = {standing.blob for (_, standing), _ in sides}
            if not sides or blobs == {here.blob}:
                continue
            if edition := self.read(here.blob, path):
                yield self._decided(commit, path, here._replace(line=line), edition, sides)
        yield from self._dropped(commit, by_line)

    def _decided(
        self,
        commit: Commit,
        path: str,
        here: _Standing,
        edition: Edition,
        sides: Sequence[tuple[tuple[str, _Standing], int]],
    ) -> RecordedDeed:
        (_, first), _ = sides[0]
        deed = RecordedDeed(here.line, commit, path, path, first.edition, here.edition)
        if edition.fault:
            is_theirs = any(standing.blob == here.blob for (_, standing), _ in sides)
            return deed if is_theirs else replace(deed, fault=edition.fault)
        against = [
            {
                altered.place: altered
                for altered in alterations(
                    self.battery, standing.edition.answers if standing.edition else {}, edition.answers
                )
            }
            for (_, standing), _ in sides
        ]
        anew = [altered for place, altered in against[0].items() if all(place in side for side in against)]
        kept = [
            altered
            for number, side in enumerate(against)
            for place, altered in side.items()
            if self._was_overruled(here.line, place, number, against, [known for _, known in sides])
        ]
        return replace(deed, altered=tuple(anew), kept=tuple(kept))

    def _was_overruled(
        self,
        line: int,
        place: AnswerPlace,
        number: int,
        against: Sequence[Mapping[AnswerPlace, Alteration]],
        known: Sequence[int],
    ) -> bool:
        """Whether a side of a merge had changed something that stands as another side has it."""
        others = [bits for side, bits in zip(against, known, strict=True) if place not in side]
        if not others:
            return False
        own = known[number]
        for bits in others:
            own &= ~bits
        lines = [key for key in self._places if self.line_of(key) == line]
        return any(
            bit & own and place in places for bit, places in chain(*(self._places[key] for key in lines))
        )

    def _dropped(
        self, commit: Commit, by_line: Sequence[Mapping[int, tuple[str, _Standing]]]
    ) -> Iterator[RecordedDeed]:
        """The initiatives that every side of a merge has, and the merge has not."""
        left = {self.line_of(standing.line) for standing in self.tree.values()}
        for line, (path, standing) in by_line[0].items():
            if line not in left and all(line in side for side in by_line):
                yield RecordedDeed(line, commit, path, "", standing.edition, None)


def _origins(
    gone: Mapping[str, _Standing], came: Mapping[str, tuple[Touched, Edition | None]]
) -> dict[str, str]:
    """By path of a file the path that it had before: its own, or that of the same initiative.

    Two with other letters are never the same, for dossiers are so alike that git may take one for another.
    """
    origins = {path: path for path in came if path in gone}
    free = {path: standing for path, standing in gone.items() if path not in origins}
    waiting = {path: pair for path, pair in came.items() if path not in origins}
    rounds: tuple[Callable[[str, str], bool], ...] = (
        lambda new, old: came[new][0].new_blob == free[old].blob,
        lambda new, old: "" != _letters(came[new][1]) == _letters(free[old].edition),
        lambda new, old: (
            came[new][0].old_path == old and "" in (_letters(came[new][1]), _letters(free[old].edition))
        ),
    )
    for is_same in rounds:
        for new in list(waiting):
            if old := next((old for old in free if is_same(new, old)), ""):
                origins[new] = old
                del free[old], waiting[new]
    return origins


def _letters(edition: Edition | None) -> str:
    return edition.identity if edition else ""


def paths_behind(commits: Sequence[Commit], is_wanted: Callable[[str], bool]) -> Callable[[str], bool]:
    """Whether a path may be one that a wanted file has had: its own, or of what was gone where one came."""
    earlier: set[str] = set()

    def may_be(path: str) -> bool:
        return path in earlier or is_wanted(path)

    for commit in reversed(commits):
        moved = [t for t in commit.touched if t.old_path != t.new_path]
        if any(t.new_path and may_be(t.new_path) for t in moved):
            earlier |= {t.old_path for t in moved if PurePosixPath(t.old_path).suffix in DOSSIER_ENDINGS}
    return may_be
