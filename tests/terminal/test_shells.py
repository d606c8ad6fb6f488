"""Completion in real shells: the tab key runs nothing, invents nothing, and gives the name whatever is in it."""

from __future__ import annotations

import os
import shutil
import string
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

from utbildningsprocess.cli.shells import spelt_for_bash, spelt_for_powershell, typed_words

ROOT = Path(__file__).parents[2]
SIGNS = "".join(sign for sign in string.printable if sign.isprintable() and sign != "/")
NAMES = [
    "d'artagnan",
    "två ord",
    "prov;touch pwned",
    "a$(touch pwned)",
    "b\\$(touch pwned)",
    "c`touch pwned`",
    'citat"tecken',
    "e\\n",
    "f:g=h@i",
    "j&k|l>m",
    "m~n!o#p*q?[r]{s}",
    "T" + "".join(sign for sign in SIGNS if not sign.isalnum()),
]
HARDEST = [NAMES[1], NAMES[4], NAMES[-1]]
"""A blank, what would be run behind a backslash, and every sign at once."""
STUB = """#!/bin/sh
if [ -n "$_UTB_COMPLETE" ]; then "$PYTHON" -m utbildningsprocess; code=$?; touch answered; exit $code; fi
printf '%s\\n' "$#" "$2" > given
"""
START = {
    "bash": ["--noprofile", "--rcfile", "rc", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
PATIENCE = 20
QUIET = 0.5


@pytest.fixture
def folder(tmp_path):
    for part in ("insatser", "bin"):
        (tmp_path / part).mkdir()
    (tmp_path / "utb.yaml").touch()
    stub = tmp_path / "bin" / "utb"
    stub.write_text(STUB)
    stub.chmod(0o755)
    return tmp_path


class Shell:
    """A shell with our completion, in a terminal."""

    def __init__(self, name: str, folder: Path, *options: str) -> None:
        if not shutil.which(name):
            pytest.skip(f"{name} is not installed")
        self.folder, self.given = folder, folder / "given"
        kept = {
            "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
            "HOME": str(folder),
            "PYTHON": sys.executable,
        }
        self.environment = {**kept, "PYTHONPATH": str(ROOT / "src"), "TERM": "dumb", "LANG": "C.UTF-8"}
        script = subprocess.run(
            [sys.executable, "-m", "utbildningsprocess", "komplettering", name, *options],
            env=self.environment,
            capture_output=True,
            check=True,
        )
        (folder / "script").write_bytes(script.stdout)
        (folder / "rc").touch()
        self.child = pexpect.spawn(
            name,
            ["-i"] if options else START[name],
            cwd=folder,
            env=self.environment,
            timeout=PATIENCE,
            encoding="utf-8",
        )
        self.child.delaybeforesend = None
        if name == "zsh" and not options:
            self.child.send("autoload -Uz compinit; compinit -u -D\r")
        self.child.send("touch ready\r" if options else "source ./script; touch ready\r")
        self.wait_for(folder / "ready")

    def wait_for(self, path: Path) -> None:
        deadline = time.monotonic() + PATIENCE
        while not path.exists():
            assert time.monotonic() < deadline, self.child.read_nonblocking(10_000, 1)
            time.sleep(0.05)

    def completes(self, typed: str) -> list[str]:
        """The arguments that a command gets when the tab key is pressed after what is typed, and then Enter."""
        answered = self.folder / "answered"
        for path in (self.given, answered):
            path.unlink(missing_ok=True)
        self.child.send(f"utb visa {typed}\t")
        self.wait_for(answered)
        while time.time() - answered.stat().st_mtime < QUIET:  # fish asks twice
            time.sleep(0.05)
        self.child.send("\r")
        self.wait_for(self.given)
        time.sleep(0.05)
        return self.given.read_text("utf-8").split("\n")[:-1]


@pytest.mark.parametrize("shell", START)
@pytest.mark.parametrize(
    "names",
    [pytest.param(HARDEST, id="hardest"), pytest.param(NAMES, id="all", marks=pytest.mark.experiment)],
)
def test_a_name_is_completed_to_itself_whatever_is_in_it(folder, shell, names):
    session = Shell(shell, folder)
    got = {}
    for name in names:
        path = folder / "insatser" / f"{name}.md"
        path.touch()
        got[name] = session.completes(name[:1])
        path.unlink()
    assert got == {name: ["2", name] for name in names}
    assert not list(folder.rglob("pwned*"))


@pytest.mark.parametrize(
    ("typed", "name"), [('"t', "två $rätt"), ("'d", "d'artagnan"), ("två\\ ", "två ord")]
)
def test_a_name_begun_in_quotation_marks_is_completed_in_them_by_bash(folder, typed, name):
    (folder / "insatser" / f"{name}.md").touch()
    assert Shell("bash", folder).completes(typed) == ["2", name]


def test_every_sign_is_spelt_for_bash_so_that_it_means_itself(tmp_path):
    """Typed from nothing, after a letter, and in both kinds of quotation marks."""
    names = [f"a{sign}{more}b" for sign in SIGNS + "åé" for more in ("", "$(touch pwned)", "\\")]
    spelt, expected = [], []
    for name in names:
        for typed in ("", "a", '"a', "'a"):
            begun = typed_words(f"utb visa {typed}")[-1]
            if word := spelt_for_bash(name, begun, typed.lstrip("\"'")):
                spelt.append(f"{begun.quote}{word}{begun.quote}")
                expected.append(name)
            else:
                assert begun.quote == '"'
                assert "!" in name
    script = "\n".join(["set -f", *(f"printf '%s\\n' {word}" for word in spelt)])
    done = subprocess.run(
        ["bash"], input=script, cwd=tmp_path, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout.split("\n")[:-1] == expected
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("typed", ["$HOM", "`to", 'x"$HOM', "$(to", "a;b", "a*"])
def test_nothing_is_added_to_what_the_shell_would_do_something_with(typed):
    begun = typed_words(f"utb visa {typed}")[-1]
    assert spelt_for_bash(f"{begun.text}mera", begun, begun.raw) is None


def test_an_option_with_its_value_is_completed(folder):
    assert Shell("bash", folder).completes("x --format=js") == ["3", "x"]


def test_powershell_gets_names_that_it_takes_as_they_stand():
    assert spelt_for_powershell("trygg-start") == "trygg-start"
    assert spelt_for_powershell("d'art; $(x)") == "'d''art; $(x)'"
    assert spelt_for_powershell("a:::b") is None


def test_a_script_from_an_earlier_release_is_told_plain_names_alone(folder):
    for name in ("trygg-start", "prov;touch x", "prov\\$(touch x)", "*"):
        (folder / "insatser" / f"{name}.md").touch()
    asked = {"COMP_WORDS": "utb\nvisa\n", "COMP_CWORD": "2", "_TYPER_COMPLETE_ARGS": "utb visa "}
    told = {}
    for shell in ("bash", "zsh"):
        told[shell] = subprocess.run(
            [sys.executable, "-m", "utbildningsprocess"],
            cwd=folder,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT / "src"),
                "_UTB_COMPLETE": f"complete_{shell}",
                **asked,
            },
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
    assert told == {"bash": "trygg-start\n", "zsh": "compadd -- trygg-start\n"}


def test_the_first_tab_completes_where_the_script_is_put_in_place_for_zsh(folder):
    (folder / "insatser" / "d'artagnan.md").touch()
    assert Shell("zsh", folder, "--installera").completes("d") == ["2", "d'artagnan"]
