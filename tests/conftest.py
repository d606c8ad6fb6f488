"""The `utb` fixture: the program run in this process, in a folder and with a state of its own."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings

from utbildningsprocess.cli import main

# A busy machine is no failure: how long a draw or an example takes is for bench/ to say.
settings.register_profile("utb", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=25)
settings.register_profile("experiment", settings.get_profile("utb"), max_examples=100)
settings.load_profile("utb")

EXAMPLE = Path(__file__).parent.parent / "questions" / "exempel.yaml"
_MADE: dict[tuple[str, str, frozenset[tuple[Path, bytes]]], tuple[Path, bytes]] = {}
"""A dossier of a title and answers, made once by each worker for what a folder holds and has decided for itself."""
_DOCUMENTS: dict[Path, bytes] = {}
"""The documents of the example, made once by each worker."""


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: what is tried in a terminal mostly waits."""
    return (os.cpu_count() or 1) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What experiments measured, a line each."""
    for report in terminalreporter.getreports("passed"):
        for name, figure in report.user_properties:
            terminalreporter.write_line(f"{name}: {figure}")


class Outcome(NamedTuple):
    """What a command gave."""

    code: int
    out: str
    err: str


class Utb:
    """Runs commands. `stdin` is what a pipe gives; None is a closed one."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch

    def __call__(self, *args: str, stdin: str | bytes | None = None) -> Outcome:
        out, err = io.BytesIO(), io.BytesIO()
        given = None if stdin is None else io.TextIOWrapper(_buffered(stdin), encoding="latin-1")
        with self._monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", given)
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="latin-1", newline="\n"))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding="latin-1", newline="\n"))
            code = main(args)
            sys.stdout.flush()
            sys.stderr.flush()
            return Outcome(code, out.getvalue().decode(), err.getvalue().decode())

    def example(self) -> Path:
        """The example as a dossier of its own; gives its path."""
        return self._dossier("Trygg start", EXAMPLE.read_text("utf-8"))

    def example_with_documents(self) -> Path:
        """The same, with every document it has in Markdown, which are made once and copied."""
        path, folder = self.example(), self.folder / "dokument"
        if not _DOCUMENTS:
            assert self("dokument", "alla", "--format", "md").code == 0
            _DOCUMENTS.update({made.relative_to(folder): made.read_bytes() for made in folder.rglob("*.*")})
            return path
        for name, data in _DOCUMENTS.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        return path

    def dossier(self, title: str = "Ny insats", **answers: str) -> Path:
        """A dossier with a few answers in Behov; gives its path."""
        lines = [f"    {key}: {value}" for key, value in answers.items()] or ["    varfor: Därför"]
        return self._dossier(title, "\n".join(["svar:", "  behov:", *lines]))

    def _dossier(self, title: str, answers: str) -> Path:
        """Made once where folders say the same, and copied."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and ".git" not in path.parts]
        said = frozenset((path.relative_to(self.folder), path.read_bytes()) for path in files)
        if (title, answers, said) not in _MADE:
            path = self._made(title, answers)
            _MADE[title, answers, said] = path.relative_to(self.folder), path.read_bytes()
            return path
        name, data = _MADE[title, answers, said]
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    def _made(self, title: str, answers: str) -> Path:
        file = self.folder / "nagra-svar.yaml"
        file.write_text(answers, encoding="utf-8")
        outcome = self("ny", title, "--svar", file.name)
        assert outcome.code == 0, outcome.err
        file.unlink()
        return self.folder / outcome.out.splitlines()[-1]


def _buffered(text: str | bytes) -> io.BufferedReader:
    data = text.encode("utf-8") if isinstance(text, str) else text
    return io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]


@pytest.fixture
def utb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Utb:
    folder = tmp_path / "arbete"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "tillstand"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "UTB_ACCESSIBLE", "ACCESSIBLE", "_UTB_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    return Utb(folder, monkeypatch)
