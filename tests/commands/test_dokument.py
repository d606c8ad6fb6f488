"""`utb dokument`: documents made from the answers, in every format, never over one that was edited."""

from __future__ import annotations

import os
import re
import sys
import zipfile
from datetime import date
from io import BytesIO, StringIO

import pytest

from making import ROOT, page_count
from utbildningsprocess import cli
from utbildningsprocess.cli.completion import documents
from utbildningsprocess.documents.kinds import EVERY_KIND, EVERYTHING, PAGES
from utbildningsprocess.documents.template import FORBIDDEN, TOO_MUCH
from utbildningsprocess.errors import TO_COPY, WrongUse
from utbildningsprocess.exports import extras
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.files.roots import template_text

NAMES = [kind.id for kind in PAGES]
OVER = "Inbjudan har inget tillfälle att bjuda in till, för alla har varit eller är inställda.\n"
SURVEY = """Utvärderingsenkät: det här står inte med, för ingen har svarat: kontakt.
Skriv i enkäten vem som ser svaren.
"""
NOTES = {"inbjudan": OVER, "enkat": SURVEY}
"""What is said of the example, whose occasions have all been."""


def test_what_can_be_made_is_listed_with_what_is_missing(utb):
    utb.dossier("Ny")
    out = utb("dokument").out
    listed = [line.partition(":")[0] for line in out.splitlines()[3:] if line and line[0].islower()]
    assert listed[: len(NAMES)] == NAMES
    assert (
        "beslutsunderlag: Beslutsunderlag, för beställaren\n  Går att göra, men svar saknas: Vad vill ni"
        in out
    )
    utb.example()
    assert (
        "beslutsunderlag: Beslutsunderlag, för beställaren\n  Klart att använda.\n"
        in utb("dokument", "trygg").out
    )
    assert f"inbjudan: Inbjudan, för deltagarna\n  {OVER}" in utb("dokument", "trygg").out


def test_completion_offers_just_the_documents_there_are():
    assert documents("") == [*(kind.id for kind in EVERY_KIND), EVERYTHING]


@pytest.mark.parametrize("name", NAMES)
def test_every_document_is_read_as_text_and_nothing_is_written(utb, name):
    utb.example()
    outcome = utb("dokument", name)
    assert (outcome.code, outcome.err) == (0, NOTES.get(name, ""))
    assert outcome.out.startswith("# ")
    assert "utb:" not in outcome.out
    assert not (utb.folder / "dokument").exists()


def test_a_name_may_be_short_or_spelt_with_diacritics(utb):
    utb.example()
    assert utb("dokument", "Lärresa").out == utb("dokument", "larresa").out
    assert utb("dokument", "besl").out == utb("dokument", "beslutsunderlag").out


def test_an_unknown_document_is_answered_with_the_nearest(utb):
    utb.example()
    outcome = utb("dokument", "beslutsunderlog")
    assert (outcome.code, outcome.err) == (
        2,
        "Fel: Dokumentet ”beslutsunderlog” finns inte. Menade du beslutsunderlag?\n",
    )
    assert utb("dokument", "tabell", "trygg").err.endswith(" Menade du tabeller?\n")
    assert utb("dokument", "xyz", "trygg").err.endswith(
        "lardomar, overlamning, dossier, tabeller, kalender, lage, alla.\n"
    )


@pytest.mark.parametrize("name", ["läsexemplar", "Lasexemplar", "läs"])
def test_the_whole_dossier_is_also_called_a_reading_copy(utb, name):
    utb.example()
    outcome = utb("dokument", name)
    assert outcome.code == 0
    assert outcome == utb("dokument", "dossier")


def test_the_list_says_when_the_diagnosis_points_at_something_else_than_learning(utb):
    utb.example()
    assert "Diagnosen" not in utb("dokument").out
    utb.dossier("Ny", noll="inget_markbart")
    outcome = utb("dokument", "ny")
    assert outcome.code == 0
    assert outcome.out.splitlines()[2] == (
        "Diagnosen pekar på: att låta bli. Ni ser inget glapp, eller inget märkbart händer om ni låter bli. "
        "Dokumenten går att göra ändå."
    )


@pytest.mark.parametrize(
    ("form", "begins"), [("md", b"# "), ("html", b"<!"), ("docx", b"PK"), ("pdf", b"%PDF-")]
)
def test_a_document_is_saved_in_its_folder_and_the_same_bytes_twice(utb, form, begins):
    utb.example()
    args = ("dokument", "lardomar", "trygg", "--format", form)
    assert utb(*args).out == f"dokument/trygg-start/lardomar.{form}\n"
    path = utb.folder / "dokument" / "trygg-start" / f"lardomar.{form}"
    first = path.read_bytes()
    assert first.startswith(begins)
    path.unlink()
    utb(*args)
    assert path.read_bytes() == first
    assert utb(*args).err == "Filen fanns redan och är likadan.\n"


