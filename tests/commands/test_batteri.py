"""`utb batteri kontrollera`: an organisation's own questions."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

OURS = Path(__file__).parents[2] / "questions"


def test_our_own_batteries_are_sound(utb):
    outcome = utb("batteri", "kontrollera")
    assert (outcome.code, outcome.err) == (0, "")
    assert re.fullmatch(
        r"Frågebatterierna går att använda: \d+ frågor i 8 avsnitt\.\n"
        r"Det gör också diagnosen, 44 regler för den röda tråden och 14 metoder\.\n",
        outcome.out,
    )


def test_a_fault_is_told_with_file_and_line(utb):
    shutil.copytree(OURS, utb.folder / "fragor")
    path = utb.folder / "fragor" / "1-behov.yaml"
    path.write_text(path.read_text("utf-8").replace("hjalp:", "hjlp:", 2), "utf-8")
    outcome = utb("batteri", "kontrollera", "fragor")
    assert (outcome.code, outcome.out) == (3, "")
    lines = outcome.err.splitlines()
    assert len(lines) == 2
    assert all(re.match(r"1-behov\.yaml:\d+: .*hjlp.* Menade du hjalp\?$", line) for line in lines)


def test_the_folder_that_utb_yaml_names_is_used(utb):
    (utb.folder / "utb.yaml").write_text("fragor: egna\n")
    (utb.folder / "egna").mkdir()
    (utb.folder / "egna" / "1-behov.yaml").write_text("format: 1\n")
    assert utb("batteri", "kontrollera").code == 3
    assert utb("status").code == 3


def test_a_folder_that_does_not_exist_is_named(utb):
    outcome = utb("batteri", "kontrollera", "borta")
    assert outcome.code == 2
    assert "borta" in outcome.err


def test_the_diagnosis_the_rules_and_the_methods_are_checked_too(utb):
    shutil.copytree(OURS, utb.folder / "fragor")
    for name, before, after in (
        ("diagnos.yaml", "utbildning: 50", "utbildning: 51"),
        ("rod-trad.yaml", "grad: rod", "grad: lila"),
        ("metoder/07-rod-trad.md", "koncept.aktiviteter", "koncept.aktiviter"),
    ):
        path = utb.folder / "fragor" / name
        text = path.read_text("utf-8")
        path.write_text(text.replace(before, after, 1), "utf-8")
        outcome = utb("batteri", "kontrollera", "fragor")
        assert (outcome.code, outcome.out) == (3, "")
        assert name in outcome.err
        path.write_text(text, "utf-8")
