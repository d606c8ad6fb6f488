"""Looks after the Swedish of the project: `python tools/sprak.py stavning|lix|termer`.

- `stavning` spell-checks every text a person reads with Debian's Swedish dictionary and the words in
  `tools/ordlista.txt`.
- `lix [--alla]` tells how heavy the help texts and the methods are to read: words per sentence plus the
  percentage of words longer than six letters. In a text of a sentence or two one long word moves that by
  ten, so help texts of fewer than twenty words only count among all the help texts of their file.
- `termer` finds words that the glossary, `docs/ordlista.md`, says not to use.

Ends with 0 when all is well, 1 when something is found and 2 when the check cannot be done.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from fnmatch import fnmatch
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parent.parent
WORD_LIST = "tools/ordlista.txt"
GLOSSARY = "docs/ordlista.md"
METHODS = "questions/metoder/*.md"
USAGE = "Skriv: python tools/sprak.py stavning, lix [--alla] eller termer"
INSTALL = "Rättstavningen kräver hunspell med svensk ordlista: sudo apt install hunspell hunspell-sv"

FINE, FOUND, IMPOSSIBLE = 0, 1, 2
HELP_GOAL, METHOD_GOAL = 45, 50
LONG_WORD, LONG_ENOUGH = 6, 20


class Text(NamedTuple):
    """A piece of prose and its lines; the kind is its key in YAML, or what it is elsewhere."""

    path: str
    first: int
    last: int
    kind: str
    prose: str


# ------------------------------------------------------------------ collecting

GAP = "0"
"""Stands where something that is no prose was cut out; what is glued to it is not taken for a word."""

SAYS_PROSE = {"text", "titel", "syfte", "hjalp", "svagt_exempel", "starkt_exempel", "rad_namn", "enhet"}
"""Keys whose values are always prose. Other values are when they look like it: the rest is ids."""

NEVER_PROSE = {"kalla", "villkor", "namnord", "forvaxla_inte", "amnesord", "bem", "comb"}
"""Keys of sources, of expressions, of words to look for and of names in English."""

LOOKS_LIKE_PROSE = re.compile(r"[^\W\d_]\S* |[åäöÅÄÖ]|^[A-ZÅÄÖ][a-zåäö]+[.!?:]$")
LOOKS_LIKE_PATTERN = re.compile(r"\\[dswb]|\(\?|\[a-z")
LOOKS_LIKE_MARKUP = re.compile(
    r"\w=\"|^[\w-]+-src '|\{ [\w-]+: [^{}]+; \}|^ +(?:section|title|[xy]-axis) |^(?:line|bar) \["
    r"|^#set |^(?:List|Table|Heading)\b|^ *(?:flowchart|classDef|xychart-beta) "
)
"""HTML, SVG, styles, the languages of Mermaid and typst, and the names that Word gives its styles."""
FILE_NAME = r"[\w.-]+(?:/[\w.-]+)*\.(?:md|yaml|toml|py|txt|j2)\b"
CUT = re.compile(rf"\{{[^{{}}]*\}}|<[^<>]+>|(?<!\w)--?[a-z][a-z-]*|`[^`]+`|\$\w+|{FILE_NAME}")
"""Places to fill in, tags, options, names from a shell and file names."""

LITERAL = re.compile(r"\"[^\"\n]*\"|`[^`\n]*`")
PLACE = re.compile(r"\$\{[^{}]*\}")
"""A text in a script, and the places in it that code fills."""
NO_SCRIPT_PROSE = re.compile(r"\(\?|\[0-9]|\\[a-z]|/g|^.[a-z ]+.$")
"""Patterns, and words that are names."""
QUOTED_KEY = re.compile(r"”[a-z_]+(?:: true)?”")
FRONT_MATTER = re.compile(r"\A(---\n.*?\n)---\n", re.DOTALL)
CUT_FROM_MARKDOWN = (
    FRONT_MATTER,
    re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[`~]*$", re.DOTALL | re.MULTILINE),
    re.compile(r"^## (?:In English|Källor)\n.*?(?=^## |\Z)|^[^\w\n]*Källa\b[^\n]*", re.DOTALL | re.MULTILINE),
    re.compile(r"<!--.*?-->|<style.*?</style>|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL),
    re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL),
    re.compile(rf"(?<=\])\([^()]*\)|https?://\S+|<[^<>\n]+>|{FILE_NAME}"),
)
BLOCK_START = re.compile(r"\s*(?:[-*+] |\d+\. |#|\||>|---)")
INDENTED_CODE = re.compile(r"(?: {4}|\t)(?!\s*(?:[-*+] |\d+\. ))")

NO_PROSE_IN = re.compile(
    r"re\.\w+|frozenset|str\.maketrans|Style|.*\.(?:startswith|execute(?:many)?)"
    r"|(?:Attribute|Runtime|Type|Lookup|Key)Error"
)
"""Calls whose arguments are patterns, letters, styles or SQL, and errors that only a bug can raise."""

ENGLISH_PAIRS = {"_YAML"}  # Tables of pairs that begin with what a library says.


def collect(root: Path) -> list[Text]:
    """Every Swedish text that a person reads, with its place."""
    files = [(file, read) for pattern, read in READERS.items() for file in sorted(root.glob(pattern))]
    named = [(file.relative_to(root).as_posix(), read) for file, read in files]
    return [text for path, read in named for text in read(path, _source(root, path))]


def _source(root: Path, path: str) -> str:
    return (root / path).read_text(encoding="utf-8")


def from_yaml(path: str, source: str) -> list[Text]:
    """The values in a battery or another data file that are prose."""
    return [
        Text(path, node.start_mark.line + 1, node.end_mark.line + 1, key, CUT.sub(GAP, node.value))
        for key, node in _scalars(yaml.compose(source, Loader=yaml.BaseLoader), "")
        if key not in NEVER_PROSE and (key in SAYS_PROSE or LOOKS_LIKE_PROSE.search(node.value))
    ]


def _scalars(node: yaml.Node | None, key: str) -> Iterator[tuple[str, yaml.ScalarNode]]:
    if isinstance(node, yaml.ScalarNode):
        yield key.replace("ä", "a"), node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item, key)
    elif isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _scalars(value, str(name.value))


def from_markdown(path: str, source: str) -> list[Text]:
    """The paragraphs, list items, headings and table rows of a page, without code and sources."""
    front = FRONT_MATTER.match(source)
    title = from_yaml(path, front[1]) if front else []
    for pattern in CUT_FROM_MARKDOWN:
        source = pattern.sub(lambda cut: GAP + "\n" * cut[0].count("\n"), source)
    return title + [Text(path, *block) for block in _blocks(source.split("\n"))]


def _blocks(lines: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """First line, last line, kind and text of each block."""
    starts = [number for number, _ in enumerate(lines) if _starts_block(lines, number)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        block = "\n".join(lines[start:end]).rstrip()
        if not INDENTED_CODE.match(block):
            kind = {"#": "rubrik", "|": "tabell"}.get(block.lstrip()[0], "stycke")
            yield start + 1, start + 1 + block.count("\n"), kind, block


def _starts_block(lines: Sequence[str], number: int) -> bool:
    before = lines[number - 1].strip() if number else ""
    return bool(lines[number].strip()) and (not before or BLOCK_START.match(lines[number]) is not None)


def from_python(path: str, source: str) -> list[Text]:
    """The sentences in code: literals that look like prose, and what is said about each command."""
    tree = ast.parse(source)
    hidden = {id(inner) for node in _no_prose(tree) for inner in ast.walk(node)}
    return [
        Text(path, node.lineno, node.end_lineno or node.lineno, "kod", CUT.sub(GAP, said))
        for node in ast.walk(tree)
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and id(node) not in hidden
        if LOOKS_LIKE_PROSE.search(said := _said(node))
        if not (LOOKS_LIKE_PATTERN.search(said) or LOOKS_LIKE_MARKUP.search(said))
    ]


def _no_prose(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, what is compared or looked up, and the parts of f-strings, which are read whole."""
    commands = _command_docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node.value not in commands:
            yield node
        elif isinstance(node, ast.Call) and NO_PROSE_IN.fullmatch(ast.unparse(node.func)):
            yield from node.args
        elif isinstance(node, ast.JoinedStr):
            yield from (value for value in node.values if isinstance(value, ast.Constant))
        else:
            yield from _keys(node)


