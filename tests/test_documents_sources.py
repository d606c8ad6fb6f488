"""Where what a document says comes from: every number and day is an answer, counted from answers, or one of ours."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import COSTLY
from making import BATTERY, KIND, READ, ROOT, day_of, made, only_behov, sampled, source, whole
from utbildningsprocess.addresses import ACTIVITIES, COST_BASIS, TARGET_GROUPS
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.documents.compose import compose, to_markdown
from utbildningsprocess.documents.text import in_document
from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.html import to_html
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import Given, Row
from utbildningsprocess.pages.marks import begins, is_marked, marked, numbers_after, source_number, unmarked
from utbildningsprocess.settings import read_settings

CASES = [Path(__file__).parent / "cases" / folder for folder in ("goda", "insatser")]
NUMBER = re.compile(r"(?<![^\W_])\d+(?:[\u00a0.,:–−-]?\d+)*")
"""A number, a day of a month, a year or a time; not the digits of a name, as in L1 and NEWS2."""
IN_ORDER = re.compile(r"^(?:#+ )?\d+\. |^\| \d+ (?=\|)", re.MULTILINE)
"""The numbers of a list, of the survey's own questions, and of the decisions where they are signed."""
ANSWER = re.compile(
    rf"(?:{'|'.join(stage.title for stage in BATTERY.stages)}), ”(?:(?! = ).)*\(([a-z_]+\.[a-z_0-9]+)\)"
)
"""A source that is an answer and nothing else."""
TEXTS = ("behov.varfor", "behov.uppna_losa", "behov.esther", "analys.risker", "koncept.kollegastod")
OURS = {
    "Del 1.": "the survey has three parts",
    "Del 2.": "the survey has three parts",
    "Del 3.": "the survey has three parts",
    "(dag 0)": "the first part of the survey is handed out at the last occasion",
    "Efter 30 dagar": "the second part of the survey is handed out then, whatever the plan is",
    "Efter 90 dagar": "the third part of the survey is handed out then, whatever the plan is",
    "fråga 1,": "the question of the survey that another one repeats",
    "Vecka 0 är": "what week 0 means in the table above",
}
"""What our own texts say with figures, and why that is known."""


LEAST = {
    "beslutsunderlag": 15,
    "uppdragsbeskrivning": 100,
    "larresa": 0,
    "inbjudan": 15,
    "checklista": 20,
    "enkat": 3,
    "uppfoljningsrapport": 30,
    "lardomar": 0,
    "overlamning": 10,
    "dossier": 100,
}
"""How many numbers with a source there are at least in each document of the example.

Its lessons have none, and its journey is drawn.
"""


@cache
def initiatives():
    read = {
        path.stem: read_answers_file(path.read_text("utf-8"), path.name, BATTERY, date(2025, 5, 1)).answers
        for folder in CASES
        for path in sorted(folder.iterdir())
    }
    return {"exempel": whole(), "behov": only_behov(), "inget": {}, **read}


def sourced(kind_id, answers, template=None, settings=ROOT.settings, title=READ.title):
    kind = KIND[kind_id]
    text = template or template_text(ROOT, kind.template)
    basis = source(answers, title, settings, day_of(kind_id))
    return compose(kind, text, kind.template, basis, sourced=True)


@cache
def walked(kind_id, name):
    """A document of an initiative, with its sources."""
    return sourced(kind_id, initiatives()[name])


def asked():
    """Our own questions, names of fields and statements, which a document may repeat."""
    for question in BATTERY.questions():
        yield from (question.text, *(field.name for field in question.fields))
        yield from (statement.text for statement in question.statements)


def spans(text):
    """What stands between the marks of each source, with its number; of what stands within, only the text."""
    waiting, done = [], []
    for char in text:
        if is_marked(char) and begins(char):
            waiting.append((source_number(char), []))
        elif is_marked(char):
            number, letters = waiting.pop()
            assert number == source_number(char)
            done.append((number, "".join(letters)))
        else:
            for _, letters in waiting:
                letters.append(char)
    assert waiting == []
    return done


def outside(text):
    """What stands between no marks, with a sign where a value stood."""
    pieces, depth = [], 0
    for char in text:
        if is_marked(char):
            depth += 1 if begins(char) else -1
        else:
            pieces.append("\ufffc" if depth else char)
    return "".join(pieces)


