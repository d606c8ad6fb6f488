"""`utb init`: a folder is prepared for a team in git, nothing that stands there is touched, and the clone is set."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from git_repo import git, git_says
from utbildningsprocess import __version__
from utbildningsprocess.data_files.program_version import is_too_old_for
from utbildningsprocess.files.copies import COPY_PATTERNS, KEPT_MARK
from utbildningsprocess.files.glance import original_of
from utbildningsprocess.settings import Settings, read_settings
from utbildningsprocess.steps import STEPS

SHIPPED = Path(__file__).parents[2] / "templates" / "git"
EDGE = ("utb.yaml", ".gitignore", ".gitattributes")
MERGED = "/insatser/**/*.md text eol=lf merge=utb diff=utb"
STEPS_OF_ALL = "\n\n".join(f"## {step.name}" for step in STEPS)
NOTHING = "Inget behöver skrivas. Inget har ändrats.\n"
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


@pytest.fixture
def repo(utb):
    """The folder of the tests as a real repository."""
    (utb.folder / ".git").rmdir()
    git(utb.folder, "init", "-q", "-b", "main")
    return utb.folder


@pytest.fixture
def plain(utb):
    """The folder of the tests outside any repository."""
    (utb.folder / ".git").rmdir()
    return utb.folder


def dossier(folder: Path, name: str) -> Path:
    """A dossier with nothing in it; gives its path."""
    path = folder / "insatser" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"<!-- utb:dossier 1 -->\n\n# {name}\n\n{STEPS_OF_ALL}\n", "utf-8")
    return path


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(folder).parts
    }


def test_in_a_repository_the_files_are_written_and_the_clone_is_set_and_only_there(utb, repo):
    outcome = utb("init", "--ja")
    assert (outcome.code, outcome.out.split()) == (0, list(EDGE))
    assert sorted(files_in(repo)) == sorted(EDGE)
    assert "git add utb.yaml .gitignore .gitattributes\n" in outcome.err
    assert "utb init --klon" in outcome.err.splitlines()[-1]
    assert MERGED in (repo / ".gitattributes").read_text("utf-8").splitlines()
    set_here = git_says(repo, "config", "--local", "--name-only", "--get-regexp", "utb").split()
    assert set_here == ["merge.utb.name", "merge.utb.driver", "diff.utb.textconv"]
    assert not [hook for hook in (repo / ".git/hooks").iterdir() if hook.suffix != ".sample"]
    assert git_says(repo, "log", "--all", "--oneline") == ""


def test_run_again_it_changes_nothing_and_says_so(utb, repo):
    utb("init", "--ja")
    before, config = files_in(repo), (repo / ".git/config").read_bytes()
    for arguments in (("init", "--ja"), ("init",), ("init", "--klon")):
        outcome = utb(*arguments)
        assert (outcome.code, outcome.out, outcome.err.endswith(NOTHING)) == (0, "", True)
    assert (files_in(repo), (repo / ".git/config").read_bytes()) == (before, config)


def test_without_a_yes_nothing_is_written_and_it_says_what_would_be(utb, repo):
    for stdin, code in ((None, 2), ("", 2), ("n\n", 0)):
        outcome = utb("init", stdin=stdin)
        assert (outcome.code, files_in(repo)) == (code, {})
        assert "utb.yaml är ny" in outcome.err
        assert f"  {MERGED}\n" in outcome.err
        assert "git får slå samman insatser svar för svar, och visa" in " ".join(outcome.err.split())
        assert re.search(r"\n  merge\.utb\.driver = .{,48} …\n", outcome.err)
        assert "Inget har skrivits." in outcome.err
    assert "--ja" in utb("init").err
    assert git_says(repo, "config", "--local", "--get-regexp", "utb") == ""
    assert utb("init", stdin="j\n").code == 0
    assert sorted(files_in(repo)) == sorted(EDGE)


def test_a_plain_folder_gets_its_settings_and_hears_how_git_is_added(utb, plain):
    outcome = utb("init", "--ja")
    assert (outcome.code, list(files_in(plain))) == (0, ["utb.yaml"])
    assert "kör git init, och sedan utb init igen" in outcome.err
    assert "git add" not in outcome.err
    git(plain, "init", "-q")
    assert utb("init", "--ja").out.split() == [".gitignore", ".gitattributes"]


def test_where_git_is_not_installed_the_files_are_written_and_it_says_what_is_left(utb, repo, monkeypatch):
    monkeypatch.setenv("PATH", str(repo))
    outcome = utb("init", "--ja")
    assert (outcome.code, sorted(files_in(repo))) == (0, sorted(EDGE))
    assert "Git är inte installerat här" in outcome.err
    assert "utb init --klon" in outcome.err
    assert (utb("init", "--klon").code, "är ingen klon att ställa in" in utb("init", "--klon").err) == (
        2,
        True,
    )


def test_a_folder_that_git_cannot_read_is_prepared_and_what_git_said_is_told(utb):
    outcome = utb("init", "--ja")
    assert (outcome.code, sorted(files_in(utb.folder))) == (0, sorted(EDGE))
    assert "Git kunde inte läsa" in outcome.err


def test_a_folder_that_is_named_is_made(utb, plain):
    assert utb("init", "nya/enheten", "--ja").out == "nya/enheten/utb.yaml\n"
    git(plain, "init", "-q")
    assert utb("init", "andra", "--ja").out.split() == [f"andra/{name}" for name in EDGE]


def test_a_folder_that_needs_no_file_of_its_own_is_not_made_and_that_is_told(utb, plain):
    (plain / "utb.yaml").write_text("organisation: Hela regionen\n", "utf-8")
    outcome = utb("init", "nya/djupa/mapp", "--ja")
    assert (outcome.code, outcome.out) == (0, "")
    assert "nya/djupa/mapp finns inte än och görs inte nu, för utb.yaml gäller redan där." in outcome.err
    assert not (plain / "nya").exists()


@pytest.mark.parametrize("below", ["insatser", "insatser/arkiv"])
@pytest.mark.parametrize("name", [(), (".",)])
def test_from_among_the_initiatives_it_is_the_folder_above_that_is_prepared(
    utb, repo, monkeypatch, below, name
):
    (repo / below).mkdir(parents=True)
    monkeypatch.chdir(repo / below)
    assert utb("init", *name, "--ja").code == 0
    assert sorted(files_in(repo)) == sorted(EDGE)


def test_a_unit_of_a_larger_repository_gets_files_of_its_own_and_the_rest_is_left(utb, repo, monkeypatch):
    (repo / ".gitattributes").write_bytes(b"*.md merge=union\n")
    unit = repo / "enheter" / "medicin"
    unit.mkdir(parents=True)
    monkeypatch.chdir(unit)
    assert utb("init", "--ja").out.split() == list(EDGE)
    assert (repo / ".gitattributes").read_bytes() == b"*.md merge=union\n"
    monkeypatch.chdir(repo)
    attributes = git_says(repo, "check-attr", "merge", "--", "enheter/medicin/insatser/a.md", "README.md")
    assert re.findall(r"merge: (\w+)", attributes) == ["utb", "union"]
    ignored = ["dokument/a.md", "enheter/medicin/dokument/a.md", "enheter/medicin/insatser/inkommet/a.eml"]
    assert git_says(repo, "check-ignore", *ignored).split() == ignored[1:]


def test_a_unit_below_settings_gets_none_that_would_hide_them(utb, repo):
    (repo / "utb.yaml").write_text("organisation: Hela regionen\nmapp: arbeten\n", "utf-8")
    outcome = utb("init", "enheter/medicin", "--ja")
    assert outcome.out.split() == ["enheter/medicin/.gitignore", "enheter/medicin/.gitattributes"]
    assert "\nutb.yaml finns och ändras inte." in f"\n{outcome.err}"
    assert "/arbeten/**/*.md " in (repo / "enheter/medicin/.gitattributes").read_text("utf-8")


def test_standing_below_settings_it_is_their_folder_that_is_prepared(utb, repo, monkeypatch):
    (repo / "utb.yaml").write_text("organisation: Hela regionen\n", "utf-8")
    (repo / "annat").mkdir()
    monkeypatch.chdir(repo / "annat")
    assert utb("init", "--ja").code == 0
    assert sorted(files_in(repo)) == sorted(EDGE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"*.pyc\n", b"*.pyc\n# utb"),
        (b"*.pyc", b"*.pyc\n# utb"),
        (b"*.pyc\r\n", b"*.pyc\r\n# utb"),
        (b"a\r\nb", b"a\r\nb\r\n# utb"),
        ("\ufeffå*\n".encode(), "\ufeffå*\n# utb".encode()),
        (b"\xef\xbb\xbf", b"\xef\xbb\xbf# utb"),
        (b"", b"# utb"),
    ],
)
def test_what_stands_there_stays_byte_for_byte_and_what_is_missing_comes_last(utb, repo, before, after):
    own = b"# v\xc3\xa5r egen\r\nesther: patienten"
    (repo / "utb.yaml").write_bytes(own)
    for name in EDGE[1:]:
        (repo / name).write_bytes(before)
    assert utb("init", "--ja").out.split() == list(EDGE[1:])
    assert (repo / "utb.yaml").read_bytes() == own
    for name in EDGE[1:]:
        data = (repo / name).read_bytes()
        assert data.startswith(after)
        assert data.endswith(b"\n")
        assert data.count(b"\r\n") in (0, data.count(b"\n"))
    assert utb("init", "--ja").err.endswith(NOTHING)


def test_a_line_that_stands_there_another_way_or_the_other_way_round_is_not_written_again(utb, repo):
    (repo / ".gitignore").write_text("dokument\n!insatser/inkommet\n*.pyc\n", "utf-8")
    (repo / ".gitattributes").write_text(MERGED.replace(" ", "   "), "utf-8")
    assert utb("init", "--ja").out.split() == list(EDGE[:2])
    lines = (repo / ".gitignore").read_text("utf-8").splitlines()
    assert ("/dokument/" in lines, "/insatser/inkommet/" in lines, "utb-exempel/" in lines) == (
        False,
        False,
        True,
    )


@pytest.mark.parametrize("name", EDGE[1:])
def test_a_file_that_cannot_be_read_is_left_with_a_sentence_and_the_others_are_written(utb, repo, name):
    (repo / name).write_bytes(b"\xe5*\n")
    outcome = utb("init", "--ja")
    assert (outcome.code, outcome.out.split()) == (0, [other for other in EDGE if other != name])
    assert f"{name} lämnas som den är. {name}:1: texten är inte UTF-8." in outcome.err
    assert (repo / name).read_bytes() == b"\xe5*\n"


def test_a_folder_in_the_place_of_a_file_is_left_with_a_sentence(utb, repo):
    (repo / ".gitignore").mkdir()
    outcome = utb("init", "--ja")
    assert (outcome.code, ".gitignore är en mapp." in outcome.err) == (0, True)
    assert sorted(files_in(repo)) == [".gitattributes", "utb.yaml"]


@needs_links
def test_nothing_is_written_through_a_link_that_leads_out(utb, repo, tmp_path):
    outside = tmp_path / "utanfor"
    outside.write_text("*.pyc\n")
    (repo / ".gitignore").symlink_to(outside)
    (repo / "utb.yaml").symlink_to(tmp_path / "ingenstans.yaml")
    outcome = utb("init", "--ja")
    assert (outcome.code, outcome.out.split()) == (3, [])
    (repo / "utb.yaml").unlink()
    outcome = utb("init", "--ja")
    assert (outcome.code, outcome.out.split()) == (0, ["utb.yaml", ".gitattributes"])
    assert "är en länk till" in outcome.err
    assert outside.read_text() == "*.pyc\n"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights mean nothing there")
def test_a_folder_that_is_read_only_is_told_in_a_sentence(utb, repo):
    repo.chmod(0o500)
    try:
        outcome = utb("init", "--ja")
    finally:
        repo.chmod(0o700)
    assert (outcome.code, "utb.yaml kunde inte sparas" in outcome.err) == (3, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_a_full_disk_is_told_in_a_sentence(utb, repo, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    outcome = utb("init", "--ja")
    assert (outcome.code, outcome.err.splitlines()[-1].startswith("Fel: Disken är full: utb.yaml")) == (
        3,
        True,
    )
    assert files_in(repo) == {}


def test_a_clone_whose_settings_are_locked_is_told_in_a_sentence(utb, repo):
    (repo / ".git" / "config.lock").touch()
    outcome = utb("init", "--ja")
    assert (outcome.code, "Git kunde inte ställa in merge.utb.name" in outcome.err) == (3, True)
    assert sorted(files_in(repo)) == sorted(EDGE)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("fil.txt",), "fil.txt är en fil. Ange en mapp."),
        ((".git",), "Mappen .git är till för git."),
        (("--ci", "githb"), "Menade du github?"),
        (("--ci", "annan"), "Skriv github eller gitlab."),
        (("--ci", "github", "--klon"), "Kör dem var för sig."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_do(utb, repo, arguments, sentence):
    (repo / "fil.txt").touch()
    outcome = utb("init", *arguments, "--ja")
    assert (outcome.code, sentence in outcome.err, list(files_in(repo))) == (2, True, ["fil.txt"])


def test_settings_that_cannot_be_read_stop_it(utb, repo):
    (repo / "utb.yaml").write_text("mapp: ../ute\n")
    assert (utb("init", "--ja").code, list(files_in(repo))) == (3, ["utb.yaml"])


@pytest.mark.parametrize(
    "folder", ["våra insatser", "a/b", "[x] * \\'!", '"citat"'] if sys.platform != "win32" else ["a/b"]
)
def test_whatever_the_folder_is_called_git_means_the_same_files(utb, repo, folder):
    (repo / "utb.yaml").write_text("mapp: '{}'\n".format(folder.replace("'", "''")), "utf-8")
    path = repo / folder / "arkiv" / "a.md"
    path.parent.mkdir(parents=True)
    path.touch()
    inbox = repo / folder / "inkommet" / "brev.eml"
    inbox.parent.mkdir()
    inbox.touch()
    assert utb("init", "--ja").code == 0
    name = path.relative_to(repo).as_posix()
    assert git_says(repo, "check-attr", "-z", "merge", "--", name).split("\0")[2] == "utb"
    untracked = git_says(repo, "ls-files", "-z", "--others", "--exclude-standard").split("\0")
    assert sorted(untracked) == sorted(["", *EDGE, name])


def test_initiatives_at_the_top_of_the_folder_are_meant_too(utb, repo):
    (repo / "utb.yaml").write_text("mapp: .\n")
    utb("init", "--ja")
    attributes = git_says(repo, "check-attr", "merge", "--", "a.md", "arkiv/b.md", "a.txt")
    assert re.findall(r"merge: (\w+)", attributes) == ["utb", "utb", "unspecified"]


def test_copies_and_traces_are_left_out_of_git_and_initiatives_are_not(utb, repo):
    utb("init", "--ja")
    path = dossier(repo, "trygg-start")
    names = ["kopia1.md", f"md{KEPT_MARK}", f"md{KEPT_MARK}2"]
    copies = [f"insatser/trygg-start.{name}" for name in names]
    copies += ["insatser/trygg-start - kopia.md", "insatser/trygg-start (Annas konflikterade kopia).md"]
    copies += ["insatser/arkiv/trygg-start.sync-conflict-20260101-120000-ABCDEF.md"]
    others = ["insatser/.utb-0123456789ab.tmp", "utb-exempel/utb.yaml", "dokument/trygg-start/rapport.md"]
    for name in (*copies, *others):
        (repo / name).parent.mkdir(parents=True, exist_ok=True)
        (repo / name).touch()
    own = [f"insatser/{name}.md" for name in ("kopia-till-chefen", "konflikt-i-schemat", "copyright")]
    for name in own:
        (repo / name).write_bytes(path.read_bytes())
    untracked = git_says(repo, "ls-files", "--others", "--exclude-standard").splitlines()
    assert untracked == sorted([*EDGE, "insatser/trygg-start.md", *own])
    known = [
        name for name in copies if name.endswith(".md") and original_of(Path(name).stem, ["trygg-start"])
    ]
    assert len(known) == len(copies) - 2
    assert len(COPY_PATTERNS) == 5


def test_documents_that_the_team_keeps_in_git_are_not_shut_out(utb, repo):
    (repo / "dokument").mkdir()
    (repo / "dokument/policy.md").touch()
    git(repo, "add", "-A")
    outcome = utb("init", "--ja")
    assert "dokument/ hålls inte utanför git" in outcome.err
    assert "/dokument/" not in (repo / ".gitignore").read_text("utf-8")


def test_dossiers_kept_with_the_line_ends_of_windows_get_the_command_that_mends_them(utb, repo):
    path = dossier(repo, "larm")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    git(repo, "add", "-A")
    outcome = utb("init", "--ja")
    assert "  git add --renormalize insatser\n" in outcome.err
    commands = re.findall(r"^  (git .*)$", outcome.err, re.MULTILINE)
    for command in commands[:-1]:
        git(repo, *command.split()[1:])
    assert "i/crlf" not in git_says(repo, "ls-files", "--eol")


# ------------------------------------------------------------------ the clone


def test_the_next_person_sets_only_the_clone(utb, repo, tmp_path, monkeypatch):
    utb("init", "--ja")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "ett")
    clone = tmp_path / "klon"
    git(tmp_path, "clone", "-q", str(repo), str(clone))
    monkeypatch.chdir(clone)
    outcome = utb("init", "--klon", stdin="j\n")
    assert (outcome.code, outcome.out) == (0, "")
    assert "Klonen är inställd.\n" in outcome.err
    assert git_says(clone, "config", "--local", "merge.utb.driver").strip()
    assert git_says(clone, "status", "--porcelain") == ""
    assert utb("init", "--klon").err.endswith(NOTHING)


def test_outside_the_clone_it_says_into_which_folder_to_go(utb, plain):
    for number, advice in enumerate(("cd klon 0", "klon 0 eller klon 1"), 0):
        git(plain, "init", "-q", f"klon {number}")
        outcome = utb("init", "--klon", "--ja")
        assert outcome.code == 2
        assert advice.replace("cd klon 0", "Gå först in i mappen: cd 'klon 0'") in outcome.err


def test_a_clone_of_a_folder_that_is_not_prepared_hears_of_it(utb, repo):
    assert "Mappen är inte förberedd än. Kör också: utb init" in utb("init", "--klon", "--ja").err


def test_a_driver_of_somebody_else_s_is_left(utb, repo):
    git(repo, "config", "merge.utb.driver", "eget %A")
    assert "är redan inställd på något annat" in utb("init", "--ja").err
    assert git_says(repo, "config", "--local", "--get-regexp", "utb") == "merge.utb.driver eget %A\n"


def test_a_clone_whose_program_has_moved_is_set_anew(utb, repo):
    utb("init", "--ja")
    now = git_says(repo, "config", "merge.utb.driver")
    git(repo, "config", "merge.utb.driver", "/borta/python -m utbildningsprocess git-sammanfoga %O %A %B")
    assert utb("init", "--klon", "--ja").code == 0
    assert git_says(repo, "config", "merge.utb.driver") == now


def test_a_hook_s_folder_is_not_taken_for_this_one(utb, repo, tmp_path, monkeypatch):
    git(tmp_path, "init", "-q", "annan")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "annan" / ".git"))
    assert utb("init", "--ja").code == 0
    assert "utb" not in (tmp_path / "annan" / ".git" / "config").read_text()
    assert "utb" in (repo / ".git" / "config").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")
@pytest.mark.parametrize("is_in_path", [True, False])
def test_git_starts_the_program_by_its_name_only_where_other_windows_find_it_too(
    utb, repo, tmp_path, monkeypatch, is_in_path
):
    (tmp_path / "bin").mkdir()
    for name in ("sh", "git"):
        (tmp_path / "bin" / name).symlink_to(str(shutil.which(name)))
    if is_in_path:
        (tmp_path / "bin" / "utb").symlink_to("/bin/true")
    own = Path(sys.executable).parent
    monkeypatch.setenv("PATH", f"{own}{os.pathsep}{tmp_path / 'bin'}")
    utb("init", "--ja")
    driver = git_says(repo, "config", "merge.utb.driver")
    begins = "utb " if is_in_path else f"{sys.executable} -P -m utbildningsprocess "
    assert driver.startswith(f"{begins}git-sammanfoga %O %A %B %P")


def in_conflict(folder: Path) -> tuple[Path, str]:
    """A dossier that two branches have changed differently in a repository, merged; and the text of it then."""
    path = folder / "insatser" / "a.md"
    path.parent.mkdir(exist_ok=True)
    for checkout, text in ((["-b", "bas"], "bas\n"), (["-b", "deras"], "deras\n"), (["bas"], "vår\n")):
        git(folder, "checkout", "-q", *checkout)
        path.write_text(text, "utf-8")
        git(folder, "add", "-A")
        git(folder, "commit", "-qm", text.strip())
    git(folder, "merge", "-q", "deras", check=False)
    return path, path.read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")
@pytest.mark.parametrize("program", ["/finns/inte", "false", "sh -c 'exit 2'", "sh -c 'kill -9 $$'"])
def test_a_program_that_is_gone_or_fails_leaves_both_sides_in_a_conflict(utb, repo, program):
    utb("init", "--ja")
    driver = git_says(repo, "config", "merge.utb.driver").strip()
    git(repo, "config", "merge.utb.driver", f"{program} {driver[driver.index('git-sammanfoga') :]}")
    _, text = in_conflict(repo)
    assert re.search(r"<<<<<<< .*\nvår\n=======\nderas\n>>>>>>> ", text)
    assert git_says(repo, "ls-files", "-u").count("\n") == 3


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")
def test_a_program_that_has_left_its_own_conflict_is_believed(utb, repo):
    utb("init", "--ja")
    driver = git_says(repo, "config", "merge.utb.driver").strip()
    own = repo / ".git" / "egen"
    own.write_text('#!/bin/sh\nprintf "<<<<<<< vi\\negen\\n=======\\n>>>>>>> de\\n" >"$3"\nexit 1\n')
    own.chmod(0o755)
    git(repo, "config", "merge.utb.driver", f"{own} {driver[driver.index('git-sammanfoga') :]}")
    _, text = in_conflict(repo)
    assert text == "<<<<<<< vi\negen\n=======\n>>>>>>> de\n"
    assert git_says(repo, "ls-files", "-u").count("\n") == 3


@pytest.mark.skipif(sys.platform == "win32", reason="a script of the shell")
def test_a_program_that_is_gone_does_not_keep_git_from_showing_changes(utb, repo):
    utb("init", "--ja")
    shows = git_says(repo, "config", "diff.utb.textconv").strip()
    git(repo, "config", "diff.utb.textconv", re.sub(r"\{ .*? visa", "{ /finns/inte visa", shows))
    (repo / "insatser").mkdir()
    (repo / "insatser" / "a.md").write_text("En rad\n", "utf-8")
    git(repo, "add", "-A")
    assert "+En rad" in git_says(repo, "diff", "--cached", "--", "insatser/a.md")


# ------------------------------------------------------------- the one sentence

HINT = "Git slår inte samman insatser svar för svar i den här klonen än. Ställ in det, en gång: utb init --klon\n"


@pytest.mark.parametrize(
    ("command", "titles"), [(("status",), ("larm",)), (("status",), ("larm", "natt")), ((), ("larm",))]
)
def test_a_clone_that_is_not_set_is_told_so_once(utb, repo, command, titles):
    for title in titles:
        dossier(repo, title)
    assert HINT not in utb(*command).err
    utb("init", "--ja")
    git(repo, "config", "--remove-section", "merge.utb")
    assert [HINT in utb(*command).err for _ in range(3)] == [True, False, False]
    assert "Noteringar: 1 fil" in utb("rensa").out
    utb("rensa", "noteringar")
    assert HINT in utb(*command).err


def test_a_clone_that_is_set_or_asks_for_nothing_hears_nothing(utb, repo):
    dossier(repo, "larm")
    utb("init", "--ja")
    assert HINT not in utb("status").err
    git(repo, "config", "--remove-section", "merge.utb")
    (repo / ".gitattributes").write_text("*.md text\n")
    assert HINT not in utb("status").err


# ---------------------------------------------------------------- the workflow


@pytest.mark.parametrize(
    ("forge", "name"), [("github", ".github/workflows/utb.yml"), ("GitLab", ".gitlab-ci.yml")]
)
def test_the_workflow_of_a_server_is_written_as_it_is_shipped_and_at_the_top(
    utb, repo, monkeypatch, forge, name
):
    (repo / "enhet").mkdir()
    monkeypatch.chdir(repo / "enhet")
    outcome = utb("init", "--ja", "--ci", forge)
    assert (outcome.code, (repo / name).read_bytes()) == (0, (SHIPPED / f"{forge.lower()}.yml").read_bytes())
    (repo / name).write_text("eget")
    outcome = utb("init", "--ja", "--ci", forge)
    assert (outcome.code, outcome.err.endswith(NOTHING), (repo / name).read_text()) == (0, True, "eget")


@pytest.mark.parametrize(
    ("keys", "origin", "written"),
    [
        ("j\n", "", None),
        ("j\n1\n", "", None),
        ("j\n\n", "", None),
        ("j\n3\n", "", ".gitlab-ci.yml"),
        ("j\n2\n", "git@gitlab.example:a/b.git", ".gitlab-ci.yml"),
        ("j\n2\n", "https://GitHub.com/a/b", ".github/workflows/utb.yml"),
    ],
)
def test_the_workflow_is_offered_with_no_as_the_answer_unless_somebody_says_otherwise(
    utb, repo, keys, origin, written
):
    if origin:
        git(repo, "remote", "add", "origin", origin)
    outcome = utb("init", stdin=keys)
    assert outcome.code == 0
    assert sorted(files_in(repo)) == sorted([*EDGE, *([written] if written else [])])
    assert "Ska varje ändring" not in utb("init", stdin="j\n").err


def test_outside_a_repository_there_is_no_workflow(utb, plain):
    outcome = utb("init", "--ja", "--ci", "github")
    assert (outcome.code, "Kör git init först." in outcome.err, files_in(plain)) == (2, True, {})


# --------------------------------------------------------------- what is shipped


def test_the_settings_that_are_shipped_decide_nothing_but_the_version_and_name_them_all(utb):
    text = (SHIPPED / "utb.yaml").read_text("utf-8")
    settings = read_settings(text, "utb.yaml")
    assert settings == Settings(minst_version=settings.lowest_version)
    assert settings.lowest_version
    assert not is_too_old_for(settings.lowest_version, __version__)
    on = re.sub(r"^# (?=\w+: )", "", text, flags=re.MULTILINE)
    named = read_settings(on, "utb.yaml").model_fields_set
    assert named == set(Settings.model_fields)


READING = (
    "status INSATS",
    "visa INSATS",
    "visa INSATS --format yaml",
    "svar INSATS behov.varfor",
    "diagnos INSATS",
    "granska INSATS",
    "laga INSATS --visa",
    "lista",
    "metod",
    "ord",
    "erfarenheter",
    "dokument",
    "dokument beslutsunderlag INSATS -o -",
    "samtal analys INSATS -o -",
    "rensa",
    "init",
    "init --klon",
)


def test_no_command_that_only_reads_changes_anything_that_git_would_see(utb, repo):
    utb("init", "--ja")
    path = utb.example()
    utb("dokument", "lardomar", path.stem, "--format", "md")
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "ett")
    before = files_in(repo)
    for command in READING:
        typed = [path.stem if word == "INSATS" else word for word in command.split()]
        assert utb(*typed).code == 0
        assert (command, files_in(repo)) == (command, before)
    assert git_says(repo, "status", "--porcelain") == ""