def test_a_file_somebody_has_edited_is_left_alone(utb):
    utb.example()
    path = utb.folder / "besked.md"
    path.write_text("Mina ändringar\n", "utf-8")
    outcome = utb("dokument", "lardomar", "trygg", "-o", "besked.md")
    assert outcome.code == 4
    assert "--ersatt" in outcome.err
    assert path.read_text("utf-8") == "Mina ändringar\n"
    assert utb("dokument", "lardomar", "trygg", "-o", "besked.md", "--ersatt").code == 0
    assert path.read_text("utf-8").startswith("# ")


def test_what_is_typed_below_the_proof_of_a_file_is_an_edit_too(utb):
    utb.example()
    path = utb.folder / "dokument" / "trygg-start" / "lardomar.md"
    args = ("dokument", "lardomar", "trygg", "--format", "md")
    utb(*args)
    made = path.read_text("utf-8")
    path.write_text(f"{made}Ring Bo.\n", "utf-8")
    outcome = utb(*args)
    assert (outcome.code, outcome.out) == (4, "")
    assert "--ersatt" in outcome.err
    assert path.read_text("utf-8") == f"{made}Ring Bo.\n"
    assert utb(*args, "--ersatt").code == 0
    assert path.read_text("utf-8") == made


def test_what_was_made_before_is_made_anew_when_an_answer_has_changed(utb):
    dossier = utb.example()
    utb("dokument", "alla", "--format", "html")
    dossier.write_text(dossier.read_text("utf-8").replace("Trygg start", "Tryggare start", 1), "utf-8")
    outcome = utb("dokument", "alla", "--format", "html")
    assert (outcome.code, outcome.err) == (0, OVER + SURVEY)
    path = utb.folder / "dokument/trygg-start/lardomar.html"
    assert "Tryggare start" in path.read_text("utf-8")
    path.write_text("Egen text.", "utf-8")
    assert utb("dokument", "alla", "--format", "html").code == 4
    assert path.read_text("utf-8") == "Egen text."


def test_the_ending_of_the_file_tells_the_format(utb):
    utb.example()
    assert utb("dokument", "lardomar", "trygg", "-o", "ut.html").code == 0
    assert (utb.folder / "ut.html").read_text("utf-8").startswith("<!")
    assert utb("dokument", "lardomar", "trygg", "-o", "ut.odt").code == 2
    assert utb("dokument", "lardomar", "trygg", "-o", "ut.PDF").code == 0
    assert (utb.folder / "ut.PDF").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (
            ("lardomar", "-o", "x.pdf", "--format", "docx"),
            "x.pdf slutar på .pdf, men --format säger docx. Ändra det ena.",
        ),
        (
            ("lardomar", "-o", "x"),
            "x har ingen ändelse som säger vilket format det gäller. Skriv till exempel x.md, eller lägg till --format.",
        ),
        (
            ("tabeller", "-o", "x.ics", "--format", "xlsx"),
            "x.ics slutar på .ics, men --format säger xlsx. Ändra det ena.",
        ),
        (
            ("lardomar", "-o", "-", "--format", "pdf"),
            "pdf går inte att visa i terminalen. Ange en fil med -o.",
        ),
        (("kalender", "-o", "x.md"), "x.md slutar på .md, men det här sparas som ics. Ändra namnet."),
        (("kalender", "-o", "-"), "ics går inte att visa i terminalen. Ange en fil med -o."),
        (("lardomar", "-o", "insatser"), "insatser är en mapp. Ange en fil med -o."),
        (("lardomar", "-o", "x" * 300, "--format", "md"), None),
    ],
)
def test_a_file_that_does_not_go_with_its_format_is_refused(utb, args, said):
    utb.example()
    before = sorted(utb.folder.rglob("*"))
    name, *more = args
    outcome = utb("dokument", name, "trygg", *more)
    assert outcome.out == ""
    assert outcome.err.count("\n") == 1
    assert said is None or (outcome.code, outcome.err) == (2, f"Fel: {said}\n")
    assert sorted(utb.folder.rglob("*")) == before


def test_a_dash_writes_text_to_standard_out_as_its_file_would_be(utb):
    utb.example()
    for form, args in (("md", ()), ("html", ("--format", "html"))):
        utb("dokument", "larresa", "trygg", "--format", form)
        outcome = utb("dokument", "larresa", "trygg", "-o", "-", *args)
        saved = (utb.folder / f"dokument/trygg-start/larresa.{form}").read_text("utf-8")
        assert (outcome.code, outcome.out) == (0, saved)


def test_the_help_says_what_can_be_made_and_when_it_is_saved(utb):
    said = " ".join(utb("dokument", "--help").out.split())
    assert all(word in said for word in (EVERYTHING, *FileFormat, "tabeller", "kalender"))
    assert "som med ”alla”, är det en mapp." in said


