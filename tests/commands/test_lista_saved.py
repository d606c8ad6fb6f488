"""What `utb lista` gives besides rows to read: one calendar of all, a workbook, and what is promised this month."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

from commands.test_lista import TODAY, decisions, due, text_of, write
from test_exports_xlsx import serial, sheets, shown

LETTERS = "<!-- insats: {} -->\n"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: TODAY)


def entries(path):
    return Calendar.from_ical(Path(path).read_bytes()).subcomponents


def uids(path="alla.ics"):
    return sorted(str(entry["uid"]) for entry in entries(path))


def decided_by(role, day, what="Allt"):
    answer = (
        f"#### D1\n\n- **Beslutet gäller:** {what}\n- **Beslutas av:** {role}\n- **Behövs senast:** {day}"
    )
    return {"analys.beslutsgang": answer}


# --------------------------------------------------------------- the calendar


def test_one_calendar_has_the_dates_of_all_and_names_the_initiative_of_each(utb):
    write(utb, "a", "Larma i tid", due("2025-10-01"))
    write(utb, "b", "Trygg start", due("2025-11-01"))
    assert utb("lista", "-o", "alla.ics")[:2] == (0, "alla.ics\n")
    assert [str(entry["summary"]) for entry in entries("alla.ics")] == [
        "Det ska fungera i vardagen (Larma i tid)",
        "Det ska fungera i vardagen (Trygg start)",
    ]


def test_files_of_the_same_name_in_two_folders_have_entries_of_their_own(utb, monkeypatch):
    for unit in ("norr", "syd"):
        (utb.folder / unit / "insatser").mkdir(parents=True)
        (utb.folder / unit / "insatser" / "intro.md").write_text(text_of("Intro", due("2025-10-01")), "utf-8")
    for unit in ("norr", "syd"):
        monkeypatch.chdir(utb.folder / unit)
        assert utb("lista", "-o", "../alla.ics" if unit == "norr" else "../syd.ics").code == 0
    assert len({*uids(utb.folder / "alla.ics"), *uids(utb.folder / "syd.ics")}) == 2


def test_a_renamed_initiative_keeps_its_entries_and_the_earlier_file_is_the_memory(utb):
    path = write(utb, "larm", "Larma i tid", due("2025-10-01"))
    path.write_text(LETTERS.format("bcdfghjkmn") + path.read_text("utf-8"), "utf-8")
    utb("lista", "-o", "alla.ics")
    before = uids()
    path.rename(path.with_name("nytt-namn.md"))
    outcome = utb("lista", "-o", "alla.ics")
    assert (outcome.err, uids()) == ("Filen fanns redan och är likadan.\n", before)
    renamed = path.with_name("nytt-namn.md")
    renamed.write_text(renamed.read_text("utf-8").replace("2025-10-01", "2025-10-02"), "utf-8")
    first = entries("alla.ics")[0]["sequence"]
    assert utb("lista", "-o", "alla.ics").code == 0
    assert (uids(), entries("alla.ics")[0]["sequence"] > first) == (before, True)


def test_a_calendar_with_nothing_to_tell_is_not_saved(utb):
    write(utb, "larm")
    outcome = utb("lista", "-o", "alla.ics")
    assert (outcome.code, outcome.out, Path("alla.ics").exists()) == (0, "", False)
    assert "Ingen fil har sparats." in outcome.err


def test_a_file_that_somebody_else_has_written_is_left_as_it_is(utb):
    write(utb, "larm", answers=due("2025-10-01"))
    Path("alla.ics").write_text("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "utf-8")
    assert utb("lista", "-o", "alla.ics").code == 4
    outcome = utb("lista", "-o", "alla.ics", "--ersatt")
    assert (outcome.code, len(entries("alla.ics"))) == (0, 1)
    assert "hade ingen läsbar post från den här insatsen" in outcome.err


# ---------------------------------------------------------------- the formats


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--format", "ics"], "ics går inte att visa i terminalen. Ange en fil med -o."),
        (["--format", "xlsx", "-o", "-"], "xlsx går inte att visa i terminalen. Ange en fil med -o."),
        (["--format", "csv", "-o", "alla.ics"], "slutar på .ics, men --format säger csv."),
        (["-o", "alla.pdf"], "Formatet ”pdf” finns inte."),
    ],
    ids=" ".join,
)
def test_what_cannot_be_given_so_is_refused_in_a_sentence(utb, args, said):
    write(utb, "larm", answers=due("2025-10-01"))
    outcome = utb("lista", *args)
    assert (outcome.code, said in outcome.err) == (2, True)


@pytest.mark.parametrize("name", ["lista.txt", "lista.csv", "lista.json", "lista.md"])
def test_a_saved_list_is_the_one_that_is_shown(utb, name):
    write(utb, "larm", answers=due("2025-10-01"))
    form = "text" if name == "lista.txt" else name.removeprefix("lista.")
    given = utb("lista", "--format", form).out
    assert utb("lista", "-o", name)[:2] == (0, f"{name}\n")
    assert Path(name).read_text("utf-8").startswith(given)
    assert utb("lista", "-o", name).err.startswith("Filen fanns redan och är likadan.")


def test_a_workbook_has_days_as_days_and_a_row_for_everything_that_is_due(utb):
    write(utb, "larm", "Larma i tid", {**due("oktober 2025"), **decided_by("Chefen", "2025-09-01")})
    assert utb("lista", "-o", "alla.xlsx").code == 0
    read = sheets(Path("alla.xlsx").read_bytes())
    row = dict(zip(shown(read["Insatser"][0]), shown(read["Insatser"][1]), strict=True))
    assert (row["Titel"], row["Nästa sista dag"], row["Försenat"]) == (
        "Larma i tid",
        serial(date(2025, 9, 1)),
        1,
    )
    assert [shown(row)[4:] for row in read["Datum"][1:]] == [
        [serial(date(2025, 9, 1)), serial(date(2025, 9, 1)), "Ja", "Chefen"],
        [serial(date(2025, 10, 1)), serial(date(2025, 10, 31)), "", ""],
    ]


@pytest.mark.parametrize("answers", [None, {}], ids=["no initiative", "no date"])
def test_a_workbook_is_saved_also_where_there_is_nothing_to_list(utb, answers):
    (utb.folder / "insatser").mkdir()
    if answers is not None:
        write(utb, "larm", answers=answers)
    assert utb("lista", "-o", "alla.xlsx").code == 0
    read = sheets(Path("alla.xlsx").read_bytes())
    assert [len(read["Insatser"]), len(read["Datum"])] == [1 if answers is None else 2, 1]


@pytest.mark.parametrize("form", ["txt", "csv", "json", "md", "html", "xlsx", "ics"])
def test_a_list_is_saved_whatever_letters_there_are_in_the_name_of_a_file(utb, form):
    (utb.folder / "insatser").mkdir()
    for name in (b"l\xe5ng", b"l\x1b[31mng"):
        path = utb.folder / "insatser" / os.fsdecode(name + b".md")
        try:
            path.write_text(text_of("", due("2025-10-01")), "utf-8")
        except OSError:
            pytest.skip("the disk takes no such name")
    outcome = utb("lista", "-o", f"alla.{form}")
    assert (outcome.code, outcome.out) == (0, f"alla.{form}\n")
    assert b"\x1b" not in Path(f"alla.{form}").read_bytes() or form == "xlsx"


# -------------------------------------------------------------- what is promised


def test_this_month_is_told_per_initiative_with_who_sees_to_it(utb):
    answers = {**due("2025-12-01"), **decided_by("Chef *A*", "2025-09-20")}
    write(utb, "larm", "Larma i tid", answers)
    write(utb, "senare", answers=due("2025-10-01"))
    outcome = utb("lista", "--fore", "denna månad", "--format", "md")
    assert outcome.out == (
        "Det här väntar till och med 2025-09-30:\n\n"
        "**Larma i tid**\n\n- 2025-09-20: Beslut behövs: D1 Allt (Chef \\*A\\*)\n"
    )
    text = utb("lista", "--fore", "denna månad").out
    assert "  2025-09-20: Beslut behövs: D1 Allt (Chef *A*)\n" in text
    assert "2025-12-01" not in text


def test_a_role_sees_what_it_has_promised_and_not_what_others_have(utb):
    late = {**due("2025-09-16"), **decided_by("Verksamhetschef", "2025-09-01")}
    write(utb, "larm", "Larma i tid", late)
    write(utb, "annan", answers=decided_by("Vårdenhetschef", "2025-09-20"))
    out = utb("lista", "--roll", "verksamhetschef").out
    assert "  Skulle ha skett 2025-09-01: Beslut behövs: D1 Allt (Verksamhetschef)\n" in out
    assert ("2025-09-16" in out, "annan" in out) == (False, False)
    promised = json.loads(utb("lista", "--roll", "verksamhetschef", "--format", "json").out)[0]["datum"]
    assert [(said["vad"], said["roll"]) for said in promised] == [
        ("Beslut behövs: D1 Allt", "Verksamhetschef")
    ]


def test_who_leads_an_initiative_sees_all_that_is_due_in_it(utb):
    leader = {"om.processledare_roll": "Lärandestrateg"}
    write(utb, "larm", answers={**leader, **due("2025-09-16"), **decided_by("Chefen", "2025-09-20")})
    out = utb("lista", "--roll", "lärandestrateg", "--fore", "2025-09-30").out
    assert ("2025-09-16" in out, "2025-09-20" in out) == (True, True)


def test_a_role_without_anything_that_has_a_date_is_told_so(utb):
    write(utb, "larm", answers={**due("2025-09-16"), **decided_by("Chefen", "2025-09-20")})
    path = write(utb, "klar", answers=decisions(galler="Allt", utfall="Ja, enligt förslaget"))
    text = path.read_text("utf-8").replace("- **Det blev:**", "- **Beslutas av:** Nämnden\n- **Det blev:**")
    path.write_text(text, "utf-8")
    assert "  Inget med datum väntar på rollen.\n" in utb("lista", "--roll", "nämnden").out
    assert "- Inget med datum väntar på rollen.\n" in utb("lista", "--roll", "nämnden", "--format", "md").out


# ------------------------------------------------------ what is to be learnt again


def learnt_again(utb, title, day):
    """An initiative that has ended, and whose demand is to be met again on a day."""
    behov = "{varfor: Därför, krav: lag_foreskrift, krav_intervall: varje_ar}"
    follow_up = f"{{nasta_steg: avsluta, krav_nasta: {day}}}"
    Path("svar.yaml").write_text(f"svar:\n  behov: {behov}\n  uppfoljning: {follow_up}\n", "utf-8")
    assert utb("ny", title, "--svar", "svar.yaml").code == 0


def test_a_demand_is_told_of_a_quarter_ahead_also_where_the_initiative_has_ended(utb):
    write(utb, "annan", answers=due("2026-03-01"))
    learnt_again(utb, "Hot och våld", "2025-12-10")
    learnt_again(utb, "Senare", "2026-06-01")
    outcome = utb("lista", "--format", "json")
    assert [entry["titel"] for entry in json.loads(outcome.out)] == ["Hot och våld", "annan", "Senare"]
    assert outcome.err == "3 insatser.\nHot och våld: kravet ska uppfyllas igen 2025-12-10.\n"