def unknown_numbers(text):
    """The numbers in a document that no source stands behind, and that are none of ours, with words around."""
    left = IN_ORDER.sub("", outside(text))
    for own in (*OURS, *asked()):
        left = left.replace(own, "")
    return [left[max(0, at.start() - 40) : at.end() + 20] for at in NUMBER.finditer(left)]


@pytest.mark.parametrize(("name", "kind_id"), sampled(initiatives(), KIND))
def test_every_number_has_a_source_or_is_one_of_ours(name, kind_id):
    document = walked(kind_id, name)
    assert unknown_numbers(document.text) == []
    assert set(numbers_after("".join([document.text, *dict(document.page.head).values()]))) == {
        *range(1, len(document.page.sources) + 1)
    }


@pytest.mark.parametrize(("kind_id", "least"), LEAST.items())
def test_there_are_numbers_to_walk(kind_id, least):
    assert LEAST.keys() == KIND.keys()
    numbers = [
        number for _, text in spans(walked(kind_id, "exempel").text) for number in NUMBER.findall(text)
    ]
    assert len(numbers) >= least


def test_a_number_in_the_title_has_the_title_as_its_source():
    for kind_id in KIND:
        document = sourced(kind_id, whole(), title="Start 2026: 3 dagar")
        assert unknown_numbers(document.text) == []
        assert document.page.sources[0] == "Initiativets titel: dossierns rubrik"


def test_the_walk_finds_a_number_that_nobody_has_said():
    text = "# {{ titel }}\n\nDet tar {{ 40 + 2 }} dagar, senast {{ svar.behov.klart_senast }}, och {{ pris.tid }}."
    assert [
        words for words in unknown_numbers(sourced("lardomar", whole(), text).text) if "42 dagar" in words
    ]
    assert len(unknown_numbers(sourced("lardomar", whole(), text).text)) == 1


def said(answers, qid):
    """Everything that an answer can say in a document, with what it points at."""
    question, answer = BATTERY.question(qid), answers.get(qid)
    if question is None or not isinstance(answer, Given):
        return
    for item in (question, *question.fields):
        yield from (words for address in item.points_at if address != qid for words in said(answers, address))
    rows = answer.value if question.fields else ()
    yield from () if rows else words_of(question, answer.value)
    for row in rows:
        yield from (row.id, *row.unknown.values())
        yield from (
            words for name, cell in row.values.items() for words in words_of(question.field(name), cell)
        )


def words_of(item, value):
    return (show(item, value), in_document(item, value), str(value))


@cache
def numbers_said(name, qid):
    """Every number that an answer of an initiative can say in a document."""
    return frozenset(NUMBER.findall(" ".join(said(initiatives()[name], qid))))


@pytest.mark.parametrize(
    ("name", "kind_id"), sampled([name for name in initiatives() if name != "inget"], KIND)
)
def test_a_number_whose_source_is_an_answer_stands_in_that_answer(name, kind_id):
    document = walked(kind_id, name)
    for number, text in spans(document.text):
        if plainly := ANSWER.fullmatch(document.page.sources[number - 1]):
            there = numbers_said(name, plainly[1])
            assert there.issuperset(NUMBER.findall(text)), (text, document.page.sources[number - 1])


def test_the_sources_are_counted_in_the_order_they_are_read_and_each_is_told_once():
    document = sourced("beslutsunderlag", whole())
    title, _, below = document.text.partition("\n")
    read = numbers_after("".join([title, *(value for _, value in document.page.head), below]))
    assert list(dict.fromkeys(read)) == [*range(1, len(document.page.sources) + 1)]
    assert len(set(document.page.sources)) == len(document.page.sources)


def source_by_text(kind_id, answers, **made_with):
    """What stands between the marks of a document, each with its source."""
    document = sourced(kind_id, answers, **made_with)
    pairs = ((text, document.page.sources[number - 1]) for number, text in spans(document.text))
    return {text.replace("\u00a0", " "): words.replace("\u00a0", " ") for text, words in pairs}


