"""Makes the pages that are written from data: rules, methods, the diagnosis, and the map of the rooms.

kontroller.md comes from the rules, metoder.md from the methods, diagnosen.md from diagnos.yaml and the
statements, the map in CONTRIBUTING.md from the floors.

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

from utbildningsprocess.addresses import ABLE_TODAY, OBSTACLES, PEOPLE_ASKED, TRIGGERS
from utbildningsprocess.battery import load_battery
from utbildningsprocess.checks.deviations import NEVER_ACCEPTED
from utbildningsprocess.checks.registry import NOT_SETTLED_BY_SKIPPING
from utbildningsprocess.checks.reports import grade_name, stage_title
from utbildningsprocess.checks.texts import load_rules
from utbildningsprocess.diagnosis.counting import SINGLE_QUESTIONS
from utbildningsprocess.diagnosis.loading import fitting, read_diagnosis
from utbildningsprocess.learning_objects import load_methods
from utbildningsprocess.settings import LIMITS
from utbildningsprocess.steps import step_name
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.checks.model import RuleText
    from utbildningsprocess.diagnosis.model import Action, Counted, DiagnosisModel, Gate
    from utbildningsprocess.learning_objects import Method
    from utbildningsprocess.model import Battery, Condition

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
En fråga som ni har hoppat över med ett skäl frågar reglerna inte efter igen. Bara {speaking} säger ändå till:
det som en lag kräver gäller fortfarande, och en stark orsak eller ett ja om målen står kvar utan stöd.

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
        DOCS / "diagnosen.md": diagnosis_page(),
        TOP / "CONTRIBUTING.md": contributing_page((TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")),
    }


# ---------------------------------------------------------------- diagnosis

ABOUT_DIAGNOSIS = """\
# Diagnosen

<!-- Sidan görs av docs/skapa.py. Ändra i questions/diagnos.yaml och 2-analys.yaml, eller i skriptet. -->

Svaren i Analys pekar på orsaker, och orsakerna på insatser. Så här räknas det, och papper och penna räcker.
`utb diagnos --rakna` visar samma räkning för en insats, rad för rad.

## Det här behöver ni

- Svaren på de {number} påståendena: ”Mycket”, ”Delvis”, ”Inte alls” eller ”Vet inte”. Bara ”Mycket” och
  ”Delvis” ger streck och punkt. Ett obesvarat påstående räknas som ”Vet inte”. Har flera svarat var för
  sig väger ni samman svaren först: se *Flera som svarar var för sig*.
- Svaren på de här frågorna:
{questions}

## Räkna för hand

1. Skriv ett streck för varje ”Mycket” och en punkt för varje ”Delvis” vid orsakerna i tabellen nedan. Ett
   påstående med två orsaker räknas i båda.
2. Ringa in orsakerna med minst ett streck. De är starka. Ta bort ringen, men inte strecket, för de orsaker
   som tabellen *Om de klarar det redan* nämner vid ert svar: de är högst möjliga.
3. Skriv huvudinsatsen för varje inringad orsak: flest streck först, sedan flest punkter, sedan som i
   tabellen. Samma insats skrivs en gång. Ryms det man behöver veta på en sida räknas *Kunskap saknas* till
   annat, och dess huvudinsats är information.
4. Orsaker utan ring som har minst två punkter, eller ett streck som förlorade sin ring i steg 2, ger sin
   huvudinsats att komplettera med, om den inte redan är en huvudinsats. Övriga orsaker med en punkt är sådant
   att hålla ögonen på.
5. Pröva grindarna uppifrån och ned. Den första som gäller avgör utfallet. Grinden som räknar brister räknar
   bara dem den nämner, så titta i *Bristerna* när ni kommer dit. Gäller ingen grind avgör de inringade: bara
   lärande ger lärande, bara annat ger annat än utbildning, och båda ger en mix.
