"""Makes the pages that are written from data: rules, methods, the diagnosis, and the map of the rooms.

kontroller.md comes from the rules, metoder.md from the methods, diagnosen.md from diagnos.yaml and the
statements, the map in CONTRIBUTING.md from the floors.

Run it with a Python that has utb installed: `python docs/skapa.py`. A test tells when a page is out of date.
"""

from __future__ import annotations

import ast
import re
import runpy
import textwrap
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ABLE_TODAY,
    DEMAND,
    GAP_EVIDENCE,
    IF_NOTHING_IS_DONE,
    OBSTACLES,
    ONE_PAGE,
    PEOPLE_ASKED,
    TRIGGERS,
    stage_of,
)
from utbildningsprocess.battery import load_battery
from utbildningsprocess.checks.deviations import NEVER_ACCEPTED
from utbildningsprocess.checks.registry import NOT_SETTLED_BY_SKIPPING
from utbildningsprocess.checks.reports import grade_name, stage_title
from utbildningsprocess.checks.texts import load_rules
from utbildningsprocess.diagnosis.counting import diagnose
from utbildningsprocess.diagnosis.loading import fitting, read_diagnosis
from utbildningsprocess.diagnosis.reckoning import reckoning_text
from utbildningsprocess.diagnosis.respondents import MUCH, NOT_AT_ALL, PARTLY
from utbildningsprocess.diagnosis.tipping import tipping_points
from utbildningsprocess.learning_objects import load_methods
from utbildningsprocess.model import AnswerSheet, Given
from utbildningsprocess.settings import LIMITS
from utbildningsprocess.steps import step_name
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utbildningsprocess.checks.model import RuleText
    from utbildningsprocess.diagnosis.model import Action, CauseMeaning, Counted, DiagnosisModel, Gate
    from utbildningsprocess.learning_objects import Method
    from utbildningsprocess.model import Battery, Condition, Question, Value

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
| `utb granska --mot main` | Bara det som är nytt sedan ni lämnade grenen visas. |
| `utb granska --index` | Dossiererna granskas så som de är tillagda med `git add`. |
| `utb granska -` | En dossier läses från standard in. |
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
| 1 | Bara med `--strikt` och `--mot`: ett rött fynd utan avsteg, eller text som inte läses. |
| 2 | Kommandot går inte att förstå som det är skrivet. |
| 3 | Minst en dossier går inte att läsa säkert. De andra är granskade. |

Med `--mot` räknas bara det som är nytt, och det som alltid stoppar: ett personnummer eller en skadad fil.
Färdiga flöden för GitHub, GitLab och pre-commit står i [git.md](git.md).

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

Svaren i Analys pekar på orsaker, och orsakerna på insatser. Så här räknas det, i åtta steg. Ett nionde
visar vad som skulle ändra bilden. Papper och penna räcker. `utb diagnos --rakna` visar samma räkning för er
insats, med samma nummer på stegen.

## Det här behöver ni