def test_an_answer_is_told_by_its_step_question_row_and_field_and_a_sum_by_its_arithmetic():
    told, there = source_by_text("beslutsunderlag", whole()), BATTERY.question("behov.effektmatt").text
    assert told["27 % (17 av 62)"] == f"Behov, ”{there}”: E1, Nuläge (behov.effektmatt)"
    assert told["939 timmar"].startswith(
        "939 timmar = 60 personer × 855 minuter / 60 (Nya undersköterskor) + 24 personer × 210 minuter / 60 "
    )
    assert told["Ungefär 448 000 kronor"].startswith("ungefär 448 000 kronor: 448 150 = 328 650 ")
    assert told["exempelvärde 350 kronor i timmen"].startswith("Exempelvärde 350 kronor i timmen, som")
    told = source_by_text("uppdragsbeskrivning", whole())
    counted, _, where = told["torsdag 10 juli 2025"].partition(". ")
    assert counted == "torsdag 10 juli 2025 = tisdag 10 juni 2025 + 30 dagar"
    assert where.startswith("Det sista tillfället: Genomförande, ”När och var är tillfällena?”: T7, Datum (")
    told = source_by_text("checklista", whole())
    assert told["vecka 22 2025"].startswith("Vecka 22 2025 = veckan för tisdag 13 maj 2025 + 2 veckor. ")


def test_what_an_organisation_has_decided_is_told_as_its_own():
    settings = read_settings(
        "kontakt: Lärcentrum\nkostnad: {timkostnad: 410, ar: 2025, kalla: Löneenheten}\n"
        "granser: {tidsvarning_timmar: 120}\n",
        "utb.yaml",
    )
    told = source_by_text("uppdragsbeskrivning", whole(), settings=settings)
    hour = next(words for text, words in told.items() if text.startswith("En timme är räknad till 410"))
    assert hour == "410 kronor i timmen: timkostnaden i utb.yaml (Löneenheten, 2025)."
    told = source_by_text("dossier", whole(), template="# Fynd\n\n{{ fynd | join(' ') }}", settings=settings)
    risk = next(words for text, words in told.items() if text.startswith("Deltagartiden är 939 timmar"))
    assert "gränsen tidsvarning_timmar i utb.yaml (120)" in risk
    assert "+ 30 (restid)" in risk
    told = source_by_text("enkat", whole(), settings=settings)
    assert told["Lärcentrum."] == "Inställningarna i utb.yaml"


def test_nothing_that_only_lacks_an_answer_is_given_a_source():
    document = sourced("uppdragsbeskrivning", {})
    assert "Ej besvarad" in document.text
    assert [text for _, text in spans(document.text) if "Ej besvarad" in text] == []
    assert len(document.page.sources) == 1  # the title


def computed(terms):
    """What a sum comes to as it is written, without what stands within brackets."""
    while terms != (terms := re.sub(r" ?\([^()]*\)", "", terms)):
        pass
    total = 0.0
    for term in terms.replace("\u00a0", "").replace(",", ".").split(" + "):
        first, *further = re.findall(r"[×/]|\d+(?:\.\d+)?", term.replace("% av", "/ 100 ×"))
        value = float(first)
        for sign, number in zip(further[::2], further[1::2], strict=True):
            value = value * float(number) if sign == "×" else value / float(number)
        total += value
    return total


def exact(told):
    """The exact number of a sum as it is said, and what it is said to be the sum of."""
    words, terms = told.split(". ")[0].removesuffix(".").split(" = ", 1)
    numbers = re.findall(r"\d[\d\u00a0]*(?:,\d+)?", words)
    return float(numbers[-1].replace("\u00a0", "").replace(",", ".")), terms


few = st.integers(1, 300)
basis = st.fixed_dictionaries(
    {
        "restid_min": st.integers(0, 120),
        "ersattarandel": st.integers(0, 100),
        "utbildartimmar": st.integers(0, 500),
        "externt_kr": st.integers(0, 90_000),
    }
)


@given(
    st.lists(st.tuples(few, few), min_size=1, max_size=3), basis, st.sampled_from(["", "vikarietimme: 432"])
)
def test_the_arithmetic_comes_to_what_is_said(groups, asked_for, substitute):
    settings = read_settings(f"kostnad: {{timkostnad: 390, {substitute}}}", "utb.yaml")
    names = [f"Grupp {'ABC'[place]}" for place in range(len(groups))]
    answers = {
        TARGET_GROUPS: rows(
            {"namn": name, "antal": people} for name, (people, _) in zip(names, groups, strict=True)
        ),
        ACTIVITIES: rows(
            {"titel": "Träff", "malgrupp": (name,), "minuter": minutes, "form": "workshop"}
            for name, (_, minutes) in zip(names, groups, strict=True)
        ),
        COST_BASIS: rows([asked_for]),
    }
    case = source(answers, settings=settings).case
    sums, price = case.arithmetic, case.price
    for told, number in (
        (sums.hours, price.hours),
        (sums.shifts, price.shifts),
        (sums.participants, price.participants),
        (sums.total, price.total),
        *([(sums.new_expense, price.new_expense)] if price.new_expense else []),
        (sums.per_participant, price.per_participant),
        (sums.balance, case.balance.formal),
    ):
        value, terms = exact(told)
        assert computed(terms) == pytest.approx(number, abs=2)
        assert value == pytest.approx(number, abs=0.01)
    for part, inner in re.findall(r"([\d\u00a0,]+) \(([^()]*×[^()]*)\)", f"{sums.total} {sums.new_expense}"):
        assert computed(inner.rpartition(", ")[2]) == pytest.approx(computed(part), abs=3)


