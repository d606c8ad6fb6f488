"""A folder prepared for a team that shares it in git: what is to be written, in words, and that written."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.copies import COPY_PATTERNS
from utbildningsprocess.files.git_folder import clones_in, repository_of
from utbildningsprocess.files.git_program import (
    DRIVER,
    MERGED_BY_US,
    PREPARE_CLONE,
    asks_for_us,
    lacking_settings,
)
from utbildningsprocess.files.git_repository import GitRepository, GitTrouble
from utbildningsprocess.files.glance import CONFIG_NAME, DOCUMENTS_FOLDER
from utbildningsprocess.files.inbox import INBOX_FOLDER
from utbildningsprocess.files.leftovers import TEMP_PATTERN
from utbildningsprocess.files.roots import is_folder
from utbildningsprocess.files.team_folder import Addition, add, missing_lines, shipped_file, team_folder
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import did_you_mean, fold, joined, shortened
from utbildningsprocess.work.starting import EXAMPLE_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from utbildningsprocess.files.team_folder import TeamFolder

_IGNORED = "# utb: dokument, kopior och tempfiler"
_DOSSIERS = "# utb: dossierer"
_SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "\\*?[]"})
_ABOUT = {
    CONFIG_NAME: "inställningar, bortkommenterade tills ni väljer",
    ".gitignore": "det som inte ska in i git",
    ".gitattributes": "hur git hanterar insatserna",
}
_SHARED_DOCUMENTS = f"{DOCUMENTS_FOLDER}/ hålls inte utanför git, för där finns filer som git redan följer."
_NOT_PREPARED = "Mappen är inte förberedd än. Kör också: utb init"
_NO_REPOSITORY = (
    "Mappen ligger inte i git, så det som är till för git är inte med. Vill ni dela mappen: kör git init, "
    "och sedan utb init igen."
)
_NO_GIT = (
    f"Git är inte installerat här, så klonen är inte inställd. Installera git, och kör sedan: {PREPARE_CLONE}"
)
_SET_IN_CLONE = (
    "Git ställs in i den här klonen, och bara här: git får slå samman insatser svar för svar, och visa "
    "ändringar som svar, genom att starta utb. Så här skrivs det i git, förkortat:"
)
_LONGEST_SETTING = 48
_MOST_CLONES = 5
_OWN_DRIVER = f"{DRIVER} är redan inställd på något annat, och klonen lämnas som den är."


class Forge(StrEnum):
    """A place where teams keep their repository, and which can check each change for them."""

    GITHUB = "github"
    GITLAB = "gitlab"

    @property
    def place(self) -> str:
        """Where its workflow lies in a repository."""
        return ".github/workflows/utb.yml" if self is Forge.GITHUB else ".gitlab-ci.yml"


def forge_meant(word: str) -> Forge:
    """The forge that a person names. Raises WrongUse with a suggestion when there is none."""
    for forge in Forge:
        if forge == fold(word):
            return forge
    hint = did_you_mean(word, list(Forge)) or f"Skriv {Forge.GITHUB} eller {Forge.GITLAB}."
    raise WrongUse(f"”{word}” känner utb inte till. {hint}")


@dataclass(frozen=True)
class Preparation:
    """What is to be written in a folder and in the clone it lies in, and what is left as it stands."""

    folder: TeamFolder
    repository: GitRepository | None
    additions: tuple[Addition, ...]
    settings: Mapping[str, str]
    """What git is to be set to in this clone, by key."""
    notes: tuple[str, ...]
    """What is left out, and how it is added later."""

    @property
    def is_needed(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.settings or any(addition.text for addition in self.additions))

    @property
    def root(self) -> Path:
        """The folder out of which nothing is written: the repository's, or the folder itself."""
        return self.repository.top if self.repository else self.folder.home

    @property
    def forges(self) -> tuple[Forge, ...]:
        """Those whose workflow could be written: the one that the repository is fetched from, else each."""
        if self.repository is None:
            return ()
        origin = self.repository.settings().get("remote.origin.url", "").casefold()
        meant = tuple(forge for forge in Forge if forge in origin) or tuple(Forge)
        return meant if all(self._workflow(forge, self.repository).text for forge in meant) else ()

    @property
    def workflows(self) -> frozenset[Path]:
        """Where workflows lie."""
        return frozenset(self.root / forge.place for forge in Forge)

    def with_workflow(self, forge: Forge) -> Preparation:
        """The same with the workflow of a forge too. Raises WrongUse outside a repository."""
        if self.repository is None:
            raise WrongUse(f"{forge.place} hör hemma i ett gitrepo. Kör git init först.")
        return replace(self, additions=(*self.additions, self._workflow(forge, self.repository)))

    def _workflow(self, forge: Forge, repository: GitRepository) -> Addition:
        return shipped_file(repository.top / forge.place, f"{forge}.yml", self.root)

    def carry_out(self) -> Iterator[Path]:
        """Writes it all, and gives each file as it is written. Raises Conflict or Broken, and GitTrouble."""
        for addition in self.additions:
            if addition.text:
                add(addition, self.root)
                yield addition.path
        for key, value in self.settings.items():
            if self.repository:
                self.repository.set_for_this_clone(key, value)


