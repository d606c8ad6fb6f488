"""What the repository says about itself: that the README is true, and that no file tells where it was made."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from utbildningsprocess import cli
from utbildningsprocess.battery import load_battery
from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.dossier.document import read
from utbildningsprocess.files.roots import battery_texts, find_root

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES += sorted((ROOT / "docs").glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MADE = {"build", "dist", "htmlcov", "venv", "utb-exempel", "__pycache__"}
# Brackets keep the pattern from finding itself.
ELSEWHERE = re.compile(
    r"p[y]pi\.org|pyth[o]nhosted|npm[j]s|[/]work/|\.\.[/]shared|[/]home/|[/]root/|C:[\\]Users"
)


def own_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        folders = path.relative_to(ROOT).parts[:-1]
        made = any(part in MADE or part.startswith(".") or part.endswith(".egg-info") for part in folders)
        if path.is_file() and not made and path.name != ".git" and not path.name.startswith(".coverage"):
            yield path


def code_blocks(text: str) -> list[tuple[str, str]]:
    return re.findall(r"^(`{3,})[^\n]*\n(.*?)^\1$", text, re.DOTALL | re.MULTILINE)


def section(text: str, title: str) -> str:
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def anchors(text: str) -> set[str]:
    """What links to the headings of a page end in, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def test_no_file_tells_where_it_was_made() -> None:
    breaches = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in own_files()
        if (found := ELSEWHERE.search(path.read_bytes().decode("utf-8", "replace")))
    ]
    assert breaches == []


def test_getting_started_is_one_line_to_try_and_one_line_to_test() -> None:
    blocks = [body.rstrip("\n") for _, body in code_blocks(section(README, "Kom igång"))]
    assert len(blocks) == 2
    assert all(block.count("\n") == 0 for block in blocks)
    assert blocks[0].endswith("utb exempel")
    assert blocks[1].endswith("pytest -n auto")


def test_the_readme_says_what_the_process_says() -> None:
    process = (ROOT / "tests" / "cases" / "processen.txt").read_text(encoding="utf-8")
    quoted = re.findall(r"\s”([^”]{40,})”", re.sub(r"\n(?:> )?", " ", README))
    assert [words.split()[0] for words in quoted] == ["Vi", "Processen"]
    assert [words for words in quoted if words not in process] == []


def test_the_example_in_the_format_page_is_a_dossier_without_problems() -> None:
    page = (ROOT / "docs" / "dossierformat.md").read_text(encoding="utf-8")
    example = code_blocks(page)[0][1]
    dossier = read(example, load_battery(battery_texts(find_root(ROOT))))
    assert dossier.problems == ()
    assert set(dossier.answers) == {"behov.varfor", "behov.krav", "koncept.larandemal"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_links_to_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target, heading in re.findall(r"\]\((?!https?:)([^)#]*)#?([^)]*)\)", text):
        linked = page.parent / target if target else page
        assert linked.exists()
        assert not heading or heading in anchors(linked.read_text(encoding="utf-8"))


def test_every_library_we_ask_for_has_a_tested_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert [pin for pin in pins if not re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9._]+", pin)] == []
    extras = [name for extra in PROJECT["optional-dependencies"].values() for name in extra]
    asked = {_library(name) for name in [*PROJECT["dependencies"], *extras]} - {PROJECT["name"]}
    assert asked - {_library(pin) for pin in pins} == set()


def _library(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement)[0].casefold().replace("_", "-")


def test_the_program_starts_under_the_name_the_pages_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert PROJECT["scripts"] == {PROGRAM: "utbildningsprocess.cli:main"}
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith(f"{PROGRAM} ")


def test_every_git_in_tests_is_kept_to_the_folder_of_its_test():
    """A hook exports where the repo is: a git that hears that writes in the repo and not in the folder."""
    tests = ROOT / "tests"
    calls = [
        path.name
        for path in tests.rglob("*.py")
        if re.search(r"""[\[(]"git"[\],]""", path.read_text("utf-8"))
    ]
    bare = [name for name in calls if "git_environment()" not in next(tests.rglob(name)).read_text("utf-8")]
    assert (len(calls), bare) == (3, [])
