"""The formulas of the workbook: what each saves is what it computes, and what the program itself says."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import date
from io import BytesIO
from math import isclose

import pytest
from hypothesis import given as drawn
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from making import whole
from test_exports_xlsx import FORMS, MAIN, parts, serial, sheets, shown, workbook
from test_plan_cost import initiative
from utbildningsprocess.model import Given, Period, Row
from utbildningsprocess.plan.cost import balance, price
from utbildningsprocess.settings import Cost

REFERENCE = re.compile(
    r"(?:(?P<sheet>[^\W\d]\w*)!)?\$?(?P<column>[A-Z])\$?(?P<row>\d+)(?::\$?(?P<to>[A-Z])\$?(?P<last>\d+))?"
    r"|(?P<name>[^\W\d]\w*)(?!\w*\()"
)


class Recalculated:
    """A workbook computed anew from its formulas; what they have saved is never looked at."""

    def __init__(self, data):
        self.cells = {
            (name, f"{chr(65 + at)}{number}"): cell
            for name, rows in sheets(data).items()
            if name != "Översikt"
            for number, row in enumerate(rows, 1)
            for at, cell in enumerate(row)
        }
        self.names = {
            name: text.replace("$", "").split("!")
            for name, text in defined_names(data).items()
            if not name.startswith("_xlnm")
        }
        self.formulas = {place: cell for place, cell in self.cells.items() if cell.formula}

    def value(self, sheet, place):
        cell = self.cells[sheet, place]
        return self.computed(cell.formula, sheet) if cell.formula else cell.value

    def computed(self, formula, sheet):
        used = []

        def replaced(found):
            if name := found["name"]:
                used.append(self.value(*self.names[name]))
            elif found["to"]:
                rows = range(int(found["row"]), int(found["last"]) + 1)
                assert found["column"] == found["to"]
                used.append([self.value(found["sheet"] or sheet, f"{found['column']}{row}") for row in rows])
            else:
                used.append(self.value(found["sheet"] or sheet, f"{found['column']}{found['row']}"))
            return f"used[{len(used) - 1}]"

        known = {"SUM": total, "SUMIF": total_if, "MAX": max, "WEEKDAY": weekday, "used": used}
        return eval(REFERENCE.sub(replaced, formula), known)  # noqa: S307  our own formula

    def figures(self):
        """The sums by their part and what they are of: people or other counts, hours and kronor."""
        numbers = {
            number for sheet, place in self.cells if sheet == "Kostnad" and (number := int(place[1:])) > 1
        }
        return {
            (self.value("Kostnad", f"A{at}"), self.value("Kostnad", f"B{at}").removesuffix(", minst")): tuple(
                self.value("Kostnad", f"{column}{at}") for column in "CEF"
            )
            for at in sorted(numbers)
        }


def total(*arguments):
    values = [
        value for argument in arguments for value in (argument if isinstance(argument, list) else [argument])
    ]
    return sum(value for value in values if not isinstance(value, str))


def total_if(where, wanted, numbers):
    pairs = zip(where, numbers, strict=True)
    return sum(number for word, number in pairs if word == wanted and not isinstance(number, str))


def weekday(day, kind):
    assert kind == 3
    return (day - serial(date(2024, 1, 1))) % 7


def defined_names(data):
    return {node.get("name"): node.text for node in parts(data)["xl/workbook.xml"].iter(f"{MAIN}definedName")}


def is_near(number, wanted):
    return isclose(number, wanted, rel_tol=1e-9, abs_tol=1e-9)


def assert_saved_is_computed(data):
    book = Recalculated(data)
    wrong = {
        place: (cell.formula, cell.value)
        for place, cell in book.formulas.items()
        if not is_near(book.value(*place), cell.value)
    }
    assert wrong == {}
    return book


# ------------------------------------------------------------- the program's own figures


NUMBERS = st.one_of(st.none(), st.just(0), st.integers(1, 5000), st.floats(0.25, 5000))
NAMES = ["Nya", "*", "=1+1", "Nya "]


@st.composite
def initiatives(draw):
    groups = draw(st.lists(st.tuples(st.sampled_from(NAMES), NUMBERS), max_size=4))
    who = st.lists(st.sampled_from(NAMES), max_size=2, unique=True)
    activities = draw(st.lists(st.tuples(NUMBERS, who), max_size=5))
    basis = {
        "restid_min": draw(NUMBERS),
        "ersattarandel": draw(st.one_of(st.none(), st.integers(0, 100))),
        "utbildartimmar": draw(NUMBERS),
        "produktionstimmar": draw(NUMBERS),
        "externt_kr": draw(NUMBERS),
    }
    return initiative(groups, activities, **basis)


HOURS = st.floats(1, 3000)
COSTS = st.builds(
    lambda hour, substitute, year: Cost(timkostnad=hour, vikarietimme=substitute, arsarbetstid=year),
    HOURS,
    st.one_of(st.none(), HOURS),
    HOURS,
)


@hypothesis_settings(max_examples=60, deadline=None)
@drawn(initiatives(), COSTS)
def test_every_formula_saves_what_it_computes_and_the_sums_are_the_programs_own(answers, cost):
    book = assert_saved_is_computed(workbook(answers, cost=cost))
    priced = price(answers, cost)
    if priced is None:
        assert not any(sheet == "Tid" for sheet, _place in book.cells)
        return
    figures = book.figures()
    _many, hours, kronor = figures["Deltagarnas tid", "I allt"]
    assert is_near(hours, priced.hours)
    assert is_near(kronor, priced.time_value)
    assert is_near(figures["Deltagarnas tid", "I allt"][0], priced.participants)
    assert is_near(figures["Deltagarnas tid", "Samma tid i arbetspass"][0], priced.shifts)
    assert is_near(figures["Deltagarnas tid", "Samma tid i årsarbetare"][0], priced.years)
    assert is_near(figures["Kostnad för lärandet", "I allt"][2], priced.total)
    each = figures["Kostnad för lärandet", "Per deltagare"][2]
    assert each == "Okänt" if priced.lacks_numbers else is_near(each, priced.per_participant)
    expense = figures["Varav ny utgift", "I allt"][2]
    unknown = priced.has_least_expense and not priced.new_expense
    assert expense == "Ej besvarat" if unknown else is_near(expense, priced.new_expense)
    learning = balance(answers, FORMS)
    for post, worked in (("I vardagen", learning.everyday), ("Formellt", learning.formal)):
        assert is_near(figures["Lärande", post][1], worked)
    assert is_near(figures["Lärande", "I allt"][1], sum(learning))


def test_the_example_can_be_followed_from_answer_to_sum():
    book = assert_saved_is_computed(workbook(whole()))
    formulas = {place: cell.formula for place, cell in book.formulas.items()}
    assert formulas["Tid", "D2"] == "Målgrupper!$B$2"
    assert formulas["Tid", "E2"] == "Aktiviteter!$F$3"
    assert formulas["Tid", "F2"] == "D2*E2/60"
    assert formulas["Tid", "G2"] == "F2*Timkostnad"
    assert formulas["Tid", "H2"] == "F2/Deltagartimmar"
    assert formulas["Tid", "F12"] == "SUM(F2:F11)"
    assert formulas["Kostnad", "E2"] == "SUM(Tid!$F$2:$F$9)"
    assert book.figures()["Deltagarnas tid", "I allt"] == (84, 939, 328_650)


# ------------------------------------------------------------------- what is not known


UNKNOWN = initiative([("Nya", 10)], [(60, []), (None, [])], utbildartimmar=5)


def costs(answers, cost=None):
    _head, *rows = (shown(row) for row in sheets(workbook(answers, cost=cost))["Kostnad"])
    return {(row[0], row[1]): row[2:] for row in rows}


def test_what_nobody_has_answered_of_a_cost_is_a_word_and_never_0():
    said = costs(UNKNOWN)
    part = "Kostnad för lärandet"
    assert said[part, "Köpta tjänster, lokaler och material"][3] == "Ej besvarat"
    assert said[part, "Merkostnad för vikarier"][2:4] == ["Ej besvarat", "Ej besvarat"]
    own = said[part, "Eget arbete med att utbilda och ta fram material"]
    assert (own[2], own[3], own[5]) == (5, 1750, "Ej besvarat: tid att ta fram material.")
    assert said["Varav ny utgift", "I allt"][3] == "Ej besvarat"
    assert said[part, "I allt, minst"][3] == 10 * 350 + 1750
    assert "Ej besvarat och inte medräknat: restid, vikarier" in said[part, "I allt, minst"][5]
    assert said["Deltagarnas tid", "A2 Aktivitet 2"][2] == "Inte medräknat"
    time = [shown(row) for row in sheets(workbook(UNKNOWN))["Tid"]]
    assert time[2][4:7] == ["Ej besvarat"] * 3
    assert time[3][1:7] == ["Restid", "", 10, *["Ej besvarat"] * 3]


def test_what_is_answered_with_0_is_0():
    nothing = {
        "restid_min": 0,
        "ersattarandel": 0,
        "utbildartimmar": 0,
        "produktionstimmar": 0,
        "externt_kr": 0,
    }
    said = costs(initiative([("Nya", 10)], [(60, [])], **nothing))
    assert said["Kostnad för lärandet", "Köpta tjänster, lokaler och material"][3] == 0
    assert said["Varav ny utgift", "I allt"][3] == 0
    assert said["Kostnad för lärandet", "I allt"][3] == 3500


def test_the_sum_says_that_other_actions_are_not_in_it():
    assert "Andra insatser ingår inte." in costs(whole())["Kostnad för lärandet", "I allt"][5]


def basis(answers, cost=None):
    return {row[3]: row for row in map(shown, sheets(workbook(answers, cost=cost))["Kostnadsunderlag"])}


def test_the_cost_of_an_hour_has_its_source_and_year():
    assert "exempelvärde" in basis(whole())["Timkostnad"][4]
    assert basis(whole())["Vikarietimme"][4] == "Samma som en medarbetares timme."
    own = Cost(timkostnad=412.5, ar=2026, kalla="Ekonomienheten", vikarietimme=500)
    said = basis(whole(), own)
    assert said["Timkostnad"] == [
        "En medarbetares timme",
        412.5,
        "kronor",
        "Timkostnad",
        "Ekonomienheten, 2026",
    ]
    assert said["Vikarietimme"][1] == 500


def test_who_can_know_a_part_of_the_cost_is_told():
    answers = {"koncept.kostnadsunderlag": Given((Row("1", {}, {}, {"restid_min": "Enhetschefen"}),))}
    assert basis(answers)["Restid"] == [
        "Restid per deltagare",
        "Ej besvarat",
        "minuter",
        "Restid",
        "Vet inte än: Enhetschefen",
    ]


@pytest.mark.parametrize("answers", [{}, initiative([("Nya", 10)], [])], ids=["inget", "inga minuter"])
def test_a_cost_that_cannot_be_counted_says_why(answers):
    assert [shown(row) for row in sheets(workbook(answers))["Kostnad"][1:]] == [
        ["Tiden går inte att räkna än: antal personer i Behov eller minuter i Koncept saknas."]
    ]


@pytest.mark.parametrize("people", [10**15, 10**300, float("inf"), float("nan")])
def test_numbers_beyond_what_a_workbook_counts_are_said_to_be_that(people):
    book = sheets(workbook(initiative([("Nya", people)], [(1, [])])))
    assert "Tid" not in book
    assert "för stora" in book["Kostnad"][1][0].value


# --------------------------------------------------------------------------- names


def test_no_name_looks_like_a_cell():
    names = [name for name in defined_names(workbook(whole())) if not name.startswith("_xlnm")]
    assert {"Timkostnad", "Deltagartimmar", "Sista_tillfället"} <= {*names}
    cell = re.compile(r"[A-Z]{1,3}\d+|R(\d*)C(\d*)|[RC]\d*", re.IGNORECASE)
    assert [name for name in names if cell.fullmatch(name) or not re.fullmatch(r"[^\W\d]\w*", name)] == []


# --------------------------------------------------------------------------- units


def measured(*texts):
    """The first row of effect measures with that before and goal, as the sheet shows it."""
    row = Row("E1", dict(zip(("matt", "nulage", "mal"), ("Avgångar", *texts), strict=True)))
    head, made = map(shown, sheets(workbook({"behov.effektmatt": Given((row,))}))["Effektmått"])
    by_head = dict(zip(head, made, strict=True))
    return by_head["Nuläge"], by_head["Mål"], by_head["Enhet"], by_head.get("Hela svaret", "")


@pytest.mark.parametrize(
    ("texts", "cells"),
    [
        (("68 %", "90 %"), (68, 90, "%", "")),
        (("68 %", "90 procent"), (68, 90, "%", "")),
        (("27 % (17 av 62)", "högst 15 %"), (27, 15, "%", "Nuläge: 27 % (17 av 62)\nMål: högst 15 %")),
        (("0 % (mäts inte)", "90 %"), ("0 % (mäts inte)", 90, "%", "")),
        (("12 dagar", "90 %"), (12, "90 %", "dagar", "")),
        (("17 av 62", "få"), ("17 av 62", "få", "", "")),
        (("25 000 kronor", "1,5 kronor"), (25000, 1.5, "kronor", "")),
        (("=1+1", "+46"), ("=1+1", 46, "", "Mål: +46")),
        (("3 till 5", ""), ("3 till 5", "", "", "")),
    ],
)
def test_a_value_that_is_one_number_is_a_number_with_its_unit_beside(texts, cells):
    assert measured(*texts) == cells


def test_what_a_measure_became_stands_beside_what_it_was_and_was_to_be():
    head, *rows = map(shown, sheets(workbook(whole()))["Effektmått"])
    assert head[2:6] == ["Nuläge", "Mål", "Utfall", "Enhet"]
    assert [row[2:6] for row in rows] == [
        [27, 15, "ej mätt", "%"],
        [68, 90, 86, "%"],
        ["0 % (mäts inte)", 90, 71, "%"],
    ]


# ----------------------------------------------------------------------------- days


def rounds(*occasions, week=-2):
    """The manager's actions where the first activity is in week 0 and these are its occasions."""
    actions = (
        {"fas": "efter", "handling": "Frågar", "vecka": 8},
        {"fas": "fore", "handling": "Samtal", "vecka": week},
    )
    answers = {
        "koncept.aktiviteter": Given((Row("A1", {"titel": "Start", "vecka": 0}),)),
        "koncept.chef_handlingar": Given(tuple(Row(f"H{at}", row) for at, row in enumerate(actions, 1))),
        "genomforande.tillfallen": Given(
            tuple(
                Row(f"T{at}", {"aktivitet": "A1", "datum": on, **more})
                for at, (on, more) in enumerate(occasions, 1)
            )
        ),
    }
    assert_saved_is_computed(workbook(answers))
    head, *rows = sheets(workbook(answers))["Chefens uppgifter"]
    at = next((at for at, cell in enumerate(head) if str(cell.value).startswith("Veckan börjar")), len(head))
    return shown(head)[at:], [shown(row)[at:] for row in rows], [row[2].value for row in rows]


