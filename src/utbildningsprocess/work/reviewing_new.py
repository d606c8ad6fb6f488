"""The thread check in git: what is new since the branches parted, and the dossiers that git has staged."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from utbildningsprocess.checks.deviations import NEVER_ACCEPTED
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.checks.reports import Unread
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.first_lines import identity_in
from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import bears_traces
from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.dossier_file import decoded
from utbildningsprocess.files.git_repository import GitRepository
from utbildningsprocess.files.glance import CONFIG_NAME, DOSSIER_ENDINGS
from utbildningsprocess.files.roots import is_foreign, list_dossiers
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.personal import without_people
from utbildningsprocess.swedish import joined, visible
from utbildningsprocess.work.lost_dossiers import Standing, lost_since
from utbildningsprocess.work.portfolio.reviewed import checked
from utbildningsprocess.work.reviewing import (
    Note,
    ReviewOfAll,
    checked_if_whole,
    gathered,
    published_path,
    review_all,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from pathlib import Path

    from utbildningsprocess.checks.model import Finding
    from utbildningsprocess.model import Problem
    from utbildningsprocess.work.portfolio.kept import Progress
    from utbildningsprocess.work.portfolio.reviewed import Checked
    from utbildningsprocess.work.workspace import Workspace

_LINES = re.compile(r"\b(rad(?:en|erna)?) \d+")
_MOST_NAMED = 10
_SHORT = 7
"""Characters of the id of a commit."""
_NOTHING_NEW = "inget nytt fynd"
_NOTHING_STAGED = "Git har ingen ändrad dossier att spara (git add), så inget har granskats."
_Thing = TypeVar("_Thing")


class _Unreadable(Exception):
    """An earlier text that nothing can be compared with."""


class ReviewOfNew(NamedTuple):
    """What is new, or staged, in some dossiers, and a sentence about what else there is."""

    whole: ReviewOfAll
    summary: str


@dataclass
class _Earlier:
    """The dossiers as they stood at a commit; none of them where that is empty."""

    workspace: Workspace
    repository: GitRepository
    commit: str
    staged: bool = False

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.repository.files_at(self.commit, self.repository.top) if self.commit else ())

    @cached_property
    def _changed(self) -> set[str]:
        return self.repository.changed_since(self.commit, staged=self.staged)

    @cached_property
    def gone(self) -> set[str]:
        """The files that are no longer where they were, by their paths from the top."""
        return self.repository.gone_since(self.commit, staged=self.staged) if self.commit else set()

    def is_same(self, name: str) -> bool:
        """Whether a file has not changed since, by its path from the top."""
        return name in self._names and name not in self._changed

    def then(self, path: Path, name: str, identity: str) -> Checked | None:
        """What the same initiative gave; None where it was not there. Raises _Unreadable."""
        if name in self._names:
            (data,) = self.repository.texts_at(self.commit, [name])
            text = _text_of(data, path)
        else:
            text = self._moved.get(identity, "")
        if not text:
            return None
        workspace = self.workspace.around(path)
        content = read(text, workspace.battery)
        if content.structural_problems:
            raise _Unreadable
        return checked(workspace, content, workspace.typed_name(path))

    def was_dossier(self, name: str) -> bool:
        """Whether a file bore the traces of a dossier, by its path from the top."""
        (data,) = self.repository.texts_at(self.commit, [name]) if name in self._names else (b"",)
        return bears_traces((data or b"").decode("utf-8", "replace"))

    @cached_property
    def _moved(self) -> dict[str, str]:
        """By the letters of an initiative the text of a file that is no longer where it was."""
        if not self.commit:
            return {}
        gone = sorted(filter(_may_be_dossier, self.gone))
        texts = [
            data.decode("utf-8", "replace")
            for data in self.repository.texts_at(self.commit, gone)
            if data is not None
        ]
        return {identity: text for text in texts if (identity := identity_in(text))}


@dataclass
class NewFindings:
    """What is new in dossiers since the branches parted, and how much else there is."""

    compared_with: str
    """The branch, and at which commit, in words."""
    workspace: Workspace
    repository: GitRepository
    earlier: Sequence[_Earlier]
    old: int = 0
    """Findings that were there then."""
    lasting: int = 0
    """Findings that were there then, and are told of all the same."""
    waiting: int = 0
    """Findings that say only that nobody has answered a question yet."""
    uncompared: list[str] = field(default_factory=list)
    """The files that could not be read as they stood then."""
    notes: list[Note] = field(default_factory=list)
    lost: list[Unread] = field(default_factory=list)
    """The dossiers, and the answers in them, that were there then and are not."""

    @classmethod
    def since(cls, workspace: Workspace, ref: str, *, staged: bool = False) -> NewFindings:
        """What is new since what is checked out parted from a branch, a tag or a commit.

        While a merge is being staged, what stood on its other side is not new. Raises WrongUse without git.
        """
        repository = _repository(workspace)
        commits = [repository.parting(ref)]
        where = commits[0][:_SHORT]
        if where:
            is_ref = commits[0] == repository.commit_of(ref)
            where = f" ({where})" if is_ref else f", vid {where} där grenarna skildes åt"
        if staged:
            with suppress(WrongUse):
                commits.append(repository.commit_of("MERGE_HEAD"))
        earlier = [_Earlier(workspace, repository, commit, staged) for commit in commits]
        return cls(f"{visible(ref)}{where}", workspace, repository, earlier)

    def was_dossier(self, path: Path) -> bool:
        """Whether what lies at a path was a dossier then, whatever it is now."""
        name = self._name(path)
        return any(state.was_dossier(name) for state in self.earlier)

    @property
    def _then(self) -> str:
        return f"i ändringen {self.earlier[0].commit[:_SHORT]}"

    def is_gone(self, path: Path) -> bool:
        """Whether a link has taken the place of the dossier that lay at a path then."""
        return any(self.repository.top / name == path for state in self.earlier for name in state.gone)

    def _name(self, path: Path) -> str:
        try:
            return self.repository.path_from_top(path)
        except ValueError:
            raise WrongUse(f"{shown(path)} ligger utanför {shown(self.repository.top)}.") from None

    def judged(self, path: Path, found: Checked) -> Checked:
        """What is new in a dossier. Somebody's personal number is told of whenever it is there."""
        name = self._name(path)
        thens = [found]
        if not any(state.is_same(name) for state in self.earlier):
            try:
                at_each = [state.then(path, name, found.identity) for state in self.earlier]
                thens = [then for then in at_each if then]
            except _Unreadable:
                self.uncompared.append(shown(path))
        self._look_for_answers(path, found, thens)
        return self._told(found, thens)

    def _look_for_answers(self, path: Path, found: Checked, thens: Sequence[Checked]) -> None:
        """Keeps what is to be said of the answers that a dossier had, and does not have."""
        had = frozenset[str].intersection(*(then.given for then in thens)) if thens else frozenset[str]()
        gone = sorted(had - found.answered)
        if not gone:
            return
        sentence = f"{len(gone)} svar som fanns {self._then} är borta: {joined(gone, most=_MOST_NAMED)}."
        place = f"{shown(path)}: "
        self.notes.append(Note(f"{place}{sentence}", f"{without_people(place)}{sentence}"))
        is_by_mistake = len(gone) > 1 and len(gone) * 2 > len(had)
        if is_by_mistake or not found.places.issuperset(gone):
            name = without_people(path.stem)
            self.lost.append(Unread(name, published_path(path), ((1, sentence),), "Svar är borta"))

    def look_for_dossiers(self) -> None:
        """Keeps what is to be said of the dossiers that lay among the others, and do not."""
        standing = Standing(self.workspace.root, self.repository, self.earlier[0].staged)
        at_each = [lost_since(state.commit, standing) for state in self.earlier]
        for letters, name in at_each[0].items():
            if all(letters in lost for lost in at_each):
                self._keep_lost(self.repository.top / name, name)

    def _keep_lost(self, path: Path, name: str) -> None:
        if any(name in state.gone for state in self.earlier):
            how = f"git checkout {self.earlier[0].commit[:_SHORT]} -- {shlex.quote(f':/{name}')}"
            sentence = (
                f"{shown(path)} fanns {self._then} och är borta. Är insatsen klar hör den hemma i arkivet. "
                f"Hämta tillbaka filen med ”{how}”, och kör sedan: utb arkivera {shlex.quote(path.stem)}"
            )
        else:
            sentence = (
                f"{shown(path)} låg bland insatserna {self._then} och läses inte längre. "
                f"Flytta filen till mappen med insatser, eller rätta raden ”mapp” i {CONFIG_NAME}."
            )
        public = without_people(sentence)
        self.notes.append(Note(f"Fel: {sentence}", f"Fel: {public}"))
        place = ((1, public),)
        self.lost.append(Unread(without_people(path.stem), published_path(path), place, "Dossiern är borta"))

    def told_of(self, whole: ReviewOfAll) -> ReviewOfNew:
        """What is told of a review: nothing of the dossiers where nothing is new, and all that is lost."""
        whole = _telling(whole)._replace(notes=(*whole.notes, *self.notes), lost=tuple(self.lost))
        return ReviewOfNew(whole, self.summary(whole))

    def _told(self, found: Checked, thens: Sequence[Checked]) -> Checked:
        """What is to be told of a dossier, when it was like this."""
        given = frozenset[str]().union(*(then.given for then in thens))
        new = _not_in(found.findings, [then.findings for then in thens], _same_finding)
        waiting = [finding for finding in new if finding.lacks and finding.lacks not in given]
        told = [finding for finding in found.findings if finding.rule in NEVER_ACCEPTED or finding in new]
        told = [finding for finding in told if finding not in waiting]
        self.waiting += len(waiting)
        self.lasting += sum(finding not in new for finding in told)
        self.old += len(found.findings) - len(waiting) - len(told)
        problems = _not_in(found.problems, [then.problems for then in thens], _same_problem)
        unheeded = _not_in(found.unheeded, [then.unheeded for then in thens], _same_sentence)
        return replace(found, findings=tuple(told), problems=tuple(problems), unheeded=tuple(unheeded))

    def summary(self, whole: ReviewOfAll) -> str:
        """What was compared with what, how much is new, and how much is left out, in sentences."""
        grades = [finding.grade for reviewed in whole.reviews for finding in reviewed.findings]
        new, red = len(grades) - self.lasting, grades.count(Grade.RED) - self.lasting
        colour = f", varav {red} {'rött' if red == 1 else 'röda'}" if red else ""
        number = f"{new} {'nytt' if new == 1 else 'nya'} fynd{colour}" if new else _NOTHING_NEW
        sentences = [
            f"Jämfört med {self.compared_with}: {number}.",
            f"{self.lasting} äldre fynd om personnummer visas ändå." if self.lasting else "",
            f"{self.old} äldre fynd visas inte." if self.old else "",
            f"{self.waiting} fynd om frågor som inte är besvarade än visas inte." if self.waiting else "",
            *(f"{name} gick inte att läsa då, så där jämförs inget." for name in self.uncompared),
        ]
        return " ".join(filter(None, sentences))


