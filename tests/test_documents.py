"""The documents: what each says, from much or little, and that no answer can change more than its own place."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import COSTLY
from making import (
    BATTERY,
    BEFORE_ANY_OCCASION,
    KIND,
    READ,
    ROOT,
    TEXTS,
    made,
    only_behov,
    pages,
    sampled,
    source,
    whole,
    with_texts,
)
from twelve import CASES, MORNING
from utbildningsprocess import addresses
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.documents.compose import compose, to_markdown
from utbildningsprocess.documents.kinds import DOCUMENTS
from utbildningsprocess.documents.plan import PlanRow
from utbildningsprocess.documents.text import as_sentence, first_sentences, one_line, paragraphs, without_stop
from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.docx_file import to_docx
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.exports.html import to_html
from utbildningsprocess.exports.pdf import Program, to_pdf
from utbildningsprocess.files.roots import question_text, template_text
from utbildningsprocess.files.shipped import SURVEY_QUESTIONS
from utbildningsprocess.guide.survey.asking import WHEN_PLANNED
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.model import (
    AnswerSheet,
    Battery,
    Given,
    Kind,
    Period,
    Row,
    Skipped,
    TimeSpan,
    Unknown,
)
from utbildningsprocess.pages.page import plain_text
from utbildningsprocess.settings import read_settings
from utbildningsprocess.swedish import shortened
from utbildningsprocess.work.survey_report import standing_survey

GOLDEN = Path(__file__).parent / "cases" / "dokument"
SOURCES = {"exempel": whole, "behov": only_behov}
EVIL = (
    "<script>alert(1)</script>",
    "<!-- utb:behov.varfor -->",
    "{{ 7 * 7 }} {% for x in y %}",
    "# Rubrik\n\n## En till",
    "Rubrik\n======",
    "| a | b |\n| - | - |\n| 1 | 2 |",
    "```\noavslutad",
    "~~~ utb-bild\nlarresa\n~~~",
    "![bild](https://example.org/x.png) [länk](javascript:alert(1))",
    "[x]: https://example.org\n\n[^1]: fot",
    "#let x = 1 \\ $ @ref <label>",
    "=1+1",
    "\u202egnus\u0007\u0000",
    "å" * 10_000,
    "ord " * 2_500,
    "- [x] kryss\n\n---\n\n> citat",
)


def test_every_format_can_be_had_for_some_document() -> None:
    assert [form for form in FileFormat if not any(form in kind.formats for kind in DOCUMENTS)] == []


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("start", SOURCES)
def test_a_document_says_just_this(start, name):
    """`UTB_FACIT=1 pytest tests/test_documents.py` writes the files anew, to be read before they are kept."""
    text = to_markdown(made(name, SOURCES[start]()))
    path = GOLDEN / f"{start}-{name}.md"
    if os.environ.get("UTB_FACIT"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("answers", [only_behov(), {}], ids=["behov", "inget"])
def test_what_is_not_answered_is_said_and_no_table_is_empty(name, answers):
    document = made(name, answers)
    assert ("Ej besvarad" in document.text) is (name != "inbjudan")
    tables = [block for block in document.page.body if block.kind == "table"]
    assert all(len(table.rows) > 1 for table in tables)
    assert all(any(plain_text(cell).strip() for cell in row) for table in tables for row in table.rows)


def head_of(**facts):
    told = {f"om.{name}": Given(value) for name, value in facts.items()}
    return dict(made("lardomar", only_behov() | told).page.head)


def test_the_head_says_who_finished_the_dossier_and_when_as_far_as_that_is_known():
    assert (
        head_of()["Status"] == "Färdigställd (8 september 2025, Verksamhetschefen för medicin och geriatrik)"
    )
    assert head_of(status="arbetsmaterial")["Status"] == "Arbetsmaterial"
    told = {"om.status": Given("fardigstalld"), "om.fardig_roll": Given("HR-chefen")}
    assert dict(made("lardomar", told).page.head)["Status"] == "Färdigställd (HR-chefen)"
    assert dict(made("lardomar", {"om.status": Given("fardigstalld")}).page.head)["Status"] == "Färdigställd"


def test_the_head_has_the_number_in_the_register_only_when_there_is_one():
    assert head_of(id="LS 2025/12")["Beteckning"] == "LS 2025/12"
    assert "Beteckning" not in dict(made("lardomar", {}).page.head)


def without(*addresses):
    return {qid: answer for qid, answer in whole().items() if qid not in addresses}


def with_values(address, **values):
    """The example's rows of a group, with some values changed in all of them."""
    return {address: Given(tuple(Row(row.id, {**row.values, **values}) for row in whole()[address].value))}


GROUPS = ("Undersköterskor på medicin", "Sjuksköterskor", "Läkare under utbildning", "Vårdenhetschefer")
CHIEF = (
    ("fore", "Har förväntanssamtal på 30 minuter med var och en"),
    ("fore", "Lägger schemat så att alla kan gå på en startdag och en simulering"),
    ("fore", "Utser en huvudhandledare för varje ny"),
    ("under", "Frågar varje vecka vad deltagaren har fått prova och vad som står i vägen"),
    ("under", "Skyddar tiden så att ingen kallas in från ett tillfälle"),
    ("efter", "Har avstämning efter åtta veckor med observationskortet som underlag"),
    ("efter", "Lyfter hinder till verksamhetschefen"),
)
REASONS = (
    (
        "R24",
        "Värdet väger tyngre än tiden, och två avdelningar har redan prövat upplägget med gott resultat.",
    ),
    ("R25", "Verksamheten kan inte avvara handledarna före sommaren, så piloten görs i stället i september."),
    ("R19", "Målgruppen är liten och byts ofta, därför räcker det att måttet följs en gång om året."),
)


def group(*values):
    """The answer to a group: a row for each set of values."""
    return Given(tuple(Row(str(place), one) for place, one in enumerate(values, 1)))


def named_rows(prefix, *values):
    return Given(tuple(Row(f"{prefix}{place}", one) for place, one in enumerate(values, 1)))


def of_the_chief(*pairs):
    return {"koncept.chef_handlingar": group(*({"fas": fas, "handling": text} for fas, text in pairs))}


def with_deviations():
    role = "Verksamhetschef för medicin och geriatrik"
    rows = ({"regel": rule, "skal": reason, "roll": role} for rule, reason in REASONS)
    return whole() | {"avsteg.godtagna": group(*rows)}


def large():
    """Twelve goals, twenty activities and twenty other actions, for four groups."""
    goals = (
        {
            "malgrupp": GROUPS[n % 4],
            "kunna": f"bedöma en patient enligt mall {n + 1} och larma enligt trappan.",
        }
        for n in range(12)
    )
    activities = (
        {
            "titel": f"Träff nummer {n + 1} med övning och återkoppling",
            "malgrupp": (GROUPS[n % 4],) if n % 5 else (),
            "fas": ("fore", "under", "efter")[n % 3],
            "minuter": 60,
            "vecka": n - 3,
        }
        for n in range(20)
    )
    occasions = (
        {"aktivitet": f"A{n % 10 + 1}", "datum": date(2025, 3, 1 + n), "plats": "Lokal 2"} for n in range(24)
    )
    actions = (
        {"insats": f"Ny lathund nummer {n + 1} på alla avdelningar", "klart": date(2025, 3, 1)}
        for n in range(20)
    )
    changed = {
        "behov.malgrupper": group(*({"namn": name, "antal": 20} for name in GROUPS)),
        "koncept.larandemal": named_rows("L", *goals),
        "koncept.aktiviteter": named_rows("A", *activities),
        "genomforande.tillfallen": group(*occasions),
        "analys.andra_insatser": named_rows("I", *actions),
    }
    return whole() | changed | of_the_chief(*CHIEF)


def many_lessons():
    said = "Handledartid måste ligga i schemat innan anställningen börjar, annars blir det inte av i vardagen"
    kinds = ("behall", "andra", "sluta")
    rows = ({"typ": kinds[n % 3], "lardom": said, "galler": "Alla"} for n in range(36))
    return {"uppfoljning.lardomar": group(*rows)}


def uninvited(answers):
    """The answers without a text of the invitation's own: it is made from the plan."""
    return {qid: answer for qid, answer in answers.items() if qid != "genomforande.inbjudan"}


@pytest.mark.parametrize(
    "answers",
    [whole(), uninvited(whole()), uninvited(large())],
    ids=["as written", "from the plan", "large"],
)
def test_an_invitation_has_at_most_two_hundred_words(answers):
    document = made("inbjudan", answers)
    assert 50 < document.words <= document.kind.most_words == 200


@pytest.mark.parametrize("name", sorted(name for name, kind in KIND.items() if kind.one_page))
@pytest.mark.parametrize(
    "answers",
    [
        *(whole(), only_behov(), {}, with_deviations(), whole() | of_the_chief(*CHIEF), large()),
        with_texts(lambda text: f"{text} " * 4),
        whole() | many_lessons(),
    ],
    ids=["exempel", "behov", "inget", "avsteg", "sju handlingar", "stort", "långa svar", "lärdomar"],
)
def test_one_page_is_promised_and_one_page_it_is(name, answers):
    assert pages(made(name, answers)) == 1


FURTHER = (
    " och verksamhetschefen för medicin, geriatrik och rehabilitering med ansvar för introduktionen" * 50
)


def with_long_texts(line, text, decisions=1, taken=1):
    """The example with deviations and texts of at least so many letters, and so many decisions."""

    def longer(value, kind):
        most = line if kind is Kind.TEXT else text
        return (value + FURTHER)[: max(len(value), most)] if kind in TEXTS else value

    answers = with_deviations()
    for qid, answer in whole().items():
        question = BATTERY.question(qid)
        kinds = {field.id: field.kind for field in question.fields if field.id != "namn"}
        if question.kind is Kind.GROUP:
            rows = (
                Row(row.id, {key: longer(value, kinds.get(key)) for key, value in row.values.items()})
                for row in answer.value
            )
            answers[qid] = Given(tuple(rows))
        elif isinstance(answer, Given):
            answers[qid] = Given(longer(answer.value, question.kind))
    (first,) = answers["analys.beslutsgang"].value
    waiting = {key: value for key, value in first.values.items() if key not in ("utfall", "datum", "skal")}
    rows = (first.values if number < taken else waiting for number in range(decisions))
    return answers | {"analys.beslutsgang": named_rows("D", *rows)}


@pytest.mark.parametrize("letters", [(0, 0), (60, 200), (90, 400), (300, 3000)], ids=str)
@pytest.mark.parametrize("decided", [(1, 1), (2, 0), (2, 2), (3, 1), (5, 5), (12, 6)], ids=str)
def test_a_decision_brief_of_long_texts_and_many_decisions_is_one_page(letters, decided):
    brief = made("beslutsunderlag", with_long_texts(*letters, *decided), (READ.title + FURTHER)[:150])
    assert pages(brief) == 1
    assert (" …" in brief.text) is brief.text.endswith(f"\n{WHOLE}\n")


