"""A git repository is asked by git itself, whatever a hook around it has set, and never changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from git_repo import git
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.git_repository import GitRepository, GitTrouble

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "Första å\n", "Andra ä\n"


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    unit = tmp_path / "enhet å"
    unit.mkdir()
    git(tmp_path, "init", "-q", "-b", "main")
    (unit / "natt å.md").write_text(FIRST, "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "ett")
    (unit / "natt å.md").write_text(SECOND, "utf-8")
    around = GitRepository.around(unit)
    assert around is not None
    return around


def test_what_stood_in_a_file_at_a_commit_and_what_is_staged_are_told_apart(
    repository: GitRepository,
) -> None:
    unit = repository.top / "enhet å"
    commit = repository.commit_of("main")
    git(repository.top, "add", "-A")
    (unit / "natt å.md").write_text("Tredje\n", "utf-8")
    (path,) = repository.files_at(commit, unit)
    assert path == "enhet å/natt å.md" == repository.path_from_top(unit / "natt å.md")
    wanted = [path, "finns inte å.md", "två\nrader.md", path]
    first = FIRST.encode()
    assert list(repository.texts_at(commit, wanted)) == [first, None, None, first]
    assert list(repository.texts_at("", [path])) == [SECOND.encode()]
    assert repository.files_at("", repository.top) == [path]


def test_a_hook_s_folder_is_not_taken_for_this_one_but_what_it_has_staged_is(
    repository: GitRepository, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("annan")
    git(elsewhere, "init", "-q")
    index = repository.top / ".git" / "index-för-kroken"
    index.write_bytes((repository.top / ".git" / "index").read_bytes())
    monkeypatch.chdir(repository.top)
    monkeypatch.setenv("GIT_DIR", str(elsewhere / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", f".git/{index.name}")
    (repository.top / "ny.md").write_text("Ny\n", "utf-8")
    git(repository.top, "add", "-A")  # in the index of the repository, not in the hook's
    assert repository.files_at("", repository.top) == ["enhet å/natt å.md"]
    assert list(repository.texts_at("", ["enhet å/natt å.md"])) == [FIRST.encode()]


def test_nothing_in_the_repository_is_changed_by_asking(repository: GitRepository) -> None:
    def inside() -> dict[str, tuple[int, bytes]]:
        files = [path for path in repository.top.rglob("*") if path.is_file()]
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = inside()
    repository.ask("status", "--porcelain")
    list(repository.texts_at(repository.commit_of("HEAD"), ["enhet å/natt å.md"]))
    assert inside() == before


@pytest.mark.parametrize(
    "name", ["", "okänd", "--all", "HEAD:enhet å/natt å.md", "a b", "\x1b[31m", "å" * 300]
)
def test_a_name_that_is_no_commit_is_one_sentence(repository: GitRepository, name: str) -> None:
    with pytest.raises(WrongUse, match="Git känner inte till") as trouble:
        repository.commit_of(name)
    assert "\n" not in str(trouble.value)
    assert "\x1b" not in str(trouble.value)


def test_outside_a_repository_there_is_none(tmp_path: Path) -> None:
    assert GitRepository.around(tmp_path) is None


def test_a_machine_without_git_has_no_repository(
    repository: GitRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    assert GitRepository.around(repository.top) is None


def test_a_damaged_repository_is_a_sentence(repository: GitRepository) -> None:
    (repository.top / ".git" / "HEAD").write_text("skräp\n", "utf-8")
    with pytest.raises(GitTrouble, match="Git kunde inte läsa"):
        GitRepository.around(repository.top)
