"""`utb dokument lage`: the state of a folder's initiatives, with over how many each sum is counted."""

from __future__ import annotations

import os
import re
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from making import BATTERY, ROOT, whole
from test_exports_xlsx import sheets
from utbildningsprocess.documents.kinds import NEW_DOSSIER
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.model import AnswerSheet, Given, Row

TODAY = date(2025, 6, 1)
GOLDEN = Path(__file__).parents[1] / "cases" / "dokument" / "lage.md"
TEMPLATE = template_text(ROOT, NEW_DOSSIER)
WHY = {"behov.varfor": Given("Därför att det behövs")}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: TODAY)


def write(utb, name, answers, title=""):
    path = utb.folder / "insatser" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    text = new_dossier(TEMPLATE, title or name.capitalize(), AnswerSheet(BATTERY, answers), "dossier")
    path.write_text(text, encoding="utf-8")
    return path


def rows(prefix, *values):
    return Given(tuple(Row(f"{prefix}{place}", said) for place, said in enumerate(values, 1)))


def decision(senast, galler="Ta fram koncept", **said):
    return {"analys.beslutsgang": rows("D", {"galler": galler, "senast": senast, **said})}


def ended(why, how="avsluta"):
    said = {"galler": "Vägen efter analysen", "utfall": "ja", "datum": date(2025, 5, 2), "skal": why}
    return {**WHY, "analys.beslut": Given(how), "analys.beslutsgang": rows("D", said)}


def planned(minutes=60, **basis):
    """An initiative in which ten people take part in one activity."""
    return {
        **WHY,
        "behov.malgrupper": rows("", {"namn": "Alla", "antal": 10}),
        "analys.beslut": Given("koncept_larande"),
        "koncept.aktiviteter": rows("A", {"titel": "Öva", "minuter": minutes, "form": "handledning"}),
        **({"koncept.kostnadsunderlag": rows("", basis)} if basis else {}),
    }


def state(utb, *args):
    return utb("dokument", "lage", *args)


def section(text, heading):
    """What stands under a heading."""
    return text.partition(f"## {heading}\n")[2].partition("\n## ")[0]


def test_the_report_says_just_this(utb):
    """`UTB_FACIT=1 pytest tests/commands/test_dokument_lage.py` writes the file anew, to be read."""
    write(utb, "trygg-start", whole(), "Trygg start")
    write(utb, "larm", ended("Larmen gick till fel telefon, och det är åtgärdat."), "Svara på larm")
    write(utb, "natt", WHY | decision(TODAY, roll="Verksamhetschef"), "Handledare på natten")
    write(utb, "rond", planned(restid_min=0, externt_kr=5000), "Ronder")
    outcome = state(utb, "-o", "-")
    assert (outcome.code, outcome.err) == (0, "4 insatser.\n")
    said = outcome.out.rpartition("<!--")[0].rstrip() + "\n"
    if os.environ.get("UTB_FACIT"):
        GOLDEN.write_text(said, "utf-8", newline="\n")
    assert said == GOLDEN.read_text("utf-8")


# ---------------------------------------------------------- what must be decided


def test_what_is_due_today_is_not_late_and_what_was_due_yesterday_is(utb):
    write(utb, "i-dag", WHY | decision(TODAY, roll="Chefen"))
    write(utb, "i-gar", WHY | decision(TODAY - timedelta(days=1)))
    said = section(state(utb).out, "Att besluta")
    assert "2 beslut väntar till och med den 31 augusti 2025. 1 av dem är försenat." in said
    assert "| 31 maj 2025, försenat | D1 Ta fram koncept | I-gar | Ej besvarad |" in said
    assert "| 1 juni 2025 | D1 Ta fram koncept | I-dag | Chefen |" in said


@pytest.mark.parametrize(
    ("answers", "is_asked"),
    [
        (decision(TODAY + timedelta(weeks=13)), True),
        (decision(TODAY + timedelta(weeks=13, days=1)), False),
        (decision(TODAY, utfall="ja"), False),
        (decision(TODAY) | {"analys.beslut": Given("avsluta")}, False),
        (decision(TODAY) | {"analys.beslut": Given("pausa")}, True),
    ],
    ids=["last day", "day after", "taken", "ended", "paused"],
)
def test_a_decision_stands_there_when_it_is_needed_in_the_next_quarter(utb, answers, is_asked):
    write(utb, "ny", WHY | answers)
    said = section(state(utb).out, "Att besluta")
    assert ("| D1 Ta fram koncept | Ny |" in said) is is_asked
    assert ("Inget beslut med datum väntar" in said) is not is_asked