def test_the_managers_weeks_are_days_for_each_round_and_stand_in_order():
    march, may = (date(2027, 3, 4), {"omgang": "Mars"}), (date(2027, 5, 6), {"omgang": "Maj"})
    heads, days, what = rounds((date(2027, 3, 11), {"omgang": "Mars"}), march, may)
    assert heads == ["Veckan börjar, Mars", "Veckan börjar, Maj"]
    assert what == ["Samtal", "Frågar"]
    assert days == [
        [serial(date(2027, 2, 15)), serial(date(2027, 4, 19))],
        [serial(date(2027, 4, 26)), serial(date(2027, 6, 28))],
    ]


def test_no_week_is_counted_from_a_day_that_nobody_has_said():
    assert rounds((date(2027, 3, 4), {}), (date(2027, 5, 6), {}))[0] == []
    assert rounds((date(2027, 3, 4), {"lage": "installt"}))[0] == []
    assert rounds((Period(date(2027, 3, 1), date(2027, 3, 31), "mars 2027"), {}))[0] == []
    assert rounds((date(2027, 3, 4), {}), week=1.5)[1] == [[""], [serial(date(2027, 4, 26))]]


# ---------------------------------------------------------------------- an office program


_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""
"""LibreOffice is to compute every formula of what it opens."""


