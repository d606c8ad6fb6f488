"""Where a command works: from inside the folder of initiatives, among several units, and beside copies."""

from __future__ import annotations

import os
import socket
import sys
import unicodedata

import pytest

UNITS = ("enheter/medicin", "enheter/akut")


def in_units(utb):
    """The same initiative in two units of one repo, where the first has settings of its own; their dossiers."""
    (utb.folder / "utb.yaml").write_text("kontakt: Hela regionen\n", "utf-8")
    for unit in UNITS:
        (utb.folder / unit / "insatser").mkdir(parents=True)
    (utb.folder / UNITS[0] / "utb.yaml").write_text("kontakt: Medicins egen\n", "utf-8")
    first, second = (utb.folder / unit / "insatser" / "larm.md" for unit in UNITS)
    text = utb.dossier("Larm", klart_senast="2099-01-01").read_bytes()
    (utb.folder / "insatser" / "larm.md").unlink()
    for path in (first, second):
        path.write_bytes(text)
    return first, second


@pytest.mark.parametrize("has_git", [False, True])
def test_from_inside_the_folder_of_initiatives_they_are_found(utb, monkeypatch, has_git):
    if not has_git:
        (utb.folder / ".git").rmdir()
    path = utb.dossier("Larm")
    monkeypatch.chdir(path.parent)
    assert utb("status", "larm").code == 0
    utb("ny", "Ett till", "--enkel", stdin="x\n")
    assert [entry.name for entry in sorted(path.parent.iterdir())] == ["ett-till.md", "larm.md"]


def test_one_who_keeps_initiatives_in_a_folder_within_one_of_that_name_still_finds_them(utb, monkeypatch):
    (utb.folder / ".git").rmdir()
    inner = utb.folder / "insatser" / "insatser"
    inner.mkdir(parents=True)
    path = utb.dossier("Larm").rename(inner / "larm.md")
    monkeypatch.chdir(inner.parent)
    assert utb("visa", "larm").code == 0
    assert path.exists()


def test_documents_land_in_the_unit_of_their_dossier_with_its_contact(utb):
    first, second = in_units(utb)
    for path in (first, second):
        assert utb("dokument", "lardomar", str(path.relative_to(utb.folder)), "--format", "md").code == 0
    made = [path.parent.parent / "dokument/larm/lardomar.md" for path in (first, second)]
    assert "Medicins egen" in made[0].read_text("utf-8")
    assert "Hela regionen" in made[1].read_text("utf-8")
    assert not (utb.folder / "dokument").exists()


def test_calendars_of_dossiers_of_one_name_share_no_address(utb):
    known = []
    for unit in UNITS:
        utb.dossier("Larm", klart_senast="2099-01-01")
        (utb.folder / unit / "insatser").mkdir(parents=True)
        path = (utb.folder / "insatser/larm.md").rename(utb.folder / unit / "insatser/larm.md")
        assert utb("dokument", "kalender", str(path.relative_to(utb.folder))).code == 0
        (calendar,) = path.parent.parent.glob("dokument/larm/kalender.ics")
        known.append({line for line in calendar.read_bytes().split(b"\r\n") if line.startswith(b"UID:")})
    assert known[0]
    assert not known[0] & known[1]


@pytest.mark.parametrize("has_git", [False, True])
def test_calendars_of_old_dossiers_of_one_name_share_no_address(utb, has_git):
    """Dossiers of the first release have no letters of their own."""
    if not has_git:
        (utb.folder / ".git").rmdir()
    known = []
    for path in in_units(utb):
        text = path.read_text("utf-8")
        path.write_text("\n".join(line for line in text.split("\n") if "insats:" not in line), "utf-8")
        assert utb("dokument", "kalender", str(path.relative_to(utb.folder))).code == 0
        (calendar,) = path.parent.parent.glob("dokument/larm/kalender.ics")
        known.append({line for line in calendar.read_bytes().split(b"\r\n") if line.startswith(b"UID:")})
    assert known[0]
    assert not known[0] & known[1]
    folders = [name.encode() for name in path.relative_to(utb.folder.parent).parts[:-1]]
    assert not any(name in line for line in known[1] for name in folders)


def test_a_dossier_that_lies_by_itself_has_its_documents_beside_it(utb):
    path = utb.dossier("Larm")
    for folder in ("a", "b"):
        (utb.folder / folder).mkdir()
        (utb.folder / folder / "larm.md").write_bytes(path.read_bytes())
        assert utb("dokument", "lardomar", f"{folder}/larm.md", "--format", "md").out == (
            f"{folder}/dokument/larm/lardomar.md\n"
        )


