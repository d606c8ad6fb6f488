"""`utb enkat`: answers counted whatever they come as, and no small group seen."""

from __future__ import annotations

import io
import json
import re
import zipfile

import pytest

from git_repo import git
from scripted import Scripted
from surveys import (
    OTHER_WORDS,
    copied,
    csv_bytes,
    forms,
    long_table,
    opened,
    part,
    people,
    table,
    workbook,
    write,
)
from utbildningsprocess.cli.enkat import _settle_unknown
from utbildningsprocess.guide.survey.asking import SurveyPlace
from utbildningsprocess.guide.survey.counting import tally
from utbildningsprocess.work.survey_files import SurveyFile, asked_in, read_survey_files
from utbildningsprocess.work.survey_report import survey_of

DEFINITION = re.compile(r'id="utb-formular">(.*?)</script>', re.DOTALL)


@pytest.fixture(autouse=True)
def repository(utb):
    """What git remembers counts as told, so the folder is a repository that git knows."""
    git(utb.folder, "init", "-q")


def counted(utb, *args):
    outcome = utb("enkat", "trygg", *args, "--format", "json")
    assert outcome.code == 0, outcome.err
    return json.loads(outcome.out)


def figures(data):
    return data["fragor"]


def question(data, name, goal=""):
    return next(asked for asked in data["fragor"] if (asked["fraga"], asked["mal"]) == (name, goal))


@pytest.mark.parametrize("day", [0, 30, 90])
def test_the_same_answers_are_counted_the_same_whatever_they_come_as(utb, day):
    utb.example()
    stage = part(day)
    everybody = people(stage)
    rows = table(stage, everybody)
    made = {
        "utf-8.csv": csv_bytes(rows, ",", "utf-8"),
        "bom.csv": csv_bytes(rows, ";", "utf-8-sig"),
        "utf-16.csv": csv_bytes(rows, "\t", "utf-16"),
        "cp1252.csv": csv_bytes(rows, ";", "cp1252", "sep=;\n"),
        "komma.csv": csv_bytes(table(stage, everybody, ", "), ";", "utf-8"),
        "rader.csv": csv_bytes(table(stage, everybody, "\n"), ",", "utf-8"),
        "lang.csv": csv_bytes(long_table(stage, everybody), ";", "utf-8"),
        "bok.xlsx": workbook(rows),
    }
    for number, data in enumerate(forms(stage, everybody, day)):
        write(utb.folder, f"formular/{number} (1).html.txt", data)
    wanted = counted(utb, "formular")
    assert wanted["svarande"] == 23
    for name, data in made.items():
        read = counted(utb, write(utb.folder, name, data))
        assert figures(read) == figures(wanted), name
        assert (read["forslag"], read["fore_och_efter"]) == (wanted["forslag"], wanted["fore_och_efter"])
        assert read["att_veta"] == [], name


def test_own_words_beside_options_are_counted_as_other_and_kept_as_words(utb):
    utb.example()
    stage = part(30)
    data = counted(utb, write(utb.folder, "a.csv", csv_bytes(table(stage, people(stage)), ";", "utf-8")))
    asked = question(data, "f6_hinder")
    assert asked["alla"]["fordelning"]["Något annat"] == len(asked["egna_ord"])
    assert set(asked["egna_ord"]) == {OTHER_WORDS}


def test_a_form_that_comes_twice_counts_once_and_a_changed_one_is_told_of(utb):
    utb.example()
    stage = part(30)
    first, *others = forms(stage, people(stage), 30)
    for number, data in enumerate([first, first, *others]):
        write(utb.folder, f"in/{number}.html", data)
    assert counted(utb, "in")["svarande"] == 23
    write(utb.folder, "in/andrad.html", first.replace(b'"nyss"', b'"vecka"', 1).replace(b"nyss", b"vecka"))
    data = counted(utb, "in")
    assert data["svarande"] == 23


def test_the_counts_are_kept_and_the_same_files_again_change_nothing(utb):
    dossier = utb.example()
    stage = part(30)
    name = write(utb.folder, "a.csv", csv_bytes(table(stage, people(stage)), ";", "utf-8"))
    assert utb("enkat", "trygg", name, "--spara").code == 0
    text = dossier.read_bytes()
    assert "- **Antal svar:** 23" in text.decode() or "23 svar" in text.decode()
    assert OTHER_WORDS not in text.decode()
    again = utb("enkat", "trygg", name, "--spara")
    assert "Inget nytt att spara" in again.err
    assert dossier.read_bytes() == text