@pytest.mark.parametrize("letters", [(60, 200), (90, 400), (300, 3000)], ids=str)
@pytest.mark.parametrize("name", ["checklista", "lardomar"])
def test_a_page_of_long_texts_is_one_page(name, letters):
    assert pages(made(name, with_long_texts(*letters), (READ.title + FURTHER)[:150])) == 1


@pytest.mark.parametrize("name", ["beslutsunderlag", "uppdragsbeskrivning", "uppfoljningsrapport"])
def test_a_time_with_unknown_parts_is_said_to_be_the_least(name):
    text = made(name, whole() | {"koncept.kostnadsunderlag": Skipped("ingen vet")}).text
    assert re.search(r":\*\* minst \d+ timmar för 84 ", text)


def test_ordinary_deviations_do_not_cut_the_decision_brief():
    own = read_settings("kostnad:\n  timkostnad: 350\n", "utb.yaml")
    text = made("beslutsunderlag", with_deviations(), settings=own).text
    assert all(reason in text for _, reason in REASONS)
    assert "…" not in text


def test_all_that_the_chief_does_stands_on_the_page_also_in_a_large_initiative():
    text = made("checklista", large(), today=BEFORE_ANY_OCCASION).text
    assert all(f"- [ ] {said}\n" in text for _, said in CHIEF)


@pytest.mark.parametrize("name", ["inbjudan", "enkat", "checklista"])
def test_what_is_handed_out_in_parts_has_no_page_number_over_them_all(name):
    page = made(name, whole()).page
    in_parts = name != "checklista"
    assert ("content: none; } }\n</style>" in to_html(page)) is in_parts
    assert ("NUMPAGES" in footer_of(to_docx(page))) is not in_parts
    if shutil.which("pdftotext"):
        data = to_pdf(page, Program(template_text(ROOT, "sida.typ"))).data
        text = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout
        assert (b"Sida 1 av" in text) is not in_parts


def footer_of(data):
    with ZipFile(BytesIO(data)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if "footer" in name)


def test_no_task_of_the_chief_is_hidden_before_there_are_more_than_two_dozen():
    tasks = [("fore", f"Gör sak {number} innan det börjar") for number in range(1, 25)]
    text = made("checklista", large() | of_the_chief(*tasks), today=BEFORE_ANY_OCCASION).text
    assert all(f"- [ ] {said}\n" in text for _, said in tasks)
    further = of_the_chief(*tasks, ("efter", "Ett"), ("efter", "Två"))
    more = made("checklista", large() | further, today=BEFORE_ANY_OCCASION).text
    assert more.count("- [ ] Gör sak") == 22
    assert "- Och 2 uppgifter till, se uppdragsbeskrivningen\n" in more


def test_the_chief_sees_whom_to_ask_above_everything_and_once():
    document = made("checklista", whole() | {"om.kontakt": Given("Kansliet")})
    assert dict(document.page.head)["Kontakt"] == "Kansliet"
    assert "Kansliet" not in document.text


@pytest.mark.parametrize(
    ("staffing", "way", "boxes"),
    [
        (("vikarie",), "sjalv", ["Ordna vikarie för dem som är borta."]),
        (("dubblering",), "sjalv", ["Bestäm vilka kollegor som täcker upp för dem som är borta."]),
        (
            ("schemalagt",),
            "schemalagd",
            ["Lägg in tiden i schemat så snart du kan. Nästa: tisdag 10 juni 2025."],
        ),
        (("ingen_ersatts",), "sjalv", []),
    ],
)
def test_the_chief_has_a_box_first_for_what_the_invitation_says_that_the_chief_does(staffing, way, boxes):
    registration = {"genomforande.anmalan": group({"satt": way, "dagar_fore": 14})}
    answers = whole() | registration | {"genomforande.bemanning": Given(staffing)}
    before = made("checklista", answers | of_the_chief(("fore", "Ett"))).text.partition("## Före\n\n")[2]
    before = before.replace("\u00a0", " ")
    expected = "".join(f"- [ ] {box}\n" for box in boxes)
    assert before.startswith(f"{expected}- [ ] Ett\n")


# ------------------------------------------------------- what leaves the house


@pytest.mark.parametrize("name", ["inbjudan", "checklista", "enkat"])
@pytest.mark.parametrize("answer", [Skipped("Chefen har inte tid"), Unknown("fråga HR")])
def test_why_a_question_was_passed_over_stays_in_the_house(name, answer):
    text = to_markdown(made(name, dict.fromkeys(whole(), answer)))
    assert not re.search("Överhoppad|Vet inte än|inte tid|fråga HR", text)
    assert ("Ej besvarad" in text) is (name != "inbjudan")


TO_PARTICIPANTS = ("inbjudan", "enkat")


@pytest.mark.parametrize("name", TO_PARTICIPANTS)
def test_participants_are_told_nothing_of_status_nor_reminded_of_what_to_write(name):
    document = made(name, whole())
    assert (document.page.head, document.page.foot) == ((), "")
    assert to_markdown(document) == document.text
    assert not re.search("Status|Processledare|roller i stället", to_html(document.page))
    harmed = compose(
        KIND[name], template_text(ROOT, KIND[name].template), name, replace(source(whole()), damage=(7,))
    )
    assert "behöver lagas på rad 7" in to_markdown(harmed)


@pytest.mark.parametrize("name", sorted(KIND.keys() - set(TO_PARTICIPANTS)))
def test_the_head_says_only_what_is_answered(name):
    passed = dict.fromkeys(("om.status", "om.processledare_roll"), Skipped("ingen"))
    head = dict(made(name, whole() | passed).page.head)
    assert not head.keys() & {"Status", "Processledare"}


OURS = read_settings("organisation: Region Exempel\nkontakt: Sektionen för lärande\n", "utb.yaml")
CONTACT = "Lärandestrategen, gemensam brevlåda."
OWN = {"om.organisation": Given("Höglandets sjukhus"), "om.kontakt": Given(CONTACT)}
NOT_SAID_OF_ITSELF = ({}, {qid: Skipped("ingen") for qid in OWN}, {qid: Unknown("chefen") for qid in OWN})


@pytest.mark.parametrize("name", ["inbjudan", "checklista", "enkat"])
def test_whom_to_ask_is_whom_the_initiative_says_and_else_whom_the_organisation_says(name):
    def document(answers):
        return compose(
            KIND[name], template_text(ROOT, KIND[name].template), name, source(answers, settings=OURS)
        )

    said = document(without(*OWN, "genomforande.anmalan") | OWN)
    assert said.page.organisation == "Höglandets sjukhus"
    assert dict(said.page.head).get("Kontakt", CONTACT) == CONTACT
    assert "gemensam brevlåda" in to_markdown(said)
    assert "Sektionen" not in to_markdown(said)
    for unsaid in NOT_SAID_OF_ITSELF:
        left = document(without(*OWN, "genomforande.anmalan") | unsaid)
        assert left.page.organisation == "Region Exempel"
        assert dict(left.page.head).get("Kontakt", "Sektionen för lärande") == "Sektionen för lärande"
        assert "Sektionen för lärande" in to_markdown(left)


@pytest.mark.parametrize(
    ("answer", "had", "asked"),
    [("alla", True, False), ("de_flesta", False, True), ("ingen", False, True), ("vet_inte", False, False)],
)
def test_an_invitation_says_of_the_chief_only_what_is_known(answer, had, asked):
    text = made("inbjudan", uninvited(whole()) | {"genomforande.chef_fore_klart": Given(answer)}).text
    assert ("Din chef har haft ett samtal med dig" in text) is had
    assert ("Be om ett samtal." in text) is asked
    assert "chef" not in made("inbjudan", uninvited(only_behov())).text


def letters(answers, *today):
    return made("inbjudan", answers, **({"today": today[0]} if today else {})).text.split("\n***\n")


def test_each_target_group_gets_an_invitation_of_its_own_to_what_it_is_invited_to():
    new, supervisors = letters(uninvited(whole()))
    assert new.startswith(f"# {READ.title}\n\n**För:** Nya undersköterskor\n")
    of_what = f"**Ingår i:** {READ.title}\n\n**För:** Handledare (undersköterskor)\n"
    assert supervisors.startswith(f"\n# Handledarträff med övning i återkoppling\n\n{of_what}")
    assert "- Tisdag 18 februari 2025 kl. 13.00–16.00, Utbildningslokal, plan 2\n" in supervisors
    assert "Handledarträff" not in new
    assert "Förväntanssamtal" in new
    assert not re.search("NEWS2|Startdag", supervisors)
    assert len(letters(only_behov())) == 1


def test_an_activity_of_no_phase_is_in_the_invitation_and_the_checklist():
    rows = named_rows("A", {"titel": "Obligatorisk förmiddag"}, {"titel": "Film", "fas": "fore"})
    answers = without("koncept.larandemal", "genomforande.inbjudan", "genomforande.tillfallen") | {
        "koncept.aktiviteter": rows
    }
    assert "**Det här ingår:** Obligatorisk förmiddag\n\n**Före:** Film\n" in made("inbjudan", answers).text
    assert "Obligatorisk förmiddag" in made("checklista", answers).text


def test_the_words_of_those_who_plan_are_not_told_to_those_invited():
    answers = without("genomforande.inbjudan") | {"behov.uppna_losa": Given("hon sa halvera till jul")}
    invitation = made("inbjudan", answers)
    assert "halvera" not in invitation.text
    assert "en text till deltagarna" in invitation.unsaid


def test_only_the_groups_that_the_initiative_is_for_get_an_invitation():
    groups = named_rows("", {"namn": "Läkare"}, {"namn": "Sjuksköterskor"})
    rows = named_rows(
        "A",
        {"titel": "Morgon", "malgrupp": ("Alla",)},
        {"titel": "Film", "malgrupp": ("Läkare",)},
        {"titel": "Samtal", "malgrupp": ("Sjuksköterskor",)},
        {"titel": "Övning", "malgrupp": ("Ssk",)},
    )
    answers = without("koncept.larandemal", "genomforande.inbjudan", "genomforande.tillfallen") | {
        "behov.malgrupper": groups,
        "koncept.aktiviteter": rows,
    }
    first, second = letters(answers)
    assert "**För:** Läkare\n\n**Det här ingår:** Morgon; Film\n" in first
    assert "**För:** Sjuksköterskor\n\n**Det här ingår:** Morgon; Samtal\n" in second
    assert "vilka A4 är till för" in made("inbjudan", answers).unsaid


WHAT_HAPPENS = {"koncept.aktiviteter": named_rows("A", {"titel": "Träff."}, {"titel": "Start"})}


def occasions(*values):
    return (
        without("behov.malgrupper", "koncept.larandemal")
        | WHAT_HAPPENS
        | {"genomforande.tillfallen": named_rows("T", *values)}
    )


