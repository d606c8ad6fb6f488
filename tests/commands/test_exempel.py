"""`utb exempel`: something to look at."""

from __future__ import annotations

import json


def test_the_example_is_whole_and_says_what_it_is(utb):
    outcome = utb("exempel")
    assert outcome.code == 0, outcome.err
    path = utb.folder / outcome.out.splitlines()[-1]
    assert path.parent == utb.folder / "utb-exempel" / "insatser"
    assert sorted(one.name for one in path.parents[1].iterdir()) == ["insatser", "svar.yaml", "utb.yaml"]
    assert outcome.err.startswith("Exemplet är skrivet.\n\nDet är en påhittad insats")
    assert "  cd utb-exempel\n  utb visa trygg-start\n" in outcome.err
    assert json.loads(utb("visa", str(path), "--format", "json").out)["problem"] == []


def test_what_it_says_to_try_works(utb, monkeypatch):
    utb("exempel")
    monkeypatch.chdir(utb.folder / "utb-exempel")
    assert utb("visa", "trygg-start").out.startswith("# Trygg start")
    assert utb("status").code == 0
    assert utb("steg", "analys", "--alla", stdin=":s\n").code == 0


def test_a_second_time_leaves_what_is_there(utb):
    path = utb.folder / utb("exempel").out.strip()
    path.write_text(path.read_text("utf-8") + "\nEgen rad.\n", "utf-8")
    outcome = utb("exempel")
    assert outcome.code == 0
    assert outcome.err.startswith("Exemplet finns redan och är inte ändrat.\n")
    assert path.read_text("utf-8").endswith("\nEgen rad.\n")
