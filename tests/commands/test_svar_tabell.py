"""`utb svar --tabell`: rows of a group from a table in a file."""

from __future__ import annotations

import json

import pytest

from making import BATTERY

GROUPS = "behov.malgrupper"
TABLE = "Grupp;Antal personer;Skift\r\nNya undersköterskor;25;natt\r\nHandledare;många;\r\n;;\r\n"
SHOWN = """
Tabellen har 2 rader och 3 kolumner, delade med semikolon. Första raden är rubriker.
Kolumnen ”Skift” hör inte till något fält och tas inte med.
Så här blir raderna:
  1. Grupp: Nya undersköterskor · Antal personer: 25 personer
  2. Grupp: Handledare · Antal personer: ”många” passar inte än
Det här stämmer inte med fälten. Det får stå som det är skrivet tills ni ändrar det:
  Rad 2, Antal personer: ”många” är inte ett tal. Skriv med siffror hur många personer, till exempel 12.
"""


@pytest.fixture
def ny(utb):
    utb.path = utb.dossier("Ny")
    return utb


def file(utb, text: str | bytes = TABLE, encoding: str = "utf-8") -> str:
    (utb.folder / "t.csv").write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return "t.csv"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_a_table_is_shown_and_its_rows_saved(ny, encoding, told):
    outcome = ny("svar", "ny", "malgrupper", "--tabell", file(ny, encoding=encoding), "--ja")
    saved = "Sparat i insatser/ny.md: Hur många är det i varje grupp? 2 rader till.\n"
    assert outcome == (0, "", f"Läst som {told}.\n{SHOWN}{saved}")
    rows = [{"namn": "Nya undersköterskor", "antal": 25}, {"namn": "Handledare"}]
    assert json.loads(ny("svar", "ny", "malgrupper").out) == rows
    assert "- **Antal personer:** många\n" in ny.path.read_text("utf-8")


def test_nothing_is_saved_before_a_yes(ny):
    before = ny.path.read_bytes()
    outcome = ny("svar", "ny", "malgrupper", "--tabell", file(ny))
    how = "Fel: Inget har sparats. Stämmer raderna: kör om kommandot med --ja.\n"
    assert outcome == (2, "", f"Läst som UTF-8.\n{SHOWN}{how}")
    assert ny.path.read_bytes() == before


def test_the_rows_that_are_there_keep_their_ids_and_every_letter(utb):
    path = utb.example()
    before = path.read_text("utf-8")
    table = "Titel\tMålgrupper\tTränar målen\nKaffe\tnya undersköterskor; Vårdenhetschefer\tL1\n"
    assert utb("svar", "trygg", "aktiviteter", "--tabell", "-", "--ja", stdin=table).code == 0
    added = (
        "#### A9\n\n- **Titel:** Kaffe\n- **Målgrupper:** Nya undersköterskor, Vårdenhetschefer\n"
        "- **Tränar målen:** L1\n\n"
    )
    after = path.read_text("utf-8")
    assert added in after
    assert after.replace(added, "").split() == before.split()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"a\x81b", "t.csv går inte att läsa som text. Spara tabellen som CSV (UTF-8) och försök igen."),
        (b"PK\x03\x04", "t.csv är ett kalkylblad."),
        (b"", "behov.malgrupper: Tabellen kan inte läggas till, för den har inget i frågans fält."),
    ],
)
def test_what_cannot_be_rows_is_refused_and_nothing_saved(ny, data, told):
    before = ny.path.read_bytes()
    outcome = ny("svar", "ny", "malgrupper", "--tabell", file(ny, data), "--ja")
    assert outcome.code != 0
    assert told in outcome.err
    assert ny.path.read_bytes() == before


def test_one_row_too_many_is_told(ny):
    table = file(ny, "Anmälan;Senast\nE-post;7\nWebb;8\n")
    outcome = ny("svar", "ny", "anmalan", "--tabell", table, "--ja")
    assert outcome.code == 2
    assert "Det är 1 för många: här ryms högst 1.\n" in outcome.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["varfor", "--tabell", "t.csv"], "behov.varfor har inga rader."),
        (["malgrupper", "x", "--tabell", "t.csv"], "inte flera av dem."),
        (["malgrupper", "--hoppa", "x", "--tabell", "t.csv"], "inte flera av dem."),
        (["malgrupper", "--ja"], "--ja hör ihop med --tabell FIL."),
        (["malgrupper", "--tabell", "saknas.csv"], "saknas.csv"),
    ],
)
def test_what_does_not_go_with_a_table_is_told(ny, arguments, told):
    file(ny)
    outcome = ny("svar", "ny", *arguments)
    assert outcome.code != 0
    assert told in outcome.err


def test_a_personal_number_in_a_table_waits_for_consent(ny):
    table = file(ny, "Grupp\n19121212-1212\n")
    arguments = ["svar", "ny", "malgrupper", "--tabell", table, "--ja"]
    assert "innehåller ett personnummer" in ny(*arguments).err
    assert ny("svar", "ny", "malgrupper").out == ""
    assert ny(*arguments, "--medge-personuppgift").code == 0


GROUPS_WITH_TEXTS = [
    question
    for question in BATTERY.questions()
    if question.most_rows != 1 and any(field.kind.is_text for field in question.fields)
]


@pytest.mark.parametrize("asked", GROUPS_WITH_TEXTS, ids=lambda question: question.qid)
def test_every_group_takes_a_table_of_its_own_fields(ny, asked):
    fields = [field for field in asked.fields if not field.retired]
    text = next(field for field in fields if field.kind.is_text)
    heading = ";".join(field.name for field in fields)
    cells = ";".join("Ett ord" if field is text else "" for field in fields)
    assert ny("svar", "ny", asked.qid, "--tabell", file(ny, f"{heading}\n{cells}\n"), "--ja").code == 0
    assert "Ett ord" in ny("svar", "ny", asked.qid).out