def test_the_sources_of_what_a_document_says_are_shown_or_saved_beside_it(utb):
    utb.example()
    shown = utb("dokument", "beslutsunderlag", "--kallor")
    assert (shown.code, shown.err) == (0, "")
    assert re.search(r"\n\*\*Kostnad för lärandet:\*\* 939 timmar[⁰¹²³⁴-⁹]", shown.out)
    assert "\n## Källor\n\n1. Initiativets titel" in shown.out
    saved = utb("dokument", "beslutsunderlag", "--kallor", "--format", "html").out.strip()
    assert saved.endswith("/beslutsunderlag-kallor.html")
    assert 'href="#kalla-1"' in (utb.folder / saved).read_text("utf-8")
    plain = utb("dokument", "beslutsunderlag", "--format", "html").out.strip()
    assert "kalla" not in (utb.folder / plain).read_text("utf-8")
    assert "kalla" in (utb.folder / saved).read_text("utf-8")


@pytest.mark.parametrize(
    "args",
    [
        ("beslutsunderlag", "--format", "pdf"),
        ("beslutsunderlag", "-o", "beslut.docx"),
        ("inbjudan", "--format", "txt"),
        ("inbjudan", "--format", "ics"),
        ("tabeller",),
        ("kalender",),
        ("alla",),
        ("alla", "--format", "md"),
        (),
    ],
)
def test_sources_are_shown_in_one_document_at_a_time_that_can_hold_them(utb, args):
    utb.example()
    outcome = utb("dokument", *args, "--kallor")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "Fel: Källor går att visa i ett dokument i taget, som md eller html.\n"
    assert not (utb.folder / "dokument").exists()


def test_tables_and_calendar_have_a_format_of_their_own(utb):
    utb.example()
    assert utb("dokument", "tabeller").out == "dokument/trygg-start/tabeller.xlsx\n"
    assert utb("dokument", "kalender").out == "dokument/trygg-start/kalender.ics\n"
    assert (utb.folder / "dokument/trygg-start/kalender.ics").read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    assert zipfile.is_zipfile(BytesIO((utb.folder / "dokument/trygg-start/tabeller.xlsx").read_bytes()))
    assert utb("dokument", "tabeller", "--format", "pdf").code == 2


def test_an_invitation_can_be_had_as_the_text_of_a_mail_and_nothing_else_can(utb):
    utb.example()
    piped = utb("dokument", "inbjudan", "--format", "txt", "-o", "-")
    assert piped.out.startswith("Ämne: Trygg start")
    assert "utb gjorde filen" not in piped.out
    assert utb("dokument", "inbjudan", "--format", "txt").out == "dokument/trygg-start/inbjudan.txt\n"
    saved = (utb.folder / "dokument/trygg-start/inbjudan.txt").read_text("utf-8")
    assert saved.startswith(f"{piped.out}-- \nutb gjorde filen ")
    refused = utb("dokument", "larresa", "--format", "txt")
    assert refused == (2, "", "Fel: Det här finns inte som txt, bara som md, html, docx eller pdf.\n")


def test_all_of_them_are_made_at_once_and_again_without_change(utb):
    utb.example()
    outcome = utb("dokument", "alla")
    assert (outcome.code, outcome.err) == (0, OVER + SURVEY)
    assert len(outcome.out.splitlines()) == len(NAMES) * 4 + 3
    assert all((utb.folder / line).stat().st_size for line in outcome.out.splitlines())
    again = utb("dokument", "alla")
    assert again == (
        0,
        outcome.out,
        f"{OVER}{SURVEY}{len(NAMES) * 4 + 3} filer fanns redan och är likadana.\n",
    )


def test_one_cause_that_stops_many_files_is_told_once(utb):
    utb.example()
    (utb.folder / "dokument").write_text("En fil.", "utf-8")
    outcome = utb("dokument", "alla")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err == (
        "Fel: dokument/trygg-start/beslutsunderlag.md kunde inte sparas: dokument/trygg-start är ingen mapp. "
        f"Kontrollera sökvägen.\nDetsamma gäller {len(NAMES) * 4 + 2} filer till.\n"
    )


def test_every_file_that_somebody_has_edited_is_named(utb):
    utb.example()
    utb("dokument", "alla", "--format", "md")
    for name in ("larresa", "enkat", "lardomar"):
        (utb.folder / f"dokument/trygg-start/{name}.md").write_text("Eget\n", "utf-8")
    over, first, others, last = utb("dokument", "alla", "--format", "md").err.splitlines()
    assert f"{over}\n" == OVER
    assert first == f"{len(NAMES) - 3} filer fanns redan och är likadana."
    assert others.startswith("Fel: dokument/trygg-start/larresa.md finns redan och ser annorlunda ut.")
    assert last == "Detsamma gäller 2 filer till: enkat.md, lardomar.md"


@pytest.mark.parametrize("out", ["alla.pdf", "ut/alla.DOCX", "-"])
def test_all_documents_are_saved_in_a_folder_and_no_file(utb, out):
    utb.example()
    outcome = utb("dokument", "alla", "trygg", "-o", out)
    assert (outcome.code, outcome.out) == (2, "")
    assert "en mapp" in outcome.err
    assert not (utb.folder / "ut").exists()