Svaren på de {number} påståendena: ”Mycket”, ”Delvis”, ”Inte alls” eller ”Vet inte”. Ett obesvarat påstående
räknas som ”Vet inte”. Har flera svarat var för sig väger ni samman svaren först: se
[Flera som svarar var för sig](#flera-som-svarar-var-för-sig).

Svaren på de här frågorna. Svar som inte nämns längre ned ändrar ingenting, som ”Ja, internt beslut”.
”Vet inte än” räknas som ”Vet inte” där det alternativet finns. Är en fråga obesvarad gäller inget av det som
kräver ett svar på den.

{questions}

## Räkna för hand

{steps}

| Orsak | Påståenden | Sida | Huvudinsats |
| --- | --- | --- | --- |
{causes}

### Om de klarar det redan

| Svar på frågan ”{able}” | Förlorar ringen | Så säger diagnosen |
| --- | --- | --- |
{able_today}

Texten i den tredje kolumnen sägs bara, och inte när utfallet är att låta bli eller bara det kravet kräver.
Den räknas inte.

### Grindarna

En grind är ett svar som avgör på egen hand. Grindar som bara handlar om svar på frågor prövas också innan
påståendena är besvarade.

{gates}

Vid g0 sägs inte texten till g6, för g0 säger samma sak.

### Bristerna

{shortcomings}

b5, b6 och b7 räknas bara när ingen grind gällde. Vid b4 räknas den som har svarat på påståendena var för sig
som tillfrågad, om frågan är besvarad.

**Vad utfallet vilar på (b5).** Pröva ett streck i taget: gör det till en punkt och räkna om från steg 1. Ett
påstående med två orsaker ändras i båda. Blir utfallet ett annat vilar det på det svaret, och ni är på
gränsen mellan de två utfallen. Vilar det på flera svar sägs gränsen bara för det med lägst nummer.
Genväg: räkna de *svar* som är ”Mycket” hos inringade orsaker, lärande för sig och annat för sig. Är det ett
enda på en sida är det svaret avgörande. Står samma påstående vid två inringade orsaker är det ett svar.

**Svar som drar åt olika håll (b8).** Bara {lacking} räknas som brist. De andra är frågor att ställa.

{contradictions}

## Ett exempel

”{rare}” hindrar mycket och ”{time}” delvis. De andra
påståendena hindrar inte alls. De har kunnat det tidigare, det ryms inte på en sida, glappet är mätt,
medarbetare i målgruppen är tillfrågade, inget krav finns och det finns risk för skada. Så visar
`utb diagnos --rakna` det:

```text
{example}
```

## Det som sägs bredvid

Det här räknas inte. `{{orsaker}}` är de orsaker som det gäller. Vid g5 är det alla inringade, och är ingen
inringad samma som vid g4.

| Text | Sägs när |
| --- | --- |
{beside}

## Det här skulle ändra bilden

Det nionde steget i `--rakna`. Högst fem rader, i den här ordningen. Ett svar som varken ändrar utfallet eller
huvudinsatserna står inte där. Har en grind strukit insatserna räknas bara det som ändrar utfallet.

1. Varje ”Mycket” som utfallet vilar på, om det vore ”Delvis”: en rad var, lägst nummer först.
2. Ett annat svar på om de klarar det redan. Pröva svaren uppifrån och ned, och skriv bara det första som
   lägger till eller tar bort en huvudinsats.
3. Ett annat svar på om det ryms på en sida, när *Kunskap saknas* är inringad.
4. ”Delvis” som skulle ge en huvudinsats till om de vore ”Mycket”. Högst tre påståenden, på en rad. Börja med
   orsaken som har flest punkter. Vid lika: inringade orsaker först, sedan flest streck, sedan som i tabellen.
5. ”Vet inte” på påståenden vars orsak inte är inringad, om de vore ”Mycket”: en rad var.

Inom samma orsak, och på rad 5, gäller ordningen i listan över påståendena.

Blev det ingen rad alls prövas svaren om glappet, om vad som händer om ni inget gör och om krav: för varje
fråga det första andra svaret, i den ordning de står, som ändrar bilden.

## Flera som svarar var för sig

Väg samman svaren innan ni räknar, ett påstående i taget. Den som inte har svarat på ett påstående räknas som
”Vet inte” på det.

{respondents}

Med Esthers svar menas svar från den som har egen erfarenhet, eller som för den personens talan. När det sägs
på hur många påståenden ni ser lika räknas ”Vet inte” som ett eget svar, och bara det som alla har svarat på.

## Utfallen

| Utfall | Betyder |
| --- | --- |
{outcomes}

## Påståendena

I den ordning de ställs.

{statements}

## Insatserna

*Duger i stället* och *hjälper till* ändrar aldrig räkningen. Det första godtas av granskningen, det andra
nämns som stöd.

| Orsak | Huvudinsats | Duger i stället | Hjälper till |
| --- | --- | --- | --- |
{met_by}

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

BY_HAND = (
    """\
Skriv ett streck för varje ”Mycket” och en punkt för varje ”Delvis” vid orsaken i tabellen. Ett påstående med
två orsaker ({twice}) räknas i båda. Ringa in varje orsak med minst ett streck: den är stark. Räkna också
hur många påståenden som är obesvarade eller ”Vet inte”.""",
    """\
Titta i *Om de klarar det redan*. En orsak som nämns vid ert svar förlorar ringen men behåller strecken.""",
    """\
Är svaret ja hör *Kunskap saknas* till annat, och dess huvudinsats är {page}.""",
    """\
Skriv huvudinsatsen för varje inringad orsak.""",
    """\
Gå igenom orsakerna utan ring i samma ordning: flest streck, flest punkter, tabellen. Minst två punkter, eller
ett streck, ger huvudinsatsen att komplettera med. Står den redan i steg 4 skrivs den inte igen. En ensam
punkt är något att hålla ögonen på.""",
    """\
Titta bara på de inringade. Det här är utfallet, om ingen grind gäller i nästa steg.""",
    """\
Pröva grindarna uppifrån och ned. Den första som gäller avgör i stället för steg 6. Blir det att låta bli
eller att undersöka först stryker ni alla insatser. Blir det bara det kravet kräver är det huvudinsatsen,
insatserna från steg 4 är att komplettera med, och allt från steg 5 stryks. Det ni håller ögonen på står kvar
bara vid att undersöka först.""",
    """\
Gällde ingen grind: pröva vad utfallet vilar på. Se vilka svar som drar åt olika håll och räkna sedan
*Bristerna*. Blir det att undersöka först är underlaget alltid svagt.""",
)
"""How each of the eight sentences is done with pen and paper."""

SAID_IF = {
    "text_if_rare": "en orsak om det sällsynta har streck eller punkt",
    "text_if_possible": "en eller två orsaker har flest punkter, när de som steg 2 sänkte är borträknade",
    "text_if_lowered": "steg 2 har tagit bort ringen från en orsak med streck",
    "text_if_all_alike": "högst två påståenden har ett annat svar än ”Delvis”",
    "text_if_only_coaching": "handledning är den enda huvudinsatsen och inget lärande kompletterar",
    "text_if_complement": "något annat än lärande kompletterar",
    "text_if_learning_complements": "lärande kompletterar",
    "text_if_only_information": "information är den enda huvudinsatsen och inget kompletterar",
}
"""When each of the sentences is said that a gate or an outcome has for some cases."""

EXAMPLE: dict[str, Value] = {
    GAP_EVIDENCE: "matt",
    PEOPLE_ASKED: ("medarbetare",),
    ABLE_TODAY: "tidigare",
    ONE_PAGE: False,
    DEMAND: "nej",
    IF_NOTHING_IS_DONE: "risk_skada",
}
"""The answers of the example, beside the statements."""
RARE, TIME = "s04", "s10"
EXAMPLE_WIDTH = 90

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
    twice = joined(key for key, causes in model.statements.items() if len(causes) > 1)
    page = model.action("information").name.casefold()
    by_hand = (text.format(twice=twice, page=page) for text in BY_HAND)
    sentences = zip(_unbroken(_NUMBERED.findall(counted)), by_hand, strict=True)
    return ABOUT_DIAGNOSIS.format(
        steps=_numbered(f"**{sentence}**\n\n{_indented(way, 3)}\n" for sentence, way in sentences),
        questions=_bullets(
            f"{asked[qid].text} ({step_name(stage_of(qid))}) {_options(asked[qid])}"
            for qid in (
                GAP_EVIDENCE,
                ABLE_TODAY,
                ONE_PAGE,
                DEMAND,
                IF_NOTHING_IS_DONE,
                TRIGGERS,
                PEOPLE_ASKED,
            )
        ),
        number=len(said),
        lacking=joined(odd.id for odd in model.contradictions if odd.is_shortcoming),
        rare=said[RARE].removesuffix("."),
        time=said[TIME].removesuffix("."),
        example=_example(model, battery),
        causes=_rows(_cause_cells(model, cause) for cause in model.causes),
        met_by=_rows(_met_by(model, meaning) for meaning in model.causes.values()),
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
                model.able_today[option.id].text or "–",
            )
            for option in able.options
        ),
        gates=_bullets(
            f"**{gate.id}** ger {_gives(model, gate)} "
            f"{_when(model, gate.condition, battery, gate.or_unknown)}"
            for gate in model.gates
        ),
        beside=_rows((_NAME.sub(r"`\g<0>`", text), when) for text, when in _said_beside(model)),
        outcomes=_rows((outcome.name, outcome.text) for outcome in model.outcomes),
        shortcomings=_bullets(
            f"**{lack.id}** {_NAME.sub('…', lack.text)} *Gäller* {_when(model, lack.condition, battery)}"
            for lack in model.support.shortcomings
        ),
        contradictions=_bullets(
            f"**{odd.id}** {odd.text}{' Räknas som brist.' if odd.is_shortcoming else ''} *Gäller* "
            f"{_when(model, odd.condition, battery)}"
            for odd in model.contradictions
        ),
        respondents=_numbered(_unbroken(_NUMBERED.findall(weighed))),
    )