def preparation(named: str | None, *, only_clone: bool = False) -> Preparation:
    """What there is to prepare in the folder that is meant, or only in the clone that it lies in.

    Raises WrongUse and Broken as `team_folder`, and WrongUse for the clone where there is none.
    """
    folder = team_folder(named)
    repository, trouble = _repository(folder)
    if only_clone and repository is None:
        raise WrongUse(
            f"{shown(folder.home)} är ingen klon att ställa in. {_clone_inside(folder) or trouble}"
        )
    settings = lacking_settings(repository) if repository else {}
    notes = [trouble, "" if settings is not None else _OWN_DRIVER]
    additions: tuple[Addition, ...] = ()
    if only_clone:
        is_asked = repository is not None and asks_for_us(folder.dossiers, repository.top)
        notes.append("" if is_asked else _NOT_PREPARED)
    else:
        has_documents = repository is not None and _keeps_documents(folder, repository)
        notes.append(_SHARED_DOCUMENTS if has_documents else "")
        additions = tuple(_additions(folder, repository, has_documents=has_documents))
    return Preparation(folder, repository, additions, settings or {}, tuple(filter(None, notes)))


def _clone_inside(folder: TeamFolder) -> str:
    """Where to go when the clone lies in the folder that somebody stands in; empty when none does."""
    clones = clones_in(folder.nearest)
    if len(clones) == 1:
        return f"Gå först in i mappen: cd {shlex.quote(clones[0])}"
    return f"Gå först in i en av mapparna med cd: {joined(clones, 'eller', _MOST_CLONES)}." if clones else ""


def _repository(folder: TeamFolder) -> tuple[GitRepository | None, str]:
    """The repository of a folder, or why it has none that can be used."""
    try:
        repository = GitRepository.around(folder.nearest)
    except GitTrouble as error:
        return None, str(error)
    return repository, "" if repository else _NO_GIT if _is_in_git(folder) else _NO_REPOSITORY


def _is_in_git(folder: TeamFolder) -> bool:
    return repository_of(folder.nearest / CONFIG_NAME) is not None


def _keeps_documents(folder: TeamFolder, repository: GitRepository) -> bool:
    return bool(repository.files_at("", folder.home / DOCUMENTS_FOLDER))


def _additions(
    folder: TeamFolder, repository: GitRepository | None, *, has_documents: bool
) -> Iterator[Addition]:
    top = repository.top if repository else folder.home
    yield shipped_file(folder.settings_file, CONFIG_NAME, folder.settings_file.parent)
    if _is_in_git(folder):
        ignored = tuple(_ignored(folder, has_documents=has_documents))
        yield missing_lines(folder.home / ".gitignore", _IGNORED, ignored, top)
        yield missing_lines(folder.home / ".gitattributes", _DOSSIERS, (_attributes(folder),), top)


def _ignored(folder: TeamFolder, *, has_documents: bool) -> Iterator[str]:
    if not has_documents:
        yield f"/{DOCUMENTS_FOLDER}/"
    initiatives = _pattern(folder)
    yield f"{initiatives}{INBOX_FOLDER}/"
    yield from (f"{initiatives}**/{copy}" for copy in COPY_PATTERNS)
    yield TEMP_PATTERN
    yield f"{EXAMPLE_FOLDER}/"


def _attributes(folder: TeamFolder) -> str:
    pattern = f"{_pattern(folder)}**/*.md"
    if set(pattern) & set(' "\\'):  # in this file a blank ends a pattern
        escaped = pattern.replace("\\", "\\\\").replace('"', '\\"')
        pattern = f'"{escaped}"'
    return f"{pattern} text eol=lf {MERGED_BY_US} diff=utb"


def _pattern(folder: TeamFolder) -> str:
    """The folder of the dossiers as git writes it in its files, with a slash before and after."""
    return f"/{folder.below.translate(_SPECIAL)}/" if folder.below else "/"


# ---------------------------------------------------------------- in words


def planned_in_words(plan: Preparation) -> list[str]:
    """What is to be written, file by file, and what is left as it stands; each a line."""
    lines = [f"Mappen är {shown(plan.folder.home)}."]
    lines += [line for addition in plan.additions for line in _addition_in_words(addition)]
    if plan.settings:
        lines.append(_SET_IN_CLONE)
        lines += [f"  {key} = {shortened(value, _LONGEST_SETTING)}" for key, value in plan.settings.items()]
    if not plan.is_needed and not is_folder(plan.folder.home):
        what = f"för {shown(plan.folder.settings_file)} gäller redan där. Den görs av den första insatsen."
        lines.append(f"{shown(plan.folder.home)} finns inte än och görs inte nu, {what}")
    return [*lines, *plan.notes]


def _addition_in_words(addition: Addition) -> list[str]:
    name = shown(addition.path)
    if addition.trouble:
        return [f"{name} lämnas som den är. {addition.trouble}"]
    if not addition.text:
        return [f"{name} finns och ändras inte."]
    about = _ABOUT.get(addition.path.name, "en kontroll av varje ändring som föreslås")
    if addition.fingerprint is None:
        return [f"{name} är ny: {about}.", *(f"  {line}" for line in addition.lines)]
    return [f"{name} får de rader som saknas, sist i filen:", *(f"  {line}" for line in addition.lines)]


def commands_to_share(plan: Preparation, written: Sequence[Path]) -> list[str]:
    """The commands with which a person takes what was written into git; none outside a repository."""
    if plan.repository is None or not written:
        return []
    names = " ".join(shlex.quote(shown(path)) for path in written)
    commands = [f"git add {names}"]
    if plan.repository.has_other_line_ends(plan.folder.dossiers):
        commands.append(f"git add --renormalize {shlex.quote(shown(plan.folder.dossiers))}")
    return [*commands, 'git commit -m "Förbered mappen för utb"']
