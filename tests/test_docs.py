"""The pages that are made from data say what the data says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from utbildningsprocess.checks.registry import CHECKS

if TYPE_CHECKING:
    from types import ModuleType

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("skapa", DOCS / "skapa.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["kontroller.md", "metoder.md"])
def test_a_page_is_what_the_data_gives(maker: ModuleType, name: str) -> None:
    """When this fails: python docs/skapa.py."""
    assert (DOCS / name).read_text("utf-8") == maker.pages()[DOCS / name]


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