def _said_beside(model: DiagnosisModel) -> Iterator[tuple[str, str]]:
    """Every sentence that only is said, and when; with the outcomes that it would contradict."""
    words = model.words
    of_words = (
        (
            words.as_strong,
            "de inringade orsaker som står först har lika många streck och punkter",
            "lika_starka",
        ),
        (words.many_main, "huvudinsatserna är fler än tre", ""),
        (words.fits_one_page, "svaret är ja och *Kunskap saknas* är inringad", "ryms_pa_en_sida"),
        (words.demand, "g6 gäller", ""),
        (words.new_way_of_working, "glappet kommer när det nya börjar gälla", "nytt_arbetssatt"),
        (words.watch, "en orsak har en ensam punkt och ingen ring", "hall_ogonen_pa"),
    )
    for text, when, remark in of_words:
        silent = joined(f"*{outcome.name}*" for outcome in model.outcomes if remark in outcome.unsaid)
        yield text, f"{when}{f', men inte vid {silent}' if silent else ''}"
    yield model.on_the_edge.text, "utfallet vilar på något svar"
    for level in model.support.levels:
        silent = joined(f"*{outcome.name}*" for outcome in model.outcomes if "rad" in outcome.unsaid)
        if level.advice:
            yield level.advice, f"nivån är *{level.name}*, men inte vid {silent}"
    yield from ((gate.text, f"{gate.id} avgör") for gate in model.gates if gate.outcome)
    things: list[tuple[object, str]] = [(gate, f"{gate.id} avgör") for gate in model.gates]
    things += [(outcome, f"utfallet är *{outcome.name}*") for outcome in model.outcomes]
    for thing, place in things:
        for name, when in SAID_IF.items():
            if text := getattr(thing, name, ""):
                yield text, f"{place}, och {when}"


