"""`utb lista --mapp A --mapp B`: several folders read into one list; and links, which lead no one astray."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from commands.test_lista import TODAY, WHY, due, text_of, titles, write
from commands.test_lista_saved import LETTERS, uids

posix = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: TODAY)


def repository(utb, name, **initiatives):
    """A folder with initiatives of its own, each of a title with the letters it is known by; gives its path."""
    folder = utb.folder.parent / name / "insatser"
    folder.mkdir(parents=True)
    for stem, letters in initiatives.items():
        text = text_of(f"{stem} i {name}", {WHY: "Därför", **due("2025-10-01")})
        (folder / f"{stem}.md").write_text(f"{LETTERS.format(letters) if letters else ''}{text}", "utf-8")
    return str(folder.parent)


def test_several_folders_are_one_list_and_the_same_initiative_counts_once(utb):
    north = repository(utb, "norr", intro="bcdfghjkmn", larm="")
    south = repository(utb, "syd", intro="bcdfghjkmn", larm="")
    outcome = utb("lista", "--mapp", north, "--mapp", south, "--format", "json")
    assert sorted(titles(outcome)) == ["intro i norr", "larm i norr", "larm i syd"]
    copied = f"{south}/insatser/intro.md är en kopia av {north}/insatser/intro.md och räknas inte."
    assert outcome.err.splitlines() == ["3 insatser.", f"{copied} En rad skiljer sig."]
    twice = utb("lista", "--mapp", north, "--mapp", f"{north}/insatser", "--format", "json")
    assert (len(titles(twice)), twice.err) == (2, "2 insatser.\n")


def test_initiatives_alike_in_two_folders_are_told_in_one_line(utb):
    north, south = (repository(utb, name, intro="bcdfghjkmn", larm="npqrstvwxz") for name in ("norr", "syd"))
    for name in ("intro", "larm"):
        text = Path(f"{north}/insatser/{name}.md").read_bytes()
        Path(f"{south}/insatser/{name}.md").write_bytes(text)
    alike = f"{south}/insatser/intro.md och {south}/insatser/larm.md"
    err = utb("lista", "--mapp", north, "--mapp", south).err
    assert err == f"2 insatser.\n2 filer är likadana som andra och räknas en gång: {alike}.\n"


def test_a_search_and_a_calendar_hold_all_the_folders(utb):
    folders = [repository(utb, name, larm="") for name in ("norr", "syd")]
    flags = [flag for folder in folders for flag in ("--mapp", folder)]
    assert len(titles(utb("lista", *flags, "--sok", "därför", "--format", "json"))) == 2
    assert len(titles(utb("lista", *flags, "--fore", "2025-10-01", "--format", "json"))) == 2
    assert utb("lista", *flags, "-o", "alla.ics").code == 0
    assert len(set(uids())) == 2


def test_old_dossiers_in_places_of_the_same_name_have_entries_of_their_own(utb):
    folders = [repository(utb, f"{side}/enhet", larm="") for side in ("norr", "syd")]
    assert (
        utb("lista", *(flag for folder in folders for flag in ("--mapp", folder)), "-o", "alla.ics").code == 0
    )
    assert len(set(uids())) == 2


def test_a_folder_without_initiatives_is_told_and_a_broken_file_is_mended_where_it_lies(utb):
    write(utb, "larm")
    outcome = utb("lista", "--mapp", "finns-inte")
    assert (outcome.code, outcome.err) == (2, "Fel: Det finns ingen mapp med insatser i finns-inte.\n")
    north = repository(utb, "norr", larm="")
    path = Path(north, "insatser", "larm.md")
    path.write_text(path.read_text("utf-8").replace("<!-- /utb:behov.klart_senast -->\n", ""), "utf-8")
    outcome = utb("lista", "--mapp", north)
    assert (outcome.code, f"Laga den med: utb laga {path}\n" in outcome.err) == (3, True)


@posix
def test_links_out_of_the_root_are_named_and_not_read(utb, tmp_path):
    path = write(utb, "hel", "Hel")
    (tmp_path / "hemlig.md").write_bytes(path.read_bytes().replace(b"# Hel", b"# Hemlig"))
    (path.parent / "ut.md").symlink_to(tmp_path / "hemlig.md")
    (path.parent / "rot").symlink_to("/")
    (path.parent / "slinga").symlink_to(".")
    (path.parent / "alias.txt").symlink_to("hel.md")
    outcome = utb("lista", "--format", "json")
    assert (outcome.code, titles(outcome)) == (0, ["Hel"])
    assert outcome.err.splitlines() == [
        "insatser/rot är en länk ut ur mappen och läses inte.",
        "insatser/ut.md är en länk ut ur mappen och läses inte.",
    ]


@posix
def test_a_link_to_nowhere_is_no_initiative_to_choose(utb):
    path = write(utb, "hel", "Hel")
    (path.parent / "inget.md").symlink_to("finns-inte.md")
    outcome = utb("visa", "hel", "--format", "json")
    assert json.loads(outcome.out)
    assert "Det finns flera insatser" not in utb("diagnos").err
