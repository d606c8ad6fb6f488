"""What the quick commands leave alone, and how the program behaves towards the system."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from utbildningsprocess.steps import STEPS

EMPTY = "<!-- utb:dossier 1 -->\n\n# En insats\n\n" + "\n\n".join(f"## {step.name}" for step in STEPS)
HEAVY = {"questionary", "prompt_toolkit", "pydantic", "yaml", "jinja2", "markdown_it", "rich"}
SOURCE = Path(__file__).parents[2] / "src"
COMPLETING = {"_UTB_COMPLETE": "complete_bash", "COMP_CWORD": "2"}
PROBE = """
import sys
from utbildningsprocess.cli import main
code = main()
sys.stderr.write("MODULER " + " ".join(sys.modules))
sys.exit(code)
"""


def run(*args, code=PROBE, env=None, **more):
    variables = {**os.environ, "PYTHONPATH": str(SOURCE), **(env or {})}
    command = [sys.executable, "-c", code, *args]
    return subprocess.run(command, env=variables, capture_output=True, encoding="utf-8", check=False, **more)


def heavy_modules(done):
    return HEAVY & set(done.stderr.rpartition("MODULER ")[2].split())


@pytest.mark.parametrize("args", [["--version"], ["--help"], [], ["steg", "--help"], ["svra"]], ids=" ".join)
def test_nothing_heavy_is_imported_to_say_a_few_words(args):
    assert heavy_modules(run(*args)) == set()


OPENINGS = """
import sys
from collections import Counter
from utbildningsprocess.cli import main
opened = Counter()
sys.addaudithook(lambda event, args: event == "open" and opened.update([str(args[0])]))
code = main()
dossiers = {name: number for name, number in opened.items() if name.endswith(".md")}
sys.stderr.write(f"OPPNADE {sorted(dossiers.values())}\\nMODULER " + " ".join(sys.modules))
"""


def test_a_list_of_what_was_read_before_imports_nothing_heavy_and_opens_each_file_once(tmp_path):
    (tmp_path / "insatser").mkdir()
    state = {"UTB_STATE_DIR": str(tmp_path / "tillstand")}
    for number in range(60):
        path = tmp_path / "insatser" / f"insats-{number}.md"
        path.write_text(f"{EMPTY}\nEgen text {number}\n", encoding="utf-8")
    assert run("lista", cwd=tmp_path, env=state).returncode == 0
    done = run("lista", code=OPENINGS, cwd=tmp_path, env=state)
    assert heavy_modules(done) == set()
    assert f"OPPNADE {[1] * 60}\n" in done.stderr
    assert "60 insatser." in done.stderr


def test_nothing_heavy_is_imported_before_the_first_question(tmp_path):
    """Somebody waits for it; while they type a title nobody does."""
    done = run("ny", "--enkel", input="\n", cwd=tmp_path)
    assert "Vad ska insatsen heta?" in done.stderr
    assert heavy_modules(done) == set()


def test_the_face_of_a_terminal_loads_no_more_than_the_toolkit_that_asks():
    """A terminal is there to ask the first question, which somebody waits for."""
    code = "import sys, utbildningsprocess.faces.terminal as _; sys.stderr.write('MODULER ' + ' '.join(sys.modules))"
    assert heavy_modules(run(code=code)) == {"questionary", "prompt_toolkit"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [("utb steg upp", "uppfoljning\n"), ("utb visa tr", "trygg-start\n"), ("utb st", "steg\nstatus\n")],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_imports_nothing_heavy(tmp_path, words, offered, shell):
    (tmp_path / "insatser").mkdir()
    (tmp_path / "insatser" / "trygg-start.md").touch()
    (tmp_path / "utb.yaml").write_text("mapp: insatser\n")
    typed = {
        "_UTB_LINE": words,
        "_TYPER_COMPLETE_ARGS": words,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words.split()[-1],
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    done = run(env={"_UTB_COMPLETE": f"complete_{shell}", **typed}, cwd=tmp_path)
    assert heavy_modules(done) == set()
    assert all(word in done.stdout for word in offered.split())
    if shell == "bash":
        assert done.stdout == offered


def test_a_reader_that_stops_listening_is_no_trouble():
    code = "import sys; from utbildningsprocess.cli import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", code, "--help"],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_is_a_sentence():
    code = "import sys; from utbildningsprocess.cli import main; sys.exit(main())"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, "--help"],
            env={**os.environ, "PYTHONPATH": str(SOURCE)},
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert (done.returncode, done.stderr) == (3, "Fel: Disken är full: resultatet kunde inte skrivas ut.\n")


@pytest.mark.skipif(os.name == "nt", reason="closes a stream with sh")
@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_a_closed_stream_is_no_trouble(closed):
    line = f'"{sys.executable}" -c "import sys; from utbildningsprocess.cli import main; sys.exit(main())" --help {closed}'
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(["sh", "-c", line], env=env, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_swedish_comes_out_whole_in_a_western_code_page(tmp_path):
    env = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    assert "Så här skriver du" in run("--help", env=env, cwd=tmp_path).stdout


def test_the_module_is_the_program():
    done = run("--version", code="import runpy; runpy.run_module('utbildningsprocess', run_name='__main__')")
    assert done.stdout.startswith("utb ")


def test_without_docstrings_there_is_help_all_the_same():
    shown = subprocess.run(
        [sys.executable, "-OO", "-m", "utbildningsprocess", "laga", "--help"], capture_output=True, check=True
    )
    assert "Laga en dossier som är skadad eller i konflikt." in shown.stdout.decode("utf-8")
