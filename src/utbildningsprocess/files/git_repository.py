"""A git repository, asked by git itself: which commit a name means, and what stood in a file there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import did_you_mean, in_quotation_marks, joined, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_STAGED = "GIT_INDEX_FILE"
"""Where a hook has what is staged. What else git exports there may be about another folder."""
_OBJECT = re.compile(rb"[0-9a-f]{40,64} [a-z]+ (\d+)")
"""What git says before the bytes of something it has."""
_MAIN_BRANCHES = ("main", "master")
"""What the branch that a repository begins with is called, as git is set."""
_MOST_BRANCHES = 8
_AS_IT_IS = ("--no-pager", "--literal-pathspecs", "-c", "core.quotePath=false", "-c", "core.fsmonitor=false")


class GitTrouble(Broken):
    """Git could not say what was asked of it."""


@dataclass(frozen=True)
class GitRepository:
    """A repository with a working tree, and what git knows of it."""

    top: Path

    @classmethod
    def around(cls, folder: Path) -> GitRepository | None:
        """The repository that a folder lies in; None outside any, and where git is not installed.

        Raises GitTrouble when git will not look at the repository that is there.
        """
        if not any((place / ".git").exists() for place in (folder.resolve(), *folder.resolve().parents)):
            return None
        if shutil.which("git") is None:
            return None
        top = cls(folder.resolve()).ask("rev-parse", "--show-toplevel").decode("utf-8", "surrogateescape")
        return cls(Path(top.removesuffix("\n")))

    def ask(self, *arguments: str, said: bytes = b"") -> bytes:
        """What git answers to a command that only reads. Raises GitTrouble when it cannot."""
        done = self._run(arguments, said)
        if done.returncode:
            raise GitTrouble(_why_not(self.top, done.stderr.decode("utf-8", "replace")))
        return done.stdout

    def commit_of(self, name: str) -> str:
        """The id of the commit that a name means: a branch, a tag, an id. Raises WrongUse when none does."""
        command = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        done = self._run(command)
        if done.returncode:
            asked = in_quotation_marks(name, 60)
            raise WrongUse(
                f"Git känner inte till {asked} i {shown(self.top)}. Ange en gren, en tagg eller en ändring."
            )
        return done.stdout.decode("ascii").strip()

    def parting(self, name: str) -> str:
        """The id of the last commit that what is checked out shares with a branch, a tag or a commit.

        Empty for HEAD while there is no commit at all. Raises WrongUse when git does not know of any.
        """
        if name == "HEAD" and self._run(("rev-parse", "--verify", "--quiet", "HEAD")).returncode:
            return ""
        try:
            wanted = self.commit_of(name)
        except WrongUse as unknown:
            hint = self._shallow_in_words() or self._nearest_branch(name)
            raise WrongUse(f"{unknown}{hint}") from None
        done = self._run(("merge-base", wanted, self.commit_of("HEAD")))
        if done.returncode:
            asked = in_quotation_marks(name, 60)
            what = f"Git hittar ingen gemensam ändring för {asked} och HEAD i {shown(self.top)}."
            raise WrongUse(f"{what}{self._shallow_in_words()}")
        return done.stdout.decode("ascii").strip()

    def _nearest_branch(self, name: str) -> str:
        """The branch that somebody may mean, or which there are; nothing where there is none."""
        said = self.ask("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads", "refs/remotes")
        names = said.decode("utf-8", "replace").split("\n")[:-1]
        branches = [branch for branch in names if not branch.endswith("/HEAD")]
        tips = [branch for branch in branches if branch.rpartition("/")[2] in _MAIN_BRANCHES]
        if name in _MAIN_BRANCHES and tips:
            return f" Menade du {tips[0]}?"
        hint = did_you_mean(name, branches)
        return (
            f" {hint}" if hint else f" Här finns {joined(branches, most=_MOST_BRANCHES)}." if branches else ""
        )

    def _shallow_in_words(self) -> str:
        """What to do where the clone has only the last commits; nothing in a whole one."""
        is_shallow = self.ask("rev-parse", "--is-shallow-repository").strip() == b"true"
        return " Klonen är grund. Hämta resten av historiken: git fetch --unshallow" if is_shallow else ""

    def changed_since(self, commit: str, *, staged: bool) -> set[str]:
        """The files that differ from a commit, or from the last when it is empty, as paths from the top.

        Either what git has staged differs, or what lies there of the files that git knows.
        """
        return self._differing("d", commit, staged=staged)

    def gone_since(self, commit: str, *, staged: bool) -> set[str]:
        """The files of a commit that are no longer where they were, as paths from the top.

        Where a link or a folder has taken the place of a file, that is gone.
        """
        return self._differing("DT", commit, staged=staged)

    def _differing(self, kinds: str, commit: str, *, staged: bool) -> set[str]:
        where = ("--cached",) if staged else ()
        options = ("--name-only", "--no-renames", "--no-ext-diff", f"--diff-filter={kinds}", "-z")
        names = self.ask("diff", *where, *options, *filter(None, [commit]), "--")
        return {os.fsdecode(name) for name in names.split(b"\0") if name}

    def files_at(self, commit: str, folder: Path) -> list[str]:
        """The files below a folder at a commit, or staged when the commit is empty, as paths from the top."""
        below = self.path_from_top(folder)
        listed = ("ls-files",) if not commit else ("ls-tree", "-r", "--name-only", "--full-tree", commit)
        names = self.ask(*listed, "-z", "--", *([below] if below else []))
        return [os.fsdecode(name) for name in names.split(b"\0") if name]

    def files_here(self, folder: Path) -> list[str]:
        """The files below a folder that git knows or may be told of, as paths from the top, each once."""
        options = ("--cached", "--others", "--exclude-standard", "-z")
        names = self.ask("ls-files", *options, "--", self.path_from_top(folder) or ".")
        return [os.fsdecode(name) for name in dict.fromkeys(names.split(b"\0")) if name]

    def has_other_line_ends(self, folder: Path) -> bool:
        """Whether a file below a folder is kept with the line ends of Windows."""
        listed = self.ask("ls-files", "--eol", "-z", "--", self.path_from_top(folder) or ".")
        return any(entry.startswith((b"i/crlf", b"i/mixed")) for entry in listed.split(b"\0"))

    def texts_at(self, commit: str, paths: Iterable[str]) -> Iterator[bytes | None]:
        """What stood in files, given as paths from the top, at a commit, or is staged when it is empty.

        None for a file that was not there.
        """
        wanted = [f"{commit}:{path}".encode("utf-8", "surrogateescape") for path in paths]
        try:
            yield from self.objects(wanted)
        except GitTrouble:
            self._refuse_unread(wanted)
            raise

    def known_texts(self, commit: str, paths: Sequence[str]) -> Iterator[bytes]:
        """The same of files that the commit is known to have. Raises GitTrouble for one that git has lost."""
        for path, data in zip(paths, self.texts_at(commit, paths), strict=True):
            if data is None:
                self._refuse_unread([f"{commit}:{path}".encode("utf-8", "surrogateescape")])
            yield data or b""

    def _refuse_unread(self, names: Iterable[bytes]) -> None:
        """Raises GitTrouble for the first object that git cannot give, by its path."""
        for name in map(os.fsdecode, names):
            done = self._run(("cat-file", "blob", name))
            if done.returncode:
                commit, _, path = name.partition(":")
                where = f"i ändringen {commit[:7]}" if commit else "som är tillagd med git add"
                why = _git_says(done.stderr.decode("utf-8", "replace"))
                raise GitTrouble(
                    f"Git kunde inte läsa {visible(path)} {where}.{why} Hämta repot på nytt i en egen mapp."
                )

    def objects(self, names: Iterable[bytes]) -> Iterator[bytes | None]:
        """The bytes of what git calls by each name, in that order; None where it has nothing."""
        # A name of two lines, which no dossier has, is asked for by what git knows to be nothing.
        asked = b"".join((name if b"\n" not in name else b":") + b"\n" for name in names)
        answer, at = self.ask("cat-file", "--batch", said=asked), 0
        while at < len(answer):
            end = answer.index(b"\n", at)
            head = _OBJECT.fullmatch(answer, at, end)
            size = int(head[1]) if head else -1
            yield answer[end + 1 : end + 1 + size] if head else None
            at = end + 1 + size + 1

    def settings(self) -> dict[str, str]:
        """What git is set to, in this clone or for the person, by key in small letters."""
        entries = self.ask("config", "--list", "-z").decode("utf-8", "replace").split("\0")
        return {key: value for key, _, value in (entry.partition("\n") for entry in entries) if key}

    def set_for_this_clone(self, key: str, value: str) -> None:
        """Sets a key of git's for this clone alone: the one thing here that writes. Raises GitTrouble."""
        done = self._run(("config", "--local", key, value))
        if done.returncode:
            complaint = _git_says(done.stderr.decode("utf-8", "replace"))
            what = "Kontrollera att du får skriva i mappen .git, och försök igen."
            raise GitTrouble(f"Git kunde inte ställa in {key} i {shown(self.top)}.{complaint} {what}")

    def path_from_top(self, path: Path) -> str:
        """The path of a file or folder from the top, with slashes; empty for the top itself."""
        below = path.resolve().relative_to(self.top.resolve()).as_posix()
        return "" if below == "." else below

    def _run(self, arguments: Iterable[str], said: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        if staged := os.environ.get(_STAGED):
            kept[_STAGED] = os.path.abspath(staged)  # noqa: PTH100  as git means it: from where the hook stands
        # No lock is taken for what only reads, and git's own words are in one language.
        environment = kept | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"}
        return subprocess.run(  # noqa: S603  git, as the person has installed it
            ["git", *_AS_IT_IS, *arguments],  # noqa: S607  wherever it stands in the path
            cwd=self.top,
            env=environment,
            input=said,
            capture_output=True,
            check=False,
        )


def _why_not(top: Path, complaint: str) -> str:
    place = shown(top)
    if "dubious ownership" in complaint:
        return (
            f"Git läser inte {place}, för mappen ägs av ett annat konto. Be den som sköter datorn om hjälp."
        )
    return f"Git kunde inte läsa {place}.{_git_says(complaint)}"


def _git_says(complaint: str) -> str:
    """The last line of what git complains of, as a sentence after another; nothing when it says nothing."""
    lines = complaint.strip().splitlines()
    return f" Git säger: {visible(lines[-1]).removesuffix('.')}." if lines else ""
