"""Makes the pages that are written from data: the rules, the methods, and the map of the rooms.

kontroller.md comes from the rules, metoder.md from the methods, the map in CONTRIBUTING.md from the floors.

Run it with a Python that has utb installed: `python docs/skapa.py`. A test tells when a page is out of date.
"""

from __future__ import annotations

import ast
import re
import runpy
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.checks.deviations import NEVER_ACCEPTED
from utbildningsprocess.checks.reports import grade_name, stage_title
from utbildningsprocess.checks.texts import load_rules
from utbildningsprocess.learning_objects import load_methods
from utbildningsprocess.settings import LIMITS
from utbildningsprocess.steps import step_name
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.checks.model import RuleText
    from utbildningsprocess.learning_objects import Method

DOCS = Path(__file__).resolve().parent
TOP = DOCS.parent
SOURCE = TOP / "src" / "utbildningsprocess"
MAP = re.compile(r"(<!-- karta:[^\n]*-->\n).*?(<!-- /karta -->)", re.DOTALL)
QUESTIONS = DOCS.parent / "questions"
RULES = "rod-trad.yaml"
OWN = "Egen bedömning"
SHOWN_WHOLE = "work"
"""The room whose modules the map lists: everything a person does begins in one of them."""
_NAME = re.compile(r"\{[a-z_]+\}")

ABOUT_CHECKS = """\
# Kontroller

<!-- Sidan görs av docs/skapa.py. Ändra i questions/rod-trad.yaml, eller i skriptet. -->

`utb granska` letar efter ställen där den röda tråden mellan stegen är av: ett lärandemål som ingen aktivitet
tränar, ett mått utan resultat, ett beslut som säger emot svaren. Det den hittar kallas fynd.

**Fynd är råd.** De hindrar er aldrig från att gå vidare, och ni bestämmer vad ni gör med dem. En regel
prövas bara när steget den gäller är påbörjat, så ett steg ni inte har rört ger inga fynd. En fråga som
inte längre gäller, för att ni har ändrat ett annat svar, ger inte heller några. Svaret står ändå kvar.

| Skriv | Så händer |
| --- | --- |
| `utb granska` | Alla insatser i mappen granskas. |
| `utb granska trygg-start` | En insats granskas. Ange flera om ni vill. |
| `utb granska --regel R24` | Regeln förklaras: vad den ser efter, varför, och vem som säger det. |
| `utb granska trygg-start --avsteg R24 --skal "…" --roll "…"` | Fyndet godtas, med ett skäl. |

## Graderna

| Grad | Betyder |
| --- | --- |
| Röd | Den röda tråden är av. |
| Gul | Det finns en risk. |
| Tips | Något att överväga. |

## Avsteg

Ibland är det rätt att göra på ett annat sätt. Godta då fyndet med ett motiverat avsteg. Det sparas i
dossiern, i avsnittet *Avsteg*, med regel, skäl, roll och datum, och visas bredvid fyndet varje gång. Skälet
ska gå att förstå för någon som inte var med.

`--avsteg R11` gäller alla fynd som regeln har gjort. `--avsteg R11:L3` gäller bara raden L3. Det går också
att skriva avsteget för hand i dossiern: `R24` eller `R11 L3` i fältet *Regel*. Utan skäl räknas det inte.
Ett avsteg som inte går att förstå räknas inte heller. Då säger `utb granska` vilken rad det är, och hur ni
skriver det.
Bara {never}, personnummer, går inte att godta.

## Gränserna

Gränserna är vår egen bedömning, inte forskning. De som räknas i deltagartimmar ändrar ni i `utb.yaml`:

```yaml
granser:
{limits}
```

## För andra program

| Format | Ger |
| --- | --- |
| `--format text` | Text att läsa. Så blir det utan flagga. |
| `--format json` | En lista med `insats`, `regel`, `grad`, `steg`, `rad`, `text`, `avsteg` per fynd. |
| `--format github` | Kommentarer som GitHub visar vid rätt rad. |
| `--format junit` | Testresultat i XML: en svit för varje insats, ett testfall för varje prövad regel. |

En dossier som inte går att läsa säkert står med som ett fel på sin rad. I `json` är `grad` då `fel`, och
`regel`, `steg` och `avsteg` är tomma. I `github` och `junit` är det ett `error`.

`github` och `junit` läses ofta av fler än dossiern. Där visas därför aldrig något som ni har skrivit i era
svar: det ersätts med ”…”. `text` och `json` citerar svaren.

| Slutkod | Betyder |
| --- | --- |
| 0 | Granskningen är gjord, med eller utan fynd. |
| 1 | Bara med `--strikt`: det finns minst ett rött fynd utan avsteg. |
| 2 | Kommandot går inte att förstå som det är skrivet. |
| 3 | Minst en dossier går inte att läsa säkert. De andra är granskade. |

I ett arbetsflöde på GitHub, där `utb` redan är installerat:

```yaml
- name: Granska insatserna
  run: utb granska --strikt --format github
```

## Så läser ni reglerna

Ord som `{{id}}` fylls i av programmet. Adresser som `koncept.matt` är frågor; de står i `questions/`.
Orden, graden och källan går att ändra där, i `rod-trad.yaml`. Vill ni ha egna, lägg en fil med samma namn i
er egen mapp för frågor. En regel som inte står i filen prövas inte.
"""