def test_of_much_that_is_late_the_latest_stands_first_and_all_of_it_further_down(utb):
    for days in range(1, 9):
        write(utb, f"sen-{days}", WHY | decision(TODAY - timedelta(days=days)))
        write(utb, f"snart-{days}", WHY | decision(TODAY + timedelta(days=days)))
    out = state(utb).out
    first, further = section(out, "Att besluta"), section(out, "Fler beslut")
    assert "16 beslut väntar till och med den 31 augusti 2025. 8 av dem är försenade. 5 står här" in first
    names = [line.split(" | ")[2] for line in first.splitlines() if line.startswith("| ") and "D1" in line]
    assert names == ["Sen-2", "Sen-1", "Snart-1", "Snart-2", "Snart-3"]
    assert further.count("| D1 ") == 11


def test_a_measurement_after_the_end_is_still_one_to_make(utb):
    measured = {
        "uppfoljning.nasta_steg": Given("avsluta"),
        "uppfoljning.nasta_matning": Given(date(2025, 7, 1)),
    }
    write(utb, "slut", WHY | measured)
    assert "| 1 juli 2025 | Nästa mätning | Slut |" in section(state(utb).out, "Det som ska mätas")


# ----------------------------------------------------------------- what it came to


def test_those_that_did_not_train_are_told_of_as_a_result_with_why(utb):
    write(utb, "larm", ended("Larmen gick till fel telefon."))
    write(utb, "tid", ended("Schemat ändras.", "annan_insats"))
    write(utb, "kurs", planned())
    write(utb, "ny", WHY)
    out = state(utb).out
    assert "- **Utan utbildning:** 2 av 3 insatser med ett beslut efter analysen." in out
    said = section(out, "Vad analysen ledde till")
    assert "**2 insatser blev ingen utbildning:** 1 gör något annat och 1 avslutades." in said
    assert "- **Larm.** Larmen gick till fel telefon." in said
    assert "- Inget beslut än: 1 insats" in said


def test_each_sum_says_over_how_many_it_is_counted_and_how_many_have_not_said(utb):
    write(
        utb,
        "hel",
        planned(restid_min=0, ersattarandel=0, utbildartimmar=2, produktionstimmar=0, externt_kr=0),
    )
    write(utb, "halv", planned(90))
    write(utb, "ny", WHY)
    write(utb, "slut", planned(600) | {"uppfoljning.nasta_steg": Given("avsluta")})
    said = section(state(utb).out, "Planerad tid och kostnad")
    assert "Räknat på 2 av 3 aktiva insatser. I 1 saknas antal personer eller minuter." in said
    assert "- I vardagen: 25 timmar, 100 %" in said
    said = said.replace("\u00a0", " ")
    assert "| Deltagarnas tid | minst 8 750 kronor | 2 | 1 |" in said
    assert "| Eget arbete med att utbilda och ta fram material | 700 kronor | 1 | 2 |" in said
    assert "| Köpta tjänster, lokaler och material | 0 kronor | 1 | 2 |" in said
    assert "| **I allt** | minst 9 450 kronor | 2 | 1 |" in said
    assert "| **Varav ny utgift: vikarier och det som köps** | 0 kronor | 1 | 2 |" in said


def test_what_nobody_has_said_is_not_0(utb):
    write(utb, "halv", planned())
    said = section(state(utb).out, "Planerad tid och kostnad")
    assert "| Köpta tjänster, lokaler och material | Ej besvarad | 0 | 1 |" in said
    write(utb, "halv", WHY)
    said = section(state(utb).out, "Planerad tid och kostnad")
    assert "Ingen aktiv insats har både antal personer och minuter." in said
    assert "kronor" not in said


def test_what_other_actions_cost_stands_beside_the_sum(utb):
    actions = rows("I", {"insats": "Nytt schema", "kostnad": "40 timmar"}, {"insats": "Ny lampa"})
    write(utb, "tid", WHY | {"analys.andra_insatser": actions})
    said = section(state(utb).out, "Planerad tid och kostnad")
    assert "1 aktiv insats har sådana. Sagt är 40 timmar. Vad 1 sådan kostar är ej besvarat." in said


def learnt(*lessons):
    said = [{"typ": sort, "lardom": text} for sort, text in lessons]
    return WHY | {"uppfoljning.lardomar": rows("R", *said)}


def told(utb):
    said = section(state(utb).out, "Lärdomar")
    return [line for line in said.splitlines() if line.startswith("- ")]