def _unbroken(sentences: Iterable[str]) -> list[str]:
    return [re.sub(r"\n#\s*", " ", sentence) for sentence in sentences]


def _options(question: Question) -> str:
    """What can be answered, as it is read."""
    labels = [option.label for option in question.options] or ["Ja", "Nej"]
    return f"*{' / '.join(labels)}*"


def _example(model: DiagnosisModel, battery: Battery) -> str:
    """The example, counted by the program."""
    statements = dict.fromkeys(model.statements, NOT_AT_ALL) | {RARE: MUCH, TIME: PARTLY}
    answers = {qid: Given(value) for qid, value in EXAMPLE.items()} | {OBSTACLES: Given(statements)}
    sheet = AnswerSheet(battery, answers)
    return reckoning_text(
        model, sheet, diagnose(model, answers), tipping_points(model, sheet), width=EXAMPLE_WIDTH
    )


def _numbered(texts: Iterable[str]) -> str:
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
    return (meaning.name, statements, side, model.action(meaning.first).name)


def _met_by(model: DiagnosisModel, meaning: CauseMeaning) -> tuple[str, ...]:
    kinds = ((meaning.first,), meaning.also, meaning.support)
    return (meaning.name, *(", ".join(model.action(action).name for action in ids) or "–" for ids in kinds))