6. Blir det att låta bli eller att undersöka först skriver ni inga insatser. Blir det bara det kravet kräver
   är det huvudinsatsen, och de inringade orsakernas insatser blir att komplettera med.
7. Räkna bristerna. Ingen ger starkt underlag, en eller två rimligt och tre eller fler svagt. Blir det att
   undersöka först är underlaget alltid svagt.

Räkna bara med kolumnen Huvudinsats. *Går också* är en insats som duger i stället, och *Hjälper till* en som
stöder den. De ändrar inte utfallet.

| Orsak | Påståenden | Hör till | Huvudinsats | Går också | Hjälper till |
| --- | --- | --- | --- | --- | --- |
{causes}

Ryms det man behöver veta på en sida möts kunskap av {page}, och räknas då till annat än lärande.

Exempel: ”{rare}” hindrar mycket, ”{time}” hindrar delvis, och de har kunnat det tidigare. En stark orsak, i
lärande: utfallet är lärande, huvudinsatsen övning, och tiden är något att hålla ögonen på. Utfallet vilar på
ett enda svar, så underlaget är rimligt.

## Om de klarar det redan

| Svar på frågan ”{able}” | Blir högst möjlig | Så säger diagnosen |
| --- | --- | --- |
{able_today}

Texten i den tredje kolumnen skrivs alltid ut. Den är inget tillägg.

## Grindarna

En grind är ett svar som avgör utfallet på egen hand. Pröva dem uppifrån och ned: den första som gäller avgör.
Tillägg gäller oavsett utfall. Ett villkor som handlar om svaren prövas också innan påståendena är besvarade.

| Grind | Gäller när | Ger |
| --- | --- | --- |
{gates}

## Utfallen

| Utfall | Betyder |
| --- | --- |
{outcomes}

## Bristerna

| Brist | Gäller när | Så säger diagnosen |
| --- | --- | --- |
{shortcomings}

b5, b6 och b7 prövas bara när en stark orsak avgör utfallet, alltså när ingen grind gällde.

**På gränsen (b5).** Pröva ett streck i taget: gör det till en punkt och räkna om. Ett påstående med två
orsaker ({twice}) ändras i båda. Blir utfallet ett annat är ni på gränsen mellan de två utfallen, och det
svaret är det som utfallet vilar på. Är det flera nämns det med lägst nummer. Ofta räcker det att räkna svaren
”Mycket” på varje sida, lärande och annat, bland inringade orsaker: är det bara ett på en sida, är det svaret
avgörande.

**Svar som drar åt olika håll (b8).** Bara {lacking} räknas som brist. De andra är frågor att ställa.

{contradictions}

## Det här skulle ändra bilden

Högst fem rader, i den här ordningen. Ett svar som varken ändrar utfallet eller huvudinsatserna står inte där.

1. Varje ”Mycket” som utfallet vilar på, om det vore ”Delvis”: en rad var, lägst nummer först.
2. Ett annat svar på om de klarar det redan, när det lägger till eller tar bort en huvudinsats. En rad: det
   första av svaren, i den ordning de står, som gör det.
3. Ett annat svar på om det ryms på en sida, när kunskap är en stark orsak.
4. ”Delvis” som skulle ge en huvudinsats till om de vore ”Mycket”. Börja med orsaken som har flest ”Delvis”,
   vid lika inringade orsaker först och sedan som i tabellen, och skriv dess påståenden tills ni har tre. De
   står på en rad.
5. ”Vet inte” på påståenden vars orsak inte är stark: en rad var.

## Flera som svarar var för sig

Väg samman svaren innan ni räknar, ett påstående i taget.

{respondents}

Med Esthers svar menas svar från den som har egen erfarenhet, eller som för den personens talan. När det sägs
på hur många påståenden ni ser lika räknas ”Vet inte” som ett eget svar.

## Åtta meningar

Det här är räkningen i korthet. Den står också överst i `questions/diagnos.yaml`.

{sentences}

## Påståendena

I den ordning de ställs, efter orsak.

{statements}