def test_two_reports_never_differ_by_so_few_that_somebody_is_seen(utb):
    utb.example()
    stage = part(30)
    everybody = people(stage, 30)
    for many, shown in ((20, 20), (22, 20), (25, 25), (24, 25)):
        rows = table(stage, everybody[:many])
        name = write(utb.folder, "a.csv", csv_bytes(rows, ";", "utf-8"))
        data = counted(utb, name)
        assert question(data, "f5_stod")["alla"]["svar"] == shown
        assert utb("enkat", "trygg", name, "--spara").code == 0


def test_what_git_remembers_is_a_report_too(utb):
    dossier = utb.example()
    stage = part(30)
    everybody = people(stage, 30)
    name = write(utb.folder, "a.csv", csv_bytes(table(stage, everybody[:20]), ";", "utf-8"))
    before = dossier.read_bytes()
    assert utb("enkat", "trygg", name, "--spara").code == 0
    git(utb.folder, "add", str(dossier))
    git(utb.folder, "commit", "-qm", "svar")
    dossier.write_bytes(before)
    write(utb.folder, "a.csv", csv_bytes(table(stage, everybody[:22]), ";", "utf-8"))
    assert question(counted(utb, name), "f5_stod")["alla"] is None
    write(utb.folder, "a.csv", csv_bytes(table(stage, everybody[:25]), ";", "utf-8"))
    assert question(counted(utb, name), "f5_stod")["alla"]["svar"] == 25


def test_fewer_than_the_limit_are_not_shown_at_all_and_neither_are_their_words(utb):
    utb.example()
    stage = part(30)
    rows = table(stage, people(stage, 4))
    outcome = utb("enkat", "trygg", write(utb.folder, "a.csv", csv_bytes(rows, ";", "utf-8")))
    assert "Färre än 5 har svarat. Svaren visas inte." in outcome.out
    assert "vågar ”" not in outcome.out
    assert OTHER_WORDS not in outcome.out


def test_an_empty_row_never_counts_and_a_half_finished_one_counts_where_it_says_something(utb):
    utb.example()
    stage = part(30)
    rows = table(stage, people(stage))
    rows.append([""] * len(rows[0]))
    rows.append(["", "", "I dag eller i går", *[""] * (len(rows[0]) - 3)])
    data = counted(utb, write(utb.folder, "a.csv", csv_bytes(rows, ";", "utf-8")))
    assert data["svarande"] == 24
    assert question(data, "f4_senast", "L1")["alla"]["svar"] == 24
    assert question(data, "f5_stod")["alla"]["svar"] == 23
    assert data["halvfardiga"]["Efter 30 dagar"] >= 1


@pytest.mark.parametrize(
    ("first", "other", "many", "told"),
    [
        ("2020-04-01", "2030-06-20", 22, "före det första tillfället"),
        ("01/04/2020", "20/06/2030", 22, "före det första tillfället"),
        ("4/1/20", "6/20/30", 22, "före det första tillfället"),
        ("04/01/2020", "06/05/2030", 23, "på mer än ett sätt"),
    ],
)
def test_a_row_from_before_the_first_occasion_is_a_test_where_all_days_are_written_one_way(
    utb, first, other, many, told
):
    utb.example()
    stage = part(30)
    head, *rows = table(stage, people(stage))
    dated = [["Starttid", *head], [first, *rows[0]], *([other, *row] for row in rows[1:])]
    name = write(utb.folder, "a.csv", csv_bytes(dated, ";", "utf-8"))
    data = counted(utb, name)
    assert data["svarande"] == many
    assert any(told in line for line in data["att_veta"])
    assert counted(utb, name, "--prov", "rakna")["svarande"] == 23