def _kind_of(action: Action) -> str:
    if action.is_planned_learning:
        return "lärande"
    return "lärande, i arbetet" if action.is_everyday_learning else "annat"


def _when(model: DiagnosisModel, condition: Counted, battery: Battery, or_unknown: int | None = None) -> str:
    """When a condition holds, as it is read on paper; one of several parts as a list of them."""
    unknown = [f"minst {or_unknown} påståenden är obesvarade eller ”Vet inte”"] if or_unknown else []
    parts = [*_answered(condition.answers, battery), *_computed(model, condition)]
    if len(parts) == 1:
        return f"om {', eller '.join(parts + unknown)}."
    return f"om alla de här gäller:\n{_indented(_bullets(parts + unknown), 2)}"


def _indented(text: str, spaces: int) -> str:
    return textwrap.indent(text, " " * spaces)


def _computed(model: DiagnosisModel, condition: Counted) -> list[str]:
    """What a condition asks of what is counted."""
    much, nothing = (
        joined((f"*{model.causes[cause].name}*" for cause in causes), "eller")
        for causes in (condition.much_in_any, condition.nothing_in)
    )
    asked = (
        (condition.most_strong == 0, "ingen orsak är inringad"),
        (condition.least_strong, f"minst {condition.least_strong} orsaker är inringade"),
        (
            condition.least_unknown,
            f"minst {condition.least_unknown} påståenden är obesvarade eller ”Vet inte”",
        ),
        (condition.much_in_any, f"{much} har ett streck"),
        (condition.nothing_in, f"varken streck eller punkt finns vid {nothing}"),
        (condition.rests_on_one, "utfallet vilar på något svar (se nedan)"),
        (
            condition.disagreement,
            "de som har svarat var för sig är oense (se *Flera som svarar var för sig*, punkt 6)",
        ),
        (condition.contradiction, "två svar drar åt olika håll på ett sätt som räknas som brist (se nedan)"),
        (
            condition.least_shortcomings,
            f"minst {condition.least_shortcomings} av {joined(condition.among)} gäller",
        ),
    )
    return [words for holds, words in asked if holds]


def _answered(condition: Condition | None, battery: Battery) -> list[str]:
    """What a condition asks of the answers: all of it must hold."""
    if condition is None:
        return []
    if condition.every:
        return [part for inner in condition.every for part in _answered(inner, battery)]
    if condition.some:
        return [", eller ".join(part for inner in condition.some for part in _answered(inner, battery))]
    lacks = condition.negated is not None
    asking = condition.negated or condition
    question = battery.question(asking.question or "")
    if question is None:
        raise KeyError(asking.question)
    if asking.answered is not None:
        return [f"”{question.text}” är {'besvarad' if asking.answered else 'obesvarad'}"]
    wanted = asking.one_of or (asking.contains or asking.equals,)
    labels = " eller ".join(f"”{question.label(str(value))}”" for value in wanted)
    if asking.contains:
        return [f"{labels} {'finns inte' if lacks else 'finns'} bland svaren på ”{question.text}”"]
    return [f"svaret på ”{question.text}” är {'inte ' if lacks else ''}{labels}"]


def _gives(model: DiagnosisModel, gate: Gate) -> str:
    return f"*{model.outcome(gate.outcome).name}*" if gate.outcome else f"tillägget *{gate.text}*"


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
    """A row for each module of a room, also those in its folders."""
    files = sorted(file.relative_to(SOURCE) for file in (SOURCE / room).rglob("[a-z]*.py"))
    return [f"| | `{file.as_posix()}` | {_sentence(SOURCE / file.with_suffix(''))} |" for file in files]


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
