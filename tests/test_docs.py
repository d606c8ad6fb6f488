"""The pages of docs/ say what the data and the program say."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from floors import FLOORS
from utbildningsprocess import __version__
from utbildningsprocess.checks.registry import CHECKS
from utbildningsprocess.cli.app import command
from utbildningsprocess.cli.chrome import HELP
from utbildningsprocess.conversation.face import Ask
from utbildningsprocess.documents.kinds import EVERY_KIND
from utbildningsprocess.errors import BROKEN, CONFLICT, FINDINGS, INTERRUPTED, OK, WRONG_USE
from utbildningsprocess.faces.line import LineFace
from utbildningsprocess.faces.prompts import ALWAYS
from utbildningsprocess.settings import Cost, Settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

DOCS = Path(__file__).parent.parent / "docs"
SOURCE = DOCS.parent / "src" / "utbildningsprocess"
CONTRIBUTING = (DOCS.parent / "CONTRIBUTING.md").read_text("utf-8")
COMMANDS_PAGE = (DOCS / "kommandon.md").read_text("utf-8")
READ_BY_USERS = [DOCS.parent / "README.md", *sorted(DOCS.glob("*.md"))]


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
    scripts = [path for line in lines for path in re.findall(r"\S+\.py\b", line)]
    extras = [extra for line in lines for extra in re.findall(r"\.\[(\w+)\]", line)]
    assert [path for path in scripts if not (DOCS.parent / path).is_file()] == []
    assert set(extras) <= set(
        tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    )
    assert [
        line for line in lines if line.startswith("utb ") and " ".join(line.split()[:3]) not in COMMANDS_PAGE
    ] == []
    assert ".venv/bin/pytest -n auto" in lines


def all_commands(group: Any = None, path: str = "utb") -> Iterator[tuple[str, list[str]]]:
    """Every command that does something, as it is typed, with its options."""
    group = group or command()
    inside = getattr(group, "commands", {})
    if not inside or path == "utb":
        yield path, [name for parameter in group.params for name in parameter.opts if name.startswith("-")]
    for name, inner in inside.items():
        yield from all_commands(inner, f"{path} {name}")


def rows(page: str, heading: str) -> Iterator[str]:
    """What the first column of a table says, in code, for each row below a first heading."""
    table = page.partition(f"| {heading} |")[2].partition("\n\n")[0]
    for line in table.splitlines()[2:]:
        yield from re.findall(r"`([^`]+)`", line.split("|")[1])


def test_the_page_of_commands_has_every_command_and_option_and_no_other() -> None:
    commands = dict(all_commands())
    typed = [re.sub(r" \[?[A-ZÅÄÖ].*", "", row) for row in rows(COMMANDS_PAGE, "kommando")]
    assert sorted(typed) == sorted(set(commands) - {"utb"})
    flags = [row.split()[0] for row in rows(COMMANDS_PAGE, "flagga")]
    options = {option for options in commands.values() for option in options} | {"--help", "-h"}
    assert sorted(flags) == sorted(options)


def test_the_page_of_commands_has_every_exit_code() -> None:
    table = COMMANDS_PAGE.partition("| slutkod |")[2]
    codes = {int(code) for code in re.findall(r"^\| (\d+) \|", table, re.MULTILINE)}
    assert codes == {OK, FINDINGS, WRONG_USE, BROKEN, CONFLICT, INTERRUPTED}


def test_the_page_of_keys_has_the_keys_of_every_question_and_the_words_for_them() -> None:
    page = (DOCS / "tangenter.md").read_text("utf-8")
    keys = page.partition("| tangent |")[2].partition("\n\n")[0]
    assert [key for key in ALWAYS if key not in keys] == []
    told = StringIO()
    LineFace(StringIO(":?\nhej\n"), told).ask_text(Ask("Varför?"))
    assert set(rows(page, "skriv")) == set(re.findall(r"^(:.) ", told.getvalue(), re.MULTILINE))


def test_the_page_of_installing_names_the_file_of_this_version() -> None:
    page = (DOCS / "installera.md").read_text("utf-8")
    assert set(re.findall(r"[\w.-]+\.whl", page)) - {".whl"} == {
        f"utbildningsprocess-{__version__}-py3-none-any.whl"
    }


def test_the_page_of_documents_has_them_all() -> None:
    page = (DOCS / "dokument.md").read_text("utf-8")
    assert list(rows(page, "dokument")) == [*(kind.id for kind in EVERY_KIND), "alla"]


def test_the_settings_on_their_page_are_all_there_are() -> None:
    page = (DOCS / "installningar.md").read_text("utf-8")
    body = page.partition("```yaml\n")[2].partition("```")[0]
    keys = [field.alias or name for model in (Settings, Cost) for name, field in model.model_fields.items()]
    assert read_settings(body, "installningar.md").organisation == "Region Exempel"
    assert [key for key in keys if not re.search(rf"\b{key}:", body)] == []


@pytest.mark.parametrize("page", READ_BY_USERS, ids=lambda page: page.name)
def test_a_page_names_no_command_that_is_not_there(page: Path) -> None:
    known = {name.split()[1] for name, _ in all_commands() if name != "utb"} | {HELP}
    named = re.findall(r"(?:`|^    )utb ([a-zåäö][a-zåäö-]*)", page.read_text("utf-8"), re.MULTILINE)
    assert set(named) <= known


@pytest.mark.parametrize("page", READ_BY_USERS, ids=lambda page: page.name)
def test_a_page_does_not_count_what_grows(page: Path) -> None:
    """Nobody remembers to change ”44 kontroller” in a text when a rule is added."""
    counted = r"\b(?:\d+|nio|tio|\w+ti?o|\w+ton) (?:kontroller|regler|lärobjekt|metoder|dokument|kommandon)\b"
    assert re.findall(counted, page.read_text("utf-8")) == []


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