def test_every_occasion_has_its_own_day_time_and_place_the_first_one_first():
    text = made(
        "inbjudan",
        occasions(
            {"aktivitet": "A2", "datum": date(2026, 12, 9), "tid": TimeSpan(780), "plats": "Sal 3."},
            {"aktivitet": "A1", "datum": date(2026, 12, 15), "tid": TimeSpan(540, 720)},
            {"aktivitet": "A1", "datum": date(2026, 12, 8), "plats": "Sal 4", "omgang": "Vinter"},
        ),
    ).text
    assert (
        "**Träff**\n\n- Vinter: tisdag 8 december 2026, Sal 4\n- Tisdag 15 december 2026 kl. 9.00–12.00\n\n"
        "**Start**\n\n- Onsdag 9 december 2026 kl. 13.00, Sal 3\n"
    ) in text


def test_nobody_is_invited_to_what_has_been_held_or_called_off():
    held, off = {"aktivitet": "A1", "lage": "genomfort"}, {"aktivitet": "A1", "lage": "installt"}
    day = {"aktivitet": "A2", "datum": date(2026, 12, 8)}
    text = made("inbjudan", occasions(held, off, day)).text
    assert text.startswith("# Start\n")
    assert "Träff" not in text
    assert "När och var" not in made("inbjudan", occasions(held, off)).text


NOTHING_LEFT = "har inget tillfälle att bjuda in till, för alla har varit eller är inställda."


def test_nobody_is_invited_to_a_day_that_has_passed_and_its_activity_is_not_still_to_come():
    over, left = (
        {"aktivitet": "A1", "datum": date(2025, 6, 1)},
        {"aktivitet": "A2", "datum": date(2025, 6, 2)},
    )
    weeks = {"aktivitet": "A1", "datum": Period(date(2025, 5, 27), date(2025, 6, 2), "vecka 22 2025")}
    answers = uninvited(occasions(over, left))
    invitation = made("inbjudan", answers, today=date(2025, 6, 2))
    assert invitation.text.startswith("# Start\n")
    assert "Träff" not in invitation.text
    assert invitation.to_know == "Sista dagen för anmälan har passerat."
    assert made("inbjudan", answers, today=date(2025, 6, 1)).text.count("Träff") == 1
    assert "Träff" in made("inbjudan", occasions(weeks, left), today=date(2025, 6, 2)).text


def test_that_nothing_is_left_to_invite_to_is_told_to_whoever_makes_it():
    over, off = {"aktivitet": "A1", "datum": date(2025, 6, 1)}, {"aktivitet": "A1", "lage": "installt"}
    held = {"aktivitet": "A1", "lage": "genomfort"}
    for rows in ([over], [off], [held, off], [over, held]):
        nothing = made("inbjudan", occasions(*rows), today=date(2025, 6, 2))
        assert nothing.to_know == f"Inbjudan {NOTHING_LEFT}"
        assert "När och var" not in nothing.text
        assert not any("tillfällen" in told for told in nothing.unsaid)
    supervisors_met = made("inbjudan", whole(), today=date(2025, 3, 1))
    assert supervisors_met.to_know.startswith(f"Inbjudan till Handledare (undersköterskor) {NOTHING_LEFT}")
    assert supervisors_met.unsaid == ()


def test_nobody_is_welcomed_to_what_has_been_and_the_paper_says_so_in_a_line():
    new, supervisors = letters(whole(), date(2025, 3, 1))
    assert "Välkommen!" in new
    said = supervisors.replace("\u00a0", " ")
    assert "\nDet finns inget tillfälle att bjuda in till: det sista var tisdag 18 februari 2025.\n" in said
    assert "**Frågor om nya tillfällen?** " in said
    assert not re.search("Välkommen|Anmälan|Ta med|Säg till|kontrollerat", said)
    off = {"aktivitet": "A1", "lage": "installt"}
    assert "\nDet finns inget tillfälle att bjuda in till.\n" in made("inbjudan", occasions(off)).text


def test_what_the_text_says_to_some_is_not_said_to_others():
    new, supervisors = letters(whole())
    assert "Du som är ny börjar" in new
    assert "Sedan kommer en startdag" in new
    assert "handleder" not in new
    assert "Välkommen! När en patient" in supervisors
    assert "Du som handleder övar" in supervisors
    assert not re.search("ny börjar|Sedan kommer", supervisors)
    both = Given("Hej!\n\nDu som är intresserad får mer.\n\nTill dig som handleder: gå bredvid.\n\nVi ses.")
    first, second = letters(whole() | {"genomforande.inbjudan": both})
    assert "intresserad" in first
    assert "intresserad" in second
    assert ("bredvid" in first, "bredvid" in second) == (False, True)


def of_twelve(kind, name, today=MORNING):
    """A document of one of the twelve initiatives, on the morning they are looked at."""
    read = read_answers_file((CASES / f"{name}.yaml").read_text("utf-8"), name, BATTERY, today)
    return made(kind, dict(read.answers), read.title, today=today)


def test_a_group_without_an_occasion_is_told_what_is_its_own_and_not_what_others_do():
    invitation = of_twelve("inbjudan", "bussforare")
    drivers, controllers = invitation.text.replace("\u00a0", " ").split("\n***\n")
    assert "Två timmar i en parkerad buss" in drivers
    assert "parkerad" not in controllers
    assert "- Fem minuter vid skiftbyte, 20 minuter i allt, vecka 50 2026, vecka 52 2026 och" in controllers
    assert "är inte med till Trafikledare: den säger en tid som de inte har." in invitation.to_know


def test_an_occasion_of_today_is_no_choice_when_the_last_day_to_register_has_passed():
    drivers = of_twelve("inbjudan", "bussforare").text.replace("\u00a0", " ").split("\n***\n")[0]
    assert "Depå Syd (i dag, sista dagen för anmälan har passerat)\n- Syd 2: lördag 12" in drivers
    assert "vilken dag som är din" not in drivers
    assert "vilken dag som är din" in of_twelve("inbjudan", "bussforare", date(2026, 11, 2)).text


def test_the_last_day_to_register_is_a_date_for_each_round():
    new, supervisors = (text.replace("\u00a0", " ") for text in letters(whole()))
    assert (
        "Din chef lägger in det i schemat senast tisdag 18 februari 2025 (Första), "
        "tisdag 25 mars 2025 (Andra) och tisdag 29 april 2025 (Tredje).\n"
    ) in new
    assert "schemat senast tisdag 4 februari 2025.\n" in supervisors
    later = letters(whole(), date(2025, 3, 1))[0].replace("\u00a0", " ")
    assert "schemat senast tisdag 25 mars 2025 (Andra) och" in later


def test_a_length_that_only_another_group_has_is_told_to_whoever_makes_the_invitation():
    told = "Inbjudan säger en tid som aktiviteterna inte har: "
    assert told not in made("inbjudan", whole()).to_know
    in_hours = whole() | {"genomforande.inbjudan": Given("Träffen är 3 timmar, samtalet 30 min.")}
    assert (
        f"{told}3 timmar för Nya undersköterskor; 30 min för Handledare" in made("inbjudan", in_hours).to_know
    )
    assert told not in made("inbjudan", uninvited(whole())).to_know


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            Given(("egen_tid", "schemalagt")),
            "Planen är att du går på egen tid. Fråga din chef vad som gäller.",
        ),
        (Given(("ej_lost",)), "Bemanningen är inte löst för alla än. Fråga din chef vad som gäller dig."),
        (Given(("vikarie",)), "En vikarie täcker upp för dig."),
        (Given(("dubblering", "vikarie")), "En vikarie eller dina kollegor täcker upp för dig."),
        (Given(("ingen_ersatts",)), ""),
        (Skipped("vi hann inte"), ""),
    ],
)
def test_an_invitation_speaks_to_the_one_invited(answer, said):
    text = letters(whole() | {"genomforande.bemanning": answer})[0]
    assert re.findall(r"\*\*Din arbetstid:\*\* (.+)", text) == [said] * bool(said)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"satt": "schemalagd", "dagar_fore": 14},
            "Din chef lägger in det i schemat senast tisdag 24 november 2026.",
        ),
        ({"satt": "schemalagd"}, "Din chef lägger in det i schemat."),
        ({"satt": "sjalv", "dagar_fore": 0, "kontakt": "HR?"}, "Anmäl dig senast samma dag: HR?"),
        ({"satt": "sjalv", "kontakt": "kurs@region.example"}, "Anmäl dig till kurs@region.example."),
        ({"satt": "behovs_inte", "dagar_fore": 14}, "Du behöver inte anmäla dig."),
        ({"ta_med": "Skor"}, ""),
    ],
)
def test_an_invitation_says_how_to_register_and_by_which_day(values, said):
    told = {"genomforande.anmalan": group(values)}
    text = made("inbjudan", occasions({"aktivitet": "A1", "datum": date(2026, 12, 8)}) | told).text
    assert re.findall(r"\*\*Anmälan:\*\* (.+)", text) == [said] * bool(said)
    assert ("**Ta med:** Skor\n" in text) is ("ta_med" in values)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("schemalagd", "Din chef lägger in det i schemat."),
        ("sjalv", "Anmäl dig. Sista dagen att anmäla sig har passerat: HR."),
    ],
)
def test_nobody_is_asked_to_register_by_a_day_that_has_passed(way, said):
    told = {"genomforande.anmalan": group({"satt": way, "dagar_fore": 14, "kontakt": "HR"})}
    answers = occasions({"aktivitet": "A1", "datum": date(2026, 12, 8)}) | told
    in_time = made("inbjudan", answers, today=date(2026, 11, 24))
    assert "senast tisdag 24 november 2026" in in_time.text
    assert "Sista dagen" not in in_time.to_know
    late = made("inbjudan", answers, today=date(2026, 11, 25))
    assert f"**Anmälan:** {said}\n" in late.text
    assert "Säg till så snart du kan: HR." in late.text
    assert "24 november" not in late.text
    assert late.to_know == "Sista dagen för anmälan har passerat."


def test_the_boss_is_told_how_long_each_is_away_and_when_it_begins():
    text = made("checklista", whole(), today=BEFORE_ANY_OCCASION).text.replace("\u00a0", " ")
    assert "(och så lång tid tar det för var och en, med restid)" in text
    assert "- **Handledare (undersköterskor)** (3 timmar 30 minuter): ge konkret" in text
    assert "senast tisdag 4 februari 2025. Nästa: tisdag 18 februari 2025.\n" in text


def test_whoever_takes_over_has_something_to_begin_with_however_far_off_it_is():
    text = made("overlamning", {"behov.klart_senast": Given(date(2027, 6, 1))}).text
    assert (
        "## Att göra härnäst\n\n| När | Vad | Vem |\n| --- | --- | --- |\n| tisdag 1 juni 2027 |"
        in text.replace("\u00a0", " ")
    )
    assert "Lovat och planerat" not in text


def test_an_invitation_says_how_long_it_takes_where_no_time_of_day_is_known():
    day = {"aktivitet": "A1", "datum": date(2026, 12, 8), "plats": "På kliniken"}
    activity = {"koncept.aktiviteter": named_rows("A", {"titel": "Träff", "minuter": 90})}
    text = made("inbjudan", occasions(day) | activity).text.replace("\u00a0", " ")
    assert "- Tisdag 8 december 2026, 1 timme 30 minuter, på kliniken\n" in text


