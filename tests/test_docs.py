"""The pages that are made from data say what the data says."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from floors import FLOORS
from utbildningsprocess.checks.registry import CHECKS
from utbildningsprocess.cli.app import command

if TYPE_CHECKING:
    from types import ModuleType

DOCS = Path(__file__).parent.parent / "docs"
SOURCE = DOCS.parent / "src" / "utbildningsprocess"
CONTRIBUTING = (DOCS.parent / "CONTRIBUTING.md").read_text("utf-8")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("skapa", DOCS / "skapa.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["docs/kontroller.md", "docs/metoder.md", "CONTRIBUTING.md"])
def test_a_page_is_what_the_data_gives(maker: ModuleType, name: str) -> None:
    """When this fails: python docs/skapa.py."""
    assert (DOCS.parent / name).read_text("utf-8") == maker.pages()[DOCS.parent / name]


def test_the_map_names_files_that_exist_and_every_room() -> None:
    page = CONTRIBUTING.partition("\n## The map\n")[2]
    rooms = re.findall(r"^\| \d+ \| `([^`]+)` \| (.*) \|$", page, re.MULTILINE)
    assert {name.rstrip("/").removesuffix(".py") for name, _ in rooms} == {
        room for floor in FLOORS for room in floor
    }
    assert [name for name, sentence in rooms if not re.fullmatch(r"[A-ZÅÄÖu].{20,}[.:].*", sentence)] == []
    named = re.findall(r"`((?:[\w-]+/)*[\w-]+(?:\.(?:py|yaml|md|txt|toml)|/))`", page)
    places = (DOCS.parent, SOURCE)
    assert [name for name in named if not any((place / name).exists() for place in places)] == []


def test_the_commands_of_the_page_can_be_run_as_they_stand() -> None:
    typed = re.findall(r"^    (\S.*)$|`((?:python|UTB_FACIT=1|mypy|utb) [^`]+)`", CONTRIBUTING, re.MULTILINE)
    lines = [block or inline for block, inline in typed]
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    scripts = [path for line in lines for path in re.findall(r"\S+\.py\b", line)]
    extras = [extra for line in lines for extra in re.findall(r"\.\[(\w+)\]", line)]
    assert [path for path in scripts if not (DOCS.parent / path).is_file()] == []
    assert set(extras) <= set(
        tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    )
    assert [
        line for line in lines if line.startswith("utb ") and " ".join(line.split()[:3]) not in readme
    ] == []
    assert ".venv/bin/pytest -n auto" in lines


def test_questions_methods_and_templates_send_nobody_to_a_command_that_is_not_there() -> None:
    known = set(command().commands)
    folders = ("questions", "templates")
    texts = [path for folder in folders for path in (DOCS.parent / folder).rglob("*") if path.is_file()]
    named = {
        (path.name, word)
        for path in texts
        for word in re.findall(r"\butb ([a-z-]+)", path.read_text("utf-8"))
        if word not in known
    }
    assert named == set()
    assert len(texts) > 30


def test_every_rule_has_its_place_among_the_checks() -> None:
    page = (DOCS / "kontroller.md").read_text("utf-8")
    assert [rule for rule in CHECKS if page.count(f"\n### {rule} ") != 1] == []


def test_every_method_has_its_place_among_the_methods() -> None:
    page = (DOCS / "metoder.md").read_text("utf-8")
    files = sorted(path.name for path in (DOCS.parent / "questions" / "metoder").glob("*.md"))
    assert files
    assert [name for name in files if page.count(f"/{name})") != 1] == []


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("En mening. En till.\n\n## När", "En mening."),
        ("En rad\nsom bryts. Nästa.", "En rad som bryts."),
        ("Frågor först: Vad? ”Varför” sedan.", "Frågor först: Vad?"),
        ("Kap. 3 gäller. Mer.", "Kap. 3 gäller."),
        ("Ensam", "Ensam"),
    ],
)
def test_a_method_in_short_is_its_first_sentence(maker: ModuleType, body: str, first: str) -> None:
    assert maker.first_sentence(body) == first
