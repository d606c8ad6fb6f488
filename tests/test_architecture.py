"""The shape of the code: who may import whom, where each outside thing lives, and how long a piece may be."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from floors import FLOORS, HOMES
from utbildningsprocess import addresses
from utbildningsprocess.cli.app import command
from utbildningsprocess.work.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Rule = Callable[["Module"], list[str]]

PACKAGE = "utbildningsprocess"
SOURCE = Path(__file__).parent.parent / "src" / PACKAGE

FLOOR_OF = {name: number for number, floor in enumerate(FLOORS) for name in floor}
EDGE = FLOOR_OF["screen"]

MACHINE = {"os", "sys", "io", "pathlib", "shutil", "subprocess", "signal", "time", "threading", "logging"}
"""Libraries that know the machine: below the edges there is neither disk, terminal nor clock."""

DISK_METHODS = re.compile(
    r"open|(read|write)_(text|bytes)|mkdir|rmdir|unlink|touch|rename|chmod|iterdir|r?glob|l?stat|exists"
    r"|is_(file|dir|symlink)|(symlink|hardlink)_to|samefile"
)
DISK_FUNCTIONS = re.compile(
    r"os\.(open|fdopen|read|write|replace|rename|remove|unlink|(mk|rm|make|remove)dirs?|listdir|scandir|walk"
    r"|l?stat|chmod|link|symlink|readlink|truncate|fsync)"
    r"|shutil\.(copy\w*|move|rmtree)"
)

ADDRESS = re.compile(
    r"(om|behov|analys|koncept|produktion|genomforande|uppfoljning|avsteg|diagnos)\.(?!yaml)[a-z_0-9]+"
)
VAGUE = {"one", "found", "rest", "part", "each", "other", "others", "thing", "things"}
"""Names that say nothing of what they hold."""
MOST_VAGUE = 0.01
COMMANDS = {path.stem for path in (SOURCE / "cli").glob("*.py")} & {
    name.replace("-", "_") for name in command().commands
}
MODULE_LINES = 400
FUNCTION_LINES = 40


class Module(NamedTuple):
    """One module of the package: its dotted name inside the package, and its text."""

    name: str
    text: str

    @property
    def part(self) -> str:
        return self.name.partition(".")[0]

    @property
    def floor(self) -> int:
        return FLOOR_OF[self.part]

    def nodes(self) -> Iterator[ast.AST]:
        return iter(_nodes(self.text))

    def tree(self) -> ast.AST:
        return next(self.nodes())


@cache
def _nodes(text: str) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text)))


@cache
def modules() -> list[Module]:
    return [Module(_name(path), path.read_text(encoding="utf-8")) for path in sorted(SOURCE.rglob("*.py"))]


def _name(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)


def imports(module: Module) -> Iterator[str]:
    """Every dotted name a module imports, also inside functions, for types only, or by importlib."""
    for node in module.nodes():
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=source, names=names, level=0):
                yield from (f"{source}.{alias.name}" for alias in names)
            case ast.ImportFrom():
                yield f"{PACKAGE}.relative_import"
            case ast.Call(func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(name)), *_]):
                yield name


def own_imports(module: Module) -> Iterator[str]:
    """The parts of the package that a module imports, itself and its own package aside."""
    for name in imports(module):
        head, _, rest = name.partition(".")
        part = rest.partition(".")[0]
        if head == PACKAGE and part != module.part:
            yield part if part in FLOOR_OF or not part.startswith("__") else "__init__"


def floor_trouble(module: Module) -> list[str]:
    if module.part not in FLOOR_OF:
        return [f"{module.name}: give it a floor in this test"]
    return [
        f"{module.name} imports {part}, which is not on a lower floor"
        for part in own_imports(module)
        if part not in FLOOR_OF or FLOOR_OF[part] >= module.floor
    ]


def home_trouble(module: Module) -> list[str]:
    return [
        f"{module.name} imports {library}, whose home is {home}"
        for name in imports(module)
        for library, home in HOMES.items()
        if f"{name}.".startswith(f"{library}.") and module.part != home
    ]


def machine_trouble(module: Module) -> list[str]:
    if module.floor >= EDGE:
        return []
    found = [
        f"{module.name} imports {name}"
        for name in imports(module)
        if name.partition(".")[0] in MACHINE and not name.startswith("pathlib.Pure")
    ]
    for node in module.nodes():
        match node:
            case ast.Call(func=ast.Name(id="print" | "input" as name)):
                found.append(f"{module.name}:{node.lineno} calls {name}")
            case ast.Attribute(value=ast.Name(id="date" | "datetime"), attr="today" | "now" | "utcnow"):
                found.append(f"{module.name}:{node.lineno} looks at the clock")
    return found


def disk_trouble(module: Module) -> list[str]:
    if module.part == "files":
        return []
    return [f"{module.name}:{line} touches the disk: {call}" for line, call in disk_calls(module)]


def disk_calls(module: Module) -> Iterator[tuple[int, str]]:
    for node in module.nodes():
        match node:
            case ast.Call(func=ast.Name(id="open")):
                yield node.lineno, "open()"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="files" | "Workspace" | "Initiative"))):
                continue
            case ast.Call(func=ast.Attribute(attr=attr)) if DISK_METHODS.fullmatch(attr):
                yield node.lineno, f".{attr}()"
            case ast.Attribute(value=ast.Name(id=owner), attr=attr) if DISK_FUNCTIONS.fullmatch(
                name := f"{owner}.{attr}"
            ):
                yield node.lineno, name
    for name in imports(module):
        if DISK_FUNCTIONS.fullmatch(name):
            yield 1, name


def talk_trouble(module: Module) -> list[str]:
    """Only the command line ends the program."""
    return [
        f"{module.name}:{node.lineno} ends the program"
        for node in module.nodes()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and ast.unparse(node.func) in {"exit", "quit", "sys.exit", "os._exit"}
        and module.part not in {"cli", "__main__"}
    ]


def length_trouble(module: Module) -> list[str]:
    lines = module.text.count("\n")
    found = [f"{module.name}: {lines} lines"] if lines > MODULE_LINES else []
    for node in module.nodes():
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION_LINES:
                found.append(f"{module.name}:{node.lineno} {node.name}: {length} lines")
    return found


def address_trouble(module: Module) -> list[str]:
    """A question is named by its address in one place."""
    if module.name == "addresses":
        return []
    return [
        f"{module.name}:{node.lineno} names a question: {node.value}"
        for node in module.nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and ADDRESS.fullmatch(node.value)
    ]


def command_trouble(module: Module) -> list[str]:
    """A command is a module of its name in cli, and leans on no other command."""
    if module.part != "cli" or module.name == "cli.app":
        return []
    return [
        f"{module.name} imports the command {name}"
        for name in imports(module)
        if (parts := name.split(".")[1:3])[:1] == ["cli"] and parts[1:] and parts[1] in COMMANDS
    ]


def unfinished_trouble(module: Module) -> list[str]:
    return [
        f"{module.name}:{number}: {line.strip()}"
        for number, line in enumerate(module.text.splitlines(), 1)
        if re.search(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b", line)
    ]


RULES = (
    floor_trouble,
    home_trouble,
    machine_trouble,
    disk_trouble,
    talk_trouble,
    length_trouble,
    address_trouble,
    command_trouble,
    unfinished_trouble,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.__name__.removesuffix("_trouble")))
def test_every_module_keeps_the_rule(rule: Rule) -> None:
    assert [trouble for module in modules() for trouble in rule(module)] == []


def test_local_names_say_what_they_hold() -> None:
    """At most one in a hundred of the names that are given a value; parameters count too."""
    given = [
        (module.name, node.lineno, node.arg if isinstance(node, ast.arg) else node.id)
        for module in modules()
        for node in module.nodes()
        if isinstance(node, ast.arg) or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    ]
    vague = [where for where in given if where[2] in VAGUE]
    assert len(vague) <= MOST_VAGUE * len(given), vague


def test_a_public_name_stands_in_one_module() -> None:
    homes: dict[str, set[str]] = {}
    for module in modules():
        for node in module.tree().body:
            for name in _defined(node):
                homes.setdefault(name, set()).add(module.name)
    shared = {name: sorted(names) for name, names in homes.items() if len(names) > 1}
    assert {name: names for name, names in shared.items() if not name.startswith("_")} == {}


def _defined(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (
                part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)
            )
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name


def test_every_public_name_says_what_it_gives() -> None:
    silent = [
        f"{module.name}.{node.name}"
        for module in modules()
        for node in module.nodes()
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
        if ast.get_docstring(node) is None and node in _public_nodes(module.tree(), node)
    ]
    assert silent == []


def _public_nodes(tree: ast.Module, wanted: ast.AST) -> list[ast.AST]:
    """The node itself when it stands at the top level or in a public class, and not inside a function."""
    owners = [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_")]
    return [wanted for owner in owners for node in owner.body if getattr(node, "lineno", 0) == wanted.lineno]


def test_every_address_leads_to_a_question() -> None:
    battery = Workspace.open(Path(__file__).parent).battery
    named = {value for name, value in vars(addresses).items() if name.isupper() and isinstance(value, str)}
    lost = {address for address in named if battery.question(address) is None}
    assert lost == {*addresses.DERIVED, addresses.INITIATIVE_TITLE}


def test_only_about_thirty_names_stand_at_the_top() -> None:
    assert len({module.part for module in modules()}) <= 31


def test_every_floor_is_built_of_parts_that_exist() -> None:
    assert set(FLOOR_OF) - {module.part for module in modules()} == set()


def test_no_module_leads_back_to_itself() -> None:
    graph = {module.name: set(_imported_modules(module)) for module in modules()}
    assert [name for name in graph if name in _reachable(name, graph)] == []


def _imported_modules(module: Module) -> Iterator[str]:
    names = {other.name for other in modules()}
    for name in imports(module):
        inner = name.removeprefix(f"{PACKAGE}.")
        if inner != name:
            yield inner if inner in names else inner.rpartition(".")[0]


def _reachable(start: str, graph: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = set(graph[start])
    while waiting:
        name = waiting.pop()
        seen.add(name)
        waiting |= graph.get(name, set()) - seen
    return seen


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("unheard_of", ""),
        ("dossier.reading", "from utbildningsprocess.interview import Interview"),
        ("model", "def f():\n    from utbildningsprocess.cli import main"),
        ("dossier", "from .reading import read"),
        ("cli.ask", "def f():\n    import questionary"),
        ("files.load", "from yaml import safe_load"),
        ("cli", "import importlib\nimportlib.import_module('rich.table')"),
        ("answers", "import os"),
        ("interview", "today = date.today()"),
        ("interview", "print('hej')"),
        ("cli.show", "text = path.read_text()"),
        ("screen", "with open('x') as file: pass"),
        ("documents", "from os import replace"),
        ("faces.line", "import sys\nsys.exit(1)"),
        ("answers", "x = 1\n" * (MODULE_LINES + 1)),
        ("answers", "def f():\n" + "    x = 1\n" * FUNCTION_LINES),
        ("answers", "# TODO"),
        ("checks.koncept", "GOALS = 'koncept.larandemal'"),
        ("cli.steg", "from utbildningsprocess.cli.ny import ny"),
    ],
)
def test_a_breach_is_seen(name: str, text: str) -> None:
    module = Module(name, text)
    rules = RULES if module.part in FLOOR_OF else (floor_trouble,)
    assert [trouble for rule in rules for trouble in rule(module)] != []


def test_what_each_home_is_for_is_allowed() -> None:
    homes = [
        Module("settings", "from pathlib import PurePath"),
        Module("faces.terminal", "import questionary\nfrom prompt_toolkit import keys"),
        Module("screen", "from rich.table import Table"),
        Module("files.saving", "import os\nos.replace(one, other)\npath.read_bytes()"),
        Module(
            "cli.start",
            "import sys, typer\nfrom utbildningsprocess import files\nfiles.read_text(path)\nsys.exit(3)",
        ),
    ]
    assert [trouble for module in homes for rule in RULES for trouble in rule(module)] == []