def test_a_cut_sentence_ends_where_it_can_be_read():
    said = "Hon får sin medicin i tid också den natten, och listan hon får med hem är den som gäller"
    assert first_sentences(said, 80) == "Hon får sin medicin i tid också den natten …"
    assert (
        first_sentences("Ja, och listan hon får med hem är den som gäller", 30)
        == "Ja, och listan hon får med …"
    )


@pytest.mark.parametrize(
    ("own", "contact", "told"),
    [
        ("Kansliet", "Kansliet, 010-000 00 00", "Kansliet, 010-000 00 00"),
        (
            "Fallombudet.",
            "Kansliet, fall@exempel.invalid",
            "Fallombudet, eller Kansliet, fall@exempel.invalid",
        ),
        ("kurs@exempel.invalid", "Kansliet, 010-000 00 00", "kurs@exempel.invalid"),
        ("Fallombudet", "Kansliet", "Fallombudet"),
    ],
)
def test_whom_to_ask_can_be_reached_when_any_answer_says_how(own, contact, told):
    answers = {"genomforande.anmalan": group({"kontakt": own}), "om.kontakt": Given(contact)}
    assert f"**Frågor?** {told}.\n" in made("inbjudan", answers).text.replace("\u00a0", " ")


def test_a_place_on_the_web_keeps_its_link_and_one_without_is_told_to_whoever_makes_it():
    day = {"aktivitet": "A1", "datum": date(2026, 12, 8), "tid": TimeSpan(540)}
    link = "Teams: https://teams.example.invalid/" + "m" * 150
    assert link in made("inbjudan", occasions({**day, "plats": link})).text.replace("\\", "")
    without_link = occasions({**day, "plats": "Digitalt"})
    joining = "hur man ansluter till T1"
    assert joining in made("inbjudan", without_link).unsaid
    assert joining not in made("inbjudan", occasions({**day, "plats": link})).unsaid
    told = without_link | {"genomforande.inbjudan": Given("Anslut här: https://teams.example.invalid/m")}
    assert joining not in made("inbjudan", told).unsaid
    assert joining not in made("inbjudan", occasions({**day, "plats": "Digitala rummet, plan 2"})).unsaid


def test_what_an_invitation_leaves_out_is_told_to_whoever_makes_it():
    assert made("inbjudan", whole()).unsaid == ()
    assert made("inbjudan", {}).unsaid == (
        "tillfällen",
        "en text till deltagarna",
        "anmälan",
        "arbetstid",
        "kontakt",
    )
    half = occasions(
        {"aktivitet": "A1", "datum": date(2026, 12, 8)}, {"plats": "Sal 3", "tid": TimeSpan(540)}
    )
    assert made("inbjudan", half).unsaid == ("datum för T2", "tid för T1", "plats för T1")


# --------------------------------------------------------------- the checklist


FIRST_DAYS = ("genomforande.tillfallen", "koncept.forsta_tillfalle")


@pytest.mark.parametrize("unsaid", FIRST_DAYS)
def test_the_weeks_of_the_chief_are_the_same_in_the_checklist_and_on_the_wall(unsaid):
    answers = without(unsaid)
    assert "30 minuter – vecka 9" in made("checklista", answers, today=BEFORE_ANY_OCCASION).text.replace(
        "\u00a0", " "
    )
    on_the_wall = to_markdown(made("larresa", answers)).partition("- Chefen")[2].partition("- Kollegor")[0]
    assert on_the_wall.lstrip().startswith(
        "- Vecka 9, från måndag 24 februari 2025\n    - Utse huvudhandledare"
    )


def test_weeks_are_told_from_the_activity_of_week_zero():
    text = made("checklista", without(*FIRST_DAYS)).text
    assert (
        "- veckan före Startdag med färdighetsträning: Förväntanssamtal med vårdenhetschef; Digital" in text
    )
    assert "- 8 veckor efter Startdag med färdighetsträning: Avstämning" in text
    assert (
        "Vecka 0 är veckan för Startdag med färdighetsträning.\n" in made("uppdragsbeskrivning", whole()).text
    )


def test_weeks_are_told_from_the_first_time_together_when_no_activity_has_week_zero():
    activities = named_rows("A", {"titel": "Ett samtal", "vecka": -1}, {"titel": "En träff"})
    text = made("checklista", without(*FIRST_DAYS) | {"koncept.aktiviteter": activities}).text
    assert "- veckan före det första gemensamma tillfället: Ett samtal\n" in text
    assert "- Ej besvarad: En träff\n" in text


def test_each_round_has_its_own_days_and_weeks():
    text = made("checklista", whole(), today=BEFORE_ANY_OCCASION).text
    assert "- **Alla omgångar:**\n  - tisdag 18 februari 2025 kl. 13.00–16.00: Handledarträff" in text
    second = text.partition("- **Andra, räknat från tisdag 8 april 2025:**\n")[2].partition("- **")[0]
    assert second.startswith("  - vecka 14 2025: Förväntanssamtal med vårdenhetschef; Digital förberedelse")
    assert "  - tisdag 8 april 2025 kl. 8.00–16.00: Startdag med färdighetsträning\n" in second
    assert "  - tisdag 6 maj 2025 kl. 12.30–16.00: Simulering: Esther blir sämre\n" in second
    assert "- [ ] Utse huvudhandledare" in text
    assert "30 minuter – vecka 9, 14 och 19 2025\n" in text


def test_the_chief_sees_what_is_next_first_and_that_it_has_been_last():
    text = made("checklista", whole(), today=date(2025, 5, 20)).text.replace("\u00a0", " ")
    assert "30 minuter – vecka 9, 14 och 19 2025\n" in text
    assert "till verksamhetschefen – vecka 23 och 28 2025; har varit: vecka 18 2025\n" in text
    assert "- **Alla omgångar:**\n  - Har varit: allt till och med tisdag 18 februari 2025" in text
    third = text.partition("- **Tredje, räknat från tisdag 13 maj 2025:**\n")[2]
    assert third.startswith("  - vecka 22 2025: Handledda pass")
    assert "\n  - Har varit: allt till och med tisdag 13 maj 2025 kl. 8.00–16.00" in third


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2025, 2, 1), " senast tisdag 4 februari 2025. Nästa: tisdag 18 februari 2025."),
        (date(2025, 2, 5), " så snart du kan. Nästa: tisdag 18 februari 2025."),
        (date(2025, 7, 1), ""),
    ],
)
def test_the_chief_gets_the_day_to_put_the_time_in_the_schedule_by(today, said):
    text = made("checklista", whole(), today=today).text.replace("\u00a0", " ")
    assert re.findall(r"Lägg in tiden i schemat(.+)", text) == [said] * bool(said)


def test_the_weeks_after_what_has_been_held_are_still_told():
    answers = occasions({"aktivitet": "A2", "datum": date(2026, 12, 8), "lage": "genomfort"})
    later = {"koncept.chef_handlingar": group({"fas": "efter", "handling": "Stäm av", "vecka": 2})}
    text = made("checklista", answers | later).text
    assert "- [ ] Stäm av – vecka 52 2026\n" in text
    assert "- **Räknat från tisdag 8 december 2026:**\n  - tisdag 8 december 2026: Start\n" in text


def test_without_a_contact_one_answers_whoever_invited():
    said = "Säg i god tid till den som har bjudit in dig.\n"
    assert said in made("inbjudan", {}).text


def test_weeks_in_two_years_are_told_with_both():
    days = (date(2026, 12, 28), date(2027, 1, 11))
    answers = occasions(*({"aktivitet": "A2", "datum": day, "omgang": f"Grupp {day.year}"} for day in days))
    handling = {"koncept.chef_handlingar": group({"fas": "fore", "handling": "Fråga", "vecka": 0})}
    assert "- [ ] Fråga – vecka 53 2026 och vecka 2 2027\n" in made("checklista", answers | handling).text


def test_the_first_talk_has_words_until_every_chief_has_had_it():
    said = "- [ ] Säg i det första samtalet:"
    assert said in made("checklista", whole()).text
    done = {"genomforande.chef_fore_klart": Given("alla")}
    assert said not in made("checklista", whole() | done).text


def test_what_there_is_no_room_for_is_counted_for_every_group():
    text = made("checklista", large(), today=BEFORE_ANY_OCCASION).text
    assert all(f"- **{name}:** bedöma" in text for name in GROUPS)
    assert text.count(" och 2 till\n") == len(GROUPS)
    told = text.partition("## När\n")[2]
    assert told.count("Träff") + sum(map(int, re.findall(r"- Och (\d+) ", told))) == 24 + 10
    learned = made("lardomar", whole() | many_lessons()).text
    assert learned.count("- Handledartid") + sum(map(int, re.findall(r"- Och (\d+) ", learned))) == 36
    told = made("beslutsunderlag", large()).text
    assert told.count("- Ny lathund") + int(re.search(r"- Och (\d+) ", told)[1]) == 20
    invited = made("inbjudan", uninvited(large())).text
    for letter in invited.split("\n***\n"):
        meetings = letter.partition("## När och var")[2]
        assert (
            meetings.count("\n- ")
            - meetings.count("- Och")
            + sum(map(int, re.findall(r"- Och (\d+) ", meetings)))
            >= 4
        )


def test_an_action_of_the_chief_without_a_phase_is_on_the_list():
    text = made("checklista", whole() | of_the_chief(("fore", "Ett"), (None, "Två"))).text
    assert "## Utan bestämd tid\n\n- [ ] Två\n" in text


def test_standing_advice_is_for_the_phases_where_the_plan_has_nothing():
    text = made("checklista", whole() | of_the_chief(("under", "Skyddar startdagen"))).text
    before, during = text.partition("## Före")[2].partition("## Under")[::2]
    assert "Ha ett förväntanssamtal" in before
    assert "- [ ] Skyddar startdagen\n" in during
    assert "Skydda tiden" not in during


def test_nobody_is_asked_for_what_is_done():
    done = {"genomforande.chef_fore_klart": Given("alla"), "genomforande.bemanning": Given(("schemalagt",))}
    text = made("checklista", without("koncept.chef_handlingar") | done).text
    assert "förväntanssamtal med var och en" not in text
    assert "tid för tillfällena" not in text
    undone = {"genomforande.chef_fore_klart": Given("ingen"), "genomforande.bemanning": Given(("ej_lost",))}
    text = made("checklista", without("koncept.chef_handlingar") | undone).text
    assert "förväntanssamtal med var och en" in text
    assert "bemanningen är inte löst än" in text


# ------------------------------------------------------------ what is not known


def test_no_comfort_comes_from_questions_that_nobody_has_answered():
    text = made("uppdragsbeskrivning", only_behov()).text
    assert "## Vad analysen pekar på\n\nEj besvarad\n" in text
    assert "## Risker\n\nEj besvarad\n" in text


def test_a_gap_without_a_measure_is_not_answered():
    text = made("beslutsunderlag", without("behov.effektmatt")).text
    assert "**I siffror:** Ej besvarad\n\n**Målet:** Om nio månader" in text
    assert "Glappet är mätt." in text