def _keys(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Compare):
        yield from (side for side in (node.left, *node.comparators) if isinstance(side, ast.Constant))
    elif isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "TypeAlias":
        yield node
    elif isinstance(node, ast.Dict):
        yield from filter(None, node.keys)
    elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ENGLISH_PAIRS:
        pairs = (pair.elts[0] for pair in ast.walk(node.value) if isinstance(pair, ast.Tuple))
        yield from (words for words in pairs if isinstance(words, ast.Constant))


def _command_docstrings(tree: ast.Module) -> list[ast.expr]:
    """The docstrings that typer shows: those of functions handed to `_add`."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    added = [argument for call in calls if ast.unparse(call.func) == "_add" for argument in call.args]
    names = {argument.id for argument in added if isinstance(argument, ast.Name)}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in names]
    return [node.body[0].value for node in functions if isinstance(node.body[0], ast.Expr)]


def _said(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return QUOTED_KEY.sub(GAP, node.value) if isinstance(node.value, str) else ""
    return "".join(_said(value) if isinstance(value, ast.Constant) else GAP for value in node.values)


def from_script(path: str, source: str) -> list[Text]:
    """The sentences in a script of the form."""
    while PLACE.search(source):
        source = PLACE.sub(GAP, source)
    return [
        Text(path, number, number, "kod", CUT.sub(GAP, literal[0][1:-1]))
        for number, line in enumerate(source.split("\n"), 1)
        for literal in LITERAL.finditer(line)
        if LOOKS_LIKE_PROSE.search(literal[0][1:-1]) and not NO_SCRIPT_PROSE.search(literal[0])
    ]


READERS: Mapping[str, Callable[[str, str], list[Text]]] = {
    "questions/*.yaml": from_yaml,
    **dict.fromkeys((METHODS, "templates/*.j2", "README.md", "CHANGELOG.md", "docs/*.md"), from_markdown),
    "src/**/*.py": from_python,
    "templates/formular/*.js": from_script,
}


def place(root: Path, text: Text, word: str) -> str:
    """File and line of a word in a text that may span several lines."""
    lines = _source(root, text.path).split("\n")[text.first - 1 : text.last]
    seen = re.compile(rf"\b{re.escape(word)}(?!\w)")
    line = next((number for number, line in enumerate(lines, text.first) if seen.search(line)), text.first)
    return f"{text.path}:{line}"


# -------------------------------------------------------------------- spelling

TOKEN = re.compile(r"\w+(?:[-.:]\w+)*(?:(?<=[a-zåäö])-)?")
DIGIT = re.compile(r"[\d_]")


def words(prose: str) -> list[str]:
    """The words to look up: no single letters, nothing with digits like NEWS2, no `behov.varfor`."""
    tokens = TOKEN.findall(prose)
    pieces = [piece for token in tokens for piece in (token.split("-") if DIGIT.search(token) else [token])]
    spelt = [piece for piece in pieces if not DIGIT.search(piece)]
    whole = [piece for piece in spelt if "." not in piece or not piece.islower()]
    return [word for piece in whole for word in piece.split(".") if len(word) > 1]


def unknown(looked_up: Iterable[str], word_list: Path) -> set[str]:
    """The words that neither the dictionary nor the project's list knows; FileNotFoundError without them."""
    done = subprocess.run(
        ["hunspell", "-d", "sv_SE", "-l", "-i", "utf-8", "-p", str(word_list)],
        input="\n".join(sorted(set(looked_up))),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise FileNotFoundError(done.stderr)
    return set(done.stdout.split())


def spelling(root: Path) -> int:
    """Lists unknown words with their places."""
    uses: dict[str, list[Text]] = defaultdict(list)
    for text in (texts := collect(root)):
        for word in words(text.prose):
            uses[word].append(text)
    try:
        wrong = sorted(unknown(uses, root / WORD_LIST), key=str.casefold)
    except FileNotFoundError:
        print(INSTALL, file=sys.stderr)
        return IMPOSSIBLE
    for word in wrong:
        print(f"{word}: {', '.join(sorted({place(root, text, word) for text in uses[word]}))}")
    number, files = sum(map(len, uses.values())), len({text.path for text in texts})
    print(f"Filer: {files}. Ord: {number}. Okända: {len(wrong)}.")
    return FOUND if wrong else FINE


# ------------------------------------------------------------------------- LIX

READ_WORD = re.compile(r"[^\W\d_]\w*(?:[-:’.,]\w+)*")
SENTENCE_END = re.compile(r"[.!?…][”)*]*\s+(?![a-zåäö\d])|:\s+(?=[A-ZÅÄÖ])")


class Score(NamedTuple):
    """How heavy a text is to read; short texts have no goal."""

    lix: float
    goal: int | None
    length: int
    where: str

    def missed(self) -> bool:
        """Whether the text is heavier than its goal allows."""
        return self.goal is not None and self.lix >= self.goal

    def __str__(self) -> str:
        mark = "över" if self.missed() else "    " if self.goal else "kort"
        return f"{self.lix:3.0f}  {mark}  {self.where} ({self.length} ord)"


def lix(pieces: Iterable[str]) -> float:
    """The LIX of pieces read as one text; a piece is at least one sentence, and a number is no word."""
    sentences = [sentence for piece in pieces for sentence in SENTENCE_END.split(piece)]
    per_sentence = [read for sentence in sentences if (read := READ_WORD.findall(sentence))]
    every = [word for read in per_sentence for word in read]
    long = [word for word in every if len(word) > LONG_WORD]
    return len(every) / len(per_sentence) + 100 * len(long) / len(every) if every else 0.0


def scores(texts: Sequence[Text]) -> list[Score]:
    """The help texts one by one and file by file, and each method; heaviest first."""
    helps = [text for text in texts if text.kind == "hjalp"]
    methods = [text for text in texts if fnmatch(text.path, METHODS) and text.kind == "stycke"]
    single = [_score([text], HELP_GOAL, f"{text.path}:{text.first}") for text in helps]
    every = [score if score.length >= LONG_ENOUGH else score._replace(goal=None) for score in single]
    for chosen, goal in ((helps, HELP_GOAL), (methods, METHOD_GOAL)):
        every += [_score(list(whole), goal, path) for path, whole in groupby(chosen, lambda text: text.path)]
    return sorted(every, key=lambda score: score.lix, reverse=True)


def _score(texts: Sequence[Text], goal: int, where: str) -> Score:
    pieces = [text.prose for text in texts]
    return Score(lix(pieces), goal, sum(len(READ_WORD.findall(piece)) for piece in pieces), where)


def readability(root: Path, *, everything: bool = False) -> int:
    """Lists the LIX of every text with a goal, or of all texts."""
    measured = scores(collect(root))
    judged = [score for score in measured if score.goal]
    missed = [score for score in judged if score.missed()]
    print(*(measured if everything else judged), sep="\n")
    print(f"Mål: hjälptexter under {HELP_GOAL}, metoder under {METHOD_GOAL}.")
    print(f"{len(judged) - len(missed)} av {len(judged)} texter med mål når det.")
    return FOUND if missed else FINE


# ----------------------------------------------------------------------- terms

EXEMPT = {GLOSSARY, "questions/exempel.yaml"}


class Avoided(NamedTuple):
    """A word that is not used, the term that is, and the files where the word may stand all the same."""

    word: str
    term: str
    allowed: tuple[str, ...] = ()

    def pattern(self) -> re.Pattern[str]:
        """Finds the word; `feedback*` also finds its compounds, and capitals are taken as they stand."""
        ending = r"\w*" if self.word.endswith("*") else r"\b"
        bare = re.escape(self.word.rstrip("*")).replace(r"\ ", r"\s+")
        return re.compile(rf"\b{bare}{ending}", 0 if self.word.isupper() else re.IGNORECASE)


def glossary(page: str) -> list[Avoided]:
    """The words to avoid, from the tables `term | betyder | skriv inte` and `ord | får stå i | därför`."""
    rows = list(_rows(page))
    allowed = {cells["ord"]: tuple(_parts(cells["får stå i"])) for cells in rows if "får stå i" in cells}
    return [
        Avoided(word, cells["term"], allowed.get(word, ()))
        for cells in rows
        for word in _parts(cells.get("skriv inte", ""))
    ]


def _rows(page: str) -> Iterator[dict[str, str]]:
    """The rows of every table, as cells by heading."""
    headings: list[str] = []
    for line in page.split("\n"):
        cells = [cell.strip(" `") for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            headings = []
        elif not headings:
            headings = [cell.casefold() for cell in cells]
        elif set(cells[0]) - set("-: "):
            yield dict(zip(headings, cells, strict=False))


def _parts(cell: str) -> list[str]:
    return [word.strip(" `") for word in cell.split(",") if word.strip()]


def breaches(texts: Sequence[Text], avoided: Sequence[Avoided]) -> list[tuple[Text, str, str]]:
    """The text, the word as it stands there and the term to use instead."""
    return [
        (text, used, word.term)
        for word in avoided
        for text in texts
        if text.path not in EXEMPT and not any(fnmatch(text.path, pattern) for pattern in word.allowed)
        for used in word.pattern().findall(text.prose)
    ]


def terms(root: Path) -> int:
    """Lists uses of words that the glossary tells not to use."""
    avoided = glossary(_source(root, GLOSSARY))
    uses = breaches(collect(root), avoided)
    for text, word, term in uses:
        print(f"{place(root, text, word)}: ”{word}”. Skriv ”{term}”.")
    print(f"Ord att undvika: {len(avoided)}. Träffar: {len(uses)}.")
    return FOUND if uses else FINE


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Runs one of the checks; gives the exit code."""
    checks: Mapping[tuple[str, ...], Callable[[], int]] = {
        ("stavning",): lambda: spelling(root),
        ("lix",): lambda: readability(root),
        ("lix", "--alla"): lambda: readability(root, everything=True),
        ("termer",): lambda: terms(root),
    }
    if tuple(arguments) in checks:
        return checks[tuple(arguments)]()
    print(USAGE, file=sys.stderr)
    return IMPOSSIBLE


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
