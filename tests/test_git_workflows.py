"""The files for a forge and a hook do what docs/git.md says: their commands are run as they stand, in real clones."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from git_repo import git, git_environment
from utbildningsprocess.data_files.yaml_text import load_yaml

TOP = Path(__file__).parent.parent
FLOWS = TOP / "templates" / "git"
PROGRAMS = Path(sys.executable).parent
NUMBER = "811218-9876"  # Invented; its check digit is right.

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")


def flow(name: str):
    return load_yaml((FLOWS / name).read_text("utf-8"), name).value


def step(name: str) -> str:
    return next(
        step["run"] for step in flow("github.yml")["jobs"]["granska"]["steps"] if step.get("name") == name
    )


class Ended(NamedTuple):
    code: int
    out: str


@pytest.fixture
def clone(utb, tmp_path):
    """A clone of a repo in which something red stands in main already, on a branch of its own."""
    utb.dossier("Gammal", varfor="Vi behöver en kurs")
    utb.dossier("Natt")
    assert utb("svar", "gammal", "genomforande.bemanning", "ej_lost").code == 0
    git(utb.folder, "init", "-q", "-b", "main")
    git(utb.folder, "add", "-A")
    git(utb.folder, "commit", "-qm", "ett")
    clone = tmp_path / "klon"
    git(tmp_path, "clone", "-q", str(utb.folder), str(clone))
    git(clone, "checkout", "-qb", "gren")
    git(clone, "config", "user.name", "t")
    git(clone, "config", "user.email", "t@example.org")
    return clone


def run(clone: Path, script: str, **more: str) -> Ended:
    """As a forge runs the lines of a step."""
    path = os.pathsep.join([str(PROGRAMS), os.environ["PATH"]])
    environment = git_environment() | {"PATH": path, "CI": "true"} | more
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # the program is started many times
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=clone,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return Ended(done.returncode, done.stdout)


def on_github(clone: Path) -> Ended:
    git(clone, "commit", "-qam", "två")
    return run(clone, step("Granska det som är nytt"), GREN="origin/main")


def on_gitlab(clone: Path) -> Ended:
    git(clone, "commit", "-qam", "två")
    base = run(clone, "git merge-base origin/main HEAD").out.strip()
    script = "\n".join(flow("gitlab.yml")["granska"]["script"])
    ended = run(clone, script, CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    return Ended(ended.code, ended.out + (clone / "granskning.xml").read_text("utf-8"))


def in_a_hook(clone: Path) -> Ended:
    ((hook,),) = (repo["hooks"] for repo in flow("pre-commit.yaml")["repos"])
    path = clone / ".git" / "hooks" / "pre-commit"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\nexec {hook['entry']}\n", "utf-8")
    path.chmod(0o755)
    return run(clone, "git commit -qam två")


WAYS = {"github": on_github, "gitlab": on_gitlab, "hook": in_a_hook}
ANSWER = "\nDärför\n"
UNSOLVED = "<!-- utb:genomforande.bemanning -->\n"
BAD = {
    "a conflict": (ANSWER, "\n<<<<<<< HEAD\nDärför\n=======\nDärav\n>>>>>>> main\n", "git-konflikt"),
    "a personal number": (ANSWER, f"\nFråga {NUMBER}\n", "R32"),
    "a broken marker": ("<!-- /utb:behov.varfor -->\n", "", "behöver lagas innan den kan granskas"),
    "something newly red": (UNSOLVED, f"{UNSOLVED}\nDet är inte löst än\n", "R34"),
}


def change(clone: Path, old: str, new: str) -> None:
    path = clone / "insatser" / "natt.md"
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def every(*of_daily: tuple[str, str]):
    """Each way with each bad change; those that are not for every day are an experiment."""
    return [
        pytest.param(
            way, bad, marks=() if (way, bad) in of_daily else pytest.mark.experiment, id=f"{way}: {bad}"
        )
        for way in WAYS
        for bad in BAD
    ]


@pytest.mark.parametrize(
    ("way", "bad"),
    every(("github", "something newly red"), ("hook", "a personal number")),
)
def test_a_bad_change_stops(clone, way, bad):
    old, new, told = BAD[bad]
    change(clone, old, new)
    code, out = WAYS[way](clone)
    assert code != 0
    assert told in out
    assert NUMBER not in out


@pytest.mark.parametrize(
    "way", ["github", *(pytest.param(way, marks=pytest.mark.experiment) for way in ("gitlab", "hook"))]
)
def test_a_good_change_passes_also_where_something_was_red_before(clone, way):
    change(clone, ANSWER, "\nFör att natten är otrygg\n")
    path = clone / "insatser" / "gammal.md"
    path.write_text(path.read_text("utf-8").replace("Vi behöver en kurs", "Vi behöver en ny kurs"), "utf-8")
    code, out = WAYS[way](clone)
    assert code == 0, out


@pytest.mark.experiment
def test_a_shallow_clone_is_told_what_it_lacks(clone, tmp_path):
    shallow = tmp_path / "grund"
    git(tmp_path, "clone", "-q", "--depth", "1", "-b", "main", clone.as_uri(), str(shallow))
    code, out = run(shallow, step("Granska det som är nytt"), GREN="origin/gren")
    assert code == 2
    assert "Klonen är grund. Hämta resten av historiken: git fetch --unshallow" in out


def test_the_chef_s_page_is_a_list_and_a_page_for_each_initiative_and_changes_no_file(clone, tmp_path):
    (clone / "insatser" / "motet.md").write_text("# Mötet\n", "utf-8")
    git(clone, "add", "-A")
    summary = tmp_path / "sammanfattning.md"
    code, _ = run(clone, step("Visa läget för chefen"), GITHUB_STEP_SUMMARY=str(summary))
    assert code == 0
    text = summary.read_text("utf-8")
    assert text.startswith("| Insats | Steg | Nästa |")
    assert [line for line in text.splitlines() if line.startswith("#")] == ["## Gammal", "## Natt"]
    assert run(clone, "git diff --stat; git status --porcelain").out == "A  insatser/motet.md\n"


@pytest.mark.experiment
def test_the_page_for_gitlab_is_one_file(clone):
    code, out = run(clone, "\n".join(flow("gitlab.yml")["pages"]["script"]))
    assert code == 0, out
    assert "</html>" in (clone / "public" / "index.html").read_text("utf-8")


@pytest.mark.experiment
@pytest.mark.skipif(not (PROGRAMS / "pre-commit").exists(), reason="pre-commit is not installed")
def test_pre_commit_itself_runs_the_hook(clone, tmp_path):
    shutil.copy(FLOWS / "pre-commit.yaml", clone / ".pre-commit-config.yaml")
    git(clone, "add", "-A")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "pre-commit"), "PRE_COMMIT_COLOR": "never"}
    assert run(clone, "pre-commit install && git commit -qm krok", **home).code == 0
    change(clone, *BAD["something newly red"][:2])
    git(clone, "add", "-A")
    code, out = run(clone, "git commit -qm två", **home)
    assert code != 0
    assert "R34" in out


def test_the_page_about_git_shows_the_files_as_they_are():
    page = (TOP / "docs" / "git.md").read_text("utf-8")
    for path in sorted(FLOWS.glob("*.y*ml")):
        assert f"```yaml\n{path.read_text('utf-8')}```\n" in page or path.name == "utb.yaml", path.name