@pytest.mark.parametrize("name", sorted(KIND.keys() - {"dossier"}))
@pytest.mark.parametrize("first", [0, 1])
def test_not_answered_never_stands_inside_a_sentence(name, first):
    answers = every_other_field(whole() | of_the_chief(*CHIEF), first)
    lines = [line for line in made(name, answers).text.splitlines() if not line.startswith("|")]
    told = [line for line in lines if re.search("ej besvarad", line, re.IGNORECASE)]
    allowed = r"(^(- )?(\[ \] )?(\w\d+:? )?|: )Ej besvarad($|[.;] ?)|: Ej besvarad, antal personer|^ *- Ej besvarad: "
    assert [line for line in told if not re.search(allowed, line.replace("*", ""))] == []


@pytest.mark.parametrize("name", sorted(KIND.keys() - {"dossier"}))
@pytest.mark.parametrize("end", [".", "?", "!"])
def test_a_sentence_ends_once_however_the_answer_ends(name, end):
    answers = with_texts(lambda text: f"{text.rstrip('.?!')}{end}")
    text = made(name, uninvited(answers)).text
    assert re.findall(r".{0,30}(?:[.?!]\.|\.[:;,]).{0,9}", text.replace("**", "")) == []


def test_a_risk_is_told_without_what_to_do_in_the_program():
    text = made("uppdragsbeskrivning", without("koncept.kollegastod")).text
    assert "\n## Att reda ut\n" in text
    assert "Deltagartiden är" not in text  # nobody has anything to find out: it stands at the cost
    assert not re.search("avsteg|utb.yaml", text)


def test_a_risk_of_several_rows_is_told_once():
    text = made("uppdragsbeskrivning", large()).text
    assert "- Lärandemål L5, L6, L7, L8, L9, L10, L11 och L12 saknar mått.\n" in text
    assert text.count("saknar mått") == 1


def test_what_is_to_be_delivered_stands_first_and_once():
    text = made("uppdragsbeskrivning", whole()).text
    table = text.partition("## Det här ska levereras")[2].partition("##")[0]
    assert (
        "| P2 | Tre digitala fall med återkoppling | Digitalt | Lärandestrateg | måndag 24 februari" in table
    )
    assert text.count("Tre digitala fall med återkoppling") == 1
    assert text.index("## Det här ska levereras") < text.index("## Uppdraget")
    unsaid = made("uppdragsbeskrivning", without("produktion.material")).text
    assert "## Det här ska levereras\n\n**Material:** Ej besvarad\n" in unsaid


def test_what_is_chosen_is_said_as_a_statement_and_not_as_the_option():
    text = made("uppdragsbeskrivning", whole()).text
    assert "- **Beslut efter analysen:** Gå vidare med en mix av utbildning och andra insatser.\n" in text
    assert "Det finns ett krav i lag eller föreskrift.\n\nArbetsmiljölagen 3 kap." in text
    own = made("uppdragsbeskrivning", without("behov.krav", "analys.beslut")).text
    assert "## Krav\n\nEj besvarad\n" in own
    assert "- **Beslut efter analysen:** Ej besvarad\n" in own


def test_the_timetable_has_measuring_days_in_order():
    text = made("uppdragsbeskrivning", whole()).text
    table = text.partition("## Tidplan")[2].partition("##")[0]
    days = re.findall(r"^\| (\d{4}-\d\d-\d\d) \|", table, re.MULTILINE)
    assert days == sorted(days)
    assert (
        "| söndag 24 augusti 2025 | Mätning: M3 Punktmätning NEWS2 på pass med nya | – | Vårdutvecklare |"
        in table
    )
    assert "| söndag 1 juni 2025 | Det ska fungera i vardagen | – | – |" in table
    undated = made("uppdragsbeskrivning", without("genomforande.tillfallen")).text
    assert "| 75 dagar efter sista tillfället, som inte har datum än | Mätning: M3" in undated


def test_a_measurement_has_its_day_wherever_it_is_told_when_all_occasions_have_theirs():
    told = "75 dagar efter sista tillfället, söndag 24 augusti 2025"
    assert all(told in made(name, whole()).text for name in ("beslutsunderlag", "uppdragsbeskrivning"))
    occasions = (*whole()["genomforande.tillfallen"].value, Row("T99", {"plats": "Sal 3"}))
    waiting = whole() | {"genomforande.tillfallen": Given(occasions)}
    waiting.pop("uppfoljning.resultat")
    told = "75 dagar efter sista tillfället; alla tillfällen har inte datum än"
    named = ("beslutsunderlag", "uppdragsbeskrivning", "overlamning")
    assert all(told in made(name, waiting).text for name in named)


def test_the_follow_up_says_that_time_and_cost_are_only_planned():
    assert "Det är vad planen säger, inte vad det blev." in made("uppfoljningsrapport", whole()).text


def test_the_report_begins_with_how_many_goals_are_reached():
    text = made("uppfoljningsrapport", whole()).text
    first = text.split("\n\n")[1]
    assert first == "Av tre mål är inget nått, två är ännu inte nådda och ett är inte mätt än."
    assert "mål 90" not in text.partition("```")[0]
    assert "Av tre" not in made("uppfoljningsrapport", without("uppfoljning.resultat")).text


@pytest.mark.parametrize(
    ("before", "goal", "outcome", "told"),
    [
        ("68 %", "90 %", "90 %", "Målet är nått."),
        ("68 %", "90 %", "86 % (mål 90 %)", "Målet är mätt men inte nått."),
        ("9", "0", "3", "Målet är mätt men inte nått."),
        ("9", "3", "2", "Målet är nått."),
        ("7 av 12", "12 av 12", "11 av 12", "Målet är mätt men inte nått."),
        ("", "högst 15 %", "15 %", "Målet är nått."),
        ("", "under 15 %", "15 %", "Målet är mätt men inte nått."),
        ("", "15 %", "15 %", "Målet går inte att jämföra i siffror."),
        ("20 %", "15 %", "bättre på natten", "Målet går inte att jämföra i siffror."),
        ("20 min", "15 min", "12 %", "Målet går inte att jämföra i siffror."),
        ("20 %", "15 %", "cirka 12 %", "Målet går inte att jämföra i siffror."),
    ],
)
def test_a_goal_is_reached_only_where_a_number_against_a_number_says_so(before, goal, outcome, told):
    goals = named_rows("E", {"matt": "Andel", "nulage": before, "mal": goal})
    results = group({"matt": "E1", "utfall": outcome})
    text = made("uppfoljningsrapport", {"behov.effektmatt": goals, "uppfoljning.resultat": results}).text
    assert text.split("\n\n")[1] == told


def test_a_goal_is_missed_when_its_last_day_has_passed_and_until_then_not_reached_yet():
    text = made("uppfoljningsrapport", whole(), today=date(2025, 7, 15)).text.replace("\u00a0", " ")
    assert text.split("\n\n")[1].startswith("Av tre mål är inget nått, ett är missat, ett är ännu inte nått")
    told = text.partition("## Utlovat")[0]
    assert "återkopplingar av handledare:** missat, 71 % mot 90 %, sista dag måndag 30 juni 2025\n" in told
    assert "vid punktmätning:** ännu 86 % mot 90 %, sista dag tisdag 30 september 2025\n" in told
    assert "inom 12 månader:** inte mätt än, sista dag tisdag 31 mars 2026\n" in told
    assert "- **Egen bedömning av om målen är nådda:** Delvis\n" in told
    after = made("uppfoljningsrapport", whole(), today=date(2026, 11, 28)).text.replace("\u00a0", " ")
    assert "Av tre mål är inget nått, två är missade och ett är inte mätt i tid." in after
    assert "inom 12 månader:** inte mätt i tid, sista dag tisdag 31 mars 2026\n" in after


def test_the_lessons_say_what_was_in_the_way_and_why_where_an_answer_does():
    text = made("lardomar", whole()).text
    assert "**Det som hindrade på vägen:** Under den andra omgången drogs två handledare in" in text
    assert "**Fråga den som vet:** Vårdutvecklaren\n" in text
    assert "**Materialet finns:** Lärplattformen\n" in text
    assert REASONS[0][1] in made("lardomar", with_deviations()).text
    assert "hindrade på vägen" not in made("lardomar", without("genomforande.hinder_pa_vagen")).text


def test_who_takes_over_first_sees_what_is_late_or_comes_within_sixty_days():
    text = made("overlamning", whole(), today=date(2025, 8, 2)).text
    soon = text.partition("## Att göra härnäst")[2].partition("##")[0]
    later = text.partition("## Lovat och planerat längre fram")[2].partition("##")[0]
    assert "| Försenat: lördag 1 mars 2025 | Insats klar: I1 " in soon
    assert "| tisdag 30 september 2025 | Mål att nå: E2 " in soon
    assert "| tisdag 31 mars 2026 | Mål att nå: E1 " in later
    assert text.index("## Att göra") < text.index("## Lovat") < text.index("## Var det står")


def test_the_next_measurement_and_the_only_measure_left_are_one_line():
    text = made("overlamning", whole()).text
    assert "| tisdag 31 mars 2026 | Nästa mätning: M6 Personalomsättning bland nya | HR-partner |" in text
    assert text.count("| Nästa mätning") == 1
    assert "| Mät M6" not in text
    several = made("overlamning", without("uppfoljning.resultat")).text
    assert "| Nästa mätning |" in several
    assert "Mät M6" in several


def test_who_takes_over_is_told_of_what_is_open_only_where_something_is():
    counted = {"uppfoljning.nasta_matning": Given(date(2026, 4, 6))}
    assert "## Öppet" not in made("overlamning", whole() | counted).text
    assert (
        "Alla frågor i de sex stegen är besvarade eller hoppade över.\n" in made("overlamning", whole()).text
    )
    waiting = made("overlamning", whole() | {"behov.noll": Unknown("ekonomen")}).text
    assert "## Öppet, och vem som vet\n" in waiting
    assert "**Vet:** ekonomen" in waiting
    assert "Alla sex" not in waiting


def test_who_takes_over_sees_which_questions_are_open_those_of_the_fast_track_first():
    text = made("overlamning", without("genomforande.tillfallen", "genomforande.egen_plan")).text
    asked = text.partition("- **Genomförande:**")[2].partition("\n")[0]
    assert (
        "2 frågor utan svar: När och var är tillfällena? Lämnar deltagarna tillfället med en egen plan"
        in asked
    )


def test_who_takes_over_sees_first_of_what_is_open_what_does_not_hold_together():
    few = whole() | with_values("genomforande.tillfallen", platser=1)
    for name, place in (("overlamning", "## Öppet\n\n- "), ("beslutsunderlag", "**Att lösa:** ")):
        assert f"{place}Platserna räcker inte: " in made(name, few).text
    assert "Platserna" not in made("overlamning", whole()).text


