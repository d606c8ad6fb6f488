"""A date that nobody knows to the day: kept in words in every file, shown in every document, late after its last day."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from making import source
from scripted import Scripted
from test_exports_xlsx import sheets, workbook
from utbildningsprocess.answers.periods import quarter_period, season_period, week_period, year_period
from utbildningsprocess.battery import load_battery
from utbildningsprocess.checks.case import Case
from utbildningsprocess.checks.produktion import review_missing_or_out_of_date
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.documents.occasions import gatherings
from utbildningsprocess.documents.plan import PlanView
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.exports.ics import to_ics
from utbildningsprocess.exports.ics_events import events
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Given, Row
from utbildningsprocess.pictures.subjects import outcome_pairs
from utbildningsprocess.plan.due import coming

ROOT = Path(__file__).parent.parent
OURS = {path.name: path.read_text("utf-8") for path in (ROOT / "questions").glob("[0-9]-*.yaml")}
_EXACT = re.compile(r"^ +ungefar: true\n", re.MULTILINE)
APPROXIMATE = {
    name: re.sub(
        r"^( +)typ: datum$", r"\1typ: datum\n\1ungefar: true", _EXACT.sub("", text), flags=re.MULTILINE
    )
    for name, text in OURS.items()
}
BATTERY = load_battery(APPROXIMATE)
EMPTY = new_dossier(
    (ROOT / "templates" / "dossier.md.j2").read_text("utf-8"), "Trygg start", AnswerSheet(BATTERY, {})
)
CASE = Path(__file__).parent / "cases" / "batterier" / "bra" / "ungefarliga_datum.yaml"
TODAY = date(2026, 11, 26)
AUTUMN, WEEK = season_period(2027, "höst"), week_period(2027, 22)
NEEDED, EFFECTS, ACTIONS = "behov.klart_senast", "behov.effektmatt", "analys.andra_insatser"
OCCASIONS = "genomforande.tillfallen"
ANSWERS = {
    NEEDED: Given(AUTUMN),
    EFFECTS: Given((Row("E1", {"matt": "Avgångar", "mal": "15 %", "nar": WEEK}),)),
}


def sheet(answers):
    return AnswerSheet(BATTERY, answers)


def test_a_dossier_holds_the_words_and_reads_what_is_written_by_hand():
    text = EMPTY
    for qid, answer in ANSWERS.items():
        text = with_answer(text, BATTERY, qid, answer)
    assert f"<!-- utb:{NEEDED} -->\n\nhösten 2027\n\n" in text
    assert "- **Nås senast:** vecka 22 2027\n" in text
    by_hand = text.replace("hösten 2027", "Hösten -27").replace("vecka 22 2027", "2027-W22")
    assert read(by_hand, BATTERY).answers == read(text, BATTERY).answers == ANSWERS
    without_year = read(text.replace("hösten 2027", "hösten"), BATTERY)
    assert without_year.answers[NEEDED].text == "hösten"
    assert "går inte att läsa som datum med årtal" in without_year.problems[0].text


def test_the_same_dossier_asks_which_day_where_the_questions_want_one():
    text = with_answer(EMPTY, BATTERY, NEEDED, Given(AUTUMN))
    exact = read(text, load_battery({name: _EXACT.sub("", asked) for name, asked in OURS.items()}))
    assert exact.answers[NEEDED].text == "hösten 2027"
    assert "Vilken dag under hösten 2027 (1 september–31 december 2027)?" in exact.problems[0].text


@pytest.mark.parametrize(
    ("today", "is_late"), [(date(2027, 6, 6), False), (date(2027, 6, 7), True), (date(2027, 5, 1), False)]
)
def test_a_period_is_late_after_its_last_day(today, is_late):
    answers = {ACTIONS: Given((Row("I1", {"insats": "Schema", "klart": WEEK}),))}
    assert [(due.on, due.overdue) for due in coming(sheet(answers), today)] == [(WEEK, is_late)]


def test_periods_and_days_come_in_the_order_of_their_last_day():
    whens = [year_period(2027), date(2027, 10, 1), quarter_period(2027, 2), WEEK, date(2027, 6, 7)]
    rows = [Row(f"I{number}", {"insats": "x", "klart": when}) for number, when in enumerate(whens, 1)]
    due = coming(sheet({ACTIONS: Given(tuple(rows))}), TODAY)
    assert [str(due.on) for due in due] == [
        "vecka 22 2027",
        "2027-06-07",
        "kvartal 2 2027",
        "2027-10-01",
        "2027",
    ]


def test_no_day_is_counted_from_an_occasion_without_one():
    measure = {"koncept.matt": Given((Row("M1", {"metod": "Enkät", "nar_dagar": 30}),))}
    known = {**measure, OCCASIONS: Given((Row("1", {"datum": date(2027, 3, 1)}),))}
    assert date(2027, 3, 31) in [due.on for due in coming(sheet(known), TODAY)]
    unknown = {
        **measure,
        OCCASIONS: Given((Row("1", {"datum": date(2027, 3, 1)}), Row("2", {"datum": WEEK}))),
    }
    assert [due.qid for due in coming(sheet(unknown), TODAY)] == [OCCASIONS, OCCASIONS]


def test_documents_and_pictures_say_the_words():
    asked = sheet({**ANSWERS, OCCASIONS: Given((Row("1", {"datum": WEEK, "plats": "Sal 3"}),))})
    plan = PlanView(asked, TODAY)
    assert [line.datum for line in plan.tidplan] == ["vecka 22 2027", "hösten 2027"]
    assert [gathering.nar for gathering in gatherings(asked)] == ["vecka 22 2027 (31 maj–6 juni 2027)"]


def test_a_calendar_has_no_event_on_a_day_that_nobody_said():
    from icalendar import Calendar

    data = to_ics("Trygg start", sheet(ANSWERS), TODAY, "trygg-start")
    entries = Calendar.from_ical(data).walk()
    tasks = [entry for entry in entries if entry.name == "VTODO"]
    assert [entry.name for entry in entries if entry.name == "VEVENT"] == []
    assert [(str(task["summary"]), task["due"].dt) for task in tasks] == [
        ("Mål att nå: E1 Avgångar: vecka 22 2027 (Trygg start)", date(2027, 6, 6)),
        ("Det ska fungera i vardagen: hösten 2027 (Trygg start)", date(2027, 12, 31)),
    ]
    assert [event.reminders for event in events(sheet(ANSWERS), TODAY)] == [(), ()]


def test_a_workbook_holds_the_words():
    rows = {**ANSWERS, "uppfoljning.resultat": Given((Row("1", {"utfall": "14 %", "datum": WEEK}),))}
    tables = sheets(workbook(rows))
    assert "vecka 22 2027" in [cell.value for row in tables["Resultat"] for cell in row]


def test_a_picture_of_the_outcome_says_by_when():
    measured = {
        **ANSWERS,
        "koncept.matt": Given((Row("M1", {"metod": "Räkning", "avser": ("E1",)}),)),
        "uppfoljning.resultat": Given((Row("1", {"matt": "M1", "utfall": "14 %"}),)),
    }
    assert "mål 15 %, vecka 22 2027" in str(outcome_pairs(measured))


def test_a_review_holds_until_the_last_day_of_its_period():
    reviewed = {"produktion.sakgranskning": Given((Row("1", {"roll": "Läkare", "giltigt_till": WEEK}),))}

    def found(today):
        case = source(reviewed).case
        return [
            *review_missing_or_out_of_date(Case(sheet(reviewed), case.diagnosis_model, case.cost, {}, today))
        ]

    assert found(date(2027, 6, 6)) == []
    assert found(date(2027, 6, 7)) != []


def test_a_conversation_takes_what_is_not_exact_and_says_what_was_understood():
    battery = load_battery({CASE.name: CASE.read_text("utf-8")})
    saved: dict[str, object] = {}
    store = Store(saved.__setitem__, lambda _: None, lambda *_: None, lambda _: None)
    row = ("Avgångar", "15 %", "v. 22", "i höstas", "1 250,5", "30, 90 och 45 procent")
    face = Scripted("vintern", "till hösten", *row, "", "klart")
    ask_stage(Interview(battery.stage("behov"), AnswerSheet(battery, {}), today=TODAY), face, store)
    assert saved[NEEDED] == Given(season_period(2026, "höst"))
    assert saved[EFFECTS].value[0].values == {
        "matt": "Avgångar",
        "mal": "15 %",
        "nar": WEEK,
        "matt_den": season_period(2026, "höst"),
        "kostnad": 1250.5,
        "andelar": (30, 90, 45),
    }
    assert {
        "Fel: Vintern ligger i två år. Skriv månaden i stället, till exempel januari 2027.",
        "Datumet är hösten 2026 (1 september–31 december 2026).",
        "Datumet är vecka 22 2027 (31 maj–6 juni 2027).",
        "Talen är 30, 90 och 45 procent.",
    } <= set(face.said)
    assert "En vecka, en månad, ett kvartal eller en årstid räcker också" in face.asked[0].help


# ------------------------------------------------------------- the whole program


@pytest.fixture
def own(utb):
    """A folder whose questions take approximate dates."""
    (utb.folder / "utb.yaml").write_text("fragor: fragor\n", "utf-8")
    (utb.folder / "fragor").mkdir()
    for name, text in APPROXIMATE.items():
        (utb.folder / "fragor" / name).write_text(text, "utf-8")
    utb.dossier("Ny")
    return utb


def test_the_commands_write_and_show_the_words(own):
    assert own("batteri", "kontrollera", "fragor").code == 0
    written = own("svar", "ny", "klart_senast", "Q4 2099")
    assert written.err == (
        "Sparat i insatser/ny.md: När behöver det fungera i vardagen?"
        " kvartal 4 2099 (1 oktober–31 december 2099)\n"
    )
    assert own("svar", "ny", "klart_senast").out == "kvartal 4 2099\n"
    assert "- kvartal 4 2099 Det ska fungera i vardagen" in own("status", "ny").out
    assert "kvartal 4 2099" in own("visa", "ny", "behov").out
    assert "kvartal 4 2099" in own("dokument", "dossier", "ny").out


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_periods_leave_as_data_with_their_days_and_come_back(own, form):
    own("svar", "ny", "klart_senast", "hösten 2099")
    own("svar", "ny", "effektmatt", '[{"matt": "Avgångar", "nar": "v. 22 2099"}, {"nar": "2099-03-01"}]')
    out = own("visa", "ny", "--format", form).out
    (own.folder / f"svar.{form}").write_text(out, "utf-8")
    assert own("ny", "Kopian", "--svar", f"svar.{form}").code == 0
    data = [
        json.loads(own("visa", name, "--format", "json").out)["svar"]["behov"] for name in ("ny", "kopian")
    ]
    assert data[0] == data[1]
    assert data[0]["klart_senast"] == {"ord": "hösten 2099", "forsta": "2099-09-01", "sista": "2099-12-31"}
    assert [row["nar"] for row in data[0]["effektmatt"]] == [
        {"ord": "vecka 22 2099", "forsta": "2099-05-25", "sista": "2099-05-31"},
        {"ord": "2099-03-01", "forsta": "2099-03-01", "sista": "2099-03-01"},
    ]


def test_a_talk_sheet_says_what_can_be_written_and_is_read(own):
    sheet_text = own("samtal", "behov", "ny").out
    assert "eller en vecka, månad, årstid eller ett kvartal, till exempel hösten 2026." in sheet_text
    mark = f"<!-- utb:{NEEDED} -->\n"
    (own.folder / "samtal.md").write_text(sheet_text.replace(mark, f"{mark}\nvåren 2099", 1), "utf-8")
    assert own("steg", "behov", "ny", "--fran", "samtal.md").code == 0
    assert own("svar", "ny", "klart_senast").out == "våren 2099\n"