def test_what_is_wrong_with_a_document_is_told_once_however_many_formats_it_is_made_in(utb, monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2025, 2, 1))
    path = utb.example()
    before, marker, after = path.read_text("utf-8").partition("<!-- utb:genomforande.inbjudan -->\n")
    path.write_text(f"{before}{marker}{'ord ' * 300}\n{after}", "utf-8")
    own_folder(utb, "lardomar.md.j2", text="Text.\n")
    told = utb("dokument", "alla").err
    assert told.count("Korta den gärna till högst 200.") == 1
    assert told.count("mina/lardomar.md.j2") == 1


def test_in_a_terminal_pictures_are_lists_and_in_a_file_also_drawn(utb, monkeypatch):
    utb.example()
    assert "```mermaid\nflowchart LR\n" in utb("dokument", "uppdragsbeskrivning").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    shown = utb("dokument", "uppdragsbeskrivning").out
    assert "flowchart" not in shown
    assert "Aktiviteter: A2, A3" in shown


def test_a_calendar_is_left_alone_until_a_day_in_it_moves(utb):
    dossier = utb.dossier("Ny", klart_senast="2099-01-01")
    path = utb.folder / "dokument/ny/kalender.ics"
    utb("dokument", "kalender")
    old = path.read_bytes().replace(b"DTSTAMP:20", b"DTSTAMP:19").replace(b"SEQUENCE:", b"SEQUENCE:1")
    path.write_bytes(old)
    outcome = utb("dokument", "kalender")
    assert (outcome.code, outcome.err) == (0, "Filen fanns redan och är likadan.\n")
    assert path.read_bytes() == old
    dossier.write_text(dossier.read_text("utf-8").replace("2099-01-01", "2099-01-02"), "utf-8")
    assert utb("dokument", "kalender").code == 4
    assert utb("dokument", "kalender", "--ersatt").code == 0
    assert b"DTSTAMP:19" not in path.read_bytes()


FORGOTTEN = "så alla poster räknas som nya.\n"


@pytest.mark.parametrize(
    ("present", "said"),
    [
        (b"Fikalista\n", "Det som låg där gick inte att läsa som en kalender, "),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:fika\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
         "Kalendern som låg där hade ingen läsbar post från den här insatsen, "),
    ],
    ids=["broken", "foreign"],
)  # fmt: skip
def test_a_calendar_in_the_place_of_something_else_says_that_it_remembers_nothing(utb, present, said):
    utb.dossier("Ny", klart_senast="2099-01-01")
    path = utb.folder / "egen.ics"
    path.write_bytes(present)
    assert utb("dokument", "kalender", "-o", "egen.ics").code == 4
    assert path.read_bytes() == present
    outcome = utb("dokument", "kalender", "-o", "egen.ics", "--ersatt")
    assert outcome == (0, "egen.ics\n", f"egen.ics: {said}{FORGOTTEN}")
    assert utb("dokument", "kalender", "-o", "egen.ics").err == "Filen fanns redan och är likadan.\n"


@pytest.mark.parametrize("command", [("kalender",), ("alla", "--format", "ics")])
def test_the_only_occasion_is_said_to_be_called_off_when_its_row_is_gone(utb, command):
    utb.dossier("Ny")
    utb("svar", "ny", "tillfallen", '[{"datum": "2099-01-01"}]')
    assert utb("dokument", "kalender").code == 0
    assert utb("svar", "ny", "tillfallen", "--hoppa", "Det blev inget.").code == 0
    outcome = utb("dokument", *command)
    assert (outcome.code, outcome.out, outcome.err) == (0, "dokument/ny/kalender.ics\n", "")
    assert "SUMMARY:INSTÄLLT: Tillfälle" in (utb.folder / "dokument/ny/kalender.ics").read_text("utf-8")


def test_a_calendar_without_a_day_is_not_saved(utb):
    utb.dossier("Ny")
    empty = "Inget i dossiern har ett datum att lägga i kalendern, eller så har allt redan hänt."
    assert utb("dokument", "kalender") == (0, "", f"{empty} Ingen fil har sparats.\n")
    assert not (utb.folder / "dokument").exists()
    outcome = utb("dokument", "alla")
    assert (outcome.code, len(outcome.out.splitlines())) == (0, len(NAMES) * 4 + 2)
    left_out, survey, *further = outcome.err.splitlines()
    assert left_out.startswith("Inbjudan: det här står inte med, för ingen har svarat: tillfällen, en text")
    assert survey.endswith(": hur svaren hanteras och kontakt.")
    assert further == [f"{empty} Ingen kalender har sparats."]