ABOUT_METHODS = """\
# Metoder

<!-- Sidan görs av docs/skapa.py. Ändra i questions/metoder, eller i skriptet. -->

Bakom frågorna ligger metoder. Varje metod har ett lärobjekt, en kort text om när den används och hur ni gör.
Läs det med `utb metod` och ett ord ur titeln, eller öppna filen i `questions/metoder/`.
"""


def pages() -> dict[Path, str]:
    """The text of every page, by its path."""
    rules = load_rules((QUESTIONS / RULES).read_text(encoding="utf-8"), RULES)
    texts = {
        path.name: path.read_text(encoding="utf-8") for path in sorted((QUESTIONS / "metoder").glob("*.md"))
    }
    return {
        DOCS / "kontroller.md": checks_page(rules.values()),
        DOCS / "metoder.md": methods_page(load_methods(texts)),
        TOP / "CONTRIBUTING.md": contributing_page((TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")),
    }


# ------------------------------------------------------------------- checks


def checks_page(rules: Iterable[RuleText]) -> str:
    """Every rule, by stage, and what a finding is."""
    rules = list(rules)
    limits = "\n".join(f"  {name}: {number:g}" for name, number in LIMITS.items())
    parts = [ABOUT_CHECKS.format(limits=limits, never=joined(NEVER_ACCEPTED))]
    for stage, group in groupby(rules, key=lambda rule: rule.stage):
        parts += [f"## {stage_title(stage)}\n", *map(_rule, group)]
    return "\n".join([*parts, _sources(rules)])


def _rule(rule: RuleText) -> str:
    text = _NAME.sub(r"`\g<0>`", rule.text)
    return (
        f"### {rule.id} {rule.title}\n\n"
        f"{grade_name(rule.grade)}. {text}\n\n"
        f"- **Gäller när:** {rule.condition}.\n"
        f"- **Varför:** {rule.why}\n"
    )


def _sources(rules: Iterable[RuleText]) -> str:
    """What the rules build on, each source once."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for rule in rules:
        for source in rule.source.split("; "):
            found[OWN if source.startswith("gräns") else source[:1].upper() + source[1:]].append(rule.id)
    lines = [f"- {source}: {joined(sorted(set(ids)))}" for source, ids in sorted(found.items())]
    return "\n".join(["## Källor\n", *lines, ""])


# ------------------------------------------------------------------ methods


def methods_page(methods: Iterable[Method]) -> str:
    """A table of the methods: where they belong and what they are about."""
    head = ["| Metod | Steg | Frågor | I korthet |", "| --- | --- | --- | --- |"]
    return "\n".join([ABOUT_METHODS, *head, *map(_method, methods), ""])


def _method(method: Method) -> str:
    title = f"[{method.title}](../questions/metoder/{method.file})"
    steps = ", ".join(map(step_name, method.stages))
    questions = ", ".join(f"`{qid}`" for qid in method.questions)
    cells = (title, steps, questions, first_sentence(method.body))
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def first_sentence(body: str) -> str:
    """The first sentence of a text, as one line."""
    paragraph = " ".join(body.strip().split("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”])", paragraph)[0]


# ---------------------------------------------------------------------- map


def contributing_page(text: str) -> str:
    """The page with the table of the rooms printed anew, floor by floor from the lowest."""
    rows = ["", "| floor | room | what it is |", "| --- | --- | --- |"]
    floors = runpy.run_path(str(TOP / "tests" / "floors.py"))["FLOORS"]
    for number, floor in enumerate(floors, 1):
        for room in floor:
            rows.append(f"| {number} | `{_path(room)}` | {_sentence(SOURCE / room)} |")
            rows += _modules(room) if room == SHOWN_WHOLE else []
    table = "\n".join([*rows, "", ""])
    return MAP.sub(lambda marked: f"{marked[1]}{table}{marked[2]}", text)


def _path(room: str) -> str:
    return f"{room}/" if (SOURCE / room).is_dir() else f"{room}.py"


def _modules(room: str) -> list[str]:
    """A row for each module of a room."""
    files = sorted((SOURCE / room).glob("[a-z]*.py"))
    return [f"| | `{room}/{file.name}` | {_sentence(file.with_suffix(''))} |" for file in files]


def _sentence(path: Path) -> str:
    """What a room or a module says of itself first."""
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    code = file.read_text(encoding="utf-8")
    return " ".join((ast.get_docstring(ast.parse(code)) or "").split("\n\n")[0].split()).replace(
        "|", "&#124;"
    )


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8", newline="\n")
        print(f"{path.relative_to(DOCS.parent)}: {text.count(chr(10))} rader")
