"""`utb` alone: what to do first, or which initiatives stand here."""

from __future__ import annotations

import re
from datetime import date

import pytest


def test_where_nobody_answers_a_few_commands_are_named(utb):
    for stdin in (None, "1\n"):
        outcome = utb("--enkel", stdin=stdin)
        assert (outcome.code, outcome.err) == (0, "")
        assert [line.strip() for line in outcome.out.splitlines()[2:4]] == [
            "Börja så här:",
            "utb exempel                titta på en hel insats som exempel",
        ]


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2025, 9, 15))


def test_the_most_urgent_initiatives_are_shown_with_how_to_go_on(utb, today):
    path = utb.dossier("Larma i tid")
    utb.example()
    damaged = utb.dossier("Skadad")
    damaged.write_text(damaged.read_text("utf-8").replace("<!-- /utb:behov.varfor -->", ""), "utf-8")
    path.with_name("oläslig.md").write_bytes(b"<!-- utb:dossier 1 -->\n\xff")
    outcome = utb()
    assert (outcome.code, outcome.err) == (0, "")
    assert (
        outcome.out
        == """\
Trygg start
  Uppföljning, 1 försenad
  Skulle ha skett 2025-03-01: Insats klar: I1 Huvudhandledare får 10 % avsatt
    tid och samma schema som den nya i fyra veckor
  Processledare: Lärandestrateg, sektionen för lärande, träning och simulering
  Läs den med: utb visa trygg-start

Larma i tid
  Behov, 1 rött fynd
  12 frågor i Behov är inte besvarade än.
  Fortsätt med: utb steg behov larma-i-tid

insatser/oläslig.md går inte att läsa.
Se varför: utb status 'oläslig'
insatser/skadad.md går inte att läsa.
Laga den med: utb laga skadad

Se alla: utb lista
Se mer om en: utb status INSATS
Starta en ny: utb ny
"""
    )


def test_of_many_initiatives_three_are_shown_and_the_others_counted(utb):
    path = utb.dossier("Insats 00")
    text = path.read_text("utf-8")
    for number in range(1, 13):
        letters = f"<!-- insats: {'b' * 9}{'bcdfghjkmnpqr'[number]} -->"
        path.with_name(f"insats-{number:02}.md").write_text(re.sub("<!-- insats.*", letters, text), "utf-8")
    out = utb().out
    assert (out.count("Fortsätt med"), out.count("Och 10 insatser till. Se alla: utb lista")) == (3, 1)
    assert "insats-08, insats-09 och 3 till. Skriv vilken du menar." in utb("diagnos").err


def test_where_several_stand_and_none_is_named_status_shows_all(utb, today):
    utb.example()
    assert utb("status").out.startswith("Trygg start\ninsatser/trygg-start.md\n")
    utb.dossier("Larma i tid")
    assert utb("status") == utb("lista")
    assert utb("status", "larm").out.startswith("Larma i tid\ninsatser/larma-i-tid.md\n")


def test_notes_beside_the_only_initiative_make_it_no_other(utb):
    path = utb.example()
    path.with_name("mote.md").write_text("# Minnesanteckningar\n", "utf-8")
    assert utb("status").out.startswith("Trygg start\ninsatser/trygg-start.md\n")
    path.unlink()
    assert "Börja så här:" in utb().out