def test_who_takes_over_sees_who_is_missing_and_how_the_other_actions_went():
    text = made("overlamning", whole()).text.replace("\u00a0", " ")
    assert "| Mål att nå: E1 Andel nya undersköterskor som slutar inom 12 månader | Ansvarig saknas |" in text
    assert "schema som den nya i fyra veckor. Klar på tre av fyra avdelningar\n" in text
    unsaid = made("overlamning", whole() | with_values("analys.beslutsgang", skal="")).text
    assert "## Beslutat, och varför\n" in text
    assert "## Beslutat\n" in unsaid


def test_who_takes_over_sees_the_results_so_far():
    text = made("overlamning", whole()).text.replace("\u00a0", " ")
    assert "| M2 Bedömningsmall, två förflyttningsfall | 50 av 51 | tisdag 13 maj 2025 | – |" in text
    assert "## Resultat" not in made("overlamning", without("uppfoljning.resultat")).text


def test_the_report_ends_with_what_is_done_now():
    lessons = (
        {"typ": "andra", "lardom": "Lägg tiden i schemat", "anvands": "nu", "klart": date(2025, 9, 1)},
        {"typ": "behall", "lardom": "Öva i par", "anvands": "bada", "ansvarig_roll": "Vårdenhetschef"},
        {"typ": "sluta", "lardom": "Heldagar", "anvands": "nasta"},
    )
    counted = {"uppfoljning.nasta_matning": Given(date(2026, 4, 6))}
    text = made("uppfoljningsrapport", whole() | counted | {"uppfoljning.lardomar": group(*lessons)}).text
    assert text.endswith(
        "## Det här gör vi nu\n\n**Nästa steg:** Vi justerar och fortsätter\n\n"
        "- Ändra: Lägg tiden i schemat. Senast måndag 1 september 2025\n"
        "- Behåll: Öva i par. Vårdenhetschef\n\n"
        "**Nästa mätning:** måndag 6 april 2026, M6 Personalomsättning bland nya\n"
    )


# -------------------------------------------------------------------- the survey


def test_an_outcome_of_an_effect_measure_itself_stands_in_the_follow_up():
    rows = ({"matt": "E1", "utfall": "7 av 40"}, {"matt": "E2", "utfall": "bättre på natten"})
    text = made("uppfoljningsrapport", whole() | {"uppfoljning.resultat": group(*rows)}).text
    assert re.search(r"\| E1 [^|]+\| E1 \| 7 av 40 \|", text)
    assert re.search(r"\| E2 [^|]+\| E2 \| bättre på natten \|", text)


def test_each_part_of_the_survey_stands_alone():
    text = made("enkat", whole()).text
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [part[:6] for part in parts] == ["Del 1.", "Del 2.", "Del 3."]  # all may be handed out
    assert "nonym" not in text  # nobody has answered that
    assert "minuter" not in text
    numbers = re.findall(r"^### (\d+)\.", text, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, 10)]
    assert "Samma fråga som fråga 1" in parts[2]
    assert "Något annat: ………" in text
    assert "När ………" in text
    assert "…………………\n\n…………………" in text


def test_the_survey_asks_what_the_question_of_its_answers_holds():
    asked = BATTERY.question("uppfoljning.enkatsvar").field("fraga").options
    said = made("enkat", whole()).text.replace(" (den vi finns till för)", "")
    printed = re.findall(r"^### (\d+)\. (.+)$", said, re.MULTILINE)
    labels = [re.sub(r" \(.+\)$", "", option.label) for option in asked]
    assert [" ".join(heading) for heading in printed] == labels
    assert "- [ ] En kollega har hjälpt mig att prova\n" in made("enkat", whole()).text


def test_the_survey_on_paper_has_the_questions_and_options_that_its_answers_are_counted_by():
    standing = standing_survey(question_text(ROOT, SURVEY_QUESTIONS))
    said = made("enkat", whole()).text.replace(" (den vi finns till för)", "")
    counted = [question for question in standing.questions if question.id != WHEN_PLANNED]
    assert [question.text for question in counted if f". {question.text}\n" not in said] == []
    assert [
        option.label for question in counted for option in question.options if option.label not in said
    ] == []


def test_the_survey_asks_what_a_measure_asks_in_the_part_of_its_day():
    parts = made("enkat", whole()).text.split("\n## Del ")[1:]
    asked = "### M5. Vad vågar du göra själv, vad hindrar dig?\n"
    assert [asked in part for part in parts] == [False, True, False]
    aloud = named_rows("M", {"metod": "Intervju: vad hindrar dig?", "nar_dagar": 30}, {"metod": "Enkät"})
    assert "### M" not in made("enkat", whole() | {"koncept.matt": aloud}).text


WHICH = "**Vilken grupp hör du till?** ☐ Nya undersköterskor ☐ Handledare (undersköterskor)\n"


@pytest.mark.parametrize(
    ("handled", "fewest", "people", "told"),
    [
        ("kodade", 5, 24, True),
        ("anonyma", 5, 24, True),
        ("anonyma", 5, 4, False),
        ("anonyma", 5, None, False),
        ("anonyma", None, 24, False),
        ("med_namn", 5, 24, False),
        (None, 5, 24, False),
    ],
)
def test_the_group_is_asked_for_only_where_results_are_shown_by_group_and_nobody_is_known_by_it(
    handled, fewest, people, told
):
    rows = whole()["behov.malgrupper"].value
    groups = Given((rows[0], Row(rows[1].id, {**rows[1].values, "antal": people}), *rows[2:]))
    decided = {
        "produktion.enkat_svar": handled,
        "produktion.enkat_minsta": fewest,
        "behov.malgrupper": groups,
    }
    answers = {
        qid: value if qid == "behov.malgrupper" else Given(value) for qid, value in decided.items() if value
    }
    text = made("enkat", without(*decided) | answers).text
    assert text.count(WHICH) == 3 * told
    assert ("Vilken grupp" in text) is told


ANONYMOUS = "Enkäten är anonym: ingen kan se vem som har svarat."
CODED = (
    "Dina svar har en kod i stället för namn, så att de går att jämföra över tid. Gör koden så här, lika varje "
    "gång: de två första bokstäverna i namnet på orten där du växte upp, och dagen i månaden då du är född, till "
    "exempel LU07."
)
NAMED = "Du svarar med namn."
SHOWN = "En grupp visas för sig först när den har minst 7 svar."
SKIP = "Hoppa över mål som inte gäller dig."
WHO_SEES = "Skriv i enkäten vem som ser svaren"


@pytest.mark.parametrize(
    ("handled", "fewest", "top", "lacking", "told"),
    [
        ("anonyma", 7, f"{ANONYMOUS} {SHOWN} ", ("kontakt",), f"{WHO_SEES}."),
        ("anonyma", None, f"{ANONYMOUS} ", ("kontakt",), f"{WHO_SEES}."),
        ("kodade", 7, f"{CODED} {SHOWN} ", ("kontakt",), f"{WHO_SEES}."),
        ("med_namn", 7, f"{NAMED} ", ("kontakt",), f"{WHO_SEES} och hur de skyddas."),
        ("ingen_enkat", 7, "", ("kontakt",), "Enligt planen används ingen enkät."),
        (None, 7, "", ("hur svaren hanteras", "kontakt"), ""),
    ],
)
def test_a_survey_says_of_its_answers_only_what_is_decided(handled, fewest, top, lacking, told):
    decided = {"produktion.enkat_svar": handled, "produktion.enkat_minsta": fewest}
    given = {qid: Given(value) for qid, value in decided.items() if value is not None}
    survey = made("enkat", without(*decided, "om.kontakt", "genomforande.anmalan") | given)
    _, *parts = survey.text.split("\n## ")
    assert [part.split("\n\n")[1] for part in parts] == [f"{top}{SKIP}"] * 3
    assert (survey.unsaid, survey.to_know) == (lacking, told)
    assert [part.count("Din kod:") for part in parts] == [handled == "kodade"] * 3
    assert [part.count("Ditt namn:") for part in parts] == [handled == "med_namn"] * 3


def test_a_goal_of_an_unknown_group_stands_on_the_sheets_of_every_group_which_may_be_skipped():
    names = ("Undersköterskor", "Chefer")
    known = [{"kunna": f"göra {number}", "malgrupp": (names[number % 2],)} for number in range(8)]
    goals = named_rows("L", *known, {"kunna": "veta vart man ringer"}).value
    unknown = Row("L10", {"kunna": "veta när"}, {}, {"malgrupp": "fråga HR"})
    groups = {"behov.malgrupper": group(*({"namn": name} for name in names))}
    text = made("enkat", groups | {"koncept.larandemal": Given((*goals, unknown))}).text
    sheets = [part for part in re.split(r"^## ", text, flags=re.MULTILINE) if part.startswith("Del ")]
    assert [sheet.split("\n")[0].rpartition(", ")[2] for sheet in sheets] == ["Undersköterskor", "Chefer"] * 3
    for sheet in sheets:
        assert f"\n{SKIP}\n" in sheet
        assert re.findall(r"^\| \*\*(L\d+):\*\* (.+?) \|", sheet, re.MULTILINE)[-2:] == [
            ("L9", "veta vart man ringer"),
            ("L10", "veta när"),
        ]
    assert "HR" not in text
    all_known = made("enkat", groups | {"koncept.larandemal": named_rows("L", *known, known[0])}).text
    assert SKIP not in all_known


def test_each_part_of_the_survey_is_one_sheet():
    if shutil.which("pdfinfo") is None:
        pytest.skip("poppler-utils is not installed")
    pytest.importorskip("typst")
    data = to_pdf(made("enkat", whole()).page, Program(template_text(ROOT, "sida.typ"))).data
    told = subprocess.run(["pdfinfo", "-"], input=data, capture_output=True, check=True).stdout.decode()
    assert re.search(r"^Pages: +3$", told, re.MULTILINE)


@pytest.mark.parametrize(
    "name", ["beslutsunderlag", "uppdragsbeskrivning", "enkat", "uppfoljningsrapport", "larresa"]
)
def test_who_esther_is_stands_once_in_what_names_her_unless_the_word_is_ones_own(name):
    said = "Esther (den vi finns till för)"
    assert to_markdown(made(name, whole())).count(said) == 1
    own = read_settings("esther: patienten\n", "utb.yaml")
    assert "den vi finns till" not in to_markdown(made(name, whole(), settings=own))


@pytest.mark.parametrize("name", sorted(set(KIND) - {"inbjudan", "dossier"}))
def test_a_title_with_a_colon_has_no_other_before_it(name):
    heading = made(name, {}, title="Trygg start: introduktion").text.splitlines()[0]
    assert heading.endswith(" – Trygg start: introduktion")
    assert ": Trygg start" in made(name, {}, title="Trygg start").text.splitlines()[0]


@pytest.mark.parametrize("name", KIND)
def test_no_parentheses_stand_inside_others(name):
    assert not re.search(r"\([^)]*\(", made(name, uninvited(whole())).text)


def test_days_are_told_as_people_say_them():
    text = made("uppdragsbeskrivning", whole()).text
    assert "dag 3, 10, 21, 42 och 60 efter" in text
    assert "Nivå 6 uppgiftskompetens, direkt efter" in text
    assert "0 dagar efter" not in text.replace("30 dagar efter", "").replace("300 dagar efter", "")