def test_a_calendar_keeps_its_addresses_when_the_initiative_is_renamed(utb):
    dossier = utb.example()
    utb("dokument", "kalender", "-o", "forst.ics")
    dossier.write_text(dossier.read_text("utf-8").replace("Trygg start", "Tryggare start", 1), "utf-8")
    utb("dokument", "kalender", "-o", "sedan.ics")
    first, second = ((utb.folder / name).read_bytes() for name in ("forst.ics", "sedan.ics"))
    assert b"Tryggare start" in second
    uids = [[line for line in data.split(b"\r\n") if line.startswith(b"UID:")] for data in (first, second)]
    assert uids[0] == uids[1] != []


def test_one_format_of_all(utb):
    utb.example()
    assert len(utb("dokument", "alla", "--format", "html", "-o", "ut").out.splitlines()) == len(NAMES)
    assert sorted(path.suffix for path in (utb.folder / "ut").iterdir()) == [".html"] * len(NAMES)


@pytest.mark.parametrize(
    ("module", "args", "library"),
    [
        ("docx", ("lardomar", "trygg", "--format", "docx"), "python-docx"),
        ("typst", ("lardomar", "trygg", "--format", "pdf"), "typst"),
        ("xlsxwriter", ("tabeller", "trygg"), "xlsxwriter"),
        ("icalendar", ("kalender", "trygg"), "icalendar"),
    ],
)
def test_a_missing_extra_is_a_sentence_with_its_command(utb, monkeypatch, module, args, library):
    utb.example()
    monkeypatch.setitem(sys.modules, module, None)
    outcome = utb("dokument", *args)
    assert (outcome.code, outcome.out) == (2, "")
    assert sys.executable in outcome.err
    assert f' -m pip install "{library}' in outcome.err.lower()
    assert outcome.err.startswith("Fel: ")
    assert outcome.err.count("\n") == 2


def test_a_command_to_copy_stands_in_a_line_of_its_own_that_is_never_broken(monkeypatch):
    class Narrow(StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Narrow())
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("NO_COLOR", "1")
    long = "/en/mycket/lang/plats/bin/python3 -m pip install 'typst<0.16,>=0.15'"
    cli._complain(WrongUse(f"PDF-filer kräver ett tillägg, som du installerar med:{TO_COPY}{long}"))
    said = "Fel: PDF-filer kräver ett tillägg, som\ndu installerar med:"
    assert sys.stderr.getvalue() == f"{said}\n    {long}\n"


def test_without_an_extra_the_rest_is_made_all_the_same(utb, monkeypatch):
    utb.example()
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setitem(sys.modules, "docx", None)
    outcome = utb("dokument", "alla")
    assert outcome.code == 0
    assert len(outcome.out.splitlines()) == len(NAMES) * 2 + 3
    told = outcome.err.removeprefix(OVER + SURVEY)
    assert (told.count("\n"), told.count(' -m pip install "')) == (2, 1)
    assert told.startswith("Word-filer och PDF-filer kräver tillägg, som du installerar med:\n    ")
    asked = utb("dokument", "alla", "--format", "pdf")
    assert (asked.code, asked.out) == (2, "")


@pytest.mark.parametrize(
    ("installed", "command"),
    [
        (("/v", "/v/bin/python", True), '/v/bin/python -m pip install "typst'),
        (("/a&b", "/a&b/bin/python", True), '"/a&b/bin/python" -m pip install "typst'),
        (("/v v", "/v v/bin/python", True), '"/v v/bin/python" -m pip install "typst'),
        (("/u/tools/utb", "/u/python", False), 'uv pip install --python /u/python "typst'),
        (("/opt/pipx/venvs/utb", "/p/python", True), 'pipx inject utbildningsprocess "typst'),
        (("C:\\x\\pipx\\venvs\\utb", "C:\\p.exe", False), 'pipx inject utbildningsprocess "typst'),
    ],
)
def test_the_command_fits_what_installed_the_program(utb, monkeypatch, installed, command):
    prefix, program, has_pip = installed
    utb.example()
    monkeypatch.setitem(sys.modules, "typst", None)
    monkeypatch.setattr(sys, "prefix", prefix)
    monkeypatch.setattr(sys, "executable", program)
    monkeypatch.setattr(extras, "find_spec", lambda _: has_pip or None)
    assert f"installerar med:\n    {command}" in utb("dokument", "lardomar", "--format", "pdf").err


def test_an_add_on_that_is_too_old_or_broken_is_told_apart_from_a_missing_one(utb, monkeypatch):
    def broken(_):
        raise OSError

    utb.example()
    monkeypatch.setattr(extras, "version", lambda _: "0.9.9")
    assert (
        "PDF-filer kräver en nyare version av ett tillägg"
        in utb("dokument", "lardomar", "--format", "pdf").err
    )
    monkeypatch.setattr(extras, "version", lambda _: "0.15.10")
    monkeypatch.setattr(extras, "import_module", broken)
    outcome = utb("dokument", "lardomar", "--format", "pdf")
    assert (outcome.code, outcome.err.count("\n")) == (2, 2)
    assert "är installerat men inte går att läsa in" in outcome.err


