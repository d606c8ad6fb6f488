"""`utb dokument --oppna`, and what the list of documents says of those that are saved."""

from __future__ import annotations

import sys
import time

import pytest

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="an opener of our own is put on the path of a Linux"
)


@pytest.fixture
def opened(utb, tmp_path_factory, monkeypatch):
    """What the machine was asked to open: an opener that writes down what it gets stands in for its own."""
    home = tmp_path_factory.mktemp("bin")
    script, told = home / "xdg-open", home / "oppnat"
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > "{told}.ny" && mv "{told}.ny" "{told}"\n', "utf-8")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", str(home), prepend=":")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WSL_DISTRO_NAME", raising=False)
    utb.example()

    def read():
        until = time.monotonic() + 10
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.01)
        return told.read_text("utf-8")

    return read


@linux
@pytest.mark.parametrize(
    ("words", "name"),
    [
        (["lardomar"], "dokument/trygg-start/lardomar.html"),
        (["lardomar", "--format", "DOCX"], "dokument/trygg-start/lardomar.docx"),
        (["lardomar", "-o", "mitt dokument.md"], "mitt dokument.md"),
        (["lardomar", "--kallor"], "dokument/trygg-start/lardomar-kallor.html"),
        (["tabeller"], "dokument/trygg-start/tabeller.xlsx"),
        (["alla", "--format", "md"], "dokument/trygg-start"),
    ],
)
def test_what_has_been_saved_is_opened(utb, opened, words, name):
    made = utb("dokument", *words, "--oppna")
    assert (made.code, "öppna" in made.err) == (0, False)
    assert opened() == str(utb.folder / name)


@linux
def test_without_a_screen_it_is_told_where_the_file_is(utb, monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    utb.example()
    made = utb("dokument", "lardomar", "--oppna")
    assert made.code == 0
    assert made.err == (
        "dokument/trygg-start/lardomar.html går inte att öppna härifrån. "
        "Öppna filen där du brukar läsa sådana.\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["lardomar", "-o", "-"], "--oppna öppnar en sparad fil, men -o - sparar ingen. Ta bort ett av dem."),
        ([], "Skriv vilket dokument som ska öppnas, till exempel: utb dokument dossier --oppna"),
    ],
)
def test_where_there_is_nothing_to_open_it_is_told(utb, words, sentence):
    utb.example()
    made = utb("dokument", *words, "--oppna")
    assert made.code == 2
    assert made.err == f"Fel: {sentence}\n"


# ------------------------------------------------------------------ the list


def about(utb, kind):
    lines = utb("dokument").out.split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith(f"{kind}:"))
    end = next(number for number, line in enumerate(lines[first + 1 :], first + 1) if line[:1] != " ")
    return [line.strip() for line in lines[first + 1 : end]]


def test_the_list_says_what_is_saved_and_whether_it_would_be_another_now(utb, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780272000")
    utb.example()
    assert about(utb, "lardomar") == ["Klart att använda."]
    utb("dokument", "lardomar", "--format", "md")
    utb("dokument", "lardomar", "--format", "html")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780444800")
    assert about(utb, "lardomar")[1:] == ["Sparad 1 juni 2026 som md och html, och säger detsamma nu."]
    utb("svar", "trygg", "uppfoljning.natt_malen", "nej")
    assert about(utb, "lardomar")[1:] == [
        "Sparad 1 juni 2026 som md och html, men blir en annan om den görs om nu."
    ]
    utb("dokument", "lardomar", "--format", "md")
    again = "Sparad 1 juni 2026 och 3 juni 2026 som md och html, men blir en annan om den görs om nu."
    assert about(utb, "lardomar")[1:] == [again]


def test_the_list_says_what_somebody_has_changed(utb):
    utb.example()
    saved = utb.folder / utb("dokument", "lardomar", "--format", "md").out.strip()
    saved.write_text(saved.read_text("utf-8").replace("#", "##"), "utf-8")
    assert about(utb, "lardomar")[1:] == ["Ändrad för hand: md."]


def test_the_list_says_how_to_give_the_first_answer_that_is_missing(utb):
    utb.dossier("Ny")
    missing, command = about(utb, "beslutsunderlag")
    assert missing.startswith("Går att göra, men svar saknas: ")
    assert command == "Svara: utb steg behov ny"
    assert about(utb, "lardomar")[1] == "Svara: utb steg uppfoljning ny"