def test_a_new_initiative_is_written_in_the_unit_one_stands_in(utb, monkeypatch):
    in_units(utb)
    monkeypatch.chdir(utb.folder / UNITS[1])
    utb("ny", "Handhygien", "--enkel", stdin="x\n")
    assert (utb.folder / UNITS[1] / "insatser/handhygien.md").exists()
    assert not (utb.folder / "insatser/handhygien.md").exists()


def test_what_to_type_next_is_said_for_where_one_stands(utb):
    first, _ = in_units(utb)
    said = utb("status", str(first.relative_to(utb.folder))).out
    assert "utb steg behov enheter/medicin/insatser/larm.md" in " ".join(said.split())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems compose names themselves")
def test_a_folder_whose_name_is_composed_otherwise_is_the_same_folder(utb):
    (utb.folder / "utb.yaml").write_text("mapp: åtgärder\n", "utf-8")
    (utb.folder / unicodedata.normalize("NFD", "åtgärder")).mkdir()
    utb.dossier("Larm")
    assert [entry.name for entry in utb.folder.iterdir() if entry.is_dir() and entry.name != ".git"] == [
        unicodedata.normalize("NFD", "åtgärder")
    ]


def test_a_name_that_differs_in_case_is_the_initiative_that_is_there(utb):
    utb.dossier("Trygg start").rename(utb.folder / "insatser/Trygg-Start.md")
    outcome = utb("ny", "trygg start", "--enkel", stdin="1\nx\n")
    assert "Fortsätt med den som finns (Trygg-Start.md)" in outcome.err + outcome.out
    assert outcome.out.endswith("insatser/Trygg-Start.md\n") or "Trygg-Start" in outcome.err
    assert [entry.name for entry in (utb.folder / "insatser").iterdir()] == ["Trygg-Start.md"]


@pytest.mark.skipif(os.name == "nt", reason="pipes and sockets with names")
def test_a_pipe_a_socket_and_a_folder_are_no_initiatives(utb, monkeypatch):
    path = utb.dossier("Larm")
    os.mkfifo(path.with_name("ror.md"))
    path.with_name("mapp.md").mkdir()
    monkeypatch.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("uttag.md")
        outcome = utb("granska", "--format", "json")
    assert outcome.code == 0
    assert utb("status").code == 0
    assert "mapp.md" not in outcome.out + outcome.err


COPIES = (
    "larm-ANNAS-DATOR.md",
    "larm (Annas konfliktkopia 2026-11-25).md",
    "larm (conflicted copy 2026-11-25 101010).md",
    "larm (1).md",
    "larm - kopia.md",
    "larm - Kopia (2).md",
    "larm.kopia1.md",
    "larm.sync-conflict-20261125-101010-ABCDEFG.md",
    "larm_conflict-20261125.md",
)


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_named_with_what_differs_and_is_in_no_sum(utb, name):
    path = utb.dossier("Larm")
    path.with_name(name).write_text(path.read_text("utf-8").replace("Därför", "Annorlunda"), "utf-8")
    said = (
        f"insatser/{name} ser ut att vara en kopia av larm.md och räknas inte. "
        "Svaren skiljer sig på en fråga: ”Varför vill ni göra den här insatsen?”."
    )
    for command in ("status", "granska"):
        outcome = utb(command)
        assert (outcome.code, said in outcome.err) == (0, True), outcome.err
        assert name.removesuffix(".md") not in outcome.out
    assert utb("visa", name.removesuffix(".md")).code == 0


@pytest.mark.parametrize("name", ["larm-natt.md", "larm-2.md", "larm (natt).md", "larmet.md"])
def test_another_initiative_with_a_longer_name_is_no_copy(utb, name):
    path = utb.dossier("Larm")
    path.with_name(name).write_bytes(path.read_bytes())
    assert "kopia" not in utb("granska").err


@pytest.mark.parametrize("name", ["~$larm.md", ".larm.md.swp", "._larm.md"])
def test_what_other_programs_leave_for_a_while_is_passed_over(utb, name):
    path = utb.dossier("Larm")
    path.with_name(name).write_bytes(b"\0\1")
    assert utb("granska").code == 0
    assert utb("status").code == 0


def test_notes_that_are_named_are_passed_over_as_they_are_otherwise(utb):
    path = utb.dossier("Larm")
    path.with_name("motet.md").write_text("# Mötet\n\nVi ses på torsdag.\n", "utf-8")
    outcome = utb("granska", "motet.md", "larm")
    assert outcome.code == 0
    assert "insatser/motet.md är ingen dossier och granskas inte" in outcome.err