def test_a_template_of_ones_own_is_used_and_an_error_in_it_told_with_its_line(utb):
    utb.example()
    (utb.folder / "utb.yaml").write_text("mallar: mina\n", "utf-8")
    (utb.folder / "mina").mkdir()
    own = utb.folder / "mina" / "lardomar.md.j2"
    own.write_text("# Vår egen\n\n{{ svar.behov.varfor }}\n", "utf-8")
    assert utb("dokument", "lardomar").out.startswith("# Vår egen\n")
    assert utb("dokument", "beslutsunderlag").code == 0
    own.write_text("# Vår egen\n\n{{ svar.behov.varfr }}\n", "utf-8")
    outcome = utb("dokument", "lardomar")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("Fel: mina/lardomar.md.j2:3: ")
    assert outcome.err.endswith("”varfr” finns inte. Menade du varfor?\n")
    for text, why in (
        (
            "# Vår egen\n{% if %}\n",
            "mallen går inte att läsa. Kontrollera taggarna {{ }} och {% %} på raden.",
        ),
        ("#\n{{ svar.__class__ }}\n", "mallen går inte att fylla i. "),
        (
            "#\n{{ svar.behov.varfor.text + 1 }}\n",
            "mallen går inte att fylla i. Kontrollera vad raden gör med svaret.",
        ),
        ("#\n{{ titl }}\n", "mallen går inte att fylla i. ”titl” finns inte."),
    ):
        own.write_text(text, "utf-8")
        assert f"Fel: mina/lardomar.md.j2:2: {why}" in utb("dokument", "lardomar").err


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("{% if titel %}\nb\n\nc\n", 2, "{% if %} har inget slut. Lägg till {% endif %}."),
        ("{% if titel %}\nb\n{% else %}\n\nc\n", 2, "{% if %} har inget slut. Lägg till {% endif %}."),
        (
            "{% for a in svar %}\n{% if a %}\n{% endif %}\n\n",
            2,
            "{% for %} har inget slut. Lägg till {% endfor %}.",
        ),
        (
            "{% for a in svar %}\n{% if a %}\n\n{% endfor %}\n",
            3,
            "{% if %} har inget slut. Lägg till {% endif %}.",
        ),
        ("{% set a %}\n{% set b = 1 %}\n\n", 2, "{% set %} har inget slut. Lägg till {% endset %}."),
        ("{% if 1 %}\n{% endfi %}\n", 3, "Taggen {% endfi %} finns inte. Menade du endif?"),
        ("\n{% endif %}\n", 3, "{% endif %} avslutar ingenting. Ta bort den, eller lägg till {% if %} före."),
        ("\n{{ titel\n\nb\n", 3, "Kontrollera taggarna {{ }} och {% %} på raden."),
        ("{% else %}\n", 2, "{% else %} passar inte här. Den hör hemma efter {% if %} eller {% for %}."),
        ("{# x\n\n", 2, "Kommentaren {# har inget slut. Lägg till #}."),
        ("\n{{ titel | kot(3) }}\n", 3, "Filtret ”kot” finns inte. Menade du kort?"),
        ("{{ titel is definied }}\n", 2, "Testet ”definied” finns inte. Menade du defined?"),
    ],
)
def test_a_template_that_cannot_be_read_says_where_it_began(utb, text, line, why):
    utb.dossier("Ny")
    own_folder(utb)
    (utb.folder / "mina" / "lardomar.md.j2").write_text(f"# Vår egen\n{text}", "utf-8")
    said = f"Fel: mina/lardomar.md.j2:{line}: mallen går inte att läsa. {why}"
    assert utb("dokument", "lardomar").err.splitlines()[0].startswith(said)


@pytest.mark.parametrize(
    ("tag", "why"),
    [
        ("{% include 'enkat.md.j2' %}", FORBIDDEN),
        ("{% extends 'enkat.md.j2' %}", FORBIDDEN),
        ("{% import 'enkat.md.j2' as enkat %}", FORBIDDEN),
        ("{% from 'enkat.md.j2' import a %}", FORBIDDEN),
        ("{% for a in range(1000000000) %}a{% endfor %}", TOO_MUCH),
        ("{{ 'x' * 10 ** 15 }}", TOO_MUCH),
        ("{% if titel %}{{ titel | kot }}{% endif %}", "Filtret ”kot” finns inte. Menade du kort?"),
    ],
)
def test_a_template_cannot_use_other_files_or_take_all_memory(utb, tag, why):
    utb.dossier("Ny")
    own_folder(utb)
    (utb.folder / "mina" / "lardomar.md.j2").write_text(f"# Vår egen\n\n{tag}\n", "utf-8")
    said = f"Fel: mina/lardomar.md.j2:3: mallen går inte att fylla i. {why}\n"
    assert utb("dokument", "lardomar") == (3, "", said)


def test_a_word_template_that_is_none_is_named(utb):
    utb.dossier("Ny")
    own_folder(utb, "bas.docx")
    for args in (("dokument", "lardomar", "ny"), ("samtal", "analys", "ny")):
        outcome = utb(*args, "--format", "docx")
        assert (outcome.code, outcome.out) == (3, "")
        assert outcome.err.startswith("Fel: mina/bas.docx går inte att läsa som en Word-fil; ")