def test_the_lessons_are_of_each_sort_first_what_asks_for_something_to_be_done(utb):
    write(utb, "a", learnt(("behall", "Rundan"), ("andra", "Schemat"), ("sluta", "Häften")))
    write(utb, "b", learnt(("behall", "Korten"), ("andra", "Lokalen"), ("andra", "Tiden")))
    assert told(utb) == [
        "- **Ändra:** Lokalen. Ur B.",
        "- **Ändra:** Schemat. Ur A.",
        "- **Ändra:** Tiden. Ur B.",
        "- **Sluta med:** Häften. Ur A.",
        "- **Behåll:** Korten. Ur B.",
        "- **Behåll:** Rundan. Ur A.",
    ]


def test_lessons_of_one_sort_are_of_the_latest_initiatives(utb):
    for month in range(1, 8):
        lesson = learnt(("andra", f"Lärdom {month}"), ("andra", "Mer"))
        write(utb, f"m{month}", lesson | {"behov.klart_senast": Given(date(2024, month, 1))})
    latest = [f"- **Ändra:** Lärdom {month}. Ur M{month}." for month in (7, 6, 5, 4, 3, 2, 1)]
    assert told(utb)[:7] == latest
    assert len(told(utb)) == 14


def test_what_is_late_is_a_list_the_oldest_first_with_who_is_to_see_to_it(utb):
    actions = rows("I", {"insats": "Nytt schema", "klart": date(2025, 5, 1), "ansvarig_roll": "Chefen"})
    write(utb, "tid", WHY | {"analys.andra_insatser": actions})
    write(utb, "vilar", WHY | decision(date(2025, 1, 1)) | {"analys.beslut": Given("pausa")})
    write(utb, "nytt", WHY | decision(date(2025, 4, 1)))
    out = state(utb).out
    said = section(out, "Försenat")
    assert "2 saker i 2 av 2 aktiva insatser." in said
    assert [line for line in said.splitlines() if line.startswith("| ")][2:] == [
        "| 1 april 2025 | D1 Ta fram koncept | Nytt | Ansvarig saknas |",
        "| 1 maj 2025 | Insats klar: I1 Nytt schema | Tid | Chefen |",
    ]
    assert out.index("## Att besluta") < out.index("## Försenat") < out.index("## Hur det går")


def test_of_much_that_is_late_what_does_not_fit_stands_further_down(utb):
    for days in range(1, 11):
        write(utb, f"sen-{days}", WHY | decision(TODAY - timedelta(days=days)))
    out = state(utb).out
    assert "Det äldsta först: 8 står här och de andra längst ned." in section(out, "Försenat")
    assert section(out, "Mer som är försenat").count("| D1 ") == 2


def measured(goal, outcome):
    effect = {"matt": "Andel", "nulage": "50 %", "mal": goal}
    result = {"matt": "E1", "utfall": outcome}
    return WHY | {"behov.effektmatt": rows("E", effect), "uppfoljning.resultat": rows("", result)}


def test_each_measured_thing_has_its_row_and_is_reached_or_not(utb):
    write(utb, "a", measured("90 %", "92 %"))
    write(utb, "b", measured("90 %", "86 %"))
    write(utb, "c", measured("90 %", "ej mätt"))
    said = section(state(utb).out, "Resultat").replace("\u00a0", " ")
    assert "| A | E1 Andel | 50 % | 90 % | 92 % | Nått |" in said
    assert "| B | E1 Andel | 50 % | 90 % | 86 % | Inte nått |" in said
    assert "| C |" not in said
    for name in "defghijk":
        write(utb, name, measured("90 %", "92 %"))
    said = section(state(utb).out, "Resultat").replace("\u00a0", " ")
    assert "mått till." not in said
    assert said.count("| E1 Andel |") == 10


def test_red_findings_are_named_and_said_to_be_of_the_active_or_of_all(utb):
    write(utb, "hel", whole())
    write(utb, "slut", planned() | {"uppfoljning.nasta_steg": Given("avsluta")})
    write(utb, "ny", planned())
    (said,) = [line for line in state(utb).out.splitlines() if line.startswith("- **Med röda fynd:**")]
    assert said.startswith("- **Med röda fynd:** 2 av 3 insatser, 1 av dem aktiv. ")
    assert re.search(r"^\d+ rö(?:tt|da) fynd i 1 aktiv insats\. ", said.partition("aktiv. ")[2])
    assert "Ett rött fynd är något i planen som inte hänger ihop" in said
    assert "Minst ett mått på effekten (1)" in said