def test_equal_headings_are_kept_apart_or_asked_about_and_never_added(utb):
    utb.example()
    goals = ["L1: bedöma", "L2", "L3", "L4"]
    rows = [goals] + [["Jag kan lära andra", "Jag klarar enkla fall", "", ""]] * 6
    name = write(utb.folder, "a.csv", csv_bytes(rows, ";", "utf-8"))
    unclear = utb("enkat", "trygg", name)
    assert unclear.code == 2
    assert "--dag" in unclear.err
    data = counted(utb, name, "--dag", "90")
    assert question(data, "f7_kan_efter", "L1")["alla"]["fordelning"]["Jag kan lära andra"] == 6
    twice = [["Hur ofta gör du det, när det behövs?"] * 2, *[["Oftast", "Ibland"]] * 6]
    outcome = utb("enkat", "trygg", write(utb.folder, "b.csv", csv_bytes(twice, ";", "utf-8")))
    assert outcome.code == 2
    assert "går inte att veta" in outcome.err


def test_day_0_and_day_90_in_one_table_are_two_questions_and_coded_answers_are_compared(utb):
    utb.example()
    rows = [["Din kod", "1. Hur väl kan du det här nu? [L1]", "7. Hur väl kan du det här nu? [L1]"]]
    rows += [[f"ab{number:02}", "Jag klarar enkla fall", "Jag kan lära andra"] for number in range(8)]
    data = counted(utb, write(utb.folder, "a.csv", csv_bytes(rows, ";", "utf-8")))
    assert data["fore_och_efter"] == [{"goal": "L1", "more": 8, "same": 0, "less": 0}]


def test_an_answer_that_is_no_option_is_told_and_not_counted(utb):
    utb.example()
    rows = [["8. Hur ofta gör du det, när det behövs?"], *[["Oftast"]] * 6, ["Varje dag"]]
    asked = question(counted(utb, write(utb.folder, "a.csv", csv_bytes(rows, ";", "utf-8"))), "f8_hur_ofta")
    assert (asked["alla"]["svar"], asked["okanda"]) == (6, ["Varje dag"])


def test_a_formula_stays_text_and_nothing_that_we_write_begins_one(utb):
    utb.example()
    rows = [["M5. Vad vågar du göra själv, vad hindrar dig?"], *[["=cmd|'/c calc'!A0"]] * 6]
    data = counted(utb, write(utb.folder, "a.csv", csv_bytes(rows, ";", "utf-8")))
    assert question(data, "m5")["egna_ord"] == ["=cmd|'/c calc'!A0"] * 6
    headings = utb("dokument", "enkat", "trygg", "--format", "csv", "--dag", "30", "-o", "-").out
    assert not any(cell.lstrip('"').startswith(("=", "+", "-", "@")) for cell in headings.split(";"))


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 70_000_000)
    return data.getvalue()


def wide() -> bytes:
    """A workbook with a cell at the furthest corner."""
    with zipfile.ZipFile(io.BytesIO(workbook([["a"]]))) as packed:
        files = {file: packed.read(file) for file in packed.namelist()}
    sheet = files["xl/worksheets/sheet1.xml"]
    files["xl/worksheets/sheet1.xml"] = sheet.replace(
        b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for file, content in files.items():
            packed.writestr(file, content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("stor.csv", lambda: b"a;b\n" * 2_000_000, "är större än"),
        ("bomb.xlsx", bomb, "orimligt stor"),
        ("vid.xlsx", wide, "för stor"),
        ("trasig.xlsx", lambda: b"PK\x03\x04" + b"x" * 500, "är skadad"),
        ("halv.xlsx", lambda: workbook([["a"]])[:2000], "är skadad"),
        ("annan.csv", lambda: b"Namn;Ort\nA;B\n", "har ingen av enk\u00e4tens fr\u00e5gor"),
        ("bin.csv", lambda: bytes(range(256)), "går inte att läsa som text"),
        ("tom.csv", lambda: b"", "har ingen av enkätens frågor"),
    ],
)
def test_a_hostile_or_foreign_file_is_a_sentence(utb, name, data, told):
    utb.example()
    outcome = utb("enkat", "trygg", write(utb.folder, name, data()))
    assert outcome.code in (2, 3)
    assert told in outcome.err
    assert "Traceback" not in outcome.err


def test_what_was_said_of_the_answers_cannot_be_changed_once_some_are_counted(utb):
    dossier = utb.example()
    name = write(utb.folder, "a.csv", csv_bytes(table(part(30), people(part(30))), ";", "utf-8"))
    assert utb("enkat", "trygg", name, "--spara").code == 0
    text = dossier.read_bytes()
    outcome = utb("svar", "trygg", "produktion.enkat_svar", "anonyma")
    assert outcome.code == 2
    assert "det som sades till dem som svarade gäller" in outcome.err
    assert dossier.read_bytes() == text