def test_what_needs_no_template_is_made_when_their_folder_is_missing(utb):
    utb.example()
    with_settings(utb, "mallar: mina\n")
    outcome = utb("dokument", "alla", "trygg")
    assert (outcome.code, len(outcome.out.splitlines())) == (3, 2)
    assert outcome.err == "Fel: Mappen mina finns inte. Skapa den, eller ta bort raden i utb.yaml.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ger ett tomt dokument. En mall börjar med en rubrik: # {{ titel }}"),
        ("{# inget #}\n", "ger ett tomt dokument. En mall börjar med en rubrik: # {{ titel }}"),
        ("Text.\n", "börjar inte med en rubrik på nivå 1. Skriv till exempel: # {{ titel }}"),
    ],
)
def test_a_template_without_a_heading_is_told_of(utb, text, said):
    utb.dossier("Ny")
    own_folder(utb, "lardomar.md.j2", text=text)
    outcome = utb("dokument", "lardomar")
    assert (outcome.code, outcome.err) == (0, f"mina/lardomar.md.j2 {said}\n")


def test_a_template_that_is_not_used_is_told_of_when_its_name_is_nearly_right(utb):
    utb.example()
    own_folder(
        utb, "lardommar.md.j2", "Enkat.md.j2", "larresa.md", "noter.md.j2", "README.md", "lardomar.bak"
    )
    assert utb("dokument").err == ""
    said = [
        line.split(" används inte: ingen mall heter så. ")
        for line in utb("dokument", "lardomar").err.splitlines()
    ]
    assert said == [
        ["mina/Enkat.md.j2", "Menade du enkat.md.j2?"],
        ["mina/lardommar.md.j2", "Menade du lardomar.md.j2?"],
        ["mina/larresa.md", "Menade du larresa.md.j2?"],
    ]


def test_a_guide_is_printed_as_a_word_file(utb):
    utb.dossier("Ny")
    outcome = utb("samtal", "analys", "ny", "--format", "docx")
    assert (outcome.code, outcome.out) == (0, "samtal-analys-ny.docx\n")
    content = zipfile.ZipFile(utb.folder / "samtal-analys-ny.docx").read("word/document.xml").decode()
    assert "Hur mycket hindrar det här?" in content
    assert "utb:" not in content
    assert "[nyckel analys/svar//" in content


# --------------------------------------------------------------- where it may stand


def with_settings(utb, text):
    (utb.folder / "utb.yaml").write_text(text, "utf-8")


def own_folder(utb, *names, text="# Eget\n"):
    """A folder of the organisation's own questions and templates."""
    with_settings(utb, "fragor: mina\nmallar: mina\n")
    (utb.folder / "mina").mkdir()
    for name in names:
        (utb.folder / "mina" / name).write_text(text, "utf-8")


@pytest.mark.parametrize("more", [(), ("--ersatt",)])
@pytest.mark.parametrize(
    "name",
    [
        *(
            "insatser/trygg-start.md",
            "kopia.md",
            "kopia.txt",
            "utb.yaml",
            "insatser/ny.html",
            "insatser/djup/ny.md",
        ),
        *("mina/lardomar.md.j2", "mina/ny.md", "lank.md"),
    ],
)
def test_a_made_file_never_stands_where_somebody_writes(utb, name, more):
    dossier = utb.dossier("Trygg start")
    own_folder(utb, "lardomar.md.j2")
    for copy in ("kopia.md", "kopia.txt"):
        (utb.folder / copy).write_bytes(dossier.read_bytes())
    (utb.folder / "lank.md").symlink_to(dossier)
    before = {path: path.read_bytes() for path in utb.folder.rglob("*") if path.is_file()}
    form = name.rpartition(".")[2] if name.endswith(("html", "txt")) else "md"
    for args in (("dokument", "inbjudan", "--format", form), ("samtal", "analys")):
        if form != "md" and args[0] == "samtal":
            continue
        outcome = utb(
            *args,
            *(() if args[0] == "dokument" or name.endswith(".md") else ("--format", "md")),
            "-o",
            name,
            *more,
        )
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.count("\n") == 1
        assert outcome.err.startswith(f"Fel: {name} ")
        assert outcome.err.endswith(" Inget har skrivits. Välj en annan fil med -o.\n")
        assert "--ersatt" not in outcome.err
    assert {path: path.read_bytes() for path in utb.folder.rglob("*") if path.is_file()} == before


def test_documents_are_made_as_ever_where_all_folders_are_one(utb):
    with_settings(utb, "mapp: .\nmallar: .\n")
    dossier = utb.dossier("Ny")
    assert utb("dokument", "alla", "ny").code == 0
    assert utb("dokument", "lardomar", "ny", "-o", "ut.html").code == 0
    for name in ("ut.md", "utb.yaml", "lardomar.md.j2"):
        assert utb("dokument", "lardomar", "ny", "--format", "md", "-o", name).code == 2
    assert dossier.parent == utb.folder
    with_settings(utb, "mapp: dokument\n")
    (utb.folder / "dokument" / "ny.md").write_bytes(dossier.read_bytes())
    assert utb("dokument", "alla", "ny").code == 0
    assert utb("dokument", "lardomar", "ny", "-o", "dokument/ut.html").code == 2