def without_saved_values(data):
    """The workbook with its formulas and without what they come to."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w") as changed:
        for name in source.namelist():
            text = source.read(name)
            if name.startswith("xl/worksheets/"):
                text = re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", text)
                assert b"</f><v>" not in text
            changed.writestr(name, text)
    return target.getvalue()


def computed_cells(data):
    """The numbers of the formulas in a workbook that an office program has saved."""
    made = parts(data)
    names = [node.get("name") for node in made["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    return {
        (name, cell.get("r")): float(cell.findtext(f"{MAIN}v"))
        for number, name in enumerate(names, 1)
        for cell in made[f"xl/worksheets/sheet{number}.xml"].iter(f"{MAIN}c")
        if cell.find(f"{MAIN}f") is not None
    }


@pytest.mark.experiment
def test_an_office_program_computes_what_is_saved(tmp_path):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "hem" / "user").mkdir(parents=True)
    (tmp_path / "hem" / "user" / "registrymodifications.xcu").write_text(_ALWAYS, "utf-8")
    substitutes = Cost(timkostnad=333.3, vikarietimme=411.7)
    evil = initiative([("*", 7), ("=1+1", 11), ("Nya", None)], [(50, []), (None, ["*"]), (13.5, ["=1+1"])])
    books = {
        "exempel": workbook(whole()),
        "vikarier": workbook(whole(), cost=substitutes),
        "okant": workbook(UNKNOWN),
        "namn": workbook(evil, cost=substitutes),
    }
    for name, data in books.items():
        (tmp_path / f"{name}.xlsx").write_bytes(without_saved_values(data))
    home = f"-env:UserInstallation=file://{tmp_path}/hem"
    command = ["soffice", home, "--headless", "--convert-to", "xlsx", "--outdir", "raknat"]
    files = [f"{name}.xlsx" for name in books]
    subprocess.run([*command, *files], cwd=tmp_path, capture_output=True, check=True, timeout=120)
    for name, data in books.items():
        saved = {place: cell.value for place, cell in Recalculated(data).formulas.items()}
        computed = computed_cells((tmp_path / "raknat" / f"{name}.xlsx").read_bytes())
        assert computed.keys() == saved.keys(), name
        assert {place for place, value in saved.items() if not is_near(computed[place], value)} == set(), name