@pytest.mark.parametrize("name", ["uppdragsbeskrivning", "uppfoljningsrapport"])
def test_words_come_before_the_drawing_that_they_tell_of(name):
    text = to_markdown(made(name, whole()))
    title = {
        "uppdragsbeskrivning": "Orsakerna",
        "uppfoljningsrapport": "Nuläge, mål",
    }
    assert text.index(f"**{title[name]}") < text.index("```mermaid")


@pytest.mark.parametrize("name", KIND)
def test_nothing_of_the_example_is_cut(name):
    """The drawing of the thread names rows in a few words; all of their text stands above it."""
    text = re.sub("……+", "", made(name, whole()).text)  # lines to write on
    assert "…" not in text.replace("”När …, då ska jag …”", "")


def test_what_does_not_apply_is_not_asked_for():
    answers = without("analys.andra_insatser", "koncept.samverkan", "behov.krav_kalla")
    answers |= {"behov.krav": Given("nej"), "analys.gap_belagg": Given("inget_gap")}
    text = made("uppdragsbeskrivning", answers).text
    assert "Samverkan" not in text
    assert "Diagnosen pekar inte på några andra insatser." in text
    assert "Det finns inget krav som måste uppfyllas.\n" in text


def test_deviations_stand_in_the_documents_with_what_they_are_about():
    row = Row("1", {"regel": "R24", "skal": "Värdet väger tyngre", "roll": "Verksamhetschef"})
    answers = whole() | {"avsteg.godtagna": Given((row,))}
    for name in ("beslutsunderlag", "uppdragsbeskrivning", "dossier"):
        text = made(name, answers).text
        assert re.search(r"^(## Avsteg$|\*\*Avsteg:\*\* )", text, re.MULTILINE)
        assert "Värdet väger tyngre" in text
        assert "- **R24" not in text


def every_other_field(answers, first):
    """The answers with every other field of every row left out, beginning with the `first`."""
    return {
        qid: Given(tuple(Row(row.id, dict(_every_other(row, first + place))) for place, row in rows(answer)))
        if BATTERY.question(qid).fields
        else answer
        for qid, answer in answers.items()
    }


def rows(answer):
    return enumerate(answer.value)


def _every_other(row, first):
    return [pair for place, pair in enumerate(row.values.items()) if (place + first) % 2]


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("first", [0, 1])
def test_a_document_is_made_of_rows_half_filled_in(name, first):
    document = made(name, every_other_field(whole(), first))
    # Whoever reads all, takes over, is invited or sees it on a wall is told nothing of a field without answer.
    quiet = ("dossier", "overlamning", "inbjudan", "larresa")
    assert "Ej besvarad" in document.text or name in quiet
    assert not re.search(r"None|\bobject at\b|Undefined", document.text)


@pytest.mark.parametrize("name", KIND)
@pytest.mark.parametrize("answer", [Skipped("ingen tid"), Unknown("fråga HR"), Skipped(""), Unknown()])
def test_a_document_is_made_when_every_question_was_passed_over(name, answer):
    assert made(name, dict.fromkeys(whole(), answer)).page.body


@pytest.mark.parametrize("name", KIND)
def test_every_document_begins_with_its_heading_and_has_no_level_left_out(name):
    levels = [block.level for block in made(name, whole()).page.body if block.kind == "heading"]
    assert levels[0] == 1
    assert levels.count(1) == (2 if name == "inbjudan" else 1)
    assert all(after - before <= 1 for before, after in pairwise(levels))


PROSE = ("paragraph", "bullets", "numbers", "quote")


WHOLE = "Hela svaren står i dossiern."


def skeleton(document, answer=""):
    """The kinds of blocks in order, the shape of each table, the texts of headings below the first.

    An answer may be several paragraphs and lists, and hold tables and code: a run of those counts as one.
    """
    own = [block for block in page_blocks(paragraphs(answer)) if block.kind in ("table", "code")]
    # Whether a text is cut, which is then told, depends on how long it is.
    body = [block for block in document.page.body if plain_text(block.line) != WHOLE]
    parts = [_part(block, own) for block in body]
    return [part for part, _ in groupby(parts)]


def _part(block, own):
    if block.kind in PROSE or block in own:
        return "prose"
    heading = plain_text(block.line) if block.level > 1 else ""
    return (block.kind, block.level, [len(row) for row in block.rows], heading, block.text)


def boxes(document):
    """The boxes to tick; how many other rows there is room for depends on how long they are."""
    lists = [block for block in document.page.body if block.kind == "bullets"]
    return [item.ticked for block in lists for item in block.children if item.ticked is not None]


@cache
def harmless(name, answers):
    """What evil words are compared with: the same document with harmless ones."""
    return made(name, answers("Text"))


def saying(words):
    return with_texts(lambda _: words)


@pytest.mark.parametrize(("name", "number"), sampled(KIND, range(len(EVIL))))
def test_no_answer_changes_the_structure(name, number):
    text = EVIL[number]
    evil = made(name, saying(text))
    assert skeleton(evil, text) == skeleton(harmless(name, saying))
    if name in ("checklista", "enkat"):
        assert boxes(evil) == boxes(harmless(name, saying))


def passed_over(words):
    """The example with questions passed over for such a reason, and a group of such a name."""
    group = "Nya undersköterskor"
    told = {
        "behov.noll": Skipped(words),
        "analys.gap_belagg": Unknown(words),
        "koncept.samverkan": Skipped(words),
        "behov.utlosare": Given((words, words + " igen")),
    }
    return {qid: _renamed(answer, group, words) for qid, answer in whole().items()} | told


@pytest.mark.parametrize(("name", "number"), sampled(KIND, range(len(EVIL))))
def test_no_reason_and_no_name_changes_the_structure(name, number):
    text = EVIL[number]
    evil = made(name, passed_over(text))
    assert skeleton(evil, text) == skeleton(harmless(name, passed_over))


def _renamed(answer, old, new):
    """The answer with a group called something else, also where it is pointed at."""
    if not (isinstance(answer.value, tuple) and answer.value and isinstance(answer.value[0], Row)):
        return answer
    found = (
        Row(row.id, {key: _swapped(value, old, new) for key, value in row.values.items()})
        for row in answer.value
    )
    return Given(tuple(found))


def _swapped(value, old, new):
    if isinstance(value, tuple):
        return tuple(new if one == old else one for one in value)
    return new if value == old else value


def test_what_an_answer_says_is_never_run():
    document = made("uppdragsbeskrivning", with_texts(lambda _: "{{ 7 * 7 }} {% for x in y %}"))
    shown = "".join(plain_text(block.line) for block in document.page.body)
    assert "{{ 7 * 7 }} {% for x in y %}" in shown
    assert "49" not in shown


@pytest.mark.parametrize("name", KIND)
def test_a_title_is_only_a_title(name):
    title = "<b>{{ 1 }}</b> | # `x` *y*"
    document = made(name, whole(), title)
    assert title in plain_text(document.page.body[0].line)
    assert skeleton(document) == skeleton(made(name, whole(), "Titel"))


@COSTLY
@given(st.text(max_size=200))
def test_any_text_comes_back_as_running_text(text):
    shown = page_blocks(f"före {one_line(text)} efter")
    assert [block.kind for block in shown] == ["paragraph"]


LINES = st.lists(
    st.sampled_from([*"#*_`~>|-+=[]()!<&\\.:1 \n", "\n\n", "   ", "ord", "1. ", "- ", "www.a.se"])
)


@given(st.text(max_size=200) | LINES.map("".join))
def test_any_text_stays_in_its_place_between_its_neighbours(text):
    shown = page_blocks(f"## Före\n\n{paragraphs(text)}\n\n## Efter")
    assert shown[1:-1] == page_blocks(paragraphs(text))
    assert not {"heading", "figure", "rule"} & {block.kind for block in shown[1:-1]}
    assert (plain_text(shown[0].line), plain_text(shown[-1].line)) == ("Före", "Efter")


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f"])
def test_a_blank_that_does_not_break_stays_and_every_other_blank_is_one(blank):
    amount = f"448{blank}000 kronor"
    text = f"Ungefär \t{amount}\n\u2003 i  allt{blank}"
    assert one_line(text) == shortened(text, 99) == f"Ungefär {amount} i allt"
    assert shortened(text, 17) == f"Ungefär 448{blank}000 …"
    assert paragraphs(f"# {amount}\n{amount}") == f"\\# {amount}\n\n{amount}"
    told = {"behov.varfor": Given(text), "behov.malgrupper": Given((Row("1", {"namn": amount}),))}
    template = "# T\n\n{{ svar.behov.varfor }} {{ svar.behov.malgrupper.rader[0].namn.kort(40) }}\n"
    assert f"Ungefär {amount} i allt {amount}\n" in from_template(template, told)


@pytest.mark.parametrize(
    ("text", "sentence", "bare"),
    [
        ("Klart.", "Klart.", "Klart"),
        ("Klart", "Klart.", "Klart"),
        ("Klart?", "Klart?", "Klart?"),
        ("Säg ”stopp!”", "Säg ”stopp!”", "Säg ”stopp!”"),
        ("kort, listor m.m.", "kort, listor m.m.", "kort, listor m.m."),
        ("och så vidare ...", "och så vidare ...", "och så vidare ..."),
    ],
)
def test_a_text_gets_one_end(text, sentence, bare):
    assert (as_sentence(text), without_stop(text)) == (sentence, bare)


def test_prose_keeps_its_lists_and_its_weight():
    assert paragraphs("Ett *två*\n\n- tre\n- fyra") == "Ett *två*\n\n- tre\n- fyra"


# ------------------------------------------------------------- own templates