def test_what_ended_initiatives_took_has_a_line_of_its_own(utb):
    write(utb, "slut", planned(600) | {"uppfoljning.nasta_steg": Given("avsluta")})
    write(utb, "stor", planned(120))
    write(utb, "liten", planned(60))
    said = section(state(utb).out, "Planerad tid och kostnad").replace("\u00a0", " ")
    assert "Mest tid tar Stor: minst 20 timmar." in said
    ended = "**Avslutade insatser:** planerad tid minst 100 timmar och kostnad minst 35 000 kronor, i 1 av 1"
    assert ended in said


# ------------------------------------------------------------------ which files


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_copies_and_what_cannot_be_read_are_named_and_in_no_sum(utb):
    path = write(utb, "hel", WHY)
    path.with_name("hel (kopia).md").write_bytes(path.read_bytes())
    damaged = path.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", "")
    path.with_name("trasig.md").write_text(damaged, "utf-8")
    path.with_name("tomt.md").symlink_to("ingenstans.md")
    path.with_name("moten.md").write_text("# Möten\n", "utf-8")
    outcome = state(utb)
    assert outcome.code == 3
    assert "**1 insats:** 1 aktiv. 4 filer är inte med, se sist.\n" in outcome.out
    missing = "filen insatser/trasig.md går inte att läsa. Den som äger filen behöver laga den."
    assert f"- **En insats saknas här: {missing}**\n" in outcome.out
    said = section(outcome.out, "Så är det räknat")
    assert "- insatser/hel (kopia).md är en kopia av hel.md och är inte med.\n" in said
    assert "- insatser/trasig.md är skadad på rad " in said
    assert "- insatser/tomt.md finns inte. Kontrollera sökvägen. Den är inte med.\n" in said
    assert "- insatser/moten.md är ingen dossier.\n" in said


def test_an_empty_folder_is_one_sentence(utb):
    outcome = state(utb)
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "Det finns ingen insats i insatser. Starta en med: utb ny\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("ny",), "Läget gäller alla insatser i mappen. Skriv bara: utb dokument lage"),
        (
            ("--kallor",),
            "Läget visas utan --kallor: vid varje summa står hur många insatser den är räknad på.",
        ),
        (("--anda",), "Läget görs utan --anda: dossierer som är skadade nämns i det, men räknas inte."),
        (("--format", "ics"), "Det här finns inte som ics, bara som md, html, docx, pdf eller xlsx."),
    ],
)
def test_what_holds_for_one_initiative_is_answered_in_a_sentence(utb, args, said):
    write(utb, "ny", WHY)
    outcome = state(utb, *args)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


@pytest.mark.parametrize(
    "evil", ["# Rubrik", "a | b", "```utb-bild\nsteg\n```", "<b>x</b>", "{{ 7 * 7 }}", "- x"]
)
def test_what_somebody_has_written_stays_in_its_place(utb, evil):
    def answers(said):
        lesson = {"uppfoljning.lardomar": rows("R", {"typ": "andra", "lardom": said, "galler": said})}
        return (
            ended(said) | lesson | decision(TODAY, said, roll=said) | {"analys.beslut": Given("annan_insats")}
        )

    def shape(said):
        write(utb, "ny", answers(said), said if "\n" not in said else "Titel")
        blocks = page_blocks(state(utb, "-o", "-").out)
        return [(block.kind, len(block.rows), [len(row) for row in block.rows]) for block in blocks]

    assert shape(evil) == shape("Harmlöst")


# ---------------------------------------------------------------------- as files


@pytest.mark.parametrize("form", ["md", "xlsx"])
def test_a_text_about_a_person_is_not_told_to_those_who_read_about_all(utb, form):
    number, mail = "19121212-1212", "anna@exempel.se"
    lesson = rows("L", {"typ": "behall", "lardom": f"Fråga {number}"})
    told = {**decision("2025-06-20", f"Om {number}", beslutar=mail), "uppfoljning.lardomar": lesson}
    write(utb, "a", {**WHY, **told}, title=f"Kurs för {number}")
    write(utb, "b", ended(f"{'Skäl ' * 36}{number}"), title=f"Ring {mail}")
    assert utb("dokument", "lage", "-o", f"ut.{form}").code == 0
    data = Path(f"ut.{form}").read_bytes()
    text = data.decode() if form == "md" else str(sheets(data))
    assert [sign for sign in (number[:9], mail) if sign in text] == []
    assert "Den innehåller ett personnummer" in text