def review_new(
    workspace: Workspace,
    paths: Iterable[Path],
    ref: str,
    progress: Progress | None = None,
    *,
    are_all: bool = False,
) -> ReviewOfNew:
    """What is new in the dossiers at some paths since what is checked out parted from a branch.

    Where they are all there are, a file that was a dossier then and has lost every trace of it is one, too.
    """
    news = NewFindings.since(workspace, ref)
    beside = filter(is_foreign, list_dossiers(workspace.root)) if are_all else ()
    paths = [*paths, *filter(news.was_dossier, beside)]
    paths = [path for path in paths if not (are_all and news.is_gone(path))]
    if are_all:
        news.look_for_dossiers()
    return news.told_of(review_all(workspace, paths, progress, news.judged))


def review_staged(workspace: Workspace, ref: str | None) -> ReviewOfNew:
    """The thread check of the dossiers that git has staged, as they are staged; or what is new in them."""
    repository = _repository(workspace)
    names = sorted(filter(_may_be_dossier, repository.changed_since("", staged=True)))
    news = NewFindings.since(workspace, ref, staged=True) if ref else None
    staged = {
        repository.top / name: data
        for name, data in zip(names, repository.texts_at("", names), strict=True)
        if data is not None and _is_dossier(workspace, repository.top / name, data, news)
    }
    if news:
        news.look_for_dossiers()
        staged = {path: data for path, data in staged.items() if not news.is_gone(path)}
    if not staged and not (news and news.lost):
        return ReviewOfNew(ReviewOfAll((), (), ()), _NOTHING_STAGED)

    def look(path: Path) -> Checked:
        text = decoded(staged[path], path)
        found = checked_if_whole(workspace.around(path), path, text)
        return news.judged(path, found) if news else found

    whole = gathered(workspace, staged, look)
    return news.told_of(whole) if news else ReviewOfNew(whole, "")