## Insatserna

| Insats | I praktiken | Räknas som |
| --- | --- | --- |
{actions}

## Vad som är bedömning och vad som har en källa

Att skilja på vad som saknas, kunskap eller något runt omkring, och att fråga om de skulle klara det om
det verkligen gällde, kommer från Mager och Pipe (1970). Ordningen, miljön först, följer Gilbert (1978).
Vilka slags insatser som brukar möta vilka slags hinder följer Michie m.fl. (2011, tabell 2).

Det här är vår bedömning och inte prövat i forskning: vilka påståenden som hör till vilken orsak, vilken
insats som står först, och gränserna två, fyra, fem och sju. Fallen i `tests/cases/diagnos.yaml` är
påhittade, och samma person skrev fallen och modellen: de visar att den håller ihop, inte att den är
sann. Pröva den på avslutade ärenden.

Den säger aldrig procent. Ett hinder som blir större lägger till en insats och tar inte bort en annan,
men i de flesta verkliga svar finns minst ett svar som ensamt byter utfallet. Därför sägs alltid vad det
vilar på.
"""

_NUMBERED = re.compile(r"#   (?:S?\d)\.? (.*(?:\n#      ?.*)*)")


def diagnosis_page() -> str:
    """The diagnosis as a page: how to count by hand, and everything it counts with."""
    text = (QUESTIONS / "diagnos.yaml").read_text(encoding="utf-8")
    named = sorted(path for path in QUESTIONS.glob("[0-9]-*.yaml"))
    read = read_diagnosis(text, "diagnos.yaml")
    battery = load_battery({path.name: path.read_text(encoding="utf-8") for path in named}, read.computed)
    model = fitting(read, battery)
    counted, weighed = text[: text.index("format:")], text[text.index("# ---") :]
    asked = {question.qid: question for question in battery.questions()}
    obstacles, able = asked[OBSTACLES], asked[ABLE_TODAY]
    said = {statement.id: statement.text for statement in obstacles.statements}
    return ABOUT_DIAGNOSIS.format(
        sentences=_listed(_NUMBERED.findall(counted)),
        questions="\n".join(f"  - {asked[qid].text}" for qid in (*SINGLE_QUESTIONS, TRIGGERS, PEOPLE_ASKED)),
        number=len(said),
        twice=joined(key for key, causes in model.statements.items() if len(causes) > 1),
        lacking=joined(odd.id for odd in model.contradictions if odd.is_shortcoming),
        rare=said["s04"],
        time=said["s10"],
        causes=_rows(_cause_cells(model, cause) for cause in model.causes),
        page=model.action("information").name.casefold(),
        statements=_bullets(
            f"**{key}** {words} *{_named(model, model.statements[key])}*" for key, words in said.items()
        ),
        actions=_rows(
            (action.name, action.in_practice, _kind_of(action)) for action in model.actions.values()
        ),
        able=able.text,
        able_today=_rows(
            (
                option.label,
                _named(model, model.able_today[option.id].at_most_possible) or "–",
                model.able_today[option.id].text,
            )
            for option in able.options
        ),
        gates=_rows(
            (gate.id, _in_words(gate.condition, battery, gate.or_unknown), _gives(model, gate))
            for gate in model.gates
        ),
        outcomes=_rows((outcome.name, outcome.text) for outcome in model.outcomes),
        shortcomings=_rows(
            (lack.id, _in_words(lack.condition, battery), lack.text) for lack in model.support.shortcomings
        ),
        contradictions=_bullets(
            f"**{odd.id}** {odd.text}{' Räknas som brist.' if odd.is_shortcoming else ''}"
            for odd in model.contradictions
        ),
        respondents=_listed(_NUMBERED.findall(weighed)),
    )


def _listed(sentences: Iterable[str]) -> str:
    texts = (re.sub(r"\n#\s*", " ", sentence) for sentence in sentences)
    return "\n".join(f"{number}. {text}" for number, text in enumerate(texts, 1))


def _bullets(texts: Iterable[str]) -> str:
    return "\n".join(f"- {text}" for text in texts)


def _rows(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)


def _named(model: DiagnosisModel, causes: Iterable[str]) -> str:
    return "; ".join(model.causes[cause].name for cause in causes)


def _cause_cells(model: DiagnosisModel, cause: str) -> tuple[str, ...]:
    meaning = model.causes[cause]
    statements = ", ".join(key for key, causes in model.statements.items() if cause in causes)
    side = "lärande" if meaning.side == "larande" else "annat"
    several = (
        ", ".join(model.action(action).name for action in ids) or "–"
        for ids in (meaning.also, meaning.support)
    )
    return (meaning.name, statements, side, model.action(meaning.first).name, *several)


def _kind_of(action: Action) -> str:
    if action.is_planned_learning:
        return "lärande"
    return "lärande, i arbetet" if action.is_everyday_learning else "annat"


def _in_words(condition: Counted, battery: Battery, or_unknown: int | None = None) -> str:
    """A condition as it is read on paper."""
    parts = [
        _answers_in_words(condition.answers, battery) if condition.answers else "",
        f"högst {condition.most_strong} starka orsaker" if condition.most_strong else "",
        "ingen orsak är stark" if condition.most_strong == 0 else "",
        f"minst {condition.least_strong} starka orsaker" if condition.least_strong else "",
        f"minst {condition.least_unknown} påståenden är obesvarade eller ”vet inte”"
        if condition.least_unknown
        else "",
        f"”Mycket” i {' eller '.join(condition.much_in_any)}" if condition.much_in_any else "",
        f"inget svar talar för {', '.join(condition.nothing_in)}" if condition.nothing_in else "",
        "utfallet byter om ett enda ”Mycket” vore ”Delvis”" if condition.rests_on_one else "",
        "de som har svarat var för sig är oense: någon har svarat ”Inte alls” på ett sammanvägt ”Mycket”, "
        "eller minst tre påståenden har både ”Mycket” och ”Inte alls”"
        if condition.disagreement
        else "",
        "två svar drar åt olika håll, och det räknas som brist (se nedan)" if condition.contradiction else "",
        f"minst {condition.least_shortcomings} av {', '.join(condition.among)}"
        if condition.least_shortcomings
        else "",
    ]
    unknown = f", eller minst {or_unknown} påståenden är obesvarade eller ”vet inte”" if or_unknown else ""
    return " och ".join(filter(None, parts)) + unknown


def _answers_in_words(condition: Condition, battery: Battery) -> str:
    inner = [_answers_in_words(one, battery) for one in condition.every or condition.some or ()]
    if condition.every:
        return " och ".join(inner)
    if condition.some:
        return f"({' eller '.join(inner)})"
    if condition.negated:
        return f"inte {_answers_in_words(condition.negated, battery)}"
    question = battery.question(condition.question or "")
    if question is None:
        raise KeyError(condition.question)
    if condition.answered is not None:
        return f"frågan ”{question.text}” är {'besvarad' if condition.answered else 'obesvarad'}"
    wanted = condition.one_of or (condition.contains or condition.equals,)
    return f"”{question.text}” {' eller '.join(f'”{question.label(str(value))}”' for value in wanted)}"


def _gives(model: DiagnosisModel, gate: Gate) -> str:
    return model.outcome(gate.outcome).name if gate.outcome else f"tillägg: {gate.text}"


# ------------------------------------------------------------------- checks


def checks_page(rules: Iterable[RuleText]) -> str:
    """Every rule, by stage, and what a finding is."""
    rules = list(rules)
    limits = "\n".join(f"  {name}: {number:g}" for name, number in LIMITS.items())
    speaking = joined(NOT_SETTLED_BY_SKIPPING)
    parts = [ABOUT_CHECKS.format(limits=limits, never=joined(NEVER_ACCEPTED), speaking=speaking)]
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