@pytest.mark.parametrize(
    ("form", "begins"),
    [("md", b"# "), ("html", b"<!"), ("docx", b"PK"), ("pdf", b"%PDF-"), ("xlsx", b"PK")],
)
def test_it_is_saved_beside_the_folders_of_the_initiatives_in_every_format(utb, form, begins):
    write(utb, "ny", planned())
    assert state(utb, "--format", form).out == f"dokument/lage.{form}\n"
    path = utb.folder / "dokument" / f"lage.{form}"
    assert path.read_bytes().startswith(begins)
    assert state(utb, "--format", form).err.endswith("Filen fanns redan och är likadan.\n")
    write(utb, "fler", WHY)
    assert state(utb, "--format", form).code == 0
    path.write_bytes(path.read_bytes() + b"Min rad")
    assert state(utb, "--format", form).code == 4


def test_every_document_of_an_initiative_is_made_without_it_and_the_list_mentions_it(utb):
    write(utb, "ny", WHY)
    assert utb("dokument", "alla", "ny", "--format", "md").code == 0
    assert not list(utb.folder.rglob("lage.md"))
    assert "lage: Läget, för styrgruppen, om alla insatser i mappen\n" in utb("dokument", "ny").out


def test_an_organisation_has_its_own_template_for_it(utb):
    (utb.folder / "utb.yaml").write_text("mallar: mallar\n", "utf-8")
    (utb.folder / "mallar").mkdir()
    (utb.folder / "mallar" / "lage.md.j2").write_text("# Vi har {{ insatser.antal }}\n", "utf-8")
    write(utb, "ny", WHY)
    assert state(utb, "-o", "-").out.startswith("# Vi har 1\n")
    (utb.folder / "mallar" / "lage.md.j2").write_text("# Vi\n\n{{ insatsr.antal }}\n", "utf-8")
    assert state(utb).err.endswith(
        "mallar/lage.md.j2:3: mallen går inte att fylla i. ”insatsr” finns inte.\n"
    )


def test_the_workbook_has_a_row_for_each_and_sums_that_are_computed(utb):
    write(utb, "hel", planned(externt_kr=500))
    write(utb, "slut", planned(120) | {"uppfoljning.nasta_steg": Given("avsluta")})
    write(utb, "ny", WHY | decision(TODAY, roll="Chefen"))
    state(utb, "--format", "xlsx")
    book = sheets((utb.folder / "dokument" / "lage.xlsx").read_bytes())
    heads, *lines = book["Insatser"]
    names = [cell.value for cell in heads]
    by_name = {line[0].value: dict(zip(names, line, strict=True)) for line in lines}
    assert [*by_name] == [
        "Hel",
        "Ny",
        "Slut",
        "Summa, alla",
        "Summa, aktiva",
        "Aktiva som summan är räknad på",
    ]
    hours = {name: row["Timmar"].value for name, row in by_name.items()}
    assert [*hours.values()] == [10, "–", 20, 30, 10, 1]
    assert by_name["Summa, aktiva"]["Timmar"].formula == 'SUMIF($B$2:$B$4,"Aktiv",K2:K4)'
    bought = [row["Köpt, kronor"].value for row in by_name.values()]
    assert bought == [500, "–", "–", 500, 500, 1]
    assert by_name["Hel"]["Kostnad i allt, kronor"].formula == "SUM(P2:S2)"
    assert [cell.value for cell in book["Kvartalet"][1]][2:] == [
        "Beslut behövs: D1 Ta fram koncept",
        "Ny",
        "Chefen",
        "",
    ]


def test_the_workbook_has_all_that_is_late_once(utb):
    actions = rows("I", {"insats": "Nytt schema", "klart": date(2025, 5, 1)})
    write(utb, "tid", WHY | {"analys.andra_insatser": actions} | decision(date(2025, 4, 1)))
    state(utb, "--format", "xlsx")
    book = sheets((utb.folder / "dokument" / "lage.xlsx").read_bytes())
    _, *lines = book["Kvartalet"]
    assert [(line[2].value, line[5].value) for line in lines] == [
        ("Beslut behövs: D1 Ta fram koncept", "försenat"),
        ("Insats klar: I1 Nytt schema", "försenat"),
    ]


def test_what_each_initiative_has_reached_and_costs_can_be_read_of_it_alone_and_lessons_once(utb):
    utb.example()
    utb.dossier("Larm")
    told = state(utb).out.partition("## Insats för insats\n")[2].partition("\n## ")[0].replace("\u00a0", " ")
    (said,) = [line for line in told.splitlines() if line.startswith("- ")]
    assert said.startswith("- **Trygg start")
    assert (
        "(aktiv): 939 timmar, 448 000 kronor. 5 mått är mätta, 0 av 2 mål att jämföra med är nådda." in said
    )
    lesson = "Handledartid måste ligga i schemat innan anställningen börjar."
    assert state(utb).out.replace("\u00a0", " ").count(lesson) == 1
