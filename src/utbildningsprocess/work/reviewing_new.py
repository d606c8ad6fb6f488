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
from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import bears_traces
from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.dossier_file import decoded
from utbildningsprocess.files.git_repository import GitRepository
from utbildningsprocess.files.glance import CONFIG_NAME
from utbildningsprocess.files.many import is_link, whole_bytes
from utbildningsprocess.files.roots import is_foreign, list_dossiers, root_of
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.personal import without_people
from utbildningsprocess.swedish import joined, visible
from utbildningsprocess.work.earlier_dossiers import EarlierDossiers, NothingToCompare, may_be_dossier
from utbildningsprocess.work.lost_dossiers import DossiersToday, lost_since
from utbildningsprocess.work.reviewing import (
    Note,
    ReviewOfAll,
    checked_if_whole,
    gathered,
    personal_only,
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
_NO_TEXT = b"\xff"
_NOTHING_NEW = "inget nytt fynd"
_NOTHING_THERE = " Ingen insats utanför arkivet har granskats."
_NOTHING_STAGED = "Git har ingen ändrad dossier att spara (git add), så inget har granskats."
_SETTLE = "Lös konflikten med utb laga, kör git add {} och granska igen."
_Thing = TypeVar("_Thing")


class ReviewOfNew(NamedTuple):
    """What is new, or staged, in some dossiers, and a sentence about what else there is."""

    whole: ReviewOfAll
    summary: str


@dataclass
class NewFindings:
    """What is new in dossiers since the branches parted, and how much else there is."""

    compared_with: str
    """The branch, and at which commit, in words."""
    workspace: Workspace
    repository: GitRepository
    earlier: Sequence[EarlierDossiers]
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
        earlier = [EarlierDossiers(workspace, repository, commit, staged) for commit in commits]
        return cls(f"{visible(ref)}{where}", workspace, repository, earlier)

    def was_dossier(self, path: Path) -> bool:
        """Whether what lies at a path was a dossier then, whatever it is now."""
        name = self._name(path)
        return any(state.was_dossier(name) for state in self.earlier)

    @property
    def _then(self) -> str:
        return f"i ändringen {self.earlier[0].commit[:_SHORT]}"

    def without_links(self, paths: Iterable[Path]) -> list[Path]:
        """The paths besides those where a link has taken the place of a dossier, which is lost."""
        gone = {self.repository.top / name for state in self.earlier for name in state.gone}
        return [path for path in paths if path not in gone or not (self.staged or is_link(path))]

    def changed_dossiers(self) -> list[Path]:
        """The dossiers, copies and all, that lie among others in any unit here and have changed."""
        below, top = self.standing.below, self.repository.top
        names = set[str]().union(*(state.changed for state in self.earlier))
        paths = [top / name for name in sorted(filter(may_be_dossier, names))]
        return [
            path
            for path in paths
            if path.is_relative_to(below) and _is_dossier(self.workspace, path, _bytes_of(path), self)
        ]

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
            except NothingToCompare:
                self.uncompared.append(without_people(shown(path)))
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
            self.lost.append(Unread(path.stem, published_path(path), ((1, sentence),), "Svar är borta"))

    @property
    def staged(self) -> bool:
        """Whether it is what git has staged that is looked at."""
        return self.earlier[0].staged

    @cached_property
    def standing(self) -> DossiersToday:
        """The dossiers as they lie today."""
        return DossiersToday(self.workspace.root, self.repository, self.staged)

    def look_for_dossiers(self) -> None:
        """Keeps what is to be said of the dossiers that lay among the others, and do not."""
        at_each = [lost_since(state.commit, self.standing) for state in self.earlier]
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
        self.notes.append(Note(f"Fel: {sentence}", f"Fel: {without_people(sentence)}"))
        self.lost.append(Unread(path.stem, published_path(path), ((1, sentence),), "Dossiern är borta"))

    def told_of(self, whole: ReviewOfAll) -> ReviewOfNew:
        """What is told of a review: nothing of the dossiers where nothing is new, and all that is lost."""
        nothing = "" if whole.reviews or whole.unread else _NOTHING_THERE
        whole = _telling(whole)._replace(notes=(*whole.notes, *self.notes), lost=tuple(self.lost))
        return ReviewOfNew(whole, f"{self.summary(whole)}{nothing}")

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
        unread = len(whole.unread)
        files = "1 fil" if unread == 1 else f"{unread} filer"
        sentences = [
            f"Jämfört med {self.compared_with}: {number}{' i det som gick att läsa' if unread else ''}.",
            f"{files} gick inte att granska, så det är inte klart." if unread else "",
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

    Where they are all there are, what has changed in other units is looked at, too, and what is put away.
    A file that was a dossier then and has lost every trace of it is one.
    """
    news = NewFindings.since(workspace, ref)
    if not are_all:
        return news.told_of(review_all(workspace, paths, progress, news.judged))
    news.look_for_dossiers()
    beside = filter(news.was_dossier, filter(is_foreign, list_dossiers(workspace.root)))
    changed = news.without_links(news.changed_dossiers())
    listed = _listed(workspace, changed)
    paths = news.without_links([*paths, *beside, *(path for path in changed if path in listed)])
    unlisted = [*workspace.archived(), *changed]
    return news.told_of(review_all(workspace, paths, progress, news.judged, unlisted))


def _listed(workspace: Workspace, paths: Iterable[Path]) -> set[Path]:
    """The dossiers that lie beside some paths, in any unit, and are no copies, nor put away."""
    roots = {root.dossiers: root for root in (root_of(path, workspace.root) for path in paths)}
    return {path for root in roots.values() for path in list_dossiers(root)}


def _bytes_of(path: Path) -> bytes:
    """What a file holds; where nobody can tell, what no text can."""
    try:
        return whole_bytes(path)
    except Broken:
        return _NO_TEXT


def review_staged(workspace: Workspace, ref: str | None) -> ReviewOfNew:
    """The thread check of the dossiers that git has staged, as they are staged; or what is new in them."""
    repository = _repository(workspace)
    names = sorted(filter(may_be_dossier, repository.changed_since("", staged=True)))
    news = NewFindings.since(workspace, ref, staged=True) if ref else None
    texts = dict(zip(names, repository.texts_at("", names), strict=True))
    staged = {
        repository.top / name: data
        for name, data in texts.items()
        if _is_dossier(workspace, repository.top / name, data or _side_of(repository, name), news)
    }
    if news:
        news.look_for_dossiers()
        staged = {path: staged[path] for path in news.without_links(staged)}
    if not staged and not (news and news.lost):
        return ReviewOfNew(ReviewOfAll((), (), ()), _NOTHING_STAGED)

    listed = _listed(workspace, staged)

    def look(path: Path) -> Checked:
        data = staged[path]
        if data is None:
            raise Broken(f"{shown(path)} är inte sammanslagen än. {_SETTLE.format(shown(path))}")
        text = decoded(data, path)
        found = checked_if_whole(workspace.around(path), path, text)
        found = found if path in listed else personal_only(found)
        return news.judged(path, found) if news else found

    whole = gathered(workspace, staged, look)
    return news.told_of(whole) if news else ReviewOfNew(whole, "")


def _side_of(repository: GitRepository, name: str) -> bytes:
    """What a side of a conflict has in a file that git has not merged."""
    sides = (f":{number}:{name}".encode("utf-8", "surrogateescape") for number in (2, 3))
    return next(filter(None, repository.objects(sides)), b"")


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