def test_the_report_draws_the_counts(utb):
    utb.example()
    name = write(utb.folder, "a.csv", csv_bytes(table(part(30), people(part(30))), ";", "utf-8"))
    assert utb("enkat", "trygg", name, "--spara").code == 0
    report = utb("dokument", "uppfoljningsrapport", "trygg", "-o", "-").out
    assert "## Vad deltagarna svarade i enkäten" in report
    assert "| 6 Vad hindrar dig? | Alla | 23 svar | Inget särskilt: " in report


@pytest.mark.parametrize("handled", ["anonyma", "kodade", "med_namn"])
def test_a_form_never_says_that_it_is_anonymous_since_a_mail_tells_who_sent_it(utb, handled):
    utb.example()
    assert utb("svar", "trygg", "produktion.enkat_svar", handled).code == 0
    outcome = utb("dokument", "enkat", "trygg", "--format", "formular", "--dag", "30", "-o", "-")
    assert ("ser vem du är" in outcome.out) is (handled != "med_namn")
    assert "nonym" not in json.loads(DEFINITION.search(outcome.out)[1])["who_sees"]
    assert ("är inte anonymt" in outcome.err) is (handled == "anonyma")


def test_the_questions_go_out_as_text_and_as_headings_that_are_read_back(utb):
    utb.example()
    text = utb("dokument", "enkat", "trygg", "--format", "txt", "--dag", "90", "-o", "-").out
    assert "8. Hur ofta gör du det, när det behövs?\nAlternativ, ett väljs:\n  Nästan varje gång" in text
    assert utb("dokument", "enkat", "trygg", "--format", "csv", "--dag", "90", "-o", "tom.csv").code == 0
    headings = (utb.folder / "tom.csv").read_bytes()
    row = ";".join(["Nya undersköterskor", "ab01", *["Jag kan lära andra"] * 4, "Oftast", "Ja"])
    write(utb.folder, "ifylld.csv", headings + f"{row}\r\n".encode() * 6)
    data = counted(utb, "ifylld.csv")
    assert question(data, "f7_kan_efter", "L4")["alla"]["fordelning"]["Jag kan lära andra"] == 6


def test_a_day_is_for_a_part_of_the_survey(utb):
    utb.example()
    assert utb("dokument", "inbjudan", "trygg", "--dag", "30").code == 2
    wrong = utb("dokument", "enkat", "trygg", "--format", "csv", "--dag", "31", "-o", "-")
    assert (wrong.code, wrong.err) == (
        2,
        "Fel: Enkäten har ingen del för dag ”31”. Skriv --dag 0, 30 eller 90.\n",
    )


def test_the_text_that_a_form_gives_to_paste_is_the_same_answer_as_its_file(utb):
    utb.example()
    stage = part(0)
    everybody = people(stage, 6)
    for number, data in enumerate(forms(stage, everybody, 0)):
        write(utb.folder, f"filer/{number}.html", data)
        write(utb.folder, f"texter/{number}.txt", copied(data, everybody[number], f"{number:016x}").encode())
        write(utb.folder, f"blandat/{number}.html", data)
        write(utb.folder, f"blandat/{number}.txt", (utb.folder / f"texter/{number}.txt").read_bytes())
    wanted = figures(counted(utb, "filer"))
    assert figures(counted(utb, "texter")) == wanted
    assert figures(counted(utb, "blandat")) == wanted


def test_an_answer_that_is_no_option_is_asked_about_once_for_all_who_wrote_it(utb):
    utb.example()
    survey = survey_of(opened())
    asked = asked_in(survey, 90)
    rows = [
        ["8. Hur ofta gör du det, när det behövs?"],
        *[["Oftast"]] * 4,
        ["Varje dag"],
        ["Varje dag"],
        ["?"],
    ]
    read = read_survey_files(opened(), survey, [SurveyFile("a", csv_bytes(rows, ";", "utf-8"))], 90)
    _settle_unknown(Scripted("nastan_varje", ""), read.people, asked, 5)
    counts = tally(asked.questions["f8_hur_ofta"], SurveyPlace("f8_hur_ofta"), read.people)
    assert counts.whole.spread == {"nastan_varje": 2, "oftast": 4, "ibland": 0, "sallan": 0}
    assert counts.unknown == ("?",)
