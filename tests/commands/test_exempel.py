"""`utb exempel`: something to look at."""

from __future__ import annotations

import json
from datetime import date

import pytest

from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.plan.due import coming
from utbildningsprocess.work.starting import write_example


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


@pytest.mark.parametrize(
    "today", [date(2026, 11, 26), date(2025, 9, 15), date(2028, 2, 29), date(2031, 1, 1)]
)
def test_the_dates_follow_the_day_it_is_written(tmp_path, today):
    initiative = write_example(tmp_path, today).initiative
    due = coming(initiative.sheet, today)
    assert [(late.qid, late.row) for late in due if late.overdue] == [("analys.andra_insatser", "I1")]
    assert 14 - 6 <= (due[1].on - today).days <= 15
    assert len(due) == 6
    occasions = [row.values["datum"] for row in given_rows(initiative.answers, "genomforande.tillfallen")]
    assert {day.weekday() for day in occasions} == {1}
    assert "2025-0" not in initiative.path.read_text("utf-8") or today.year == 2025
    assert str(today.year) in (tmp_path / "utb-exempel/svar.yaml").read_text("utf-8")