def from_template(template, answers=None):
    kind = KIND["lardomar"]
    return compose(kind, template, "egen.md.j2", source(whole() if answers is None else answers)).text


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ svar.koncept.samverkan.galler }}", "Ja"),
        ("{{ svar.produktion.debriefing.finns }}", "Ja"),
        ("{{ svar.genomforande.tillfallen.rader[0].aktivitet.rader[0].form }}", "Workshop"),
        ("{{ svar.koncept.aktiviteter.rader[0].malgrupp.rader[0].antal }}", "24 personer"),
        ("{{ svar.behov.klart_senast.rader | length }}", "0"),
        (
            "{{ svar.behov.malgrupper.rader | map(attribute='antal') | join(', ') }}",
            "60 personer, 24 personer, 4",
        ),
        ("x{{ 'a' if false }}y", "xy"),
        ("{{ svar.behov.krav | upper }}", "JA, LAG ELLER FÖRESKRIFT"),
        ("{{ pris.inte_medraknat | join }}", "Vårdenhetschefer"),
        ("{{ svar.behov.varfor.kort(30) }}", "Av 62 undersköterskor som …"),
        ("{{ svar.behov.varfor | kort(30) }}", "Av 62 undersköterskor som …"),
        ("{{ svar.behov.malgrupper.rader[0].antal | kort(30) }}", "60 personer"),
        ("{{ svar.behov.malgrupper.rader[0].antal.varde | kort(30) }}", "60"),
        ("{{ svar.behov.effektmatt.rader[0].nar.varde | kort(30) }}", "2026-03-31"),
        ("{{ svar.behov.klart_senast.varde | kort(30) }}", "2025-06-01"),
        ("{{ svar.analys.beslut.datum | kort(30) }}", "Ej besvarad"),
        ("{{ svar.produktion.debriefing.finns | kort(30) }}", "Ja"),
        ("{{ svar.behov.utlosare.punkter | kort(31) }}", "Avvikelse eller händelse, Nya …"),
        ("{{ svar.behov.malgrupper.rader | kort(40) }}", "Nya undersköterskor, Handledare …"),
        ("{{ svar.behov.malgrupper.rader }}", "Handledare (undersköterskor)"),
        (
            "{{ svar.behov.malgrupper.rader | map(attribute='namn') | kort(40) }}",
            "Nya undersköterskor, Handledare …",
        ),
        ("{{ svar.behov.malgrupper.rader[0].falt() | kort(40) }}", "Grupp, Nya undersköterskor, Antal …"),
        ("{{ svar.behov | kort(40) }}", "Behov"),
        ("{{ svar | kort(21) }}", "Om insatsen, Behov, …"),
        ("{{ pris.stycken | kort(20) }}", "Deltagarnas tid är …"),
        ("{{ utat.behov.malgrupper.rader[0].namn.utan_punkt() }}", "Nya undersköterskor"),
        ("{{ svar.behov.noll.mening() }}", "Risk för skada."),
        ("{{ svar.behov.varfor.mening(30) }}", "Av 62 undersköterskor som …\n"),
        ("{{ mening('Vad nu?') }} {{ mening('Så där') }}", "Vad nu? Så där.\n"),
        ("{{ svar.produktion.repetition_dagar.uppraknat }}", "3, 10, 21, 42 och 60"),
        ("{{ svar.koncept.finns }}", "Ja"),
        (
            "{{ svar.analys.andra_insatser.rader[0].ihop('ansvarig_roll', 'klart') }}",
            "chef, lördag 1 mars 2025\n",
        ),
        ("{{ plan }}", "Nya undersköterskor, Handledare (undersköterskor)"),
        ("{{ plan.grupper[1].mal | length }} {{ plan.grupper[0].aktiviteter | length }}", "1 7"),
        (
            "{{ plan.ihop(plan.per_grupp(svar.koncept.larandemal.rader, 2)[0], 'kunna', 20) }}",
            "… och 2 till\n",
        ),
        ("{{ plan.nagra(svar.koncept.aktiviteter.rader, 'titel', 1) }}", "återkoppling och 7 till\n"),
        ("{{ plan.delat(svar.koncept.aktiviteter.rader, 'fas', 3)[2].namn }}", "efter"),
        ("{{ plan.nar(svar.koncept.aktiviteter.rader[1]) }}", "veckan före Startdag"),
        (
            "{{ inbjudan.brev[0].tillfallen(1)[0].rader[0].i_ord(10) }} {{ inbjudan.kontakt }}",
            "Tredje: tisdag 10 juni 2025 kl. 12.30–16.00, Simuleri … Sektionens gemensamma brevlåda\n",
        ),
        (
            "{{ omgangar.omgangar(2)[0].rader[0].vad }} {{ omgangar }} {{ inbjudan }}",
            "allt till och med tisdag 18 februari 2025 kl. 13.00–16.00 Första, Andra, Tredje Nya undersköterskor, Handledare",
        ),
        ("{{ plan.tidplan[0].vad }}", "A1 Handledarträff"),
        ("{{ plan.dagar_efter(svar.koncept.matt.rader[0]) }}", "direkt efter"),
        ("{{ pris.underlag | kort(20) }} {{ risker | length }} {{ rum }}", "Deltagarnas tid är … 0 4\n"),
        ("{{ pris.timmar | tusental }} {{ pris.kronor | kronor }}", "939 448\u00a0000 kronor"),
    ],
)
def test_a_template_may_ask_for(template, said):
    assert said in from_template(f"# Egen\n\n{template}\n")


def test_the_paragraphs_of_a_field_say_what_is_chosen_and_stay_text():
    name = "+ Chefer"
    activity = Row("A1", {"fas": "fore", "malgrupp": (name,)})
    answers = {
        "behov.malgrupper": Given((Row("1", {"namn": name}),)),
        "koncept.aktiviteter": Given((activity,)),
    }
    template = "# T\n\n{% set rad = svar.koncept.aktiviteter.rader[0] %}\n{{ rad.fas.stycken }}\n\n{{ rad.malgrupp.stycken }}\n"
    assert from_template(template, answers) == "# T\n\nFöre\n\n\\+ Chefer\n"


def test_the_plan_reads_only_fields_that_its_questions_have():
    groups = (addresses.TARGET_GROUPS, addresses.GOALS, addresses.ACTIVITIES, addresses.OCCASIONS)
    others = (addresses.MATERIAL, addresses.MEASURES, addresses.OTHER_ACTIONS)
    questions = [BATTERY.question(qid) for qid in (*groups, *others)]
    assert set(PlanRow.__annotations__) <= {field.id for question in questions for field in question.fields}


def test_the_head_leaves_out_a_question_that_an_own_battery_lacks():
    about, *steps = BATTERY.stages
    whole_source = source(whole())
    sheet = AnswerSheet(Battery((about.model_copy(update={"questions": ()}), *steps)), whole())
    without_about = replace(whole_source, case=replace(whole_source.case, sheet=sheet))
    shown = compose(KIND["lardomar"], "# T\n", "egen.md.j2", without_about).page
    assert [name for name, _ in shown.head] == ["Gjord"]


@pytest.mark.parametrize("answers", [whole(), {}], ids=["exempel", "inget"])
def test_the_template_that_the_documentation_shows_can_be_used(answers):
    told = (Path(__file__).parent.parent / "docs" / "mallar.md").read_text("utf-8")
    text = from_template(told.partition("```jinja\n")[2].partition("```")[0], answers)
    assert ("(gäller Verksamhetschefer)\n" if answers else "Lärdomar: Ej besvarad\n") in text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{{ svar.behov.varfr }}", "”varfr” finns inte. Menade du varfor?"),
        ("{{ svar.behof.varfor }}", "”behof” finns inte. Menade du behov?"),
        ("{{ titl }}", "”titl” finns inte."),
        ("{{ diagnos.utfal }}", "”utfal” finns inte. Menade du utfall?"),
        ("{{ svar.koncept.larandemal.rader[0].kunn }}", "”kunn” finns inte. Menade du kunna?"),
        ("{{ svar.koncept.larandemal.rader[99].kunna }}", "finns inte."),
        ("{% if svar %}", "mallen går inte att läsa."),
        ("{{ svar.behov.varfor | krympt }}", "mallen går inte att läsa."),
        ("{{ svar.behov.klart_senast.varde + 'x' }}", "Kontrollera vad raden gör med svaret."),
        ("{{ 1 / 0 }}", "Kontrollera vad raden gör med svaret."),
        ("{% include 'sida.typ' %}", "inte tillåtet i en mall."),
        ("{{ range(100000000) }}", "tar för mycket tid eller plats."),
        ("{{ svar.behov.varfor | kort('x') }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.behov.varfor | kort }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.behov.varfr | kort(80) }}", "”varfr” finns inte. Menade du varfor?"),
        ("{{ pris | kort(80) }}", "Kontrollera vad raden gör med svaret."),
        ("{{ pris }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.behov.varfor.kort }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.behov.klart_senast.varde | xmlattr }}", "Filtret ”xmlattr” finns inte."),
        ("{{ svar.behov.varfor | pprint }}", "Filtret ”pprint” finns inte."),
        ("{{ pris | tojson }}", "Filtret ”tojson” finns inte."),
        ("{{ pris | string }}", "Kontrollera vad raden gör med svaret."),
        ("{{ pris ~ '' }}", "Kontrollera vad raden gör med svaret."),
        ("{{ svar.behov.malgrupper.varde | first }}", "Kontrollera vad raden gör med svaret."),
        ("{{ plan.kommande | join(', ') }}", "Kontrollera vad raden gör med svaret."),
        ("{{ mening }}", "Kontrollera vad raden gör med svaret."),
        ("{{ plan.grupp }}", "”grupp” finns inte. Menade du grupper?"),
        ("{{ svar.__class__ }}", "mallen går inte att fylla i."),
        ("{{ ''.__class__.__mro__ }}", "inte tillåtet i en mall."),
        ("{{ svar.behov.varfor.finns.__class__ }}", "inte tillåtet i en mall."),
        ("{{ trad.mal.append(1) }}", "finns inte."),
        ("{{ fynd.append('x') }}", "inte tillåtet i en mall."),
    ],
)
def test_an_error_in_a_template_is_told_with_file_and_line(line, why):
    with pytest.raises(Broken) as told:
        from_template(f"# Egen\n\n{line}\n")
    assert str(told.value).startswith("egen.md.j2:")
    assert why in str(told.value)


def test_the_decision_brief_says_when_the_cost_of_an_hour_is_an_example():
    own = read_settings("kostnad:\n  timkostnad: 350\n", "utb.yaml")
    said = "(exempelvärde 350 kronor i timmen)"
    assert said in made("beslutsunderlag", whole()).text
    assert said not in made("beslutsunderlag", whole(), settings=own).text


# ------------------------------------------------------------ groups laid out


def laid_out(address, rows):
    text = from_template(f"# Egen\n\n{{{{ svar.{address}.uppstalld }}}}\n", {address: rows})
    return text.removeprefix("# Egen\n\n")


def test_a_group_of_few_fields_is_a_table():
    rows = group({"namn": "Nya | gamla", "antal": 60}, {"namn": "Handledare", "arbetstid": ("dag",)})
    assert laid_out("behov.malgrupper", rows) == (
        "| Grupp | Antal personer | Arbetstid |\n| --- | --- | --- |\n"
        "| Nya \\| gamla | 60 personer | – |\n| Handledare | – | Dag |\n"
    )


def test_a_group_of_more_fields_is_a_card_for_each_row():
    texts = {"galler": "Tid", "roll": "Chef", "senast": date(2027, 1, 2), "utfall": "ja", "skal": "Därför"}
    assert laid_out("analys.beslutsgang", named_rows("D", texts, {"roll": "Chef"})) == (
        "- **D1 Tid**\\\n  Beslutas av: Chef · Behövs senast: lördag 2 januari 2027 · Det blev: Ja, enligt förslaget"
        " · Skäl och villkor: Därför\n- **D2 Chef**\n"
    )


def test_answers_of_several_people_stand_side_by_side():
    statements = {f"s{number:02}": "delvis" for number in range(1, 12)}
    people = named_rows("SV", {"roll": "chef", **statements}, {"roll": "medarbetare"})
    text = laid_out("analys.svarande", people)
    assert text.startswith("| Uppgift | SV1 | SV2 |\n| --- | --- | --- |\n| Roll | Chef | Medarbetare |\n")
    assert text.count("| Delvis | – |\n") == len(statements)