def rows(values):
    return Given(tuple(Row(str(place), dict(cells)) for place, cells in enumerate(values, 1)))


@pytest.mark.parametrize("kind_id", KIND)
def test_a_document_without_its_sources_is_the_same_text(kind_id):
    for name in ("exempel", "behov", "inget"):
        bare = made(kind_id, initiatives()[name])
        text = unmarked(walked(kind_id, name).text).replace("\n\nBilden är ritad av svaren.", "")
        assert text == bare.text
        assert bare.page.sources == ()


@COSTLY
@given(
    st.dictionaries(st.sampled_from(TEXTS), st.text(st.characters(codec="utf-8"), max_size=60)),
    st.sampled_from([*KIND]),
)
def test_whatever_is_answered_the_text_is_the_same_and_every_value_is_marked(texts, kind_id):
    answers = whole() | {qid: Given(text) for qid, text in texts.items()}
    try:
        document = sourced(kind_id, answers)
    except Broken:  # there is a mark in the answer itself
        assert any(map(is_marked, texts.values()))
    else:
        assert to_markdown(document).count("## Källor") == 1
        spans(document.text)


def test_marks_in_an_answer_the_title_or_a_picture_are_told_of_and_never_taken_for_a_source():
    mark = marked("x", 7)
    for made_with in (
        {"answers": whole() | {"behov.varfor": Given(f"Därför. {mark}")}},
        {"answers": whole() | {"om.organisation": Given(f"Sjukhuset {mark}")}},
        {"answers": whole(), "title": f"Start {mark}"},
        {"answers": whole(), "settings": read_settings(f"kontakt: {mark}", "utb.yaml")},
    ):
        with pytest.raises(Broken, match="går inte att följa"):
            sourced("beslutsunderlag", **made_with)


def test_a_template_that_changes_the_answers_by_their_marks_is_told_of():
    with pytest.raises(Broken, match=r"lardomar\.md\.j2: källorna går inte att följa"):
        sourced("lardomar", whole(), "# {{ titel }}\n\n{{ svar.behov.varfor.text | length }}")


def test_in_markdown_a_number_stands_above_the_line_apart_from_figures_and_the_list_comes_last():
    text = "# Läge\n\n{{ svar.behov.klart_senast }}\n\n{{ svar.behov.esther.kort(20) }}{{ pris.tid }}"
    shown = to_markdown(sourced("enkat", whole(), text))
    assert "söndag 1 juni 2025\u202f¹" in shown
    assert " …²939 timmar³" in shown
    assert "\n## Källor\n\n1. Behov, ”" in shown


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.goals: list[str] = []
        self.names: list[str] = []

    def handle_starttag(self, tag, attrs):
        given_there = dict(attrs)
        self.ids += [given_there["id"]] if "id" in given_there else []
        if tag == "a" and given_there["href"].startswith("#"):
            self.goals.append(given_there["href"][1:])
            self.names.append(given_there.get("aria-label", ""))


@pytest.mark.parametrize("kind_id", KIND)
def test_in_html_each_number_leads_to_its_source_and_back_and_says_what_it_is(kind_id):
    document = walked(kind_id, "exempel")
    text = to_html(document.page)
    links = Links()
    links.feed(text)
    many = len(document.page.sources)
    assert len(links.ids) == len(set(links.ids))
    assert set(links.goals) == {"innehall"} | {
        f"{to}-{n}" for to in ("kalla", "till") for n in range(1, many + 1)
    }
    assert set(links.goals) <= set(links.ids)
    assert [name for name in links.names[1:] if not re.search(r"källa \d+$", name, re.IGNORECASE)] == []
    assert not is_marked(text)


def test_html_without_sources_has_neither_list_nor_style_for_one():
    kind = KIND["beslutsunderlag"]
    page = compose(kind, template_text(ROOT, kind.template), kind.template, source(whole())).page
    assert "kalla" not in to_html(page)
    assert "source" not in to_html(page)
