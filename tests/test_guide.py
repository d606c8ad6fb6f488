"""A conversation guide: what it asks, and that what is filled in comes back and nothing else does."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from drawn import COSTLY, TIME_SPANS
from making import BATTERY
from small import BEHOV, KONCEPT, SMALL, _q, stage
from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.answers.rows import with_ids
from utbildningsprocess.battery import load_battery
from utbildningsprocess.dossier.codec import decode
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.encoding import encode
from utbildningsprocess.dossier.guide_mark import is_guide, mark_in
from utbildningsprocess.dossier.markers import scan
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.guide.page import guide, open_questions, parse_role
from utbildningsprocess.guide.printing import questions_on_paper
from utbildningsprocess.guide.reading import filled_in
from utbildningsprocess.markdown import page_blocks as parsed
from utbildningsprocess.model import AnswerSheet, Battery, Given, Row, Skipped, Unfit, Unknown
from utbildningsprocess.pages.page import plain_text
from utbildningsprocess.swedish import clean, clean_line

QUESTIONS = Path(__file__).parents[1] / "questions"
REAL = load_battery({path.name: path.read_text("utf-8") for path in QUESTIONS.glob("[0-9]-*.yaml")})
STEPS = [one for one in REAL.stages if one.is_step]
TODAY = date(2026, 1, 1)
EXAMPLE = read_answers_file(
    (QUESTIONS / "exempel.yaml").read_text("utf-8"), "exempel.yaml", REAL, TODAY
).answers
GOALS = with_ids(
    SMALL.question("koncept.larandemal"), [Row("", {"kunna": "larma"}), Row("", {"kunna": "be"})]
)


def page(asked=BEHOV, answers=None, battery=SMALL, who=None):
    return guide(
        "Trygg start", asked, AnswerSheet(battery, answers or {}), who=who, command="utb steg x --fran FIL"
    )


def filled(text, qid, body):
    """The page with something else between the markers of a question."""
    opening, closing = f"<!-- utb:{qid} -->\n", f"\n<!-- /utb:{qid} -->"
    before, _, rest = text.partition(opening)
    _, found, after = rest.partition(closing)
    assert before
    assert found
    return f"{before}{opening}\n{body}\n{closing}{after}"


def taken(text, asked=BEHOV, existing=None, battery=SMALL):
    """What is read back, as answers and problems: (line, sentence)."""
    found = filled_in(text, asked, AnswerSheet(battery, existing or {}))
    return dict(found.answers), [(problem.line, problem.text) for problem in found.problems]


def line_of(text, words):
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


# ------------------------------------------------------------------ the page

TALK = stage(
    "prov",
    9,
    "Prov",
    _q("prov", "varfor", "Varför?", "lang_text", hjalp="Fråga varför.", vem=["chef", "esther"]),
    _q("prov", "krav", "Krav?", "val", alternativ=[{"id": "a", "text": "Ja"}, {"id": "b", "text": "Nej"}]),
    _q("prov", "vem", "Vem?", "grupp", rad_id="V", falt=[{"id": "hur", "text": "Antal", "typ": "tal"}]),
)


def test_questions_on_paper_have_boxes_and_lines_and_says_nothing_of_files():
    sheet = AnswerSheet(Battery((TALK,)), {"prov.krav": Unknown("HR vet")})
    text = questions_on_paper(open_questions(sheet, TALK), sheet)
    assert text.startswith("## ")
    assert "- [ ] Ja\n- [ ] Nej\n" in text
    assert "Vet inte än, enligt dossiern. HR vet" in text
    assert text.count("…" * 52) == 3
    assert re.search(r"^- \*\*Antal:\*\* …+$", text, re.MULTILINE)
    assert not re.search("<!--|texteditor|FIL", text)


@pytest.mark.parametrize("step", STEPS, ids=lambda one: one.id)
def test_paper_asks_what_the_guide_asks(step):
    asked = [question.text for question in open_questions(AnswerSheet(REAL, {}), step)]
    sheet = AnswerSheet(REAL, {})
    text = questions_on_paper(open_questions(sheet, step), sheet)
    found = [plain_text(block.line) for block in parsed(text) if (block.kind, block.level) == ("heading", 2)]
    assert found == asked
    tables = [block for block in parsed(text) if block.kind == "table"]
    statements = [one for one in step.questions if one.statements and one.text in asked]
    assert [len(table.rows) for table in tables] == [len(one.statements) + 1 for one in statements]


def test_the_page_says_how_and_leaves_room():
    answers = {"prov.krav": Unknown("HR vet")}
    text = guide(
        "A *b*",
        TALK,
        AnswerSheet(Battery((TALK,)), answers),
        who="chef",
        command="utb steg prov a-b --fran FIL",
    )
    text, _, printed = text.rpartition("\n\n")
    assert re.fullmatch(r"<!-- utskrivet:( [0-9a-f]{5})+ -->", printed)
    assert (
        text
        == r"""<!-- utb:dossier 1 -->
<!-- samtalsguide: steg=prov insats= -->

# Samtal om Prov: A \*b\*

Det här är de frågor i Prov som väntar på svar, utvalda för ett samtal med en chef. Ta dem i den ordning som passar, och skriv svaren i filen med en texteditor: under varje fråga, mellan de två rader som börjar med `<!--`. Raderna som börjar med `>` är hjälp.

Lämna tomt det ni inte pratar om. Vet ni inte än: skriv `Vet inte än:` och vem som kan veta. Skriv roller i stället för namn, och ingenting om verkliga personer.