def _is_dossier(workspace: Workspace, path: Path, data: bytes, news: NewFindings | None) -> bool:
    """Whether what is staged at a path is one of the dossiers that lie there, or was, or cannot be read."""
    if not workspace.around(path).root.keeps(path):
        return False
    text = data.decode("utf-8", "replace")
    bears = "\ufffd" in text or (bears_traces(text) and not is_guide(text))
    return bears or (news is not None and news.was_dossier(path))


def _telling(whole: ReviewOfAll) -> ReviewOfAll:
    """The same without the dossiers that there is nothing to tell of."""
    told = (reviewed for reviewed in whole.reviews if reviewed.findings or reviewed.problems)
    return whole._replace(reviews=tuple(told))


def _repository(workspace: Workspace) -> GitRepository:
    """The repository around a workspace. Raises WrongUse without one, or without git."""
    repository = GitRepository.around(workspace.root.folder)
    if repository is None:
        what = "--mot och --index jämför med det som git har sparat."
        raise WrongUse(
            f"{shown(workspace.root.folder)} ligger inte i ett git-repo, eller så saknas git. {what}"
        )
    return repository


def _may_be_dossier(name: str) -> bool:
    return name.lower().endswith(DOSSIER_ENDINGS)


def _text_of(data: bytes | None, path: Path) -> str:
    try:
        return decoded(data or b"", path)
    except Broken:
        raise _Unreadable from None


def _not_in(
    now: Iterable[_Thing], thens: Iterable[Iterable[_Thing]], key: Callable[[_Thing], Hashable]
) -> list[_Thing]:
    """The things whose key was in none of some earlier collections, as many as are more than there were."""
    left: Counter[Hashable] = Counter()
    for then in thens:
        left |= Counter(map(key, then))
    new = []
    for thing in now:
        if left[key(thing)] > 0:
            left[key(thing)] -= 1
        else:
            new.append(thing)
    return new


def _same_finding(finding: Finding) -> Hashable:
    """What a finding is known by, whatever it says today: its rule, its place, and whether it is accepted."""
    return finding.rule, finding.qid, finding.row, finding.deviation is not None


def _same_problem(problem: Problem) -> Hashable:
    return _LINES.sub(r"\1", problem.text)


def _same_sentence(said: tuple[int, str]) -> Hashable:
    return said[1]
