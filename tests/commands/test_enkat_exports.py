"""`utb enkat` with files as survey tools write them: the same counts, and nobody's name or address."""

from __future__ import annotations

import json

import pytest

from git_repo import git
from survey_exports import MAIL, PERSON, TOOLS, export_files, exported
from surveys import csv_bytes, part, people, table, write


@pytest.fixture(autouse=True)
def repository(utb):
    """What git remembers counts as told, so the folder is a repository that git knows."""
    git(utb.folder, "init", "-q")


def counted(utb, name, data):
    outcome = utb("enkat", "trygg", write(utb.folder, name, data), "--format", "json")
    assert outcome.code == 0, (name, outcome.err)
    assert MAIL not in outcome.out + outcome.err
    assert PERSON not in outcome.out + outcome.err
    return json.loads(outcome.out)


@pytest.mark.parametrize("day", [0, 30, 90])
def test_exports_of_seven_tools_give_the_same_counts(utb, day):
    utb.example()
    stage = part(day)
    everybody = people(stage)
    wanted = counted(utb, "egen.csv", csv_bytes(table(stage, everybody), ";", "utf-8"))
    for name, tool in TOOLS.items():
        files = export_files(tool, exported(tool, stage, everybody))
        for ending in ("csv", "xlsx") if name in ("Microsoft Forms", "SurveyMonkey") else ("csv",):
            read = counted(utb, f"svar.{ending}", files[ending])
            assert read["svarande"] == 23, name
            assert read["fragor"] == wanted["fragor"], name
            assert read["forslag"] == wanted["forslag"], name


def test_nothing_of_who_answered_is_kept_in_the_dossier(utb):
    dossier = utb.example()
    tool = TOOLS["Microsoft Forms"]
    rows = exported(tool, part(30), people(part(30)))
    name = write(utb.folder, "svar.csv", export_files(tool, rows)["csv"])
    assert utb("enkat", "trygg", name, "--spara").code == 0
    text = dossier.read_text()
    assert not any(words in text for words in (MAIL, PERSON, "svar.csv", "09:05"))


def test_numbers_instead_of_options_are_asked_about_and_never_guessed(utb):
    utb.example()
    tool = TOOLS["Netigate"]._replace(has_codes=True)
    rows = exported(tool, part(90), people(part(90)))
    data = counted(utb, "svar.csv", export_files(tool, rows)["csv"])
    assert not any(
        asked["alla"] for asked in data["fragor"] if asked["fraga"] in ("f7_kan_efter", "f8_hur_ofta")
    )
    assert any("siffror eller koder" in line and "8. Hur ofta" in line for line in data["att_veta"])


def test_a_table_that_lies_on_its_side_shows_nobodys_address(utb):
    utb.example()
    rows = [
        ["8. Hur ofta gör du det, när det behövs?", MAIL, "kalle@kommun.example"],
        *[["Oftast", "", ""]] * 6,
    ]
    data = counted(utb, "svar.csv", csv_bytes(rows, ";", "utf-8"))
    assert not any("@" in line for line in data["att_veta"])


def test_the_rows_of_those_who_tried_it_are_told_by_the_day_that_each_tool_writes(utb):
    utb.example()
    for name in ("SurveyMonkey", "LimeSurvey", "Netigate", "Google Forms"):
        tool = TOOLS[name]
        rows = exported(tool, part(90), people(part(90)))
        first = 1 + tool.has_two_rows
        rows[first] = [cell.replace("2030", "2020") for cell in rows[first]]
        data = counted(utb, "svar.csv", export_files(tool, rows)["csv"])
        assert (data["svarande"], name) == (22, name)
