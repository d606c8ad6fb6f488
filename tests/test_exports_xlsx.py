"""The workbook: numbers are numbers, days are days, and whatever somebody wrote is text."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from functools import cache
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest

from making import BATTERY, READ, WORKSPACE, only_behov, whole, with_texts
from utbildningsprocess.battery import load_battery
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.xlsx import About, to_xlsx
from utbildningsprocess.exports.xlsx_cells import LONGEST_CELL
from utbildningsprocess.exports.xlsx_groups import SHEETS
from utbildningsprocess.model import AnswerSheet, Battery, Given, Row, TimeSpan
from utbildningsprocess.settings import Cost

TIMES = Path(__file__).parent / "cases" / "batterier" / "bra" / "tidsspann.yaml"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
GROUPS, COSTS = [sheet.name for sheet in SHEETS], ["Kostnadsunderlag", "Tid", "Kostnad"]
FORMS = WORKSPACE.diagnosis_model.everyday_forms()
MADE = date(2026, 11, 27)
DAY, WHOLE = "yyyy-mm-dd", "#,##0"


class Cell(NamedTuple):
    value: str | float
    form: str = ""
    guarded: bool = False
    formula: str = ""


def workbook(answers, title=READ.title, cost=None, organisation=""):
    return to_xlsx(About(title, MADE, organisation), AnswerSheet(BATTERY, answers), cost or Cost(), FORMS)


def parts(data):
    with zipfile.ZipFile(BytesIO(data)) as file:
        return {name: ET.fromstring(file.read(name)) for name in file.namelist()}  # noqa: S314  our own file


def sheets(data):
    """The cells of every sheet, row by row, by the sheet's name; each part is sound XML."""
    found = parts(data)
    texts = ["".join(one.itertext()) for one in found["xl/sharedStrings.xml"]]
    formats = {
        one.get("numFmtId"): one.get("formatCode") for one in found["xl/styles.xml"].iter(f"{MAIN}numFmt")
    }
    styles = [
        (formats.get(one.get("numFmtId"), ""), one.get("quotePrefix") == "1")
        for one in found["xl/styles.xml"].find(f"{MAIN}cellXfs")
    ]
    names = [one.get("name") for one in found["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    return {
        name: [
            [_cell(one, texts, styles) for one in row]
            for row in found[f"xl/worksheets/sheet{number}.xml"].iter(f"{MAIN}row")
        ]
        for number, name in enumerate(names, 1)
    }


def _cell(cell, texts, styles):
    value = cell.findtext(f"{MAIN}v")
    look, formula = styles[int(cell.get("s", 0))], cell.findtext(f"{MAIN}f") or ""
    if value is None:
        return Cell("", *look, formula)
    read = unescaped(texts[int(value)]) if cell.get("t") == "s" else float(value)
    return Cell(read, *look, formula)


def unescaped(text):
    """A text as office programs read it: _x0041_ is A there."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def shown(row):
    return [cell.value for cell in row]


def groups(*names):
    """Target groups of those names."""
    return {"behov.malgrupper": Given(tuple(Row(str(at), {"namn": one}) for at, one in enumerate(names, 1)))}


def first_name(text):
    return sheets(workbook(groups(text)))["Målgrupper"][1][0]


# ---------------------------------------------------------------- what it holds


@pytest.mark.parametrize(
    ("answers", "names"),
    [
        (whole(), [*GROUPS, *COSTS]),
        (only_behov(), ["Målgrupper", "Effektmått", "Kostnadsunderlag", "Kostnad"]),
        ({}, ["Kostnadsunderlag", "Kostnad"]),
    ],
    ids=["exempel", "behov", "inget"],
)
def test_there_is_a_sheet_for_what_is_said_and_for_nothing_else(answers, names):
    made = sheets(workbook(answers))
    assert list(made) == ["Översikt", *names]
    assert all(len(rows) > 1 for rows in made.values())


def overview(answers):
    rows = sheets(workbook(answers))["Översikt"]
    head = next(at for at, row in enumerate(rows) if shown(row)[0] == "Blad")
    return rows[:head], shown(rows[head]), [shown(row) for row in rows[head + 1 :]]


def test_the_overview_says_what_each_sheet_holds_and_how_much():
    lines, head, rows = overview(whole())
    assert shown(lines[0]) == [READ.title]
    assert any("uppgifter om enskilda" in line[0].value for line in lines)
    assert head == ["Blad", "Innehåll", "Rader"]
    assert [row[0] for row in rows] == [*GROUPS, *COSTS]
    assert ["Aktiviteter", "Vad som görs före, under och efter. Ingen målgrupp betyder alla.", 8] in rows
    assert [row[2] for row in rows if row[0] == "Tid"] == [10]


def test_the_overview_says_of_what_is_not_answered_that_it_is_not():
    said = {name: rows for name, _about, rows in overview(only_behov())[2]}
    assert (said["Målgrupper"], said["Aktiviteter"], said["Kostnad"]) == (3, "Ej besvarad", 1)


def test_an_activity_is_read_without_knowing_the_ids_of_options():
    head, row = (sheets(workbook(whole()))["Aktiviteter"][at] for at in (0, 4))
    assert dict(zip(shown(head), shown(row), strict=True)) == {
        "Id": "A4",
        "Titel": "Startdag med färdighetsträning",
        "Målgrupper": "Nya undersköterskor",
        "Fas": "Under",
        "Form": "Färdighetsträning",
        "Tid per deltagare, minuter": 420,
        "Veckor från första tillfället": 0,
        "Tränar målen": "L1 bedöma en patient enligt NEWS2 och larma enligt trappan\n"
        "L3 välja hjälpmedel och avbryta en osäker förflyttning",
        "Deltagarna är aktiva": "Ja",
        "Uppfyller ett krav": "",
    }
    assert (row[5].form, row[6].form) == (WHOLE, WHOLE)


def test_a_measure_has_its_day_whether_measured_or_not():
    days = {row[0].value: row[-1] for row in sheets(workbook(whole()))["Mått"][1:]}
    assert days["M3"] == Cell(serial(date(2025, 8, 24)), DAY, formula="Sista_tillfället+E4")
    assert days["M6"] == Cell(serial(date(2026, 4, 6)), DAY, formula="Sista_tillfället+E7")
    unplanned = {qid: answer for qid, answer in whole().items() if qid != "genomforande.tillfallen"}
    assert {row[-1].value for row in sheets(workbook(unplanned))["Mått"][1:]} == {""}


def serial(day):
    return (day - date(1899, 12, 30)).days


def test_a_day_is_a_day_and_a_year_before_workbooks_is_text():
    rows = (
        Row("E1", {"matt": "a", "nar": date(2026, 3, 31)}),
        Row("E2", {"matt": "b", "nar": date(1850, 1, 2)}),
    )
    found = sheets(workbook({"behov.effektmatt": Given(rows)}))["Effektmått"]
    at = shown(found[0]).index("Nås senast")
    assert found[1][at] == Cell(serial(date(2026, 3, 31)), DAY)
    assert found[2][at].value == "1850-01-02"


def test_what_did_not_fit_its_field_is_still_there():
    answers = {"behov.malgrupper": Given((Row("1", {"namn": "Nya"}, {"antal": "ungefär 60"}),))}
    assert shown(sheets(workbook(answers))["Målgrupper"][1]) == ["Nya", "ungefär 60", "", ""]


def test_a_reference_to_nothing_says_what_was_written():
    answers = {"koncept.aktiviteter": Given((Row("A1", {"titel": "x", "mal": ("L9",)}),))}
    assert sheets(workbook(answers))["Aktiviteter"][1][7].value == "L9"


def test_a_battery_without_the_groups_gives_the_sheets_it_can():
    data = to_xlsx(About("x", MADE), AnswerSheet(Battery(()), {}), Cost(), FORMS)
    assert list(sheets(data)) == ["Översikt", "Kostnadsunderlag", "Kostnad"]


# ------------------------------------------------------------ what somebody wrote


EVIL = [
    "=1+1",
    "+46",
    "-1",
    "@SUM(A1)",
    '=HYPERLINK("https://example.org")',
    '=cmd|"/C calc"!A0',
    "{=1+1}",
    "https://example.org",
    "internal:Mått!A1",
    "<script>alert(1)</script>",
    "<r></si><si><t>x</t></si></r",
    "]]> & < > \" '",
    "_x0041_",
    "a, b; c",
    "rad 1\nrad 2",
    r"{\rtf1\ansi\b fet}",
    "  i\nb",
    "12",
    "1e5",
    "Ja",
    "å\u0308\U0001f600",
]


@pytest.mark.parametrize("text", EVIL)
def test_a_text_is_read_back_as_the_text_it_was(text):
    cell = first_name(text)
    assert cell.value == text
    assert cell.guarded is (text[0] in "=+-@")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("\t=1+1", "    =1+1"),
        ("\r=1+1", "=1+1"),
        ("a\x00\x07\x1b\ufffe\ud800\u202eb", "ab"),
        ("<r></si><si><t>x</t></r>", "<r></si><si><t>x</t></r> "),
    ],
)
def test_a_text_is_cleaned_of_what_a_workbook_cannot_hold(text, read):
    assert first_name(text).value == read


@pytest.mark.parametrize("char", ["a", "å", "\U0001f600"])
def test_a_text_of_any_length_is_cut_to_what_a_cell_holds(char):
    assert first_name(char * 10_000).value == char * 10_000
    cut = first_name(char * 40_000).value
    assert cut.endswith(f"{char}…")
    assert LONGEST_CELL - 1 <= len(cut.encode("utf-16-le")) / 2 <= LONGEST_CELL


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 10**400])
def test_what_is_no_number_is_text(number):
    answers = {"koncept.aktiviteter": Given((Row("A1", {"titel": "x", "vecka": number}),))}
    assert sheets(workbook(answers))["Aktiviteter"][1][6].value == str(number)


def formulas(part):
    return [node.text for node in part.iter(f"{MAIN}f")]


@cache
def harmless_workbook(text="Text"):
    return workbook(with_texts(lambda _: text))


@pytest.mark.parametrize("text", [*EVIL, "\t\r\n", "&P &[Picture] &G", "x" * 10_000])
def test_no_text_changes_what_the_workbook_is_made_of(text):
    data = workbook(with_texts(lambda _: text), text)
    # Rounds without a name are not told apart, so their weeks are not counted.
    plain = harmless_workbook("Text" if any(map(str.isalnum, text)) else "–")
    evil, harmless = parts(data), parts(plain)
    for name, part in evil.items():
        tags = {node.tag for node in part.iter()}
        assert not tags & {f"{MAIN}{tag}" for tag in ("hyperlink", "hyperlinks", "oleObject", "drawing")}
        assert tags == {node.tag for node in harmless[name].iter()}, name
        assert formulas(part) == formulas(harmless[name]), name
    assert evil.keys() == harmless.keys()
    assert [*map(len, sheets(data).values())] == [*map(len, sheets(plain).values())]


# ------------------------------------------------------------------------ the file


def test_the_same_answers_give_the_same_bytes_and_times_that_stand_still():
    data = workbook(whole(), organisation="Region <&> Höglandet")
    assert workbook(whole(), organisation="Region <&> Höglandet") == data
    with zipfile.ZipFile(BytesIO(data)) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core, app = (file.read(f"docProps/{name}.xml").decode() for name in ("core", "app"))
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2026-11-27T00:00:00Z"}
    assert f"<dc:title>{READ.title}</dc:title>" in core
    assert "<Company>Region &lt;&amp;&gt; Höglandet</Company>" in app


@pytest.mark.parametrize("answers", [whole(), {}], ids=["exempel", "inget"])
def test_every_table_keeps_its_headings_in_view_and_fits_its_paper(answers):
    found = parts(workbook(answers))
    several = [name for name in found if name.startswith("xl/worksheets/sheet")]
    for number in range(2, len(several) + 1):
        sheet = found[f"xl/worksheets/sheet{number}.xml"]
        page = sheet.find(f"{MAIN}pageSetup")
        assert sheet.find(f".//{MAIN}pane").get("ySplit") == "1"
        assert sheet.find(f"{MAIN}autoFilter") is not None
        assert (page.get("paperSize"), page.get("orientation"), page.get("fitToHeight")) == (
            "9",
            "landscape",
            "0",
        )
        heights = [float(one.get("ht", 15)) for one in sheet.iter(f"{MAIN}row")]
        widths = [float(one.get("width")) for one in sheet.iter(f"{MAIN}col")]
        assert max(heights) <= 409
        assert all(8 <= width <= 151 for width in widths)
    repeated = [
        one.text for one in found["xl/workbook.xml"].iter(f"{MAIN}definedName") if "Titles" in one.get("name")
    ]
    assert len(repeated) == len(several) - 1


@pytest.mark.parametrize("answers", [whole(), only_behov()], ids=["exempel", "behov"])
def test_a_short_heading_stands_on_one_line_clear_of_its_filter_and_of_the_next(answers):
    data = workbook(answers)
    found = parts(data)
    for number, (name, rows) in enumerate(sheets(data).items(), 1):
        if name == "Översikt":
            continue
        sheet = found[f"xl/worksheets/sheet{number}.xml"]
        heads = [one.value for one in rows[0]]
        room = {
            place: float(one.get("width"))
            for one in sheet.iter(f"{MAIN}col")
            for place in range(int(one.get("min")) - 1, int(one.get("max")))
        }
        short = [place for place, head in enumerate(heads) if len(head) <= 14]
        assert all(room[place] >= len(heads[place]) + 5 for place in short)
        if len(short) == len(heads):
            assert float(next(sheet.iter(f"{MAIN}row")).get("ht", 15)) == 15


def long_names(letters):
    """An initiative of many rows whose names are as long as people make them, in such letters."""
    names = [f"{number:02} {letters * 60}"[:60] for number in range(1, 9)]
    groups = tuple(Row(name, {"namn": name, "antal": 12}) for name in names)
    activities = tuple(
        Row(
            f"A{number}",
            {"titel": f"{number:02} {letters * 60}"[:60], "malgrupp": tuple(names[:3]), "minuter": 90},
        )
        for number in range(1, 21)
    )
    return {"behov.malgrupper": Given(groups), "koncept.aktiviteter": Given(activities)}


@pytest.mark.parametrize("letters", ["ord ", "Stort Ord ", "WM", "ettlångtordutanblanksteg"])
def test_no_name_is_cut_and_each_row_is_as_high_as_what_stands_in_it(letters):
    data = workbook(long_names(letters))
    for number, (name, rows) in enumerate(sheets(data).items(), 1):
        sheet = parts(data)[f"xl/worksheets/sheet{number}.xml"]
        widths = [
            float(node.get("width"))
            for node in sheet.iter(f"{MAIN}col")
            for _ in range(int(node.get("min")), int(node.get("max")) + 1)
        ]
        heights = [float(node.get("ht", 15)) for node in sheet.iter(f"{MAIN}row")]
        for row, height in zip(rows, heights, strict=True):
            for cell, width in zip(row, widths, strict=False):
                if name == "Översikt" or isinstance(cell.value, float):
                    continue
                letter = 1.7 if "WM" in cell.value else 0.9 if "ettl" in cell.value else 0.8  # of a digit
                lines = [ceil(len(line) * letter / width) for line in cell.value.split("\n")]
                assert sum(lines) * 15 <= height, cell.value
    time = sheets(data)["Tid"]
    assert {row[1].value for row in time[1:21]} == {
        f"{row.id} {row.values['titel']}".rstrip() for row in long_names(letters)["koncept.aktiviteter"].value
    }


def test_a_text_keeps_off_the_lines_round_its_cell():
    data = workbook(whole())
    styles = parts(data)["xl/styles.xml"].find(f"{MAIN}cellXfs")
    cells = parts(data)["xl/worksheets/sheet2.xml"].iter(f"{MAIN}c")
    places = [styles[int(cell.get("s"))].find(f"{MAIN}alignment") for cell in cells]
    assert {(place.get("horizontal"), place.get("indent")) for place in places} == {
        ("left", "1"),
        ("right", "1"),
    }


@pytest.mark.experiment
def test_an_office_program_shows_a_formula_as_text(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "a.xlsx").write_bytes(workbook(groups("=1+1", "<r>&</r>")))
    home = f"-env:UserInstallation=file://{tmp_path}/hem"
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    command = ["soffice", home, "--headless", "--convert-to", form, "--outdir", str(tmp_path), "a.xlsx"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=120)
    (made,) = tmp_path.glob("*.csv")
    assert [line.split(",")[0] for line in made.read_text("utf-8").splitlines()] == [
        "Grupp",
        "=1+1",
        "<r>&</r> ",
    ]


def test_without_the_library_there_is_one_sentence_with_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(WrongUse) as trouble:
        workbook({})
    assert str(trouble.value).startswith("Kalkylblad kräver ett tillägg")
    assert '-m pip install "xlsxwriter' in str(trouble.value)
    assert trouble.value.exit_code == 2


def test_a_time_is_text_in_its_cell():
    case = TIMES.read_text("utf-8").replace("pass", "tillfallen")
    battery = load_battery({"5-genomforande.yaml": case})
    row = Row("PS1", {"titel": "Kväll", "tid": TimeSpan(8 * 60 + 30, 16 * 60)})
    sheet = AnswerSheet(battery, {"genomforande.tillfallen": Given((row,))})
    cells = sheets(to_xlsx(About("Ny", MADE), sheet, Cost(), FORMS))["Tillfällen"]
    assert [cell.value for cell in cells[-1]] == ["PS1", "Kväll", "08.30–16.00"]