Spara filen och läs in svaren i dossiern, med filens namn i stället för FIL:

```
utb steg prov a-b --fran FIL
```

## Prov

Syftet med Prov.

### Varför?

> Fråga varför.
>
> Kan besvaras av: chef, Esther.

<!-- utb:prov.varfor -->



<!-- /utb:prov.varfor -->

### Krav?

> Vet inte än, enligt dossiern. HR vet
>
> Kan besvaras av: alla. Sätt ett x i en ruta: [x].

<!-- utb:prov.krav -->

- [ ] Ja
- [ ] Nej

<!-- /utb:prov.krav -->

### Vem?

> Kan besvaras av: alla. Behövs fler: kopiera en rubrik med sina punkter och ge den nästa nummer, V3.
>
> - Antal: Ett tal.

<!-- utb:prov.vem -->

#### V1

- **Antal:**

#### V2

- **Antal:**

<!-- /utb:prov.vem -->"""
    )


def asked(text):
    return [line.removeprefix("### ") for line in text.split("\n") if line.startswith("### ")]


def test_only_what_is_relevant_and_waits_is_asked():
    answers = {
        "behov.varfor": Given("Därför"),
        "behov.kort": Skipped("Gäller inte"),
        "behov.utlosare": Unknown("HR"),
        "behov.klart": Unfit("snart", "inget datum"),
    }
    texts = asked(page(answers=answers))
    assert texts[:3] == ["Finns det ett krav?", "Varför just nu?", "Hur många är det i varje grupp?"]
    assert len(texts) == 10
    assert "Vilket krav?" in asked(page(answers={"behov.krav": Given("lag")}))
    assert "> I dossiern står något som inte går att läsa som svar: ”snart”" in page(answers=answers)


@pytest.mark.parametrize("who", ["chef", "medarbetare", "esther", "bestallare", "processledare"])
def test_a_role_is_asked_what_it_can_answer_and_what_everybody_can(who):
    for step in STEPS:
        found = open_questions(AnswerSheet(REAL, {}), step, who)
        everything = open_questions(AnswerSheet(REAL, {}), step)
        assert found == tuple(one for one in everything if not one.who or who in one.who)
        if found:
            assert asked(page(step, battery=REAL, who=who)) == [one.text for one in found]


def test_every_question_of_the_steps_says_who_can_answer():
    assert [one.qid for step in STEPS for one in step.questions if not one.who] == []


def test_every_role_has_something_to_talk_about():
    roles = {who for step in STEPS for one in step.questions for who in one.who}
    assert roles == {"chef", "medarbetare", "esther", "bestallare", "processledare"}


def test_when_nothing_waits_the_page_is_a_sentence():
    done = {question.qid: Skipped("") for question in SMALL.questions()}
    assert page(answers=done) == "Ingen fråga i Behov väntar på svar: alla är besvarade eller hoppade över."
    assert page(answers=done, who="esther") == "Ingen fråga i Behov väntar på svar från Esther."


def test_a_reference_is_told_what_it_can_say_and_left_out_when_there_is_nothing():
    assert "Målgrupp:" not in page(KONCEPT)
    assert (
        "> - Mål: En eller flera, med komma emellan: en rad i ”Vad ska deltagarna kunna göra?”, till exempel L1"
        in page(KONCEPT)
    )
    known = {"koncept.larandemal": Given(GOALS)}
    assert "> - Mål: En eller flera, med komma emellan: L1 = larma / L2 = be" in page(KONCEPT, known)


def test_new_rows_get_numbers_that_nothing_points_at():
    activity = Row("A1", {"titel": "Öva", "mal": ("L2",)})
    text = page(KONCEPT, {"koncept.aktiviteter": Given((activity,))})
    assert "#### L3\n" in text
    assert "#### L4\n" in text
    assert "nästa nummer, L5." in text


@pytest.mark.parametrize(
    ("text", "role"), [("Beställare", "bestallare"), ("ESTHER", "esther"), (" chef ", "chef")]
)
def test_a_role_is_known_in_every_spelling(text, role):
    assert parse_role(text, BATTERY) == parse_role(unicodedata.normalize("NFD", text), BATTERY) == role


def test_the_person_everything_is_for_is_known_by_the_word_of_those_who_ask():
    theirs = replace(BATTERY, esther="eleven")
    assert parse_role("Eleven", theirs) == parse_role("esther", theirs) == "esther"
    with pytest.raises(WrongUse, match=r"Menade du eleven\?"):
        parse_role("elev", theirs)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bestälare", "Menade du beställare?"),
        ("vd", "Rollerna är: beställare, chef, medarbetare, Esther, processledare."),
    ],
)
def test_an_unknown_role_is_met_with_a_suggestion(text, said):
    with pytest.raises(WrongUse, match=f"Rollen ”{text}” finns inte. {said}"):
        parse_role(text, BATTERY)


# ----------------------------------------------------------------- untouched


@pytest.mark.parametrize("step", STEPS, ids=lambda one: one.id)
@pytest.mark.parametrize("known", ["nothing", "the other steps"])
def test_an_untouched_page_says_nothing(step, known):
    others = {qid: answer for qid, answer in EXAMPLE.items() if not qid.startswith(f"{step.id}.")}
    answers = others if known == "the other steps" else {}
    assert taken(page(step, answers, REAL), step, answers, REAL) == ({}, [])
    assert taken(page(step, answers, REAL), step, EXAMPLE, REAL) == ({}, [])


def trimmed(text):
    return "\n".join(line.rstrip() for line in text.split("\n")).replace("\n\n\n\n", "\n\n")


@pytest.mark.parametrize(
    "other",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: f"\ufeff{text}",
        lambda text: unicodedata.normalize("NFD", text),
        trimmed,
        lambda text: text.replace("\n- ", "\n* "),
        lambda text: text.replace("[ ]", r"\[ \]"),
        lambda text: text.replace("[ ]", "[]"),
        lambda text: text.replace("**", "__"),
    ],
)
def test_an_untouched_page_says_nothing_after_other_programs_either(other):
    for step in STEPS:
        assert taken(other(page(step, battery=REAL)), step, battery=REAL) == ({}, [])


def test_a_page_is_a_dossier():
    text = filled(page(), "behov.kort", "Kort sagt")
    dossier = read(text, SMALL)
    assert dossier.answers["behov.kort"] == Given("Kort sagt")
    assert dossier.title == "Samtal om Behov: Trygg start"
    assert not any(problem.structural for problem in scan(text).problems)


# ---------------------------------------------------------------- round trip

LETTERS = st.one_of(
    st.sampled_from(list("aåö \n`*_-+#>[]()\\|~<&:=.1x")), st.characters(exclude_categories=["Cs"])
)
PIECES = st.sampled_from(
    ["<!-- utb:behov.kort -->", "```", "**Vet inte än:** HR", "# R", "#### L1", "- [x] a", "", "å"]
)
NO_VALUE = re.compile(r"|[-+]?\.?(?i:nan|inf|infinity)")
"""Nothing, and what programs write for it, which is no answer."""
TEXTS = (
    st.one_of(st.text(LETTERS), st.lists(PIECES).map("\n".join))
    .map(clean)
    .filter(lambda text: not NO_VALUE.fullmatch(text.strip()))
)
LINES = TEXTS.map(clean_line).filter(bool)
OPTIONS = st.sampled_from(["nej", "lag", "annat"])
DATES = st.dates(date(1990, 1, 1), date(2100, 12, 31))
VALUES = {
    "behov.varfor": TEXTS,
    "behov.kort": TEXTS,
    "behov.krav": OPTIONS,
    "behov.utlosare": st.lists(st.one_of(OPTIONS, LINES.map(lambda text: f"egna ord {text}")), min_size=1),
    "behov.bradskar": st.booleans(),
    "behov.klart": DATES,
    "behov.tid": TIME_SPANS,
    "behov.andel": st.floats(0, 100).map(lambda number: round(number, 6)),
    "behov.dagar": st.lists(st.integers(-99, 9999), min_size=1),
    "behov.ord": st.lists(LINES, min_size=1),
    "behov.hinder": st.dictionaries(
        st.sampled_from(["s01", "s02", "s03", "s04"]), st.sampled_from(["stammer", "inte"]), min_size=1
    ),
}
FIELDS = {
    "behov.malgrupper": {"namn": TEXTS, "antal": st.integers(0, 99)},
    "koncept.larandemal": {"kunna": TEXTS, "niva": OPTIONS, "klart": DATES},
    "koncept.aktiviteter": {
        "titel": TEXTS,
        "minuter": st.integers(0, 10**6),
        "aktiv": st.booleans(),
        "tid": TIME_SPANS,
    },
}


def read_back(qid, answer):
    question = SMALL.question(qid)
    asked = SMALL.stage(question.stage)
    body = encode(question, answer)
    assert decode(question, body).answer == answer
    return taken(filled(page(asked), qid, body), asked)


@pytest.mark.parametrize("qid", VALUES)
@COSTLY
@given(data=st.data())
def test_an_answer_written_as_in_a_dossier_comes_back(qid, data):
    answer = Given(accept(SMALL.question(qid), data.draw(VALUES[qid]), TODAY))
    assert read_back(qid, answer) == ({qid: answer}, [])


@pytest.mark.parametrize("qid", FIELDS)
@COSTLY
@given(data=st.data())
def test_rows_written_as_in_a_dossier_come_back(qid, data):
    row = st.fixed_dictionaries({}, optional=FIELDS[qid]).filter(bool)
    rows = data.draw(st.lists(row, min_size=1, max_size=4))
    answer = Given(with_ids(SMALL.question(qid), [Row("", one) for one in rows]))
    assume(not re.search(r"(?i)vet inte|hoppas över", str(rows)))  # no value of a field
    assert read_back(qid, answer) == ({qid: answer}, [])


@pytest.mark.parametrize("qid", [*VALUES, *FIELDS])
@pytest.mark.parametrize("state", [Skipped("för ont om tid"), Skipped(""), Unknown("HR vet"), Unknown()])
def test_states_come_back(qid, state):
    assert read_back(qid, state) == ({qid: state}, [])


@pytest.mark.parametrize("step", STEPS, ids=lambda one: one.id)
def test_the_whole_example_comes_back_from_pages(step):
    others = {qid: answer for qid, answer in EXAMPLE.items() if not qid.startswith(f"{step.id}.")}
    text = page(step, others, REAL)
    wanted = {
        one.qid: EXAMPLE[one.qid]
        for one in open_questions(AnswerSheet(REAL, others), step)
        if one.qid in EXAMPLE
    }
    for qid, answer in wanted.items():
        text = filled(text, qid, encode(REAL.question(qid), answer))
    assert taken(text, step, EXAMPLE, REAL) == ({}, [])
    answers, problems = taken(text, step, others, REAL)
    assert {qid: lean(answer) for qid, answer in wanted.items()} == answers
    assert problems == []


def lean(answer):
    """The answer without empty texts in its rows, which a page has no way to say."""
    if not isinstance(answer.value, tuple):
        return answer
    rows = [part for part in answer.value if isinstance(part, Row)]
    filled = tuple(Row(row.id, {key: one for key, one in row.values.items() if one != ""}) for row in rows)
    return Given(filled or answer.value)


# ------------------------------------------------------------ filled by hand

STATEMENT = "Påstående nummer {} om vardagen."


@pytest.mark.parametrize(
    ("qid", "old", "new", "value"),
    [
        ("behov.krav", "- [ ] Lag", "- [x] Lag", "lag"),
        ("behov.krav", "- [ ] Lag", "- [X] Lag", "lag"),
        ("behov.krav", "- [ ] Lag", "-  [ x ]Lag", "lag"),
        ("behov.krav", "- [ ] Lag eller föreskrift", r"* \[x\] lagkrav", "lag"),
        ("behov.krav", "- [ ] Nej, inget krav\n- [ ] Lag", "- Lag", "lag"),
        ("behov.krav", "- [ ] Annat", "- [ ] Annat\n\nLag eller föreskrift", "lag"),
        ("behov.bradskar", "- [ ] Ja", "- [x] Ja", True),
        ("behov.bradskar", "- [ ] Ja\n- [ ] Nej", "nej", False),
        ("behov.utlosare", "- [ ] Annat", "- [x] Annat\n- [x] Egna *ord*", ("annat", "Egna *ord*")),
        ("behov.utlosare", "- [ ] Annat", "- [ ] Annat\n- Nytt system", ("Nytt system",)),
        ("behov.dagar", None, "3, 14 och 60", (3, 14, 60)),
        ("behov.dagar", None, "3, 14, 60", (3, 14, 60)),
        ("behov.dagar", None, "- 3\n- 14\n-", (3, 14)),
        ("behov.ord", None, "tidig\ntrygg", ("tidig", "trygg")),
        ("behov.andel", None, "12,5 %", 12.5),
        ("behov.klart", None, "12 mars 2026", date(2026, 3, 12)),
        ("behov.kort", None, "En\tmening.  ", "En  mening."),
        (
            "behov.varfor",
            None,
            "> ”Jag fick vänta.”\n\nDet sa Esther.",
            "> ”Jag fick vänta.”\n\nDet sa Esther.",
        ),
    ],
)
def test_what_a_person_writes_is_read(qid, old, new, value):
    text = filled(page(), qid, new) if old is None else page().replace(old, new, 1)
    if qid == "behov.utlosare":
        before, marker, rest = page().partition("<!-- utb:behov.utlosare -->")
        text = before + marker + rest.replace(old, new, 1)
    answers, problems = taken(text)
    assert answers == ({} if value is None else {qid: Given(value)})
    assert bool(problems) is (value is None)


@pytest.mark.parametrize(
    ("mark", "option"),
    [
        ("**1:** {}", "stammer"),
        ("**2:** {}", "inte"),
        ("**stämmer inte:** {}", "inte"),
        ("**Stämmer …:** {}", "stammer"),
        ("1: {}", "stammer"),
        ("2 {}", "inte"),
        ("Stämmer inte – {}", "inte"),
        ("[1] {}", "stammer"),
    ],
)
def test_a_statement_is_marked_in_many_ways(mark, option):
    text = page()
    for number in (2, 3):
        statement = STATEMENT.format(number)
        text = text.replace(f"**…:** {statement}", mark.format(statement))
    assert taken(text) == ({"behov.hinder": Given({"s02": option, "s03": option})}, [])


def test_fields_are_filled_in_beside_and_below():
    text = page(KONCEPT)
    text = text.replace(
        "#### L1\n\n- **Ska kunna:**", "#### L1\n\n- **Ska kunna:** larma\n\n  och be om hjälp", 1
    )
    text = text.replace(
        "- **Nivå:**\n- **Klart:**", "- **Nivå:** lag eller föreskrift\n- **Klart:**2026-03-12", 1
    )
    text = text.replace(
        "#### A2\n\n- **Titel:**\n- **Mål:**", "#### A2\n\n- **Titel:** Öva\n- **Mål:** L1", 1
    )
    goal = Row("L1", {"kunna": "larma\n\noch be om hjälp", "niva": "lag", "klart": date(2026, 3, 12)})
    activity = Row("A2", {"titel": "Öva", "mal": ("L1",)})
    wanted = {"koncept.larandemal": Given((goal,)), "koncept.aktiviteter": Given((activity,))}
    assert taken(text, KONCEPT) == (wanted, [])


def test_a_prefilled_row_counts_when_something_is_added():
    known = {"koncept.larandemal": Given(GOALS)}
    text = page(KONCEPT, known)
    assert "#### Rad 1\n\n- **Mål:** L1\n- **Utfall:**\n" in text
    assert taken(text, KONCEPT, known) == ({}, [])
    text = text.replace("- **Mål:** L2\n- **Utfall:**", "- **Mål:** L2\n- **Utfall:** ej mätt")
    wanted = (Row("2", {"mal": "L2", "utfall": "ej mätt"}),)
    assert taken(text, KONCEPT, known) == ({"koncept.status": Given(wanted)}, [])


def test_a_prefilled_row_that_somebody_has_made_about_something_else_is_told():
    known = {"koncept.larandemal": Given(GOALS)}
    text = page(KONCEPT, known).replace("- **Mål:** L2", "- **Mål:** Läkarna")
    told = (
        "koncept.status: Raden handlar om ”Läkarna”, som inte finns i dossiern, och är inte läst: "
        "inget mer är ifyllt i den."
    )
    assert taken(text, KONCEPT, known) == ({}, [(line_of(text, "Läkarna"), told)])


@pytest.mark.parametrize("words", ["**Vet inte än:** HR", "Vet inte än: HR", "vet inte än:  HR"])
@pytest.mark.parametrize(
    "qid", ["behov.krav", "behov.utlosare", "behov.hinder", "behov.malgrupper", "behov.kort"]
)
@pytest.mark.parametrize("place", ["above", "below"])
def test_vet_inte_an_is_understood_beside_the_form(qid, words, place):
    marker = f"<!-- utb:{qid} -->\n" if place == "above" else f"\n<!-- /utb:{qid} -->"
    put = f"{marker}\n{words}\n" if place == "above" else f"\n{words}\n{marker}"
    assert taken(page().replace(marker, put)) == ({qid: Unknown("HR")}, [])


def test_an_answer_that_only_begins_like_a_state_is_an_answer():
    text = filled(page(), "behov.kort", "Vet inte än hur många som slutar.")
    assert taken(text)[0] == {"behov.kort": Given("Vet inte än hur många som slutar.")}


# -------------------------------------------------------------------- faults

LOOSE = "Texten hör inte till någon punkt i svaret. Flytta in den i en punkt, eller ta bort den."


@pytest.mark.parametrize(
    ("qid", "body", "number", "sentence"),
    [
        ("behov.krav", "- [x] Nej, inget krav\n- [ ] Annat\n- [x] Lag eller föreskrift", 2, "Flera alternativ är valda, men frågan tar bara ett. Låt ett kryss stå kvar."),
        ("behov.krav", "- [x] Kanske", 0, "”Kanske” finns inte bland alternativen: Nej, inget krav; Lag eller föreskrift; Annat."),
        ("behov.krav", "- [x] Annat\n\nMen inte alltid", 2, LOOSE),
        ("behov.utlosare", "- [ ] Annat\n- [ ] Nytt system", 1, "”Nytt system” är inget av alternativen. Sätt x i rutan om det är ett svar, eller ta bort raden."),
        ("behov.utlosare", "Tips\n\n- [x] Annat", 0, LOOSE),
        ("behov.hinder", "- **…:** Påstående nummer 1 om vardagen.\n- **5:** Påstående nummer 2 om vardagen.", 1, "”5” är inget svar på ett påstående. Skriv 1 Stämmer, 2 Stämmer inte."),
        ("behov.hinder", "- **1:** Ett annat påstående", 0, "”**1:** Ett annat påstående” är inget av påståendena."),
        ("behov.hinder", "- **1:** s01\n- **2:** Påstående nummer 1 om vardagen.", 1, "Påståendet är besvarat två gånger. Behåll ett av svaren."),
        ("behov.hinder", "- **1:** s01\n\nTveksamt", 2, LOOSE),
        ("behov.ord", "tidig\n\n- trygg", 0, LOOSE),
        ("behov.klart", "\n\n12 mars", 2, "”12 mars” går inte att läsa som datum med årtal. Skriv till exempel 2026-03-12."),
        ("behov.andel", "120", 0, "120 är för mycket: högst 100 procent."),
        ("behov.malgrupper", "#### 1\n\n- **Namn:** Nya\n- **Antal:** många", 3, "Antal: ”många” är inte ett tal. Skriv med siffror, till exempel 12 eller 12,5."),
        ("behov.malgrupper", "#### 1\n\nNya undersköterskor\n\n- **Namn:**", 0, "Texten i raden hör inte till något fält. Skriv den som ”- **Fält:** värde”."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_its_line_and_left(qid, body, number, sentence):
    text = filled(filled(page(), "behov.varfor", "Därför"), qid, body)
    first = line_of(text, f"<!-- utb:{qid} -->") + 2
    assert taken(text) == ({"behov.varfor": Given("Därför")}, [(first + number, f"{qid}: {sentence}")])


def test_that_a_number_is_not_exact_is_told_and_the_number_taken():
    text = filled(page(), "behov.andel", "ca 40")
    where = line_of(text, "ca 40")
    said = "behov.andel: ”ca” räknas inte: talet är 40 procent."
    assert taken(text) == ({"behov.andel": Given(40)}, [(where, said)])


def test_a_row_copied_with_its_number_is_told():
    text = filled(
        page(KONCEPT), "koncept.larandemal", "#### L1\n\n- **Ska kunna:** a\n\n#### L1\n\n- **Ska kunna:** b"
    )
    where = line_of(text, "**Ska kunna:** b") - 2
    said = "koncept.larandemal: L1 finns två gånger. Ge den ena raden ett nytt nummer."
    assert taken(text, KONCEPT) == ({}, [(where, said)])


def test_more_rows_than_the_question_takes_are_told():
    text = page(REAL.stage("koncept"), battery=REAL)
    row = "#### Underlag {0}\n\n- **Utbildarnas tid:** {0}"
    text = filled(text, "koncept.kostnadsunderlag", f"{row.format(1)}\n\n{row.format(2)}")
    answers, problems = taken(text, REAL.stage("koncept"), battery=REAL)
    assert answers == {}
    assert [sentence for _, sentence in problems] == ["koncept.kostnadsunderlag: Här ryms högst 1 rad."]


def test_an_answer_outside_its_place_is_told():
    text = page().replace("<!-- utb:behov.kort -->", "Kort sagt\n\n<!-- utb:behov.kort -->")
    said = "Texten står utanför svarets markörer och räknas inte som svar. Flytta in den om den hör dit."
    assert taken(text) == ({}, [(line_of(text, "Kort sagt"), said)])
    close = page().replace("> Kan besvaras av: alla.\n", "> Kan besvaras av: alla.\nKort sagt\n", 1)
    assert taken(close) == ({}, [(line_of(close, "Kort sagt"), said)])


def test_a_reference_may_point_at_rows_of_the_dossier_and_of_the_page():
    known = {"behov.malgrupper": Given((Row("1", {"namn": "Nya"}),))}
    text = filled(page(KONCEPT, known), "koncept.larandemal", "#### L1\n\n- **Målgrupp:** Nya")
    text = filled(text, "koncept.aktiviteter", "#### A1\n\n- **Mål:** L1")
    answers, problems = taken(text, KONCEPT, known)
    assert list(answers) == ["koncept.larandemal", "koncept.aktiviteter"]
    assert problems == []


def test_a_reference_to_what_is_not_there_is_told_and_so_is_what_leans_on_it():
    text = filled(page(KONCEPT), "koncept.larandemal", "#### L1\n\n- **Målgrupp:** Nya")
    text = filled(text, "koncept.aktiviteter", "#### A1\n\n- **Mål:** L1")
    answers, problems = taken(text, KONCEPT)
    assert answers == {}
    assert [sentence for _, sentence in problems] == [
        "koncept.larandemal: rad 1: ”Målgrupp” pekar på ”Nya”, som inte finns.",
        "koncept.aktiviteter: rad 1: ”Mål” pekar på ”L1”, som inte finns.",
    ]


# ------------------------------------------------- beside what is there already


@pytest.mark.parametrize("earlier", [None, Unknown("HR"), Skipped("ont om tid")])
def test_what_is_not_answered_yet_is_taken(earlier):
    """And what somebody said in place of an answer is told before it is gone."""
    existing = {"behov.kort": earlier} if earlier else {}
    text = filled(page(), "behov.kort", "Kort")
    answers, problems = taken(text, existing=existing)
    said = {Unknown("HR"): "Vet inte än: HR", Skipped("ont om tid"): "Hoppas över: ont om tid"}.get(earlier)
    told = f"behov.kort: Svaret ersätter det som stod i dossiern: ”{said}”"
    assert answers == {"behov.kort": Given("Kort")}
    assert problems == ([(line_of(text, "<!-- utb:behov.kort -->"), told)] if said else [])


def test_another_answer_than_the_dossier_s_is_told_and_left():
    existing = {"behov.kort": Given("Ett svar"), "behov.krav": Given("lag")}
    text = filled(filled(page(), "behov.kort", "Ett annat"), "behov.krav", "- [x] Annat")
    said = [
        (
            line_of(text, f"<!-- utb:{qid} -->"),
            f"{qid}: Dossiern har redan ett annat svar, som står kvar: ”{old}”",
        )
        for qid, old in [("behov.kort", "Ett svar"), ("behov.krav", "Lag eller föreskrift")]
    ]
    assert taken(text, existing=existing) == ({}, said)


def test_the_same_answer_is_no_news():
    existing = {
        "behov.varfor": Given("- ett\n- två"),
        "behov.krav": Given("lag"),
        "behov.kort": Unknown("HR"),
    }
    text = filled(page(), "behov.varfor", "* ett\n* två")
    text = filled(filled(text, "behov.krav", "- [x] Lag eller föreskrift"), "behov.kort", "Vet inte än")
    assert taken(text, existing=existing) == ({}, [])


def test_an_answer_replaces_a_text_that_could_not_be_read_and_says_so():
    existing = {"behov.klart": Unfit("till\nhösten", "inget datum")}
    text = filled(page(answers=existing), "behov.klart", "2026-09-01")
    said = "behov.klart: Svaret ersätter en text i dossiern som inte gick att läsa: ”till hösten”"
    where = line_of(text, "<!-- utb:behov.klart -->")
    assert taken(text, existing=existing) == ({"behov.klart": Given(date(2026, 9, 1))}, [(where, said)])


def test_only_the_stage_s_own_answers_are_read():
    text = filled(page(), "behov.kort", "Kort")
    assert filled_in(text, KONCEPT, AnswerSheet(SMALL, {})).answers == {}
    assert not filled_in(text, KONCEPT, AnswerSheet(SMALL, {})).has_questions
    assert filled_in(text, BEHOV, AnswerSheet(SMALL, {})).has_questions


def test_a_section_alone_is_enough():
    text = "<!-- utb:behov.kort -->\nKort\n<!-- /utb:behov.kort -->"
    assert taken(text) == ({"behov.kort": Given("Kort")}, [])


def test_a_question_that_is_gone_is_told():
    text = "<!-- utb:behov.borta -->\nSvar\n<!-- /utb:behov.borta -->"
    assert taken(text) == ({}, [(1, "behov.borta: Frågan finns inte bland frågorna.")])


def test_a_text_without_markers_has_nothing_for_the_stage():
    found = filled_in("Bara en text.\n", BEHOV, AnswerSheet(SMALL, {}))
    assert (found.answers, found.problems, found.has_questions) == ({}, (), False)


@pytest.mark.parametrize(
    "line", ["<!-- /utb:behov.kort -->", "<!-- utb:behov.krav -->", "<!-- utb:dossier 1 -->"]
)
def test_damage_is_structural(line):
    damaged = page().replace(line, "<<<<<<< min")
    assert filled_in(damaged, BEHOV, AnswerSheet(SMALL, {})).structural_problems


@COSTLY
@given(st.one_of(st.text(LETTERS), st.lists(PIECES).map("\n".join)))
def test_no_filling_in_raises(body):
    for qid in [*VALUES, "behov.malgrupper"]:
        filled_in(filled(page(), qid, body), BEHOV, AnswerSheet(SMALL, {}))


# ------------------------------------------------------ every word is accounted for


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("# Samtal om Behov: Trygg start", "# Samtal om Behov: Trygg start\n\nORD.", "ORD"),
        ("## Behov\n", "## Behov ORD\n", "ORD"),
        ("## Behov\n", "## Behov\n\nORD, sa chefen.\n", "ORD"),
        ("### Hur låter det i en mening?", "### Hur låter det i en mening? ORD", "ORD"),
        ("> Kan besvaras av: alla.\n", "> Kan besvaras av: alla. ORD\n", "ORD"),
        ("> Kan besvaras av: alla.\n", "> Kan besvaras av: alla.\n> ORD\n", "ORD"),
        ("<!-- utb:behov.kort -->\n\n\n\n<!-- /utb:behov.kort -->", "ORD", "ORD"),
        ("Spara filen och läs in", "ORD\n\nSpara filen och läs in", "ORD"),
    ],
)  # fmt: skip
def test_what_is_written_beside_the_places_for_answers_is_told(old, new, where):
    assert old in page()
    text = page().replace(old, new, 1)
    answers, problems = taken(text)
    assert answers == {}
    assert [number for number, _ in problems] == [line_of(text, where)]
    assert "Texten står utanför svarets markörer" in problems[0][1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("- **Titel:**", "- **Titel: ORD**"),
        ("#### A1\n", "#### A1 ORD\n"),
        ("- **Titel:**", "- **Titel:**\n- ORD"),
    ],
)
def test_what_is_written_in_a_label_or_a_heading_of_a_row_is_told(old, new):
    text = page(KONCEPT).replace(old, new, 1)
    answers, problems = taken(text, KONCEPT)
    assert answers == {}
    assert len(problems) == 1
    assert "koncept.aktiviteter" in problems[0][1]


@pytest.mark.parametrize("number", ["A140", "A2", "A01", "A"])
def test_a_changed_number_in_the_heading_of_an_empty_row_is_told(number):
    text = page(KONCEPT).replace("#### A1\n", f"#### {number}\n", 1)
    answers, problems = taken(text, KONCEPT)
    assert answers == {}
    assert len(problems) == 1
    assert f"Rubriken ”{number}” fanns inte i guiden" in problems[0][1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" -->", " 00000 -->"),
        ("utskrivet: ", "utskrivet: x "),
        ("utskrivet: ", "utskrivet: 00000 "),
        ("-->", "ORD -->"),
    ],
)
def test_a_changed_line_of_checksums_is_told_in_one_sentence_and_the_answers_are_read(old, new):
    printed = next(line for line in page().split("\n") if "utskrivet:" in line)
    text = filled(page(), "behov.kort", "Kort").replace(printed, printed.replace(old, new))
    answers, problems = taken(text)
    assert answers == {"behov.kort": Given("Kort")}
    assert [number for number, _ in problems] == [line_of(text, "utskrivet:")]
    assert "Raden som börjar ”utskrivet:” är ändrad" in problems[0][1]


def test_answers_of_another_stage_are_told():
    text = (
        filled(page(), "behov.kort", "Kort")
        + "\n\n"
        + filled(page(KONCEPT), "koncept.larandemal", "#### L1\n\n- **Ska kunna:** larma").split(
            "## Koncept\n", 1
        )[1]
    )
    answers, problems = taken(text)
    assert answers == {"behov.kort": Given("Kort")}
    assert [why for _, why in problems if "koncept.larandemal" in why] == [
        "koncept.larandemal: Svaret hör till steget koncept och är inte läst. Läs in det för sig."
    ]


def old_guide(text):
    """A guide as the first release printed it."""
    return "\n".join(
        line for line in text.split("\n") if not re.match("<!-- (samtalsguide|utskrivet):", line)
    )


def test_guides_of_the_first_release_are_known_and_read():
    text = old_guide(filled(page(), "behov.kort", "Kort"))
    assert is_guide(text)
    assert is_guide(page())
    assert mark_in(text) is None
    assert taken(text) == ({"behov.kort": Given("Kort")}, [])
    beside = text.replace("## Behov\n", "## Behov\n\nORD, sa chefen.\n", 1)
    assert line_of(beside, "ORD") in [number for number, _ in taken(beside)[1]]


@pytest.mark.parametrize("text", ["", "# Samtal om mat: Trygg start\n", "<!-- utb:dossier 1 -->\n\n# Ett\n"])
def test_a_dossier_is_no_guide(text):
    assert not is_guide(text)


def goal(row_id, words):
    return Row(row_id, {"kunna": words})


@pytest.mark.parametrize("change", [lambda text: text, old_guide])
def test_references_fall_with_a_group_whose_ids_have_been_given_to_others(change):
    text = filled(page(KONCEPT), "koncept.larandemal", "#### L1\n\n- **Ska kunna:** larma")
    text = change(filled(text, "koncept.aktiviteter", "#### A1\n\n- **Titel:** Öva\n- **Mål:** L1"))
    since = {"koncept.larandemal": Given((goal("L1", "något helt annat"),))}
    answers, problems = taken(text, KONCEPT, since)
    assert answers == {}
    assert [why for _, why in problems if "aktiviteter" in why] == [
        "koncept.aktiviteter: rad 1: ”Mål” pekar på L1, en annan rad i dossiern än i guiden. Svaret är inte sparat."
    ]


def test_a_reference_to_a_row_that_came_after_the_guide_is_not_taken():
    known = {"koncept.larandemal": Given((goal("L1", "larma"),))}
    text = page(KONCEPT, known)
    assert "<!-- samtalsguide: steg=koncept insats= koncept.larandemal=L1 -->" in text
    since = {"koncept.larandemal": Given((goal("L1", "larma om"), goal("L2", "be")))}
    for row_id, number in (("L1", 1), ("L2", 0)):
        body = f"#### A1\n\n- **Titel:** Öva\n- **Mål:** {row_id}"
        assert len(taken(filled(text, "koncept.aktiviteter", body), KONCEPT, since)[0]) == number


# ------------------------------------------------------------- half answered


HALF_STATEMENTS = {"behov.hinder": Given({"s01": "inte", "s03": "stammer"})}
HALF_ROWS = {
    "koncept.larandemal": Given(
        (Row("L1", {"kunna": "larma", "niva": "lag", "klart": TODAY}), Row("L3", {"kunna": "be *om* hjälp"}))
    )
}


def test_what_is_half_answered_is_asked_with_what_is_there_filled_in():
    text = page(answers=HALF_STATEMENTS)
    assert "- **Stämmer inte:** Påstående nummer 1 om vardagen.\n- **…:** Påstående nummer 2" in text
    assert taken(text, existing=HALF_STATEMENTS) == ({}, [])
    text = page(KONCEPT, HALF_ROWS)
    assert "#### L3\n\n- **Ska kunna:** be *om* hjälp\n- **Nivå:**\n- **Klart:**\n" in text
    assert "ge den nästa nummer, L4." in text
    assert taken(text, KONCEPT, HALF_ROWS) == ({}, [])


def test_a_row_that_lacks_little_is_not_asked_for():
    rows = {"koncept.larandemal": Given((Row("L1", {"kunna": "larma", "niva": "lag"}),))}
    assert "<!-- utb:koncept.larandemal -->" not in page(KONCEPT, rows)


@pytest.mark.parametrize("then", [HALF_STATEMENTS, {}])
def test_statements_are_completed_by_a_page(then):
    text = page(answers=then).replace("**…:** Påstående nummer 2", "**1:** Påstående nummer 2")
    every = {"s01": "inte", "s02": "stammer", "s03": "stammer"}
    assert taken(text, existing=HALF_STATEMENTS) == ({"behov.hinder": Given(every)}, [])


def test_rows_are_completed_by_a_page_and_new_ones_added():
    text = page(KONCEPT, HALF_ROWS).replace("- **Nivå:**\n", "- **Nivå:** Annat\n", 1)
    text = text.replace(
        "\n\n<!-- /utb:koncept.larandemal",
        "\n\n#### L4\n\n- **Ska kunna:** ge\n\n<!-- /utb:koncept.larandemal",
    )
    first, _ = HALF_ROWS["koncept.larandemal"].value
    whole = Row("L3", {"kunna": "be *om* hjälp", "niva": "annat"})
    added = Given((first, whole, Row("L4", {"kunna": "ge"})))
    assert taken(text, KONCEPT, HALF_ROWS) == ({"koncept.larandemal": added}, [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("be *om* hjälp", "något annat"),
        ("- **Ska kunna:** be *om* hjälp\n- **Nivå:**", "- **Ska kunna:**\n- **Nivå:** Annat"),
        ("#### L3", "#### L2"),
    ],
)
def test_a_row_that_may_be_another_completes_nothing(old, new):
    """One that says something else, that shares nothing with it, or that has been there and is gone."""
    sheet = AnswerSheet(SMALL, HALF_ROWS, {"koncept.larandemal": 3})
    text = page(KONCEPT, HALF_ROWS).replace(old, new)
    page_read = filled_in(text, KONCEPT, sheet)
    assert "Dossiern har redan ett annat svar, som står kvar" in page_read.problems[0].text
    assert page_read.answers == {}


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("Vet inte", ""),
        ("Vet inte än.", ""),
        ("vet inte än: chefen", "chefen"),
        ("**Vet inte än:** chefen", "chefen"),
    ],
)
def test_a_field_that_nobody_knows_is_read_as_that(words, who):
    text = page().replace("- **Namn:**\n- **Antal:**", f"- **Namn:** {words}\n- **Antal:** 4", 1)
    row = Row("1", {"antal": 4}, {}, {"namn": who})
    assert taken(text) == ({"behov.malgrupper": Given((row,))}, [])


def test_a_field_that_is_passed_over_is_left_empty_and_told():
    text = page().replace("- **Namn:**\n- **Antal:**", "- **Namn:** Hoppas över\n- **Antal:** 4", 1)
    told = "behov.malgrupper: Ett fält kan inte vara ”Hoppas över”. Det är tomt så länge."
    expected = {"behov.malgrupper": Given((Row("1", {"antal": 4}),))}
    assert taken(text) == (expected, [(line_of(text, "- **Antal:** 4") - 1, told)])


def test_text_that_markdown_does_not_show_makes_no_empty_row():
    text = page().replace("#### Rad 1", "[a]: ord\n\n#### Rad 1", 1)
    answers, problems = taken(text)
    assert answers == {}
    assert "hör inte till något fält" in problems[0][1]