@pytest.mark.parametrize("command", ["dokument", "samtal"])
def test_only_a_file_can_be_saved_in(utb, command):
    utb.dossier("Trygg start")
    os.mkfifo(utb.folder / "ror.md")
    (utb.folder / "mapp.md").mkdir()
    args = ("dokument", "lardomar", "trygg") if command == "dokument" else ("samtal", "analys", "trygg")
    not_plain = "är ingen vanlig fil. Inget har skrivits. Välj en annan fil med -o.\n"
    for name in ("/dev/full", "/dev/zero", "ror.md"):
        outcome = utb(*args, "--format", "md", "-o", name, "--ersatt")
        assert outcome == (2, "", f"Fel: {name} {not_plain}")
    outcome = utb(*args, "--format", "md", "-o", "mapp.md")
    assert outcome == (2, "", "Fel: mapp.md är en mapp. Ange en fil med -o.\n")


# ------------------------------------------------------------------------ PDF


def test_letters_that_a_pdf_cannot_show_are_told_of(utb):
    path = utb.example()
    path.write_text(path.read_text("utf-8").replace("Startdag med", "Startdag \U0010fffd med"), "utf-8")
    outcome = utb("dokument", "larresa", "--format", "pdf")
    assert outcome.code == 0
    assert outcome.err.startswith("Lärresa: inget typsnitt visar \U0010fffd i PDF-filen.")


def test_more_than_the_one_page_that_is_promised_is_told_of(utb):
    utb.example()
    (utb.folder / "utb.yaml").write_text("mallar: mina\n", "utf-8")
    (utb.folder / "mina").mkdir()
    long = "# Lärdomar\n\n{% for n in range(80) %}\nEtt stycke.\n\n{% endfor %}\n"
    (utb.folder / "mina/lardomar.md.j2").write_text(long, "utf-8")
    outcome = utb("dokument", "lardomar", "--format", "pdf")
    assert outcome.code == 0
    assert outcome.err.endswith(" sidor som PDF. Korta svaren om den ska få plats på en.\n")


def test_where_letters_are_larger_than_ours_the_page_that_is_promised_says_less(utb):
    pytest.importorskip("typst")
    utb.example()
    page = template_text(ROOT, "sida.typ")
    own_folder(utb, "sida.typ", text=page.replace("size: 11pt", "size: 13.5pt", 1))
    (utb.folder / "utb.yaml").write_text("mallar: mina\n", "utf-8")
    outcome = utb("dokument", "beslutsunderlag", "--format", "pdf", "-o", "c.pdf")
    assert (outcome.code, outcome.err) == (0, "")
    assert page_count((utb.folder / "c.pdf").read_bytes()) == 1


def test_a_pdf_program_of_ones_own_has_its_pictures_beside_it_and_its_errors_its_name(utb):
    utb.example()
    (utb.folder / "utb.yaml").write_text("mallar: mina\n", "utf-8")
    own = utb.folder / "mina"
    own.mkdir()
    (own / "logga.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    (own / "sida.typ").write_text(
        '#set document(title: "T")\n#image("logga.svg", alt: "Vår logga")\n', "utf-8"
    )
    assert utb("dokument", "lardomar", "--format", "pdf").code == 0
    (own / "sida.typ").write_text("\n#finns-inte\n", "utf-8")
    outcome = utb("dokument", "enkat", "--format", "pdf")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("Fel: mina/sida.typ:2: mallen går inte att sätta.")


def test_the_word_for_esther_of_the_dossier_goes_before_that_of_the_settings(utb):
    (utb.folder / "utb.yaml").write_text("esther: patienten\n", "utf-8")
    utb.example()
    assert "**Vad patienten ska märka:**" in utb("dokument", "beslutsunderlag", "-o", "-").out
    assert utb("svar", "trygg", "om.ord_esther", "eleven").code == 0
    assert "**Vad eleven ska märka:**" in utb("dokument", "beslutsunderlag", "-o", "-").out
    text = utb("dokument", "dossier", "-o", "-").out
    assert "till att det blir bäst för eleven?" in text
    assert "för patienten?" not in text


def test_what_is_no_word_for_esther_changes_nothing_and_is_told(utb):
    utb.example()
    utb("svar", "trygg", "om.ord_esther", "elev: x")
    made = utb("dokument", "beslutsunderlag", "-o", "-")
    assert "**Vad Esther (den vi finns till för) ska märka:**" in made.out
    told = "Svara i Om insatsen med ett ord i bestämd form, som ”eleven”."
    assert made.err == f"”elev: x” används inte. {told}\n"
